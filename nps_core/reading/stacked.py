"""Where one table ends and another begins beneath it in the same text.

It must not know what the tables mean: a further table begins with a row that reads like a header and is followed by rows that
are alike among themselves, and unlike the table above; one as wide as the table above only below a blank line.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.layout import DIGITS, numeric_columns
from nps_core.reading.records import Dialect, Record, first_records, one

FEWEST = 3  # records that make a further table
SAMPLE = 50
LONGEST = 1 << 14  # bytes of a header below a blank line
CACHED = 1 << 18  # bytes looked at together
MOST_BLANK_LINES = 20_000  # looked at; a table below more of them is read with the one above
MOST_JUDGED = 200  # of them with a line below that could be a header, whose records are looked at


def further(records: Sequence[Record], width: int) -> int:
    """At which record a table of another width begins; their number where none does."""
    for place, record in enumerate(records[: -FEWEST or None]):
        if record.cells is not None and len(record.cells) == width:
            continue
        if _begins(records[place : place + 1 + SAMPLE], width):
            return place
    return len(records)


def _begins(records: Sequence[Record], width: int) -> bool:
    first = records[0].cells
    if first is None or len(first) < 2 or len(first) == width or not reads_like_header(first) or len(records) <= FEWEST:
        return False
    near = _until_blank(records[1:])
    below = near if len(near) >= FEWEST else records[1:]  # a blank line below every record says nothing
    return sum(r.cells is not None and len(r.cells) == len(first) for r in below) >= 0.8 * len(below)


def reads_like_header(cells: Sequence[str]) -> bool:
    """Whether all cells are filled, different, short, and none is a number."""
    return all(cell.strip() and len(cell) < 200 and not DIGITS.fullmatch(cell) for cell in cells) and len(set(cells)) == len(
        cells
    )


def repeated_headers(frame: pd.DataFrame, header: Sequence[str]) -> list[int]:
    """The rows that hold the header once more: exports pasted beneath each other."""
    if frame.empty or sum(bool(name) for name in header) < 2:
        return []
    same = None
    for place, name in sorted(enumerate(header), key=lambda column: -len(column[1])):
        equal = pac.equal(pa.chunked_array(frame.iloc[:, place].array.__arrow_array__()), name)
        same = equal if same is None else pac.and_(same, equal)
        if not pac.any(same).as_py():
            return []
    return list(pac.indices_nonzero(same).to_pylist())


def below_a_blank_line(utf8: memoryview, header: Sequence[str], dialect: Dialect) -> tuple[int, int] | None:
    """The bytes at which this table ends, and one as wide with other columns begins below a blank line; None where none does.

    A header of other names must stand there, and below it either other columns than here hold numbers, or all columns of
    numbers have another name.
    """
    width, judged = len(header), 0
    if width < 2:
        return None
    for number, (end, at) in enumerate(_blank_lines(utf8, dialect, width)):
        if number >= MOST_BLANK_LINES or judged >= MOST_JUDGED:
            return None
        line, start = _line(utf8, at), at
        if dialect.delimiter not in line and line.strip():  # a title, which goes with the table below it
            start += len(line.encode()) + 1
            line = _line(utf8, start)
        if line.count(dialect.delimiter) < width - 1:
            continue
        cells = one(line, dialect)
        if cells is None or len(cells) != width or not reads_like_header(cells):
            continue
        if list(cells) == list(header):
            continue
        judged += 1
        below = _until_blank(first_records(utf8[start:], width, dialect, SAMPLE + 1))
        above = first_records(utf8[:end], width, dialect, SAMPLE)
        if _is_another(_rows(below[1:], width), cells, _rows(above, width), header) and not _quote_open(utf8[:end], dialect):
            return end, at
    return None


def _blank_lines(utf8: memoryview, dialect: Dialect, width: int) -> Iterator[tuple[int, int]]:
    """Where each blank line begins, and the line below it; a row of nothing but delimiters is blank too."""
    data = np.frombuffer(utf8, np.uint8)
    end = _line_end(data)
    empty, last = (dialect.shown.encode() * (width - 1) + end, end), end[-1]  # the longer first
    below = -1
    for start in range(0, len(data), CACHED):
        found = list[int]()
        ends = data[start : start + CACHED + len(empty[0])] == last
        for row in empty:
            both = ends[: -len(row)] & ends[len(row) :]
            places = np.flatnonzero(both) + start + 1 if both.any() else ()
            found += [place for place in map(int, places) if utf8[place : place + len(row)] == row]
        for place in sorted(found):
            if place < below:
                continue
            below = place
            while row := next((row for row in empty if utf8[below : below + len(row)] == row), b""):
                below += len(row)
            yield place, below


def _line_end(data: NDArray[np.uint8]) -> bytes:
    """How the first line ends."""
    for start in range(0, len(data), CACHED):
        ends = np.flatnonzero((data[start : start + CACHED] == 10) | (data[start : start + CACHED] == 13))
        if len(ends):
            first = start + int(ends[0])
            return b"\n" if data[first] == 10 else b"\r\n" if data[first + 1 : first + 2].tolist() == [10] else b"\r"
    return b"\n"


def _quote_open(utf8: memoryview, dialect: Dialect) -> bool:
    """Whether a text ends within quotes: what looks like a table is a comment's paragraph."""
    text = re.sub(rb"\\.", b"", utf8) if dialect.escape else bytes(utf8)
    return bool(dialect.quote) and text.count(dialect.quote.encode()) % 2 == 1


def _line(utf8: memoryview, at: int) -> str:
    return bytes(utf8[at : at + LONGEST]).lstrip(b"\n").split(b"\n", 1)[0].split(b"\r", 1)[0].decode("utf-8", "ignore")


def _rows(records: Sequence[Record], width: int) -> list[list[str]]:
    """The cells of these records; none where many are of another width."""
    rows = [record.cells for record in records if record.cells is not None and len(record.cells) == width]
    return rows if len(rows) >= max(FEWEST, 0.8 * len(records)) else []


def _until_blank(records: Sequence[Record]) -> Sequence[Record]:
    """The records before the next blank line."""
    gap = (place for place, (one, other) in enumerate(pairwise(records), start=1) if one.end != other.start)
    return records[: next(gap, len(records))]


def _is_another(
    below: Sequence[Sequence[str]], names: Sequence[str], above: Sequence[Sequence[str]], header: Sequence[str]
) -> bool:
    """Whether the records below a row of names are of another kind than those above it."""
    width = len(names)
    here, there = (set(numeric_columns(rows, width)) for rows in (below, above))
    if here & _worded(above, width) or there & _worded(below, width):
        return bool(here)
    ours = {name.strip().casefold() for name in header}
    known = any(name.strip().casefold() in ours for name in names)
    renamed = all(names[i].strip().casefold() != header[i].strip().casefold() for i in here)
    return bool(here) and bool(above) and renamed and (known or len(here) > 1)


def _worded(rows: Sequence[Sequence[str]], width: int) -> set[int]:
    """The columns that hold words in nearly every record."""
    found = set[int]()
    for column in range(width):
        cells = [row[column].strip() for row in rows if len(row) > column and row[column].strip()]
        if len(cells) >= FEWEST and sum(bool(DIGITS.fullmatch(cell)) for cell in cells) <= 0.1 * len(cells):
            found.add(column)
    return found
