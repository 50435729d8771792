import numpy as np
import pandas as pd
import pytest

from nps_core.measures import measures
from nps_core.question import Question
from nps_core.scale import GROUPS, SCORES
from nps_core.tally import tally


def groups(*rows):
    return pd.DataFrame(list(rows), columns=list(GROUPS), index=[f"g{i}" for i in range(len(rows))], dtype="int64")


def test_one_row_a_group_with_counts_shares_and_score():
    row = measures(groups((1, 2, 3))).iloc[0]
    # The worked example of the R package NPS: one detractor, two passives, three promoters give ⅓.
    assert row["nps"] == pytest.approx(100 / 3)
    assert row[["n", *GROUPS]].tolist() == [6, 1, 2, 3]
    assert row[[f"{name}_share" for name in GROUPS]].tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 2])
    assert (row["published"], row["band"]) == (33.3, "good")


def test_passives_stand_in_the_denominator():
    # 10 promoters alone are 100; with 10 passives beside them 50.
    assert measures(groups((0, 0, 10), (0, 10, 10)))["nps"].tolist() == [100, 50]


def test_without_answers_there_is_no_figure():
    row = measures(groups((0, 0, 0))).iloc[0]
    assert row["n"] == 0
    assert row["band"] == ""
    assert row[["detractor_share", "passive_share", "promoter_share", "nps", "published"]].isna().all()


def test_types_stay_when_there_are_no_groups_at_all():
    full, empty = measures(groups((1, 2, 3))), measures(groups())
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert (full[["n", *GROUPS]].dtypes == np.int64).all()


def test_index_and_order_are_those_of_the_tally(make_responses):
    survey = make_responses([10, 0, 7], Region=["US", "EU", "EU"], Plan=["a", "a", "b"])
    split = tally(survey, Question(by=("Region", "Plan")))
    pd.testing.assert_index_equal(measures(split).index, split.index)


def test_scores_and_groups_say_the_same():
    scores = pd.DataFrame([range(1, 12)], columns=list(SCORES), dtype="int64")
    # 1+…+7 = 28 detractors, 8+9 = 17 passives, 10+11 = 21 promoters.
    assert measures(scores).iloc[0].tolist() == measures(groups((28, 17, 21))).iloc[0].tolist()


def test_the_band_reads_the_published_number():
    # 29.95 exactly (599 promoters of 2000) is published as 30.0: good, though the exact score is below 30.
    row = measures(groups((0, 1401, 599))).iloc[0]
    assert row["nps"] < 30
    assert (row["published"], row["band"]) == (30.0, "good")


def test_reaching_fifty_from_20_30_50_takes_20_of_the_30_passives():
    # Arithmetic: each passive made a promoter adds 100/n = 1 point to 30.
    scores = measures(groups(*((20, 30 - k, 50 + k) for k in range(31))))["nps"]
    assert int(np.flatnonzero(scores >= 50)[0]) == 20


@pytest.mark.parametrize(("passives", "gain"), [(20, 2), (30, 3), (40, 4)])
def test_converting_a_tenth_of_the_passives_adds_a_tenth_of_their_share(passives, gain):
    # Arithmetic against the "+5 to +15" that an article in circulation promises.
    detractors = 20
    before = (detractors, passives, 100 - detractors - passives)
    after = (detractors, passives - passives // 10, before[2] + passives // 10)
    first, second = measures(groups(before, after))["nps"]
    assert second - first == pytest.approx(gain)
