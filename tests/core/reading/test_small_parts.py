"""Natural order, bands, ids as numbers, the reader's choices: the small parts that reading is made of."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.reading.bands import band_codes, band_edges, band_names
from nps_core.reading.choices import CHOICE_KEYS, Choices
from nps_core.reading.identity import hash_ids
from nps_core.reading.natural import in_order


@pytest.mark.parametrize(
    "ordered",
    [
        ["2H19", "1H20", "2H20"],
        ["Q4 2023", "Q1 2024", "Q2 2024"],
        ["2023-Q4", "2024-Q1"],
        ["4Q23", "1Q24"],
        ["T4 2023", "T1 2024"],
        ["2023-12", "2024-01"],
        ["12/2023", "01/2024"],
        ["Dec 2023", "Jan 2024"],
        ["March", "April", "September"],
        ["janvier", "février", "août", "décembre"],
        ["März 24", "Mai 24", "Okt 24"],
        ["Wave 9", "Wave 10"],
        ["9", "10", "100"],
        ["-1", "0", "2.5", "10"],
        ["1", "2", "3+"],
        ["Alpha", "beta", "Gamma"],
        ["0-6 months", "6-12 months", "more"],
    ],
)
def test_natural_order(ordered):
    assert in_order(reversed(ordered)) == ordered
    assert in_order(sorted(ordered)) == ordered


@given(st.lists(st.text(max_size=8)))
def test_order_never_fails_and_loses_nothing(texts):
    assert sorted(in_order(texts)) == sorted(set(texts))


numbers = st.lists(st.floats(-1e9, 1e9) | st.just(float("nan")), min_size=1, max_size=300)


@given(numbers)
def test_bands_hold_every_number_once(values):
    array = np.array(values)
    edges = band_edges(array)
    if not edges:
        assert len(set(array[~np.isnan(array)])) <= 1
        return
    names, codes = band_names(edges), band_codes(array, edges)
    assert len(names) == len(edges) + 1 <= 6
    assert list(edges) == sorted(set(edges))
    for value, code in zip(values, codes, strict=True):
        if np.isnan(value):
            assert code == len(names)
        else:
            assert code == 0 or value >= edges[code - 1]
            assert code == len(edges) or value < edges[code]
    assert set(codes) - {len(names)} == set(range(len(names))), "no band is empty"


def test_band_names_read_well():
    assert band_names((10, 25)) == ["under 10", "10 to under 25", "25 and above"]
    assert band_names((0.5, 1500)) == ["under 0.5", "0.5 to under 1,500", "1,500 and above"]


def test_edges_are_round():
    # Tenures of 0 to 96 months, each as often: sextiles at 16, 32, 48, 64, 80.
    assert band_edges(np.arange(97.0)) == (15, 30, 50, 60, 80)


def hashed(*texts):
    return hash_ids(pa.chunked_array([pa.array(texts, pa.large_string())])).tolist()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=90), min_size=1, max_size=30))
def test_equal_ids_and_only_they_get_equal_numbers(texts):
    texts = [text.strip().replace("@", "a") for text in texts]
    found = dict(zip(texts, hashed(*texts), strict=True))
    assert hashed(*texts) == [found[text] for text in texts]
    named = {text: number for text, number in found.items() if number}
    assert len(set(named.values())) == len(named)


def test_ids_of_19_digits_are_told_apart_and_do_not_pass_through_a_float():
    # 2**60 and 2**60 + 1 are the same double.
    one, two = hashed(str(2**60), str(2**60 + 1))
    assert one != two


def test_the_numbers_are_the_same_in_every_run():
    # Recorded from the first version: respondents are followed over files and releases.
    assert hashed("C-1447") == [HASH_OF_C_1447]


HASH_OF_C_1447 = 17709063284796364480


def test_blank_ids_are_nobody_and_spaces_do_not_matter():
    assert hashed("", "NA", " ", "n/a", "-") == [0] * 5
    assert len(set(hashed("Ann@x.org", " ann@X.ORG "))) == 1
    assert len(set(hashed("A1", "a1"))) == 2


@pytest.mark.parametrize(
    "choices",
    [
        Choices(),
        Choices(
            score="nps", comments=("why", "what else"), date="when", respondent="id", wave="w", segments=("a", "b"), sheet="S"
        ),
        Choices(comments=(), date="", respondent="", wave="", segments=(), repeats="latest"),
    ],
)
def test_choices_travel_in_the_address(choices):
    params = choices.to_params()
    assert Choices.from_params(params) == choices
    assert set(params) <= set(CHOICE_KEYS)
    assert hash(choices) == hash(Choices.from_params(params))


def test_an_address_made_by_somebody_else_does_no_harm():
    params = {"score": ["x" * 1000], "comment": ["y" * 1000, "why"], "repeats": ["sometimes"], "segment": [], "other": ["z"]}
    assert Choices.from_params(params) == Choices(comments=("why",))
    with pytest.raises(ValueError, match="all, latest"):
        Choices(repeats="sometimes")


def test_texts_are_not_read_as_missing():
    assert pd.Series(["NA"], dtype="str").isna().sum() == 0  # what the whole room relies on
