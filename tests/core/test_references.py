"""Every figure of the statistics sheet, with its origin above it."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.special import gammaln

from nps_core.change import change
from nps_core.family import family_variance, margin, mix, passive_range
from nps_core.inference import (
    adjusted_wald,
    difference,
    finite_population_factor,
    nps_interval,
    sample_size,
    score_interval,
    standard_error,
    variance,
    wald,
    wilson,
    z_value,
)
from nps_core.measures import measures
from nps_core.scale import GROUPS, band_of

# Figures are given to four decimals, variances and p-values to six: half a unit in the last place.
FOUR, SIX = 5.01e-5, 5.01e-7


def tally(*counts):
    return pd.DataFrame([counts], columns=list(GROUPS), dtype="int64")


# (counts, NPS, V, SE, Wald, adjusted Wald before clipping, score) at 95 %.
# Origins: 54/108/162 is a worked example on Cross Validated, question 18609 (SD .75, SE 4.1); 1/2/3 agrees with the tests of the
# R package NPS (⅓, 5/9); the others were computed twice, independently, from Rocks 2016 and Tango 1998.
ONE_SAMPLE = [
    ((1, 2, 3), 33.3333, 0.555556, 30.4290, (-26.3065, 92.9731), (-26.7433, 71.1877), (-31.1074, 75.3957)),
    ((8, 13, 15), 19.4444, 0.601080, 12.9216, (-5.8813, 44.7702), (-6.2803, 42.1777), (-6.7697, 42.8670)),
    ((12, 7, 12), 0, 0.774194, 15.8032, (-30.9736, 30.9736), (-29.1098, 29.1098), (-29.6823, 29.6823)),
    ((54, 108, 162), 33.3333, 0.555556, 4.1409, (25.2174, 41.4493), (24.9453, 41.1098), (24.9540, 41.1611)),
    ((15, 25, 60), 45, 0.547500, 7.3993, (30.4976, 59.5024), (29.3431, 58.0355), (29.2569, 58.1257)),
    ((35, 0, 65), 30, 0.91, 9.5394, (11.3031, 48.6969), (10.7990, 47.4534), (10.5089, 47.2715)),
    ((20, 30, 50), 30, 0.61, 7.8102, (14.6922, 45.3078), (14.0511, 44.2013), (13.9551, 44.3393)),
    ((5, 60, 35), 30, 0.31, 5.5678, (19.0874, 40.9126), (18.2345, 40.0179), (18.8675, 40.8859)),
    ((0, 10, 0), 0, 0, 0, (0, 0), (-18.4650, 18.4650), (-27.7533, 27.7533)),
    ((0, 0, 10), 100, 0, 0, (100, 100), (47.5036, 106.3426), (44.4934, 100)),
    ((0, 0, 1), 100, 0, 0, (100, 100), (-48.4986, 98.4986), (-58.6901, 100)),
]


def test_z_at_95_per_cent():
    # Standard normal quantile of .975.
    assert z_value(0.95) == pytest.approx(1.959964, abs=SIX)


@pytest.mark.parametrize(("counts", "nps", "v", "se", "plain", "adjusted", "score"), ONE_SAMPLE)
def test_one_sample(counts, nps, v, se, plain, adjusted, score):
    assert measures(tally(*counts))["nps"].iloc[0] == pytest.approx(nps, abs=FOUR)
    assert variance(*counts) == pytest.approx(v, abs=SIX)
    assert standard_error(*counts) == pytest.approx(se, abs=FOUR)
    assert wald(*counts) == pytest.approx(plain, abs=FOUR)
    assert adjusted_wald(*counts, clip=False) == pytest.approx(adjusted, abs=FOUR)
    assert score_interval(*counts) == pytest.approx(score, abs=FOUR)


def test_the_adjusted_interval_of_a_single_promoter_misses_its_score():
    # 98.4986 < 100: why the score interval serves there.
    assert adjusted_wald(0, 0, 1)[1] < 100
    assert nps_interval(0, 0, 1) == (score_interval(0, 0, 1)[0], 100, "score")


# Computed twice, independently: adjusted Wald of 8/13/15.
@pytest.mark.parametrize(("level", "low", "high"), [(0.90, -2.3849, 38.2823), (0.99, -13.8936, 49.7910)])
def test_other_levels(level, low, high):
    assert adjusted_wald(8, 13, 15, level) == pytest.approx((low, high), abs=FOUR)


def test_two_samples_within_noise():
    # Computed twice, independently: 12/7/12 → 8/13/15.
    apart = difference((12, 7, 12), (8, 13, 15))
    assert (apart.adjusted, apart.se, apart.low, apart.high) == pytest.approx((17.9487, 19.3237, -19.9251, 55.8225), abs=FOUR)
    assert (apart.z, apart.p) == pytest.approx((0.928844, 0.352970), abs=SIX)


def test_two_samples_beyond_noise():
    # Computed twice, independently: 30/40/30 → 20/30/50.
    apart = difference((30, 40, 30), (20, 30, 50))
    assert (apart.adjusted, apart.se, apart.low, apart.high) == pytest.approx((29.1262, 10.8226, 7.9143, 50.3381), abs=FOUR)
    assert (apart.z, apart.p) == pytest.approx((2.691236, 0.007119), abs=SIX)
    assert change(tally(30, 40, 30), tally(20, 30, 50)).beyond_noise


def test_two_large_samples_within_noise():
    # Computed twice, independently: 200/300/500 → 220/300/480.
    apart = difference((200, 300, 500), (220, 300, 480))
    assert apart.adjusted == pytest.approx(-3.9880, abs=FOUR)
    assert (apart.z, apart.p) == pytest.approx((-1.133244, 0.257112), abs=SIX)
    assert not change(tally(200, 300, 500), tally(220, 300, 480)).beyond_noise


# n = z²V/m² − 3 by hand: 3.841459·V/m² − 3, rounded up.
@pytest.mark.parametrize(("points", "v", "n"), [(10, 1, 382), (10, 2 / 3, 254), (10, 0.61, 232), (5, 1, 1534)])
def test_sample_size(points, v, n):
    assert sample_size(points, v) == n


def test_sample_size_from_a_finite_population():
    # Cochran: 382/(1 + 381/1000) = 276.6.
    assert sample_size(10, population=1000) == 277


def test_interval_from_a_finite_population():
    # √(150/249), and the adjusted Wald margin times it around the adjusted centre.
    assert finite_population_factor(100, 250) == pytest.approx(0.776151, abs=SIX)
    low, high, method = nps_interval(15, 25, 60, population=250)
    assert (low, high) == pytest.approx((32.5545, 54.8241), abs=FOUR)
    assert method == "adjusted Wald"


# Wilson 1927, in per cent to two decimals.
@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(30, 100, 21.89, 39.58), (18, 100, 11.70, 26.67), (5, 36, 6.08, 28.66), (0, 10, 0, 27.75)]
)
def test_wilson(count, n, low, high):
    assert [100 * end for end in wilson(count, n)] == pytest.approx([low, high], abs=0.00501)


def test_impact_of_a_theme():
    # n_t(NPS_t − NPS)/(N − n_t) with 10/5/2 of 20/30/50: the same as NPS minus the NPS without those comments.
    everything, theme = np.array([20, 30, 50]), np.array([10, 5, 2])
    nps, without = (measures(tally(*counts))["nps"].iloc[0] for counts in (everything, everything - theme))
    assert nps - without == pytest.approx(-15.7831, abs=FOUR)


def test_twenty_of_thirty_passives_reach_fifty():
    # Arithmetic: from 30 to 50 takes 20 conversions at 100/n = 1 point each, two thirds of the passives.
    assert measures(tally(20, 30 - 20, 50 + 20))["nps"].iloc[0] == 50
    assert measures(tally(20, 30 - 19, 50 + 19))["nps"].iloc[0] < 50


# 35/0/65, 20/30/50 and 5/60/35 of the table above: one score, three passive shares, falling standard errors.
@pytest.mark.parametrize(
    ("counts", "v", "se"), [((35, 0, 65), 0.91, 9.5394), ((20, 30, 50), 0.61, 7.8102), ((5, 60, 35), 0.31, 5.5678)]
)
def test_the_family_of_thirty(counts, v, se):
    detractor, passive, promoter = (count / 100 for count in counts)
    assert mix(30, passive) == pytest.approx((promoter, passive, detractor))
    assert family_variance(30, passive) == pytest.approx(v)
    assert 100 * np.sqrt(family_variance(30, passive) / 100) == pytest.approx(se, abs=FOUR)
    low, high = adjusted_wald(*counts, clip=False)
    assert margin(30, passive, 100) == pytest.approx((high - low) / 2)


def test_the_family_reaches_from_no_passives_to_seventy_per_cent():
    # s from 0 to 1 − |θ|.
    assert passive_range(30) == pytest.approx((0, 0.7))


# The four bands as published: below 0, 0 to under 30, 30 to under 50, 50 and above.
@pytest.mark.parametrize(
    ("nps", "band"),
    [
        (-100, "negative"),
        (-0.1, "negative"),
        (0, "moderate"),
        (29.9, "moderate"),
        (30, "good"),
        (49.9, "good"),
        (50, "excellent"),
    ],
)
def test_bands(nps, band):
    assert band_of(nps).name == band


# Exact coverage of nominal 95 %, enumerated over all (d, p, r) of n.
COVERAGE = [
    (10, (0.25, 0.35, 0.40), 0.9007, 0.9506, 0.9540),
    (10, (0.05, 0.15, 0.80), 0.8835, 0.9442, 0.9690),
    (10, (0.02, 0.08, 0.90), 0.6494, 0.9298, 0.9592),
    (30, (0.10, 0.40, 0.50), 0.9276, 0.9520, 0.9508),
    (30, (0.02, 0.08, 0.90), 0.8413, 0.9578, 0.9609),
    (100, (0.25, 0.35, 0.40), 0.9461, 0.9490, None),
    (100, (0.02, 0.08, 0.90), 0.9303, 0.9620, None),
]


def coverage(method, n, shares):
    """How often the interval of `method` holds the true score, by the multinomial chance of each possible survey."""
    d, p = np.array([(d, p) for d, p in product(range(n + 1), repeat=2) if d + p <= n]).T
    counts = np.array([d, p, n - d - p])
    chance = np.exp(gammaln(n + 1) - gammaln(counts + 1).sum(axis=0) + np.log(shares) @ counts)
    assert chance.sum() == pytest.approx(1)
    low, high = method(*counts)
    truth = 100 * (shares[2] - shares[0])
    return chance[(low <= truth) & (truth <= high)].sum()


@pytest.mark.parametrize(("n", "shares", "plain", "adjusted", "score"), COVERAGE)
def test_coverage(n, shares, plain, adjusted, score):
    assert coverage(wald, n, shares) == pytest.approx(plain, abs=FOUR)
    assert coverage(adjusted_wald, n, shares) == pytest.approx(adjusted, abs=FOUR)
    if score is not None:
        assert coverage(score_interval, n, shares) == pytest.approx(score, abs=FOUR)
