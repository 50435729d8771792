"""Several files → one frame of text: the same file twice is left out, columns are lined up by their headers, each file is a wave.

Headers are the same where their words are, and nearly the same where only a letter or two differ; the latter is said. It must
not know parts, but for the score: where files call it differently, each file's own is found.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from nps_core.reading.choices import Choices
from nps_core.reading.columns import columns_of
from nps_core.reading.score_column import choose_score
from nps_core.reading.table import Table
from nps_core.reading.words import fold, tokens

NEARLY = 0.88  # likeness of two headers that are one, but for a plural or a slip of the pen
LEAST = 5  # letters from which likeness says something
Key = tuple[str, int]  # a header's words, and which of the columns with these words it is


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
    kept, notes = (list(tables), list[str]()) if choices.copies == "all" else _without_twins(tables)
    if len(kept) == 1:
        return Lined(kept[0].frame, kept[0].header, tuple(kept), (0,), (), tuple(notes))
    first, frames = kept[0], [kept[0].frame]
    names = dict(zip(_keys(first), first.frame.columns, strict=True))
    header = dict(zip(first.frame.columns, first.header, strict=True))
    for table in kept[1:]:
        renames = _score_names(first, table, choices)
        alike = _alike(table, names, header, renames)
        frame, added = _renamed(table, names, header, renames | alike)
        missing = [header[name] for name in header if name not in frame.columns and name not in added]
        called = [(ours, header[theirs]) for ours, theirs in (alike | renames).items()]
        if missing or added or called:
            notes.append(_difference(table.name, missing, list(added.values()), called))
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


def _keys(table: Table) -> list[Key]:
    """What each column is lined up by."""
    keys, seen = list[Key](), dict[str, int]()
    for text, name in zip(table.header, table.frame.columns, strict=True):
        words = " ".join(tokens(text)) or fold(text) or str(name)
        seen[words] = seen.get(words, 0) + 1
        keys.append((words, seen[words]))
    return keys


def _alike(table: Table, names: dict[Key, str], header: dict[str, str], renames: dict[str, str]) -> dict[str, str]:
    """Columns of this file whose header is nearly one that only earlier files have: name → the earlier name."""
    keys = _keys(table)
    ours = {
        key: str(name) for key, name in zip(keys, table.frame.columns, strict=True) if key not in names and name not in renames
    }
    theirs = {key: name for key, name in names.items() if key not in keys and name not in renames.values()}
    found = dict[str, str]()
    for key, name in ours.items():
        near = [other for other in theirs if _nearly(key[0], other[0]) and theirs[other] not in found.values()]
        if len(near) == 1:
            found[name] = theirs[near[0]]
    return found


def _nearly(one: str, other: str) -> bool:
    """Whether two headers differ by a letter or two, but in no number."""
    digits = [[c for c in text if c.isdigit()] for text in (one, other)]
    return digits[0] == digits[1] and min(len(one), len(other)) >= LEAST and SequenceMatcher(None, one, other).ratio() >= NEARLY


def _score_names(first: Table, table: Table, choices: Choices) -> dict[str, str]:
    """Where this file calls the score by another name than the first file: its name → the first file's."""
    if choices.score:
        return {}
    ours = choose_score(columns_of(first.frame, first.header), None, first.name)[0].column
    theirs = choose_score(columns_of(table.frame, table.header), None, table.name)[0].column
    known = {words for words, _ in _keys(table)}
    return {} if " ".join(tokens(ours.header)) in known else {theirs.name: ours.name}


def _renamed(
    table: Table, names: dict[Key, str], header: dict[str, str], renames: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table's frame under the names in use, and the columns that no file had before (which `names` then knows too)."""
    new, added, used = list[str](), dict[str, str](), set[str]()
    for key, text, name in zip(_keys(table), table.header, table.frame.columns, strict=True):
        target = renames.get(name) or names.get(key)
        if target is None or target in used:
            target = name
            while target in used or (target in header and target not in added):
                target += " (2)"
            added[target] = text
            names.setdefault(key, target)
        used.add(target)
        new.append(target)
    return table.frame.set_axis(new, axis=1), added


def _difference(file: str, missing: Sequence[str], added: Sequence[str], called: Sequence[tuple[str, str]]) -> str:
    parts = [f"calls “{theirs}” “{ours}”" for ours, theirs in called[:5]]
    if missing:
        parts.append(f"lacks {_few(missing)}")
    if added:
        parts.append(f"has {_few(added)}, which earlier files have not")
    rest = "; what a file lacks is blank" if missing or added else ""
    return f"“{file}” {' and '.join(parts)}{rest}."


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
