"""What holds for all pictures, read through their specification; nothing to show; words from a survey."""

import ast
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import nps_core
from nps_core import charts
from nps_core.charts.base import SMALL, plain, records
from nps_core.palette import DARK, LIGHT
from tests.core.chart_specs import (
    BARS,
    DOT_SHARES,
    DOTS,
    INDUSTRIES,
    LINE,
    MIX,
    PICTURES,
    POINTS,
    SHARES,
    STACK,
    STEPS,
    layers,
    spec_of,
    written,
)

ALL = pytest.mark.parametrize("name", PICTURES)


# ---- all pictures


@ALL
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_is_as_wide_as_its_place_and_lies_on_the_page(name, colours):
    spec = PICTURES[name](colours).to_dict(validate=True)  # against Vega-Lite's own schema
    assert spec["width"] == "container"
    assert spec["config"]["background"] == "transparent"
    assert spec["height"] > 50


@ALL
def test_letters_are_never_smaller_than_a_projector_carries(name):
    sizes = [layer["mark"]["fontSize"] for layer in layers(PICTURES[name](LIGHT), "text")]
    config = PICTURES[name](LIGHT).to_dict()["config"]
    assert min([*sizes, config["axis"]["labelFontSize"], config["axis"]["titleFontSize"]]) >= SMALL == 13


@ALL
def test_fields_have_safe_names_of_our_own(name):
    def fields(node):
        if isinstance(node, dict):
            yield from ([node["field"]] if "field" in node else [])
            for value in node.values():
                yield from fields(value)
        elif isinstance(node, list):
            for value in node:
                yield from fields(value)

    spec = PICTURES[name](LIGHT).to_dict()
    assert all(field.replace("_", "").isalnum() for field in fields(spec["layer"]))


@ALL
def test_no_picture_needs_a_legend_or_another_host(name):
    text = json.dumps(PICTURES[name](LIGHT).to_dict()["layer"])
    assert "http" not in text
    for layer in PICTURES[name](LIGHT).to_dict()["layer"]:
        for channel in ("color", "size", "shape", "fill"):
            encoding = layer["encoding"].get(channel, {})
            assert "field" not in encoding or encoding.get("scale", 0) is None or encoding["legend"] is None


@ALL
def test_light_and_dark_differ_in_colour_alone(name):
    def without_colour(chart):
        return [(layer["mark"]["type"], sorted(layer["encoding"])) for layer in spec_of(chart)["layer"]]

    assert without_colour(PICTURES[name](LIGHT)) == without_colour(PICTURES[name](DARK))
    assert PICTURES[name](LIGHT).to_dict() != PICTURES[name](DARK).to_dict()


def test_drawing_is_pure():
    before = BARS.copy(), POINTS.copy(), DOTS.copy(), INDUSTRIES.copy()
    first = [json.dumps(PICTURES[name](LIGHT).to_dict()) for name in PICTURES]
    assert first == [json.dumps(PICTURES[name](LIGHT).to_dict()) for name in PICTURES]
    for frame, kept in zip((BARS, POINTS, DOTS, INDUSTRIES), before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)


def test_only_the_charts_import_altair():
    root = Path(nps_core.__file__).parent
    for path in root.rglob("*.py"):
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = [a.name for node in tree if isinstance(node, ast.Import) for a in node.names]
        assert "altair" not in names or path.parent.name == "charts", path.name
        assert "streamlit" not in names


def test_plain_values():
    assert records(pd.DataFrame({"a": [np.int64(3), pd.NA], "b": ["x.y[0]", None]}), ("a", "b", "c")) == [
        {"a": 3, "b": "x.y[0]", "c": None},
        {"a": None, "b": None, "c": None},
    ]
    assert plain(pd.NaT) is None


# ---- nothing, one, foreign text

NOTHING = {
    "histogram": lambda: (charts.histogram(BARS.head(0), LIGHT), charts.alt_histogram(BARS.head(0))),
    "mix_histogram": lambda: (charts.mix_histogram(MIX.head(0), LIGHT), charts.alt_mix_histogram(MIX.head(0))),
    "share_bar": lambda: (charts.share_bar(SHARES.head(0), LIGHT), charts.alt_share_bar(SHARES.head(0))),
    "plane": lambda: (
        charts.same_score_plane(POINTS.head(0), LIGHT, None),
        charts.alt_same_score_plane(POINTS.head(0), None),
    ),
    "band_scale": lambda: (charts.band_scale({"nps": np.nan}, {}, LIGHT), charts.alt_band_scale({"nps": np.nan}, {})),
    "interval_strip": lambda: (charts.interval_strip({"nps": None}, LIGHT), charts.alt_interval_strip({"nps": None})),
    "interval_dots": lambda: (charts.interval_dots(DOTS.head(0), LIGHT), charts.alt_interval_dots(DOTS.head(0))),
    "change_rule": lambda: (charts.change_rule(DOTS.head(0), LIGHT), charts.alt_change_rule(DOTS.head(0))),
    "over_time": lambda: (charts.over_time(LINE.head(0), LIGHT), charts.alt_over_time(LINE.head(0))),
    "share_dots": lambda: (charts.share_dots(DOT_SHARES.head(0), LIGHT), charts.alt_share_dots(DOT_SHARES.head(0))),
    "share_stack": lambda: (charts.share_stack(STACK.head(0), LIGHT), charts.alt_share_stack(STACK.head(0))),
    "waterfall": lambda: (charts.waterfall(STEPS.head(0), LIGHT), charts.alt_waterfall(STEPS.head(0))),
    "industries": lambda: (
        charts.industry_ranges(INDUSTRIES.head(0), LIGHT, np.nan),
        charts.alt_industry_ranges(INDUSTRIES.head(0), np.nan),
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_to_show_is_drawn_and_said(name):
    chart, text = NOTHING[name]()
    assert chart.to_dict()["layer"]
    assert text.endswith(".")
    assert "nan" not in text.lower()


def test_one_row_is_enough():
    one = BARS.iloc[[8]].assign(count=1, share=1.0)
    assert "100.0%" in written(charts.histogram(one, LIGHT))
    charts.change_rule(DOTS.head(1), LIGHT).to_dict()
    charts.same_score_plane(POINTS.head(1).assign(nps=100.0, passive=0.0, low=np.nan, high=np.nan), LIGHT, 100).to_dict()


NASTY = '<img src=x onerror=alert(1)> ![t](http://x.y/z.png) $5 to $10 a.b["c"]'


def test_foreign_text_stays_text():
    made = [
        charts.interval_dots(DOTS.assign(name=NASTY), LIGHT),
        charts.share_bar(SHARES.assign(name=NASTY), LIGHT),
        charts.mix_histogram(MIX.assign(which=NASTY), LIGHT),
        charts.industry_ranges(INDUSTRIES.assign(industry=NASTY, source=NASTY), LIGHT, 10),
        charts.same_score_plane(POINTS.assign(name=NASTY), LIGHT, 53.4, 30, NASTY),
    ]
    for chart in made:
        spec = chart.to_dict()
        assert "onerror" in json.dumps(spec["datasets"])  # it is there, as a value
        assert "onerror" not in json.dumps(spec["layer"])  # and nowhere in what is interpreted
