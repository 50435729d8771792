"""A large survey export to measure with: the same bytes for the same number of rows, and as awkward as real ones.

Eight columns: id, date and time, score, comment, three segments, one number. Some comments hold commas, quotes, accents or a
line break; some scores are blank, a few are off the scale. About 110 bytes a row, so a million rows are about 110 MB.
"""

import sys
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

ROWS = (1_000, 100_000, 1_000_000)
SCORE = "How likely are you to recommend us to a friend or colleague?"
SEGMENTS = ("Plan", "Region", "Channel")
SEED = 20_240_601
START = np.datetime64("2023-01-01T00:00:00", "s")
SECONDS = 2 * 365 * 86_400

_PLANS = ("Starter", "Team", "Business", "Enterprise")
_REGIONS = ("EMEA", "Americas", "APAC", "NA", "Nordics")
_CHANNELS = ("in-app", "email", "phone")
# How a comment opens, and how much likelier (above 0) or less likely a promoter is to open so than a detractor: as in real
# surveys, the groups write differently, so that what a page shows of them is there at a thousand rows as at a million.
_OPENINGS = {
    "Setting it up took longer than we were told": -1,
    "It does what we need": 0,
    "Support answered within the hour": 1,
    "The reports look fine on paper": 0,
    "We came from a spreadsheet": 1,
    "Our café staff learned it in a day": 1,
    "The mobile view still feels unfinished": -1,
    "Prices went up again this spring": -1,
    'The word "simple" is not the one I would use': 0,
    "Nobody showed us the second half of it": 0,
}
_JOINTS = (" and", ", but", "; still", " –", ", so")
_ENDINGS = (
    "we use it every day",
    "the export is slow",
    "I miss a proper search",
    "it stays",
    "the invoice was wrong twice",
    "training would have helped",
    "that is all I have to say",
    "somebody should call us",
    "the last update\nbroke our template",
    "I would not want to go back",
)


def frame(rows: int) -> pl.DataFrame:
    """The survey as text columns, ready to be written."""
    rng = np.random.default_rng(SEED)
    scores = rng.choice(
        np.array([str(s) for s in range(11)]), rows, p=[0.02, 0.01, 0.02, 0.02, 0.03, 0.06, 0.07, 0.14, 0.2, 0.2, 0.23]
    )
    scores = np.where(rng.random(rows) < 0.03, "", scores)
    scores = np.where(rng.random(rows) < 0.0001, "11", scores)
    texts = comments(scores, rng)
    when = START + rng.integers(0, SECONDS, rows).astype("timedelta64[s]")
    columns = {
        "Respondent ID": (10_000_000 + rng.permutation(rows)).astype(str),
        "Recorded at": np.char.replace(np.datetime_as_string(when), "T", " "),
        SCORE: scores,
        "What is the main reason for your score?": texts,
        "Plan": np.array(_PLANS)[rng.integers(0, len(_PLANS), rows)],
        "Region": np.array(_REGIONS)[rng.integers(0, len(_REGIONS), rows)],
        "Channel": np.array(_CHANNELS)[rng.integers(0, len(_CHANNELS), rows)],
        "Seats": rng.integers(1, 5_000, rows).astype(str),
    }
    return pl.DataFrame({name: pl.Series(values.tolist(), dtype=pl.String) for name, values in columns.items()})


def comments(scores: NDArray[np.str_], rng: np.random.Generator) -> NDArray[np.object_]:
    """A comment for each score, one in ten empty."""
    number = np.char.isdigit(scores)
    given = np.where(number, scores, "8").astype(int)
    group = np.digitize(given, (7, 9)) - 1  # −1 detractors, 0 passives, 1 promoters
    openings, endings = list(_OPENINGS), [f"{joint} {ending}." for joint in _JOINTS for ending in _ENDINGS]
    odds = np.exp(np.outer((-1, 0, 1), list(_OPENINGS.values())))
    until = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)[group + 1]
    opening = np.minimum((rng.random((len(scores), 1)) > until).sum(axis=1), len(openings) - 1)
    texts = np.array([f"{a}{b}" for a in openings for b in endings], dtype=object)
    found = texts[opening * len(endings) + rng.integers(0, len(endings), len(scores))]
    found[rng.random(len(scores)) < 0.1] = ""
    return found


def write(rows: int, path: Path) -> None:
    """The survey as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame(rows).write_csv(path, quote_style="necessary")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
