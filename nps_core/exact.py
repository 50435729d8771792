"""Is one group like the rest? An exact answer for groups of any size, from counts alone.

A group that is like the rest is a random draw, without putting back, from everybody who answered. How often such a draw lies
as far off as the group does is counted, not approximated, while the smaller side is small; so a search over many small groups
cries wolf no more often than it says. It must not know frames, intervals or words.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EXACT = 200  # answers on the smaller side up to which every draw is counted; a normal curve is as good beyond
SLACK = 1e-9  # what float error may add to a distance or a chance
Mix = tuple[int, int, int]


def draw_test(group: tuple[ArrayLike, ArrayLike, ArrayLike], whole: tuple[int, int, int]) -> Floats:
    """The chance (two-sided p, 0..1) that a random draw scores as far from everybody as each group does.

    Formula: with d, p, r and n of the group, D, P, R and N of all, the chance of r − d = s in a draw is Σ over d of
    C(D, d) C(P, n − 2d − s) C(R, d + s) / C(N, n); p adds up the s that are at least as far from n (R − D)/N. Where both
    sides have more than 200 answers, a normal curve with the variance of the draw, n (N − n)/(N − 1) times that of one answer.
    Source: Fisher, The Design of Experiments, 1935, ch. 3; Lehmann and Romano, Testing Statistical Hypotheses, 2005, ch. 5.8.

    Parameters
    ----------
    group : tuple of three numbers or arrays
        Detractors, passives, promoters of each group, part of `whole`.
    whole : tuple of three int
        The same of everybody, the groups among them.

    Returns
    -------
    array
        One p a group; NaN for a group without answers, or that is everybody.

    Examples
    --------
    >>> draw_test((0, 0, 3), (3, 0, 3)).round(4).tolist()  # 1 of 20 draws is three promoters, 1 three detractors
    [0.1]
    """
    parts = np.stack(np.broadcast_arrays(*(np.atleast_1d(np.asarray(x, dtype=np.int64)) for x in group)), axis=-1)
    return np.array([_one(tuple(row), whole) for row in parts.tolist()], dtype=float)


def share_test(count: ArrayLike, nobs: ArrayLike, whole_count: int, whole_nobs: int) -> Floats:
    """As `draw_test`, of a share: `count` of `nobs` in each group, `whole_count` of `whole_nobs` among everybody (Fisher's test).

    >>> share_test(3, 3, 3, 6).round(4).tolist()
    [0.1]
    """
    k, n = np.broadcast_arrays(np.atleast_1d(np.asarray(count)), np.atleast_1d(np.asarray(nobs)))
    return draw_test((np.zeros_like(k), n - k, k), (0, whole_nobs - whole_count, whole_count))


def _one(group: Mix, whole: Mix) -> float:
    n, total = sum(group), sum(whole)
    if not 0 < n < total:
        return math.nan
    if n > total - n:  # the others are drawn just as well, and are fewer
        group = (whole[0] - group[0], whole[1] - group[1], whole[2] - group[2])
        n = total - n
    mean = (whole[2] - whole[0]) / total
    off = abs(group[2] - group[0] - n * mean)
    if n > EXACT:
        variance = ((whole[2] + whole[0]) / total - mean**2) * n * (total - n) / (total - 1)
        return math.erfc(off / math.sqrt(2 * variance)) if variance > 0 else 1.0
    return _counted(n, whole, n * mean, off)


def _counted(n: int, whole: Mix, expected: float, off: float) -> float:
    """The chances of all draws at least so far off, added up: detractors along one axis, promoters along the other."""
    detractors, promoters = np.arange(min(n, whole[0]) + 1), np.arange(min(n, whole[2]) + 1)
    passives = n - detractors[:, None] - promoters[None, :]
    possible = (passives >= 0) & (passives <= whole[1])
    ways = [_choose(size, n) for size in whole]
    log = ways[0][detractors][:, None] + ways[2][promoters][None, :] + ways[1][np.where(possible, passives, 0)]
    chances = np.where(possible, np.exp(log - _choose(sum(whole), n)[n]), 0.0)
    far = np.abs(promoters[None, :] - detractors[:, None] - expected) >= off - SLACK * (1 + n)
    return float(min(chances[far].sum(), 1.0))


def _choose(size: int, most: int) -> Floats:
    """The logarithms of C(size, 0), C(size, 1) … C(size, most); −inf where there is no such choice."""
    steps = np.arange(1, most + 1, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = np.log(np.maximum(size - steps + 1, 0)) - np.log(steps)
    return np.concatenate([[0.0], np.cumsum(factors)])
