"""Trend, Segments and the digest in a real browser: the address, links that keep what was chosen, and what axe finds."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.shared import alike
from tests.browser.test_journey import NASTY_FILE, turn_to
from tests.browser.visit import NARROW, WIDE, Visitors, pick, settled, upload

# Plans stand out, and are not the first column; `when` gives two months that do not differ.
FILE = "nps,when,side,plan\n" + "".join(
    f"{(2, 9, 9, 8)[i % 4] if i % 8 > 3 else (10, 9, 8, 9)[i % 4]},2025-0{1 + i // 200}-1{i % 9},{'LR'[i // 8 % 2]},"
    f"{'Basic' if i % 8 > 3 else 'Pro'}\n"
    for i in range(400)
)


def address(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_finding_leads_to_the_page_that_shows_it_and_the_file_stays(visitors: Visitors):
    page = upload(visitors.open("/"), "survey.csv", FILE.encode())
    expect(page.get_by_text("Beyond noise, allowing for all").first).to_be_visible()
    page.get_by_role("link", name="See the groups").first.click()
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()
    settled(page)
    assert address(page)["by"] == ["plan"]
    expect(page.get_by_text("“Basic”").first).to_be_visible()
    expect(page.get_by_text("survey.csv").first).to_be_visible()


def test_a_finding_keeps_the_filters(visitors: Visitors):
    page = visitors.open("/?sample=software&f.region=EMEA&f.region=NA")
    page.get_by_role("link", name="See the groups").first.click()
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()
    settled(page)
    assert address(page)["f.region"] == ["EMEA", "NA"]


def test_events_are_typed_and_stand_in_the_address(visitors: Visitors):
    page = visitors.open("/trend?sample=software")
    box = page.get_by_role("combobox", name="Events to mark")
    box.fill("2024-12-01 New price")
    page.keyboard.press("Enter")
    settled(page)
    assert address(page)["event"] == ["2024-12-01 New price"]
    expect(page.get_by_text("New price", exact=True).first).to_be_visible()  # on the picture
    other = visitors.open("/trend?" + urlsplit(page.url).query)
    expect(other.get_by_text("New price", exact=True).first).to_be_visible()


def test_what_was_chosen_opens_elsewhere(visitors: Visitors):
    page = visitors.open("/segments?sample=software")
    for title, choices in (
        ("Segments", {"Groups of": "region", "Crossed with": "plan"}),
        ("Trend", {"Periods of a": "quarter", "Each point is": "rolling, over 2"}),
    ):
        turn_to(page, title)
        for label, option in choices.items():
            pick(page, label, option)
            page.wait_for_url(lambda url, option=option: [option] in parse_qs(urlsplit(url).query).values())  # type: ignore[misc]
        alike(page, visitors.open(f"/{title.lower()}?{urlsplit(page.url).query}"))


def test_foreign_text_stays_text(visitors: Visitors):
    page = upload(visitors.open("/"), "nasty.csv", NASTY_FILE)
    for title in ("Trend", "Segments"):
        turn_to(page, title)
        assert page.title() != "ran"
        assert page.locator("[data-testid=stMain] img, .katex").count() == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize(
    "path",
    [
        "/trend?sample=software&target=45&event=2024-12-01 New price",
        "/trend?sample=software&each=wave&apart=what comments say",
        "/segments?sample=software",
        "/segments?sample=software&by=plan&cross=region",
        "/?sample=software",
    ],
)
def test_axe_finds_nothing_of_ours(visitors: Visitors, theme: str, path: str, width: int):
    from axe_playwright_python.sync_playwright import Axe

    page = visitors.open(path, theme=theme, width=width)
    violations = Axe().run(page).response["violations"]
    # Streamlit's own: the drop zone's presentation role.
    ours = {v["id"]: [n["html"][:300] for n in v["nodes"]] for v in violations if v["id"] != "presentation-role-conflict"}
    assert not ours


def test_no_picture_reaches_beyond_a_phone(visitors: Visitors):
    for path in ("/trend?sample=software&each=day", "/segments?sample=software&by=plan&cross=region"):
        page = visitors.open(path, width=NARROW)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= NARROW + 1, re.sub(r"\?.*", "", path)
