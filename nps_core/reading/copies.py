"""The same answer twice: rows that say cell for cell what an earlier row says, so that they can be counted once.

Only rows that say something distinctive are held against each other (who answered, the time of day, a sentence of their own):
that two people in one region both gave a 9 is no copy.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import Column
from nps_core.reading.dates import NAT

SENTENCE = 20  # bytes from which a comment is somebody's own
DAY = 86400
_MIX = np.uint64(0x9E3779B97F4A7C15)


def copied_rows(frame: pd.DataFrame, columns: Sequence[Column], comments: Sequence[Column]) -> NDArray[np.int64]:
    """The rows that repeat an earlier one in every column but running numbers; none where nothing is distinctive."""
    keys = _keys(frame, comments)
    if keys is None:
        return np.zeros(0, dtype=np.int64)
    key, own = keys
    ordered = np.sort(key[own])
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return twice.astype(np.int64)
    rows = np.flatnonzero(own)
    rows = rows[np.isin(key[rows], twice)]
    return _equal(rows, [column for column in columns if not column.serial and not column.rising])


def _keys(frame: pd.DataFrame, comments: Sequence[Column]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]] | None:
    """A number for each row that is the same where the row may be, and which rows are distinctive."""
    key = np.zeros(len(frame), dtype=np.uint64)
    own = np.zeros(len(frame), dtype=bool)
    if "respondent" in frame:
        person = frame["respondent"].to_numpy()
        key ^= person
        own |= person != 0
    if "when" in frame:
        seconds = frame["when"].to_numpy().astype("datetime64[s]").view(np.int64)
        key *= _MIX
        key += seconds.view(np.uint64)
        own |= (seconds != NAT) & (seconds % DAY != 0)
    for column in comments:
        lengths = np.asarray(pac.binary_length(column.array).to_numpy(), dtype=np.int64)
        key *= _MIX
        key += lengths.view(np.uint64)
        own |= lengths >= SENTENCE
    key *= _MIX
    key += frame["group"].cat.codes.to_numpy().astype(np.uint64)
    return (key, own) if own.any() else None


def _equal(rows: NDArray[np.int64], columns: Sequence[Column]) -> NDArray[np.int64]:
    """Of these rows those that equal an earlier one in all columns.

    Column by column rows that are alike so far stay together and the others go: no more than one column is held at a time.
    """
    groups = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        if not len(rows):
            break
        texts = column.array.take(pa.array(rows)).dictionary_encode().combine_chunks()
        groups = pd.factorize(groups * len(texts.dictionary) + np.asarray(texts.indices))[0]
        alike = np.bincount(groups)[groups] > 1
        rows, groups = rows[alike], groups[alike]
    return rows[pd.Series(groups).duplicated().to_numpy()] if columns else rows[:0]
