"""What industries score, source by source, with the reader's own score drawn through all of them."""

import math
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import BODY, SMALL, Canvas, Picture, finish, from_row, haloed, on, plain, records, tooltips
from nps_core.charts.intervals import grid, upright
from nps_core.charts.numbers import brief
from nps_core.palette import Palette
from nps_core.wording import interval, listed, signed

NAME, LANE, GAP, HEAD = 26, 23, 12, 62  # px: an industry's name, a source's lane, the air beneath, the head of the picture
SHEET = 640  # px: about how high the parts of the picture are at most, so that paper need not cut any
COLUMNS = ("industry", "low", "high", "source", "year", "population", "statistic", "label")


def industry_ranges(
    frame: pd.DataFrame,
    palette: Palette,
    nps: float | None,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    every: pd.DataFrame | None = None,
) -> Picture:
    """A block an industry, a lane a source: a range as a bar, a single figure as a diamond, its source and year beside it.

    Sources that disagree lie beneath each other, so the disagreement is what one sees. Grows with the rows.

    Parameters
    ----------
    frame
        Columns industry, low, high (points; equal where the source gives one figure), source, year, population;
        optionally statistic (mean, upper quartile … where it is not just a score) and label (the source's own name).
    palette
        The theme's colours.
    nps, low, high
        The reader's own score and its interval; None draws none.
    target
        The reader's own target.
    every
        All figures where `frame` is one of the parts that `industry_sheets` made of them: they share its scale.
    """
    rows = _known(frame)
    nps, low, high, target = (plain(figure) for figure in (nps, low, high, target))
    canvas = _canvas(rows if every is None else _known(every), [x for x in (nps, low, high, target) if x is not None])
    heads, height = _laid_out(rows, canvas)
    canvas = canvas._replace(height=height)
    layers = grid(canvas, palette, 20)
    if nps is not None:
        layers += _own(nps, low, high, canvas, palette)
    if target is not None:
        layers += upright(target, f"Target {brief(target)}", 48, canvas, palette, own=False)
    return finish([*layers, *_marks(rows, heads, canvas, palette)], palette, height)


def industry_sheets(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The figures in parts of like height, each about `SHEET` pixels high as a picture or less; no industry is cut in two."""
    blocks = {name: NAME + LANE * len(rows) + GAP for name, rows in _by_industry(_known(frame)).items()}
    many = max(math.ceil(sum(blocks.values()) / (SHEET - HEAD)), 1)
    share, done, sheet = sum(blocks.values()) / many, 0, dict[str, int]()
    for name, height in blocks.items():
        sheet[name] = int((done + height / 2) / share)  # the part that the middle of the industry lies in
        done += height
    of = frame["industry"].map(sheet)
    return [frame[of == number] for number in sorted(set(sheet.values()))] or [frame]


def _known(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in records(frame, COLUMNS) if row["low"] is not None and row["high"] is not None]


def _canvas(rows: list[dict[str, Any]], own: list[float]) -> Canvas:
    figures = [row[key] for row in rows for key in ("low", "high") if row[key] is not None] + own
    low = math.floor(min(figures, default=0) / 20) * 20
    high = math.ceil(max(figures, default=80) / 20) * 20
    return Canvas(max(min(low, 0), -100), min(max(high, 80), 100), HEAD)


def _laid_out(rows: list[dict[str, Any]], canvas: Canvas) -> tuple[list[dict[str, Any]], int]:
    """The industries' names with their places, and the whole height; gives each row its place and words.

    Industries stay in the order they first occur in.
    """
    heads, y = [], HEAD
    for industry, mine in _by_industry(rows).items():
        heads.append({"x": canvas.low, "y": y + 12, "text": industry})
        y += NAME
        for row in mine:
            row |= _lane(row, canvas) | {"y": y + LANE / 2, "title": industry}
            y += LANE
        y += GAP
    return heads, y


def _by_industry(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(str(row["industry"]), []).append(row)
    return groups


def _lane(row: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """What one source's lane says, and on which side of its mark."""
    low, high = row["low"], row["high"]
    year = "" if row["year"] is None else str(int(row["year"]))
    short = brief(low) if low == high else f"{brief(low)} to {brief(high)}"
    before, after = low - canvas.low, canvas.high - high
    left = after >= before
    kind = row["statistic"] if low == high else None  # that a range is one can be seen
    return {
        "figure": signed(low) if low == high else interval(low, high),
        "text": ", ".join(part for part in (f"{short}  {row['source']} {year}".rstrip(), kind) if part),
        "from": str(row["source"]),
        "when": year or "not stated",
        "who": str(row["population"] or "not stated"),
        "called": str(row["label"] or row["industry"]),
        "what": str(row["statistic"] or "score"),
        "align": "left" if left else "right",
        "room": max(before, after) / (canvas.high - canvas.low),
        "at": high if left else low,
        "dx": 11 if left else -11,
    }


def _marks(rows: list[dict[str, Any]], heads: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    tips = tooltips(title="Industry", called="Called there", figure="NPS", what="Figure", when="Year", who="Population")
    tips.insert(2, alt.Tooltip("from:N", title="Source"))
    ranges = [row for row in rows if row["low"] != row["high"]]
    single = [row for row in rows if row["low"] == row["high"]]
    bar = on(ranges).mark_rule(color=palette.promoter, strokeWidth=10, opacity=1)
    diamond = on(single).mark_point(shape="diamond", filled=True, color=palette.promoter, size=150, opacity=1)
    place = from_row("align", "dx") | {"limit": {"expr": "datum.room * width - 12"}}
    return [
        *haloed(rows, canvas.x("at"), canvas.y(), palette, palette.muted, SMALL, **place),
        bar.encode(canvas.x("low"), alt.X2("high:Q"), canvas.y(), tooltip=tips),
        diamond.encode(canvas.x("low"), canvas.y(), tooltip=tips),
        *haloed(heads, canvas.x(), canvas.y(), palette, palette.text, BODY, fontWeight=600, limit={"expr": "width"}),
    ]


def _own(nps: float, low: float | None, high: float | None, canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """The reader's own score as a line through all rows, its interval as a faint band around it."""
    layers = []
    if low is not None and high is not None:
        band = [{"x": low, "x2": high, "y": 40, "y2": canvas.height}]
        mark = on(band).mark_rect(color=palette.passive, opacity=0.16)
        layers.append(mark.encode(canvas.x(), alt.X2("x2:Q"), canvas.y(), alt.Y2("y2:Q")))
    return layers + upright(nps, f"This survey {signed(nps)}", 30, canvas, palette, own=True)


def alt_industry_ranges(
    frame: pd.DataFrame, nps: float | None, low: float | None = None, high: float | None = None, target: float | None = None
) -> str:
    """What `industry_ranges` shows, in words."""
    rows = _known(frame)
    said = [f"{industry} {listed([_figure(row) for row in mine])}" for industry, mine in _by_industry(rows).items()]
    own = "" if plain(nps) is None else f" The line through all rows is this survey: {signed(nps)} ({interval(low, high)})."
    goal = "" if plain(target) is None else f" The dashed line is the target, {signed(target)}."
    return f"Published scores by industry: {'; '.join(said) or 'none to show'}.{own}{goal}"


def _figure(row: dict[str, Any]) -> str:
    figure = signed(row["low"]) if row["low"] == row["high"] else interval(row["low"], row["high"])
    return f"{figure} ({row['source']})"
