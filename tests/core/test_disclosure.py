"""Tries to work out what is hidden: linear programming with every shown number and every total of a page."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from nps_core.privacy import protect
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.trend import trend

SIZE = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 60])


def reach(unknown, shown, least):
    """How low and how high linear programming can push each unknown: `shown` are (the unknowns added up, their sum)."""
    matrix = np.array([[float(i in part) for i in range(unknown)] for part, _ in shown]).reshape(len(shown), unknown)
    sums = np.array([total for _, total in shown], dtype=float)
    found = []
    for i in range(unknown):
        aim = np.zeros(unknown)
        aim[i] = 1
        ends = [linprog(way * aim, A_eq=matrix, b_eq=sums, bounds=(least, None)).fun * way for way in (1, -1)]
        found.append(tuple(ends))
    return found


def crossed(sizes):
    """The cells with answers of a two-way table."""
    n = {(f"r{i}", f"c{j}"): size for i, row in enumerate(sizes) for j, size in enumerate(row) if size}
    return pd.DataFrame({"n": np.array(list(n.values()), dtype=np.int64)}, index=pd.MultiIndex.from_tuples(n, names=["A", "B"]))


def seen(frame, floor):
    """Everything the page of a crossing shows, as (cells added up, sum): the cells; both one-way splits and the total."""
    two_way = protect(frame, floor)
    cells = [({i}, row["n"]) for i, row in enumerate(two_way.to_dict("records")) if not row["suppressed"]]
    totals = [(set(range(len(frame))), frame["n"].sum())]
    for level in range(2):
        labels = frame.index.get_level_values(level)
        one_way = protect(frame.groupby(level=level).sum(), floor)
        for name, row in one_way.iterrows():
            if not row["suppressed"]:
                totals.append(({i for i, label in enumerate(labels) if label == name}, row["n"]))
    return two_way, cells, totals


TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(st.lists(SIZE, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


@settings(max_examples=60)
@given(sizes=TABLES, floor=st.sampled_from([3, 5]))
def test_linear_programming_pins_no_group_below_the_floor(sizes, floor):
    frame = crossed(sizes)
    if frame["n"].sum() < floor:
        return  # a whole file so small is the reader's own
    two_way, cells, totals = seen(frame, floor)
    n, hidden = frame["n"].to_numpy(), two_way["suppressed"].to_numpy()
    assert hidden[n < floor].all()
    if not hidden.any() or hidden.all():  # where nothing but the total is shown, nothing is left to hide
        return
    # That a hidden group is there at all is known, so it has at least one answer. What the one-way figures give away although
    # every cell of the crossing is hidden (three groups with three answers in all) no hiding of cells can help.
    anyway = reach(len(frame), totals, 1)
    for i, (low, high) in enumerate(reach(len(frame), [*cells, *totals], 1)):
        if hidden[i] and n[i] < floor and anyway[i][1] - anyway[i][0] > 0.5:
            assert high - low > 0.5, (sizes, frame.index[i], low, high)


@settings(max_examples=60)
@given(
    n=st.lists(SIZE, min_size=1, max_size=9),
    undated=st.sampled_from([0, 0, 3, 30]),
    length=st.sampled_from([1, 2, 3]),
    floor=st.sampled_from([3, 5]),
)
def test_linear_programming_pins_no_period_below_the_floor(n, undated, length, floor):
    sizes = {f"2024-{month:02d}": size for month, size in enumerate(n, 1) if size} | ({"(no date)": undated} if undated else {})
    counts = pd.DataFrame([[0, 0, size] for size in sizes.values()], index=list(sizes), columns=list(GROUPS), dtype="int64")
    if not floor <= sum(sizes.values()) or not len(counts):
        return
    # Both ways of counting are a click apart, so all of their figures are known together, and the total.
    shown = [(set(range(len(counts))), sum(sizes.values()))]
    for window in {1, length}:
        rows = trend(counts, Question(floor=floor), "month", window).to_dict("records")
        shown += [({list(sizes).index(name) for name in row["members"]}, row["n"]) for row in rows if not row["suppressed"]]
    if len(sizes) == 1 or min(sizes.values()) >= floor:
        return
    for i, (low, high) in enumerate(reach(len(counts), shown, 0)):
        assert counts.iloc[i].sum() >= floor or high - low > 0.5, (sizes, low, high)
