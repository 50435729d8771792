"""The canonical survey: what every later step may rely on, whatever the file looked like.

`Responses` is made by `nps_core.reading` and never changed afterwards. It holds rows; only the three scans
(tally now, comments and journeys later) look at them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.errors import Unclear
from nps_core.scale import GROUPS, HIGHEST, SCORES

STATUSES = ("answered", "blank", "invalid", "excluded")
BLANK = "(blank)"  # a respondent without a value in a segment is a group of its own, so that groups add up
# What one row can be, as one small number: a score, a group without a score, or the reason it does not count.
OUTCOMES: tuple[int | str, ...] = (*SCORES, *GROUPS, *STATUSES[1:])


@dataclass(frozen=True)
class Role:
    """The part one source column plays, and why.

    `column` is the distinct name in `Table.frame`, `header` the text as it stands in the file, `part` one of score, group,
    comment, date, respondent, wave, segment, weight, count, other. `canonical` names the column in `Responses.frame`
    ('' where it is not carried over). `question` is what a comment column asked. `zone` is the zone of a date column, as
    written. `considered` names the parts that would also have been possible. All texts but `part` are foreign text.
    """

    column: str
    header: str
    part: str
    reason: str
    canonical: str = ""
    question: str = ""
    zone: str = ""
    considered: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Responses:
    """A survey in canonical form.

    Attributes
    ----------
    frame : DataFrame, one row a record of the file(s), in file order
        score (Int8, missing allowed), group (category of `scale.GROUPS`, missing allowed), status (category of `STATUSES`),
        count (int64, 1 unless the file gave counts), when (datetime64[s], only with a date column), respondent (uint64 hash,
        only with an id column; 0 is no id), wave (category, only with waves), comment_1…k (str), asked_i (category, only where
        comment_i was put together from several columns: the name of the one that the text stands in), and one ordered
        category column a segment, named as in the file, `BLANK` last where it occurs.
    roles : tuple of Role, one a source column
    segments : tuple of str, the segment columns of `frame`
    issues : DataFrame, one row a cell set aside: row (1-based record number), column, value, reason (a code in
        `reading.REASONS`), file
    notes : tuple of str, plain sentences about what the reader did (a weight column not used, the same file twice, …)
    files : tuple of str, the names the files came with
    key : str, sha256 over the files' digests, the chosen roles, the sheets and the reader's version; keys every cache
    read : tuple of mappings, one a file: file, rows, columns, and how it was read (see `reading.Table.read`)
    preview : DataFrame of str, the first rows as they stand in the (first) file
    questions : tuple of Unclear, what only the reader can tell but the score can do without (the order of day and month, the
        same answers twice); each names the key of `Choices` that settles it
    repairs : DataFrame, one row a kind of repair: kind (a code in `reading.REPAIRS`), cells, example (foreign text)
    """

    frame: pd.DataFrame
    roles: tuple[Role, ...]
    segments: tuple[str, ...]
    issues: pd.DataFrame
    notes: tuple[str, ...]
    files: tuple[str, ...]
    key: str
    read: tuple[Mapping[str, object], ...] = ()
    preview: pd.DataFrame = field(default_factory=pd.DataFrame)
    questions: tuple[Unclear, ...] = ()
    repairs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["kind", "cells", "example"]))

    @property
    def comments(self) -> tuple[str, ...]:
        """The comment columns of `frame`, in order."""
        return tuple(c for c in self.frame.columns if c.startswith("comment_"))

    @property
    def dated(self) -> bool:
        """Whether the survey has a date column."""
        return "when" in self.frame

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day, None where no answer has a date."""
        if not self.dated or not self.frame["when"].notna().any():
            return None
        return self.frame["when"].min().date(), self.frame["when"].max().date()

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves in natural order; empty without waves."""
        return tuple(self.frame["wave"].cat.categories) if "wave" in self.frame else ()

    @cached_property
    def scores_known(self) -> bool:
        """False where the file gives only promoter, passive and detractor, so that single scores are not known."""
        return bool(self.frame["score"].notna().any()) or not bool(self.frame["group"].notna().any())

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a segment or of ``"wave"``, in natural order."""
        return tuple(self.frame[column].cat.categories)

    def column(self, part: str) -> str | None:
        """The header of the column that plays `part`, None where there is none."""
        return next((role.header for role in self.roles if role.part == part), None)

    @cached_property
    def outcome(self) -> NDArray[np.int8]:
        """Each row's position in `OUTCOMES`."""
        group = self.frame["group"].cat.codes.to_numpy()
        status = self.frame["status"].cat.codes.to_numpy()
        score = self.frame["score"].to_numpy(dtype=np.int8, na_value=-1)
        outcome = np.where(score >= 0, score, HIGHEST + 1 + group)
        return np.where(status > 0, HIGHEST + len(GROUPS) + status, outcome).astype(np.int8)

    @cached_property
    def weighted(self) -> bool:
        """Whether some row stands for more than one answer."""
        return bool((self.frame["count"] != 1).any())
