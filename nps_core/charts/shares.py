"""Shares of groups one beneath the other: as dots on their intervals, and as stacked bars of the three groups."""

import math
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import BODY, SMALL, Canvas, Picture, finish, haloed, on, records, tooltips
from nps_core.charts.intervals import TOO_FEW, upright
from nps_core.charts.mentions import share_grid
from nps_core.charts.numbers import whole_percent
from nps_core.palette import Palette
from nps_core.scale import GROUPS
from nps_core.wording import count, listed, percent

STEP, HEAD, LABEL, BAR = 56, 30, 22, 18  # px: a row, the scale above, room for the name of a line, a bar
DOTS = ("name", "share", "low", "high", "n")
STACK = ("name", "n", *GROUPS)


def share_dots(frame: pd.DataFrame, palette: Palette, overall: float | None = None, group: str = "passive") -> Picture:
    """A row a group: its name and answers, its share as a dot on its interval, the figure at the right; highest first.

    Parameters
    ----------
    frame
        Columns name, share, low, high (0..1), n.
    palette
        The theme's colours.
    overall
        The share of everybody, drawn as a line through all rows.
    group
        Whose share: the colour.
    """
    rows = sorted(records(frame, DOTS), key=lambda row: math.inf if row["share"] is None else -row["share"])
    figures = [row["high"] for row in rows if row["high"] is not None] + ([] if overall is None else [overall])
    top = HEAD + (LABEL if overall is not None else 0)
    canvas = Canvas(0, max(math.ceil(max(figures, default=1) * 10) / 10, 0.2), top + STEP * max(len(rows), 1))
    for i, row in enumerate(rows):
        row |= {"head": top + i * STEP + 13, "y": top + i * STEP + 37, "left": 0, "right": canvas.high}
        row |= {"title": str(row["name"]), "text": TOO_FEW if row["share"] is None else percent(row["share"])}
        row |= {"answers": count(row["n"]), "size": "" if row["share"] is None else f"n {count(row['n'])}"}
        row["span"] = "" if row["low"] is None else f"{percent(row['low'])} to {percent(row['high'])}"
    known = [row for row in rows if row["share"] is not None]
    color, tips = palette.of_group(group), tooltips(title="Group", text="Share", span="Interval", answers="Answers")
    dot = on(known).mark_point(filled=True, shape="circle", size=170, color=color, opacity=1)
    layers = [
        *share_grid(canvas, palette),
        *([] if overall is None else upright(overall, f"Overall {percent(overall)}", HEAD + 8, canvas, palette, own=False)),
        on(known)
        .mark_rule(color=color, strokeWidth=3, strokeCap="round")
        .encode(canvas.x("low"), alt.X2("high:Q"), canvas.y(), tooltip=tips),
        dot.encode(canvas.x("share"), canvas.y(), tooltip=tips),
        *_heads(rows, canvas, palette),
    ]
    return finish(layers, palette, canvas.height)


def _heads(rows: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """Over each row its name at the left, its answers and its figure at the right."""
    known, missing = ([row for row in rows if (row["size"] != "") == shown] for shown in (True, False))
    left, right, y = canvas.x("left"), canvas.x("right"), canvas.y("head")
    end: dict[str, Any] = {"align": "right"}
    return [
        *haloed(rows, left, y, palette, palette.text, BODY, "title", limit={"expr": "width - 170"}),
        *haloed(known, right, y, palette, palette.muted, SMALL, "size", **end, dx=-62),
        *haloed(known, right, y, palette, palette.text, BODY, "text", **end, fontWeight=600),
        *haloed(missing, right, y, palette, palette.muted, SMALL, "text", **end),
    ]


def share_stack(frame: pd.DataFrame, palette: Palette) -> Picture:
    """A bar of full length a group: detractors, passives, promoters, the three figures over it at the right.

    Parameters
    ----------
    frame
        Columns name, n, detractor, passive, promoter (shares of 0..1, as they are to be read).
    palette
        The theme's colours.
    """
    rows = records(frame, STACK)
    canvas = Canvas(0, 1, HEAD + STEP * max(len(rows), 1))
    parts: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        top, left = HEAD + i * STEP, 0.0
        row |= {"head": top + 13, "left": 0, "right": 1, "title": str(row["name"]), "size": f"n {count(row['n'])}"}
        row["text"] = " · ".join(whole_percent(row[group] or 0) for group in GROUPS)
        for group in GROUPS:
            right = left + (row[group] or 0.0)
            place = {"x": left, "x2": right, "y": top + 26, "y2": top + 26 + BAR, "color": palette.of_group(group)}
            parts.append(place | {"survey": row["title"], "group": f"{group.capitalize()}s", "share": percent(row[group])})
            left = right
    head = [{"x": 0, "y": 10, "text": "Share of detractors, passives and promoters, from left to right"}]
    layers = [
        on(parts)
        .mark_bar(stroke=palette.background, strokeWidth=1.5)
        .encode(
            canvas.x(),
            alt.X2("x2:Q"),
            canvas.y(),
            alt.Y2("y2:Q"),
            color=alt.Color("color:N", scale=None),
            tooltip=tooltips(survey="Group", group="Who", share="Share"),
        ),
        *haloed(head, canvas.x(), canvas.y(), palette, palette.muted, limit={"expr": "width"}),
        *haloed(rows, canvas.x("left"), canvas.y("head"), palette, palette.text, BODY, "title", limit={"expr": "width - 130"}),
        *haloed(rows, canvas.x("right"), canvas.y("head"), palette, palette.text, SMALL, "text", align="right", fontWeight=600),
    ]
    return finish(layers, palette, canvas.height)


def alt_share_dots(frame: pd.DataFrame, overall: float | None = None) -> str:
    """What `share_dots` shows, in words."""
    said = [
        f"{row['name']} {TOO_FEW}"
        if row["share"] is None
        else f"{row['name']} {percent(row['share'])} ({percent(row['low'])} to {percent(row['high'])})"
        for row in records(frame, DOTS)
    ]
    text = f"Shares with their intervals: {listed(said)}."
    return text if overall is None else f"{text} The line through all rows stands at {percent(overall)}."


def alt_share_stack(frame: pd.DataFrame) -> str:
    """What `share_stack` shows, in words."""
    said = [
        f"{row['name']}: {percent(row['detractor'])} detractors, {percent(row['passive'])} passives, "
        f"{percent(row['promoter'])} promoters."
        for row in records(frame, STACK)
    ]
    return " ".join(["Stacked bars of the three groups.", *(said or ["There are no answers to show."])])
