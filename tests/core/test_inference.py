import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from nps_core import inference
from nps_core.inference import (
    adjusted_wald,
    band_chances,
    benjamini_hochberg,
    difference,
    finite_population_factor,
    nps_interval,
    sample_size,
    score_interval,
    share_difference,
    standard_error,
    variance,
    wald,
    wilson,
    with_interval,
    z_value,
)
from nps_core.measures import measures
from nps_core.privacy import protect
from nps_core.scale import BANDS, GROUPS


def result(*rows):
    return measures(pd.DataFrame(list(rows), columns=list(GROUPS), index=[f"g{i}" for i in range(len(rows))], dtype="int64"))


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_z_value_is_the_normal_quantile(level):
    assert z_value(level) == pytest.approx(norm.ppf((1 + level) / 2), abs=1e-12)  # oracle: scipy


@pytest.mark.parametrize("level", [0, 1, 95, -0.1, float("nan")])
def test_a_level_lies_between_0_and_1(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        z_value(level)


def test_variance_is_that_of_answers_counted_minus_one_zero_one():
    scores = np.repeat([-1, 0, 1], [8, 13, 15])
    assert variance(8, 13, 15) == pytest.approx(np.var(scores))  # oracle: numpy, dividing by n
    assert standard_error(8, 13, 15) == pytest.approx(100 * np.std(scores) / np.sqrt(36))


def test_arrays_give_what_numbers_give():
    rows = np.array([[1, 2, 3], [0, 10, 0], [0, 0, 1], [54, 108, 162], [0, 0, 0]])
    for function in (wald, adjusted_wald, score_interval, nps_interval):
        together = [np.asarray(part) for part in function(*rows.T)]
        for i, row in enumerate(rows.tolist()):
            alone = function(*row)
            for part, one in zip(together, alone, strict=True):
                if isinstance(one, str):
                    assert part[i] == one
                else:
                    np.testing.assert_allclose(part[i], one)
    assert isinstance(variance(1, 2, 3), float)
    assert isinstance(nps_interval(1, 2, 3)[2], str)


@pytest.mark.parametrize("function", [variance, standard_error, wald, adjusted_wald, score_interval])
def test_without_answers_every_figure_is_missing(function):
    assert np.isnan(function(0, 0, 0)).all()


def test_nps_interval_without_answers():
    low, high, method = nps_interval(0, 0, 0)
    assert np.isnan([low, high]).all()
    assert method == ""


def test_score_interval_ends_where_the_score_statistic_is_z():
    # By definition: at each end the statistic equals the quantile, to the tolerance asked for.
    d, p, r = (np.array([float(x)]) for x in (8, 13, 15))
    low, high = score_interval(8, 13, 15)
    assert inference._score(np.array([low / 100]), d, p, r)[0] == pytest.approx(z_value(0.95), abs=1e-9)
    assert inference._score(np.array([high / 100]), d, p, r)[0] == pytest.approx(-z_value(0.95), abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "method"),
    [
        # The rule of INTERFACES: score where n < 12 or one group holds every answer, adjusted Wald else.
        ((3, 4, 4), "score"),
        ((4, 4, 4), "adjusted Wald"),
        ((0, 0, 500), "score"),
        ((0, 500, 0), "score"),
        ((500, 0, 0), "score"),
        ((1, 0, 499), "adjusted Wald"),
    ],
)
def test_which_interval_is_shown(counts, method):
    low, high, used = nps_interval(*counts)
    expected = score_interval(*counts) if method == "score" else adjusted_wald(*counts)
    assert used == method
    assert (low, high) == pytest.approx(expected)


def test_intervals_are_clipped_only_when_asked():
    assert adjusted_wald(0, 0, 10)[1] == 100
    assert adjusted_wald(0, 0, 10, clip=False)[1] > 100
    assert adjusted_wald(10, 0, 0)[0] == -100


def test_the_interval_holds_the_observed_score_even_at_a_low_level():
    # 999 promoters, one passive at 50 %: the shrunken centre alone would leave out 99.9.
    assert adjusted_wald(0, 1, 999, 0.5)[1] < 99.9
    assert nps_interval(0, 1, 999, 0.5)[1] == pytest.approx(99.9)
    assert nps_interval(999, 1, 0, 0.5)[0] == pytest.approx(-99.9)


def test_a_larger_level_gives_a_wider_interval():
    for counts in ((1, 2, 3), (15, 25, 60)):
        ends = [nps_interval(*counts, level)[:2] for level in (0.8, 0.9, 0.95, 0.99)]
        assert [low for low, _ in ends] == sorted((low for low, _ in ends), reverse=True)
        assert [high for _, high in ends] == sorted(high for _, high in ends)


def test_where_everybody_answered_nothing_is_uncertain():
    # Definition: √((N − n)/(N − 1)) is 0 at n = N, so there is no sampling error left, and no shrinking either.
    assert nps_interval(15, 25, 60, population=100) == (45, 45, "census")
    assert nps_interval(0, 0, 1, population=1) == (100, 100, "census")


def test_a_finite_population_narrows_the_score_interval_towards_the_score():
    low, high = score_interval(1, 2, 3)
    narrow_low, narrow_high, method = nps_interval(1, 2, 3, population=10)
    factor = np.sqrt(4 / 9)  # N = 10, n = 6
    assert method == "score"
    assert narrow_low == pytest.approx(100 / 3 - (100 / 3 - low) * factor)
    assert narrow_high == pytest.approx(100 / 3 + (high - 100 / 3) * factor)


def test_a_population_is_no_smaller_than_its_sample():
    with pytest.raises(ValueError, match="at least as large"):
        finite_population_factor(101, 100)
    assert finite_population_factor(1, 1) == 0
    assert nps_interval(15, 25, 60, population=10**12)[:2] == pytest.approx(adjusted_wald(15, 25, 60))


@pytest.mark.parametrize(("margin", "spread", "level"), [(10, 1, 0.95), (3, 0.61, 0.9), (1, 0.3, 0.99)])
def test_the_sample_size_just_gives_its_margin(margin, spread, level):
    n = sample_size(margin, spread, level)
    assert 100 * z_value(level) * np.sqrt(spread / (n + 3)) <= margin
    assert 100 * z_value(level) * np.sqrt(spread / (n + 2)) > margin


def test_sample_sizes_out_of_range_are_refused():
    for wrong in ({"margin": 0}, {"margin": 5, "variance": 1.1}, {"margin": 5, "population": 0}):
        with pytest.raises(ValueError, match="margin"):
            sample_size(**wrong)
    assert sample_size(150) == 1
    assert sample_size(1, population=50) == 50


def test_difference_turns_its_sign_with_its_order():
    there, back = difference((30, 40, 30), (20, 30, 50)), difference((20, 30, 50), (30, 40, 30))
    assert there.observed == -back.observed == pytest.approx(30)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.p == pytest.approx(back.p)


def test_difference_of_equal_groups_is_nothing():
    same = difference((1, 2, 3), (1, 2, 3))
    assert (same.observed, same.z, same.p) == (0, 0, 1)


def test_difference_p_is_two_sided_normal():
    apart = difference((12, 7, 12), (8, 13, 15))
    assert apart.p == pytest.approx(2 * norm.sf(abs(apart.z)), rel=1e-10)  # oracle: scipy


def test_difference_needs_answers_on_both_sides():
    assert np.isnan(difference((0, 0, 0), (1, 2, 3))).all()
    many = difference(([0, 1], [0, 2], [0, 3]), ([1, 1], [2, 2], [3, 3]))
    assert np.isnan(many.p).tolist() == [True, False]


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_agrees_with_statsmodels(level):
    count, n = np.array([0, 1, 5, 30, 99, 100]), np.array([10, 36, 36, 100, 100, 100])
    oracle = proportion_confint(count, n, alpha=1 - level, method="wilson")
    np.testing.assert_allclose(wilson(count, n, level), oracle, atol=1e-12)


def test_wilson_at_its_ends():
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1
    assert np.isnan(wilson(0, 0)).all()


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("counts", [(30, 100, 45, 100), (0, 7, 3, 400), (500, 900, 1, 3)])
def test_the_difference_of_shares_agrees_with_statsmodels(counts, level):
    k_1, n_1, k_2, n_2 = counts
    oracle = confint_proportions_2indep(k_2, n_2, k_1, n_1, method="agresti-caffo", alpha=1 - level)
    assert share_difference((k_1, n_1), (k_2, n_2), level) == pytest.approx(tuple(np.clip(oracle, -1, 1)))


def test_without_answers_shares_have_no_difference():
    assert np.isnan(share_difference((0, 0), (3, 9))).all()


def test_benjamini_hochberg_agrees_with_statsmodels():
    values = np.random.default_rng(1).uniform(size=40) ** 3
    np.testing.assert_allclose(benjamini_hochberg(values), multipletests(values, method="fdr_bh")[1])


def test_benjamini_hochberg_leaves_missing_values_out():
    with_gap = benjamini_hochberg([0.01, np.nan, 0.02])
    assert with_gap[[0, 2]].tolist() == benjamini_hochberg([0.01, 0.02]).tolist()
    assert np.isnan(with_gap[1])
    assert benjamini_hochberg([]).tolist() == []
    assert benjamini_hochberg([0.9, 1.0]).max() <= 1


@pytest.mark.parametrize("counts", [(20, 30, 50), (0, 0, 10), (10, 0, 0), (0, 10, 0), (0, 0, 1), (0, 0, 10**7), (1, 2, 3)])
def test_band_chances_add_up_to_one(counts):
    chances = band_chances(*counts)
    assert list(chances) == [band.name for band in BANDS]
    assert sum(chances.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances.values())


def test_band_chances_agree_with_the_truncated_normal():
    # Oracle: scipy's normal curve around the adjusted estimate of 20/30/50: θ = 30/103, V = 71.5/103 − θ².
    centre = 100 * 30 / 103
    error = 100 * np.sqrt((71.5 / 103 - (30 / 103) ** 2) / 103)
    below = norm.cdf([-100, 0, 30, 50, 100], centre, error)
    expected = np.diff(below) / (below[-1] - below[0])
    assert list(band_chances(20, 30, 50).values()) == pytest.approx(expected, abs=1e-12)


def test_band_chances_settle_with_many_answers():
    assert band_chances(0, 0, 10**6)["excellent"] == pytest.approx(1)
    assert band_chances(10**6, 0, 0)["negative"] == pytest.approx(1)
    assert np.isnan(list(band_chances(0, 0, 0).values())).all()
    assert band_chances([1, 20], [2, 30], [3, 50])["good"].shape == (2,)


def test_with_interval_adds_three_columns_and_changes_none():
    before = result((1, 2, 3), (15, 25, 60), (0, 0, 0))
    after = with_interval(before)
    pd.testing.assert_frame_equal(after[before.columns], before)
    assert after["method"].tolist() == ["score", "adjusted Wald", ""]
    assert after.loc["g1", ["low", "high"]].tolist() == pytest.approx(adjusted_wald(15, 25, 60))
    assert after.loc["g2", ["low", "high"]].isna().all()


def test_with_interval_takes_a_population_a_row():
    rows = with_interval(result((15, 25, 60), (15, 25, 60)), population=[250, 100])
    assert rows["method"].tolist() == ["adjusted Wald", "census"]


def test_hidden_rows_stay_empty():
    hidden = with_interval(protect(result((1, 1, 1), (4, 4, 4)), 5))
    assert hidden["low"].isna().all()
    assert hidden["method"].tolist() == ["", ""]
    assert len(with_interval(result())) == 0
