"""Negation, in every language shipped and in any industry: a praise denied is a complaint, a complaint denied is praise.

``denials.csv`` was written by hand: what is said (a praise or a complaint), a text that says it, the text that denies it, and the
gap that the complaint of the two speaks of ("complaint" where it names none).
"""

from pathlib import Path

import pandas as pd
import pytest

from nps_core.comments.codebook import load
from nps_core.comments.codes import GAPS
from nps_core.comments.coding import code
from nps_core.comments.lexicon import lexicon

DENIALS = pd.read_csv(Path(__file__).with_name("denials.csv"), keep_default_na=False)


@pytest.mark.parametrize(
    ("language", "industry", "said", "text", "denied", "gap"), list(DENIALS.itertuples(index=False, name=None))
)
def test_what_is_denied_turns_over(language: str, industry: str, said: str, text: str, denied: str, gap: str):
    praise, complaint = (text, denied) if said == "praise" else (denied, text)
    assert read(praise, language) == (True, True, set())
    assert read(complaint, language) == (False, False, {gap})


def read(text: str, language: str) -> tuple[bool, bool, set[str]]:
    """Whether a text holds praise, whether nothing else, and its gaps ("complaint" for one unnamed)."""
    found = code(text, lexicon(load(language)))
    gaps = {gap for gap in GAPS if found.has(f"gap:{gap}")}
    unnamed = {"complaint"} if found.has("complaint") else set()
    return found.has("praise"), found.has("praise_only"), gaps or unnamed


@pytest.mark.parametrize(("language", "texts"), [("en", 60), ("fr", 25), ("es", 25), ("de", 25)])
def test_there_are_as_many_as_were_asked_for(language: str, texts: int):
    assert (DENIALS["language"] == language).sum() == texts
