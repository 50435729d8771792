"""What a reader takes away, pressed in a real browser: every file arrives under its name and opens."""

import io
import struct
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from tests.browser.shared import go, share
from tests.browser.visit import Visitors, settled

PAGES = ("", "score", "distribution", "benchmarks", "trend", "segments", "passives", "words")
SVG = "{http://www.w3.org/2000/svg}"


def pressed(page: Page, label: str, place: int = 0) -> tuple[str, bytes]:
    """The name and the bytes of the file that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).nth(place).press("Enter")  # by key: what was just opened still slides
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def opened(page: Page) -> Page:
    """The page with every box that holds a table open."""
    for box in page.get_by_test_id("stMain").get_by_text("The same as a table").all():
        box.click()
    return settled(page)


def written(svg: bytes) -> str:
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_comes_as_png_and_svg_with_title_and_source(visitors: Visitors, name: str):
    page = opened(visitors.open(f"/{name}?sample=software&f.region=APAC&f.region=EMEA"))
    pictures = page.get_by_role("button", name="Download as SVG", exact=True).count()
    assert pictures
    files = set()
    for place in range(pictures):
        file, data = pressed(page, "Download as SVG", place)
        files.add(file)
        words = written(data)
        assert "b2b_software.csv" in words
        assert "n = " in words
        assert "region: APAC or EMEA" in words
        title = ElementTree.fromstring(data).find(f"{SVG}title")
        assert title is not None
        assert title.text
        assert title.text in words
    assert len(files) == pictures
    file, data = pressed(page, "Download as PNG")
    assert file.endswith(".png")
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 1500  # two pixels for each that a screen shows
    assert height > 100


def test_the_deck_arrives_and_opens(visitors: Visitors):
    from pptx import Presentation

    page = visitors.open("/meeting?sample=software&f.region=APAC")
    file, data = pressed(page, "Download the deck (.pptx)")
    assert file.endswith(".pptx")
    deck = Presentation(io.BytesIO(data))
    said = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert len(deck.slides) >= 6
    assert "+22.1" in said  # as on the page Score
    assert "region: APAC" in said


def test_the_workbook_arrives_and_opens(visitors: Visitors):
    from openpyxl import load_workbook

    page = visitors.open("/meeting?sample=software&f.region=APAC")
    file, data = pressed(page, "Download the workbook (.xlsx)")
    assert file.endswith(".xlsx")
    cells = [cell for sheet in load_workbook(io.BytesIO(data), data_only=True) for row in sheet.values for cell in row]
    assert any(isinstance(cell, int | float) and round(cell, 1) == 22.1 for cell in cells)
    assert any("region: APAC" in str(cell) for cell in cells)


def test_a_shared_view_gives_its_files_without_the_name_of_the_file(visitors: Visitors):
    page = go(visitors.open("/?sample=software"), "Score")
    links = share(page, opens_on="Score", title="First quarter")
    other = opened(visitors.open(links.link))
    _, data = pressed(other, "Download as SVG")
    assert "First quarter · n = 1,200" in written(data)
    assert "b2b_software" not in data.decode()
    go(other, "Meeting")
    for label in ("Download the deck (.pptx)", "Download the workbook (.xlsx)"):
        assert pressed(other, label)[1].startswith(b"PK")
