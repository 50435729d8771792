"""Damaged rows, from the bytes to what the reader is told."""

import pandas as pd

from nps_core.reading import Table, read
from nps_core.reading.second_row import joined


def test_a_damaged_row_is_repaired_listed_and_told():
    rows = "".join(f"{i},2024-01-{i % 28 + 1:02d},{i % 11},fine\n" for i in range(1, 60))
    # A separator too many before the score: only one reading fits the kinds of the columns.
    survey = read([("x.csv", f"id,date,nps,said\n{rows}60,2024-02-01,,9,fine\n".encode())])
    assert int(survey.frame["score"].iloc[-1]) == 9
    assert survey.issues[["row", "value", "reason"]].to_numpy().tolist() == [[60, "60 | 2024-02-01 | 9 | fine", "row_repaired"]]
    assert survey.notes == ("1 damaged row was repaired; each is listed with what was set aside.",)


def test_a_row_that_nothing_settles_is_kept_and_listed_once():
    rows = "".join(f"{i},2024-01-{i % 28 + 1:02d},{i % 11},fine\n" for i in range(1, 60))
    survey = read([("x.csv", f"id,date,nps,said\n{rows}60,2024-02-01,9,one, two\n".encode())])
    assert survey.issues[["row", "reason"]].to_numpy().tolist() == [[60, "surplus_cells"]]


def test_a_record_that_becomes_a_second_header_row_takes_its_repair_along():
    # Survicate's layout: the first record is a second header row, so it joins the header, and each other moves up by one.
    header = ["Date & Time (UTC)", "Response uuid", "Respondent uuid", "Q#1: How likely are you to recommend us?"]
    rows = [["", "", "", "Score"], *([f"2024-03-0{i}", f"r{i}", f"p{i}", "9"] for i in (1, 2, 3))]
    repairs = ((0, "header"), (1, "stray_quote"), (3, "stray_quote"))
    table = Table(
        "x.csv", tuple(header), pd.DataFrame(rows, columns=header, dtype="str"), read={"header_rows": 1}, repairs=repairs
    )
    assert len(joined(table).frame) == 3
    assert joined(table).repairs == ((0, "header"), (0, "stray_quote"), (2, "stray_quote"))


def test_a_row_that_blank_cells_make_too_long_is_listed():
    # A separator too many before a blank last cell: nothing tells it from one at the end, so the row is named.
    survey = read([("a.csv", b"nps,calls,visits\n" + b"9,,1\n8,1,\n" * 5 + b"7,1,,\n")])
    assert survey.frame["score"].tolist() == [9, 8] * 5 + [7]
    assert survey.issues[["row", "reason"]].to_numpy().tolist() == [[11, "row_damaged"]]


def test_blank_cells_at_the_end_of_most_rows_are_how_the_file_is_written():
    survey = read([("a.csv", b"nps,why\n" + b"9,fine,\n" * 8)])
    assert survey.frame["score"].tolist() == [9] * 8
    assert survey.issues.empty
