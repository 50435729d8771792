"""The comments of the survey at hand: read, masked and coded once for each survey and codebook; then counted like scores.

What is remembered lies where `study` keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from nps_core.question import Question
from nps_core.tally import count
from pages.parts import study

if TYPE_CHECKING:  # what reads comments is imported where a page asks for it: the score can do without
    from nps_core.comments.codebook import Codebook
    from nps_core.comments.scan import Comments

CODINGS_KEPT = 3  # codings of the same comments a visit keeps: as it came, before an edit of the codebook, and after


@dataclass(frozen=True)
class Coded:
    """The coded comments of the survey at hand, and their counts, remembered."""

    comments: "Comments"

    @cached_property
    def counts(self) -> Callable[[tuple[str, ...], str | None], pd.DataFrame]:
        """`nps_core.tally.count` with the pattern of the comment as one more column."""
        return lru_cache(study.COUNTS_KEPT)(partial(count, self.comments.responses))


def books() -> "dict[str, Codebook]":
    """The codebooks in use: those that ship with the explorer, or the reader's own in their place."""
    from nps_core.comments.codebook import LANGUAGES, load

    own: dict[str, Codebook] = study.slot("books", {})
    return {language: load(language) for language in LANGUAGES} | own


def own_books() -> "dict[str, Codebook]":
    """The reader's own codebooks by language."""
    own: dict[str, Codebook] = study.slot("books", {})
    return own


def put_book(book: "Codebook") -> None:
    """Code with this codebook from now on, in its language."""
    study.slot("books", {})[book.language] = book


def shipped_book(language: str) -> None:
    """Callback: back to the codebook that ships with the explorer."""
    study.slot("books", {}).pop(language, None)


def comments(books_used: "dict[str, Codebook] | None" = None) -> "Comments":
    """The comments of the survey at hand, coded with these codebooks (by default those in use), with progress."""
    return _coded(books_used).comments


def said(question: Question, books_used: "dict[str, Codebook] | None" = None) -> pd.DataFrame:
    """The Said of a question (see `nps_core.comments.themes`); no text is looked at again."""
    from nps_core.comments import themes

    coded = _coded(books_used)
    columns = tuple(sorted({*question.columns, coded.comments.pattern}))
    return themes.said(coded.counts(columns, question.grain), question, coded.comments)


def heard(question: Question, group: str) -> dict[str, int]:
    """How many of a group answered, commented and can be coded (see `nps_core.comments.themes.heard`)."""
    from nps_core.comments import themes

    return themes.heard(themes.of_patterns(said(question), comments(), group))


def _coded(books_used: "dict[str, Codebook] | None") -> Coded:
    from nps_core.comments.scan import comments as code_comments

    responses, _ = study.require()
    chosen, asked = books() if books_used is None else books_used, study.asked_by_reader()
    kept: dict[tuple[str, ...], Coded] = study.slot("coded", {})
    key = (responses.key, *(f"{name} {book.digest}" for name, book in sorted(chosen.items())), *map(str, sorted(asked.items())))
    if key in kept:
        kept[key] = kept.pop(key)  # the one used last stands last
        return kept[key]
    slot = st.empty()
    bar = slot.progress(0.0, "Reading the comments …")

    def say(done: float) -> None:
        bar.progress(done, "Reading the comments …")

    kept[key] = Coded(code_comments(responses, chosen, asked, say))
    slot.empty()
    for old in list(kept)[:-CODINGS_KEPT]:
        del kept[old]
    return kept[key]
