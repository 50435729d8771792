"""Clean CSV files → the same with one row damaged, by a seed, and what should be read from them.

Nothing is written down: files are read from the folders that are named, and damaged in memory.
"""

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SEED = 7_041
MOST_ROWS = 80  # of a file; as many as are needed to see what its columns hold
LEAST_ROWS, LEAST_COLUMNS, MOST_COLUMNS = 12, 3, 40
TIMES = 2  # rows damaged in each way, each in a file of its own


class Damaged(NamedTuple):
    """A file with one damaged row (from 1, the header not counted), and the true rows, the header first."""

    source: str
    kind: str
    row: int
    data: bytes
    truth: list[list[str]]


def _separators(line: str) -> list[int]:
    """Where the commas outside quotes stand."""
    quoted, places = False, list[int]()
    for place, character in enumerate(line):
        quoted ^= character == '"'
        if character == "," and not quoted:
            places.append(place)
    return places


def _added(line: str, at: int, row: Sequence[str]) -> str:
    return line[:at] + "," + line[at:]


def _lost(line: str, at: int, row: Sequence[str]) -> str:
    return line[:at] + line[at + 1 :]


def _quote(line: str, at: int, row: Sequence[str]) -> str:
    return line[: at + 1] + '"' + line[at + 1 :]


def _quote_behind(line: str, at: int, row: Sequence[str]) -> str:
    return line[:at] + '"' + line[at:]


def _ends_early(line: str, at: int, row: Sequence[str]) -> str:
    return line[:at]


def _other_separator(line: str, at: int, row: Sequence[str]) -> str:
    return "".join(";" if place in _separators(line) else character for place, character in enumerate(line))


def _unquoted(line: str, at: int, row: Sequence[str]) -> str:
    return ",".join(cell.replace('"', "") for cell in row)


def _blank_line(line: str, at: int, row: Sequence[str]) -> str:
    return line + "\n"


def _line_end(line: str, at: int, row: Sequence[str]) -> str:
    return line + "\r"


WAYS: dict[str, Callable[[str, int, Sequence[str]], str]] = {
    "separator too many": _added,
    "separator lost": _lost,
    "quote before a cell": _quote,
    "quote behind a cell": _quote_behind,
    "row ends early": _ends_early,
    "another separator": _other_separator,
    "quotes left out": _unquoted,
    "blank line below": _blank_line,
    "another line end": _line_end,
}


def damaged_files(folders: Sequence[Path]) -> Iterator[Damaged]:
    """Every clean file of the folders as it was, and damaged in every way, at places that the seed chooses."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.csv")):
        rows = _clean(path)
        if rows is None:
            continue
        lines = [_written(row) for row in rows]
        yield Damaged(path.name, "as it was", 0, _joined(lines), rows)
        chance = random.Random(f"{SEED} {path.name}")
        for kind, way in WAYS.items():
            yield from _one_way(path.name, kind, way, rows, lines, chance)


def _one_way(
    source: str,
    kind: str,
    way: Callable[[str, int, Sequence[str]], str],
    rows: list[list[str]],
    lines: list[str],
    chance: random.Random,
) -> Iterator[Damaged]:
    places = [place for place in range(1, len(rows)) if _can_be(kind, lines[place], rows[place])]
    for place in chance.sample(places, min(TIMES, len(places))):
        at = chance.choice(_separators(lines[place]))
        worse = [*lines[:place], way(lines[place], at, rows[place]), *lines[place + 1 :]]
        yield Damaged(source, kind, place, _joined(worse), rows)


def _can_be(kind: str, line: str, row: Sequence[str]) -> bool:
    """Whether the row can be damaged in that way: only a cell with a comma in it needs its quotes."""
    return any("," in cell for cell in row) and "\n" not in line if kind == "quotes left out" else "\n" not in line


def _clean(path: Path) -> list[list[str]] | None:
    """The first rows of a file of commas, every row as wide as the header; None for any other."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    rows = [row for row in rows if row]
    if len(rows) <= LEAST_ROWS or {len(row) for row in rows} != {len(rows[0])}:
        return None
    named = all(name.strip() and not name.strip().isdigit() for name in rows[0])
    return rows[: MOST_ROWS + 1] if named and LEAST_COLUMNS <= len(rows[0]) <= MOST_COLUMNS else None


def _written(row: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(row)  # so that cells with either of both are quoted
    return out.getvalue().removesuffix("\r\n")


def _joined(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
