"""What holds for every survey, tried on many that a machine makes up, beside oracles that work another way."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nps_core.family import mix, passive_range, rescale_histogram
from nps_core.inference import (
    adjusted_wald,
    benjamini_hochberg,
    difference,
    nps_interval,
    score_interval,
    wald,
)
from nps_core.measures import measures
from nps_core.privacy import protect, withheld
from nps_core.question import LEVELS, PERIODS, Question
from nps_core.scale import GROUPS, SCORES, band_of, published_nps
from nps_core.tally import check_tally, tally
from nps_core.wording import screen_shares

SIZES = st.integers(0, 2000)
COUNTS = st.tuples(SIZES, SIZES, SIZES)
ANSWERED = COUNTS.filter(any)
SOME = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=60)
LABELS = st.sampled_from(["a", "b", "c", None])
RECORDS = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10)), LABELS, LABELS), min_size=1, max_size=60)
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def groups(*rows):
    return pd.DataFrame(list(rows), columns=list(GROUPS), dtype="int64")


def survey_of(make_responses, records):
    scores, one, two = (list(part) for part in zip(*records, strict=True))
    return make_responses(scores, one=one, two=two)


# --- the tally


@given(records=RECORDS, data=st.data())
def test_a_tally_does_not_know_the_order_of_the_rows(make_responses, records, data):
    shuffled = data.draw(st.permutations(records))
    question = Question(by=("one", "two"))
    pd.testing.assert_frame_equal(
        tally(survey_of(make_responses, records), question), tally(survey_of(make_responses, shuffled), question)
    )


@given(records=RECORDS)
def test_groups_add_up_to_the_whole(make_responses, records):
    survey = survey_of(make_responses, records)
    whole = tally(survey).iloc[0].to_numpy()
    for by in (("one",), ("two",), ("one", "two")):
        split = check_tally(tally(survey, Question(by=by)))
        np.testing.assert_array_equal(split.to_numpy().sum(axis=0), whole)
    two, one = tally(survey, Question(by=("one", "two"))), tally(survey, Question(by=("one",)))
    pd.testing.assert_frame_equal(two.groupby(level="one", sort=False).sum(), one)


@given(records=RECORDS)
def test_a_tally_is_what_counting_row_by_row_gives(make_responses, records):
    found = tally(survey_of(make_responses, records), Question(by=("one",)))
    recount: dict[str, list[int]] = {}
    for score, label, _ in records:
        if score is not None:
            recount.setdefault(label or "(blank)", [0] * 11)[score] += 1
    assert {name: row.tolist() for name, row in found.iterrows()} == recount


@given(records=RECORDS, values=st.sets(st.sampled_from(["a", "b", "c", "(blank)"]), min_size=1))
def test_a_filter_keeps_the_groups_that_it_names(make_responses, records, values):
    survey = survey_of(make_responses, records)
    kept = tally(survey, Question(where=(("one", tuple(values)),)))
    split = tally(survey, Question(by=("one",)))
    np.testing.assert_array_equal(kept.iloc[0], split[split.index.isin(values)].sum())


@given(records=st.lists(st.tuples(st.integers(0, 10), st.one_of(st.none(), DAYS)), min_size=1, max_size=40), day=DAYS)
def test_before_and_from_a_day_on_are_everything_dated(make_responses, records, day):
    scores, days = (list(part) for part in zip(*records, strict=True))
    survey = make_responses(scores, when=[None if d is None else d.isoformat() for d in days])
    before, after = (tally(survey, q) for q in (Question(end=day - timedelta(1)), Question(start=day)))
    assert before.to_numpy().sum() + after.to_numpy().sum() == sum(d is not None for d in days)
    for period in PERIODS:
        names = tally(survey, Question(period=period)).index
        dated = [name for name in names if name != "(no date)"]
        assert dated == sorted(dated)


@given(scores=SOME)
def test_the_score_is_what_a_row_wise_recount_gives(make_responses, scores):
    said = [score for score in scores if score is not None]
    row = measures(tally(make_responses(scores))).iloc[0]
    assert row["n"] == len(said)
    if said:
        # Oracle: the mean of +100, 0, −100 over the rows.
        points = [100 if score >= 9 else -100 if score <= 6 else 0 for score in said]
        assert row["nps"] == pytest.approx(np.mean(points))


# --- the score


@given(counts=ANSWERED)
def test_the_score_lies_on_its_scale_and_in_its_band(counts):
    row = measures(groups(counts)).iloc[0]
    assert -100 <= row["nps"] <= 100
    assert abs(row["published"] - row["nps"]) <= 0.05 + 1e-9
    assert band_of(row["published"]).name == row["band"]
    assert row[["detractor_share", "passive_share", "promoter_share"]].sum() == pytest.approx(1)


@given(counts=ANSWERED)
def test_a_mirrored_survey_has_the_opposite_score(counts):
    mirrored = counts[::-1]
    assert published_nps(*mirrored) == -published_nps(*counts)
    for function in (wald, adjusted_wald, score_interval, lambda *c: nps_interval(*c)[:2]):
        low, high = function(*counts)
        assert function(*mirrored) == pytest.approx((-high, -low), abs=1e-7)
    shares = screen_shares(*counts)
    assert tuple(screen_shares(*mirrored).values()) == tuple(shares.values())[::-1]


# --- the intervals


@given(counts=ANSWERED, level=st.sampled_from(LEVELS))
def test_every_shown_interval_holds_its_score(counts, level):
    low, high, method = nps_interval(*counts, level)
    nps = 100 * (counts[2] - counts[0]) / sum(counts)
    assert -100 <= low <= nps + 1e-9
    assert nps - 1e-9 <= high <= 100
    assert low < high
    assert method in ("score", "adjusted Wald")


@given(counts=ANSWERED)
def test_four_times_the_answers_halve_the_plain_interval(counts):
    (low, high), (low_4, high_4) = wald(*counts), wald(*(4 * c for c in counts))
    assert high_4 - low_4 == pytest.approx((high - low) / 2, abs=1e-9)


@given(counts=st.tuples(*[st.integers(25, 2000)] * 3))
def test_four_times_the_answers_nearly_halve_the_adjusted_interval(counts):
    # The three added answers weigh less among four times as many; with 25 or more in each group by less than 3 %.
    (low, high), (low_4, high_4) = (adjusted_wald(*(k * c for c in counts), clip=False) for k in (1, 4))
    assert (high_4 - low_4) / (high - low) == pytest.approx(0.5, rel=0.03)


@given(counts=ANSWERED, extra=st.integers(1, 1000))
def test_a_finite_population_never_widens_an_interval(counts, extra):
    low, high, _ = nps_interval(*counts)
    narrow_low, narrow_high, _ = nps_interval(*counts, population=sum(counts) + extra)
    assert low - 1e-9 <= narrow_low <= narrow_high <= high + 1e-9


@given(first=ANSWERED, second=ANSWERED, level=st.sampled_from(LEVELS))
def test_a_test_and_its_interval_agree(first, second, level):
    apart = difference(first, second, level)
    assume(abs(apart.p - (1 - level)) > 1e-9)
    assert (apart.p < 1 - level) == (not apart.low <= 0 <= apart.high)


@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_are_never_smaller_and_keep_their_order(values):
    adjusted = benjamini_hochberg(values)
    assert (adjusted >= np.array(values) - 1e-15).all()
    assert (np.diff(adjusted[np.argsort(values)]) >= -1e-15).all()


# --- the screen


@given(counts=ANSWERED)
def test_shares_on_screen_add_up_and_differ_by_the_score_on_screen(counts):
    shown = {name: Decimal(f"{share:.1f}") for name, share in screen_shares(*counts).items()}
    assert sum(shown.values()) == Decimal("100.0")
    assert shown["promoter"] - shown["detractor"] == Decimal(f"{published_nps(*counts):.1f}")
    for name, c in zip(GROUPS, counts, strict=True):
        assert 0 <= shown[name] <= 100
        assert abs(float(shown[name]) - 100 * c / sum(counts)) <= 0.1 + 1e-9
        # The only group that may show 0.1 without an answer is the passives, when the score ends in an odd digit.
        assert c or shown[name] == 0 or (name == "passive" and shown[name] == Decimal("0.1"))


# --- the family


@given(counts=ANSWERED, place=st.floats(0, 1))
def test_every_survey_of_a_family_has_its_score(counts, place):
    nps = 100 * (counts[2] - counts[0]) / sum(counts)
    share = place * passive_range(nps)[1]
    promoter, passive, detractor = mix(nps, share)
    assert 100 * (promoter - detractor) == pytest.approx(nps, abs=1e-9)
    assert min(promoter, passive, detractor) >= 0
    assert promoter + passive + detractor == pytest.approx(1)


@given(bars=st.lists(st.integers(0, 500), min_size=11, max_size=11).filter(any), place=st.floats(0, 1))
def test_bars_of_another_mix_are_a_survey_with_the_same_score(bars, place):
    row = pd.Series(bars, index=list(SCORES))
    nps = 100 * (sum(bars[9:]) - sum(bars[:7])) / sum(bars)
    share = place * passive_range(nps)[1]
    other = rescale_histogram(row, share)
    assert other.sum() == pytest.approx(1)
    assert (other >= 0).all()
    assert 100 * (other[[9, 10]].sum() - other[list(range(7))].sum()) == pytest.approx(nps, abs=1e-7)
    np.testing.assert_allclose(rescale_histogram(row, sum(bars[7:9]) / sum(bars)), row / sum(bars), atol=1e-12)


# --- privacy


@given(n=st.integers(0, 60), rest=st.integers(0, 60), floor=st.integers(1, 20))
def test_nothing_shown_leaves_a_handful_on_either_side(n, rest, floor):
    if not withheld(n, n + rest, floor) and rest:
        assert n == 0 or n >= floor
        assert n == 0 or rest >= floor


@given(sizes=st.lists(st.integers(0, 30), max_size=12), floor=st.integers(1, 20))
def test_no_single_hidden_group_follows_from_the_total(sizes, floor):
    shown = protect(pd.DataFrame({"n": np.array(sizes, dtype=np.int64)}), floor)
    n, hidden = np.array(sizes, dtype=np.int64), shown["suppressed"].to_numpy()
    assert hidden[(n > 0) & (n < floor)].all()
    assert not hidden[n == 0].any()
    if hidden.any() and not hidden[n > 0].all():
        assert hidden.sum() >= 2
        assert n[hidden].sum() >= floor


def derivable(cells, totals):
    """Which of some cells follow from the totals that are shown: all that no solution of them moves (linear algebra).

    `cells` are places in the table; `totals` the places of the rows (0, place) and columns (1, place) whose total is shown.
    """
    if not cells:
        return []
    shown = [[cell[axis] == place for cell in cells] for axis, place in totals]
    equations = np.array([*shown, [True] * len(cells)], float)  # the number of all answers is always shown
    free = np.eye(len(cells)) - np.linalg.pinv(equations) @ equations
    return [cell for cell, moves in zip(cells, np.abs(free).max(axis=1) > 1e-8, strict=True) if not moves]


def shown_totals(frame, floor):
    """The rows (0, place) and columns (1, place) of a two-way table whose totals are shown where they stand alone."""
    sides = [protect(frame.groupby(level=axis).sum(), floor)["suppressed"] for axis in (0, 1)]
    return [(axis, place) for axis, side in enumerate(sides) for place, off in side.items() if not off]


# Found by the generator: the totals of columns 1 and 2 are hidden too, so cells of column 3 are no consequence of theirs.
@example(sizes=[[0, 0, 0, 0, 0], [0, 0, 1, 3, 3], [0, 1, 0, 3, 3]], floor=2)
@given(
    sizes=st.integers(1, 5).flatmap(
        lambda wide: st.lists(
            st.lists(st.sampled_from([0, 1, 3, 6, 8, 20, 50]), min_size=wide, max_size=wide), min_size=1, max_size=5
        )
    ),
    floor=st.sampled_from([2, 5, 7]),
)
def test_no_hidden_cell_follows_from_all_shown_totals_together(sizes, floor):
    n = {(i, j): size for i, row in enumerate(sizes) for j, size in enumerate(row)}
    frame = pd.DataFrame({"n": np.array(list(n.values()), dtype=np.int64)}, index=pd.MultiIndex.from_tuples(n))
    hidden = [cell for cell, off in protect(frame, floor)["suppressed"].items() if off]
    assert {cell for cell, size in n.items() if 0 < size < floor} <= set(hidden)
    assert all(n[cell] for cell in hidden)
    # What follows although as much as possible is hidden follows from the totals alone.
    totals = shown_totals(frame, floor)
    hopeless = set(derivable([cell for cell, size in n.items() if size], totals))
    assert set(derivable(hidden, totals)) <= hopeless
    for axis in (0, 1):
        for place in {cell[axis] for cell in hidden}:
            line = [cell for cell in n if cell[axis] == place and n[cell]]
            off = [cell for cell in line if cell in hidden]
            assert len(off) == len(line) or (len(off) >= 2 and sum(n[cell] for cell in off) >= floor)


# --- the address


@given(
    where=st.dictionaries(
        st.sampled_from(["one", "two"]), st.sets(st.sampled_from(["a", "b", "c", "(blank)"]), min_size=1), max_size=2
    ),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
    wave=st.sets(st.sampled_from(["w1", "w2"])),
    by=st.lists(st.sampled_from(["one", "two", "wave"]), max_size=2, unique=True),
    period=st.none() | st.sampled_from(PERIODS),
    level=st.sampled_from(LEVELS) | st.integers(500, 999).map(lambda k: k / 1000),
    target=st.none() | st.integers(-1000, 1000).map(lambda k: k / 10),
    floor=st.integers(1, 20),
)
def test_the_address_gives_the_question_back(make_responses, where, start, end, wave, by, period, level, target, floor):
    survey = make_responses(
        [1, 2, 3, 4],
        one=["a", "b", "c", None],
        two=["c", "a", "b", None],
        wave=["w1", "w2", "w1", "w2"],
        when=["2024-01-01"] * 4,
    )
    question = Question(
        # Columns and values in the survey's own order, as `from_params` makes them.
        where=tuple((c, tuple(v for v in survey.values(c) if v in where[c])) for c in survey.segments if c in where),
        start=start,
        end=end,
        wave=tuple(sorted(wave)),
        by=tuple(name for name in (*survey.segments, "wave") if name in by),
        period=period,
        level=level,
        target=target,
        floor=floor,
    )
    assert Question.from_params(question.to_params(), survey) == (question, ())
