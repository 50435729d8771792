import pandas as pd
import pytest

from nps_core.inference import with_interval
from nps_core.measures import measures
from nps_core.privacy import protect, withheld
from nps_core.scale import GROUPS
from nps_core.tally import EVERYTHING


def result(**sizes):
    return pd.DataFrame({"n": list(sizes.values())}, index=list(sizes))


def table(rows, columns=None):
    """A two-way Result from rows of sizes; None is a combination that does not occur."""
    cells = {(f"r{i}", f"c{j}"): n for i, row in enumerate(rows) for j, n in enumerate(row) if n is not None}
    return pd.DataFrame({"n": list(cells.values())}, index=pd.MultiIndex.from_tuples(list(cells), names=["Region", "Plan"]))


def hidden(frame):
    return list(frame.index[frame["suppressed"]])


@pytest.mark.parametrize(
    ("n", "total", "floor", "expected"),
    [
        (0, 100, 5, False),  # nothing left: nothing to give away
        (1, 100, 5, True),
        (4, 100, 5, True),
        (5, 100, 5, False),
        (95, 100, 5, False),
        (96, 100, 5, True),  # the whole minus this shows four people
        (99, 100, 5, True),
        (100, 100, 5, False),
        (3, 3, 5, False),  # a whole file is the reader's own
        (2, 3, 5, True),
        (1, 2, 1, False),  # a floor of 1 hides nothing
        (15, 100, 20, True),
    ],
)
def test_withheld(n, total, floor, expected):
    assert withheld(n, total, floor) is expected


def test_a_filter_leaves_no_more_than_there_is():
    with pytest.raises(ValueError, match="0 to all 3"):
        withheld(4, 3, 5)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 40, "b": 9, "c": 5}, []),
        ({"a": 40, "b": 9, "c": 4}, ["b", "c"]),  # c alone would be the total minus the others
        ({"a": 2, "b": 2, "c": 30}, ["a", "b", "c"]),  # 2 + 2 is fewer than 5
        ({"a": 3, "b": 2, "c": 30}, ["a", "b"]),  # two groups with 5 together
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 50, "f": 60}, ["a", "b", "c", "d", "e"]),
        ({"a": 4, "b": 0, "c": 30, "d": 40}, ["a", "c"]),  # an empty group hides nothing, and needs no hiding
        ({"a": 4}, ["a"]),
        ({"a": 4, "b": 0}, ["a"]),
        ({"a": 7, "b": 7, "c": 1}, ["a", "c"]),  # of equals the first
    ],
)
def test_groups_side_by_side(sizes, expected):
    assert hidden(protect(result(**sizes), 5)) == expected


def test_a_floor_of_one_hides_nothing():
    assert hidden(protect(result(a=1, b=1), 1)) == []


def test_a_result_that_is_not_split_is_the_readers_own():
    alone = pd.DataFrame({"n": [3]}, index=[EVERYTHING])
    assert hidden(protect(alone, 5)) == []
    # … unless it is what a filter left of more.
    assert hidden(protect(alone, 5, whole=pd.DataFrame({"n": [50]}, index=[EVERYTHING]))) == [EVERYTHING]
    assert hidden(protect(alone, 5, whole=alone)) == []


def test_a_filter_that_takes_a_few_out_of_one_group():
    # EU shrinks by 2: its figures with and without the filter would show those two.
    whole, left = result(EU=40, UK=30, US=50), result(EU=38, UK=20, US=25)
    assert hidden(protect(left, 5)) == []
    assert hidden(protect(left, 5, whole)) == ["EU", "UK"]
    assert hidden(protect(whole, 5, whole)) == []


def test_a_filter_that_leaves_a_few_out_hides_everything():
    assert hidden(protect(result(EU=40, US=48), 5, whole=result(EU=40, US=50))) == ["EU", "US"]


def test_every_figure_of_a_hidden_row_is_missing_and_the_others_stay():
    tally = pd.DataFrame([[1, 1, 1], [4, 4, 4], [5, 6, 7]], index=["a", "b", "c"], columns=list(GROUPS), dtype="int64")
    before = with_interval(measures(tally))
    after = protect(before, 5)
    assert hidden(after) == ["a", "b"]
    figures = after.loc[["a", "b"]].drop(columns="suppressed")
    assert (figures.isna() | (figures == "")).all(axis=None)
    assert after.loc["c", before.columns].tolist() == before.loc["c"].tolist()
    assert str(after["n"].dtype) == "Int64"
    assert after["band"].tolist()[:2] == ["", ""]
    # The frame handed in is left alone.
    assert before["n"].tolist() == [3, 12, 18]


def test_flags_are_figures_too():
    assert protect(result(a=2, b=9).assign(beyond_noise=True), 5)["beyond_noise"].isna().all()


def test_nothing_to_hide_in_an_empty_result():
    assert len(protect(result(), 5)) == 0


def test_two_ways_a_hidden_cell_takes_three_more_with_it():
    # One cell of 2: a second in its row, a second in its column, and the fourth corner, or the totals give it away.
    protected = protect(table([[2, 20, 30], [10, 40, 50], [60, 70, 80]]), 5)
    assert hidden(protected) == [("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")]


def test_two_rings_joined_by_one_cell_do_not_hide_that_cell():
    # Two blocks of four hidden cells and a single hidden cell between them: every line holds at least two hidden cells, yet the
    # totals of the first block alone give the cell between. So one more ring has to close over it.
    small, large = 3, 50
    sizes = [[large] * 4 for _ in range(4)]
    for i, j in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (0, 2)]:
        sizes[i][j] = small
    sizes[3][1] = 40  # the cheapest way round
    protected = protect(table(sizes), 5)
    assert ("r3", "c1") in hidden(protected)
    assert len(hidden(protected)) == 10


def test_the_only_cell_of_a_row_stays_hidden_like_the_row():
    # r0 has one cell: its total is the cell, and as hidden as the cell where it stands alone; beside it r1 (50) and c1 (60) are
    # hidden, the next smallest. What would give those two away with the crossing beside them is hidden as well.
    protected = protect(table([[3, None, None], [None, 20, 30], [None, 40, 50]]), 5)
    assert ("r0", "c0") in hidden(protected)
    assert ("r1", "c1") in hidden(protected)


def test_three_levels_hide_along_each():
    index = pd.MultiIndex.from_product([["a", "b"], ["x", "y"], ["2024", "2025"]])
    protected = protect(pd.DataFrame({"n": [2, 20, 20, 20, 20, 20, 20, 20]}, index=index), 5)
    for level in range(3):
        others = [i for i in range(3) if i != level]
        assert (protected.groupby(level=others)["suppressed"].sum() != 1).all()
