"""Many texts as one row of words, each with its place in its text and the clause it stands in: what phrases are looked for in.

Everything is an array with one place a word, so that a hundred thousand comments take a few steps of numpy and none of Python.
A clause ends at punctuation, but not at that inside a number ("1,000", "3.5"); a colon or a slash ends none.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nps_core.comments.phrases import folded_letter

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint32]  # characters, as Unicode numbers them
_BLANK, _DASH = ord(" "), ord("-")
CODES = 0x110000  # of Unicode
_IS_END = np.zeros(CODES, dtype=bool)
_IS_END[[ord(mark) for mark in ".!?;,()\n–—"]] = True
AT_ONCE = 1_000_000  # characters of texts that are looked at together: what they take in memory, and how often progress is told
THREADS = 2  # portions looked at at a time; more share the same steps of Python and gain little
APART = "\n"  # what stands between texts


class Row(NamedTuple):
    """The words of n texts, one after another.

    `text` (w,) which text; `start`, `end` (w,) characters within all texts joined; `clause` (w,) a number that grows, and by two
    from text to text, so that the last clause of one is never next to the first of another; `opens` (w,) whether a clause begins
    right at the word; `word` (w,) its place in `vocabulary`, the different words as `phrases.fold` writes them; `joined` (c,) all
    characters, as numbers; `begins` (n + 1,) the first word of each text; `offset` (n,) where each text begins in `joined`.
    """

    text: Ints
    start: Ints
    end: Ints
    clause: Ints
    opens: Flags
    word: Ints
    vocabulary: list[str]
    joined: Codes
    begins: Ints
    offset: Ints


def row_of(texts: Sequence[str], letters: frozenset[str] = frozenset()) -> Row:
    """The words of some texts; `letters` are those that a language does not take for others with an accent away."""
    joined, offset = side_by_side(texts)
    folded = _folded(joined, letters)
    is_word = folded != _BLANK
    start, end = runs(is_word)
    word, vocabulary = different(folded[is_word], end - start)
    begins = np.searchsorted(start, offset)
    clause, opens = _clauses(joined, start, begins[:-1])
    text = np.repeat(np.arange(len(texts)), np.diff(begins))
    return Row(text, start, end, clause, opens, word, vocabulary, joined, begins, offset[:-1])


def side_by_side(texts: Sequence[str]) -> tuple[Codes, Ints]:
    """All characters, with a line's end before, between and behind the texts; where each text begins, and one more would."""
    whole = APART.join(["", *texts, ""]) if texts else APART
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    begins = np.cumsum(np.append(1, lengths + 1))
    return np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), begins


def runs(is_word: Flags) -> tuple[Ints, Ints]:
    """Where words start and where they end; neither the first nor the last character is of one."""
    return np.flatnonzero(is_word[1:] & ~is_word[:-1]) + 1, np.flatnonzero(~is_word[1:] & is_word[:-1]) + 1


def portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in portions that are small enough to be looked at together."""
    yield from (texts[cut] for cut in cuts(texts))


def cuts(texts: Sequence[str]) -> Iterator[slice]:
    """Where such portions begin and end."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.flatnonzero(np.diff(np.cumsum(lengths) // AT_ONCE)) + 1
    yield from (slice(int(begin), int(end)) for begin, end in pairwise([0, *ends, len(texts)]))


def _folded(joined: Codes, letters: frozenset[str]) -> Codes:
    """Every character as `phrases.fold` writes it."""
    table = _table(letters)
    folded = table[joined]
    unknown = folded == 0
    if unknown.any():
        for code in np.unique(joined[unknown]).tolist():
            table[code] = ord(folded_letter(code, letters))
        folded = table[joined]
    return folded


@lru_cache(maxsize=16)
def _table(letters: frozenset[str]) -> Codes:
    """For each character what it is folded to, 0 where that was not asked yet."""
    return np.zeros(CODES, dtype=np.uint32)


def different(characters: Codes, lengths: Ints) -> tuple[Ints, list[str]]:
    """The words, given their characters side by side and how long each is, as places among the different ones, and these."""
    if not len(characters) or characters.max() < 128:
        data, ends = characters.astype(np.uint8), np.cumsum(lengths)
    else:
        data = np.frombuffer(characters.tobytes().decode("utf-32-le").encode(), dtype=np.uint8)
        size = 1 + (characters >= 0x80) + (characters >= 0x800) + (characters >= 0x10000)
        ends = np.cumsum(size)[np.cumsum(lengths) - 1]
    offsets = np.concatenate([[0], ends]).astype(np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data))]
    coded = pa.Array.from_buffers(pa.large_string(), len(lengths), buffers).dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def _clauses(joined: Codes, start: Ints, first: Ints) -> tuple[Ints, Flags]:
    """Each word's clause, and whether that begins right at the word; `first` are the first words of texts."""
    is_end = _IS_END[joined]
    last = np.flatnonzero(is_end[:-1] & ~is_end[1:])
    inside = np.zeros(len(last), dtype=bool)  # a lone mark between figures
    lone = np.flatnonzero((last > 0) & ~is_end[np.maximum(last - 1, 0)])
    inside[lone] = _is_figure(joined[last[lone] - 1]) & _is_figure(joined[last[lone] + 1])
    dash = np.flatnonzero(joined == _DASH)
    dash = dash[(joined[dash - 1] == _BLANK) & (joined[np.minimum(dash + 1, len(joined) - 1)] == _BLANK)]
    after = np.concatenate([last[~inside] + 1, dash + 2])  # where clauses begin
    word = np.searchsorted(start, after)
    steps = np.bincount(word, minlength=len(start) + 1) + np.bincount(first, minlength=len(start) + 1)
    opens = np.zeros(len(start) + 1, dtype=bool)
    opens[word] |= np.append(start, -1)[word] == after
    return np.cumsum(steps)[: len(start)], opens[: len(start)]


def _is_figure(codes: Codes) -> Flags:
    return (codes >= ord("0")) & (codes <= ord("9"))
