"""The verdict rule, simulated: how often it claims a leader where there is none, and how often it finds the one there is.

Every draw is a segment of one large survey, and is asked for through the filter that the page has. Each comment names one gap, as
the codebook reads it, so that the truth of a draw is known. Bounds are those of the project's programme, not of this code.
"""

import numpy as np
import pandas as pd
import pytest

from nps_core.comments import themes, voice
from nps_core.comments.codebook import load
from nps_core.comments.scan import comments
from nps_core.question import Question
from nps_core.reading import Choices, read
from nps_core.tally import count

# Texts that the English codebook reads as one gap and nothing else; three a gap, so that a draw is not one text many times.
TEXTS = {
    "features": ("There is no mobile app", "The export does not work", "It keeps crashing"),
    "ease": ("It is confusing", "Too complicated", "Hard to find anything"),
    "service": ("Support never answers", "I waited three weeks", "Nobody called me back"),
    "value": ("Too expensive", "The price is too high", "Not worth the money"),
    "praise": ("Great", "Very good", "I am happy"),
}
GAPS = ("service", "value", "ease", "features")


ACROSS = 25  # a segment has at most 30 values, so a draw is a pair of values of two


def survey(draws: int, n: int, weights: dict[str, float], seed: int) -> pd.DataFrame:
    """The verdict of each of many draws of n comments whose themes have these weights."""
    random = np.random.default_rng(seed)
    theme = random.choice(len(weights), size=draws * n, p=np.array(list(weights.values())) / sum(weights.values()))
    texts = np.array([TEXTS[name] for name in weights])[theme, random.integers(0, 3, size=draws * n)]
    draw = np.repeat(np.arange(draws), n)
    rows = {"score": 8, "across": draw % ACROSS, "down": draw // ACROSS, "comment": texts}
    frame = pd.DataFrame(rows).assign(across=lambda f: "a" + f["across"].astype(str), down=lambda f: "d" + f["down"].astype(str))
    coded = comments(
        read([("draws.csv", frame.to_csv(index=False).encode())], Choices(comments=("comment",))), {"en": load("en")}
    )
    counts = count(coded.responses, ("across", coded.pattern, "down"))
    found = []
    for d in range(draws):
        question = Question(where=(("across", (f"a{d % ACROSS}",)), ("down", (f"d{d // ACROSS}",))))
        passives = voice.voices(themes.said(counts, question, coded), coded)["passive"]
        assert themes.heard(passives)["codable"] == n
        found.append(themes.verdict(passives)._asdict())
    return pd.DataFrame(found)


def test_each_text_of_the_simulation_names_the_gap_it_stands_for():
    for name, texts in TEXTS.items():
        csv = pd.DataFrame({"score": 8, "comment": texts}).to_csv(index=False).encode()
        coded = comments(read([("texts.csv", csv)]), {"en": load("en")})
        assert set(coded.texts["primary"]) == {name}
        gaps = coded.patterns.loc[coded.patterns["status"] == "coded", [f"gap:{gap}" for gap in GAPS]]
        assert (gaps.sum(axis=1) == (name != "praise")).all()


@pytest.mark.parametrize("n", [60, 150, 400])
def test_four_equal_gaps_have_no_leader(n):
    found = survey(500, n, dict.fromkeys(GAPS, 1.0), seed=n)
    assert (found["kind"] == "leader").mean() <= 0.02  # the programme's bound


@pytest.mark.parametrize("n", [60, 150, 400])
def test_two_tied_at_the_top_have_no_leader(n):
    found = survey(500, n, {"service": 35, "value": 35, "ease": 15, "features": 15}, seed=n)
    assert (found["kind"] == "leader").mean() <= 0.06  # the programme's bound


@pytest.mark.parametrize("n", [5, 18, 29])
def test_fewer_than_thirty_comments_are_always_inconclusive(n):
    found = survey(50, n, {"service": 90, "value": 10}, seed=n)
    assert set(found["kind"]) == {"inconclusive"}


def test_a_true_leader_is_found():
    found = survey(500, 150, {"service": 40, "value": 20, "ease": 20, "features": 10, "praise": 10}, seed=7)
    assert (found["kind"] == "leader").mean() >= 0.8  # the programme's bound
    assert set(found.loc[found["kind"] == "leader", "first"]) == {"service"}
