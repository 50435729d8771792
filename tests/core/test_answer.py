"""The pieces of an answer put together: measures, interval and privacy."""

import pandas as pd
import pytest

from nps_core.answer import answer, unfiltered
from nps_core.question import Question
from nps_core.scale import GROUPS


def tally(**groups):
    return pd.DataFrame.from_dict(groups, orient="index", columns=list(GROUPS)).astype("int64")


def test_a_group_has_its_score_and_its_interval():
    row = answer(tally(EU=[54, 108, 162], US=[20, 30, 50]), Question()).loc["EU"]
    # Cross Validated question 18609 and STATISTICS: 33.3333, adjusted Wald 24.9453..41.1098
    assert row["nps"] == pytest.approx(33.3333, abs=1e-4)
    assert (row["low"], row["high"]) == (pytest.approx(24.9453, abs=1e-4), pytest.approx(41.1098, abs=1e-4))
    assert not row["suppressed"]


def test_a_small_group_and_the_next_smallest_are_hidden():
    found = answer(tally(A=[1, 1, 1], B=[5, 5, 5], C=[30, 30, 30]), Question())
    assert found["suppressed"].tolist() == [True, True, False]
    assert found.loc["A", ["nps", "low", "high"]].isna().all()


def test_a_filter_that_leaves_out_a_few_is_hidden_too():
    everybody, without = tally(**{"All answers": [10, 10, 10]}), tally(**{"All answers": [10, 10, 7]})
    assert answer(without, Question(where=(("a", ("x",)),)), everybody)["suppressed"].all()
    assert not answer(everybody, Question(), everybody)["suppressed"].any()


def test_unfiltered_keeps_the_split_and_the_settings():
    question = Question(where=(("a", ("x",)),), wave=("w",), by=("a",), level=0.9, floor=7)
    assert unfiltered(question) == Question(by=("a",), level=0.9, floor=7)
