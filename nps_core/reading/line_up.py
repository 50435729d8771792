"""Several files → one frame of text: the same file twice is left out, columns are lined up by their headers, each file is a wave.

It must not know parts, but for the score: where files call it differently, each file's own is found.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from nps_core.reading.choices import Choices
from nps_core.reading.columns import columns_of
from nps_core.reading.score_column import choose_score
from nps_core.reading.table import Table
from nps_core.reading.words import fold


class Lined(NamedTuple):
    """All records in one frame of str. `files` and `starts` say which file's records begin where."""

    frame: pd.DataFrame
    header: tuple[str, ...]
    tables: tuple[Table, ...]
    starts: tuple[int, ...]
    waves: tuple[str, ...]
    notes: tuple[str, ...]


def line_up(tables: Sequence[Table], choices: Choices) -> Lined:
    """The tables below one another."""
    kept, notes = _without_twins(tables)
    if len(kept) == 1:
        return Lined(kept[0].frame, kept[0].header, tuple(kept), (0,), (), tuple(notes))
    first, frames = kept[0], [kept[0].frame]
    names = {fold(text) or name: name for text, name in zip(first.header, first.frame.columns, strict=True)}
    header = dict(zip(first.frame.columns, first.header, strict=True))
    for table in kept[1:]:
        frame, added = _renamed(table, names, header, _score_names(first, table, names, choices))
        missing = [header[name] for name in header if name not in frame.columns and name not in added]
        if missing or added:
            notes.append(_difference(table.name, missing, list(added.values())))
        header |= added
        frames.append(frame)
    whole = pd.concat([frame.reindex(columns=list(header), fill_value="") for frame in frames], ignore_index=True).astype("str")
    starts = [0]
    for frame in frames[:-1]:
        starts.append(starts[-1] + len(frame))
    return Lined(whole, tuple(header.values()), tuple(kept), tuple(starts), _wave_names(kept), tuple(notes))


def _without_twins(tables: Sequence[Table]) -> tuple[list[Table], list[str]]:
    kept, notes = list[Table](), list[str]()
    for table in tables:
        twin = next((other for other in kept if other.same_cells(table)), None)
        if twin is None:
            kept.append(table)
        else:
            notes.append(
                f"“{table.name}” holds the same cells as “{twin.name}”; its {len(table.frame):,} records are counted once."
            )
    return kept, notes


def _score_names(first: Table, table: Table, names: dict[str, str], choices: Choices) -> dict[str, str]:
    """Where this file calls the score by another name than the first file: its name → the first file's."""
    if choices.score:
        return {}
    ours = choose_score(columns_of(first.frame, first.header), None, first.name)[0].column
    theirs = choose_score(columns_of(table.frame, table.header), None, table.name)[0].column
    known = {fold(text) for text in table.header}
    return {} if fold(ours.header) in known else {theirs.name: ours.name}


def _renamed(
    table: Table, names: dict[str, str], header: dict[str, str], renames: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table's frame under the names in use, and the columns that no file had before (which `names` then knows too)."""
    new, added, used = list[str](), dict[str, str](), set[str]()
    for text, name in zip(table.header, table.frame.columns, strict=True):
        target = renames.get(name) or names.get(fold(text) or name)
        if target is None or target in used:
            target = name
            while target in used or (target in header and target not in added):
                target += " (2)"
            added[target] = text
            names.setdefault(fold(text) or name, target)
        used.add(target)
        new.append(target)
    return table.frame.set_axis(new, axis=1), added


def _difference(file: str, missing: Sequence[str], added: Sequence[str]) -> str:
    parts = []
    if missing:
        parts.append(f"lacks {_few(missing)}")
    if added:
        parts.append(f"has {_few(added)}, which earlier files have not")
    return f"“{file}” {' and '.join(parts)}; what a file lacks is blank."


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _wave_names(tables: Sequence[Table]) -> tuple[str, ...]:
    """Each file's name without its ending; equal names get a number."""
    names = list[str]()
    for table in tables:
        stem = PurePath(table.name).stem or table.name
        number = sum(name == stem or name.startswith(f"{stem} (") for name in names)
        names.append(f"{stem} ({number + 1})" if number else stem)
    return tuple(names)
