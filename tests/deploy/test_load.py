"""Many at once: 50 readers open a view through one server while 50 others share; no error, and how long it takes."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from benchmarks.visitor import Visitor
from nps_core.hosted import Terms, numbers_and_comments, numbers_only, open_shared, owner_digest, share
from nps_core.reading import read
from nps_core.samples import load
from nps_core.settings import Settings
from nps_core.store import open_store
from tests.browser.visit import serving
from tests.deploy.services import note

READERS = 50
ROOMY = Settings(browser_max_views=10_000, store_max_mb=10_000)


def p95(seconds):
    return statistics.quantiles(seconds, n=20)[-1]


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path, database):
    return f"sqlite:///{tmp_path}/store.sqlite3" if request.param == "sqlite" else database


@pytest.fixture(scope="module")
def survey():
    return read([load("software")])


def test_fifty_share_and_fifty_open_at_once(url, survey):
    store, now = open_store(url), datetime.now(UTC)
    payload = numbers_and_comments(survey, str)
    first = share(store, payload, Terms("comments"), owner_digest("first"), ROOMY, now)

    def opening(_):
        return timed(lambda: open_shared(store, first.link, datetime.now(UTC)))

    def sharing(i):
        return timed(lambda: share(store, payload, Terms("comments"), owner_digest(f"{i}"), ROOMY, datetime.now(UTC)))

    with ThreadPoolExecutor(2 * READERS) as pool:
        opened, shared = pool.map(opening, range(READERS)), pool.map(sharing, range(READERS))
        opened, shared = list(opened), list(shared)
    store.close()
    kind = url.split(":")[0]
    note(f"{kind}: {READERS} opens and {READERS} shares at once, p95 {p95(opened):.2f} s and {p95(shared):.2f} s, no error")


def test_fifty_readers_open_a_view_on_one_server(url, survey, tmp_path):
    store = open_store(url)
    numbers = numbers_only(survey, dimensions=("plan", "region"))
    link = share(store, numbers, Terms("numbers"), owner_digest("load"), ROOMY, datetime.now(UTC)).link
    store.close()

    def visit(_):
        def open_it():
            with Visitor(server.url, f"view={link}"):  # raises where the page fails
                pass

        return timed(open_it)

    with serving(tmp_path / "log.txt", NPS_STORE_URL=url) as server:
        visit(0)
        with ThreadPoolExecutor(READERS) as pool:
            seconds = list(pool.map(visit, range(READERS)))
        assert server.log.count('"event": "opened"') == READERS + 1
        assert "Error" not in server.log
    note(f"{url.split(':')[0]}: {READERS} readers open the first page of a view on one server at once, p95 {p95(seconds):.1f} s")
