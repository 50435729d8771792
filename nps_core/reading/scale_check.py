"""Can this column be a 0 to 10 recommendation score? What its header asks, what its values allow, and why not.

It must not choose between columns; `roles` does.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.cleaning import clean_spellings
from nps_core.reading.columns import FEW, Column, to_number
from nps_core.reading.words import (
    LIKELY,
    NEUTRAL,
    NPS_NAMES,
    ONE_TO_FIVE,
    ONE_TO_TEN,
    OTHER_SUBJECT,
    RECOMMEND,
    SAYS_NOTHING,
    WEAK,
    ZERO_TO_TEN,
    fold,
    says,
    tokens,
)
from nps_core.scale import HIGHEST

MOSTLY = 0.9  # share of the answers that must be scores where the header does not ask for a recommendation
QUARTER = 0.25  # ... and where it does: what is no score then is an issue, not a reason to refuse
ENOUGH = 10  # answers from which the absence of high values says something about the scale
MANY = 30  # ... and of 8 to 10
VERY_MANY = 100  # ... and of a single 0, which few people give anyway
TEXT = "its values are text, not numbers from 0 to 10"
DATES = "its values are dates, which a spreadsheet may have made of scores such as 9/10"
OUT_OF = re.compile(r"\d+(?:[.,]\d+)?\s*/\s*\d+")  # 4/5
NPS, ASKS, NAMED, WEAKLY, SILENT, OTHER = 5, 4, 3, 2, 1, 0  # what the header says, best first


def grade(header: str) -> int:
    """How clearly a header asks for a recommendation: `NPS`, `ASKS`, `NAMED`, `WEAKLY`, `SILENT` or `OTHER`.

    >>> [grade(h) for h in ("nps", "How likely are you to recommend us?", "Recommend", "score", "Q7", "satisfaction")]
    [5, 4, 3, 2, 1, 0]
    """
    words = [word for word in tokens(header) if not word.isdigit()]
    rest = set(words) - NPS_NAMES
    promoter = {"net", "promoter"} <= rest
    rest -= {"net", "promoter"} if promoter else set()
    if promoter or not NPS_NAMES.isdisjoint(words):
        return NPS if rest <= NEUTRAL | {"net", "promoter"} else NAMED
    if says(RECOMMEND, header):
        return ASKS if says(LIKELY, header) or "?" in header or ZERO_TO_TEN.search(fold(header)) else NAMED
    if any(says(stems, header) for stems in OTHER_SUBJECT.values()):
        return OTHER
    if rest & WEAK and rest <= NEUTRAL | WEAK:
        return WEAKLY
    if ZERO_TO_TEN.search(fold(header)):
        return WEAKLY
    return SILENT if rest <= SAYS_NOTHING or rest <= {"f"} else OTHER


@dataclass(frozen=True)
class Fit:
    """One column held against the 0 to 10 scale, from all its cells.

    `obstacle` says in words why it cannot be the score; '' where it can. `asks_first` is set where it could be, but only the
    reader can tell. `hint` is what speaks for it beside header and values. `groups` is set where the column holds no scores but
    the group of each answer.
    """

    column: Column
    grade: int
    answered: int = 0
    counts: tuple[int, ...] = (0,) * (HIGHEST + 1)
    obstacle: str = ""
    asks_first: bool = False
    labelled: bool = False
    hint: str = ""
    groups: bool = False

    @property
    def lowest(self) -> int:
        """The lowest score given; 0 without scores."""
        return next((score for score, many in enumerate(self.counts) if many), 0)

    @property
    def highest(self) -> int:
        """The highest score given; 0 without scores."""
        return next((score for score in range(HIGHEST, -1, -1) if self.counts[score]), 0)

    @property
    def valid(self) -> int:
        """How many cells hold a score."""
        return sum(self.counts)

    @cached_property
    def asks(self) -> str:
        """What the header says, in words."""
        if self.hint:
            return self.hint
        return {
            NPS: "its header says NPS",
            ASKS: "its header asks how likely one is to recommend",
            NAMED: "its header speaks of recommending",
            WEAKLY: "its header says score and nothing else fits better",
            SILENT: "its header says nothing, but its values look like answers from 0 to 10",
            OTHER: "it was chosen by the reader",
        }[self.grade]

    @cached_property
    def reason(self) -> str:
        """Why this column is the score, with its numbers."""
        if self.groups:
            return f"{self.asks}; it names the group of {self.answered:,} answers, single scores are not known"
        if not self.answered:
            return f"{self.asks}; no row holds an answer"
        if self.valid == self.answered:
            return f"{self.asks}, all {self.answered:,} answered values lie in 0–10"
        return f"{self.asks}, {self.valid:,} of {self.answered:,} answered values lie in 0–10"


def fit(column: Column, hint: str = "", obstacle: str = "") -> Fit:
    """The column held against the scale.

    `hint` says in words what settles that this is the score whatever its header says, `obstacle` what settles that it is not.
    """
    level = NPS if hint else grade(column.header)
    if obstacle:
        return Fit(column, level, obstacle=obstacle)
    if column.distinct > FEW and level < NAMED:
        return Fit(column, level, obstacle="it holds too many different values")
    if column.distinct > 10 * FEW:
        return Fit(column, level, obstacle="it holds text, or too many different values")
    spellings, many = column.spelled[1], column.counts
    verdicts = clean_spellings(spellings, level >= ASKS)
    counts = np.zeros(HIGHEST + 1, dtype=np.int64)
    answered, labelled = 0, False
    for verdict, times in zip(verdicts, many, strict=True):
        answered += 0 if verdict.reason == "blank" else int(times)
        if verdict.score is not None:
            counts[verdict.score] += times
    labelled = any(v.score is not None and says(LIKELY, text) for v, text in zip(verdicts, spellings, strict=True))
    level = max(level, ASKS) if labelled else level
    result = Fit(column, level, answered, tuple(counts.tolist()), labelled=labelled, hint=hint)
    obstacle = _obstacle(result, many)
    if obstacle == TEXT and 2 * sum(many[i] for i, v in enumerate(verdicts) if v.reason == "date_for_score") > answered:
        obstacle = DATES
    return replace(result, obstacle=obstacle, asks_first=not obstacle and _must_ask(result))


def _obstacle(fit: Fit, many: NDArray[np.int64]) -> str:
    """Why the values are no 0 to 10 scores; '' where they are, or may be."""
    if not fit.answered:
        return "" if fit.grade >= WEAKLY else "it is empty"
    numbers = np.array([to_number(text) for text in fit.column.spelled[1]])
    is_number = np.isfinite(numbers)
    numeric = int(many[is_number].sum())
    above = int(many[is_number & (numbers > HIGHEST)].sum())
    below = int(many[is_number & (numbers < 0)].sum())
    if above and below and 2 * (above + below) > fit.answered and np.nanmin(numbers) >= -100 and np.nanmax(numbers) <= 100:
        return "its values lie between −100 and 100: scores already worked out, not single answers"
    if above > (0.5 * fit.answered if fit.grade >= NAMED else max(1, 0.1 * fit.answered)):
        top = numbers[is_number].max()
        scale = "a 0 to 100 scale" if 50 <= top <= 100 else "not a 0 to 10 scale"
        return f"{above:,} of its {fit.answered:,} values lie above 10, up to {top:g}: {scale}"
    if fit.valid < (QUARTER if fit.grade >= NAMED else MOSTLY) * fit.answered:
        if numeric > MOSTLY * fit.answered:
            return f"only {fit.valid:,} of its {fit.answered:,} values are whole numbers from 0 to 10"
        outs = [found for text in fit.column.sample if (found := OUT_OF.fullmatch(text))]
        if len(outs) > MOSTLY * fit.column.distinct:
            return f"its values are written as {outs[0].group()}: not a 0 to 10 scale"
        return TEXT
    return _narrow(fit)


def _narrow(fit: Fit) -> str:
    """Whether the values stop so early that the scale must be a shorter one."""
    if ZERO_TO_TEN.search(fold(fit.column.header)):
        return ""
    between = f"its {fit.valid:,} values lie between {fit.lowest} and {fit.highest}"
    if ONE_TO_FIVE.search(fold(fit.column.header)) and fit.highest <= 7:
        return f"{between}, and its header names another scale"
    if fit.highest <= 5 and fit.valid >= ENOUGH and (fit.lowest >= 1 or fit.grade < NPS):
        return f"{between}: a 1 to 5 scale" if fit.highest == 5 and fit.lowest >= 1 else f"{between}: not a 0 to 10 scale"
    if fit.highest <= 5 and fit.grade < NAMED:
        return f"{between}, too few and too low to tell a 0 to 10 scale from a 1 to 5 scale"
    if fit.highest <= 7 and fit.lowest >= 1 and fit.valid >= MANY and fit.grade < NPS:
        return f"{between}: a 1 to {fit.highest} scale"
    return ""


def looks_one_to_ten(fit: Fit) -> bool:
    """Whether there are many answers and low ones among them, but not a single 0: it may have been a 1 to 10 scale."""
    return fit.valid >= VERY_MANY and fit.counts[0] == 0 and fit.counts[1] > 0


def says_one_to_ten(fit: Fit) -> bool:
    """Whether the header offers 1 to 10, and no answer says otherwise."""
    header = fold(fit.column.header)
    return fit.counts[0] == 0 and bool(ONE_TO_TEN.search(header)) and not ZERO_TO_TEN.search(header)


def _must_ask(fit: Fit) -> bool:
    """Whether the header says too little for what the values leave open."""
    if fit.answered and says_one_to_ten(fit):
        return True
    if fit.grade >= NAMED or not fit.answered:
        return False
    return fit.grade <= SILENT or looks_one_to_ten(fit)


def spans_the_scale(fit: Fit) -> bool:
    """Whether the values alone look like answers from 0 to 10: the top and most of the scale occur."""
    return not fit.obstacle and fit.highest == HIGHEST and fit.lowest <= 4 and sum(many > 0 for many in fit.counts) >= 6
