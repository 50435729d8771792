"""Sentences about one score: what it is, how sure, its band, the target, and what it does not say.

A row is one row of a Result with interval (`inference.with_interval`), as a Series or any mapping.
"""

from collections.abc import Mapping

from nps_core.measures import Row
from nps_core.scale import BANDS
from nps_core.wording.numbers import (
    answers,
    count,
    in_points,
    interval,
    listed,
    missing,
    percent,
    places_of,
    screen_shares,
    signed,
)

VERY_FEW, FEW = 5, 30  # answers below which a sample is very thin, and thin


def headline(row: Row, level: float = 0.95) -> tuple[str, ...]:
    """Two or three sentences about one row that a manager could read aloud; one where there is no figure."""
    if missing(row["n"]):
        return ("Too few answers to show a figure.",)
    n = int(row["n"])
    if n == 0:
        return ("There are no answers yet, so there is no score.",)
    shares = screen_shares(row["detractor"], row["passive"], row["promoter"])
    first = f"The Net Promoter Score is {signed(row['published'])}, which counts as {row['band']}; it rests on {answers(n)}."
    if row.get("method") == "census":
        second = "Everybody was asked and answered, so this is the score itself and not an estimate."
    else:
        second = (
            "The score among everyone you could have asked probably lies between "
            f"{signed(row['low'])} and {signed(row['high'])}; ranges made this way hold the true score about "
            f"{percent(level, places_of(level))} of the time."
        )
    return first, second, _passives(int(row["passive"]), n, shares["passive"])


def _passives(passives: int, n: int, share: float) -> str:
    """What the passive share is."""
    if passives == 0:
        return "Nobody gave a 7 or an 8, so there are no passives among these answers."
    if passives == n:
        who = "The only answer is passive" if n == 1 else "All answers are passive"
        return f"{who}: a score of 7 or 8, which counts as an answer but moves the score neither up nor down."
    one = passives == 1
    return (
        f"{count(passives)} of them ({share:.1f}%) {'is a passive' if one else 'are passives'}, with a score of 7 or 8: "
        f"{'it counts as an answer but moves' if one else 'they count as answers but move'} the score neither up nor down."
    )


def sample_warning(n: int) -> str:
    """A warning about a thin sample; '' where there are enough answers, or none at all.

    >>> sample_warning(1)
    'Only 1 answer: far too few to say anything about everyone else. Read it as a single voice.'
    """
    if n == 0 or n >= FEW:
        return ""
    if n < VERY_FEW:
        read = "a single voice" if n == 1 else "single voices"
        return f"Only {answers(n)}: far too few to say anything about everyone else. Read {'it' if n == 1 else 'them'} as {read}."
    return f"Only {answers(n)}: a thin sample. Look at the range rather than at the number; a few more answers could move it far."


def score_warnings(row: Row, target: float | None = None) -> tuple[str, ...]:
    """What to keep in mind beside a score: a thin sample, and where it stands against the target if there is one."""
    thin = "" if missing(row["n"]) else sample_warning(int(row["n"]))
    goal = "" if target is None else target_sentence(row, target)
    return tuple(text for text in (thin, goal) if text)


def accounts_sentence(row: Row, accounts: Mapping[str, int], level: float = 0.95) -> str:
    """The small line beneath a score: its range, its answers, and what was not counted (statuses as `tally.accounts` gives)."""
    names = {"blank": "blank", "invalid": "off the scale or unreadable", "excluded": "excluded"}
    left_out = [f"{count(accounts[status])} {name}" for status, name in names.items() if accounts.get(status)]
    said = 0 if missing(row["n"]) else int(row["n"])
    reach = "" if missing(row["low"]) else f"{percent(level, places_of(level))} range {interval(row['low'], row['high'])}; "
    text = f"{reach}{answers(said)}{f'; not counted: {listed(left_out)}' if left_out else '; nothing left out'}."
    return text[0].upper() + text[1:]


def band_sentence(published: float, chances: Mapping[str, float] | None = None) -> str:
    """The band of a published NPS and what it means; with the chance of that band where the chances are handed in."""
    if missing(published):
        return "Without a score there is no band."
    name, limits = next((band.name, _limits(i)) for i, band in reversed(list(enumerate(BANDS))) if published >= band.low)
    sentence = f"{signed(published)} is {name}: that band reaches {limits}."
    if chances is None or missing(chances[name]):
        return sentence
    return f"{sentence} Given how many answered, the chance that the true score lies in it is {_chance(chances[name])}."


def _limits(place: int) -> str:
    """Where a band begins and ends, in words."""
    low, high = (signed(edge).removesuffix(".0") for edge in BANDS[place][1:])
    if place == 0:
        return f"up to just below {high}"
    return f"from {low} upwards" if place == len(BANDS) - 1 else f"from {low} to just below {high}"


def _chance(chance: float) -> str:
    """A chance in whole per cent that never claims certainty."""
    return "less than 1%" if chance < 0.01 else "more than 99%" if chance > 0.99 else f"about {percent(chance, 0)}"


def target_sentence(row: Row, target: float) -> str:
    """Whether a target (points) is reached, and whether the interval leaves that open."""
    if missing(row["published"]):
        return "Without a score the target can not be judged."
    published, goal = row["published"], signed(target)
    if row["low"] > target:
        return f"The target of {goal} is reached, and the whole range lies above it."
    if row["high"] < target:
        return f"The target of {goal} is missed by {in_points(target - published)}, and the whole range lies below it."
    away = f"{in_points(target - published)} {'above' if published > target else 'below'}"
    place = away if published != target else "exactly on"
    return f"The score is {place} the target of {goal}, but the range includes the target: this is too close to call."


def what_it_does_not_say() -> tuple[str, ...]:
    """What no Net Promoter Score can tell."""
    return (
        "The score says how people answered one question, not why they did.",
        "The range covers the chance of who happened to answer; it does not cover who was never asked or chose not to reply.",
        "Passives do not move the score up or down, so two very different companies can have the same one.",
        "What counts as good depends on the industry: +30 is strong in telecom and average in hospitality.",
        "One survey is a snapshot; a trend over several tells more.",
    )
