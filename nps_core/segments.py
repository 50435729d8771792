"""Who differs: every group with its five figures and their intervals, each laid against all others.

Takes Tallies, hands back small frames. A verdict counts everything that was looked at: the p-values of all groups and of both
figures (score and passive share) are adjusted together, so the more is shown, the more it takes. It must not know words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from nps_core.answer import answer
from nps_core.exact import draw_test, share_test
from nps_core.inference import benjamini_hochberg, wilson
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.tally import group_counts
from nps_core.views import name_of

MEASURES = ("nps", "passive")  # what each group is compared by
COLUMNS = ("column", "group", "measure", "n", "value", "rest", "difference", "p", "q", "beyond")


def compare(
    tally: pd.DataFrame,
    question: Question,
    whole: pd.DataFrame | None = None,
    everybody: tuple[int, int, int] | None = None,
) -> pd.DataFrame:
    """Every group of a split with its figures, each against the rest.

    The rest of a group is everybody else the filters leave. Chance is judged by `exact.draw_test`; p is then adjusted over all
    groups shown and both figures (Benjamini and Hochberg), and ``…_beyond`` is q < 1 − level. Differences come with no interval
    that could contradict the adjusted verdict; each group's own figures do.

    Parameters
    ----------
    tally : DataFrame
        A Tally split by one or two columns.
    question : Question
        Its `level` and `floor` count here.
    whole : DataFrame, optional
        The Tally of the same split without filters.
    everybody : tuple of int, optional
        Detractors, passives and promoters that the filters leave, where the Tally does not hold them all.

    Returns
    -------
    DataFrame
        As `answer.answer`, with for each of detractor, passive, promoter ``…_low`` and ``…_high`` (Wilson, 0..1);
        nps_rest (points), nps_difference (points), passive_rest (0..1), passive_difference (−1..1), and for both measures
        ``…_p``, ``…_q``, ``…_beyond``. Rows that are hidden, or that have no rest, have none of these.
    """
    result = answer(tally, question, whole)
    counts = _counts(result)
    found: dict[str, np.ndarray] = {}
    for place, name in enumerate(GROUPS):
        found[f"{name}_low"], found[f"{name}_high"] = wilson(counts[:, place], counts.sum(axis=1), question.level)
    found |= _against(counts, everybody or answer_counts(tally))
    found |= _judged(found, question.level)
    return pd.concat([result, pd.DataFrame(found, index=result.index)], axis=1)


def answer_counts(tally: pd.DataFrame) -> tuple[int, int, int]:
    """Detractors, passives and promoters of a whole Tally.

    >>> answer_counts(pd.DataFrame([[1, 2, 3], [4, 5, 6]], columns=list(GROUPS)))
    (5, 7, 9)
    """
    d, p, r = (int(number) for number in group_counts(tally).sum())
    return d, p, r


def _counts(result: pd.DataFrame) -> np.ndarray:
    """Detractors, passives, promoters of each row; NaN where hidden."""
    return np.stack([result[name].to_numpy(dtype=float, na_value=np.nan) for name in GROUPS], axis=1)


def _against(counts: np.ndarray, everybody: tuple[int, int, int]) -> dict[str, np.ndarray]:
    """Each row's rest, the differences from it, and the plain p-values."""
    rest = np.array(everybody, dtype=float) - counts
    n, others = counts.sum(axis=1), rest.sum(axis=1)
    known = (n > 0) & (others > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.stack([100 * (counts[:, 2] - counts[:, 0]) / n, counts[:, 1] / n])
        other = np.where(known, np.stack([100 * (rest[:, 2] - rest[:, 0]) / others, rest[:, 1] / others]), np.nan)
    p = np.full((2, len(counts)), np.nan)
    drawn = counts[known].astype(np.int64)
    p[0, known] = draw_test((drawn[:, 0], drawn[:, 1], drawn[:, 2]), everybody)
    p[1, known] = share_test(drawn[:, 1], drawn.sum(axis=1), everybody[1], sum(everybody))
    found: dict[str, np.ndarray] = {}
    for place, measure in enumerate(MEASURES):
        found |= {f"{measure}_rest": other[place], f"{measure}_difference": own[place] - other[place], f"{measure}_p": p[place]}
    return found


def _judged(found: Mapping[str, np.ndarray], level: float) -> dict[str, np.ndarray]:
    """q and beyond for both measures, adjusted over all rows."""
    adjusted = np.asarray(benjamini_hochberg(np.concatenate([found[f"{measure}_p"] for measure in MEASURES])))
    halves = dict(zip(MEASURES, adjusted.reshape(len(MEASURES), -1), strict=True))
    return {f"{name}_q": q for name, q in halves.items()} | {f"{name}_beyond": q < 1 - level for name, q in halves.items()}


def comparisons(compared: pd.DataFrame) -> int:
    """How many comparisons a frame of `compare` made."""
    return int(compared[[f"{measure}_p" for measure in MEASURES]].notna().to_numpy().sum())


def looked_at(split: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every comparison of several splits as one long frame, without a verdict: the columns of `COLUMNS`, q NaN, beyond False.

    `split` maps the column (or the two) that splits to what `compare` gives. Of two groups only the smaller is listed: the other
    says the same the other way round.
    """
    rows = [row for column, compared in split.items() for row in _listed(column, compared)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"p": float, "q": float, "difference": float, "beyond": bool})


def _listed(column: str, compared: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    known = np.flatnonzero(compared["nps_p"].notna().to_numpy())
    sizes = compared["n"].to_numpy(dtype=float, na_value=np.nan)
    if len(known) == len(compared) == 2:
        known = known[[int(sizes.argmin())]]
    for measure, value in zip(MEASURES, ("nps", "passive_share"), strict=True):
        figures = [compared[name].to_numpy(dtype=float, na_value=np.nan) for name in (value, *_names(measure))]
        for i in known.tolist():
            yield (column, name_of(compared.index[i]), measure, int(sizes[i]), *(float(x[i]) for x in figures), np.nan, False)


def _names(measure: str) -> list[str]:
    return [f"{measure}_{name}" for name in ("rest", "difference", "p")]


def search(looked: pd.DataFrame, level: float) -> pd.DataFrame:
    """All comparisons with q adjusted over every one of them, the largest differences beyond noise first.

    Formula: Benjamini and Hochberg over all groups of all splits and both figures, as all of them were looked at. Sizes are
    ranked in points: a difference of 0.1 in a share is 10 points. Source: as `inference.benjamini_hochberg`.
    """
    found = looked.assign(q=np.asarray(benjamini_hochberg(looked["p"].to_numpy(dtype=float))))
    found["beyond"] = found["q"] < 1 - level
    size = found["difference"].abs() * np.where(found["measure"] == "nps", 1, 100)
    order = found.assign(size=size).sort_values(["beyond", "size"], ascending=False, kind="stable")
    return order.drop(columns="size").reset_index(drop=True)
