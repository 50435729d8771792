"""The scan: rows in, eleven counts a group out.

`count` is the only function here that touches rows. It adds up how often each combination of the asked-for columns and
outcome occurs; everything else is arithmetic on that small table, so that a filter changed twice looks at the rows once.

A **Tally** is a plain DataFrame: columns 0..10 (or detractor, passive, promoter where only groups are known), int64 counts;
the index holds the groups as str, one level a split (the period last), in natural order. `check_tally` says whether one is.
"""

from enum import Enum
from math import prod

import numpy as np
import pandas as pd

from nps_core.errors import UnknownColumn
from nps_core.question import Question
from nps_core.responses import OUTCOMES, STATUSES, Responses
from nps_core.scale import DETRACTORS, GROUPS, PASSIVES, PROMOTERS, SCORES

EVERYTHING = "All answers"  # the one index entry of a tally that is not split
NO_DATE = "(no date)"
PERIOD_FREQ = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
DENSE = 1 << 22  # up to so many cells counting into an array beats sorting


class Own(Enum):
    """The columns that counting adds to those of the survey. No text, so that no column of a file can be called the same."""

    DAY = "day"
    OUTCOME = "outcome"
    COUNT = "count"


def count(responses: Responses, columns: tuple[str, ...] = (), grain: str | None = None) -> pd.DataFrame:
    """How often each combination of `columns`, period of length `grain` and outcome occurs: the one scan of the rows.

    `grain` is one of `question.PERIODS`, None where dates do not matter. Returns a frame with one category column for each of
    `columns`, `Own.DAY` (datetime64, the first day of the period, missing where the date is) where a grain is asked for,
    `Own.OUTCOME` (position in `OUTCOMES`) and `Own.COUNT`. Raises UnknownColumn.
    """
    keys = [_codes(responses, column) for column in columns]
    starts = np.array([], dtype="datetime64[s]")
    if grain:
        places, starts = _periods_of_rows(responses, grain)
        keys.append((places, len(starts)))
    keys.append((responses.outcome, len(OUTCOMES)))

    joint = np.zeros(len(responses.frame), dtype=np.int64)
    for codes, size in keys:
        joint *= size
        joint += codes
    weights = responses.frame["count"].to_numpy() if responses.weighted else None
    found, counts = _count_codes(joint, prod(size for _, size in keys), weights)

    result: dict[str | Own, object] = {Own.COUNT: counts}
    found, result[Own.OUTCOME] = np.divmod(found, len(OUTCOMES))
    if grain:
        found, place = np.divmod(found, len(starts))
        result[Own.DAY] = starts[place]
    for column, (_, size) in reversed(list(zip(columns, keys, strict=False))):
        found, code = np.divmod(found, size)
        result[column] = pd.Categorical.from_codes(code, dtype=responses.frame[column].dtype)
    return pd.DataFrame(result)


def _periods_of_rows(responses: Responses, grain: str) -> tuple[np.ndarray, np.ndarray]:
    """Each row's place among the periods of the survey, and the first day of each; place 0 is no date.

    The calendar is asked about the days there are, not about every row.
    """
    days = responses.frame["when"].to_numpy().astype("datetime64[D]").view("int64")
    known = days != np.iinfo("int64").min
    nowhere = np.array(["NaT"], dtype="datetime64[s]")
    if not known.any():
        return np.zeros(len(days), dtype=np.int64), nowhere
    first, last = int(days[known].min()), int(days.max())
    starts, place_of_day = np.unique(_first_day(np.arange(first, last + 1), grain), return_inverse=True)
    places = np.where(known, (place_of_day + 1)[np.where(known, days - first, 0)], 0)
    return places, np.concatenate([nowhere, starts.astype("datetime64[D]").astype("datetime64[s]")])


def _first_day(days: np.ndarray, grain: str) -> np.ndarray:
    """The first day of the period each day lies in; days since 1970-01-01, a Thursday. Weeks begin on Monday."""
    if grain in ("day", "week"):
        return np.asarray(days - ((days + 3) % 7 if grain == "week" else 0))
    months = days.astype("datetime64[D]").astype("datetime64[M]").view("int64")
    length = {"month": 1, "quarter": 3, "year": 12}[grain]
    return np.asarray((months // length * length).astype("datetime64[M]").astype("datetime64[D]").view("int64"))


def _codes(responses: Responses, column: str) -> tuple[np.ndarray, int]:
    if column not in (*responses.segments, "wave") or column not in responses.frame:
        raise UnknownColumn(
            "a column that splits the answers into groups",
            f"“{column}”",
            f"Choose one of: {', '.join(responses.segments) or 'none in this file'}.",
        )
    values = responses.frame[column].cat
    return values.codes.to_numpy(), len(values.categories)


def _count_codes(codes: np.ndarray, cells: int, weights: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The distinct codes, ascending, and how often each occurs."""
    if cells <= DENSE:
        # Weights pass through float64 in bincount: exact up to 2**53 answers.
        counts = np.bincount(codes, weights=weights, minlength=1)
        found = np.flatnonzero(counts)
        return found, counts[found].astype(np.int64)
    found, inverse = np.unique(codes, return_inverse=True)
    return found, np.bincount(inverse, weights=weights).astype(np.int64)


def select(counts: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The rows of `count`'s result that the question's filters leave."""
    keep = np.ones(len(counts), dtype=bool)
    for column, values in (*question.where, *((("wave", question.wave),) if question.wave else ())):
        keep &= counts[column].isin(values).to_numpy()
    if question.start:
        keep &= (counts[Own.DAY] >= pd.Timestamp(question.start)).to_numpy()
    if question.end:
        keep &= (counts[Own.DAY] <= pd.Timestamp(question.end)).to_numpy()
    return counts[keep]


def tally_counts(counts: pd.DataFrame, question: Question, scores_known: bool = True) -> pd.DataFrame:
    """The Tally of a question from `count`'s result; groups without answers are left out."""
    chosen = select(counts, question)
    answered = chosen[chosen[Own.OUTCOME] < len(SCORES) + len(GROUPS)]
    outcomes = answered[Own.OUTCOME].to_numpy()
    first, columns = (0, list(SCORES)) if scores_known else (len(SCORES), list(GROUPS))
    place, index = split_places(answered, question)
    size = len(index)
    inside = (outcomes >= first) & (outcomes < first + len(columns))
    cell = place[inside] * len(columns) + outcomes[inside] - first
    table = np.bincount(cell, weights=answered[Own.COUNT].to_numpy()[inside], minlength=size * len(columns))
    return pd.DataFrame(table.astype(np.int64).reshape(size, len(columns)), index=index, columns=columns)


def split_places(chosen: pd.DataFrame, question: Question, *further: str) -> tuple[np.ndarray, pd.Index]:
    """Each row's place among the groups that a question (and the columns named after it) split into, and those groups.

    `chosen` has the columns of `count`. The groups are an index in natural order, one level a split, the period last but for
    `further` columns; without any split it is `EVERYTHING` alone.
    """
    levels = [chosen[column] for column in question.by]
    if question.period:
        levels.append(_periods(chosen[Own.DAY], question.period))
    levels += [chosen[column] for column in further]
    if not levels:
        return np.zeros(len(chosen), dtype=np.int64), pd.Index([EVERYTHING], dtype="str", name="group")
    return _places(levels, [*question.by, *(["period"] if question.period else []), *further])


def _periods(days: pd.Series, period: str) -> pd.Series:
    """The period each day falls in, as an ordered category of texts that sort as time does."""
    codes, found = pd.factorize(days.dt.to_period(PERIOD_FREQ[period]), sort=True)
    names = [period_name(p, period) for p in found]
    if (codes < 0).any():
        codes = np.where(codes < 0, len(names), codes)
        names.append(NO_DATE)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"), ordered=True))


def period_name(period: pd.Period, kind: str) -> str:
    """How a period is called, everywhere: 2024, 2024-Q1, 2024-01, 2024-W03 (ISO week), 2024-01-31.

    >>> period_name(pd.Period("2024-12-30", "W"), "week")
    '2025-W01'
    """
    if kind == "week":
        year, week, _ = period.end_time.isocalendar()
        return f"{year}-W{week:02d}"
    return str(period.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "quarter": "%Y-Q%q", "year": "%Y"}[kind]))


def _places(levels: list[pd.Series], names: list[str]) -> tuple[np.ndarray, pd.Index]:
    """Each row's place among the combinations that occur, and those combinations as an index in natural order."""
    joint = np.zeros(len(levels[0]), dtype=np.int64)
    for level in levels:
        joint = joint * len(level.cat.categories) + level.cat.codes.to_numpy()
    found, place = np.unique(joint, return_inverse=True)
    parts = []
    for level in reversed(levels):
        found, code = np.divmod(found, max(len(level.cat.categories), 1))
        parts.append(pd.Index(level.cat.categories.astype("str")).take(code))
    parts.reverse()
    if len(parts) == 1:
        return place, parts[0].rename(names[0])
    return place, pd.MultiIndex.from_arrays(parts, names=names)


def tally(responses: Responses, question: Question = Question()) -> pd.DataFrame:
    """The Tally that answers a question: one row a group, eleven counts each.

    Raises UnknownColumn where the question names a column that the survey does not have.
    """
    counts = count(responses, question.columns, question.grain)
    return tally_counts(counts, question, responses.scores_known)


def accounts(counts: pd.DataFrame, question: Question) -> dict[str, int]:
    """How many records the filters leave, by status: answered, blank, invalid, excluded. They add up to all of them."""
    chosen = select(counts, question)
    outcomes, weights = chosen[Own.OUTCOME].to_numpy(), chosen[Own.COUNT].to_numpy()
    first = len(SCORES) + len(GROUPS)
    totals = {status: int(weights[outcomes == first + i].sum()) for i, status in enumerate(STATUSES[1:])}
    return {"answered": int(weights[outcomes < first].sum())} | totals


def check_tally(tally: pd.DataFrame) -> pd.DataFrame:
    """The tally itself, or ValueError that says why it is none."""
    if list(tally.columns) not in (list(SCORES), list(GROUPS)):
        raise ValueError(f"a tally has the columns 0..10 or {', '.join(GROUPS)}, not {list(tally.columns)}")
    if any(dtype != np.int64 for dtype in tally.dtypes) or (tally.to_numpy() < 0).any():
        raise ValueError("a tally holds int64 counts of at least 0")
    if tally.index.has_duplicates:
        raise ValueError("a tally has one row a group")
    return tally


def by_score(tally: pd.DataFrame) -> bool:
    """Whether a Tally has the eleven scores, not the three groups alone."""
    return len(tally.columns) == len(SCORES)


def group_counts(tally: pd.DataFrame) -> pd.DataFrame:
    """Any tally as its three groups: columns detractor, passive, promoter.

    >>> one = pd.DataFrame([[0] * 6 + [1, 2, 3, 4, 5]], columns=list(SCORES))
    >>> group_counts(one).to_numpy().tolist()
    [[1, 5, 9]]
    """
    if list(tally.columns) == list(GROUPS):
        return tally
    sums = {name: tally[list(scores)].sum(axis=1) for name, scores in zip(GROUPS, (DETRACTORS, PASSIVES, PROMOTERS), strict=True)}
    return pd.DataFrame(sums, index=tally.index)
