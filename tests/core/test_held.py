"""Readers of one process share what they have open: decoded once, and gone when the view is, or when nobody has it open."""

import gc
import threading
from datetime import UTC, datetime, timedelta

import pytest

from nps_core.errors import NotAvailable, PasscodeNeeded, WrongPasscode
from nps_core.hosted import Held, Terms, let_go, numbers_only, open_shared, revoke, share, sharing
from nps_core.settings import Settings
from tests.conftest import build_responses

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def decoded(monkeypatch):
    """How often a payload was decoded."""
    times, own = [], sharing.decode
    monkeypatch.setattr(sharing, "decode", lambda data: times.append(1) or own(data))
    return times


def shared(store, passcode=""):
    numbers = numbers_only(build_responses([9, 3] * 30))
    return share(store, numbers, Terms("numbers"), b"o" * 32, Settings(), NOW, passcode)


def test_many_readers_share_what_was_decoded_once(store, decoded):
    held, links = Held(), shared(store)
    opened = [open_shared(store, links.link, NOW, held=held) for _ in range(5)]
    assert len(decoded) == 1
    assert all(one.payload is opened[0].payload for one in opened)
    another = open_shared(store, shared(store).link, NOW, held=held)
    assert another.payload is not opened[0].payload
    assert len(decoded) == 2


def test_what_others_have_open_opens_for_nobody_without_the_passcode(store):
    held, links = Held(), shared(store, "larch-in-autumn")
    kept = open_shared(store, links.link, NOW, "larch-in-autumn", held=held)
    with pytest.raises(PasscodeNeeded):
        open_shared(store, links.link, NOW, held=held)
    with pytest.raises(WrongPasscode):
        open_shared(store, links.link, NOW, "spruce-in-spring", held=held)
    assert open_shared(store, links.link, NOW, "larch-in-autumn", held=held).payload is kept.payload


def test_a_view_that_takes_long_to_decode_holds_up_no_other():
    held, begun, go_on = Held(), threading.Event(), threading.Event()
    slow, quick = (numbers_only(build_responses([9, 3] * 30)) for _ in range(2))

    def slowly():
        begun.set()
        assert go_on.wait(60)
        return slow

    got = []
    first = threading.Thread(target=lambda: got.append(held.payload(b"slow", b"key", slowly)))
    first.start()
    assert begun.wait(60)
    # Were there one turn for all views, this would wait for the slow one, which waits for this.
    other = threading.Thread(target=lambda: got.append(held.payload(b"quick", b"key", lambda: quick)))
    other.start()
    other.join(60)
    assert got == [quick]
    # Who comes second for the same view waits for it, and decodes nothing.
    second = threading.Thread(target=lambda: got.append(held.payload(b"slow", b"key", lambda: pytest.fail("decoded twice"))))
    second.start()
    go_on.set()
    first.join(60)
    second.join(60)
    assert got == [quick, slow, slow]
    assert held.names() == {b"slow", b"quick"}


def test_what_cannot_be_decoded_leaves_the_turn_to_the_next():
    held, numbers = Held(), numbers_only(build_responses([9, 3] * 30))
    with pytest.raises(ValueError, match="no payload"):
        held.payload(b"link", b"key", lambda: (_ for _ in ()).throw(ValueError("no payload")))
    assert held.payload(b"link", b"key", lambda: numbers) is numbers


@pytest.mark.parametrize("how", ["revoked", "expired", "nobody has it open"])
def test_it_is_forgotten_when_the_view_is(store, how):
    held, links, now = Held(), shared(store), NOW
    kept = open_shared(store, links.link, NOW, held=held)
    assert len(held.names()) == 1
    if how == "revoked":
        revoke(store, links.manage, NOW)
        with pytest.raises(NotAvailable):
            open_shared(store, links.link, NOW, held=held)
    elif how == "expired":
        now = NOW + timedelta(days=31)
        let_go(store, held, NOW)
        assert held.names(), "a view that lives is not let go of"
        let_go(store, held, now)
    else:
        del kept
        gc.collect()
    assert not held.names()
