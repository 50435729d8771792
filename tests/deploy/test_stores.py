"""The tests of the store and of sharing once more, on PostgreSQL; and 200 kills in the middle of shares, on both databases."""

import os
import random
import subprocess
import sys

import pytest

from tests.browser.visit import ROOT
from tests.core.stores import fresh_url
from tests.core.test_store import confirmed, sharer, whole
from tests.deploy.services import note

KILLS = 200


def test_the_same_tests_pass_on_postgresql(database):
    suites = [f"tests/core/test_{name}.py" for name in ("store", "sharing")]
    command = [sys.executable, "-m", "pytest", "-q", "-k", "postgresql", *suites]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"NPS_TEST_POSTGRES": database}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    note(f"PostgreSQL: the tests of store and sharing: {done.stdout.strip().splitlines()[-1]}")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_hundred_kills_tear_nothing_and_lose_nothing_confirmed(kind, database, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.core.stores.POSTGRES", database)
    said = tmp_path / "confirmed"
    with fresh_url(kind, tmp_path) as url:
        killed = sharer(url, said, seed=random.randrange(10**6), rounds=KILLS)
        assert killed.wait(1200) == 0, killed.stderr.read()
        there, told = whole(url), confirmed(said)
    assert told <= there
    assert len(there - told) <= KILLS
    assert len(told) > 4, "no share got through between the kills"
    note(f"{kind}: {KILLS} kills, {len(told)} shares confirmed, {len(there)} there and whole, {len(told - there)} lost")
