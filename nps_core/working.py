"""Working copies: what readers have open, kept in memory for a while, each under a random id that opens for its owner alone.

An owner is known by a secret of their browser. The same content handed in by several readers is held once. Nothing is written
anywhere. The clock is handed in; times know their zone.
"""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")
ID_BYTES = 16  # 128 random bits
LONGEST_ID = 40  # characters; what is longer is no id of ours


@dataclass
class _Copy:
    owner: bytes
    key: Hashable
    until: datetime
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Content(Generic[T]):
    value: T
    size: int
    used: int = 0  # by how many copies


class WorkingCopies(Generic[T]):
    """What readers have open.

    Parameters
    ----------
    lifetime : timedelta
        How long a copy is kept after it was last used.
    most_bytes : int
        How much all contents may take together; the copies that were not used for longest go first.
    """

    def __init__(self, lifetime: timedelta, most_bytes: int) -> None:
        self.lifetime, self._most = lifetime, most_bytes
        self._copies: dict[str, _Copy] = {}  # the one used last stands last
        self._contents: dict[Hashable, _Content[T]] = {}
        self._lock = Lock()

    def known(self, key: Hashable) -> T | None:
        """What somebody already holds under this key, so that it need not be made again."""
        with self._lock:
            found = self._contents.get(key)
            return found.value if found else None

    def keep(self, owner: str, key: Hashable, content: T, size: int, now: datetime, under: str = "") -> tuple[str, T]:
        """Keep a content for its owner; the id it opens with, and the content as it is held.

        `under` is an id of the same owner whose content this one takes the place of. `size` is in bytes. What is larger than all
        contents may be together is not kept: its id is ''.
        """
        with self._lock:
            self._purge(now)
            if size > self._most:
                return "", content
            before = self._own(under, owner)
            held = self._contents.setdefault(key, _Content(content, size))
            held.used += 1
            extras = before.extras if before else {}
            if before:
                self._drop(under)
            name = under if before else secrets.token_urlsafe(ID_BYTES)
            self._copies[name] = _Copy(owner.encode(), key, now + self.lifetime, extras)
            while self.size > self._most:
                self._drop(next(iter(self._copies)))
            return name, held.value

    def open(self, name: str, owner: str, now: datetime) -> tuple[T, dict[str, Any]] | None:
        """What is kept under an id, with what else the owner noted; None for everybody else, and once the time is over.

        Opening counts as use: the time begins anew.
        """
        with self._lock:
            self._purge(now)
            found = self._own(name, owner)
            if found is None:
                return None
            found.until = now + self.lifetime
            self._copies[name] = self._copies.pop(name)
            return self._contents[found.key].value, found.extras

    def forget(self, name: str, owner: str) -> None:
        """Let go of a copy, if it is this owner's."""
        with self._lock:
            if self._own(name, owner):
                self._drop(name)

    def purge(self, now: datetime) -> int:
        """Let go of every copy whose time is over; how many there were."""
        with self._lock:
            return self._purge(now)

    @property
    def size(self) -> int:
        """Bytes of all contents."""
        return sum(content.size for content in self._contents.values())

    def __len__(self) -> int:
        return len(self._copies)

    def _own(self, name: str, owner: str) -> _Copy | None:
        found = self._copies.get(name) if len(name) <= LONGEST_ID else None
        return found if found and owner and compare_digest(found.owner, owner.encode()) else None

    def _purge(self, now: datetime) -> int:
        over = [name for name, copy in self._copies.items() if copy.until <= now]
        for name in over:
            self._drop(name)
        return len(over)

    def _drop(self, name: str) -> None:
        key = self._copies.pop(name).key
        self._contents[key].used -= 1
        if not self._contents[key].used:
            del self._contents[key]
