"""The stage of a meeting: one slide at a time over the whole window, turned by keys; which one, the address says.

Streamlit binds one key to a button, so each further key of a clicker has a button of its own that nobody sees.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_core import charts
from nps_core.meeting.plain import unbroken
from nps_core.meeting.slides import KEYS, Slide
from pages.parts import study
from pages.parts.safety import plain

PAGES = Path(__file__).resolve().parents[1]
STYLE = Path(__file__).with_name("present.css")  # what the stage looks like
SCRIPT = Path(__file__).with_name("present.js")  # full screen; what runs in the browser, the policy in `safety` names by its hash
SLIDE = "slide"  # the address key: which slide is shown; without it nothing is presented
STEM = "meeting"  # the page that presents
FILTERS, CHOICES = "stage-filters", "stage-choices"  # keys of what opens over a slide
ROOM = {1: (620, 560), 2: (560, 560)}  # width and height of a picture's place, by how many there are: their proportion counts
HOW = (
    "Arrow keys, Page Up, Page Down and the space bar turn the slides, as a clicker does. F fills the screen; Escape leaves.",
    "The address keeps the slide: after a reload you are where you were.",
)
TURNS, FILLS = (
    "← → turn · Esc leaves",
    "F full screen ·",
)  # on the slide itself; the second only where the browser lets a page do so
FORTH, BACK = ("Right", "PageDown", "Space"), ("Left", "PageUp")


def on(page: str) -> bool:
    """Whether this page, by its stem, is presenting."""
    return page == STEM and SLIDE in st.query_params


def link() -> None:
    """The way from any page to the first slide, with the filters as they are."""
    st.page_link(PAGES / f"{STEM}.py", label="Present", query_params={SLIDE: KEYS[0]})


def overview(slides: Sequence[Slide]) -> None:
    """The way onto the stage, and what each slide says, each a way to that slide."""
    st.button("Start the presentation", type="primary", on_click=show, args=(KEYS[0],))
    for place, slide in enumerate(slides, start=1):
        st.button(f"{place}. {plain(slide.title)}", key=f"show-{slide.key}", type="tertiary", on_click=show, args=(slide.key,))
    for sentence in HOW:
        st.caption(sentence)


def wings() -> DeltaGenerator:
    """Clear the window for slides, with the way out; the place for the filters, which nobody sees until it is opened."""
    st.html(STYLE)
    with st.container(key="slide-corner", horizontal=True):
        place = st.popover("Filters", type="tertiary", key=FILTERS, on_change="rerun")
        st.button("Full screen", key="slide-full", type="tertiary")  # the script listens; the server has nothing to do
        # Escape closes what is open first, and leaves only then.
        escape = None if study.value(FILTERS) or study.value(CHOICES) else "Escape"
        st.button("Leave", key="slide-leave", on_click=_leave, shortcut=escape, type="tertiary")
    return place


def choices() -> DeltaGenerator:
    """The place for what the slides show."""
    with st.container(key="slide-choices"):
        return st.popover("What the slides show", type="tertiary", key=CHOICES, on_change="rerun")


def stage(slides: Sequence[Slide]) -> None:
    """The slide that the address names, or the nearest one that there is."""
    shown = _place(slides)
    _bar(slides, shown)
    with st.container(key="slide"):
        _slide(slides[shown])


def _place(slides: Sequence[Slide]) -> int:
    """Where the named slide stands; one that this survey does not bear gives its place to the one before it."""
    named = next(iter(st.query_params.get_all(SLIDE)), "")
    wanted = KEYS.index(named) if named in KEYS else 0
    return max((place for place, slide in enumerate(slides) if KEYS.index(slide.key) <= wanted), default=0)


def _slide(slide: Slide) -> None:
    st.title(plain(unbroken(slide.title)), anchor=False)
    left, right = _places(slide)
    with left:
        if slide.number:
            with st.container(key="slide-number"):
                st.text(slide.number)
        with st.container(key="slide-said"):
            for sentence in slide.said:
                st.text(sentence)
    with right:
        _pictures(slide)
    with st.container(key="slide-source"):
        st.text(slide.source)


def _places(slide: Slide) -> Sequence[DeltaGenerator]:
    """Where the words and the pictures stand: side by side, or two pictures beneath the words."""
    if len(slide.pictures) == 1:
        return st.columns([2, 5], gap="large", vertical_alignment="center")
    return st.container(), st.container()


def _pictures(slide: Slide) -> None:
    for place, drawn in zip(st.columns(len(slide.pictures), gap="large") if slide.pictures else (), slide.pictures, strict=True):
        with place, st.container(key=f"slide-picture-{drawn.name}"):
            if len(slide.pictures) > 1:
                st.text(drawn.title)
            large = charts.enlarged(drawn.chart, *ROOM[min(len(slide.pictures), 2)])
            st.altair_chart(large, alt=drawn.alt, width="content", theme=None)


def _bar(slides: Sequence[Slide], shown: int) -> None:
    """Back and forth, and where one is."""
    with st.container(key="slide-bar", horizontal=True, vertical_alignment="center"):
        _turn("Previous", slides, shown - 1, BACK[0], "tertiary")
        st.text(f"{shown + 1} of {len(slides)}")
        _turn("Next", slides, shown + 1, FORTH[0], "tertiary")
    with st.container(key="slide-hint", horizontal=True, gap="xxsmall"):
        with st.container(key="slide-hint-full", width="content"):
            st.text(FILLS, width="content")
        st.text(TURNS, width="content")
    with st.container(key="slide-keys"):
        st.html(f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
        for key in FORTH[1:]:
            _turn(f"Next by {key}", slides, shown + 1, key)
        for key in BACK[1:]:
            _turn(f"Previous by {key}", slides, shown - 1, key)


def _turn(label: str, slides: Sequence[Slide], to: int, key: str, kind: Literal["secondary", "tertiary"] = "secondary") -> None:
    """A button that shows another slide; beyond both ends there is none."""
    exists = 0 <= to < len(slides)
    target = slides[to].key if exists else ""
    st.button(label, key=f"turn-{key}", on_click=show, args=(target,), shortcut=key, type=kind, disabled=not exists)


def show(key: str) -> None:
    """Callback: this slide, by its key."""
    if key:
        st.query_params[SLIDE] = key


def _leave() -> None:
    st.query_params.pop(SLIDE, None)
