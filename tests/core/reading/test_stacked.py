"""Tables beneath each other in one text: as wide as each other or not, with another header."""

import pytest

from nps_core.reading import read, read_table
from tests.core.reading.workbooks import cells

SURVEY = ["id,nps,why", *(f"C-{n},{n % 11},word {n}" for n in range(30))]
STORES = ["store,town,revenue", *(f"Store {n},Town {n},{n * 1000}" for n in range(12))]
CSAT = ["id,csat,why", *(f"C-{n},{n % 5 + 1},word {n}" for n in range(12))]


def lines_of(*lines, end="\n"):
    return read_table((end.join(lines) + end).encode(), "x.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", [[""], ["", ""], [",,"], ["", "Stores of the region"]])
@pytest.mark.parametrize("below", [STORES, CSAT], ids=["other columns", "another score"])
def test_a_table_as_wide_below_a_blank_line_is_told_and_can_be_read(end, between, below):
    lines = [*SURVEY, *between, *below]
    table = lines_of(*lines, end=end)
    assert cells(table) == [line.split(",") for line in SURVEY]
    # Its header and 12 records, three columns.
    assert [tuple(other)[2:] for other in table.others] == [(1, 13, 3)]
    found = read_table((end.join(lines) + end).encode(), "x.csv", table.others[0].sheet)
    assert cells(found) == [line.split(",") for line in below]


def test_the_one_that_is_a_survey_is_read_wherever_it_stands():
    for lines in ([*SURVEY, "", *STORES], [*STORES, "", *SURVEY]):
        survey = read([("x.csv", "\n".join(lines).encode())])
        assert len(survey.frame) == 30


def test_three_tables():
    table = lines_of(*SURVEY, "", *STORES, "", *CSAT)
    assert (len(table.frame), [other.rows for other in table.others]) == (30, [13, 13])


# One table: nothing but a blank line stands between the records.
@pytest.mark.parametrize("row", ["C-99,no answer,none", "C-99,prefer not to say,a word", "C-99,,", "C-99,n/a,word 9"])
def test_a_blank_line_alone_parts_nothing(row):
    for lines in ([*SURVEY, "", row, *SURVEY[1:9]], [line for row in [*SURVEY, row, *SURVEY[1:9]] for line in (row, "")]):
        table = lines_of(*lines)
        assert (len(table.frame), table.others) == (30 + 1 + 8, ())


def test_texts_above_texts_are_one_table():
    lines = ["who,what,why", *(f"ann{n},thing {n},word" for n in range(20)), "", "bob,other,reason", *["eve,that,this"] * 9]
    table = lines_of(*lines)
    assert (len(table.frame), table.others) == (30, ())


def test_paragraphs_of_a_comment_are_no_tables():
    comment = "First paragraph\n\nname,plan,town\nx,y,1\nx,y,2\nx,y,3\nx,y,4\n\nLast"
    lines = [*SURVEY, f'C-31,9,"{comment}"', *SURVEY[1:9]]
    table = lines_of(*lines)
    assert (len(table.frame), table.others) == (39, ())
    assert table.frame.iloc[30, 2] == comment


def test_what_lies_beneath_the_last_table_looked_for_stays_with_it():
    # 25 tables of a header and 5 records; 20 are told apart, and the last holds the five beneath it. Two of these have the same
    # header as it, which is no record.
    lines = [line for n in range(25) for line in ["", *(["a,b,c"] + ["x,1,y"] * 5 if n % 2 else ["d,e"] + ["1,2"] * 5)]]
    table = lines_of(*lines)
    assert len(table.others) == 19
    assert sum(other.rows for other in table.others) + len(table.frame) + 1 == 25 * 6 - 2
