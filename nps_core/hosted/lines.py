"""The score over time in a numbers-only view: for everybody and for each group the periods as the page Trend shows them.

A **line** is what one choice of filters leaves, period by period, thin periods joined as `trend.blocks` joins them; beside it
stand its **parts**, each period split by a further column, which say why the score moved. Which figures are kept is decided when
the view is made: `trend.hidden_blocks` looks at each line, `_few` at its parts, `linked.Ledger` at all figures of the view.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.moved import OTHERS
from nps_core.responses import OUTCOMES
from nps_core.scale import DETRACTORS, GROUPS, PASSIVES, PROMOTERS, SCORES
from nps_core.tally import Own
from nps_core.trend import WAVE, Block, blocks, hidden_blocks

Ints = NDArray[np.int64]
Sums = tuple[int, ...]  # the count of each of `OUTCOMES`
Where = tuple[tuple[str, str], ...]  # one group of each filtered column, in the order of the view's dimensions
Spot = tuple[str, Where]  # kind of period and filters
ANSWERED = len(SCORES) + len(GROUPS)
NOBODY: Sums = (0,) * len(OUTCOMES)
MOST = 1000  # figures of lines and of parts each; sets that would make it more are left out


class Time(Enum):
    """The periods by which a view splits, beside its columns. No text, so that no column of a file can be called the same."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


Axis = str | Time  # a column of the survey (its wave is one) or a period


def axis_of(kind: str) -> Axis:
    """What splits by this kind of period; waves are a column of the survey."""
    return WAVE if kind == WAVE else Time(kind)


@dataclass(frozen=True, eq=False)
class Line:
    """The score over time under some filters.

    `blocks` are the periods, thin ones joined (of several members only the first and the last are named); `sums` their `coarse`
    counts, None where they are held back; `parts` for each further column and each of its groups the counts in each block.
    """

    blocks: tuple[Block, ...]
    sums: tuple[Sums | None, ...]
    parts: Mapping[str, Mapping[str, tuple[Sums | None, ...]]] = field(default_factory=dict)

    @property
    def hidden(self) -> list[bool]:
        """Which blocks are held back."""
        return [sums is None for sums in self.sums]

    @property
    def plain(self) -> bool:
        """Whether every single period is known, so that lines can be added up."""
        return not any(self.hidden) and all(len(block.members) == 1 for block in self.blocks)

    def tally(self) -> pd.DataFrame:
        """One row a block, under the name of its first period; a block that is held back has no counts."""
        return tally_of({block.members[0]: sums or NOBODY for block, sums in zip(self.blocks, self.sums, strict=True)})

    def sides(self, column: str, two: Sequence[Sequence[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Two periods (each the names of its members) split by a column: Tallies by group.

        Groups that are held back in either of them are taken together as `moved.OTHERS`.
        """
        inside = [[i for i, block in enumerate(self.blocks) if block.members[0] in members] for members in two]
        groups = {name: [_added([sums[i] for i in at]) for at in inside] for name, sums in self.parts.get(column, {}).items()}
        known = {name: side for name, side in groups.items() if None not in side and any(map(_answers, side))}
        known = dict(sorted(known.items(), key=lambda one: not _answers(one[1][0])))  # those of the first period first
        found = []
        for place, at in enumerate(inside):
            side = {name: sums[place] or NOBODY for name, sums in known.items()}
            everybody = _added([self.sums[i] for i in at]) or NOBODY
            side[OTHERS] = tuple(a - sum(s[i] for s in side.values()) for i, a in enumerate(everybody))
            found.append(side)
        if not any(sum(side[OTHERS][:ANSWERED]) for side in found):
            for side in found:
                del side[OTHERS]
        return tally_of(found[0]), tally_of(found[1])


Lines = Mapping[Spot, Line]


def tally_of(rows: Mapping[str, Sums]) -> pd.DataFrame:
    """Counts by name as a Tally of the three groups."""
    table = np.array([coarse(sums)[len(SCORES) : ANSWERED] for sums in rows.values()], dtype=np.int64)
    index = pd.Index(list(rows), dtype="str", name="period")
    return pd.DataFrame(table.reshape(len(rows), len(GROUPS)), index=index, columns=list(GROUPS))


def coarse(sums: Sums) -> Sums:
    """The same answers without single scores: each counted under its group.

    Counts are never below nothing, so small ones say more than their sums: where none of a group gave a 3, nobody in any part
    of it did. Of three groups few counts are nothing, of eleven scores most.

    >>> coarse((0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 5, 0, 0, 0, 4, 0, 0))
    (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 5, 4, 0, 0)
    """
    own = [sum(sums[score] for score in scores) for scores in (DETRACTORS, PASSIVES, PROMOTERS)]
    groups = (one + more for one, more in zip(own, sums[len(SCORES) : ANSWERED], strict=True))
    return (*(0 for _ in SCORES), *groups, *sums[ANSWERED:])


def _answers(sums: Sums | None) -> int:
    return sum((sums or NOBODY)[:ANSWERED])


def _added(cells: Sequence[Sums | None]) -> Sums | None:
    """Counts together; None where one of them is held back."""
    if any(cell is None for cell in cells):
        return None
    return tuple(sum(column) for column in zip(NOBODY, *(cell for cell in cells if cell is not None), strict=True))


def joined(lines: Lines, kind: str, filters: Sequence[tuple[str, Sequence[str]]], floor: int) -> Line | None:
    """The line under filters of one or several groups a column, None where it is not carried.

    Of several groups it is added up, which takes that every period of each of them is known by itself.
    """
    combos = [tuple(combo) for combo in product(*([(column, value) for value in values] for column, values in filters))]
    found = [lines.get((kind, combo)) for combo in combos]
    if len(found) == 1:
        return _with_own(found[0], combos[0])
    whole = lines.get((kind, ()))
    several = [line for line in found if line and line.plain]
    if whole is None or not whole.plain or len(several) < len(found):
        return None
    return _sum_of(several, combos, whole, kind, floor)


def _with_own(line: Line | None, where: Where) -> Line | None:
    """The line with its own groups as parts: split by what is filtered, all of it is the one group."""
    return line and Line(line.blocks, line.sums, {**line.parts, **{column: {value: line.sums} for column, value in where}})


def _sum_of(several: Sequence[Line], combos: Sequence[Where], whole: Line, kind: str, floor: int) -> Line:
    lines = [_with_own(line, where) or line for line, where in zip(several, combos, strict=True)]
    order = [block.members[0] for block in whole.blocks]
    places = [{block.members[0]: i for i, block in enumerate(line.blocks)} for line in lines]

    def over(chosen: Sequence[Sequence[Sums | None] | None]) -> dict[str, Sums | None]:
        """Several rows of counts together, by period."""
        return {
            name: _added([row[at[name]] for row, at in zip(chosen, places, strict=True) if row is not None and name in at])
            for name in order
        }

    sums = over([line.sums for line in lines])
    n, all_n = ({name: sum((one or NOBODY)[:ANSWERED]) for name, one in each.items()} for each in (sums, _by_name(whole)))
    frame, everybody = (pd.DataFrame({"n": pd.Series(each, dtype="int64")}) for each in (n, all_n))
    made = blocks(frame, floor, kind, everybody)
    hidden = hidden_blocks(frame, made, floor, everybody)
    columns = {column for line in lines for column in line.parts}
    parts: dict[str, dict[str, tuple[Sums | None, ...]]] = {}
    for column in columns:
        groups = dict.fromkeys(name for line in lines for name in line.parts.get(column, {}))
        own = any(column == name for name, _ in combos[0])
        for group in groups:
            if own or all(group in line.parts.get(column, {}) for line in lines):
                by_name = over([line.parts[column].get(group) for line in lines])
                parts.setdefault(column, {})[group] = tuple(_added([by_name[name] for name in block.members]) for block in made)
    of_blocks = (
        None if shut else _added([sums[name] for name in block.members]) for block, shut in zip(made, hidden, strict=True)
    )
    return Line(tuple(made), tuple(of_blocks), parts)


def _by_name(line: Line) -> dict[str, Sums | None]:
    return {block.members[0]: sums for block, sums in zip(line.blocks, line.sums, strict=True)}


# Making them.


class Draft(NamedTuple):
    """Figures that a view would like to carry.

    `places` says for each row of the counts to which figure it belongs, −1 to none; `wanted` are the figures that may be shown
    for themselves, the most wanted first.
    """

    places: Ints
    wanted: list[int]


@dataclass(frozen=True, eq=False)
class Course:
    """The lines of one kind of period and one set of filtered columns on their way: each with where its figures begin."""

    kind: str
    axes: tuple[str, ...]
    lines: list[tuple[Where, list[Block], int]]
    draft: Draft
    parts: dict[str, tuple[Draft, list[str]]]  # by further column: its figures (a line's figure × group), and its groups


def subsets(dimensions: tuple[str, ...]) -> list[tuple[str, ...]]:
    """No column, each, both."""
    return [axes for size in range(len(dimensions) + 1) for axes in combinations(dimensions, size)]


def courses(
    counts: pd.DataFrame,
    dimensions: tuple[str, ...],
    kinds: Sequence[str],
    named: Mapping[str, Sequence[str]],
    floor: int,
) -> Iterator[Course]:
    """The lines a view would like to carry, as far as their number allows.

    `counts` has one column an axis and a kind of period, `Own.OUTCOME` and `Own.COUNT`; `named` are the groups of each column
    that may be named.
    """
    lines = parts = 0
    for axes in subsets(dimensions):
        for kind in kinds:
            many = len(counts[axis_of(kind)].cat.categories)
            for axis in axes:
                many *= len(named[axis])
            if lines + many > MOST:
                continue
            lines += many
            course = _course(counts, axes, kind, named, floor)
            for column in dimensions:
                further = many * len(named.get(column, ()))
                if column not in axes and further and parts + further <= MOST:
                    parts += further
                    course.parts[column] = _split(counts, course, column, list(named[column]), floor)
            yield course


def _course(counts: pd.DataFrame, axes: tuple[str, ...], kind: str, named: Mapping[str, Sequence[str]], floor: int) -> Course:
    answered = counts[Own.OUTCOME].to_numpy() < ANSWERED
    period, names = counts[axis_of(kind)].cat.codes.to_numpy(), [str(name) for name in counts[axis_of(kind)].cat.categories]
    weights = np.where(answered, counts[Own.COUNT].to_numpy(), 0)

    def sizes(inside: NDArray[np.bool_]) -> pd.DataFrame:
        return pd.DataFrame({"n": np.bincount(period[inside], weights[inside], len(names)).astype(np.int64)}, index=names)

    whole = sizes(np.ones(len(counts), dtype=bool))
    places, wanted, lines = np.full(len(counts), -1, dtype=np.int64), list[int](), list[tuple[Where, list[Block], int]]()
    begin = 0
    for combo in product(*(named[axis] for axis in axes)):
        inside = np.ones(len(counts), dtype=bool)
        for axis, value in zip(axes, combo, strict=True):
            inside &= (counts[axis] == value).to_numpy()
        own, before = sizes(inside), whole if axes else None
        found = blocks(own, floor, kind, before)
        block_of = {name: i for i, block in enumerate(found) for name in block.members}
        lookup = np.array([begin + block_of[name] if name in block_of else -1 for name in names], dtype=np.int64)
        places[inside] = lookup[period[inside]]
        shut = hidden_blocks(own, found, floor, before)
        wanted += [begin + i for i in reversed(range(len(found))) if not shut[i]]
        lines.append((tuple(zip(axes, combo, strict=True)), [_ends(block) for block in found], begin))
        begin += len(found)
    return Course(kind, axes, lines, Draft(places, wanted), {})


def _ends(block: Block) -> Block:
    """A block with no more than the names it is called by: which of the periods between have answers stays here."""
    return block if len(block.members) == 1 else block._replace(members=(block.members[0], block.members[-1]))


def _split(counts: pd.DataFrame, course: Course, column: str, groups: list[str], floor: int) -> tuple[Draft, list[str]]:
    """Each figure of a course split by one further column."""
    many = len(groups)
    group = pd.Index(groups, dtype="str").get_indexer(pd.Index(counts[column].astype("str")))
    at = course.draft.places
    places = np.where((at >= 0) & (group >= 0), at * many + group, -1)
    weights = np.where(counts[Own.OUTCOME].to_numpy() < ANSWERED, counts[Own.COUNT].to_numpy(), 0)
    inside = places >= 0
    total = sum(len(found) for _, found, _ in course.lines) * many
    sizes = np.bincount(places[inside], weights[inside], minlength=total).astype(np.int64)
    wanted: list[int] = []
    for _, found, begin in course.lines:
        here = np.arange(begin * many, (begin + len(found)) * many)
        if not sizes[here].any():
            continue
        hidden = _few(sizes[here].reshape(len(found), many), floor).ravel()
        wanted += [int(place) for place in here[::-1] if sizes[place] and not hidden[place - here[0]]]
    return Draft(places, wanted), groups


def _few(sizes: Ints, floor: int) -> NDArray[np.bool_]:
    """Which groups (columns) are taken together in each period (row), as `moved.pooled` does it for two of them.

    In every period those that are too small, and the smallest of the survey beside them until at least two groups with `floor`
    answers, and more answers than groups, are hidden: the same everywhere, so that two periods hide little more than each does.
    """
    hidden = (sizes > 0) & (sizes < floor)
    order = np.argsort(sizes.sum(axis=0), kind="stable")
    for n, few in zip(sizes, hidden, strict=True):
        for i in order:
            answers, groups = int(n[few].sum()), int(few.sum())
            if not groups or (groups >= 2 and answers >= floor and answers > groups):
                break
            few[i] = few[i] or n[i] > 0
    return np.asarray(hidden)


def lines_of(course: Course, counts: pd.DataFrame, shown: set[int], parts: Mapping[str, set[int]]) -> Iterator[tuple[Spot, Line]]:
    """The lines of a course with the figures that are shown; a line of which nothing is shown is none."""
    sums = _sums_by_place(counts, course.draft.places)
    split = {column: _sums_by_place(counts, draft.places) for column, (draft, _) in course.parts.items()}
    for where, found, begin in course.lines:
        own = range(begin, begin + len(found))
        if not shown.intersection(own):
            continue
        by: dict[str, dict[str, tuple[Sums | None, ...]]] = {}
        for column, (_, groups) in course.parts.items():
            for at, group in enumerate(groups):
                cells = [i * len(groups) + at for i in own]
                row = tuple(_shown(split[column], cell, parts[column]) for cell in cells)
                if any(cell in parts[column] for cell in cells):
                    by.setdefault(column, {})[group] = row
        of_blocks = tuple(sums[i] if i in shown else None for i in own)
        yield (course.kind, where), Line(tuple(found), of_blocks, by)


def _shown(sums: Mapping[int, Sums], cell: int, shown: set[int]) -> Sums | None:
    """What is shown of a group in a period; nobody is nothing to hide."""
    if cell in shown:
        return sums[cell]
    return None if sum(sums.get(cell, NOBODY)[:ANSWERED]) else NOBODY


def _sums_by_place(counts: pd.DataFrame, places: Ints) -> dict[int, Sums]:
    inside = places >= 0
    found, row = np.unique(places[inside], return_inverse=True)
    table = np.zeros((len(found), len(OUTCOMES)), dtype=np.int64)
    np.add.at(table, (row, counts[Own.OUTCOME].to_numpy()[inside]), counts[Own.COUNT].to_numpy()[inside])
    return {int(place): coarse(tuple(sums)) for place, sums in zip(found, table.tolist(), strict=True)}


# Bytes.


def out(lines: Lines) -> list[Any]:
    """The lines as JSON has them: nobody is an empty list."""

    def short(sums: Sequence[Sums | None]) -> list[Any]:
        return [None if one is None else list(one) if any(one) else [] for one in sums]

    def split(line: Line) -> list[Any]:
        return [[column, [[name, short(sums)] for name, sums in groups.items()]] for column, groups in line.parts.items()]

    return [
        [kind, where, [list(block) for block in line.blocks], short(line.sums), split(line)]
        for (kind, where), line in lines.items()
    ]


def read(found: list[Any]) -> dict[Spot, Line]:
    """The inverse. Raises ValueError, TypeError or KeyError where that is no list of lines."""

    def long(sums: list[Any], many: int) -> tuple[Sums | None, ...]:
        rows = tuple(None if one is None else tuple(one) or NOBODY for one in sums)
        if len(rows) != many or any(row is not None and not _counts(row) for row in rows):
            raise ValueError("no sums")
        return rows

    lines: dict[Spot, Line] = {}
    for kind, where, spans, sums, parts in found:
        made = tuple(Block(tuple(map(str, members)), int(first), int(last)) for members, first, last in spans)
        by = {str(column): {str(name): long(row, len(made)) for name, row in groups} for column, groups in parts}
        lines[str(kind), tuple((str(column), str(value)) for column, value in where)] = Line(made, long(sums, len(made)), by)
    return lines


def _counts(row: Sums) -> bool:
    return len(row) == len(OUTCOMES) and all(isinstance(x, int) and x >= 0 for x in row)
