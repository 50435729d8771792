"""The colours: one source, readable words, shapes that stand out, groups that stay apart for colour-blind readers."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from nps_core.palette import DARK, LIGHT, Palette, palette
from nps_core.scale import BANDS, GROUPS

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
WORDS, SHAPES = 4.5, 3.0  # WCAG 2.2, 1.4.3 (level AA, usual text) and 1.4.11 (graphical objects)
# Distances in CAM02-UCS, where about 1 is the least difference one sees side by side. Ten of them are plain at a glance.
APART = 10.0
SIGHTS = ["usual", "protanomaly", "deuteranomaly", "tritanomaly", "grey"]


def channels(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def faded(colour: str, ground: str, opacity: float) -> str:
    mixed = opacity * channels(colour) + (1 - opacity) * channels(ground)
    return "#" + "".join(f"{round(255 * c):02X}" for c in mixed)


def seen(colour: str, sight: str) -> np.ndarray:
    """sRGB 0..1 as a reader with that sight sees it: Machado, Oliveira, Fernandes 2009 at severity 100; grey keeps luminance."""
    if sight == "usual":
        return channels(colour)
    if sight == "grey":
        light = luminance(colour)
        return np.full(3, 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(channels(colour), space, "sRGB1"), 0, 1)


def distance(one: str, other: str, sight: str = "usual") -> float:
    return float(deltaE(seen(one, sight), seen(other, sight), input_space="sRGB1", uniform_space="CAM02-UCS"))


def test_the_formulas_give_the_known_values():
    # WCAG 2.2: black on white is 21:1 by definition
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # #767676 is widely documented as the lightest grey that passes 4.5:1 on white (4.54:1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    # a red and a green of the same lightness: near one another for a reader without red cones, far for the others
    assert distance("#C8553D", "#7F8B2C") > 2 * distance("#C8553D", "#7F8B2C", "deuteranomaly")


@BOTH
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_three_groups_stay_apart_for_every_sight(colours: Palette, sight: str):
    for one, other in itertools.combinations(GROUPS, 2):
        assert distance(colours.of_group(one), colours.of_group(other), sight) > APART, (one, other)


@BOTH
@pytest.mark.parametrize("sight", SIGHTS)
def test_neighbouring_bars_of_different_tone_stay_apart(colours: Palette, sight: str):
    bars = [colours.detractor, colours.seven, colours.passive, colours.promoter]  # 6, 7, 8, 9
    # 7 and 8 are two tones of one colour and carry their number beneath: a little less is enough there
    for one, other in itertools.pairwise(bars):
        assert distance(one, other, sight) > 9


@BOTH
def test_passives_carry_the_strongest_colour(colours: Palette):
    def chroma(colour: str) -> float:
        return float(cspace_convert(channels(colour), "sRGB1", "JCh")[1])

    # half as strong again as the stronger of the others
    assert chroma(colours.passive) > 1.5 * max(chroma(colours.promoter), chroma(colours.detractor))


@BOTH
def test_words_can_be_read_on_everything_they_lie_on(colours: Palette):
    grounds = (colours.background, colours.panel, colours.outside, *colours.bands)
    for words, ground in itertools.product((colours.text, colours.muted), grounds):
        assert contrast(words, ground) >= WORDS, (words, ground)
    for ground in (colours.background, colours.panel):
        assert contrast(colours.accent_text, ground) >= WORDS
        assert contrast(faded(colours.text, ground, 0.6), ground) >= WORDS  # Streamlit's captions: the text at 60 %


@BOTH
def test_shapes_stand_out_from_the_page(colours: Palette):
    for shape in (colours.detractor, colours.passive, colours.promoter, colours.seven, colours.edge, colours.primary):
        assert contrast(shape, colours.background) >= SHAPES, shape
    for ground in (colours.panel, *colours.bands):  # what is drawn on stripes and panel
        assert contrast(colours.passive, ground) >= SHAPES
        assert contrast(colours.edge, ground) >= SHAPES


@BOTH
def test_white_words_on_buttons_can_be_read(colours: Palette):
    assert contrast("#FFFFFF", colours.primary) >= WORDS


@BOTH
def test_bands_are_faint_and_one_each(colours: Palette):
    assert len(colours.bands) == len(BANDS) == len(set(colours.bands))
    assert all(contrast(stripe, colours.background) < 1.3 for stripe in colours.bands)


def test_palette_picks_the_theme():
    assert (palette(dark=False), palette(dark=True)) == (LIGHT, DARK)
    with pytest.raises(KeyError):
        LIGHT.of_group("bystander")


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_app_wears_the_same_colours_as_its_charts(theme: str, colours: Palette):
    worn = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    assert worn["primaryColor"] == colours.primary
    assert worn["backgroundColor"] == worn["sidebar"]["secondaryBackgroundColor"] == colours.background
    assert worn["secondaryBackgroundColor"] == worn["sidebar"]["backgroundColor"] == colours.panel
    assert (worn["textColor"], worn["linkColor"]) == (colours.text, colours.accent_text)
    assert (worn["borderColor"], worn["dataframeBorderColor"]) == (colours.edge, colours.grid)
    assert worn["chartCategoricalColors"] == [colours.passive, colours.promoter, colours.detractor, colours.seven]


def test_in_light_the_button_is_the_passives_colour():
    assert LIGHT.primary == LIGHT.passive


def test_no_colour_stands_in_the_bare_theme():
    # a colour there switches the automatic choice between light and dark off
    bare = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    assert not [key for key, value in bare.items() if "olor" in key or str(value).startswith("#")]
    assert "base" not in bare


def test_every_key_of_the_configuration_has_its_reason():
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    keys = [i for i, line in enumerate(lines) if re.match(r"\w+ =", line)]
    assert len(keys) > 20
    assert [lines[i] for i in keys if not re.match(r"# \S.{15,}", lines[i - 1])] == []
