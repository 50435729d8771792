"""Two-way tables: which further cells have to be hidden so that the totals do not give the hidden ones away.

Take rows and columns as the points of a graph and each hidden cell as a line between its row and its column. What the totals
say of hidden cells is then a matter of rings and cuts: a cell follows from them exactly when it lies on no ring, and the cells
across a cut have a known sum. Used by `privacy.protect` alone; it must not know frames.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
Edge = tuple[int, int]  # a cell as (place of its row, place of its column); a point as (0, a row's place) or (1, a column's)
Links = dict[Edge, list[tuple[Edge, int]]]  # for each point the points one cell away, with that cell
Way = list[tuple[int, bool]]  # cells, each with whether it is gone from its row to its column
Room = Callable[[int, bool], int]  # how much can still run along a cell in that direction


def hide_crossed(n: Counts, hidden: Mask, cells: list[Edge], margins: list[Edge], floor: int) -> None:
    """Hide more of a two-way table until no hidden cell or margin follows from what is shown, nor a sum of them below the floor.

    Each bridge gets a ring, closed through the cells with the fewest answers; then each cell below the floor as many further
    ways round as it takes for every cut across it to hold at least `floor` answers, and for it to be able to hold another number
    although every hidden cell has at least one answer. A cell on no ring of non-zero cells at all follows from the totals
    whatever is hidden. A hidden total is a line like any other, between its row or column and the corner where all totals of
    that side meet. Changes `hidden`.
    """
    real, bordered = len(cells), [*cells, *margins]
    rows = 1 + max((row for row, _ in cells), default=-1)
    sides = [(1, column) if row == rows else (0, row) for row, column in margins]
    sizes = [*map(int, n), *(sum(int(n[i]) for i in range(real) if cells[i][axis] == place) for axis, place in sides)]
    answered = [i for i, size in enumerate(sizes) if size > 0]
    shut = [i >= real or bool(hidden[i]) for i in range(len(bordered))]
    table = Table(bordered, sizes, shut, _neighbours(answered, bordered), real)
    for bridge in _bridges([i for i in answered if shut[i]], bordered):
        table.close(bridge)
    for small in [i for i in answered if shut[i] and sizes[i] < floor]:
        table.widen(small, floor - sizes[small])
        if small < real:
            table.loosen(small)
    hidden |= np.array(shut[:real], dtype=bool)


@dataclass
class Table:
    """A two-way table on its way to be hidden: cells with their sizes, what is shut, and the points with the cells between them.

    `cells` from `real` on are hidden totals.
    """

    cells: list[Edge]
    sizes: list[int]
    shut: list[bool]
    links: Links
    real: int

    def ends(self, i: int) -> tuple[Edge, Edge]:
        """The row and the column of a cell, as points."""
        return (0, self.cells[i][0]), (1, self.cells[i][1])

    def hide(self, way: Way) -> None:
        """Hide what lies on a way."""
        for i, _ in way:
            self.shut[i] = True

    def close(self, bridge: int) -> None:
        """Hide what closes a ring over a cell."""
        self.hide(self.way(*self.ends(bridge), lambda i, forward: int(i != bridge)))

    def widen(self, small: int, wanted: int) -> None:
        """Let `wanted` answers flow from the row of a cell to its column by other hidden cells; hide more where they are too few.

        By Ford and Fulkerson's theorem every cut across the cell then holds that many answers besides its own.
        """
        flow: dict[int, int] = {}  # what runs along each cell, from its row to its column

        def room(i: int, forward: bool) -> int:
            if i == small:
                return 0
            return self.sizes[i] - flow.get(i, 0) if forward else self.sizes[i] + flow.get(i, 0)

        while wanted > 0:
            way = self.way(*self.ends(small), room)
            if not way:
                return
            self.hide(way)
            more = min(wanted, *(room(i, forward) for i, forward in way))
            for i, forward in way:
                flow[i] = flow.get(i, 0) + (more if forward else -more)
            wanted -= more

    def loosen(self, small: int) -> None:
        """Let a cell be able to grow or to shrink, every hidden cell keeping at least one answer; hide more where it is fixed.

        Along a ring cells grow and shrink in turn: those gone through from row to column grow, the others shrink, which takes two
        answers. A total does the opposite of its cells.
        """

        def room(i: int, forward: bool) -> int:
            return int(i != small and (self.sizes[i] >= 2 or forward == (i < self.real)))

        row, column = self.ends(small)
        grow = self.way(column, row, room)
        if grow and all(self.shut[i] for i, _ in grow):
            return
        shrink = self.way(row, column, room) if self.sizes[small] >= 2 else []
        if not (shrink and all(self.shut[i] for i, _ in shrink)):
            self.hide(grow or shrink)

    def way(self, start: Edge, end: Edge, room: Room) -> Way:
        """The way with room from one point to another that hides the fewest further answers, as cells with whether each is gone
        from row to column; none where there is none. What is hidden already is tried first, as it costs nothing."""
        queue: list[tuple[int, Edge]] = [(0, start)]
        best, came = {start: 0}, dict[Edge, tuple[Edge, int]]()
        free = deque([start])
        while free and end not in came:
            point = free.popleft()
            for other, i in self.links.get(point, []):
                if self.shut[i] and other not in best and room(i, point[0] == 0) > 0:
                    best[other], came[other] = 0, (point, i)
                    free.append(other)
        if end not in came:
            queue += [(0, point) for point in came]
            self._search(queue, best, came, end, room)
        found: Way = []
        point = end
        while point in came and point != start:
            before, i = came[point]
            found.append((i, before[0] == 0))
            point = before
        return found if point == start else []

    def _search(
        self, queue: list[tuple[int, Edge]], best: dict[Edge, int], came: dict[Edge, tuple[Edge, int]], end: Edge, room: Room
    ) -> None:
        """Dijkstra's search for the cheapest way, from all points that can be reached for nothing; changes `best` and `came`."""
        heapify(queue)
        while queue:
            spent, point = heappop(queue)
            if point == end:
                return
            for other, i in self.links.get(point, []):
                cost = spent + (0 if self.shut[i] else self.sizes[i])
                if cost < best.get(other, cost + 1) and room(i, point[0] == 0) > 0:
                    best[other], came[other] = cost, (point, i)
                    heappush(queue, (cost, other))


def _neighbours(chosen: list[int], cells: list[Edge]) -> Links:
    """For each row (0, place) and column (1, place), the points one chosen cell away, with that cell."""
    links: Links = {}
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
