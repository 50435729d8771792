"""Bytes in, cells out: every dialect, quoting, damaged rows, workbooks; and nothing lost on the way."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.errors import ExplorerError, UnknownValue, Unreadable
from nps_core.reading import read, read_table
from tests.core.reading.workbooks import cells, ods, xls, xlsx

ROWS = [["id", "nps", "why"], ["a", "10", "Très bien"], ["b", "3", "two\nlines"], ["c", "", 'said "no", twice']]


def written(rows, delimiter=",", end="\n", quote='"'):
    cells = [[quote + cell.replace(quote, quote * 2) + quote for cell in row] for row in rows]
    return end.join(delimiter.join(row) for row in cells) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_in_every_encoding(encoding, delimiter):
    table = read_table(written(ROWS, delimiter).encode(encoding), "x.csv")
    assert cells(table) == ROWS
    assert (table.read["delimiter"], table.read["header_rows"], table.surplus) == (delimiter, 1, ())
    assert all(isinstance(dtype, pd.StringDtype) for dtype in table.frame.dtypes)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    table = read_table(f"nps,plan{end}9,Pro{end}8,Basic{end}".encode(), "x.csv")
    assert cells(table) == [["nps", "plan"], ["9", "Pro"], ["8", "Basic"]]


def test_single_quotes():
    table = read_table(written(ROWS[:2], quote="'").encode(), "x.csv")
    assert (cells(table), table.read["quote"]) == (ROWS[:2], "'")


def test_apostrophes_are_no_quotes():
    text = "nps,why\n9,'tis fine\n8,the staff's kind\n7,rock 'n' roll\n"
    assert cells(read_table(text.encode(), "x.csv"))[1:] == [
        ["9", "'tis fine"],
        ["8", "the staff's kind"],
        ["7", "rock 'n' roll"],
    ]


def test_commas_in_numbers_do_not_beat_the_semicolon():
    text = "nps;revenue\n9;1,5\n8;2,5\n7;3,5\n"
    assert read_table(text.encode(), "x.csv").header == ("nps", "revenue")


def test_a_header_may_hold_line_breaks_and_the_delimiter():
    text = '"How likely,\nare you?",why\n9,x\n'
    assert cells(read_table(text.encode(), "x.csv")) == [["How likely,\nare you?", "why"], ["9", "x"]]


def test_the_line_excel_writes_for_itself_is_no_header():
    table = read_table(b"sep=;\nnps;why\n9;a,b\n", "x.csv")
    assert (cells(table), table.read["preamble_rows"]) == ([["nps", "why"], ["9", "a,b"]], 1)


def test_text_stays_text():
    table = read_table(b"nps,region,zip\n9,NA,01234\n8,null,1e5\n", "x.csv")
    assert cells(table)[1:] == [["9", "NA", "01234"], ["8", "null", "1e5"]]


def test_repeated_and_empty_headers_get_distinct_names_and_stay_visible():
    table = read_table(b"a,,a,\n1,2,3,4\n", "x.csv")
    assert table.header == ("a", "", "a", "")
    assert list(table.frame.columns) == ["a", "Column 2", "a (2)", "Column 4"]


def test_short_rows_are_filled_and_long_ones_kept_aside():
    table = read_table(b"a,b,c\n1,2\n1,2,3,4\n5,6,7\n8,9,0,,\n", "x.csv")
    assert cells(table)[1:] == [["1", "2", ""], ["1", "2", "3"], ["5", "6", "7"], ["8", "9", "0"]]
    assert table.surplus == ((2, ("1", "2", "3", "4")),)  # empty cells beyond the header are no loss


@pytest.mark.parametrize("bad", ['9,"open', '9,a "b" c"', '"9,x', '9,"a"b"'])
def test_a_stray_quote_stays_in_its_own_row(bad):
    lines = ["nps,why", "10,fine", bad, "8,good", '7,"two', 'lines"', "6,last"]
    table = read_table("\n".join(lines).encode(), "x.csv")
    rows = cells(table)[1:]
    assert rows[0] == ["10", "fine"]
    assert rows[2:] == [["8", "good"], ["7", "two\nlines"], ["6", "last"]]


def test_an_open_quote_that_nothing_closes_swallows_no_row():
    text = 'a,b\n1,x\n2,"open\n3,y\n4,z\n'
    assert cells(read_table(text.encode(), "x.csv"))[1:] == [["1", "x"], ["2", '"open'], ["3", "y"], ["4", "z"]]


def test_a_long_comment_over_several_lines_with_commas_stays_one_cell():
    comment = "first, second\nthird, fourth,\n\nfifth"
    assert cells(read_table(written([["nps", "why"], ["9", comment], ["8", "x"]]).encode(), "x.csv"))[1] == ["9", comment]


def test_blank_lines_are_no_records():
    assert cells(read_table(b"\n\na,b\n\n1,2\n   \n3,4\n\n", "x.csv")) == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"   "])
def test_nothing_gives_an_empty_table(data):
    table = read_table(data, "x.csv")
    assert (table.header, len(table.frame)) == ((), 0)


def test_a_header_alone_is_a_table_without_records():
    table = read_table(b"nps,why", "x.csv")
    assert (table.header, table.frame.shape) == (("nps", "why"), (0, 2))


def test_qualtrics_header_rows_are_joined_without_the_machines_marks():
    text = 'Q1,Q2\n"How likely?",Q2\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n9,x\n'
    table = read_table(text.encode(), "x.csv")
    assert (cells(table), table.read["header_rows"]) == ([["Q1 How likely?", "Q2"], ["9", "x"]], 3)


# Workbooks, written by libraries that are not the one that reads them.

PLAIN = [["nps", "revenue", "why"], [9, 2.5, "Très bien"], [10, 3000.0, "NA"]]
AS_TEXT = [["nps", "revenue", "why"], ["9", "2.5", "Très bien"], ["10", "3000", "NA"]]


@pytest.mark.parametrize("data", [xlsx(Data=PLAIN), xls(PLAIN), ods(PLAIN)], ids=["xlsx", "xls", "ods"])
def test_workbooks_of_every_kind(data):
    table = read_table(data, "x")
    assert cells(table) == AS_TEXT
    assert (table.read["sheet"], table.read["encoding"], table.others) == ("Data", None, ())


def test_cells_become_what_a_person_would_type():
    row = [dt.date(2024, 1, 31), dt.datetime(2024, 1, 31, 9, 30), True, 123456789012345, None, 0.1]
    table = read_table(xlsx(A=[["d", "t", "b", "id", "gap", "x"], row]), "x.xlsx")
    assert cells(table)[1] == ["2024-01-31", "2024-01-31 09:30:00", "TRUE", "123456789012345", "", "0.1"]


def test_other_sheets_are_told_and_can_be_named():
    data = xlsx(Notes=[["made by us"]], Empty=[], Answers=PLAIN)
    first = read_table(data, "x.xlsx")
    assert (first.read["sheet"], first.others) == ("Answers", ())  # a single remark is no table
    assert cells(read_table(data, "x.xlsx", "Notes")) == [["made by us"]]
    assert cells(read_table(data, "x.xlsx", "Answers")) == AS_TEXT
    with pytest.raises(UnknownValue, match=r"found “Answer”\. The sheets of x\.xlsx are: Notes, Empty, Answers\."):
        read_table(data, "x.xlsx", "Answer")


def test_empty_rows_and_columns_around_the_data_are_no_cells():
    table = read_table(
        xlsx(A=[[None, None, None], [None, "nps", "why"], [None, 9, "x"], [None, None, None], [None, 8, None]]), "x.xlsx"
    )
    assert cells(table) == [["nps", "why"], ["9", "x"], ["8", ""]]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rubbish", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08"]
)
def test_what_is_no_table_is_refused(data):
    with pytest.raises(Unreadable):
        read_table(data, "x.xlsx")


# Anything at all: a table or one of our own errors, never another exception.
text = st.text(st.sampled_from("abc09,;\t|\"'\n\r \\é€-/:.NA"), max_size=200)
encoded = st.builds(str.encode, text) | st.builds(str.encode, text, st.just("utf-16"))


@given(st.binary(max_size=200) | encoded | encoded.map(lambda data: b"nps,why,date\n" + data))
def test_any_bytes_give_a_table_or_an_error_of_ours(data):
    try:
        table = read_table(data, "x.csv")
    except Unreadable:
        return
    assert table.frame.shape[1] == len(table.header)
    assert table.frame.columns.is_unique
    try:
        survey = read([("x.csv", data)])
    except ExplorerError:
        return
    assert len(survey.frame) == len(table.frame)


names = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n",;\t|')
cell = st.text(characters, max_size=12).map(str.strip)


@given(
    st.lists(names, min_size=2, max_size=5, unique=True),
    st.data(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_comes_back_cell_for_cell(header, data, delimiter, encoding):
    row = st.lists(cell, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(row, min_size=5, max_size=12))
    table = read_table(written([header, *rows], delimiter).encode(encoding), "x.csv")
    assert cells(table) == [header, *rows]


def test_a_backslash_and_an_apostrophe_do_not_unquote_a_quoted_file():
    text = '"A","B"\n' + '"",""\n' * 4 + '"","\\\'"\n'
    table = read_table(text.encode(), "x.csv")
    assert table.header == ("A", "B")
    assert table.frame.iloc[-1].tolist() == ["", "\\'"]
