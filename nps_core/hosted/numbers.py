"""A hosted view that carries numbers and nobody's answers: what it can be asked, and what it answers.

It holds sums over at most two dimensions and the time: everything, each dimension, both, and each of these by time. Time is the
wave where a survey has waves, else month, quarter and year. `making` decides which sums are kept; what is not kept is nowhere,
not even its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pandas as pd

from nps_core.comments.voice import voice
from nps_core.hosted.lines import Axis, Line, Lines, Time, axis_of, coarse, joined
from nps_core.hosted.themes import sides
from nps_core.hosted.voices import Said, added
from nps_core.inference import with_interval
from nps_core.measures import measures
from nps_core.privacy import blank, protect
from nps_core.question import Question
from nps_core.responses import OUTCOMES, STATUSES
from nps_core.scale import GROUPS, SCORES
from nps_core.tally import EVERYTHING, NO_DATE
from nps_core.trend import WAVE

LEAST = 5  # no operator and no sharer can go below
TIMES = tuple(time.value for time in Time)  # kept of a dated survey; weeks and days hold too few people
ANSWERED = len(SCORES) + len(GROUPS)
Axes = tuple[Axis, ...]
Key = tuple[str, ...]  # one value for each axis
Table = dict[Key, tuple[int, ...]]  # the count of each of `OUTCOMES` for each group


@dataclass(frozen=True, eq=False)
class Numbers:
    """The sums of a numbers-only view.

    `floor` answers at least stand behind every figure. `dimensions` are the columns that split and filter. `values` names the
    shown groups of each axis in natural order. `tables` holds for each kept set of axes (dimensions first, then time) the shown
    groups with the count of each of `responses.OUTCOMES`, as `lines.coarse` has them but for the axes of `single_scores`.
    `scores_known` as in `Responses`. `fixed` is what was left out when the view was made. `key` keys caches. `said` is what
    comments say, `lines` the score over time as `lines` has it.
    """

    floor: int
    dimensions: tuple[str, ...]
    values: Mapping[Axis, tuple[str, ...]]
    tables: Mapping[Axes, Mapping[Key, tuple[int, ...]]]
    scores_known: bool
    fixed: Question
    key: str = ""
    said: Said | None = None
    lines: Lines = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """By which periods the score can be followed over time, the shortest first."""
        return tuple(kind for kind in (*reversed(TIMES), "wave") if (kind, ()) in self.lines)

    def line(self, question: Question, kind: str) -> Line | None:
        """The score over time under the filters of a question; None where it is not carried."""
        filters = [(axis, values) for axis in self.dimensions for column, values in question.where if column == axis]
        if question.wave:
            return None
        return joined(self.lines, kind, filters, self.floor)

    def themes(
        self, question: Question, kind: str, two: Sequence[Sequence[str]]
    ) -> list[tuple[pd.DataFrame, pd.DataFrame | None]] | None:
        """Two periods by theme under the filters of a question, as `hosted.themes.sides`; None where that is not carried."""
        filters = [(axis, values) for axis in self.dimensions for column, values in question.where if column == axis]
        if self.said is None or question.wave or any(len(values) != 1 for _, values in filters):
            return None
        return sides(self.said.themes, self.lines, (kind, tuple((axis, values[0]) for axis, values in filters)), two)

    @property
    def times(self) -> tuple[str, ...]:
        """What can split by time: the wave, or the periods; empty without either."""
        return tuple(kind for kind in ("wave", *TIMES) if (axis_of(kind),) in self.tables)

    @property
    def total(self) -> int:
        """How many answers the view is about."""
        return sum(self.tables[()][()][:ANSWERED])

    def tally(self, question: Question) -> pd.DataFrame:
        """The Tally of a question: the groups that are shown. No row at all where an undivided result is held back."""
        shown = {key: sums for key, sums in self._groups(question) if sums is not None}
        scores = self.scores_known and single_scores(self._axes(question))
        columns, sums = (list(SCORES), slice(len(SCORES))) if scores else (list(GROUPS), slice(len(SCORES), ANSWERED))
        counts = [list((own if scores else coarse(own))[sums]) for own in shown.values()]
        table = np.array(counts, dtype=np.int64).reshape(len(shown), len(columns))
        return pd.DataFrame(table, index=self._index(list(shown), question), columns=columns)

    def result(self, question: Question) -> pd.DataFrame:
        """The Result of a question, as `answer.answer` gives it; groups that are held back are not in it."""
        tally = self.tally(question)
        if len(tally) or self._split(question):
            return protect(with_interval(measures(tally), question.level), 1)  # what is here may be shown
        nothing = pd.DataFrame(0, index=pd.Index([EVERYTHING], dtype="str", name="group"), columns=tally.columns, dtype="int64")
        return blank(with_interval(measures(nothing), question.level), np.ones(1, dtype=bool))

    def accounts(self, question: Question) -> dict[str, int]:
        """Answered, blank, invalid and excluded records that the filters leave; all 0 where the result is held back."""
        together = replace(question, by=(), period=None)
        sums = next(iter(self._groups(together)))[1] or (0,) * len(OUTCOMES)
        return {"answered": sum(sums[:ANSWERED])} | dict(zip(STATUSES[1:], sums[ANSWERED:], strict=True))

    def voices(self, question: Question) -> dict[str, pd.Series]:
        """What each speaker says (see `comments.voice`), undivided; who must not be heard is not in it."""
        _, cells = next(iter(self._cells(replace(question, by=(), period=None))))
        return self._heard(question, cells)

    def split_voices(self, question: Question, speaker: str) -> dict[str, pd.Series | None]:
        """What a speaker says in each group that the question splits into, None where that is held back."""
        groups = ((group, self._heard(question, cells)) for group, cells in self._cells(question))
        return {" · ".join(group): heard.get(speaker) for group, heard in groups if NO_DATE not in group}

    def _heard(self, question: Question, cells: list[Key]) -> dict[str, pd.Series]:
        table = self.said.tables.get(self._axes(question), {}) if self.said else {}
        sums = added([table.get(cell) for cell in cells])
        return {name: voice(np.array(counts, dtype=np.int64)) for name, counts in sums.items()}

    def off(self, question: Question) -> tuple[str, ...]:
        """What this question asks and the view does not carry, each with the reason; such a part has no effect."""
        reasons = []
        named = [column for column, _ in question.where] + list(question.by)
        for column in dict.fromkeys(column for column in named if column not in (*self.dimensions, "wave")):
            kept = " and ".join(self.dimensions) or "no column"
            reasons.append(f"This view carries numbers only, split by {kept}; “{column}” is off.")
        if question.start or question.end:
            reasons.append("This view carries numbers only, without single days: the filter by date is off.")
        wants_wave = question.wave or "wave" in (*question.by, *(column for column, _ in question.where))
        if wants_wave and "wave" not in self.times:
            reasons.append("This view carries numbers only, without waves: the wave is off.")
        if question.period and question.period not in self.times:
            reasons.append(f"This view carries numbers only: a split by {question.period} is off.")
        axes = self._axes(question)
        if not reasons and axes not in self.tables:
            reasons.append(f"This view carries numbers only, and none by {' and '.join(map(axis_name, axes))} together.")
        return tuple(reasons)

    def _time(self, question: Question) -> Axes:
        """The time axis this question needs, if it needs one."""
        if "wave" in self.times:
            return ("wave",) if question.wave or "wave" in question.by else ()
        return (Time(question.period),) if question.period in self.times else ()

    def _axes(self, question: Question) -> Axes:
        named = {column for column, _ in question.where} | set(question.by)
        return (*(column for column in self.dimensions if column in named), *self._time(question))

    def _split(self, question: Question) -> Axes:
        """The axes that make the groups, in the order asked."""
        waves = "wave" in self.times
        period = (Time(question.period),) if question.period in self.times and not waves else ()
        columns = (*self.dimensions, *(("wave",) if waves else ()))
        return (*(column for column in question.by if column in columns), *period)

    def _groups(self, question: Question) -> Iterator[tuple[Key, tuple[int, ...] | None]]:
        """Each group with its sums, None where it is held back."""
        table = self.tables.get(self._axes(question), {})
        for group, cells in self._cells(question):
            yield group, _added([table.get(cell) for cell in cells])

    def _cells(self, question: Question) -> Iterator[tuple[Key, list[Key]]]:
        """Each group with the cells of its table that it is put together from."""
        axes, split = self._axes(question), self._split(question)
        waves = [("wave", question.wave)] if question.wave else []
        filters: dict[Axis, tuple[str, ...]] = dict((*question.where, *waves))
        inside = {axis: [v for v in self.values[axis] if v in filters.get(axis, self.values[axis])] for axis in axes}
        for group in product(*(inside[axis] for axis in split)):
            fixed = dict(zip(split, group, strict=True))
            yield group, list(product(*([fixed[axis]] if axis in fixed else inside[axis] for axis in axes)))

    def _index(self, groups: list[Key], question: Question) -> pd.Index:
        split = self._split(question)
        if not split:
            return pd.Index([EVERYTHING] * len(groups), dtype="str", name="group")
        names = ["period" if isinstance(axis, Time) else axis for axis in split]
        if len(split) == 1:
            return pd.Index([group[0] for group in groups], dtype="str", name=names[0])
        levels = [pd.Index([group[i] for group in groups], dtype="str") for i in range(len(split))]
        return pd.MultiIndex.from_arrays(levels, names=names)


def single_scores(axes: Axes) -> bool:
    """Whether a table of these axes has single scores: where columns are crossed with the time it has the three groups.

    Some people of one column at one time are so few that most scores are nobody's, and that would give their parts away.
    """
    return len(axes) < 2 or not any(axis == WAVE or isinstance(axis, Time) for axis in axes)


def axis_name(axis: Axis) -> str:
    """What people read for an axis."""
    return axis.value if isinstance(axis, Time) else axis


def _added(cells: list[tuple[int, ...] | None]) -> tuple[int, ...] | None:
    """The sums of several shown figures; None where one of them is held back, as the rest would give it away."""
    if not cells or any(cell is None for cell in cells):
        return None
    return tuple(sum(column) for column in zip(*(cell for cell in cells if cell is not None), strict=True))
