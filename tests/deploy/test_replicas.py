"""Two replicas behind nginx on one PostgreSQL: the same view on both, and on one while the other dies."""

import re
import signal
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.browser.shared import go, share, told
from tests.browser.test_journey import FILE, pick
from tests.browser.visit import Visitors, serving, settled, upload
from tests.deploy.services import nginx

WORDS = b"nps,comment\n" + b"".join(b"%d,Wilhelmina says support is slow %d\n" % (10 - i % 4, i) for i in range(60))


@pytest.fixture(scope="module")
def house(database, tmp_path_factory):
    """Two replicas and the proxy in front of them."""
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        replicas = [
            stack.enter_context(serving(folder / name / "log.txt", NPS_STORE_URL=database))
            for name in ("first", "second")
            if not (folder / name).mkdir()
        ]
        hosts = [urlsplit(replica.url).netloc for replica in replicas]
        address = stack.enter_context(nginx(folder / "nginx", hosts))
        yield replace(replicas[0], url=address), replicas, folder


def test_shared_through_the_proxy_and_there_after_a_replica_died(visitors: Visitors, house, database):
    front, replicas, folder = house
    page = upload(visitors.open("/", server=front), "survey.csv", FILE)
    pick(go(page, "Score"), "region", "EU")
    own, links = told(page), share(page, "Numbers and comments", "Score", title="A title nobody else has")
    for replica in replicas:  # the same view on both, to the digit
        assert told(visitors.open(links.link, server=replica)) == own
    readers = [visitors.open(links.link, server=front) for _ in range(4)]
    replicas[0].process.send_signal(signal.SIGKILL)
    replicas[0].process.wait()
    for reader in readers:  # in use while it died: a reload at the latest shows the view again
        reader.reload()
        assert told(settled(reader)) == own
        go(reader, "Distribution")
        assert "30 answers" in told(go(reader, "Score"))
    assert told(visitors.open(links.link, server=front)) == own
    secret = parse_qs(urlsplit(links.link).query)["view"][0]
    manage = parse_qs(urlsplit(links.manage).query)["key"][0]
    logs = "".join(
        path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file() and path.suffix in (".log", ".txt")
    )
    assert re.search(r'"GET /score" 200', logs), "the proxy logs nothing: this test shows nothing"
    for kept_out in (secret, manage, "region", "A title nobody else has"):
        assert kept_out not in logs
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT * FROM view, sealed WHERE view.id = sealed.view").fetchall()
    stored = b"\0".join(bytes(x) if isinstance(x, bytes) else str(x).encode() for row in rows for x in row)
    assert rows
    for kept_out in (secret, manage, "survey.csv", "A title nobody else has"):
        assert kept_out.encode() not in stored
