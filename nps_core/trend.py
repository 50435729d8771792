"""Is it moving: the score period by period, calendar or rolling, with thin periods joined to their neighbours.

Takes a Tally split by period (or by wave), hands back small frames. Every figure shown is of whole **blocks**: a period with
too few answers is joined to the nearest one until both have enough. Windows are made of whole blocks too, so that however they
are subtracted from one another, no handful of people comes out. It must not know words.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.answer import answer
from nps_core.inference import wilson
from nps_core.privacy import blank, protect
from nps_core.question import Question
from nps_core.tally import NO_DATE, PERIOD_FREQ

WAVE = "wave"  # the kind of a trend that follows the waves of a survey in their order
WINDOWS = (1, 2, 3, 6, 12)  # periods in a window; 1 is the calendar


class Block(NamedTuple):
    """One or more neighbouring periods that are shown as one: their names, and the first and the last place in time.

    Places count periods (waves in their order, days, weeks, months, quarters, years); both ends belong to the block.
    """

    members: tuple[str, ...]
    first: int
    last: int

    @property
    def name(self) -> str:
        """How the block is called: its first and its last period."""
        return self.members[0] if len(self.members) == 1 else f"{self.members[0]} to {self.members[-1]}"


def period_of(name: str, kind: str) -> pd.Period:
    """The period that `tally.period_name` called so.

    >>> period_of("2025-W01", "week").start_time.date(), period_of("2024-Q1", "quarter").end_time.date()
    (datetime.date(2024, 12, 30), datetime.date(2024, 3, 31))
    """
    if kind == "week":
        year, week = name.split("-W")
        return pd.Period(date.fromisocalendar(int(year), int(week), 1), "W")
    return pd.Period(name, PERIOD_FREQ[kind])


def _places(names: Sequence[str], kind: str) -> list[int]:
    """Where each period lies among all there could be."""
    return list(range(len(names))) if kind == WAVE else [period_of(name, kind).ordinal for name in names]


def blocks(tally: pd.DataFrame, floor: int, kind: str, whole: pd.DataFrame | None = None) -> list[Block]:
    """The periods of a Tally, in order, with those that are too thin joined to the nearest neighbour.

    Too thin are 1 to floor − 1 answers, and filters that take 1 to floor − 1 answers away (the unfiltered figure minus this one
    would show them). A thin block is joined to the block before it where that is strictly nearer, else to what follows.

    Parameters
    ----------
    tally : DataFrame
        A Tally split by period alone; answers without a date are left out.
    floor : int
        The privacy floor.
    kind : str
        One of `question.PERIODS`, or `WAVE`.
    whole : DataFrame, optional
        The same without filters.

    Examples
    --------
    >>> counts = pd.DataFrame([[9], [2], [8]], index=["2024-08", "2024-09", "2024-11"])
    >>> [block.name for block in blocks(counts, 5, "month")]
    ['2024-08 to 2024-09', '2024-11']
    """
    n = {str(name): int(size) for name, size in tally.sum(axis=1).items()}
    before = n if whole is None else {str(name): int(size) for name, size in whole.sum(axis=1).items()}
    names = [name for name, size in n.items() if name != NO_DATE and size]
    sizes = [np.array([n[name], before[name] - n[name]]) for name in names]
    places = _places(names, kind)
    done: list[tuple[Block, np.ndarray]] = []
    open_block: Block | None = None
    size = np.zeros(2, dtype=np.int64)
    for i, (name, place) in enumerate(zip(names, places, strict=True)):
        open_block = Block((name,), place, place) if open_block is None else _longer(open_block, (name,), place)
        size = size + sizes[i]
        near = done and (i + 1 == len(names) or open_block.first - done[-1][0].last < places[i + 1] - place)
        if _thin(size, floor):
            if not near:
                continue
            kept, own = done.pop()
            open_block, size = _longer(kept, open_block.members, place), size + own
            if _thin(size, floor) and i + 1 < len(names):
                continue
        done.append((open_block, size))
        open_block, size = None, np.zeros(2, dtype=np.int64)
    return _thick([*done, *([(open_block, size)] if open_block else [])], floor)


def _longer(block: Block, members: tuple[str, ...], last: int) -> Block:
    return Block((*block.members, *members), block.first, last)


def _thin(size: np.ndarray, floor: int) -> bool:
    return bool(((size > 0) & (size < floor)).any())


def _thick(found: list[tuple[Block, np.ndarray]], floor: int) -> list[Block]:
    """The blocks once the last ones, which had nothing to follow them, are joined backwards as far as it takes."""
    while len(found) > 1 and _thin(found[-1][1], floor):
        (before, own), (last, size) = found[-2:]
        found = [*found[:-2], (_longer(before, last.members, last.last), own + size)]
    return [block for block, _ in found]


def windows(found: Sequence[Block], length: int) -> list[tuple[Block, range]]:
    """For each block the window of `length` periods that ends with it, with the places in `found` of the blocks in it.

    Whole blocks only: a block that the window cuts belongs to it. The first windows, which would begin before the survey does,
    are left out unless there would be none.
    """
    made, start = [], 0
    for end, block in enumerate(found):
        while found[start].last <= block.last - length:
            start += 1
        members = tuple(name for other in found[start : end + 1] for name in other.members)
        made.append((Block(members, found[start].first, block.last), range(start, end + 1)))
    full = [window for window in made if found and window[0].last - found[0].first + 1 >= length]
    return full or made[-1:]


def trend(tally: pd.DataFrame, question: Question, kind: str, length: int = 1, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """The score of each block or window, in order.

    Parameters
    ----------
    tally : DataFrame
        A Tally split by period alone (or by wave).
    question : Question
        Its `level` and `floor` count here.
    kind : str
        One of `question.PERIODS`, or `WAVE`.
    length : int
        Periods in a window; 1 is the calendar.
    whole : DataFrame, optional
        The same without filters.

    Returns
    -------
    DataFrame
        As `answer.answer`, index the names; passive_low, passive_high (Wilson, 0..1), first, last (places in time, whole
        numbers of periods), start, end (dates; None for waves), members (tuple of the periods' names), joined (whether periods
        had to be joined). A block is suppressed only where the undated answers are so few that the total would show them.
    """
    found = blocks(tally, question.floor, kind, whole)
    return trend_of(tally, found, hidden_blocks(tally, found, question.floor, whole), question, kind, length)


def trend_of(
    tally: pd.DataFrame, found: Sequence[Block], hidden: Sequence[bool], question: Question, kind: str, length: int = 1
) -> pd.DataFrame:
    """As `trend`, of blocks that are made already, and of which it is known whether they must stay hidden."""
    made = windows(found, length) if length > 1 else [(block, range(i, i + 1)) for i, block in enumerate(found)]
    counts = _summed(tally, [window for window, _ in made])
    # Windows overlap, so no total is made of them: what must stay hidden was settled on the blocks.
    result = answer(counts, replace(question, floor=1))
    shut = np.array([any(hidden[i] for i in inside) for _, inside in made], dtype=bool)
    result = blank(result.drop(columns="suppressed"), shut)
    passive, n = (result[name].to_numpy(dtype=float, na_value=np.nan) for name in ("passive", "n"))
    low, high = wilson(passive, n, question.level)
    spans = [_span(window, kind) for window, _ in made]
    return result.assign(
        passive_low=low,
        passive_high=high,
        first=[window.first for window, _ in made],
        last=[window.last for window, _ in made],
        start=_objects([start for start, _ in spans]),
        end=_objects([end for _, end in spans]),
        members=_objects([window.members for window, _ in made]),
        joined=[any(len(found[i].members) > 1 for i in inside) for _, inside in made],
    )


def _objects(values: Sequence[Any]) -> NDArray[np.object_]:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _summed(tally: pd.DataFrame, found: Sequence[Block]) -> pd.DataFrame:
    """The Tally of blocks or windows."""
    counts, place = tally.to_numpy(dtype=np.int64), {str(name): i for i, name in enumerate(tally.index)}
    rows = [counts[[place[name] for name in block.members if name in place]].sum(axis=0) for block in found]
    index = pd.Index([block.name for block in found], dtype="str", name="period")
    table = np.array(rows, dtype=np.int64).reshape(len(found), len(tally.columns))
    return pd.DataFrame(table, index=index, columns=tally.columns)


def hidden_blocks(tally: pd.DataFrame, found: Sequence[Block], floor: int, whole: pd.DataFrame | None = None) -> list[bool]:
    """Which blocks `privacy.protect` hides beside the undated answers and all there are."""
    undated = [Block((NO_DATE,), 0, 0)] if NO_DATE in tally.index and tally.loc[NO_DATE].sum() else []
    counts = _summed(tally, [*found, *undated])
    everything = None
    if whole is not None:
        named = {name for block in [*found, *undated] for name in block.members}
        rest = whole[~whole.index.isin(named)]
        everything = _sizes(pd.concat([_summed(whole, [*found, *undated]), rest]))
    return [bool(hidden) for hidden in protect(_sizes(counts), floor, everything)["suppressed"].iloc[: len(found)]]


def _sizes(tally: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"n": tally.sum(axis=1).astype("int64")})


def _span(block: Block, kind: str) -> tuple[date | None, date | None]:
    if kind == WAVE:
        return None, None
    first, last = (pd.Period(ordinal=place, freq=PERIOD_FREQ[kind]) for place in (block.first, block.last))
    return first.start_time.date(), last.end_time.date()


def before(found: pd.DataFrame, name: str) -> str | None:
    """The last period shown that ends before this one begins: rolling windows that overlap share answers."""
    shown, own = _shown(found), _row(found, name)
    earlier = [other["name"] for other in shown if other["last"] < own["first"]]
    return earlier[-1] if earlier else None


def year_before(found: pd.DataFrame, name: str) -> str | None:
    """The period shown that holds the day a year before the last day of this one, and ends about then; None where none does."""
    own = _row(found, name)
    if own["end"] is None:  # waves have no calendar
        return None
    then = pd.Timestamp(own["end"]) - pd.DateOffset(years=1)
    for other in _shown(found):
        start, end = pd.Timestamp(other["start"]), pd.Timestamp(other["end"])
        # About then: no further off than half of what it spans, so that like is compared with like.
        if start <= then <= end and other["last"] < own["first"] and end - then <= (end - start) / 2 + pd.Timedelta(days=1):
            return str(other["name"])
    return None


def disjoint(found: pd.DataFrame, first: str, second: str) -> bool:
    """Whether two periods share no answers."""
    return not set(_row(found, first)["members"]) & set(_row(found, second)["members"])


def _row(found: pd.DataFrame, name: str) -> dict[str, Any]:
    return next(row for row in _rows(found) if row["name"] == name)


def _shown(found: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in _rows(found) if not row["suppressed"]]


def _rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    columns = ("first", "last", "start", "end", "members", "suppressed")
    lists = [[str(name) for name in found.index], *(found[column].tolist() for column in columns)]
    return [dict(zip(("name", *columns), values, strict=True)) for values in zip(*lists, strict=True)]


def of_members(tally: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """The part of a Tally split by group and period (the last level) that lies in these periods, by group."""
    inside = tally[tally.index.get_level_values(-1).isin(list(members))]
    return inside.groupby(level=0, sort=False).sum()


def place_of(day: date, kind: str) -> float | None:
    """Where a day lies among the periods of a kind, as `first` and `last` of `trend` count them; None for waves.

    A period has its middle at its whole number.

    >>> round(place_of(date(2024, 7, 1), "year") - period_of("2024", "year").ordinal, 4)
    -0.0027
    """
    if kind == WAVE:
        return None
    period = pd.Period(day, PERIOD_FREQ[kind])
    start, end = period.start_time, (period + 1).start_time
    return float(period.ordinal + (pd.Timestamp(day) - start) / (end - start) - 0.5)
