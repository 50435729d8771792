"""Scores as people and tools spell them → 0 to 10, or the reason why not. Never a guess.

Every distinct spelling is judged once. It must not know which column is the score.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.columns import NUMBER, to_number
from nps_core.reading.date_scores import day_and_month, score_behind
from nps_core.reading.empty_words import is_unsaid
from nps_core.reading.spellings import spelled
from nps_core.responses import STATUSES
from nps_core.scale import GROUPS, HIGHEST, LOWEST, SCORES, group_of

# Why a cell was set aside: code → words.
REASONS = {
    "off_scale": "a number outside 0 to 10",
    "not_whole": "not a whole number",
    "unreadable": "not a score",
    "date_for_score": "a date where a score belongs; a spreadsheet may have made it of a score such as 9/10",
    "blank": "no score was given",
    "surplus_cells": "the row has more cells than the header",
    "row_repaired": "the row was damaged; its columns settled what was meant, and it is read so",
    "row_damaged": "the row is damaged and is read as it stands",
    "date_unreadable": "not a date of the form the column has",
    "repeated": "a later answer of the same respondent in the same period counts",
    "unfinished": "the survey was not finished",
    "preview": "a preview, not an answer of a respondent",
    "test": "a test, not an answer of a respondent",
    "spam": "the survey tool took it for spam",
    "left_out": "the survey tool leaves it out of its own figures",
    "other_survey": "the answer to another kind of survey",
    "copy": "the same answer stands in an earlier row",
    "total": "a sum of other rows, not an answer",
    "count_unreadable": "the number of answers is no whole number",
}
CODES = tuple(REASONS)
# What a score was read from where it was not a plain whole number: kind → words.
SCORE_REPAIRS = {
    "out_of": "text",
    "label": "labels",
    "word": "words",
    "number": "numbers",
    "date": "dates that a spreadsheet made of scores,",
}
# Reasons for which a row does not count although it may hold a score.
EXCLUDING = {"repeated", "unfinished", "preview", "test", "spam", "left_out", "other_survey", "copy", "total"}
STATUS_OF_REASON = np.array(  # the status that goes with each reason's place in CODES; the last is for none
    [STATUSES.index("blank" if c == "blank" else "excluded" if c in EXCLUDING else "invalid") for c in CODES] + [0], dtype=np.int8
)
_GROUP_OF_SCORE = np.array([*(GROUPS.index(group_of(score)) for score in SCORES), -1], dtype=np.int8)  # −1 (none) finds the last
_TOTALS = {"total", "totals", "sum", "gesamt", "summe", "somme", "totale", "totaal", "all", "insgesamt", "ensemble", "nps"}


class Cleaned(NamedTuple):
    """One spelling's verdict: a score, or the reason why there is none; and what it was read from (a key of `SCORE_REPAIRS`)."""

    score: int | None
    reason: str | None = None
    repair: str = ""


def clean_score(text: str) -> Cleaned:
    """The score that a cell holds.

    >>> [clean_score(t).score for t in ("10", " 9 ", "8,0", "Extremely likely - 10", "0 - Not at all likely")]
    [10, 9, 8, 10, 0]
    >>> [clean_score(t).reason for t in ("11", "−1", "9.5", "good", "N/A")]
    ['off_scale', 'off_scale', 'not_whole', 'unreadable', 'blank']
    """
    bare = text.strip()
    if is_unsaid(bare):
        return Cleaned(None, "blank")
    if not NUMBER.fullmatch(bare):
        if (found := spelled(bare)) is not None:
            return Cleaned(found[0], repair=found[1])
        return Cleaned(None, "unreadable" if day_and_month(bare) is None else "date_for_score")
    value = to_number(bare)
    if not LOWEST <= value <= HIGHEST:
        return Cleaned(None, "off_scale")
    if value != int(value):
        return Cleaned(None, "not_whole")
    return Cleaned(int(value), repair="" if text == str(int(value)) else "number")


def clean_spellings(spellings: Sequence[str], asked: bool = False) -> list[Cleaned]:
    """All spellings of one column; `asked` says that its header asks for a recommendation.

    A date is a score that a spreadsheet has changed only where every date of the column can have been one, and others still say
    9/10 or the like, or a telling header has no plain score beneath it.

    >>> [c.score for c in clean_spellings(["8/10", "2024-10-09"])], [c.score for c in clean_spellings(["8", "2024-10-09"])]
    ([8, 9], [8, None])
    """
    verdicts = [clean_score(text) for text in spellings]
    dates = [place for place, verdict in enumerate(verdicts) if verdict.reason == "date_for_score"]
    behind = [score_behind(spellings[place]) for place in dates]
    out_of, plain = (any(v.repair == kind and v.score is not None for v in verdicts) for kind in ("out_of", ""))
    if None not in behind and (out_of or (asked and not plain)):
        for place, score in zip(dates, behind, strict=True):
            verdicts[place] = Cleaned(score, repair="date")
    return verdicts


class Repair(NamedTuple):
    """Scores read from other text: the kind (a key of `SCORE_REPAIRS`), how many cells, and the first of them."""

    kind: str
    cells: int
    example: str


class Scores(NamedTuple):
    """A whole column judged: arrays over rows, and what was read from other text, the most frequent kind first.

    `score` is −1 where there is none, `group` its place in `GROUPS` (−1 for none); `reason` is the position in `CODES`, −1 where
    there is an answer.
    """

    score: NDArray[np.int8]
    group: NDArray[np.int8]
    reason: NDArray[np.int8]
    repairs: tuple[Repair, ...] = ()


def clean_scores(codes: NDArray[np.int32], spellings: Sequence[str], asked: bool = False) -> Scores:
    """All scores of a column given as places among its distinct spellings; `asked` as for `clean_spellings`."""
    verdicts = clean_spellings(spellings, asked)
    score = np.array([-1 if v.score is None else v.score for v in verdicts] or [-1], dtype=np.int8)
    reason = np.array([CODES.index(v.reason) if v.reason else -1 for v in verdicts] or [-1], dtype=np.int8)
    return Scores(score[codes], _GROUP_OF_SCORE[score][codes], reason[codes], _repairs(codes, spellings, verdicts))


def _repairs(codes: NDArray[np.int32], spellings: Sequence[str], verdicts: Sequence[Cleaned]) -> tuple[Repair, ...]:
    if not any(verdict.repair for verdict in verdicts):
        return ()
    cells, examples = Counter[str](), dict[str, str]()
    for text, verdict, many in zip(spellings, verdicts, np.bincount(codes, minlength=len(spellings)).tolist(), strict=True):
        if verdict.repair and many:
            cells[verdict.repair] += many
            examples.setdefault(verdict.repair, text)
    return tuple(Repair(kind, many, examples[kind]) for kind, many in cells.most_common())


def repairs_sentence(repairs: Sequence[Repair]) -> str:
    """What the scores were read from, kind by kind; '' where all were plain numbers.

    >>> repairs_sentence((Repair("out_of", 21, "10/10"), Repair("word", 3, "ten")))
    '21 scores were read from text such as “10/10”; 3 from words such as “ten”.'
    """
    if not repairs:
        return ""
    told = [f"{repair.cells:,} from {SCORE_REPAIRS[repair.kind]} such as “{repair.example}”" for repair in repairs]
    read = "score was read" if repairs[0].cells == 1 else "scores were read"
    return "; ".join(told).replace(" from ", f" {read} from ", 1) + "."


def is_total(text: str) -> bool:
    """Whether a cell beside counts names the sum of the other rows.

    >>> is_total("Total"), is_total("10")
    (True, False)
    """
    return text.strip().rstrip(":").casefold() in _TOTALS
