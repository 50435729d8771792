"""Where the tables of a sheet lie: blocks of filled cells parted by empty rows and columns, their titles, headers and footers.

Only the kinds of cells are looked at (text, number, date) and the texts of a few rows. It must not know what a survey is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.layout import DIGITS, count_header_rows, find_layout
from nps_core.reading.sheet_cells import EMPTY, TEXT, Cells

MOST_HEADER_ROWS = 3
LOOKED_AT = 200  # rows of a block that show of what kind its columns are
SOLID, SURE = 0.8, 0.95  # share of rows in which a column holds a number or a date
ENOUGH = 5  # records from which a gap in a solid column says something
MOST_FOOTERS = 10
MOST_TITLES = 30
MOST_PARTS = 64  # tables looked for in one sheet; what is beyond is kept with the last
DEEPEST = 8
TOTALS = re.compile(
    r"(?:grand )?(?:total|totals|sum|average|mean|count|gesamt|summe|mittelwert|durchschnitt|anzahl|totale|totaux|somme|moyenne"
    r"|media|média|promedio|suma|soma|totaal|som|gemiddelde)(?: [^\W\d_]+)?:?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, `bottom` and `right` not included, counted from 0; what of it is title, header and footer.

    `rows` is how many of its rows hold anything, titles and footers not counted.
    """

    top: int
    bottom: int
    left: int
    right: int
    titles: int = 0
    headers: int = 1
    footers: int = 0
    rows: int = 0

    @property
    def width(self) -> int:
        """Its columns."""
        return self.right - self.left

    @property
    def is_table(self) -> bool:
        """Whether it has a header and a record, and more than a list of remarks has."""
        return self.rows > self.headers and (self.width > 1 or self.rows > ENOUGH)


def find_blocks(cells: Cells) -> list[Block]:
    """Every block of the sheet, from top to bottom and left to right, remarks included."""
    filled = cells.kinds != EMPTY
    found = [_finish(cells, block) for block in _split(cells, filled, 0, filled.shape[0], 0, filled.shape[1], 0)]
    return [block for block in found if block.rows or block.titles]


def best(blocks: list[Block]) -> Block | None:
    """The block that looks most like a table of answers: a table rather than a remark, then the one with the most records."""
    return max(blocks, key=lambda block: (block.is_table, block.headers > 0, block.rows * min(block.width, 2)), default=None)


def filled_rows(cells: Cells, block: Block) -> NDArray[np.int64]:
    """The places of the block's rows that hold anything, titles, header rows and footers included."""
    return np.flatnonzero((cells.kinds[block.top : block.bottom, block.left : block.right] != EMPTY).any(axis=1)) + block.top


def _split(cells: Cells, filled: NDArray[np.bool_], top: int, bottom: int, left: int, right: int, depth: int) -> Iterator[Block]:
    """The rectangle cut at its empty rows, each piece at its empty columns, and again until nothing more comes apart."""
    stacked = _stacked(cells, filled, top, bottom, left, right)
    for first, last in stacked:
        sides = _side_by_side(cells, filled, first, last, left, right)
        for start, end in sides:
            rows = np.flatnonzero(filled[first:last, start:end].any(axis=1)) + first
            piece = Block(int(rows[0]), int(rows[-1]) + 1, start, end)
            if len(sides) > 1 and depth < DEEPEST:
                yield from _split(cells, filled, piece.top, piece.bottom, start, end, depth + 1)
            else:
                yield piece


def _runs(empty: Any) -> list[tuple[int, int]]:
    """Where something stands between the empty ones, as (first, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], empty, [True])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _stacked(cells: Cells, filled: NDArray[np.bool_], top: int, bottom: int, left: int, right: int) -> list[tuple[int, int]]:
    """Bands of rows that are one table each: a band that only goes on with the one above is joined to it."""
    inside = filled[top:bottom, left:right]
    bands = [(top + first, top + end) for first, end in _runs(~inside.any(axis=1))]
    if len(bands) < 2:
        return bands
    lines = _Lines(cells, filled, top, left, right)
    joined = [bands[0]]
    reach = lines.reach(*bands[0])
    for first, end in bands[1:]:
        above = joined[-1]
        start, stop = lines.reach(first, end)
        goes_on = start >= reach[0] and stop <= reach[1] and lines.goes_on(above, (first, end), reach)
        if goes_on or len(joined) >= MOST_PARTS:
            joined[-1] = (above[0], end)
            reach = (min(start, reach[0]), max(stop, reach[1]))
        else:
            joined.append((first, end))
            reach = (start, stop)
    return joined


class _Lines:
    """What each row of a rectangle holds, counted once for all rows."""

    def __init__(self, cells: Cells, filled: NDArray[np.bool_], top: int, left: int, right: int) -> None:
        self.cells, self.left, self.right, self.top = cells, left, right, top
        inside = filled[top:, left:right]
        self.many = inside.sum(axis=1).tolist()
        self.texts = (cells.kinds[top:, left:right] == TEXT).sum(axis=1).tolist()
        self.first = (inside.argmax(axis=1) + left).tolist()
        self.last = (right - inside[:, ::-1].argmax(axis=1)).tolist()

    def reach(self, first: int, end: int) -> tuple[int, int]:
        """The columns that these rows fill."""
        first, end = first - self.top, end - self.top
        return min(self.first[first:end]), max(self.last[first:end])

    def goes_on(self, above: tuple[int, int], band: tuple[int, int], reach: tuple[int, int]) -> bool:
        """Whether a band only goes on with the table above: it has no header of its own and is no remark below it."""
        at = band[0] - self.top
        many, texts, rows = self.many[at], self.texts[at], band[1] - band[0]
        if above[1] - above[0] == 1 and self.many[above[0] - self.top] < many:
            return False  # a title above
        if many < texts or texts < many:
            return True  # a number or a date stands in its first row: records
        if many == 1 and rows <= 3 and reach[1] - reach[0] > 1 and self.first[at] == reach[0]:
            return False  # a remark below
        if many < 2 or rows < 2:
            return True
        header = self.cells.texts([band[0]], *reach)[0]
        if header == self.cells.texts([above[0]], *reach)[0]:
            return False
        body = self.cells.kinds[band[0] + 1 : min(band[1], band[0] + LOOKED_AT), reach[0] : reach[1]]
        return not (body > TEXT).any()  # texts above numbers are a header


def _side_by_side(cells: Cells, filled: NDArray[np.bool_], top: int, bottom: int, left: int, right: int) -> list[tuple[int, int]]:
    """Runs of columns that are one table each: what only a spare column parts is one."""
    runs = [(left + first, left + end) for first, end in _runs(~filled[top:bottom, left:right].any(axis=0))]
    if len(runs) < 2:
        return runs
    joined = [runs[0]]
    for run in runs[1:]:
        if len(joined) >= MOST_PARTS or _belongs(cells, filled, top, bottom, joined[-1], run):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return joined


def _belongs(
    cells: Cells, filled: NDArray[np.bool_], top: int, bottom: int, left: tuple[int, int], right: tuple[int, int]
) -> bool:
    """Whether the right columns are columns of the left table: they begin on the same row and end with it, or have gaps."""
    sides = [np.flatnonzero(filled[top:bottom, slice(*side)].any(axis=1)) + top for side in (left, right)]
    (a, b), (c, d) = ((int(rows[0]), int(rows[-1])) for rows in sides)
    if abs(a - c) > MOST_HEADER_ROWS - 1:
        return False
    names = [
        {text.strip().casefold() for text in cells.texts([rows[0]], *side)[0] if text.strip()}
        for rows, side in zip(sides, (left, right), strict=True)
    ]
    if names[0] & names[1]:
        return False
    gaps = [len(rows) < end - start + 1 for rows, (start, end) in zip(sides, ((a, b), (c, d)), strict=True)]
    return bool(b == d or (gaps[1] and d < b) or (gaps[0] and b < d))


def _finish(cells: Cells, block: Block) -> Block:
    """The block with its titles, header rows and footers told apart."""
    rows = filled_rows(cells, block)
    kinds = cells.kinds[:, block.left : block.right]
    titles = _titles(kinds, rows[:MOST_TITLES], block.width)
    rows = rows[titles:]
    if not len(rows):
        return replace(block, titles=titles, headers=0)
    if not (kinds[rows[:LOOKED_AT]] > TEXT).any():  # numbers kept as text: the texts themselves have to tell
        layout = find_layout(cells.texts(rows[:LOOKED_AT].tolist(), block.left, block.right))
        return replace(block, titles=titles + layout.above, headers=layout.header, rows=len(rows) - layout.above)
    footers = _footers(cells, block, kinds, rows)
    rows = rows[: len(rows) - footers]
    headers = _headers(cells, block, kinds, rows)
    return replace(block, titles=titles, headers=headers, footers=footers, rows=len(rows))


def _titles(kinds: NDArray[np.uint8], rows: NDArray[np.int64], width: int) -> int:
    """How many rows stand above the header: next to nothing in them, and only at the left."""
    if width < 2:
        return 0
    for titles, (row, following) in enumerate(pairwise(rows.tolist())):
        filled = np.flatnonzero(kinds[row])
        many = int((kinds[following] != EMPTY).sum())
        title = len(filled) == 1 and filled[0] == 0 and (many > 1 or titles)
        pair = width > 3 and len(filled) == 2 and filled[-1] == 1 and kinds[following][0] != EMPTY  # "Exported by", "Ann"
        if not (title or pair):
            return titles
    last = np.flatnonzero(kinds[rows[-1]])
    return len(rows) - 1 if len(last) > 1 and (width == 2 or last[-1] > 1) else 0  # nothing but such rows: they are the table


def _solid(kinds: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which columns hold numbers or dates in nearly every row, and in what share of the rows."""
    if not len(kinds):
        return np.zeros(kinds.shape[1], dtype=bool), np.zeros(kinds.shape[1])
    share = (kinds > TEXT).mean(axis=0)
    typed = (kinds > TEXT).sum(axis=0) >= SOLID * np.maximum((kinds != EMPTY).sum(axis=0), 1)
    return (share >= SOLID) & typed, share


def _headers(cells: Cells, block: Block, kinds: NDArray[np.uint8], rows: NDArray[np.int64]) -> int:
    """How many of the first rows are header."""
    head = kinds[rows[: MOST_HEADER_ROWS + 1]]
    only_text = ~(head > TEXT).any(axis=1)
    lead = int(np.argmin(only_text)) if not only_text.all() else len(head)
    if lead == 0:
        first, body = kinds[rows[0]], kinds[rows[1 : LOOKED_AT + 1]]
        same = len(body) > 0 and bool((first[_solid(body)[0]] > TEXT).all()) and bool(_solid(body)[0].any())
        return 0 if same and 2 * int((first == TEXT).sum()) < int((first != EMPTY).sum()) else 1
    body = kinds[rows[min(lead, MOST_HEADER_ROWS) :][:LOOKED_AT]]
    solid, share = _solid(body)
    always = (body != EMPTY).mean(axis=0) >= SURE if len(body) >= ENOUGH else np.zeros(block.width, dtype=bool)
    texts = cells.texts(rows[: MOST_HEADER_ROWS + 2].tolist(), block.left, block.right)
    count = 1
    for place, row in enumerate(rows[1 : min(lead, MOST_HEADER_ROWS)], start=1):
        # "0/10" above dates that a spreadsheet made of "9/10" is an answer, not a name.
        named = [texts[place][column] for column in np.flatnonzero((kinds[row] == TEXT) & solid)]
        says = any(not DIGITS.fullmatch(name) for name in named)
        fills = ((kinds[row] != EMPTY) & (kinds[rows[0]] == EMPTY))[1:].any() and (kinds[row][share >= SURE] == EMPTY).all()
        gap = always[0] and kinds[row][0] == EMPTY and (kinds[row][share >= SURE] == EMPTY).all()
        if not (says or fills or gap):
            break
        count += 1
    return max(count, count_header_rows(texts, np.flatnonzero(solid).tolist() if lead > 1 else ()))


def _footers(cells: Cells, block: Block, kinds: NDArray[np.uint8], rows: NDArray[np.int64]) -> int:
    """How many rows at the end are no records: a remark at the left where numbers or dates stand, or a line of totals."""
    if len(rows) < 3 or block.width < 2:
        return 0
    solid, _ = _solid(kinds[rows[1 : LOOKED_AT + 1]])
    usual = float(np.median((kinds[rows[1 : LOOKED_AT + 1]] != EMPTY).sum(axis=1)))
    footers = 0
    for row in rows[:1:-1][:MOST_FOOTERS].tolist():
        line = kinds[row]
        filled = np.flatnonzero(line)
        remark = len(filled) <= 2 < usual + 1 and line[0] == TEXT and bool(solid[0])
        named = line[0] == TEXT and TOTALS.fullmatch(cells.text(row, block.left).strip()) is not None
        total = named and not (line[1:] == TEXT).any() and len(filled) < usual
        if not (remark or total):
            break
        footers += 1
    return footers
