"""The workbook's sheets about what each group's comments say, read back from the file and held against the core."""

import pytest

from nps_core.comments import themes
from nps_core.meeting.workbook import workbook
from nps_core.scale import GROUPS
from tests.core.meeting.books import opened, rows
from tests.core.meeting.surveys import ACCOUNTS, ASK, NAMES, SOURCE, VOICES, result, voice


def book(voices):
    """The workbook of these voices, with the values of its formulas."""
    return opened(workbook(result(), ACCOUNTS, ASK, SOURCE, voices=voices, names=NAMES), values=True)


def test_each_comment_once_has_the_impact_of_the_core():
    told = {row["Theme"]: row for row in rows(book(VOICES)["Each comment once"])}
    expected = themes.once(VOICES, "passive", ASK.level)
    assert told["Missing features"]["Comments"] == expected.loc["features", "count"]
    assert len(told) == len(expected)


def test_each_group_that_may_be_heard_has_each_comment_once():
    voices = VOICES | {"promoter": VOICES["passive"], "detractor": voice(status__coded=3, status__empty=20)}
    found = book(voices)
    assert [name for name in found.sheetnames if name.startswith("Each")] == ["Each comment once", "Each comment once, promoters"]
    told = {row["Theme"]: row for row in rows(found["Each comment once, promoters"])}
    assert told["Missing features"]["Comments"] == themes.once(voices, "promoter", ASK.level).loc["features", "count"]


def test_who_commented_is_told_of_each_group_that_may_be_heard():
    voices = VOICES | {
        "promoter": voice(status__coded=10, status__empty=10),
        "detractor": voice(status__coded=3, status__empty=9),
    }
    totals = {"passive": 60, "promoter": 20, "detractor": 13}  # filters leave out one detractor
    made = workbook(result(), ACCOUNTS, ASK, SOURCE, voices=voices, names=NAMES, totals=totals)
    told = {row["Group"]: (row["Left a comment"], row["Answers"], row["Share"]) for row in rows(opened(made)["Who commented"])}
    assert told == {"Passives": (40, 60, "=B2/C2"), "Promoters": (10, 20, "=B3/C3")}


def test_sevens_and_eights_are_told_apart_only_where_both_may_be_heard():
    both = VOICES | {"7": VOICES["passive"], "8": VOICES["passive"]}
    assert {row["Comments of"] for row in rows(book(both)["Comments"])} == {
        "Passives",
        "Those who gave a 7",
        "Those who gave an 8",
    }
    few = both | {"7": voice(status__coded=3, status__empty=20)}
    assert {row["Comments of"] for row in rows(book(few)["Comments"])} == {"Passives"}


def test_everybody_is_told_only_where_each_group_may_be_heard():
    each = dict.fromkeys(GROUPS, VOICES["passive"])
    found = book(each | {"all": 3 * VOICES["passive"]})
    told = [row for row in rows(found["Comments"]) if row["Comments of"] == "Respondents"]
    assert {(row["Comments"], row["Comments that say why"]) for row in told if row["Theme"] == "Missing features"} == {(60, 120)}
    assert {row["Comments that say why"] for row in rows(found["Each comment once, everybody"])} == {120}
    few = each | {"detractor": voice(status__coded=3, status__empty=20), "all": 3 * VOICES["passive"]}
    assert "Respondents" not in {row["Comments of"] for row in rows(book(few)["Comments"])}  # it less the others tells the three


def test_groups_stand_side_by_side_with_the_shares_of_the_core():
    few = voice(status__coded=4, status__empty=20, gap__features=4)
    groups = {"=Pro": VOICES["passive"], "Free": None, "Trial": few}
    sheet = opened(workbook(result(), ACCOUNTS, ASK, SOURCE, apart={"Plan": groups}, names=NAMES))["Passives by Plan"]
    told = rows(sheet)
    assert [row["Plan"] for row in told] == ["=Pro"] * 6 + ["Free", "Trial"]
    assert sheet["A2"].quotePrefix
    expected = themes.mentions(VOICES["passive"], ("gap:features",), ASK.level).iloc[0]
    features = next(row for row in told if row["Theme"] == "Missing features")
    assert [features[title] for title in ("Comments", "Comments that say why", "From", "To")] == [
        20,
        40,
        pytest.approx(expected["low"]),
        pytest.approx(expected["high"]),
    ]
    assert features["Share"] == "=C2/D2"
    # Who must not be heard, and fewer than five that say why, have their name and the reason.
    for row in told[6:]:
        assert {title for title, value in row.items() if value is not None} == {"Plan", "Note"}
    unheard = opened(workbook(result(), ACCOUNTS, ASK, SOURCE, apart={"Plan": {"Free": None}}, names=NAMES))
    assert "Passives by Plan" not in unheard.sheetnames


def test_how_far_they_look_around_is_told():
    looking = {"passive": voice(status__coded=30, status__not_coded=10, leaving=4, aware=6, competitor=9)}
    said = rows(book(looking)["Comments"])
    told = {row["Theme"]: row["Comments"] for row in said if row["Kind"] == "How far they look around"}
    assert list(told.values()) == [4, 6, 30]  # the rest of the 40 speak of no other provider
    other = [row for row in said if row["Kind"] == "Another provider"]
    assert [(row["Comments"], row["Share"]) for row in other] == [(9, 9 / 40)]
