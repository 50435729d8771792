"""Damages real files by chance and reads them: `python -m tests.fuzz.mutate_reading [FILES] [SEED]`. Needs no atheris.

Every other file was a survey and is read as one; the rest, of any kind, are read as tables.
It prints how many files were tried, how many of them could still be read, and every finding; a finding's bytes are written to
build/fuzz. A file that takes longer than ten seconds is a finding too, and so is memory beyond 1 GB.
"""

import collections
import random
import resource
import signal
import sys
import traceback
from pathlib import Path

from tests.fuzz.inputs import ROOT, damaged, seeds, survey_holds, table_holds

FINDINGS = ROOT / "build" / "fuzz"
LONGEST, MOST = 10, 1 << 30  # seconds of work for one file, bytes for all
ALWAYS_TRIED = 20_000


class TooSlowError(Exception):
    """One file took longer than it may."""


def say(text: str) -> None:
    """Prints at once, also into a file."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _stop(signum, frame):
    raise TooSlowError


def attempt(data: bytes, as_survey: bool = True) -> str:
    """What became of one file: "read", "table", the code of an error of ours, or a finding with its place."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        return survey_holds(data, deep=1) if as_survey else table_holds(data)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        ours = [entry for entry in traceback.extract_tb(error.__traceback__) if "nps_core" in entry.filename]
        near = ours[-1] if ours else place
        return f"FINDING {type(error).__name__} in {Path(near.filename).name}:{near.lineno} {near.name}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main(files: int = ALWAYS_TRIED, seed: int = 1) -> int:
    """Tries so many files; the number of different findings."""
    FINDINGS.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGPROF, _stop)
    chance, begin = random.Random(seed), seeds()
    surveys = [data for data in begin if attempt(data) == "read"]  # every other file was one of these
    became = collections.Counter[str]()
    for number in range(files):
        as_survey = number % 2 == 0
        data = damaged(chance.choice(surveys if as_survey else begin), begin, chance)
        (FINDINGS / f"last-{seed}").write_bytes(data)  # what is left where a library ends the whole program
        what = attempt(data, as_survey)
        if what.startswith("FINDING") and what not in became:
            (FINDINGS / f"finding-{seed}-{number}").write_bytes(data)
            say(f"{number}: {what}")
        became[what] += 1
        if number % 1000 == 999:
            say(f"{number + 1:,} files tried")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    say(f"{files:,} files from {len(begin)} seeds, {len(surveys)} of them surveys; {most / 1e6:,.0f} MB at most")
    for what, many in became.most_common():
        say(f"{many:8,} {what}")
    return sum(what.startswith("FINDING") for what in became) + (most > MOST)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
