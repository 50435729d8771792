"""No linear combination of what is shown involves fewer answers than the floor: tried against every such set of answers."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.hosted.linked import Ledger


def loses_rank(figures, sizes, floor):
    """The smallest number of answers whose removal makes some shown figure unknown to the others, by trying every set of cells.

    Cells of `floor` answers or more can never be removed whole.
    """
    matrix = np.array(figures, dtype=float).reshape(len(figures), len(sizes))
    rank = np.linalg.matrix_rank(matrix)
    small = [i for i, n in enumerate(sizes) if 0 < n < floor]
    nobody = [i for i, n in enumerate(sizes) if n == 0]
    for many in range(1, floor):
        for gone in combinations(small, many):
            if sum(sizes[i] for i in gone) < floor:
                rest = [i for i in range(len(sizes)) if i not in gone and i not in nobody]
                if np.linalg.matrix_rank(matrix[:, rest]) < rank:
                    return gone
    return None


@st.composite
def tables(draw):
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=9))
    cell = st.sets(st.integers(0, len(sizes) - 1), min_size=1)
    return sizes, draw(st.lists(cell, max_size=8))


@given(tables(), st.integers(2, 5))
def test_nothing_can_be_worked_out_about_a_few(drawn, floor):
    sizes, figures = drawn
    ledger = Ledger(np.array(sizes), floor)
    shown = [[int(i in figure) for i in range(len(sizes))] for figure in figures if ledger.admit(np.array(sorted(figure)))]
    assert loses_rank(shown, sizes, floor) is None


def test_the_oracle_sees_what_must_not_be():
    # 10, 6 and 3 answers: all of them less the first two are the three.
    assert loses_rank([[1, 1, 1], [1, 0, 0], [0, 1, 0]], [10, 6, 3], 5) == (2,)


@pytest.mark.parametrize(
    ("sizes", "figures", "expected"),
    [
        ([40, 9, 3], [[0, 1, 2], [0], [1], [2]], [True, True, False, False]),  # the nine would give the three away
        ([40, 9, 5], [[0, 1, 2], [0], [1], [2]], [True, True, True, True]),
        # Two ways to cut the same people: 103 are in the first half, 100 in the first city, which lies in it.
        ([100, 3, 50], [[0, 1, 2], [0, 1], [0]], [True, True, False]),
        # Once shown, what follows from it is no news.
        ([7, 8], [[0, 1], [0], [1], [0, 1]], [True] * 4),
        ([3, 1], [[0, 1]], [False]),
    ],
)
def test_figures_side_by_side(sizes, figures, expected):
    ledger = Ledger(np.array(sizes), 5)
    assert [ledger.admit(np.array(figure)) for figure in figures] == expected
