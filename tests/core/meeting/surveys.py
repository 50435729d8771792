"""Made-up surveys and all their slides, for the tests of what is shown in a meeting and taken away from it."""

from functools import cache

import pandas as pd

from nps_core.answer import answer
from nps_core.comments.voice import FIGURES
from nps_core.meeting import slides
from nps_core.palette import LIGHT
from nps_core.question import Question
from nps_core.scale import GROUPS, SCORES
from nps_core.segments import compare
from nps_core.trend import trend

ASK = Question(target=40.0)
SOURCE = "survey.csv · n = 200 · 2024-01-01 to 2024-12-31"
ACCOUNTS = {"answered": 200, "blank": 3, "invalid": 1, "excluded": 0}
# 0, 1, … 10: detractors 2+1+1+2+4+6+14 = 30, passives 30+50 = 80, promoters 40+50 = 90; NPS (90 − 30) ÷ 200 = +30.0.
TALLY = pd.DataFrame([[2, 1, 1, 2, 4, 6, 14, 30, 50, 40, 50]], index=["everything"], columns=list(SCORES), dtype="int64")
# "Tiny" has fewer answers than the floor of 5, so it is hidden, and with it the next smallest, "Small".
PLANS = pd.DataFrame(
    [[5, 50, 45], [15, 20, 35], [8, 8, 4], [1, 1, 5], [1, 1, 1]],
    index=pd.Index(["Free", "Pro", "=1+1", "Small", "Tiny"], name="Plan"),
    columns=list(GROUPS),
    dtype="int64",
)
HIDDEN = ("Small", "Tiny")
QUARTERS = pd.DataFrame(
    [[20, 20, 20], [4, 30, 26], [6, 30, 44]], index=["2024-Q1", "2024-Q2", "2024-Q3"], columns=list(GROUPS), dtype="int64"
)
NAMES = {"ease": "Hard to use", "features": "Missing features", "service": "Service", "value": "Value for money"}


def voice(**counts):
    """A voice with these figures; the others are 0."""
    found = pd.Series(0, index=list(FIGURES), dtype="int64")
    for name, number in counts.items():
        found[name.replace("__", ":")] = number
    return found


# 60 passives: 40 say why, of whom 20 name features and 6 service (2 of them both), so features lead.
VOICES = {
    "passive": voice(status__coded=36, status__not_coded=4, status__empty=20, gap__features=20, gap__service=6, praise_only=5)
}


def result(tally=TALLY, question=ASK):
    return answer(tally, question)


@cache
def compared():
    return compare(PLANS, ASK)


@cache
def line():
    return trend(QUARTERS, ASK, "quarter")


def every_slide(source=SOURCE, palette=LIGHT):
    """One slide of each kind."""
    whole = result()
    made = [
        slides.score(whole, ACCOUNTS, ASK, palette, source),
        slides.passives(whole, whole.set_axis(["Last year"]), ASK, palette, source),
        slides.band(whole, ASK, palette, source),
        slides.comments(VOICES, NAMES, ASK, palette, source),
        slides.trend(line(), "quarter", 1, ASK, palette, source),
        slides.segments(compared(), "Plan", whole, ASK, palette, source),
    ]
    assert all(slide is not None for slide in made)
    return made
