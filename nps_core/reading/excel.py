"""Workbooks → rows of text: xlsx, xlsm, xlsb, xls and ods, by python-calamine.

It must not know what a survey is. Cells become the text a person would type: 9 and not 9.0, dates as ISO.
"""

import datetime as dt
from io import BytesIO
from typing import NamedTuple

import python_calamine as calamine

from nps_core.errors import UnknownValue, Unreadable

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Sheet(NamedTuple):
    """One sheet's rows of text, all equally long, without its empty rows and columns around the data."""

    name: str
    rows: list[list[str]]
    first_row: int
    first_column: int


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook (or another zip, which will then be refused)."""
    return data.startswith((ZIP, OLE))


def read_sheets(data: bytes, name: str, wanted: str | None = None) -> list[Sheet]:
    """The sheets that hold data, in order; only the wanted one where it is named.

    Raises Unreadable for what is no workbook or is protected, UnknownValue for a sheet that is not there.
    """
    try:
        book = calamine.load_workbook(BytesIO(data))
        with book:
            if wanted is not None and wanted not in book.sheet_names:
                raise UnknownValue(
                    "the name of a sheet", f"“{wanted}”", f"The sheets of {name} are: {', '.join(book.sheet_names)}."
                )
            names = [wanted] if wanted is not None else book.sheet_names
            sheets = [_sheet(book, sheet) for sheet in names]
    except calamine.PasswordError as error:
        raise Unreadable("a workbook that can be opened", "one protected by a password", "Save it without a password.") from error
    except calamine.WorksheetNotFound as error:
        raise Unreadable("a workbook with sheets of cells", "a sheet without cells", "Save the data as CSV or xlsx.") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(
            "a workbook (.xlsx, .xls, .ods) or a text table", f"{name}, which is damaged or of another kind",
            "Open it where it came from and save it as CSV or xlsx.",
        ) from error  # fmt: skip
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(book: calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    filled = [row for row in rows if any(row)]
    width = max((place for row in filled for place, cell in enumerate(row, start=1) if cell), default=0)
    row, column = sheet.start or (0, 0)
    return Sheet(name, [row[:width] for row in filled], row + 1, column + 1)


def cell_text(value: object) -> str:
    """A cell as the text a person would type.

    >>> [cell_text(v) for v in (9.0, 2.5, True, dt.datetime(2024, 1, 31), dt.datetime(2024, 1, 31, 9, 30), None)]
    ['9', '2.5', 'TRUE', '2024-01-31', '2024-01-31 09:30:00', '']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, dt.datetime):
        value = value.replace(microsecond=0)
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)
