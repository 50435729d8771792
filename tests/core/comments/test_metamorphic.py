"""What must not change what a comment is found to say, and what may change only some; no label is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from nps_core.comments.codebook import edited, load
from nps_core.comments.coding import code
from nps_core.comments.lexicon import lexicon
from nps_core.comments.masking import mask
from nps_core.comments.phrases import fold
from nps_core.comments.scan import comments
from nps_core.comments.text import clean
from nps_core.reading import Choices, read

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "nps_core" / "data" / "b2b_software.csv"
BOOK = load("en")


@pytest.fixture(scope="module")
def survey():
    return pd.read_csv(SAMPLE, dtype=str, keep_default_na=False)


def column(frame):
    return next(name for name in frame.columns if name.startswith("What is the main reason"))


def coded(frame):
    return comments(read([("survey.csv", frame.to_csv(index=False).encode())], Choices(repeats="all")), {"en": BOOK})


def said(text):
    return code(mask(clean(text)), lexicon(BOOK)).bits


def test_the_order_of_the_rows_changes_nothing(survey):
    mixed = coded(survey.sample(frac=1, random_state=3))
    assert by_text(mixed).equals(by_text(coded(survey)))


def by_text(found):
    return found.texts.set_index("text")[["language", "status", "bits", "primary", "subs"]].sort_index()


@pytest.mark.parametrize("change", [str.upper, lambda t: f"  {t} \n", lambda t: t.replace("'", "’").replace('"', "“")])
def test_case_blanks_and_curly_quotes_change_nothing(survey, change):
    for text in survey[column(survey)].unique():
        assert said(change(text)) == said(text), text


def test_a_new_phrase_changes_only_comments_that_hold_it(survey):
    path = "service/Waiting and delay/wrong"
    wider = edited(BOOK, path, [*BOOK.themes[[f"{t.code}/{t.name}/wrong" for t in BOOK.themes].index(path)].wrong, "kuvenso"])
    for text in survey[column(survey)].unique():
        text = mask(clean(text))
        if "kuvenso" not in fold(text):
            assert code(text, lexicon(wider)).bits == code(text, lexicon(BOOK)).bits, text


def test_the_hash_seed_changes_nothing():
    program = (
        "import hashlib, pathlib\n"
        "from nps_core.comments.codebook import load\n"
        "from nps_core.comments.scan import comments\n"
        "from nps_core.reading import read\n"
        f"found = comments(read([('a.csv', pathlib.Path({str(SAMPLE)!r}).read_bytes())]), {{'en': load('en')}})\n"
        "print(found.key, hashlib.sha256(found.texts.to_csv().encode()).hexdigest())\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(said) == 1
