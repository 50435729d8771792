"""Damaged rows, from the bytes to what the reader is told."""

from nps_core.reading import read


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
