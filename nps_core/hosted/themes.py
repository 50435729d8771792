"""Themes over time in a numbers-only view: how many of each group name which theme in the periods of a carried line.

What is carried is a part of each group's voice (`comments.voice`): under which theme each respondent is counted, or what kept
the comment from having one. `voices.said` decides with all other voices what may be heard; a period is heard in all three groups
or not at all. From that the page Trend takes a change apart by theme, as it does for an upload.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.comments.by_theme import SILENT, THEMES
from nps_core.comments.codes import PRIMARY, STATUSES
from nps_core.hosted.lines import Line, Lines, Spot, Where, axis_of
from nps_core.scale import GROUPS
from nps_core.trend import Block

Ints = NDArray[np.int64]
Heard = Mapping[str, tuple[int, ...]]  # by group, in the order of `NAMED`; empty where one of them must not be heard
Themes = Mapping[Spot, tuple[Heard, ...]]  # for each line one `Heard` a block
NAMED = (*(f"status:{name}" for name in STATUSES), *(f"primary:{name}" for name in PRIMARY))  # of `comments.voice.FIGURES`
MOST = 600  # voices over time; lines that would make it more are left out
_OF_THEME = [NAMED.index(f"primary:{theme}") for theme in PRIMARY] + [NAMED.index(f"status:{status}") for status in SILENT]


def followed(lines: Lines, asked: Where) -> tuple[dict[Spot, Line], dict[Spot, Line]]:
    """The lines whose themes a view would like to carry: everybody's and those of its sharer's own filters; then others."""
    first, then, voices = dict[Spot, Line](), dict[Spot, Line](), 0
    for spot in sorted(lines, key=lambda spot: (spot[1] not in ((), asked), len(spot[1]))):
        many = len(GROUPS) * len(lines[spot].blocks)
        if voices + many <= MOST:
            (first if spot[1] in ((), asked) else then)[spot] = lines[spot]
            voices += many
    return first, then


def block_places(counts: pd.DataFrame, spot: Spot, line: Line) -> Ints:
    """For each row of counts the block of a line that it belongs to, −1 for none."""
    kind, where = spot
    periods = counts[axis_of(kind)].cat
    place = {str(name): code for code, name in enumerate(periods.categories)}
    block_of = np.full(len(place) + 1, -1, dtype=np.int64)  # the last for rows without a period
    for i, block in enumerate(line.blocks):
        block_of[place[block.members[0]] : place[block.members[-1]] + 1] = i
    found = block_of[periods.codes.to_numpy()]
    for column, value in where:
        found[(counts[column] != value).to_numpy()] = -1
    return found


def sides(
    themes: Themes, lines: Lines, spot: Spot, two: Sequence[Sequence[str]]
) -> list[tuple[pd.DataFrame, pd.DataFrame | None]] | None:
    """Two periods (each the names of its members) by theme: for each its Tally, and without filters that of the same time.

    The second is None for a line without filters. None for both where one of them is not carried.
    """
    line, found = lines.get(spot), list[tuple[pd.DataFrame, pd.DataFrame | None]]()
    for members in two:
        inside = [block for block in line.blocks if block.members[0] in members] if line else []
        own = _tally(themes, lines, spot, inside)
        whole = _tally(themes, lines, (spot[0], ()), inside) if spot[1] else None
        if own is None or (spot[1] and whole is None):
            return None
        found.append((own, whole))
    return found


def _tally(themes: Themes, lines: Lines, spot: Spot, inside: Sequence[Block]) -> pd.DataFrame | None:
    """Detractors, passives and promoters by theme in the time of these blocks, of which each theme that is named."""
    line, heard = lines.get(spot), themes.get(spot, ())
    if line is None or not heard or not inside:
        return None
    sums = np.zeros((len(THEMES), len(GROUPS)), dtype=np.int64)
    for block, said in zip(line.blocks, heard, strict=True):
        touching = [other for other in inside if block.first <= other.last and other.first <= block.last]
        if not touching:
            continue
        if not said or any(block.first < other.first or block.last > other.last for other in touching):
            return None
        sums += np.array([said[group] for group in GROUPS], dtype=np.int64)[:, _OF_THEME].T
    tally = pd.DataFrame(sums, index=pd.Index(THEMES, dtype="str", name="theme"), columns=list(GROUPS))
    return tally[tally.sum(axis=1) > 0]


# Bytes.


def out(themes: Themes) -> dict[str, Any]:
    """As JSON has them."""
    return {"named": NAMED, "lines": [[kind, where, heard] for (kind, where), heard in themes.items()]}


def read(found: dict[str, Any]) -> dict[Spot, tuple[Heard, ...]]:
    """The inverse; a theme that is new in this version nobody names. Raises ValueError, TypeError or KeyError."""
    place = {name: i for i, name in enumerate(found["named"])}

    def one(sums: list[int]) -> tuple[int, ...]:
        if len(sums) != len(place) or not all(isinstance(x, int) and x >= 0 for x in sums):
            raise ValueError("no sums")
        return tuple(sums[place[name]] if name in place else 0 for name in NAMED)

    return {
        (str(kind), tuple((str(column), str(value)) for column, value in where)): tuple(
            {group: one(said[group]) for group in GROUPS} if said else {} for said in heard
        )
        for kind, where, heard in found["lines"]
    }
