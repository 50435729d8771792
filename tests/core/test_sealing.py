import re

import pytest

from nps_core import sealing
from nps_core.errors import SealBroken
from nps_core.sealing import MOST, Stretch, asks_passcode, decoy, digest, lock, new_id, new_key, new_token, seal, unlock, unseal

CHEAP = Stretch(time=1, memory=8, lanes=1)  # the least Argon2 allows: tests ask whether it is used, not what it costs
KEY, TOKEN, VIEW = new_key(), new_token(), new_id()
SECRET = "Zoë waited three weeks for an answer".encode()


def test_tokens_are_long_random_and_need_no_escaping():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    # 24 bytes are 192 bits; 4 characters carry 3 bytes.
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)
    assert sealing.TOKEN_BYTES * 8 >= 128


def test_a_digest_is_always_the_same_and_differs_by_purpose():
    assert digest(TOKEN, "link") == digest(TOKEN, "link")
    assert len({digest(TOKEN, "link"), digest(TOKEN, "manage"), digest(TOKEN, "owner"), digest(new_token(), "link")}) == 4
    assert TOKEN.encode() not in digest(TOKEN, "link")
    assert len(digest("\ud800 is no text", "link")) == 32  # an address can hold anything


def test_what_was_sealed_opens_again_and_shows_nothing():
    sealed = seal(KEY, SECRET, VIEW, "data")
    assert unseal(KEY, sealed, VIEW, "data") == SECRET
    assert SECRET not in sealed
    assert sealed != seal(KEY, SECRET, VIEW, "data")  # never the same nonce


@pytest.mark.parametrize(
    ("key", "view", "part"),
    [(new_key(), VIEW, "data"), (KEY, new_id(), "data"), (KEY, VIEW, "terms"), (KEY, VIEW, "")],
    ids=["key", "view", "part", "no part"],  # the keys are random, the names of tests are not
)
def test_another_key_view_or_part_opens_nothing(key, view, part):
    with pytest.raises(SealBroken):
        unseal(key, seal(KEY, SECRET, VIEW, "data"), view, part)


def test_every_changed_byte_and_every_cut_is_noticed():
    sealed = seal(KEY, SECRET, VIEW, "data")
    for place in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(KEY, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], VIEW, "data")
        with pytest.raises(SealBroken):
            unseal(KEY, sealed[:place], VIEW, "data")
    with pytest.raises(SealBroken):
        unseal(KEY, sealed + b"\0", VIEW, "data")


@pytest.mark.parametrize("passcode", ["", "correct horse"])
def test_a_lock_opens_with_its_own_token_and_passcode_only(passcode):
    locked = lock(KEY, TOKEN, VIEW, "link", passcode, CHEAP)
    assert asks_passcode(locked) is bool(passcode)
    assert unlock(locked, TOKEN, VIEW, "link", passcode) == KEY
    assert KEY not in locked
    wrong = [(new_token(), VIEW, "link", passcode), (TOKEN, new_id(), "link", passcode), (TOKEN, VIEW, "manage", passcode)]
    wrong += [(TOKEN, VIEW, "link", "correct hors"), (TOKEN, VIEW, "link", "")] if passcode else []
    for token, view, part, tried in wrong:
        with pytest.raises(SealBroken):
            unlock(locked, token, view, part, tried)


@pytest.mark.parametrize("passcode", ["", "correct horse"])
def test_every_changed_byte_of_a_lock_and_every_cut_is_noticed(passcode):
    locked = lock(KEY, TOKEN, VIEW, "link", passcode, CHEAP)
    for place in range(len(locked)):
        with pytest.raises(SealBroken):
            unlock(locked[:place] + bytes([locked[place] ^ 1]) + locked[place + 1 :], TOKEN, VIEW, "link", passcode)
        with pytest.raises(SealBroken):
            unlock(locked[:place], TOKEN, VIEW, "link", passcode)


def test_a_lock_cannot_be_made_cheaper_or_ask_for_all_memory():
    head = list(sealing._LOCK.unpack(lock(KEY, TOKEN, VIEW, "link", "correct horse", CHEAP)[: sealing._LOCK.size]))
    rest = lock(KEY, TOKEN, VIEW, "link", "correct horse", CHEAP)[sealing._LOCK.size :]
    for place, value in ((1, sealing.OPEN), (2, MOST.time + 1), (3, MOST.memory + 1), (4, MOST.lanes + 1), (2, 0)):
        changed = [*head[:place], value, *head[place + 1 :]]
        with pytest.raises(SealBroken):
            unlock(sealing._LOCK.pack(*changed) + rest, TOKEN, VIEW, "link", "correct horse")


def test_a_passcode_is_the_same_however_a_keyboard_composes_it():
    locked = lock(KEY, TOKEN, VIEW, "link", "caf\u00e9 au lait", CHEAP)
    assert unlock(locked, TOKEN, VIEW, "link", " cafe\u0301 au lait ") == KEY


def test_a_decoy_looks_like_a_lock_and_opens_with_nothing():
    assert len(decoy()) == len(lock(KEY, TOKEN, VIEW, "link"))
    with pytest.raises(SealBroken):
        unlock(decoy(), TOKEN, VIEW, "link", "")


def test_the_usual_cost_is_memory_hard():
    # RFC 9106, section 4, second recommended choice: 3 passes, 64 MiB, 4 lanes.
    assert Stretch() == (3, 64 * 1024, 4)
