"""From one survey to the next: what changed, and whether it is more than noise.

Counts in, small values out. It must not know words. What a change is made of stands in `moved`.
"""

from dataclasses import dataclass

import pandas as pd

from nps_core.inference import difference
from nps_core.measures import measures


@dataclass(frozen=True)
class Change:
    """Second minus first. NPS figures in points; NaN, and not beyond noise, where one side has no answers.

    `n_first`, `n_second` are answers; `nps_first`, `nps_second` exact scores; `observed` the plain change; `adjusted`, `se`,
    `z`, `p` (two-sided), `low` and `high` belong to the adjusted scores; `level` is the confidence level (0..1) of
    `low`..`high`. `beyond_noise` is p < 1 − level, which is when `low`..`high` leaves out 0.
    """

    n_first: int
    n_second: int
    nps_first: float
    nps_second: float
    observed: float
    adjusted: float
    se: float
    z: float
    p: float
    low: float
    high: float
    level: float
    beyond_noise: bool


def change(first: pd.DataFrame | pd.Series, second: pd.DataFrame | pd.Series, level: float = 0.95) -> Change:
    """The change of the exact NPS from `first` to `second`, shown with the interval of the adjusted one.

    Formula: as `inference.difference`, for two independent groups of people. Not for the same people asked twice, whose paired
    differences tell more. Looking at many changes at once, adjust p (`inference.benjamini_hochberg`) and say so.

    Parameters
    ----------
    first, second : DataFrame or Series
        A Tally or one of its rows; the rows of a Tally with several are added up.
    level : float
        Confidence level, 0..1.

    Examples
    --------
    >>> from nps_core.scale import GROUPS
    >>> moved = change(pd.Series([30, 40, 30], index=GROUPS), pd.Series([20, 30, 50], index=GROUPS))
    >>> moved.observed, round(moved.low, 1), round(moved.high, 1), moved.beyond_noise
    (30.0, 7.9, 50.3, True)
    """
    one, two = _whole(first), _whole(second)
    before, after = ((row["detractor"], row["passive"], row["promoter"]) for row in (one, two))
    apart = difference(before, after, level)
    return Change(
        n_first=int(one["n"]),
        n_second=int(two["n"]),
        nps_first=float(one["nps"]),
        nps_second=float(two["nps"]),
        observed=apart.observed,
        adjusted=apart.adjusted,
        se=apart.se,
        z=apart.z,
        p=apart.p,
        low=apart.low,
        high=apart.high,
        level=level,
        beyond_noise=apart.p < 1 - level,
    )


def _whole(tally: pd.DataFrame | pd.Series) -> pd.Series:
    """The measures of a row, or of all rows added up."""
    row = tally if isinstance(tally, pd.Series) else tally.sum()
    return measures(row.to_frame().T.astype("int64")).iloc[0]
