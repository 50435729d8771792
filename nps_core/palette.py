"""The colours of the product, light and dark: constants, and the one function that picks a set.

Everything that shows a colour takes it from here: the charts by `palette`, the app's frame through `.streamlit/config.toml`,
which repeats these values because it must be plain text (a test holds the two together). It must not know charts or pages.

Why these. Passives are the subject, so they carry the accent, the strongest colour; promoters and detractors are quieter.
Each of the three also has its own lightness, so that they stay apart for colour-blind readers and in a grey print. 7 and 8 are
two tones of the accent, 7 the lighter: along the eleven bars every neighbouring group differs in lightness too.
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """One theme's colours, each a ``#rrggbb``.

    ``text``, ``muted`` and ``accent_text`` are for words (contrast of at least 4.5 on the background, the panel and every
    stripe); the group colours and ``edge`` are for shapes (at least 3 on the background). ``bands`` are four faint stripes in
    the order of `nps_core.scale.BANDS`; they only ever lie behind words.
    """

    dark: bool
    background: str
    panel: str
    text: str
    muted: str
    accent_text: str
    primary: str
    edge: str
    grid: str
    detractor: str
    passive: str
    promoter: str
    seven: str
    bands: tuple[str, str, str, str]
    outside: str

    def of_group(self, group: str) -> str:
        """The colour of a group: detractor, passive or promoter. Raises KeyError for another name."""
        return {"detractor": self.detractor, "passive": self.passive, "promoter": self.promoter}[group]


LIGHT = Palette(
    dark=False,
    background="#FBFAF7",
    panel="#F2EFE8",
    text="#161512",
    muted="#5F5A51",
    accent_text="#A84308",
    primary="#B84A0A",
    edge="#857F74",
    grid="#DDD8CD",
    detractor="#4F4459",
    passive="#B84A0A",
    promoter="#6A93A8",
    seven="#D97528",
    bands=("#F6E7E1", "#F4EEDF", "#E9F0E4", "#DFECEC"),
    outside="#EFECE6",
)

DARK = Palette(
    dark=True,
    background="#030304",
    panel="#15171B",
    text="#ECE8E1",
    muted="#ABA59B",
    accent_text="#FFA562",
    primary="#C05711",
    edge="#7F7A72",
    grid="#34373D",
    detractor="#806C88",
    passive="#FF9A4D",
    promoter="#6C9DB8",
    seven="#FFC38E",
    bands=("#241A1C", "#221E15", "#152118", "#122125"),
    outside="#111216",
)


def palette(dark: bool) -> Palette:
    """The colours of the light or the dark theme.

    >>> palette(dark=True).background
    '#030304'
    """
    return DARK if dark else LIGHT
