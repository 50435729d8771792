"""Text of a known dialect → single records: where each begins and ends, and its cells where it is well formed.

It must not know what the columns mean. A record that breaks the rules of quoting has no cells here; `ragged` looks into it.
"""

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

LONGEST_RECORD = 200  # lines that one quoted cell may run over before the quote is taken for a stray one
MOST_IN_VAIN = 1000  # quotes of a text that nothing closed; after them a quoted cell may run over few lines only,
FEW_LINES = 10  # so that a text of nothing but open quotes is read in seconds
FIRST = 1 << 14  # bytes of the first records
csv.field_size_limit(1 << 30)  # a comment may be longer than the csv module's 128 KB


class Dialect(NamedTuple):
    r"""How the text is written.

    `quote` is '' where cells are never quoted; `escape` is '\\' where quotes are escaped by a backslash and '' where they are
    doubled; `spaced` says that a blank follows each delimiter; `skip` is what stands before the table, in characters.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False
    skip: int = 0

    @property
    def shown(self) -> str:
        """The delimiter as it stands in the file, with the blank after it."""
        return self.delimiter + " " * self.spaced


class Record(NamedTuple):
    """One record: where it begins and ends in the text, its lines without the line end, and its cells (None: ill formed)."""

    start: int
    end: int
    raw: str
    cells: list[str] | None


_ESCAPED_END = re.compile(r"((?<!\\)(?:\\\\)*\\)\r\n")


def parse(text: str, dialect: Dialect, strict: bool = False) -> list[list[str]]:
    """The records as Python's csv module sees them. Raises csv.Error where strict and a closing quote is followed by text.

    An escaped line end of two signs is one, which csv does not know.
    """
    if dialect.escape and "\\\r\n" in text:
        text = _ESCAPED_END.sub(r"\1\n", text)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        doublequote=not dialect.escape,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.spaced,
        strict=strict,
    )
    return list(reader)


def one(raw: str, dialect: Dialect) -> list[str] | None:
    """The cells of one record; None where it is not well formed."""
    if not dialect.escape and (not dialect.quote or dialect.quote not in raw) and "\n" not in raw and "\r" not in raw:
        cells = raw.split(dialect.delimiter)
        return [cell.lstrip(" ") for cell in cells] if dialect.spaced else cells
    if dialect.escape and dialect.quote and not _sound(dialect).fullmatch(raw):
        return None
    if dialect.escape and ("\n" in raw or "\r" in raw) and not raw.endswith(dialect.escape):
        raw += "\n"  # without it Python's csv takes an escaped line end in the last cell for the end of the data
    try:
        rows = parse(raw, dialect, strict=True)
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


@cache
def _sound(dialect: Dialect) -> re.Pattern[str]:
    """A record in which quotes are escaped by a backslash: Python's csv would not mind a stray one."""
    quote, delimiter, blank = re.escape(dialect.quote), re.escape(dialect.delimiter), " *" if dialect.spaced else ""
    cell = rf"{blank}(?:{quote}(?:[^{quote}\\]|\\.)*{quote}|(?!{quote})(?:[^{delimiter}\\]|\\.)*)"
    return re.compile(rf"{cell}(?:{delimiter}{cell})*", re.DOTALL)


def cut(text: str, width: int, dialect: Dialect) -> Iterator[Record]:
    """The records line by line, blank lines left out; lines are joined only as long as that closes a quote sensibly.

    A line whose quotes do not pair up, and that no following lines complete, is a record of its own with a stray quote.
    """
    lines = list(io.StringIO(text, newline=""))
    at = position = vain = 0
    while at < len(lines):
        line = lines[at]
        bare = line.rstrip("\r\n")
        if not bare.strip(" ") and (width > 1 or not bare) and (dialect.delimiter != " " or not bare):
            at, position = at + 1, position + len(line)
            continue
        if open_after(bare, dialect):
            cells, taken = _joined(lines, at, width, dialect, LONGEST_RECORD if vain < MOST_IN_VAIN else FEW_LINES)
            vain += cells is None
        else:
            cells, taken = one(bare, dialect), 1
        size = len(line) if taken == 1 else sum(len(lines[i]) for i in range(at, at + taken))
        yield Record(position, position + size, text[position : position + size].rstrip("\r\n"), cells)
        at, position = at + taken, position + size


def first_records(utf8: memoryview, width: int, dialect: Dialect, most: int) -> list[Record]:
    """So many records that begin a part of a text, or as many as stand in its first 16 KB, but for one that is cut off there."""
    records = list(islice(cut(str(utf8[:FIRST], "utf-8", "ignore"), width, dialect), most))
    return records[:-1] if len(utf8) > FIRST and len(records) < most else records


def open_after(line: str, dialect: Dialect) -> bool:
    """Whether a quote, or an escaped line end, is still open where the line ends."""
    if dialect.escape:
        if (len(line) - len(line.rstrip(dialect.escape))) % 2:
            return True
        line = line.replace(dialect.escape * 2, "").replace(dialect.escape + dialect.quote, "") if dialect.quote else ""
    return bool(dialect.quote) and line.count(dialect.quote) % 2 == 1


def _joined(lines: list[str], at: int, width: int, dialect: Dialect, most: int) -> tuple[list[str] | None, int]:
    """The record that begins at a line with an open quote, and how many lines it takes; (None, 1) for a stray quote."""
    parts = list[str]()
    could_be_rows = False
    for line in lines[at : at + most]:
        could_be_rows = could_be_rows or (bool(parts) and line.count(dialect.delimiter) >= width - 1)
        parts.append(line)
        if len(parts) > 1 and dialect.quote and dialect.quote not in line:
            continue  # nothing can have been closed here
        whole = "".join(parts).rstrip("\r\n")
        if not open_after(whole, dialect):
            cells = one(whole, dialect)
            if cells and (len(cells) == width or not could_be_rows):
                return cells, len(parts)
            break  # closing it there swallows a neighbour: the quote is a stray one
    return None, 1
