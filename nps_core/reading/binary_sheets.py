"""How far the sheets of an .xlsb reach and how much text their cells hold, before it is opened.

A sheet is a run of records: number, length, content, the first two written seven bits a byte. The reader of workbooks believes
the places that cells give; two of them far apart would ask for 500 GB. It must not know what the cells mean.
"""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROW, SHARED, TEXT = 0, 7, 19
CELLS = range(1, 12)  # records of one cell; its column comes first
BEGIN_ROWS, END_ROWS = 145, 146
COUNT = 4  # bytes of a number


class Sheet(NamedTuple):
    """How many rows and columns a sheet has up to its last cell; for each cell with a shared text, which text it is."""

    rows: int
    columns: int
    shared: NDArray[np.uint32]


def measure(part: bytes) -> Sheet:
    """The sheet in this part; no rows where it is none."""
    row = rows = columns = 0
    inside = False
    shared = array("I")
    number = int.from_bytes
    for kind, at in _records(part):
        if kind in CELLS and inside:
            rows, columns = max(rows, row), max(columns, number(part[at : at + COUNT], "little") + 1)
            if kind == SHARED:
                shared.append(number(part[at + 8 : at + 12], "little"))
        elif kind == ROW and inside:
            row = number(part[at : at + COUNT], "little") + 1
        elif kind == BEGIN_ROWS:
            inside = True
        elif kind == END_ROWS:
            inside = False
    return Sheet(rows, columns, np.frombuffer(shared, np.uint32) if shared else np.zeros(0, np.uint32))


def lengths(part: bytes) -> list[int]:
    """How many bytes each shared text has at most."""
    return [3 * int.from_bytes(part[at + 1 : at + 1 + COUNT], "little") for kind, at in _records(part) if kind == TEXT]


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """Number and place of the content of each record."""
    at, end = 0, len(part)
    while at + 1 < end:
        kind = part[at]
        at += 1
        if kind > 127:
            kind += (part[at] - 1) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:
            byte = part[at]
            at += 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield kind, at
        at += size
