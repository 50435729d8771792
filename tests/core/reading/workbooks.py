"""Workbooks for the tests, written by libraries that are not the one that reads them, and from raw parts."""

import datetime as dt
import zipfile
from io import BytesIO

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def xlsx(*sheets, merge=(), hide=(), **named):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in [*((f"Sheet{i}", rows) for i, rows in enumerate(sheets, start=1)), *named.items()]:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merge:
            sheet.merge_cells(area)
        if name in hide:
            sheet.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(table):
    return [list(table.header), *map(list, table.frame.itertuples(index=False, name=None))]


def others(table):
    return [tuple(other) for other in table.others]


def answers(n=8, start=0):
    return [[f"c{start + i}", [10, 9, 8, 7, 10, 3, 0, 9][i % 8], f"reason number {start + i}"] for i in range(n)]


HEADER = ["customer", "nps", "why"]
PLAIN = [HEADER, *answers()]
AS_TEXT = [HEADER, *([a, str(b), c] for a, b, c in answers())]


def xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    stamp = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                sheet.write(i, j, value, stamp) if isinstance(value, dt.datetime) else sheet.write(i, j, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for value in row:
            number = isinstance(value, int | float)
            cell = TableCell(valuetype="float", value=value) if number else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, change):
    """The zip with its parts put through `change(name, bytes)`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, change(info.filename, source.read(info)))
    return out.getvalue()


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RAW = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="b" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def raw(rows, shared=(), other=()):
    """An xlsx from its parts, for what no library would write."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in RAW.items():
            packed.writestr(name, text)
        packed.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{SPREADSHEET}">' + "".join(f"<si><t>{t}</t></si>" for t in shared) + "</sst>"
        )
        packed.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>')
        for name, data in other:
            packed.writestr(name, data)
    return out.getvalue()
