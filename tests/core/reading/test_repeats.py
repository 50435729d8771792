"""Respondents who answered more than once within a period: counted, and the latest found."""

import pytest

from nps_core.reading import Choices, read, repeats

DATED = """id,date,nps
ann,2024-01-05,3
bob,2024-01-06,9
ann,2024-03-01,8
ann,2024-04-01,10
bob,2024-02-01,
cid,2024-01-01,5
cid,2024-01-01,6
,2024-01-01,7
,2024-01-02,7
"""


def survey(text, choices=Choices()):
    return read([("x.csv", text.encode())], choices)


def test_the_quarter_is_the_period_of_a_dated_file():
    # Ann twice in the first quarter, Cid twice on one day; Bob's second answer is blank; rows without an id are nobody.
    assert tuple(repeats(survey(DATED))) == ("quarter", 2, 4, 2)


def test_only_the_latest_counts_where_the_reader_says_so():
    latest = survey(DATED, Choices(repeats="latest"))
    assert (
        latest.frame["status"].tolist()
        == ["excluded", "answered", "answered", "answered", "blank", "excluded"] + ["answered"] * 3
    )
    repeated = latest.issues[latest.issues["reason"] == "repeated"]
    assert repeated[["row", "value"]].to_numpy().tolist() == [[1, "3"], [6, "5"]]
    assert any("2 earlier answers" in note for note in latest.notes)


@pytest.mark.parametrize(
    ("header", "period", "surplus"),
    [("id,wave,nps\na,1,9\na,2,8\na,2,7\nb,1,6\n", "wave", 1), ("email,x,nps\na@x,1,9\na@x,2,8\na@x,2,7\nb@x,1,6\n", "file", 2)],
)
def test_the_wave_comes_first_and_the_whole_file_last(header, period, surplus):
    found = repeats(survey(header))
    assert (found.period, found.surplus) == (period, surplus)


def test_without_ids_nobody_repeats():
    assert tuple(repeats(survey("nps,plan\n9,a\n8,b\n"))) == ("file", 0, 0, 0)


def test_where_all_ids_differ_nobody_answered_twice():
    once = survey("id,date,nps\nann,2024-01-05,3\nbob,2024-01-06,9\ncid,2024-01-07,8\n")
    assert tuple(repeats(once)) == ("quarter", 0, 0, 0)
