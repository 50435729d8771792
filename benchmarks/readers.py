"""What readers of CSV make of files that are not well formed: `python -m benchmarks.readers [--pollock FOLDER] [FOLDER ...]`.

First the polluted files of the Pollock benchmark (Vitagliano et al., VLDB 2023; a folder with csv/ and clean/), then clean CSV
files from any other folders, each damaged here in one row, by a seed. Nothing about a file's dialect is told to a reader. Peers
that are not installed are named and left out; duckdb and clevercsv are in no lock: `pip install duckdb clevercsv` to have them.
"""

import argparse
import contextlib
import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.damage import Damaged, damaged_files
from benchmarks.peers import READERS, missing, versions

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
# Their twins ask for what would harm a survey: the first respondent as a header, names joined otherwise, a table thrown away.
LEFT_OUT = {"file_no_header.csv", "file_header_multirow_2.csv", "file_header_multirow_3.csv", "file_multitable_same.csv"}
Rows = Sequence[Sequence[str]]


class Outcome(NamedTuple):
    """How one file came out: the ten measures, how many true rows are missing, how many true cells there are and are missing."""

    measures: tuple[float, ...]
    rows_missing: int
    cells: int
    cells_missing: int


def plain(cell: object) -> str:
    """A cell without the blanks that nobody means."""
    return " ".join(str(cell).split())


def overlap(found: Counter[object], truth: Counter[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two multisets."""
    if not found and not truth:
        return 1.0, 1.0, 1.0
    both = (found & truth).total()
    precision, recall = both / max(found.total(), 1), both / max(truth.total(), 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def judge(read: Callable[[bytes], Rows], data: bytes, truth: Rows) -> Outcome:
    """Compare what a reader makes of the bytes with the true rows, the header first. One that raises has found nothing."""
    true_rows = [tuple(map(plain, row)) for row in truth]
    cells = Counter[object](cell for row in true_rows[1:] for cell in row if cell)
    try:
        found = [tuple(map(plain, row)) for row in read(data)] or [()]
    except Exception:  # whatever a peer raises
        return Outcome((0.0,) * 10, max(len(true_rows) - 1, 2), cells.total(), cells.total())
    if not true_rows:
        return Outcome((1.0,) * 10, 0, 0, 0)
    there = Counter[object](cell for row in found[1:] for cell in row if cell)
    rows, true = Counter[object](found[1:]), Counter[object](true_rows[1:])
    header = overlap(Counter(found[0]), Counter(true_rows[0]))
    measures = (1.0, *header, *overlap(rows, true), *overlap(there, cells))
    return Outcome(measures, (true - rows).total(), cells.total(), (cells - there).total())


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing of what peers write to the error stream."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def pollock_file(name: str, path: Path) -> tuple[str, Outcome]:
    """One of the benchmark's files, read by the reader of that name."""
    with (path.parents[1] / "clean" / path.name).open(encoding="utf-8-sig", newline="") as clean:
        truth = list(csv.reader(clean))
    with quiet():
        return path.name, judge(READERS[name], path.read_bytes(), truth)


def pollock(folder: Path, readers: Iterable[str], every: int, workers: int) -> None:
    """Print the score of 10 for each reader, and what becomes of the neighbours of damaged rows."""
    paths = [path for path in sorted((folder / "csv").glob("*.csv")) if path.name not in LEFT_OUT][::every]
    print(f"\nPollock, {len(paths)} files\n\n{'reader':28}{'of 10':>8}  {'neighbours whole':>18}  {'row repaired':>14}{'s':>7}")
    for name in readers:
        start = time.perf_counter()
        with ProcessPoolExecutor(workers) as pool:
            results = dict(pool.map(partial(pollock_file, name), paths, chunksize=8))
        mean = sum(sum(outcome.measures) for outcome in results.values()) / len(results)
        rows = [outcome.rows_missing for file, outcome in results.items() if file.startswith("row_")]
        whole, mended = sum(n <= 1 for n in rows), sum(n == 0 for n in rows)
        seconds = time.perf_counter() - start
        print(f"{name:28}{mean:8.3f}  {whole:>9} of {len(rows):<5}  {mended:>6} of {len(rows):<5}{seconds:7.0f}")
        wrong = Counter(_kind(file) for file, outcome in results.items() if sum(outcome.measures) < 9.9)
        print("    below 9.9: " + (", ".join(f"{kind} {many}" for kind, many in wrong.most_common(12)) or "none"))


def _kind(file: str) -> str:
    """A file's kind of pollution: its name without rows and columns."""
    stem = file.removesuffix(".csv")
    return "_".join(part.rstrip("0123456789") for part in stem.split("_") if not part.isdigit()) if stem[:4] == "row_" else stem


def damaged_file(name: str, file: Damaged) -> tuple[str, Outcome]:
    """One damaged file, read by the reader of that name."""
    with quiet():
        return file.kind, judge(READERS[name], file.data, file.truth)


def damage(folders: Sequence[Path], readers: Sequence[str], workers: int) -> None:
    """Print, for each reader and each kind of damage, in how many files the other rows are whole, and the damaged one too."""
    files = list(damaged_files(folders))
    if not files:
        print("\nNo clean CSV file to damage: name folders that hold some.")
        return
    kinds = list(dict.fromkeys(file.kind for file in files))
    sources = len({file.source for file in files})
    print(f"\nDamaged here: {sources} clean files, {len(files)} damaged ones. Neighbours whole / damaged row right, in percent\n")
    for name in readers:
        with ProcessPoolExecutor(workers) as pool:
            results = list(pool.map(partial(damaged_file, name), files, chunksize=8))
        print(f"{name}: {_line(outcome for kind, outcome in results if kind != 'as it was')}")
        for kind in kinds:
            print(f"    {kind:28}{_line(outcome for found, outcome in results if found == kind)}")
        for file, (_, outcome) in zip(files, results, strict=True):
            if name == "ours" and outcome.rows_missing > (file.kind != "as it was"):
                print(f"    harmed: {file.source}, {file.kind}, row {file.row}: {outcome.rows_missing} rows", file=sys.stderr)


def _line(outcomes: Iterable[Outcome]) -> str:
    found = list(outcomes)
    whole = sum(outcome.rows_missing <= 1 for outcome in found) / len(found)
    mended = sum(outcome.rows_missing == 0 and outcome.measures[3] == 1 for outcome in found) / len(found)
    cells = sum(outcome.cells_missing for outcome in found) / sum(outcome.cells for outcome in found)
    return f"{whole:7.1%} {mended:7.1%}   cells lost {cells:.2%}   {len(found)} files"


def main() -> None:
    """Measure every reader that is installed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "surveys"], help="clean CSV files to damage")
    parser.add_argument("--pollock", type=Path, default=SHARED / "pollock", help="the benchmark's files: csv/ and clean/")
    parser.add_argument("--readers", nargs="+", choices=list(READERS), default=list(READERS))
    parser.add_argument("--every", type=int, default=1, help="take only every so many of the benchmark's files")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    absent = missing()
    print(versions())
    for name in [name for name in asked.readers if name in absent]:
        print(f"{name}: not installed, left out")
    readers = [name for name in asked.readers if name not in absent]
    if (asked.pollock / "csv").is_dir():
        pollock(asked.pollock, readers, asked.every, asked.workers)
    else:
        print("\nThe files of the Pollock benchmark are not there; --pollock names their folder.")
    damage(asked.folders, readers, asked.workers)


if __name__ == "__main__":
    main()
