"""The score on the scale from −100 to 100 with its four bands: the full picture, and a slim strip of it."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from nps_core.charts.base import (
    BODY,
    HERO,
    LARGE,
    SMALL,
    Canvas,
    Picture,
    aside,
    finish,
    from_row,
    on,
    pixel_y,
    plain,
    tooltips,
    words,
)
from nps_core.charts.numbers import brief
from nps_core.measures import Row
from nps_core.palette import Palette
from nps_core.scale import BANDS, Band, band_of
from nps_core.wording import interval, listed, percent, signed

FULL, STRIP = Canvas(-100, 100, 298), Canvas(-100, 100, 66)
JOIN, TABLE = 152, 184  # px: where the columns part from the scale, where they stand side by side
COLUMN = 200 / len(BANDS)  # the four names stand in columns of equal width, whatever the width of their bands


def band_scale(row: Row, chances: Mapping[str, float | None], palette: Palette, target: float | None = None) -> Picture:
    """The four bands on −100..100 with the score, its interval, the chance of each band and the reader's target.

    Parameters
    ----------
    row
        Nps, low, high (points, −100..100; low and high may be missing), and published (the number on the screen, optional).
    chances
        Band name (as in `nps_core.scale.BANDS`) to its chance, 0..1.
    palette
        The theme's colours.
    target
        The reader's own target in points.
    """
    score = _score(row)
    layers = _scale(FULL, 94, 122, palette)
    layers += _edges(FULL, 140, palette)
    layers += _columns(score, chances, palette)
    layers += _marker(FULL, score, 94, 122, palette)
    if target is not None:
        layers += _target(target, palette)
    layers += _headline(score, target, palette)
    return finish(layers, palette, FULL.height)


def interval_strip(row: Row, palette: Palette) -> Picture:
    """The score with its interval on −100..100, slim: no words but the edges of the bands.

    Parameters
    ----------
    row
        Nps, low, high (points; low and high may be missing), and published (optional).
    palette
        The theme's colours.
    """
    layers = _scale(STRIP, 18, 38, palette) + _edges(STRIP, 54, palette) + _marker(STRIP, _score(row), 18, 38, palette)
    return finish(layers, palette, STRIP.height)


def _score(row: Row) -> dict[str, Any]:
    """The row's figures as plain values, and as they are written."""
    figures = {key: plain(row.get(key)) for key in ("nps", "low", "high", "published")}
    shown = figures["nps"] if figures["published"] is None else figures["published"]
    return figures | {"shown": shown, "text": signed(shown), "span": interval(figures["low"], figures["high"])}


def _scale(canvas: Canvas, top: int, bottom: int, palette: Palette) -> list[alt.Chart]:
    bands = [
        {"x": band.low, "x2": band.high, "y": top, "y2": bottom, "color": color, "text": band.name.capitalize()}
        for band, color in zip(BANDS, palette.bands, strict=True)
    ]
    frame = [{"x": canvas.low, "x2": canvas.high, "y": top, "y2": bottom}]
    edges = [{"x": band.low, "y": top, "y2": bottom} for band in BANDS[1:]]
    return [
        on(bands)
        .mark_rect(opacity=1)
        .encode(
            canvas.x(),
            alt.X2("x2:Q"),
            canvas.y(),
            alt.Y2("y2:Q"),
            alt.Color("color:N", scale=None),
            tooltip=tooltips(text="Band"),
        ),
        on(edges).mark_rule(color=palette.edge).encode(canvas.x(), canvas.y(), alt.Y2("y2:Q")),
        on(frame).mark_rect(filled=False, stroke=palette.edge).encode(canvas.x(), alt.X2("x2:Q"), canvas.y(), alt.Y2("y2:Q")),
    ]


def _edges(canvas: Canvas, y: int, palette: Palette) -> list[alt.Chart]:
    """The numbers where one band ends and the next begins."""
    marks = [(canvas.low, "left"), *((band.low, "center") for band in BANDS[1:]), (canvas.high, "right")]
    rows = [{"x": x, "y": y, "text": brief(x), "align": align} for x, align in marks]
    return [words(rows, canvas.x(), canvas.y(), palette.muted, SMALL, **from_row("align"))]


def _marker(canvas: Canvas, score: dict[str, Any], top: int, bottom: int, palette: Palette) -> list[alt.Chart]:
    """The score as a needle with a head, its interval as a bar across it: neither hides the other, however narrow."""
    middle = (top + bottom) / 2
    rows = [score | {"y": top - 5, "y2": bottom + 5, "head": top - 8}] if score["nps"] is not None else []
    spans = [row | {"y": middle - 5, "y2": middle + 5} for row in rows if row["low"] is not None and row["high"] is not None]
    tips = tooltips(text="NPS", span="Interval")
    needle = on(rows).mark_rule(color=palette.passive, strokeWidth=4)
    head = on(rows).mark_point(shape="triangle-down", filled=True, color=palette.passive, size=150, opacity=1)
    return [
        on(spans)
        .mark_rect(color=palette.text, opacity=1, cornerRadius=2)
        .encode(canvas.x("low"), alt.X2("high:Q"), canvas.y(), alt.Y2("y2:Q"), tooltip=tips),
        needle.encode(canvas.x("nps"), canvas.y(), alt.Y2("y2:Q"), tooltip=tips),
        head.encode(canvas.x("nps"), canvas.y("head"), tooltip=tips),
    ]


def _headline(score: dict[str, Any], target: float | None, palette: Palette) -> list[alt.Chart]:
    """The number over its dot, drawn aside from the target's line and from the ends of the scale."""
    if score["nps"] is None:
        return [words([{"x": 0, "y": 50, "text": "No score to show"}], FULL.x(), FULL.y(), palette.muted, BODY, align="center")]
    align = aside(score["nps"], FULL.low, FULL.high)
    if target is not None and align == "center" and abs(target - score["nps"]) < 50:
        align = "right" if target > score["nps"] else "left"
    shift = {"left": -6, "center": 0, "right": 6}[align]
    rows = [{"x": score["nps"], "y": 40, "text": score["text"]}]
    under = [{"x": score["nps"], "y": 65, "text": score["span"]}]
    return [
        words(rows, FULL.x(), FULL.y(), palette.text, HERO, align=align, dx=shift, fontWeight=600),
        words(under, FULL.x(), FULL.y(), palette.muted, SMALL, align=align, dx=shift),
    ]


def _target(target: float, palette: Palette) -> list[alt.Chart]:
    align = aside(target, FULL.low, FULL.high)
    row = {"x": FULL.clamp(target), "y": 18, "y2": 127, "text": f"Target {brief(target)}"}
    return [
        on([row]).mark_rule(color=palette.text, strokeWidth=2, strokeDash=[5, 4]).encode(FULL.x(), FULL.y(), alt.Y2("y2:Q")),
        words([row], FULL.x(), pixel_y(8), palette.text, SMALL, align=align, fontWeight=600),
    ]


def _columns(score: dict[str, Any], chances: Mapping[str, float | None], palette: Palette) -> list[alt.Chart]:
    """Under the scale: a column a band with its name, its range and its chance, joined to its stretch by its colour."""
    here = None if score["shown"] is None else band_of(score["shown"]).name
    rows = [
        _column(i, band, plain(chances.get(band.name))) | {"color": color, "weight": 700 if band.name == here else 400}
        for i, (band, color) in enumerate(zip(BANDS, palette.bands, strict=True))
    ]
    joins = [row | {"y": JOIN, "x": row["low"], "x2": row["high"]} for row in rows]
    joins += [row | {"y": TABLE, "x": row["left"], "x2": row["right"]} for row in rows]
    parting = [{"x": row["low"], "x2": row["left"], "y": JOIN, "y2": TABLE} for row in rows[1:]]
    parting += [{"x": row["left"], "x2": row["left"], "y": TABLE, "y2": FULL.height} for row in rows[1:]]
    under = [row for row in rows if row["band"] == here]
    x, y, x2, y2 = FULL.x(), FULL.y(), alt.X2("x2:Q"), alt.Y2("y2:Q")
    colour = alt.Color("color:N", scale=None)
    middle: dict[str, Any] = {"align": "center"}
    weight: dict[str, Any] = {"fontWeight": {"expr": "datum.weight"}}
    return [
        on(joins).mark_area(orient="horizontal", opacity=1).encode(x, x2, y, colour, alt.Detail("band:N")),
        on(rows).mark_rect(opacity=1).encode(FULL.x("left"), alt.X2("right:Q"), y, y2, colour),
        on(parting).mark_rule(color=palette.background, strokeWidth=3).encode(x, y, x2, y2),
        words(rows, FULL.x("middle"), pixel_y(206), palette.text, BODY, "name", **middle, **weight),
        words(rows, FULL.x("middle"), pixel_y(226), palette.muted, SMALL, "range", **middle),
        words(rows, FULL.x("middle"), pixel_y(256), palette.text, LARGE, "chance", **middle, **weight),
        words([row for row in rows if row["chance"]], FULL.x("middle"), pixel_y(277), palette.muted, SMALL, "word", **middle),
        on(under)
        .mark_rule(color=palette.passive, strokeWidth=4)
        .encode(FULL.x("left"), alt.X2("right:Q"), y=pixel_y(FULL.height - 2)),
    ]


def _column(place: int, band: Band, chance: float | None) -> dict[str, Any]:
    """One band's column: where it stands and what it says."""
    left = FULL.low + place * COLUMN
    spot = {"left": left, "right": left + COLUMN, "middle": left + COLUMN / 2, "y": TABLE, "y2": FULL.height}
    texts = {"name": band.name.capitalize(), "range": _range(band), "chance": "" if chance is None else percent(chance)}
    return spot | texts | {"band": band.name, "low": band.low, "high": band.high, "word": "chance"}


def _range(band: Band) -> str:
    low, high = brief(band.low), brief(band.high)
    return f"below {high}" if band is BANDS[0] else f"{low} and up" if band is BANDS[-1] else f"{low} to {high}"


def alt_band_scale(row: Row, chances: Mapping[str, float | None], target: float | None = None) -> str:
    """What `band_scale` shows, in words."""
    score = _score(row)
    if score["nps"] is None:
        return "Scale from −100 to +100 with the four bands. There is no score to show."
    said = [
        f"{band.name} {percent(plain(chances.get(band.name)))}" for band in BANDS if plain(chances.get(band.name)) is not None
    ]
    text = f"Scale from −100 to +100 with the four bands. NPS {score['text']} ({score['span']}), {band_of(score['shown']).name}"
    text += f"; target {signed(target)}." if target is not None else "."
    return text + (f" Chance of each band: {listed(said)}." if said else "")


def alt_interval_strip(row: Row) -> str:
    """What `interval_strip` shows, in words."""
    score = _score(row)
    if score["nps"] is None:
        return "Scale from −100 to +100. There is no score to show."
    return f"Scale from −100 to +100: NPS {score['text']}, interval {score['span']}."
