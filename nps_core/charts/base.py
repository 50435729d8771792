"""What every picture shares: its size, its letters, its drawing field and the few marks all of them are made of.

A picture here is a list of layers over rows of plain values. Words from a survey (segment names, sources) travel only as values
of fixed, safe field names, so a name with a dot, a bracket or markup in it stays a name. No arithmetic but layout.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from nps_core.palette import Palette

FONT = '"Source Sans", "Source Sans Pro", sans-serif'  # what Streamlit ships with; nothing is fetched
SMALL, BODY, LARGE, HERO = 13, 15, 20, 30  # px: the one typeface scale; 13 is what a projector still carries
NARROW = 560  # px of width under which a picture drops its longer words
LARGEST = 960  # px: the widest sheet that is blown up for a wall
WIDE_ONLY = f"width < {NARROW} ? 0 : 1"
NARROW_ONLY = f"width < {NARROW} ? 1 : 0"

Row = Mapping[str, Any]


class Picture(alt.LayerChart):
    """A layered chart that is written without checking it against the schema of all charts first.

    The check takes twice as long as the writing, on every change of a filter; the tests make it for every picture instead.
    """

    def to_dict(self, validate: bool = False, **options: Any) -> dict[str, Any]:
        """The specification; `validate` as `altair` has it, but off unless asked for."""
        return super().to_dict(validate=validate, **options)


class Rows(alt.InlineData):
    """Rows of plain values, neither checked nor copied on their way into a picture, which takes long where there are many.

    Nobody changes them, and the tests check every picture as a whole.
    """

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, memo: object = None) -> "Rows":
        return self


class Canvas(NamedTuple):
    """A drawing field without axes: x runs from `low` to `high` in the picture's own unit, y in pixels from the top."""

    low: float
    high: float
    height: int

    def x(self, field: str = "x") -> alt.X:
        """The horizontal place."""
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[self.low, self.high], nice=False, zero=False))

    def y(self, field: str = "y") -> alt.Y:
        """The vertical place, in pixels from the top."""
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)
        return alt.Y(f"{field}:Q", axis=None, scale=scale)

    def clamp(self, value: float) -> float:
        """The nearest place inside the field."""
        return min(max(value, self.low), self.high)


def plain(value: Any) -> Any:
    """A value as JSON knows it: missing becomes None, numpy numbers become Python's.

    >>> plain(float("nan")), plain("a.b[c]")
    (None, 'a.b[c]')
    """
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def records(frame: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a small frame as dicts of plain values; a column the frame does not have is None in each."""
    wanted = frame.reindex(columns=list(columns)).astype(object)
    return [{name: plain(value) for name, value in zip(columns, row, strict=True)} for row in wanted.itertuples(index=False)]


def tooltips(**titles: str) -> list[alt.Tooltip]:
    """Tooltip lines: field name = the words in front of its value. The values are texts, rounded before they get here."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def on(rows: Iterable[Row]) -> alt.Chart:
    """A layer's start: rows of plain values."""
    return alt.Chart(Rows(values=[dict(row) for row in rows]))


def pixel_x(pixels: float) -> alt.XValue:
    """A fixed horizontal place, from the left."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def pixel_y(pixels: float) -> alt.YValue:
    """A fixed vertical place, from the top."""
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]


def words(rows: Iterable[Row], x: Any, y: Any, color: str, size: int = SMALL, field: str = "text", **mark: Any) -> alt.Chart:
    """A layer of text; options that differ by row come from `from_row`."""
    options: dict[str, Any] = {"align": "left", "baseline": "middle", "font": FONT} | mark
    layer: alt.Chart = on(rows).mark_text(color=color, fontSize=size, **options).encode(x=x, y=y, text=alt.Text(f"{field}:N"))
    return layer


def haloed(
    rows: Sequence[Row], x: Any, y: Any, palette: Palette, color: str, size: int = SMALL, field: str = "text", **mark: Any
) -> list[alt.Chart]:
    """A layer of text over a copy of it outlined in the page's colour, so that no line runs through the letters."""
    if not rows:
        return []
    outline = {"stroke": palette.background, "strokeWidth": 6, "strokeJoin": "round"}
    return [
        words(rows, x, y, palette.background, size, field, **mark, **outline),
        words(rows, x, y, color, size, field, **mark),
    ]


def from_row(*keys: str) -> dict[str, Any]:
    """Mark options of `words` that are read from the row.

    >>> from_row("dx")
    {'dx': {'expr': 'datum.dx'}}
    """
    return {key: {"expr": f"datum.{key}"} for key in keys}


def aside(value: float, low: float, high: float, room: float = 0.2) -> str:
    """How a label stands at `value` so that it stays between `low` and `high`: left, center or right.

    >>> [aside(v, 0, 100) for v in (3, 50, 98)]
    ['left', 'center', 'right']
    """
    place = (value - low) / (high - low)
    return "left" if place < room else "right" if place > 1 - room else "center"


def finish(layers: Sequence[alt.Chart], palette: Palette, height: int) -> Picture:
    """The layers as one picture: as wide as its place, `height` pixels high, on the page's own background."""
    label = {"labelFont": FONT, "labelFontSize": SMALL, "labelColor": palette.muted}
    title = {"titleFont": FONT, "titleFontSize": SMALL, "titleColor": palette.muted, "titleFontWeight": "normal"}
    axis = {"domain": False, "ticks": False, "gridColor": palette.grid, "labelPadding": 8, "titlePadding": 10}
    config = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": label | title | axis,
        "mark": {"aria": False},  # the description beside the picture speaks for its marks; a reader hears no bare shapes
        "text": {"font": FONT, "fontSize": SMALL, "color": palette.text},
    }
    return Picture(
        layer=list(layers),
        width="container",
        height=height,
        padding={"left": 2, "right": 2, "top": 4, "bottom": 4},
        autosize={"type": "fit-x", "contains": "padding"},
        config=config,
    )


def enlarged(picture: Picture, width: int, height: int) -> Picture:
    """The same picture on a sheet with the sides of a place, as `width` to `height`: for a wall, to be shown as large as fits.

    A picture is drawn for letters of a fixed size; on a narrow sheet that is then blown up they are large for their place. A low
    picture gets the narrowest sheet on which nothing has to be left out, a high one a sheet wide enough to fill its place.
    """
    tall = int(picture.to_dict()["height"])
    return picture.copy(deep=False).properties(width=min(max(round(tall * width / height), NARROW + 20), LARGEST))
