"""The script every page runs in: page settings, navigation, the data box, the filters; then the page itself."""

from pathlib import Path

import streamlit as st

from pages.parts import ask, show, study
from pages.parts.safety import plain

PAGES = Path(__file__).resolve().parents[1]
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
)


def main() -> None:
    """One run."""
    st.set_page_config(page_title="NPS Explorer", page_icon="📊", layout="wide", initial_sidebar_state="auto")
    pages = {stem: st.Page(PAGES / f"{stem}.py", title=title, url_path=stem, default=stem == "data") for stem, title, _ in MENU}
    page = st.navigation(list(pages.values()), position="top")
    study.read_waiting()
    study.keep_address()
    opened = study.current()
    # Before the filters are drawn: they drop from the address what they do not offer.
    notices = (*opened.notices, *(ask.notices(opened.responses) if opened.responses else ())) if opened else ()
    with st.sidebar:
        data_box(opened)
        if opened and opened.responses:
            study.ask(ask.filters(opened.responses))
    for notice in notices:
        st.warning(plain(notice))
    promise = next(promise for stem, _, promise in MENU if pages[stem] == page)
    if promise and (opened is None or opened.responses is None):
        nothing_yet(page.title, promise, opened)
    else:
        page.run()
    st.caption(
        "NPS Explorer · no account, nothing written to disk · Net Promoter, Net Promoter Score and NPS are trademarks of "
        "Bain & Company, NICE Systems and Fred Reichheld."
    )


def data_box(opened: study.Study | None) -> None:
    """What is open, and how to let go of it."""
    st.subheader("Your data")
    if opened is None:
        st.caption("No file yet.")
        return
    for name, _ in opened.files:
        st.text(name)
    if opened.sample:
        st.caption("A built-in sample; the address of this page opens it for anybody.")
    elif opened.responses:
        st.caption("The address carries your filters, not your file: whoever opens it needs the same file.")
    st.button("Close the sample" if opened.sample else "Forget my file", on_click=study.forget, width="stretch")


def nothing_yet(title: str, promise: str, opened: study.Study | None) -> None:
    """A page without data: what it will show, and how to get there."""
    st.title(title)
    st.write(f"Here you will see {promise}.")
    if opened and opened.problem:
        show.problem(opened.problem)
    show.drop_zone()


main()
