import pandas as pd
import pytest

from nps_core.answer import answer
from nps_core.meeting import slides
from nps_core.palette import LIGHT
from nps_core.scale import GROUPS
from nps_core.segments import compare
from nps_core.trend import trend
from tests.core.meeting import surveys
from tests.core.meeting.surveys import ACCOUNTS, ASK, NAMES, SOURCE, VOICES, every_slide, line, result, voice


def test_there_is_a_slide_a_thought_in_the_order_of_a_meeting():
    assert tuple(slide.key for slide in every_slide()) == slides.KEYS
    for slide in every_slide():
        assert slide.title
        assert not slide.title.endswith(".")
        assert 0 <= len(slide.said) <= 3
        assert slide.source == SOURCE
        assert slide.computed


def test_the_score_and_its_groups():
    score = every_slide()[0]
    # (90 − 30) ÷ 200; 90, 80 and 30 of 200.
    assert score.title == "The Net Promoter Score is +30.0, which counts as good"
    assert score.number == "+30.0"
    native = score.pictures[0].native
    assert (native.categories, native.series) == (
        ("Promoters", "Passives", "Detractors"),
        {"Share of answers": (45.0, 40.0, 15.0)},
    )


def test_the_same_score_beside_another_and_alone():
    assert every_slide()[1].title == "Same score, the same passives: 40.0% here, 40.0% in “Last year”"
    whole = result()
    alone = slides.passives(whole, whole.head(0), ASK, LIGHT, SOURCE)
    # At +30 the most passives there can be is 1 − 0.30.
    assert alone.title == "40.0% are passive; the same score could come with anything from 0% to 70.0%"
    other = answer(pd.DataFrame([[10, 10, 80]], index=["Rival"], columns=list(GROUPS)), ASK)
    assert slides.passives(whole, other, ASK, LIGHT, SOURCE).title.startswith(
        "Another score, different passives: 40.0% here, 10.0%"
    )


def test_where_all_promote_there_can_be_no_passive():
    all_promote = answer(pd.DataFrame([[0, 0, 7]], index=["everything"], columns=list(GROUPS)), ASK)
    told = slides.passives(all_promote, all_promote.head(0), ASK, LIGHT, SOURCE)
    assert told.title == "0.0% are passive: with a score of +100.0 there can be none"


def test_what_leads_among_the_comments_is_the_title():
    told = every_slide()[3]
    assert told.title.startswith("What holds them back most: Missing features (50%")
    # 20 and 6 of the 40 comments that say why; themes nobody names are not drawn.
    assert told.pictures[0].native.series == {"Share of comments": (50.0, 15.0)}
    assert told.number == "50%"


@pytest.mark.parametrize(
    ("voices", "total"),
    [
        ({}, None),  # a group that must not be heard
        ({"passive": voice(status__empty=50)}, None),  # nobody wrote
        (VOICES, 63),  # the filter leaves out 3 of 63
    ],
)
def test_comments_that_must_not_or_cannot_be_shown_make_no_slide(voices, total):
    assert slides.comments(voices, NAMES, ASK, LIGHT, SOURCE, total=total) is None


def test_few_comments_are_inconclusive_and_drawn_by_nothing():
    few = {"passive": voice(status__coded=4, status__empty=20, gap__features=4)}
    told = slides.comments(few, NAMES, ASK, LIGHT, SOURCE)
    assert told.title.startswith("Inconclusive: 4 comments")
    assert (told.pictures, told.number) == ((), "")
    assert told.said[-1].startswith("Ask these people")


def test_the_trend_says_whether_the_score_moved():
    moving = every_slide()[4]
    # (26 − 4) ÷ 60 = +36.7, then (44 − 6) ÷ 80 = +47.5.
    assert moving.title == "No change beyond noise: +36.7 in “2024-Q2”, +47.5 in “2024-Q3”"
    far = trend(pd.DataFrame([[50, 20, 30], [5, 20, 75]], index=["2024-01", "2024-02"], columns=list(GROUPS)), ASK, "month")
    told = slides.trend(far, "month", 1, ASK, LIGHT, SOURCE)
    assert told.title == "The score rose by 90.0 points, beyond noise: −20.0 in “2024-01”, +70.0 in “2024-02”"


def test_one_period_or_one_group_makes_no_slide():
    assert slides.trend(line().head(1), "quarter", 1, ASK, LIGHT, SOURCE) is None
    one = compare(surveys.PLANS.head(1), ASK)
    assert slides.segments(one, "Plan", result(), ASK, LIGHT, SOURCE) is None


def test_nothing_to_show_makes_no_slide():
    none = answer(surveys.TALLY * 0, ASK)
    hidden = result().assign(nps=float("nan"))
    for empty in (none, hidden):
        assert slides.score(empty, ACCOUNTS, ASK, LIGHT, SOURCE) is None
        assert slides.passives(empty, empty.head(0), ASK, LIGHT, SOURCE) is None
        assert slides.band(empty, ASK, LIGHT, SOURCE) is None
        assert slides.segments(surveys.compared(), "Plan", empty, ASK, LIGHT, SOURCE) is None


def test_hidden_groups_never_enter():
    told = every_slide()[5]
    assert surveys.compared()["suppressed"].tolist() == [False, False, False, True, True]
    for drawn in told.pictures:
        assert drawn.native.categories == ("Free", "Pro", "=1+1")[: len(drawn.native.categories)]
        said = f"{drawn.alt} {drawn.numbers.to_csv()} {drawn.chart.to_dict()}"
        assert not any(name in said for name in surveys.HIDDEN)
    assert not any(name in " ".join([told.title, *told.said]) for name in surveys.HIDDEN)


def test_of_many_groups_the_highest_and_the_lowest_are_drawn():
    many = pd.DataFrame([[40 - i, 30, 30 + i] for i in range(20)], index=[f"g{i:02}" for i in range(20)], columns=list(GROUPS))
    told = slides.segments(compare(many, ASK), "Team", result(), ASK, LIGHT, SOURCE)
    assert told.pictures[0].native.categories == ("g19", "g18", "g17", "g16", "g03", "g02", "g01", "g00")
    assert "Drawn are the 4 highest and the 4 lowest of 20 groups." in told.said
