"""What was read, before any meaning: the Table, and the one function that makes it from bytes.

It never asks and never judges whether the table is a survey.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading import excel
from nps_core.reading.other_kinds import kind_of
from nps_core.reading.packed import DEEPEST, MB, SMALLER, is_packed, unpack
from nps_core.reading.sheet_cells import Progress
from nps_core.reading.texts import Piece, largest, read_pieces

LARGEST = 200 << 20  # bytes, as much as may be uploaded; packed files are held to it unpacked


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
    read : how it was read: encoding, delimiter, quote, escape, header_rows, preamble_rows, repaired_cells, sheet;
        footer_rows and, of a text, footers (the lines below the records that are none, as they stand), where there are any
    repairs : tuple of (row, what), the damaged rows and what was done: separator_lost, separator_added, separator_in_cell,
        stray_quote, quote_not_doubled, other_delimiter, cells_missing, header_repeated (above that row), not_settled (kept as it
        was); row is the record number from 1, 0 for the header
    """

    name: str
    header: tuple[str, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    surplus: tuple[tuple[int, tuple[str, ...]], ...] = ()
    others: tuple[Other, ...] = ()
    read: Mapping[str, object] = field(default_factory=dict)
    repairs: tuple[tuple[int, str], ...] = ()

    def same_cells(self, other: "Table") -> bool:
        """Whether both hold the same header and the same cells, however they were written down."""
        return (
            self.header == other.header
            and self.frame.shape == other.frame.shape
            and self.surplus == other.surplus
            and self.frame.equals(other.frame)
        )


def read_table(
    data: bytes, name: str, sheet: str | None = None, progress: Progress | None = None, limit: int | None = LARGEST
) -> Table:
    """The table in a file: text with any usual delimiter and encoding, or the first sheet of a workbook that holds a table.

    A gzip or zip file with one table in it is opened. `sheet` chooses among several tables: a sheet's name, a file in a zip, or
    what `others` says. `limit` is the largest size in bytes, packed or unpacked (None: no limit). Empty input gives an empty
    Table. Raises TooLarge beyond the limit, Unreadable for bytes that are no table (a picture, a damaged workbook), Unclear for a
    zip of several files, and UnknownValue for a sheet that the workbook does not have.
    """
    return _read(data, name, sheet, progress, limit, DEEPEST)[0]


def read_tables(data: bytes, name: str, progress: Progress | None = None, limit: int | None = LARGEST) -> list[Table]:
    """Every table in a file, which is opened once for all of them: first the one that `read_table` gives, at least that one.

    Raises what `read_table` raises.
    """
    return _read(data, name, None, progress, limit, DEEPEST)


def _read(data: bytes, name: str, sheet: str | None, progress: Progress | None, limit: int | None, deep: int) -> list[Table]:
    if limit is not None and len(data) > limit:
        raise TooLarge(f"a file of at most {limit / MB:,.0f} MB", f"{name} with {-(-len(data) // MB):,} MB", SMALLER)
    if excel.is_workbook(data):
        return _from_workbook(data, name, sheet, progress)
    if is_packed(data):
        if not deep:
            raise Unreadable("a table, or a zip with a table in it", f"zips within zips in {name}", "Unpack the file first.")
        inner, inside = unpack(data, name, limit, sheet)
        tables = _read(inner, inside, None if sheet == inside else sheet, progress, limit, deep - 1)
        return [replace(table, name=name) for table in tables]
    if kind := kind_of(data):
        raise Unreadable("a table (.csv, .tsv, .xlsx, .xls, .ods)", f"{kind} named {name}", "Export the answers as CSV or xlsx.")
    return _from_text(data, name, sheet, progress)


def _from_workbook(data: bytes, name: str, wanted: str | None, progress: Progress | None) -> list[Table]:
    found = excel.read_tables(data, name, wanted, progress)
    if not found:
        return [Table(name, read=_facts(sheet=wanted))]
    return [Table(name, f.header, f.frame, (), tuple(Other(*place) for place in f.others), _facts(**f.read)) for f in found]


def _facts(**known: object) -> dict[str, object]:
    unknown: dict[str, object] = {"encoding": None, "delimiter": None, "quote": None, "escape": None, "header_rows": 0}
    return unknown | {"preamble_rows": 0, "repaired_cells": 0, "sheet": None} | known


def _from_text(data: bytes, name: str, wanted: str | None, progress: Progress | None) -> list[Table]:
    pieces = read_pieces(data, progress)
    tables = [Table(name, p.header, p.frame, p.surplus, (), _facts(**p.read), p.repairs) for p in pieces]
    if len(pieces) == 1:
        return tables
    labels = [_lines_of(piece) for piece in pieces]
    places = [
        Other(label, p.first_line, 1, len(p.frame) + int(p.read["header_rows"] != 0), len(p.header))
        for label, p in zip(labels, pieces, strict=True)
    ]
    first = labels.index(wanted) if wanted is not None and wanted in labels else largest(pieces)
    return [
        replace(tables[i], others=tuple(p for p in places if p is not places[i]), read={**tables[i].read, "sheet": labels[i]})
        for i in sorted(range(len(pieces)), key=lambda i: i != first)
    ]


def _lines_of(piece: Piece) -> str:
    """How a table in a text file is named: by the line at which it begins."""
    return f"from line {piece.first_line}"
