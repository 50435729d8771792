"""Text of a known dialect → records: fast where the file is well formed, careful where it is not.

The fast way is Arrow's reader, column by column. Where a row does not fit, the text is read in blocks, and only the blocks that
do not fit are cut record by record, so that a damaged row never damages its neighbours, and what did not fit is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
import pyarrow.csv as pc

from nps_core.errors import Unreadable
from nps_core.reading.ragged import Effort, Kind, fits, mend
from nps_core.reading.records import Dialect, Record, cut

BLOCK = 1 << 22  # bytes Arrow parses at a time; measured best on 100 MB
PART = 1 << 20  # bytes of a file with damaged rows that are looked at together
SLACK = 1 << 18  # bytes beyond it in which an end outside quotes is looked for
MANY_COLUMNS = 1000
BLANK_END = "blank_end"  # a row that only blank cells make too long: they may be at its end, or one too many further in
HABIT = 0.5  # share of rows beyond which blank cells at the end are how the file is written, and nobody's mistake
MOST_DAMAGED = 1_000_000  # damaged records of which there can be no more in a table of answers
MOST_MENDED = 20_000  # damaged records looked into; further ones stay as they are
CACHED = 1 << 18  # bytes looked at together where a whole file is: they stay in the processor's own memory
ENDS = (10, 13)
Stack = Callable[[list[Record]], int]


class Body(NamedTuple):
    """The records of one table.

    `surplus` are rows with more cells than the header, `repairs` the rows that were damaged and what was done (both with the
    record number from 1); `end` is the byte at which a further table begins, None where none does.
    """

    frame: pd.DataFrame
    surplus: tuple[tuple[int, tuple[str, ...]], ...] = ()
    repairs: tuple[tuple[int, str], ...] = ()
    end: int | None = None


def read_fast(utf8: memoryview, names: list[str], dialect: Dialect, quoted: bool) -> Body | None:
    """The records, or None where a row is not as wide as the header, or quotes stand where they should not."""
    table = _arrow(utf8, names, dialect, quoted)
    return None if table is None else Body(table.to_pandas())


def _arrow(utf8: memoryview, names: list[str], dialect: Dialect, quoted: bool) -> pa.Table | None:
    if len(utf8) == 0:
        return pa.table([pa.array([], pa.large_string())] * len(names), names=names)
    if dialect.spaced or (dialect.escape and re.search(rb"\\\r\n", utf8)):  # Arrow would end a record there
        return None
    with ThreadPoolExecutor(1) as pool:  # beside the parsing, which does not keep all cores busy
        stray = pool.submit(has_stray_quotes, utf8, dialect) if quoted and dialect.quote else None
        table = _parsed(utf8, names, dialect, quoted)
        if table is None or (stray and stray.result()) or (quoted and _may_have_swallowed(table, len(utf8), dialect)):
            return None
    return table


def _parsed(utf8: memoryview, names: list[str], dialect: Dialect, quoted: bool) -> pa.Table | None:
    """What Arrow makes of it, None where it does not fit."""
    try:
        return pc.read_csv(
            pa.py_buffer(utf8),
            read_options=pc.ReadOptions(column_names=names, block_size=BLOCK),
            parse_options=pc.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote if quoted and dialect.quote else False,
                double_quote=not dialect.escape,
                escape_char=dialect.escape or False,
                newlines_in_values=quoted or bool(dialect.escape),
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=False,
                check_utf8=False,  # `decode` has made sure of it
                # Nothing is told apart here; the usual spellings would be kept ready for each of many columns, 6 KB each time.
                null_values=[],
                true_values=[],
                false_values=[],
            ),
            # Memory for the cells is asked for once and in large blocks: the system's own allocator hands it out quickest.
            # Measured on 116 MB in a fresh process: 0.6 s for the whole reading, against 0.8 to 1.0 s with Arrow's default.
            # Of very many columns each is small, and the system's allocator would leave twice as much between them.
            memory_pool=pa.system_memory_pool() if len(names) < MANY_COLUMNS else None,
        )
    except pa.ArrowInvalid:
        return None


def has_stray_quotes(utf8: memoryview, dialect: Dialect) -> bool:
    """Whether some quote opens within a cell or closes before its end, or there is an odd number of them."""
    if dialect.escape:
        quote, delimiter = re.escape(dialect.quote.encode()), re.escape(dialect.delimiter.encode())
        return re.search(rb"[^" + quote + delimiter + rb"\s\\]" + quote + rb"[^" + quote + delimiter + rb"\s]", utf8) is not None
    data = np.frombuffer(utf8, np.uint8)
    mark = ord(dialect.quote)
    beside = np.zeros(256, bool)
    beside[[ord(dialect.delimiter), mark, *ENDS]] = True
    many = 0  # every second quote closes what the one before it has opened
    for start in range(0, len(data), CACHED):
        places = np.flatnonzero(data[start : start + CACHED] == mark) + start
        opening, closing = places[many % 2 :: 2], places[1 - many % 2 :: 2]
        many += len(places)  # the text's first and last character is its own neighbour: a quote there is never a stray one
        before, behind = data[np.maximum(opening - 1, 0)], data[np.minimum(closing + 1, len(data) - 1)]
        if not (beside[before].all() and beside[behind].all()):
            return True
    return many % 2 == 1


def _may_have_swallowed(table: pa.Table, size: int, dialect: Dialect) -> bool:
    """Whether some cell holds a line that could be a row of its own: an open quote may have swallowed its neighbours.

    A swallowed row is rarely shorter than a third of the usual row, so columns of shorter cells are passed over.
    """
    delimiter, least = re.escape(dialect.delimiter), size / max(table.num_rows, 1) / 3
    row = rf"\n[^\n{delimiter}]*(?:{delimiter}[^\n]*){{{min(table.num_columns - 1, 1000)}}}"
    chunks = (chunk for column in table.columns for chunk in column.chunks if len(chunk))
    return any(pac.any(pac.match_substring_regex(cells, row)).as_py() for cells in _of_several_lines(chunks, least))


def _of_several_lines(chunks: Iterable[pa.Array], least: float) -> Iterator[pa.Array]:
    """The cells with a line end in them, of chunks with a cell longer than `least` bytes.

    Found from the places where the cells begin; asking Arrow about cell after cell takes three times as long.
    """
    for chunk in chunks:
        begins = np.frombuffer(chunk.buffers()[1], np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        if (begins[1:] - begins[:-1]).max() <= least:
            continue
        data = np.frombuffer(chunk.buffers()[2], np.uint8)[begins[0] : begins[-1]]
        ends = np.flatnonzero(data == ENDS[0]) + begins[0]
        if len(ends):
            yield chunk.take(pa.array(np.unique(np.searchsorted(begins, ends, side="right") - 1)))


@dataclass
class _Reading:
    """What has been read so far of a file with damaged rows."""

    names: list[str]
    dialect: Dialect
    kinds: Sequence[Kind]
    rows: int = 0
    tables: list[pa.Table] = field(default_factory=list)
    surplus: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    repairs: list[tuple[int, str]] = field(default_factory=list)
    tried: int = 0
    effort: Effort = field(default_factory=Effort)

    def take(self, table: pa.Table) -> None:
        self.tables.append(table)
        self.rows += table.num_rows


def read_careful(utf8: memoryview, names: list[str], dialect: Dialect, kinds: Sequence[Kind], stacked: Stack) -> Body:
    """The records part by part: what is missing is filled with '', what is too much kept aside, damage stays in its own row.

    `stacked` tells at which of some records a further table begins (their number: at none).
    """
    reading = _Reading(names, dialect, kinds)
    for start, stop in _parts(utf8, dialect):
        part = utf8[start:stop]
        table = _arrow(part, names, dialect, bool(dialect.quote)) if stop - start > PART // 2 else None
        if table is not None:
            reading.take(table)
            continue
        text = str(part, "utf-8", "replace")
        records = list(cut(text, len(names), dialect))
        further = stacked(records)
        _cells(reading, records[:further])
        if len(reading.repairs) + len(reading.surplus) > MOST_DAMAGED:
            raise Unreadable(
                "rows with as many cells as the header",
                f"more than {MOST_DAMAGED:,} rows with more or fewer",
                "Open the file where it came from and export it again as CSV or xlsx.",
            )
        if further < len(records):
            return _body(reading, start + len(text[: records[further].start].encode()))
    return _body(reading, None)


def _body(reading: _Reading, end: int | None) -> Body:
    if sum(what == BLANK_END for _, what in reading.repairs) > HABIT * reading.rows:
        reading.repairs = [(row, what) for row, what in reading.repairs if what != BLANK_END]
    empty = pa.table([pa.array([], pa.large_string())] * len(reading.names), names=reading.names)
    frame = pa.concat_tables([empty, *reading.tables]).to_pandas()
    return Body(frame, tuple(reading.surplus), tuple(reading.repairs), end)


def _parts(utf8: memoryview, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Where the parts begin and end: after a line end outside quotes where there is one, else after any."""
    start = 0
    while start < len(utf8):
        stop = min(start + PART, len(utf8))
        if stop < len(utf8):
            reach = utf8[start : stop + SLACK]
            data = np.frombuffer(reach, np.uint8)
            ends = np.flatnonzero((data == 10) | ((data == 13) & (np.append(data[1:], 10) != 10)))
            ends = ends[ends >= PART]
            if dialect.quote and len(ends):
                quotes = np.flatnonzero(data == ord(dialect.quote))
                outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
                ends = outside if len(outside) else ends
            stop = start + int(ends[0]) + 1 if len(ends) else _line_end(utf8, stop)
        yield start, stop
        start = stop


def _line_end(utf8: memoryview, at: int) -> int:
    while at < len(utf8):
        data = np.frombuffer(utf8[at : at + BLOCK], np.uint8)
        ends = np.flatnonzero((data == 10) | (data == 13))
        if len(ends):
            return at + int(ends[0]) + 1
        at += BLOCK
    return len(utf8)


def _cells(reading: _Reading, records: Sequence[Record]) -> None:
    """The records' cells, brought to the width of the header."""
    width = len(reading.names)
    rows = list[list[str]]()
    for number, record in enumerate(records, start=reading.rows + 1):
        cells = record.cells
        if cells is not None and len(cells) == width:
            if _half_a_pair(record.raw, cells, reading.dialect):
                cells = _doubted(record, cells, number, reading)
        else:
            cells, what = _fitted(record, width, reading)
            reading.repairs.append((number, what))
            if any(cells[width:]):
                reading.surplus.append((number, tuple(cells)))
            cells = cells[:width] + [""] * (width - len(cells))
        rows.append(cells)
    reading.take(to_arrow(rows, reading.names))


def _half_a_pair(raw: str, cells: Sequence[str], dialect: Dialect) -> bool:
    """Whether a cell of a well formed record holds an odd number of quotes; escaped ones leave no doubt."""
    quote = dialect.quote
    if not quote or quote not in raw or dialect.escape:
        return False
    return any(cell.count(quote) % 2 for cell in cells)


def _doubted(record: Record, cells: list[str], number: int, reading: _Reading) -> list[str]:
    """The cells of a record with half a pair of quotes in a cell: another reading where the columns settle on it."""
    reading.tried += 1
    mended = mend(record.raw, reading.dialect, reading.kinds, reading.effort) if reading.tried <= MOST_MENDED else None
    if mended is None or mended.cells == cells:
        if mended is None and sum(cell.count(reading.dialect.quote) % 2 for cell in cells) > 1:  # two halves of one cell
            reading.repairs.append((number, "not_settled"))
        return cells
    reading.repairs.append((number, mended.what or "stray_quote"))
    return mended.cells


def _fitted(record: Record, width: int, reading: _Reading) -> tuple[list[str], str]:
    """The cells of a damaged record, and what was done."""
    cells, kinds = record.cells, reading.kinds
    if cells is not None and len(cells) < width:
        filled = cells + [""] * (width - len(cells))
        if fits(filled, kinds):
            return filled, "cells_missing"
    if cells is not None and len(cells) > width and not any(cells[width:]) and fits(cells[:width], kinds):
        return cells[:width], BLANK_END
    reading.tried += 1
    if reading.tried <= MOST_MENDED and (mended := mend(record.raw, reading.dialect, kinds, reading.effort)):
        return mended.cells, mended.what or "stray_quote"
    if cells is None:  # quotes that do not pair up
        cells = _raw(record.raw, reading.dialect)
        return cells, "stray_quote" if len(cells) == width else "not_settled"
    return cells, "not_settled" if len(cells) < width or any(cells[width:]) else BLANK_END


def _raw(raw: str, dialect: Dialect) -> list[str]:
    """The cells between delimiters, quotes taken off only where they wrap a whole cell."""
    quote = dialect.quote
    return [
        cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == quote and quote not in cell[1:-1] else cell
        for cell in raw.split(dialect.delimiter)
    ]


def to_arrow(rows: Sequence[Sequence[str]], names: list[str]) -> pa.Table:
    """Rows of equal width as an Arrow table of text."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table([pa.array(column, type=pa.large_string()) for column in columns], names=names)


def to_frame(rows: Sequence[Sequence[str]], names: list[str]) -> pd.DataFrame:
    """Rows of equal width as a frame of str."""
    return to_arrow(rows, names).to_pandas() if names else pd.DataFrame()
