"""The bars, the stacked bar and the plane of same scores."""

import pandas as pd
import pytest

from nps_core import charts
from nps_core.charts.labels import Box, Named, Scene, Spot, box_of, placed
from nps_core.palette import LIGHT
from tests.core.chart_specs import BARS, COUNTS, MIX, POINTS, SHARES, layers, written

# ---- distribution


def test_histogram_draws_eleven_bars_with_their_figures():
    chart = charts.histogram(BARS, LIGHT)
    (bars,) = layers(chart, "bar")
    assert [row["score"] for row in bars["rows"]] == list(range(11))
    # 1390 of 13,612 answers: 10.21 %; 2510: 18.44 %
    assert {"10.2%", "18.4%", "1,390", "2,510", "10%", "18%"} <= set(written(chart))
    assert {"Detractors", "0–6", "Passives", "7–8", "Promoters", "9–10"} <= set(written(chart))


def test_histogram_tells_7_from_8_and_both_from_the_rest():
    (bars,) = layers(charts.histogram(BARS, LIGHT), "bar")
    tones = [row["tone"] for row in bars["rows"]]
    assert tones == ["detractor"] * 7 + ["seven", "passive"] + ["promoter"] * 2
    scale = bars["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True))["seven"] == LIGHT.seven


def test_histogram_drops_the_long_figures_where_there_is_no_room():
    opacities = [layer["mark"].get("opacity") for layer in layers(charts.histogram(BARS, LIGHT), "text")]
    assert {"expr": "width < 560 ? 0 : 1"} in opacities
    assert {"expr": "width < 560 ? 1 : 0"} in opacities


def test_alt_histogram_holds_every_count():
    text = charts.alt_histogram(BARS)
    assert all(f"{score}: {count:,}" in text for score, count in enumerate(COUNTS))
    assert "most frequent is 10" in text


def test_mix_histogram_lays_an_outline_over_the_bars():
    filled, outlined = layers(charts.mix_histogram(MIX, LIGHT), "bar")
    assert outlined["mark"]["filled"] is False
    assert [row["which"] for row in (filled["rows"][0], outlined["rows"][0])] == ["This survey", "With 43.5% passives"]
    # 1/11 = 9.09 %
    assert written(charts.mix_histogram(MIX, LIGHT)).count("9.1%") == 11
    assert "in outline" in charts.alt_mix_histogram(MIX)


def test_share_bar_stretches_add_up_and_meet():
    (bar,) = layers(charts.share_bar(SHARES, LIGHT), "bar")
    for first in (0, 3):
        parts = bar["rows"][first : first + 3]
        assert [part["group"] for part in parts] == ["Detractors", "Passives", "Promoters"]
        assert parts[0]["left"] == 0
        assert parts[0]["right"] == parts[1]["left"]
        assert parts[2]["right"] == pytest.approx(1)


def test_share_bar_figures_never_collide():
    (bar,) = layers(charts.share_bar(pd.concat([SHARES, SHARES.assign(passive=1, promoter=0, detractor=0)]), LIGHT), "bar")
    # on a phone a figure of 66 px is under 0.2 of the bar: outer ones end at 0.2 and 0.8, the middle one needs 0.1 either side
    assert all(0.3 <= part["x"] <= 0.7 for part in bar["rows"] if part["align"] == "center")
    assert {part["x"] for part in bar["rows"] if part["align"] != "center"} == {0.0, 1.0}


def test_share_bar_grows_with_its_surveys_and_says_them():
    assert charts.share_bar(SHARES, LIGHT).to_dict()["height"] > charts.share_bar(SHARES.head(1), LIGHT).to_dict()["height"]
    text = charts.alt_share_bar(SHARES)
    assert "A: 62.2% promoters, 28.6% passives, 9.2% detractors." in text
    assert "B: 97.0% promoters" in text


# ---- the plane


def test_plane_greys_out_what_no_survey_can_be():
    (corners,) = layers(charts.same_score_plane(POINTS, LIGHT, 53.4), "area")
    # |NPS| <= 100 - passive %: the edge of the triangle at no passives is 100, at all passives 0
    assert {(row["passive"], row["nps"]) for row in corners["rows"]} == {(0, 100), (100, 0), (0, -100)}
    assert {row["edge"] for row in corners["rows"]} == {-100, 100}


def test_plane_line_of_equal_score_ends_at_the_edge_of_the_triangle():
    rules = layers(charts.same_score_plane(POINTS, LIGHT, -12.5), "rule")
    (line,) = [rule["rows"][0] for rule in rules if rule["rows"] and "end" in rule["rows"][0]]
    # 100 - |-12.5|
    assert line == {"passive": 0, "end": 87.5, "nps": -12.5}


def test_plane_draws_each_kind_in_a_shape_of_its_own():
    points = layers(charts.same_score_plane(POINTS, LIGHT, 53.4, 40), "point")
    fixed = [layer["mark"]["shape"] for layer in points if "shape" in layer["mark"]]
    assert sorted(fixed) == ["circle", "diamond", "square"]
    (others,) = [layer for layer in points if "shape" in layer["encoding"]]
    assert others["encoding"]["shape"]["scale"]["range"] == ["circle", "triangle-up"]
    assert others["encoding"]["size"]["field"] == "n"
    assert {row["name"] for row in others["rows"]} == {"North", "2024-Q1"}


def test_plane_slider_lies_on_the_line():
    points = layers(charts.same_score_plane(POINTS, LIGHT, 53.4, 40), "point")
    (marker,) = [layer for layer in points if layer["mark"].get("shape") == "diamond"]
    assert (marker["rows"][0]["passive"], marker["rows"][0]["nps"]) == (40, 53.4)
    assert marker["mark"]["fill"] == LIGHT.background  # hollow
    without = layers(charts.same_score_plane(POINTS, LIGHT, 53.4), "point")
    assert not [layer for layer in without if layer["mark"].get("shape") == "diamond"]


def test_plane_shows_the_interval_and_names_the_bands():
    chart = charts.same_score_plane(POINTS.assign(passive_low=27.0, passive_high=30.0), LIGHT, 53.4)
    upright = [rule for rule in layers(chart, "rule") if rule["encoding"].get("y2", {}).get("field") == "high"]
    assert [rule["rows"][0]["name"] for rule in upright] == ["Rival", "This survey"]
    level = [rule for rule in layers(chart, "rule") if rule["encoding"].get("x2", {}).get("field") == "passive_high"]
    assert len(level) == 2
    assert {"Negative", "Moderate", "Good", "Excellent", "This survey +53.4", "Rival +53.1"} <= set(written(chart))


def test_plane_leaves_out_what_has_no_place():
    hidden = POINTS.assign(nps=[53.4, None, 10.0, -20.0])
    assert not [word for word in written(charts.same_score_plane(hidden, LIGHT, 53.4)) if "Rival" in word]
    assert "Rival" not in charts.alt_same_score_plane(hidden, 53.4)


def test_alt_plane_says_the_points_and_the_line():
    text = charts.alt_same_score_plane(POINTS, 53.4, 40)
    assert "This survey: NPS +53.4 (+52.3 to +54.5), 28.6% passives" in text
    # 100 - 53.4
    assert "from 0 to 46.6% passives score +53.4; the marker on it stands at 40.0% passives" in text


def test_names_beside_points_cover_neither_points_nor_names():
    crowd = [Named(20 + 4 * (i % 6), 40 - 9 * i, f"Segment {i}", 9, 9, 9) for i in range(14)]
    named = placed(crowd, [Scene(620, 460, crowd, (0, 100))])
    boxes = [box_of(*name.at(620, 460), name.spot, name.text) for name in named]
    dots = [Box(x - 9, y - 9, x + 9, y + 9) for x, y in (name.at(620, 460) for name in crowd)]
    assert len(named) >= 8
    assert not any(a.meets(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert not any(box.meets(dot) for box in boxes for dot in dots)
    assert all(box.inside(Box(0, 0, 620, 460)) for box in boxes)


def test_a_name_without_room_is_left_out():
    points = [Named(50, 0, "x" * 200, 9, 9, 9)]
    assert placed(points, [Scene(300, 460, points, None)]) == []


def test_a_name_stands_where_every_width_has_room():
    point, line = Named(10, 10, "Rival +10.0", 9, 9, 9), (10, 13)
    (narrow,) = placed([point], [Scene(300, 460, [point], line)])
    (both,) = placed([point], [Scene(width, 460, [point], line) for width in (300, 1100)])
    # the line ends 3 % of the width behind the point: 9 px on a phone, where the name begins at 14; 33 px on a screen
    assert narrow.spot == Spot("left", 14, 0)
    assert both.spot.dy != 0


@pytest.mark.parametrize(("passive", "nps"), [(65.8, 34.2), (72.5, -27.5), (45.8, 34.2)])
def test_no_edge_runs_through_a_name_that_can_stand_elsewhere(passive, nps):
    point, line = Named(passive, nps, f"all score {nps}", 2, 2, 2), (nps, 100 - abs(nps))
    (name,) = placed([point], [Scene(620, 325, [point], line)])
    box = box_of(*name.at(620, 325), name.spot, name.text)
    # The upper edge goes from the corner at the left to the middle at the right, the lower one is its mirror.
    for x in (box.left, (box.left + box.right) / 2, box.right):
        for edge in (325 / 2 * x / 620, 325 - 325 / 2 * x / 620):
            assert not box.top < edge < box.bottom


def test_both_names_are_there_at_a_score_below_zero():
    # On a phone the name of this survey would take the room over the line that the line's own name needs.
    points = POINTS.head(1).assign(nps=-27.5, low=-31.3, high=-23.7, passive=10.9, passive_low=9.6, passive_high=12.2)
    words = written(charts.same_score_plane(points, LIGHT, -27.5, height=325))
    assert {"This survey −27.5", "all score −27.5"} <= set(words)


def test_an_edge_through_a_name_is_better_than_a_survey_without_one():
    # The two built-in samples, laid side by side with the slider and two groups between them.
    rows = [("This survey", "this", 45.8, 34.2), ("Software company B", "second", 25.8, 34.2)]
    rows += [("Team", "segment", 39.2, 41.7), ("Business", "segment", 42.2, 39.4), ("Enterprise", "segment", 47.0, 34.2)]
    points = pd.DataFrame(rows, columns=["name", "kind", "passive", "nps"]).assign(
        low=lambda frame: frame["nps"] - 4,
        high=lambda frame: frame["nps"] + 4,
        passive_low=lambda frame: frame["passive"] - 3,
        passive_high=lambda frame: frame["passive"] + 3,
        n=300,
    )
    words = written(charts.same_score_plane(points, LIGHT, 34.2, 20, "the slider"))
    assert {"This survey +34.2", "the slider", "all score +34.2"} <= set(words)
    assert any(word.startswith("Software company B") for word in words)
