"""What a manager does, in a real browser: drop a file, read the number, filter it, send the address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import NARROW, Visitors, pick, settled, upload

# 60 answers: 30 tens, 20 eights, 10 threes → NPS (30 − 10) / 60 = +33.3; EU holds every second of each.
FILE = (
    "nps,region\n" + "".join(f"{s},{'EU' if i % 2 else 'US'}\n" for i, s in enumerate([10] * 30 + [8] * 20 + [3] * 10))
).encode()
NASTY = [
    "<img src=x onerror=\"document.title='ran'\">",
    "![pixel](http://127.0.0.1:9/pixel.png)",
    "$5 to $10",
    "=1+1",
    "**bold** :red[x]",
]
QUOTED = [text.replace('"', '""') for text in NASTY]
NASTY_FILE = (
    'nps,"kind ![p](http://127.0.0.1:9/h.png)",comment\n'
    + "".join(f'{10 - i % 4},"{QUOTED[i % 5]}","{QUOTED[i % 5]} is what I say, slow support {i}"\n' for i in range(60))
).encode()


def turn_to(page: Page, title: str) -> Page:
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    return settled(page)


def test_drop_a_file_read_the_number_filter_it(visitors: Visitors):
    page = upload(visitors.open("/"), "survey.csv", FILE)
    expect(page.get_by_text("+33.3", exact=True).first).to_be_visible()
    expect(page.get_by_text("60 answers").first).to_be_visible()
    turn_to(page, "Score")
    pick(page, "region", "EU")
    expect(page.get_by_text("30 answers").first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["f.region"] == ["EU"]
    turn_to(page, "Distribution")
    assert parse_qs(urlsplit(page.url).query)["f.region"] == ["EU"]
    page.get_by_role("button", name="Clear all filters").click()
    settled(page)
    assert "f.region" not in page.url


def test_a_samples_address_opens_the_same_view_in_another_browser(visitors: Visitors):
    page = visitors.open("/")
    page.get_by_role("button", name="Try a sample: software").click()
    turn_to(settled(page), "Score")
    pick(page, "region", "APAC")
    told = page.get_by_test_id("stMain").inner_text()
    other = visitors.open(page.url.split("/", 3)[3].join(["/", ""]))
    assert other.get_by_test_id("stMain").inner_text() == told
    assert "APAC" in other.get_by_test_id("stSidebar").inner_text()


def test_an_address_applies_to_the_same_file_elsewhere(visitors: Visitors):
    page = upload(visitors.open("/score?f.region=EU&level=90"), "survey.csv", FILE)
    expect(page.get_by_text("30 answers").first).to_be_visible()
    expect(page.get_by_text("90% range").first).to_be_visible()


def test_an_address_waits_for_its_file_while_the_reader_looks_around(visitors: Visitors):
    page = turn_to(visitors.open("/score?f.region=EU"), "Data")
    page = upload(page, "survey.csv", FILE)
    expect(page.get_by_text("30 answers").first).to_be_visible()


def test_forgetting_the_file_forgets_it(visitors: Visitors):
    page = upload(visitors.open("/score"), "survey.csv", FILE)
    page.get_by_role("button", name="Forget my file").click()
    settled(page)
    expect(page.get_by_text("No file yet.")).to_be_visible()
    expect(page.get_by_text("+33.3")).to_have_count(0)


@pytest.mark.parametrize("width", [NARROW, 1440])
def test_foreign_text_stays_text_on_every_page(visitors: Visitors, width: int):
    page = upload(visitors.open("/", width=width), "nasty.csv", NASTY_FILE)
    for title in ("Score", "Distribution", "Benchmarks", "Passives", "Words", "Comments", "Codebook"):
        if width == NARROW:
            break
        turn_to(page, title)
        if title == "Passives":
            page.get_by_role("radio", name="Service touch points").first.click()
            settled(page)
        assert page.title() == "NPS Explorer" or "ran" not in page.title()
        # The one picture of our own is the cloud of words.
        pictures = page.locator("[data-testid=stMain] img").evaluate_all("all => all.map(one => new URL(one.src).origin)")
        assert set(pictures) <= ({page.evaluate("location.origin"), "null"} if title == "Words" else set())
        assert page.locator("[data-testid=stSidebar] img[src^=http]").count() == 0
        assert page.locator(".katex").count() == 0
    assert page.title() != "ran"
    for address in visitors.strangers:
        pytest.fail(f"asked for {address}")


@pytest.mark.parametrize(
    "path", ["/", "/score", "/distribution", "/benchmarks", "/passives", "/words", "/comments", "/codebook", "/share"]
)
@pytest.mark.parametrize("sample", ["", "?sample=software"])
def test_axe_finds_nothing_of_ours(visitors: Visitors, theme: str, path: str, sample: str):
    from axe_playwright_python.sync_playwright import Axe

    page = visitors.open(path + sample, theme=theme)
    found = Axe().run(page).response["violations"]
    # Streamlit's own: the drop zone's presentation role.
    ours = {v["id"]: [n["html"][:200] for n in v["nodes"]] for v in found if v["id"] != "presentation-role-conflict"}
    assert not ours


def test_one_click_shows_the_comments_behind_a_number_and_the_address_keeps_it(visitors: Visitors):
    page = visitors.open("/passives?sample=software")
    page.get_by_role("radio", name="Value for money").first.click()
    settled(page)
    expect(page.get_by_text("different comments.").first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["behind"] == ["Value for money"]
    other = visitors.open("/passives?" + urlsplit(page.url).query)
    expect(other.get_by_text("different comments.").first).to_be_visible()


def test_the_sentences_can_be_copied(visitors: Visitors):
    page = visitors.open("/score?sample=software")
    page.get_by_role("button", name="Copy these sentences").click()
    page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").hover()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Copy to clipboard").click()
    assert "+34.2" in page.evaluate("navigator.clipboard.readText()")


def test_back_turns_the_page_back_and_keeps_the_file(visitors: Visitors):
    page = turn_to(upload(visitors.open("/"), "survey.csv", FILE), "Score")
    turn_to(page, "Distribution")
    page.go_back()
    expect(page.get_by_role("heading", name="Score", level=1)).to_be_visible()
    expect(page.get_by_text("+33.3", exact=True).first).to_be_visible()


def test_a_role_chosen_by_hand_stands_in_the_address_and_holds_on_every_page(visitors: Visitors):
    page = upload(visitors.open("/"), "two.csv", b"nps,rating,kind\n" + b"10,3,a\n9,7,b\n0,10,a\n8,9,b\n" * 5)
    page.get_by_text("Change what a column means").click()
    pick(page, "Score, 0 to 10", "rating")
    # nps: 2 of 4 promoters, 1 detractor → +25; rating: 10 and 9 against 3 → +25 too; the histogram tells them apart.
    turn_to(page, "Distribution")
    assert parse_qs(urlsplit(page.url).query)["score"] == ["rating"]
    expect(page.locator('[role=graphics-document][aria-label*=" 3: 5 (25.0%)"]').first).to_be_attached()


def test_a_download_holds_what_the_page_shows_and_no_formula(visitors: Visitors):
    page = turn_to(upload(visitors.open("/"), "nasty.csv", NASTY_FILE), "Distribution")
    page.get_by_role("combobox", name="Compare groups of").click()
    page.get_by_role("option").first.click()
    settled(page)
    page.get_by_text("The same as a table").nth(1).click()
    with page.expect_download() as waiting:
        # By key: what was just opened still slides, and a mouse may press beside it.
        page.get_by_role("button", name="Download as CSV").locator("visible=true").first.press("Enter")
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert not re.search(r"(^|,)\"?[=+@]", text, flags=re.MULTILINE)


def test_the_menu_of_a_laptop_holds_every_page(visitors: Visitors):
    page = visitors.open("/score?sample=software", width=1280, height=720)
    links = page.get_by_test_id("stTopNavLink")
    assert links.last.inner_text() == "Share"
    # What is folded away behind “more” lies unseen on the first link.
    places = [link["x"] for link in links.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")]
    assert places == sorted(set(places))
