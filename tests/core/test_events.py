from datetime import date

from nps_core.events import LONGEST, MOST, events


def test_events_stand_in_the_order_of_time_each_once():
    found, notices = events(["2025-03-01 New  price", "2024-01-31", "2025-03-01 New price"])
    assert [(event.day, event.text) for event in found] == [
        (date(2024, 1, 31), "2024-01-31"),
        (date(2025, 3, 1), "New price"),
    ]
    assert notices == ()


def test_what_is_no_day_is_said_and_what_is_too_long_is_cut():
    found, notices = events(["2025-02-30 no such day", "x" * 500, f"2025-01-01 {'y' * 500}"])
    assert len(found) == 1
    assert len(found[0].text) == LONGEST
    assert len(notices) == 2
    assert max(map(len, notices)) < 200


def test_of_many_events_the_first_are_shown():
    found, notices = events([f"2025-01-{day:02d} e" for day in range(1, 31)])
    assert len(found) == MOST
    assert len(notices) == 1
