"""What was read, before any meaning: the Table, and the one function that makes it from bytes.

It never asks and never judges whether the table is a survey.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from nps_core.errors import Unreadable
from nps_core.reading.decode import decode
from nps_core.reading.delimited import Body, read_careful, read_fast, to_frame
from nps_core.reading.dialect import HEAD, count_header_rows, distinct, find_dialect, join_header, records
from nps_core.reading.excel import is_workbook, read_sheets

# What some other kinds of file begin with: none of them is text.
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
}


class Other(NamedTuple):
    """Where a further table lies: its sheet, its first row and column (from 1), and its size."""

    sheet: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, eq=False)
class Table:
    """A file's cells as text.

    Attributes
    ----------
    name : str, the name the file came with
    header : tuple of str, the names as they stand in the file; repeats and blanks kept
    frame : DataFrame of str, as wide as the header, '' for an empty cell; its columns are distinct names
    surplus : tuple of (row, cells), the rows that had more cells than the header; row is the record number from 1
    others : tuple of Other, further tables in the same file
    read : how it was read: encoding, delimiter, quote, escape, header_rows, preamble_rows, repaired_cells, sheet
    """

    name: str
    header: tuple[str, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    surplus: tuple[tuple[int, tuple[str, ...]], ...] = ()
    others: tuple[Other, ...] = ()
    read: Mapping[str, object] = field(default_factory=dict)

    def same_cells(self, other: "Table") -> bool:
        """Whether both hold the same header and the same cells, however they were written down."""
        return (
            self.header == other.header
            and self.frame.shape == other.frame.shape
            and self.surplus == other.surplus
            and self.frame.equals(other.frame)
        )


def read_table(data: bytes, name: str, sheet: str | None = None) -> Table:
    """The table in a file: text with any usual delimiter and encoding, or a workbook's first sheet with data.

    Empty input gives an empty Table. Raises Unreadable for bytes that are no table (a picture, a damaged workbook), and
    UnknownValue for a sheet that the workbook does not have.
    """
    if is_workbook(data):
        return _from_workbook(data, name, sheet)
    for start, kind in OTHER_KINDS.items():
        if data.startswith(start):
            raise Unreadable(
                "a table (.csv, .tsv, .xlsx, .xls, .ods)", f"{kind} named {name}", "Export the answers as CSV or xlsx."
            )
    return _from_text(data, name)


def _from_workbook(data: bytes, name: str, wanted: str | None) -> Table:
    sheets = read_sheets(data, name)
    if wanted is not None:
        sheets.sort(key=lambda sheet: sheet.name != wanted)
        if not sheets or sheets[0].name != wanted:
            read_sheets(data, name, wanted)  # says that there is no such sheet
            return Table(name, read=_facts(sheet=wanted))
    if not sheets:
        return Table(name, read=_facts())
    chosen, *rest = sheets
    count = count_header_rows(chosen.rows)
    header = join_header(chosen.rows[:count], len(chosen.rows[0]))
    others = tuple(Other(s.name, s.first_row, s.first_column, len(s.rows), len(s.rows[0])) for s in rest)
    frame = to_frame(chosen.rows[count:], distinct(header))
    read = _facts(encoding=None, delimiter=None, quote=None, header_rows=count, sheet=chosen.name)
    return Table(name, header, frame, (), others, read)


def _facts(**known: object) -> dict[str, object]:
    unknown: dict[str, object] = {"encoding": None, "delimiter": None, "quote": None, "escape": None, "header_rows": 0}
    return unknown | {"preamble_rows": 0, "repaired_cells": 0, "sheet": None} | known


def _from_text(data: bytes, name: str) -> Table:
    text = decode(data)
    body = memoryview(text.utf8)
    head = bytes(body[: 4 * HEAD]).decode("utf-8", "ignore")[:HEAD]
    dialect = find_dialect(head)
    first = records(head[dialect.skip :], dialect.delimiter, dialect.quote)
    filled = [row for row in first if row]
    if not any("".join(row).strip() for row in filled):
        return Table(name, read=_facts(encoding=text.encoding))
    count = count_header_rows(filled)
    header = join_header(filled[:count], len(filled[0]))
    start = _end_of_header(text.utf8, first, count, dialect.skip, dialect.delimiter, dialect.quote)
    names = distinct(header)
    quoted = text.utf8.find(dialect.quote.encode(), start) >= 0
    rows: Body | None = read_fast(body[start:], names, dialect, quoted)
    if rows is None:
        rows = read_careful(str(body[start:], "utf-8", "replace"), names, dialect)
    read = _facts(
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        header_rows=count,
        preamble_rows=int(dialect.skip > 0),
        repaired_cells=text.repaired + rows.repaired,
    )
    return Table(name, header, rows.frame, rows.surplus, (), read)


def _end_of_header(utf8: bytes, first: Sequence[Sequence[str]], count: int, skip: int, delimiter: str, quote: str) -> int:
    """The byte at which the records begin: the shortest run of lines that holds the header rows whole."""
    end, found = skip, 0
    for row in first:
        end = _end_of_record(utf8, end, row, delimiter, quote)
        found += bool(row)
        if found == count:
            break
    return end


def _end_of_record(utf8: bytes, start: int, row: Sequence[str], delimiter: str, quote: str) -> int:
    end = start
    while end < len(utf8):
        ends = [at for mark in (b"\n", b"\r") if (at := utf8.find(mark, end, end + (1 << 20))) >= 0]
        if not ends:
            return len(utf8)
        end = min(ends) + 1
        if utf8[end - 1 : end + 1] == b"\r\n":
            end += 1
        text = utf8[start:end].decode("utf-8", "replace")
        if records(text, delimiter, quote)[:1] == [list(row)] and (
            text.count(quote) % 2 == 0 or len(records(text, delimiter, quote)) == 1
        ):
            return end
    return len(utf8)
