"""Scores, groups and bands: the only file that knows 6, 8 and 10, and 0, 30 and 50.

It must not know frames, files or people's words for numbers.
"""

from typing import NamedTuple

LOWEST, HIGHEST = 0, 10
SCORES = tuple(range(LOWEST, HIGHEST + 1))
DETRACTORS = tuple(range(7))
PASSIVES = (7, 8)
PROMOTERS = (9, 10)
GROUPS = ("detractor", "passive", "promoter")


class Band(NamedTuple):
    """A stretch of the scale: `low` belongs to it, `high` does not (except at the very top)."""

    name: str
    low: float
    high: float


BANDS = (Band("negative", -100, 0), Band("moderate", 0, 30), Band("good", 30, 50), Band("excellent", 50, 100))


def group_of(score: int) -> str:
    """The group of one score.

    >>> [group_of(s) for s in (6, 7, 8, 9)]
    ['detractor', 'passive', 'passive', 'promoter']
    """
    if score not in SCORES:
        raise ValueError(f"a score is a whole number from {LOWEST} to {HIGHEST}, not {score!r}")
    return "promoter" if score >= PROMOTERS[0] else "passive" if score >= PASSIVES[0] else "detractor"


def published_nps(detractors: int, passives: int, promoters: int) -> float | None:
    """The NPS as it is published: one decimal, rounded half away from zero from the exact counts, never −0.0.

    Whole-number arithmetic, so that 12.25 goes to 12.3 whatever its binary form. None without answers.

    >>> published_nps(1, 2, 3), published_nps(7, 386, 7), published_nps(0, 0, 0)
    (33.3, 0.0, None)
    """
    detractors, passives, promoters = int(detractors), int(passives), int(promoters)
    n = detractors + passives + promoters
    if n == 0:
        return None
    difference = promoters - detractors
    tenths = (2000 * abs(difference) + n) // (2 * n)
    return (tenths if difference >= 0 else -tenths) / 10 + 0.0


def band_of(published: float) -> Band:
    """The band of a published NPS (see `published_nps`), so that the number on screen and the band never disagree.

    Raises ValueError outside −100..100.

    >>> [band_of(x).name for x in (-0.1, 0.0, 29.9, 30.0, 50.0, 100.0)]
    ['negative', 'moderate', 'moderate', 'good', 'excellent', 'excellent']
    """
    if not -100 <= published <= 100:
        raise ValueError(f"an NPS lies in −100..100, not at {published!r}")
    return next(band for band in reversed(BANDS) if published >= band.low)
