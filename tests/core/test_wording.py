import inspect
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from nps_core import wording
from nps_core.benchmarks import for_industry, position
from nps_core.change import change
from nps_core.inference import band_chances, with_interval
from nps_core.measures import measures
from nps_core.privacy import protect
from nps_core.reading.repeats import Repeats
from nps_core.scale import GROUPS
from nps_core.wording import (
    accounts_sentence,
    answers,
    band_sentence,
    change_sentence,
    count,
    headline,
    hidden_sentence,
    industry_sentence,
    industry_sentences,
    interval,
    listed,
    mix_sentence,
    passive_norm_sentence,
    percent,
    read_sentence,
    repeats_sentence,
    rounded,
    same_score_sentence,
    sample_warning,
    score_warnings,
    screen_shares,
    signed,
    target_sentence,
    what_it_does_not_say,
    withheld_sentence,
)


def tally(*rows):
    return pd.DataFrame(list(rows), columns=list(GROUPS), dtype="int64")


def row(*counts, **how):
    return with_interval(measures(tally(counts)), **how).iloc[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (53.4161, "+53.4"),
        (-3.2, "−3.2"),
        (0, "0.0"),
        (-0.04, "0.0"),
        (0.05, "+0.1"),
        (-0.05, "−0.1"),
        (12.25, "+12.3"),
        (-12.25, "−12.3"),
        (100, "+100.0"),
        (None, "–"),
        (float("nan"), "–"),
        (pd.NA, "–"),
    ],
)
def test_signed(value, text):
    assert signed(value) == text


def test_numbers_for_people():
    assert rounded(-0.04) == Decimal("0.0")
    assert not rounded(-0.04).is_signed()
    assert [percent(x) for x in (0.2867, 0.2865, 0, 1, None)] == ["28.7%", "28.7%", "0.0%", "100.0%", "–"]
    assert [percent(x, 0) for x in (0.005, 0.345)] == ["1%", "35%"]
    assert [count(x) for x in (0, 13612, pd.NA)] == ["0", "13,612", "–"]
    assert [answers(x) for x in (0, 1, 2, 1000)] == ["no answers", "1 answer", "2 answers", "1,000 answers"]
    assert interval(-2.04, 54.5) == "−2.0 to +54.5"
    assert interval(float("nan"), 1) == "–"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # By hand: 16.67, 33.33, 50.00 at 33.3: 50.0 − 16.7.
        ((1, 2, 3), (16.7, 33.3, 50.0)),
        # 33.33 each at 0.0.
        ((1, 1, 1), (33.3, 33.4, 33.3)),
        # 14.29, 28.57, 57.14 at 42.9 (42.857): 57.1 − 14.3 is 42.8, so one of the two gives way: 57.2 − 14.3.
        ((1, 2, 4), (14.3, 28.5, 57.2)),
        # Nobody in a group is 0.0 …
        ((0, 2, 1), (0.0, 66.7, 33.3)),
        ((2, 1, 0), (66.7, 33.3, 0.0)),
        ((1, 0, 1), (50.0, 0.0, 50.0)),
        # … but two shares that differ by 33.3 can not add up to 100.0.
        ((1, 0, 2), (33.3, 0.1, 66.6)),
        ((0, 0, 7), (0.0, 0.0, 100.0)),
    ],
)
def test_screen_shares(counts, expected):
    assert tuple(screen_shares(*counts).values()) == expected


def test_screen_shares_without_answers():
    assert pd.isna(list(screen_shares(0, 0, 0).values())).all()


def test_headline():
    assert headline(row(1, 2, 97)) == (
        "The Net Promoter Score is +96.0, which counts as excellent; it rests on 100 answers.",
        # Adjusted Wald of 1/2/97: 93.2 ± 6.0 → 87.2 to 99.2 (clipped nowhere).
        "The score among everyone you could have asked probably lies between +87.2 and +99.2; ranges made this way hold the true "
        "score about 95% of the time.",
        "2 of them (2.0%) are passives, with a score of 7 or 8: they count as answers but move the score neither up nor down.",
    )


def test_headline_of_one_answer_and_of_none():
    assert "it rests on 1 answer." in headline(row(0, 0, 1))[0]
    assert headline(row(0, 0, 1))[2] == "Nobody gave a 7 or an 8, so there are no passives among these answers."
    assert headline(row(0, 1, 0))[2].startswith("The only answer is passive")
    assert headline(row(0, 3, 0))[2].startswith("All answers are passive")
    assert "1 of them (50.0%) is a passive" in headline(row(0, 1, 1))[2]
    assert headline(row(0, 0, 0)) == ("There are no answers yet, so there is no score.",)


def test_headline_of_a_hidden_group_gives_nothing_away():
    hidden = protect(with_interval(measures(tally((1, 1, 1), (1, 1, 2)))), 5).iloc[0]
    assert headline(hidden) == ("Too few answers to show a figure.",)


def test_headline_says_its_level_and_whether_everybody_answered():
    assert "about 90% of the time" in headline(row(1, 2, 3), 0.9)[1]
    assert "about 99.9% of the time" in headline(row(1, 2, 3), 0.999)[1]
    assert headline(row(15, 25, 60, population=100))[1].startswith("Everybody was asked")


@pytest.mark.parametrize(("n", "start"), [(0, ""), (1, "Only 1 answer: far too few"), (4, "Only 4 answers: far too few")])
def test_warning_of_a_very_thin_sample(n, start):
    assert sample_warning(n).startswith(start)
    assert bool(sample_warning(n)) == bool(start)


def test_warning_of_a_thin_sample():
    # n < 30 is thin, n < 5 very.
    assert sample_warning(5).startswith("Only 5 answers: a thin sample.")
    assert sample_warning(29).startswith("Only 29 answers: a thin sample.")
    assert sample_warning(30) == ""


def test_score_warnings():
    assert score_warnings(row(100, 100, 100)) == ()
    assert score_warnings(row(1, 2, 3)) == (sample_warning(6),)
    assert score_warnings(row(100, 100, 100), 0.0)[0].startswith("The score is exactly on the target of 0.0")


def test_what_was_not_counted():
    accounts = {"answered": 3, "blank": 342, "invalid": 1, "excluded": 0}
    # Score interval of 1/2/3 in STATISTICS: −31.1074 … 75.3957.
    assert (
        accounts_sentence(row(1, 2, 3), accounts)
        == "95% range −31.1 to +75.4; 6 answers; not counted: 342 blank and 1 off the scale or unreadable."
    )
    assert accounts_sentence(row(0, 0, 0), {"answered": 0}) == "No answers; nothing left out."
    assert "1 blank, 2 off the scale or unreadable and 3 excluded." in accounts_sentence(
        row(1, 2, 3), {"blank": 1, "invalid": 2, "excluded": 3}
    )


def test_hidden_groups():
    assert hidden_sentence(2, 5).startswith("2 groups are not shown: they have fewer than 5 answers")
    assert withheld_sentence(5).startswith("Fewer than 5 answers")


def test_repeats():
    assert repeats_sentence(Repeats("wave", 2, 5, 3)) == (
        "2 respondents answered more than once in one wave, 5 answers in all. "
        "Counting only the latest of each would leave out 3 answers."
    )
    assert repeats_sentence(Repeats("quarter", 1, 2, 1)).startswith("1 respondent answered more than once in one quarter")
    assert repeats_sentence(Repeats("file")) == "Nobody answered more than once in one file."


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        (-0.1, "−0.1 is negative: that band reaches up to just below 0."),
        (0.0, "0.0 is moderate: that band reaches from 0 to just below +30."),
        (30.0, "+30.0 is good: that band reaches from +30 to just below +50."),
        (50.0, "+50.0 is excellent: that band reaches from +50 upwards."),
        (float("nan"), "Without a score there is no band."),
    ],
)
def test_bands(published, sentence):
    assert band_sentence(published) == sentence


def test_the_chance_of_a_band_never_claims_certainty():
    assert band_sentence(30.0, band_chances(20, 30, 50)).endswith("the chance that the true score lies in it is about 45%.")
    assert band_sentence(100.0, band_chances(0, 0, 10**6)).endswith("is more than 99%.")
    assert band_sentence(100.0, {"excellent": 0.001}).endswith("is less than 1%.")


def test_target():
    # 15/25/60: +45, 29.3431 … 58.0355.
    assert target_sentence(row(15, 25, 60), 20) == "The target of +20.0 is reached, and the whole range lies above it."
    assert target_sentence(row(15, 25, 60), 46) == (
        "The score is 1.0 point below the target of +46.0, but the range includes the target: this is too close to call."
    )
    assert "2.0 points above the target of +43.0" in target_sentence(row(15, 25, 60), 43)
    assert target_sentence(row(15, 25, 60), 70) == (
        "The target of +70.0 is missed by 25.0 points, and the whole range lies below it."
    )
    assert target_sentence(row(0, 0, 0), 0) == "Without a score the target can not be judged."


def test_change():
    up = change_sentence(change(tally((30, 40, 30)), tally((20, 30, 50))), "2023", "2024")
    # Reference: observed 30, interval 7.9143 … 50.3381.
    assert up == (
        "The score rose by 30.0 points from “2023” (0.0) to “2024” (+30.0). That is beyond noise: the change probably lies "
        "between +7.9 and +50.3 points."
    )
    down = change_sentence(change(tally((200, 300, 500)), tally((220, 300, 480))))
    assert down.startswith("The score fell by 4.0 points from “before” (+30.0) to “now” (+26.0). That is within noise")
    assert change_sentence(change(tally((1, 2, 3)), tally((1, 2, 3)))).startswith("The score did not move")
    tiny = change(tally((0, 5000, 5000)), tally((0, 5001, 5000)))
    assert change_sentence(tiny).startswith("The score moved by less than 0.1 points")
    assert change_sentence(change(tally((0, 0, 0)), tally((1, 2, 3))), "Q1", "Q2").startswith("There are no answers for “Q1”")
    assert change_sentence(change(tally((1, 2, 3)), tally((0, 0, 0))), "Q1", "Q2").startswith("There are no answers for “Q2”")


@pytest.mark.parametrize(
    ("share", "places", "unstable"),
    [
        (0.10, ("below", "below"), False),
        (0.25, ("within", "below"), False),
        (0.40, ("within", "within"), False),
        (0.4004, ("within", "within"), False),  # shown as 40.0%, so it is not above 40%
        (0.45, ("above", "within"), True),
        (0.60, ("above", "above"), True),
    ],
)
def test_passive_norms(share, places, unstable):
    passives = round(share * 10_000)
    sentence = passive_norm_sentence(row(0, passives, 10_000 - passives))
    assert f"{places[0]} the 20% to 40%" in sentence
    assert f"{places[1]} the 30% to 50%" in sentence
    assert ("a sign of instability even at a good score" in sentence) == unstable


def test_the_passive_share_reads_as_in_the_picture():
    # 71/317/501 of 889: 35.658 % alone, but 56.4 − 8.0 is the +48.4 on screen, and 35.6 the rest.
    assert "35.6%" in passive_norm_sentence(row(71, 317, 501))


def test_passive_norms_without_answers():
    assert passive_norm_sentence(row(0, 0, 0)) == "Without answers there is no passive share."


def test_same_score_two_stories():
    sentences = same_score_sentence(row(35, 0, 65), row(5, 60, 35), "A", "B")
    assert sentences[0] == "Both have the same score, +30.0."
    assert sentences[1] == "Their stories differ: 60.0% passives in “B”, 0.0% in “A”."
    assert sentences[2].startswith("“A” has more people who take a side")
    # Turned round, the story is the same.
    assert same_score_sentence(row(5, 60, 35), row(35, 0, 65), "B", "A")[1:] == sentences[1:]


def test_same_score_same_story_and_other_scores():
    near = same_score_sentence(row(20, 30, 50), row(21, 30, 50))
    assert near[0].startswith("The two scores are nearly the same: “the first” at +30.0, “the second” at +28.7.")
    assert near[1].startswith("Their passive shares are alike:")
    # +30 and −10.
    assert "lie 40.0 points apart" in same_score_sentence(row(20, 30, 50), row(40, 30, 30))[0]
    assert len(same_score_sentence(row(20, 30, 50), row(0, 0, 0))) == 1


def test_stories_of_a_few_answers_are_not_told_apart():
    # Wilson, 95 %: 2 of 10 is 5.7–51.0 %, 5 of 10 is 23.7–76.3 %; they meet.
    assert "within noise" in same_score_sentence(row(3, 2, 5), row(1, 5, 4))[1]


def test_another_mix():
    # 20/30/50 with 60 % passives: promoters (1 − .6 + .3)/2, detractors (1 − .6 − .3)/2; margin as half of 5/60/35's interval.
    assert mix_sentence(row(20, 30, 50), 0.6) == (
        "With 60.0% passives, the same score of +30.0 takes 35.0% promoters and 5.0% detractors; 100 answers would give it a "
        "margin of ±10.9 points."
    )
    # Without passives an odd last digit leaves 0.1 to them, never −0.1.
    for promoters in range(1, 60):
        assert re.match(r"With 0\.[01]% passives", mix_sentence(row(7, 53, promoters), 0))
    assert mix_sentence(row(0, 0, 0), 0.6) == "Without a score there is no mix to show."


def test_industries():
    assert industry_sentence(position(53.4, 7, 7), "airlines", "XM Institute", 2022) == (
        "The score lies 46.4 points above the figure for “airlines” (XM Institute, 2022)."
    )
    assert "within the figure for “banking” (Formspring, 2026)" in industry_sentence(
        position(25, 20, 35), "banking", "Formspring", 2026
    )
    assert "undated" in industry_sentence(position(25, 20, 35), "banking", "QuestionPro list", pd.NA)
    assert industry_sentence(position(float("nan"), 1, 2), "x", "y").startswith("Without a score")


def test_industries_that_disagree_say_so_first():
    sentences = industry_sentences(for_industry("Airlines"), 49.0)
    assert sentences[0] == "Published figures for “Airlines” reach from +7.0 to +39.0; none of them is the one truth."
    # Ten points above the highest of them, 39.
    assert sentences[-1].startswith("Being 10 points or more above every one of them")
    assert len(sentences) == 4
    assert len(industry_sentences(for_industry("Airlines"), 48.9)) == 3
    assert len(industry_sentences(for_industry("Manufacturing"), 0)) == 1
    assert "“home insurance”" in " ".join(industry_sentences(for_industry("Insurance"), 10))
    assert "“All industries, upper quartile”" in " ".join(industry_sentences(for_industry("All industries"), 10))


def test_how_a_file_was_read():
    facts = {
        "file": "a.csv",
        "rows": 1,
        "columns": 9,
        "encoding": "cp1252",
        "delimiter": "\t",
        "preamble_rows": 3,
        "repaired_cells": 7,
    }
    assert read_sentence(facts) == (
        "a.csv: 1 record in 9 columns. Read as cp1252 text with tabs between the cells. "
        "3 lines above the header were passed over. 7 cells held bytes of another encoding and were repaired."
    )
    below = {"file": "a.csv", "rows": 2, "columns": 3, "footer_rows": 1, "footers": ("Total;;120",)}
    assert read_sentence(below) == (
        "a.csv: 2 records in 3 columns. 1 line below the records is no answer and was left out: “Total;;120”."
    )
    assert read_sentence({"file": "b.xlsx", "rows": 2, "columns": 1, "sheet": "Answers"}) == (
        "b.xlsx: 2 records in 1 column. Read from the sheet “Answers”."
    )


def test_lists_are_joined_as_one_says_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def every_sentence():
    rows = [row(*counts) for counts in ((0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 2, 3), (35, 0, 65), (5, 60, 35), (900, 10, 3))]
    for one in rows:
        yield from headline(one)
        yield from score_warnings(one, 30)
        yield band_sentence(one["published"])
        yield passive_norm_sentence(one)
        yield from industry_sentences(for_industry("Insurance"), one["published"])
        yield accounts_sentence(one, {"blank": 1})
        for other in rows:
            yield from same_score_sentence(one, other)
            yield change_sentence(change(tally(one[list(GROUPS)]), tally(other[list(GROUPS)])))
    yield from what_it_does_not_say()


def test_sentences_are_plain_and_whole():
    for sentence in every_sentence():
        assert sentence.endswith(".")
        assert not re.search(r"[*_`<>#\[\]$~]|nan|None|NA\b|  |-\d", sentence), sentence
        assert not re.search(r"\b1 (answers|groups)\b|\b1\.0 points\b", sentence), sentence


def test_sentences_use_no_jargon():
    for sentence in every_sentence():
        assert not re.search(r"Wald|statistically|significan|p-value|confidence interval", sentence), sentence


def test_everything_public_is_tried_here_or_in_a_file_beside():
    public = {
        name for name, thing in inspect.getmembers(wording, inspect.isfunction) if thing.__module__.startswith(wording.__name__)
    }
    tried = " ".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_wording*.py"))
    assert {name for name in public if not name.startswith("_") and not re.search(rf"\b{name}\(", tried)} == set()
