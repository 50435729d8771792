import io
import json
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from nps_core import charts, tables
from nps_core.meeting import images
from nps_core.meeting.slides import Drawn
from nps_core.palette import DARK, LIGHT
from tests.core.meeting.surveys import SOURCE, every_slide

SVG = "{http://www.w3.org/2000/svg}"


def words(svg):
    return [" ".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def pictures():
    return [drawn for slide in every_slide() for drawn in slide.pictures]


@pytest.mark.parametrize("drawn", pictures(), ids=lambda drawn: drawn.name)
def test_an_svg_has_its_title_its_source_and_every_word_of_the_chart(drawn):
    said = words(images.svg(drawn, SOURCE))
    assert said[0] == drawn.title
    assert SOURCE in " ".join(said)
    assert len([text for text in said if text.strip()]) > 5


def test_a_png_is_as_large_as_asked_for_and_holds_drawn_letters():
    drawn = pictures()[0]
    found = Image.open(io.BytesIO(images.png(drawn, SOURCE, scale=2)))
    assert found.width == 2 * images.WIDTH
    # The title's letters: without a font there would be the background alone.
    over = found.convert("RGB").crop((0, 0, found.width, 2 * (images.EDGE + images.TITLE)))
    assert len(over.getcolors(maxcolors=10_000)) > 10


def test_a_picture_alone_has_the_width_of_its_place():
    assert Image.open(io.BytesIO(images.bare(pictures()[0], 600, scale=3))).width == 1800


def test_the_background_is_that_of_the_theme():
    shares = pd.DataFrame({"name": [""], "detractor": [0.2], "passive": [0.3], "promoter": [0.5]})
    for palette in (LIGHT, DARK):
        drawn = Drawn("shares", "Shares", charts.share_bar(shares, palette), "", tables.shares(shares), palette=palette)
        corner = Image.open(io.BytesIO(images.png(drawn, SOURCE))).convert("RGB").getpixel((1, 1))
        assert "#{:02X}{:02X}{:02X}".format(*corner) == palette.background


@pytest.mark.parametrize("drawn", pictures(), ids=lambda drawn: drawn.name)
def test_nothing_is_fetched(drawn):
    assert '"url"' not in json.dumps(drawn.chart.to_dict())
    assert "href" not in images.svg(drawn, SOURCE).decode()


def test_foreign_text_stays_text():
    drawn = pictures()[0]
    nasty = "</text><script>alert(1)</script>&amp;<image href='http://x.test/'/>\x00\x1b\ud800.csv"
    root = ElementTree.fromstring(images.svg(drawn, nasty))
    assert {node.tag for node in root.iter()} <= {
        SVG + tag for tag in ("svg", "g", "path", "text", "rect", "title", "desc", "line")
    }
    assert "<script>alert(1)</script>&amp;" in " ".join(words(images.svg(drawn, nasty)))


def test_a_long_title_or_source_is_broken_and_not_cut():
    long = " ".join(f"word{i}" for i in range(80))
    said = words(images.svg(pictures()[0], long))
    assert long in " ".join(said)
