"""Voices: sums of what respondents say; whatever is worked out of them is what the patterns themselves say."""

import numpy as np
import pytest

from nps_core.comments import themes, views, voice
from nps_core.comments.codebook import load
from nps_core.comments.codes import CODABLE, GAPS
from nps_core.comments.scan import comments
from nps_core.question import Question
from nps_core.reading import read
from nps_core.samples import load as sample
from nps_core.tally import count


@pytest.fixture(scope="module")
def coded():
    return comments(read([sample("software")]), {"en": load("en")})


@pytest.fixture(scope="module")
def said(coded):
    return themes.said(count(coded.responses, (coded.pattern,)), Question(), coded)


@pytest.fixture(scope="module")
def voices(said, coded):
    return voice.voices(said, coded)


@pytest.mark.parametrize("group", ["passive", "promoter", "detractor", "all"])
def test_a_voice_counts_as_its_patterns_do(said, coded, voices, group):
    patterns = themes.of_patterns(said, coded, group)
    own = voices[group]
    codable = patterns[patterns["status"].isin(CODABLE)]
    assert themes.heard(own)["n"] == patterns["n"].sum()
    assert themes.heard(own)["codable"] == codable["n"].sum()
    for code in ("gap:service", "type:works_but", "praise_only", "competitor"):
        assert own[code] == codable.loc[codable[code], "n"].sum()
    assert own["any_gap"] == codable.loc[codable[[f"gap:{gap}" for gap in GAPS]].any(axis=1), "n"].sum()
    assert own["aware"] == codable.loc[codable["competitor"] & ~codable["leaving"], "n"].sum()
    both = codable["gap:service"] & codable["gap:value"]
    assert own[voice.pair("value", "service")] == codable.loc[both, "n"].sum()
    assert own[[f"primary:{name}" for name in ("service", "value")]].tolist() == [
        codable.loc[codable["primary"] == name, "n"].sum() for name in ("service", "value")
    ]
    assert (voice.of_patterns(patterns) == own).all()


def test_voices_add_up(voices):
    assert (voices["passive"] + voices["promoter"] + voices["detractor"] == voices["all"]).all()
    assert (voices["7"] + voices["8"] == voices["passive"]).all()


def test_who_cannot_be_heard_moves_no_score_and_has_no_share(voices):
    some = {name: voices[name] for name in ("passive", "promoter")}
    assert themes.impact(some, ("service",)).isna().all()
    assert set(themes.commented(some)) == {"passive", "promoter"}
    assert set(themes.mismatches(some).index.get_level_values(0)) == {"passive", "promoter"}
    laid = views.by_group(some, 5)
    assert np.isnan(laid.loc[laid["column"] == "detractors", "share"].to_numpy(dtype=float)).all()
    assert views.by_score(some, 5)["share"].isna().all()
    assert themes.mismatches({}).empty
