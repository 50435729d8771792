"""Counts already added up: a score (or group) in one column, the number of answers that gave it in another.

It finds the column of numbers and reads it. It must not choose the score.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.cleaning import is_total
from nps_core.reading.columns import Column, is_blank
from nps_core.reading.words import fold, tokens

_HOW_MANY = (
    "count counts number numbers n no nb nr num freq frequency frequencies total totals amount cnt anzahl haufigkeit haufigkeiten"
    " nombre effectif effectifs cantidad numero frecuencia frecuencias quantidade frequencia frequenza quantita aantal frequentie"
)
_OF_WHAT = (
    "answers responses respondents answer response customers people participants clients surveys ratings votes completes"
    " antworten kunden personen teilnehmer reponses repondants clients personnes respuestas clientes personas encuestados"
    " respostas pessoas risposte clienti persone antwoorden klanten respondenten"
)
_BETWEEN = "of the de der von di van des do da del delle en"
HOW_MANY, OF_WHAT = set(_HOW_MANY.split()), set(_OF_WHAT.split())
ALLOWED = HOW_MANY | OF_WHAT | set(_BETWEEN.split())
NOT_ALONE = {"no", "nr", "numero", "answer", "response", "num", "nb"}  # these also head other things
WHOLE = re.compile(r"\d+(?:[.,]0+)?|\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+")
SHARE = re.compile(r"[<>]?\s*\d+(?:[.,]\d+)?\s*%|[01](?:[.,]\d+)?|\d{1,3}[.,]\d+")
MOST_ROWS = 20_000  # a table of counts is short; a longer one is not looked at
FEWEST_ROWS = 3
MOST = 2**53  # beyond it numbers are no longer exact everywhere


def count_column(columns: Sequence[Column], score: Column) -> Column | None:
    """The column that says how many answers each row stands for; None where each row is one answer."""
    rows = len(score.cells)
    if not FEWEST_ROWS <= rows <= MOST_ROWS:
        return None
    able = [column for column in columns if column is not score and _names_a_number(column.header) and _whole(column, score)]
    return next((column for column in able if _added_up(columns, score, column)), None)


def _names_a_number(header: str) -> bool:
    words = set(tokens(header)) or ({"n"} if header.strip() == "#" else set())
    return bool(words & (HOW_MANY | OF_WHAT)) and words <= ALLOWED and not words <= NOT_ALONE


def _whole(column: Column, score: Column) -> bool:
    """Whether all cells are whole numbers of 0 or more, and not merely the number of the row."""
    texts = [text.strip() for text in column.spelled[1]]
    filled = [text for text in texts if not is_blank(text)]
    return len(filled) > 0 and not column.serial and all(WHOLE.fullmatch(text) for text in filled)


def _added_up(columns: Sequence[Column], score: Column, count: Column) -> bool:
    """Whether each score occurs once, within each combination of whatever else the rows say: answers would repeat them."""
    rest = [column for column in columns if column is not score and column is not count and not _is_share(column)]
    scores = [fold(text) for text in score.cells.tolist()]
    beside = list(zip(*(column.cells.tolist() for column in rest), strict=True)) if rest else [()] * len(scores)
    keys = [(text, cells) for text, cells in zip(scores, beside, strict=True) if text and not is_total(text)]
    return len(set(keys)) == len(keys) and 2 * len({cells for _, cells in keys}) <= len(keys)


def _is_share(column: Column) -> bool:
    """Whether the column says the same number once more, as a share of all."""
    named = "%" in column.header or bool(
        {"percent", "percentage", "share", "prozent", "anteil", "part"} & set(tokens(column.header))
    )
    return not column.filled or ((named or column.share(re.compile(r".*%")) > 0.5) and column.share(SHARE) > 0.9)


def clean_counts(column: Column) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """How many answers each row stands for, and where the cell says something that is no such number (then 0)."""
    codes, spellings = column.spelled
    texts = [text.strip() for text in spellings]
    counts = np.array([_number(text) for text in texts] or [0], dtype=np.int64)
    bad = np.array([not WHOLE.fullmatch(text) and not is_blank(text) for text in texts] or [False])
    return counts[codes], bad[codes]


def _number(text: str) -> int:
    if not WHOLE.fullmatch(text):
        return 0
    whole = re.sub(r"[.,]0+$", "", text) if not re.search(r"[.,]000$", text) else text
    return min(int(re.sub(r"\D", "", whole)), MOST)
