"""The last lines of a text → which of them are no records: totals, sources, when and by what they were written.

Only a line whose words say so is taken, and only where it fills fewer cells than records do: an answer that is blank but for an
id, a score or a comment stays an answer. It must not know what the columns mean.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nps_core.reading.blocks import MOST_FOOTERS, TOTALS
from nps_core.reading.layout import DIGITS, numeric_columns
from nps_core.reading.records import Dialect, first_records, one

REACH = 1 << 14  # bytes at the end that are looked at; footers beyond are records
LONGEST = 500  # characters of one footer
FEWEST_LINES = 2  # what is left, the line above the records with them: a table without a record has no footers
LEARN = 200  # records that show how many cells are filled, and of what kind
PROSE = 0.2  # share of cells of several words from which a column is a comment
_MADE = (
    r"(?:report |data |file |datei |bericht |rapport |informe )?(?:was )?(?:generated|exported|created|downloaded|printed"
    r"|extracted|run|erstellt|exportiert|generiert|erzeugt|gedruckt|heruntergeladen|généré|exporté|créé|édité|téléchargé|imprimé"
    r"|generado|exportado|creado|descargado|generato|esportato|creato|gerado|criado|gegenereerd|geëxporteerd|aangemaakt"
    r"|wygenerowano|utworzono|genererad|exporterad|genereret|eksporteret)e?s?[ :]+(?:on|at|by|from"
    r"|with|am|um|von|mit|aus|le|la|par|depuis|el|por|desde|con|il|da|em|op|door|met|przez|dnia|den|av|af|\d)"
)
_SOURCE = r"(?:data )?(?:sources?|quellen?|datenquelle|fuentes?|fonte|fonti|fontes|bron|bronnen|źródło|källa|kilde) ?:"
_ROWS = (
    r"rows|records|responses|answers|respondents|entries|lines|zeilen|datensätze|antworten|einträge|lignes|réponses|enregistrements"
    r"|filas|respuestas|registros|righe|risposte|linhas|respostas|rijen|antwoorden|wierszy|rader|svar"
)
_COUNTED = (
    rf"\(?\d[\d.,' ]*(?:{_ROWS}|row|record)(?: (?:affected|selected|in set|exported|returned))?\)?\.?"
    rf"|(?:number of |total |anzahl (?:der )?|nombre de |número de |numero di )?(?:{_ROWS})(?: total| in total)?"
    r" ?[:=] ?\d[\d.,' ]*"
)
_END = (
    r"[-=*# ]*(?:end of (?:the )?(?:report|file|data|export|list|table)|ende (?:des berichts|der datei|der liste|der tabelle)"
    r"|fin (?:du (?:rapport|fichier)|del (?:informe|archivo))|fine (?:del )?(?:rapporto|report|file)|fim do (?:relatório|arquivo)"
    r"|einde (?:van het )?rapport|eof)[-=*# .]*|[-=*#]{3,}|[-=*#]{2,} ?end ?[-=*#]{2,}"
)
_PAGE = (
    r"(?:page|seite|página|pagina|strona|sida|side) \d+(?: ?(?:of|von|de|di|van|z|av|af|/) ?\d+)?"
    r"|(?:©|\(c\)|copyright\b) ?\w.*"  # the sign alone may be what a cell holds
)
_OF_WHAT = re.compile(
    rf"(?:grand )?\S+|\S+ (?:{_ROWS}|nps|scores?|général|generale?|geral):?", re.IGNORECASE
)  # no "total disaster"
REMARK = re.compile(rf"(?:{_MADE}|{_SOURCE}).*|{_COUNTED}|{_END}|{_PAGE}", re.IGNORECASE | re.DOTALL)
COUNTED_TOTAL = re.compile(rf"{TOTALS.pattern}[ :=]*[:=] ?\d[\d.,' %]*(?:{_ROWS})?", re.IGNORECASE)


class Footers(NamedTuple):
    """Where the records end (a byte), and the lines behind it, as they stand in the file."""

    end: int
    lines: tuple[str, ...] = ()


class _Shape(NamedTuple):
    """What the records show: columns, how many cells are filled as a rule, the columns of numbers, whether the first is prose."""

    width: int
    usual: int
    numeric: frozenset[int]
    prose: bool


def find_footers(utf8: memoryview, dialect: Dialect, width: int) -> Footers:
    """The footers at the end of some records."""
    lines = _last_lines(utf8)
    rows = [record.cells for record in first_records(utf8, width, dialect, LEARN) if record.cells is not None]
    shape = _shape([row for row in rows if any(cell.strip() for cell in row)], width)
    found = passed = 0  # how many of the last lines are taken, and how many below the next footer would be taken with it
    for at, (_, line) in enumerate(reversed(lines), start=1):
        cells = one(line, dialect)
        if cells is None or len(line) > LONGEST or passed > MOST_FOOTERS or _within_quotes(cells, dialect):
            break
        empty = not any(cell.strip() for cell in cells)
        if not empty and _is_footer(line, cells, dialect, shape):
            found, passed = at, 0
        elif empty and found == at - 1 and found:
            found = at  # what parts them from the records
        elif empty or _beside(cells, shape):
            passed += 1
        else:
            break
    taken = lines[len(lines) - found :]
    kept = tuple(line for _, line in taken if line.strip(f" {dialect.delimiter}"))
    if not found or len(kept) > MOST_FOOTERS or len(lines) - found < FEWEST_LINES:
        return Footers(len(utf8))
    return Footers(taken[0][0], kept)


def _last_lines(utf8: memoryview) -> list[tuple[int, str]]:
    """The last whole lines, each with the byte at which it begins."""
    begin = max(0, len(utf8) - REACH)
    tail = bytes(utf8[begin:])
    found = [
        (begin + match.start(), match[1].decode("utf-8", "replace"))
        for match in re.finditer(rb"([^\r\n]*)(?:\r\n|\n|\r|\Z)", tail)
    ]
    while found and not found[-1][1].strip():
        found.pop()
    return found[1:] if begin else [(0, ""), *found]  # the line above counts: the header, or half a record


def _shape(rows: Sequence[Sequence[str]], width: int) -> _Shape:
    filled = sorted(sum(bool(cell.strip()) for cell in row) for row in rows)
    first = [row[0].strip() for row in rows if row and row[0].strip()]
    prose = sum(" " in cell for cell in first) > PROSE * len(first)
    return _Shape(width, filled[len(filled) // 2] if filled else 0, frozenset(numeric_columns(rows, width)), prose)


def _within_quotes(cells: Sequence[str], dialect: Dialect) -> bool:
    """Whether a line may be the last of a quoted comment."""
    return bool(dialect.quote) and any(cell.count(dialect.quote) % 2 for cell in cells)


def _beside(cells: Sequence[str], shape: _Shape) -> bool:
    """Whether a line may belong to a footer above it: words without any delimiter in a table of several columns."""
    return len(cells) == 1 < shape.width - 1 and not DIGITS.fullmatch(cells[0]) and " " in cells[0].strip()


def _is_footer(line: str, cells: Sequence[str], dialect: Dialect, shape: _Shape) -> bool:
    first, filled = cells[0].strip(), [cell.strip() for cell in cells if cell.strip()]
    if not first:
        return False
    if shape.width == 1:
        return 0 in shape.numeric and bool(REMARK.fullmatch(line.strip()) or COUNTED_TOTAL.fullmatch(line.strip()))
    if TOTALS.fullmatch(first) and _OF_WHAT.fullmatch(first) and not shape.prose:
        return _is_total(filled, shape)
    short = len(cells) < shape.width or not any(cell.strip() for cell in cells[2:])
    if len(filled) >= max(shape.usual, 2) and 0 not in shape.numeric:
        return False
    told = line.strip() if len(filled) > 1 else first
    certain = len(cells) == 1 or not shape.prose  # a comment may begin like a remark
    return short and certain and bool(REMARK.fullmatch(told) or COUNTED_TOTAL.fullmatch(first))


def _is_total(filled: Sequence[str], shape: _Shape) -> bool:
    """A line of totals: behind its name nothing but numbers, and fewer of them, or a name where the records have a number."""
    if len(filled) < 2 or not all(DIGITS.fullmatch(cell) for cell in filled[1:]):
        return False
    if shape.width == 2:  # beside counts, the sum is a row that the counting itself sets aside
        return 0 in shape.numeric and 1 not in shape.numeric
    return len(filled) < shape.usual or 0 in shape.numeric
