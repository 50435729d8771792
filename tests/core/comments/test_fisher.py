"""Fisher's exact test against scipy's, word by word, from a handful of comments to hundreds of thousands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from nps_core.comments.fisher import exact_p

SIZES = st.one_of(st.integers(1, 12), st.integers(1, 300), st.integers(1, 400_000))


@given(n=SIZES, n_other=SIZES, share=st.floats(0, 1), other=st.floats(0, 1))
def test_it_is_scipys(n, n_other, share, other):
    same(round(n * share), n, round(n_other * other), n_other)


@given(n=SIZES, n_other=SIZES, share=st.floats(0, 1), off=st.floats(-4, 4))
def test_it_is_scipys_where_the_two_differ_by_chance(n, n_other, share, off):
    y = np.clip(round(n * share + off * np.sqrt(n * share * (1 - share))), 0, n)
    same(int(y), n, round(n_other * share), n_other)


@pytest.mark.parametrize("case", [(0, 10, 0, 10), (10, 10, 10, 10), (0, 5, 5, 5), (3, 3, 0, 50_000), (900, 2000, 30_000, 90_000)])
def test_the_ends(case):
    same(*case)


def test_many_words_at_once_are_as_one_by_one():
    y, other = np.array([0, 3, 40, 100, 7]), np.array([9, 0, 55, 200, 11])
    one_by_one = [exact_p([a], 100, [b], 200)[0] for a, b in zip(y, other, strict=True)]
    assert exact_p(y, 100, other, 200).tolist() == pytest.approx(one_by_one, rel=1e-12)
    assert not len(exact_p([], 100, [], 200))


def same(y, n, other, n_other):
    # oracle: scipy, which takes two divisions for equally likely within 1e-14; ours within 1e-7, so that float error decides less
    expected = fisher_exact([[y, n - y], [other, n_other - other]])[1]
    assert exact_p([y], n, [other], n_other)[0] == pytest.approx(expected, rel=1e-6, abs=1e-300)
