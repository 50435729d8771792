"""How sure a score is: variance, intervals, tests, sample sizes and chances, from counts alone.

Every function takes numbers or arrays (d detractors, p passives, r promoters) and hands back the same kind. NPS figures are
in points (−100..100), variances are per answer on the −1..1 scale, levels and probabilities are 0..1. Without answers every
figure is NaN. Nothing here knows frames but `with_interval`; nothing knows words.
"""

import math
from itertools import pairwise
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from nps_core.scale import BANDS, GROUPS

Floats = NDArray[np.float64]
Number = Any  # a float where only numbers came in, else an array
Interval = tuple[Number, Number]

FEW = 12  # below so many answers the adjusted Wald interval can miss what is certain, such as 100 for a single promoter
ADDED = (0.75, 1.5, 0.75)  # what the adjusted Wald interval adds to detractors, passives, promoters
HALVINGS = 64  # 2 / 2**64 is beyond the precision of a float

_erf = np.vectorize(math.erf, otypes=[float])
_erfc = np.vectorize(math.erfc, otypes=[float])


class Difference(NamedTuple):
    """Second minus first, of two independent groups, in points but for z and p.

    `observed` is the plain change; `adjusted`, `se`, `z`, `p` (two-sided), `low` and `high` belong to the adjusted estimates.
    """

    observed: Number
    adjusted: Number
    se: Number
    z: Number
    p: Number
    low: Number
    high: Number


def z_value(level: float) -> float:
    """The two-sided normal quantile of a confidence level.

    >>> round(z_value(0.95), 6)
    1.959964
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level!r}")
    return NormalDist().inv_cdf((1 + level) / 2)


def variance(d: ArrayLike, p: ArrayLike, r: ArrayLike) -> Number:
    """Variance of one answer counted as −1, 0 or +1; 0..1.

    Formula: V = (r + d)/n − θ², with θ = (r − d)/n. Divides by n, not n − 1, as the sampling distribution is multinomial.

    >>> round(variance(1, 2, 3), 6)
    0.555556
    """
    return _plain(_moments(*_counts(d, p, r))[1])


def standard_error(d: ArrayLike, p: ArrayLike, r: ArrayLike) -> Number:
    """Standard error of the NPS in points: 100 √(V/n).

    >>> round(standard_error(54, 108, 162), 4)
    4.1409
    """
    d, p, r = _counts(d, p, r)
    return _plain(_moments(d, p, r)[2])


def wald(d: ArrayLike, p: ArrayLike, r: ArrayLike, level: float = 0.95) -> Interval:
    """The textbook interval NPS ± z·SE, not clipped. For comparison only: at small n it covers far too little.

    >>> [round(x, 4) for x in wald(54, 108, 162)]
    [25.2174, 41.4493]
    """
    centre, _, error = _moments(*_counts(d, p, r))
    margin = z_value(level) * error
    return _plain(centre - margin), _plain(centre + margin)


def adjusted_wald(d: ArrayLike, p: ArrayLike, r: ArrayLike, level: float = 0.95, clip: bool = True) -> Interval:
    """The adjusted Wald interval: the default of this program.

    Adds ¾ to detractors, 1½ to passives and ¾ to promoters, then takes the Wald interval of those n + 3 answers; with `clip`
    cut off at ±100. Show it beside the observed NPS, not beside its own shrunken centre. Not for n < 12 (see
    `score_interval`). Source: Rocks, Interval Estimation for the “Net Promoter Score”, The American Statistician 70(4),
    2016, 365–372; arXiv 1601.07235.

    >>> [round(x, 4) for x in adjusted_wald(54, 108, 162)]
    [24.9453, 41.1098]
    """
    counts = _counts(d, p, r)
    centre, _, error = _moments(*_adjusted(*counts))
    margin = z_value(level) * error
    low, high = centre - margin, centre + margin
    if clip:
        low, high = np.maximum(low, -100), np.minimum(high, 100)
    return _plain(_known(low, *counts)), _plain(_known(high, *counts))


def score_interval(d: ArrayLike, p: ArrayLike, r: ArrayLike, level: float = 0.95) -> Interval:
    """Tango's score interval: every δ that the data do not contradict, |S(δ)| ≤ z. Sound for a handful of answers.

    Formula: S(δ) = (r − d − nδ) / √(n(2q + δ(1 − δ))), q = (√(B² − 4AC) − B)/(2A), A = 2n, B = −d − r + (2n − r + d)δ,
    C = −dδ(1 − δ). Source: Tango, Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design, Statistics in Medicine 17, 1998, 891–908. The roots are found by halving.

    >>> [round(x, 4) for x in score_interval(0, 0, 1)]
    [-58.6901, 100.0]
    """
    counts = d, p, r = _counts(d, p, r)
    theta = _moments(*counts)[0] / 100
    z = z_value(level)
    low = _crossing(z, np.full_like(theta, -1), theta, counts)
    high = _crossing(-z, theta, np.full_like(theta, 1), counts)
    return _plain(_known(100 * low, *counts)), _plain(_known(100 * high, *counts))


def _crossing(target: float, left: Floats, right: Floats, counts: tuple[Floats, Floats, Floats]) -> Floats:
    """Where the falling statistic S meets `target` between `left` and `right`; the end where it never does."""
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        above = _score(middle, *counts) > target
        left, right = np.where(above, middle, left), np.where(above, right, middle)
    return (left + right) / 2


def _score(delta: Floats, d: Floats, p: Floats, r: Floats) -> Floats:
    """Tango's S(δ)."""
    n = d + p + r
    a, b, c = 2 * n, -d - r + (2 * n - r + d) * delta, -d * delta * (1 - delta)
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(np.maximum(b * b - 4 * a * c, 0))
        q = (root - b) / (2 * a)
        return np.asarray((r - d - n * delta) / np.sqrt(n * np.maximum(2 * q + delta * (1 - delta), 0)))


def nps_interval(
    d: ArrayLike, p: ArrayLike, r: ArrayLike, level: float = 0.95, population: ArrayLike | None = None
) -> tuple[Number, Number, Number]:
    """The interval shown beside a score, and the name of its method.

    Score interval where n < 12 or one group holds every answer, adjusted Wald else, within −100..100. With a finite
    `population` N the adjusted margin shrinks by √((N − n)/(N − 1)) around the adjusted centre, each arm of the score interval
    around the observed score; where everybody answered (n = N) both ends are the observed score. The interval always holds
    the observed score: where a low level and a lopsided sample would leave it out, the nearer end is moved to it.

    Parameters
    ----------
    d, p, r : number or array
        Detractors, passives, promoters.
    level : float
        Confidence level, 0..1.
    population : number or array, optional
        How many people could have answered. ValueError where it is smaller than n.

    Returns
    -------
    low, high : points, −100..100; NaN without answers
    method : ``"score"``, ``"adjusted Wald"``, ``"census"`` or ''

    Examples
    --------
    >>> low, high, method = nps_interval(15, 25, 60, population=250)
    >>> round(low, 4), round(high, 4), method
    (32.5545, 54.8241, 'adjusted Wald')
    """
    d, p, r = _counts(d, p, r)
    n = d + p + r
    nps = _moments(d, p, r)[0]
    factor = np.ones_like(n) if population is None else np.asarray(finite_population_factor(n, population))
    centre, _, error = _moments(*_adjusted(d, p, r))
    margin = z_value(level) * error * factor
    low, high = np.maximum(centre - margin, -100), np.minimum(centre + margin, 100)

    small = (n < FEW) | (np.maximum(np.maximum(d, p), r) == n)
    if small.any():
        score_low, score_high = (np.asarray(end) for end in score_interval(d, p, r, level))
        low = np.where(small, nps - (nps - score_low) * factor, low)
        high = np.where(small, nps + (score_high - nps) * factor, high)
    census = factor == 0
    low, high = (np.where(census, nps, end) for end in (np.minimum(low, nps), np.maximum(high, nps)))
    method = np.select([~(n > 0), census, small], ["", "census", "score"], "adjusted Wald")
    return _plain(_known(low, d, p, r)), _plain(_known(high, d, p, r)), _plain(method)


def finite_population_factor(n: ArrayLike, population: ArrayLike) -> Number:
    """What a margin shrinks by when n of N people answered: √((N − n)/(N − 1)), 0..1.

    Raises ValueError where more answered than there are. Source: Cochran, Sampling Techniques, 3rd ed., 1977, ch. 2.

    >>> round(finite_population_factor(100, 250), 6)
    0.776151
    """
    sample, everybody = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(population, dtype=float))
    if (sample > everybody).any():
        raise ValueError("a population is at least as large as the sample from it")
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = np.sqrt((everybody - sample) / (everybody - 1))
    return _plain(np.where(sample == everybody, 0.0, factor))


def sample_size(margin: float, variance: float = 1.0, level: float = 0.95, population: int | None = None) -> int:
    """How many answers give an adjusted Wald interval of ± `margin` points, rounded up, at least 1.

    Formula: n₀ = z²V/m² − 3, m = margin/100; from a population of N: n₀/(1 + (n₀ − 1)/N) (Cochran 1977). `variance` is V, 0..1:
    1 is the worst case (promoters and detractors half and half), ⅔ is equal thirds.

    >>> sample_size(10), sample_size(10, 2 / 3), sample_size(5), sample_size(10, population=1000)
    (382, 254, 1534, 277)
    """
    if margin <= 0 or not 0 <= variance <= 1 or (population is not None and population < 1):
        raise ValueError("a margin is above 0 points, a variance lies in 0..1, a population is at least 1")
    # A hair is taken off before rounding up, so that a whole number does not become the next one by float error.
    needed = max(1, math.ceil((z_value(level) * 100 / margin) ** 2 * variance - 3 - 1e-9))
    return needed if population is None else math.ceil(needed / (1 + (needed - 1) / population) - 1e-9)


def difference(
    first: tuple[ArrayLike, ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike, ArrayLike], level: float = 0.95
) -> Difference:
    """How far two independent groups lie apart; `first` and `second` are (detractors, passives, promoters).

    Formula: each group adjusted as in `adjusted_wald`; Δ = θ₂ − θ₁, se = √(V₁/n₁ + V₂/n₂), z = Δ/se, two-sided p. Show the
    observed change with this interval. Not for the same people twice (their answers are not independent). Source: Rocks 2016.

    >>> apart = difference((30, 40, 30), (20, 30, 50))
    >>> [round(float(x), 4) for x in apart]
    [30.0, 29.1262, 10.8226, 2.6912, 0.0071, 7.9143, 50.3381]
    """
    one, two = _counts(*first), _counts(*second)
    observed = _moments(*two)[0] - _moments(*one)[0]
    (centre_1, _, error_1), (centre_2, _, error_2) = _moments(*_adjusted(*one)), _moments(*_adjusted(*two))
    adjusted = centre_2 - centre_1 + 0 * observed  # NaN where one of the two has no answers
    error = np.hypot(error_1, error_2) + 0 * observed
    z = adjusted / error
    margin = z_value(level) * error
    p = _erfc(np.abs(z) / math.sqrt(2))
    return Difference(*map(_plain, (observed, adjusted, error, z, p, adjusted - margin, adjusted + margin)))


def wilson(count: ArrayLike, nobs: ArrayLike, level: float = 0.95) -> Interval:
    """The interval of a share, 0..1: `count` of `nobs`. NaN where nobs is 0.

    Formula: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson, Probable inference, the law of succession,
    and statistical inference, Journal of the American Statistical Association 22, 1927, 209–212.

    >>> [round(100 * x, 2) for x in wilson(30, 100)]
    [21.89, 39.58]
    """
    k, n = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(nobs, dtype=float))
    square = z_value(level) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (k + square / 2) / (n + square)
        margin = np.sqrt(square) / (n + square) * np.sqrt(k * (n - k) / n + square / 4)
    low, high = np.maximum(centre - margin, 0), np.minimum(centre + margin, 1)
    # No and all are exact ends; only float error would keep the interval away from them.
    return _plain(np.where(k == 0, 0 * margin, low)), _plain(np.where(k == n, 1 + 0 * margin, high))


def share_difference(first: tuple[ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike], level: float = 0.95) -> Interval:
    """The interval of the difference of two independent shares, −1..1; each as (count, nobs). NaN where one has no answers.

    Formula: one added to what is counted and one to what is not on both sides, then p₂ − p₁ ± z √(p₁q₁/n₁ + p₂q₂/n₂). Show it
    beside the observed difference. Source: Agresti and Caffo, Simple and effective confidence intervals for proportions and
    differences of proportions, The American Statistician 54(4), 2000, 280–288.

    >>> [round(x, 4) for x in share_difference((30, 100), (45, 100))]
    [0.0156, 0.2786]
    """
    sides = [(np.asarray(k, dtype=float), np.asarray(n, dtype=float)) for k, n in (first, second)]
    (p_1, n_1), (p_2, n_2) = (((k + 1) / (n + 2), np.where(n > 0, n + 2, np.nan)) for k, n in sides)
    margin = z_value(level) * np.sqrt(p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2)
    return _plain(np.maximum(p_2 - p_1 - margin, -1)), _plain(np.minimum(p_2 - p_1 + margin, 1))


def benjamini_hochberg(p: ArrayLike) -> Number:
    """p-values adjusted for looking at many groups at once (false discovery rate), in the order given.

    Formula: for ranks i of m, the smallest m·p(j)/j over j ≥ i. NaN stays NaN and does not count. Say beside the result that
    it is adjusted. Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995, 289–300.

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    falling = known[np.argsort(-values[known], kind="stable")]
    ranks = np.arange(len(falling), 0, -1)
    if len(falling):
        adjusted[falling] = np.minimum(np.minimum.accumulate(values[falling] * len(falling) / ranks), 1)
    return adjusted


def band_chances(d: ArrayLike, p: ArrayLike, r: ArrayLike) -> dict[str, Number]:
    """The chance of each band of `scale.BANDS`, 0..1, adding up to 1; NaN without answers.

    It is read from the sampling distribution of the adjusted estimate: a normal curve around the adjusted NPS with its adjusted
    standard error (Rocks 2016), cut off at −100 and 100, which no score can pass, and scaled back to 1. It is not the
    chance that a single firm “is” in a band; say what it is beside it.

    >>> {name: round(chance, 3) for name, chance in band_chances(20, 30, 50).items()}
    {'negative': 0.0, 'moderate': 0.545, 'good': 0.451, 'excellent': 0.003}
    """
    counts = _counts(d, p, r)
    centre, _, error = _moments(*_adjusted(*counts))
    edges = [BANDS[0].low, *(band.high for band in BANDS)]
    below = [_erf((edge - centre) / (error * math.sqrt(2))) for edge in edges]
    whole = below[-1] - below[0]
    chances = ((high - low) / whole for low, high in pairwise(below))
    return {band.name: _plain(_known(chance, *counts)) for band, chance in zip(BANDS, chances, strict=True)}


def with_interval(result: pd.DataFrame, level: float = 0.95, population: ArrayLike | None = None) -> pd.DataFrame:
    """A Result with the columns low, high (points, NaN without answers) and method (see `nps_interval`) added.

    `population` is one number for all rows or one a row. Rows hidden by `privacy.protect` stay empty.
    """
    d, p, r = (result[name].to_numpy(dtype=float, na_value=np.nan) for name in GROUPS)
    low, high, method = nps_interval(d, p, r, level, population)
    return result.assign(low=low, high=high, method=pd.array(np.asarray(method).tolist(), dtype="str"))


def _counts(d: ArrayLike, p: ArrayLike, r: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The three counts as float arrays of one shape."""
    detractors, passives, promoters = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (d, p, r)))
    return detractors, passives, promoters


def _adjusted(d: Floats, p: Floats, r: Floats) -> tuple[Floats, Floats, Floats]:
    """The three counts with what the adjusted Wald interval adds."""
    return d + ADDED[0], p + ADDED[1], r + ADDED[2]


def _moments(d: Floats, p: Floats, r: Floats) -> tuple[Floats, Floats, Floats]:
    """NPS in points, variance per answer, standard error in points."""
    n = d + p + r
    with np.errstate(invalid="ignore", divide="ignore"):
        theta = (r - d) / n
        spread = np.maximum((r + d) / n - theta**2, 0)
        return 100 * theta, spread, 100 * np.sqrt(spread / n)


def _known(figure: Floats, d: Floats, p: Floats, r: Floats) -> Floats:
    """The figure where there are answers, NaN elsewhere."""
    return np.where(d + p + r > 0, figure, np.nan)


def _plain(figure: Any) -> Number:
    """A plain number in place of an array without dimensions."""
    array = np.asarray(figure)
    return array.item() if array.ndim == 0 else array
