from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.moved import OTHERS, exact_parts, moved, pooled, steps
from nps_core.scale import GROUPS

COUNT = st.integers(0, 400)
MIXES = st.lists(st.tuples(st.tuples(COUNT, COUNT, COUNT), st.tuples(COUNT, COUNT, COUNT)), min_size=1, max_size=8)


def frame(rows, names=None):
    return pd.DataFrame(rows, columns=list(GROUPS), index=names or [f"g{i}" for i in range(len(rows))], dtype="int64")


def score(counts):
    return Fraction(100 * (counts[2] - counts[0]), sum(counts))


@given(sides=MIXES)
def test_the_parts_add_up_to_the_change_exactly(sides):
    first, second = (list(side) for side in zip(*sides, strict=True))
    totals = [[sum(column) for column in zip(*side, strict=True)] for side in (first, second)]
    if not all(map(sum, totals)):
        with pytest.raises((ValueError, ZeroDivisionError)):
            moved(frame(first), frame(second))
        return
    parts = exact_parts(first, second)
    assert sum(within + mix for within, mix in parts) == score(totals[1]) - score(totals[0])  # fractions: not a hair off
    found = moved(frame(first), frame(second))
    assert found[["within", "mix"]].to_numpy().sum() == pytest.approx(float(score(totals[1]) - score(totals[0])), abs=1e-9)
    assert steps(found, 3)["points"].sum() == pytest.approx(found[["within", "mix"]].to_numpy().sum(), abs=1e-9)


@given(sides=MIXES, floor=st.integers(1, 20), most=st.none() | st.integers(2, 5))
def test_taken_together_groups_still_add_up_and_none_shown_is_small(sides, floor, most):
    first, second = (frame(list(side)) for side in zip(*sides, strict=True))
    one, two = pooled(first, second, floor, most=most)
    assert one.sum().tolist() == first.sum().tolist()
    assert two.sum().tolist() == second.sum().tolist()
    shown = one.index.drop(OTHERS, errors="ignore")
    for side in (one, two):
        n = side.loc[shown].sum(axis=1)
        assert not ((n > 0) & (n < floor)).any()
    together = set(first.index) - set(shown)
    if together and len(shown):
        assert len(together) >= 2
        assert all(side.loc[OTHERS].sum() == 0 or side.loc[OTHERS].sum() >= floor for side in (one, two))
    assert most is None or len(one) <= max(most, 1) or len(first) <= most


def test_only_answers_changed_is_all_within_and_only_sizes_changed_is_all_mix():
    # Both groups keep their size; A goes from 0 to +50: half of the answers, so +25 in all.
    found = moved(frame([(5, 0, 5), (0, 10, 0)]), frame([(0, 5, 5), (0, 10, 0)]))
    assert found["within"].tolist() == [25.0, 0.0]
    assert found["mix"].tolist() == [0.0, 0.0]
    # Both groups keep their score (0 and +100); the second goes from a half to three quarters: +25 in all.
    found = moved(frame([(5, 0, 5), (0, 0, 10)]), frame([(5, 0, 5), (0, 0, 30)]))
    assert found["within"].tolist() == [0.0, 0.0]
    assert found["mix"].sum() == pytest.approx(25)


def test_a_group_that_answered_once_is_mix_alone():
    found = moved(frame([(0, 10, 0)], ["old"]), frame([(0, 10, 0), (0, 0, 10)], ["old", "new"]))
    assert found.loc["new", "within"] == 0
    assert found["mix"].sum() == pytest.approx(50)
    assert np.isnan(found.loc["new", "nps_first"])


def test_the_oracle_of_a_two_group_example():
    # By hand, Kitagawa 1955: shares .4/.6 → .5/.5, scores 10/50 → 30/40. S 34 → 35.
    # within: .45·20 + .55·(−10) = 3.5; mix: .1·((10+30)/2 − 34.5) + (−.1)·((50+40)/2 − 34.5) = −1.45 − 1.05 = −2.5.
    first = frame([(18, 0, 22), (15, 0, 45)])
    second = frame([(35, 0, 65), (30, 0, 70)])
    found = moved(first, second)
    assert found["within"].tolist() == pytest.approx([9, -5.5])
    assert found["mix"].tolist() == pytest.approx([-1.45, -1.05])


def test_hidden_groups_go_together_with_the_next_smallest():
    one, _ = pooled(frame([(2, 2, 2), (3, 3, 3), (9, 9, 9)]), frame([(5, 5, 5), (9, 9, 9), (9, 9, 9)]), 5, hidden=["g0"])
    assert one.index.tolist() == ["g2", OTHERS]
    assert one.loc[OTHERS].sum() == 15
