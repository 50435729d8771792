import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from nps_core.exact import draw_test, share_test
from nps_core.inference import nps_interval, wilson
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import COLUMNS, compare, comparisons, looked_at, search

ASK = Question()


def groups(**counts):
    return pd.DataFrame(list(counts.values()), index=list(counts), columns=list(GROUPS), dtype="int64")


THREE = groups(EU=(10, 50, 40), UK=(30, 40, 30), US=(10, 20, 70))


def test_every_figure_of_a_group_has_its_interval():
    row = compare(THREE, ASK).loc["EU"]
    assert (row["nps"], row["passive_share"], row["n"]) == (30, 0.5, 100)
    assert (row["low"], row["high"]) == nps_interval(10, 50, 40)[:2]
    for name, k in zip(GROUPS, (10, 50, 40), strict=True):
        assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx(wilson(k, 100))


def test_each_group_is_laid_against_all_others():
    row = compare(THREE, ASK).loc["EU"]
    # The rest: 40 detractors, 60 passives, 100 promoters.
    assert row["nps_rest"] == 30
    assert row["nps_difference"] == 0
    assert row["passive_rest"] == pytest.approx(0.3)
    assert row["passive_difference"] == pytest.approx(0.2)
    assert row["nps_p"] == draw_test((10, 50, 40), (50, 110, 140))[0] == 1
    assert row["passive_p"] == share_test(50, 100, 110, 300)[0]


def test_the_verdict_counts_all_groups_and_both_figures():
    found = compare(THREE, ASK)
    p = np.concatenate([found["nps_p"], found["passive_p"]])
    q = false_discovery_control(p, method="bh")  # scipy's own
    assert np.concatenate([found["nps_q"], found["passive_q"]]) == pytest.approx(q)
    assert found["nps_beyond"].tolist() == (q[:3] < 0.05).tolist()
    assert comparisons(found) == 6


def test_a_hidden_group_has_no_figure_and_counts_for_nothing():
    found = compare(groups(EU=(10, 50, 40), UK=(1, 1, 1), US=(10, 20, 70), APAC=(3, 3, 4)), ASK)
    assert found.index[found["suppressed"]].tolist() == ["UK", "APAC"]
    hidden = found.loc[["UK", "APAC"]].drop(columns=["suppressed", "nps_beyond", "passive_beyond"])
    assert (hidden.isna() | (hidden == "")).all(axis=None)
    assert not found.loc["UK", "nps_beyond"]
    assert comparisons(found) == 4


def test_one_group_has_nothing_to_be_laid_against():
    found = compare(groups(only=(10, 20, 30)), ASK)
    assert found["nps_p"].isna().all()
    assert comparisons(found) == 0


def test_a_search_adjusts_over_everything_and_ranks_by_size():
    split = {"region": compare(THREE, ASK), "plan": compare(groups(A=(25, 55, 70), B=(25, 55, 70)), ASK)}
    looked = looked_at(split)
    assert list(looked.columns) == list(COLUMNS)
    assert len(looked) == 2 * 3 + 2  # of two groups one is listed
    found = search(looked, 0.95)
    assert found["q"].to_numpy() == pytest.approx(false_discovery_control(found["p"], method="bh"))
    first = found.iloc[0]
    # UK is at 0, EU and US together at (110 − 20)/200 = +45; US is at +60, the other two at +15: as far off, but listed later.
    assert (first["column"], first["group"], first["measure"], first["difference"]) == ("region", "UK", "nps", -45)
    assert first["beyond"]
    assert not found[found["column"] == "plan"]["beyond"].any()


def test_a_search_of_nothing_finds_nothing():
    assert search(looked_at({}), 0.95).empty
