"""Only the group of each answer is known: promoter, passive, detractor in seven languages, or Qualtrics' 1, 2, 3.

The score itself is then missing; NPS needs the groups alone. It must not choose between columns.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.cleaning import CODES, Scores
from nps_core.reading.columns import FEW, Column
from nps_core.reading.empty_words import is_unsaid
from nps_core.reading.words import NEUTRAL, NPS_NAMES, fold, tokens
from nps_core.scale import GROUPS

# en, fr, de, es, pt, it, nl; over folded text. What stands around the word ("Promoters (9-10)") is allowed for.
NAMES = {
    "promoter": r"promot(?:er|eur|or|rice)\w*|befurworter\w*|fursprecher\w*|ambassadeu?r\w*",
    "passive": r"passie?[vf]\w*|pasiv\w*|neutr(?:al|e|o|aal|i)\w*|indif+eren\w*|unentschieden\w*",
    "detractor": r"det?ra(?:ct|kt|tt?)(?:or|eur|er|rice)\w*|kritiker\w*|criticaster\w*",
}
AROUND = r"[\s\d()\[\]\-–—−:./%,;~+<>=≤≥]*"  # digits and marks: the scores that belong to the group
FORMS = {
    group: re.compile(rf"{AROUND}(?:nps\b{AROUND})?(?:{words}){AROUND}(?:(?:zufriedene?|clients?|customers?|kunden)\b{AROUND})?")
    for group, words in NAMES.items()
}
QUALTRICS = {"1": "detractor", "2": "passive", "3": "promoter"}  # the codes of X_NPS_GROUP
ENDING = "_nps_group"
GROUP_NAMES = {"group", "gruppe", "groupe", "grupo", "gruppo", "groep", "category", "categorie", "categoria", "segment", "type"}
MOSTLY = 0.9


def group_named(text: str) -> str | None:
    """The group that a text names, None for any other text.

    >>> [group_named(t) for t in ("Promoters (9-10)", "Détracteur", "Passiv Zufriedene", "pasivo", "promotion", "9")]
    ['promoter', 'detractor', 'passive', 'passive', None, None]
    """
    plain = fold(text)
    return next((group for group, form in FORMS.items() if form.fullmatch(plain)), None)


def pair_of(header: str) -> str:
    """The name X of the score column that belongs to a column X_NPS_GROUP, '' for any other header.

    >>> pair_of("Q3_NPS_GROUP How likely - Group"), pair_of("region")
    ('q3', '')
    """
    first = fold(header).split(" ")[0]
    return first[: -len(ENDING)] if first.endswith(ENDING) else ""


def _coded(header: str) -> bool:
    """Whether 1, 2, 3 under this header are groups: Qualtrics' own ending, or NPS and a word for group."""
    words = set(tokens(header))
    names_group = bool(words & GROUP_NAMES) and bool(words & NPS_NAMES)
    return bool(pair_of(header)) or (names_group and words <= GROUP_NAMES | NPS_NAMES | NEUTRAL | {"code"})


def meaning(header: str, spellings: Sequence[str]) -> list[str | None]:
    """The group of each spelling, None for no group; 1, 2, 3 where the header says that they are groups."""
    if _coded(header) and all(text.strip() in QUALTRICS or is_unsaid(text) for text in spellings):
        return [QUALTRICS.get(text.strip()) for text in spellings]
    return [group_named(text) for text in spellings]


def holds_groups(column: Column) -> bool:
    """Whether nearly all that the column says are groups, and not only the middle one."""
    if not column.filled or column.distinct > FEW:
        return False
    said = {text: meaning(column.header, [text])[0] for text in column.sample}
    if sum(many for text, many in column.sample.items() if said[text]) < MOSTLY * column.filled:
        return False
    return bool({"promoter", "detractor"} & set(said.values())) or "nps" in tokens(column.header)


def clean_groups(column: Column) -> Scores:
    """A column of groups judged as one of scores is: no score, the group of each answer, the reason where there is none."""
    codes, spellings = column.spelled
    named = meaning(column.header, spellings)
    group = np.array([GROUPS.index(name) if name else -1 for name in named] or [-1], dtype=np.int8)
    unread = [CODES.index("blank" if is_unsaid(text) else "unreadable") for text in spellings]
    reason = np.array([-1 if name else code for name, code in zip(named, unread, strict=True)] or [-1], dtype=np.int8)
    none: NDArray[np.int8] = np.full(len(codes), -1, dtype=np.int8)
    return Scores(none, group[codes], reason[codes])


def agree(groups: Column, scores: Scores) -> bool:
    """Whether a column of groups says of every answer what its score says."""
    said = clean_groups(groups).group
    both = (said >= 0) & (scores.group >= 0)
    return bool(both.any()) and bool((said[both] == scores.group[both]).all())
