"""What one reader has open, and how files become it. Where it is remembered, `study` knows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING

import pandas as pd

from nps_core.errors import ExplorerError, UnknownColumn
from nps_core.reading import Choices, Repeats, read, repeats
from nps_core.responses import Responses
from nps_core.tally import count
from pages.parts import house

if TYPE_CHECKING:
    from nps_core.hosted import Opened

File = tuple[str, bytes]
COUNTS_KEPT = 32  # sets of columns whose counts a session keeps


@dataclass(frozen=True)
class Study:
    """What one reader has open: the files, what was chosen, and what came out (a survey or a problem)."""

    files: tuple[File, ...]
    sample: str = ""
    choices: Choices = field(default_factory=Choices)
    responses: Responses | None = None
    problem: ExplorerError | None = None
    notices: tuple[str, ...] = ()
    digest: str = ""  # sha256 over the names and bytes of the files
    view: "Opened | None" = None  # where the survey came through the link of a hosted view

    @property
    def key(self) -> tuple[str, Choices]:
        """What makes two readings the same."""
        return self.digest, self.choices

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        frame = self.responses.frame.memory_usage().sum() if self.responses else 0
        return int(frame) + sum(len(data) for _, data in self.files)

    @cached_property
    def counts(self) -> Callable[[tuple[str, ...], str | None], pd.DataFrame]:
        """`nps_core.tally.count` of this survey, remembered: a filter that is changed looks at the rows only once."""
        assert self.responses is not None  # asked for only where there is a survey
        return lru_cache(COUNTS_KEPT)(partial(count, self.responses))

    @cached_property
    def repeats(self) -> Repeats:
        """Who answered more than once, looked for once."""
        assert self.responses is not None
        return repeats(self.responses)


def digest(files: tuple[File, ...]) -> str:
    """What makes files the same: their names and their bytes."""
    return sha256(b"".join(sha256(part).digest() for name, data in files for part in (name.encode(), data))).hexdigest()


def read_files(study: Study, say: Callable[[str], None] | None = None) -> Study:
    """The study with its files read, or with the problem that stood in the way. What is in memory is not read again."""
    known: Study | None = house.copies().known(study.key)
    if known:
        return replace(known, notices=study.notices) if study.notices else known
    try:
        return replace(study, responses=read(study.files, study.choices, say), problem=None)
    except ExplorerError as error:
        return replace(study, responses=None, problem=error)


def read_leniently(study: Study, say: Callable[[str], None]) -> Study:
    """As `read_files`, but an address made for another file still opens: what it chose in vain is left out, and said."""
    tried = read_files(study, say)
    if not isinstance(tried.problem, UnknownColumn) or study.choices == Choices():
        return tried
    notice = f"A choice in the address does not fit this file and was left out: {tried.problem.found}."
    return read_files(replace(study, choices=Choices(), notices=(notice,)), say)
