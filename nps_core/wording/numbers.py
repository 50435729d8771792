"""Numbers as people read them. Rounding for people lives here alone (but for the published NPS, which `scale` owns)."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from nps_core.scale import GROUPS, published_nps

Figure = Any  # a number; None, NaN or NA where there is none

MINUS = "−"
NOTHING = "–"  # stands where there is no figure


def rounded(value: float, places: int = 1) -> Decimal:
    """A number rounded half away from zero, never −0.

    >>> rounded(12.25), rounded(-0.04)
    (Decimal('12.3'), Decimal('0.0'))
    """
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def signed(points: Figure) -> str:
    """An NPS or a change in points, one decimal, with its sign; a dash where there is none.

    >>> signed(53.4161), signed(-3.2), signed(-0.0), signed(float("nan"))
    ('+53.4', '−3.2', '0.0', '–')
    """
    if missing(points):
        return NOTHING
    number = rounded(points)
    sign = "" if number == 0 else "+" if number > 0 else MINUS
    return f"{sign}{abs(number):,}"


def percent(share: Figure, places: int = 1) -> str:
    """A share of 0..1 in per cent; a dash where there is none.

    >>> percent(0.2867), percent(1), percent(0.4, places=0)
    ('28.7%', '100.0%', '40%')
    """
    return NOTHING if missing(share) else f"{rounded(float(Decimal(repr(float(share))) * 100), places)}%"


def count(number: Figure) -> str:
    """A whole number with its thousands apart; a dash where there is none.

    >>> count(13612)
    '13,612'
    """
    return NOTHING if missing(number) else f"{int(number):,}"


def answers(number: int) -> str:
    """So many answers, in words that agree.

    >>> answers(0), answers(1), answers(13612)
    ('no answers', '1 answer', '13,612 answers')
    """
    return "no answers" if number == 0 else f"{count(number)} answer{'' if number == 1 else 's'}"


def interval(low: Figure, high: Figure) -> str:
    """The ends of an interval in points, in words; a dash where there is none.

    >>> interval(-2.04, 54.5)
    '−2.0 to +54.5'
    """
    return NOTHING if missing(low) or missing(high) else f"{signed(low)} to {signed(high)}"


def screen_shares(d: int, p: int, r: int) -> dict[str, float]:
    """The three shares in per cent with one decimal, as shown: promoters − detractors is the published NPS, all add to 100.0.

    Method, in tenths of a per cent: the published NPS is fixed; the rounding error it carries is split evenly between
    promoters and detractors, both are then rounded together to the nearest tenths that keep their difference (halves down)
    and leave passives at least 0, and passives take what is left of 100.0. No share is off by more than 0.1. An empty group
    shows 0.0, but for one case: without passives and with an odd last digit of the score, 0.1 has to go to passives, since
    no two shares with that difference add up to 100.0. NaN without answers.

    >>> screen_shares(1, 2, 3)
    {'detractor': 16.7, 'passive': 33.3, 'promoter': 50.0}
    """
    published = published_nps(d, p, r)
    if published is None:
        return dict.fromkeys(GROUPS, math.nan)
    n = int(d) + int(p) + int(r)
    return fitted(published, Fraction(int(d), n), Fraction(int(r), n))


def fitted(published: float, detractor: Fraction, promoter: Fraction) -> dict[str, float]:
    """The rounding of `screen_shares` for exact shares of 0..1."""
    nps = round(published * 10)
    error = nps - 1000 * (promoter - detractor)
    nearest = math.ceil(1000 * detractor - error / 2 - Fraction(1, 2))
    detractors = min(max(nearest, 0, -nps), (1000 - nps) // 2)
    promoters = detractors + nps
    tenths = {"detractor": detractors, "passive": 1000 - promoters - detractors, "promoter": promoters}
    return {name: value / 10 for name, value in tenths.items()}


def in_points(number: float) -> str:
    """So many points, in words that agree."""
    text = f"{abs(rounded(number)):,}"
    return f"{text} point{'' if text == '1.0' else 's'}"


def places_of(level: float) -> int:
    """Decimals a confidence level needs in per cent."""
    return 0 if math.isclose(level * 100, round(level * 100)) else 1


def listed(parts: list[str]) -> str:
    """Parts of a sentence joined as one says them.

    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', 'nothing')
    """
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part) or "nothing"


def missing(value: Any) -> bool:
    """Whether there is no figure: None, NaN or NA."""
    return bool(pd.isna(value))
