"""Files that are refused, or asked about, before anybody looks for a score in them: what it is → bytes, name, sheet and limit."""

import gzip
import zipfile
from io import BytesIO

from tests.core.reading.workbooks import PLAIN, raw, repacked, xls, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = 2_000_000  # bytes; the limit in place of 200 MB
CSV = b"nps,why\n9,good\n"


def zipped(files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def locked(data):
    """The zip with the mark of a password on each of its files."""
    found = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(mark)
        while at >= 0:
            found[at + place] |= 1
            at = found.find(mark, at + 4)
    return bytes(found)


def within(body):
    """A workbook whose sheet holds this and nothing else."""
    return repacked(xlsx(PLAIN), lambda part, data: body if part == "xl/worksheets/sheet1.xml" else data)


def far_apart():
    return raw('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def much_text():
    cells = "".join(f'<c r="{letter}%d" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
    return raw("".join(f'<row r="{n}">' + cells % ((n,) * 10) + "</row>" for n in range(1, 5001)), ["x" * 32_000])


def endless_xls():
    data = xls(PLAIN)
    at = data.index(bytes.fromhex("00020e00")) + 4  # where the record of a sheet's size begins
    return data[:at] + bytes(4) + b"\xff\xff\xff\x00" + data[at + 8 :]


def twice_a_page():
    return "<table>" + "<tr>" + "<td>9</td>" * 40_000 + "</tr>" + "<tr><td>1</td></tr>" * 40_000 + "</table>"


# Makers rather than bytes where making them takes a moment.
FILES = {
    "A file larger than may be uploaded": (lambda: bytes(3_000_000), "answers.csv", None, SMALL),
    "A PDF": (b"%PDF-1.7\n", "report.pdf"),
    "A picture": (b"\x89PNG\r\n\x1a\n", "chart.png"),
    "A database": (b"SQLite format 3\0", "answers.db"),
    "A text document": (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "letter.docx"),
    "Bytes that are no text": (bytes(range(1, 9)) * 99, "answers.csv"),
    "A web page without a table": (b"<html><body>Please log in</body></html>", "answers.xls"),
    "A very long web page": (lambda: b"<html><table>" + bytes(65 << 20), "answers.xls"),
    "A web page with a very large table": (lambda: f"<html>{twice_a_page()}".encode(), "answers.xls"),
    "A workbook with a password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "answers.xlsx"),
    "A workbook whose parts have a password": (lambda: locked(xlsx(PLAIN)), "answers.xlsx"),
    "A workbook of a very old Excel": (b"\x09\x04\x06\x00" + bytes(60), "answers.xls"),
    "A workbook cut off": (lambda: xlsx(PLAIN)[:2000], "answers.xlsx"),
    "A workbook damaged within": (lambda: within(b"<worksheet><sheetData><row"), "answers.xlsx"),
    "An old workbook cut off": (lambda: xls(PLAIN)[:1000], "answers.xls"),
    "A workbook that unpacks to very much": (lambda: within(b" " * (200 << 20)), "answers.xlsx"),
    "Two cells very far apart": (far_apart, "answers.xlsx"),
    "A long text in very many cells": (much_text, "answers.xlsx"),
    "An old workbook that claims to be endless": (endless_xls, "answers.xls"),
    "A sheet that is not there": (lambda: xlsx(March=PLAIN, April=PLAIN), "answers.xlsx", "May"),
    "A place where no table begins": (lambda: xlsx(March=PLAIN), "answers.xlsx", "March!C9"),
    "A zip with several files": (zipped({"jan.csv": CSV, "feb.csv": CSV}), "both.zip"),
    "A zip without a file": (zipped({}), "empty.zip"),
    "A zip with a password": (lambda: locked(zipped({"jan.csv": CSV})), "answers.zip"),
    "A zip cut off": (zipped({"jan.csv": CSV * 9})[:-30], "answers.zip"),
    "Zips within zips": (lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.csv": CSV})})}), "answers.zip"),
    "A gzip file cut off": (gzip.compress(CSV * 9)[:-9], "answers.csv.gz"),
    "A gzip file that unpacks to very much": (lambda: gzip.compress(bytes(SMALL + 1)), "answers.csv.gz", None, SMALL),
    "Very many columns": (lambda: b",".join([b"a"] * 20_001) + b"\n9\n", "answers.csv"),
    "Very many damaged rows": (b"nps,why\n" + b"9,good\n" * 50 + b"9\n" * 5000, "answers.csv"),
    "A line without an end": (lambda: b"a" * (70 << 20), "answers.csv"),
}  # fmt: skip
