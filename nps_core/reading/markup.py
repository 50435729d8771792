"""Tables written as a web page or as Excel's XML of 2003: what many programs export under the name .xls.

Only tags are looked at, from front to back, so that a damaged page takes no longer than a sound one. A page without a table is
refused. It must not know what the cells mean.
"""

import html
import re
from collections.abc import Iterator

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading.decode import decode
from nps_core.reading.sheet_cells import Cells, read_cells

PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<(?:html|head|meta|table|style|body|div)\b)", re.IGNORECASE)
XML_2003 = (b'progid="Excel.Sheet"', b"urn:schemas-microsoft-com:office:spreadsheet")
MOST = 50 << 20  # bytes; five times a survey of 100,000 answers
WIDEST = 16_384
MOST_CELLS = 5_000_000
TAG = re.compile(r"<(/?)([A-Za-z][\w:]*)([^<>]*)>")
ROWS, CELLS, TABLES = {"tr", "row"}, {"td", "th", "cell"}, {"table"}
ASIDE = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
INDEX = re.compile(r"\bss:Index\s*=\s*[\"'](\d{1,5})", re.IGNORECASE)  # the column, where cells before it are left out
SPAN = re.compile(r"\bcolspan\s*=\s*[\"']?(\d{1,5})", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\xa0]+")


def is_markup(data: bytes) -> bool:
    """Whether the bytes begin like a web page or Excel's XML of 2003.

    >>> is_markup(b"\\n<html><body>"), is_markup(b"nps,why")
    (True, False)
    """
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return PAGE.match(head) is not None or (head.lstrip().startswith(b"<?xml") and any(mark in head for mark in XML_2003))


def read_markup(data: bytes, name: str) -> list[tuple[str, Cells]]:
    """The page's tables as sheets, each with a name.

    Raises Unreadable for a page without a table, TooLarge for a very long one.
    """
    if len(data) > MOST:
        raise TooLarge(
            f"a web page of at most {MOST >> 20} MB", f"{name} of {len(data) >> 20} MB", "Open it in Excel and save it as xlsx."
        )
    tables = [rows for rows in _tables(_without_asides(decode(data).utf8.decode("utf-8", "replace"))) if any(map(any, rows))]
    if not tables:
        raise Unreadable(
            "a table (.csv, .tsv, .xlsx, .xls, .ods)", f"{name}, a web page without a table of cells",
            "Check what was downloaded (it may be a login page), and export the answers as CSV or xlsx.",
        )  # fmt: skip
    sheets = list[tuple[str, Cells]]()
    for number, rows in enumerate(tables, start=1):
        width = max(map(len, rows))
        if width * len(rows) > MOST_CELLS:
            raise TooLarge(f"a table of at most {MOST_CELLS:,} cells", f"more in {name}", "Save it as CSV.")
        sheets.append((f"Table {number}", read_cells((row + [""] * (width - len(row)) for row in rows), width, 1, 1)))
    return sheets


def _without_asides(text: str) -> str:
    """The page without comments, scripts and styles, whose text may look like tags."""
    for start, end in ASIDE:
        kept, at, lower = list[str](), 0, text.lower()
        if len(lower) != len(text):  # a letter that is longer in lower case: places would shift
            lower = text
        while (begin := lower.find(start, at)) >= 0:
            kept.append(text[at:begin])
            stop = lower.find(end, begin)
            at = len(text) if stop < 0 else stop + len(end)
        text = "".join(kept) + text[at:]
    return text


def _tables(text: str) -> Iterator[list[list[str]]]:
    """The rows of cells of each table; a table within a cell is read as a table of its own after the outer one."""
    page, at = _Page(), 0
    for tag in TAG.finditer(text):
        page.say(text[at : tag.start()])
        at = tag.end()
        kind = tag[2].lower().removeprefix("ss:")
        if kind in CELLS:
            page.begin_cell(kind, bool(tag[1]), tag[3])
        elif kind in ROWS | TABLES:
            page.end_row()
            if kind in TABLES:
                yield page.end_table()
        elif kind == "br":
            page.say(" ")
    page.end_row()
    yield page.end_table()


class _Page:
    """What of a page has been read so far: the rows of the table, the row, and the cell where one is open."""

    def __init__(self) -> None:
        self.rows, self.row, self.cell = list[list[str]](), list[str](), list[str]()
        self.inside, self.covered = False, 0

    def say(self, text: str) -> None:
        if self.inside:
            self.cell.append(text)

    def begin_cell(self, kind: str, closing: bool, attributes: str) -> None:
        self.end_cell()
        if kind == "cell":
            self.row.extend([""] * (_number(INDEX, attributes) - 1 - len(self.row)))
        self.covered = max(0, _number(SPAN, attributes) - 1)
        self.inside = not closing and not attributes.endswith("/")

    def end_cell(self) -> None:
        if self.inside:
            self.row.append(BLANKS.sub(" ", html.unescape("".join(self.cell))).strip())
            self.row.extend([""] * self.covered)
        self.cell.clear()
        self.inside = False

    def end_row(self) -> None:
        self.end_cell()
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def end_table(self) -> list[list[str]]:
        rows, self.rows = self.rows, []
        return rows


def _number(attribute: re.Pattern[str], attributes: str) -> int:
    found = attribute.search(attributes)
    return min(int(found[1]), WIDEST) if found else 0
