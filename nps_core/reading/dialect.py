"""Text → how it is written as a table: delimiter, quote, and how many rows are header.

It must not know what the columns mean. Only the head of the file is looked at.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

HEAD = 1 << 16  # characters that are enough to see how the file is written
SAMPLE = 200  # records compared for each possible delimiter
DELIMITERS = (",", ";", "\t", "|")
SEP_LINE = re.compile(r"sep=(.)\r?\n")  # what Excel writes so that Excel finds the delimiter
IMPORT_ID = '{"ImportId"'  # Qualtrics marks its third header row so
csv.field_size_limit(1 << 30)  # a comment may be longer than the csv module's 128 KB


class Dialect(NamedTuple):
    """How the text is written. `skip` is what stands before the table, in characters."""

    delimiter: str = ","
    quote: str = '"'
    skip: int = 0


def find_dialect(head: str) -> Dialect:
    """The dialect that makes the first records agree most about their width.

    >>> find_dialect("a;b\\n1,5;2\\n2,5;3\\n").delimiter
    ';'
    """
    if found := SEP_LINE.match(head):
        return Dialect(found.group(1), '"', found.end())
    quote = "'" if _single_quoted(head) else '"'
    best = max(DELIMITERS, key=lambda delimiter: _agreement(head, delimiter, quote))  # on a tie the more usual comes first
    return Dialect(best, quote)


def _single_quoted(head: str) -> bool:
    """Whether fields are wrapped in single quotes: they stand at the edges of fields, and double quotes do not."""
    edges = re.findall(r"(?:^|[,;\t|])(['\"])|(['\"])(?=[,;\t|\r\n]|$)", head, re.MULTILINE)
    counts = Counter(a or b for a, b in edges)
    return counts["'"] >= 4 and counts["'"] > 4 * counts['"'] and "'" in head.split("\n", 1)[0]


def _agreement(head: str, delimiter: str, quote: str) -> tuple[float, int]:
    """The share of records as wide as most of them, 0 where that is one cell; then the width."""
    rows = records(head, delimiter, quote)
    if len(head) >= HEAD:
        rows = rows[:-1]  # cut in the middle
    widths = Counter(len(row) for row in rows[:SAMPLE] if row)
    if not widths:
        return 0.0, 0
    header = len(next(row for row in rows if row))
    width, many = widths.most_common(1)[0]
    if widths[header] * 2 >= many:  # the header's own width counts for more than a chance majority
        width, many = header, widths[header]
    return (many / widths.total() if width > 1 else 0.0), width


def records(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """The records of a text, blank lines as empty lists. Never raises: a broken end is kept as it is."""
    rows = list[list[str]]()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
    try:
        rows.extend(reader)
    except csv.Error:  # only a field beyond the size limit
        rows.extend(line.split(delimiter) for line in text.splitlines()[len(rows) :])
    return rows


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first records are header: 1, or 3 where Qualtrics has left its mark."""
    for i, row in enumerate(rows[1:4], start=1):
        cells = [cell for cell in row if cell]
        if cells and all(cell.lstrip().startswith(IMPORT_ID) for cell in cells):
            return i + 1
    return 1


def join_header(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
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


def distinct(header: Sequence[str]) -> list[str]:
    """The header as names of which no two are the same and none is empty.

    >>> distinct(["a", "", "a", "Column 2"])
    ['a', 'Column 2 (2)', 'a (2)', 'Column 2']
    """
    taken, names = set(header), list[str]()
    used = set[str]()
    for place, text in enumerate(header, start=1):
        name = text if text.strip() else f"Column {place}"
        if name in used or (name != text and name in taken):
            name = next(n for i in range(2, len(header) + 3) if (n := f"{name} ({i})") not in used and n not in taken)
        used.add(name)
        names.append(name)
    return names
