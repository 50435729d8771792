"""The browser, the server and the visitors of the browser tests. No Chromium is a failure, never a skip: `chromium.HELP`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.visit import PATIENCE, THEMES, Server, Visitors, serving

expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium a test process; pages are kept apart by contexts."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.HELP, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most tests share; somebody may have been there before."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own that nobody has visited yet."""
    with serving(tmp_path / "log.txt") as running:
        yield running


@pytest.fixture
def visitors(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    """Opens pages; afterwards nothing may have asked another host, and no script may have failed in any page."""
    visitors = Visitors(browser, lambda: request.getfixturevalue("server"))
    yield visitors
    visitors.leave()
    assert not visitors.strangers, f"a page asked for another host: {visitors.strangers}"
    assert not visitors.complaints, f"a page complained: {visitors.complaints}"


@pytest.fixture
def open_page(visitors: Visitors) -> Callable[..., Page]:
    """`Visitors.open`: a page of the shared server by its path, settled; theme, width and height can be named."""
    return visitors.open


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    """Each theme in turn."""
    return str(request.param)
