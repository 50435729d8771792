"""Workbooks → tables of text: xlsx, xlsm, xlsb, xls and ods, by python-calamine. What a file is, its bytes say, not its name.

A workbook is opened once. It must not know what a survey is: of several tables the one with the most records comes first.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import python_calamine as calamine

from nps_core.errors import ExplorerError, UnknownValue, Unreadable
from nps_core.reading import compound, unpacked
from nps_core.reading.blocks import Block, best, filled_rows, find_blocks
from nps_core.reading.layout import distinct, join_header
from nps_core.reading.markup import is_markup, read_markup
from nps_core.reading.sheet_cells import Cells, Progress, read_cells
from nps_core.reading.unpacked import damaged, parts

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_XLS = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptedSummary".encode("utf-16-le"))
OTHER_PACKAGES = {"word/": "a text document", "ppt/": "a presentation", "Index/": "an Apple Numbers, Pages or Keynote file"}
ODF = b"mimetypeapplication/vnd.oasis.opendocument."
LOCKED_XLS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00(?:.{4}|.{12})(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
PLACE = re.compile(r"(?P<sheet>.*)!\$?(?P<letters>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})")
WORKSHEET, VISIBLE = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
Opened = tuple[str, Cells, list[Block]]  # a sheet's name, its cells, and the blocks found in it


class Place(NamedTuple):
    """Where a table lies: its sheet, its first row and column (from 1), and its size, header rows included.

    Of several tables in a sheet the first is known by the sheet's name, any other by its address, so that `sheet` chooses it.
    """

    sheet: str
    row: int
    column: int
    rows: int
    columns: int

    @property
    def address(self) -> str:
        """The place as Excel writes it; it can be chosen in place of the sheet's name.

        >>> Place("Answers", 3, 28, 10, 4).address
        'Answers!AB3'
        """
        letters, column = "", self.column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{self.sheet}!{letters}{self.row}"


class Found(NamedTuple):
    """One table of a workbook, in the order of `Table`'s own parts: header, frame, surplus, others, read; and its place."""

    header: tuple[str, ...]
    frame: pd.DataFrame
    surplus: tuple[tuple[int, tuple[str, ...]], ...]
    others: tuple[Place, ...]
    read: dict[str, object]
    place: Place


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook, or a document of the same make that will be refused; any other zip is none.

    >>> is_workbook(b"PK"), is_workbook(b"nps,why")
    (False, False)
    """
    if data.startswith((OLE, *BARE_XLS)) or is_markup(data):
        return True
    if not data.startswith(ZIP):
        return False
    names = parts(data)
    if not names:
        return b"[Content_Types].xml" in data[:4096] or b"xl/" in data[:4096] or ODF in data[:100] or len(data) < 4096
    return bool({"[Content_Types].xml", "content.xml", "xl/workbook.xml", "xl/workbook.bin"} & set(names)) or any(
        name.startswith("Index/") and name.endswith(".iwa") for name in names
    )


def read_tables(data: bytes, name: str, wanted: str | None = None, progress: Progress | None = None) -> list[Found]:
    """Every table of the workbook, or of the wanted sheet, the one to take first; each names the places of all others.

    `wanted` is a sheet's name, or a table's place as Excel writes it (``Answers!A3``). No table where it is empty.
    Hidden sheets are looked at only where nothing else holds a table, or they are wanted. Raises Unreadable for what is damaged,
    protected or of another kind, TooLarge for what unpacks to too much, and UnknownValue for a sheet that is not there.
    """
    _refuse_other_kinds(data, name)
    if is_markup(data):
        pages = read_markup(data, name)
        names, place = _choose([title for title, _ in pages], wanted, name)
        return _tables([(title, cells, find_blocks(cells)) for title, cells in pages if title in names], place)
    (unpacked if data.startswith(ZIP) else compound).check(data, name)
    with _errors_of_ours(name), calamine.load_workbook(BytesIO(data)) as book:
        if not book.sheets_metadata:  # every workbook has one: the list of sheets was lost
            raise damaged(name)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == WORKSHEET]
        names, place = _choose([sheet.name for sheet in sheets], wanted, name)
        hidden = {sheet.name for sheet in sheets if sheet.visible != VISIBLE} if wanted is None else set[str]()
        opened = list[Opened]()
        for title in sorted(names, key=hidden.__contains__):
            if title in hidden and any(block.is_table for *_, blocks in opened for block in blocks):
                break
            cells = _cells(book.get_sheet_by_name(title), progress)
            opened.append((title, cells, find_blocks(cells)))
        return _tables(opened, place)


def _choose(names: Sequence[str], wanted: str | None, file: str) -> tuple[list[str], tuple[int, int] | None]:
    """The sheets to read, and the row and column of the table where one is named."""
    if wanted is None:
        return list(names), None
    if wanted in names:
        return [wanted], None
    found = PLACE.fullmatch(wanted)
    if found and found["sheet"] in names:
        column = 0
        for letter in found["letters"]:
            column = column * 26 + ord(letter) - 64
        return [found["sheet"]], (int(found["row"]), column)
    raise UnknownValue("the name of a sheet", f"“{wanted}”", f"The sheets of {file} are: {', '.join(names)}.")


def _cells(sheet: calamine.CalamineSheet, progress: Progress | None) -> Cells:
    if sheet.start is None or not sheet.width:
        return read_cells((), 0, 1, 1)
    row, column = sheet.start
    rows = sheet.iter_rows()
    for _ in range(row):  # it begins with the empty rows above
        next(rows, None)
    cells = read_cells(rows, sheet.width, row + 1, column + 1, progress)
    merged = sheet.merged_cell_ranges or ()  # none in xlsb and ods, whose reader does not tell them
    return replace(
        cells, merged=[(a - row, b - column, c - row, d - column) for (a, b), (c, d) in merged if a >= row and b >= column]
    )


def _tables(sheets: Sequence[Opened], place: tuple[int, int] | None) -> list[Found]:
    """The tables of these sheets, the best of the first sheet that has one first; with a place, the one there."""
    found, remarks = list[tuple[str, Cells, Block, list[Block]]](), list[tuple[str, Cells, Block, list[Block]]]()
    for name, cells, blocks in sheets:
        ranked = [block for block in blocks if block.is_table]
        if (first := best(ranked)) is not None:
            ranked.sort(key=lambda block: block is not first)
            found += [(name, cells, block, blocks) for block in ranked]
        elif (only := best(blocks)) is not None:
            remarks.append((name, cells, only, blocks))
    found = found or remarks[:1]
    places = [_place(*entry[:3]) for entry in found]
    if place is not None:
        order = sorted(range(len(found)), key=lambda i: (places[i].row, places[i].column) != place)
        if order and (places[order[0]].row, places[order[0]].column) != place:
            listed = ", ".join(where.address for where in places)
            raise UnknownValue("the place of a table", f"row {place[0]}, column {place[1]}", f"Tables begin at: {listed}.")
        found, places = [found[i] for i in order], [places[i] for i in order]
    keys = _keys([name for name, *_ in found], places, named=place is not None)
    listed_as = [where._replace(sheet=key) for where, key in zip(places, keys, strict=True)]
    return [
        _found(*entry, key, tuple(other for other in listed_as if other.sheet != key))
        for entry, key in zip(found, keys, strict=False)
    ]


def _keys(sheets: Sequence[str], places: Sequence[Place], named: bool) -> list[str]:
    """What each table is chosen by: its sheet's name for the first of a sheet, its place for any other."""
    if named:  # one table was asked for by its place; it comes first
        return [place.address for place in places]
    return [
        name if name not in sheets[:number] else place.address
        for number, (name, place) in enumerate(zip(sheets, places, strict=True))
    ]


def _place(sheet: str, cells: Cells, block: Block) -> Place:
    top = int(filled_rows(cells, block)[block.titles]) if block.rows else block.top
    return Place(sheet, cells.row + top, cells.column + block.left, block.rows, block.width)


def _found(sheet: str, cells: Cells, block: Block, blocks: Sequence[Block], key: str, others: tuple[Place, ...]) -> Found:
    rows = filled_rows(cells, block)
    rows = rows[block.titles : len(rows) - block.footers]
    head, body = rows[: block.headers].tolist(), rows[block.headers :]
    header = join_header(cells.header(head, block.left, block.right), block.width)
    names = distinct(header)
    whole = len(body) and int(body[-1]) - int(body[0]) + 1 == len(body)
    taken = slice(int(body[0]), int(body[-1]) + 1) if whole else pa.array(body, pa.int64())
    texts = [cells.column_text(column) for column in range(block.left, block.right)]
    columns = [column[taken] if isinstance(taken, slice) else column.take(taken) for column in texts]
    above = sum(len(filled_rows(cells, other)) for other in blocks if not other.is_table and other.bottom <= block.top)
    below = sum(len(filled_rows(cells, other)) for other in blocks if not other.is_table and other.top >= block.bottom)
    place = _place(sheet, cells, block)
    rounded = tuple(name for name, lost in zip(names, cells.rounded[block.left : block.right], strict=True) if lost)
    read: dict[str, object] = {"encoding": None, "delimiter": None, "quote": None, "escape": None, "header_rows": block.headers}
    read |= {"preamble_rows": block.titles + above, "repaired_cells": 0, "sheet": key, "footer_rows": block.footers + below}
    read |= {"rounded_ids": rounded} if rounded else {}
    return Found(header, pa.table(columns, names=names).to_pandas(), (), others, read, place)


@contextmanager
def _errors_of_ours(name: str) -> Iterator[None]:
    """Whatever the reader of workbooks raises, a panic of its Rust code among it, as an error that says what to do."""
    try:
        yield
    except calamine.PasswordError as error:
        raise _protected() from error
    except (ExplorerError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except Exception as error:
        raise damaged(name) from error
    except BaseException as error:  # a panic derives from it, so that nobody takes it for an ordinary error
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error


def _protected() -> Unreadable:
    return Unreadable(
        "a workbook that can be opened",
        "one protected by a password",
        "Open it in Excel with the password, remove it under File, Info, Protect Workbook, and save.",
    )


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """Raises Unreadable for documents that only look like workbooks from outside."""
    if data.startswith(OLE) and (any(mark in data for mark in ENCRYPTED) or LOCKED_XLS.search(data)):
        raise _protected()
    if data.startswith(BARE_XLS):
        raise Unreadable(
            "a workbook of Excel 97 or later",
            f"{name}, of an older Excel",
            "Open it in Excel or LibreOffice and save it as xlsx.",
        )
    if not data.startswith(ZIP):
        return
    names = parts(data)
    for start, kind in OTHER_PACKAGES.items():
        if any(part.startswith(start) for part in names) and not any(part.startswith("xl/") for part in names):
            raise Unreadable(
                "a workbook (.xlsx, .xlsb, .xls, .ods)", f"{kind} named {name}", "Export the answers as CSV or xlsx."
            )


def rounded_sentence(columns: Sequence[str]) -> str:
    """What to tell about ids that have lost their last digits; '' where none has.

    >>> rounded_sentence(("id",))
    'The numbers in “id” have 16 digits or more; Excel keeps only 15, so their last digits are lost and different ids may look the same. Where that matters, export the file as CSV.'
    """  # noqa: E501
    if not columns:
        return ""
    listed = ", ".join(f"“{column}”" for column in columns)
    return (
        f"The numbers in {listed} have 16 digits or more; Excel keeps only 15, so their last digits are lost and different ids"
        " may look the same. Where that matters, export the file as CSV."
    )
