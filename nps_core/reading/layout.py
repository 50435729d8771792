"""The first records → where the table begins: what stands above it, how many rows are header, and what the columns are called.

It must not know what the columns mean.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

IMPORT_ID = '{"ImportId"'  # Qualtrics marks its third header row so
MOST_HEADER_ROWS = 3
DIGITS = re.compile(r"[^A-Za-zÀ-ɏ]*\d[^A-Za-zÀ-ɏ]*")  # a number, a date, an amount: digits, and no word
ENOUGH = 3  # records below it, before a row is judged by them

Rows = Sequence[Sequence[str]]


class Layout(NamedTuple):
    """How many records stand above the header, and how many are header (0: the columns have no names)."""

    above: int
    header: int


def usual_width(rows: Rows) -> int:
    """How wide the table is: as wide as its header, unless nearly all records below agree on another width."""
    if not rows:
        return 0
    widths = Counter(len(row) for row in rows)
    width, many = widths.most_common(1)[0]
    first = len(rows[0])
    if many < 2 or many <= 2 * widths[first] or (many < 0.5 * len(rows) and first > 1):
        return first
    named = sum(bool(cell.strip()) for cell in rows[0])
    return max(width, named)  # records may leave out their last cells; a name is never lost


def find_layout(rows: Rows) -> Layout:
    """Where the header lies among the first records.

    >>> find_layout([["Report", ""], ["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]])
    Layout(above=1, header=1)
    """
    width = usual_width(rows)
    above = _above(rows, width)
    rows = rows[above:]
    numeric = numeric_columns(rows[MOST_HEADER_ROWS + 1 :] if len(rows) > 2 * MOST_HEADER_ROWS else rows[1:], width)
    if len(rows) > ENOUGH and numeric and _is_record(rows[0], numeric):
        return Layout(above, 0)
    return Layout(above, count_header_rows(rows, numeric))


def _above(rows: Rows, width: int) -> int:
    """How many of the first records are titles and notes: far fewer cells are filled than in the rows that follow."""
    if width < 2:
        return 0
    for place, row in enumerate(rows[:-1]):
        if place >= 50:
            return 0
        filled = sum(bool(cell.strip()) for cell in row)
        narrow = len(row) < width and filled <= max(1, width // 2)
        sparse = width > 2 and len(row) <= width and filled <= max(1, width // 4)
        if not (narrow or sparse):
            return place
    return 0


def numeric_columns(rows: Rows, width: int) -> list[int]:
    """The columns that hold nothing but numbers, dates and blanks in nearly every record."""
    found = list[int]()
    if len(rows) < ENOUGH:
        return found
    for column in range(width):
        cells = [row[column] for row in rows if len(row) > column and row[column].strip()]
        if len(cells) >= ENOUGH and sum(bool(DIGITS.fullmatch(cell)) for cell in cells) >= 0.9 * len(cells):
            found.append(column)
    return found


def _is_record(row: Sequence[str], numeric: Sequence[int]) -> bool:
    """Whether the row itself holds a number wherever the records do: then it is one of them."""
    filled = [row[column] for column in numeric if column < len(row) and row[column].strip()]
    return 2 * len(filled) >= len(numeric) and bool(filled) and all(DIGITS.fullmatch(cell) for cell in filled)


def count_header_rows(rows: Rows, numeric: Sequence[int] = ()) -> int:
    """How many of the first records are header.

    A further row is header where Qualtrics has left its mark in it or below it, where it repeats the first, where it fills
    blanks of the first and holds no number, or where words stand in every column of numbers.
    """
    for i, row in enumerate(rows[1 : MOST_HEADER_ROWS + 1], start=1):
        cells = [cell for cell in row if cell]
        if cells and all(cell.lstrip().startswith(IMPORT_ID) for cell in cells):
            return i + 1
    count = 1
    while count < min(MOST_HEADER_ROWS, len(rows) - 1) and _continues(rows[0], rows[count], numeric):
        count += 1
    return count


def _continues(first: Sequence[str], row: Sequence[str], numeric: Sequence[int]) -> bool:
    if [cell.strip() for cell in row] == [cell.strip() for cell in first] and sum(map(bool, row)) > 1:
        return True
    if len(row) != len(first) or not numeric:
        return False
    there = [row[column].strip() for column in numeric if column < len(row)]
    if any(DIGITS.fullmatch(cell) for cell in row if cell.strip()):
        return False
    fills = any(cell.strip() and not name.strip() for name, cell in zip(first[1:], row[1:], strict=True))
    return fills or (len(there) > 1 and all(there))


def join_header(rows: Rows, width: int) -> tuple[str, ...]:
    """Several header rows as one, joined by a blank; the machine's marks and repeats are left out.

    >>> join_header([["Q1", "Q2"], ["Why?", "Q2"], ['{"ImportId":"a"}', ""]], 2)
    ('Q1 Why?', 'Q2')
    """
    parts: list[dict[str, None]] = [{} for _ in range(width)]
    for row in rows:
        for part, cell in zip(parts, row, strict=False):
            if cell and not (len(rows) > 1 and cell.lstrip().startswith(IMPORT_ID)):
                part[cell] = None
    return tuple(" ".join(part) for part in parts)


def fitted(header: tuple[str, ...], rows: Rows, width: int) -> tuple[str, ...]:
    """The header brought to the width of the records.

    Too many names: empty ones go first. One too few, and the records are counted from 1: the count has no name.

    >>> fitted(("a", "", "b"), [["1", "2"]], 2)
    ('a', 'b')
    """
    names = list(header)
    for place in reversed([i for i, name in enumerate(names) if not name.strip()]):
        if len(names) > width:
            del names[place]
    if len(names) == width - 1 and len(rows) > 1 and [row[0] for row in rows[:9]] == [str(i + 1) for i in range(len(rows[:9]))]:
        names.insert(0, "")
    return tuple(names[:width]) + ("",) * (width - len(names))


def distinct(header: Sequence[str]) -> list[str]:
    """The header as names of which no two are the same and none is empty.

    >>> distinct(["a", "", "a", "Column 2"])
    ['a', 'Column 2 (2)', 'a (2)', 'Column 2']
    """
    taken, names = set(header), list[str]()
    used, last = set[str](), Counter[str]()
    for place, text in enumerate(header, start=1):
        stem = name = text if text.strip() else f"Column {place}"
        while name in used or (name != text and name in taken):
            last[stem] += 1
            name = f"{stem} ({last[stem] + 1})"
        used.add(name)
        names.append(name)
    return names
