"""Small frames for the pictures and tables for people: the same numbers, laid out."""

import pandas as pd
import pytest

from nps_core import tables, views
from nps_core.answer import answer
from nps_core.question import Question
from nps_core.responses import Role
from nps_core.scale import GROUPS, SCORES

# 2 detractors, 4 passives (1 seven, 3 eights), 4 promoters: NPS +20.
SCORED = pd.DataFrame([[1, 0, 0, 0, 0, 0, 1, 1, 3, 2, 2]], index=["All answers"], columns=list(SCORES))
GROUPED = pd.DataFrame([[2, 4, 4], [1, 1, 1], [10, 10, 30]], index=["EU", "UK", "US"], columns=list(GROUPS))


def result(tally=SCORED):
    return answer(tally, Question())


def test_bars_hold_counts_and_shares():
    bars = views.bars(SCORED)
    assert bars["count"].tolist() == [1, 0, 0, 0, 0, 0, 1, 1, 3, 2, 2]
    assert bars["share"].sum() == pytest.approx(1)
    assert views.bars(GROUPED).empty


def test_shares_are_those_on_screen():
    shares = views.shares(result())
    # 40.0 − 20.0 is the +20.0 on screen.
    assert shares[list(GROUPS)].iloc[0].tolist() == [0.2, 0.4, 0.4]
    assert shares["name"].tolist() == ["All answers"]
    assert views.shares(result(), named=False)["name"].tolist() == [""]


def test_a_mix_keeps_the_score_and_changes_the_passives():
    mixes = views.mix_bars(SCORED, 0.0, ("this", "other"))
    other = mixes[mixes["which"] == "other"].set_index("score")["share"]
    assert other[[7, 8]].sum() == 0
    assert other[[9, 10]].sum() - other[list(range(7))].sum() == pytest.approx(0.2)


@pytest.mark.parametrize(("wished", "allowed"), [(0.1, 0.1), (0.9, 0.8), (0.8, 0.8)])
def test_a_share_the_score_does_not_allow_becomes_the_most_it_does(wished, allowed):
    assert views.allowed_share(20.0, wished) == pytest.approx(allowed)


def test_hidden_groups_are_no_points():
    points = views.points(result(GROUPED), "segment")
    # UK has 3 answers; EU, the next smallest, is hidden with it.
    assert points["name"].tolist() == ["US"]
    # Wilson 95 % of 10 / 50 is 11.24–33.04 %.
    assert points[["passive_low", "passive_high"]].iloc[0].tolist() == [
        pytest.approx(11.24, abs=0.01),
        pytest.approx(33.04, abs=0.01),
    ]


def test_the_second_survey_stands_once_on_the_plane():
    groups = answer(GROUPED.drop("UK"), Question())
    points = views.plane(result(), groups, "segment", groups.loc[["US"]])
    assert points[["name", "kind"]].to_numpy().tolist() == [["This survey", "this"], ["EU", "segment"], ["US", "second"]]
    assert views.beside(result(), "mine", groups.loc[["US"]]).index.tolist() == ["mine", "US"]


def test_the_chances_of_the_bands_add_up():
    assert sum(views.chances(result()).values()) == pytest.approx(1)


def test_a_table_of_groups_keeps_numbers_and_says_what_is_hidden():
    table = tables.groups(result(GROUPED), "Region")
    assert table.columns[0] == "Region"
    assert table["Band"].tolist() == [tables.HIDDEN, tables.HIDDEN, "good"]
    assert table.loc[2, ["NPS", "Promoters %", "Passives %", "Detractors %"]].tolist() == [40.0, 60.0, 20.0, 20.0]
    assert table["NPS"].isna().tolist() == [True, True, False]


def test_tables_of_bars_mixes_points_shares_and_chances():
    assert tables.bars(views.bars(SCORED))["Share %"].tolist() == [10, 0, 0, 0, 0, 0, 10, 10, 30, 20, 20]
    assert tables.mixes(views.mix_bars(SCORED, 0.4, ("this", "other"))).columns.tolist() == ["Score", "this %", "other %"]
    assert tables.points(views.points(result(), "this"))["NPS"].tolist() == [20.0]
    assert tables.shares(views.shares(result())).iloc[0].tolist() == ["All answers", 40.0, 40.0, 20.0]
    assert tables.chances({"good": 0.256})["Chance %"].tolist() == [25.6]


def test_tables_about_the_file():
    issues = pd.DataFrame(
        {"row": [3, 9], "column": ["nps"] * 2, "value": ["11", "12"], "reason": ["off_scale"] * 2, "file": ["a"] * 2}
    )
    assert tables.issues(issues, {"off_scale": "outside"})["Reason"].tolist() == ["outside"] * 2
    assert tables.issue_counts(issues, {"off_scale": "outside"}).to_numpy().tolist() == [["outside", 2]]
    roles = tables.roles((Role("c1", "", "other", "why", considered=("score", "segment")),))
    assert roles.iloc[0].tolist() == ["c1", "other", "why", "score, segment"]
