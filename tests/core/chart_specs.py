"""Small frames of every kind a picture takes, the pictures of them, and how to read a picture's specification."""

import altair as alt
import numpy as np
import pandas as pd

from nps_core import charts

COUNTS = [120, 30, 45, 60, 90, 330, 570, 1390, 2510, 2600, 5867]
BARS = pd.DataFrame({"score": range(11), "count": COUNTS, "share": np.array(COUNTS) / sum(COUNTS)})
SHARES = pd.DataFrame({"name": ["A", "B"], "detractor": [0.092, 0.01], "passive": [0.286, 0.02], "promoter": [0.622, 0.97]})
ROW = {"nps": 53.4161, "low": 52.3, "high": 54.5, "published": 53.4}
CHANCES = {"negative": 0.0, "moderate": 0.0, "good": 0.032, "excellent": 0.968}
POINTS = pd.DataFrame(
    [
        {"name": "This survey", "kind": "this", "passive": 28.6, "nps": 53.4, "low": 52.3, "high": 54.5, "n": 13612},
        {"name": "Rival", "kind": "second", "passive": 44.0, "nps": 53.1, "low": 48.0, "high": 58.0, "n": 800},
        {"name": "North", "kind": "segment", "passive": 60.0, "nps": 10.0, "low": 5.0, "high": 15.0, "n": 90},
        {"name": "2024-Q1", "kind": "wave", "passive": 30.0, "nps": -20.0, "low": -30.0, "high": -10.0, "n": 300},
    ]
)
DOTS = pd.DataFrame(
    {
        "name": ["Pro", "Enterprise", "Tiny"],
        "nps": [31.0, 61.25, None],
        "low": [24.1, 55.0, None],
        "high": [37.6, 67.0, None],
        "n": [400, 520, 3],
    }
)
INDUSTRIES = pd.DataFrame(
    {
        "industry": ["Airlines", "Airlines", "Insurance"],
        "low": [7.0, 39.0, 15.0],
        "high": [7.0, 39.0, 30.0],
        "source": ["XM Institute", "QuestionPro list", "Formspring"],
        "year": pd.array([2022, None, 2026], dtype="Int64"),
        "population": ["US consumers", "", "ranges"],
    }
)
LINE = pd.DataFrame(
    {
        "name": ["2024-01", "2024-02 to 2024-03", "2024-04", "2024-05"],
        "label": ["2024-01", "2024-02–03", "2024-04", "2024-05"],
        "x": [0.0, 1.5, 3.0, 4.0],
        "value": [31.0, 35.5, None, 40.0],
        "low": [25.0, 30.0, None, 33.0],
        "high": [37.0, 41.0, None, 47.0],
        "n": pd.array([300, 310, None, 280], dtype="Int64"),
        "joined": [False, True, False, False],
    }
)
EVENTS = [(1.2, "New price"), (3.9, "Release 2.0")]
DOT_SHARES = pd.DataFrame(
    {"name": ["Pro", "Tiny"], "share": [0.46, None], "low": [0.41, None], "high": [0.51, None], "n": [400, None]}
)
STACK = SHARES.assign(n=[400, 20])
STEPS = pd.DataFrame(
    {
        "name": ["Before", "Within Pro", "Within Basic", "Mix", "Now"],
        "kind": ["start", "within", "within", "mix", "end"],
        "points": [33.0, 4.5, -2.0, 0.5, 36.0],
    }
)
MIX = pd.concat([BARS.assign(which="This survey"), BARS.assign(which="With 43.5% passives", share=1 / 11)])

PICTURES = {
    "histogram": lambda p: charts.histogram(BARS, p),
    "mix_histogram": lambda p: charts.mix_histogram(MIX, p),
    "share_bar": lambda p: charts.share_bar(SHARES, p),
    "plane": lambda p: charts.same_score_plane(POINTS, p, 53.4, 40),
    "band_scale": lambda p: charts.band_scale(ROW, CHANCES, p, target=60),
    "interval_strip": lambda p: charts.interval_strip(ROW, p),
    "interval_dots": lambda p: charts.interval_dots(DOTS, p, overall=40),
    "change_rule": lambda p: charts.change_rule(DOTS.head(2), p),
    "over_time": lambda p: charts.over_time(LINE, p, "nps", 45, EVENTS),
    "passives_over_time": lambda p: charts.over_time(LINE, p, "passive"),
    "share_dots": lambda p: charts.share_dots(DOT_SHARES, p, 0.4),
    "share_stack": lambda p: charts.share_stack(STACK, p),
    "waterfall": lambda p: charts.waterfall(STEPS, p),
    "industries": lambda p: charts.industry_ranges(INDUSTRIES, p, 53.4, 52.3, 54.5, 60),
}


def spec_of(chart: alt.LayerChart) -> dict:
    """The specification, each layer with its rows in `rows`."""
    spec = chart.to_dict()
    for layer in spec["layer"]:
        data = layer.get("data", spec.get("data"))
        layer["rows"] = spec["datasets"][data["name"]] if "name" in data else data["values"]
    return spec


def layers(chart: alt.LayerChart, mark: str) -> list[dict]:
    return [layer for layer in spec_of(chart)["layer"] if layer["mark"]["type"] == mark]


def written(chart: alt.LayerChart) -> list[str]:
    """Every word on the picture."""
    return [
        str(row[layer["encoding"]["text"]["field"]])
        for layer in layers(chart, "text")
        for row in layer["rows"]
        if layer["encoding"]["text"]["field"] in row
    ]
