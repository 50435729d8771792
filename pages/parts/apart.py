"""A question over time, and what a change between two of its periods is taken apart by: groups of a column, or comment themes.

It takes what counts, so that it works while a page runs as well as later, when a file is made and no session is at hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from nps_core.answer import unfiltered
from nps_core.moved import pooled, taken_few
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.trend import WAVE, of_members
from nps_core.wording import trend as say
from pages.parts import coded, named, study

if TYPE_CHECKING:
    from nps_core.hosted import Numbers
    from nps_core.hosted.lines import Line

THEMES = "what comments say"  # a choice of our own beside the names of columns
Two = tuple[pd.DataFrame, pd.DataFrame]


class Over(NamedTuple):
    """A question over time: the question split by period or wave, the kind of period, and how many make up a point."""

    split: Question
    kind: str
    length: int


class Counter(NamedTuple):
    """What counts a survey: the sums of a view with numbers only, or a Tally of each question and the coded comments."""

    responses: Responses
    numbers: "Numbers | None"
    tally: Callable[[Question], pd.DataFrame]
    comments: "Callable[[], coded.Coded]"

    def line(self, asked: Over) -> "Line | None":
        """What a view with numbers only carries of a question over time."""
        return self.numbers.line(asked.split, asked.kind) if self.numbers else None


def counter() -> Counter:
    """What counts the survey at hand in this run; comments are coded where they are asked for."""
    return Counter(study.require()[0], study.numbers(), study.counter(), coded.at_hand)


def later() -> Counter:
    """What counts it after this run as well: comments are coded now."""
    now = counter()
    if now.numbers or not now.responses.comments:
        return now
    found = coded.at_hand()
    return now._replace(comments=lambda: found)


def over(question: Question, kind: str, *by: str) -> Question:
    """The question split by these columns and by time."""
    if kind == WAVE:
        return replace(question, by=(*by, WAVE), period=None)
    return replace(question, by=by, period=kind)


def columns(counts: Counter) -> dict[str, str | None]:
    """By what a change can be taken apart, by what it is called in a menu: columns, and None for what comments say."""
    carried = counts.numbers.said if counts.numbers else None
    said = bool(carried.themes if carried else counts.responses.comments)
    own: dict[str, str | None] = {THEMES: None} if said else {}
    labels = named.called({column: column for column in counts.responses.segments}, own)
    return {label: column for column, label in labels.items()} | own


def sides(counts: Counter, asked: Over, by: str | None, members: Sequence[Sequence[str]]) -> Two | None:
    """Two periods, each by the names of its members, by the groups of a column, None for what comments say.

    Small groups are taken together. None where a view with numbers only does not carry what its comments say in these two.
    """
    if line := counts.line(asked):
        if by is not None:
            return line.sides(by, list(members))
        found = _carried_themes(counts, asked, members)
    else:
        tally, whole = _themes(counts, asked) if by is None else _groups(counts, asked, by)
        found = [(of_members(tally, inside), None if whole is None else of_members(whole, inside)) for inside in members]
    if found is None:
        return None
    floor = asked.split.floor
    hidden = [name for side, whole in found for name in taken_few(side, whole, floor)]
    return pooled(found[0][0], found[1][0], floor, hidden)


def _groups(counts: Counter, asked: Over, by: str) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    split = over(asked.split, asked.kind, by)
    return counts.tally(split), counts.tally(unfiltered(split)) if split.filtered else None


def _themes(counts: Counter, asked: Over) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    from nps_core.comments import views
    from nps_core.comments.by_theme import theme_tally
    from nps_core.wording.passives import all_names

    said = counts.comments()
    titles = all_names(views.names(said.comments))
    whole = unfiltered(asked.split)
    named = [_titled(theme_tally(said.said(split), said.comments), titles) for split in (asked.split, whole)]
    return named[0], named[1] if asked.split.filtered else None


def _carried_themes(
    counts: Counter, asked: Over, members: Sequence[Sequence[str]]
) -> list[tuple[pd.DataFrame, pd.DataFrame | None]] | None:
    """Both periods by theme as a view with numbers only carries them, each with and without filters."""
    from nps_core.wording.passives import all_names

    numbers = counts.numbers
    found = numbers.themes(asked.split, asked.kind, members) if numbers else None
    titles = all_names(dict(numbers.said.names) if numbers and numbers.said else {})

    def titled(tally: pd.DataFrame) -> pd.DataFrame:
        return tally.set_axis(say.theme_titles(tally.index.tolist(), titles))

    return found and [(titled(side), None if whole is None else titled(whole)) for side, whole in found]


def _titled(tally: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    names = say.theme_titles(tally.index.get_level_values(0).tolist(), titles)
    return tally.set_axis(pd.MultiIndex.from_arrays([names, tally.index.get_level_values(1)], names=tally.index.names))
