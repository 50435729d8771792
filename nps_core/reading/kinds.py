"""What a column other than the score can be: comment, date, respondent, wave, weight, or the score's group said again.

Each function holds one column against one part and answers with how well it fits and why; it must not choose between columns.
"""

import re
from typing import NamedTuple

from nps_core.reading.columns import Column
from nps_core.reading.dates import Form, find_form
from nps_core.reading.words import (
    ALONE_A_PERSON,
    ANOTHER_DATE,
    ANSWERED_WHEN,
    ASKED_WHEN,
    BIRTH,
    COMMENT,
    DATE,
    ID,
    NOT_A_PERSON,
    PERSON,
    WAVE_MAIN,
    WEIGHT,
    fold,
    named,
    says,
    tokens,
)

PLAIN_WORDS = re.compile(r"(?s)(?!https?://|www\.)(?!\S+@\S+$)(?=.*[^\W\d_]{2}).*")  # text with a word in it, no address
GROUP_WORDS = re.compile(r"(?i)(promot|promoteur|passi[efv]|pasiv|neutr[aeo]|indiff|d[ée]tra[ck]?t|kritik|criticaster).*")
CHOICES_PER_ANSWER = 3  # a list of ticked choices repeats its parts at least so often
FREE_TEXT_WORDS = 4  # words an answer has on average where the header does not say that it is a comment
SHORT_LIST = 12  # different texts of a column that may be a list of choices even under a comment's header


class Case(NamedTuple):
    """How well a column fits a part (0 not at all; higher is better), and why."""

    rank: int
    reason: str = ""


NO = Case(0)


def as_comment(column: Column) -> Case:
    """Free text, written by respondents."""
    if not column.filled or column.share(PLAIN_WORDS) < 0.5:
        return NO
    asks, own = says(COMMENT, column.header), column.distinct / column.filled
    length = f"its texts have {column.words:.0f} words on average and {column.distinct:,} of {column.filled:,} differ"
    if asks and (column.distinct > SHORT_LIST or own > 0.5):
        return Case(2, f"its header asks for words; {length}")
    if column.words >= FREE_TEXT_WORDS and own >= 0.7 and column.filled >= 5 and not _ticked(column):
        return Case(1, length)
    return NO


def _ticked(column: Column) -> bool:
    """Whether the texts are lists of ticked choices, as forms join them by semicolons."""
    parts = [part.strip() for text in column.sample for part in text.split(";")]
    return len(parts) > 1.5 * column.distinct and len(parts) >= CHOICES_PER_ANSWER * len(set(parts))


def as_date(column: Column) -> tuple[Case, Form | None]:
    """When the answer was given; the rank tells apart answering, a plain date, being asked, and another date (1)."""
    if not column.filled or named(BIRTH, column.header):
        return NO, None
    says_date = named(DATE | ANSWERED_WHEN | ASKED_WHEN, column.header) or tokens(column.header)[-1:] in (("at",), ("on",))
    form = find_form(column, says_date)
    if form is None:
        return NO, None
    if named(ANOTHER_DATE, column.header) and not named(ANSWERED_WHEN - {"last"}, column.header):
        return Case(1, "it holds dates of something else"), form
    if named(ASKED_WHEN, column.header):
        return Case(3, "its header names when the survey was sent or begun"), form
    if named(ANSWERED_WHEN - {"last"}, column.header):
        return Case(5, "its header names when the answer was given"), form
    return (Case(4, "its header names a date"), form) if says_date else (Case(2, "its values are dates"), form)


def as_respondent(column: Column) -> Case:
    """Who answered: an id or address of a person, not of a response or a row."""
    words = set(tokens(column.header))
    wordy = "".join(tokens(column.header))
    if not column.filled or (words & NOT_A_PERSON and not words & {"respondent", "participant"}) or column.words > 3:
        return NO
    is_id = bool(words & ID)
    if words & PERSON and is_id:
        rank = 5 if words & {"respondent", "participant", "panelist"} else 4
    elif words & ALONE_A_PERSON or wordy in ALONE_A_PERSON:
        rank = 3
    elif words and (words <= PERSON or words <= ID):
        rank = 2 if words <= PERSON else 1
    else:
        return NO
    if column.serial:
        return NO  # a running number names a row, and would be somebody else in the next file
    own = column.distinct / column.filled
    if column.distinct < 2 or own < (0.2 if rank <= 2 else 0.05):
        return NO
    return Case(rank, f"its header names who answered; {column.distinct:,} of {column.filled:,} values looked at differ")


def as_wave(column: Column) -> Case:
    """Which wave of the survey the answer belongs to."""
    if column.filled and named(WAVE_MAIN, column.header) and len(tokens(column.header)) <= 3 and 2 <= column.distinct <= 60:
        return Case(1, f"its header names waves and it has {column.distinct} different values")
    return NO


def as_weight(column: Column) -> Case:
    """How much an answer should count for: noticed, never used."""
    words = set(tokens(column.header))
    if column.filled and words & WEIGHT and len(words) <= 3 and column.numeric > 0.9:
        return Case(1, "its header names a weight")
    return NO


def as_group(column: Column) -> Case:
    """Promoter, passive, detractor in words: the score said again."""
    if column.filled and column.distinct <= 12 and column.share(GROUP_WORDS) == 1.0:
        return Case(1, "it repeats the group of the score in words")
    if column.filled and column.distinct <= 3 and fold(column.header).replace(" ", "_").endswith("nps_group"):
        return Case(1, "it repeats the group of the score in numbers")
    return NO
