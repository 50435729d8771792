"""A file in the making: one thread makes it and says what it is at, another one tells the reader.

Nothing of Streamlit. One `Making` serves one button of one visit.
"""

import time
from collections.abc import Callable, Iterator
from threading import Lock

Say = Callable[[str, float], None]  # told the step in words, and how much is done (0..1)
QUIET = 1.0  # seconds before anything is said: what is quick needs no words
PATIENCE = 2.0  # seconds to wait for the making to begin: the press begins both, and either may come first
PAUSE = 0.1  # seconds between two looks


class Making:
    """What is being done, and how far it is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running = self._begun = 0
        self._seen = 0  # how many had begun when somebody last watched
        self._at = ("Making the file …", 0.0)

    def run(self, make: Callable[[Say], bytes]) -> bytes:
        """What `make` gives; while it works, `steps` tells what it says."""
        with self._lock:
            self._running, self._begun, self._at = self._running + 1, self._begun + 1, ("Making the file …", 0.0)
        try:
            return make(self._say)
        finally:
            with self._lock:
                self._running -= 1

    def _say(self, step: str, done: float) -> None:
        with self._lock:
            self._at = (step, min(max(done, 0.0), 1.0))

    def steps(self) -> Iterator[tuple[str, float]]:
        """What is being done, again and again until it is done; nothing of what takes less than `QUIET` seconds."""
        start = time.monotonic()
        while not self._came() and time.monotonic() - start < PATIENCE:
            time.sleep(PAUSE)
        while self._running:
            if time.monotonic() - start >= QUIET:
                yield self._at
            time.sleep(PAUSE)

    def _came(self) -> bool:
        """Whether one began since somebody last watched."""
        with self._lock:
            came, self._seen = self._begun > self._seen, self._begun
            return came
