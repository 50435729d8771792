"""Words that set two groups apart: for each, how many of each group's comments hold it."""

from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import BODY, SMALL, Canvas, Picture, finish, haloed, on, records, tooltips
from nps_core.charts.mentions import share_grid
from nps_core.charts.numbers import whole_percent
from nps_core.palette import Palette
from nps_core.wording import count, listed

STEP, HEAD = 46, 26  # px: a row, the room for the scale above
MOST = 12  # words drawn
COLUMNS = ("word", "group_comments", "against_comments", "group_share", "against_share", "says_more")


def word_pairs(table: pd.DataFrame, palette: Palette, group: str, against: str) -> Picture:
    """A row a word: a dot for its share among each group's comments, joined; the dot of the group that says it more is filled.

    Parameters
    ----------
    table
        The distinctive words, as `contrast.contrast` gives them; the first `MOST` are drawn.
    palette
        The theme's colours.
    group, against
        The two groups.
    """
    rows = records(table.head(MOST), COLUMNS)
    highest = max((max(row["group_share"], row["against_share"]) for row in rows), default=0)
    canvas = Canvas(0, max(min(-(-highest * 10 // 1) / 10, 1), 0.1), HEAD + STEP * max(len(rows), 1))
    dots = []
    for i, row in enumerate(rows):
        row |= {"y": HEAD + i * STEP + 32, "head": HEAD + i * STEP + 12, "zero": 0, "right": canvas.high}
        row |= {"figures": f"{whole_percent(row['group_share'])} against {whole_percent(row['against_share'])}"}
        dots += [_dot(row, "group", group, palette), _dot(row, "against", against, palette)]
    tips = tooltips(word="Word", who="Group", share="Share of comments", comments="Comments")
    layers = [
        *share_grid(canvas, palette),
        on(rows)
        .mark_rule(color=palette.edge, strokeWidth=2)
        .encode(canvas.x("group_share"), alt.X2("against_share:Q"), canvas.y()),
        on(dots)
        .mark_point(filled=True, shape="circle", size=150, strokeWidth=2.5, opacity=1)
        .encode(
            canvas.x(),
            canvas.y(),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tips,
        ),
        *haloed(rows, canvas.x("zero"), canvas.y("head"), palette, palette.text, BODY, "word", limit={"expr": "width - 140"}),
        *haloed(rows, canvas.x("right"), canvas.y("head"), palette, palette.muted, SMALL, "figures", align="right"),
    ]
    return finish(layers, palette, canvas.height)


def _dot(row: dict[str, Any], side: str, who: str, palette: Palette) -> dict[str, Any]:
    color = palette.of_group(who)
    return {
        "x": row[f"{side}_share"],
        "y": row["y"],
        "stroke": color,
        "fill": color if row["says_more"] == who else palette.background,
        "word": row["word"],
        "who": f"{who}s",
        "share": whole_percent(row[f"{side}_share"]),
        "comments": count(row[f"{side}_comments"]),
    }


def alt_word_pairs(table: pd.DataFrame, group: str, against: str) -> str:
    """What `word_pairs` shows, in words."""
    said = [
        f"{row['word']} {whole_percent(row['group_share'])} against {whole_percent(row['against_share'])}"
        for row in records(table.head(MOST), COLUMNS)
    ]
    return f"Share of comments that hold a word, {group}s against {against}s: {listed(said)}." if said else "No word stands out."
