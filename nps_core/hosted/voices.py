"""What comments say in a view that carries numbers only: sums of codes, without a word anybody wrote.

Which sums are kept is decided once, when the view is made, as for the scores: only of groups that the view shows, and only where
nothing can be worked out, from all of them together, about fewer than `floor` people whose comment can be coded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE
from nps_core.comments.scan import Comments
from nps_core.comments.voice import ANSWERED, FIGURES, SPEAKERS, flags
from nps_core.hosted.lines import Axis, Lines, Spot
from nps_core.hosted.linked import Ledger
from nps_core.hosted.themes import NAMED, Heard, Themes, block_places
from nps_core.scale import GROUPS
from nps_core.tally import Own

Axes = tuple[Axis, ...]
Key = tuple[str, ...]
Sums = Mapping[str, tuple[int, ...]]  # by speaker, in the order of `FIGURES`
FIRST = ("passive", "promoter", "detractor", "all", "7", "8")  # the speakers, the most wanted first
_CODABLE = [FIGURES.index(f"status:{status}") for status in CODABLE]
_NAMED = [FIGURES.index(name) for name in NAMED]
MOST_AXES = 3  # two columns and the time
MOST_VOICES = 900  # tables that would make it more are left out: each is checked against all others


@dataclass(frozen=True, eq=False)
class Said:
    """The sums of what comments say: for each kept set of axes and each group, those of each speaker that may be heard.

    `names` is what the codebook calls each gap, `books` which codebooks were used (both are foreign text); `themes` as
    `hosted.themes` has them.
    """

    tables: Mapping[Axes, Mapping[Key, Sums]]
    names: Mapping[str, str] = field(default_factory=dict)
    books: str = ""
    themes: Themes = field(default_factory=dict)


def said(
    counts: pd.DataFrame,
    comments: Comments,
    shown: Mapping[Axes, Mapping[Key, tuple[int, ...]]],
    lines: tuple[Lines, Lines],
    floor: int,
) -> tuple[dict[Axes, dict[Key, dict[str, tuple[int, ...]]]], dict[Spot, tuple[Heard, ...]]]:
    """The sums that may be kept: those of groups, and themes over time.

    Parameters
    ----------
    counts : DataFrame
        One column an axis, `Own.OUTCOME`, `Own.COUNT`, and the pattern of the comment as `comments.pattern`.
    comments : Comments
        The coded comments.
    shown : mapping
        The groups that the view shows: set of axes → group → anything.
    lines : two mappings
        The lines whose themes are wanted, those first that are wanted most (see `themes.followed`).
    floor : int
        At least so many people whose comment can be coded stand behind everything that can be worked out.
    """
    counts = counts[(counts[Own.OUTCOME] < len(ANSWERED)) & (counts[Own.COUNT] > 0)]
    kept, voices = dict[Axes, list[Key]](), 0
    for axes, groups in shown.items():
        if voices + len(groups) * len(FIRST) <= MOST_VOICES:
            kept[axes] = list(groups)
            voices += len(groups) * len(FIRST)
    columns = [places(counts, axes, keys) for axes, keys in kept.items()]
    places_of = {spot: block_places(counts, spot, line) for part in lines for spot, line in part.items()}
    columns += places_of.values()
    alike, sums = _cells(counts, comments, columns)
    ledger = Ledger(sums[:, _CODABLE].sum(axis=1), floor)
    found: dict[Axes, dict[Key, dict[str, tuple[int, ...]]]] = {axes: {} for axes in kept}
    themes = dict[Spot, tuple[Heard, ...]]()
    # What the page about passives begins with comes first, then the themes that the page Trend begins with.
    for wanted, part in ((_wanted(kept, GROUPS, 1), lines[0]), (_wanted(kept, FIRST, MOST_AXES), lines[1])):
        for at, key, speaker in wanted:
            axes = list(kept)[at]
            inside = _inside(alike, at, kept[axes].index(key), speaker)
            if ledger.admit(inside):
                found[axes].setdefault(key, {})[speaker] = tuple(sums[inside].sum(axis=0).tolist())
        for spot, line in part.items():
            at = len(kept) + list(places_of).index(spot)
            last_first = [_heard(alike, at, i, sums, ledger) if line.sums[i] else {} for i in reversed(range(len(line.sums)))]
            themes[spot] = tuple(reversed(last_first))
    return found, {spot: heard for spot, heard in themes.items() if any(heard)}


def _inside(alike: np.ndarray, at: int, place: int, speaker: str) -> np.ndarray:
    """The cells of one voice."""
    return np.flatnonzero((alike[:, at] == place) & np.isin(alike[:, -1], _members(speaker)))


def _heard(alike: np.ndarray, at: int, block: int, sums: np.ndarray, ledger: Ledger) -> Heard:
    """The themes of one block, where all three groups may be heard in it."""
    cells = {group: _inside(alike, at, block, group) for group in GROUPS}
    if not all(ledger.admit(inside) for inside in cells.values()):
        return {}
    return {group: tuple(sums[inside][:, _NAMED].sum(axis=0).tolist()) for group, inside in cells.items()}


def _cells(counts: pd.DataFrame, comments: Comments, columns: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The cells that every voice takes whole: a row each with its place in tables and lines and its outcome; their `FIGURES`."""
    columns = [*columns, counts[Own.OUTCOME].to_numpy(dtype=np.int64)]
    alike, cell = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    pattern = counts[comments.pattern].cat.categories.astype("int64").to_numpy()[counts[comments.pattern].cat.codes.to_numpy()]
    # How many people of each cell say each pattern, and from that how many count for each figure.
    joint, place = np.unique(cell.ravel() * len(comments.patterns) + pattern, return_inverse=True)
    people = np.bincount(place, weights=counts[Own.COUNT].to_numpy()).astype(np.int64)
    of_cell, said = np.divmod(joint, len(comments.patterns))
    sums = np.zeros((len(alike), len(FIGURES)), dtype=np.int64)
    np.add.at(sums, of_cell, flags(comments.patterns)[said] * people[:, None])
    return alike, sums


def added(groups: list[Sums | None]) -> dict[str, tuple[int, ...]]:
    """The sums of several groups together: of each speaker that may be heard in all of them."""
    if not groups:
        return {}
    heard = [speaker for speaker in SPEAKERS if all(group and speaker in group for group in groups)]
    return {speaker: tuple(np.sum([group[speaker] for group in groups if group], axis=0).tolist()) for speaker in heard}


def read(tables: list[Any], figures: list[str]) -> dict[Axes, dict[Key, dict[str, tuple[int, ...]]]]:
    """The tables as they were written, brought to the figures of this version; one that is new counts nobody."""
    place = {name: i for i, name in enumerate(figures)}
    order = [place.get(name) for name in FIGURES]

    def one(sums: list[int]) -> tuple[int, ...]:
        if len(sums) != len(figures) or not all(isinstance(x, int) and x >= 0 for x in sums):
            raise ValueError("no sums")
        return tuple(0 if at is None else sums[at] for at in order)

    return {
        tuple(axes): {tuple(key): {str(name): one(sums) for name, sums in heard.items()} for key, heard in groups}
        for axes, groups in tables
    }


def _wanted(kept: Mapping[Axes, list[Key]], speakers: Iterable[str], most: int) -> Iterator[tuple[int, Key, str]]:
    """Every voice of these speakers in tables of at most so many axes, the most wanted first."""
    for speaker in (speaker for speaker in FIRST if speaker in speakers):
        for at, (axes, keys) in enumerate(kept.items()):
            yield from ((at, key, speaker) for key in keys if len(axes) <= most)


def _members(speaker: str) -> list[int]:
    return [ANSWERED.index(member) for member in SPEAKERS[speaker]]


def places(counts: pd.DataFrame, axes: Axes, keys: list[Key]) -> np.ndarray:
    """For each row of counts the place among the groups that it belongs to, −1 for none."""
    if not axes:
        return np.full(len(counts), keys.index(()) if () in keys else -1, dtype=np.int64)
    group = counts.groupby(list(axes), observed=True, sort=False).ngroup().to_numpy()
    numbers, first = np.unique(group, return_index=True)
    names = zip(*(counts[axis].iloc[first].astype("str") for axis in axes), strict=True)
    place = {key: i for i, key in enumerate(keys)}
    of_group = np.array([place.get(name, -1) for name in names], dtype=np.int64)
    return of_group[np.searchsorted(numbers, group)]
