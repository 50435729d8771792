"""How well the codebooks code comments that people have labelled: precision, recall and F1 with intervals, code by code.

`python -m evaluation.evaluate` (or `make evaluate`) runs on the comments of the project's own that were read while the codebooks
were written, and on the labelled telecom comments where a folder `../shared/data/comments` stands beside the project.
`--part unseen` runs on those that nobody who wrote a codebook had read before they were counted; how that came out stands in
`docs/coding.md`.
"""

import argparse
import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from nps_core.comments.codebook import LANGUAGES, load
from nps_core.comments.codes import CODES, GAPS
from nps_core.comments.coding import code
from nps_core.comments.language import recognise
from nps_core.comments.lexicon import lexicon
from nps_core.comments.masking import mask
from nps_core.comments.text import clean
from nps_core.comments.triage import says_nothing
from nps_core.inference import wilson

HERE = Path(__file__).parent
TELECOM = HERE.parents[1] / "shared" / "data" / "comments" / "telecom_passives_labelled_dev.csv"
ANY_GAP = "any gap"
LEAVE_OUT = {"praise", "leaving", "suggestion", "complaint"}  # steps on the way, not codes that were labelled
JUDGED = (*(name for name in CODES if name not in LEAVE_OUT), "no_information", ANY_GAP)
BY_LANGUAGE = (*(f"gap:{gap}" for gap in GAPS), ANY_GAP, "type:works_but", "praise_only")
JUDGED_FROM = 20  # cases under which a figure is reported, not judged
SHORT = {
    "S": "gap:service",
    "V": "gap:value",
    "E": "gap:ease",
    "F": "gap:features",
    "B": "type:works_but",
    "H": "type:not_explored",
}
SHORT |= {"M": "type:missing_one_thing", "P": "type:past_disappointment", "pr": "praise_only", "ni": "no_information"}
SHORT |= {"sc": "scale_habit", "co": "competitor", "tp": "trigger:price"}
RESAMPLES = 1000


def own_set(part: str) -> pd.DataFrame:
    """One part of the project's set: language, question, comment, codes (a set). `read` is development and the former final."""
    comments = pd.read_csv(HERE / "comments.csv", dtype=str, keep_default_na=False)
    comments["codes"] = [settled()[key] for key in comments["id"]]
    return comments[(comments["part"] == "unseen") == (part == "unseen")].reset_index(drop=True)


def settled() -> dict[str, set[str]]:
    """The labels both readings agreed on, with what was settled where they did not."""
    return _labels("settled.csv")


def _labels(name: str) -> dict[str, set[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return {row["id"]: set(row["codes"].split()) for row in csv.DictReader(file)}


def telecom() -> pd.DataFrame:
    """The labelled telecom passives."""
    found = pd.read_csv(TELECOM, dtype=str, keep_default_na=False, encoding="utf-8", encoding_errors="replace")
    labels = [{SHORT[label] for label in labels.split()} for labels in found["labels"]]
    return found.assign(codes=labels, question="why", language="en", industry="telecom", id=found.index.astype(str))


def coded(frame: pd.DataFrame) -> list[set[str]]:
    """What the codebooks find in each comment."""
    books = {language: load(language) for language in LANGUAGES}
    texts = [mask(clean(text)) for text in frame["comment"]]
    found = []
    for text, question, language in zip(texts, frame["question"], recognise(texts, books), strict=True):
        if language not in books:
            found.append({"other_language"})
        elif says_nothing(text, lexicon(books[language])):
            found.append({"no_information"})
        else:
            coding = code(text, lexicon(books[language]), question)
            found.append({name for name in CODES if coding.has(name)})
    return found


def with_any(codes: set[str]) -> set[str]:
    """The codes, and `ANY_GAP` where one of them is a gap."""
    return codes | ({ANY_GAP} if codes & {f"gap:{gap}" for gap in GAPS} else set())


def scores(truth: Sequence[set[str]], found: Sequence[set[str]], names: Sequence[str] = JUDGED) -> pd.DataFrame:
    """A row a code: n (cases), found, precision, recall, F1, each with low and high (Wilson; F1 by resampling comments)."""
    truth, found = [with_any(codes) for codes in truth], [with_any(codes) for codes in found]
    rows = {}
    for name in names:
        is_true = np.array([name in codes for codes in truth])
        is_found = np.array([name in codes for codes in found])
        hits, cases, claims = int((is_true & is_found).sum()), int(is_true.sum()), int(is_found.sum())
        low, high = _resampled(is_true, is_found)
        rows[name] = {
            "n": cases,
            "found": claims,
            "precision": hits / claims if claims else np.nan,
            "p_low": wilson(hits, claims)[0],
            "p_high": wilson(hits, claims)[1],
            "recall": hits / cases if cases else np.nan,
            "r_low": wilson(hits, cases)[0],
            "r_high": wilson(hits, cases)[1],
            "f1": _f1(hits, cases, claims),
            "f_low": low,
            "f_high": high,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _f1(hits: float, cases: float, claims: float) -> float:
    return 2 * hits / (cases + claims) if cases + claims else float("nan")


def _resampled(is_true: np.ndarray, is_found: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of F1 over comments drawn anew, with a fixed seed."""
    draws = np.random.default_rng(1).integers(0, len(is_true), size=(RESAMPLES, len(is_true)))
    hits = (is_true & is_found)[draws].sum(axis=1)
    both = is_true[draws].sum(axis=1) + is_found[draws].sum(axis=1)
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile(2 * hits / both, [0.025, 0.975]) if both.any() else (np.nan, np.nan)
    return float(low), float(high)


def kappa(left: Mapping[str, set[str]], right: Mapping[str, set[str]], name: str) -> float:
    """Cohen's κ of two readings for one code: agreement beyond what their rates give by chance."""
    a = np.array([name in with_any(left[key]) for key in left])
    b = np.array([name in with_any(right[key]) for key in left])
    agreed, chance = (a == b).mean(), a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean())
    return float((agreed - chance) / (1 - chance)) if chance < 1 else float("nan")


def agreement(ids: Collection[str]) -> pd.DataFrame:
    """κ of the two readings of these comments for each code, with how often each reading gave it."""
    left, right = ({key: codes for key, codes in _labels(f"reading_{r}.csv").items() if key in ids} for r in "ab")
    rows = {}
    for name in JUDGED:
        count = [sum(name in with_any(codes) for codes in reading.values()) for reading in (left, right)]
        rows[name] = {"first": count[0], "second": count[1], "kappa": kappa(left, right, name)}
    return pd.DataFrame.from_dict(rows, orient="index")


def table(found: pd.DataFrame) -> str:
    """The scores as lines to read; a code with fewer than `JUDGED_FROM` cases is marked as reported, not judged."""
    lines = [f"{'code':34}{'n':>4}{'found':>6}  {'precision':22}{'recall':22}F1"]
    for name, row in found.iterrows():
        spans = [
            f"{row[key]:.2f} ({row[f'{k}_low']:.2f} to {row[f'{k}_high']:.2f})"
            for key, k in (("precision", "p"), ("recall", "r"), ("f1", "f"))
        ]
        few = "" if row["n"] >= JUDGED_FROM else "  few cases: reported, not judged"
        lines.append(f"{name:34}{row['n']:>4.0f}{row['found']:>6.0f}  {spans[0]:22}{spans[1]:22}{spans[2]}{few}")
    return "\n".join(lines)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("read", "unseen"), default="read")
    part = parser.parse_args().part
    own = own_set(part)
    results = coded(own)
    print(f"The project's own set, what was {part}: {len(own)} comments\n")
    print(table(scores(own["codes"], results)))
    for language in LANGUAGES:
        chosen = (own["language"] == language).to_numpy()
        pairs = [(t, f) for t, f, use in zip(own["codes"], results, chosen, strict=True) if use]
        print(f"\n{language}: {len(pairs)} comments\n")
        print(table(scores(*zip(*pairs, strict=True), names=BY_LANGUAGE)))
    print(f"\nAgreement of the two readings (Cohen's κ), the same {len(own)} comments\n")
    print(agreement(set(own["id"])).round(2).to_string())
    if TELECOM.exists():
        frame = telecom()
        print(f"\nTelecom passives: {len(frame)} comments\n")
        print(table(scores(frame["codes"], coded(frame))))


if __name__ == "__main__":
    main()
