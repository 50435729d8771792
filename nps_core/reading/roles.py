"""Which source column plays which part, and why: the reader's choices first, then header and values.

Columns are given away in this order: score, count, date, respondent, weight, wave, group, comments, segments; each column once.
The result holds columns and reasons; `assemble` turns them into the canonical frame.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nps_core.errors import Unclear, UnknownColumn
from nps_core.reading import date_order, dates
from nps_core.reading.choices import Choices
from nps_core.reading.columns import Column, find
from nps_core.reading.counted import count_column
from nps_core.reading.exclusions import trial_note
from nps_core.reading.exports import Layout, is_beside, place, recognise, rules_by
from nps_core.reading.kinds import Case, as_comment, as_date, as_group, as_respondent, as_wave, as_weight
from nps_core.reading.one_comment import ENOUGH, split_by_group
from nps_core.reading.scale_check import Fit
from nps_core.reading.score_column import choose_score, score_notes, unknown, why_not
from nps_core.reading.segments import Verdict, judge
from nps_core.reading.waves import PERIODS
from nps_core.responses import Role

CHOSEN = "chosen by the reader"
# What `Responses.frame`, and the tables of counts made from it, call their own columns.
CANONICAL = {"score", "group", "status", "count", "when", "respondent", "wave"}
MOST_COMMENTS = 10
MOST_WAVES = 60


@dataclass
class Parts:
    """Who plays what. `taken` maps a column's name to its role."""

    columns: Sequence[Column]
    score: Fit
    layout: Layout | None = None
    taken: dict[str, Role] = field(default_factory=dict)
    date: Column | None = None
    seconds: NDArray[np.int64] | None = None
    respondent: Column | None = None
    wave: Column | None = None
    wave_by: str = ""  # a key of `waves.PERIODS` where the dates make the waves
    count: Column | None = None
    comments: list[Column] = field(default_factory=list)
    bundles: list[list[Column]] = field(default_factory=list)  # the comments, those that are one together
    segments: list[tuple[str, Column, str]] = field(default_factory=list)  # name in the frame, column, kind
    notes: list[str] = field(default_factory=list)
    questions: list[Unclear] = field(default_factory=list)

    @property
    def free(self) -> list[Column]:
        """The columns that play no part yet."""
        return [column for column in self.columns if column.name not in self.taken]

    def give(self, column: Column, part: str, reason: str, canonical: str = "", **more: str) -> None:
        """Gives a column its part."""
        self.taken[column.name] = Role(column.name, column.header, part, reason, canonical, **more)  # type: ignore[arg-type]

    def roles(self) -> tuple[Role, ...]:
        """One role a column, in the order of the file."""
        return tuple(self.taken[column.name] for column in self.columns)


def assign(columns: Sequence[Column], choices: Choices, file: str, several: bool = False) -> Parts:
    """The part of every column.

    `several` says that each file is a wave, so that no column is taken for one by itself. Raises what `choose_score` raises, and
    UnknownColumn for a choice that the file does not have or that cannot play its part.
    """
    score, others = choose_score(columns, choices.score, file)
    parts = Parts(columns, score, recognise([column.header for column in columns]))
    part = "group" if score.groups else "score"
    parts.give(score.column, part, score.reason, part)
    parts.notes += score_notes(score)
    _count(parts, choices)
    _beside(parts)
    _date(parts, choices)
    _respondent(parts, choices)
    _weight(parts)
    _wave(parts, choices, several)
    if choices.segments is None:
        _group(parts)
    _comments(parts, choices)
    _segments(parts, choices)
    if note := trial_note(columns, parts.comments):
        parts.notes.append(note)
    _rest(parts, {f.column.name: f for f in others})
    return parts


def _wanted(parts: Parts, name: str) -> Column:
    column = find(parts.columns, name)
    if column is None:
        raise unknown(parts.columns, name)
    return column


def _best(parts: Parts, case_of: Callable[[Column], Case], least: int = 1) -> tuple[Column, Case] | None:
    """The free column with the best case; among equals the one with more values, then the first."""
    cases = [(column, case_of(column)) for column in parts.free]
    able = [(column, case) for column, case in cases if case.rank >= least]
    return max(able, key=lambda pair: (pair[1].rank, pair[0].filled), default=None)


def _count(parts: Parts, choices: Choices) -> None:
    """The column that says how many answers a row stands for, where there is one."""
    if choices.count == "":
        return
    column = _wanted(parts, choices.count) if choices.count else count_column(parts.columns, parts.score.column)
    if column is None:
        return
    _not_taken(parts, (column, Case(1)))
    if column.filled and column.numeric < 1:
        raise UnknownColumn(
            "a column with numbers of answers", f"“{choices.count}”, which holds text", "Choose a column of whole numbers."
        )
    parts.count = column
    reason = CHOSEN if choices.count else "its header names a number of answers, and each score occurs once"
    parts.give(column, "count", reason, "count")
    parts.notes.append(f"The answers are already added up: “{column.header}” says how many answers each row stands for.")


def _beside(parts: Parts) -> None:
    """Sets aside what a known tool writes for itself."""
    for column in parts.free:
        if parts.layout is None:
            return
        if is_beside(parts.layout, column.header):
            parts.give(column, "other", f"{parts.layout.tool} keeps its own books there")
        elif place(parts.layout.date, column.header) is None and rules_by(parts.layout, column.header):
            parts.give(column, "other", f"{parts.layout.tool} says there which rows count")


def _date(parts: Parts, choices: Choices) -> None:
    cases = {column.name: as_date(column, parts.layout) for column in parts.free}
    if choices.date is None:
        found = _best(parts, lambda column: cases[column.name][0], least=2)
        chosen = found and (found[0], found[1].reason, cases[found[0].name][1])
    elif choices.date:
        column = _wanted(parts, choices.date)
        chosen = (column, CHOSEN, dates.find_form(column, header_says_date=True))
        if chosen[2] is None or column.name in parts.taken:
            raise UnknownColumn(
                "a column of dates", f"“{choices.date}”, whose values are no dates of one form", "Choose a column of dates."
            )
    else:
        chosen = None
    if chosen:
        column, reason, form = chosen
        assert form is not None
        seconds, form, zones = dates.parse(column, form, parts.columns, choices.date_order)
        if form.open:
            _open_order(parts, column, form, bool(choices.date))
        else:
            parts.date, parts.seconds = column, seconds
            parts.give(column, "date", f"{reason}; {_span(seconds)}, {form.words}", "when", zone=_zone(column, zones))
            if form.order.mixed:
                parts.notes.append(
                    f"Some dates in “{column.header}” stand the other way round (a number above 12 can only be the day); they"
                    f" were read so, the others {'month' if form.order.month_first else 'day'} first."
                )
    for column in parts.free:
        case, form = cases[column.name]
        if form is not None and not form.coarse:  # a column of months or years may still be a wave, or split the answers
            reason = f"dates, but “{chosen[0].header}” fits better" if chosen and case.rank > 1 else case.reason
            parts.give(column, "other", reason)
            parts.taken[column.name] = replace(parts.taken[column.name], considered=("date",))


def _open_order(parts: Parts, column: Column, form: dates.Form, wanted: bool) -> None:
    """Nothing settles whether day or month stands first: raised where the reader wants these dates, else asked by the way."""
    example = next(text for text in column.sample if dates.PATTERNS["two"].fullmatch(dates.plain(text)))
    question = Unclear(
        "dates of which day and month can be told apart",
        f"“{example}” and the like in “{column.header}”, where {form.order.why}",
        "Say which stands first, the day or the month (--date-order day, or --date-order month).",
        "date_order",
        tuple((order, _read_so(column, form, order)) for order in date_order.ORDERS),
    )
    if wanted:
        raise question
    parts.questions.append(question)
    parts.give(column, "other", "its dates may be day/month or month/day; they are not used until one is chosen")
    parts.taken[column.name] = replace(parts.taken[column.name], considered=("date",))
    parts.notes.append(
        f"The dates in “{column.header}” are not used: they may be day/month or month/day, and nothing settles it."
    )


def _read_so(column: Column, form: dates.Form, order: str) -> str:
    seconds, _, _ = dates.parse(column, form, (), order)
    return f"{order} first: {_span(seconds)}"


def _span(seconds: NDArray[np.int64]) -> str:
    known = seconds[seconds != dates.NAT]
    if not len(known):
        return "no dates"
    first, last = (np.datetime64(int(second), "s").astype("datetime64[D]") for second in (known.min(), known.max()))
    return f"{len(known):,} dates from {first} to {last}"


def _zone(column: Column, zones: Sequence[str]) -> str:
    return ", ".join(zones) or next((word.upper() for word in ("utc", "gmt") if word in column.header.casefold()), "")


def _respondent(parts: Parts, choices: Choices) -> None:
    if choices.respondent is None:
        found = _best(parts, lambda column: as_respondent(column, parts.layout))
    else:
        found = (_wanted(parts, choices.respondent), Case(1, CHOSEN)) if choices.respondent else None
        _not_taken(parts, found)
    if found:
        parts.respondent = found[0]
        parts.give(found[0], "respondent", found[1].reason, "respondent")


def _not_taken(parts: Parts, found: tuple[Column, Case] | None) -> None:
    """Gives back a column that was set aside as other; refuses one that already plays a part."""
    if found and (role := parts.taken.get(found[0].name)):
        if role.part != "other":
            raise UnknownColumn(
                "a column for each part", f"“{found[0].header}” for two of them", f"It is the {role.part} already."
            )
        del parts.taken[found[0].name]


def _weight(parts: Parts) -> None:
    for column in parts.free:
        if (case := as_weight(column)).rank:
            parts.give(column, "weight", f"{case.reason}; it is not used")
            parts.notes.append(f"“{column.header}” holds weights. They are not used: every answer counts once.")


def _wave(parts: Parts, choices: Choices, several: bool) -> None:
    if choices.wave in PERIODS and find(parts.columns, choices.wave) is None:
        if parts.date is None:
            raise UnknownColumn("a column of dates for waves by date", "none", "Choose the column of dates first.")
        parts.wave_by = choices.wave
        return
    if choices.wave is None:
        dated = parts.date is not None
        found = None if several else _best(parts, lambda column: as_wave(column, dated))
    else:
        found = (_wanted(parts, choices.wave), Case(1, CHOSEN)) if choices.wave else None
        _not_taken(parts, found)
        if found and len(found[0].spelled[1]) > MOST_WAVES:
            raise UnknownColumn(
                "a column that names waves", f"“{choices.wave}”, which has too many different values", "Choose a column with few."
            )
    if found:
        parts.wave = found[0]
        parts.give(found[0], "wave", found[1].reason, "wave")


def _group(parts: Parts) -> None:
    for column in parts.free:
        if (case := as_group(column)).rank:
            used = f"“{parts.score.column.header}”" if parts.score.groups else "the score itself"
            parts.give(column, "group", f"{case.reason}; {used} is used")


def _comments(parts: Parts, choices: Choices) -> None:
    if choices.comments is None:
        cases = [(column, as_comment(column, parts.layout)) for column in parts.free]
        found = [(column, case) for column, case in cases if case.rank]
        if any(case.rank == 2 for _, case in found) and len(found) > MOST_COMMENTS:
            found = [(column, case) for column, case in found if case.rank == 2]
        found = found[:MOST_COMMENTS]
    else:
        found = [(_wanted(parts, name), Case(1, CHOSEN)) for name in choices.comments]
        for pair in found:
            _not_taken(parts, pair)
    for number, (column, case) in enumerate(found, start=1):
        parts.comments.append(column)
        parts.give(column, "comment", case.reason, f"comment_{number}", question=column.header)


def bundle_comments(parts: Parts, group: NDArray[np.int8]) -> None:
    """Takes comment columns that were shown to different groups for one comment; each keeps its question."""
    known = bool(parts.layout and parts.layout.comment)
    parts.bundles = split_by_group(parts.comments, group, 1 if known else ENOUGH)
    for number, bundle in enumerate(parts.bundles, start=1):
        for column in bundle:
            parts.taken[column.name] = replace(parts.taken[column.name], canonical=f"comment_{number}")
        if len(bundle) > 1:
            listed = ", ".join(f"“{column.header}”" for column in bundle)
            parts.notes.append(f"{listed} were answered by different groups, never by one person: they are read as one comment.")


def _segments(parts: Parts, choices: Choices) -> None:
    if choices.segments is None:
        verdicts = [(column, judge(column)) for column in parts.free]
    else:
        verdicts = []
        for name in choices.segments:
            column, verdict = _wanted(parts, name), Verdict("", "")
            _not_taken(parts, (column, Case(1)))
            verdict = judge(column)
            if not verdict.kind:
                raise UnknownColumn(
                    "a column with 2 to 30 values", f"“{name}”: {verdict.reason}", "Choose another column to split by."
                )
            verdicts.append((column, verdict._replace(reason=f"{CHOSEN}; {verdict.reason}")))
    known = {column.name for column in parts.columns}
    for column, verdict in verdicts:
        if verdict.kind:
            name = _frame_name(column.name, known)
            known.add(name)
            parts.segments.append((name, column, verdict.kind))
            parts.give(column, "segment", verdict.reason, name)
        elif choices.segments is None:
            parts.give(column, "other", verdict.reason)


def _frame_name(name: str, taken: set[str]) -> str:
    """The column's own name, unless the canonical frame needs that name for something else."""
    while name in CANONICAL or name.startswith(("comment_", "asked_")) or (name.startswith("column ") and name in taken):
        name = f"column {name}"
    return name


def _rest(parts: Parts, fits: dict[str, Fit]) -> None:
    for column in parts.free:
        parts.give(column, "other", "not asked for")
    for name, fit in fits.items():
        role = parts.taken[name]
        if reason := why_not(fit, parts.score):
            parts.taken[name] = replace(role, reason=f"{role.reason}; {reason}", considered=(*role.considered, "score"))
