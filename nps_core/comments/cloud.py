"""The words of a contrast as a picture: the larger, the more comments; the colour of the group that says it more.

The package wordcloud finds the places; the SVG is written here, because wordcloud's own has no viewBox, names a font that few
computers have and does not hold a word to its width: with another font the words would run into one another.
"""

from functools import cache
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd

from nps_core.palette import Palette

MOST = 60  # words; more are too small to read
SMALLEST = 12  # px
SEED = 8
READABLE = 4.5  # contrast of words on the page, WCAG 2.2, 1.4.3
NAMED = 8  # words an alternative text names of each kind
FONTS = "'DejaVu Sans', Verdana, Geneva, sans-serif"  # the first is the one the places are found with


def cloud(table: pd.DataFrame, palette: Palette, size: tuple[int, int] = (800, 400), seed: int = SEED) -> str | None:
    """An SVG of the words that a group writes most, at most 60; None where there is nothing to draw.

    Parameters
    ----------
    table
        As `contrast.contrast` gives: word, group_comments (the size), says_more (the colour) and distinctive (bold).
    palette
        The theme's colours: a word wears that of the group that says it more, and is bold where that is beyond chance.
    size
        Width and height in px.
    seed
        The same seed draws the same words at the same places.
    """
    shown = _shown(table)
    if shown.empty:
        return None
    from wordcloud import WordCloud  # type: ignore[import-untyped]  # slow to import, since it brings matplotlib along

    width, height = size
    drawn = WordCloud(
        font_path=_font(),
        width=width,
        height=height,
        max_words=MOST,
        min_font_size=SMALLEST,
        max_font_size=max(SMALLEST, height // 5),  # in the bowls of larger letters there would be room for small words
        margin=4,
        prefer_horizontal=1.0,  # nobody turns the head to read
        relative_scaling=0.5,
        random_state=seed,
    ).generate_from_frequencies(dict(zip(shown["name"], shown["group_comments"].astype(float), strict=True)))
    colours = dict(zip(shown["name"], _colours(shown, palette), strict=True))
    if not drawn.layout_:  # not even one word fits
        return None
    strong = set(shown.loc[shown["distinctive"], "name"])
    words = [
        _word(name, font, row, column, f'fill="{colours[name]}"' + (' font-weight="bold"' if name in strong else ""))
        for (name, _), font, (row, column), _, _ in drawn.layout_
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return "\n".join([f'{head} role="img" font-family="{FONTS}">', *words, "</svg>"])


def alt_cloud(table: pd.DataFrame) -> str:
    """The same in words, for who does not see the picture."""
    shown = _shown(table)
    if shown.empty:
        return "There are no words to draw."
    most = ", ".join(f"{name} ({comments})" for name, comments in shown[["name", "group_comments"]].head(NAMED).to_numpy())
    parts = [f"A word cloud. The words in most comments, with their number: {most}."]
    for group, rows in shown[shown["distinctive"]].groupby("says_more"):
        parts.append(f"Words that {group}s say more: {', '.join(rows['name'].head(NAMED))}.")
    return " ".join(parts)


def colour_of(group: str, palette: Palette) -> str:
    """A group's colour for words on the page, '' for no group: moved towards the text's colour until it can be read."""
    colour = palette.of_group(group) if group else palette.muted
    for part in np.linspace(0, 1, 101):
        mixed = (1 - part) * _channels(colour) + part * _channels(palette.text)
        tone = "#" + "".join(f"{round(value):02X}" for value in mixed)
        if min(contrast_ratio(tone, ground) for ground in (palette.background, palette.panel)) >= READABLE:
            return tone
    return palette.text


def contrast_ratio(one: str, other: str) -> float:
    """How far two colours (``#rrggbb``) differ in brightness, 1..21: WCAG 2.2.

    >>> round(contrast_ratio("#000000", "#FFFFFF"), 1)
    21.0
    """
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn, largest first, with the name that is safe to draw."""
    names = ["".join(letter for letter in word if letter.isprintable()).strip() for word in table["word"]]
    named = table.assign(name=pd.array(names, dtype="str"))
    named = named[(named["group_comments"] > 0) & (named["name"] != "")]
    return named.sort_values(["group_comments", "name"], ascending=[False, True]).drop_duplicates("name").head(MOST)


def _colours(shown: pd.DataFrame, palette: Palette) -> list[str]:
    group = shown["says_more"]
    tones = {name: colour_of(name, palette) for name in group.unique()}
    return [tones[name] for name in group]


def _word(name: str, size: int, row: int, column: int, look: str) -> str:
    """One word whose ink begins at (column, row); `textLength` keeps it in its place whatever the font."""
    from PIL import ImageFont

    font = ImageFont.truetype(_font(), size)
    left, top, _, _ = font.getbbox(name, anchor="ls")
    x, y, length = column - left, row - top, font.getlength(name)
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" {look} textLength="{length:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(name)}</text>'
    )


@cache
def _font() -> str:
    """A font for Latin, Greek, Cyrillic, Arabic and Hebrew that matplotlib carries along."""
    import matplotlib as mpl

    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")


def _channels(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def _luminance(colour: str) -> float:
    """Relative luminance, 0..1."""
    share = _channels(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
