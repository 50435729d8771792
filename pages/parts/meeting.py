"""The slides of the survey at hand: what they show, gathered from the small frames that pages have; and the files made of them.

Nothing of a file is made here before somebody presses for it: what the buttons get are functions.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import NamedTuple

import pandas as pd
import streamlit as st

from nps_core import benchmarks, wording
from nps_core.meeting import slides as made
from nps_core.meeting.slides import Slide
from nps_core.palette import LIGHT, Palette
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.scale import GROUPS
from nps_core.segments import looked_at, search
from nps_core.tally import by_score
from pages.parts import ask, booked, coded, differ, named, over_time, show, study, takeaway
from pages.parts.apart import Counter, Over, later
from pages.parts.making import Say
from pages.parts.memo import kept

PRINTING = (
    "Any page prints as one column, on A4 and on Letter, without menus and buttons: press Ctrl+P, on a Mac Cmd+P.",
    "“Save as PDF” makes a file of it. Boxes that are open are printed with what is in them. The light theme takes least ink.",
)
CROSSED = 5  # columns up to which a workbook crosses each two: ten tables
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


class Asked(NamedTuple):
    """What the slides show besides the score: the periods, the groups (None for none), and what is laid beside this survey."""

    over: Over | None
    split: Question | None
    second: str | None


class Gathered(NamedTuple):
    """The small frames that slides are made of; None for what this survey does not have. The same key, the same frames."""

    key: Hashable
    question: Question
    source: str
    result: pd.DataFrame
    accounts: Mapping[str, int]
    second: pd.DataFrame
    voices: Mapping[str, pd.Series] | None
    names: Mapping[str, str]
    totals: Mapping[str, int] | None
    over: Over | None
    line: pd.DataFrame
    split: Question | None
    column: str
    compared: pd.DataFrame


def asked(responses: Responses, question: Question) -> Asked:
    """Ask what the slides show, with the menus of Trend, Segments and Distribution: what was chosen there holds here."""
    over = over_time.periods(responses, question)
    over = over if over and over_time.carried(over) else None
    by = differ.split(responses, question)
    groups = study.result(replace(by, by=by.by[:1])) if by.by else study.result(question).head(0)
    return Asked(over, by if by.by else None, ask.beside(show.second_names(groups)))


def gathered(responses: Responses, question: Question, wanted: Asked) -> Gathered:
    """Everything the slides need, looked up once for each question; never anybody's answer."""
    books = tuple((name, book.digest) for name, book in sorted(coded.own_books().items()))
    key = (responses.key, question, wanted, books, tuple(sorted(study.asked_by_reader().items())))
    found: Gathered = kept("meeting", key, lambda: _gathered(key, responses, question, wanted), "Laying out the slides …")
    return found


def _gathered(key: Hashable, responses: Responses, question: Question, wanted: Asked) -> Gathered:
    result, numbers = study.result(question), study.numbers()
    says = bool(numbers.said) if numbers else bool(responses.comments)
    split = wanted.split
    groups = study.result(replace(split, by=split.by[:1])) if split and wanted.second else result.head(0)
    return Gathered(
        key,
        question,
        takeaway.source(),
        result,
        study.accounts(question),
        show.second(wanted.second, groups, question.level),
        coded.voices(question) if says else None,
        coded.names() if says else {},
        None if numbers or not says else {group: study.group_total(group) for group in GROUPS},
        wanted.over,
        over_time.found(wanted.over) if wanted.over else result.head(0),
        split,
        differ.title(split.by, responses) if split else "",
        differ.compared(split) if split else result.head(0),
    )


def shown(found: Gathered) -> list[Slide]:
    """The slides in the theme that the reader has on, kept while they are turned."""
    palette = show.colours()
    laid_out: list[Slide] = kept("slides", (found.key, palette.dark), lambda: slides(found, palette), "Laying out the slides …")
    return laid_out


def slides(found: Gathered, palette: Palette) -> list[Slide]:
    """The slides that this survey bears, in the order of a meeting."""
    common = (found.question, palette, found.source)
    drawn = [
        made.score(found.result, found.accounts, *common),
        made.passives(found.result, found.second, *common),
        made.band(found.result, *common),
    ]
    if found.voices is not None:
        drawn.append(made.comments(found.voices, found.names, *common, total=found.totals["passive"] if found.totals else None))
    if found.over:
        drawn.append(made.trend(found.line, found.over.kind, found.over.length, *common))
    if found.split:
        drawn.append(made.segments(found.compared, found.column, found.result, *common))
    return [slide for slide in drawn if slide is not None]


def files(found: Gathered) -> None:
    """What can be taken away; each file is made when its button is pressed."""
    if not takeaway.allowed():
        st.text("Who shared this view allows no downloads.")
        return
    st.text("The deck holds these slides, with how each figure was computed in its notes.")
    st.text("The workbook holds the tables of all pages, with shares and scores as formulas over the counts.")
    if len(named.columns(study.require()[0])) > CROSSED:
        st.text("Of columns crossed with each other it holds the two chosen above: so many have too many pairs.")
    share = _other_mix(found)
    st.caption("Each is made when you press its button, which can take some seconds.")
    takeaway.made("Download the deck (.pptx)", partial(_deck, found), "nps-deck.pptx", PPTX, "deck")
    tables = partial(_workbook, found, later(), share)
    takeaway.made("Download the workbook (.xlsx)", tables, "nps-workbook.xlsx", XLSX, "workbook")


def _deck(found: Gathered, say: Say) -> bytes:
    from nps_core.meeting.deck import deck

    say("Laying out the slides …", 0.0)
    laid_out = slides(found, LIGHT)
    title, limits = found.source.split(" · ")[0], wording.what_it_does_not_say()
    return deck(laid_out, title, limits, say=lambda done: say("Drawing the slides …", 0.1 + 0.9 * done))


def _other_mix(found: Gathered) -> float | None:
    """Ask for the mix that the workbook holds, with the slider of Distribution; None where no scores are known."""
    if not by_score(study.tally(found.question)):
        return None
    st.text("Among them is the same score with other passives, as the slider on Distribution shows it.")
    return ask.passive_share(float(found.result["nps"].iloc[0]))


def _workbook(found: Gathered, counts: Counter, share: float | None, say: Say) -> bytes:
    from nps_core.meeting.workbook import workbook

    say("Comparing the groups …", 0.0)
    question, labels = found.question, _splits(found, counts)
    groups = {by: differ.against_the_rest(counts, replace(question, by=by, period=None)) for by in labels}
    alone = {column: groups[column,] for column in counts.responses.segments}
    groups = {by: compared for by, compared in groups.items() if len(compared)}  # a shared view carries not all of them
    say("Taking the change of the score apart …", 0.3)
    moved = booked.moved(counts, found.over, found.line) if found.over else None
    say("Counting the words of the comments …", 0.5)
    said = booked.said(counts, question, found.voices, found.names, found.totals) if found.voices else None
    apart = booked.apart(counts, question, found.voices, found.totals) if found.voices else {}
    say("Writing the tables …", 0.9)
    return workbook(
        found.result,
        found.accounts,
        question,
        found.source,
        tally=counts.tally(question),
        groups={labels[by]: compared for by, compared in groups.items()},
        periods={found.over.kind: found.line} if found.over else {},
        voices=found.voices,
        names=found.names,
        totals=found.totals,
        apart=apart,
        second=found.second,
        share=share,
        figures=benchmarks.chosen(()),
        searched=search(looked_at(alone), question.level) if alone else None,
        moved=moved,
        said=said,
        computed=[told for slide in slides(found, LIGHT) for told in slide.computed],
    )


def _splits(found: Gathered, counts: Counter) -> dict[tuple[str, ...], str]:
    """The columns that a workbook splits by, and what each is called: all, and each two crossed; of many the chosen two."""
    columns = tuple(named.columns(counts.responses).values())
    alone = [(column,) for column in columns]
    chosen = [found.split.by] if found.split and len(found.split.by) > 1 else []
    other = [by for by in combinations(columns, 2) if len(columns) <= CROSSED and {*by} not in [{*two} for two in chosen]]
    return named.called({by: differ.title(by, counts.responses) for by in (*alone, *chosen, *other)})
