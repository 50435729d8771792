"""How a text is written, where it is easily mistaken: blanks in a single column, quotes and apostrophes, backslashes."""

import pytest

from nps_core.reading import read_table
from tests.core.reading.workbooks import cells


def table_of(*lines):
    return read_table("\n".join([*lines, ""]).encode(), "x.csv")


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("NPS group", ["promoter", "passive", "detractor"]),
        ("NPS score", ["9", "10", "0"]),
        ("Overall satisfaction", ["9", "", "3"]),
        ("Overall satisfaction", ["Very satisfied", "Rather dissatisfied", "Quite happy"]),
        ("Overall satisfaction", ["5 - very good", "4 - good", "1 - bad"]),
        ("Survey date", ["2024-05-01 10:00", "2024-05-02 11:30", "2024-05-03 09:15"]),
        ("Order value", ["1 250", "12 500", "3 000"]),
        ("Answer time", ["10:15", "11:30", "09:00"]),
        ("Q1: How likely?", ["9", "10", "3"]),
        ("Customer comment", ["It's fine", "Not bad", "Too slow"]),
        ("Contact link", ["https://x.org/1", "https://x.org/2", "https://x.org/3"]),
    ],
)
@pytest.mark.parametrize("times", [1, 5])
def test_a_single_column_is_not_split(header, values, times):
    table = table_of(header, *values * times)
    assert cells(table) == [[header], *([value] for value in values * times if value)]


def test_blanks_do_part_columns_of_numbers():
    assert cells(table_of("id score", "1 9", "2 10", "3 0")) == [["id", "score"], ["1", "9"], ["2", "10"], ["3", "0"]]


def test_colons_part_columns():
    assert cells(table_of("id:score:plan", "1:9:Pro", "2:10:Basic"))[1:] == [["1", "9", "Pro"], ["2", "10", "Basic"]]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotes_escaped_by_a_backslash(quote):
    lines = [r"QidQ,QnpsQ,QwhyQ", *[rf"Qc{n}Q,Q{n}Q,QHe said \Qfine\Q, and leftQ" for n in range(9)]]
    table = table_of(*(line.replace("Q", quote) for line in lines))
    assert cells(table)[1:] == [[f"c{n}", str(n), f"He said {quote}fine{quote}, and left"] for n in range(9)]
    assert (table.read["escape"], table.repairs) == ("\\", ())


def test_only_quotes_are_escaped_and_a_path_keeps_its_backslashes():
    table = table_of('"path","why"', *['"C:\\new\\files","said \\"ok\\""'] * 5)
    assert cells(table)[1] == [r"C:\new\files", 'said "ok"']
    # Escaped backslashes are one each.
    table = table_of('"path","why"', *['"C:\\\\new\\\\files","said \\"ok\\""'] * 5)
    assert cells(table)[1] == [r"C:\new\files", 'said "ok"']


def test_apostrophes_among_single_quotes():
    lines = ["'id','nps','why'", *(f"'c{n}','{n}','it''s fine, isn''t it'" for n in range(8))]
    assert cells(table_of(*lines))[1:] == [[f"c{n}", str(n), "it's fine, isn't it"] for n in range(8)]


def test_apostrophes_without_quotes():
    lines = ["id,nps,why", *(f"c{n},{n},it's the staff's doing" for n in range(8)), "c9,9,'twas ok"]
    table = table_of(*lines)
    assert [row[2] for row in cells(table)[1:]] == ["it's the staff's doing"] * 8 + ["'twas ok"]
    assert table.repairs == ()


def test_a_comma_and_a_blank_with_commas_in_quoted_cells():
    lines = ["id, nps, why", *(f'c{n}, {n}, "good, but ""slow"", really"' for n in range(8)), "c9, 9, plain", "c10, , "]
    table = table_of(*lines)
    assert cells(table)[1:] == [
        *([f"c{n}", str(n), 'good, but "slow", really'] for n in range(8)),
        ["c9", "9", "plain"],
        ["c10", "", ""],
    ]
    assert table.read["delimiter"] == ", "


def test_escaped_delimiters_are_believed_where_both_readings_are_as_wide():
    # Found by trying thousands of tables: with the backslashes taken as text, the last lines are three cells each as well.
    table = table_of("A|B|C", *["||"] * 4, r"a\|a|0\ ".rstrip(), r"0|\|")
    assert cells(table)[-1] == ["a|a", "0\n0", "|"]


def test_a_backslash_that_ends_the_file_escapes_no_line_end():
    # Found by the generator of test_roundtrip: rows of blanks, then a cell that is one backslash.
    assert read_table(b"A,AA\r\n,\r\n,\r\n,\r\n,\r\n,\\\r\n", "x.csv").frame.to_numpy()[-1].tolist() == ["", "\\"]


def test_an_escaped_line_end_of_two_signs_stays_in_its_cell():
    # As databases write text with line breaks where the file's own line ends are the same.
    table = read_table(b"id,text\r\n1,one\\\r\ntwo\r\n2,z\r\n3,q\\,q\r\n", "x.csv")
    assert table.frame.to_numpy().tolist() == [["1", "one\ntwo"], ["2", "z"], ["3", "q,q"]]


def test_a_backslash_alone_in_a_cell_that_ends_a_line_is_itself():
    # Found by the generator of test_roundtrip.
    assert read_table(b"A,AA\r\n,\r\n,\r\n,\\\r\n,\r\n", "x.csv").frame.to_numpy()[2].tolist() == ["", "\\"]


def test_backslashes_beside_no_words_escape_nothing():
    # Found by the generator of test_roundtrip: with the signs behind them escaped, the table would be as wide.
    for last in (b";\n", b"0;\n"):
        table = read_table(b"A;B\n;\n;\n;\n\\;\\\n" + last, "x.csv")
        assert table.frame.to_numpy()[3].tolist() == ["\\", "\\"]
