"""A file in the making: what the reader is told while another thread makes it."""

from threading import Event, Thread

import pytest

from pages.parts import making
from pages.parts.making import Making


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(making, "QUIET", 0.0)


def told_of(watched, make):
    """What the reader is told, step by step, while another thread makes the file."""
    thread = Thread(target=watched.run, args=(make,))
    thread.start()
    yield from watched.steps()
    thread.join()


def test_each_step_is_told_until_the_file_is_made():
    watched, told, go = Making(), [], {"Groups …": Event(), "Words …": Event()}

    def make(say):
        for done, (step, seen) in enumerate(go.items()):
            say(step, done / 2)
            assert seen.wait(30)
        return b"file"

    result = []
    thread = Thread(target=lambda: result.append(watched.run(make)))
    thread.start()
    for step, done in watched.steps():
        if (step, done) not in told:
            told.append((step, done))
        if step in go:
            go[step].set()
    thread.join()
    assert result == [b"file"]
    assert [step for step in told if step[0] in go] == [("Groups …", 0.0), ("Words …", 0.5)]


def test_the_same_is_told_again_so_that_the_page_can_be_left(monkeypatch):
    monkeypatch.setattr(making, "BREATH", 0.001)
    go, told = Event(), []

    def make(say):
        say("Slides …", 0.5)
        assert go.wait(30)
        return b""

    for step in told_of(Making(), make):
        told.append(step)
        if told.count(("Slides …", 0.5)) == 3:
            go.set()
    assert told.count(("Slides …", 0.5)) >= 3


def test_what_is_quick_is_not_told(monkeypatch):
    monkeypatch.setattr(making, "QUIET", 1000.0)
    seen = Event()

    def make(say):
        say("Groups …", 0.0)
        assert not seen.wait(0.05)
        return b""

    assert list(told_of(Making(), make)) == []


def test_nothing_that_was_made_before_is_waited_for_twice(monkeypatch):
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    watched = Making()
    assert list(watched.steps()) == []  # nothing began: the page goes on
    watched.run(lambda say: b"")
    assert list(watched.steps()) == []


def test_a_file_that_fails_ends_the_telling():
    watched = Making()

    def make(say):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        watched.run(make)
    assert list(watched.steps()) == []


def test_shares_beyond_the_ends_are_kept_within():
    told, go = [], Event()

    def make(say):
        say("Slides …", 1.7)
        assert go.wait(30)
        return b""

    for step in told_of(Making(), make):
        told.append(step)
        if step[0] == "Slides …":
            go.set()
    assert ("Slides …", 1.0) in told
