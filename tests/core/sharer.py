"""Shares and is killed at it: `python -m tests.core.sharer URL FILE SEED ROUNDS`. No test; `test_store` looks at what is left.

With rounds, a child shares on and on, and is killed at a random point of it, ROUNDS times; where the points lie follows from how
long a share takes here, so that a slow machine or database is hit in the middle too. Without, it shares five times.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

from nps_core.store import Limits, NewView, open_store

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
ROOM = Limits(10**7, 10**6, 10**10, 10**6, 10**10)
FIRST = 3  # shares that are timed


def share(url: str, said: str, many: int, ready: int | None = None) -> None:
    """Share so many times, and write down each that the store confirmed."""
    store, out = open_store(url), os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    if ready is not None:
        os.write(ready, b".")
    for _ in range(many):
        data, names = os.urandom(300_000), [os.urandom(32) for _ in range(6)]
        one = NewView(os.urandom(16), names[0], names[1], b"me", *names[2:], data, NOW + timedelta(days=1))
        store.create(one, ROOM, NOW)
        os.write(out, one.id.hex().encode() + b"\n")  # said only once the store has said so
    store.close()
    os.close(out)


def killed(url: str, said: str, chance: random.Random, longest: float) -> None:
    """One child that shares until it is killed: while it opens the store, or at some point of its shares."""
    ready, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            share(url, said, 1000, tell)
        finally:
            os._exit(1)
    os.close(tell)
    if chance.random() < 0.8:
        os.read(ready, 1)
    time.sleep(chance.uniform(0, longest))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ready)
    assert os.WIFSIGNALED(status), status


def main(url: str, said: str, seed: int, rounds: int) -> None:
    """The rounds, or five shares."""
    if not rounds:
        share(url, said, 5)
        return
    share(url, said, 1)  # makes the tables
    begin = time.perf_counter()
    share(url, said, FIRST)
    each = (time.perf_counter() - begin) / FIRST
    chance = random.Random(seed)
    for _ in range(rounds):
        killed(url, said, chance, longest=4 * each)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
