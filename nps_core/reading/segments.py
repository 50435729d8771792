"""Columns that split the answers: which can, and how they become ordered categories.

Text stays text: NA is a region. Numbers with many values become bands.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.reading.bands import band_codes, band_edges, band_names
from nps_core.reading.columns import FEW, Column, is_blank, to_number
from nps_core.reading.natural import in_order
from nps_core.reading.words import LABEL_NUMBERS, named
from nps_core.responses import BLANK

FEWEST, MOST = 2, 30  # different values of a segment
MOST_NUMBERS = 12  # different numbers that are still shown one by one
NUMERIC = 0.95
SINGLE = 5  # so many values, each once, are names rather than groups


class Verdict(NamedTuple):
    """Whether a column can be a segment: its kind (``"values"``, ``"bands"`` or ``""``), and the reason in words."""

    kind: str
    reason: str


def judge(column: Column) -> Verdict:
    """Whether and how the column can split the answers."""
    if not column.filled:
        return Verdict("", "it is empty")
    if column.serial and column.distinct >= SINGLE:
        return Verdict("", "it numbers the rows")
    if column.distinct <= FEW:
        return _few(column)
    return _many(column)


def _value(text: str, numeric: bool) -> str:
    """What a cell says in a segment, '' for nothing. Among numbers NA says nothing; among words it is a word."""
    return "" if numeric and is_blank(text) else text.strip()


def _few(column: Column) -> Verdict:
    texts = Counter[str]()
    for text, many in zip(column.spelled[1], column.counts.tolist(), strict=True):
        texts[_value(text, column.numeric >= NUMERIC)] += many
    del texts[""]
    if len(texts) < FEWEST:
        return Verdict("", "it holds one value only")
    if len(texts) > MOST_NUMBERS and column.numeric >= NUMERIC:
        return _many(column)
    if len(texts) >= SINGLE and max(texts.values()) == 1:
        return Verdict("", f"each of its {len(texts)} values occurs once")
    if len(texts) > MOST:
        return Verdict("", f"its {len(texts):,} different values are too many for groups")
    return Verdict("values", f"it has {len(texts)} different values")


def _many(column: Column) -> Verdict:
    if column.numeric < NUMERIC:
        return Verdict("", "it has too many different values for groups")
    if named(LABEL_NUMBERS, column.header) or column.rising or _all_alike(column):
        return Verdict("", "its numbers look like ids or codes, not like a measure")
    edges = band_edges(column.numbers)
    if not edges:
        return Verdict("", "its numbers cannot be cut into bands")
    return Verdict("bands", f"its numbers are cut into {len(edges) + 1} bands of about equal size")


def _all_alike(column: Column) -> bool:
    """Whether nearly every number is another one, whole, and equally long: customer numbers are."""
    lengths = {len(text) for text in column.sample}
    return column.distinct > 0.98 * column.filled > 50 and len(lengths) == 1 and lengths.pop() >= 5 and column.filled > 0 and all(
        text.isdecimal() for text in column.sample
    )  # fmt: skip


def as_values(column: Column, order: Sequence[str] | None = None) -> pd.Categorical:
    """The column as an ordered category in natural order (or the given one), `BLANK` last where a cell is empty."""
    codes, spellings = column.spelled
    texts = [_value(text, column.numeric >= NUMERIC) or BLANK for text in spellings]
    names = list(order) if order is not None else in_order(text for text in texts if text != BLANK)
    if BLANK in texts:
        names.append(BLANK)
    place = {name: i for i, name in enumerate(names)}
    lookup = np.array([place[text] for text in texts] or [0], dtype=np.int16 if len(names) > 127 else np.int8)
    return _category(lookup[codes], names)


def as_bands(column: Column) -> pd.Categorical:
    """The column's numbers in bands, `BLANK` last where a cell holds no number."""
    codes, spellings = column.spelled if column.distinct <= 4 * FEW else (None, [])
    numbers = column.numbers
    edges = band_edges(numbers)
    names = band_names(edges) if edges else []
    if codes is not None:  # few spellings: band each of them once
        each = band_codes(np.array([to_number(text) for text in spellings] or [np.nan]), edges)
        places = each[codes]
    else:
        places = band_codes(numbers, edges)
    blank = places > len(edges)
    if blank.any() or not edges:
        places[blank] = len(names)
        names.append(BLANK)
    return _category(places, names)


def _category(codes: np.ndarray, names: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype="str"), ordered=True)
