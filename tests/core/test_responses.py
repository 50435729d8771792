import dataclasses
from datetime import date

import pytest

from nps_core.responses import BLANK, OUTCOMES, Role


def test_outcome_is_score_group_or_status(make_responses):
    survey = make_responses([0, 10, None, None], status=["answered", "answered", "blank", "invalid"])
    assert [OUTCOMES[i] for i in survey.outcome] == [0, 10, "blank", "invalid"]


def test_outcome_of_an_excluded_record_is_excluded_whatever_its_score(make_responses):
    survey = make_responses([9, 9], status=["answered", "excluded"])
    assert [OUTCOMES[i] for i in survey.outcome] == [9, "excluded"]


def test_where_only_groups_are_known(make_responses):
    survey = make_responses(None, groups=["promoter", "passive", "detractor"])
    assert [OUTCOMES[i] for i in survey.outcome] == ["promoter", "passive", "detractor"]
    assert not survey.scores_known


def test_a_survey_without_any_answer_counts_as_scored(make_responses):
    assert make_responses([None, None]).scores_known


def test_what_a_survey_offers(make_responses):
    survey = make_responses(
        [1, 2, 3], wave=["w2", "w1", "w2"], when=["2024-03-01", None, "2024-01-31 23:59"], plan=["pro", None, "free"]
    )
    assert survey.waves == ("w1", "w2")
    assert survey.values("plan") == ("free", "pro", BLANK)
    assert survey.dated
    assert survey.span == (date(2024, 1, 31), date(2024, 3, 1))
    assert survey.comments == ()
    assert make_responses([1]).waves == ()
    assert make_responses([1]).span is None


def test_weighted_only_where_a_row_stands_for_more(make_responses):
    assert not make_responses([1, 2]).weighted
    assert make_responses([1, 2], counts=[1, 5]).weighted


def test_a_survey_never_changes(make_responses):
    survey = make_responses([1])
    with pytest.raises(dataclasses.FrozenInstanceError):
        survey.key = "other"


def test_the_column_of_a_part(make_responses):
    role = Role("nps", "How likely?", "score", "it asks how likely")
    survey = dataclasses.replace(make_responses([1]), roles=(role,))
    assert survey.column("score") == "How likely?"
    assert survey.column("date") is None
