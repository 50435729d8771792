"""Which column is the 0 to 10 recommendation score: the reader's choice, else the best fit, else a question or a refusal.

Where no column holds scores, one that names the groups takes its place. It must not look at any other part.
"""

from collections.abc import Sequence
from dataclasses import replace

from nps_core.errors import NotASurvey, Unclear, UnknownColumn
from nps_core.reading.cleaning import Scores, clean_scores
from nps_core.reading.columns import Column, find
from nps_core.reading.exports import Layout, has_name, is_beside, place, recognise
from nps_core.reading.groups_only import agree, clean_groups, holds_groups, pair_of
from nps_core.reading.scale_check import (
    ASKS,
    NAMED,
    NPS,
    SILENT,
    WEAKLY,
    Fit,
    fit,
    looks_one_to_ten,
    says_one_to_ten,
    spans_the_scale,
)
from nps_core.reading.words import WEAK, fold, tokens
from nps_core.scale import HIGHEST

IS_GROUP = "it names the group of each answer, not the score"
# Obstacles that say what the column holds instead.
TELLING = ("it holds 1 to 5 stars", "its values are written as", "its values are dates", "only ")
FEW = 5  # scores from which a column without a telling header may be called the nearest
EXPECTED = "a column of whole numbers from 0 to 10 that answers “How likely are you to recommend us?”"
ACCEPTED = (
    "Accepted is a file with one row an answer and the score from 0 to 10 in a column of its own, best named “nps” or with the"
    " question as its header. If the score stands in another column, choose that column."
)


def choose_score(columns: Sequence[Column], wanted: str | None, file: str) -> tuple[Fit, list[Fit]]:
    """The score column, and every other column held against the scale.

    Raises UnknownColumn for a choice that is not there or cannot be a score, Unclear where only the reader can tell, and
    NotASurvey where no column can be one.
    """
    if wanted:
        return _chosen(columns, wanted), []
    layout = recognise([column.header for column in columns])
    pairs = {pair_of(column.header): column.header for column in columns if pair_of(column.header)}
    groups = [column for column in columns if holds_groups(column)]
    fits = [_fit(column, layout, pairs) if column not in groups else fit(column, obstacle=IS_GROUP) for column in columns]
    able = [f for f in fits if not f.obstacle and (f.grade >= WEAKLY or (f.grade == SILENT and spans_the_scale(f)))]
    best = max((f.grade for f in able), default=0)
    first = [f for f in able if f.grade == best]
    answered = [f for f in first if f.answered]
    if groups and (not answered or best <= WEAKLY):
        agreeing = [f for f in answered if any(agree(column, _scores(f)) for column in groups)]
        if not agreeing:
            return _by_groups(groups), fits
        answered = [replace(f, hint="a column beside it names the same groups", asks_first=False) for f in agreeing]
    if not able:
        raise NotASurvey(EXPECTED, _nearest(fits, file), ACCEPTED, tuple(column.name for column in columns))
    first = answered or first[:1]
    if len(first) > 1:
        first = _paired(first, groups)
    if len(first) > 1:
        raise _unclear("one such column", f"{len(first)} that fit equally well", first)
    if first[0].asks_first:
        raise _unclear(*_open_point(first[0]), first)
    return first[0], [f for f in fits if f.column is not first[0].column]


def _fit(column: Column, layout: Layout | None, pairs: dict[str, str]) -> Fit:
    """The column held against the scale, with what the tool's layout says of it."""
    if layout and layout.stars and has_name(column.header, layout.stars):
        return fit(column, obstacle="it holds 1 to 5 stars, which is not the 0 to 10 recommendation scale of NPS")
    if is_beside(layout, column.header):
        return fit(column, obstacle="the survey tool keeps its own books in it")
    if layout and place(layout.score, column.header) is not None:
        return fit(column, hint=f"{layout.tool} writes the score there")
    name = fold(column.header).split(" ")[0]
    return fit(column, hint=f"“{pairs[name]}” beside it holds its groups" if name in pairs else "")


def _scores(fit: Fit) -> Scores:
    return clean_scores(*fit.column.spelled, fit.grade >= ASKS)


def _paired(fits: Sequence[Fit], groups: Sequence[Column]) -> list[Fit]:
    """The one column of which a column of groups says the same; all of them where that settles nothing."""
    if len(groups) != 1:
        return list(fits)
    agreeing = [f for f in fits if agree(groups[0], _scores(f))]
    return agreeing if len(agreeing) == 1 else list(fits)


def _by_groups(groups: Sequence[Column]) -> Fit:
    """The column of groups in the place of the score. Raises Unclear where there are several."""
    fits = [_group_fit(column) for column in groups]
    if len(fits) > 1:
        raise _unclear("one such column", f"{len(fits)} that name groups", fits)
    return fits[0]


def _group_fit(column: Column) -> Fit:
    answered = int((clean_groups(column).group >= 0).sum())
    return Fit(column, NPS, answered, hint="its values are promoter, passive and detractor", groups=True)


def _chosen(columns: Sequence[Column], wanted: str) -> Fit:
    column = find(columns, wanted)
    if column is None:
        raise unknown(columns, wanted)
    found = fit(column)
    if (found.obstacle or not found.valid) and holds_groups(column):
        return _group_fit(column)
    if found.obstacle or (found.answered and not found.valid):
        why = found.obstacle or "it holds no score"
        raise UnknownColumn(EXPECTED, f"“{column.header or column.name}”: {why}", "Choose another column as the score.")
    return found


def unknown(columns: Sequence[Column], wanted: str) -> UnknownColumn:
    """The error for a column that the file does not have, with those that it has."""
    names = ", ".join(column.name for column in columns[:40]) + (", …" if len(columns) > 40 else "")
    return UnknownColumn("the name of a column", f"“{wanted}”", f"The columns are: {names}.")


def _open_point(fit: Fit) -> tuple[str, str]:
    """What was expected, and what was found that leaves it open."""
    if says_one_to_ten(fit):
        return "a question that offers 0 to 10", "one whose header says 1 to 10, so that it is close to NPS but not the same"
    return "a header that says whether this is the recommendation score", "one that leaves it open"


def _unclear(expected: str, found: str, fits: Sequence[Fit]) -> Unclear:
    candidates = tuple((f.column.name, _case_for(f)) for f in fits)
    listed = "; ".join(f"“{name}” ({reason})" for name, reason in candidates)
    return Unclear(expected, f"{found}: {listed}", "Choose the column that holds the score (--score NAME).", "score", candidates)


def _case_for(fit: Fit) -> str:
    if fit.groups:
        return fit.reason
    open_point = ", but not a single 0 occurs, so it may have been a 1 to 10 scale" if looks_one_to_ten(fit) else ""
    return f"{fit.reason}, from {fit.lowest} to {fit.highest}{open_point}"


def _nearest(fits: Sequence[Fit], file: str) -> str:
    """What the file holds instead: the column that came nearest, and why it lost."""
    if not fits:
        return f"no table in {file}"
    numeric = [f for f in fits if f.valid >= FEW and f.valid * 2 > f.answered and not f.column.serial]
    asking = [f for f in fits if f.grade >= NAMED and not f.obstacle.startswith("the survey tool") and f.obstacle != IS_GROUP]
    rating = [
        f for f in fits if WEAK.intersection(tokens(f.column.header)) and (f.valid or "above 10" in f.obstacle or _tells(f))
    ]
    near = max(asking or rating, key=lambda f: (f.valid > 0 or _tells(f), f.grade), default=None)
    if near is None:
        near = max(numeric, key=lambda f: (f.highest == HIGHEST, f.grade, f.valid), default=None)
    if near is None:
        return f"no such column among the {len(fits)} of {file}"
    reason = near.obstacle or f"{near.valid:,} of its values lie in 0–10, but its header asks for something else"
    return f"none in {file}; nearest is “{near.column.header or near.column.name}”: {reason}"


def _tells(fit: Fit) -> bool:
    return fit.obstacle.startswith(TELLING)


def score_notes(fit: Fit) -> list[str]:
    """What the reader should know about the column that was taken."""
    if fit.groups:
        return [
            f"“{fit.column.header}” gives the group of each answer only: the score can be computed, single scores are not known."
        ]
    if says_one_to_ten(fit) and fit.answered:
        return [f"“{fit.column.header}” offers 1 to 10: the score is close to NPS, but not comparable with one from 0 to 10."]
    if fit.grade >= NAMED and looks_one_to_ten(fit):
        return [
            f"Not one of the {fit.valid:,} scores in “{fit.column.header}” is 0, although low scores occur: if the question"
            " offered 1 to 10 only, the score is a little higher than a 0 to 10 question would have given."
        ]
    return []


def why_not(fit: Fit, score: Fit) -> str:
    """Why a column that could hold scores is not the score; '' where it could not."""
    if fit.obstacle or not fit.answered or fit.valid < fit.answered or not spans_the_scale(fit):
        return ""
    header = "asks for something else" if fit.grade < WEAKLY else "says less about recommending"
    asking = "asks how likely one is to recommend" if score.grade == ASKS else "fits better"
    return f"all its values lie in 0–10 too, but its header {header}; “{score.column.header}” {asking}"
