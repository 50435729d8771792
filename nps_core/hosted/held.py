"""What the readers of one process have open, so that many with the same link share one payload, decoded once."""

from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from weakref import WeakValueDictionary

from nps_core.hosted.payload import Payload


class Turn:
    """One view's turn: who comes second for the same view waits, and finds it decoded; other views are not kept waiting."""

    def __init__(self) -> None:
        self.lock = Lock()


class Held:
    """Payloads by the digest of their link, each as long as some reader has it open and until it is dropped.

    It is asked only after the store handed out the sealed data and link and passcode opened their key. Both are part of what a
    payload is found by: whoever could not open it finds nothing here, and what was changed in the store is not found either.
    """

    def __init__(self) -> None:
        self._payloads: WeakValueDictionary[tuple[bytes, bytes], Payload] = WeakValueDictionary()
        self._turns: WeakValueDictionary[tuple[bytes, bytes], Turn] = WeakValueDictionary()
        self._looking = Lock()  # held for a look at the two lists, never while something is decoded

    def payload(self, link: bytes, secret: bytes, make: Callable[[], Payload]) -> Payload:
        """The payload of the link with this digest, made only where nobody has it open.

        `secret` is the key and what is sealed; kept is only a digest of it. Raises what `make` raises.
        """
        name = (link, sha256(secret).digest())
        with self._looking:
            turn = self._turns.get(name)
            if turn is None:
                turn = self._turns[name] = Turn()
        with turn.lock:
            found = self._payloads.get(name)
            if found is None:
                found = make()
                with self._looking:
                    self._payloads[name] = found
            return found

    def names(self) -> set[bytes]:
        """The digests of the links of all that is held."""
        with self._looking:
            return {link for link, _ in list(self._payloads)}

    def drop(self, link: bytes) -> None:
        """Forget what the link with this digest opened: it ran out or was revoked."""
        with self._looking:
            for name in [name for name in list(self._payloads) if name[0] == link]:
                self._payloads.pop(name, None)
