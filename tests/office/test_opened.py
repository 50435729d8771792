"""Decks and workbooks opened by LibreOffice: nothing is cut, nothing overlaps, and the formulas come to the same figures."""

import io
import subprocess
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image

from nps_core.meeting.plain import unbroken
from tests.office.programs import HIGH, WIDE, converted, pictures
from tests.office.taken import of_sample

HTML = "{http://www.w3.org/1999/xhtml}"
SAMPLES = ("software", "rival")


@pytest.fixture(scope="module", params=SAMPLES)
def printed(request, tmp_path_factory):
    """The name of a sample, and its deck as PDF."""
    return request.param, converted(of_sample(request.param).deck, "pptx", "pdf", tmp_path_factory.mktemp("deck"))


def words(pdf):
    """For each page its size, and every word with its box (left, top, right, bottom)."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    for page in ElementTree.fromstring(told).iter(f"{HTML}page"):
        boxes = [
            (word.text, tuple(float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax")))
            for word in page.iter(f"{HTML}word")
        ]
        yield (float(page.get("width")), float(page.get("height"))), boxes


def test_every_slide_is_drawn(printed):
    name, pdf = printed
    found = pictures(pdf, name)
    assert len(found) == len(of_sample(name).slides) + 2
    for picture in found:
        image = Image.open(picture)
        assert image.size == (WIDE, HIGH)
        assert len(image.convert("RGB").getcolors(maxcolors=1_000_000)) > 10


def test_no_word_leaves_its_slide_and_none_lies_on_another(printed):
    for (width, height), boxes in words(printed[1]):
        for i, (text, (left, top, right, bottom)) in enumerate(boxes):
            assert left >= 0, text
            assert top >= 0, text
            assert right <= width, text
            assert bottom <= height, text
            for other, (left2, top2, right2, bottom2) in boxes[i + 1 :]:
                across, down = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
                # Boxes are as high as the tallest letter there could be: neighbouring lines touch by a little.
                assert across < 1 or down < 0.35 * min(bottom - top, bottom2 - top2), (text, other)


def test_titles_figures_and_names_of_groups_are_all_there(printed):
    name, pdf = printed
    told = [" ".join(text for text, _ in boxes) for _, boxes in words(pdf)]
    for slide, text in zip(of_sample(name).slides, told[1:-1], strict=True):
        assert unbroken(slide.title) in text  # neither are the names of periods parted
        assert slide.source in text
        for drawn in slide.pictures:
            for category in drawn.native.categories if drawn.native else ():
                assert category in text


@pytest.mark.parametrize("name", SAMPLES)
def test_the_formulas_come_to_the_figures_of_the_core(name, tmp_path):
    # Saved by a library that knows no values, so that every one of them has to be computed.
    formulas, bare = openpyxl.load_workbook(io.BytesIO(of_sample(name).workbook)), io.BytesIO()
    formulas.save(bare)
    assert openpyxl.load_workbook(io.BytesIO(bare.getvalue()), data_only=True)["Score"]["I2"].value is None
    computed = openpyxl.load_workbook(converted(bare.getvalue(), "xlsx", "xlsx", tmp_path), data_only=True)
    kept = openpyxl.load_workbook(io.BytesIO(of_sample(name).workbook), data_only=True)
    cells = [(sheet.title, cell.coordinate) for sheet in formulas for row in sheet for cell in row if cell.data_type == "f"]
    assert len(cells) > 50
    for sheet, place in cells:
        assert computed[sheet][place].value == pytest.approx(kept[sheet][place].value), (sheet, place)
    taken = of_sample(name)
    for sheet, found in (("Score", taken.result), ("By plan", taken.groups), ("Trend by quarter", taken.periods)):
        titles = [cell.value for cell in computed[sheet][1]]
        column = titles.index("NPS") + 1
        told = [computed[sheet].cell(row, column).value for row in range(2, len(found) + 2)]
        assert told == pytest.approx(found["nps"].tolist())
