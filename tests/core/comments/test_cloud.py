import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from streamlit.elements.lib.image_utils import image_to_url
from streamlit.elements.lib.layout_utils import LayoutConfig

from nps_core.comments.cloud import MOST, READABLE, alt_cloud, cloud, colour_of, contrast_ratio
from nps_core.palette import DARK, LIGHT
from nps_core.scale import GROUPS

SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def table(*rows):
    """Rows of word, comments, the group that says it more or ''."""
    frame = pd.DataFrame(rows, columns=["word", "group_comments", "says_more"])
    return frame.assign(distinctive=frame["says_more"] != "")


SOME = table(("waiting", 30, "passive"), ("not easy", 20, "detractor"), ("great", 12, "promoter"), ("router", 9, ""))


def drawn(svg):
    return {node.text: node.attrib for node in ET.fromstring(svg).iter(f"{SVG}text")}


@BOTH
def test_each_word_wears_the_colour_of_who_says_it_more(colours):
    words = drawn(cloud(SOME, colours))
    assert {word: look["fill"] for word, look in words.items()} == {
        "waiting": colour_of("passive", colours),
        "not easy": colour_of("detractor", colours),
        "great": colour_of("promoter", colours),
        "router": colours.muted,
    }
    assert [word for word, look in words.items() if look.get("font-weight") == "bold"] == ["waiting", "not easy", "great"]
    sizes = [float(look["font-size"]) for look in words.values()]
    assert sizes == sorted(sizes, reverse=True)


@BOTH
def test_the_words_can_be_read(colours):
    for group in (*GROUPS, ""):
        for ground in (colours.background, colours.panel):
            assert contrast_ratio(colour_of(group, colours), ground) >= READABLE
    # A colour that can be read as it is stays as it is.
    assert colour_of("passive", colours) == colours.passive


def test_the_picture_has_a_size_and_streamlit_takes_it():
    svg = cloud(SOME, LIGHT, size=(640, 300))
    root = ET.fromstring(svg)
    assert (root.tag, root.get("width"), root.get("height"), root.get("viewBox")) == (f"{SVG}svg", "640", "300", "0 0 640 300")
    url = image_to_url(svg, LayoutConfig(width="stretch"), False, "RGB", "auto", "cloud")
    assert url.startswith("data:image/svg+xml;base64,")


def test_every_word_lies_inside_the_picture_and_keeps_its_width():
    for look in drawn(cloud(SOME, LIGHT)).values():
        assert 0 <= float(look["x"]) <= 800 - float(look["textLength"]) + 4
        assert 0 < float(look["y"]) <= 400


def test_nothing_is_fetched():
    svg = cloud(SOME, LIGHT).replace("http://www.w3.org/2000/svg", "")
    for word in ("http", "url(", "@import", "@font-face", "href", "<style", "<image"):
        assert word not in svg


def test_foreign_words_are_harmless():
    hostile = ["<script>alert(1)</script>", "</text><image href='x'/>", '" onload="x', "]]>&lt;", "a\x00b\nc", "\x01"]
    svg = cloud(table(*((word, 9 - i, "passive") for i, word in enumerate(hostile))), LIGHT)
    root = ET.fromstring(svg)
    assert {node.tag for node in root.iter()} == {f"{SVG}svg", f"{SVG}text"}
    allowed = {"x", "y", "font-size", "fill", "font-weight", "textLength", "lengthAdjust"}
    assert all(set(node.attrib) <= allowed for node in root)
    assert {node.text for node in root} == {*hostile[:4], "abc"}


def test_no_more_words_than_can_be_read():
    many = table(*((f"word{i}", 200 - i, "") for i in range(150)))
    assert 20 < len(drawn(cloud(many, LIGHT))) <= MOST


def test_without_words_there_is_no_picture():
    assert cloud(SOME.iloc[:0], LIGHT) is None
    assert cloud(table(("great", 0, "promoter")), LIGHT) is None
    assert cloud(SOME, LIGHT, size=(10, 10)) is None
    assert alt_cloud(SOME.iloc[:0]) == "There are no words to draw."


def test_the_same_words_give_the_same_picture():
    assert cloud(SOME, LIGHT) == cloud(SOME.sample(frac=1, random_state=1), LIGHT)
    assert cloud(SOME, LIGHT) != cloud(SOME, LIGHT, seed=1)


def test_the_same_in_words():
    assert alt_cloud(SOME) == (
        "A word cloud. The words in most comments, with their number: waiting (30), not easy (20), great (12), router (9). "
        "Words that detractors say more: not easy. Words that passives say more: waiting. Words that promoters say more: great."
    )
