import dataclasses

import numpy as np
import pandas as pd
import pytest

from nps_core.change import change
from nps_core.inference import difference
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.tally import tally


def groups(*rows):
    return pd.DataFrame(list(rows), columns=list(GROUPS), index=[f"g{i}" for i in range(len(rows))], dtype="int64")


def test_a_change_beyond_noise():
    moved = change(groups((30, 40, 30)), groups((20, 30, 50)))
    assert (moved.n_first, moved.n_second, moved.nps_first, moved.nps_second) == (100, 100, 0, 30)
    # The observed change, beside the interval of the adjusted one (29.1262).
    assert moved.observed == 30
    assert moved.adjusted == pytest.approx(29.1262, abs=5e-5)
    assert moved.beyond_noise


def test_a_change_within_noise():
    moved = change(groups((200, 300, 500)), groups((220, 300, 480)))
    assert moved.observed == pytest.approx(-4)
    assert not moved.beyond_noise


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_beyond_noise_is_when_the_interval_leaves_out_zero(level):
    for promoters in range(30, 71):
        moved = change(groups((20, 30, 50)), groups((100 - promoters - 25, 25, promoters)), level)
        assert moved.beyond_noise == (not moved.low <= 0 <= moved.high)
        assert moved.level == level


def test_exact_scores_are_compared_not_the_published_ones():
    # 33.33… to 33.30…: both are published as 33.3, the change is not nothing.
    moved = change(groups((1, 2, 3)), groups((0, 667, 333)))
    assert moved.observed == pytest.approx(33.3 - 100 / 3)
    assert moved.observed != 0


def test_several_rows_are_added_up():
    split, whole = groups((10, 20, 10), (20, 20, 20)), groups((30, 40, 30))
    assert change(split, groups((20, 30, 50))) == change(whole, groups((20, 30, 50)))


def test_rows_of_a_tally_of_scores(make_responses):
    survey = make_responses([0, 7, 10, 10, 9, 8], when=["2024-01-01"] * 3 + ["2024-02-01"] * 3)
    table = tally(survey, Question(period="month"))
    moved = change(table.loc["2024-01"], table.loc["2024-02"])
    # 0, 7, 10 is 0; 8, 9, 10 is 66.7.
    assert (moved.nps_first, moved.nps_second) == pytest.approx((0, 200 / 3))
    assert moved.p == pytest.approx(difference((1, 1, 1), (0, 1, 2)).p)


def test_nothing_to_compare():
    for first, second in (((0, 0, 0), (1, 2, 3)), ((1, 2, 3), (0, 0, 0))):
        moved = change(groups(first), groups(second))
        assert np.isnan([moved.observed, moved.p, moved.low, moved.high]).all()
        assert not moved.beyond_noise
    assert change(groups(), groups((1, 2, 3))).n_first == 0


def test_a_change_is_a_value():
    moved = change(groups((1, 2, 3)), groups((3, 2, 1)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        moved.p = 0
