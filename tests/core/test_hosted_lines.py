"""The score over time in a view with numbers only: the figures of the page Trend to the digit, and no way back to a handful."""

import base64

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from nps_core import Question, read, tally
from nps_core.answer import unfiltered
from nps_core.hosted import numbers_only
from nps_core.hosted.linked import Ledger
from nps_core.hosted.numbers import axis_name
from nps_core.hosted.payload import HEAD, MAGIC, decode, encode
from nps_core.moved import OTHERS, moved, pooled
from nps_core.samples import load
from nps_core.segments import answer_counts, compare
from nps_core.trend import WAVE, of_members, trend, trend_of
from tests.conftest import build_responses
from tests.core.old_payloads import FIRST_FORMAT, SECOND_FORMAT
from tests.core.test_hosted import survey

FILTERS = (
    (),
    (("Region", ("Region A",)),),
    (("Plan", ("Plan B",)),),
    (("Region", ("Region B",)), ("Plan", ("Plan A",))),
    (("Region", ("Region A", "Region B")),),
)


def split(kind, where=(), by=()):
    """A question over time as the page Trend puts it."""
    return Question(where=where, by=(*by, WAVE)) if kind == WAVE else Question(where=where, by=by, period=kind)


def on_the_upload(responses, question, kind, length=1):
    whole = tally(responses, unfiltered(question)) if question.filtered else None
    return trend(tally(responses, question), question, kind, length, whole)


def in_the_view(numbers, question, kind, length=1):
    line = numbers.line(question, kind)
    return trend_of(line.tally(), line.blocks, line.hidden, question, kind, length)


def without_members(found):
    return found.drop(columns="members")  # of several joined periods a view names the first and the last


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_over_time_a_view_says_what_the_upload_says(kind, where, length):
    responses = survey(1, n=3000)
    numbers = decode(encode(numbers_only(responses, dimensions=("Region", "Plan"))))
    question = split(kind, where)
    expected, found = on_the_upload(responses, question, kind, length), in_the_view(numbers, question, kind, length)
    pd.testing.assert_frame_equal(without_members(found), without_members(expected), check_dtype=False)


@pytest.mark.parametrize("seed", range(3))
def test_where_periods_are_thin_whatever_is_shown_is_the_uploads(seed):
    responses = survey(seed, n=220, months=9)
    numbers = decode(encode(numbers_only(responses, dimensions=("Region", "Plan"))))
    shown = 0
    for (kind, where), line in numbers.lines.items():
        if kind == "year" or len(where) == 2:  # the same again
            continue
        question = split(kind, tuple((column, (value,)) for column, value in where))
        expected, found = on_the_upload(responses, question, kind), in_the_view(numbers, question, kind)
        assert list(found.index) == list(expected.index)
        assert not (expected["suppressed"] & ~found["suppressed"]).any()
        kept = found.index[~found["suppressed"]]
        pd.testing.assert_frame_equal(without_members(found.loc[kept]), without_members(expected.loc[kept]), check_dtype=False)
        shown += len(kept)
        assert sum(line.hidden) < len(line.blocks)
    assert shown > 8, "nothing to compare"
    assert any(len(block.members) == 2 for line in numbers.lines.values() for block in line.blocks), "no period was thin"


@pytest.mark.parametrize("kind", ["month", WAVE])
def test_a_sample_with_waves_and_days_has_both(kind):
    responses = read([load("software")])
    for where in ((), (("region", ("APAC",)),), (("plan", ("Team",)), ("region", ("EMEA",)))):
        question = split(kind, where)
        # Shared with these filters: what its sharer looks at is kept before what else there is.
        numbers = decode(encode(numbers_only(responses, Question(where=where), ("plan", "region"))))
        assert numbers.kinds == ("month", "quarter", "year", WAVE)
        pd.testing.assert_frame_equal(
            without_members(in_the_view(numbers, question, kind)),
            without_members(on_the_upload(responses, question, kind)),
            check_dtype=False,
        )


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("by", ["Region", "Plan"])
def test_why_it_moved_is_what_the_upload_says(where, by):
    responses = survey(1, n=6000, regions=3, plans=3)
    numbers = decode(encode(numbers_only(responses, dimensions=("Region", "Plan"))))
    line, question = numbers.line(split("quarter", where), "quarter"), split("quarter", where, (by,))
    first, second = (["2024-Q1"], ["2024-Q2"])
    counts = tally(responses, question)
    expected = moved(*pooled(of_members(counts, first), of_members(counts, second), 5))
    found = moved(*line.sides(by, (first, second)))
    pd.testing.assert_frame_equal(found, expected.loc[found.index], check_names=False)
    assert len(found) == len(expected)


@pytest.mark.parametrize("seed", range(4))
def test_groups_shown_one_by_one_have_the_uploads_part_and_all_parts_make_the_change(seed):
    responses = survey(seed, n=420)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    line, counts = numbers.line(Question(), "quarter"), tally(responses, split("quarter", by=("Region",)))
    sides = (["2024-Q1"], ["2024-Q2"])
    expected = moved(*(of_members(counts, side) for side in sides))
    found = moved(*line.sides("Region", sides))
    own = [name for name in found.index if name != OTHERS]
    assert OTHERS in found.index, "no group was small"
    pd.testing.assert_frame_equal(found.loc[own], expected.loc[own], check_names=False)
    assert found[["within", "mix"]].to_numpy().sum() == pytest.approx(expected[["within", "mix"]].to_numpy().sum())
    assert all(n == 0 or n >= 5 for n in found.loc[OTHERS, ["n_first", "n_second"]])


@pytest.mark.parametrize("question", [Question(by=("Region",)), Question(by=("Region", "Plan"))], ids=lambda q: str(q.by))
@pytest.mark.parametrize("where", [(), (("Plan", ("Plan A",)),)], ids=str)
def test_groups_are_laid_against_everybody_else_as_on_the_upload(question, where):
    responses = survey(1, n=6000, regions=3, plans=3)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    asked = Question(where=where, by=question.by)
    expected = compare(tally(responses, asked), asked, tally(responses, unfiltered(asked)) if where else None)
    everybody = answer_counts(numbers.tally(Question(where=where)))
    found = compare(numbers.tally(asked), asked, everybody=everybody)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_the_rest_of_a_group_is_everybody_else_also_where_some_groups_are_held_back():
    # A has 40, B 30, C 3 and D 6 answers: C and D are held back, and still belong to the rest of A and of B.
    regions = ["A"] * 40 + ["B"] * 30 + ["C"] * 3 + ["D"] * 6
    responses = build_responses([i % 11 for i in range(79)], Region=regions)
    numbers, asked = numbers_only(responses, dimensions=("Region",)), Question(by=("Region",))
    found = compare(numbers.tally(asked), asked, everybody=answer_counts(numbers.tally(Question())))
    expected = compare(tally(responses, asked), asked)
    assert list(found.index) == ["A", "B"]
    pd.testing.assert_frame_equal(found, expected.loc[["A", "B"]], check_dtype=False)


def test_a_group_that_nobody_of_two_periods_is_in_has_no_part():
    # B answered in the first quarter and C in the second alone; A in all three.
    when = ["2024-02-01"] * 20 + ["2024-05-01"] * 20 + ["2024-08-01"] * 10
    plans = ["A"] * 10 + ["B"] * 10 + ["A"] * 10 + ["C"] * 10 + ["A"] * 10
    responses = build_responses([i % 11 for i in range(50)], when=when, Plan=plans)
    line = numbers_only(responses, dimensions=("Plan",)).line(Question(), "quarter")
    assert list(moved(*line.sides("Plan", (["2024-Q1"], ["2024-Q3"]))).index) == ["A", "B"]
    assert list(moved(*line.sides("Plan", (["2024-Q2"], ["2024-Q3"]))).index) == ["A", "C"]


def test_a_view_is_kept_apart_first_by_what_its_sharer_filters():
    responses = read([load("software")])
    asked = Question(where=(("region", ("APAC",)),))
    line = numbers_only(responses, asked, ("plan", "region")).line(asked, "month")
    # As on the upload: Enterprise has 3 to 5 answers a period there, and Starter is the next smallest.
    assert [name for name, row in line.parts["plan"].items() if None not in row[-2:]] == ["Business", "Team"]


def test_what_is_not_carried_over_time_is_no_line():
    numbers = numbers_only(survey(3, n=300), dimensions=("Region", "Plan"))
    assert numbers.line(Question(), "week") is None
    assert numbers.line(Question(wave=("1",)), "month") is None
    # Two groups with thin periods cannot be added up: which period of theirs was thin is not in the view.
    assert numbers.line(Question(where=(("Region", ("Region A", "Region C")),)), "month") is None
    assert numbers_only(build_responses([9, 3] * 20)).kinds == ()


def test_no_line_has_a_name_that_the_view_does_not_show():
    for seed in range(2):
        numbers = numbers_only(survey(seed, n=150), dimensions=("Region", "Plan"))
        for (_, where), line in numbers.lines.items():
            assert all(value in numbers.values[column] for column, value in where)
            assert all(name in numbers.values[column] for column, groups in line.parts.items() for name in groups)


def figures(responses, numbers):
    """The cells of the survey (region, plan, month) with the count of each outcome that is an answer, each carried figure as
    cells and its counts, and the cells of each that is held back."""
    frame = responses.frame.assign(month=responses.frame["when"].dt.strftime("%Y-%m"))
    frame["quarter"] = frame["when"].dt.to_period("Q").astype("str").str.replace("Q", "-Q")
    frame["year"] = frame["when"].dt.strftime("%Y")
    whose = ["Region", "Plan", "month", "quarter", "year"]
    counts = pd.crosstab([frame[column].astype("str") for column in whose], responses.outcome)
    counts = counts.reindex(columns=range(14), fill_value=0)
    cells = counts.index.to_frame(index=False).assign(n=counts.to_numpy().sum(axis=1))
    shown, sums, held = [], [], []

    def take(inside, counted):
        n = cells.loc[inside, "n"].sum()
        if counted is None:
            held.append(inside.astype(float))
        else:
            assert n == sum(counted[:14])
            shown.append(inside.astype(float))
            sums.append(counted[:14])

    for axes, table in numbers.tables.items():
        for key, counted in table.items():
            mine = [np.ones(len(cells), bool)]
            mine += [cells[axis_name(a)].astype("str") == v for a, v in zip(axes, key, strict=True)]
            take(np.all(mine, 0), counted)
    for (kind, where), line in numbers.lines.items():
        mine = np.all([np.ones(len(cells), bool)] + [(cells[a] == v).to_numpy() for a, v in where], axis=0)
        for i, block in enumerate(line.blocks):
            here = mine & cells[kind].between(block.members[0], block.members[-1]).to_numpy()
            take(here, line.sums[i])
            for column, groups in line.parts.items():
                for name, row in groups.items():
                    take(here & (cells[column] == name).to_numpy(), row[i])
    return cells, counts.to_numpy(), np.array(shown), np.array(sums), np.array(held).reshape(-1, len(cells))


@pytest.mark.parametrize("seed", range(4))
def test_subtraction_over_time_reveals_nothing(seed):
    """Every linear combination of all figures, tables and lines together; then linear programming, knowing what is held back.

    As in `test_hosted.test_subtraction_reveals_nothing`; besides, whoever reads a view sees which parts are held back, and so
    that at least one answer is in each of them.
    """
    responses = survey(seed, n=250 + 150 * seed, months=7)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    cells, _, rows, counted, held = figures(responses, numbers)
    sums = counted.sum(axis=1)
    assert all(n == 0 or n >= 5 for n in sums)
    assert len(held) > 10, "nothing is held back"
    sizes = cells["n"].to_numpy()
    small = np.flatnonzero(sizes < 5)
    projector = np.linalg.pinv(rows) @ rows
    chance = np.random.default_rng(seed)
    assert (projector.diagonal()[small] < 1 - 1e-9).all()
    for _ in range(300):  # handfuls of cells that together hold fewer than five answers
        some = chance.permutation(small)[: int(chance.integers(2, 5))]
        if sizes[some].sum() < 5:
            assert np.linalg.eigvalsh(projector[np.ix_(some, some)]).max() < 1 - 1e-9
    aims = [np.eye(len(cells))[i] for i in chance.choice(small, 8, replace=False)]
    aims += [held[i] for i in chance.permutation(len(held)) if 0 < sizes[held[i] > 0].sum() < 5][:12]
    for aim in aims:
        ends = [
            linprog(way * aim, A_eq=rows, b_eq=sums, A_ub=-held, b_ub=-np.ones(len(held)), bounds=(0, None)) for way in (1, -1)
        ]
        assert all(end.success for end in ends)
        assert -ends[1].fun - ends[0].fun > 0.5, "a handful pinned down"


def test_lines_beside_tables_without_the_ledger_would_not_do(monkeypatch):
    monkeypatch.setattr(Ledger, "admit", lambda self, cells: True)
    responses = survey(2, n=450, months=7)
    cells, _, rows, _, _ = figures(responses, numbers_only(responses, dimensions=("Region", "Plan")))
    projector = np.linalg.pinv(rows) @ rows
    assert (projector.diagonal()[cells["n"].to_numpy() < 5] > 1 - 1e-9).any()


def test_a_view_of_the_first_format_still_opens():
    data = base64.b64decode(FIRST_FORMAT)
    assert HEAD.unpack(data[: HEAD.size])[:2] == (MAGIC, 1)
    numbers = decode(data)
    assert (numbers.total, numbers.dimensions, numbers.kinds, numbers.times) == (40, ("Plan",), (), ("year", "quarter", "month"))
    assert numbers.line(Question(), "month") is None
    assert numbers.tally(Question(by=("Plan",)))[9].tolist() == [5, 5]  # every fourth of 20


def test_a_view_of_the_second_format_still_opens():
    data = base64.b64decode(SECOND_FORMAT)
    assert HEAD.unpack(data[: HEAD.size])[:2] == (MAGIC, 2)
    numbers = decode(data)
    assert (numbers.kinds, numbers.times) == (("month", "quarter", "year"), ("year", "quarter", "month"))
    assert numbers.tally(Question(by=("Plan",)))[9].tolist() == [5, 5]
    # All 9s are of February, all 10s of March; crossed with the time, whoever reads it gets the groups.
    assert numbers.tally(Question(by=("Plan",), period="month"))["promoter"].tolist() == [5, 5, 5, 5]
    assert numbers.line(Question(), "month").tally().loc["2024-03"].tolist() == [0, 10, 10]
    assert numbers.line(Question(), "month").sums[1][:11] == (0,) * 7 + (10, 0, 0, 10)  # March: the 7s and the 10s
    assert numbers.voices(Question())["all"]["primary:service"] == 30
    assert list(numbers.split_voices(Question(period="month"), "all")) == ["2024-02", "2024-03"]
