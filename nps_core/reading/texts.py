"""A text file → its table: encoding, dialect, layout and records put together.

It must not know what the columns mean. Further tables beneath the first are found, measured, and read when asked for.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading.decode import MARK, decode
from nps_core.reading.delimited import Body, read_careful, read_fast
from nps_core.reading.dialect import HEAD, find_dialect, only_quotes_escaped
from nps_core.reading.footers import find_footers
from nps_core.reading.layout import Layout, distinct, find_layout, fitted, join_header, usual_width
from nps_core.reading.other_kinds import is_no_text
from nps_core.reading.ragged import learn, mend
from nps_core.reading.records import Dialect, Record, cut, one
from nps_core.reading.sheet_cells import Progress
from nps_core.reading.stacked import below_a_blank_line, further, repeated_headers

MOST_TABLES = 20  # looked for beneath each other; what lies beneath stays with the last
MOST_COLUMNS = 20_000  # Excel has 16,384
LONGEST_LINE = 8_000_000  # bytes; 16,384 names of 400 characters
LINES = 8  # of which the head holds at least so many
_ENDS = re.compile(rb"\r\n|\n|\r")
LARGER = 2  # so many times the cells of the first table make a further one the table


class Piece(NamedTuple):
    """One table of a text: header, records, what did not fit, where it lies (lines from 1), and how it was read."""

    header: tuple[str, ...]
    frame: pd.DataFrame
    surplus: tuple[tuple[int, tuple[str, ...]], ...]
    repairs: tuple[tuple[int, str], ...]
    first_line: int
    read: dict[str, object]


def read_pieces(data: bytes, progress: Progress | None = None) -> list[Piece]:
    """The tables of a text, from the first line to the last; none where nothing stands in it."""
    say: Progress = progress or (lambda stage: None)
    say("Decoding the text …")
    text = decode(data)
    if is_no_text(text.utf8):
        raise Unreadable(
            "a table (.csv, .tsv, .xlsx, .xls, .ods)", "a file that is no text", "Export the answers as CSV or xlsx."
        )
    _refuse_long_lines(text.utf8)
    utf8 = memoryview(text.utf8)
    pieces, at, line = list[Piece](), 0, 1
    while at < len(utf8) and len(pieces) < MOST_TABLES:
        say("Cutting it into cells …")
        piece, body = _piece(utf8[at:], line, len(pieces) == MOST_TABLES - 1)
        if piece is None or body is None:
            break
        known = {"encoding": text.encoding, "repaired_cells": _mended_cells(text.mended, piece) if not pieces else 0}
        pieces.append(piece._replace(read=piece.read | known))
        if body.end is None:
            break
        line += _lines(utf8[at : at + body.end])
        at += body.end
    if not pieces:
        pieces.append(Piece((), pd.DataFrame(), (), (), 1, {"encoding": text.encoding}))
    return pieces


def largest(pieces: Sequence[Piece]) -> int:
    """Which of several tables is the table: the first, unless another is far larger."""
    best = 0
    for i, piece in enumerate(pieces):
        if piece.frame.size > LARGER * pieces[best].frame.size:
            best = i
    return best


def _piece(utf8: memoryview, line: int, last: bool) -> tuple[Piece | None, Body | None]:
    """The table that begins here."""
    head, cut_off = _head(utf8)
    dialect = find_dialect(head, not cut_off)
    escape = dialect.escape
    if escape and dialect.quote and only_quotes_escaped(head, dialect):
        # Only quotes are escaped, backslashes are not: the same as doubled quotes.
        utf8 = memoryview(bytes(utf8).replace(f"\\{dialect.quote}".encode(), dialect.quote.encode() * 2))
        head, dialect = head.replace(f"\\{dialect.quote}", dialect.quote * 2), dialect._replace(escape="")
    records = _head_records(head, dialect, cut_off)
    rows = [record.cells if record.cells is not None else record.raw.split(dialect.delimiter) for record in records]
    if not any("".join(row).strip() for row in rows):
        return None, None
    layout = find_layout(rows)
    width = usual_width(rows[layout.above :])
    if width > MOST_COLUMNS:
        raise TooLarge(f"at most {MOST_COLUMNS:,} columns", f"{width:,}", "Export fewer columns.")
    header, flaw = _header(records, rows, layout, width, dialect)
    start = len(head[: _begin(records, layout, dialect)].encode())
    below = rows[layout.above + layout.header :]
    names = distinct(header)
    body, footers = _records(utf8[start:], header, names, dialect, below, last)
    body = body._replace(end=None if body.end is None else body.end + start)
    body = _without_repeated_headers(body, header)
    repairs = ((0, flaw), *body.repairs) if flaw else body.repairs
    read: dict[str, object] = {
        "delimiter": dialect.shown,
        "quote": dialect.quote or None,
        "escape": escape or None,
        "header_rows": layout.header,
        "preamble_rows": layout.above + (dialect.skip > 0),
    }
    if footers:
        read |= {"footer_rows": len(footers), "footers": footers}
    first = line + _lines(utf8[: len(head[: records[layout.above].start].encode())])
    return Piece(header, body.frame, body.surplus, repairs, first, read), body


def _refuse_long_lines(utf8: bytes) -> None:
    """No answer is that long, and a line is gone through many times. Raises TooLarge; costs nothing where lines are short."""
    start = 0
    while len(utf8) - start > LONGEST_LINE:
        end = utf8.rfind(b"\n", start, start + LONGEST_LINE)
        if end < 0 and (end := utf8.rfind(b"\r", start, start + LONGEST_LINE)) < 0:
            raise TooLarge(
                f"lines of at most {LONGEST_LINE / 1e6:,.0f} MB",
                "a line longer than that",
                "Save the answers as CSV or xlsx, one row an answer.",
            )
        start = end + 1


def _head(utf8: memoryview) -> tuple[str, bool]:
    """The first characters, and whether more follow: enough to see how the file is written, and a long header whole."""
    size = 4 * HEAD
    if len(utf8) > size and len(_ENDS.findall(utf8[:size])) < LINES:
        ends = [end.end() for end in islice(_ENDS.finditer(utf8[:LONGEST_LINE]), LINES)]
        size = max(size, ends[-1] if ends else len(utf8))
        return str(utf8[:size], "utf-8", "ignore"), size < len(utf8)
    head = str(utf8[:size], "utf-8", "ignore")
    return head[:HEAD], len(utf8) > size or len(head) > HEAD


def _head_records(head: str, dialect: Dialect, truncated: bool) -> list[Record]:
    """The records of the head, cut at the width that most of its lines have."""
    text = head[dialect.skip :]
    first = list(cut(text, 0, dialect))
    if truncated and len(first) > 1:
        first.pop()
    width = usual_width([r.cells for r in first if r.cells is not None][:200])
    records = list(cut(text, width, dialect))
    if truncated and len(records) > 1:
        records.pop()
    return [record._replace(start=record.start + dialect.skip, end=record.end + dialect.skip) for record in records]


def _begin(records: Sequence[Record], layout: Layout, dialect: Dialect) -> int:
    """The character at which the records begin: behind the last header row."""
    last = layout.above + layout.header
    return records[last - 1].end if last else dialect.skip


def _header(
    records: Sequence[Record], rows: Sequence[Sequence[str]], layout: Layout, width: int, dialect: Dialect
) -> tuple[tuple[str, ...], str]:
    """The header as it stands in the file, as wide as the records; and what was wrong with it."""
    if not layout.header:
        return ("",) * width, ""
    head = list(rows[layout.above : layout.above + layout.header])
    flaw = ""
    for i, record in enumerate(records[layout.above : layout.above + layout.header]):
        if record.cells is None or len(record.cells) != width:
            mended = mend(record.raw, dialect, learn([], width, dialect.delimiter))
            if mended is not None:
                head[i] = mended.cells
                flaw = mended.what
    joined = join_header(head, max(width, *map(len, head)))
    header = fitted(joined, rows[layout.above + layout.header :], width)
    return header, flaw or ("header" if len(joined) != width or any(len(row) != width for row in head[:1]) else "")


def _records(
    utf8: memoryview, header: Sequence[str], names: list[str], dialect: Dialect, below: Sequence[Sequence[str]], last: bool
) -> tuple[Body, tuple[str, ...]]:
    """The records of one table, and the lines at its end that are none; what lies beneath the last table goes with it."""
    below_it = None if last else below_a_blank_line(utf8, header, dialect)
    stop, further_at = below_it or (len(utf8), None)
    footers = find_footers(utf8[:stop], dialect, len(names))
    body = _body(utf8[: footers.end], names, dialect, below, last)
    if body.end is None:
        return body._replace(end=further_at), footers.lines
    further_at, footers = body.end, find_footers(utf8[: body.end], dialect, len(names))
    if footers.lines:
        body = _body(utf8[: footers.end], names, dialect, below, last)
    return body._replace(end=further_at), footers.lines


def _body(utf8: memoryview, names: list[str], dialect: Dialect, below: Sequence[Sequence[str]], last: bool) -> Body:
    quoted = bool(dialect.quote) and re.search(re.escape(dialect.quote).encode(), utf8) is not None
    fast = read_fast(utf8, names, dialect, quoted)
    if fast is not None:
        return fast
    kinds = learn(below, len(names), dialect.delimiter)
    return read_careful(utf8, names, dialect, kinds, len if last else lambda records: further(records, len(names)))


def _without_repeated_headers(body: Body, header: Sequence[str]) -> Body:
    """Exports pasted beneath each other are one table; each further header line is left out and named."""
    again = repeated_headers(body.frame, header)
    if not again:
        return body
    numbers = np.array(again) + 1
    frame = body.frame.drop(index=again).reset_index(drop=True)

    def moved(row: int) -> int:
        return row - int(np.searchsorted(numbers, row))

    dropped = set(numbers.tolist())
    repairs = [(moved(row), what) for row, what in body.repairs if row not in dropped] + [
        (min(moved(row), len(frame)), "header_repeated") for row in numbers.tolist()
    ]
    surplus = tuple((moved(row), cells) for row, cells in body.surplus)
    return body._replace(frame=frame, surplus=surplus, repairs=tuple(sorted(repairs)))


def _mended_cells(lines: Sequence[str], piece: Piece) -> int:
    """How many cells hold a letter that was mended, counted in the table's own dialect."""
    delimiter, quote = str(piece.read["delimiter"]).rstrip(" ") or " ", str(piece.read["quote"] or "")
    dialect = Dialect(delimiter, quote, str(piece.read["escape"] or ""))
    return sum(sum(MARK in cell for cell in one(line, dialect) or line.split(delimiter)) for line in lines)


def _lines(utf8: memoryview) -> int:
    data = np.frombuffer(utf8, np.uint8)
    ends = int(np.count_nonzero(data == 10))
    return ends if ends else int(np.count_nonzero(data == 13))
