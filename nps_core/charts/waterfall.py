"""From one score to another by its parts: each part begins where the one before it ended."""

import math
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import BODY, SMALL, Canvas, Picture, finish, haloed, on, records, tooltips
from nps_core.charts.intervals import HEAD, grid
from nps_core.palette import Palette
from nps_core.wording import listed, signed

STEP, BAR = 52, 14  # px: a row, a bar
COLUMNS = ("name", "kind", "points")
ENDS = ("start", "end")


def waterfall(frame: pd.DataFrame, palette: Palette) -> Picture:
    """A row a part: its name, its bar from where the last one ended, its points at the right; the two scores at top and bottom.

    Parameters
    ----------
    frame
        Columns name, kind (start, within, mix, end) and points (as they are to be read), in the order to draw; the start and the
        parts add up to the end.
    palette
        The theme's colours.
    """
    rows = _placed(records(frame, COLUMNS), palette)
    places = [row[key] for row in rows for key in ("x", "x2")]
    low, high = math.floor(min(places, default=0) / 10) * 10, math.ceil(max(places, default=10) / 10) * 10
    while high - low < 20:
        low, high = max(low - 10, -200), min(high + 10, 200)
    canvas = Canvas(low, high, HEAD + STEP * max(len(rows), 1))
    for row in rows:
        row |= {"left": low, "right": high}
    tips = tooltips(title="Part", text="Points")
    joins = [{"x": row["end"], "y": row["top"] + BAR, "y2": following["top"]} for row, following in pairwise(rows)]
    ends, parts = ([row for row in rows if (row["kind"] in ENDS) == wanted] for wanted in (True, False))
    bar = on(parts).mark_bar(cornerRadius=2)
    dot = on(ends).mark_point(filled=True, shape="circle", size=170, color=palette.passive, opacity=1)
    layers = [
        *grid(canvas, palette, 10 if high - low <= 60 else 20),
        on(joins).mark_rule(color=palette.edge, strokeDash=[3, 3]).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        bar.encode(
            canvas.x(), alt.X2("x2:Q"), canvas.y("top"), alt.Y2("bottom:Q"), color=alt.Color("color:N", scale=None), tooltip=tips
        ),
        dot.encode(canvas.x(), canvas.y("middle"), tooltip=tips),
        *haloed(rows, canvas.x("left"), canvas.y("head"), palette, palette.text, BODY, "title", limit={"expr": "width - 70"}),
        *haloed(parts, canvas.x("right"), canvas.y("head"), palette, palette.text, SMALL, "text", align="right"),
        *haloed(ends, canvas.x("right"), canvas.y("head"), palette, palette.text, BODY, "text", align="right", fontWeight=600),
    ]
    return finish(layers, palette, canvas.height)


def _placed(rows: list[dict[str, Any]], palette: Palette) -> list[dict[str, Any]]:
    """Where each bar begins and ends. What rises has the promoters' colour, what falls the detractors'."""
    at = 0.0
    for i, row in enumerate(rows):
        points = row["points"] or 0.0
        begin, at = (points, points) if row["kind"] in ENDS else (at, at + points)
        top = HEAD + i * STEP + 26
        row |= {"x": begin, "x2": at, "end": at, "top": top, "bottom": top + BAR, "middle": top + BAR / 2, "head": top - 13}
        row |= {"title": str(row["name"]), "text": signed(points), "color": palette.promoter if points > 0 else palette.detractor}
    return rows


def alt_waterfall(frame: pd.DataFrame) -> str:
    """What `waterfall` shows, in words."""
    said = [f"{row['name']} {signed(row['points'])}" for row in records(frame, COLUMNS)]
    return f"From one score to the other by its parts: {listed(said)}." if said else "There is no change to take apart."
