"""How the answers spread: the eleven bars, the bars of another mix over them, and the stacked bar of the three groups."""

from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import (
    BODY,
    LARGE,
    NARROW_ONLY,
    SMALL,
    WIDE_ONLY,
    Canvas,
    Picture,
    finish,
    from_row,
    on,
    pixel_x,
    pixel_y,
    records,
    tooltips,
    words,
)
from nps_core.charts.numbers import whole_percent
from nps_core.palette import Palette
from nps_core.scale import DETRACTORS, GROUPS, HIGHEST, LOWEST, PASSIVES, PROMOTERS, SCORES, group_of
from nps_core.wording import count, listed, percent

NAMES = {"detractor": "Detractors", "passive": "Passives", "promoter": "Promoters"}
MEMBERS = dict(zip(GROUPS, (DETRACTORS, PASSIVES, PROMOTERS), strict=True))
HALF = 0.42  # half a bar, in scores

TOP, FLOOR = 52, 300  # px: where the tallest bar ends, where all begin
BARS_HEIGHT = 384
X = alt.Scale(domain=[LOWEST - 0.5, HIGHEST + 0.5], nice=False, zero=False)


def histogram(frame: pd.DataFrame, palette: Palette) -> Picture:
    """The eleven bars, with counts and shares above and the three groups in brackets beneath; 7 and 8 in two tones.

    Parameters
    ----------
    frame
        Columns score (0..10), count (answers), share (0..1). A score that is not there has no bar.
    palette
        The theme's colours.
    """
    rows = _bars(frame)
    for row in rows:
        row |= {"long": percent(row["share"]), "short": whole_percent(row["share"]), "answers": count(row["count"])}
    tips = tooltips(score="Score", answers="Answers", long="Share", name="Group")
    height = _height(rows)
    bars = on(rows).mark_bar(cornerRadiusTopLeft=3, cornerRadiusTopRight=3)
    bars = bars.encode(_x("left"), alt.X2("right:Q"), height, y2=alt.Y2(datum=0), color=_tone(palette), tooltip=tips)
    above = [
        words(
            rows,
            _x("score"),
            height,
            palette.text,
            BODY,
            "long",
            align="center",
            dy=-29,
            fontWeight=600,
            opacity=_when(WIDE_ONLY),
        ),
        words(rows, _x("score"), height, palette.muted, SMALL, "answers", align="center", dy=-11, opacity=_when(WIDE_ONLY)),
        words(rows, _x("score"), height, palette.text, SMALL, "short", align="center", dy=-11, opacity=_when(NARROW_ONLY)),
    ]
    return finish([bars, *above, *_foot(palette)], palette, BARS_HEIGHT)


def mix_histogram(frame: pd.DataFrame, palette: Palette) -> Picture:
    """This survey's bars, and over them in outline the bars another mix of the three groups would give.

    Parameters
    ----------
    frame
        Columns score (0..10), share (0..1), which (a name; the first that occurs is filled, the second drawn in outline).
    palette
        The theme's colours.
    """
    base, other = _two(frame)
    filled, outlined = _bars(frame[frame["which"] == base]), _bars(frame[frame["which"] == other])
    for row in [*filled, *outlined]:
        row |= {"long": percent(row["share"]), "short": whole_percent(row["share"])}
    shared = {row["score"]: row["share"] for row in filled}
    tops = [row | {"share": max(row["share"], shared.get(row["score"], 0))} for row in outlined]
    height = _height(tops or filled)
    tips = tooltips(which="Survey", score="Score", long="Share", name="Group")
    bars = on(filled).mark_bar(cornerRadiusTopLeft=3, cornerRadiusTopRight=3)
    bars = bars.encode(_x("left"), alt.X2("right:Q"), height, y2=alt.Y2(datum=0), color=_tone(palette), tooltip=tips)
    frames = on(outlined).mark_bar(filled=False, stroke=palette.text, strokeWidth=2, cornerRadius=2)
    frames = frames.encode(_x("left"), alt.X2("right:Q"), height, y2=alt.Y2(datum=0), tooltip=tips)
    place: dict[str, Any] = {"align": "center", "dy": -11, "fontWeight": 600}
    above = [
        words(tops, _x("score"), height, palette.text, SMALL, "long", **place, opacity=_when(WIDE_ONLY)),
        words(tops, _x("score"), height, palette.text, SMALL, "short", **place, opacity=_when(NARROW_ONLY)),
    ]
    return finish([bars, frames, *above, *_key(base, other, palette), *_foot(palette)], palette, BARS_HEIGHT)


def _two(frame: pd.DataFrame) -> tuple[str, str]:
    """The names of the filled and of the outlined bars."""
    found = [str(name) for name in frame["which"].unique()]
    return next(iter(found), ""), next(iter(found[1:]), "")


def _key(base: str, other: str, palette: Palette) -> list[alt.Chart]:
    """What is filled and what is outlined, in words, on two lines in the empty corner over the low scores."""
    marks: list[dict[str, Any]] = [
        {"color": palette.passive, "filled": True, "size": 170},
        {"color": palette.text, "filled": False, "size": 150, "strokeWidth": 2},
    ]
    layers = []
    for y, name, mark in zip((12, 36), (base, other and f"{other} (in figures)"), marks, strict=True):
        rows = [{"text": name}] if name else []
        layers.append(on(rows).mark_point(shape="square", opacity=1, **mark).encode(x=pixel_x(10), y=pixel_y(y)))
        layers.append(words(rows, pixel_x(26), pixel_y(y), palette.text, limit={"expr": "width * 0.7"}))
    return layers


def _bars(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = [row for row in records(frame, ("score", "count", "share", "which")) if row["score"] is not None]
    for row in rows:
        score = row["score"] = int(row["score"])
        group = group_of(score)
        row |= {"share": row["share"] or 0.0, "left": score - HALF, "right": score + HALF, "name": NAMES[group]}
        row["tone"] = "seven" if score == PASSIVES[0] else group
    return rows


def _tone(palette: Palette) -> alt.Color:
    tones = {"detractor": palette.detractor, "seven": palette.seven, "passive": palette.passive, "promoter": palette.promoter}
    return alt.Color("tone:N", legend=None, scale=alt.Scale(domain=list(tones), range=list(tones.values())))


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=X)


def _height(rows: list[dict[str, Any]]) -> alt.Y:
    tallest = max((row["share"] for row in rows), default=0) or 1
    return alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, tallest], range=[FLOOR, TOP], nice=False))


def _when(expression: str) -> Any:
    return {"expr": expression}


def _foot(palette: Palette) -> list[alt.Chart]:
    """Beneath the bars: the scores, and a bracket with its name and range for each group."""
    spans = [
        {
            "left": members[0] - HALF,
            "right": members[-1] + HALF,
            "middle": (members[0] + members[-1]) / 2,
            "name": NAMES[group],
            "range": f"{members[0]}–{members[-1]}",
            "color": palette.of_group(group),
        }
        for group, members in MEMBERS.items()
    ]
    scores = [{"score": score, "text": str(score)} for score in SCORES]
    return [
        words(scores, _x("score"), pixel_y(FLOOR + 16), palette.text, BODY, align="center"),
        on(spans)
        .mark_rule(strokeWidth=4, strokeCap="round")
        .encode(_x("left"), alt.X2("right:Q"), y=pixel_y(FLOOR + 36), color=alt.Color("color:N", scale=None)),
        words(spans, _x("middle"), pixel_y(FLOOR + 55), palette.text, SMALL, "name", align="center", fontWeight=600),
        words(spans, _x("middle"), pixel_y(FLOOR + 73), palette.muted, SMALL, "range", align="center"),
    ]


NAME, BLOCK, GAP = 30, 84, 26  # px: a survey's name over its bar, figures and bar, and the air between two surveys


def share_bar(frame: pd.DataFrame, palette: Palette) -> Picture:
    """The three shares as one bar of full length, a bar a row of the frame, each share in figures above its stretch.

    The figures of the outer groups stand at the ends; the passives' figure stands above its stretch, or as near as leaves room
    for all three, with a line to it. So even 1 / 1 / 98 can be read.

    Parameters
    ----------
    frame
        Columns detractor, passive, promoter (shares of 0..1, as they are to be read), and name (optional).
    palette
        The theme's colours.
    """
    rows = records(frame, ("name", *GROUPS))
    named = any(row["name"] for row in rows)
    head = NAME if named else 0
    step = head + BLOCK + GAP
    canvas = Canvas(0, 1, max(step * len(rows) - GAP, BLOCK))
    parts = [part for i, row in enumerate(rows) for part in _stretches(row, i * step + head, palette)]
    heads = [{"x": 0, "y": i * step + 12, "text": str(row["name"] or "")} for i, row in enumerate(rows)]
    colour = alt.Color("color:N", scale=None)
    tips = tooltips(survey="Survey", group="Group", text="Share")
    layers = [
        on(parts)
        .mark_bar(stroke=palette.background, strokeWidth=2)
        .encode(canvas.x("left"), alt.X2("right:Q"), canvas.y("top"), alt.Y2("bottom:Q"), color=colour, tooltip=tips),
        on(parts).mark_rule(color=palette.muted).encode(canvas.x("foot"), alt.X2("middle:Q"), canvas.y("lead"), alt.Y2("top:Q")),
        words(parts, canvas.x("x"), canvas.y("figure"), palette.text, LARGE, fontWeight=600, **from_row("align")),
        words(parts, canvas.x("x"), canvas.y("label"), palette.muted, SMALL, "group", **from_row("align")),
        words(heads, canvas.x(), canvas.y(), palette.text, BODY, fontWeight=600, limit={"expr": "width"}),
    ]
    return finish(layers, palette, canvas.height)


def _stretches(row: dict[str, Any], top: float, palette: Palette) -> list[dict[str, Any]]:
    """One survey's three stretches from left to right, with the places of their figures."""
    parts, left = [], 0.0
    for group, align in zip(GROUPS, ("left", "center", "right"), strict=True):
        right = left + (row[group] or 0.0)
        middle = (left + right) / 2
        x = {"left": 0.0, "center": min(max(middle, 0.34), 0.66), "right": 1.0}[align]
        foot = {"left": min(0.02, middle), "center": x, "right": max(0.98, middle)}[align]
        place = {"left": left, "right": right, "middle": foot if left <= foot <= right else middle, "x": x, "foot": foot}
        place |= {"figure": top + 12, "label": top + 34, "lead": top + 44, "top": top + 54, "bottom": top + 82}
        names = {"survey": str(row["name"] or "This survey"), "group": NAMES[group], "text": percent(row[group])}
        parts.append(place | names | {"align": align, "color": palette.of_group(group)})
        left = right
    return parts


def alt_histogram(frame: pd.DataFrame) -> str:
    """What `histogram` shows, in words."""
    rows = _bars(frame)
    if not any(row["share"] for row in rows):
        return "Bar chart of the scores 0 to 10. There are no answers to show."
    bars = listed([f"{row['score']}: {count(row['count'])} ({percent(row['share'])})" for row in rows])
    most = max(rows, key=lambda row: row["share"])
    return f"Bar chart of the scores 0 to 10; the most frequent is {most['score']}. Answers by score: {bars}."


def alt_mix_histogram(frame: pd.DataFrame) -> str:
    """What `mix_histogram` shows, in words."""
    base, other = _two(frame)
    if not base:
        return "Bar chart of the scores 0 to 10. There are no answers to show."
    said = []
    for name in (base, other)[: 2 if other else 1]:
        bars = listed([f"{row['score']} {percent(row['share'])}" for row in _bars(frame[frame["which"] == name])])
        said.append(f"{name}: {bars}.")
    return f"Bar chart of the scores 0 to 10, {base} filled{f' and {other} in outline' if other else ''}. {' '.join(said)}"


def alt_share_bar(frame: pd.DataFrame) -> str:
    """What `share_bar` shows, in words."""
    said = [
        f"{row['name'] or 'This survey'}: {percent(row['promoter'])} promoters, {percent(row['passive'])} passives, "
        f"{percent(row['detractor'])} detractors."
        for row in records(frame, ("name", *GROUPS))
    ]
    return " ".join(["Stacked bar of the three groups.", *(said or ["There are no answers to show."])])
