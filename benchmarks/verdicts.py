"""How often “beyond noise” is said: `python -m benchmarks.verdicts [runs]` simulates surveys and prints shares of them.

Two kinds of surveys: such in which nobody differs from anybody, where every “beyond noise” is a false alarm, and such in which
one group, or the later period, lies 15 points above the other with 300 answers a side, where it ought to be found. The same
functions as on the pages judge them. tests/core/test_verdicts.py runs it at a smaller size.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.change import change
from nps_core.comments.voice import FIGURES, holding_code
from nps_core.digest import CHANGE, change_rows, comment_rows, digest
from nps_core.measures import measures
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import compare, looked_at, search

RUNS = 2_000
LEVEL = 0.95
Mix = tuple[float, float, float]  # shares of detractors, passives, promoters
# What surveys look like: an even one, the built-in sample, a survey of fans, and one of many passives.
MIXES: dict[str, Mix] = {
    "20/30/50": (0.20, 0.30, 0.50),
    "10/46/44": (0.10, 0.46, 0.44),
    "3/12/85": (0.03, 0.12, 0.85),
    "15/60/25": (0.15, 0.60, 0.25),
}
# How the columns of a survey split it: two halves, four plans, six bands, thirty towns from large to small.
TOWNS = 1 / np.arange(1, 31)
COLUMNS = {"half": (0.5, 0.5), "plan": (0.4, 0.3, 0.2, 0.1), "band": (1 / 6,) * 6, "town": tuple(TOWNS / TOWNS.sum())}
SIDE = 300  # answers a side where there is something to find
GAIN = 15  # points


TIED = ("service", "features")  # what passives name, each as many of them: none leads
WRITE = 0.5  # of passives leave a comment


class Shares(NamedTuple):
    """Shares of the simulated surveys (0..1) in which something is called beyond noise, by page."""

    trend: float
    segments: float
    search: float
    digest: float


def tally(counts: np.ndarray) -> pd.DataFrame:
    """Counts as a Tally."""
    return pd.DataFrame(counts.astype(np.int64), columns=list(GROUPS), index=[f"g{i}" for i in range(len(counts))])


def drawn(rng: np.random.Generator, mix: Mix, sizes: Sequence[int]) -> pd.DataFrame:
    """A Tally of groups that all answer alike."""
    return tally(np.array([rng.multinomial(size, mix) for size in sizes]))


def better(mix: Mix) -> Mix:
    """The mix that is `GAIN` points higher with the same passives."""
    half = GAIN / 200
    return mix[0] - half, mix[1], mix[2] + half


def gained(rng: np.random.Generator, mix: Mix) -> pd.DataFrame:
    """Two groups of `SIDE`, the second better by `GAIN`; the mix lies between theirs."""
    worse = (mix[0] + GAIN / 400, mix[1], mix[2] - GAIN / 400)
    return tally(np.array([rng.multinomial(SIDE, worse), rng.multinomial(SIDE, better(worse))]))


def periods(two: pd.DataFrame) -> tuple[bool, pd.DataFrame]:
    """Whether the change is called one, and what the digest looks at of it."""
    moved, rows = change(two.iloc[0], two.iloc[1], LEVEL), measures(two)
    return moved.beyond_noise, change_rows(moved, rows.iloc[0], rows.iloc[1], "now")


def tied(rng: np.random.Generator, mix: Mix, answers: int) -> pd.Series:
    """What passives say where none of two themes leads: each comment names one of them."""
    n = rng.binomial(answers, mix[1] * WRITE)
    first = rng.binomial(n, 0.5)
    named = {holding_code(TIED[0]): first, holding_code(TIED[1]): n - first}
    return pd.Series({"status:coded": n} | named, dtype="int64").reindex(list(FIGURES), fill_value=0)


def judged(
    two: pd.DataFrame, splits: dict[str, pd.DataFrame], voice: pd.Series, wanted: Callable[[pd.DataFrame], bool]
) -> list[bool]:
    """For one survey whether each page calls something, that `wanted` looks for, beyond noise."""
    moved, changes = periods(two)
    compared = {name: compare(split, Question(level=LEVEL)) for name, split in splits.items()}
    looked = looked_at(compared)
    page = looked[looked["column"] == next(iter(compared))]
    found = search(looked, LEVEL)
    told = digest(pd.concat([looked, changes, comment_rows(voice)], ignore_index=True), LEVEL).findings
    return [moved, wanted(_beyond(search(page, LEVEL))), wanted(_beyond(found)), wanted(told)]


def _beyond(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["beyond"]]


def false_alarms(mix: Mix, answers: int, runs: int, rng: np.random.Generator) -> Shares:
    """Nobody differs: the share of surveys in which something is called beyond noise all the same."""
    said = []
    for _ in range(runs):
        splits = {name: drawn(rng, mix, rng.multinomial(answers, shares)) for name, shares in COLUMNS.items()}
        two, voice = drawn(rng, mix, [answers // 2] * 2), tied(rng, mix, answers)
        said.append(judged(two, splits, voice, lambda found: len(found) > 0))
    return Shares(*np.mean(said, axis=0).tolist())


def discoveries(mix: Mix, runs: int, rng: np.random.Generator, further: Sequence[str] = ()) -> Shares:
    """One half, and the later period, is better: the share of surveys in which that is found; `further` columns do not differ."""

    def of_score(found: pd.DataFrame) -> bool:
        return any(column in ("half", CHANGE) for column in found.loc[found["measure"] == "nps", "column"])

    said = []
    for _ in range(runs):
        splits = {"half": gained(rng, mix)}
        splits |= {name: drawn(rng, mix, rng.multinomial(2 * SIDE, COLUMNS[name])) for name in further}
        said.append(judged(gained(rng, mix), splits, tied(rng, mix, 2 * SIDE), of_score))
    return Shares(*np.mean(said, axis=0).tolist())


def main(runs: int) -> None:
    """Print both tables."""
    rng = np.random.default_rng(20261122)
    print("survey | answers |", *(f"{page} |" for page in Shares._fields))
    for name, mix in MIXES.items():
        for answers in (120, 600, 6_000):
            shares = false_alarms(mix, answers, runs, rng)
            print(f"no difference, {name} | {answers:,} |", *(f"{share:.1%} |" for share in shares), flush=True)
    for name, mix in {**MIXES, "15/70/15": (0.15, 0.70, 0.15)}.items():
        if mix[0] < GAIN / 400:
            continue
        for further in ((), ("plan", "band")):
            shares = discoveries(mix, runs, rng, further)
            label = f"{GAIN} points, {name}" + (" with two columns more" if further else "")
            print(f"{label} | {2 * SIDE} |", *(f"{share:.1%} |" for share in shares), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
