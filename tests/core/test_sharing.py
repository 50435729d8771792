"""Sharing from end to end: who holds a link that works sees the view, and nobody else learns anything."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import update

from nps_core import Question, read, sealing, tally
from nps_core.errors import (
    ExplorerError,
    NotAvailable,
    PasscodeNeeded,
    QuotaReached,
    SealBroken,
    StoreUnavailable,
    UnknownValue,
    WrongPasscode,
)
from nps_core.hosted import (
    Terms,
    change,
    extend,
    manage,
    numbers_and_comments,
    numbers_only,
    open_shared,
    owner_digest,
    revoke,
    share,
)
from nps_core.samples import load
from nps_core.settings import Settings
from nps_core.store import TRIES, open_store
from nps_core.store.schema import sealed, view
from tests.core.stores import every_byte, fresh_url

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = Settings()
PASSCODE = "larch-in-autumn"
TERMS = Terms(
    "comments", page="distribution", params={"f.plan": ("Team",)}, title="Q1 for the board", note="Look at the passives"
)


@pytest.fixture(scope="module")
def survey():
    return read([load("software")])


@pytest.fixture(scope="module")
def answers(survey):
    return numbers_and_comments(survey, str)


def shared(store, payload, passcode="", terms=TERMS, now=NOW, owner=b"o" * 32):
    return share(store, payload, terms, owner, SETTINGS, now, passcode)


@pytest.fixture
def stretched(monkeypatch):
    """How often a passcode was stretched, and at what cost; the stretching itself is made cheap."""
    done = []

    def cheap(secret, salt, time_cost, memory_cost, parallelism, hash_len, kind):
        done.append((time_cost, memory_cost, parallelism))
        return sealing.HKDF(sealing.SHA256(), hash_len, salt, b"test").derive(secret)

    monkeypatch.setattr(sealing, "hash_secret_raw", cheap)
    return done


@pytest.mark.parametrize("passcode", ["", PASSCODE])
def test_a_link_opens_the_same_view_elsewhere_and_later(store, url, survey, answers, passcode):
    links = shared(store, answers, passcode)
    store.close()
    elsewhere = open_store(url)
    opened = open_shared(elsewhere, links.link, NOW + timedelta(days=29), passcode)
    elsewhere.close()
    assert opened.terms == replace(TERMS, floor=5)
    assert opened.expires == NOW + timedelta(days=30)
    for question in (Question(), Question(by=("plan",)), Question(where=(("plan", ("Team",)),), by=("wave",))):
        pd.testing.assert_frame_equal(opened.payload.tally(question), tally(survey, question))


def test_numbers_only_are_opened_as_such(store, survey):
    numbers = numbers_only(survey, dimensions=("plan", "region"))
    opened = open_shared(store, shared(store, numbers).link, NOW)
    assert opened.terms.kind == "numbers"
    assert opened.payload.tables == numbers.tables
    assert not hasattr(opened.payload, "responses")


def test_secrets_are_not_in_what_is_printed(store, answers):
    links = shared(store, answers)
    told = repr(links) + repr(manage(store, links.manage, NOW))
    assert links.link not in told
    assert links.manage not in told


# One calm page.


def calm(call):
    with pytest.raises(NotAvailable) as raised:
        call()
    return str(raised.value), raised.value.title, raised.value.__cause__


def test_unknown_expired_revoked_and_locked_look_the_same(store, answers, stretched):
    revoked, expired, locked, code = (shared(store, answers, PASSCODE) for _ in range(4))
    revoke(store, revoked.manage, NOW)
    for _ in range(TRIES):
        with pytest.raises(WrongPasscode):
            open_shared(store, locked.link, NOW, "wrong passcode")
    late = NOW + timedelta(days=30)
    odd = ["", "x", code.manage, code.link[:-1], code.link + "A", "' OR 1=1 --", "\0", "é" * 40, "A" * 10_000_000, "\ud800"]
    seen = {calm(lambda link=link: open_shared(store, link, NOW, PASSCODE)) for link in (*odd, sealing.new_token())}
    seen.add(calm(lambda: open_shared(store, revoked.link, NOW, PASSCODE)))
    seen.add(calm(lambda: open_shared(store, expired.link, late, PASSCODE)))
    seen.add(calm(lambda: open_shared(store, locked.link, NOW, PASSCODE)))
    seen |= {calm(lambda link=link: open_shared(store, link, NOW)) for link in (revoked.link, locked.link, sealing.new_token())}
    seen |= {calm(lambda link=link: manage(store, link, NOW)) for link in (code.link, "x", sealing.new_token())}
    assert len(seen) == 1


def test_unknown_and_wrong_cost_the_same_work(store, answers, stretched, monkeypatch):
    links = shared(store, answers, PASSCODE)
    counted = []
    count_try = type(store).count_try
    monkeypatch.setattr(type(store), "count_try", lambda self, *args: counted.append(1) or count_try(self, *args))
    work = []
    for link in (links.link, sealing.new_token()):
        stretched.clear()
        counted.clear()
        with pytest.raises((WrongPasscode, NotAvailable)):
            open_shared(store, link, NOW, "wrong passcode")
        work.append((list(stretched), len(counted)))
    assert work[0] == work[1] == ([tuple(sealing.Stretch())], 1)


def test_a_view_without_a_passcode_needs_none_and_minds_none(store, answers, stretched):
    links = shared(store, answers)
    assert open_shared(store, links.link, NOW)
    assert open_shared(store, links.link, NOW, "not needed")


def test_a_view_with_a_passcode_asks_for_it_without_counting(store, answers, stretched):
    links = shared(store, answers, PASSCODE)
    for _ in range(TRIES + 2):
        with pytest.raises(PasscodeNeeded):
            open_shared(store, links.link, NOW)
    assert open_shared(store, links.link, NOW, PASSCODE)


# Attacks.


def test_brute_force_over_two_servers_ends_after_ten(store, url, answers, stretched):
    links, second = shared(store, answers, PASSCODE), open_store(url)
    outcomes = []
    for i in range(TRIES + 3):
        with pytest.raises((WrongPasscode, NotAvailable)) as raised:
            open_shared((store, second)[i % 2], links.link, NOW, f"guess {i:04d}")
        outcomes.append(raised.type)
    assert outcomes == [WrongPasscode] * 10 + [NotAvailable] * 3
    with pytest.raises(NotAvailable):  # the right one does not help while the view is locked
        open_shared(second, links.link, NOW, PASSCODE)
    assert open_shared(second, links.link, NOW + timedelta(minutes=15), PASSCODE)
    second.close()


@pytest.mark.parametrize("passcode", ["short", "     ", "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"])
def test_a_passcode_that_is_none_is_refused(store, answers, passcode):
    with pytest.raises(UnknownValue):
        shared(store, answers, passcode)


@pytest.mark.parametrize("column", ["link_lock", "terms", "data"])
@pytest.mark.parametrize("how", ["tampered", "truncated", "empty", "foreign"])
def test_what_was_changed_in_the_database_opens_nothing(store, survey, how, column):
    # Foreign is what another view holds in the same place.
    numbers = numbers_only(survey)
    links, other = (shared(store, numbers) for _ in range(2))
    one, two = (store.open_for_managing(sealing.digest(each.manage, "manage"), NOW).facts.id for each in (links, other))
    table, key = (sealed, sealed.c.view) if column == "data" else (view, view.c.id)
    with store._engine.connect().execution_options(writing=True) as connection, connection.begin():
        mine, theirs = (connection.execute(table.select().where(key == each)).one()._mapping[column] for each in (one, two))
        mine = bytes(mine)
        middle = len(mine) // 2
        tampered = mine[:middle] + bytes([mine[middle] ^ 0x40]) + mine[middle + 1 :]
        put = {"tampered": tampered, "truncated": mine[:-1], "empty": b"", "foreign": theirs}[how]
        connection.execute(update(table).where(key == one).values({column: put}))
    with pytest.raises(SealBroken) as raised:
        open_shared(store, links.link, NOW)
    assert str(raised.value) == str(SealBroken())
    assert open_shared(store, other.link, NOW)


def secrets_of(survey):
    """Every text of eight bytes or more that stands in a survey: comments, words and pairs of words of them, groups, ids."""
    frame, texts = survey.frame, set[str]()
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column].dtype):
            texts |= {str(value) for value in frame[column].dropna().unique()}
    texts |= {word for column in survey.comments for text in frame[column] for word in re.findall(r"\S+(?: \S+)?", text)}
    texts |= set(survey.segments) | {role.header for role in survey.roles} | set(survey.files)
    return {text.encode() for text in texts if len(text.encode()) >= 8}


def test_taking_the_database_gives_nothing_away(store, tmp_path, survey, answers):
    name, content = load("software")
    ids = {cell for line in content.splitlines() for cell in line.split(b",")[:1] if len(cell) >= 8}
    owner = "browser-cookie-0123456789"
    terms = TERMS
    made = [
        share(store, payload, terms, owner_digest(owner), SETTINGS, NOW, passcode, owner)
        for payload in (replace(answers, books=("Service touch points",)), numbers_only(survey, dimensions=("plan", "region")))
        for passcode in ("", PASSCODE)
    ]
    for links in made:
        change(store, links.manage, replace(terms, title="Another title"), NOW, "another passcode")
    sought = secrets_of(survey) | ids | {secret.encode() for links in made for secret in (links.link, links.manage)}
    sought |= {text.encode() for text in (PASSCODE, "another passcode", owner, terms.title, terms.note, "Another title", name)}
    sought |= {b"Service touch points", b"distribution"}
    assert len(sought) > 1000
    taken = every_byte(store, tmp_path)
    # The search finds what does lie there.
    assert store.owned(owner_digest(owner), NOW)[0].facts.id in taken
    assert not [text for text in sought if text in taken]
    # The keys are not there either: a digest opens nothing.
    kept = store.open_view(sealing.digest(made[0].link, "link"), NOW)
    for guess in (sealing.digest(made[0].link, "link"), kept.facts.id * 2, owner_digest(owner)):
        with pytest.raises(SealBroken):
            sealing.unseal(guess, kept.terms, kept.facts.id, "terms")


def test_what_is_deleted_leaves_the_file(tmp_path, answers):
    with fresh_url("sqlite", tmp_path) as url:
        store = open_store(url)
        links = shared(store, answers)
        data = store.opened(store.owned(b"o" * 32, NOW)[0].facts.id, NOW)
        pieces = [data[i : i + 16] for i in range(1000, len(data) - 16, 50_000)]
        assert any(piece in every_byte(store, tmp_path) for piece in pieces)
        revoke(store, links.manage, NOW)
        store.close()  # the last one out folds the write-ahead log into the file
        assert not any(piece in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() for piece in pieces)


# The owner.


def test_a_manage_link_tells_and_changes(store, answers, stretched):
    links = shared(store, answers)
    open_shared(store, links.link, NOW + timedelta(hours=1))
    told = manage(store, links.manage, NOW)
    assert (told.terms.title, told.link, told.passcode) == ("Q1 for the board", links.link, False)
    assert (told.facts.opens, told.facts.last_opened) == (1, NOW + timedelta(hours=1))
    change(store, links.manage, replace(told.terms, title="Q2", downloads=False, kind="numbers", days=90), NOW, PASSCODE)
    with pytest.raises(PasscodeNeeded):
        open_shared(store, links.link, NOW)
    terms = open_shared(store, links.link, NOW, PASSCODE).terms
    # What a view is and how long it lives are not changed by its terms.
    assert (terms.title, terms.downloads, terms.kind, terms.days) == ("Q2", False, "comments", 30)
    assert manage(store, links.manage, NOW).passcode
    change(store, links.manage, terms, NOW)  # the passcode stays
    assert open_shared(store, links.link, NOW, PASSCODE)
    change(store, links.manage, terms, NOW, "")
    assert open_shared(store, links.link, NOW)


def test_the_old_passcode_no_longer_opens(store, answers, stretched):
    links = shared(store, answers, PASSCODE)
    change(store, links.manage, TERMS, NOW, "another passcode")
    with pytest.raises(WrongPasscode):
        open_shared(store, links.link, NOW, PASSCODE)
    assert open_shared(store, links.link, NOW, "another passcode")


def test_extending_keeps_to_the_operators_longest(store, answers):
    links = shared(store, answers, terms=replace(TERMS, days=1))
    with pytest.raises(UnknownValue):
        extend(store, links.manage, 90, Settings(longest_expiry_days=30), NOW)
    assert extend(store, links.manage, 7, SETTINGS, NOW) == NOW + timedelta(days=7)
    assert open_shared(store, links.link, NOW + timedelta(days=6))


def test_a_revoked_view_shows_its_owner_when_and_nobody_anything(store, answers):
    links = shared(store, answers)
    revoke(store, links.manage, NOW)
    told = manage(store, links.manage, NOW)
    assert (told.facts.revoked, told.terms, told.link) == (NOW, None, "")
    calls = (
        lambda: open_shared(store, links.link, NOW),
        lambda: revoke(store, links.manage, NOW),
        lambda: change(store, links.manage, TERMS, NOW),
        lambda: extend(store, links.manage, 7, SETTINGS, NOW),
    )
    assert len({calm(call) for call in calls}) == 1


def test_what_the_operator_does_not_allow_is_not_kept(store, answers):
    with pytest.raises(UnknownValue):
        share(store, answers, replace(TERMS, days=90), b"o", Settings(longest_expiry_days=30), NOW)
    shared(store, answers)
    with pytest.raises(QuotaReached):
        share(store, answers, TERMS, b"o" * 32, Settings(browser_max_views=1), NOW)
    assert len(store.owned(b"o" * 32, NOW)) == 1


def test_a_store_that_went_away_says_so(tmp_path, answers):
    with fresh_url("sqlite", tmp_path) as url:
        store = open_store(url)
        store.close()
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        for call in (lambda: shared(store, answers), lambda: open_shared(store, sealing.new_token(), NOW)):
            with pytest.raises(StoreUnavailable):
                call()
        assert not store.ready()
        assert issubclass(StoreUnavailable, ExplorerError)
        assert not os.listdir(tmp_path)
