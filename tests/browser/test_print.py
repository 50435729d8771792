"""Pages on paper: one column as wide as the sheet, nothing cut, and nothing on it that only a screen can use."""

import pytest
from playwright.sync_api import Page

from tests.browser.visit import NARROW, WIDE, Visitors, settled

# Pixels between the browser's usual margins of about 10 mm: A4 is 210 mm wide, Letter 8.5 inches, at 96 pixels an inch.
SHEETS = {"A4": round((210 - 20) / 25.4 * 96), "Letter": round((8.5 - 20 / 25.4) * 96)}
PAGES = ("score", "distribution", "benchmarks", "trend", "segments", "passives", "words", "comments", "codebook")
# Laid out as wide as a sheet at one stroke, as printing does: no picture gets the time to draw itself anew.
WIDER = """sheet => {
    document.documentElement.style.width = sheet + 'px';
    const main = document.querySelector('[data-testid=stMain]');
    const seen = element => element.getClientRects().length && !element.closest('canvas, defs, clipPath');
    // What a picture or a table holds is cut to its frame, so the frame is what counts.
    const within = element => element.parentElement.closest('svg, [data-testid=stDataFrame]');
    return [...main.querySelectorAll('*')].filter(element => seen(element) && !within(element))
        .map(element => [element.tagName + ' ' + (element.dataset.testid || element.className), element.getBoundingClientRect()])
        .filter(([_, box]) => box.width > 1 && (box.right > sheet + 1 || box.left < -1)).map(([name, _]) => name);
}"""

# The height of each picture and the sizes of its letters, as they stand on a sheet so wide.
PICTURES = """sheet => {
    document.documentElement.style.width = sheet + 'px';
    return [...document.querySelectorAll('[data-testid=stMain] svg.marks')].map(svg => {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const sizes = [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * scale);
        return [svg.getBoundingClientRect().height, sizes];
    });
}"""

# Whether the page has its style sheet (which makes it 80rem wide at most) and each picture is drawn for the width it stands in:
# on a busy machine both can come after the page has settled.
READY = """() => getComputedStyle(document.querySelector('[data-testid=stMainBlockContainer]')).maxWidth === '1280px' &&
    [...document.querySelectorAll('[data-testid=stMain] svg.marks')].every(svg =>
        Math.abs(svg.viewBox.baseVal.width - svg.closest('[data-testid=stVegaLiteChart]').getBoundingClientRect().width) < 1)"""


# Printing lays out at one stroke; here there is time between two steps, in which a picture would draw itself for a window as wide
# as no sheet is. What is drawn takes the place of what draws.
FIXED = """() => {
    for (const one of document.querySelectorAll('[data-testid=stMain] svg.marks')) one.replaceWith(one.cloneNode(true));
}"""


def printed(page: Page) -> Page:
    """The page as it looks on paper, with its pictures as they were drawn for the window."""
    page.wait_for_function(READY)
    page.evaluate(FIXED)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_wider_than_the_sheet(visitors: Visitors, name: str, sheet: str):
    page = printed(visitors.open(f"/{name}?sample=software", height=1000))
    assert page.evaluate(WIDER, SHEETS[sheet]) == []


def test_an_open_table_fits_the_sheet_and_a_closed_box_is_left_out(visitors: Visitors):
    page = visitors.open("/score?sample=software", height=1000)
    page.get_by_text("The same as a table").first.click()
    settled(page)
    printed(page)
    assert page.get_by_test_id("stDataFrame").first.is_visible()
    assert page.get_by_text("How this was computed").count() == 1
    assert not page.get_by_text("How this was computed").is_visible()
    fits = """sheet => {
        document.documentElement.style.width = sheet + 'px';
        const sizes = [...document.querySelectorAll('[data-testid=stDataFrame] canvas')].map(one => one.getBoundingClientRect());
        return sizes.length > 0 && sizes.every(box => box.right <= sheet + 1);
    }"""
    assert page.evaluate(fits, SHEETS["A4"])


@pytest.mark.parametrize("name", ["score", "passives"])
def test_what_only_a_screen_can_use_is_not_printed(visitors: Visitors, name: str):
    page = printed(visitors.open(f"/{name}?sample=software", height=1000))
    for part in (
        "stSidebar",
        "stToolbar",
        "stMainMenu",
        "stButton",
        "stDownloadButton",
        "stPopover",
        "stPageLink",
        "stFileUploader",
    ):
        shown = page.get_by_test_id(part)
        assert not [i for i in range(shown.count()) if shown.nth(i).is_visible()], part
    assert not page.get_by_role("link", name="Trend", exact=True).first.is_visible()  # the menu
    assert page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("width", [NARROW, WIDE, 2560])
@pytest.mark.parametrize("name", ["score", "benchmarks", "segments"])
def test_pictures_can_be_read_on_paper_from_any_window_and_fit_a_sheet(visitors: Visitors, name: str, width: int):
    page = printed(visitors.open(f"/{name}?sample=software", width=width, height=1000))
    drawn = page.evaluate(PICTURES, SHEETS["Letter"])
    assert drawn
    for height, letters in drawn:
        assert height <= (11 - 20 / 25.4) * 96  # a sheet of Letter between its margins: no picture is cut
        assert min(letters) >= 7.5  # px on paper, 5.6 points; from a wide window they came out at less than 4
        assert max(letters) <= 60


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_browser_makes_a_pdf_of_a_page(visitors: Visitors, sheet: str):
    page = printed(visitors.open("/score?sample=software", height=1000))
    made = page.pdf(format=sheet, margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert made.startswith(b"%PDF")
    pages = made.count(b"/Type /Page\n")
    assert 1 <= pages <= 2  # the score, the shares and the change: what stands in the way on a screen took a third page
