"""Tables for a workbook: columns of text, numbers and formulas, with the value that each formula comes to beside it.

Foreign text is written as text and marked as such, so that it stays text also where somebody edits the cell.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nps_core.meeting.plain import writable

SIGNED = "+0.0;\\−0.0;0.0"  # the backslash: the sign stands for itself
ODDS = "+0.00;\\−0.00;0.00"
FORMATS = {"text": "", "count": "#,##0", "share": "0.0%", "points": SIGNED, "share_points": SIGNED, "q": "0.0000", "odds": ODDS}
FORMATS |= {"day": "", "year": "0"}
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
NAME_LENGTH, TEXT_LENGTH = 31, 32_000  # characters that a sheet's name and a cell can hold
NARROW, BROAD = 9, 60  # characters: how wide columns are drawn
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Column(NamedTuple):
    """One column: `kind` is a key of `FORMATS`; `values` a cell a row, None or NaN where there is none. With `formula`, which
    takes the number of the row as the sheet counts it, cells are that formula and `values` what it comes to."""

    title: str
    kind: str
    values: Sequence[Any]
    formula: Callable[[int], str] | None = None


class Book:
    """A workbook in the making: its formats, and the names of sheets that are taken."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names: set[str] = {"history"}  # Excel keeps this name for itself
        self.head = book.add_format({"bold": True, "bg_color": "#F2EFE8", "bottom": 1, "text_wrap": True, "valign": "top"})
        self.foreign = book.add_format({"quote_prefix": True, "valign": "top"})
        self.long = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.formats = {kind: book.add_format({"num_format": form} if form else {}) for kind, form in FORMATS.items()}

    def sheet(self, name: str) -> Any:
        """A new sheet with this name, or one like it where it cannot be had; foreign text."""
        wished = " ".join(writable(name).translate(FORBIDDEN).split()).strip("'")[:NAME_LENGTH].strip("' ") or "Sheet"
        found, number = wished, 2
        while found.casefold() in self.names:
            end = f" {number}"
            found, number = f"{wished[: NAME_LENGTH - len(end)]}{end}", number + 1
        self.names.add(found.casefold())
        return self.book.add_worksheet(found)

    def table(self, name: str, columns: Sequence[Column], wrapped: bool = False) -> Any:
        """A sheet with a table: its header frozen, its columns as wide as they need."""
        sheet = self.sheet(name)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, writable(column.title)[:TEXT_LENGTH], self.head)
            for row, value in enumerate(column.values, 1):
                self.cell(sheet, row, place, column, value, wrapped)
            longest = max([len(column.title) * 0.7, *(len(_shown(value)) for value in column.values)])
            sheet.set_column(place, place, min(max(longest + 2, NARROW), BROAD))
        sheet.freeze_panes(1, 1)
        return sheet

    def cell(self, sheet: Any, row: int, place: int, column: Column, value: Any, wrapped: bool = False) -> None:
        """Write one cell; a missing value leaves it empty, with a formula too."""
        if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
            return
        if column.kind in ("text", "day"):
            sheet.write_string(row, place, writable(str(value))[:TEXT_LENGTH], self.long if wrapped else self.foreign)
        elif column.formula:
            sheet.write_formula(row, place, column.formula(row + 1), self.formats[column.kind], float(value))
        else:
            sheet.write_number(row, place, float(value), self.formats[column.kind])


def cells(values: pd.Series) -> list[Any]:
    """Values as Python's own, None where there is none."""
    return [None if pd.isna(value) else value for value in values.astype(object)]


def _shown(value: Any) -> str:
    """About what a cell shows, to see how wide it is."""
    return max(str(value).split("\n"), key=len) if isinstance(value, str) else "" if value is None else "000,000"
