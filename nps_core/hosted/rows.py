"""A hosted view that carries answers with their comments: the canonical columns that pages use, and no more.

Left behind are who answered (the respondent's hash), the time of day, the cells that were set aside, the first rows as they
stood in the file, file names, the reasons for every role, and the columns that play no part.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.answer import answer, unfiltered
from nps_core.errors import TooFewAnswers
from nps_core.hosted.numbers import LEAST
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.responses import Responses, Role
from nps_core.tally import accounts, count, tally_counts

COUNTS_KEPT = 32  # sets of columns whose counts are remembered
ALWAYS = ("score", "group", "status", "count", "when", "wave")
NO_ISSUES = pd.DataFrame(columns=["row", "column", "value", "reason", "file"])


@dataclass(frozen=True, eq=False)
class Rows:
    """The answers of a view with comments.

    `floor` holds in it whatever a question says; `books` are the codebooks that whoever shared it had changed, as TOML (foreign
    text); `key` keys caches.
    """

    responses: Responses
    floor: int
    books: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Keys caches."""
        return self.responses.key

    @cached_property
    def _counts(self) -> Callable[[tuple[str, ...], str | None], pd.DataFrame]:
        return lru_cache(COUNTS_KEPT)(partial(count, self.responses))

    def _counted(self, question: Question) -> pd.DataFrame:
        return self._counts(question.columns, question.grain)

    @cached_property
    def total(self) -> int:
        """How many answers the view is about."""
        return self.accounts(Question())["answered"]

    def tally(self, question: Question) -> pd.DataFrame:
        """The Tally of a question."""
        return tally_counts(self._counted(question), question, self.responses.scores_known)

    def result(self, question: Question) -> pd.DataFrame:
        """The Result of a question, with the floor of the view."""
        question = replace(question, floor=max(question.floor, self.floor))
        return answer(self.tally(question), question, self.tally(unfiltered(question)) if question.filtered else None)

    def accounts(self, question: Question) -> dict[str, int]:
        """Answered, blank, invalid and excluded records that the filters leave."""
        return accounts(self._counted(question), question)

    def off(self, question: Question) -> tuple[str, ...]:
        """Nothing is off in a view with answers."""
        return ()


def numbers_and_comments(
    responses: Responses,
    mask: Callable[[str], str],
    fixed: Question | None = None,
    comments: bool = True,
    floor: int = LEAST,
    books: tuple[str, ...] = (),
) -> Rows:
    """Everything a view with comments holds.

    Parameters
    ----------
    responses : Responses
        The survey.
    mask : function of str to str
        Takes personal data out of a comment.
    fixed : Question, optional
        Where its filters are fixed: only the answers they leave are kept.
    comments : bool
        False keeps the answers without what they wrote.
    floor : int
        At least 5.
    books : tuple of str
        The codebooks that were changed, as TOML.

    Raises
    ------
    TooFewAnswers
        Where fewer than `floor` answers would be in the view, or would be left out of it.
    """
    floor = max(floor, LEAST)
    frame = responses.frame
    answered = frame["count"].where(frame["status"] == "answered", 0)
    left = np.ones(len(frame), dtype=bool) if fixed is None else _left(frame, fixed)
    inside, everything = int(answered[left].sum()), int(answered.sum())
    if inside < floor or withheld(inside, everything, floor):
        raise TooFewAnswers(
            f"at least {floor} answers in the view, and none or at least {floor} left out of it",
            "fewer than that",
            "Widen the filters before sharing.",
        )
    written = responses.comments if comments else ()
    asked = tuple(f"asked_{column.removeprefix('comment_')}" for column in written)
    names = [column for column in (*ALWAYS, *written, *asked, *responses.segments) if column in frame]
    kept = frame.loc[left, list(dict.fromkeys(names))].reset_index(drop=True)
    return Rows(_only(responses, _slim(kept, written, mask)), floor, books)


def _left(frame: pd.DataFrame, question: Question) -> NDArray[np.bool_]:
    """The rows that the filters of a question leave."""
    left = np.ones(len(frame), dtype=bool)
    for column, values in (*question.where, *((("wave", question.wave),) if question.wave else ())):
        left &= frame[column].isin(values).to_numpy()
    if question.start:
        left &= (frame["when"] >= pd.Timestamp(question.start)).to_numpy()
    if question.end:
        left &= (frame["when"] < pd.Timestamp(question.end) + pd.Timedelta(days=1)).to_numpy()
    return left


def _slim(frame: pd.DataFrame, written: tuple[str, ...], mask: Callable[[str], str]) -> pd.DataFrame:
    """The frame with masked comments of those who answered, days without their hour, and no name of a group that nobody is in."""
    changed: dict[str, pd.Series] = {}
    silent = frame["status"] != "answered"
    for column in written:
        texts = frame[column].mask(silent, "").fillna("")
        masked = {text: mask(text) if text else "" for text in texts.unique()}
        changed[column] = texts.map(masked).astype("str")
    if "when" in frame:
        changed["when"] = frame["when"].dt.floor("D").astype("datetime64[s]")
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype) and column not in ("group", "status"):
            changed[column] = frame[column].cat.remove_unused_categories()
    return frame.assign(**changed)


def _only(responses: Responses, frame: pd.DataFrame) -> Responses:
    """The survey with this frame, and of everything around it only what pages show."""
    return Responses(
        frame=frame,
        roles=tuple(_plain(role) for role in responses.roles if role.canonical in frame.columns),
        segments=tuple(column for column in responses.segments if column in frame.columns),
        issues=NO_ISSUES,
        notes=(),
        files=(),
        key="",
    )


def _plain(role: Role) -> Role:
    return replace(role, reason="", considered=())
