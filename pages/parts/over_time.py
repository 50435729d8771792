"""Pieces of the page about time: which periods, which two of them, what was pinned to days, and why the score moved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from nps_core import charts, explained, tables
from nps_core.answer import unfiltered
from nps_core.change import Change
from nps_core.events import LONGEST, MOST, Event, events
from nps_core.explained import Explanation
from nps_core.moved import moved, steps
from nps_core.question import PERIODS, Question
from nps_core.responses import Responses
from nps_core.trend import WAVE, WINDOWS, before, disjoint, place_of, trend, trend_of, year_before
from nps_core.wording import linked as hosted_words
from nps_core.wording import trend as say
from pages.parts import ask, show, study
from pages.parts.apart import Over, columns, counter, over, sides
from pages.parts.safety import plain

if TYPE_CHECKING:
    from nps_core.hosted.lines import Line

CALENDAR = "calendar periods"
BEFORE, YEAR, CHOSEN = "the one before", "the same a year before", "two I choose"
SHOWN = 8  # groups that a waterfall shows one by one
LONG = 400  # periods beyond which a line is no picture any more


def periods(responses: Responses, question: Question) -> Over | None:
    """Ask for the length of a period and how they are added up; None where the file has neither dates nor waves."""
    numbers = study.numbers()
    kinds = list(numbers.kinds) if numbers else [*(PERIODS if responses.dated else ()), *((WAVE,) if responses.waves else ())]
    if not kinds:
        return None
    left, right = st.columns(2)
    default = kinds.index("month") if "month" in kinds else kinds.index(WAVE) if WAVE in kinds else 0
    kind = left.selectbox("Periods of a", kinds, index=default, key="each", bind="query-params") or kinds[default]
    names = [CALENDAR, *(f"rolling, over {length}" for length in WINDOWS[1:])]
    window = right.selectbox("Each point is", names, key="window", bind="query-params") or CALENDAR
    if numbers and kinds != [WAVE]:
        st.caption(hosted_words.NO_SHORT_PERIODS)
    return Over(over(question, kind), kind, WINDOWS[names.index(window)])


def carried_or_stop(responses: Responses, asked: Over | None) -> Over:
    """Go on only where there is something to follow over time; why not, is said."""
    numbers = study.numbers()
    if numbers and not (asked and carried(asked)):
        st.info(plain(hosted_words.no_line(numbers, asked.split if asked else None)))
        st.stop()
    if asked is None:
        st.info(
            "This file has neither dates nor waves, so there is nothing to follow over time. If it has a column of dates, choose "
            "it on the Data page under “Change what a column means”; several files at once are taken as waves."
        )
        st.stop()
    return asked


def carried(asked: Over) -> bool:
    """Whether the trend of a question can be had: a view with numbers only carries some."""
    return not study.numbers() or _line(asked) is not None


def _line(asked: Over) -> "Line | None":
    """What a view with numbers only carries of a question over time."""
    numbers = study.numbers()
    return numbers.line(asked.split, asked.kind) if numbers else None


def found(asked: Over) -> pd.DataFrame:
    """The trend of a question over time."""
    if line := _line(asked):
        tally = line.tally()
        return trend_of(tally, line.blocks, line.hidden, asked.split, asked.kind, asked.length)
    return trend(study.tally(asked.split), asked.split, asked.kind, asked.length, _whole(asked.split))


def history(split: Question) -> pd.DataFrame:
    """The periods of a question split by time alone, joined as everywhere: no two pages tell apart what one of them joins."""
    return found(Over(split, split.period or WAVE, 1))


def _whole(split: Question) -> pd.DataFrame | None:
    return study.tally(unfiltered(split)) if split.filtered else None


def drawable(line: pd.DataFrame) -> pd.DataFrame:
    """The periods that are drawn: the last ones, where there are very many."""
    if len(line) > LONG:
        st.caption(f"The last {LONG} of {len(line):,} periods; longer periods show all at once, and the table has every one.")
    return line.tail(LONG)


def pinned(asked: Over) -> list[tuple[float, str]]:
    """Ask for events on days; where they lie in time, with their words."""
    if asked.kind == WAVE:
        return []
    texts = st.multiselect(
        "Events to mark",
        [],
        key="event",
        bind="query-params",
        accept_new_options=True,
        max_selections=MOST,
        placeholder="Type a day and what happened: 2025-03-01 New price",
        help=f"They stand in the address, so whoever gets the link sees them. Up to {LONGEST} characters each.",
    )
    told, notices = events(texts)
    for notice in notices:
        st.warning(plain(notice))
    return [_placed(event, asked.kind) for event in told]


def _placed(event: Event, kind: str) -> tuple[float, str]:
    return place_of(event.day, kind) or 0.0, event.text


def pair(line: pd.DataFrame) -> tuple[str, str] | None:
    """Ask which two periods to compare; None where there are no two, which is said."""
    names = [str(name) for name in line.index[~line["suppressed"].to_numpy(dtype=bool)]]
    if len(names) < 2:
        st.text("There are no two different periods with enough answers to compare.")
        return None
    how = st.radio("Compare the last period with", [BEFORE, YEAR, CHOSEN], horizontal=True, key="compare", bind="query-params")
    if how == CHOSEN:
        return _chosen(line, names)
    first = year_before(line, names[-1]) if how == YEAR else before(line, names[-1])
    if first is None:
        st.text(f"There is no period a year before “{names[-1]}”." if how == YEAR else "There is no earlier period of its own.")
        return None
    return first, names[-1]


def _chosen(line: pd.DataFrame, names: Sequence[str]) -> tuple[str, str] | None:
    two = ask.two_of(names)
    if two is None:
        st.text("Choose two different periods.")
    elif not disjoint(line, *two):
        st.text("These two windows overlap: they share answers, so there is nothing to tell apart. Choose two further apart.")
        return None
    return two


def rows(line: pd.DataFrame, two: tuple[str, str]) -> tuple[pd.Series, pd.Series]:
    """Two periods of a trend."""
    first, second = (line.iloc[list(line.index).index(name)] for name in two)
    return first, second


def why(responses: Responses, asked: Over, line: pd.DataFrame, two: tuple[str, str], change: Change) -> list[Explanation]:
    """Ask by what to take the change apart, and show its parts; what there is to explain about it."""
    counts = counter()
    options = columns(counts)
    if counts.numbers and counts.numbers.said and not counts.numbers.said.themes:
        st.caption(hosted_words.THEMES_OF_EARLIER)
    if not options:
        st.text(
            hosted_words.NOTHING_TO_TAKE_APART
            if counts.numbers
            else "This file has no columns that split the answers and no comments, so the change cannot be taken apart."
        )
        return []
    chosen = st.selectbox("Taken apart by", list(options), key="apart", bind="query-params") or next(iter(options))
    ends = rows(line, two)
    two_sides = sides(counts, asked, options[chosen], [row["members"] for row in ends])
    if two_sides is None:
        st.text(hosted_words.NO_THEMES_OVER_TIME)
        return []
    parts = moved(*two_sides)
    for sentence in say.why_sentences(parts, *ends, change):
        st.text(sentence)
    if len(parts) < 2:
        return []
    bars = say.waterfall_rows(steps(parts, SHOWN), *ends, two)
    numbers = tables.moved(parts, *two)
    show.picture(charts.waterfall(bars, show.colours()), charts.alt_waterfall(bars), numbers, "why_it_moved")
    return [explained.why(parts)]
