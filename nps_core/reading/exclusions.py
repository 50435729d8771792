"""Rows that the survey tool itself marks as not counting: unfinished, previews, spam, left out, another kind of survey.

It applies the rules of a known layout to the rows of each file, and notices what looks like a test. It must not know the score.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.errors import NotASurvey
from nps_core.reading.cleaning import CODES
from nps_core.reading.columns import Column, is_blank
from nps_core.reading.exports import Rule, has_name, recognise
from nps_core.reading.table import Table
from nps_core.reading.words import fold, named

# Of a comment or a name that is nothing else: somebody tried out the survey. en, fr, es, it, pt.
_TESTS = ("test", "testing", "test test", "essai", "prueba", "prova", "teste", "asdf")
TESTS = tuple(spelling for word in _TESTS for spelling in (word, word.capitalize(), word.upper()))
NAMES = {"name", "firstname", "lastname", "nom", "prenom", "vorname", "nachname", "nombre", "apellido", "nome", "cognome", "naam"}
OTHER = CODES.index("other_survey")


class Excluded(NamedTuple):
    """Rows that do not count because of one column: their places, and the place of the reason in `CODES`."""

    column: Column
    rows: NDArray[np.int64]
    code: int


def excluded(columns: Sequence[Column], tables: Sequence[Table], starts: Sequence[int]) -> list[Excluded]:
    """The rows that do not count, each once, by the first rule that takes it.

    Raises NotASurvey where all rows of a file answer another kind of survey.
    """
    found = list[Excluded]()
    for table, start in zip(tables, starts, strict=True):
        layout = recognise(table.header)
        left = np.ones(len(table.frame), dtype=bool)
        for rule in layout.rules if layout else ():
            column = next((c for c in columns if has_name(c.header, rule.column)), None)
            if column is None or not left.any():
                continue
            rows = left & _taken(column, rule)[start : start + len(left)]
            if rows.any():
                left &= ~rows
                found.append(Excluded(column, np.flatnonzero(rows) + start, CODES.index(rule.reason)))
                _refuse_other(found[-1], table, int(rows.sum()))
    return found


def trial_note(columns: Sequence[Column], comments: Sequence[Column]) -> str:
    """What to tell about rows that look like tests, by a comment or a name; '' where none does. They count: nobody said so."""
    kind, rows = pa.array(TESTS, pa.large_string()), np.zeros(0, dtype=np.int64)
    first, longest = "", max(len(text.encode()) for text in TESTS)
    for column in columns:
        if column in comments or named(NAMES, column.header):
            short = np.flatnonzero(np.asarray(pac.less_equal(pac.binary_length(column.array), longest)))  # few of a million texts
            found = short[np.asarray(pac.is_in(column.array.take(pa.array(short)), value_set=kind))]
            first = first or (f"“{column.array[int(found[0])].as_py()}” in “{column.header}”" if len(found) else "")
            rows = np.union1d(rows, found)
    if not len(rows):
        return ""
    if len(rows) == 1:
        return f"1 row looks like a test ({first}) and counts as it stands."
    return f"{len(rows):,} rows look like tests ({first}) and count as they stand."


def _taken(column: Column, rule: Rule) -> NDArray[np.bool_]:
    codes, spellings = column.spelled
    form = re.compile(rule.cells)
    texts = ["" if is_blank(text) else fold(text) for text in spellings]
    return np.array([(form.fullmatch(text) is None) == rule.unless for text in texts] or [False])[codes]


def _refuse_other(found: Excluded, table: Table, many: int) -> None:
    if found.code == OTHER and many == len(table.frame):
        kinds = ", ".join(f"“{text}”" for text in list(found.column.sample)[:3])
        raise NotASurvey(
            "answers to an NPS question",
            f"only {kinds} under “{found.column.header}” in {table.name}",
            "Export the answers of an NPS survey; other kinds of survey ask something else.",
            tuple(str(name) for name in table.frame.columns),
        )
