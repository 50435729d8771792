"""Whoever has the link can lock its passcode for others; not for a browser that has given the right one before."""

from datetime import UTC, datetime, timedelta

import pytest

from nps_core.errors import NotAvailable, PasscodeNeeded, WrongPasscode
from nps_core.hosted import Known, Terms, change, numbers_only, open_shared, share, unchanged
from nps_core.hosted.known import MOST
from nps_core.settings import Settings
from nps_core.store.store import TRIES
from tests.conftest import build_responses

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
PASSCODE, MINE, THEIRS = "larch-in-autumn", "m" * 32, "t" * 32


@pytest.fixture
def links(store):
    numbers = numbers_only(build_responses([9, 3] * 30))
    return share(store, numbers, Terms("numbers"), b"o" * 32, Settings(), NOW, PASSCODE)


def guess(store, links, known, browser=THEIRS, at=NOW):
    with pytest.raises((WrongPasscode, NotAvailable)) as raised:
        open_shared(store, links.link, at, "another one", known=known, browser=browser)
    return raised.type


def entered(store, links, known, browser=MINE, at=NOW):
    return open_shared(store, links.link, at, PASSCODE, known=known, browser=browser)


def test_who_gave_the_right_one_opens_while_strangers_are_shut_out(store, links):
    known = Known()
    opened = entered(store, links, known)
    assert [guess(store, links, known) for _ in range(TRIES)] == [WrongPasscode] * TRIES
    assert entered(store, links, known)
    assert unchanged(store, links.link, opened.stamp, NOW)  # and whoever has it open keeps it open
    with pytest.raises(PasscodeNeeded):  # it is asked for again, as ever
        open_shared(store, links.link, NOW, known=known, browser=MINE)
    # Everybody else still sees the calm page, with the right passcode too, and without a cookie.
    for other in (THEIRS, ""):
        with pytest.raises(NotAvailable):
            entered(store, links, known, other)


def test_opening_it_meanwhile_lets_no_stranger_guess_again(store, links):
    known = Known()
    entered(store, links, known)
    for _ in range(TRIES):
        guess(store, links, known)
    entered(store, links, known)
    assert guess(store, links, known) is NotAvailable
    assert guess(store, links, known, at=NOW + timedelta(minutes=14)) is NotAvailable
    assert guess(store, links, known, at=NOW + timedelta(minutes=15)) is WrongPasscode


def test_a_wrong_one_ends_it(store, links):
    known = Known()
    entered(store, links, known)
    for _ in range(TRIES):
        guess(store, links, known)
    assert guess(store, links, known, MINE) is WrongPasscode
    assert guess(store, links, known, MINE) is NotAvailable
    with pytest.raises(NotAvailable):
        entered(store, links, known)


def test_another_passcode_is_another_lock(store, links):
    known = Known()
    opened = entered(store, links, known)
    change(store, links.manage, opened.terms, NOW, passcode="spruce-in-spring")
    for _ in range(TRIES):
        guess(store, links, known)
    with pytest.raises(NotAvailable):
        open_shared(store, links.link, NOW, "spruce-in-spring", known=known, browser=MINE)
    assert not unchanged(store, links.link, opened.stamp, NOW)


def test_a_right_one_at_the_tenth_try_opens_for_all(store, links):
    for _ in range(TRIES - 1):
        guess(store, links, Known())
    assert entered(store, links, Known(), "")
    assert guess(store, links, Known()) is WrongPasscode


def test_it_is_bounded_and_the_oldest_goes_first():
    known = Known()
    for i in range(MOST + 1):
        known.remember(f"browser {i}", b"link", b"lock")
    assert not known.knows("browser 0", b"link", b"lock")
    assert known.knows(f"browser {MOST}", b"link", b"lock")
    assert not known.knows(f"browser {MOST}", b"other", b"lock")
    known.remember("", b"link", b"lock")
    assert not known.knows("", b"link", b"lock")
