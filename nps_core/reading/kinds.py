"""What a column other than the score can be: comment, date, respondent, wave, weight, or the score's group said again.

Each function holds one column against one part and answers with how well it fits and why; it must not choose between columns.
"""

import re
from typing import NamedTuple

from nps_core.reading.columns import Column
from nps_core.reading.date_order import MONTHS, YEARS
from nps_core.reading.dates import PATTERNS, Form, find_form
from nps_core.reading.exports import Layout, has_name, place
from nps_core.reading.groups_only import holds_groups
from nps_core.reading.natural import SEASONS, is_month, period_key
from nps_core.reading.scale_check import SILENT, grade
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
WAVE_NAME = re.compile(rf"(?:{'|'.join(sorted(WAVE_MAIN))})[\s_#\-.]*\d{{1,3}}")  # Wave 1; of folded text
MONTH_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
CHOICES_PER_ANSWER = 3  # a list of ticked choices repeats its parts at least so often
KNOWN = 20  # the rank of what the layout of a known tool names first
FREE_TEXT_WORDS = 4  # words an answer has on average where the header does not say that it is a comment
SHORT_LIST = 12  # different texts of a column that may be a list of choices even under a comment's header


class Case(NamedTuple):
    """How well a column fits a part (0 not at all; higher is better), and why."""

    rank: int
    reason: str = ""


NO = Case(0)


def as_comment(column: Column, layout: Layout | None = None) -> Case:
    """Free text, written by respondents."""
    if not column.filled or column.share(PLAIN_WORDS) < 0.5:
        return NO
    known = bool(layout and layout.comment and re.fullmatch(layout.comment, fold(column.header)))
    asks, own = known or says(COMMENT, column.header), column.distinct / column.filled
    length = f"its texts have {column.words:.0f} words on average and {column.distinct:,} of {column.filled:,} differ"
    if asks and (column.distinct > SHORT_LIST or own > 0.5):
        why = f"{layout.tool} writes answers in words there" if known and layout else "its header asks for words"
        return Case(2, f"{why}; {length}")
    if column.words >= FREE_TEXT_WORDS and own >= 0.7 and column.filled >= 5 and not _ticked(column):
        return Case(1, length)
    return NO


def _ticked(column: Column) -> bool:
    """Whether the texts are lists of ticked choices, as forms join them by semicolons."""
    parts = [part.strip() for text in column.sample for part in text.split(";")]
    return len(parts) > 1.5 * column.distinct and len(parts) >= CHOICES_PER_ANSWER * len(set(parts))


def as_date(column: Column, layout: Layout | None = None) -> tuple[Case, Form | None]:
    """When the answer was given; the rank tells apart answering, a plain date, being asked, and another date (1)."""
    if not column.filled or named(BIRTH, column.header):
        return NO, None
    best = place(layout.date, column.header) if layout else None
    if layout and best is not None and (form := find_form(column, True)) is not None:
        return Case(KNOWN - best, f"{layout.tool} writes there when the answer was given"), form
    says_date = named(DATE | ANSWERED_WHEN | ASKED_WHEN, column.header) or tokens(column.header)[-1:] in (("at",), ("on",))
    form = find_form(column, says_date)
    if form is None:
        return NO, None
    if form.coarse:
        return (NO, None) if named(ANOTHER_DATE, column.header) else (Case(2, "its header names a date"), form)
    if named(ANOTHER_DATE, column.header) and not named(ANSWERED_WHEN - {"last"}, column.header):
        return Case(1, "it holds dates of something else"), form
    if named(ASKED_WHEN, column.header):
        return Case(3, "its header names when the survey was sent or begun"), form
    if named(ANSWERED_WHEN - {"last"}, column.header):
        return Case(5, "its header names when the answer was given"), form
    return (Case(4, "its header names a date"), form) if says_date else (Case(2, "its values are dates"), form)


def as_respondent(column: Column, layout: Layout | None = None) -> Case:
    """Who answered: an id or address of a person, not of a response or a row."""
    if layout and any(has_name(column.header, name) for name in layout.nobody):
        return NO
    best = place(layout.respondent, column.header) if layout else None
    if layout and best is not None and column.distinct >= 2 and not column.serial:
        return Case(KNOWN - best, f"{layout.tool} writes there who answered; {_differ(column)}")
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
    return Case(rank, f"its header names who answered; {_differ(column)}")


def _differ(column: Column) -> str:
    return f"{column.distinct:,} of {column.filled:,} values looked at differ"


def as_wave(column: Column, dated: bool = False) -> Case:
    """Which wave of the survey the answer belongs to; a column of months only where there are no dates."""
    if not column.filled or len(tokens(column.header)) > 3 or not 2 <= column.distinct <= 60:
        return NO
    differ = f"it has {column.distinct} different values"
    if not dated and named(MONTHS, column.header) and (column.share(MONTH_NUMBER) == 1.0 or all(map(period_key, column.sample))):
        return Case(2, f"its header names months and {differ}")
    if not dated and named(YEARS, column.header) and column.share(PATTERNS["year"]) == 1.0:
        return Case(2, f"its header names years and {differ}")
    if named(WAVE_MAIN, column.header):
        return Case(2, f"its header names waves and {differ}")
    if grade(column.header) == SILENT and all(map(_names_a_wave, column.sample)):
        return Case(1, f"its values are names of waves and {differ}")
    return NO


def _names_a_wave(text: str) -> bool:
    """Whether a text is a wave by itself: Wave 1, 2H19, Q1 2024, March 2024."""
    key, words = period_key(text), re.findall(r"[^\W\d_]{3,}", fold(text))
    period = key is not None and key[0] > 0 and all(is_month(word) or word in SEASONS for word in words)
    return period or WAVE_NAME.fullmatch(fold(text)) is not None


def as_weight(column: Column) -> Case:
    """How much an answer should count for: noticed, never used."""
    words = set(tokens(column.header))
    if column.filled and words & WEIGHT and len(words) <= 3 and column.numeric > 0.9:
        return Case(1, "its header names a weight")
    return NO


def as_group(column: Column) -> Case:
    """Promoter, passive, detractor in words: the score said again."""
    return (
        Case(1, f"it repeats the group of the score in {'numbers' if column.numeric else 'words'}")
        if holds_groups(column)
        else NO
    )
