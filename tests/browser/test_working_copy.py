"""A working copy: the file stays through a reload, a way back and a lost connection, and opens in this browser alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import FILE, turn_to
from tests.browser.visit import Visitors, pick, settled, upload

SECRET = b"nps,comment\n" + b"".join(b"%d,my name is Wilhelmina and support is slow %d\n" % (10 - i % 4, i) for i in range(60))


def path_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}"


def test_a_reload_keeps_the_file_and_the_filters(visitors: Visitors):
    page = turn_to(upload(visitors.open("/"), "survey.csv", FILE), "Score")
    pick(page, "region", "EU")
    told = page.get_by_test_id("stMain").inner_text()
    page.reload()
    assert settled(page).get_by_test_id("stMain").inner_text() == told
    assert "30 answers" in told


def test_the_way_back_from_elsewhere_keeps_the_file(visitors: Visitors):
    page = turn_to(upload(visitors.open("/"), "survey.csv", FILE), "Score")
    page.goto("about:blank")
    page.go_back()
    expect(settled(page).get_by_text("60 answers").first).to_be_visible()


def test_a_lost_connection_keeps_the_file(visitors: Visitors):
    page = turn_to(upload(visitors.open("/"), "survey.csv", FILE), "Score")
    page.context.set_offline(True)
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    turn_to(settled(page), "Distribution")
    page.reload()
    expect(settled(page).get_by_role("heading", name="Distribution", level=1)).to_be_visible()
    expect(page.get_by_text("No file yet.")).to_have_count(0)


def test_what_was_chosen_and_another_tab_are_kept(visitors: Visitors):
    page = upload(visitors.open("/"), "survey.csv", FILE)
    other = page.context.new_page()
    other.goto(page.url)
    expect(settled(other).get_by_text("+33.3", exact=True).first).to_be_visible()


@pytest.mark.parametrize("start", ["/", "/score", "/comments"])
def test_a_stranger_is_told_that_it_is_private_and_sees_nothing(visitors: Visitors, start: str):
    page = upload(visitors.open("/"), "secret.csv", SECRET)
    name = parse_qs(urlsplit(page.url).query)["copy"][0]
    other = visitors.open(f"{start}?copy={name}")
    expect(other.get_by_text("This is a private working copy")).to_be_visible()
    expect(other.get_by_text("press Share")).to_be_visible()
    seen = other.content()
    assert "Wilhelmina" not in seen
    assert "secret.csv" not in seen
    # A stranger can go on with a file of their own, and the owner's stays the owner's.
    upload(other, "survey.csv", FILE)
    expect(other.get_by_text("This is a private working copy")).to_have_count(0)
    page.reload()
    expect(settled(page).get_by_text("secret.csv").first).to_be_visible()


def test_an_unknown_copy_is_told_the_same(visitors: Visitors):
    told = {visitors.open(f"/?copy={name}").get_by_test_id("stMain").inner_text() for name in ("A" * 22, "x", "A" * 5000)}
    page = upload(visitors.open("/"), "secret.csv", SECRET)
    told.add(visitors.open(path_of(page)).get_by_test_id("stMain").inner_text())
    assert len(told) == 1


def test_forgetting_lets_go_of_the_copy_too(visitors: Visitors):
    page = upload(visitors.open("/"), "survey.csv", FILE)
    address = page.url
    page.get_by_role("button", name="Forget my file").click()
    settled(page)
    assert "copy=" not in page.url
    page.goto(address)
    expect(settled(page).get_by_text("This is a private working copy")).to_be_visible()


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(visitors: Visitors):
    page = visitors.open("/")
    cookie = next(one for one in page.context.cookies() if one["name"] == "nps_browser")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert len(cookie["value"]) == 32
    assert "nps_browser" not in page.evaluate("document.cookie")
    page.reload()
    assert next(one for one in page.context.cookies() if one["name"] == "nps_browser")["value"] == cookie["value"]
