"""What the browser tests of hosted views do again and again: share what is open, and open what was shared. No test."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.visit import PATIENCE, pick, settled

SPAN = "[data-testid=stMain]"
CHART = f"{SPAN} [data-testid=stVegaLiteChart]"
Lines = Callable[[str], bool]  # some of the lines of a page


@dataclass(frozen=True)
class Shared:
    """The addresses that the page Share gave, as paths on whatever server."""

    link: str
    manage: str
    snippet: str


def go(page: Page, title: str) -> Page:
    """Turn to a page by the menu."""
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    return settled(page)


def share(page: Page, carries: str = "Numbers only", opens_on: str = "", **terms: str | bool) -> Shared:
    """Press Share, choose, and read the links. Terms: title, note, passcode, domain, fixed,
    downloads."""
    go(page, "Share")
    page.get_by_role("radio", name=re.compile(f"^{carries}(?! and)")).check(force=True)
    settled(page)
    if opens_on:
        pick(page, "Page it opens on", opens_on)
    if terms.get("fixed"):
        page.get_by_role("radio", name=re.compile("The filters stay")).check(force=True)
        settled(page)
    for label, key in (("Title", "title"), ("A note to the reader", "note"), ("Passcode, or none", "passcode")):
        if key in terms:
            page.get_by_label(label, exact=True).first.fill(str(terms[key]))
    if "domain" in terms:
        page.get_by_role("combobox", name="Only for signed-in people of").click()
        page.get_by_role("option", name=str(terms["domain"])).click()
        page.keyboard.press("Escape")
    if terms.get("downloads") is False:
        page.get_by_role("checkbox", name="Its reader may download tables").uncheck(force=True)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="Your link")).to_be_visible()
    settled(page)
    page.get_by_text("Show the view in a page of your own").click()
    codes = page.get_by_test_id("stMain").get_by_test_id("stCode")
    expect(codes.nth(2)).to_be_visible()
    link, manage, snippet = (codes.nth(i).inner_text().strip() for i in range(3))
    return Shared(path_of(link), path_of(manage), snippet)


def path_of(address: str) -> str:
    """The part of an address that is the same on every server."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def told(page: Page) -> str:
    """What a page says."""
    return settled(page).get_by_test_id("stMain").inner_text()


def drawn(page: Page) -> list[str]:
    """What the pictures of a page say to a screen reader, once all of them are drawn."""
    page.wait_for_function(f"() => [...document.querySelectorAll('{CHART}')].every(one => one.querySelector('svg, canvas'))")
    return page.locator(f"{CHART}, {CHART} [aria-label], {SPAN} img").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label') ?? one.getAttribute('alt'))"
    )


def seen(page: Page) -> tuple[list[str], list[str]]:
    """What a page says, line by line, and what its pictures say."""
    pictures = drawn(page)
    return [line for line in told(page).splitlines() if line.strip()], pictures


def alike(one: Page, other: Page, fewer: Lines | None = None, more: Lines | None = None) -> list[str]:
    """Wait until two pages say and show the same; the lines of the second.

    Each shows what a busy server has sent so far, so they are looked at until they agree. Where they never do, the last
    difference is told. `fewer` are lines that the second may lack, `more` lines that it may have beside.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        own, others = seen(one), seen(other)
        if own == others or ((fewer or more) and own[1] == others[1] and _fits(own[0], others[0], fewer, more)):
            return others[0]
        assert time.monotonic() < deadline, "\n".join(
            unified_diff([*own[0], *own[1]], [*others[0], *others[1]], "one", "other", n=0)
        )
        other.wait_for_timeout(250)


def _fits(own: list[str], others: list[str], fewer: Lines | None, more: Lines | None) -> bool:
    """Whether lines differ no more than they may."""
    missing, further = [line for line in own if line not in others], [line for line in others if line not in own]
    return all(fewer and fewer(line) for line in missing) and all(more and more(line) for line in further)
