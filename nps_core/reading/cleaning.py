"""Scores as people and tools spell them → 0 to 10, or the reason why not. Never a guess.

Every distinct spelling is judged once. It must not know which column is the score.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.columns import NUMBER, is_blank, to_number
from nps_core.scale import HIGHEST, LOWEST

# Why a cell was set aside: code → words.
REASONS = {
    "off_scale": "a number outside 0 to 10",
    "not_whole": "not a whole number",
    "unreadable": "not a score",
    "blank": "no score was given",
    "surplus_cells": "the row has more cells than the header",
    "date_unreadable": "not a date of the form the column has",
    "repeated": "a later answer of the same respondent in the same period counts",
}
CODES = tuple(REASONS)
# A number with its label, as SurveyMonkey, Qualtrics and forms write the ends of the scale.
LABELLED = (
    re.compile(r"[^\d]*[^\d\s\-–—:][\s]*[-–—:]\s*(?P<score>\d{1,2})"),  # Extremely likely - 10
    re.compile(r"(?P<score>\d{1,2})\s*(?:[-–—:=.]|\()\s*[^\d\s][^\d]*"),  # 0 - Not at all likely, 10 (Very likely)
    re.compile(r"(?P<score>\d{1,2})\s*/\s*10"),  # 10/10
)


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
    if is_blank(bare):
        return Cleaned(None, "blank")
    if not NUMBER.fullmatch(bare):
        labelled = next((found for form in LABELLED if (found := form.fullmatch(bare))), None)
        if labelled is None or int(labelled["score"]) > HIGHEST:
            return Cleaned(None, "unreadable")
        return Cleaned(int(labelled["score"]), mended=True)
    value = to_number(bare)
    if not LOWEST <= value <= HIGHEST:
        return Cleaned(None, "off_scale")
    if value != int(value):
        return Cleaned(None, "not_whole")
    return Cleaned(int(value), mended=text != str(int(value)))


class Scores(NamedTuple):
    """A whole column judged: arrays over rows, and how many were read from other text.

    `score` is −1 where there is none; `reason` is the position in `CODES`, −1 where there is a score.
    """

    score: NDArray[np.int8]
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
    return Scores(score[codes], reason[codes], int(mended[codes].sum()), example)
