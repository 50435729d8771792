from datetime import date

import pytest

from nps_core.question import LONGEST, Question


@pytest.fixture(scope="module")
def survey(make_responses):
    return make_responses(
        [1, 8, 10],
        wave=["2023", "2024", "2024"],
        when=["2023-05-01", "2024-05-01", None],
        Region=["EU", "US", "NA"],
        Plan=["a", "b", None],
    )


def test_the_default_question_leaves_no_trace_in_the_address(survey):
    assert Question().to_params() == {}
    assert Question.from_params({}, survey) == (Question(), ())


def test_a_full_question_comes_back(survey):
    question = Question(
        where=(("Region", ("EU", "NA")), ("Plan", ("(blank)",))),
        start=date(2023, 1, 1),
        end=date(2024, 12, 31),
        wave=("2024",),
        by=("Region", "wave"),
        period="quarter",
        level=0.9,
        target=-12.5,
        floor=10,
    )
    assert question.to_params() == {
        "f.Region": ["EU", "NA"],
        "f.Plan": ["(blank)"],
        "from": ["2023-01-01"],
        "to": ["2024-12-31"],
        "wave": ["2024"],
        "by": ["Region", "wave"],
        "period": ["quarter"],
        "level": ["90"],
        "target": ["-12.5"],
        "floor": ["10"],
    }
    assert Question.from_params(question.to_params(), survey) == (question, ())


@pytest.mark.parametrize("zero", [0.0, 0])
def test_a_target_of_zero_is_a_target(survey, zero):
    question = Question(target=zero)
    assert Question.from_params(question.to_params(), survey)[0].target == 0


@pytest.mark.parametrize(
    ("params", "left"),
    [
        ({"f.Region": ["EU", "Mars"]}, Question(where=(("Region", ("EU",)),))),
        ({"f.Colour": ["red"]}, Question()),
        ({"f.Region": ["x" * (LONGEST + 1)]}, Question()),
        ({"wave": ["2022"]}, Question()),
        ({"by": ["Colour"]}, Question()),
        ({"period": ["decade"]}, Question()),
        ({"from": ["yesterday"]}, Question()),
        ({"level": ["100"]}, Question()),
        ({"level": ["nan"]}, Question()),
        ({"target": ["lots"]}, Question()),
        ({"floor": ["0"]}, Question()),
    ],
)
def test_what_the_survey_lacks_is_dropped_with_one_notice(survey, params, left):
    question, notices = Question.from_params(params, survey)
    assert question == left
    assert len(notices) == 1


def test_a_period_needs_dates(make_responses):
    assert Question.from_params({"period": ["month"]}, make_responses([1]))[0].period is None


def test_at_most_two_splits(survey):
    with pytest.raises(ValueError, match="at most two"):
        Question(by=("a", "b", "c"))
    assert len(Question.from_params({"by": ["Region", "Plan", "wave"]}, survey)[0].by) == 2


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="day, week"):
        Question(period="decade")


def test_what_a_question_looks_at():
    question = Question(where=(("b", ("1",)),), by=("a", "b"), wave=("w",))
    assert question.columns == ("a", "b", "wave")
    assert question.filtered
    assert question.grain is None
    assert Question(period="month").grain == "month"
    assert Question(end=date(2024, 1, 1), period="month").grain == "day"
    assert not Question(by=("a",), period="year").filtered
