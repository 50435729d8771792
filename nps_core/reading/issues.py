"""Every cell set aside, with its row, column, value and reason, in the order of the rows; and what was repaired, by kind.

It only writes down what others decided.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from nps_core.reading.cleaning import CODES, SCORE_REPAIRS, Scores
from nps_core.reading.columns import Column, blank_cells
from nps_core.reading.dates import NAT
from nps_core.reading.table import Table

LEFT_AS_IT_WAS = {"not_settled", "cells_missing", "blank_end"}  # of `Table.repairs`: nothing settled what was meant
# What was repaired: kind → words. Scores first, then the kinds of `Table.repairs`.
REPAIRS = {kind: f"scores read from {words.rstrip(',')}" for kind, words in SCORE_REPAIRS.items()} | {
    "separator_lost": "rows that had lost a separator",
    "separator_added": "rows with a separator too many",
    "separator_in_cell": "rows with a separator within a cell",
    "stray_quote": "rows with a stray quotation mark",
    "quote_not_doubled": "rows with quotation marks within a cell",
    "other_delimiter": "rows written with another separator",
    "header_repeated": "headers repeated among the rows",
}


class Aside(NamedTuple):
    """Cells set aside: their rows in the whole survey, their column, what they hold, and the places of the reasons in `CODES`."""

    rows: NDArray[np.int64]
    column: str
    values: pa.Array
    codes: NDArray[np.int64]


def in_column(column: Column, rows: NDArray[np.int64], codes: NDArray[np.int64] | str) -> Aside:
    """These cells of a column, each for its own reason or all for one."""
    each = np.full(len(rows), CODES.index(codes), dtype=np.int64) if isinstance(codes, str) else codes.astype(np.int64)
    return Aside(rows, column.name, _cells(column, rows), each)


def bad_dates(column: Column, seconds: NDArray[np.int64]) -> Aside:
    """The cells that say something but no date."""
    bad = np.flatnonzero(seconds == NAT)
    bad = bad[~blank_cells(pa.chunked_array([_cells(column, bad)]))]
    return in_column(column, bad, "date_unreadable")


def surplus(table: Table, start: int) -> Aside:
    """The rows of a table that have more cells than its header."""
    rows = np.array([row - 1 + start for row, _ in table.surplus], dtype=np.int64)
    texts = pa.array([" | ".join(cells) for _, cells in table.surplus], pa.large_string())
    return Aside(rows, "", texts, np.full(len(rows), CODES.index("surplus_cells"), dtype=np.int64))


def damaged(table: Table, start: int) -> Aside:
    """The rows of a text file that were written badly, repaired or not, as they are read now."""
    told = {row for row, _ in table.surplus}
    repairs = [(row, what) for row, what in table.repairs if row > 0 and row not in told]
    rows = np.array([row - 1 for row, _ in repairs], dtype=np.int64)
    frame = table.frame.iloc[rows] if repairs else table.frame.head(0)  # picking no row out of a million takes its time too
    codes = [CODES.index("row_damaged" if what in LEFT_AS_IT_WAS else "row_repaired") for _, what in repairs]
    texts = [" | ".join(cells) for cells in frame.itertuples(index=False, name=None)]
    return Aside(rows + start, "", pa.array(texts, pa.large_string()), np.array(codes, dtype=np.int64))


def _cells(column: Column, rows: NDArray[np.int64]) -> pa.Array:
    """These cells as they stand in the file."""
    if not len(rows):
        return pa.array([], pa.large_string())
    codes, spellings = column.spelled
    return pa.array(spellings, pa.large_string()).take(pa.array(codes[rows]))


def as_frame(found: Sequence[Aside], tables: Sequence[Table], starts: Sequence[int]) -> pd.DataFrame:
    """All of them: columns row (1-based record number in its file), column, value, reason, file."""
    where = np.concatenate([aside.rows for aside in found])
    order = np.argsort(where, kind="stable")
    where = where[order]
    file = np.searchsorted(starts, where, side="right") - 1
    names = pa.array([aside.column for aside in found], pa.large_string())
    which = np.repeat(np.arange(len(found)), [len(aside.rows) for aside in found])[order]
    codes = np.concatenate([aside.codes for aside in found])[order]
    table = pa.table(
        {
            "row": where - np.asarray(starts)[file] + 1,
            "column": names.take(pa.array(which)),
            "value": pa.concat_arrays([aside.values for aside in found]).take(pa.array(order)),
            "reason": pa.array(CODES, pa.large_string()).take(pa.array(codes)),
            "file": pa.array([table.name for table in tables], pa.large_string()).take(pa.array(file)),
        }
    )
    return pd.DataFrame(table.to_pandas())


def repaired(scores: Scores, tables: Sequence[Table]) -> pd.DataFrame:
    """What was repaired, one row a kind: kind (a key of `REPAIRS`), cells (or rows), and example as it stands in the file.

    Of a row, the example is what it is read as now; '' for a header.
    """
    found = [(repair.kind, repair.cells, repair.example) for repair in scores.repairs]
    rows = [(table, row, what) for table in tables for row, what in table.repairs if what in REPAIRS]
    many, examples = Counter(what for *_, what in rows), dict[str, str]()
    for table, row, what in rows:
        if what not in examples:
            examples[what] = " | ".join(table.frame.iloc[row - 1]) if row and what != "header_repeated" else ""
    found += [(what, number, examples[what]) for what, number in many.most_common()]
    return pd.DataFrame(found, columns=["kind", "cells", "example"]).astype({"kind": "str", "cells": "int64", "example": "str"})
