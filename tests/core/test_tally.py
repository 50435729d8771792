import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from nps_core.errors import UnknownColumn
from nps_core.question import PERIODS, Question
from nps_core.scale import GROUPS, SCORES
from nps_core.tally import EVERYTHING, NO_DATE, accounts, check_tally, count, group_counts, tally, tally_counts


@pytest.fixture(scope="module")
def survey(make_responses):
    return make_responses(
        [0, 7, 7, 10, None, 9],
        when=["2024-01-01", "2024-02-10", "2024-03-31", "2024-04-01", "2024-04-02", None],
        wave=["w1", "w1", "w1", "w2", "w2", "w2"],
        Region=["US", "EU", "EU", "US", "EU", None],
        Plan=["a", "a", "b", "b", "a", "a"],
    )


def test_everything(survey):
    table = tally(survey)
    assert list(table.index) == [EVERYTHING]
    # Counted by hand from the fixture: 0, 7, 7, 9, 10; the blank is no answer.
    assert table.iloc[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 2, 0, 1, 1]
    assert check_tally(table) is table


def test_split_in_natural_order(survey):
    table = tally(survey, Question(by=("Region",)))
    assert table.sum(axis=1).to_dict() == {"EU": 2, "US": 2, "(blank)": 1}
    assert list(table.index) == ["EU", "US", "(blank)"]
    two = tally(survey, Question(by=("Region", "Plan")))
    assert list(two.index) == [("EU", "a"), ("EU", "b"), ("US", "a"), ("US", "b"), ("(blank)", "a")]
    assert two.index.names == ["Region", "Plan"]


def test_values_of_one_column_are_or_and_columns_are_and(survey):
    assert tally(survey, Question(where=(("Region", ("EU", "US")),))).to_numpy().sum() == 4
    assert tally(survey, Question(where=(("Region", ("EU", "US")), ("Plan", ("b",))))).to_numpy().sum() == 2
    assert tally(survey, Question(wave=("w1",))).to_numpy().sum() == 3


def test_both_ends_of_a_period_belong_to_it(survey):
    # 31 March and 1 April are each the last and the first day asked for.
    assert tally(survey, Question(end=date(2024, 3, 31))).to_numpy().sum() == 3
    assert tally(survey, Question(start=date(2024, 4, 1))).to_numpy().sum() == 1


def test_periods_sort_as_time_does_and_undated_answers_are_kept(survey):
    table = tally(survey, Question(period="quarter"))
    assert table.sum(axis=1).to_dict() == {"2024-Q1": 3, "2024-Q2": 1, NO_DATE: 1}
    assert list(tally(survey, Question(by=("Plan",), period="month")).index.names) == ["Plan", "period"]


def test_counts_of_the_file_are_added(make_responses):
    survey = make_responses([7, 10], counts=[40, 2])
    assert tally(survey)[[7, 10]].iloc[0].tolist() == [40, 2]


def test_where_only_groups_are_known(make_responses):
    table = tally(make_responses(None, groups=["promoter", "passive", "promoter"]))
    assert table.iloc[0].to_dict() == {"detractor": 0, "passive": 1, "promoter": 2}


def test_a_filter_that_leaves_nothing_leaves_zeros(survey):
    table = tally(survey, Question(where=(("Region", ("US",)),), wave=("w1",), start=date(2024, 2, 1)))
    assert table.to_numpy().tolist() == [[0] * 11]
    assert len(tally(survey, Question(by=("Plan",), start=date(2025, 1, 1)))) == 0


def test_an_unknown_column_is_the_askers_fault(survey):
    for columns in (("Colour",), ("score",), ("group",)):
        with pytest.raises(UnknownColumn, match="Region, Plan"):
            tally(survey, Question(by=columns))


def test_accounts_add_up_to_all_records(make_responses):
    survey = make_responses([1, None, None, 8], status=["answered", "blank", "invalid", "excluded"])
    found = accounts(count(survey), Question())
    assert found == {"answered": 1, "blank": 1, "invalid": 1, "excluded": 1}


def test_counting_by_sorting_gives_what_counting_in_an_array_gives(survey, make_responses, monkeypatch):
    weighted = make_responses([7, 10, 7], counts=[40, 2, 3])
    dense = count(survey, ("Plan", "Region"), grain="day"), count(weighted)
    monkeypatch.setattr(sys.modules[count.__module__], "DENSE", 0)
    pd.testing.assert_frame_equal(count(survey, ("Plan", "Region"), grain="day"), dense[0])
    pd.testing.assert_frame_equal(count(weighted), dense[1])


def test_the_week_of_new_year_belongs_to_its_iso_year(make_responses):
    survey = make_responses([9], when=["2024-12-30"])
    assert list(tally(survey, Question(period="week")).index) == ["2025-W01"]


def test_group_counts_know_both_kinds_of_tally():
    scores = pd.DataFrame([range(1, 12)], columns=list(SCORES))
    # 1+…+7, 8+9, 10+11.
    assert group_counts(scores).iloc[0].to_dict() == {"detractor": 28, "passive": 17, "promoter": 21}
    groups = group_counts(scores)
    assert group_counts(groups) is groups


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (pd.DataFrame([[1, 2]], columns=["a", "b"]), "columns"),
        (pd.DataFrame([[1.0, 2.0, 3.0]], columns=list(GROUPS)), "int64"),
        (pd.DataFrame([[-1, 2, 3]], columns=list(GROUPS)), "at least 0"),
        (pd.DataFrame(np.ones((2, 3), dtype=np.int64), index=["x", "x"], columns=list(GROUPS)), "one row a group"),
    ],
)
def test_what_is_no_tally_is_told_why(table, why):
    with pytest.raises(ValueError, match=why):
        check_tally(table)


@pytest.mark.parametrize("period", PERIODS)
def test_counting_by_period_at_once_or_by_day_first_is_the_same(survey, period):
    by_day = tally_counts(count(survey, ("Plan",), "day"), Question(by=("Plan",), period=period))
    pd.testing.assert_frame_equal(tally(survey, Question(by=("Plan",), period=period)), by_day)
