"""What the pictures of trend and segments draw, read through their specification."""

import pytest

from nps_core import charts
from nps_core.palette import LIGHT
from tests.core.chart_specs import DOT_SHARES, EVENTS, LINE, STACK, STEPS, layers, written


def drawn(chart, mark):
    return [row for layer in layers(chart, mark) for row in layer["rows"]]


def test_a_period_that_is_not_shown_breaks_the_line():
    lines = drawn(charts.over_time(LINE, LIGHT), "line")
    assert [row["name"] for row in lines] == ["2024-01", "2024-02 to 2024-03", "2024-05"]
    runs = [row["run"] for row in lines]
    assert runs[0] == runs[1] != runs[2]


def test_a_long_time_in_which_nobody_was_asked_breaks_the_line():
    far = LINE.dropna().assign(x=[0.0, 1.0, 40.0])
    far = far.loc[[0, 0, 0, 1, 3]].assign(x=[0.0, 1.0, 2.0, 3.0, 40.0])
    assert [row["run"] for row in drawn(charts.over_time(far, LIGHT), "line")] == [0, 0, 0, 0, 1]


def test_higher_figures_stand_higher_and_inside_their_interval():
    points = drawn(charts.over_time(LINE, LIGHT), "point")
    assert points[2]["y"] < points[1]["y"] < points[0]["y"]  # pixels from the top: 40.0, 35.5, 31.0
    assert all(row["top"] < row["y"] < row["bottom"] for row in points)


def test_periods_that_were_joined_are_hollow():
    fills = {row["name"]: row["fill"] for row in drawn(charts.over_time(LINE, LIGHT), "point")}
    assert fills["2024-02 to 2024-03"] == LIGHT.background
    assert fills["2024-01"] == LIGHT.passive


def test_target_and_events_are_drawn_and_said():
    words = written(charts.over_time(LINE, LIGHT, "nps", 45, EVENTS))
    assert {"Target +45", "New price", "Release 2.0"} <= set(words)
    said = charts.alt_over_time(LINE, "nps", 45, EVENTS)
    assert "2024-01 +31.0 (+25.0 to +37.0)" in said
    assert "2024-04 not shown" in said
    assert "Events: New price and Release 2.0." in said


def test_events_outside_are_not_drawn_and_words_never_cover_each_other():
    many = [(1.0 + i / 100, f"An event with a long name {i}") for i in range(12)] + [(90.0, "far away")]
    chart = charts.over_time(LINE, LIGHT, events=many)
    assert "far away" not in written(chart)
    texts = [layer["rows"] for layer in layers(chart, "text") if any("An event" in str(row.get("text")) for row in layer["rows"])]
    for rows in texts:
        assert len({row["y"] for row in rows}) == len(rows)  # so near to each other each needs a line of its own


def test_shares_stand_highest_first_and_few_answers_last():
    assert written(charts.share_dots(DOT_SHARES, LIGHT)).count("46.0%") == 2  # once as its own halo
    assert "too few answers to show" in charts.alt_share_dots(DOT_SHARES)
    assert "Pro 46.0% (41.0% to 51.0%)" in charts.alt_share_dots(DOT_SHARES, 0.4)


def test_stacked_shares_fill_the_bar():
    for name in STACK["name"]:
        parts = [row for row in drawn(charts.share_stack(STACK, LIGHT), "bar") if row["survey"] == name]
        assert (parts[0]["x"], parts[-1]["x2"]) == (0, pytest.approx(1))
    assert "A: 9.2% detractors, 28.6% passives, 62.2% promoters." in charts.alt_share_stack(STACK)


def test_each_part_of_a_waterfall_begins_where_the_last_ended():
    bars = drawn(charts.waterfall(STEPS, LIGHT), "bar")
    assert [(row["x"], row["x2"]) for row in bars] == [(33.0, 37.5), (37.5, 35.5), (35.5, 36.0)]
    assert drawn(charts.waterfall(STEPS, LIGHT), "point")[-1]["x2"] == 36.0
    assert charts.alt_waterfall(STEPS).endswith("Before +33.0, Within Pro +4.5, Within Basic −2.0, Mix +0.5 and Now +36.0.")
