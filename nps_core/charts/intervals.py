"""Scores with their intervals, one beneath the other: segments, waves, own history, or an earlier and a later score."""

import math
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import (
    BODY,
    SMALL,
    Canvas,
    Picture,
    aside,
    finish,
    from_row,
    haloed,
    on,
    pixel_y,
    plain,
    records,
    tooltips,
    words,
)
from nps_core.charts.numbers import brief
from nps_core.palette import Palette
from nps_core.wording import count, interval, listed, signed

STEP, HEAD = 56, 30  # px: a row, and the numbers of the scale above all rows
LABEL = 22  # px: room for the name of a line through all rows
COLUMNS = ("name", "nps", "low", "high", "n", "note")
TOO_FEW = "too few answers to show"


def interval_dots(
    frame: pd.DataFrame, palette: Palette, sort: bool = True, overall: float | None = None, overall_name: str = "Overall"
) -> Picture:
    """A row a group: its name and its answers, its score as a dot on its interval, the figure at the right.

    Parameters
    ----------
    frame
        Columns name, nps, low, high (points, −100..100), n; optionally note, the words in place of a figure that is missing.
    palette
        The theme's colours.
    sort
        Highest first; False keeps the frame's order, as waves need it.
    overall
        A score drawn as a line through all rows.
    overall_name
        What that line is called.
    """
    rows = records(frame, COLUMNS)
    if sort:
        rows.sort(key=lambda row: math.inf if row["nps"] is None else -row["nps"])
    overall = plain(overall)
    canvas = _canvas(rows, overall)
    layers = grid(canvas, palette)
    if overall is not None:
        layers += upright(overall, f"{overall_name} {signed(overall)}", HEAD + 8, canvas, palette, own=False)
    layers += _rows(rows, canvas, palette, HEAD if overall is None else HEAD + LABEL)
    return finish(layers, palette, canvas.height)


def change_rule(frame: pd.DataFrame, palette: Palette) -> Picture:
    """Two scores with their intervals, the earlier hollow, the later filled, and an arrow from one to the other.

    Parameters
    ----------
    frame
        Two rows, earlier first, as for `interval_dots`.
    palette
        The theme's colours.
    """
    rows = records(frame, COLUMNS)[:2]
    canvas = _canvas(rows, None)
    layers = [*grid(canvas, palette), *_rows(rows, canvas, palette, HEAD, hollow_first=True)]
    known = [row for row in rows if row["nps"] is not None]
    if len(known) == 2:
        first, last = known
        join = [{"x": first["nps"], "x2": last["nps"], "y": first["y"] + 10, "y2": last["y"] - 12}]
        tip = [{"x": last["nps"], "y": last["y"] - 14}]
        layers += [
            on(join)
            .mark_rule(color=palette.edge, strokeWidth=1.5, strokeDash=[3, 3])
            .encode(canvas.x(), alt.X2("x2:Q"), canvas.y(), alt.Y2("y2:Q")),
            on(tip)
            .mark_point(shape="triangle-down", filled=True, color=palette.edge, size=70, opacity=1)
            .encode(canvas.x(), canvas.y()),
        ]
    return finish(layers, palette, canvas.height)


def _canvas(rows: list[dict[str, Any]], overall: float | None) -> Canvas:
    """The field that holds every row, from one ten to another, at least 40 points wide."""
    figures = [row[key] for row in rows for key in ("nps", "low", "high") if row[key] is not None]
    figures += [] if overall is None else [overall]
    low, high = math.floor(min(figures, default=-100) / 10) * 10, math.ceil(max(figures, default=100) / 10) * 10
    while high - low < 40:
        low, high = max(low - 10, -100), min(high + 10, 100)
    return Canvas(low, high, HEAD + (0 if overall is None else LABEL) + STEP * max(len(rows), 1))


def grid(canvas: Canvas, palette: Palette, step: int | None = None) -> list[alt.Chart]:
    """Upright lines at round scores with their numbers on top; the line at 0 is the firmer one."""
    step = step or (20 if canvas.high - canvas.low <= 120 else 50)
    first = math.ceil(canvas.low / step) * step
    ticks: list[dict[str, Any]] = [{"x": x, "y": 24, "y2": canvas.height} for x in range(first, int(canvas.high) + 1, step)]
    for tick in ticks:
        tick["text"] = brief(tick["x"])
        tick["align"] = "left" if tick["x"] == canvas.low else "right" if tick["x"] == canvas.high else "center"
    zero = [tick for tick in ticks if tick["x"] == 0]
    return [
        on(ticks).mark_rule(color=palette.grid).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        on(zero).mark_rule(color=palette.edge).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        words(ticks, canvas.x(), pixel_y(10), palette.muted, SMALL, **from_row("align")),
    ]


def upright(value: float, text: str, y: int, canvas: Canvas, palette: Palette, own: bool) -> list[alt.Chart]:
    """A line through all rows with its name on top: solid in the accent where it is the reader's own score, else dashed."""
    row = {"x": value, "y": y + 9, "y2": canvas.height, "text": text}
    line: dict[str, Any] = {"color": palette.passive} if own else {"color": palette.text, "strokeDash": [5, 4]}
    ink = palette.accent_text if own else palette.text
    return [
        on([row]).mark_rule(strokeWidth=2, **line).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        *haloed([row], canvas.x(), pixel_y(y), palette, ink, align=aside(value, canvas.low, canvas.high, 0.25), fontWeight=600),
    ]


def _rows(rows: list[dict[str, Any]], canvas: Canvas, palette: Palette, top: int, hollow_first: bool = False) -> list[alt.Chart]:
    for i, row in enumerate(rows):
        row |= {"title": str(row["name"]), "score": signed(row["nps"]), "span": interval(row["low"], row["high"])}
        row |= {"answers": count(row["n"]), "left": canvas.low, "right": canvas.high, "head": top + i * STEP + 13}
        row |= {"y": top + i * STEP + 37, "size": "" if row["n"] is None or row["nps"] is None else f"n {count(row['n'])}"}
        row["fill"] = palette.background if hollow_first and i == 0 else palette.passive
    known = [row for row in rows if row["nps"] is not None]
    spans = [row for row in known if row["low"] is not None and row["high"] is not None]
    tips = tooltips(title="Group", score="NPS", span="Interval", answers="Answers")
    line = on(spans).mark_rule(color=palette.passive, strokeWidth=3, strokeCap="round")
    dot = on(known).mark_point(filled=True, shape="circle", size=170, stroke=palette.passive, strokeWidth=2.5, opacity=1)
    return [
        line.encode(canvas.x("low"), alt.X2("high:Q"), canvas.y(), tooltip=tips),
        dot.encode(canvas.x("nps"), canvas.y(), fill=alt.Fill("fill:N", scale=None), tooltip=tips),
        *_heads(rows, canvas, palette),
    ]


def _heads(rows: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """Over each row: its name at the left, its answers and its score at the right."""
    known = [row for row in rows if row["nps"] is not None]
    missing = [row | {"score": str(row["note"] or TOO_FEW)} for row in rows if row["nps"] is None]
    left, right, y = canvas.x("left"), canvas.x("right"), canvas.y("head")
    limit = {"expr": "width - 160"}
    place: dict[str, Any] = {"align": "right"}
    return [
        *haloed(rows, left, y, palette, palette.text, BODY, "title", limit=limit),
        *haloed(known, right, y, palette, palette.muted, SMALL, "size", **place, dx=-58),
        *haloed(known, right, y, palette, palette.text, BODY, "score", **place, fontWeight=600),
        *haloed(missing, right, y, palette, palette.muted, SMALL, "score", **place),
    ]


def alt_interval_dots(frame: pd.DataFrame, overall: float | None = None) -> str:
    """What `interval_dots` shows, in words."""
    said = [
        f"{row['name']} {row['note'] or TOO_FEW}"
        if row["nps"] is None
        else f"{row['name']} {signed(row['nps'])} ({interval(row['low'], row['high'])})"
        for row in records(frame, COLUMNS)
    ]
    text = f"Scores with their intervals: {listed(said)}."
    return text if plain(overall) is None else f"{text} The line through all rows stands at {signed(overall)}."


def alt_change_rule(frame: pd.DataFrame) -> str:
    """What `change_rule` shows, in words."""
    said = [f"{row['name']} {signed(row['nps'])} ({interval(row['low'], row['high'])})" for row in records(frame, COLUMNS)[:2]]
    return f"Two scores with their intervals, earlier then later: {listed(said)}."
