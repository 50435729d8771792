"""What only the reader can tell, or what the file tells about itself: dates, groups, counts, waves, copies, empty comments."""

import numpy as np
import pytest

from nps_core.errors import NotASurvey, Unclear, UnknownColumn
from nps_core.measures import measures
from nps_core.reading import Choices, read
from nps_core.reading.empty_words import is_empty
from nps_core.reading.groups_only import group_named
from nps_core.reading.natural import in_order
from nps_core.reading.spellings import spelled_score
from nps_core.responses import BLANK
from nps_core.tally import tally


def rows(*lines):
    return ("\n".join(lines) + "\n").encode()


def survey(*lines, **choices):
    return read([("x.csv", rows(*lines))], Choices(**choices))


# Dates.

OPEN = ("Date,nps", "03/04/2024,9", "05/02/2024,7", "01/06/2024,10")


def test_an_open_order_is_asked_about_beside_the_score():
    found = survey(*OPEN)
    assert (len(found.frame), found.dated, found.column("date")) == (3, False, None)
    assert [(q.part, [value for value, _ in q.candidates]) for q in found.questions] == [("date_order", ["day", "month"])]
    assert any("are not used" in note for note in found.notes)


@pytest.mark.parametrize(("order", "first"), [("day", "2024-04-03"), ("month", "2024-03-04")])
def test_the_readers_order_is_taken(order, first):
    found = survey(*OPEN, date_order=order)
    assert str(found.frame["when"][0].date()) == first
    assert found.questions == ()


def test_where_the_dates_are_wanted_the_question_comes_first():
    with pytest.raises(Unclear, match="--date-order"):
        survey(*OPEN, date="Date")


@pytest.mark.parametrize(
    ("header", "beside", "why"),
    [
        ("month", ("April", "February", "June"), "as the column “month” says"),
        ("mois", ("4", "2", "6"), "as the column “mois” says"),
        ("quarter", ("Q2 2024", "Q1 2024", "Q2 2024"), "as the column “quarter” says"),
        ("Warum haben Sie uns die Note gegeben?", ("so", "so", "ja"), "as in the language of the other headers"),
    ],
)
def test_what_stands_beside_a_date_settles_its_order(header, beside, why):
    lines = [f"{line},{cell}" for line, cell in zip(OPEN, (header, *beside), strict=True)]
    found = survey(*lines)
    assert str(found.frame["when"][0].date()) == "2024-04-03"
    assert why in next(role.reason for role in found.roles if role.part == "date")


def test_dates_that_fall_close_together_settle_the_order():
    days = (5, 3, 9, 2, 8, 11, 4)
    found = survey("Date,nps", *(f"03/{day:02d}/2024,9" for day in days))
    assert str(found.span[1]) == "2024-03-11"


def test_dates_both_ways_round_are_each_read_the_only_way_they_can_be():
    found = survey("Date,nps", "01/25/2024,9", "26/01/2024,8", "01/27/2024,9", "28/01/2024,3", "01/29/2024,3")
    assert [str(day.date()) for day in found.frame["when"]] == [f"2024-01-{day}" for day in (25, 26, 27, 28, 29)]
    assert any("the other way round" in note for note in found.notes)


def test_what_a_spreadsheet_made_of_dates_is_read_form_by_form():
    found = survey("Date,nps", "2024-03-01 00:00:00,9", "13/03/2024,8", "2024-03-05 00:00:00,9", "25/03/2024,3", "45366,7")
    # Day 45366 of Excel is 15 March 2024: 45292 is 1 January 2024.
    assert [str(day.date()) for day in found.frame["when"]] == [f"2024-03-{day}" for day in ("01", "13", "05", "25", "15")]


# Groups.


@pytest.mark.parametrize(
    ("text", "group"),
    [
        *((t, "promoter") for t in ("Promoter", "promoters (9-10)", "Promotrice", "Promotoren", "PROMOTORES", "NPS Promoter")),
        *(
            (t, "passive")
            for t in ("Passive", "Passives (7–8)", "Passif", "Neutre", "Indifferente", "Passiv Zufriedene", "passief")
        ),
        *(
            (t, "detractor")
            for t in ("Detractor", "Détractrice", "Detraktoren", "Kritiker", "Detrator", "Detrattori", "criticaster")
        ),
        *((t, None) for t in ("promotion", "passport", "10", "", "detract", "neutralise it")),
    ],
)
def test_groups_by_name(text, group):
    assert group_named(text) == group


def test_groups_stand_in_for_a_score_that_is_missing_and_settle_one_in_doubt():
    groups = survey("Group,team", *["Promoter,a", "Passive,b", "Detractor,a"] * 3)
    assert (groups.scores_known, groups.column("score"), groups.column("group")) == (False, None, "Group")
    assert groups.frame["score"].isna().all()
    settled = survey(
        "Q7,Q8,kind", *["9,1,Promoter", "7,9,Passive", "2,7,Detractor", "0,10,Detractor", "10,5,Promoter", "8,3,Passive"]
    )
    assert settled.column("score") == "Q7"


def test_codes_of_groups_are_never_taken_for_scores():
    found = survey("Q1_NPS_GROUP", "1", "3", "3")
    assert measures(tally(found)).iloc[0]["nps"] == pytest.approx(100 / 3)  # one detractor, two promoters


@pytest.mark.parametrize("values", [["positive", "neutral", "negative"], ["neutral"] * 3, ["Active", "Passive", "Active"]])
def test_other_words_are_no_groups(values):
    with pytest.raises(NotASurvey):
        survey("mood", *values * 3)


# Counts.


def test_counts_weigh_their_row():
    found = survey("wave,score,number", "A,10,30", "A,5,10", "B,10,\"1,200\"", "B,5,400")  # fmt: skip
    assert found.weighted
    assert int(tally(found).to_numpy().sum()) == 1640
    assert [role.part for role in found.roles] == ["wave", "score", "count"]


@pytest.mark.parametrize(
    "lines",
    [
        ("nps,number", "9,1", "8,2", "7,3"),  # a running number
        ("nps,responses", "9,4", "9,2", "7,3"),  # a score twice: single answers
        ("nps,visits", "9,4", "8,2", "7,3"),
        ("id,nps,count", "a,9,4", "b,8,2", "c,7,3"),  # somebody in each row
    ],
)
def test_other_numbers_are_no_counts(lines):
    assert not survey(*lines).weighted


def test_a_number_of_answers_that_is_none_is_an_issue():
    found = survey("score,count", "10,5", "9,3", "8,2", count="count")
    assert int(found.frame["count"].sum()) == 10
    assert survey("score,count", "10,5", "9,3", "8,2", count="").weighted is False


# Waves.


@pytest.mark.parametrize(
    ("choice", "waves"),
    [("by month", ("2024-01", "2024-04")), ("by quarter", ("2024-Q1", "2024-Q2")), ("by year", ("2024",))],
)
def test_waves_by_date(choice, waves):
    found = survey("Date,nps", "2024-01-31,9", "2024-04-01,8", "2024-01-02,7", ",3", wave=choice)
    assert found.waves == (*waves, BLANK)
    with pytest.raises(UnknownColumn):
        survey("nps", "9", wave=choice)


def test_months_are_waves_only_where_there_are_no_dates():
    assert survey("Monat,nps", "März,9", "Januar,8", "Mai,7").waves == ("Januar", "März", "Mai")
    assert survey("Date,Monat,nps", "2024-03-01,März,9", "2024-01-05,Januar,8").waves == ()


@pytest.mark.parametrize(
    "ordered",
    [
        ["nps_january_2024", "nps_march_2024", "nps_april_2024"],
        ["Umfrage Q4 2023", "Umfrage Q1 2024"],
        ["Q4 FY23", "Q1 FY24"],
        ["FY23 Q4", "FY24 Q1"],
        ["Spring 2024", "Autumn 2024", "Winter 2025"],
        ["enero", "abril", "diciembre"],
        ["gennaio", "aprile", "dicembre"],
        ["januari", "mei", "oktober"],
    ],
)
def test_waves_stand_in_order_of_time(ordered):
    assert in_order(sorted(ordered)) == ordered


WAVES = [
    ["Wave 1", "Wave 2"],
    ["2H19", "1H20"],
    ["Q1 2024", "Q2 2024"],
    ["Vague 1", "Vague 2"],
    ["Oct-23", "Mar-24"],
]


@pytest.mark.parametrize("header", ["", "Column 3"])
@pytest.mark.parametrize("names", WAVES)
def test_values_that_name_waves_speak_for_a_silent_header(header, names):
    found = survey(f"{header},nps", *(f"{name},{score}" for name in names[::-1] for score in (9, 3, 8)))
    assert found.waves == tuple(names)
    assert found.column("wave") == header


@pytest.mark.parametrize(
    ("header", "names"), [("size", WAVES[0]), ("", ["A 1", "B 2"]), ("", ["Wave 1", "other"]), ("", ["Sales 24", "Marketing 24"])]
)
def test_other_values_and_other_headers_are_no_waves(header, names):
    assert survey(f"{header},nps", *(f"{name},{score}" for name in names for score in (9, 3, 8))).waves == ()


@pytest.mark.parametrize(("header", "part"), [("Month", "wave"), ("Année", "wave"), ("Date", "date"), ("Completed", "date")])
def test_years_alone_are_waves_or_dates_as_the_header_says(header, part):
    names = ("2023-11", "2024-02") if header == "Month" else ("2023", "2024")
    found = survey(f"{header},nps", *(f"{name},{score}" for name in names for score in (9, 3, 8)))
    assert found.column(part) == header


def test_years_beside_whole_dates_split_the_answers():
    found = survey("Response year,Submitted,nps", *(f"{2022 + i % 3},{2022 + i % 3}-03-0{i + 1},{i}" for i in range(9)))
    assert (found.column("date"), found.segments) == ("Submitted", ("Response year",))


# Files and copies.


def test_nearly_equal_headers_are_lined_up_and_said():
    first = rows("Customer ID,nps,Comments", "a1,9,good work")
    second = rows("customer_id,NPS,Comment", "a2,7,slow work")
    found = read([("jan.csv", first), ("feb.csv", second)])
    assert found.frame.shape[0] == 2
    assert [role.header for role in found.roles] == ["Customer ID", "nps", "Comments"]
    assert found.notes[0] == "“feb.csv” calls “Comments” “Comment”."


def test_numbered_headers_are_never_taken_for_each_other():
    found = read([("a.csv", rows("nps,question_11", "9,x")), ("b.csv", rows("nps,question_12", "8,y"))])
    assert [role.header for role in found.roles] == ["nps", "question_11", "question_12"]


COPIED = (
    "email,nps,why",
    "ann@x.org,9,It simply works every day",
    "bob@x.org,3,It never works",
    "ann@x.org,9,It simply works every day",
)


def test_the_same_answer_twice_is_noticed_and_counted_once_where_wanted():
    found = survey(*COPIED)
    assert [q.part for q in found.questions] == ["copies"]
    assert found.frame["status"].tolist() == ["answered"] * 3
    once = survey(*COPIED, copies="once")
    assert once.frame["status"].tolist() == ["answered", "answered", "excluded"]
    assert once.issues["reason"].tolist() == ["copy"]
    assert survey(*COPIED, copies="all").questions == ()


def test_answers_that_anybody_might_give_are_no_copies():
    assert survey("nps,region", *["9,N", "9,N", "8,S"] * 5).questions == ()
    assert survey("Date,nps", *["2024-01-25,9"] * 9).questions == ()


def test_the_same_file_twice_counts_once_unless_all_are_wanted():
    files = [("a.csv", rows("nps", "9", "8")), ("b.csv", rows("nps", "9", "8"))]
    assert len(read(files).frame) == 2
    assert len(read(files, Choices(copies="all")).frame) == 4


def test_rows_of_an_earlier_file_are_noticed():
    first, second = rows(*COPIED[:3]), rows(COPIED[0], COPIED[1], "cid@x.org,10,A joy to work with at last")
    found = read([("jan.csv", first), ("feb.csv", second)], Choices(copies="once"))
    assert found.frame["status"].tolist() == ["answered", "answered", "excluded", "answered"]
    assert found.issues[["row", "file", "reason"]].iloc[0].tolist() == [1, "feb.csv", "copy"]


def test_what_looks_like_a_test_is_noticed_and_counts():
    lines = [
        "name,nps,comment",
        "test,9,Quick and kind help",
        "Ann,3,It broke twice already",
        "Bo,10,TEST",
        "Cy,8,A test of patience",
    ]
    assert "2 rows look like tests (“test” in “name”) and count as they stand." in survey(*lines).notes
    assert "1 row looks like a test (“TEST” in “comment”) and counts as it stands." in survey(lines[0], *lines[2:]).notes
    assert survey("team,nps", "test,9", "live,3").notes == ()  # a team may well be called so


# Comments and spellings.


@pytest.mark.parametrize(
    "text", [".", "-", "n/a", "None", "keine", "k.A.", "Aucun.", "RAS", "Néant", "ninguno", "nenhum", "nessuno", "geen"]
)
def test_nothing_to_say(text):
    assert is_empty(text)
    assert survey("nps,comment", f"9,{text}", "8,Quick and kind help", "3,It broke twice already").frame["comment_1"][0] == ""


@pytest.mark.parametrize("text", ["no", "ok", "👍", "good", "10", "nothing works"])
def test_something_to_say(text):
    assert not is_empty(text)


SPELLED = {
    10: ("zehn", "10 Extremely likely"),
    9: ("neuf", "9 sur 10", "9️⃣", "９"),
    8: ("otto", "8 von 10 Punkten"),
    7: ("sete", "Score: 7"),
    6: ("(0-10) 6", "zes"),
    5: ("cinco",),
    3: ("drie",),
    None: ("8 or 9", "6-7", "3/5", "10 minutes", "11 of 10"),
}


@pytest.mark.parametrize(("text", "score"), [(text, score) for score, texts in SPELLED.items() for text in texts])
def test_spellings(text, score):
    assert spelled_score(text) == score


def test_the_address_carries_the_new_choices():
    choices = Choices(date_order="month", copies="once", count="n", wave="by quarter")
    assert Choices.from_params(choices.to_params()) == choices
    assert Choices.from_params({"date_order": ["year"], "copies": ["twice"]}) == Choices()
    assert np.unique([read([("x.csv", rows(*OPEN))], c).key for c in (Choices(), Choices(date_order="day"))]).size == 2
