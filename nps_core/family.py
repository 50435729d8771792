"""Same score, different passives: all surveys that share one NPS.

An NPS fixes only the difference of promoters and detractors. Passives may take any share from 0 to 1 − |NPS|/100; in the plane
of passive share and NPS all surveys lie in the triangle |NPS| ≤ 100 (1 − passive share). NPS in points, shares 0..1. It must
not know intervals of this survey or words.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from nps_core.inference import Number, adjusted_wald
from nps_core.scale import DETRACTORS, GROUPS, PASSIVES, PROMOTERS
from nps_core.tally import group_counts

SLACK = 1e-9  # shares that a slider or a division leaves so little outside are inside


def passive_range(nps: float) -> tuple[float, float]:
    """The least and the greatest passive share (0..1) a survey with this NPS can have: 0 and 1 − |NPS|/100.

    >>> passive_range(-25)
    (0.0, 0.75)
    """
    if not -100 <= nps <= 100:
        raise ValueError(f"an NPS lies in −100..100, not at {nps!r}")
    return 0.0, 1 - abs(nps) / 100


def mix(nps: ArrayLike, passive_share: ArrayLike) -> tuple[Number, Number, Number]:
    """The shares (promoter, passive, detractor), 0..1, of the survey with this NPS and passive share.

    Formula, with θ = NPS/100 and s the passive share: promoters (1 − s + θ)/2, detractors (1 − s − θ)/2. Raises ValueError
    outside the triangle |NPS| ≤ 100 (1 − s).

    >>> mix(50, 0.25)
    (0.625, 0.25, 0.125)
    """
    theta, share = np.broadcast_arrays(np.asarray(nps, dtype=float) / 100, np.asarray(passive_share, dtype=float))
    if (share < -SLACK).any() or (np.abs(theta) > 1 - share + SLACK).any():
        raise ValueError("a passive share lies between 0 and 1 − |NPS|/100")
    share = np.clip(share, 0, 1 - np.abs(theta))
    promoter, detractor = (np.maximum(1 - share + way * theta, 0) / 2 for way in (1, -1))  # no share is a hair below 0
    return _plain(promoter), _plain(share), _plain(detractor)


def family_variance(nps: ArrayLike, passive_share: ArrayLike) -> Number:
    """Variance of one answer (0..1) in that survey: V = (1 − s) − θ². More passives, less variance, same score.

    >>> round(family_variance(30, 0.30), 4), round(family_variance(30, 0.60), 4)
    (0.61, 0.31)
    """
    _, share, _ = mix(nps, passive_share)
    return _plain((1 - np.asarray(share)) - (np.asarray(nps, dtype=float) / 100) ** 2)


def margin(nps: ArrayLike, passive_share: ArrayLike, n: ArrayLike, level: float = 0.95) -> Number:
    """The ± in points that n answers of that mix would have: half the adjusted Wald interval, before clipping.

    The adjusted interval rather than the plain one, so that the margin at a survey's own passive share is the one in its
    headline, and never 0 where everybody is passive. NaN where n is 0.

    >>> round(margin(45, 0.25, 100), 4)
    14.3462
    """
    promoter, passive, detractor = (np.asarray(share) * n for share in mix(nps, passive_share))
    low, high = adjusted_wald(detractor, passive, promoter, level, clip=False)
    return _plain((np.asarray(high) - low) / 2)


def rescale_histogram(tally_row: pd.Series, passive_share: float) -> pd.Series:
    """The bars (shares, adding up to 1) that this survey would show at the same NPS with another passive share.

    Within each of the three groups this survey's own proportions are kept: its 7s to 8s, its 9s to 10s, its 0s to 6s. It is a
    picture of one survey with that mix, not a forecast. A group that has no answers to take proportions from is spread evenly
    over its scores. All NaN without answers. Where only groups are known there are three bars.

    Parameters
    ----------
    tally_row : Series
        One row of a Tally.
    passive_share : float
        0 to 1 − |NPS|/100; ValueError outside.

    Examples
    --------
    >>> row = pd.Series([0, 0, 0, 0, 0, 0, 2, 1, 3, 2, 2], index=range(11))
    >>> rescale_histogram(row, 0.6).round(3).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.15, 0.45, 0.15, 0.15]
    """
    groups = group_counts(tally_row.to_frame().T.astype("int64")).iloc[0]
    n = groups.sum()
    if n == 0:
        return pd.Series(np.nan, index=tally_row.index, dtype=float)
    promoter, passive, detractor = mix(100 * (groups["promoter"] - groups["detractor"]) / n, passive_share)
    shares = {"detractor": detractor, "passive": passive, "promoter": promoter}
    if list(tally_row.index) == list(GROUPS):
        return pd.Series(shares, dtype=float)
    bars = pd.Series(0.0, index=tally_row.index)
    for name, scores in zip(GROUPS, (DETRACTORS, PASSIVES, PROMOTERS), strict=True):
        own = tally_row[list(scores)].astype(float)
        proportions = own / groups[name] if groups[name] else own + 1 / len(scores)
        bars[list(scores)] = shares[name] * proportions
    return bars


def _plain(figure: Any) -> Number:
    """A plain number in place of an array without dimensions."""
    array = np.asarray(figure)
    return array.item() if array.ndim == 0 else array
