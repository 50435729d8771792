"""How a numbers-only view is made: everything is counted once, and what may not be shown is left behind.

Which sums are kept at all is decided here, by `privacy.protect` table by table and by `linked.Ledger` over all tables together;
what is not kept is nowhere, not even its name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from nps_core.comments.scan import Comments
from nps_core.comments.views import names as gap_names
from nps_core.errors import AskError, TooFewAnswers
from nps_core.hosted.lines import Axis, Course, Draft, Line, Spot, Time, axis_of, coarse, courses, lines_of
from nps_core.hosted.linked import Ledger
from nps_core.hosted.numbers import ANSWERED, LEAST, TIMES, Axes, Key, Numbers, Table, single_scores
from nps_core.hosted.themes import followed
from nps_core.hosted.voices import Said, places
from nps_core.hosted.voices import said as sums_of_comments
from nps_core.privacy import protect, withheld
from nps_core.question import Question
from nps_core.responses import OUTCOMES, Responses
from nps_core.tally import NO_DATE, PERIOD_FREQ, Own, count, period_name, select
from nps_core.trend import WAVE

MOST_FIGURES = 1500  # tables that would make it more are left out: checking all figures against each other takes its time
MOST_GROUPS = 2000  # a table of several axes with more groups than this holds next to nobody in each


def numbers_only(
    responses: Responses,
    question: Question = Question(),
    dimensions: tuple[str, ...] | None = None,
    floor: int = LEAST,
    comments: Comments | None = None,
    fix: bool = False,
) -> Numbers:
    """Everything a numbers-only view holds.

    Parameters
    ----------
    responses : Responses
        The survey.
    question : Question
        What its reader looks at. Its filters by a kept dimension, or by wave, stay free; all others (dates, further columns)
        are applied once and for all.
    dimensions : tuple of str, optional
        At most two segments that split and filter; by default the first two that the question names.
    floor : int
        At least 5.
    comments : Comments, optional
        The coded comments of the survey, for the sums of what they say.
    fix : bool
        Apply every filter once and for all, those by a kept dimension and by wave too.

    Raises
    ------
    TooFewAnswers
        Where fewer than `floor` answers would be in the view, or would be left out of it.
    AskError
        Where there are more than two dimensions. UnknownColumn where the survey lacks one.
    """
    floor = max(floor, LEAST)
    dimensions = _dimensions(responses, question, dimensions)
    fixed = Question(
        where=tuple((column, values) for column, values in question.where if fix or column not in dimensions),
        start=question.start,
        end=question.end,
        wave=question.wave if fix else (),
    )
    counts = _counted(responses, dimensions, fixed, floor)
    asked = {column for column, _ in question.where if column in dimensions}
    tables, lines = _kept(counts, dimensions, floor, asked)
    values = {axis: _shown(counts, tables, axis) for axis in (*dimensions, *_times(counts))}
    lines = {spot: _named(line, values) for spot, line in lines.items() if all(v in values[axis] for axis, v in spot[1])}
    said = None
    if comments and comments.responses.comments:
        patterned = _counted(comments.responses, dimensions, fixed, floor, (comments.pattern,))
        books = ", ".join(f"{book.name} ({book.digest[:8]})" for book in comments.books.values())
        of_sharer = tuple((c, v[0]) for c in dimensions for column, v in question.where if column == c and len(v) == 1)
        heard, themes = sums_of_comments(patterned, comments, tables, followed(lines, of_sharer), floor)
        said = Said(heard, gap_names(comments), books, themes)
    return Numbers(floor, dimensions, values, tables, responses.scores_known, fixed, said=said, lines=lines)


def _named(line: Line, values: Mapping[Axis, tuple[str, ...]]) -> Line:
    """The line without groups whose name the view does not hold."""
    parts = {
        column: {name: sums for name, sums in groups.items() if name in values[column]} for column, groups in line.parts.items()
    }
    return replace(line, parts=parts)


def _dimensions(responses: Responses, question: Question, wished: tuple[str, ...] | None) -> tuple[str, ...]:
    named = dict.fromkeys([*question.by, *(column for column, _ in question.where)])
    found = tuple(column for column in named if column in responses.segments)[:2] if wished is None else wished
    if len(found) > 2:
        raise AskError("at most two columns to split by", str(len(found)), "Choose the two that matter most.")
    return tuple(sorted(set(found), key=lambda column: (*responses.segments, *found).index(column)))  # as in the file


def _counted(
    responses: Responses, dimensions: tuple[str, ...], fixed: Question, floor: int, further: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The cells that the fixed filters leave: one category column an axis and `further`, `Own.OUTCOME`, `Own.COUNT`."""
    waves = ("wave",) if responses.waves else ()
    grain = fixed.grain or ("month" if responses.dated else None)
    columns = tuple(dict.fromkeys((*dimensions, *waves, *fixed.columns, *further)))
    counts = count(responses, columns, grain)
    chosen = select(counts, fixed)
    answers, all_answers = (int(c[Own.COUNT][c[Own.OUTCOME] < ANSWERED].sum()) for c in (chosen, counts))
    if answers < floor or withheld(answers, all_answers, floor):
        raise TooFewAnswers(
            f"at least {floor} answers in the view, and none or at least {floor} left out of it",
            "fewer than that",
            "Widen the filters before sharing.",
        )
    if responses.dated:
        chosen = pd.DataFrame(dict(chosen.items()) | {time: _periods(chosen[Own.DAY], time.value) for time in Time})
    axes = [*dimensions, *waves, *(time for time in Time if time in chosen)]
    return chosen[[*axes, *further, Own.OUTCOME, Own.COUNT]]


def _periods(days: pd.Series, period: str) -> Any:
    """Each day's period by name, in order; those without a date last."""
    codes, found = pd.factorize(days.dt.to_period(PERIOD_FREQ[period]), sort=True)
    names = [*(period_name(p, period) for p in found), NO_DATE]
    places = np.where(codes < 0, len(names) - 1, codes).astype(np.int64)
    return pd.Categorical.from_codes(places, categories=pd.Index(names, dtype="str"), ordered=True)


def _times(counts: pd.DataFrame) -> Axes:
    """What splits by time: the wave where there is one."""
    return (WAVE,) if WAVE in counts else tuple(time for time in Time if time in counts)


def _every_table(dimensions: tuple[str, ...], times: Axes) -> Iterator[Axes]:
    """The sets of axes, the most wanted first: what comes first is shown, what would give something away beside it is not."""
    single = [(dimension,) for dimension in dimensions]
    yield ()
    yield from single
    yield from ((time,) for time in times)
    if len(dimensions) == 2:
        yield dimensions
    yield from ((*one, time) for one in single for time in times)
    if len(dimensions) == 2:
        yield from ((*dimensions, time) for time in times)


def _kept(
    counts: pd.DataFrame, dimensions: tuple[str, ...], floor: int, asked: set[str]
) -> tuple[dict[Axes, Table], dict[Spot, Line]]:
    """Each table and each line that is carried, with the figures that may stand beside all others."""
    candidates, figures = dict[Axes, tuple[Table, list[Key]]](), 0
    for axes in _every_table(dimensions, _times(counts)):
        table = _table(counts, axes)
        wanted = _allowed(table, floor)
        if figures + len(wanted) <= MOST_FIGURES:
            candidates[axes] = (table, wanted)
            figures += len(wanted)
    wanted_names = {axis: {key[0] for key in candidates.get((axis,), ({}, []))[1]} for axis in dimensions}
    named = {axis: [name for name in counts[axis].cat.categories if name in names] for axis, names in wanted_names.items()}
    kinds = [kind for kind in (WAVE, *reversed(TIMES)) if axis_of(kind) in counts]
    drawn = list(courses(counts, dimensions, kinds, named, floor))
    drafts = dict(_in_order(candidates, drawn, counts, asked))
    answered = np.where(counts[Own.OUTCOME] < ANSWERED, counts[Own.COUNT], 0)
    alike, cell = np.unique(np.column_stack([draft.places for draft in drafts.values()]), axis=0, return_inverse=True)
    sizes = np.bincount(cell.ravel(), weights=answered, minlength=len(alike)).astype(np.int64)
    alike, sizes = alike[sizes > 0], sizes[sizes > 0]  # who gave no score is in no score that could be worked out
    ledger = Ledger(sizes, floor)
    shown = {
        name: {place for place in draft.wanted if ledger.admit(np.flatnonzero(alike[:, at] == place))}
        for at, (name, draft) in enumerate(drafts.items())
    }
    tables = {
        axes: {key: table[key] if single_scores(axes) else coarse(table[key]) for i, key in enumerate(wanted) if i in shown[axes]}
        for axes, (table, wanted) in candidates.items()
    }
    lines = dict[Spot, Line]()
    for at, course in enumerate(drawn):
        lines |= lines_of(course, counts, shown[at], {column: shown[at, column] for column in course.parts})
    return {axes: table for axes, table in tables.items() if table}, lines


def _in_order(
    candidates: Mapping[Axes, tuple[Table, list[Key]]], drawn: list[Course], counts: pd.DataFrame, asked: set[str]
) -> Iterator[tuple[Any, Draft]]:
    """All figures of the view by name, the most wanted first: tables by their axes, lines by their place, parts by both."""

    def tables(size: int, timed: bool) -> Iterator[tuple[Any, Draft]]:
        """Tables of so many axes, with or without time."""
        for axes, (_, wanted) in candidates.items():
            if len(axes) == size and bool(set(axes) & set(_times(counts))) == timed:
                yield axes, Draft(places(counts, axes, wanted), list(range(len(wanted))))

    yield from tables(0, timed=False)
    yield from tables(1, timed=False)
    # A line before the table by its periods: where a thin period had to be joined, the page shows what it was joined to.
    for rank in range(4):
        chosen = [(at, course) for at, course in enumerate(drawn) if _rank(course.axes, asked) == rank]
        yield from ((at, course.draft) for at, course in chosen)
        yield from tables(2, timed=False) if rank == 1 else tables(max(rank, 1), timed=True)
        yield from (((at, column), draft) for at, course in chosen for column, (draft, _) in course.parts.items())


def _rank(axes: Axes, asked: set[str]) -> int:
    """How soon lines come: everybody's, those filtered as the view is shared, those of one column, those of two."""
    return 0 if not axes else 1 if set(axes) == asked else len(axes) + 1


def _table(counts: pd.DataFrame, axes: Axes) -> Table:
    """The count of every outcome (all of `OUTCOMES`) in every group that occurs."""
    if not axes:
        whole = np.bincount(counts[Own.OUTCOME], weights=counts[Own.COUNT], minlength=len(OUTCOMES))
        return {(): tuple(map(int, whole))}
    by = [counts[axis].astype("str") for axis in axes]
    sums = counts[Own.COUNT].groupby([*by, counts[Own.OUTCOME]]).sum().unstack(Own.OUTCOME, fill_value=0)
    rows = sums.reindex(columns=range(len(OUTCOMES)), fill_value=0).to_numpy().tolist()
    keys = sums.index if len(axes) > 1 else ((name,) for name in sums.index)
    return {key: tuple(row) for key, row in zip(keys, rows, strict=True)}


def _allowed(table: Table, floor: int) -> list[Key]:
    """The groups that this table alone may show, the largest first."""
    sizes = {key: sum(sums[:ANSWERED]) for key, sums in table.items() if any(sums[:ANSWERED])}
    if () in table:
        return [()]
    if len(sizes) > MOST_GROUPS and len(next(iter(sizes))) > 1:
        return []
    answered = pd.DataFrame({"n": list(sizes.values())}, index=pd.MultiIndex.from_tuples(list(sizes)))
    hidden = protect(answered, floor)["suppressed"].to_numpy()
    return sorted((key for key, gone in zip(sizes, hidden, strict=True) if not gone), key=sizes.__getitem__, reverse=True)


def _shown(counts: pd.DataFrame, tables: Mapping[Axes, Mapping[Key, tuple[int, ...]]], axis: Axis) -> tuple[str, ...]:
    """The values of an axis that some shown group has, in natural order."""
    named = {key[axes.index(axis)] for axes, groups in tables.items() if axis in axes for key in groups}
    return tuple(str(value) for value in counts[axis].cat.categories if str(value) in named)
