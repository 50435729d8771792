"""Ids → 64-bit numbers that say who is the same and no more; the ids themselves are not carried on.

Own arithmetic rather than `pandas.util.hash_array`, which takes several times as long on a million ids. The numbers are the
same in every run and on every machine, so that respondents can be followed over files. They keep an id out of sight, but are no
protection against somebody who can guess ids and try.
"""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import LONGEST_BLANK, blank_cells

SPACE, AT, ASCII = 32, ord("@"), 127
LONG = 64  # bytes; longer ids are rare and take the slow way
# The constants of splitmix64 (Steele, Lea & Flood, 2014, "Fast splittable pseudorandom number generators").
GAMMA, MIX_1, MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def hash_ids(ids: pa.ChunkedArray) -> NDArray[np.uint64]:
    """A number for each id; 0 for a blank one. Blanks around an id and, in e-mail addresses, capitals do not matter.

    >>> a, b, c, d = hash_ids(pa.chunked_array([["Ann@x.org", "18", " ann@X.org", "NA"]])).tolist()
    >>> a == c != b, d
    (True, 0)
    """
    if not len(ids):
        return np.zeros(0, dtype=np.uint64)
    lengths, letters, whole = _buffers(ids.cast(pa.large_string()))
    if len(letters) and (letters.min() <= SPACE or letters.max() > ASCII or (letters == AT).any()):
        whole = pac.utf8_trim_whitespace(whole)
        whole = pac.utf8_lower(whole) if pac.any(pac.match_substring(whole, "@")).as_py() else whole
        lengths, letters, whole = _buffers(pa.chunked_array([whole]))
    hashes = _hash(lengths, letters, whole)
    if lengths.min() <= LONGEST_BLANK:
        hashes[blank_cells(whole)] = 0
    return hashes


def _buffers(texts: pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.uint8], pa.LargeStringArray]:
    """The texts as one array: their lengths in bytes, all their bytes one after the other, and the array."""
    whole = pa.concat_arrays(texts.chunks)
    _, ends, data = whole.buffers()
    offsets = np.frombuffer(ends, dtype=np.int64)[whole.offset : whole.offset + len(whole) + 1]
    letters = np.frombuffer(data, dtype=np.uint8)[offsets[0] : offsets[-1]] if data else np.zeros(0, dtype=np.uint8)
    return np.diff(offsets), letters, whole


def _hash(lengths: NDArray[np.int64], letters: NDArray[np.uint8], whole: pa.LargeStringArray) -> NDArray[np.uint64]:
    """Equal texts give equal numbers, different ones almost surely do not; no text gives 0."""
    longest = int(lengths.max())
    if lengths.min() == longest and 0 < longest <= LONG:
        return _mix(letters.reshape(-1, longest))
    hashes = np.zeros(len(lengths), dtype=np.uint64)
    starts = np.cumsum(lengths) - lengths
    for length in np.flatnonzero(np.bincount(np.minimum(lengths, LONG + 1))).tolist():
        if length > LONG:
            rows = np.flatnonzero(lengths > LONG)
            hashes[rows] = [_slow(whole[row].as_py()) for row in rows.tolist()]
        elif length:
            rows = np.flatnonzero(lengths == length)
            hashes[rows] = _mix(letters[starts[rows][:, None] + np.arange(length)])
    return hashes


def _mix(texts: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Texts of one length, one a row, eight letters at a time."""
    rows, length = texts.shape
    block = np.zeros((rows, -(-length // 8) * 8), dtype=np.uint8)
    block[:, :length] = texts
    words = block.view("<u8")
    state = np.full(rows, length, dtype=np.uint64) * GAMMA  # an array: it wraps around in silence
    for place in range(words.shape[1]):
        state += words[:, place] + GAMMA
        state = (state ^ (state >> np.uint64(30))) * MIX_1
        state = (state ^ (state >> np.uint64(27))) * MIX_2
        state ^= state >> np.uint64(31)
    state[state == 0] = 1  # 0 means no id
    return state


def _slow(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") or 1
