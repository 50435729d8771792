"""The score on its scale, scores beneath each other, and the industries."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from nps_core import benchmarks, charts
from nps_core.palette import LIGHT
from tests.core.chart_specs import CHANCES, DOTS, INDUSTRIES, ROW, layers, written

# ---- bands


def test_band_scale_has_edges_names_chances_and_target():
    words = written(charts.band_scale(ROW, CHANCES, LIGHT, target=60))
    assert {"−100", "0", "+30", "+50", "+100", "Negative", "Moderate", "Good", "Excellent"} <= set(words)
    assert {"+53.4", "+52.3 to +54.5", "3.2%", "96.8%", "Target +60"} <= set(words)


def test_band_scale_stretches_are_the_bands():
    stretches = next(layer for layer in layers(charts.band_scale(ROW, CHANCES, LIGHT), "rect"))["rows"]
    # bands of the scale: below 0, 0 to under 30, 30 to under 50, 50 and above
    assert [(row["x"], row["x2"]) for row in stretches] == [(-100, 0), (0, 30), (30, 50), (50, 100)]


def test_band_scale_underlines_the_band_of_the_number_on_the_screen():
    # 29.96 is published as 30.0, which is good
    rules = layers(charts.band_scale({"nps": 29.96, "published": 30.0}, CHANCES, LIGHT), "rule")
    assert [row["band"] for rule in rules for row in rule["rows"] if "band" in row] == ["good"]


@pytest.mark.parametrize(
    ("nps", "target", "align"), [(99, None, "right"), (-99, None, "left"), (0, 20, "right"), (0, -20, "left")]
)
def test_band_scale_number_keeps_clear_of_ends_and_target(nps, target, align):
    texts = layers(charts.band_scale({"nps": nps}, CHANCES, LIGHT, target), "text")
    assert [text["mark"]["align"] for text in texts if text["mark"]["fontSize"] == 30] == [align]


def test_interval_is_drawn_where_it_lies():
    for chart in (charts.band_scale(ROW, CHANCES, LIGHT), charts.interval_strip(ROW, LIGHT)):
        (span,) = [layer for layer in layers(chart, "rect") if layer["encoding"]["x"]["field"] == "low"]
        assert (span["rows"][0]["low"], span["rows"][0]["high"]) == (52.3, 54.5)


def test_alt_bands():
    text = charts.alt_band_scale(ROW, CHANCES, 60)
    assert "NPS +53.4 (+52.3 to +54.5), excellent; target +60.0." in text
    assert "good 3.2% and excellent 96.8%" in text
    assert charts.alt_interval_strip(ROW) == "Scale from −100 to +100: NPS +53.4, interval +52.3 to +54.5."


# ---- intervals


def names_in_order(chart: alt.LayerChart) -> list[str]:
    rows = [row for layer in layers(chart, "text") for row in layer["rows"] if "title" in row and "head" in row]
    return [row["title"] for row in sorted({row["title"]: row for row in rows}.values(), key=lambda row: row["head"])]


def test_interval_dots_sorts_and_keeps_hidden_rows_last():
    assert names_in_order(charts.interval_dots(DOTS, LIGHT)) == ["Enterprise", "Pro", "Tiny"]
    assert names_in_order(charts.interval_dots(DOTS, LIGHT, sort=False)) == ["Pro", "Enterprise", "Tiny"]


def test_interval_dots_shows_no_figure_for_a_hidden_row():
    chart = charts.interval_dots(DOTS.assign(note="fewer than 5"), LIGHT)
    assert "fewer than 5" in written(chart)
    assert "n 3" not in written(chart)
    dots = [layer["rows"] for layer in layers(chart, "point")]
    assert [row["name"] for row in dots[0]] == ["Enterprise", "Pro"]
    # 61.25 is rounded half away from zero
    assert {"+61.3", "+31.0", "n 520", "n 400"} <= set(written(chart))


def test_interval_dots_scale_holds_every_row_and_the_overall_line():
    chart = charts.interval_dots(DOTS, LIGHT, overall=-35.0)
    low, high = layers(chart, "rule")[0]["encoding"]["x"]["scale"]["domain"]
    # from one ten to the next: -35 lies above -40, 67 below 70
    assert (low, high) == (-40, 70)
    assert "Overall −35.0" in written(chart)
    assert "line through all rows stands at −35.0" in charts.alt_interval_dots(DOTS, -35.0)


def test_alt_interval_dots():
    assert "Pro +31.0 (+24.1 to +37.6), Enterprise +61.3 (+55.0 to +67.0) and Tiny too few" in charts.alt_interval_dots(DOTS)


def test_change_rule_draws_the_earlier_hollow():
    chart = charts.change_rule(DOTS.head(2), LIGHT)
    (dots,) = [layer for layer in layers(chart, "point") if "fill" in layer["encoding"]]
    assert [row["fill"] for row in dots["rows"]] == [LIGHT.background, LIGHT.passive]
    assert "earlier then later: Pro +31.0" in charts.alt_change_rule(DOTS.head(2))


# ---- industries


def test_industries_show_every_source_in_a_lane_of_its_own():
    chart = charts.industry_ranges(INDUSTRIES, LIGHT, 53.4, 52.3, 54.5, 60)
    (points,) = layers(chart, "point")
    (ranges,) = [rule for rule in layers(chart, "rule") if rule["encoding"].get("x2", {}).get("field") == "high"]
    assert [(row["low"], row["source"]) for row in points["rows"]] == [(7.0, "XM Institute"), (39.0, "QuestionPro list")]
    assert [(row["low"], row["high"]) for row in ranges["rows"]] == [(15.0, 30.0)]
    assert len({row["y"] for row in [*points["rows"], *ranges["rows"]]}) == 3
    assert {"+7  XM Institute 2022", "+39  QuestionPro list", "+15 to +30  Formspring 2026"} <= set(written(chart))
    assert {"This survey +53.4", "Target +60", "Airlines", "Insurance"} <= set(written(chart))


def test_all_industries_come_in_parts_that_fit_a_sheet_and_share_one_scale():
    every = benchmarks.chosen(())
    sheets = charts.industry_sheets(every)
    assert pd.concat(sheets).equals(every)
    names = [name for sheet in sheets for name in dict.fromkeys(sheet["industry"])]
    assert len(names) == len(set(names))  # none is cut in two
    drawn = [charts.industry_ranges(sheet, LIGHT, 30.0, every=every).to_dict() for sheet in sheets]
    # A sheet of A4 or Letter is some 980 pixels high; a picture drawn at 720 pixels of width fits without shrinking.
    assert max(chart["height"] for chart in drawn) < 800
    assert min(chart["height"] for chart in drawn) > 400
    domains = [re.findall(r'"domain": \[[^]]*\], "nice"', json.dumps(chart))[0] for chart in drawn]
    assert len(set(domains)) == 1


def test_few_industries_are_one_part():
    assert len(charts.industry_sheets(INDUSTRIES)) == 1
    assert len(charts.industry_sheets(INDUSTRIES.head(0))) == 1


def test_industries_tell_source_year_and_population():
    (points,) = layers(charts.industry_ranges(INDUSTRIES, LIGHT, None), "point")
    assert {"Source", "Year", "Population"} <= {tip["title"] for tip in points["encoding"]["tooltip"]}
    assert [(row["when"], row["who"]) for row in points["rows"]] == [("2022", "US consumers"), ("not stated", "not stated")]


def test_industries_grow_with_their_rows_and_name_a_figure_that_is_no_score():
    more = pd.concat([INDUSTRIES, INDUSTRIES.assign(industry="Hotels", statistic="upper quartile")])
    assert (
        charts.industry_ranges(more, LIGHT, 5).to_dict()["height"]
        > charts.industry_ranges(INDUSTRIES, LIGHT, 5).to_dict()["height"]
    )
    assert "+7  XM Institute 2022, upper quartile" in written(charts.industry_ranges(more, LIGHT, 5))


def test_alt_industries():
    text = charts.alt_industry_ranges(INDUSTRIES, 53.4, 52.3, 54.5, 60)
    assert "Airlines +7.0 (XM Institute) and +39.0 (QuestionPro list); Insurance +15.0 to +30.0 (Formspring)" in text
    assert "this survey: +53.4 (+52.3 to +54.5)" in text
