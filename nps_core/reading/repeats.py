"""Respondents who answered more than once in a period: who they are many, and which of their answers is the latest.

The period is the wave where there are waves, else the calendar quarter where there are dates, else the whole file.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.responses import Responses


class Repeats(NamedTuple):
    """How often respondents answered more than once within one period.

    `period` is what is meant by one: ``"wave"``, ``"quarter"`` or ``"file"``. `respondents` did, giving `answers` in those
    periods, of which `surplus` would not count if only the latest did.
    """

    period: str
    respondents: int = 0
    answers: int = 0
    surplus: int = 0


def repeats(responses: Responses) -> Repeats:
    """How often it happened. Only answered rows of respondents with an id count; what was set aside as repeated counts too."""
    frame = responses.frame
    kind = period_kind(frame)
    if "respondent" not in frame:
        return Repeats(kind)
    _, person, period = _keys(frame, frame["group"].notna().to_numpy())
    if not len(person):
        return Repeats(kind)
    order = np.lexsort((period, person))
    person, period = person[order], period[order]
    same = (person[1:] == person[:-1]) & (period[1:] == period[:-1])
    again = np.concatenate([same, [False]]) | np.concatenate([[False], same])
    return Repeats(kind, len(np.unique(person[again])), int(again.sum()), int(same.sum()))


def superseded(frame: pd.DataFrame, answered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The answered rows after which the same respondent answered again in the same period.

    The latest is the last by date, and among equal dates (or without dates) the last in the file.
    """
    result = np.zeros(len(frame), dtype=bool)
    rows, person, period = _keys(frame, answered)
    if not len(rows):
        return result
    when = _seconds(frame)[rows]
    order = np.lexsort((rows, when, period, person))
    person, period = person[order], period[order]
    followed = (person[1:] == person[:-1]) & (period[1:] == period[:-1])
    result[rows[order[:-1][followed]]] = True
    return result


def _keys(frame: pd.DataFrame, answered: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]:
    """The answered rows of respondents who occur more than once, with the respondent and the period of each.

    Everybody else is left out first, by hashing: where all ids differ there is nothing to sort.
    """
    person = frame["respondent"].to_numpy()
    rows = np.flatnonzero(answered & (person != 0))
    rows = rows[pd.Series(person[rows]).duplicated(keep=False).to_numpy()]
    return rows, person[rows], _period(frame)[rows]


def period_kind(frame: pd.DataFrame) -> str:
    """What counts as one period of this survey."""
    return "wave" if "wave" in frame else "quarter" if "when" in frame else "file"


def _period(frame: pd.DataFrame) -> NDArray[np.int64]:
    kind = period_kind(frame)
    if kind == "wave":
        return frame["wave"].cat.codes.to_numpy().astype(np.int64)
    if kind == "quarter":
        return frame["when"].to_numpy().astype("datetime64[M]").view(np.int64) // 3
    return np.zeros(len(frame), dtype=np.int64)


def _seconds(frame: pd.DataFrame) -> NDArray[np.int64]:
    if "when" not in frame:
        return np.zeros(len(frame), dtype=np.int64)
    return frame["when"].to_numpy().astype("datetime64[s]").view(np.int64)
