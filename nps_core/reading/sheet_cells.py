"""One sheet's cells → columns of text, and of what kind each cell was. A cell becomes what a person would type: 9 and not 9.0.

Columns are converted as a whole, a block of rows at a time, so that a million rows never stand in memory as single objects.
It must not know tables or headers.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

ROWS_AT_ONCE = 1 << 14
FEWEST_ROWS_AT_ONCE = 64  # of a very wide sheet: 1,000,000 cells of the widest; fewer would be converted one by one
TEXT_TYPE = pa.large_string()
EMPTY, TEXT, NUMBER, DATE, TRUTH = range(5)  # kinds of cells
KINDS: dict[type, int] = {
    str: TEXT, float: NUMBER, int: NUMBER, bool: TRUTH, dt.datetime: DATE, dt.date: DATE, dt.time: DATE, dt.timedelta: DATE,
    type(None): EMPTY,
}  # fmt: skip
DIGITS_KEPT = 1e15  # Excel keeps 15 digits of a number: a longer id has lost its end
LARGEST_WRITTEN_OUT = 1e22  # beyond, a number is no id and is written with an exponent
ERRORS = ("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
Progress = Callable[[str], None]


@dataclass(eq=False)
class Cells:
    """A sheet's cells.

    Attributes
    ----------
    kinds : array, rows × columns, what kind each cell was
    columns : list of text columns
    rounded : array, for each column whether it holds whole numbers of 16 digits or more
    row, column : int, where the first cell stands in the sheet, from 1
    merged : sequence of (top, left, bottom, right), merged cells counted from 0, bottom and right included
    """

    kinds: NDArray[np.uint8]
    columns: list[pa.ChunkedArray]
    rounded: NDArray[
        np.bool_
    ]  # rows × columns would be large: per column, whether a whole number of 16 or more digits stands in it
    row: int = 1
    column: int = 1
    merged: Sequence[tuple[int, int, int, int]] = ()

    def text(self, row: int, column: int) -> str:
        """One cell, counted from 0."""
        return str(self.columns[column][row])

    def header(self, rows: Sequence[int], left: int, right: int) -> list[list[str]]:
        """Header rows; what stands in cells merged side by side is said of each of their columns."""
        found = self.texts(rows, left, right)
        for top, first, _, last in self.merged:
            if top in rows and last > first:
                line = found[rows.index(top)]
                for column in range(max(first, left), min(last + 1, right)):
                    line[column - left] = self.text(top, first)
        return found

    def column_text(self, column: int) -> pa.ChunkedArray:
        """A whole column; a text in cells merged beneath each other is said of each of their rows. A number counts once."""
        array = self.columns[column]
        below = [(top, end) for top, first, end, last in self.merged if first == column == last and end > top]
        below = [(top, end) for top, end in below if end < len(array) and self.kinds[top, column] == TEXT]
        if not below:
            return array
        rows = np.concatenate([np.arange(top + 1, end + 1) for top, end in below])
        source = np.arange(len(array))
        source[rows] = np.concatenate([np.full(end - top, top) for top, end in below])
        return array.take(pa.array(source))

    def texts(self, rows: Iterable[int], left: int, right: int) -> list[list[str]]:
        """Some rows from column `left` up to, not including, `right`."""
        return [[self.text(row, column) for column in range(left, right)] for row in rows]


def read_cells(rows: Iterable[Sequence[Any]], width: int, row: int, column: int, progress: Progress | None = None) -> Cells:
    """The rows of one sheet, each `width` cells of Python's own types."""
    kinds, chunks, rounded = list[NDArray[np.uint8]](), list[list[pa.Array]](), np.zeros(width, dtype=bool)
    source, done = iter(rows), 0
    at_once = max(FEWEST_ROWS_AT_ONCE, ROWS_AT_ONCE * 8 // max(width, 8))
    while block := list(islice(source, at_once)):
        found = [convert(cells) for cells in zip(*block, strict=True)]
        chunks.append([texts for texts, _, _ in found])
        kinds.append(np.stack([codes for _, codes, _ in found], axis=1))
        rounded |= [lost for _, _, lost in found]
        done += len(block)
        if progress:
            progress(f"Reading the sheet: {done:,} rows …")
    if not chunks:
        return Cells(np.zeros((0, width), dtype=np.uint8), [pa.chunked_array([], TEXT_TYPE)] * width, rounded, row, column)
    columns = [pa.chunked_array(parts, TEXT_TYPE) for parts in zip(*chunks, strict=True)]
    return Cells(np.concatenate(kinds), columns, rounded, row, column)


def convert(cells: Sequence[Any]) -> tuple[pa.Array, NDArray[np.uint8], bool]:
    """One column of cells as text, their kinds, and whether a long whole number stands among them.

    >>> values = (9.0, 2.5, True, dt.datetime(2024, 1, 31), dt.datetime(2024, 1, 31, 9, 30), "", 12345678901234567000.0)
    >>> texts, kinds, rounded = convert(values)
    >>> texts.to_pylist()
    ['9', '2.5', 'TRUE', '2024-01-31', '2024-01-31 09:30:00', '', '12345678901234567168']
    >>> kinds.tolist(), rounded
    ([2, 2, 4, 3, 3, 0, 2], True)
    """
    types = list(map(type, cells))
    present = set(types)
    if present == {str}:
        return (*_without_nothing(pa.array(cells, TEXT_TYPE), np.full(len(cells), TEXT, np.uint8)), False)
    if len(present) == 1:
        array, rounded = _as_text(types[0], cells)
        return array, np.full(len(cells), KINDS.get(types[0], TEXT), np.uint8), rounded
    codes = np.fromiter((KINDS.get(kind, TEXT) for kind in types), np.uint8, len(types))
    made, rounded = list(cells), False
    for kind in present - {str}:
        places = [place for place, found in enumerate(types) if found is kind]
        texts, lost = _as_text(kind, [cells[place] for place in places])
        rounded = rounded or lost
        for place, text in zip(places, texts.to_pylist(), strict=True):
            made[place] = text
    array = pa.array(made, TEXT_TYPE)
    return (*(_without_nothing(array, codes) if str in present else (array, codes)), rounded)


def _without_nothing(array: pa.Array, codes: NDArray[np.uint8]) -> tuple[pa.Array, NDArray[np.uint8]]:
    """Error values as empty cells; cells of nothing but blanks count as empty but keep their blanks."""
    if pac.any(pac.starts_with(array, "#")).as_py():
        wrong = np.asarray(pac.is_in(array, value_set=pa.array(ERRORS, TEXT_TYPE)), dtype=bool)
        array = pac.if_else(pa.array(wrong & (codes == TEXT)), "", array)
    nothing = np.asarray(pac.or_(pac.equal(array, ""), pac.utf8_is_space(array)), dtype=bool)
    return array, np.where(nothing, np.uint8(EMPTY), codes)


def _as_text(kind: type, values: Sequence[Any]) -> tuple[pa.Array, bool]:
    if kind in (float, int):
        return _numbers(values)
    if kind is dt.datetime:
        return _stamps(values), False
    return pa.array([_other(value) for value in values], TEXT_TYPE), False


def _numbers(values: Sequence[Any]) -> tuple[pa.Array, bool]:
    try:
        numbers = np.array(values, dtype=np.float64)
    except OverflowError:
        return pa.array(list(map(str, values)), TEXT_TYPE), True
    whole = np.rint(numbers) == numbers
    size = np.abs(numbers)
    rounded = bool((whole & (size >= DIGITS_KEPT) & (size < LARGEST_WRITTEN_OUT)).any())
    if rounded or (size >= DIGITS_KEPT).any():
        fits = whole & (size < LARGEST_WRITTEN_OUT)
        texts = [str(int(value)) if fit else repr(float(value)) for value, fit in zip(values, fits.tolist(), strict=True)]
        return pa.array(texts, TEXT_TYPE), rounded
    integers = pa.array(np.where(whole, numbers, 0).astype(np.int64)).cast(TEXT_TYPE)
    return integers if whole.all() else pac.if_else(pa.array(whole), integers, pa.array(numbers).cast(TEXT_TYPE)), False


def _stamps(values: Sequence[Any]) -> pa.Array:
    """Moments to the nearest second: Excel keeps days as fractions, so that 09:30 may come as 09:29:59.999999.

    >>> _stamps([dt.datetime(2024, 1, 31, 9, 29, 59, 999999)]).to_pylist()
    ['2024-01-31 09:30:00']
    """
    moments = pac.round_temporal(pa.array(values, pa.timestamp("us")), unit="second").cast(pa.timestamp("s"))
    texts = moments.cast(TEXT_TYPE)
    return pac.if_else(pac.ends_with(texts, " 00:00:00"), pac.utf8_slice_codeunits(texts, 0, 10), texts)


def _other(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    return str(value)
