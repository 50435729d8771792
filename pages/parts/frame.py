"""The script every page runs in: page settings, navigation, the data box, the filters; then the page itself."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from nps_core.wording import linked
from pages.parts import ask, hosted, present, show, study
from pages.parts.opened import Study
from pages.parts.safety import plain

PAGES = Path(__file__).resolve().parents[1]
STYLE = Path(__file__).with_name("page.css")  # what the theme cannot say: paper, and the buttons on pictures
# File stem (and address), title, and what the page says it will show while there is no data.
MENU = (
    ("data", "Data", ""),
    ("score", "Score", "the Net Promoter Score, how sure it is, and what it says in plain words"),
    (
        "distribution",
        "Distribution",
        "how many gave each score from 0 to 10, and why another company with the same score can be in a very different place",
    ),
    ("benchmarks", "Benchmarks", "where your score lies between negative and excellent, and what is usual in your industry"),
    ("trend", "Trend", "whether your score is moving, whether that is more than noise, and why it moved"),
    ("segments", "Segments", "who differs: the score and the passives of every group, and which differences are beyond noise"),
    ("passives", "Passives", "what holds your passives back, in their own words, or that too few wrote to tell"),
    ("words", "Words", "which words your passives write more than promoters and detractors do"),
    ("comments", "Comments", "every comment by its words, its codes and its score, with the words that decided each code marked"),
    ("codebook", "Codebook", "the phrases by which comments are coded, and what becomes of the comments when you change them"),
    ("meeting", "Meeting", "your survey as slides, one thought each, to present here or to take away as a deck and a workbook"),
    ("share", "Share", "what somebody else will see, on which terms, and the link that opens it for them"),
    ("manage", "Manage", ""),
)


NOT_BY_LINK = {"share", "manage"}  # a visitor by link shares nothing
NEED_WORDS = {"words", "comments", "codebook"}  # and so not in a view that carries numbers only


def main() -> None:
    """One run."""
    if study.current():
        study.keep_address()  # at once, so that the browser makes one entry of its history of a turned page and its address
    st.set_page_config(page_title="NPS Explorer", page_icon="📊", layout="wide", initial_sidebar_state="auto")
    st.html(STYLE)
    ready = hosted.arrive()
    pages = {
        stem: st.Page(
            PAGES / f"{stem}.py",
            title=title,
            url_path=stem,
            default=stem == "data",
            visibility="visible" if title in menu() else "hidden",
        )
        for stem, title, _ in MENU
    }
    page = st.navigation(list(pages.values()), position="top" if ready else "hidden")
    stem = next(stem for stem in pages if pages[stem] == page)
    if ready:
        if landing := hosted.landing(stem):
            st.switch_page(pages[landing[0]], query_params=landing[1])
        run(page, stem)
    if present.on(stem):
        return  # nothing but the slide
    st.caption(
        "NPS Explorer · no account, nothing written to disk unless you share · Net Promoter, Net Promoter Score and NPS are "
        "trademarks of Bain & Company, NICE Systems and Fred Reichheld."
    )


def menu() -> list[str]:
    """The titles in the menu."""
    return [title for stem, title, _ in MENU if stem not in left_out() | {"manage"}]


def left_out() -> set[str]:
    """The pages that a hosted view does not have."""
    if not study.view():
        return set()
    return NOT_BY_LINK | (NEED_WORDS if study.numbers() else set())


def run(page: StreamlitPage, stem: str) -> None:
    """The side bar and the page."""
    study.read_waiting()
    study.keep_address()
    opened = study.current()
    # Before the filters are drawn: they drop from the address what they do not offer.
    notices = (*opened.notices, *(ask.notices(opened.responses) if opened.responses else ())) if opened else ()
    presenting = present.on(stem)
    with present.wings() if presenting else st.sidebar:
        if not presenting:
            data_box(opened)
            if opened and opened.responses:
                present.link()
        if opened and opened.responses:
            study.ask(hosted.question(ask.filters(opened.responses)))
    for notice in notices:
        st.warning(plain(notice))
    promise = next(promise for name, _, promise in MENU if name == stem)
    if study.named_in_vain():
        show.private_copy()
    elif stem in left_out():
        st.info("This page is not part of a shared view." if stem in NOT_BY_LINK else linked.WORDS)
    elif promise and (opened is None or opened.responses is None):
        nothing_yet(page.title, promise, opened)
    else:
        if opened and opened.view and not presenting:
            hosted.note(opened.view)
        page.run()
        study.remember_page(stem)


def data_box(opened: Study | None) -> None:
    """What is open, and how to let go of it."""
    if opened and opened.view:
        hosted.box(opened.view)
        return
    st.subheader("Your data")
    if opened is None:
        st.caption("No file yet.")
        return
    for name, _ in opened.files:
        st.text(name)
    if opened.sample:
        st.caption("A built-in sample; the address of this page opens it for anybody.")
    elif opened.responses:
        st.caption("A reload keeps your file; its address opens in this browser alone. For somebody else, share a link.")
    st.button("Close the sample" if opened.sample else "Forget my file", on_click=study.forget, width="stretch")


def nothing_yet(title: str, promise: str, opened: Study | None) -> None:
    """A page without data: what it will show, and how to get there."""
    st.title(title)
    st.write(f"Here you will see {promise}.")
    if opened and opened.problem:
        show.problem(opened.problem)
    show.drop_zone()


main()
