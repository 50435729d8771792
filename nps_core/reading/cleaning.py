"""Scores as people and tools spell them → 0 to 10, or the reason why not. Never a guess.

Every distinct spelling is judged once. It must not know which column is the score.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.columns import NUMBER, to_number
from nps_core.reading.empty_words import is_unsaid
from nps_core.reading.spellings import spelled_score
from nps_core.responses import STATUSES
from nps_core.scale import GROUPS, HIGHEST, LOWEST, SCORES, group_of

# Why a cell was set aside: code → words.
REASONS = {
    "off_scale": "a number outside 0 to 10",
    "not_whole": "not a whole number",
    "unreadable": "not a score",
    "blank": "no score was given",
    "surplus_cells": "the row has more cells than the header",
    "row_repaired": "the row was damaged; its columns settled what was meant, and it is read so",
    "row_damaged": "the row is damaged and is read as it stands",
    "date_unreadable": "not a date of the form the column has",
    "repeated": "a later answer of the same respondent in the same period counts",
    "unfinished": "the survey was not finished",
    "preview": "a preview, not an answer of a respondent",
    "test": "a test, not an answer of a respondent",
    "spam": "the survey tool took it for spam",
    "left_out": "the survey tool leaves it out of its own figures",
    "other_survey": "the answer to another kind of survey",
    "copy": "the same answer stands in an earlier row",
    "total": "a sum of other rows, not an answer",
    "count_unreadable": "the number of answers is no whole number",
}
CODES = tuple(REASONS)
# Reasons for which a row does not count although it may hold a score.
EXCLUDING = {"repeated", "unfinished", "preview", "test", "spam", "left_out", "other_survey", "copy", "total"}
STATUS_OF_REASON = np.array(  # the status that goes with each reason's place in CODES; the last is for none
    [STATUSES.index("blank" if c == "blank" else "excluded" if c in EXCLUDING else "invalid") for c in CODES] + [0], dtype=np.int8
)
_GROUP_OF_SCORE = np.array([*(GROUPS.index(group_of(score)) for score in SCORES), -1], dtype=np.int8)  # −1 (none) finds the last
_TOTALS = {"total", "totals", "sum", "gesamt", "summe", "somme", "totale", "totaal", "all", "insgesamt", "ensemble", "nps"}


class Cleaned(NamedTuple):
    """One spelling's verdict: a score, or the reason why there is none; and whether it had to be read from other text."""

    score: int | None
    reason: str | None = None
    mended: bool = False


def clean_score(text: str) -> Cleaned:
    """The score that a cell holds.

    >>> [clean_score(t).score for t in ("10", " 9 ", "8,0", "Extremely likely - 10", "0 - Not at all likely")]
    [10, 9, 8, 10, 0]
    >>> [clean_score(t).reason for t in ("11", "−1", "9.5", "good", "N/A")]
    ['off_scale', 'off_scale', 'not_whole', 'unreadable', 'blank']
    """
    bare = text.strip()
    if is_unsaid(bare):
        return Cleaned(None, "blank")
    if not NUMBER.fullmatch(bare):
        score = spelled_score(bare)
        return Cleaned(None, "unreadable") if score is None else Cleaned(score, mended=True)
    value = to_number(bare)
    if not LOWEST <= value <= HIGHEST:
        return Cleaned(None, "off_scale")
    if value != int(value):
        return Cleaned(None, "not_whole")
    return Cleaned(int(value), mended=text != str(int(value)))


class Scores(NamedTuple):
    """A whole column judged: arrays over rows, and how many were read from other text.

    `score` is −1 where there is none, `group` its place in `GROUPS` (−1 for none); `reason` is the position in `CODES`, −1 where
    there is an answer.
    """

    score: NDArray[np.int8]
    group: NDArray[np.int8]
    reason: NDArray[np.int8]
    mended: int
    example: str


def clean_scores(codes: NDArray[np.int32], spellings: Sequence[str]) -> Scores:
    """All scores of a column given as places among its distinct spellings."""
    verdicts = [clean_score(text) for text in spellings]
    score = np.array([-1 if v.score is None else v.score for v in verdicts] or [-1], dtype=np.int8)
    reason = np.array([CODES.index(v.reason) if v.reason else -1 for v in verdicts] or [-1], dtype=np.int8)
    mended = np.array([v.mended for v in verdicts] or [False])
    example = next((text for text, v in zip(spellings, verdicts, strict=True) if v.mended), "")
    return Scores(score[codes], _GROUP_OF_SCORE[score][codes], reason[codes], int(mended[codes].sum()), example)


def is_total(text: str) -> bool:
    """Whether a cell beside counts names the sum of the other rows.

    >>> is_total("Total"), is_total("10")
    (True, False)
    """
    return text.strip().rstrip(":").casefold() in _TOTALS
