"""Speed, memory and scale beside their peers, in one run: `make bench`.

Prints tables; asserts nothing, as a busy machine would make it lie. Where a figure has a bound, it stands beside it.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import coding
from benchmarks.pages import EMPTY, FEW, MANY
from benchmarks.starting import IMPORTS, all_starts, importing
from benchmarks.survey import ROWS

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "bench"
READERS = ("ours", "pandas text", "pandas", "polars")
COUNTERS = ("ours", "pandas groupby", "polars group_by")
REACH_READING = 0.6  # of pandas' text-only read, at a million rows
REACH_FILTER = 0.5  # of an empty page's rerun, on top of the same page at a thousand rows
REPEATS = 5
SAMPLE_PAGE = "/score?sample=software"  # an address that opens a built-in survey
SHARED = 100_000  # rows of the survey that is shared
MB = 1_000_000


def run(*arguments: str) -> dict[str, Any]:
    """What a process of our own printed as JSON."""
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def table(title: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print one table."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    print(f"\n{title}")
    for line in lines:
        first, *others = (
            text.ljust(w) if i == 0 else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths, strict=True))
        )
        print("  " + "  ".join([first, *others]), flush=True)


def ms(seconds: float) -> str:
    """Seconds as milliseconds, three figures where they are few."""
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


def survey(rows: int) -> Path:
    """The file of so many rows, made by a process that then is gone."""
    path = FOLDER / f"survey-{rows}.csv"
    subprocess.run([sys.executable, "-m", "benchmarks.survey", str(rows), str(path)], cwd=ROOT, check=True)
    return path


def reading(files: dict[int, Path]) -> None:
    """Bytes to clean survey, against readers that hand back a table of text or of guesses."""
    small = str(files[min(files)])
    for rows, path in files.items():
        found: dict[str, list[dict[str, float]]] = {name: [] for name in READERS}
        for _ in range(REPEATS):
            for name in READERS:  # by turns, so that what slows the machine slows them all
                found[name].append(run("benchmarks.jobs", "read", name, str(path), small))
        best = {name: min(one["seconds"] for one in taken) for name, taken in found.items()}
        held = {name: min(one["bytes"] for one in taken) for name, taken in found.items()}
        size = path.stat().st_size
        table(
            f"Reading {rows:,} rows, {size / MB:,.1f} MB (least of {REPEATS}, each in a fresh process)",
            ("", "time", "MB/s", "of pandas text", "peak memory", "x the file"),
            (
                (
                    name,
                    ms(best[name]),
                    f"{size / MB / best[name]:,.0f}",
                    f"{best[name] / best['pandas text']:.2f}",
                    f"{held[name] / MB:,.0f} MB",
                    f"{held[name] / size:.1f}",
                )
                for name in READERS
            ),
        )
        if rows == max(ROWS):
            verdict(best["ours"] / best["pandas text"], REACH_READING, "reading, of pandas text-only")
    print("  ours ends with roles, clean scores, dates, segments and issues; the others with a table yet to be understood")


def verdict(found: float, reach: float, what: str) -> None:
    """Say whether a bound is reached."""
    print(f"  reach: {what} ≤ {reach:.2f}; here {found:.2f}: {'reached' if found <= reach else 'NOT reached'}")


def counting(files: dict[int, Path]) -> None:
    """One tally by three segments and month, against a groupby of the same columns, already read and typed."""
    for rows, path in files.items():
        found = {name: run("benchmarks.jobs", "count", name, str(path), str(path)) for name in COUNTERS}
        table(
            f"One tally by three segments and month, {rows:,} rows",
            ("", "first time", "again", "of pandas groupby"),
            (
                (name, ms(one["first"]), ms(one["again"]), f"{one['first'] / found['pandas groupby']['first']:.2f}")
                for name, one in found.items()
            ),
        )


def filtering(files: dict[int, Path]) -> None:
    """A filter changed on each page, at few rows and at many, against an empty Streamlit page, by turns."""
    found = run("benchmarks.pages", str(files[min(files)]), str(files[max(files)]))
    pages = {page: one for page, one in found.items() if EMPTY in one}
    empty = statistics.median(one[EMPTY]["answered"] for one in pages.values())

    def added(page: str, what: str) -> float:
        return float(found[page][MANY][what] - found[page][FEW][what])

    lines = []
    for page, one in found.items():
        wall = [ms(one[FEW]["answered"]), ms(one[MANY]["answered"]), f"{added(page, 'answered') / empty:+.2f}"]
        script = [ms(one[FEW]["script"]), ms(one[MANY]["script"]), f"{added(page, 'script') / empty:+.2f}"]
        lines.append([page, *wall, *script, ms(one[MANY]["first"]), f"{one[MANY]['sent'] / 1000:,.0f} kB"])
    header = ["", "answered, few", "many", "more*", "script, few", "many", "more*", "first, many", "sent"]
    table(f"A change of a filter, real server, median rerun; few = {min(files):,} rows, many = {max(files):,}", header, lines)
    print(f"  * of an empty app's rerun, which is answered in {ms(empty)}; the first change with a new column scans the rows")
    for what in ("answered", "script"):
        verdict(
            max(added(page, what) for page in pages) / empty,
            REACH_FILTER,
            f"what the rows add to a change ({what}), of an empty rerun",
        )


def sharing(files: dict[int, Path]) -> None:
    """A hosted view of each kind: made, kept, and its first page opened by the link, against dropping the same file."""
    rows = min(files, key=lambda number: abs(number - SHARED))
    found = run("benchmarks.shared", str(files[rows]))
    upload = found["upload"]["opened"]
    lines = [
        [
            kind,
            ms(one["made"]),
            ms(one["kept"]),
            f"{one['bytes'] / 1000:,.0f} kB",
            ms(one["opened"]),
            f"{one['opened'] / upload:.2f}",
        ]
        for kind, one in found.items()
        if kind != "upload"
    ]
    header = ["", "put together", "sealed and kept", "stored", "first page by link", "of the upload"]
    table(f"A hosted view of {rows:,} answers; the same upload is shown in {ms(upload)}", header, lines)


def taking(files: dict[int, Path]) -> None:
    """From the press to the file: the deck, the workbook, one chart as PNG and as SVG, at few rows and at many."""
    found = run("benchmarks.files", str(files[min(files)]), str(files[max(files)]))
    empty = found.pop(EMPTY)[EMPTY]["again"]
    lines = []
    for name, one in found.items():
        pressed = [figure for size in (FEW, MANY) for figure in (ms(one[size]["first"]), ms(one[size]["again"]))]
        ratios = [f"{one[size]['again'] / empty:,.0f}" for size in (FEW, MANY)]
        lines.append([name, *pressed, *ratios, f"{one[MANY]['bytes'] / 1000:,.0f} kB"])
    header = ["", "first press, few", "again", "first press, many", "again", "few*", "many*", "size"]
    table(f"From the press to the file, real server; few = {min(files):,} rows, many = {max(files):,}", header, lines)
    print(f"  * the press again, as times an empty app's rerun, which is answered in {ms(empty)}")


def starts() -> None:
    """Imports, cold servers, first paint."""
    table(
        "Importing, a whole Python process", ("", "time"), ((name, ms(importing(program))) for name, program in IMPORTS.items())
    )
    found = all_starts(SAMPLE_PAGE)
    table(
        "From the command to a page at rest, cold server, real browser",
        ("", "server ready", "first paint", "first visit at rest", "next visitor at rest"),
        ((name, *(ms(figure) for figure in one)) for name, one in found.items()),
    )
    print("  at rest includes 300 ms of watching that nothing moves any more")


def main() -> None:
    """All of it, or the parts named."""
    parts = {"reading": reading, "counting": counting, "filtering": filtering, "sharing": sharing, "files": taking}
    apart = {"coding": coding.main, "starts": starts}  # have nothing to do with the survey's files
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*parts, *apart, []], help="only these parts")
    parser.add_argument("--rows", type=int, nargs="+", default=list(ROWS), help="other sizes")
    asked = parser.parse_args()
    begin = time.perf_counter()
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "pandas", "pyarrow", "polars"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; {packages}")
    files = {rows: survey(rows) for rows in asked.rows} if not asked.part or parts.keys() & set(asked.part) else {}
    for name, part in parts.items():
        if not asked.part or name in asked.part:
            part(files)
    for name, alone in apart.items():
        if not asked.part or name in asked.part:
            alone()
    print(f"\n{time.perf_counter() - begin:,.0f} s in all")


if __name__ == "__main__":
    main()
