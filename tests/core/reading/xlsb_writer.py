"""A writer of binary workbooks (.xlsb) for the tests: texts, numbers, truth values and dates, with as little as a reader needs.

The records are those of the format that Microsoft publishes as [MS-XLSB]: number, length, content, the first two written seven
bits a byte.
"""

import datetime as dt
import struct
import zipfile
from io import BytesIO

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary'
    '.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    "</Types>"
)
ROW, BLANK, TRUTH, REAL, SHARED, STRING, FORMAT = 0, 1, 4, 5, 7, 19, 47
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK, BEGIN_SHEETS, END_SHEETS = 129, 130, 131, 132, 143, 144
BEGIN_ROWS, END_ROWS, DIMENSION, A_SHEET, BEGIN_STRINGS, END_STRINGS = 145, 146, 148, 156, 159, 160
BEGIN_STYLES, END_STYLES, BEGIN_FORMATS, END_FORMATS = 278, 279, 617, 618
PLAIN, MOMENT = 0, 1  # the two formats of cells
DATE_AND_TIME = 22  # the built-in number format of a moment
FIRST_DAY = dt.datetime(1899, 12, 30)


def _sevens(number):
    """Seven bits a byte, the lowest first; all but the last byte carry the eighth bit."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def record(kind, content=b""):
    return _sevens(kind) + _sevens(len(content)) + content


def text(value):
    coded = value.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def _cell(column, value, strings):
    """One cell: where it stands and how it is shown, then what it holds."""
    head = struct.pack("<II", column, MOMENT if isinstance(value, dt.datetime) else PLAIN)
    if value is None:
        return record(BLANK, head)
    if isinstance(value, bool):
        return record(TRUTH, head + bytes([value]))
    if isinstance(value, str):
        return record(SHARED, head + struct.pack("<I", strings.setdefault(value, len(strings))))
    if isinstance(value, dt.datetime):
        value = (value - FIRST_DAY) / dt.timedelta(days=1)
    return record(REAL, head + struct.pack("<d", value))


def _sheet(rows, strings, claim=None):
    """`claim` is what the sheet says of its size, rows and columns; by default the truth."""
    height, width = claim or (len(rows), max(map(len, rows), default=1))
    out = [record(BEGIN_SHEET), record(DIMENSION, struct.pack("<4I", 0, height - 1, 0, width - 1)), record(BEGIN_ROWS)]
    for number, row in enumerate(rows):
        out.append(record(ROW, struct.pack("<2IH3xI", number, 0, 300, 0)))
        out += [_cell(column, value, strings) for column, value in enumerate(row)]
    return b"".join([*out, record(END_ROWS), record(END_SHEET)])


def _book(names):
    sheets = [record(A_SHEET, struct.pack("<2I", 0, i) + text(f"rId{i}") + text(name)) for i, name in enumerate(names, start=1)]
    return b"".join([record(BEGIN_BOOK), record(BEGIN_SHEETS), *sheets, record(END_SHEETS), record(END_BOOK)])


def _styles():
    formats = [record(FORMAT, struct.pack("<2H12x", 0xFFFF, number)) for number in (0, DATE_AND_TIME)]
    return b"".join(
        [record(BEGIN_STYLES), record(BEGIN_FORMATS, struct.pack("<I", 2)), *formats, record(END_FORMATS), record(END_STYLES)]
    )


def _relations(**targets):
    ends = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{to}"/>' for name, (kind, to) in targets.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{ends}</Relationships>'


def xlsb(*sheets, claim=None, **named):
    """A binary workbook of these sheets, each a list of rows."""
    named = {f"Sheet{i}": rows for i, rows in enumerate(sheets, start=1)} | named
    strings: dict[str, int] = {}
    parts = {f"xl/worksheets/sheet{i}.bin": _sheet(rows, strings, claim) for i, rows in enumerate(named.values(), start=1)}
    kept = [record(STRING, b"\0" + text(string)) for string in strings]
    number = struct.pack("<2I", len(strings), len(strings))
    places = {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(named) + 1)}
    further = {"strings": ("sharedStrings", "sharedStrings.bin"), "styles": ("styles", "styles.bin")}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": _relations(book=("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": _book(named),
            "xl/_rels/workbook.bin.rels": _relations(**places, **further),
            "xl/sharedStrings.bin": b"".join([record(BEGIN_STRINGS, number), *kept, record(END_STRINGS)]),
            "xl/styles.bin": _styles(),
            **parts,
        }.items():
            packed.writestr(name, content)
    return out.getvalue()
