import json

import pytest

from nps_core.errors import SealBroken, UnknownValue
from nps_core.hosted.terms import Terms, checked, from_bytes, to_bytes

TERMS = Terms("numbers", page="score", params={"f.Region": ("North", "South")}, title="Q1", note="Read\nthis", days=7, fixed=True)


def test_terms_are_the_same_after_the_journey():
    assert from_bytes(to_bytes(TERMS)) == TERMS


def test_terms_of_an_earlier_or_later_version_can_be_read():
    said = json.loads(to_bytes(TERMS))
    del said["domains"]
    assert from_bytes(json.dumps(said | {"later": 1}).encode()) == TERMS


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"params": 1}', b'{"params": {}}', b"\xff", b"[" * 100_000, b" " * 2_000_000]
)
def test_what_are_no_terms_say_so(data):
    with pytest.raises(SealBroken):
        from_bytes(data)


def test_title_and_note_are_plain_text():
    got = checked(Terms("numbers", title=" Q1\x00\n report\u202e ", note="line one\r\nline\ttwo\x1b[31m"))
    assert (got.title, got.note) == ("Q1 report", "line one\nlinetwo[31m")


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "everything"},
        {"page": "../secrets"},
        {"page": "score\n"},
        {"days": 2},
        {"days": 90},  # the operator allows 30
        {"floor": 4},
        {"title": "t" * 121},
        {"note": "n" * 2001},
        {"params": {"f.A": ("x" * 501,)}},
        {"params": {"f.A": tuple("x" * 201)}},
    ],
)
def test_terms_out_of_bounds_are_refused(changed):
    with pytest.raises(UnknownValue):
        checked(Terms(**({"kind": "numbers"} | changed)), longest=30)
