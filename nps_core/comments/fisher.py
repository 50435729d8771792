"""Fisher's exact test for many words at once: a word in `count` of `n` comments of one group, and in `other` of `n_other`.

Only the two tails are added up, and of each only the part that counts: a million comments cost little more than a thousand. It
must not know words.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ALIKE = 1e-7  # logarithms of two chances this near are the same: only float error parts them
REACH = 9  # standard deviations into a tail after which nothing is left that a float could hold beside what was added
MORE = 40  # and as many steps, for the rare words whose tails fall by steps rather than as a curve
SMALL = 20  # factorials below this are looked up
LOOKED_UP = np.array([math.lgamma(k + 1) for k in range(SMALL + 1)])


def exact_p(count: ArrayLike, n: int, other: ArrayLike, n_other: int) -> Floats:
    """Fisher's exact test, two-sided: `count` of `n` against `other` of `n_other`, word by word.

    The chance, were the comments dealt out anew to the two groups, of a division no more likely than the one seen: of the
    hypergeometric chances P(k) = C(n, k) C(n_other, total − k) / C(n + n_other, total) all that are not above P(count). Source:
    Fisher, The Design of Experiments, 1935, ch. 2.

    >>> exact_p([8], 10, [1], 6).round(4).tolist()
    [0.035]
    """
    y = np.asarray(count, dtype=np.int64)
    total = y + np.asarray(other, dtype=np.int64)
    if not len(y):
        return np.empty(0)
    least, most = np.maximum(0, total - n_other), np.minimum(total, n)
    mode = np.clip((n + 1) * (total + 1) // (n + n_other + 2), least, most)
    each = np.arange(len(y))
    sums = _log_factorial(np.array([n, n_other, n + n_other]))
    same = sums[0] + sums[1] - sums[2] + _log_factorial(total) + _log_factorial(n + n_other - total)  # whatever k is

    def log_chance(k: Ints, word: Ints = each) -> Floats:
        t = total[word]
        found: Floats = same[word] - sum(_log_factorial(part) for part in (k, n - k, t - k, n_other - t + k))
        return found

    seen = log_chance(y) + ALIKE
    below, above = _furthest(log_chance, seen, mode, least, -1), _furthest(log_chance, seen, mode, most, 1)
    steps = _steps(total, n, n_other)
    low_word, low = _runs(each, np.maximum(least, below - steps), below)
    high_word, high = _runs(each, above, np.minimum(most, above + steps))
    word, k = np.concatenate([low_word, high_word]), np.concatenate([low, high])
    p = np.bincount(word, np.exp(log_chance(k, word)), minlength=len(y))
    return np.where(log_chance(mode) <= seen, 1.0, np.minimum(p, 1.0))


def _furthest(log_chance: Callable[[Ints], Floats], seen: Floats, mode: Ints, end: Ints, way: int) -> Ints:
    """From the mode one way (−1 or 1), the first place no likelier than what was seen; one beyond the end where there is none.

    By halving, as chances only fall on either side of the mode.
    """
    likelier, not_likelier = np.zeros_like(mode), abs(end - mode) + 1
    while (not_likelier - likelier > 1).any():
        half = (likelier + not_likelier) // 2
        low = log_chance(mode + way * half) <= seen
        not_likelier = np.where(low & (half > likelier), half, not_likelier)
        likelier = np.where(low, likelier, half)
    return mode + way * not_likelier


def _steps(total: Ints, n: int, n_other: int) -> Ints:
    """How far into a tail to add up."""
    everyone = n + n_other
    variance = total * (n / everyone) * (n_other / everyone) * (everyone - total) / max(everyone - 1, 1)
    found: Ints = np.ceil(REACH * np.sqrt(variance)).astype(np.int64) + MORE
    return found


def _runs(each: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The whole numbers from `first` to `last` of each word, one after the other, and whose they are."""
    sizes = np.maximum(last - first + 1, 0)
    whose = np.repeat(each, sizes)
    return whose, np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes - first, sizes)


def _log_factorial(k: Ints) -> Floats:
    """ln k!, by Stirling's series: its next term, 1/(1680 k⁷), is below 10⁻¹² from 20 on."""
    x = np.maximum(k, SMALL).astype(float)
    inverse = 1 / x
    square = inverse * inverse
    series = (x + 0.5) * np.log(x) - x + 0.5 * math.log(2 * math.pi) + inverse * (1 / 12 - square * (1 / 360 - square / 1260))
    return np.where(k < SMALL, LOOKED_UP[np.minimum(k, SMALL)], series)
