"""Odd and damaged files, one by one: each is a table, or an error of ours that says what was expected, found, and what to do."""

import gzip
import struct
import zipfile
from io import BytesIO

import pytest

from nps_core.errors import ExplorerError, FileError, TooLarge, Unclear, Unreadable
from nps_core.reading import read_table
from tests.core.reading.test_excel_kinds import compound, page
from tests.core.reading.test_packed import CSV, zipped
from tests.core.reading.unopened import locked
from tests.core.reading.workbooks import AS_TEXT, PLAIN, cells, ods, raw, repacked, xls, xlsx
from tests.core.reading.xlsb_writer import xlsb

BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
ANSWERS = [["nps", "why"], ["9", "fine"], ["3", "slow"]]  # the cells of CSV


def without(data, *lost):
    """The zip without these parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename not in lost:
                target.writestr(info.filename, source.read(info))
    return out.getvalue()


def emptied(data, lost):
    return repacked(data, lambda name, part: b"" if name == lost else part)


def listed_as(data, size):
    """The zip, whose directory says of every file that it unpacks to so many bytes."""
    data, at = bytearray(data), data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def nested(depth, data=CSV):
    for number in range(depth):
        data = zipped(**{f"{number}.zip" if number else "answers.csv": data})
    return data


def twice(name):
    """A zip of two files of the same name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, CSV)
        packed.writestr(name[::-1], CSV)
    return out.getvalue().replace(name[::-1].encode(), name.encode())


READ = {
    "xlsx named .xls": (xlsx(PLAIN), "x.xls", AS_TEXT),
    "xls named .xlsx": (xls(PLAIN), "x.xlsx", AS_TEXT),
    "ods named .xlsx": (ods(PLAIN), "x.xlsx", AS_TEXT),
    "web page named .xlsx": (f"<html><body><table>{page(AS_TEXT)}</table></body></html>".encode(), "x.xlsx", AS_TEXT),
    "CSV named .xlsx": ("\n".join(map(",".join, AS_TEXT)).encode(), "x.xlsx", AS_TEXT),
    "CSV named .zip": (CSV, "x.zip", ANSWERS),
    "xlsx in a zip": (zipped(**{"a.xlsx": xlsx(PLAIN)}), "x.zip", AS_TEXT),
    "xlsb in a gzip": (gzip.compress(xlsb(PLAIN)), "x.xlsb.gz", AS_TEXT),
    "gzip of a gzip": (gzip.compress(gzip.compress(CSV)), "x.gz", ANSWERS),
    "zip that says it unpacks to 4 GB": (listed_as(zipped(**{"a.csv": CSV}), 0xFFFFFFFE), "x.zip", ANSWERS),
    "zip in a zip": (nested(2), "x.zip", ANSWERS),
    "a name that leaves its folder": (zipped(**{"../../etc/answers.csv": CSV}), "x.zip", ANSWERS),
    "a name from the root": (zipped(**{"/etc/answers.csv": CSV}), "x.zip", ANSWERS),
    "xlsx without styles": (without(xlsx(PLAIN), "xl/styles.xml"), "x.xlsx", AS_TEXT),
    "xlsx without its properties": (without(xlsx(PLAIN), "docProps/app.xml", "docProps/core.xml"), "x.xlsx", AS_TEXT),
    "ods without styles and meta": (without(ods(PLAIN), "styles.xml", "meta.xml"), "x.ods", AS_TEXT),
}  # fmt: skip
ONE_FILE = xlsx(PLAIN)
REFUSED = {
    "xlsx cut off within": (ONE_FILE[: len(ONE_FILE) // 2], Unreadable),
    "xlsx cut off at its end": (ONE_FILE[:-30], Unreadable),
    "the first bytes of an xlsx": (ONE_FILE[:10], Unreadable),
    "xlsx without its book": (without(ONE_FILE, BOOK), Unreadable),
    "xlsx without its sheet": (without(ONE_FILE, SHEET), Unreadable),
    "xlsx without its relations": (without(ONE_FILE, "xl/_rels/workbook.xml.rels"), Unreadable),
    "xlsx with an empty book": (emptied(ONE_FILE, BOOK), Unreadable),
    "ods without its content": (without(ods(PLAIN), "content.xml"), FileError),
    "ods with empty content": (emptied(ods(PLAIN), "content.xml"), Unreadable),
    "ods without its kind": (without(ods(PLAIN), "mimetype"), Unreadable),
    "ods cut off within": (ods(PLAIN)[:1500], Unreadable),
    "xlsb without its book": (without(xlsb(PLAIN), "xl/workbook.bin"), Unreadable),
    "xlsx protected by a password": (compound(b"\0" * 8192, "EncryptedPackage"), Unreadable),
    "xlsx in a protected zip": (locked(zipped(**{"a.xlsx": ONE_FILE})), Unreadable),
    "xlsx whose parts are protected": (locked(ONE_FILE), Unreadable),
    "gzip cut off": (gzip.compress(CSV * 100)[:-9], Unreadable),
    "gzip of nothing but its first bytes": (b"\x1f\x8b\x08", Unreadable),
    "gzip of a gzip of a gzip": (gzip.compress(gzip.compress(gzip.compress(CSV))), Unreadable),
    "zip in a zip in a zip": (nested(4), Unreadable),
    "zip of two tables": (zipped(**{"may.csv": CSV, "june.csv": CSV}), Unclear),
    "zip of the same name twice": (twice("a.csv"), Unclear),
    "zip of nothing": (zipped(), Unreadable),
    "zip of an empty file": (zipped(**{"a.csv": b""}), Unreadable),
    "zip of a picture": (zipped(**{"a.png": b"\x89PNG\r\n\x1a\n" + b"x" * 99}), Unreadable),
    "xlsx that says it unpacks to 4 GB a part": (listed_as(ONE_FILE, 0xFFFFFFFE), TooLarge),
    "xlsx whose texts are missing from its list": (raw('<row r="1"><c r="A1" t="s"><v>9</v></c></row>', ["x"]), Unreadable),
}


@pytest.mark.parametrize("case", READ)
def test_what_is_odd_but_whole_is_read(case):
    data, name, expected = READ[case]
    assert cells(read_table(data, name)) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_says_what_to_do(case):
    data, kind = REFUSED[case]
    with pytest.raises(kind) as caught:
        read_table(data, "x.xlsx")
    error = caught.value
    assert isinstance(error, ExplorerError)
    assert all(part.strip() for part in (error.expected, error.found, error.remedy))
    assert error.remedy.endswith(".")


def test_a_sheet_that_claims_the_whole_grid_and_has_ten_cells_is_read():
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i % 11}</v></c><c r="B{i}"><v>1</v></c></row>' for i in range(1, 6))
    data = repacked(
        raw(rows),
        lambda name, part: (
            part.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>') if name == SHEET else part
        ),
    )
    # 17,179,869,184 cells are claimed; ten of them are there.
    assert read_table(data, "x.xlsx").frame.size in (8, 10)


def test_a_zip_of_zips_that_each_unpack_to_more_is_refused():
    layer = zipped(**{"a.csv": b"9\n" * 3_000_000})
    bomb = zipped(**{f"{i}.zip": layer for i in range(3)})
    with pytest.raises(Unclear):  # one is asked for; none is opened
        read_table(bomb, "x.zip", limit=1_000_000)
    with pytest.raises(TooLarge, match="at most 1 MB, unpacked"):
        read_table(bomb, "x.zip", "1.zip", limit=1_000_000)


def test_nothing_is_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read_table(zipped(**{"../escaped.csv": CSV}), "x.zip")
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "escaped.csv").exists()
