"""Workbooks of every kind, and what only looks like one: its content decides."""

import zipfile
from io import BytesIO

import pytest
import xlwt

from nps_core.errors import Unreadable
from nps_core.reading import read_table
from nps_core.reading.excel import is_workbook
from tests.core.reading.workbooks import AS_TEXT, PLAIN, cells, ods, xls, xlsx


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x", "x.xls"])
@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_the_content_decides_not_the_name(write, name):
    assert cells(read_table(write(PLAIN), name)) == AS_TEXT


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_named_xls_is_read_as_text(delimiter):
    data = "\n".join(delimiter.join(row) for row in AS_TEXT).encode()
    assert not is_workbook(data)
    assert cells(read_table(data, "export.xls")) == AS_TEXT


def page(rows):
    return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)


@pytest.mark.parametrize(
    "frame",
    [
        "<table>{}</table>",
        "<!DOCTYPE html><html><head><style>td > a {{}}</style></head><body><table border=1>{}</table></body></html>",
        '\ufeff<html xmlns:x="urn:schemas-microsoft-com:office:excel"><!-- <td> --><TABLE>{}</TABLE>',
        "<table>{}",
    ],
)
def test_a_web_page_named_xls_is_read_as_its_table(frame):
    assert cells(read_table(frame.format(page(AS_TEXT)).encode(), "export.xls")) == AS_TEXT


def test_a_web_page_says_letters_and_line_breaks_in_its_own_way():
    rows = page([["nps", "wh&eacute;"], ["9", "a &amp;<br/>b <b>c</b>&nbsp;"], ["8", "&lt;td&gt;"]])
    assert cells(read_table(f"<html><table>{rows}</table></html>".encode(), "x.xls"))[1:] == [["9", "a & b c"], ["8", "<td>"]]


def test_a_cell_over_two_columns_of_a_web_page():
    data = b"<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    assert cells(read_table(data, "x.xls")) == [["a", "", "b"], ["1", "2", "3"]]


def test_a_web_page_without_a_table_is_refused():
    with pytest.raises(Unreadable, match="a web page without a table"):
        read_table(b"<!doctype html><html><body><form>Please log in</form></body></html>", "export.xlsx")


def test_excels_xml_of_2003():
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in AS_TEXT
    )
    gap = '<Row><Cell><Data ss:Type="String">c9</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">x</Data></Cell></Row>'
    head = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Worksheet ss:Name="A"><Table>'
    table = read_table(f"{head}{rows}{gap}</Table></Worksheet></Workbook>".encode(), "x.xls")
    assert cells(table) == [*AS_TEXT, ["c9", "", "x"]]


def compound(stream, name="Workbook"):
    """An OLE file with one stream, as the writer of xls makes them; another name of 16 letters at most can be given."""
    out = BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(out, stream)
    old, new = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    data = out.getvalue()
    at = data.index(old)
    return data[:at] + new + data[at + len(new) : at + 64] + (len(new) + 2).to_bytes(2, "little") + data[at + 66 :]


def test_a_protected_xlsx_says_what_to_do():
    with pytest.raises(Unreadable, match=r"protected by a password.*remove it"):
        read_table(compound(b"\0" * 8192, "EncryptedPackage"), "x.xlsx")


def test_a_protected_xls_says_what_to_do():
    begin = bytes.fromhex("0908 1000 0006 0500 0000 0000 0000 0000 0000 0000".replace(" ", ""))
    lock = bytes.fromhex("2f00 3600 0100 0100 0100".replace(" ", "")) + b"\x11" * 48  # the record FILEPASS
    with pytest.raises(Unreadable, match="protected by a password"):
        read_table(compound((begin + lock + bytes.fromhex("0a000000")).ljust(8192, b"\0")), "x.xls")


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/a.xml", "a text document"), ("ppt/a.xml", "a presentation"), ("Index/a.iwa", "Numbers")],
)
def test_other_documents_are_named(part, kind):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(part, "x")
    with pytest.raises(Unreadable, match=kind):
        read_table(out.getvalue(), "x.xlsx")


def test_a_zip_of_a_text_table_is_no_workbook():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("answers.csv", "nps\n9\n")
    assert not is_workbook(out.getvalue())
    assert is_workbook(xlsx(PLAIN))


@pytest.mark.parametrize("part", [500, -100, -2000])
@pytest.mark.parametrize("write", [xlsx, xls])
def test_half_a_workbook_is_refused(write, part):
    with pytest.raises(Unreadable, match="damaged"):
        read_table(write(PLAIN)[:part], "x.xlsx")
