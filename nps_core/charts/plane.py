"""Same score, different passives: the plane of passive share against NPS, with all surveys there can be.

Where the names go is laid out in `labels`.
"""

from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from nps_core.charts.base import SMALL, Picture, finish, from_row, on, plain, records, tooltips, words
from nps_core.charts.labels import Named, Scene, Spot, laid_out
from nps_core.palette import Palette
from nps_core.scale import BANDS
from nps_core.wording import count, interval, listed, percent, signed

HEIGHT = 460  # px
# Names are laid out anew for each stretch of widths, so that they fit at both its ends: a phone, a slide or tablet, a screen.
WIDTHS = (305, 440, 620, 1100)  # px
MOST_NAMED = 14  # so many further points get their name written beside them where there is room; the others have it as tooltip
SIZE = {"this": 190, "second": 170}
CAP = 26  # px: the width of the bars that end an interval, wider than the point, so that a short interval is seen as well
SHAPE = {"this": "circle", "second": "square"}
LONGEST = 28  # letters of a name beside its point
STRIPE_NAME = 1.2  # per cent: where the names of the stripes begin
COLUMNS = ("name", "kind", "passive", "nps", "low", "high", "n", "passive_low", "passive_high")

X = alt.Scale(domain=[0, 100], nice=False, zero=False)
Y = alt.Scale(domain=[-100, 100], nice=False, zero=False)


def same_score_plane(
    frame: pd.DataFrame,
    palette: Palette,
    nps: float | None,
    slider: float | None = None,
    slider_name: str = "your mix",
    height: int = HEIGHT,
) -> Picture:
    """Every possible survey as a triangle, bands as faint stripes, this survey as a point on its line of equal score.

    Parameters
    ----------
    frame
        Columns name, kind ("this", "second", "segment" or "wave"), passive (0..100, per cent of the answers), nps, low, high
        (points, −100..100) and n; optionally passive_low and passive_high (per cent). Rows without a passive share or score are
        left out.
    palette
        The theme's colours.
    nps
        The score whose line of equal score is drawn; None draws none.
    slider
        A passive share in per cent on that line, drawn as a hollow diamond.
    slider_name
        The words beside it.
    height
        Pixels; a slide has less room than a page.
    """
    rows = [row for row in records(frame, COLUMNS) if row["passive"] is not None and row["nps"] is not None]
    for row in rows:
        row |= {"title": str(row["name"]), "score": signed(row["nps"]), "span": interval(row["low"], row["high"])}
        row |= {"answers": count(row["n"]), "share": percent(row["passive"] / 100)}
    nps, slider = plain(nps), plain(slider)
    stripes = _stripes(nps, palette)
    layers = _ground(stripes, palette)
    if nps is not None:
        layers.append(_line(nps, palette))
    if nps is not None and slider is not None:
        layers.append(_slider(slider, nps, slider_name, palette))
    layers += _marks(rows, palette)
    layers += _names(rows, nps, (slider, slider_name), stripes, height, palette)
    return finish(layers, palette, height)


def _x(field: str = "passive") -> alt.X:
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], grid=False, title="Passives, % of answers", labelFlush=True)
    return alt.X(f"{field}:Q", scale=X, axis=axis)


def _y(field: str = "nps") -> alt.Y:
    edges = [-100, -50, *(band.low for band in BANDS[1:]), 100]
    label = "(datum.value > 0 ? '+' : datum.value < 0 ? '−' : '') + abs(datum.value)"
    axis = alt.Axis(values=edges, grid=False, title="NPS", labelExpr=label, titleAngle=0, titleAlign="left", titleX=0, titleY=-14)
    return alt.Y(f"{field}:Q", scale=Y, axis=axis)


def _stripes(nps: float | None, palette: Palette) -> list[dict[str, Any]]:
    """The bands as stripes with their names: in the middle, or of the stripe with the line in the larger part beside it."""
    stripes: list[dict[str, Any]] = [
        {"passive": 0, "right": 100, "nps": band.low, "top": band.high, "color": color, "text": band.name.capitalize()}
        for band, color in zip(BANDS, palette.bands, strict=True)
    ]
    for stripe in stripes:
        low, high = stripe["nps"], stripe["top"]
        if nps is not None and low < nps < high:
            low, high = (low, nps) if nps - low > high - nps else (nps, high)
        stripe["middle"] = (low + high) / 2 if stripe["nps"] > -100 else _low_name(nps)
    return stripes


def _low_name(nps: float | None) -> float:
    """Where the name of the lowest band stands: far down, over the line where that runs there."""
    return -75 if nps is None or abs(nps + 75) > 8 else -60


def _ground(stripes: list[dict[str, Any]], palette: Palette) -> list[alt.Chart]:
    """The stripes with their names, the two corners where no survey can lie, and the edge of the triangle."""
    corners = [{"passive": x, "nps": sign * (100 - x), "edge": sign * 100, "side": sign} for sign in (1, -1) for x in (0, 100)]
    outline = [{"passive": x, "nps": y, "order": i} for i, (x, y) in enumerate(((0, 100), (100, 0), (0, -100)))]
    hint = [{"passive": 99, "nps": -91, "text": "No survey can lie out here"}]
    side = alt.Detail("side:N")
    return [
        on(stripes).mark_rect(opacity=1).encode(_x(), alt.X2("right:Q"), _y(), alt.Y2("top:Q"), alt.Color("color:N", scale=None)),
        on(corners).mark_area(color=palette.outside, opacity=1).encode(_x(), _y(), alt.Y2("edge:Q"), side),
        on(outline).mark_line(color=palette.edge, strokeWidth=1).encode(_x(), _y(), order=alt.Order("order:Q")),
        on([{"nps": 0, "passive": 0, "right": 100}])
        .mark_rule(color=palette.edge, strokeWidth=1, strokeDash=[2, 4])
        .encode(_x(), alt.X2("right:Q"), _y()),
        words([s | {"passive": STRIPE_NAME} for s in stripes], _x(), _y("middle"), palette.muted, fontStyle="italic"),
        words(hint, _x(), _y(), palette.muted, align="right"),
    ]


def _line(nps: float, palette: Palette) -> alt.Chart:
    """The line of equal score, from no passives to as many as this score allows."""
    row = {"passive": 0, "end": 100 - abs(nps), "nps": nps}
    layer: alt.Chart = on([row]).mark_rule(color=palette.text, strokeWidth=1.5).encode(_x(), alt.X2("end:Q"), _y())
    return layer


def _slider(share: float, nps: float, name: str, palette: Palette) -> alt.Chart:
    """The hollow diamond, large enough to be seen around this survey's own dot."""
    row = {"passive": share, "nps": nps, "title": name, "score": signed(nps), "share": percent(share / 100)}
    tips = tooltips(title="Point", score="NPS", share="Passives")
    mark = on([row]).mark_point(
        shape="diamond", filled=True, fill=palette.background, stroke=palette.text, opacity=1, size=420, strokeWidth=2.5
    )
    layer: alt.Chart = mark.encode(_x(), _y(), tooltip=tips)
    return layer


def _marks(rows: list[dict[str, Any]], palette: Palette) -> list[alt.Chart]:
    """The points: segments as circles and waves as triangles by size, the second survey a square, this one the large dot."""
    tips = tooltips(title="Survey", score="NPS", span="Interval", share="Passives", answers="Answers")
    others = [row for row in rows if row["kind"] not in SIZE]
    size = alt.Size("n:Q", legend=None, scale=alt.Scale(type="sqrt", range=[60, 420], zero=True))
    shape = alt.Shape("kind:N", legend=None, scale=alt.Scale(domain=["segment", "wave"], range=["circle", "triangle-up"]))
    layers = []
    if others:
        mark = on(others).mark_point(filled=True, fill=palette.promoter, stroke=palette.background, strokeWidth=1.5, opacity=0.95)
        layers.append(mark.encode(_x(), _y(), size, shape, tooltip=tips))
    for kind, color in (("second", palette.text), ("this", palette.passive)):
        mine = [row for row in rows if row["kind"] == kind]
        up = [row for row in mine if row["low"] is not None and row["high"] is not None]
        across = [row for row in mine if row["passive_low"] is not None and row["passive_high"] is not None]
        dot = on(mine).mark_point(
            filled=True, shape=SHAPE[kind], size=SIZE[kind], fill=color, stroke=palette.background, strokeWidth=2, opacity=1
        )
        layers += [
            on(up).mark_rule(color=color, strokeWidth=3).encode(_x(), _y("low"), alt.Y2("high:Q")),
            *(
                on(up).mark_tick(color=color, thickness=3, size=CAP, orient="horizontal", opacity=1).encode(_x(), _y(end))
                for end in ("low", "high")
            ),
            on(across).mark_rule(color=color, strokeWidth=3).encode(_x("passive_low"), alt.X2("passive_high:Q"), _y()),
            dot.encode(_x(), _y(), tooltip=tips),
        ]
    return layers


def _names(
    rows: list[dict[str, Any]],
    nps: float | None,
    marker: tuple[float | None, str],
    stripes: list[dict[str, Any]],
    height: int,
    palette: Palette,
) -> list[alt.Chart]:
    """The names beside the points: the two surveys, the slider and the line on every width, the others where there is room."""
    slider, slider_name = marker
    firm = [_named(row, height) for kind in SIZE for row in rows if row["kind"] == kind]
    loose = [_named(row, height) for row in rows if row["kind"] not in SIZE]
    if nps is not None:
        apart = slider is not None and all(abs(slider - row["passive"]) > 1.5 for row in rows if row["kind"] == "this")
        firm += [Named(slider, nps, slider_name, 11, 11, 11)] if slider is not None and apart else []
    tip = [] if nps is None else [Named(100 - abs(nps), nps, f"all score {signed(nps)}", 2, 2, 2)]
    line = None if nps is None else (nps, 100 - abs(nps))
    standing = [Named(STRIPE_NAME, stripe["middle"], stripe["text"], 0, 0, 0, Spot("left", 0, 0)) for stripe in stripes]
    layers, place = list[alt.Chart](), from_row("align", "dx", "dy")
    for ends in pairwise(WIDTHS):
        blank = [Scene(end, height, [*firm, *tip, *loose], line, standing) for end in ends]
        room = loose[:MOST_NAMED] if ends[0] > WIDTHS[0] else []  # a phone has none for names of groups
        said, others = laid_out(([*firm, *tip], [*tip, *firm]), room, blank)
        for names, color, weight in ((others, palette.muted, 400), (said, palette.text, 600)):
            look: dict[str, Any] = {"fontWeight": weight, "opacity": {"expr": _between(*ends)}}
            layers += [words([name.row() for name in names], _x(), _y(), color, SMALL, **place, **look)] if names else []
    return layers


def _between(low: int, high: int) -> str:
    """Opaque on a picture of that width; beyond the last ones the first and the last stretch go on."""
    return f"width >= {0 if low == WIDTHS[0] else low} {'' if high == WIDTHS[-1] else f'&& width < {high} '}? 1 : 0"


def _named(row: dict[str, Any], height: int) -> Named:
    """A point with the words that stand beside it; how far it reaches in pixels, with its interval where that is drawn."""
    low, high = (row["nps"] if row[key] is None or row["kind"] not in SIZE else row[key] for key in ("low", "high"))
    up, down = ((high - row["nps"]) * height / 200, (row["nps"] - low) * height / 200)
    side = 9.0
    if row["kind"] in SIZE:
        ends = [row[key] for key in ("passive_low", "passive_high") if row[key] is not None]
        side = max([CAP / 2, *(abs(end - row["passive"]) / 100 * WIDTHS[-1] for end in ends)])
    return Named(row["passive"], row["nps"], f"{_short(row['title'])} {row['score']}", side, max(9, up), max(9, down))


def _short(name: str) -> str:
    """A name that leaves room for others, ended at a word where it has words."""
    if len(name) <= LONGEST:
        return name
    whole = name[:LONGEST].rpartition(" ")[0].rstrip(" :,;·-–")
    return f"{whole if len(whole) > LONGEST / 3 else name[: LONGEST - 1]}…"


def alt_same_score_plane(frame: pd.DataFrame, nps: float | None, slider: float | None = None) -> str:
    """What `same_score_plane` shows, in words."""
    said = [
        f"{row['name']}: NPS {signed(row['nps'])} ({interval(row['low'], row['high'])}), {percent(row['passive'] / 100)} passives"
        for row in records(frame, COLUMNS)
        if row["passive"] is not None and row["nps"] is not None
    ]
    nps, slider = plain(nps), plain(slider)
    text = f"Plane of passive share, 0 to 100%, against NPS, −100 to +100. {listed(said) if said else 'No survey to show'}."
    if nps is not None:
        text += f" All surveys on the line from 0 to {percent(1 - abs(nps) / 100)} passives score {signed(nps)}"
        text += f"; the marker on it stands at {percent(slider / 100)} passives." if slider is not None else "."
    return text
