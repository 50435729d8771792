"""Every form of date in exports, the order of day and month from the whole column, zones kept, nothing guessed."""

import numpy as np
import pandas as pd
import pytest

from nps_core.reading.columns import columns_of
from nps_core.reading.dates import NAT, find_form, parse


def parsed(texts, header="Date", says_date=True):
    column = columns_of(pd.DataFrame({"d": pd.Series(texts, dtype="str")}), [header])[0]
    form = find_form(column, says_date)
    if form is None:
        return None
    seconds, form, zones = parse(column, form)
    return [None if s == NAT else str(np.datetime64(int(s), "s")) for s in seconds], form, zones


# One moment in every form: 2018-09-28, half past three in the afternoon.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-09-28", "2018-09-28T00:00:00"),
        ("2018-09-28 15:30:05", "2018-09-28T15:30:05"),
        ("2018-09-28T15:30:05", "2018-09-28T15:30:05"),
        ("2018-09-28T15:30:05.123Z", "2018-09-28T15:30:05"),
        ("2018-09-28T15:30:05+02:00", "2018-09-28T15:30:05"),  # the clock on the wall stays
        ("2018/09/28 3:30:05 PM GMT+4", "2018-09-28T15:30:05"),
        ("9/28/18 15:30", "2018-09-28T15:30:00"),
        ("28/09/2018 15:30", "2018-09-28T15:30:00"),
        ("28.09.2018", "2018-09-28T00:00:00"),
        ("28.9.18 15:30", "2018-09-28T15:30:00"),
        ("28 Sep 2018", "2018-09-28T00:00:00"),
        ("28-Sep-18", "2018-09-28T00:00:00"),
        ("28 septembre 2018", "2018-09-28T00:00:00"),
        ("September 28, 2018 3:30 PM", "2018-09-28T15:30:00"),
        ("20180928", "2018-09-28T00:00:00"),
        ("1538148605", "2018-09-28T15:30:05"),
        ("1538148605000", "2018-09-28T15:30:05"),
        ("43371", "2018-09-28T00:00:00"),  # Excel counts days from 1899-12-30
        ("43371.5", "2018-09-28T12:00:00"),
        ("28. März 2018", "2018-03-28T00:00:00"),
        ("28 août 2018", "2018-08-28T00:00:00"),
        ("28 de março de 2018", "2018-03-28T00:00:00"),
        ("2018年9月28日", "2018-09-28T00:00:00"),
        ("2018年9月28日(金) 15時30分", "2018-09-28T15:30:00"),
        ("２０１８年９月２８日", "2018-09-28T00:00:00"),
        ("2018년 9월 28일 15:30:05", "2018-09-28T15:30:05"),
        ("9/28/18 3:30\u202fPM", "2018-09-28T15:30:00"),  # as browsers write it
    ],
)
def test_forms(text, expected):
    assert parsed([text, ""])[0] == [expected, None]


# Without a day: the first of the month, or of the year. en, fr, de, es, pt, it, nl, ja, ko.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "2024-03-01") for text in ("2024-03", "2024/3", "03/2024", "3.2024", "202403", "2024年3月", "2024년 3월")),
        *(
            (text, "2024-03-01")
            for text in ("March 2024", "Mar-24", "Mar '24", "2024 March", "mars 2024", "März 2024", "Mrz. 2024")
        ),
        *((text, "2024-03-01") for text in ("marzo de 2024", "março de 2024", "marzo 2024", "maart 2024", "mrt 2024")),
        *((text, "2024-08-01") for text in ("août 2024", "agosto del 2024", "Augustus 2024", "ago/2024")),
        *((text, "2024-12-01") for text in ("décembre 2024", "Dezember 2024", "diciembre 2024", "dezembro 2024", "dic 2024")),
        *((text, "2023-01-01") for text in ("2023", "2023年")),
    ],
)
def test_months_and_years_alone_are_dates_under_a_header_that_says_so(text, expected):
    found, form, _ = parsed([text, ""])
    assert found == [f"{expected}T00:00:00", None]
    assert form.words.endswith("only, each taken for its first day")
    assert parsed([text], "Ort", says_date=False) is None


@pytest.mark.parametrize("text", ["Marketing 2024", "Team 2024", "2024-13", "1899", "9999", "Octopus 24"])
def test_other_words_and_numbers_are_no_months_and_years(text):
    assert parsed([text]) is None


def test_years_and_days_may_stand_in_one_column():
    assert parsed(["2024", "2024-03", "2024-03-05"])[0] == [f"2024-{day}T00:00:00" for day in ("01-01", "03-01", "03-05")]


def test_twelve_o_clock():
    assert parsed(["1/31/24 12:05 AM", "1/31/24 12:05 PM"])[0] == ["2024-01-31T00:05:00", "2024-01-31T12:05:00"]


@pytest.mark.parametrize(
    ("texts", "header", "first", "why"),
    [
        (["01/02/2024", "01/13/2024"], "Date", "2024-01-02", "numbers above 12 stand second"),
        (["01/02/2024", "13/01/2024"], "Date", "2024-02-01", "numbers above 12 stand first"),
        (["08/11/2021", "08/11/2021"], "Horodateur", "2021-11-08", "as in the language of the header"),
        (["8/11/2021 1:00 PM"], "Date", "2021-08-11", "written with AM and PM"),
        (["08.11.2021"], "Date", "2021-11-08", "written with points"),
        (
            ["01/12/2024", "02/01/2024", "03/02/2024", "04/02/2024", "04/03/2024"],
            "Date",
            "2024-01-12",
            "so that the rows stand in order of time",
        ),
        (["03/04/2024"], "Date", "2024-04-03", "nothing in the file settles it"),
    ],
)
def test_day_and_month(texts, header, first, why):
    found, form, _ = parsed(texts, header)
    assert found[0].startswith(first)
    assert form.order.why == why
    assert form.open == (why == "nothing in the file settles it")
    assert why in form.words


def test_a_day_that_does_not_exist_is_no_date():
    assert parsed(["2024-02-29", "2023-02-28"] * 20 + ["2023-02-29", "2024-13-01", "soon"])[0][-3:] == [None] * 3


def test_zones_are_kept_as_text():
    assert parsed(["2024-01-31 10:00 UTC", "2024-01-31 10:00 GMT+4"])[2] == ("GMT+4", "UTC")


@pytest.mark.parametrize("texts", [["9", "10"], ["12345", "54321"], ["1538148605", "1538148606"], ["soon", "later"], [""]])
def test_numbers_are_dates_only_where_the_header_says_so(texts):
    assert parsed(texts, "id", says_date=False) is None


def test_post_codes_under_a_date_header_are_no_excel_days():
    assert parsed(["10115", "99084"]) is None
