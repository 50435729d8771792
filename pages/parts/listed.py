"""The comments one by one: what a reader looks for, one page of them, the way to the next, and all as a file.

Owns the keys of the address that look for comments. Comments are foreign text: every piece of one goes through `plain`.
"""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from nps_core.comments import search
from nps_core.comments.codes import CODES
from nps_core.comments.scan import Comments
from nps_core.comments.search import UNCODED, Wanted
from nps_core.export import to_csv
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.scale import GROUPS, SCORES
from nps_core.wording import comments as say
from pages.parts import cards, named, study, takeaway
from pages.parts.memo import kept

PAGE = 20  # different texts on one page
LONGEST = 200  # characters of what is looked for
KEYS = {"find": "", "code": [], "scored": []}  # the widgets that look for comments, at what leaves nothing out


def wanted(responses: Responses, names: Mapping[str, str]) -> Wanted:
    """Ask what to look for: words, codes, scores."""
    titles = say.code_titles(names) | {status: say.STATUSES[status] for status in UNCODED}
    options = [*(code for code in CODES if code not in cards.STEPS), *UNCODED]
    titles = named.called({option: titles[option] for option in options})
    words, codes, scores = st.columns([2, 3, 2])
    find = words.text_input(
        "Look for words",
        key="find",
        bind="query-params",
        max_chars=LONGEST,
        placeholder="Any words",
        on_change=_first_page,
        help="In this order, the last may go on: “rep” finds reports. Capitals and accents do not matter.",
    )
    code = codes.multiselect(
        "Carrying all of",
        options,
        format_func=titles.__getitem__,
        key="code",
        bind="query-params",
        placeholder="Any codes",
        on_change=_first_page,
    )
    known: list[int | str] = list(SCORES) if responses.scores_known else list(reversed(GROUPS))
    scored = scores.multiselect(
        "Score" if responses.scores_known else "Group",
        known,
        format_func=lambda one: str(one).capitalize(),
        key="scored",
        bind="query-params",
        placeholder="Any",
        on_change=_first_page,
    )
    return Wanted((find or "")[:LONGEST], tuple(code), tuple(scored))


def _first_page() -> None:
    study.clear(["page"], 1)


def looked_for(comments: Comments, question: Question, sought: Wanted) -> np.ndarray:
    """The comments that fit; the words of all are made ready once."""
    haystack = kept("haystack", comments.key, lambda: search.folded(comments)) if sought.words.strip() else None
    return search.found(comments, question, sought, haystack)


def nothing_or_go_on(counts: Mapping[str, int], total: int) -> None:
    """How many match; go on only where some do."""
    st.text(say.matching_sentence(counts, total))
    if not counts["comments"]:
        if total:
            st.info("Take a word, a code or a score away.")
            st.button("Look for everything", on_click=_everything)
        else:
            st.info("The respondents that the filters leave wrote nothing. Widen the filters in the side bar.")
        st.stop()


def _everything() -> None:
    for key, empty in KEYS.items():
        study.clear([key], empty)
    _first_page()


def page(comments: Comments, rows: np.ndarray, texts: int, names: Mapping[str, str], codes: tuple[str, ...]) -> None:
    """One page of the different texts, with the way to the others beneath."""
    pages = max(1, -(-texts // PAGE))
    asked = study.value("page") if isinstance(study.value("page"), int) else 1
    if asked > pages:
        study.clear(["page"], pages)  # a filter was changed: there are fewer now
    top = st.container()
    number = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    with top:
        cards.cards(search.entries(comments, rows, (number - 1) * PAGE, PAGE), comments, names, codes)


def download(comments: Comments, question: Question, sought: Wanted, names: Mapping[str, str]) -> None:
    """All comments that match, as a file: without segments, so that nobody is described beside their words."""

    def made() -> bytes:
        return to_csv(search.table(comments, search.found(comments, question, sought), say.table_titles(names)))

    takeaway.download(
        "Download these comments as CSV",
        made,
        "comments.csv",
        "text/csv",
        "csv-comments",
        "All that match, with their codes and personal data masked; no segments. Spreadsheets read every comment as text.",
    )
