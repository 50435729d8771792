"""What a hosted view holds: the same figures as the survey where they are shown, and nothing behind them."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from nps_core import Question, read, tally
from nps_core.answer import answer, unfiltered
from nps_core.errors import AskError, SealBroken, TooFewAnswers, UnknownColumn
from nps_core.hosted import numbers_and_comments, numbers_only, shell
from nps_core.hosted.linked import Ledger
from nps_core.hosted.numbers import axis_name
from nps_core.hosted.payload import HEAD, LARGEST, MAGIC, decode, encode
from nps_core.privacy import protect
from nps_core.samples import load
from nps_core.tally import accounts, count, group_counts
from tests.conftest import build_responses


def survey(seed, n=300, regions=6, plans=4, months=9, **more):
    """A survey with groups of very different sizes, so that some are too small."""
    chance = np.random.default_rng(seed)
    region = np.minimum(chance.geometric(0.45, n) - 1, regions - 1)
    plan = np.minimum(chance.geometric(0.5, n) - 1, plans - 1)
    month = chance.integers(months, size=n)
    return build_responses(
        chance.integers(0, 11, n).tolist(),
        when=[f"2024-{1 + m:02d}-{1 + i % 28:02d}T13:45:0{i % 10}" for i, m in enumerate(month)],
        Region=[f"Region {'ABCDEFGH'[i]}" for i in region],
        Plan=[f"Plan {'ABCDEFGH'[i]}" for i in plan],
        **more,
    )


def told(responses, question):
    """The Tally that a view gives where it shows everything: of groups in one period or wave without single scores."""
    counts = tally(responses, question)
    return group_counts(counts) if (question.period or question.wave) and (question.by or question.where) else counts


def shown_by_the_app(responses, question):
    return answer(tally(responses, question), question, tally(responses, unfiltered(question)) if question.filtered else None)


ASKED = (
    Question(),
    Question(level=0.9),
    Question(by=("Region",)),
    Question(by=("Plan", "Region")),
    Question(period="quarter"),
    Question(by=("Region",), period="year"),
    Question(where=(("Region", ("Region A", "Region B")),)),
    Question(where=(("Region", ("Region A",)),), by=("Plan",)),
    Question(where=(("Region", ("Region A", "Region B")), ("Plan", ("Plan A",))), period="month"),
    Question(where=(("Region", ("Region A", "Region C")),), by=("Region",)),
)


# Numbers only.


@pytest.mark.parametrize("question", ASKED, ids=lambda q: str(q.to_params()))
@pytest.mark.parametrize("seed", range(3))
def test_what_is_shown_is_what_the_survey_says(question, seed):
    responses = survey(seed, n=900)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    expected, found = told(responses, question), numbers.tally(question)
    pd.testing.assert_frame_equal(found, expected.loc[[key for key in expected.index if key in found.index]])
    by_the_app = shown_by_the_app(responses, question)
    result = numbers.result(question)
    if len(found):
        pd.testing.assert_frame_equal(result, by_the_app.loc[found.index], check_dtype=False)
    # Nothing is shown that the app would hide.
    assert not by_the_app.loc[found.index, "suppressed"].any()
    assert numbers.off(question) == ()
    if len(found) and not (question.by or question.period):
        scanned = count(responses, question.columns, question.grain)
        assert numbers.accounts(question) == accounts(scanned, question)


def test_a_survey_of_large_groups_is_shown_in_full():
    # 4 regions of 100 answers, 2 plans, 1 quarter: every cell has 50.
    responses = build_responses(
        [i % 11 for i in range(400)],
        when=["2024-02-01"] * 400,
        Region=["ABCD"[i % 4] for i in range(400)],
        Plan=["xy"[i // 4 % 2] for i in range(400)],
    )
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    for question in (Question(by=("Region",)), Question(by=("Region", "Plan")), Question(by=("Region", "Plan"), period="month")):
        pd.testing.assert_frame_equal(numbers.tally(question), told(responses, question))
        pd.testing.assert_frame_equal(numbers.result(question), shown_by_the_app(responses, question))


def test_waves_are_the_time_of_a_survey_that_has_them():
    responses = build_responses([9, 3] * 30, wave=["2024", "2025"] * 30, when=["2024-01-01"] * 60, Plan=["a"] * 30 + ["b"] * 30)
    numbers = numbers_only(responses, dimensions=("Plan",))
    assert numbers.times == ("wave",)
    for question in (Question(by=("wave",)), Question(wave=("2025",)), Question(wave=("2025",), by=("Plan",))):
        pd.testing.assert_frame_equal(numbers.tally(question), told(responses, question))
    assert "quarter is off" in numbers.off(Question(period="quarter"))[0]


def test_a_survey_of_groups_only_stays_one():
    responses = build_responses([], groups=["promoter", "passive", "detractor"] * 10, Plan=["a", "b"] * 15)
    numbers = numbers_only(responses, dimensions=("Plan",))
    pd.testing.assert_frame_equal(numbers.tally(Question(by=("Plan",))), tally(responses, Question(by=("Plan",))))
    assert not shell(decode(encode(numbers))).scores_known


def test_the_two_dimensions_are_those_the_question_names_first():
    responses = survey(1, Third=["c"] * 300)
    asked = Question(by=("Plan",), where=(("Third", ("c",)), ("Region", ("Region A",))))
    numbers = numbers_only(responses, asked)
    assert numbers.dimensions == ("Plan", "Third")
    # What is no dimension is applied once and for all.
    assert numbers.fixed.where == (("Region", ("Region A",)),)
    assert numbers.total == int(tally(responses, Question(where=numbers.fixed.where)).to_numpy().sum())
    with pytest.raises(AskError):
        numbers_only(responses, dimensions=("Plan", "Third", "Region"))
    with pytest.raises(UnknownColumn):
        numbers_only(responses, dimensions=("Planet",))


def test_a_filter_by_date_is_applied_once_and_for_all():
    responses = survey(2)
    asked = Question(start=date(2024, 3, 1), end=date(2024, 6, 30))
    numbers = numbers_only(responses, asked)
    assert numbers.total == int(tally(responses, asked).to_numpy().sum())
    assert "filter by date is off" in numbers.off(asked)[0]


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question(by=("Third",)), "split by Region and Plan; “Third” is off"),
        (Question(where=(("Third", ("c",)),)), "“Third” is off"),
        (Question(start=date(2024, 3, 1)), "by date is off"),
        (Question(period="week"), "by week is off"),
        (Question(wave=("1",)), "without waves"),
    ],
)
def test_what_is_off_says_why_and_has_no_effect(question, why):
    numbers = numbers_only(survey(3, Third=["c"] * 300), dimensions=("Region", "Plan"))
    assert why in " ".join(numbers.off(question))
    pd.testing.assert_frame_equal(numbers.tally(question), numbers.tally(Question()))


def test_a_result_that_is_held_back_has_no_figure():
    # B has three answers; with A shown they would be the rest.
    responses = build_responses([9] * 40 + [0] * 3 + [5] * 9, Region=["A"] * 40 + ["B"] * 3 + ["C"] * 9)
    numbers = numbers_only(responses, dimensions=("Region",))
    assert numbers.values["Region"] == ("A",)
    held = Question(where=(("Region", ("B",)),))
    assert len(numbers.tally(held)) == 0
    result = numbers.result(held)
    assert result["suppressed"].tolist() == [True]
    assert result[["n", "nps", "published"]].isna().to_numpy().all()
    assert set(numbers.accounts(held).values()) == {0}
    assert list(numbers.result(Question(by=("Region",))).index) == ["A"]


def test_a_group_that_only_left_blanks_hides_no_other():
    responses = build_responses([9] * 20 + [3] * 20 + [None] * 2, Region=["A"] * 20 + ["B"] * 20 + ["C"] * 2)
    numbers = numbers_only(responses, dimensions=("Region",))
    assert numbers.values["Region"] == ("A", "B")
    assert numbers.accounts(Question())["blank"] == 2


@pytest.mark.parametrize("scores", [[], [9] * 4])
def test_fewer_answers_than_the_floor_are_no_view(scores):
    with pytest.raises(TooFewAnswers):
        numbers_only(build_responses(scores))
    with pytest.raises(TooFewAnswers):
        numbers_and_comments(build_responses(scores), str)


def test_neither_are_filters_that_leave_out_a_handful():
    responses = build_responses([9] * 53, Region=["A"] * 50 + ["B"] * 3, Plan=["x"] * 53)
    but_three = Question(where=(("Region", ("A",)),))
    with pytest.raises(TooFewAnswers):
        numbers_only(responses, but_three, dimensions=("Plan",))
    with pytest.raises(TooFewAnswers):
        numbers_and_comments(responses, str, fixed=but_three)


@pytest.mark.parametrize("floor", [1, 5])
def test_no_floor_goes_below_five(floor):
    assert numbers_only(survey(1), floor=floor).floor == 5
    assert numbers_and_comments(survey(1), str, floor=floor).floor == 5


def cells_and_sums(responses, numbers):
    """The cells of the survey (region, plan, month), their answers, and for each carried figure the cells it is the sum of."""
    frame = responses.frame.assign(month=responses.frame["when"].dt.strftime("%Y-%m"))
    frame["quarter"] = frame["when"].dt.to_period("Q").astype("str").str.replace("Q", "-Q")
    frame["year"] = frame["when"].dt.strftime("%Y")
    cells = frame.groupby(["Region", "Plan", "month", "quarter", "year"], observed=True).size().rename("n").reset_index()
    rows, sums = [], []
    for axes, table in numbers.tables.items():
        for key, counted in table.items():
            inside = np.ones(len(cells), dtype=bool)
            for axis, value in zip(axes, key, strict=True):
                inside &= (cells[axis_name(axis)].astype("str") == value).to_numpy()
            rows.append(inside.astype(float))
            sums.append(sum(counted[:14]))
            assert cells.loc[inside, "n"].sum() == sums[-1]
    return cells, np.array(rows), np.array(sums)


@pytest.mark.parametrize("seed", range(6))
def test_subtraction_reveals_nothing(seed):
    """All shown figures as equations, solved for whatever they allow.

    The attacker knows who belongs to which cell of region, plan and month, and tries every linear combination: none isolates
    up to four answers. Then linear programming: knowing only that no count is negative, no cell with fewer than five answers
    can be pinned down to its size.
    """
    responses = survey(seed, n=250 + 100 * seed)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    cells, rows, sums = cells_and_sums(responses, numbers)
    sizes = cells["n"].to_numpy()
    small = np.flatnonzero(sizes < 5)
    assert len(small) > 10, "this survey tests nothing"
    projector = np.linalg.pinv(rows) @ rows  # onto everything that can be worked out
    # A cell, or two with fewer than five answers together, is isolated when some combination lives on it alone.
    for i in small:
        assert projector[i, i] < 1 - 1e-9
        for j in small[small > i]:
            if sizes[i] + sizes[j] < 5:
                block = projector[np.ix_([i, j], [i, j])]
                assert np.linalg.eigvalsh(block).max() < 1 - 1e-9
    chance = np.random.default_rng(seed)
    for i in chance.choice(small, 12, replace=False):
        aim = np.eye(len(cells))[i]
        low, high = (linprog(way * aim, A_eq=rows, b_eq=sums, bounds=(0, None)) for way in (1, -1))
        assert low.success
        assert high.success
        assert -high.fun - low.fun > 0.5, f"{sizes[i]} answers pinned down"


def test_looking_at_each_table_alone_would_not_do(monkeypatch):
    # The check above sees it: with the tables protected one by one, combinations of them isolate a cell of up to four answers.
    monkeypatch.setattr(Ledger, "admit", lambda self, cells: True)
    responses = survey(2, n=450)
    cells, rows, _ = cells_and_sums(responses, numbers_only(responses, dimensions=("Region", "Plan")))
    projector = np.linalg.pinv(rows) @ rows
    assert (projector.diagonal()[cells["n"].to_numpy() < 5] > 1 - 1e-9).any()


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(20, 400), st.integers(5, 8))
def test_every_carried_figure_and_every_rest_holds_enough(seed, n, floor):
    responses = survey(seed, n=n)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"), floor=floor)
    for axes, table in numbers.tables.items():
        sizes = [sum(counted[:14]) for counted in table.values()]
        assert all(size >= floor for size in sizes)
        if len(axes) == 1:  # what the shown groups of one column leave of the whole
            assert numbers.total - sum(sizes) == 0 or numbers.total - sum(sizes) >= floor
    by = numbers.tally(Question(by=("Region",)))
    protected = protect(pd.DataFrame({"n": tally(responses, Question(by=("Region",))).sum(axis=1)}), floor)
    assert not protected.loc[by.index, "suppressed"].any()


def test_a_numbers_view_holds_no_name_of_a_hidden_group_and_no_other_column():
    responses = build_responses(
        [9] * 60 + [0] * 2,
        Region=["Region North"] * 30 + ["Region South"] * 30 + ["Vanishing Isle"] * 2,
        Owner=["somebody@example.com"] * 62,
    )
    said = encode(numbers_only(responses, dimensions=("Region",)))
    unpacked = pa.decompress(said[HEAD.size :], decompressed_size=HEAD.unpack(said[: HEAD.size])[2], codec="zstd", asbytes=True)
    assert b"Region " in unpacked
    assert b"Vanishing Isle" not in unpacked
    assert b"somebody" not in unpacked
    assert b"Owner" not in unpacked


def test_a_shell_knows_what_filters_need_and_nothing_else():
    numbers = numbers_only(survey(4), dimensions=("Region", "Plan"))
    face = shell(numbers)
    assert face.segments == ("Region", "Plan")
    assert face.values("Region") == numbers.values["Region"]
    assert (len(face.frame), face.span, face.waves, face.comments, face.scores_known) == (0, None, (), (), True)
    assert face.dated
    question, notices = Question.from_params({"f.Region": ["Region A"], "period": ["month"]}, face)
    assert notices == ()
    assert question.where == (("Region", ("Region A",)),)


# Numbers and comments.


def masked(text):
    return text.replace("ada@example.com", "[e-mail]")


@pytest.fixture(scope="module")
def commented():
    csv = "id,score,Why?,When,Region,Notes of the agent\n" + "".join(
        f"cust-{1000 + i},{'' if i == 3 else i % 11},"
        f'"Reason {i}, write to ada@example.com",2024-03-{1 + i % 28:02d} 14:05,{"North" if i % 2 else "South"},note number {i}\n'
        for i in range(60)
    )
    return read([("customers of Larch.csv", csv.encode())])


def test_only_what_pages_use_is_kept(commented):
    rows = numbers_and_comments(commented, masked)
    frame = rows.responses.frame
    assert set(frame.columns) <= {"score", "group", "status", "count", "when", "comment_1", *commented.segments}
    assert "respondent" in commented.frame
    assert (frame["when"].dt.hour == 0).all()
    assert frame["comment_1"][0] == "Reason 0, write to [e-mail]"
    assert frame["comment_1"][3] == ""  # who gave no score is in no group whose comments are read
    assert rows.responses.files == rows.responses.notes == rows.responses.read == ()
    assert rows.responses.issues.empty
    assert rows.responses.preview.empty
    assert all(role.reason == "" and role.canonical for role in rows.responses.roles)


def test_comments_can_stay_behind(commented):
    rows = numbers_and_comments(commented, masked, comments=False)
    assert rows.responses.comments == ()


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question(by=("Region",)),
        Question(period="month"),
        Question(where=(("Region", ("North",)),)),
        Question(start=date(2024, 3, 8), end=date(2024, 3, 20), by=("Region",)),
    ],
)
def test_rows_answer_as_the_survey_does_also_after_a_journey(commented, question):
    rows = decode(encode(numbers_and_comments(commented, masked)))
    pd.testing.assert_frame_equal(rows.tally(question), tally(commented, question))
    pd.testing.assert_frame_equal(rows.result(question), shown_by_the_app(commented, question))
    assert rows.accounts(question) == accounts(count(commented, question.columns, question.grain), question)
    assert rows.total == 59  # 60 records, one of them blank
    assert rows.off(question) == ()


def test_the_floor_of_a_view_holds_against_the_address(commented):
    few = Question(where=(("Region", ("North",)),), start=date(2024, 3, 1), end=date(2024, 3, 2), floor=1)
    assert numbers_and_comments(commented, masked).result(few)["suppressed"].all()


def test_fixed_filters_keep_no_other_answer(commented):
    fixed = Question(where=(("Region", ("North",)),), start=date(2024, 3, 2), end=date(2024, 3, 20))
    rows = numbers_and_comments(commented, masked, fixed=fixed)
    assert rows.total == int(tally(commented, fixed).to_numpy().sum())
    assert rows.responses.values("Region") == ("North",)


@pytest.mark.parametrize("sample", ["software", "rival"])
def test_a_frame_is_the_same_after_the_journey(sample):
    rows = numbers_and_comments(read([load(sample)]), str)
    again = decode(encode(rows))
    pd.testing.assert_frame_equal(again.responses.frame, rows.responses.frame)
    assert again.responses.roles == rows.responses.roles
    assert again.responses.segments == rows.responses.segments
    assert len(again.key) == 64


# Bytes.


@pytest.mark.parametrize("seed", range(2))
def test_numbers_are_the_same_after_the_journey(seed):
    numbers = numbers_only(survey(seed), Question(start=date(2024, 2, 1)), dimensions=("Region", "Plan"))
    again = decode(encode(numbers))
    for name in ("floor", "dimensions", "values", "tables", "scores_known", "fixed"):
        assert getattr(again, name) == getattr(numbers, name), name


def test_bytes_that_are_no_payload_say_so():
    good = encode(numbers_and_comments(survey(1), str))
    bad = [b"", b"NPSV", good[:40], good[:-1], good[1:], b"\x80\x04N." + good, bytes(100)]
    bad += [good[: len(good) // 2], HEAD.pack(MAGIC, 4, 100) + good[HEAD.size :]]
    for data in bad:
        with pytest.raises(SealBroken):
            decode(data)


def test_a_payload_cannot_unpack_to_more_than_it_says_or_may():
    bomb = pa.compress(bytes(50_000_000), codec="zstd", asbytes=True)
    assert len(bomb) < 10_000
    for size in (1000, LARGEST + 1, 2**63):
        with pytest.raises(SealBroken):
            decode(HEAD.pack(MAGIC, 1, size) + bomb)
