"""A figure over time: the line with its interval as a band, over the bands of the score, with target and events."""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from nps_core.charts.base import (
    NARROW_ONLY,
    SMALL,
    WIDE_ONLY,
    Canvas,
    Picture,
    finish,
    from_row,
    haloed,
    on,
    pixel_x,
    pixel_y,
    plain,
    records,
    tooltips,
    words,
)
from nps_core.charts.labels import LETTER
from nps_core.charts.numbers import brief, whole_percent
from nps_core.palette import Palette
from nps_core.scale import BANDS
from nps_core.wording import count, interval, listed, percent, signed

TALL, FOOT = 250, 36  # px: the field, and the names of the periods beneath it
LANES, LANE, AIR = 4, 18, 20  # lines of events over the field, each so many px high; the air over a field without events
ROOMS = {WIDE_ONLY: 900, NARROW_ONLY: 330}  # px: the widths that the words of events must fit into
MOST_LABELS, FEW_POINTS, CROWD = 7, 8, 60  # names beneath the field; points that all carry their figure; that are drawn large
COLUMNS = ("name", "label", "x", "value", "low", "high", "n", "joined")
GAP = 4  # times the usual step from one period to the next beyond which the line breaks: nobody was asked between
Event = tuple[float, str]  # place in time, words


def over_time(
    frame: pd.DataFrame,
    palette: Palette,
    measure: str = "nps",
    target: float | None = None,
    events: Sequence[Event] = (),
) -> Picture:
    """A point a period on a line, its interval as a band around it; hollow points are periods that were joined.

    Parameters
    ----------
    frame
        As `views.over_time` gives; a period without a value breaks the line.
    palette
        The theme's colours.
    measure
        Nps (points, with the four bands behind) or passive (per cent).
    target
        The reader's target in points, drawn where `measure` is nps.
    events
        Places in time with words, as upright lines.
    """
    rows = _rows(frame, measure)
    known = [row for row in rows if row["value"] is not None]
    top = AIR + (LANE * min(len(events), LANES) if events else 0)
    field = Field(*_reach(known, measure, target if measure == "nps" else None), top)
    for row in known:
        row |= {"y": field.y(row["value"]), "top": field.y(row["high"]), "bottom": field.y(row["low"])}
    canvas = Canvas(*_time(rows), field.floor + FOOT)
    layers = [*(_bands(field, canvas, palette) if measure == "nps" else []), *_grid(field, canvas, measure, palette)]
    if measure == "nps" and target is not None and field.low <= target <= field.high:
        layers += _target(target, field, canvas, palette)
    layers += [*_marks(known, canvas, palette), *_events(events, field, canvas, palette)]
    layers += [*_figures(known, canvas, palette), *_foot(rows, field, canvas, palette)]
    if not known:
        layers += [words([{"text": "No period with enough answers to show"}], pixel_x(4), pixel_y(120), palette.muted)]
    return finish(layers, palette, canvas.height)


class Field(NamedTuple):
    """The figures that the field reaches from and to, and where it begins in pixels from the top.

    All layers share one scale, so places are worked out in pixels here.
    """

    low: float
    high: float
    top: int

    @property
    def floor(self) -> int:
        """Where the field ends, in pixels from the top."""
        return self.top + TALL

    def y(self, value: float) -> float:
        """How far from the top a figure stands."""
        return self.floor - (value - self.low) / (self.high - self.low) * TALL


def _rows(frame: pd.DataFrame, measure: str) -> list[dict[str, Any]]:
    """The periods with the words of their figures; `run` counts the stretches between gaps, where the line breaks."""
    rows, run = records(frame, COLUMNS), 0
    steps = [after["x"] - before["x"] for before, after in pairwise(rows)]
    far = GAP * median(steps) if steps else 0.0
    for row, step in zip(rows, [0.0, *steps], strict=bool(rows)):
        run += row["value"] is None or step > far
        row |= {"run": run, "title": str(row["name"]), "answers": count(row["n"])}
        row["text"], row["span"] = _words(row, measure)
    return rows


def _words(row: dict[str, Any], measure: str) -> tuple[str, str]:
    if row["value"] is None:
        return "", ""
    if measure == "nps":
        return signed(row["value"]), interval(row["low"], row["high"])
    return whole_percent(row["value"] / 100), f"{percent(row['low'] / 100)} to {percent(row['high'] / 100)}"


def _reach(known: Sequence[dict[str, Any]], measure: str, target: float | None) -> tuple[float, float]:
    """From one ten to another, holding every interval and a target that is near; 40 points at least."""
    ends = (-100.0, 100.0) if measure == "nps" else (0.0, 100.0)
    figures = [row[key] for row in known for key in ("low", "high", "value") if row[key] is not None]
    low, high = min(figures, default=ends[0]), max(figures, default=ends[1])
    if target is not None and known and low - 40 <= target <= high + 40:
        low, high = min(low, target), max(high, target)
    low, high = math.floor(low / 10) * 10, math.ceil(high / 10) * 10
    while high - low < 40 and (low, high) != ends:
        low, high = max(low - 10, ends[0]), min(high + 10, ends[1])
    return low, high


def _time(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """From half a period before the first point to half a period after the last, and a little room."""
    places = [row["x"] for row in rows] or [0.0]
    low, high = min(places) - 0.5, max(places) + 0.5
    room = max((high - low) * 0.05, 0.4)
    return low - room, high + room


def _across(canvas: Canvas, value: float, field: Field, **more: Any) -> dict[str, Any]:
    """A row that reaches over the whole width at one figure."""
    return {"x": canvas.low, "x2": canvas.high, "y": field.y(value), **more}


def _bands(field: Field, canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    stripes = [
        _across(canvas, min(band.high, field.high), field, y2=field.y(max(band.low, field.low)), color=color)
        for band, color in zip(BANDS, palette.bands, strict=True)
        if band.low < field.high and band.high > field.low
    ]
    color = alt.Color("color:N", scale=None)
    return [on(stripes).mark_rect(opacity=1).encode(canvas.x(), alt.X2("x2:Q"), canvas.y(), alt.Y2("y2:Q"), color)]


def _grid(field: Field, canvas: Canvas, measure: str, palette: Palette) -> list[alt.Chart]:
    """Lines at round figures with their numbers at the left; where a band begins its name stands at the right."""
    step = 10 if field.high - field.low <= 60 else 20 if field.high - field.low <= 120 else 50
    places = range(math.ceil(field.low / step) * step, int(field.high) + 1, step)
    ticks = [_across(canvas, at, field, text=brief(at) if measure == "nps" else whole_percent(at / 100)) for at in places]
    zero = [_across(canvas, 0, field)] if field.low <= 0 <= field.high else []
    edges = [
        _across(canvas, max(band.low, field.low), field, text=band.name.capitalize())
        for band in BANDS
        if measure == "nps" and band.low < field.high and band.high > field.low
    ]
    right: dict[str, Any] = {"dy": -9, "dx": -4, "align": "right", "fontStyle": "italic"}
    return [
        on(ticks).mark_rule(color=palette.grid).encode(canvas.x(), alt.X2("x2:Q"), canvas.y()),
        on(zero).mark_rule(color=palette.edge).encode(canvas.x(), alt.X2("x2:Q"), canvas.y()),
        words(ticks, canvas.x(), canvas.y(), palette.muted, SMALL, dy=-9, dx=2),
        words(edges, canvas.x("x2"), canvas.y(), palette.muted, SMALL, **right),
    ]


def _target(target: float, field: Field, canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    rows = [_across(canvas, target, field, text=f"Target {brief(target)}")]
    line = on(rows).mark_rule(color=palette.text, strokeWidth=2, strokeDash=[5, 4])
    return [
        line.encode(canvas.x(), alt.X2("x2:Q"), canvas.y()),
        *haloed(rows, canvas.x("x2"), canvas.y(), palette, palette.text, dy=11, dx=-4, align="right", fontWeight=600),
    ]


def _marks(known: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    for row in known:
        row["fill"] = palette.background if row["joined"] else palette.passive
    tips = tooltips(title="Period", text="Figure", span="Interval", answers="Answers")
    run, x, low = alt.Detail("run:N"), canvas.x(), alt.Y2("bottom:Q")
    alone = [row for row in known if sum(other["run"] == row["run"] for other in known) == 1]
    size = 90 if len(known) <= CROWD else 25
    return [
        on(known).mark_area(color=palette.passive, opacity=0.22).encode(x, canvas.y("top"), low, run),
        on(alone).mark_rule(color=palette.passive, strokeWidth=3, opacity=0.5).encode(x, canvas.y("top"), low),
        on(known).mark_line(color=palette.passive, strokeWidth=2.5).encode(x, canvas.y(), run),
        on(known)
        .mark_point(filled=True, shape="circle", size=size, stroke=palette.passive, strokeWidth=2.5, opacity=1)
        .encode(x, canvas.y(), fill=alt.Fill("fill:N", scale=None), tooltip=tips),
    ]


def _figures(known: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """The figures over the points: over all where they are few, else over the first, the last, the lowest and the highest."""
    if not known:
        return []
    ends = [known[0], known[-1]]
    extremes = [min(known, key=lambda row: row["value"]), max(known, key=lambda row: row["value"])]
    far = known if len(known) <= FEW_POINTS else [*ends, *extremes]
    near = known if len(known) <= FEW_POINTS // 2 else ends
    for row in known:
        row["align"] = _edge(row, known)
    layers = []
    for rows, width in ((_once(far), WIDE_ONLY), (_once(near), NARROW_ONLY)):
        place: dict[str, Any] = {"dy": -16, "fontWeight": 600, "opacity": {"expr": width}, **from_row("align")}
        layers += haloed(rows, canvas.x(), canvas.y(), palette, palette.text, SMALL, **place)
    return layers


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["title"]: row for row in rows}.values())


def _events(events: Sequence[Event], field: Field, canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """An upright line an event, its words on the first of a few lines where they cover no others; else in the tooltip alone."""
    inside = [event for event in events if canvas.low <= event[0] <= canvas.high]
    if not inside:
        return []
    rules = [{"x": place, "text": text, "y": 2, "y2": field.floor} for place, text in inside]
    line = on(rules).mark_rule(color=palette.text, strokeWidth=1.5, strokeDash=[2, 3])
    layers = [line.encode(canvas.x(), canvas.y(), alt.Y2("y2:Q"), tooltip=tooltips(text="Event"))]
    for width, room in ROOMS.items():
        place: dict[str, Any] = {"opacity": {"expr": width}, **from_row("align", "dx")}
        layers += haloed(_laid(inside, canvas, room), canvas.x(), canvas.y(), palette, palette.text, **place)
    return layers


def _laid(events: Sequence[Event], canvas: Canvas, room: int) -> list[dict[str, Any]]:
    """The events whose words find a place on a picture so wide, each on the first line that is free there."""
    rows, taken = [], [list[tuple[float, float]]() for _ in range(LANES)]
    for place, text in events:
        at, wide = (place - canvas.low) / (canvas.high - canvas.low) * room, LETTER * len(text) + 8
        align = "left" if at + wide < room else "right" if at > wide else ""
        span = (at, at + wide) if align == "left" else (at - wide, at)
        lane = next((i for i, spans in enumerate(taken) if all(span[1] < low or span[0] > high for low, high in spans)), None)
        if align and lane is not None:
            taken[lane].append(span)
            rows.append({"x": place, "text": text, "y": 9 + lane * LANE, "align": align, "dx": 4 if align == "left" else -4})
    return rows


def _foot(rows: list[dict[str, Any]], field: Field, canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """The names of the periods beneath: the first and the last everywhere, some between them where there is room."""
    if not rows:
        return []
    last = len(rows) - 1
    every = max(1, math.ceil(len(rows) / MOST_LABELS))
    some = [row for i, row in enumerate(rows) if i in (0, last) or (i % every == 0 and last - i >= every)]
    ends = [rows[0], rows[-1]] if last else [rows[0]]
    layers = []
    for chosen, width in ((some, WIDE_ONLY), (ends, NARROW_ONLY)):
        names = [{"x": row["x"], "text": row["label"], "align": _edge(row, rows)} for row in chosen]
        place = {"opacity": {"expr": width}, **from_row("align")}
        layers.append(words(names, canvas.x(), pixel_y(field.floor + 20), palette.muted, SMALL, **place))
    return layers


def _edge(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    """How words at a point stand so that they do not leave the picture."""
    if len(rows) == 1:
        return "center"
    return "left" if row is rows[0] else "right" if row is rows[-1] else "center"


def alt_over_time(frame: pd.DataFrame, measure: str = "nps", target: float | None = None, events: Sequence[Event] = ()) -> str:
    """What `over_time` shows, in words."""
    rows = _rows(frame, measure)
    said = [f"{row['title']} {row['text']} ({row['span']})" if row["text"] else f"{row['title']} not shown" for row in rows]
    what = "Net Promoter Score over time" if measure == "nps" else "Share of passives over time"
    text = f"{what}, with intervals: {listed(said)}." if said else f"{what}. There is no period to show."
    if measure == "nps" and plain(target) is not None:
        text += f" Target {signed(target)}."
    return text + (f" Events: {listed([words for _, words in events])}." if events else "")
