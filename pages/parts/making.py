"""A file in the making: one thread makes it and says what it is at, another one tells the reader.

Nothing of Streamlit. One `Making` serves one button of one visit.
"""

import time
from collections.abc import Callable, Iterator
from threading import Condition

Say = Callable[[str, float], None]  # told the step in words, and how much is done (0..1)
QUIET = 1.0  # seconds before anything is said: what is quick needs no words
PATIENCE = 2.0  # seconds to wait for the making to begin: the press begins both, and either may come first
BREATH = 0.5  # seconds after which the same is told again: only a run that tells something can be left for another page


class Making:
    """What is being done, and how far it is."""

    def __init__(self) -> None:
        self._changed = Condition()  # told of every change of what follows
        self._running = self._begun = 0
        self._seen = 0  # how many had begun when somebody last watched
        self._at = ("Making the file …", 0.0)

    def run(self, make: Callable[[Say], bytes]) -> bytes:
        """What `make` gives; while it works, `steps` tells what it says."""
        with self._changed:
            self._running, self._begun, self._at = self._running + 1, self._begun + 1, ("Making the file …", 0.0)
            self._changed.notify_all()
        try:
            return make(self._say)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _say(self, step: str, done: float) -> None:
        with self._changed:
            self._at = (step, min(max(done, 0.0), 1.0))
            self._changed.notify_all()

    def steps(self) -> Iterator[tuple[str, float]]:
        """What is being done, each step as it comes until the file is done; nothing of what takes less than `QUIET` seconds."""
        quiet = time.monotonic() + QUIET
        with self._changed:
            self._changed.wait_for(lambda: self._begun > self._seen, PATIENCE)
            self._seen = self._begun
            self._changed.wait_for(lambda: not self._running, max(0.0, quiet - time.monotonic()))
        told = None
        while told := self._after(told):
            yield told

    def _after(self, told: tuple[str, float] | None) -> tuple[str, float] | None:
        """The step after the one that was told, or after a breath the same again; None once the file is done."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running or self._at != told, BREATH)
            return self._at if self._running else None
