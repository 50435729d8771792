"""The pages Comments and Codebook in a real browser: the address, the keyboard, foreign text, and what axe finds."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import NASTY_FILE, turn_to
from tests.browser.visit import NARROW, WIDE, Visitors, pick, settled, upload


def found(page: Page) -> str:
    return page.get_by_text(re.compile(r"comments? of .* match")).first.inner_text()


def test_words_that_are_looked_for_stand_in_the_address(visitors: Visitors):
    page = visitors.open("/comments?sample=software")
    every = found(page)
    page.get_by_role("textbox", name="Look for words").fill("support")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("find=support"))
    assert found(settled(page)) != every


def test_what_is_looked_for_opens_elsewhere(visitors: Visitors):
    page = visitors.open("/comments?sample=software&find=support")
    every = found(page)
    pick(page, "Score", "7")
    expect(page).to_have_url(re.compile("scored=7"))
    told = found(settled(page))
    assert told != every
    other = visitors.open(page.url.split("/", 3)[3].join(["/", ""]))
    assert found(other) == told


def test_a_code_in_the_address_opens_elsewhere(visitors: Visitors):
    page = visitors.open("/comments?sample=software")
    every = found(page)
    pick(page, "Carrying all of", "Wanting: Hard to use")
    told = found(page)
    assert told != every
    assert found(visitors.open(page.url.split("/", 3)[3].join(["/", ""]))) == told


def test_pages_are_turned_and_a_new_search_begins_at_the_first(visitors: Visitors):
    page = visitors.open("/comments?sample=software")
    first = page.get_by_test_id("stMain").inner_text()
    page.get_by_role("button", name=re.compile("^(Go to )?(page )?2$", re.IGNORECASE)).first.click()
    settled(page)
    assert page.get_by_test_id("stMain").inner_text() != first
    assert parse_qs(urlsplit(page.url).query)["page"] == ["2"]
    page.get_by_role("textbox", name="Look for words").fill("support")
    page.keyboard.press("Enter")
    settled(page)
    assert "page" not in parse_qs(urlsplit(page.url).query)


def test_an_edit_from_the_keyboard_counts_at_once(visitors: Visitors):
    page = visitors.open("/codebook?sample=software")
    box = page.get_by_label("Its phrases, one a line")
    box.fill("Kuvenso\nTandrilo")
    page.keyboard.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Apply to all comments").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("heading", name="What your last change did")).to_be_visible()
    turn_to(page, "Passives")
    page.get_by_text("How this was computed").click()
    expect(page.get_by_text("English, changed").first).to_be_visible()


def test_a_codebook_goes_out_and_comes_back(visitors: Visitors):
    page = visitors.open("/codebook?sample=software")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this codebook").click()
    data = waiting.value.path().read_bytes()
    other = visitors.open("/codebook?sample=software")
    upload(other, "mine.toml", data.replace(b'name = "English"', b'name = "Brought along"'), "application/toml")
    expect(other.get_by_text("“Brought along”").first).to_be_visible()
    upload(other, "![p](http://127.0.0.1:9/p.png).toml", b"name = ", "application/toml")
    expect(other.get_by_text("This codebook could not be used")).to_be_visible()
    expect(other.get_by_text("“Brought along”").first).to_be_visible()


def test_foreign_text_stays_text(visitors: Visitors):
    page = upload(visitors.open("/"), "nasty.csv", NASTY_FILE)
    for title in ("Comments", "Codebook"):
        turn_to(page, title)
        assert page.title() != "ran"
        assert page.locator("[data-testid=stMain] img, .katex").count() == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("path", ["/comments", "/codebook"])
def test_axe_finds_nothing_of_ours(visitors: Visitors, theme: str, path: str, width: int):
    from axe_playwright_python.sync_playwright import Axe

    page = visitors.open(f"{path}?sample=software", theme=theme, width=width)
    violations = Axe().run(page).response["violations"]
    # Streamlit's own: the drop zone's presentation role.
    ours = {v["id"]: [n["html"][:300] for n in v["nodes"]] for v in violations if v["id"] != "presentation-role-conflict"}
    assert not ours
