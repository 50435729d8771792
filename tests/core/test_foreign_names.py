"""Columns of a file that are called as the explorer calls something of its own: every figure stays what it is."""

from dataclasses import replace

import pandas as pd
import pytest

from nps_core import Question, read, tally
from nps_core.digest import CHANGE, digest
from nps_core.hosted import numbers_only
from nps_core.hosted.payload import decode, encode
from nps_core.reading import Choices
from nps_core.segments import compare, looked_at
from tests.conftest import build_responses
from tests.core.test_hosted import survey

# Whatever the name, counting must not depend on it; these are names that the code has for columns, periods and levels.
NAMES = ("year", "quarter", "month", "week", "day", "outcome", "period", "n", "theme", "change", "comment pattern", "All answers")


def renamed(responses, name):
    """The survey of `test_hosted.survey` with its regions under another name."""
    swap = {"Region": name}
    return replace(
        responses,
        frame=responses.frame.rename(columns=swap),
        segments=tuple(swap.get(column, column) for column in responses.segments),
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_split_by_column_and_period_counts_the_same_under_any_name(name):
    plain = survey(1, n=400)
    odd = renamed(plain, name)
    for period in ("day", "week", "month", "quarter", "year", None):
        expected = tally(plain, Question(by=("Region",), where=(("Plan", ("Plan A",)),), period=period))
        found = tally(odd, Question(by=(name,), where=(("Plan", ("Plan A",)),), period=period))
        assert found.index.tolist() == expected.index.tolist()
        assert (found.to_numpy() == expected.to_numpy()).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_view_holds_the_same_under_any_name(name):
    plain = survey(2, n=500)
    expected = decode(encode(numbers_only(plain, dimensions=("Region", "Plan"))))
    found = decode(encode(numbers_only(renamed(plain, name), dimensions=(name, "Plan"))))
    called = lambda axes: tuple("Region" if axis == name else axis for axis in axes)  # noqa: E731
    assert {called(axes): table for axes, table in found.tables.items()} == expected.tables
    assert found.kinds == expected.kinds
    assert found.times == expected.times
    for kind in expected.kinds:
        for where in ((), ("Region A",)):
            mine = found.line(Question(where=((name, where),) if where else ()), kind)
            assert mine.sums == expected.line(Question(where=(("Region", where),) if where else ()), kind).sums
    odd = Question(by=(name,), period="month", where=((name, ("Region A", "Region B")),))
    usual = replace(odd, by=("Region",), where=(("Region", ("Region A", "Region B")),))
    assert found.off(odd) == expected.off(usual) == ()
    assert found.tally(odd).index.tolist() == expected.tally(usual).index.tolist()
    pd.testing.assert_frame_equal(found.result(odd).reset_index(drop=True), expected.result(usual).reset_index(drop=True))


def test_a_column_called_change_is_no_change_over_time():
    # Half of the answers are 10 and of kind a, half are 0 and of kind b: the one finding is about a column.
    responses = build_responses([10] * 50 + [0] * 50, change=["a"] * 50 + ["b"] * 50)
    asked = Question(by=("change",))
    found = digest(looked_at({"change": compare(tally(responses, asked), asked)})).findings
    assert found["column"].tolist() == ["change"]
    assert CHANGE not in found["column"].tolist()


def test_the_reader_leaves_a_column_its_name_where_the_survey_does_not_need_it():
    csv = "nps,day,outcome,period,status\n" + "".join(
        f"{i % 11},{'ab'[i % 2]},{'cd'[i % 2]},{'ef'[i % 2]},{'gh'[i % 2]}\n" for i in range(60)
    )
    chosen = Choices(segments=("day", "outcome", "period", "status"), date="", wave="")
    assert read([("f.csv", csv.encode())], chosen).segments == ("day", "outcome", "period", "column status")
