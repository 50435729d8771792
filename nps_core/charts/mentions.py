"""How often something is said: bars of shares with their intervals, and shares of several groups side by side."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import BODY, SMALL, Canvas, Picture, finish, from_row, haloed, on, pixel_y, records, tooltips, words
from nps_core.charts.numbers import whole_percent
from nps_core.palette import Palette
from nps_core.wording import count, listed, percent

STEP, HEAD, BAR = 54, 26, 14  # px: a row, the room for the scale above, the thickness of a bar
CELL, LEFT = 44, 190  # px: a row of the matrix, the room for its names
COLUMNS = ("name", "count", "share", "low", "high")
NONE_HERE = "–"


def mention_bars(frame: pd.DataFrame, palette: Palette, group: str = "passive") -> Picture:
    """A row a theme: its name, a bar as long as its share, the interval as a line across its end, share and count at the right.

    Parameters
    ----------
    frame
        Columns name, count, share, low, high (0..1), in the order to draw.
    palette
        The theme's colours.
    group
        Whose words: the colour of the bars.
    """
    rows = _placed(records(frame, COLUMNS))
    highest = max((row["high"] or 0 for row in rows), default=0)
    canvas = Canvas(0, max(min(-(-highest * 10 // 1) / 10, 1), 0.2), HEAD + STEP * max(len(rows), 1))
    color = palette.of_group(group) if group != "all" else palette.edge
    spans = [row for row in rows if row["low"] is not None]
    tips = tooltips(title="Theme", percent="Share", span="Interval", comments="Comments")
    layers = [
        *share_grid(canvas, palette),
        on(spans)
        .mark_bar(color=color, size=BAR, cornerRadiusEnd=2)
        .encode(canvas.x("zero"), alt.X2("share:Q"), canvas.y(), tooltip=tips),
        on(spans)
        .mark_rule(color=palette.text, strokeWidth=1.5)
        .encode(canvas.x("low"), alt.X2("high:Q"), canvas.y(), tooltip=tips),
        *_ends(spans, canvas, palette),
        *haloed(rows, canvas.x("zero"), canvas.y("head"), palette, palette.text, BODY, "title", limit={"expr": "width - 130"}),
        *haloed(rows, canvas.x("right"), canvas.y("head"), palette, palette.muted, SMALL, "comments", align="right", dx=-46),
        *haloed(rows, canvas.x("right"), canvas.y("head"), palette, palette.text, BODY, "percent", align="right", fontWeight=600),
    ]
    return finish(layers, palette, canvas.height)


def _placed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for i, row in enumerate(rows):
        row |= {"title": str(row["name"]), "percent": NONE_HERE if row["share"] is None else whole_percent(row["share"])}
        row |= {"span": "" if row["low"] is None else _span(row)}
        row |= {"comments": "" if row["count"] is None else count(row["count"])}
        row |= {"head": HEAD + i * STEP + 12, "y": HEAD + i * STEP + 34, "zero": 0}
    return rows


def _span(row: Mapping[str, Any]) -> str:
    return f"{percent(row['low'], 0)} to {percent(row['high'], 0)}"


def share_grid(canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """Upright lines at round shares with their numbers on top."""
    step = 0.1 if canvas.high <= 0.5 else 0.2
    ticks: list[dict[str, Any]] = [
        {"x": i * step, "y": 20, "y2": canvas.height, "text": whole_percent(i * step)}
        for i in range(round(canvas.high / step) + 1)
    ]
    for tick in ticks:
        tick["align"] = "left" if tick["x"] == 0 else "right" if tick["x"] >= canvas.high else "center"
    return [
        on(ticks).mark_rule(color=palette.grid).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        words(ticks, canvas.x(), pixel_y(9), palette.muted, SMALL, **from_row("align")),
    ]


def _ends(rows: list[dict[str, Any]], canvas: Canvas, palette: Palette) -> list[alt.Chart]:
    """The short strokes at both ends of each interval, and the right edge that the figures hang on."""
    for row in rows:
        row["right"] = canvas.high
    ends = [{"x": row[key], "y": row["y"] - 5, "y2": row["y"] + 5} for row in rows for key in ("low", "high")]
    return [on(ends).mark_rule(color=palette.text, strokeWidth=1.5).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q"))]


def alt_mention_bars(frame: pd.DataFrame) -> str:
    """What `mention_bars` shows, in words."""
    said = [
        f"{row['name']} {NONE_HERE}"
        if row["share"] is None
        else f"{row['name']} {percent(row['share'], 0)} ({_span(row)}, {count(row['count'])})"
        for row in records(frame, COLUMNS)
    ]
    return f"Share of comments: {listed(said)}." if said else "Nothing is said."


def share_matrix(frame: pd.DataFrame, palette: Palette) -> Picture:
    """Groups side by side: a column a group, a row a theme, the share in each cell, the stronger the larger.

    Parameters
    ----------
    frame
        Columns row, column (names), share (0..1, missing where it is not shown), in the order to draw.
    palette
        The theme's colours.
    """
    cells = records(frame, ("row", "column", "share"))
    names = list(dict.fromkeys(str(cell["row"]) for cell in cells))
    columns = list(dict.fromkeys(str(cell["column"]) for cell in cells))
    canvas = Canvas(0, 1, HEAD + 8 + CELL * max(len(names), 1))
    highest = max((cell["share"] or 0 for cell in cells), default=0) or 1
    for cell in cells:
        row, column = names.index(str(cell["row"])), columns.index(str(cell["column"]))
        top = HEAD + 8 + row * CELL
        cell |= {"x": (column + 0.03) / len(columns), "x2": (column + 0.97) / len(columns), "y": top + 20, "y2": top + CELL - 2}
        cell |= {"text": NONE_HERE if cell["share"] is None else whole_percent(cell["share"])}
        cell |= {"middle": (column + 0.5) / len(columns), "center": top + 31}
        cell |= {"depth": 0.0 if cell["share"] is None else 0.75 * cell["share"] / highest}
        cell |= {"title": str(cell["row"]), "group": str(cell["column"])}
    heads = [{"x": (i + 0.5) / len(columns), "text": name} for i, name in enumerate(columns)]
    sides = [{"x": 0.0, "y": HEAD + 8 + i * CELL + 9, "text": name} for i, name in enumerate(names)]
    width = {"expr": f"width / {max(len(columns), 1)} - 8"}
    tips = tooltips(title="Theme", group="Group", text="Share")
    depth = alt.Opacity("depth:Q", scale=None, legend=None)
    box = on(cells).mark_rect(color=palette.edge, cornerRadius=2)
    layers = [
        box.encode(canvas.x(), alt.X2("x2:Q"), canvas.y(), alt.Y2("y2:Q"), opacity=depth, tooltip=tips),
        words(heads, canvas.x(), pixel_y(12), palette.muted, SMALL, align="center", limit=width),
        *haloed(sides, canvas.x(), canvas.y(), palette, palette.text, SMALL),
        *haloed(cells, canvas.x("middle"), canvas.y("center"), palette, palette.text, SMALL, align="center", fontWeight=600),
    ]
    return finish(layers, palette, canvas.height)


def alt_share_matrix(frame: pd.DataFrame) -> str:
    """What `share_matrix` shows, in words."""
    said = []
    for name, cells in frame.groupby("row", sort=False):
        shares = [f"{cell.column} {percent(cell.share, 0)}" for cell in cells.itertuples()]
        said.append(f"{name}: {', '.join(shares)}")
    return f"Shares side by side. {'; '.join(said)}."
