"""Two-way tables: which further cells have to be hidden so that the totals do not give the hidden ones away.

Take rows and columns as the points of a graph and each hidden cell as a line between its row and its column. What the totals
say of hidden cells is then a matter of rings and cuts: a cell follows from them exactly when it lies on no ring, and the cells
across a cut have a known sum. Used by `privacy.protect` alone; it must not know frames.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
Edge = tuple[int, int]  # a cell of a two-way table as (place of its row, place of its column)


def hide_crossed(n: Counts, hidden: Mask, cells: list[Edge], margins: list[Edge], floor: int) -> None:
    """Hide more of a two-way table until no hidden cell or margin follows from what is shown, nor a sum of them below the floor.

    Each bridge gets a ring, closed through the cells with the fewest answers; then each cell below the floor as many further
    ways round as it takes for every cut across it to hold at least `floor` answers, and for it to be able to hold another number
    although every hidden cell has at least one answer. A cell on no ring of non-zero cells at all
    follows from the totals whatever is hidden. A hidden total is a line like any other, between its row or column and the
    corner where all totals of that side meet. Changes `hidden`.
    """
    real, bordered = len(cells), [*cells, *margins]
    rows = 1 + max((row for row, _ in cells), default=-1)
    sides = [(1, column) if row == rows else (0, row) for row, column in margins]
    sizes = [*map(int, n), *(sum(int(n[i]) for i in range(real) if cells[i][axis] == place) for axis, place in sides)]
    answered = [i for i, size in enumerate(sizes) if size > 0]
    shut = [i >= real or bool(hidden[i]) for i in range(len(bordered))]
    for bridge in _bridges([i for i in answered if shut[i]], bordered):
        links = _neighbours([i for i in answered if i != bridge], bordered)
        for i, _ in _way((0, bordered[bridge][0]), (1, bordered[bridge][1]), links, sizes, shut, lambda i, forward: 1):
            shut[i] = True
    for small in [i for i in answered if shut[i] and sizes[i] < floor]:
        _widen(small, answered, bordered, sizes, shut, floor - sizes[small])
        if small < real:
            _loosen(small, answered, bordered, sizes, shut, real)
    hidden |= np.array(shut[:real], dtype=bool)


def _widen(small: int, answered: list[int], cells: list[Edge], sizes: list[int], shut: list[bool], wanted: int) -> None:
    """Let `wanted` answers flow from the row of a cell to its column by other hidden cells, hiding more where they are too few.

    By Ford and Fulkerson's theorem every cut across the cell then holds that many answers besides its own.
    """
    links = _neighbours([i for i in answered if i != small], cells)
    flow: dict[int, int] = {}  # what runs along each cell, from its row to its column

    def room(i: int, forward: bool) -> int:
        return sizes[i] - flow.get(i, 0) if forward else sizes[i] + flow.get(i, 0)

    while wanted > 0:
        way = _way((0, cells[small][0]), (1, cells[small][1]), links, sizes, shut, room)
        if not way:
            return
        more = min(wanted, *(room(i, forward) for i, forward in way))
        for i, forward in way:
            shut[i] = True
            flow[i] = flow.get(i, 0) + (more if forward else -more)
        wanted -= more


def _loosen(small: int, answered: list[int], cells: list[Edge], sizes: list[int], shut: list[bool], real: int) -> None:
    """Let a cell be able to grow or to shrink, every hidden cell keeping at least one answer; hide more where it is fixed.

    Along a ring cells grow and shrink in turn: those gone through from row to column grow, the others shrink, which takes two
    answers. A total, from `real` on, does the opposite of its cells.
    """
    links = _neighbours([i for i in answered if i != small], cells)

    def room(i: int, forward: bool) -> int:
        return 1 if sizes[i] >= 2 or forward == (i < real) else 0

    row, column = (0, cells[small][0]), (1, cells[small][1])
    grow = _way(column, row, links, sizes, shut, room)
    shrink = _way(row, column, links, sizes, shut, room) if sizes[small] >= 2 else []
    if not any(way and all(shut[i] for i, _ in way) for way in (grow, shrink)):
        for i, _ in grow or shrink:
            shut[i] = True


def _way(
    start: Edge,
    end: Edge,
    links: dict[Edge, list[tuple[Edge, int]]],
    sizes: list[int],
    shut: list[bool],
    room: Callable[[int, bool], int],
) -> list[tuple[int, bool]]:
    """The way with room from one point to another that hides the fewest further answers, as cells with whether each is gone from
    row to column; none where there is none (Dijkstra's shortest path)."""
    queue: list[tuple[int, Edge]] = [(0, start)]
    best, came = {start: 0}, dict[Edge, tuple[Edge, int]]()
    while queue:
        spent, point = heappop(queue)
        if point == end:
            break
        for other, i in links.get(point, []):
            cost = spent + (0 if shut[i] else sizes[i])
            if room(i, point[0] == 0) > 0 and cost < best.get(other, cost + 1):
                best[other] = cost
                came[other] = (point, i)
                heappush(queue, (cost, other))
    way = []
    point = end
    while point in came and point != start:
        before, i = came[point]
        way.append((i, before[0] == 0))
        point = before
    return way if point == start else []


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
