"""Where one table ends and another begins beneath it in the same text.

It must not know what the tables mean: a further table begins with a row that reads like a header and is followed by rows that
are alike among themselves, and unlike the table above.
"""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac

from nps_core.reading.layout import DIGITS
from nps_core.reading.records import Record

FEWEST = 3  # records that make a further table
SAMPLE = 50


def further(records: Sequence[Record], width: int) -> int:
    """At which record a table of another width begins; their number where none does."""
    for place, record in enumerate(records[: -FEWEST or None]):
        if record.cells is not None and len(record.cells) == width:
            continue
        if _begins(records[place : place + 1 + SAMPLE], width):
            return place
    return len(records)


def _begins(records: Sequence[Record], width: int) -> bool:
    first, below = records[0].cells, records[1:]
    if first is None or len(first) < 2 or len(first) == width or not reads_like_header(first) or len(below) < FEWEST:
        return False
    return sum(r.cells is not None and len(r.cells) == len(first) for r in below) >= 0.8 * len(below)


def reads_like_header(cells: Sequence[str]) -> bool:
    """Whether all cells are filled, different, short, and none is a number."""
    return all(cell.strip() and len(cell) < 200 and not DIGITS.fullmatch(cell) for cell in cells) and len(set(cells)) == len(
        cells
    )


def repeated_headers(frame: pd.DataFrame, header: Sequence[str]) -> list[int]:
    """The rows that hold the header once more: exports pasted beneath each other."""
    if frame.empty or sum(bool(name) for name in header) < 2:
        return []
    same = None
    for place, name in sorted(enumerate(header), key=lambda column: -len(column[1])):
        equal = pac.equal(pa.chunked_array(frame.iloc[:, place].array.__arrow_array__()), name)
        same = equal if same is None else pac.and_(same, equal)
        if not pac.any(same).as_py():
            return []
    return list(pac.indices_nonzero(same).to_pylist())
