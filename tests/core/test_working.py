from datetime import UTC, datetime, timedelta

import pytest

from nps_core.working import LONGEST_ID, WorkingCopies

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
HOURS = timedelta(hours=2)


@pytest.fixture
def copies():
    return WorkingCopies(HOURS, most_bytes=1000)


def test_a_copy_opens_for_its_owner_alone(copies):
    name, _ = copies.keep("anna", "key", [1], 10, NOW)
    assert copies.open(name, "anna", NOW)[0] == [1]
    for stranger in ("berta", "", "anna ", "ann"):
        assert copies.open(name, stranger, NOW) is None
    for odd in ("", name[:-1], name + "A", "A" * 10_000_000, "\0", "' OR 1=1"):
        assert copies.open(odd, "anna", NOW) is None


def test_an_id_has_128_random_bits(copies):
    names = {copies.keep("anna", "key", [1], 10, NOW)[0] for _ in range(200)}
    assert len(names) == 200
    # 16 bytes in base64 without padding are 22 characters.
    assert {len(name) for name in names} == {22}
    assert LONGEST_ID >= 22


def test_a_copy_is_kept_until_two_hours_after_it_was_used_last(copies):
    name, _ = copies.keep("anna", "key", [1], 10, NOW)
    assert copies.open(name, "anna", NOW + timedelta(hours=1.5))
    assert copies.open(name, "anna", NOW + timedelta(hours=3))
    assert copies.open(name, "anna", NOW + timedelta(hours=5)) is None
    assert (len(copies), copies.size) == (0, 0)


def test_purging_lets_go_without_anybody_asking(copies):
    copies.keep("anna", "key", [1], 10, NOW)
    assert copies.purge(NOW + HOURS) == 1
    assert (len(copies), copies.size) == (0, 0)


def test_identical_uploads_are_held_once(copies):
    first, one = copies.keep("anna", "key", [1], 600, NOW)
    second, other = copies.keep("berta", "key", [1], 600, NOW)
    assert one is other
    assert (len(copies), copies.size) == (2, 600)
    copies.forget(first, "anna")
    assert copies.open(second, "berta", NOW)[0] is one
    copies.forget(second, "berta")
    assert (len(copies), copies.size, copies.known("key")) == (0, 0, None)


def test_nobody_forgets_what_is_somebody_elses(copies):
    name, _ = copies.keep("anna", "key", [1], 10, NOW)
    copies.forget(name, "berta")
    assert copies.open(name, "anna", NOW)


def test_another_reading_takes_the_place_of_the_first_and_keeps_what_was_noted(copies):
    name, _ = copies.keep("anna", "key", [1], 10, NOW)
    copies.open(name, "anna", NOW)[1]["books"] = "mine"
    same, _ = copies.keep("anna", "other key", [2], 10, NOW, under=name)
    assert same == name
    assert copies.open(name, "anna", NOW) == ([2], {"books": "mine"})
    assert (len(copies), copies.size) == (1, 10)


def test_nobody_puts_a_content_in_the_place_of_somebody_elses(copies):
    name, _ = copies.keep("anna", "key", [1], 10, NOW)
    other, _ = copies.keep("berta", "other key", [2], 10, NOW, under=name)
    assert other != name
    assert copies.open(name, "anna", NOW)[0] == [1]


def test_when_memory_is_full_what_was_not_used_for_longest_goes(copies):
    names = [copies.keep("anna", key, [key], 400, NOW)[0] for key in "ab"]
    copies.open(names[0], "anna", NOW)
    copies.keep("anna", "c", ["c"], 400, NOW)
    assert [copies.open(name, "anna", NOW) is not None for name in names] == [True, False]
    assert copies.size == 800


def test_what_is_larger_than_all_there_is_room_for_is_not_kept(copies):
    assert copies.keep("anna", "key", [1], 1001, NOW) == ("", [1])
    assert (len(copies), copies.size) == (0, 0)
