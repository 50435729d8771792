"""The comments of the survey at hand: read, masked and coded once for each survey and codebook; then counted like scores.

What is remembered lies where `study` keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from nps_core.question import Question
from nps_core.tally import NO_DATE, count
from pages.parts import study
from pages.parts.opened import COUNTS_KEPT

if TYPE_CHECKING:  # what reads comments is imported where a page asks for it: the score can do without
    from nps_core.comments.codebook import Codebook
    from nps_core.comments.scan import Comments

CODINGS_KEPT = 3  # codings of the same comments a visit keeps: as it came, before an edit of the codebook, and after


CONDENSED_KEPT = 4  # ways of putting comments together, by what is filtered


@dataclass(frozen=True)
class Coded:
    """The coded comments of the survey at hand, and their counts, remembered."""

    comments: "Comments"

    @cached_property
    def counts(self) -> Callable[[tuple[str, ...], str | None], pd.DataFrame]:
        """`nps_core.tally.count` with the pattern of the comment as one more column."""
        return lru_cache(COUNTS_KEPT)(partial(count, self.comments.responses))

    @cached_property
    def condensed(self) -> "Callable[[tuple[str, ...], bool], Comments]":
        """The comments that these columns (and days) cannot tell apart put together, remembered."""
        from nps_core.comments.condensed import condensed

        return lru_cache(CONDENSED_KEPT)(partial(condensed, self.comments))

    def said(self, question: Question) -> pd.DataFrame:
        """The Said of a question (see `nps_core.comments.themes`); no text is looked at again."""
        from nps_core.comments import themes

        columns = tuple(sorted({*question.columns, self.comments.pattern}))
        return themes.said(self.counts(columns, question.grain), question, self.comments)

    def split_voices(self, question: Question, group: str, hidden: pd.Series) -> "dict[str, pd.Series | None]":
        """What a group says in each part that the question splits into, None where ``hidden`` (by part) says so."""
        from nps_core.comments.voice import voices

        whole, found = self.said(question), dict[str, pd.Series | None]()
        for name in whole.index.get_level_values(0).unique():
            if name != NO_DATE:
                heard = voices(whole.loc[[name]].droplevel(0), self.comments)[group]
                found[str(name)] = None if hidden.get(name, False) else heard
        return found

    def few(self, question: Question) -> "Comments":
        """The comments with one row for all that the filters cannot tell apart: what a page lists, searches and counts."""
        return self.condensed(question.columns, question.grain == "day")


def at_hand() -> Coded:
    """The coded comments of the survey at hand, to be counted later too."""
    return _coded(None)


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


def comments(chosen: "dict[str, Codebook] | None" = None) -> "Comments":
    """The comments of the survey at hand, coded with these codebooks (by default those in use), with progress."""
    return _coded(chosen).comments


def said(question: Question, chosen: "dict[str, Codebook] | None" = None) -> pd.DataFrame:
    """The Said of a question (see `nps_core.comments.themes`); no text is looked at again."""
    return _coded(chosen).said(question)


def voices(question: Question) -> "dict[str, pd.Series]":
    """What each group says under the filters (see `nps_core.comments.voice`); who must not be heard is not in it."""
    from nps_core.comments.voice import voices as voices_of

    if numbers := study.numbers():
        return numbers.voices(question)
    return voices_of(said(replace(question, by=(), period=None)), comments())


def split_voices(question: Question, group: str) -> "dict[str, pd.Series | None]":
    """What a group says in each part that the question splits into, None where that must stay hidden."""
    if numbers := study.numbers():
        return numbers.split_voices(question, group)
    return _coded(None).split_voices(question, group, study.result(question)["suppressed"])


def heard(question: Question, group: str) -> dict[str, int]:
    """How many of a group answered, commented and can be coded (see `nps_core.comments.themes.heard`)."""
    from nps_core.comments import themes

    return themes.heard(voices(question)[group])


def texts() -> "Comments | None":
    """The coded comments, None in a view that carries numbers only."""
    return None if study.numbers() else comments()


def few(question: Question) -> "Comments":
    """`Coded.few` of the survey at hand."""
    return _coded(None).few(question)


def few_texts(question: Question) -> "Comments | None":
    """As `few`, None in a view that carries numbers only."""
    return None if study.numbers() else few(question)


def names() -> dict[str, str]:
    """What people read for each gap."""
    from nps_core.comments import views

    numbers = study.numbers()
    return dict(numbers.said.names) if numbers and numbers.said else views.names(comments())


def books_used() -> str:
    """The codebooks behind the figures, for the end of a page."""
    numbers = study.numbers()
    if numbers and numbers.said:
        return numbers.said.books
    return ", ".join(f"{book.name} ({book.digest[:8]})" for book in comments().books.values())


def counted() -> bool:
    """Whether what comments say can be had at once: a shared view carries it, or this visit has coded them already."""
    if numbers := study.numbers():
        return bool(numbers.said)
    kept: dict[tuple[str, ...], Coded] = study.slot("coded", {})
    return bool(kept) and _key(books()) in kept


def _key(chosen: "dict[str, Codebook]") -> tuple[str, ...]:
    """The comments of the survey at hand, and all that decides how they are coded."""
    used, asked = sorted(chosen.items()), sorted(study.asked_by_reader().items())
    return (study.require()[0].key, *(f"{name} {book.digest}" for name, book in used), *map(str, asked))


def _coded(chosen: "dict[str, Codebook] | None") -> Coded:
    from nps_core.comments.scan import comments as code_comments

    responses, _ = study.require()
    chosen, asked = books() if chosen is None else chosen, study.asked_by_reader()
    kept: dict[tuple[str, ...], Coded] = study.slot("coded", {})
    key = _key(chosen)
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
