"""Whatever the bytes: a table and a survey, or one of our own errors, never another exception. `make fuzz` goes on from here."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.inputs import TEXTS, damaged, own_seeds, survey_holds, table_holds

SEEDS = [data for data in own_seeds() if len(data) < 2000]


@st.composite
def mutated(draw):
    return damaged(draw(st.sampled_from(SEEDS)), SEEDS, draw(st.randoms(use_true_random=False)))


@settings(max_examples=150)
@given(st.binary(max_size=300) | mutated())
def test_any_bytes_give_a_table_or_an_error_of_ours(data):
    table_holds(data)


@settings(max_examples=80)
@given(mutated())
def test_any_bytes_give_a_survey_or_an_error_of_ours(data):
    survey_holds(data)


def test_the_fuzzer_begins_with_surveys_workbooks_and_archives():
    found = own_seeds()
    assert set(TEXTS) <= set(found)
    assert len(found) > 40
    assert {data[:2] for data in found} >= {b"PK", b"\x1f\x8b", b"\xd0\xcf"}
    assert sum(survey_holds(data, deep=0) == "read" for data in found) > 30


def test_damage_is_the_same_for_the_same_chance():
    one, other = (damaged(SEEDS[0], SEEDS, random.Random(7)) for _ in range(2))
    assert one == other != SEEDS[0]
