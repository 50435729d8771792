"""A picture as a file of its own: with its title over it, and beneath it where the figures come from.

Drawn without a browser and without a network: the data stand in the chart, and nothing is fetched. Imported where a picture is
asked for.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

import vl_convert

from nps_core.charts.base import FONT
from nps_core.meeting.plain import broken, writable
from nps_core.meeting.slides import Drawn
from nps_core.palette import Palette

WIDTH = 1000  # px
EDGE, TITLE, SOURCE = 28, 24, 14  # px: the margin, and the size of the two kinds of letters
LEADING = 1.35  # lines
LETTER = 0.56  # of the size: the usual width of a letter, on the wide side, so that no line is cut


class Lines(NamedTuple):
    """Words broken into lines: their size, colour and weight."""

    texts: Sequence[str]
    size: int
    colour: str
    weight: int

    @property
    def height(self) -> float:
        """How much of the picture they take, in pixels."""
        return len(self.texts) * self.size * LEADING


def svg(drawn: Drawn, source: str, width: int = WIDTH) -> bytes:
    """The picture as SVG: title, chart, source line. `source` is foreign text and stays text; `width` is in pixels."""
    return _framed(*_chart(drawn, width - 2 * EDGE), drawn.title, drawn.alt, source, drawn.palette, width)


def framed(drawn: str, title: str, alt: str, source: str, palette: Palette) -> bytes:
    """As `svg`, for what is drawn without a chart: an SVG with a width and a height, on the colours of `palette`."""
    width, height = (float(found) for found in re.findall(r'\b(?:width|height)="([\d.]+)"', drawn)[:2])
    return _framed(drawn, height, title, alt, source, palette, round(width) + 2 * EDGE)


def _framed(chart: str, height: float, title: str, alt: str, source: str, palette: Palette, width: int = WIDTH) -> bytes:
    over = _broken(title, TITLE, palette.text, 600, width)
    beneath = _broken(source, SOURCE, palette.muted, 400, width)
    top = EDGE + over.height + 8
    foot = top + height + 12
    whole = round(foot + beneath.height + EDGE / 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{whole}" viewBox="0 0 {width} {whole}" role="img">',
        f"<title>{_text(title)}</title><desc>{_text(alt)}</desc>",
        f'<rect width="{width}" height="{whole}" fill="{palette.background}"/>',
        *_placed(over, EDGE),
        chart.replace("<svg ", f'<svg x="{EDGE}" y="{top:g}" ', 1),
        *_placed(beneath, foot),
        "</svg>",
    ]
    return "".join(parts).encode("utf-8")


def png(drawn: Drawn, source: str, scale: float = 2, width: int = WIDTH) -> bytes:
    """The picture as PNG, `scale` times as many pixels as `svg` has."""
    return raster(svg(drawn, source, width), scale)


def raster(drawn: bytes, scale: float = 2) -> bytes:
    """An SVG as PNG, `scale` times as many pixels."""
    made: bytes = vl_convert.svg_to_png(drawn.decode("utf-8"), scale=scale)
    return made


def bare(drawn: Drawn, width: int, scale: float = 2) -> bytes:
    """The chart alone as PNG, on its theme's background, for a place that has its own title and source line."""
    chart, height = _chart(drawn, width)
    ground = _ground(drawn.palette, width, height)
    made: bytes = vl_convert.svg_to_png(f"{ground}{chart}</svg>", scale=scale)
    return made


def _ground(palette: Palette, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}">'
        f'<rect width="{width}" height="{height:g}" fill="{palette.background}"/>'
    )


def _chart(drawn: Drawn, width: int) -> tuple[str, float]:
    """The chart alone as SVG, so wide, and its height."""
    chart = drawn.chart.to_dict() | {"width": width}
    made: str = vl_convert.vegalite_to_svg(chart, allowed_base_urls=[])
    found = re.search(r'<svg\b[^>]*?\bheight="([\d.]+)"', made)
    assert found, "an SVG has a height"
    return made[found.start() :], float(found.group(1))


def _broken(text: str, size: int, colour: str, weight: int, width: int) -> Lines:
    letters = int((width - 2 * EDGE) / (size * LETTER))
    return Lines(broken(writable(text), letters), size, colour, weight)


def _placed(lines: Lines, top: float) -> Iterator[str]:
    for i, text in enumerate(lines.texts):
        y = top + lines.size + i * lines.size * LEADING
        yield (
            f'<text x="{EDGE}" y="{y:g}" font-family="{escape(FONT)}" font-size="{lines.size}" font-weight="{lines.weight}" '
            f'fill="{lines.colour}">{_text(text)}</text>'
        )


def _text(text: str) -> str:
    return escape(writable(text), quote=False)
