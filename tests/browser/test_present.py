"""Presenting in a real browser: turned by keys, kept by a reload and by the address, readable, and left again."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shared import go, share
from tests.browser.test_journey import NASTY_FILE, turn_to
from tests.browser.visit import Visitors, pick, settled, upload

EVERY = ["score", "passives", "band", "comments", "trend", "segments"]
ROOM = {"width": 1920, "height": 1080}  # a projector


def slide(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("slide", [""])[0]


def press(page: Page, key: str) -> Page:
    page.keyboard.press(key)
    page.wait_for_timeout(150)
    return settled(page)


def at(page: Page, key: str, place: str) -> None:
    expect(page.get_by_text(place, exact=True)).to_be_visible()
    assert slide(page) == key


@pytest.mark.parametrize(("forth", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp"), (" ", "PageUp")])
def test_keys_turn_the_slides_to_the_end_and_back(visitors: Visitors, forth: str, back: str):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    for place, key in enumerate(EVERY, start=1):
        at(page, key, f"{place} of 6")
        press(page, forth)
    at(page, "segments", "6 of 6")  # beyond the last there is none
    press(page, back)
    at(page, "trend", "5 of 6")


def test_a_button_that_was_pressed_does_not_turn_twice_by_the_space_bar(visitors: Visitors):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    page.get_by_role("button", name="Next").first.click()
    settled(page)
    at(page, "passives", "2 of 6")
    press(page, " ")
    at(page, "band", "3 of 6")


def test_escape_and_the_button_leave(visitors: Visitors):
    for leave in ("key", "button"):
        page = visitors.open("/meeting?sample=software&slide=band", **ROOM)
        if leave == "key":
            press(page, "Escape")
        else:
            page.get_by_role("button", name="Leave").click()
        expect(page.get_by_role("heading", name="Meeting", level=1)).to_be_visible()
        assert slide(settled(page)) == ""
        expect(page.get_by_test_id("stSidebar")).to_be_visible()


def fills(page: Page, wanted: bool) -> None:
    page.wait_for_function("wanted => Boolean(document.fullscreenElement) === wanted", arg=wanted)


def test_the_key_f_fills_the_screen_and_escape_leaves_it_before_the_slides(visitors: Visitors):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    expect(page.get_by_text("F full screen")).to_be_visible()
    press(page, "f")
    fills(page, True)
    press(page, "ArrowRight")
    at(page, "passives", "2 of 6")
    fills(page, True)
    press(page, "Escape")
    fills(page, False)
    at(page, "passives", "2 of 6")
    press(page, "F")
    fills(page, True)
    press(page, "f")
    fills(page, False)
    press(page, "Escape")
    expect(page.get_by_role("heading", name="Meeting", level=1)).to_be_visible()
    press(page, "f")  # off the stage it is a letter like any other
    fills(page, False)


def test_the_button_fills_the_screen_and_leaving_the_slides_leaves_it(visitors: Visitors):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    page.get_by_role("button", name="Full screen").click()
    fills(page, True)
    settled(page).get_by_role("button", name="Leave").click()
    fills(page, False)
    expect(page.get_by_role("heading", name="Meeting", level=1)).to_be_visible()
    # Once more: what listens does so once, so that a press is not taken back at once.
    settled(page).get_by_role("button", name="Start the presentation").click()
    expect(page.get_by_text("1 of 6", exact=True)).to_be_visible()
    press(settled(page), "f")
    fills(page, True)


def test_a_letter_that_is_typed_fills_nothing(visitors: Visitors):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    page.get_by_role("button", name="Filters").click()
    settled(page).get_by_role("combobox", name="region").press_sequentially("f")
    fills(page, False)
    expect(page.get_by_role("combobox", name="region")).to_have_value("f")


def test_where_the_browser_lets_no_page_fill_the_screen_nothing_is_offered(visitors: Visitors):
    page = visitors.open("/?sample=software", **ROOM)
    refuse = "Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => false })"  # as in a frame without it
    page.add_init_script(refuse)
    page.reload()
    settled(page).get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("1 of 6", exact=True)).to_be_visible()
    expect(settled(page).get_by_role("button", name="Full screen")).to_be_hidden()
    expect(page.get_by_text("F full screen")).to_be_hidden()
    press(page, "f")
    fills(page, False)
    at(page, "score", "1 of 6")


def test_a_browser_that_refuses_says_nothing(visitors: Visitors):
    page = visitors.open("/?sample=software", **ROOM)
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not now'))")
    page.reload()
    settled(page).get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("1 of 6", exact=True)).to_be_visible()
    press(settled(page), "f")
    at(page, "score", "1 of 6")  # and the visitors' complaints stay empty


def test_a_reload_keeps_the_slide_and_the_file(visitors: Visitors):
    rows = "nps,kind\n" + "".join(f"{(10, 9, 8, 3)[i % 4]},{'ab'[i // 4 % 2]}\n" for i in range(80))
    page = upload(visitors.open("/", **ROOM), "survey.csv", rows.encode())
    page.get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
    press(settled(page), "PageDown")
    at(page, "passives", "2 of 4")
    page.reload()
    at(settled(page), "passives", "2 of 4")
    expect(page.get_by_text("survey.csv · n = 80").first).to_be_visible()


def test_the_address_opens_the_same_slide_elsewhere(visitors: Visitors):
    page = turn_to(visitors.open("/?sample=software", **ROOM), "Trend")
    pick(page, "Periods of a", "quarter")
    pick(page, "region", "APAC")
    page.get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("1 of 6", exact=True)).to_be_visible()
    settled(page)
    for _ in range(4):
        press(page, "ArrowRight")
    told = page.get_by_test_id("stMain").inner_text()
    assert "“2025-Q2”" in told  # what was chosen on the page Trend holds
    assert "region: APAC" in told
    other = visitors.open("/meeting?" + urlsplit(page.url).query, **ROOM)
    assert other.get_by_test_id("stMain").inner_text() == told


def test_filters_work_on_the_stage_and_hold_after_it(visitors: Visitors):
    page = visitors.open("/meeting?sample=software&slide=score", **ROOM)
    page.get_by_role("button", name="Filters").click()
    settled(page)
    pick(page, "region", "APAC")
    expect(page.get_by_text("region: APAC").first).to_be_visible()
    query = parse_qs(urlsplit(page.url).query)
    assert query["f.region"] == ["APAC"]
    assert query["slide"] == ["score"]
    press(page, "Escape")  # closes the filters, where that of `pick` has not, and does not leave
    expect(page.get_by_role("combobox", name="region")).to_have_count(0)
    at(page, "score", "1 of 6")
    press(page, "ArrowRight")
    assert parse_qs(urlsplit(page.url).query)["f.region"] == ["APAC"]
    page.get_by_role("button", name="Leave").click()
    turn_to(settled(page), "Score")
    assert "APAC" in page.get_by_test_id("stSidebar").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", EVERY)
def test_a_slide_fills_the_window_and_nothing_else_is_seen(visitors: Visitors, theme: str, key: str):
    page = visitors.open(f"/meeting?sample=software&target=45&slide={key}", theme, **ROOM)
    for part in ("stSidebar", "stHeader", "stToolbar", "stMainMenu"):
        shown = page.get_by_test_id(part)
        assert not [i for i in range(shown.count()) if shown.nth(i).is_visible()], part
    assert page.get_by_text("NPS Explorer ·").count() == 0
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => [main.scrollWidth, main.scrollHeight]") == [ROOM["width"], ROOM["height"]]
    # A letter of 1/50 of the height is read from the back of a room as deep as eight screens are high.
    letters = page.locator(".st-key-slide h1, .st-key-slide-said [data-testid=stText]")
    sizes = letters.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= ROOM["height"] / 50
    # No two of: title, words, pictures, source, bar, hint, menus lie over one another.
    boxes = page.locator(
        ".st-key-slide h1, .st-key-slide-number, .st-key-slide-said, svg.marks, .st-key-slide-source, .st-key-slide-bar, "
        ".st-key-slide-hint, .st-key-slide-corner, .st-key-slide-choices"
    ).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    for i, one in enumerate(boxes):
        assert one["right"] <= ROOM["width"]
        assert one["bottom"] <= ROOM["height"]
        for other in boxes[i + 1 :]:
            apart = (
                one["bottom"] <= other["top"] + 1
                or other["bottom"] <= one["top"] + 1
                or one["right"] <= other["left"] + 1
                or other["right"] <= one["left"] + 1
            )
            assert apart or not (one["height"] and other["height"]), (one, other)


@pytest.mark.parametrize("path", ["", "&slide=score", "&slide=passives", "&slide=comments", "&slide=segments"])
def test_axe_finds_nothing_of_ours(visitors: Visitors, theme: str, path: str):
    from axe_playwright_python.sync_playwright import Axe

    page = visitors.open(f"/meeting?sample=software{path}", theme, 1920, 1400)
    violations = Axe().run(page).response["violations"]
    # Streamlit's own: the drop zone's presentation role.
    ours = {v["id"]: [n["html"][:300] for n in v["nodes"]] for v in violations if v["id"] != "presentation-role-conflict"}
    assert not ours


def test_foreign_text_stays_text_on_slides(visitors: Visitors):
    page = upload(visitors.open("/", **ROOM), "survey.csv", NASTY_FILE)
    page.get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("1 of ", exact=False).first).to_be_visible()
    for _ in range(4):
        press(settled(page), "ArrowRight")
        assert page.title() != "ran"
        assert page.locator("[data-testid=stMain] img, .katex").count() == 0


@pytest.mark.parametrize("carries", ["Numbers only", "Numbers and comments"])
def test_a_shared_view_presents(visitors: Visitors, carries: str):
    page = go(visitors.open("/?sample=software"), "Score")
    links = share(page, carries, "Score", title="First quarter")
    other = visitors.open(links.link, **ROOM)
    other.get_by_role("link", name="Present", exact=True).click()
    expect(other.get_by_text("1 of 6", exact=True)).to_be_visible()
    for place in range(2, 7):
        press(settled(other), "PageDown")
        expect(other.get_by_text(f"{place} of 6", exact=True)).to_be_visible()
    expect(other.get_by_text("First quarter · n = 1,200").first).to_be_visible()
