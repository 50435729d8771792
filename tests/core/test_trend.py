import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.question import PERIODS, Question
from nps_core.scale import GROUPS
from nps_core.tally import NO_DATE, period_name, tally
from nps_core.trend import WAVE, before, blocks, disjoint, of_members, period_of, trend, windows, year_before

ASK = Question()


def sizes(**n):
    """A Tally of so many promoters in each month; `m01` is 2024-01."""
    names = [NO_DATE if name == "none" else f"2024-{name[1:]}" for name in n]
    return pd.DataFrame([[0, 0, size] for size in n.values()], index=names, columns=list(GROUPS), dtype="int64")


def names(found):
    return [block.name for block in found]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({"m01": 9, "m02": 9}, ["2024-01", "2024-02"]),
        ({"m01": 9, "m02": 2, "m03": 9}, ["2024-01", "2024-02 to 2024-03"]),  # equally near: on to what follows
        ({"m01": 9, "m02": 2, "m04": 9}, ["2024-01 to 2024-02", "2024-04"]),  # strictly nearer: back
        ({"m01": 9, "m02": 2}, ["2024-01 to 2024-02"]),  # nothing follows
        ({"m01": 2, "m02": 9}, ["2024-01 to 2024-02"]),
        ({"m01": 2, "m02": 2, "m03": 2, "m04": 9}, ["2024-01 to 2024-03", "2024-04"]),  # 2 + 2 + 2 are enough
        ({"m01": 9, "m02": 2, "m03": 2}, ["2024-01 to 2024-03"]),
        ({"m01": 2}, ["2024-01"]),  # a whole file is the reader's own
        ({"m01": 9, "m02": 0, "m03": 9}, ["2024-01", "2024-03"]),  # a month without answers is no thin month
    ],
)
def test_thin_periods_are_joined(months, expected):
    assert names(blocks(sizes(**months), 5, "month")) == expected


def test_a_filter_that_takes_a_few_out_of_a_month_joins_it_too():
    # January loses 2: with and without the filter would show them.
    whole, left = sizes(m01=20, m02=20, m03=20), sizes(m01=18, m02=10, m03=10)
    assert names(blocks(left, 5, "month", whole)) == ["2024-01 to 2024-02", "2024-03"]


@given(n=st.lists(st.integers(0, 12), min_size=1, max_size=30), floor=st.integers(1, 8), length=st.sampled_from([1, 2, 3, 6]))
def test_blocks_hold_every_answer_once_and_are_never_thin(n, floor, length):
    starts = pd.period_range("2023-01", periods=len(n), freq="M")
    months = [period_name(period, "month") for period in starts]
    counts = pd.DataFrame([[0, 0, size] for size in n], index=months, columns=list(GROUPS), dtype="int64")
    counts = counts[counts.sum(axis=1) > 0]
    found = blocks(counts, floor, "month")
    assert [name for block in found for name in block.members] == counts.index.tolist()
    for block in found:
        assert counts.loc[list(block.members)].to_numpy().sum() >= floor or len(found) == 1
    for window, inside in windows(found, length):
        assert [name for i in inside for name in found[i].members] == list(window.members)
    shown = trend(counts, Question(floor=floor), "month", length)
    assert len(shown) == len(windows(found, length) if length > 1 else found)
    assert not shown["suppressed"].any() or len(found) == 1


@pytest.mark.parametrize("kind", PERIODS)
def test_the_name_of_a_period_gives_it_back(kind):
    freq = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}[kind]
    for period in pd.period_range("2019-12-20", "2026-01-10", freq=freq):
        assert period_of(period_name(period, kind), kind) == period


def test_a_rolling_window_adds_up_its_months(make_responses):
    # Ten answers a month: March's window of three is January to March.
    days = [f"2024-{month:02d}-15" for month in range(1, 7) for _ in range(10)]
    survey = make_responses([10, 9, 8, 7, 6, 5, 10, 10, 10, 0] * 6, when=days)
    found = trend(tally(survey, Question(period="month")), ASK, "month", 3)
    assert found.index.tolist() == [
        "2024-01 to 2024-03",
        "2024-02 to 2024-04",
        "2024-03 to 2024-05",
        "2024-04 to 2024-06",
    ]
    assert found["n"].tolist() == [30] * 4
    assert before(found, "2024-04 to 2024-06") == "2024-01 to 2024-03"  # the one just before shares two months
    assert not disjoint(found, "2024-02 to 2024-04", "2024-04 to 2024-06")
    assert found["end"].iloc[0].isoformat() == "2024-03-31"


def test_last_year_is_found_and_nothing_where_there_is_none(make_responses):
    days = [f"{year}-{month:02d}-15" for year in (2024, 2025) for month in (1, 2, 12) for _ in range(8)]
    survey = make_responses([9] * len(days), when=days)
    found = trend(tally(survey, Question(period="month")), ASK, "month")
    assert year_before(found, "2025-02") == "2024-02"
    assert year_before(found, "2024-02") is None
    quarters = trend(tally(survey, Question(period="quarter")), ASK, "quarter")
    assert year_before(quarters, "2025-Q4") == "2024-Q4"


def test_waves_keep_their_order_and_have_no_calendar(make_responses):
    survey = make_responses([9] * 20, wave=["Spring 25"] * 8 + ["Autumn 24"] * 12)
    found = trend(tally(survey, Question(by=("wave",))), ASK, WAVE)
    assert found.index.tolist() == ["Autumn 24", "Spring 25"]  # as the survey orders them
    assert year_before(found, "Spring 25") is None
    assert before(found, "Spring 25") == "Autumn 24"


def test_few_answers_without_a_date_take_the_smallest_period_with_them():
    # 3 undated: the total minus all months would show them, so the smallest month is hidden beside them, in every window.
    counts = sizes(m01=20, m02=8, m03=30, none=3)
    found = trend(counts, ASK, "month")
    assert found.index[found["suppressed"]].tolist() == ["2024-02"]
    assert trend(counts, ASK, "month", 2)["suppressed"].tolist() == [True, True]


def test_no_period_at_all():
    assert trend(sizes(none=30), ASK, "month").empty
    assert trend(sizes(none=30), ASK, "month", 3).empty


def test_a_group_of_periods_by_group():
    index = pd.MultiIndex.from_product([["a", "b"], ["2024-01", "2024-02", "2024-03"]])
    counts = pd.DataFrame([[0, 0, i] for i in range(1, 7)], index=index, columns=list(GROUPS))
    assert of_members(counts, ["2024-01", "2024-02"])["promoter"].to_dict() == {"a": 3, "b": 9}
