"""Text → how it is written as a table: delimiter, quote and escape.

It must not know what the columns mean. Only the head of the file is looked at. Every dialect that the head gives reason for is
tried, and the one under which the records are most alike is taken.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from nps_core.reading.layout import count_header_rows, distinct, join_header
from nps_core.reading.records import Dialect, parse

__all__ = ["HEAD", "Dialect", "count_header_rows", "distinct", "find_dialect", "join_header"]
HEAD = 1 << 16  # characters that are enough to see how the file is written
SAMPLE = 200  # records compared for each possible dialect
DELIMITERS = (",", ";", "\t", "|", ":", " ")  # on a tie the more usual comes first
UNUSUAL = 0.9  # what a colon's or a blank's full agreement counts: any usual delimiter that does as well is more likely
SEP_LINE = re.compile(r"sep=(.)(?:\r\n?|\n)")  # what Excel writes so that Excel finds the delimiter
TYPED = re.compile(r"[-+$€£]?\d[\d.,:/% T+Z-]*")  # a number, a date, an amount
# What one cell may hold although blanks stand in it: a date with its time, a number with blanks between the thousands.
ONE_VALUE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? +\d{1,2}:\d\d.*|[-+]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?: \S+)?")
FEW = 4  # records of which a blank may be the delimiter only if every one agrees


class Fit(NamedTuple):
    """How well a dialect explains the head; the larger in order, the better."""

    agreement: float
    blank: bool
    sound: bool
    needed: int
    quoted: int
    width: int


def find_dialect(head: str, whole: bool = True) -> Dialect:
    """The dialect under which the first records are most alike; `whole` where the head is not cut off in the middle.

    >>> find_dialect("a;b\\n1,5;2\\n2,5;3\\n").delimiter
    ';'
    """
    head = re.sub(r"\r(?!\n)", "\n", head)  # as many characters; a pattern's ^ and $ know no other line end
    if found := SEP_LINE.match(head):
        return _among(head[found.end() :], (found.group(1),), whole)._replace(skip=found.end())
    return _among(head, DELIMITERS, whole)


def _among(head: str, delimiters: tuple[str, ...], whole: bool) -> Dialect:
    best, best_fit = Dialect(delimiters[0]), Fit(0.0, False, False, 0, 0, 0)
    for dialect in _candidates(head, delimiters):
        if dialect.delimiter in ": " and best_fit.agreement > UNUSUAL:
            continue
        fit = _fit(head, dialect, whole)
        if fit > best_fit and (fit.agreement or dialect.delimiter not in ": "):  # else one column, of words or times
            best, best_fit = dialect, fit
    return best


def _candidates(head: str, delimiters: tuple[str, ...]) -> Iterator[Dialect]:
    """Only what the head gives reason for: a delimiter, quote or escape that does not occur is not tried."""
    lines = re.split(r"[\r\n]+", head, maxsplit=SAMPLE)[:SAMPLE]
    for delimiter in delimiters:
        if delimiter not in head or (delimiter == ":" and delimiter not in lines[0]):
            continue
        edge = re.escape(delimiter)
        single = "\\'" in head or re.search(rf"(?:^|{edge} ?)'|'(?:{edge}|$)", head, re.MULTILINE)
        quotes = ['"', "'"] if single else ['"']
        spaced = delimiter not in ": " and any(delimiter + " " in line for line in lines)
        for quote in quotes:
            for escape in ("", "\\") if _escaped(quote).search(head) else ("",):
                yield Dialect(delimiter, quote, escape)
                if spaced:
                    yield Dialect(delimiter, quote, escape, True)
        if re.search(rf"\\(?:{edge}|\r|\n)", head):
            yield Dialect(delimiter, "", "\\")
            yield Dialect(delimiter, '"', "\\")
            if spaced:
                yield Dialect(delimiter, "", "\\", True)


def _escaped(sign: str) -> re.Pattern[str]:
    """A sign with a backslash before it that is not itself escaped; the backslashes are what is found."""
    return re.compile(rf"(?<!\\)\\(?:\\\\)*(?={re.escape(sign)})")


def only_quotes_escaped(head: str, dialect: Dialect) -> bool:
    r"""Whether backslashes stand for themselves but before a quote: some other sign follows one that is not escaped.

    >>> only_quotes_escaped('"C:\\new",9', Dialect(escape="\\")), only_quotes_escaped('"\\\\new",9', Dialect(escape="\\"))
    (True, False)
    """
    return bool(re.search(rf"(?<!\\)\\(?:\\\\)*(?![\\{dialect.quote}{re.escape(dialect.delimiter)}\r\n])", head))


def _fit(head: str, dialect: Dialect, whole: bool) -> Fit:
    sound = True
    rows = list[list[str]]()
    try:
        rows = parse(head, dialect, strict=True)
    except csv.Error as error:
        sound = "unexpected end of data" in str(error) and not whole
        rows = _lenient(head, dialect)
    if dialect.escape and dialect.quote:
        sound = sound and not _stray_quotes(head, dialect) and not (whole and _half_quoted(head, dialect))
    if not whole:
        rows = rows[:-1]  # cut in the middle
    rows = [row for row in rows if row][:SAMPLE]
    agreement, width = _agreement(rows)
    if dialect.delimiter == " ":
        agreement = _blank_delimits(rows, agreement, width, head, dialect)
    elif dialect.delimiter == ":":
        agreement = _colon_delimits(rows, agreement)
    blank = bool(agreement) and dialect.spaced and _always_a_blank(head, dialect)
    if dialect.spaced and not blank:
        agreement = 0.0
    needed, quoted = _quoted_cells(head, dialect) if agreement else (0, 0)
    if agreement and dialect.escape and not dialect.quote:
        needed = _escapes(head, dialect)
    return Fit(round(agreement, 2), blank, sound, needed, quoted, width)


def _lenient(head: str, dialect: Dialect) -> list[list[str]]:
    try:
        return parse(head, dialect)
    except csv.Error:  # only a cell beyond the size limit
        return []


def _agreement(rows: list[list[str]]) -> tuple[float, int]:
    """The share of records as wide as most of them, 0 where that is one cell; then the width."""
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0.0, 0
    header = len(rows[0])
    width, many = widths.most_common(1)[0]
    if widths[header] * 2 >= many:  # the header's own width counts for more than a chance majority
        width, many = header, widths[header]
    return (many / widths.total() if width > 1 else 0.0), width


def _blank_delimits(rows: list[list[str]], agreement: float, width: int, head: str, dialect: Dialect) -> float:
    """How far blanks can be delimiters: surely where cells are quoted, which a single column needs not.

    Without quotes, a header of two words above values of two words is one column ("NPS group", "Very satisfied", a date and its
    time): then every record must agree and both columns be typed, or one of three and more.
    """
    header = len(rows[0]) if rows else 0
    if header < 2 or len(rows) < 2:
        return 0.0
    if not any(_quoted_cells(head, dialect)):
        needed = width if width == 2 else 1
        one_value = sum(bool(ONE_VALUE.fullmatch(" ".join(row))) for row in rows[1:]) > 0.5 * (len(rows) - 1)
        sure = agreement == 1.0 and not one_value and _typed(rows[1:], width, needed)
        return UNUSUAL if sure else 0.0
    if agreement == 1.0 and (len(rows) > FEW or _typed(rows[1:], width)):
        return UNUSUAL
    whole = all(len(row) >= header for row in rows)
    return min(0.5, max(agreement, 0.1)) if whole and _typed(rows[1:], 1) else 0.0


def _colon_delimits(rows: list[list[str]], agreement: float) -> float:
    """How far colons can be delimiters: all records agree, and the header has names on both sides, not a time or a link."""
    header = rows[0] if rows else []
    names = [cell for cell in header if cell.strip() and not cell[0].isdigit() and not cell.startswith("//")]
    apart = any(cell.startswith(" ") for cell in header)  # "Q1: how likely" is one name
    return UNUSUAL if agreement == 1.0 and len(rows) > 2 and not apart and len(names) == len(header) else 0.0


def _typed(rows: list[list[str]], columns: int, least: int = 1) -> bool:
    """Whether so many of the first columns hold numbers or dates in nearly every record."""
    typed = 0
    for column in range(columns):
        typed += sum(bool(TYPED.fullmatch(row[column])) for row in rows if len(row) > column) >= 0.9 * len(rows)
    return typed >= least


def _always_a_blank(head: str, dialect: Dialect) -> bool:
    """Whether a blank follows every delimiter outside quotes, or nearly (the last cell may be empty)."""
    lines = re.split(r"[\r\n]+", head, maxsplit=SAMPLE)[:SAMPLE]
    if dialect.escape:
        lines = [re.sub(r"\\.", "", line) for line in lines]
    if dialect.quote:
        quote = re.escape(dialect.quote)
        lines = [re.sub(rf"{quote}[^{quote}]*{quote}", "", line) for line in lines if line.count(dialect.quote) % 2 == 0]
    many = sum(line.count(dialect.delimiter) for line in lines)
    return many > 0 and sum(line.count(dialect.delimiter + " ") for line in lines) >= 0.95 * many


def _stray_quotes(head: str, dialect: Dialect) -> bool:
    """Whether a quote stands within a cell, neither escaped nor doubled. Python's csv does not mind where quotes are escaped."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    plain = re.sub(r"\\.", "", head, flags=re.DOTALL)
    return bool(re.search(rf"[^{quote}{delimiter}\s]{quote}[^{quote}{delimiter}\s]", plain))


def _half_quoted(head: str, dialect: Dialect) -> bool:
    """Whether an unescaped quote ends a cell that none began: what looked like an escape was a backslash at a cell's end."""
    quote, delimiter, blank = re.escape(dialect.quote), re.escape(dialect.delimiter), " *" if dialect.spaced else ""
    cell = rf"{blank}(?:{quote}(?:[^{quote}\\]|\\.)*{quote}|(?!{quote})(?:[^{delimiter}{quote}\\\r\n]|\\.)*)"
    end = 0
    for found in re.finditer(rf"{cell}(?:{delimiter}|\r\n|\n|\r|$)", head, re.DOTALL):
        if found.start() != end:
            return True
        end = found.end()
    return end < len(head)


def _escapes(head: str, dialect: Dialect) -> int:
    """How many delimiters and line ends are escaped, where backslashes stand for nothing else: then hardly by chance.

    Two of them stand beside ordinary text: a cell of delimiters and line ends alone is rarer than one that is a backslash. The
    last line end cannot be escaped, as nothing follows that it could belong to.
    """
    text, special = head.rstrip("\r\n"), re.escape(dialect.delimiter) + r"\r\n"
    escaped = re.findall(r"\\(.|$)", text, re.DOTALL)
    in_words = re.findall(rf"[^\\{special}]\\(?:\\\\)*[{special}]|\\(?:\\\\)*[{special}][^\\{special}]", text)
    known = {"\\", dialect.delimiter, "\r", "\n"}.issuperset(escaped)
    return sum(sign != "\\" for sign in escaped) if known and len(in_words) > 1 else 0


def _quoted_cells(head: str, dialect: Dialect) -> tuple[int, int]:
    """How many cells are wrapped in the dialect's quotes: those that had to be, and all of them.

    Single quotes are held to more than double ones, for an apostrophe is one too: only cells that had to be quoted count,
    unless the header is quoted as well.
    """
    if not dialect.quote:
        return 0, 0
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    again = rf"\\{quote}" if dialect.escape else quote * 2
    blank = " ?" if dialect.spaced else ""
    wrapped = rf"(?:^|(?<={delimiter})){blank}{quote}((?:[^{quote}]|{again})*){quote}(?={delimiter}|\r?$)"
    cells = re.findall(wrapped, head, re.MULTILINE)
    special = re.compile(rf"[{delimiter}\r\n]|{again}")
    needed = sum(bool(special.search(cell)) for cell in cells)
    # A backslash before one kind of quote says nothing in a file that begins with the other.
    if dialect.escape and not head.startswith("'" if dialect.quote == '"' else '"'):
        needed += len(_escaped(dialect.quote).findall(head))
    if dialect.quote == "'":
        first = re.split(r"[\r\n]", head, maxsplit=1)[0]
        cells = cells if re.search(wrapped, first) and len(cells) > 3 else []
    return needed, len(cells)
