"""The survey at hand and what was computed from it: the only file that names session state and the caches.

Everything is kept in memory: in the session of the reader who brought it, and as a working copy that opens in their browser
alone. Nothing is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from nps_core.answer import answer, unfiltered
from nps_core.question import Question
from nps_core.reading import CHOICE_KEYS, Choices, read
from nps_core.responses import Responses
from nps_core.samples import SAMPLES, load
from nps_core.tally import accounts as accounts_of
from nps_core.tally import count, tally_counts
from pages.parts import account, house
from pages.parts.browser import this_browser
from pages.parts.opened import File, Study, digest, read_files, read_leniently

if TYPE_CHECKING:
    from nps_core.hosted import Numbers, Opened

SAMPLE = "sample"  # the address key of a built-in survey
COPY = "copy"  # the address key of a working copy
VIEW = "view"  # the address key of a hosted view
ASKED = "asked."  # the address keys of what comment columns asked begin so


def slot(name: str, default: Any) -> Any:
    """What the visit remembers under a name, for the parts that remember something of their own."""
    return st.session_state.setdefault(f"_{name}", default)


def current() -> Study | None:
    """What the reader has open, None before the first file."""
    study: Study | None = slot("study", None)
    return study


def uploader_key() -> str:
    """The key of the drop zone; a new one empties it."""
    return f"upload-{slot('uploads', 0)}"


def hand_in() -> None:
    """Callback of the drop zone: keep what was dropped until the frame reads it (with progress), and empty the drop zone.

    It would otherwise hold the bytes a second time, and show the file's name as Markdown.
    """
    dropped = st.session_state.get(uploader_key()) or []
    if dropped and account.may_bring_data():
        st.session_state["_waiting"] = tuple((file.name, file.getvalue()) for file in dropped)
        st.session_state["_uploads"] += 1


def hand_in_sample(key: str) -> None:
    """Callback of a sample button."""
    if key in SAMPLES:
        st.session_state["_waiting"] = key


def read_waiting() -> None:
    """Read what was handed in, or open the working copy or the sample that the address names, saying what is being done."""
    waiting = st.session_state.pop("_waiting", None)
    if waiting is None and current() is None:
        waiting = None if _reopen() else next((name for name in st.query_params.get_all(SAMPLE) if name in SAMPLES), None)
    if waiting is None:
        return
    # What the address chose applies to the first file of a visit; a later one is read on its own terms.
    choices = Choices.from_params(arrival()) if current() is None else Choices()
    sample = waiting if isinstance(waiting, str) else ""
    slot = st.empty()
    status = slot.status("Reading the file …")
    files = (_sample(sample),) if sample else waiting
    say = lambda stage: status.update(label=stage)  # noqa: E731
    st.session_state["_copy"] = ""
    _put(_as_usual(read_leniently(Study(files, sample, choices, digest=digest(files)), say), say))
    slot.empty()


def _put(study: Study) -> None:
    """This is what the reader has open from now on; their own files are kept as a working copy."""
    browser = this_browser()
    if study.responses and not study.sample and browser:
        name, held = house.copies().keep(
            browser, study.key, replace(study, notices=()), study.size, house.now(), slot("copy", "")
        )
        st.session_state["_copy"] = name
        study = held if held.notices == study.notices else replace(held, notices=study.notices)
        if noted := house.copies().open(name, browser, house.now()):
            noted[1].update(books=slot("books", {}), asked=asked_by_reader())
    st.session_state["_study"] = study


def _reopen() -> bool:
    """Open the working copy that the address names, with the codebooks its owner changed; whether it opened."""
    name = next(iter(st.query_params.get_all(COPY)), "")
    kept = house.copies().open(name, this_browser(), house.now()) if name else None
    if kept is None:
        return False
    st.session_state.update(_study=kept[0], _copy=name, _books=kept[1]["books"], _asked=kept[1]["asked"])
    return True


def named_in_vain() -> bool:
    """Whether the address names a working copy that does not open here: somebody else's, or one whose time is over."""
    return current() is None and COPY in st.query_params


@st.cache_resource(show_spinner=False)
def _sample(key: str) -> File:
    return load(key)


def choose(**changes: Any) -> None:
    """Callback: the reader says which column plays which part; the file is read again with that.

    A choice that does not work leaves the survey as it was, and is said.
    """
    study = current()
    if study is None:
        return
    tried = read_files(replace(study, choices=replace(study.choices, **changes), notices=()))
    if tried.problem and study.responses:
        notice = f"That choice does not work. Expected: {tried.problem.expected}. Found: {tried.problem.found}."
        st.session_state["_study"] = replace(study, notices=(notice,))
    else:
        _put(tried)
        _habits()[_header(tried)] = tried.choices


def choose_from(part: str, key: str) -> None:
    """Callback: as `choose`, with what the menu with this key holds."""
    if value(key) is not None:
        choose(**{part: value(key)})


def choose_nothing() -> None:
    """Callback: back to what was found in the file."""
    study = current()
    if study:
        _habits().pop(_header(study), None)
        _put(read_files(replace(study, choices=Choices(), notices=())))


def _habits() -> dict[tuple[str, ...], Choices]:
    """What the reader chose in this visit, by the header of the file."""
    habits: dict[tuple[str, ...], Choices] = slot("habits", {})
    return habits


def _header(study: Study) -> tuple[str, ...]:
    return tuple(role.header for role in study.responses.roles) if study.responses else ()


def _as_usual(study: Study, say: Callable[[str], None] | None) -> Study:
    """The study read again with what the reader chose for an earlier file with the same header, if they did."""
    usual = _habits().get(_header(study)) if study.responses and study.choices == Choices() else None
    if usual is None or usual == study.choices:
        return study
    notice = "What you chose for an earlier file with the same columns was taken over."
    return read_files(replace(study, choices=usual, notices=(notice,)), say)


def forget() -> None:
    """Callback: let go of the file and everything that came from it."""
    house.copies().forget(slot("copy", ""), this_browser())
    uploads = slot("uploads", 0)
    for key in list(st.session_state):
        del st.session_state[key]
    st.session_state["_uploads"] = uploads + 1
    st.session_state["_arrival"] = {}


def clear(keys: Sequence[str], empty: Any) -> None:
    """Callback: set these widgets to what leaves nothing out."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = empty


def value(key: str) -> Any:
    """What the widget with this key holds, None where it is not drawn."""
    return st.session_state.get(key)


def arrival() -> dict[str, list[str]]:
    """The address the reader came with, kept until there is a survey it can apply to."""
    arrival: dict[str, list[str]] = slot("arrival", {key: st.query_params.get_all(key) for key in st.query_params})
    return arrival


def keep_address() -> None:
    """Keep in the address what no widget binds: before a file the address of arrival, afterwards the sample and the choices.

    Turning a page drops every parameter that no widget on it is bound to, so this runs in every frame.
    """
    study = current()
    wanted = arrival() if study is None else _kept(study)
    if study and slot("copy", "") and not house.copies().open(slot("copy", ""), this_browser(), house.now()):
        _put(study)  # it fell out of memory while the page stood open
    for key, texts in wanted.items():
        if st.query_params.get_all(key) != texts:
            st.query_params[key] = texts
    for key in list(st.query_params):
        if (key in (SAMPLE, COPY, VIEW, *CHOICE_KEYS) or key.startswith(ASKED)) and key not in wanted:
            del st.query_params[key]


def _kept(study: Study) -> dict[str, list[str]]:
    """What the address says of a survey besides what widgets bind: the sample, the choices, what comments were asked."""
    asked = {ASKED + column: [question] for column, question in asked_by_reader().items()}
    copy: str = slot("copy", "")
    if study.view:
        return asked | {VIEW: [link()]}
    return study.choices.to_params() | asked | ({SAMPLE: [study.sample]} if study.sample else {COPY: [copy]} if copy else {})


def asked_by_reader() -> dict[str, str]:
    """What the reader, or the address they came with, says the comment columns asked (why, improve)."""
    arrived = {key.removeprefix(ASKED): texts[0] for key, texts in arrival().items() if key.startswith(ASKED)}
    asked: dict[str, str] = slot("asked", {column: said for column, said in arrived.items() if said in ("why", "improve")})
    return asked


def ask_differently(column: str, key: str) -> None:
    """Callback: the menu with this key says what a comment column asked; None goes back to what its header says."""
    if value(key) in ("why", "improve"):
        asked_by_reader()[column] = value(key)
    else:
        asked_by_reader().pop(column, None)


def ask(question: Question) -> None:
    """Keep the question that the filters asked, for the page that is about to run."""
    st.session_state["_question"] = question


def require() -> tuple[Responses, Question]:
    """The survey and the question of this run; the frame runs a page only when both are there."""
    study = current()
    if study is None or study.responses is None:
        st.stop()
    return study.responses, st.session_state.get("_question", Question())


def view() -> "Opened | None":
    """The hosted view that the reader has open."""
    study = current()
    return study.view if study else None


def numbers() -> "Numbers | None":
    """What is open where that is a view with numbers only, without anybody's answer."""
    opened = view()
    return opened.payload if opened and opened.terms.kind == "numbers" else None  # type: ignore[return-value]


def put_view(responses: Responses, opened: "Opened", link: str, books: dict[str, Any]) -> None:
    """A hosted view is what the reader has open from now on."""
    st.session_state.update(_study=Study((), responses=responses, view=opened), _link=link, _books=books, _copy="")


def link() -> str:
    """The token of the hosted view that is open, '' for none."""
    return str(slot("link", ""))


def close_view() -> None:
    """Let go of a hosted view, if one is open."""
    if view():
        for key in ("_study", "_link", "_books", "_coded", "_notes"):
            st.session_state.pop(key, None)


def tally(question: Question) -> pd.DataFrame:
    """The Tally of a question; the rows are looked at once for each set of columns. Read only."""
    return _tally(_open(), question)


def counter() -> Callable[[Question], pd.DataFrame]:
    """`tally` of what is open now, for a file that is made later, when no session is at hand."""
    return partial(_tally, _open())


def _tally(opened: Study, question: Question) -> pd.DataFrame:
    if opened.view:
        return opened.view.payload.tally(question)
    assert opened.responses is not None
    return tally_counts(opened.counts(question.columns, question.grain), question, opened.responses.scores_known)


def result(question: Question) -> pd.DataFrame:
    """The Result of a question: one row a group, with intervals, and nothing that must stay hidden."""
    if opened := view():
        return opened.payload.result(question)
    whole = tally(unfiltered(question)) if question.filtered else None
    return answer(tally(question), question, whole)


def group_total(group: str) -> int:
    """How many of a group (detractor, passive, promoter, all) answered in the whole survey."""
    row = result(Question()).iloc[0]
    return int(row["n" if group == "all" else group])


def total() -> int:
    """How many answered scores the whole survey has."""
    return accounts(Question())["answered"]


def sample_result(key: str, level: float) -> pd.DataFrame:
    """The Result of a whole built-in survey, to lay beside the one at hand."""
    question = Question(level=level)
    return answer(tally_counts(count(_sample_responses(key)), question), question)


@st.cache_resource(show_spinner=False)
def _sample_responses(key: str) -> Responses:
    return read([_sample(key)])


def accounts(question: Question) -> dict[str, int]:
    """Answered, blank, invalid and excluded records that the filters leave."""
    opened = _open()
    if opened.view:
        return opened.view.payload.accounts(question)
    return accounts_of(opened.counts(question.columns, question.grain), question)


def _open() -> Study:
    require()
    study: Study = st.session_state["_study"]
    return study


def remember_page(page: str) -> None:
    """Note the address of a page as the reader has it, for whom they share it with."""
    if page in ("share", "manage"):
        return
    slot("pages", {})[page] = {key: st.query_params.get_all(key) for key in st.query_params}
    st.session_state["_last_page"] = page


def pages_seen() -> tuple[str, dict[str, dict[str, list[str]]]]:
    """The page the reader looked at last ('' for none), and the address of every page they looked at."""
    return slot("last_page", ""), slot("pages", {})


def notes() -> dict[str, Any]:
    """What other parts remember under names for the rest of the visit."""
    found: dict[str, Any] = slot("notes", {})
    return found
