"""Numbers → a few bands with round edges, so that tenure or revenue can split the answers.

It must not know which column the numbers come from.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MOST = 6  # bands
ENOUGH = 50_000  # numbers that settle round edges; of more, an even sample is looked at
NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # what a round number begins with


def band_edges(numbers: NDArray[np.float64], most: int = MOST) -> tuple[float, ...]:
    """Round edges that cut the numbers into at most `most` bands of roughly equal size; empty where they cannot be cut.

    Edges are the k/`most` quantiles, rounded to the nearest nice number, or less coarsely where that would merge them.
    NaN is left out.

    >>> band_edges(np.arange(0, 97, dtype=float))
    (15.0, 30.0, 50.0, 60.0, 80.0)
    """
    known = numbers[:: max(1, len(numbers) // ENOUGH)]
    known = known[np.isfinite(known)]
    if not len(known) or known.min() == known.max():
        return ()
    cuts = np.unique(np.quantile(known, np.arange(1, most) / most, method="inverted_cdf"))
    cuts = cuts[cuts > known.min()]
    if not len(cuts):  # most of them are the lowest: the rest is one band
        cuts = np.array([known[known > known.min()].min()])
    choices = [
        np.unique([nice(cut) for cut in cuts]),
        *(np.unique([_significant(cut, digits) for cut in cuts]) for digits in (2, 3)),
    ]
    edges = next((edges for edges in choices if len(edges) == len(cuts) and _all_filled(known, edges)), cuts)
    return tuple(float(edge) for edge in edges)


def _all_filled(numbers: NDArray[np.float64], edges: NDArray[np.float64]) -> bool:
    return bool((np.bincount(np.searchsorted(edges, numbers, side="right"), minlength=len(edges) + 1) > 0).all())


def nice(number: float) -> float:
    """The nearest round number.

    >>> nice(13), nice(0.062), nice(-430), nice(0)
    (15.0, 0.06, -400.0, 0.0)
    """
    if abs(number) < 1e-300:
        return 0.0
    size = 10.0 ** np.floor(np.log10(abs(number)))
    lead = min(NICE, key=lambda step: abs(step - abs(number) / size))
    return float(f"{np.sign(number) * lead * size:.12g}")


def _significant(number: float, digits: int) -> float:
    return float(f"{number:.{digits}g}")


def band_names(edges: Sequence[float]) -> list[str]:
    """The bands in words, lowest first.

    >>> band_names((10, 25))
    ['under 10', '10 to under 25', '25 and above']
    """
    texts = [f"{edge:,.12g}" for edge in edges]
    between = [f"{low} to under {high}" for low, high in pairwise(texts)]
    return [f"under {texts[0]}", *between, f"{texts[-1]} and above"]


def band_codes(numbers: NDArray[np.float64], edges: Sequence[float]) -> NDArray[np.int8]:
    """The band of each number, from 0; one more than the last band for NaN."""
    codes = np.zeros(len(numbers), dtype=np.int8)
    for edge in edges:  # a few comparisons of everything are quicker than a search for each
        codes += numbers >= edge
    codes[~np.isfinite(numbers)] = len(edges) + 1
    return codes
