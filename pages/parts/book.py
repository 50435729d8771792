"""The codebook in the reader's hands: which one is in use, its lists, an edit, a file in and out, and what the last change did.

A change that does not work leaves the codebook in use as it was, says what is wrong, and keeps what was typed. Phrases, names and
names of files are foreign text. The reader's own codebooks live in the visit, not in the address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from nps_core.comments import themes, views
from nps_core.comments.codebook import LARGEST, LONGEST, Codebook, dump, edited, parse, paths, phrases_at
from nps_core.comments.listing import listing
from nps_core.comments.recoding import changes
from nps_core.comments.rivals import rivals
from nps_core.comments.scan import Comments
from nps_core.comments.suggestions import suggestions
from nps_core.comments.voice import EVERYBODY, voices
from nps_core.errors import BrokenCodebook
from nps_core.question import Question
from nps_core.wording import codebook as lists
from nps_core.wording import comments as say
from nps_core.wording import count
from pages.parts import coded, show, study, takeaway
from pages.parts.memo import kept
from pages.parts.named import called
from pages.parts.safety import plain

BEFORE, PROBLEM, UPLOADS = "book-before", "book-problem", "book-uploads"  # what is noted between runs
LANGUAGE, LIST = "book-language", "book-list"  # keys of menus
NOT_MADE = "This change was not made"
NAMES_OFFERED, PHRASES_OFFERED = 6, 12


def chosen(comments: Comments | None) -> Codebook:
    """Ask for the language where there are several; its codebook in use. The language of most comments stands first."""
    books = coded.books()
    spoken = list(comments.languages) if comments else []
    options = sorted(books, key=lambda name: (spoken.index(name) if name in spoken else len(spoken), name))
    if len(options) == 1:
        return books[options[0]]
    loaded = study.notes().get(LANGUAGE)
    language = st.selectbox(
        "Language of the comments",
        options,
        options.index(loaded) if loaded in options else 0,
        format_func=lists.language_names,
        key=LANGUAGE,
        persist_state="session",
    )
    return books[language if language in books else options[0]]


def problem() -> None:
    """What stood in the way of the last change; nothing of it has happened."""
    title, error = study.notes().get(PROBLEM, ("", None))
    if error is not None:
        with st.container(border=True):
            st.header(title)
            st.text(f"Expected: {error.expected}")
            st.text(f"Found: {error.found}")
            st.text(f"{error.remedy} The codebook in use is as it was.")


def editor(book: Codebook) -> None:
    """One list of phrases, chosen from all, in a text area."""
    titles = called(lists.titles(book))
    path = st.selectbox("Which list", list(titles), format_func=titles.__getitem__, key=LIST, persist_state="session")
    if path not in titles:
        path = next(iter(titles))
    st.text(lists.path_help(path))
    own = "\n".join(phrases_at(book, path))
    typed = st.text_area(
        "Its phrases, one a line", own, height=280, key=_area(book, path), persist_state="session", placeholder="A phrase"
    )
    if (typed or "").split() != own.split():
        st.caption("You changed this list; the change counts once you apply it.")
    with st.container(horizontal=True):
        st.button("Apply to all comments", type="primary", on_click=_apply, args=(book.language, path))
        with st.popover("How phrases are written"):
            for line in lists.HOW:
                st.text(line)


def _area(book: Codebook, path: str) -> str:
    """The key of the text area of a list: another one as soon as the list itself is another."""
    return f"phrases-{book.language}-{path}-{hash(phrases_at(book, path))}"


def _typed(book: Codebook, path: str) -> list[str]:
    """The phrases of a list with what the reader typed there and has not applied yet."""
    typed = study.value(_area(book, path))
    return list(phrases_at(book, path)) if typed is None else str(typed).splitlines()


def _apply(language: str, path: str) -> None:
    book = coded.books()[language]
    _edit(book, path, _typed(book, path))


def _add(language: str, phrase: str, path: str = "", key: str = "") -> None:
    """Callback: one more phrase for the list at `path`, or for the one that the menu with this key names."""
    book = coded.books()[language]
    path = path or str(study.value(key) or "")
    if path in paths(book):
        _edit(book, path, [*_typed(book, path), phrase])


def _edit(book: Codebook, path: str, phrases: Iterable[str]) -> None:
    try:
        _put(edited(book, path, phrases))
    except BrokenCodebook as error:
        study.notes()[PROBLEM] = (NOT_MADE, error)


def _put(book: Codebook) -> None:
    """Use this codebook from now on; a shipped one that was changed gets a name of its own."""
    _forget_problem()
    before = coded.books()
    if before.get(book.language) == book:
        return
    if book.language not in coded.own_books() and book.language in before and book.name == before[book.language].name:
        book = replace(book, name=f"{book.name[: LONGEST - 9]}, changed")
    _note_before()
    coded.put_book(book)


def _note_before() -> None:
    """Keep the codebooks in use, to compare with; of another file than this one they would tell nothing."""
    study.notes()[BEFORE] = (study.require()[0].key, coded.books())


def _forget_problem() -> None:
    study.notes().pop(PROBLEM, None)


def name_and_file(book: Codebook) -> None:
    """The codebook's name, the file to take away, a file to bring along, and the way back to the shipped one."""
    key = f"book-name-{book.digest}"
    st.text_input("Name of this codebook", book.name, key=key, max_chars=LONGEST, on_change=_rename, args=(book.language, key))
    with st.container(horizontal=True):
        file = f"codebook-{book.language}.toml"
        takeaway.download("Download this codebook", lambda: dump(book).encode(), file, "application/toml", "book-file")
        if book.language in coded.own_books():
            st.button("Back to the shipped codebook", on_click=_shipped, args=(book.language,))
    upload = f"book-file-{study.notes().get(UPLOADS, 0)}"
    st.file_uploader(
        "Use a codebook of your own",
        type=["toml"],
        max_upload_size=-(-LARGEST // 1_000_000),
        key=upload,
        on_change=_load,
        args=(upload,),
        help=f"A file downloaded from here, changed or not; at most {LARGEST:,} bytes. It stays in memory only.",
    )
    st.caption(
        "Your codebook stays for this visit. The address does not carry it: whoever should see the same figures needs the file."
    )


def _rename(language: str, key: str) -> None:
    name = " ".join(str(study.value(key) or "").split())
    if name:
        _put(replace(coded.books()[language], name=name[:LONGEST]))
    else:
        study.notes()[PROBLEM] = (NOT_MADE, BrokenCodebook("a name", "nothing but blanks", "Give the codebook a name."))


def _load(key: str) -> None:
    """Callback of the drop zone, which is emptied: it would show the file's name as Markdown."""
    file: Any = study.value(key)
    study.notes()[UPLOADS] = study.notes().get(UPLOADS, 0) + 1
    if file is None:
        return
    try:
        book = parse(file.getvalue(), file.name)
    except BrokenCodebook as error:
        study.notes()[PROBLEM] = (error.title, error)
        return
    _put(book)
    study.notes()[LANGUAGE] = book.language  # for the menu of languages, whether it is there already or not
    study.clear([LANGUAGE], book.language)


def _shipped(language: str) -> None:
    _forget_problem()
    _note_before()
    coded.shipped_book(language)


def _undo() -> None:
    """Callback: the codebooks as they were before the last change."""
    _forget_problem()
    _, before = study.notes().pop(BEFORE)
    for language in list(coded.own_books()):
        coded.shipped_book(language)
    shipped = coded.books()
    for language, book in before.items():
        if shipped.get(language) != book:
            coded.put_book(book)


def fitting(comments: Comments) -> None:
    """How many comments of the whole file fit the codebooks in use."""
    st.text(say.coded_sentence(coded.heard(Question(), EVERYBODY)))


def last_change(after: Comments, level: float) -> None:
    """What the last change of the codebook did to the comments, and to what holds passives back."""
    survey, books = study.notes().get(BEFORE, ("", {}))
    if survey != study.require()[0].key:
        return
    before = coded.comments(books)
    names = views.names(after)
    changed = kept("book-changes", f"{before.key} {after.key}", lambda: changes(before, after))
    st.header("What your last change did")
    st.text(say.edit_sentence(changed))
    if len(changed):
        table = say.change_table(changed, say.code_titles(names))
        show.table(table, "changes", "Codes that other comments carry now, with examples")
        question = Question(level=level)
        old, new = (voices(coded.said(question, used), one)["passive"] for used, one in ((books, before), (None, after)))
        st.text(say.verdict_change(themes.verdict(old), themes.verdict(new), names))
    st.button("Take this change back", on_click=_undo)


def offers(comments: Comments, book: Codebook) -> None:
    """Words that fit no code yet, and names that may be other providers, each with a way into the codebook."""
    key = f"{comments.key} {book.language}"
    found = kept("book-phrases", key, lambda: suggestions(comments, book.language, PHRASES_OFFERED))
    named = kept("book-names", key, lambda: rivals(comments, listing(comments, Question())))
    _names(book, [name for name in named["name"] if name not in book.competitors][:NAMES_OFFERED])
    st.subheader("Words of comments that fit no code")
    if found.empty:
        st.text("No words come back in them: nothing to add.")
        return
    titles = called(lists.titles(book))
    for row in found.itertuples():
        menu = f"add-{book.digest}-{row.phrase}"
        words, add = st.columns([3, 2], vertical_alignment="center")
        with words:
            st.markdown(f"**{plain(str(row.phrase))}** · {count(row.comments)} comments")
            st.caption(plain(str(row.example)))
        add.selectbox(
            f"Add “{plain(str(row.phrase))}” to",
            list(titles),
            None,
            format_func=titles.__getitem__,
            key=menu,
            on_change=_add,
            kwargs={"language": book.language, "phrase": row.phrase, "key": menu},
            placeholder="Add to …",
            label_visibility="collapsed",
        )


def _names(book: Codebook, names: Sequence[str]) -> None:
    if not names:
        return
    st.subheader("Names that stand where another provider is spoken of")
    with st.container(horizontal=True):
        for name in names:
            st.button(
                f"Add {plain(name)}",
                key=f"name-{book.digest}-{name}",
                on_click=_add,
                kwargs={"language": book.language, "phrase": name, "path": lists.COMPETITORS},
            )
