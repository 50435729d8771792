"""Sentences of trend, segments and digest."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.change import change
from nps_core.digest import Digest, digest
from nps_core.measures import measures
from nps_core.moved import moved, steps
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import compare, looked_at, search
from nps_core.trend import trend
from nps_core.wording import segments
from nps_core.wording import trend as say
from tests.core.test_segments import groups

ASK = Question()


@given(parts=st.lists(st.floats(-50, 50), min_size=1, max_size=9), off=st.floats(-0.1, 0.1))
def test_rounded_parts_add_up_to_the_rounded_whole(parts, off):
    whole = sum(parts) + off
    rounded = say.fitted_parts(parts, whole)
    assert round(sum(rounded), 6) == pytest.approx(float(say.rounded(whole)))
    # A part is off by less than a tenth, and by one tenth more for each that the whole itself is off.
    assert all(abs(a - b) < 0.1 + 0.2 for a, b in zip(parts, rounded, strict=True))


def two(first, second):
    one, other = groups(**first), groups(**second)
    whole = pd.DataFrame([one.sum(), other.sum()], index=["before", "now"]).astype("int64")
    rows = measures(whole)
    return one, other, change(whole.loc["before"], whole.loc["now"]), rows.loc["before"], rows.loc["now"]


def test_a_change_taken_apart_adds_up_on_the_picture_and_in_the_sentence():
    one, other, moving, first, second = two({"A": (20, 40, 67), "B": (33, 40, 41)}, {"A": (20, 40, 97), "B": (40, 41, 31)})
    parts = moved(one, other)
    rows = say.waterfall_rows(steps(parts, 3), first, second, ("before", "now"))
    assert rows["points"].iloc[:-1].sum() == pytest.approx(rows["points"].iloc[-1])
    mix = rows.loc[rows["kind"] == "mix", "points"].iloc[0]
    sentence = say.why_sentences(parts, first, second, moving)[0]
    assert f"moved it by {say.signed(mix)}." in sentence


def test_of_one_group_a_change_is_not_taken_apart():
    one, other, moving, first, second = two({"A": (1, 2, 3)}, {"A": (3, 2, 1)})
    assert say.why_sentences(moved(one, other), first, second, moving)[0].startswith("Too few groups")


def test_a_change_within_noise_says_so_of_its_parts():
    one, other, moving, first, second = two({"A": (9, 9, 9), "B": (9, 9, 9)}, {"A": (9, 9, 10), "B": (9, 9, 9)})
    assert "so may be all of its parts" in say.why_sentences(moved(one, other), first, second, moving)[-1]


def test_the_trend_in_words():
    counts = pd.DataFrame([[5, 5, 10], [5, 5, 15]], index=["2024-01", "2024-02"], columns=list(GROUPS))
    found = trend(counts, ASK, "month")
    assert say.trend_sentence(found, "month", 1).startswith("From “2024-01” (+25.0) to “2024-02” (+40.0): 2 periods")
    assert say.joined_sentence(found, 5) == ""
    assert say.trend_sentence(found.head(1), "month", 1).startswith("There is one period only")
    assert say.trend_sentence(found.head(0), "month", 1) == "No period has enough answers to show."
    sentence = say.passive_change_sentence(found.iloc[0], found.iloc[1])
    assert "went from 25.0% to 20.0%" in sentence
    assert "noise" not in sentence  # the passive share gets its verdict where everything is counted: on the first page


def test_who_is_indifferent():
    differ = compare(groups(A=(50, 100, 50), B=(80, 40, 80), C=(60, 80, 60)), ASK)
    said = segments.indifferent_sentence(differ)
    assert "Yes: passives are 50.0% of “A” (of all others 30.0%)." in said
    assert "Less so: 20.0% of “B” (of all others 45.0%)." in said
    alike = compare(groups(A=(5, 10, 5), B=(5, 9, 6)), ASK)
    assert "Not that this survey could tell: the largest share of passives, 50.0% in “A”" in segments.indifferent_sentence(alike)
    assert "no two groups" in segments.indifferent_sentence(compare(groups(A=(5, 10, 5)), ASK))


def test_who_scores_otherwise():
    assert "“A” −60.0, 90.0 points below all others" in segments.scores_sentence(
        compare(groups(A=(70, 20, 10), B=(20, 30, 50), C=(20, 30, 50)), ASK)
    )
    assert segments.scores_sentence(compare(groups(A=(5, 10, 5), B=(5, 9, 6)), ASK)).startswith("No group's score differs")


def test_a_search_in_words():
    found = search(looked_at({"plan": compare(groups(A=(70, 20, 10), B=(20, 30, 50), C=(20, 30, 50)), ASK)}), 0.95)
    assert segments.search_sentence(found).startswith("Of 6 comparisons over 1 column, ")
    assert segments.finding_sentence(found.iloc[0]) == "“A” (plan) scores −60.0, 90.0 points below all others (+30.0)."
    assert segments.search_sentence(found.head(0)).startswith("There are no groups")


def test_the_digest_says_when_there_is_nothing_to_say():
    assert segments.digest_sentence(digest(looked_at({}))).startswith("There is nothing to compare yet")
    nothing = digest(looked_at({"plan": compare(groups(A=(5, 10, 5), B=(5, 9, 6)), ASK)}))
    assert segments.digest_sentence(nothing) == (
        "Nothing stands out: 2 comparisons of groups and periods were made, and none is beyond noise."
    )
    assert segments.digest_sentence(Digest(pd.DataFrame({"a": [1]}), 44)).startswith(
        "Beyond noise, allowing for all 44 comparisons"
    )
