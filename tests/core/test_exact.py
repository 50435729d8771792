from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from nps_core.exact import EXACT, draw_test, share_test

FEW = st.integers(0, 4)


@given(group=st.tuples(FEW, FEW, FEW), rest=st.tuples(FEW, FEW, FEW))
def test_the_chance_is_what_drawing_every_way_gives(group, rest):
    # Oracle: every choice of n of the N answers, written out.
    whole = tuple(a + b for a, b in zip(group, rest, strict=True))
    n, total = sum(group), sum(whole)
    p = draw_test(group, whole)[0]
    if not 0 < n < total:
        assert np.isnan(p)
        return
    if total > 11:
        return
    answers = [-1] * whole[0] + [0] * whole[1] + [1] * whole[2]
    expected = n * (whole[2] - whole[0]) / total
    off = abs(group[2] - group[0] - expected)
    draws = [abs(sum(draw) - expected) >= off - 1e-9 for draw in combinations(answers, n)]
    assert p == pytest.approx(np.mean(draws))


@pytest.mark.parametrize(("k", "n", "of", "total"), [(12, 40, 80, 400), (0, 9, 30, 100), (9, 9, 30, 100), (150, 300, 250, 600)])
def test_a_share_against_the_hypergeometric_distribution_of_scipy(k, n, of, total):
    p = share_test(k, n, of, total)[0]
    drawn = np.arange(n + 1)
    far = np.abs(drawn - n * of / total) >= abs(k - n * of / total) - 1e-9
    # Beyond 200 answers a side a normal curve, which leaves out how coarse whole numbers are: half an answer of some 6 here.
    exact = hypergeom(total, of, n).pmf(drawn)[far].sum()
    assert p == pytest.approx(exact, rel=1e-9 if min(n, total - n) <= EXACT else 0.5, abs=1e-12)


def test_where_counting_ends_the_curve_goes_on():
    # The same shares just below and just above the limit: 20 points more than the rest.
    below = draw_test((40, 60, 100), (140, 160, 300))[0]
    above = draw_test((41, 60, 101), (140, 160, 300))[0]
    assert below == pytest.approx(above, rel=0.25)


def test_a_group_and_its_rest_are_equally_far_off():
    assert draw_test((5, 10, 30), (25, 50, 70))[0] == pytest.approx(draw_test((20, 40, 40), (25, 50, 70))[0])


def test_where_all_answer_alike_nobody_differs():
    assert draw_test((0, 0, 300), (0, 0, 900))[0] == 1
    assert draw_test((0, 0, 3), (0, 0, 9))[0] == 1
