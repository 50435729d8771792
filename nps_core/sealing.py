"""Secrets of hosted views: tokens, what is stored of them, and the seal on everything else.

Every view has a random key of its own that seals its data and its terms (AES-256-GCM). That key is stored twice, each time
locked with something that is never stored: the token of the link (with the passcode, if there is one), and the token of the
manage link. So a passcode can change without the data being sealed anew, and whoever takes the database reads nothing.

Bytes of a seal: version, nonce (12), ciphertext with tag. Bytes of a lock: version, kind, Argon2's time, memory (KiB) and lanes,
salt (16), then a seal. The view's id, the version and the part it plays are bound to each seal as associated data.
"""

import hashlib
import hmac
import secrets
import struct
import unicodedata
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nps_core.errors import SealBroken

VERSION = 1
TOKEN_BYTES = 24  # 192 random bits
ID_BYTES = KEY_SALT = 16
KEY_BYTES = 32
NONCE_BYTES = 12
PASSCODE_LONGEST = 200  # characters; more is no passcode
OPEN, PASSCODE = 0, 1  # kinds of lock
_NAME = b"nps-explorer"
_LOCK = struct.Struct(f">BBBIB{KEY_SALT}s")
_AT_ONCE = BoundedSemaphore(2)  # passcodes that are stretched at the same time: bounds the memory that guessing can claim


class Stretch(NamedTuple):
    """What stretching a passcode costs: passes, memory in KiB, lanes. RFC 9106, section 4, the second recommended choice."""

    time: int = 3
    memory: int = 65_536
    lanes: int = 4


MOST = Stretch(time=10, memory=262_144, lanes=8)  # a stored lock that asks for more was tampered with


def new_token() -> str:
    """A fresh secret for an address: 192 random bits, 32 characters that need no escaping."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_id() -> bytes:
    """A fresh id of a view. It is no secret."""
    return secrets.token_bytes(ID_BYTES)


def new_key() -> bytes:
    """A fresh key for what a view holds."""
    return secrets.token_bytes(KEY_BYTES)


def digest(secret: str, purpose: str) -> bytes:
    """What is stored of a random secret (32 bytes): enough to find it again, nothing to open anything with.

    The purpose keeps a link's digest apart from a manage link's and from a browser's, and all of them apart from the keys.
    """
    return hmac.digest(secret.encode("utf-8", "replace"), _NAME + b" digest " + purpose.encode(), hashlib.sha256)


def seal(key: bytes, data: bytes, view: bytes, part: str) -> bytes:
    """Data that only this key opens again, and only as this part of this view."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([VERSION]) + nonce + AESGCM(key).encrypt(nonce, data, _bound(view, part))


def unseal(key: bytes, sealed: bytes, view: bytes, part: str) -> bytes:
    """What was sealed. Raises SealBroken where the bytes, the key, the view or the part are not the ones it was sealed with."""
    if sealed[:1] != bytes([VERSION]):
        raise SealBroken
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _bound(view, part))
    except (InvalidTag, ValueError):  # ValueError: cut shorter than a nonce
        raise SealBroken from None


def _bound(view: bytes, part: str, more: bytes = b"") -> bytes:
    return b"|".join((_NAME, bytes([VERSION]), view.hex().encode(), part.encode(), more.hex().encode()))


def lock(key: bytes, token: str, view: bytes, part: str, passcode: str = "", cost: Stretch = Stretch()) -> bytes:
    """The key of a view, locked with a token and, where there is one, a passcode."""
    passcode = tidy(passcode)
    head = _LOCK.pack(VERSION, PASSCODE if passcode else OPEN, *cost, secrets.token_bytes(KEY_SALT))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(_key_of(head, token, view, passcode)).encrypt(nonce, key, _bound(view, part, head))


def unlock(locked: bytes, token: str, view: bytes, part: str, passcode: str = "") -> bytes:
    """The key of a view. Raises SealBroken where token, passcode, view or part are not those it was locked with."""
    head, rest = locked[: _LOCK.size], locked[_LOCK.size :]
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    opener = AESGCM(_key_of(head, token, view, tidy(passcode)))
    try:
        return opener.decrypt(nonce, ciphertext, _bound(view, part, head))
    except (InvalidTag, ValueError):
        raise SealBroken from None


def decoy() -> bytes:
    """A lock that nothing opens, and that takes as long to try as a real one: stands in for a view that is not there."""
    return lock(new_key(), new_token(), new_id(), "decoy")[: _LOCK.size + NONCE_BYTES] + secrets.token_bytes(KEY_BYTES + 16)


def asks_passcode(locked: bytes) -> bool:
    """Whether this lock wants a passcode."""
    return len(locked) > 1 and locked[1] == PASSCODE


def tidy(passcode: str) -> str:
    """A passcode as it is used: without blanks around it, and the same however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", passcode[:PASSCODE_LONGEST]).strip()


def _key_of(head: bytes, token: str, view: bytes, passcode: str) -> bytes:
    """The key that a lock's head, a token and a passcode stand for.

    A passcode is stretched whenever one is handed in, also where the lock wants none, so that the time taken tells nothing.
    """
    try:
        version, kind, *cost, salt = _LOCK.unpack(head)
    except struct.error:
        raise SealBroken from None
    if version != VERSION or any(not 1 <= asked <= most for asked, most in zip(cost, MOST, strict=True)):
        raise SealBroken
    stretched = _stretched(passcode, salt, Stretch(*cost)) if passcode else b""
    material = token.encode("utf-8", "replace") + (stretched if kind == PASSCODE else b"")
    return HKDF(SHA256(), KEY_BYTES, salt=salt, info=_bound(view, "key", bytes([kind]))).derive(material)


def _stretched(passcode: str, salt: bytes, cost: Stretch) -> bytes:
    with _AT_ONCE:
        return hash_secret_raw(passcode.encode("utf-8", "replace"), salt, cost.time, cost.memory, cost.lanes, KEY_BYTES, Type.ID)
