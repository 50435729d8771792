"""Industry figures and published norms, each with where it comes from.

The figures lie in `data/benchmarks.csv` and often disagree; that is shown, never averaged away. Nothing here knows a survey.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

EVERY_INDUSTRY = "All industries"
STRONG_LEAD = 10.0  # points above the industry that say more than any absolute number
PASSIVE_NORMS = ((0.20, 0.40), (0.30, 0.50))  # two published accounts of a usual survey


class Position(NamedTuple):
    """Where a score lies: `place` is below, within or above; `points` above `high` (positive), below `low` (negative), else 0."""

    place: str
    points: float


def load() -> pd.DataFrame:
    """Every published figure, one row each, as a frame of its own.

    Returns
    -------
    DataFrame
        industry (one name for what the sources call differently; `EVERY_INDUSTRY` for figures across industries), low, high
        (NPS −100..100, equal for a single figure), statistic (mean, median, upper quartile, range, '' where the source just
        gives a score), label (the source's own name), source, population, year (Int64, missing where undated), promoter,
        passive, detractor (shares 0..1 as published and rounded, NaN where not published), note.

    Examples
    --------
    >>> load().query("industry == 'Airlines'")["low"].tolist()
    [7.0, 39.0]
    """
    return _read().copy()


@cache
def _read() -> pd.DataFrame:
    numbers = dict.fromkeys(("low", "high", "promoter", "passive", "detractor"), "float64")
    with files("nps_core").joinpath("data", "benchmarks.csv").open(encoding="utf-8") as file:
        figures = pd.read_csv(file, dtype={**numbers, "year": "Int64"})
    texts = figures.columns.difference([*numbers, "year"])
    return figures.assign(**{name: figures[name].fillna("").astype("str") for name in texts})


def industries() -> tuple[str, ...]:
    """The industries there are figures for, in alphabetical order, without `EVERY_INDUSTRY`.

    >>> industries()[:3]
    ('Accounting', 'Airlines', 'Auto dealers')
    """
    return tuple(sorted(set(_read()["industry"]) - {EVERY_INDUSTRY}))


def for_industry(name: str) -> pd.DataFrame:
    """The figures of one industry (as in `load`), the newest first, undated ones last; empty for an unknown name."""
    figures = _read()
    return figures[figures["industry"] == name].sort_values("year", ascending=False, kind="stable").reset_index(drop=True)


def chosen(names: Iterable[str]) -> pd.DataFrame:
    """The figures of some industries, in that order, newest first within each; all figures where no name is given."""
    picked = list(names) or [EVERY_INDUSTRY, *industries()]
    return pd.concat([for_industry(name) for name in picked], ignore_index=True)


def position(published_nps: float, low: float, high: float) -> Position:
    """Where a published NPS lies against a figure or range, all in points. NaN in, place '' and NaN out.

    >>> position(53.4, 30, 40), position(35, 30, 40).place
    (Position(place='above', points=13.4), 'within')
    """
    if low > high:
        raise ValueError("the low end of a range is not above its high end")
    if published_nps != published_nps:
        return Position("", float("nan"))
    if published_nps > high:
        return Position("above", round(published_nps - high, 1))
    return Position("below", round(published_nps - low, 1)) if published_nps < low else Position("within", 0.0)
