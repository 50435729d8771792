"""Is 03/04 the third of April or the fourth of March? What in the column, and in the file around it, settles the order.

It holds evidence against the two orders and says which it is and why, or that nothing settles it. It must not read dates itself.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.reading.columns import Column
from nps_core.reading.natural import month_number, period_key
from nps_core.reading.words import DAY_FIRST_HEADERS, fold, named, tokens

ORDERS = ("day", "month")  # which stands first
ODD = 0.05  # a share of dates the other way round that is a slip of the pen, not another order
NEARLY, HARDLY = 0.95, 0.8  # shares of steps forward in time, where the rows stand in order and where they do not
LEAST = 5  # different days from which their order says something
CLOSE, FAR = 31, 4  # days that all dates fall within in one order, and how many times wider the other spreads them
MONTHS = {"month", "mois", "monat", "mes", "mese", "maand", "måned", "manad", "maned", "miesiac"}
YEARS = {"year", "annee", "jahr", "ano", "anno", "jaar"}
QUARTERS = {"quarter", "trimestre", "quartal", "kwartaal", "trimester"}
# Words that hardly a header in one of these languages does without: fr, de, es, pt, it, nl. English may be either order.
_FUNCTION_WORDS = frozenset(
    word
    for words in (
        "le la les des du une vous votre nous est sur pour avec",
        "der die das und ist wie uns sie ihre ein eine",
        "el los las una usted por para como nos",
        "voce sua seu uma com",
        "il gli della del di che ci",
        "het een van jullie uw ons hoe wat",
    )
    for word in words.split()
)
Reading = Callable[[bool], NDArray[np.int64]]  # month first? → seconds of the rows that are looked at


class Order(NamedTuple):
    """The order and the reason for it. `open` says that nothing settles it; `mixed` that some are written the other way round."""

    month_first: bool
    why: str
    open: bool = False
    mixed: bool = False


class Written(NamedTuple):
    """Dates as they are written: the first and the second number of each distinct text, the separators, and a clock of 12."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    points: bool
    halves: bool


def settle(written: Written, column: Column, others: Sequence[Column], read: Reading, chosen: str | None) -> Order:
    """The order of day and month in a column whose dates are `written`; `read` reads its rows in either order."""
    if chosen is not None:
        mixed = bool((written.first > 12).any() and (written.second > 12).any())
        return Order(chosen == "month", "chosen by the reader", mixed=mixed)
    first, second = int((written.first > 12).sum()), int((written.second > 12).sum())
    if first or second:
        month_first = second > first
        which = "second" if month_first else "first"
        if min(first, second) <= ODD * (first + second):
            return Order(month_first, f"numbers above 12 stand {which}", mixed=min(first, second) > 0)
        small = (written.first > 0) & (written.first <= 12) & (written.second <= 12)
        return _both(read) if small.any() else Order(False, "each as it can only be meant", mixed=True)
    if (found := _in_words(written, column, others)) is not None:
        return found
    return _by_time(read) or _told(column, others)


def _in_words(written: Written, column: Column, others: Sequence[Column]) -> Order | None:
    """What does not need the dates to be read: how they are written, and what other columns and the header say."""
    if not len(written.first) or (written.first == written.second).all():
        return Order(False, "the order makes no difference")
    if written.points:
        return Order(False, "written with points")
    if (found := _beside(written, column, others)) is not None:
        return found
    if named(DAY_FIRST_HEADERS, column.header):
        return Order(False, "as in the language of the header")
    if written.halves:
        return Order(True, "written with AM and PM")
    return None


def _told(column: Column, others: Sequence[Column]) -> Order:
    """The last that speaks for an order: the language of the other headers."""
    if any(_foreign(other.header) for other in (column, *others)):
        return Order(False, "as in the language of the other headers")
    return Order(False, "nothing in the file settles it", open=True)


def _both(read: Reading) -> Order:
    """Numbers above 12 stand in both places: those below follow whichever order keeps the rows in order of time, if one does."""
    found = _by_time(read)
    why = "some are written the other way round"
    return Order(found.month_first, f"{found.why}; {why}", mixed=True) if found else Order(False, why, open=True, mixed=True)


def _by_time(read: Reading) -> Order | None:
    """The order in which the rows stand in order of time, or else fall close together."""
    seconds = {order: values[values != np.iinfo(np.int64).min] for order in (False, True) for values in (read(order),)}
    if max(len(np.unique(values // 86400)) for values in seconds.values()) < LEAST:
        return None  # so few days stand in order by chance
    forward = {order: _forward(values) for order, values in seconds.items()}
    for order in (False, True):
        if (forward[order] == 1 and forward[not order] < 1) or (forward[order] >= NEARLY and forward[not order] < HARDLY):
            return Order(order, "so that the rows stand in order of time")
    spread = {order: (values.max() - values.min()) / 86400 if len(values) else 0.0 for order, values in seconds.items()}
    for order in (False, True):
        if spread[order] <= CLOSE and spread[not order] >= FAR * CLOSE:
            return Order(order, f"so that all fall within {int(spread[order]) + 1} days")
    return None


def _forward(seconds: NDArray[np.int64]) -> float:
    """The share of steps that go one way in time, the better way of the two."""
    steps = np.diff(seconds)
    return float(max((steps >= 0).mean(), (steps <= 0).mean())) if len(steps) else 1.0


def _beside(written: Written, column: Column, others: Sequence[Column]) -> Order | None:
    """What another column says: one that names the month or the quarter."""
    codes, _ = column.spelled
    for other in others:
        words = set(tokens(other.header))
        if other is column or not words & (MONTHS | QUARTERS) or other.distinct > 60:
            continue
        parts = np.array([_part(text) for text in other.spelled[1]] or [0])[other.spelled[0]]
        known = parts > 0
        if not known.any() or len(codes) != len(parts):
            continue
        per = 3 if words & QUARTERS else 1
        agree = [
            float((((month[codes] - 1) // per + 1)[known] == parts[known]).mean()) for month in (written.second, written.first)
        ]
        if max(agree) >= NEARLY and min(agree) < HARDLY:
            return Order(agree[1] > agree[0], f"as the column “{other.header}” says")
    return None


def _part(text: str) -> int:
    """The month or quarter that a text names, 0 for none."""
    found = period_key(text)
    if found is not None:
        return found[1]
    bare = fold(text)
    return int(bare) if bare.isdecimal() and len(bare) <= 2 else month_number(bare) or 0


def _foreign(header: str) -> bool:
    """Whether a header is a sentence in a language whose readers write the day first."""
    return len(_FUNCTION_WORDS.intersection(tokens(header))) >= 2
