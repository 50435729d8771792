"""Workbooks of every kind, written by libraries that are not the one that reads them: which cells, which table, which sheet."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
import xlwt

from nps_core.errors import TooLarge, Unclear, UnknownValue, Unreadable
from nps_core.reading import Choices, read, read_table
from nps_core.reading.excel import is_workbook, rounded_sentence


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

# Cells.


def test_cells_become_what_a_person_would_type():
    moment = dt.datetime(2024, 1, 31, 9, 30, 0)
    row = [7, 2.5, True, dt.date(2024, 1, 31), moment, dt.time(9, 30), dt.timedelta(hours=30), 0.45, 1e-7, -3.0, "007", "1/2/24"]
    sheet = [[f"h{i}" for i in range(len(row))], row]
    assert cells(read_table(xlsx(sheet), "x.xlsx"))[1] == [
        "7", "2.5", "TRUE", "2024-01-31", "2024-01-31 09:30:00", "09:30:00", "30:00:00", "0.45", "1e-7", "-3", "007", "1/2/24",
    ]  # fmt: skip


def test_wrong_results_are_empty_cells_and_text_that_looks_like_one_is_kept():
    book = openpyxl.load_workbook(BytesIO(xlsx([["nps", "why"], [9, "#1 in my heart"], [0, "x"]])))
    sheet = book.active
    for row, error in enumerate(("#N/A", "#DIV/0!", "#REF!", "#VALUE!"), start=4):
        sheet.cell(row, 1, error).data_type = "e"
        sheet.cell(row, 2, "y")
    out = BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), "x.xlsx")
    assert list(table.frame["nps"]) == ["9", "0", "", "", "", ""]
    assert table.frame["why"][0] == "#1 in my heart"


def test_dates_of_the_1904_system():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["nps", "when"])
    book.active.append([9, dt.datetime(2024, 5, 6, 7, 8, 9)])
    out = BytesIO()
    book.save(out)
    assert cells(read_table(out.getvalue(), "x.xlsx"))[1] == ["9", "2024-05-06 07:08:09"]


def test_ids_that_excel_has_rounded_are_noticed():
    # 2**53 = 9007199254740992 is the first whole number whose follower a number cell cannot hold; Excel itself keeps 15 digits.
    long = [
        ["id", "text id", "nps", "revenue"],
        *([1234567890123456789 + i, f"123456789012345678{i}", 9, 1e14] for i in range(4)),
    ]
    table = read_table(xlsx(long), "x.xlsx")
    assert table.read["rounded_ids"] == ("id",)
    assert list(table.frame["text id"]) == [f"123456789012345678{i}" for i in range(4)]
    # The writer keeps 16 digits, as programs do; what the cell then holds is told with all its digits, not as 1.2e18.
    assert {re.sub("^1234567890123457|^1234567890123456", "", text) for text in table.frame["id"]} in ({"024"}, {"768"})
    assert "“id”" in rounded_sentence(table.read["rounded_ids"])
    assert rounded_sentence(()) == ""
    assert "rounded_ids" not in read_table(xlsx(PLAIN), "x.xlsx").read


# Which cells are the table.


def test_titles_above_and_a_remark_below_are_no_records():
    sheet = [["Customer survey 2024"], ["Exported by", "Ann"], [], *PLAIN, [], ["8 answers. Confidential."]]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert (table.read["preamble_rows"], table.read["footer_rows"], table.others) == (2, 1, ())


def test_a_title_directly_above_the_header():
    table = read_table(xlsx([["Customer survey 2024"], *PLAIN], merge=["A1:C1"]), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.read["preamble_rows"] == 1


@pytest.mark.parametrize("last", [["Total", 56], ["Average:", 7.0], ["Gesamt", 56], ["Mean score", 7.0]])
def test_a_line_of_totals_is_no_record(last):
    table = read_table(xlsx([*PLAIN, last]), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.read["footer_rows"] == 1


def test_a_customer_called_total_who_says_why_is_a_record():
    assert len(read_table(xlsx([*PLAIN, ["Total", 9, "I sell fuel"]]), "x.xlsx").frame) == 9


def test_blank_rows_and_columns_around_and_between():
    sheet = [[], [], *([None, None, *row] for row in PLAIN[:4]), [], *([None, None, *row] for row in PLAIN[4:])]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.others == ()


def test_a_spare_column_does_not_part_a_table():
    sheet = [[*HEADER, None, "country"], *([*row, None, "FR" if i % 3 else None] for i, row in enumerate(answers()))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header == (*HEADER, "", "country")
    assert len(table.frame) == 8


def test_tables_beneath_each_other():
    sheet = [
        *PLAIN,
        [],
        ["Score", "Count"],
        *([score, 1] for score in (0, 3, 7)),
        [],
        [],
        ["Plan", "Price"],
        ["Pro", 9],
        ["Team", 5],
    ]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data", 11, 1, 4, 2), ("Data", 17, 1, 3, 2)]
    assert cells(read_table(xlsx(Data=sheet), "x.xlsx", "Data!A17")) == [["Plan", "Price"], ["Pro", "9"], ["Team", "5"]]
    with pytest.raises(UnknownValue, match="Tables begin at: Data!A1, Data!A11, Data!A17"):
        read_table(xlsx(Data=sheet), "x.xlsx", "Data!B2")


@pytest.mark.parametrize("small", [3, 8])  # fewer rows; or as many, but with a column of the same name
def test_tables_beside_each_other(small):
    right = [["plan", "nps"], *(["Pro", 50 + i] for i in range(small))]
    sheet = [[*row, None, *(right[i] if i < len(right) else [])] for i, row in enumerate(PLAIN)]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data", 1, 5, small + 1, 2)]


def test_the_longer_table_is_taken_wherever_it_stands():
    sheet = [["Score", "Count"], [0, 4], [], *([None, None, None, *row] for row in PLAIN)]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data", 1, 1, 2, 2)]


def test_two_header_rows_with_merged_cells():
    top = ["Respondent", "How likely are you to recommend us?", None, None]
    sub = [None, "Score", "Why?", "Date"]
    sheet = [top, sub, *([f"c{i}", i % 11, f"w{i}", dt.datetime(2024, 1, 1 + i)] for i in range(12))]
    table = read_table(xlsx(sheet, merge=["B1:D1"]), "x.xlsx")
    asked = "How likely are you to recommend us?"
    assert table.header == ("Respondent", f"{asked} Score", f"{asked} Why?", f"{asked} Date")
    assert (table.read["header_rows"], len(table.frame)) == (2, 12)


def test_two_header_rows_where_the_second_is_blank_below_the_numbers():
    top = ["Respondent ID", "Start Date", "How likely?", "What could we do better?", None]
    sub = [None, None, None, "Open-Ended Response", "Other (please specify)"]
    sheet = [top, sub, *([114_000_000_000 + i, dt.datetime(2024, 1, 1 + i), i % 11, "x", None] for i in range(12))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header[2:] == ("How likely?", "What could we do better? Open-Ended Response", "Other (please specify)")
    assert len(table.frame) == 12


def test_three_header_rows():
    sheet = [["Q1", "Q2"], ["How likely?", "Why?"], ['{"ImportId":"QID1"}', '{"ImportId":"QID2"}'], [9, "x"], [8, "y"]]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert (table.header, table.read["header_rows"]) == (("Q1 How likely?", "Q2 Why?"), 3)


def test_a_first_record_without_a_score_is_no_header():
    sheet = [["customer", "nps", "why"], ["c0", None, "did not say"], *answers(10)]
    assert read_table(xlsx(sheet), "x.xlsx").read["header_rows"] == 1


def test_records_without_a_header():
    table = read_table(xlsx([[9, 2024, "x"], [8, 2023, "y"], [10, 2024, "z"], [3, 2024, "w"]]), "x.xlsx")
    assert (table.header, len(table.frame), table.read["header_rows"]) == (("", "", ""), 4, 0)
    assert list(table.frame.columns) == ["Column 1", "Column 2", "Column 3"]


def test_numbers_kept_as_text():
    sheet = [["Report"], [], ["nps", "when"], *([str(i % 11), f"0{1 + i}/02/2024"] for i in range(9))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header == ("nps", "when")
    assert cells(table)[1] == ["0", "01/02/2024"]


def test_a_text_merged_over_several_rows_belongs_to_each():
    sheet = [["region", "nps"], ["North", 9], [None, 8], [None, 7], ["South", 3], [None, 2], ["West", 10]]
    table = read_table(xlsx(sheet, merge=["A2:A4", "A5:A6"]), "x.xlsx")
    assert list(table.frame["region"]) == ["North", "North", "North", "South", "South", "West"]


def test_nothing_at_all():
    table = read_table(xlsx([]), "x.xlsx")
    assert (table.header, len(table.frame)) == ((), 0)


# Which sheet.


def test_the_sheet_with_the_data_is_taken():
    data = xlsx(Cover=[["Our survey"], ["by us"]], Empty=[], Answers=PLAIN)
    table = read_table(data, "x.xlsx")
    assert (table.read["sheet"], cells(table)) == ("Answers", AS_TEXT)
    assert cells(read_table(data, "x.xlsx", "Empty")) == [[]]
    with pytest.raises(UnknownValue, match=r"The sheets of x\.xlsx are: Cover, Empty, Answers"):
        read_table(data, "x.xlsx", "answers")


def test_a_hidden_sheet_is_taken_only_where_it_is_named_or_nothing_else_holds_a_table():
    data = xlsx(Old=PLAIN, New=[HEADER, *answers(3)], hide=["Old"])
    assert (read_table(data, "x.xlsx").read["sheet"], others(read_table(data, "x.xlsx"))) == ("New", [])
    assert read_table(data, "x.xlsx", "Old").read["sheet"] == "Old"
    assert read_table(xlsx(Notes=[["x"]], Old=PLAIN, hide=["Old"]), "x.xlsx").read["sheet"] == "Old"


def test_two_surveys_in_a_workbook_are_asked_about_once():
    data = xlsx(March=PLAIN, Notes=[["a", "b"], ["c", "d"]], April=[HEADER, *answers(8, 8)])
    with pytest.raises(Unclear) as caught:
        read([("x.xlsx", data)])
    assert caught.value.part == "sheet"
    assert [value for value, _ in caught.value.candidates] == ["March", "April"]
    for value, _ in caught.value.candidates:
        assert read([("x.xlsx", data)], Choices(sheet=value)).read[0]["sheet"] == value


# Every kind of file, told by its content.


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


def repacked(data, change):
    """The zip with its parts put through `change(name, bytes)`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, change(info.filename, source.read(info)))
    return out.getvalue()


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x", "x.xls"])
@pytest.mark.parametrize("write", [xlsx, xls])
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


# Bounds.


def test_the_whole_width_of_excel():
    sheet = [[f"q{i}" for i in range(16_384)], *([i % 11] * 16_384 for i in range(3))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.frame.shape == (3, 16_384)


def test_the_longest_cell():
    assert len(read_table(xlsx([["nps", "why"], [9, "x" * 32_767]]), "x.xlsx").frame["why"][0]) == 32_767


def sheet_of(body, name="xl/worksheets/sheet1.xml"):
    def change(part, data):
        return re.sub(rb"<sheetData>.*</sheetData>", lambda _: body, data, flags=re.DOTALL) if part == name else data

    return repacked(xlsx(PLAIN), change)


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',  # attributes in another order
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="900000">' + b"<c/>" * 2000 + b"</row>",  # cells that say nothing of their place
    ],
)
def test_two_cells_far_apart_do_not_ask_for_500_gigabytes(far):
    with pytest.raises(TooLarge, match=r"a sheet of .* rows and .* columns"):
        read_table(sheet_of(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData>"), "x.xlsx")


def bomb(size):
    return sheet_of(b"<sheetData>" + b" " * size + b"</sheetData>")


def test_a_zip_bomb_is_refused_before_it_is_opened():
    with pytest.raises(TooLarge, match=r"which unpacks to 0\.2 GB"):
        read_table(bomb(200 << 20), "x.xlsx")


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too():
    data = bytearray(bomb(200 << 20))
    at = data.index(b"PK\x01\x02")
    while at >= 0:  # every entry of the directory says that it unpacks to 1,000 bytes
        data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(TooLarge, match="more than that"):
        read_table(bytes(data), "x.xlsx")


def test_one_long_text_in_very_many_cells_is_refused():
    row = "".join(f'<c r="{letter}%d" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}">' + row % ((n,) * 10) + "</row>" for n in range(1, 5001))  # 50,000 × 32 KB = 1.6 GB
    with pytest.raises(TooLarge, match="GB of text"):
        read_table(raw(rows, ["x" * 32_000]), "x.xlsx")
    few = "".join(f'<row r="{n}">' + row % ((n,) * 10) + "</row>" for n in range(1, 11))
    assert read_table(raw(few, ["x" * 32_000]), "x.xlsx").frame.shape[1] == 10


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
