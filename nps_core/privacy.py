"""What must not be shown: figures of a handful of people, and what subtraction would reveal of them.

The idea is that of statistical disclosure control (Hundepool and others, Statistical Disclosure Control, Wiley 2012, ch. 4):
primary suppression hides a cell with too few answers, secondary (complementary) suppression hides further cells so that the
known totals do not give the first ones away. It must not know how hidden figures are worded or drawn.
"""

from collections import deque
from heapq import heappop, heappush

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.tally import EVERYTHING

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
Edge = tuple[int, int]  # a cell of a two-way table as (place of its row, place of its column)


def withheld(n: int, total: int, floor: int) -> bool:
    """Whether the result of a filter must not be shown: n answers left of `total` in the whole file.

    Held back are 1 to floor − 1 answers, and results that leave out 1 to floor − 1 (the whole minus the result would show
    them). A whole file (n = total) is the reader's own and always shown; no answers need no hiding.

    >>> withheld(4, 100, 5), withheld(97, 100, 5), withheld(3, 3, 5), withheld(50, 100, 5)
    (True, True, False, False)
    """
    if not 0 <= n <= total:
        raise ValueError(f"a filter leaves 0 to all {total} answers, not {n}")
    return 0 < n < total and (n < floor or total - n < floor)


def protect(result: pd.DataFrame, floor: int, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """A Result for groups shown side by side, with what must stay hidden blanked and the column ``suppressed`` (bool) added.

    The rule: a group of 1 to floor − 1 answers is hidden. As the total is known, the next smallest groups are hidden too, until
    at least two are hidden and those together hold at least `floor` answers. With two or three index levels the same
    holds along each of them, as the one-way figures are known, and with two levels no hidden cell can be worked out from all
    totals together, unless the totals alone already give it. Groups without answers need no hiding. A result that is
    not split is no group: it is shown unless `withheld` says otherwise. Source: Hundepool and others, Statistical Disclosure
    Control, Wiley 2012, ch. 4 (primary and secondary suppression).

    Parameters
    ----------
    result : DataFrame
        A Result with a column n.
    floor : int
        Fewer answers are not shown; 1 hides nothing.
    whole : DataFrame, optional
        The Result of the same split without any filter. Where given, a filter result that `withheld` forbids is hidden
        altogether, and so is a group from which the filter takes 1 to floor − 1 answers away.

    Returns
    -------
    DataFrame
        The figures of suppressed rows are missing (NaN, NA or ''); whole-number columns become Int64, flags boolean.

    Examples
    --------
    >>> groups = pd.DataFrame({"n": [40, 3, 9]}, index=["EU", "UK", "US"])
    >>> protect(groups, 5)["suppressed"].tolist()
    [False, True, True]
    """
    n = result["n"].to_numpy(dtype=np.int64)
    before = n if whole is None else whole["n"].reindex(result.index).to_numpy(dtype=np.int64)
    total = n.sum() if whole is None else whole["n"].sum()
    if withheld(int(n.sum()), int(total), floor):
        return blank(result, n > 0)
    if list(result.index) == [EVERYTHING]:
        return blank(result, np.zeros(1, dtype=bool))
    taken = before - n
    hidden = ((n > 0) & (n < floor)) | ((n > 0) & (taken > 0) & (taken < floor))
    places = _places(result.index)
    lines = _lines(places)
    settled = -1
    while settled != hidden.sum():
        settled = int(hidden.sum())
        for line in lines:
            _complement(n, hidden, line, floor)
        if len(places) == 2:
            _break_bridges(n, hidden, list(zip(*(place.tolist() for place in places), strict=True)))
    return blank(result, hidden)


def blank(result: pd.DataFrame, hidden: Mask) -> pd.DataFrame:
    """The result with every figure of the hidden rows missing, and the column ``suppressed`` (bool) added."""
    columns: dict[object, object] = {}
    for name, values in result.items():
        if pd.api.types.is_bool_dtype(values.dtype):
            columns[name] = values.astype("boolean").mask(hidden)
        elif pd.api.types.is_integer_dtype(values.dtype):
            columns[name] = values.astype("Int64").mask(hidden)
        elif pd.api.types.is_string_dtype(values.dtype):
            columns[name] = values.mask(hidden, "")
        else:
            columns[name] = values.mask(hidden)
    return pd.DataFrame(columns, index=result.index).assign(suppressed=hidden)


def _places(index: pd.Index) -> list[Counts]:
    """Each row's place on each index level."""
    levels = [index.get_level_values(i) for i in range(index.nlevels)]
    return [pd.factorize(level)[0].astype(np.int64) for level in levels]


def _lines(places: list[Counts]) -> list[Counts]:
    """The rows that add up to a total somebody may know: all that differ only in one level."""
    if len(places) == 1:
        return [np.arange(len(places[0]))]
    found: list[Counts] = []
    for summed in range(len(places)):
        kept = [place for i, place in enumerate(places) if i != summed]
        found += [np.asarray(line) for line in pd.DataFrame(kept).T.groupby(list(range(len(kept)))).indices.values()]
    return found


def _complement(n: Counts, hidden: Mask, line: Counts, floor: int) -> None:
    """Hide the next smallest of one line until at least two with at least `floor` answers are hidden; changes `hidden`."""
    inside = line[hidden[line]]
    if not len(inside):
        return
    count, answers = len(inside), int(n[inside].sum())
    shown = line[~hidden[line] & (n[line] > 0)]
    for i in shown[np.argsort(n[shown], kind="stable")]:
        if count >= 2 and answers >= floor:
            return
        hidden[i] = True
        count, answers = count + 1, answers + int(n[i])


def _break_bridges(n: Counts, hidden: Mask, cells: list[Edge]) -> None:
    """Hide more of a two-way table until no hidden cell follows from the row and column totals; changes `hidden`.

    Take rows and columns as the points of a graph and each hidden cell as a line between its row and its column. A cell
    follows from the totals exactly when it lies on no ring of hidden cells (it is a bridge); a ring is closed through the
    cells with the fewest answers. A cell on no ring of non-zero cells at all follows from the totals whatever is hidden.
    """
    answered = [i for i in range(len(cells)) if n[i] > 0]
    for bridge in _bridges([i for i in answered if hidden[i]], cells):
        for i in _cheapest_ring(bridge, answered, cells, [0 if hidden[i] else int(n[i]) for i in range(len(cells))]):
            hidden[i] = True


def _neighbours(chosen: list[int], cells: list[Edge]) -> dict[Edge, list[tuple[Edge, int]]]:
    """For each row (0, place) and column (1, place), the points one chosen cell away, with that cell."""
    links: dict[Edge, list[tuple[Edge, int]]] = {}
    for i in chosen:
        row, column = (0, cells[i][0]), (1, cells[i][1])
        links.setdefault(row, []).append((column, i))
        links.setdefault(column, []).append((row, i))
    return links


def _bridges(chosen: list[int], cells: list[Edge]) -> list[int]:
    """The chosen cells that lie on no ring of chosen cells.

    Every ring has a cell outside a spanning tree; a cell of the tree is a bridge when no outside cell leaves the branch that
    hangs on it. An outside cell with both ends in a branch does not leave it, hence the symmetric difference.
    """
    parent = _spanning_tree(chosen, cells)
    tree = {step[1] for step in parent.values() if step}
    leaving: dict[Edge, set[int]] = {point: set() for point in parent}
    for i in set(chosen) - tree:
        leaving[(0, cells[i][0])].add(i)
        leaving[(1, cells[i][1])].add(i)
    found = []
    for point, step in reversed(parent.items()):
        if step:
            if not leaving[point]:
                found.append(step[1])
            leaving[step[0]] ^= leaving[point]
    return found


def _spanning_tree(chosen: list[int], cells: list[Edge]) -> dict[Edge, tuple[Edge, int] | None]:
    """Each point's step back (point, cell) towards its root, roots without one; a point stands after its parent."""
    links = _neighbours(chosen, cells)
    parent: dict[Edge, tuple[Edge, int] | None] = {}
    for root in links:
        if root in parent:
            continue
        parent[root] = None
        queue = deque([root])
        while queue:
            point = queue.popleft()
            for other, i in links[point]:
                if other not in parent:
                    parent[other] = (point, i)
                    queue.append(other)
    return parent


def _cheapest_ring(bridge: int, answered: list[int], cells: list[Edge], cost: list[int]) -> list[int]:
    """The cells that close a ring over `bridge` at the least cost; none where there is no ring (Dijkstra's shortest path)."""
    links = _neighbours([i for i in answered if i != bridge], cells)
    start, goal = (0, cells[bridge][0]), (1, cells[bridge][1])
    queue: list[tuple[int, Edge]] = [(0, start)]
    best, came = {start: 0}, dict[Edge, tuple[Edge, int]]()
    while queue:
        spent, point = heappop(queue)
        if point == goal:
            break
        for other, i in links.get(point, []):
            if spent + cost[i] < best.get(other, spent + cost[i] + 1):
                best[other] = spent + cost[i]
                came[other] = (point, i)
                heappush(queue, (best[other], other))
    ring = []
    point = goal
    while point in came and point != start:
        point, i = came[point]
        ring.append(i)
    return ring
