import numpy as np
import pandas as pd
import pytest

from nps_core.family import family_variance, margin, mix, passive_range, rescale_histogram
from nps_core.inference import adjusted_wald, variance
from nps_core.measures import measures
from nps_core.scale import GROUPS, SCORES


def bars(*counts):
    return pd.Series(counts, index=list(SCORES))


@pytest.mark.parametrize(("nps", "most"), [(0, 1), (100, 0), (-100, 0), (45, 0.55), (-25, 0.75)])
def test_the_triangle(nps, most):
    # |NPS| ≤ 100 − passive %.
    assert passive_range(nps) == pytest.approx((0, most))


def test_outside_the_scale_there_is_no_family():
    with pytest.raises(ValueError, match="100"):
        passive_range(101)
    for nps, share in ((45, 0.56), (45, -0.01), (-100, 0.1)):
        with pytest.raises(ValueError, match="passive share"):
            mix(nps, share)


def test_every_mix_adds_up_and_gives_the_score():
    shares = np.linspace(0, 0.55, 12)
    promoter, passive, detractor = mix(45, shares)
    np.testing.assert_allclose(promoter + passive + detractor, 1)
    np.testing.assert_allclose(100 * (promoter - detractor), 45)
    assert (np.array([promoter, passive, detractor]) >= 0).all()


def test_a_hair_outside_the_triangle_is_its_edge():
    assert mix(45, 0.55 + 1e-12)[2] == 0
    assert mix(45, -1e-12)[1] == 0


def test_more_passives_less_variance():
    shares = np.linspace(0, 0.7, 8)
    assert (np.diff(family_variance(30, shares)) < 0).all()
    assert (np.diff(margin(30, shares, 100)) < 0).all()
    # The plain variance of the same three counts.
    assert family_variance(45, 0.25) == pytest.approx(variance(15, 25, 60))


def test_the_margin_at_the_surveys_own_share_is_that_of_its_interval():
    low, high = adjusted_wald(15, 25, 60, clip=False)
    assert margin(45, 0.25, 100) == pytest.approx((high - low) / 2)
    assert margin(45, 0.25, 100, 0.99) > margin(45, 0.25, 100)
    assert margin(0, 1, 10) > 0
    assert np.isnan(margin(0, 1, 0))


def test_the_surveys_own_share_gives_its_own_bars():
    own = bars(1, 0, 2, 0, 0, 3, 4, 11, 14, 20, 45)
    np.testing.assert_allclose(rescale_histogram(own, 0.25), own / 100)


def test_other_bars_keep_the_score_and_the_proportions_within_each_group():
    own = bars(1, 0, 2, 0, 0, 3, 4, 10, 30, 20, 30)
    for share in (0.0, 0.1, 0.5, 0.6):
        other = rescale_histogram(own, share)
        assert other.sum() == pytest.approx(1)
        assert other[[7, 8]].sum() == pytest.approx(share)
        assert other[[9, 10]].sum() - other[list(range(7))].sum() == pytest.approx(0.40)  # 50 promoters − 10 detractors
        # 20 nines for 30 tens, and three 7s out of every 10 passives … as the survey itself has them.
        assert other[9] * 30 == pytest.approx(other[10] * 20)
        assert other[7] * 30 == pytest.approx(other[8] * 10)


def test_a_group_without_answers_is_spread_evenly():
    other = rescale_histogram(bars(0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 5), 0.4)
    assert other[[7, 8]].tolist() == pytest.approx([0.2, 0.2])
    assert other[6] == other[10] == pytest.approx(0.3)


def test_without_answers_there_are_no_bars():
    assert rescale_histogram(bars(*[0] * 11), 0.2).isna().all()


def test_three_bars_where_only_groups_are_known():
    other = rescale_histogram(pd.Series([15, 25, 60], index=list(GROUPS)), 0.55)
    assert other.to_dict() == pytest.approx({"detractor": 0, "passive": 0.55, "promoter": 0.45})


def test_whole_numbers_of_a_mix_measure_the_same():
    promoter, passive, detractor = (round(1000 * share) for share in mix(45, 0.35))
    row = measures(pd.DataFrame([[detractor, passive, promoter]], columns=list(GROUPS))).iloc[0]
    assert row["nps"] == pytest.approx(45)
