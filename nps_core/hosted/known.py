"""Browsers that have given the right passcode of a view: while others' wrong guesses lock it, they may still open it.

Kept in the memory of one process: after a restart, or on another server, such a browser waits as everybody does.
"""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

MOST = 10_000  # browsers and views; the one that came longest ago goes first


class Known:
    """Which browsers gave which passcodes, as digests of browser, link and lock: another passcode is another lock."""

    def __init__(self) -> None:
        self._names: OrderedDict[bytes, None] = OrderedDict()
        self._turn = Lock()

    def remember(self, browser: str, link: bytes, lock: bytes) -> None:
        """This browser opened this lock of the link with this digest; a browser without a cookie is nobody."""
        if browser:
            with self._turn:
                self._names[_name(browser, link, lock)] = None
                self._names.move_to_end(_name(browser, link, lock))
                while len(self._names) > MOST:
                    self._names.popitem(last=False)

    def knows(self, browser: str, link: bytes, lock: bytes) -> bool:
        """Whether it did."""
        return bool(browser) and _name(browser, link, lock) in self._names

    def forget(self, browser: str, link: bytes, lock: bytes) -> None:
        """It gave a wrong one: from now on it waits as everybody does."""
        with self._turn:
            self._names.pop(_name(browser, link, lock), None)


def _name(browser: str, link: bytes, lock: bytes) -> bytes:
    return sha256(b"".join(sha256(part).digest() for part in (browser.encode("utf-8", "replace"), link, lock))).digest()
