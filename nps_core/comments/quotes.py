"""Quotes that stand for a theme: typical, short enough to read aloud, and the same on every machine.

A text's worth is how many of its words the other comments of its theme share, so one odd comment more or less does not change the
choice. Quotes are cleaned and masked.
"""

import hashlib
from collections import Counter

import pandas as pd

from nps_core.comments.phrases import fold

SHORTEST, LONGEST = 25, 180  # characters
LOOKED_AT = 400  # texts of a theme that are weighed; which ones, their digests decide
ALIKE = 0.5  # share of words two quotes may have in common


def quotes(texts: pd.DataFrame, theme: str, number: int = 3) -> list[str]:
    """Up to `number` quotes for a primary theme.

    `texts` has the columns comment, primary and bits, as `listing` gives; copies do not matter.
    """
    own = texts[texts["primary"] == theme].drop_duplicates("comment")
    fitting = own[own["comment"].str.len().between(SHORTEST, LONGEST)]
    pool = sorted((fitting if len(fitting) else own)["comment"], key=_digest)[:LOOKED_AT]
    words = {text: _words(text) for text in pool}
    spread = Counter(word for found in words.values() for word in found)
    ranked = sorted(pool, key=lambda text: (-_typical(words[text], spread), _digest(text)))
    chosen: list[str] = []
    for text in ranked:
        if len(chosen) < number and all(_alike(words[text], words[other]) <= ALIKE for other in chosen):
            chosen.append(text)
    return chosen


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) > 3)


def _typical(words: frozenset[str], spread: Counter[str]) -> float:
    """The mean number of other comments that share one of its words; long comments do not gain by length."""
    return sum(spread[word] - 1 for word in words) / (len(words) + 3)


def _alike(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(min(len(left), len(right)), 1)
