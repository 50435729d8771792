"""Binary workbooks (.xlsb): surveys in them are read, and what would fill the memory is refused before it is opened."""

import datetime as dt
import struct
from io import BytesIO

import pytest
import python_calamine as calamine

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading import Choices, read, read_table
from tests.core.reading.workbooks import AS_TEXT, PLAIN, cells, others, repacked
from tests.core.reading.xlsb_writer import END_ROWS, REAL, ROW, SHARED, record, xlsb

SCORES = [10, 9, 9, 10, 10, 7, 8, 3, 6, 0]
HEADER = ["Respondent ID", "When", "How likely are you to recommend us?", "Why?"]
NOON = dt.datetime(2024, 5, 6, 12, 30)
SURVEY = [
    HEADER,
    *(
        [f"r{i}", NOON + dt.timedelta(days=i), score, f"It was worth a {score} to me, café no. {i}"]
        for i, score in enumerate(SCORES)
    ),
]


def test_what_the_writer_writes_is_a_workbook_to_another_reader_too():
    rows = [["a", "é"], [1.5, "x"], [True, None], [NOON, -2]]
    with calamine.load_workbook(BytesIO(xlsb(rows, Second=[["z"]]))) as book:
        assert book.sheet_names == ["Sheet1", "Second"]
        assert book.get_sheet_by_name("Sheet1").to_python() == [["a", "é"], [1.5, "x"], [True, ""], [NOON, -2.0]]


def test_a_survey_in_it_is_read_to_the_end():
    survey = read([("answers.xlsb", xlsb(SURVEY))])
    groups = survey.frame["group"].value_counts()
    # By hand: 5 of the 10 scores are 9 or 10, two are 7 or 8, three are 6 or less: NPS = 50 − 30 = +20.
    assert len(survey.frame) == 10
    assert (groups["promoter"], groups["passive"], groups["detractor"]) == (5, 2, 3)
    assert 100 * (groups["promoter"] - groups["detractor"]) / len(survey.frame) == 20
    assert survey.frame["comment_1"].iloc[0] == "It was worth a 10 to me, café no. 0"
    assert str(survey.frame["when"].iloc[-1]) == "2024-05-15 12:30:00"


@pytest.mark.parametrize("name", ["x.xlsb", "x.csv", "x"])
def test_the_content_decides_not_the_name(name):
    assert cells(read_table(xlsb(PLAIN), name)) == AS_TEXT


def test_one_of_several_sheets():
    data = xlsb(Notes=[["made in May"]], May=SURVEY, Other=[["city", "country"], ["Oslo", "NO"], ["Lund", "SE"]])
    assert [other[0] for other in others(read_table(data, "x.xlsb"))] == ["Other"]
    assert read([("x.xlsb", data)]).read[0]["sheet"] == "May"
    assert read([("x.xlsb", data)], Choices(sheet="May")).read[0]["rows"] == 10


def test_a_sheet_that_claims_more_than_it_holds_is_read():
    # The whole of Excel's grid, 17,179,869,184 cells; it holds 27.
    assert cells(read_table(xlsb(PLAIN, claim=(1_048_576, 16_384)), "x.xlsb")) == AS_TEXT


def with_cells_at_the_end(data, *more):
    end = record(END_ROWS)
    added = b"".join(more)
    return repacked(data, lambda name, part: part.replace(end, added + end) if "sheet1" in name else part)


def row(number):
    return record(ROW, struct.pack("<2IH3xI", number, 0, 300, 0))


def test_two_cells_far_apart_do_not_ask_for_500_gigabytes():
    far = record(REAL, struct.pack("<IId", 16_383, 0, 1.0))
    with pytest.raises(TooLarge, match="1,048,576 rows and 16,384 columns"):
        read_table(with_cells_at_the_end(xlsb(PLAIN), row(1_048_575), far), "x.xlsb")


def test_one_long_text_in_very_many_cells_is_refused():
    long = "x" * 32_000
    data = xlsb([["nps", long]])
    cell = b"".join(record(SHARED, struct.pack("<3I", column, 0, 1)) for column in range(10))
    rows = [row(number) + cell for number in range(1, 2001)]  # 20,000 cells × 32,000 letters of up to 3 bytes = 1.9 GB
    with pytest.raises(TooLarge, match="GB of text"):
        read_table(with_cells_at_the_end(data, *rows), "x.xlsb")
    assert read_table(with_cells_at_the_end(data, *rows[:10]), "x.xlsb").frame.shape[1] == 10


@pytest.mark.parametrize("part", [500, -100, -1500])
def test_half_of_it_is_refused(part):
    with pytest.raises(Unreadable, match="damaged"):
        read_table(xlsb(PLAIN)[:part], "x.xlsb")


@pytest.mark.parametrize("lost", ["xl/workbook.bin", "xl/sharedStrings.bin", "xl/worksheets/sheet1.bin"])
def test_a_part_that_is_cut_off_is_refused(lost):
    broken = repacked(xlsb(PLAIN), lambda name, part: part[: len(part) // 2] if name == lost else part)
    with pytest.raises(Unreadable, match="damaged"):
        read_table(broken, "x.xlsb")
