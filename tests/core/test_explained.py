"""How each figure was computed: the numbers put in are the numbers of the survey."""

import pandas as pd

from nps_core import explained
from nps_core.answer import answer
from nps_core.change import change
from nps_core.question import Question
from nps_core.scale import GROUPS


def row(*counts):
    return answer(pd.DataFrame([counts], index=["All answers"], columns=list(GROUPS)), Question()).iloc[0]


def test_the_score_shows_its_own_sum():
    told = explained.score(row(20, 30, 50), {"answered": 100, "blank": 7, "invalid": 2, "excluded": 0})
    assert "100 × (50 − 20) ÷ (20 + 30 + 50) = +30.0" in told.numbers
    assert "7 blank" in told.numbers


def test_the_interval_names_its_method():
    # STATISTICS: 20/30/50 adjusted Wald 14.0511..44.2013; 1/2/3 has fewer than 12 answers: score −31.1074..75.3957
    assert "adjusted Wald; z = 1.9600; from +14.1 to +44.2" in explained.interval(row(20, 30, 50), 0.95).numbers
    small = explained.interval(row(1, 2, 3), 0.95)
    assert "from −31.1 to +75.4" in small.numbers
    assert "δ" in small.formula


def test_shares_and_same_score_put_in_the_counts():
    assert "passives 30 ÷ 100 = 30.0%" in explained.shares(row(20, 30, 50)).numbers
    assert explained.same_score(row(20, 30, 50)).numbers == "θ = 0.3000, s = 0.3000; s could be up to 0.7000"


def test_a_change_shows_its_p_and_its_limit():
    first, second = (pd.DataFrame([counts], columns=list(GROUPS)) for counts in ([30, 40, 30], [20, 30, 50]))
    # STATISTICS: p .007119, 95 % 7.9143..50.3381
    assert (
        explained.change(change(first, second)).numbers == "observed +30.0, interval +7.9 to +50.3, p = 0.0071, noise limit 0.05"
    )


def test_the_bands_say_what_their_chance_is():
    assert "50 and above excellent" in explained.bands().formula
