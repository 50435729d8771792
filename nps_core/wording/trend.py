"""Sentences about what moved: periods that were joined, a change of the passive share, and what a change is made of."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

import pandas as pd

from nps_core.change import Change
from nps_core.inference import share_difference
from nps_core.measures import Row
from nps_core.moved import OTHERS
from nps_core.wording.numbers import count, listed, percent, rounded, signed

PERIODS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years", "wave": "waves"}
# What respondents are called in a change taken apart by theme, who have none.
SILENT = {"no_comment": "No comment", "no_information": "A comment that says nothing", "other_language": "Another language"}
NAMED = 2  # groups that a sentence names
TENTH = Decimal("0.1")


def trend_sentence(found: pd.DataFrame, kind: str, length: int) -> str:
    """What the line shows, in one sentence; `found` as `trend.trend` gives."""
    shown = found[found["nps"].notna()]
    if shown.empty:
        return "No period has enough answers to show."
    first, last = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        return f"There is one period only, “{shown.index[0]}” ({signed(first['published'])}), so nothing can have moved yet."
    how = f"Each point adds up {length} {PERIODS[kind]}. " if length > 1 else ""
    return (
        f"{how}From “{shown.index[0]}” ({signed(first['published'])}) to “{shown.index[-1]}” ({signed(last['published'])}): "
        f"{count(len(shown))} periods, lowest {signed(shown['published'].min())}, highest {signed(shown['published'].max())}. "
        "Where the bands around two points overlap much, do not call it a change."
    )


def joined_sentence(found: pd.DataFrame, floor: int) -> str:
    """How many points stand for several periods, and why; '' where none does."""
    joined = int(found["joined"].sum())
    if not joined:
        return ""
    which = "1 point (hollow) stands" if joined == 1 else f"{count(joined)} points (hollow) stand"
    return f"{which} for periods with fewer than {floor} answers, joined to their neighbours so that nobody can be recognised."


def passive_change_sentence(before: Row, after: Row, level: float = 0.95) -> str:
    """How far the passive share moved, with the interval of the difference; it gives no verdict of its own."""
    low, high = share_difference((before["passive"], before["n"]), (after["passive"], after["n"]), level)
    return (
        f"Passives went from {percent(before['passive_share'])} to {percent(after['passive_share'])} of the answers; given how "
        f"many answered, the difference lies between {signed(100 * low)} and {signed(100 * high)} points."
    )


def fitted_parts(parts: Sequence[float], total: float) -> list[float]:
    """Parts in points rounded to tenths so that they add up to the rounded total: the largest remainders are rounded up.

    >>> fitted_parts([0.333, 0.333, 0.333], 1.0)
    [0.4, 0.3, 0.3]
    """
    exact = [Decimal(repr(float(part))) for part in parts]
    floors = [part.quantize(TENTH, ROUND_FLOOR) for part in exact]
    missing = int((rounded(total) - sum(floors, Decimal(0))) / TENTH)
    every, further = divmod(missing, max(len(parts), 1))
    up = set(sorted(range(len(parts)), key=lambda i: floors[i] - exact[i])[:further])
    return [float(floor + TENTH * (every + (i in up))) + 0.0 for i, floor in enumerate(floors)]


def waterfall_rows(steps: pd.DataFrame, first: Row, second: Row, names: tuple[str, str]) -> pd.DataFrame:
    """What a waterfall shows: the first score, the parts (`moved.steps`) as they are read, the second score.

    The two scores are the published ones, and the parts are rounded to add up to their difference, so that the picture adds up.
    """
    within, mix = _two_parts(steps.loc[steps["kind"] == "within", "points"].sum(), steps["points"].iloc[-1], first, second)
    points = [*fitted_parts(steps["points"].iloc[:-1].tolist(), within), mix]
    titles = [_part_name(*cells) for cells in zip(steps["name"], steps["kind"], strict=True)]
    return pd.DataFrame(
        {
            "name": [names[0], *titles, names[1]],
            "kind": ["start", *steps["kind"], "end"],
            "points": [first["published"], *points, second["published"]],
        }
    )


def _two_parts(within: float, mix: float, first: Row, second: Row) -> list[float]:
    """What changed within groups and by their mix, rounded to add up to the difference of the two published scores."""
    return fitted_parts([within, mix], second["published"] - first["published"])


def _part_name(name: str, kind: str) -> str:
    if kind == "mix":
        return "Mix: other groups answered more or less"
    return f"Within {name if name != OTHERS else OTHERS.lower()}"


def why_sentences(parts: pd.DataFrame, first: Row, second: Row, moved: Change) -> tuple[str, ...]:
    """What a change is made of; `parts` as `moved.moved` gives, `first` and `second` the rows of the two periods."""
    if len(parts) < 2:
        return ("Too few groups have enough answers in both periods to tell what the change is made of.",)
    within, mix = _two_parts(parts["within"].sum(), parts["mix"].sum(), first, second)
    said = [
        f"Groups that answered differently than before moved the score by {signed(within)} points; that other groups answered "
        f"(the mix) moved it by {signed(mix)}."
    ]
    ranked = parts.loc[parts["within"].abs().sort_values(ascending=False, kind="stable").index]
    told = [f"“{name}” {signed(row['within'])}" for name, row in ranked.head(NAMED).iterrows() if rounded(row["within"])]
    if told:
        said.append(f"Moved most: {listed(told)}.")
    if not moved.beyond_noise:
        said.append("As the change itself is within noise, so may be all of its parts.")
    return tuple(said)


def theme_titles(names: Sequence[str], titles: dict[str, str]) -> list[str]:
    """The names people read for the themes of `comments.by_theme`."""
    return [SILENT.get(name, titles.get(name, name)) for name in names]
