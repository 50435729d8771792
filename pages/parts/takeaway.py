"""What a reader takes away from a page: a chart as a picture, with what it shows and where its figures come from written on it.

Nothing is made before somebody presses; the libraries that draw come in then. Whether anything may be taken away, the terms of a
hosted view say.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from nps_core.charts import Picture
from nps_core.meeting.slides import Drawn
from nps_core.palette import Palette
from nps_core.wording import meeting as say
from pages.parts import study
from pages.parts.making import Making, Say

TITLES = {  # what stands over a picture, by the name of its file, where that name does not say it
    "score": "Net Promoter Score and its interval",
    "shares": "Detractors, passives and promoters",
    "scores": "How many gave each score",
    "same_score_by_group": "Same score, different passives: the groups",
    "same_score": "Same score, different passives",
    "mix": "The same score with other passives",
    "bands": "The bands and the chance of each",
    "history": "Net Promoter Score, period by period",
    "industries": "What industries score",
    "change": "Two periods compared",
    "trend": "Net Promoter Score over time",
    "segments": "Net Promoter Score of each group",
    "passives_by_group": "Passives of each group",
    "shares_by_group": "Detractors, passives and promoters of each group",
    "themes": "What holds them back: share of comments that say why",
    "types": "Why they are in the middle: share of comments that say why",
    "trigger": "What could make them leave: share of comments",
    "awareness": "How far they look around: share of comments",
    "sub_themes": "The largest theme, taken apart",
    "side_by_side": "What is said, side by side",
    "words_promoter": "Words set against those of promoters: share of comments",
    "words_passive": "Words set against those of passives: share of comments",
    "words_detractor": "Words set against those of detractors: share of comments",
}


def allowed() -> bool:
    """Whether the reader may take anything away."""
    opened = study.view()
    return opened is None or opened.terms.downloads


def download(label: str, data: Callable[[], bytes], name: str, mime: str, key: str, more: str | None = None) -> None:
    """A file to take away, unless the terms of a hosted view forbid it."""
    if allowed():
        st.download_button(label, data, file_name=name, mime=mime, key=key, on_click="ignore", help=more)


def made(label: str, make: Callable[[Say], bytes], name: str, mime: str, key: str) -> None:
    """As `download`, of a file that takes its time: what is being done is said in words while it is made.

    The file is made on a thread of its own, beside the run that the press begins; that run tells how far it is.
    """
    if not allowed():
        return
    watched: Making = study.slot(f"making-{key}", Making())
    if st.download_button(label, partial(watched.run, make), file_name=name, mime=mime, key=key):
        _watch(watched)


def _watch(watched: Making) -> None:
    place = st.empty()
    for step, done in watched.steps():
        place.progress(done, step)
    place.empty()


def pictures(chart: Picture, alt_text: str, numbers: pd.DataFrame, name: str, palette: Palette) -> None:
    """A chart as PNG and as SVG, named, with its title and its source."""
    if not allowed():
        return
    title = TITLES.get(name, name.replace("_", " ").capitalize())
    drawn, where = Drawn(name, title, chart, alt_text, numbers, None, palette), source()
    download("Download as PNG", partial(_png, drawn, where), f"{name}.png", "image/png", f"png-{name}")
    download("Download as SVG", partial(_svg, drawn, where), f"{name}.svg", "image/svg+xml", f"svg-{name}")


def cloud(drawn: str, alt_text: str, palette: Palette) -> None:
    """The cloud of words as PNG and as SVG, with its title and its source."""
    if not allowed():
        return
    make = partial(_cloud, drawn, alt_text, source(), palette)
    with st.container(horizontal=True):
        download("Download as PNG", lambda: _raster(make()), "word_cloud.png", "image/png", "png-word_cloud")
        download("Download as SVG", make, "word_cloud.svg", "image/svg+xml", "svg-word_cloud")


def _cloud(drawn: str, alt_text: str, where: str, palette: Palette) -> bytes:
    from nps_core.meeting.images import framed

    return framed(drawn, "The words in most comments", alt_text, where, palette)


def _raster(drawn: bytes) -> bytes:
    from nps_core.meeting.images import raster

    return raster(drawn)


def source() -> str:
    """Where the figures of this page come from, on one line: the file or the shared view, answers, days, filters."""
    responses, question = study.require()
    return say.source_line(_files(), int(study.result(question)["n"].sum()), responses.span, question)


def _files() -> list[str]:
    """The files; of a shared view, whose files stay with their owner, its title."""
    if opened := study.view():
        from nps_core.wording.hosted import title

        return [title(opened.terms)]
    current = study.current()
    return [name for name, _ in current.files] if current else []


def _png(drawn: Drawn, where: str) -> bytes:
    from nps_core.meeting.images import png

    return png(drawn, where)


def _svg(drawn: Drawn, where: str) -> bytes:
    from nps_core.meeting.images import svg

    return svg(drawn, where)
