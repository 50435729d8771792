"""What must hold of real comments without a single label: promoters praise, detractors complain, passives stand between.

The comments are those of a telecom company's customers, where they lie beside the project; bounds as the programme sets them.
"""

from pathlib import Path

import numpy as np
import pytest

from nps_core.comments import themes, voice
from nps_core.comments.codebook import load
from nps_core.comments.codes import GAPS, PLACE
from nps_core.comments.scan import comments
from nps_core.question import Question
from nps_core.reading import read
from nps_core.tally import count

FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "comments" / "telecom_nps.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the telecom comments do not lie beside the project")


@pytest.fixture(scope="module")
def coded():
    return comments(read([(FILE.name, FILE.read_bytes())]), {"en": load("en")})


@pytest.fixture(scope="module")
def said(coded):
    return themes.said(count(coded.responses, (coded.pattern,)), Question(), coded)


def praise_only(patterns):
    return float(themes.mentions(voice.of_patterns(patterns), ("praise_only",))["share"].iloc[0])


def any_gap(patterns):
    chosen = themes.codable(patterns)
    return float(chosen.loc[chosen[[f"gap:{gap}" for gap in GAPS]].any(axis=1), "n"].sum() / chosen["n"].sum())


def test_praise_alone_is_rare_among_detractors_and_usual_among_promoters(coded, said):
    low, middle, high = (praise_only(themes.of_patterns(said, coded, group)) for group in ("detractor", "passive", "promoter"))
    assert low < 0.03 < middle < high
    assert high > 0.60


def test_gaps_become_fewer_from_detractors_to_promoters(coded, said):
    shares = [any_gap(themes.of_patterns(said, coded, group)) for group in ("detractor", "passive", "promoter")]
    assert shares[0] > shares[1] > shares[2]


def test_praise_alone_rises_with_every_score_from_7_to_10(coded, said):
    shares = []
    for score in (7, 8, 9, 10):
        n = said[score]
        shares.append(praise_only(coded.patterns.iloc[n.index.astype(int)].assign(n=n.to_numpy())))
    assert shares == sorted(shares)
    assert len(set(shares)) == 4


def leaning(coded):
    """How much each comment leans to praise: praise + 2 × praise alone − complaints − gaps, the number of each."""
    bits = coded.texts["bits"].to_numpy()[coded.rows["text"].to_numpy()]
    has = {code: (bits >> place) & 1 for code, place in PLACE.items()}
    return has["praise"] + 2 * has["praise_only"] - has["complaint"] - sum(has[f"gap:{gap}"] for gap in GAPS)


def test_the_leaning_of_words_parts_promoters_from_detractors(coded):
    # AUC: how often a promoter's comment leans more to praise than a detractor's, ties half.
    score = coded.responses.frame["score"].to_numpy(dtype=float)[coded.rows["record"].to_numpy()]
    lean = leaning(coded)
    promoters, detractors = lean[score >= 9], lean[score <= 6]
    auc = np.mean((promoters[:, None] > detractors) + 0.5 * (promoters[:, None] == detractors))
    assert auc >= 0.92
