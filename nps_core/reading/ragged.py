"""A damaged record → the cells that were meant, where the record itself settles it.

Every way of laying the record's pieces into the columns is weighed: how well each cell fits the kind of its column (numbers,
dates, codes, blanks, as learnt from whole records), and how much damage must be assumed. One way far ahead of all others is
taken; else the record stays as it is. It must not know how records are found.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from nps_core.reading.records import Dialect

LEARN = 1000  # whole records from which the kinds of the columns are learnt
MOST_PIECES = 200  # a record of more pieces stays as it is,
LONGEST = 50_000  # and one of more characters
LONGEST_SHAPE = 100  # characters; a longer cell has no shape
SPLIT_WITHIN = 60  # characters of a piece in which a lost delimiter is looked for
MOST_QUOTES = 100  # of one piece at which a delimiter may have been lost
# Steps that may be weighed in one file, in one record and to no avail: with them 1 MB of nothing but damaged rows takes seconds.
MOST_STEPS, MOST_OF_ONE = 1_000_000, 100_000
# What each kind of damage weighs. A cell against the kind of its column weighs more than any one damage.
MISFIT, NEVER_BLANK, UNUSUAL_BLANK, UNUSUAL_LENGTH = 3.0, 2.5, 1.5, 0.4
LOST, ADDED, MERGED, SPLIT, STRAY, UNDOUBLED = 1.2, 1.0, 1.0, 2.0, 1.0, 0.6
OTHER_DELIMITER = 0.5
MARGIN = 0.45  # by so much the best way must be ahead
RUNS = re.compile(r"a+|9+")
LETTER, DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


class Kind(NamedTuple):
    """What cells of one column look like: the common shapes with their digits' lengths (none: anything), and whether blank."""

    shapes: dict[str, tuple[tuple[int, int], ...]]
    blank: bool
    filled: bool
    pieces: int

    def weigh(self, cell: str) -> float:
        """How badly a cell fits: 0 for one like the others."""
        if not cell.strip():
            return 0.0 if self.blank else NEVER_BLANK if self.shapes else UNUSUAL_BLANK
        if not self.filled:
            return UNUSUAL_BLANK
        if not self.shapes:
            return 0.0
        shape, lengths = shape_of(cell)
        known = self.shapes.get(shape)
        if known is None or len(known) != len(lengths):
            return MISFIT
        off = [place for place, (n, (low, high)) in enumerate(zip(lengths, known, strict=True)) if not low <= n <= high]
        grows = off == [0] and known[0][0] < known[0][1]  # numbers become longer where they count on
        return UNUSUAL_LENGTH if grows else MISFIT if off else 0.0


ANYTHING = Kind({}, True, True, 1)


class Mended(NamedTuple):
    """The cells, and what was done to the record."""

    cells: list[str]
    what: str


@lru_cache(1 << 14)
def shape_of(cell: str) -> tuple[str, tuple[int, ...]]:
    """A cell with letters as a and digits as 9, runs drawn together, and how long each run of digits is.

    >>> shape_of("AB-1234, 9.5")
    ('a-9, 9.9', (4, 1, 1))
    """
    if len(cell) > LONGEST_SHAPE:
        return "", ()
    plain = DIGIT.sub("9", LETTER.sub("a", cell.strip()))
    return RUNS.sub(lambda run: run.group()[0], plain), tuple(len(run) for run in re.findall("9+", plain))


def learn(rows: Sequence[Sequence[str]], width: int, delimiter: str) -> list[Kind]:
    """The kind of every column, from whole records. Fewer than five tell nothing."""
    rows = [row for row in rows if len(row) == width][:LEARN]
    return [_kind([row[i] for row in rows], delimiter) if len(rows) > 4 else ANYTHING for i in range(width)]


def _kind(cells: Sequence[str], delimiter: str) -> Kind:
    filled = [cell for cell in cells if cell.strip()]
    pieces = 1 + max((cell.count(delimiter) for cell in filled), default=0)
    blank = len(filled) < 0.98 * len(cells)
    if not filled:
        return Kind({}, True, False, 1)
    found = [shape_of(cell) for cell in filled]
    counts = Counter(shape for shape, _ in found)
    common = {shape for shape, many in counts.items() if shape and many >= max(2, 0.02 * len(filled))}
    words_only = all("9" not in shape for shape in common)
    prose = any("a a" in shape for shape in common)
    known = sum(counts[shape] for shape in common) >= 0.95 * len(filled) and len(common) <= 6
    if not known or prose or (words_only and len(set(filled)) > max(3, len(filled) // 5)):
        return Kind({}, blank, True, pieces)
    lengths: dict[str, tuple[tuple[int, int], ...]] = {}
    for shape, runs in found:
        if shape in common:
            before = lengths.get(shape) or tuple((n, n) for n in runs)
            lengths[shape] = tuple((min(low, n), max(high, n)) for (low, high), n in zip(before, runs, strict=True))
    return Kind(lengths, blank, True, pieces)


def fits(cells: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether every cell is like the others of its column."""
    return all(kind.weigh(cell) <= UNUSUAL_LENGTH for cell, kind in zip(cells, kinds, strict=True))


class Effort:
    """How many steps may still be weighed, and how many of them for the record at hand."""

    def __init__(self, left: int = MOST_STEPS) -> None:
        self.left, self.here = left, 0

    def begin(self) -> None:
        """A new record."""
        self.here = min(self.left, MOST_OF_ONE)

    def spend(self, steps: int) -> bool:
        """Whether the record may go on."""
        self.left -= steps
        self.here -= steps
        return self.here > 0


def mend(raw: str, dialect: Dialect, kinds: Sequence[Kind], effort: Effort | None = None) -> Mended | None:
    """The record's cells, as many as there are columns; None where nothing settles them, or `effort` is spent."""
    effort = effort or Effort()
    effort.begin()
    if len(raw) > LONGEST or effort.here <= 0:
        return None
    ways = _ways(raw, dialect, kinds, effort)
    for other in (",", ";", "\t", "|", " "):
        if other != dialect.delimiter and raw.count(other) >= len(kinds) - 1 > raw.count(dialect.delimiter):
            found = _ways(raw, dialect._replace(delimiter=other, spaced=False), kinds, effort)
            ways += [(weight + OTHER_DELIMITER, cells, "other_delimiter") for weight, cells, _ in found]
    ways.sort(key=lambda way: way[0])
    if not ways or ways[0][0] >= MISFIT or effort.here <= 0:
        return None
    best, cells, what = ways[0]
    if any(weight < best + MARGIN and others != cells for weight, others, _ in ways[1:]):
        return None
    return None if any(kind.weigh(c) >= MISFIT for c, kind in zip(cells, kinds, strict=True)) else Mended(list(cells), what)


Way = tuple[float, tuple[str, ...], str]


def _ways(raw: str, dialect: Dialect, kinds: Sequence[Kind], effort: Effort) -> list[Way]:
    """The two least damaged ways to lay the record into the columns; none where the effort is spent."""
    spans = list(_pieces(raw, dialect))
    many, width = len(spans), len(kinds)
    if many > MOST_PIECES or many > width + 60 or width > 400:
        return []
    reached: dict[tuple[int, int], list[Way]] = {(0, 0): [(0.0, (), "")]}
    for column in range(width + 1):
        for piece in range(many + 1):
            here = reached.pop((column, piece), None)
            if here is None:
                continue
            if column == width and piece == many:
                return here
            if not effort.spend(1 + column // 8):  # a way is as long as it has come
                return []
            for more, columns, pieces, cells, what in _steps(raw, spans, piece, column, kinds, dialect, effort):
                target = reached.setdefault((column + columns, piece + pieces), [])
                for weight, before, did in here:
                    _keep(target, (weight + more, before + cells, what or did))
    return []


def _keep(ways: list[Way], new: Way) -> None:
    """Keep the two best ways that lead to different cells."""
    for i, way in enumerate(ways):
        if way[1] == new[1]:
            if new[0] < way[0]:
                ways[i] = new
            break
    else:
        ways.append(new)
    ways.sort(key=lambda way: way[0])
    del ways[2:]


Step = tuple[float, int, int, tuple[str, ...], str]


def _steps(
    raw: str,
    spans: Sequence[tuple[int, int]],
    piece: int,
    column: int,
    kinds: Sequence[Kind],
    dialect: Dialect,
    effort: Effort,
) -> Iterator[Step]:
    """What can stand next: (weight, columns taken, pieces taken, cells, what was damaged)."""
    many, width = len(spans), len(kinds)
    ends = piece == many
    if not ends and spans[piece][0] == spans[piece][1]:
        yield (0.3 if piece >= width else ADDED), 0, 1, (), "separator_added"
    if column == width:
        return
    kind = kinds[column]
    if many < width + 1:
        yield (0.3 if ends else LOST) + kind.weigh(""), 1, 0, ("",), "cells_missing"
    for last in range(piece, min(many, piece + 1 + max(many - width, 0) + 40)):
        if not effort.spend(1):
            return
        text = raw[spans[piece][0] : spans[last][1]]
        wrapped = _wrapped(text, dialect)
        merged = last > piece
        if merged and not wrapped and (kind.shapes or last - piece > many - width):
            continue
        more, cell, what = _cell(text, kind, dialect, wrapped)
        if merged and not wrapped:
            empty = spans[piece][0] == spans[piece][1] or spans[last][0] == spans[last][1]
            more += MERGED + 0.05 * (last - piece - 1) + empty
            what = "separator_in_cell"
        yield more, 1, last - piece + 1, (cell,), what
    if not ends and column + 1 < width:
        yield from _split(raw, spans, piece, kinds[column], kinds[column + 1], dialect, many > width, effort)


def _split(
    raw: str, spans: Sequence[tuple[int, int]], piece: int, left: Kind, right: Kind, dialect: Dialect, long: bool, effort: Effort
) -> Iterator[Step]:
    """A piece in which the delimiter between two cells was lost: at a quote, or where both kinds fit."""
    start, end = spans[piece]
    quote, quotes = dialect.quote, 0
    for place in range(start + 1, end):
        at_quote = bool(quote) and raw[place] == quote
        if not at_quote and (
            long or place - start > SPLIT_WITHIN or end - start > SPLIT_WITHIN or not (left.shapes and right.filled)
        ):
            continue
        if at_quote and quote == raw[start] and raw[place - 1] != quote:
            continue
        quotes += at_quote
        if quotes > MOST_QUOTES or not effort.spend(1):
            return
        first = raw[start:place]
        weight, cell, _ = _cell(first, left, dialect, _wrapped(first, dialect))
        if weight:
            continue
        for last in range(piece, min(len(spans), piece + 1 + 40 * at_quote)):
            second = raw[place : spans[last][1]]
            wrapped = _wrapped(second, dialect)
            if at_quote and not wrapped:
                continue
            more, other, _ = _cell(second, right, dialect, wrapped)
            if more <= UNUSUAL_LENGTH:
                yield _where(raw, place, at_quote, right), 2, last - piece + 1, (cell, other), "separator_lost"


def _where(raw: str, place: int, at_quote: bool, right: Kind) -> float:
    """Lost between a digit and a letter is likelier than within a number or a word."""
    between = at_quote or raw[place - 1].isdigit() != raw[place].isdigit() or raw[place - 1].isalpha() != raw[place].isalpha()
    return SPLIT + 0.2 * (not right.shapes) * (not at_quote) + 0.5 * (not between)


def _wrapped(text: str, dialect: Dialect) -> bool:
    return bool(dialect.quote) and len(text) > 1 and text[0] == text[-1] == dialect.quote


def _cell(text: str, kind: Kind, dialect: Dialect, wrapped: bool) -> tuple[float, str, str]:
    """How badly a piece fits as a cell of that kind, and the cell."""
    quote = dialect.quote
    if wrapped:
        inner = text[1:-1]
        odd = inner.replace(quote * 2, "").count(quote)
        cell = inner.replace(quote * 2, quote)
        return UNDOUBLED * odd + kind.weigh(cell), cell, "quote_not_doubled" if odd else ""
    if not quote or quote not in text:
        return kind.weigh(text), text, ""
    bare = text.strip(quote)
    if kind.shapes and bare != text and kind.weigh(bare) < kind.weigh(text):
        return STRAY + kind.weigh(bare), bare, "stray_quote"
    return STRAY + kind.weigh(text), text, "stray_quote"


def _pieces(raw: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Where the pieces between delimiters lie; a well formed quoted cell is one piece."""
    delimiter, quote = dialect.delimiter, re.escape(dialect.quote)
    edge = re.escape(delimiter)
    blank = " *" if dialect.spaced else ""
    whole = rf"{quote}(?:[^{quote}]|{quote}{quote})*{quote}(?=\s*(?:{edge}|$))|" if quote else ""
    pattern = re.compile(rf"{blank}({whole}[^{edge}]*)(?:{edge}|$)", re.DOTALL)
    at = 0
    while at <= len(raw):
        found = pattern.match(raw, at)
        if found is None:  # pragma: no cover - the pattern matches whatever stands there
            return
        yield found.span(1)
        if found.end() == len(raw) and not (found.end() > found.end(1)):
            return
        at = found.end()
