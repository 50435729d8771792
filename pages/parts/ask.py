"""Widgets in, a `Question` out. This file owns the keys of the widgets that ask, which are the keys of the address.

A widget bound to the address takes its first value from there, and drops what it does not offer; what was dropped is said by
`Question.from_params`, which reads the same address.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from nps_core.question import FILTER, FLOORS, LEVELS, PERIODS, Question
from nps_core.responses import Responses
from nps_core.views import allowed_share
from nps_core.wording import percent
from pages.parts import coded, hosted, named, study
from pages.parts.safety import plain

SEVERAL = 8  # from so many segments on the reader picks which filters to see
ASKED = {"why": "Why this score", "improve": "What to improve, or what is missing"}
PERCENT = [round(level * 100) for level in LEVELS]


def notices(responses: Responses) -> tuple[str, ...]:
    """What the address asks for and this survey does not have."""
    params, columns = {key: st.query_params.get_all(key) for key in st.query_params}, named.columns(responses)
    params["by"] = [columns.get(label, label) for label in params.get("by", [])]  # the menu calls some by another name
    return Question.from_params(params, responses)[1]


def filters(responses: Responses) -> Question:
    """Draw the filters and the settings; return what they ask."""
    opened, free = study.view(), Question()
    if opened is None or not opened.terms.fixed:
        st.subheader("Filters")
        free = _free(responses)
        hosted.off()
    with st.expander("Settings"):
        level = st.selectbox(
            "Certainty of the intervals, %",
            PERCENT,
            index=PERCENT.index(95),
            key="level",
            bind="query-params",
            help="At 95%, 19 of 20 intervals made this way contain the score of everybody who could have answered.",
        )
        target = st.number_input(
            "Your own target, NPS", min_value=-100.0, max_value=100.0, value=None, step=1.0, key="target", bind="query-params"
        )
        floor = st.number_input(
            "Hide groups smaller than",
            min_value=opened.payload.floor if opened else FLOORS[0],
            max_value=FLOORS[-1],
            value=max(Question.floor, opened.payload.floor) if opened else Question.floor,
            key="floor",
            bind="query-params",
            help="Figures about fewer people than this are not shown, so that nobody can be recognised.",
        )
    return replace(free, level=(level or 95) / 100, target=target, floor=int(floor or Question.floor))


def _free(responses: Responses) -> Question:
    """The filters themselves."""
    wave = _wave(responses)
    start, end = _dates(responses)
    where = tuple((column, values) for column in _shown(responses) if (values := _values(responses, column)))
    if responses.segments or responses.waves or responses.span:
        st.button("Clear all filters", on_click=_clear, args=(responses,), width="stretch")
    return Question(where=where, start=start, end=end, wave=wave)


def _wave(responses: Responses) -> tuple[str, ...]:
    if not responses.waves:
        return ()
    return tuple(st.multiselect("Wave", responses.waves, key="wave", bind="query-params", placeholder="All waves"))


def _dates(responses: Responses) -> tuple[date | None, date | None]:
    if responses.span is None:
        return None, None
    first, last = responses.span
    start = st.date_input("From", None, min_value=first, max_value=last, key="from", bind="query-params", format="YYYY-MM-DD")
    end = st.date_input("To", None, min_value=first, max_value=last, key="to", bind="query-params", format="YYYY-MM-DD")
    if start and end and start > end:
        st.warning("“From” lies after “To”, so no answer can match.")
    return start, end


def _shown(responses: Responses) -> tuple[str, ...]:
    """The segments whose filters are drawn: all, or those picked where there are many."""
    if len(responses.segments) <= SEVERAL:
        return responses.segments
    named = [column for column in responses.segments if study.value(FILTER + column) or FILTER + column in st.query_params]
    return tuple(st.multiselect("Filter by column", responses.segments, default=named, placeholder="Choose columns"))


def _values(responses: Responses, column: str) -> tuple[str, ...]:
    options = responses.values(column)
    return tuple(st.multiselect(plain(column), options, key=FILTER + column, bind="query-params", placeholder="All"))


def _clear(responses: Responses) -> None:
    study.clear([FILTER + column for column in responses.segments] + ["wave"], [])
    study.clear(["from", "to"], None)


def split(responses: Responses, question: Question, label: str = "Compare groups of") -> Question:
    """Ask which column splits the answers; the question with that in `by`."""
    columns = named.columns(responses)
    if not columns:
        return question
    chosen = st.selectbox(label, list(columns), index=None, key="by", bind="query-params", placeholder="No split")
    return replace(question, by=(columns[chosen],) if chosen in columns else ())


def period(responses: Responses, question: Question, default: str = "quarter") -> Question:
    """Ask for the length of a period; the question split by wave where there are waves, else by that period."""
    if responses.waves:
        return replace(question, by=("wave",), period=None)
    if not responses.dated:
        return question
    numbers = study.numbers()
    offered = [length for length in PERIODS if numbers is None or length in numbers.times]
    if not offered:
        return question
    first = default if default in offered else offered[0]
    length = st.selectbox("Periods of a", offered, index=offered.index(first), key="period", bind="query-params")
    return replace(question, by=(), period=length or first)


def two_of(names: Sequence[str]) -> tuple[str, str] | None:
    """Ask for an earlier and a later one among at least two, the last two at first."""
    if len(names) < 2:
        return None
    left, right = st.columns(2)
    before = left.selectbox("Earlier", names, index=len(names) - 2, key="before", bind="query-params")
    now = right.selectbox("Later", names, index=len(names) - 1, key="now", bind="query-params")
    return (before, now) if before != now else None


def beside(names: Sequence[str]) -> str | None:
    """Ask for a second survey or group to lay beside this one."""
    return st.selectbox("Lay beside it", names, index=None, key="beside", bind="query-params", placeholder="Nothing yet")


def passive_share(nps: float) -> float:
    """Ask for another passive share (0..1) at the same score; what the score does not allow becomes the most it allows."""
    per_cent = st.slider("Passives in the other survey, %", 0, 100, 20, key="mix", bind="query-params")
    share = allowed_share(nps, per_cent / 100)
    if share < per_cent / 100:
        st.caption(f"With this score at most {percent(share)} can be passives.")
    return share


def industry(names: Sequence[str]) -> list[str]:
    """Ask which industries to show; none picked is all of them."""
    return list(st.multiselect("Industries", names, key="industry", bind="query-params", placeholder="All industries"))


WHOSE = {"passive": "Passives", "promoter": "Promoters", "detractor": "Detractors", "all": "Everybody"}


def whose(everybody: bool = True) -> str:
    """Ask whose words: passive, promoter, detractor, or all where `everybody` is offered; passives at first."""
    # Not a segmented control: its chosen label is the accent on a tint of it, too faint in the dark theme.
    group = st.radio(
        "Whose words",
        [group for group in WHOSE if everybody or group != "all"],
        format_func=WHOSE.__getitem__,
        horizontal=True,
        key="group",
        bind="query-params",
    )
    return str(group or "passive")


def others(group: str) -> list[str]:
    """The groups to lay beside this one, those that tell most first."""
    return [other for other in ("promoter", "passive", "detractor") if other != group]


def asked(responses: Responses) -> None:
    """Ask what each comment column asked, where its header does not say so."""
    texts = coded.texts()
    for column, question in texts.questions.items() if texts else ():
        header = next((role.header for role in responses.roles if role.canonical == column), column)
        key = f"{study.ASKED}{column}"
        st.selectbox(
            f"What “{plain(header)}” asked",
            list(ASKED),
            index=list(ASKED).index(question),
            format_func=ASKED.__getitem__,
            key=f"menu-{key}",
            on_change=study.ask_differently,
            args=(column, f"menu-{key}"),
            help="Asked what to improve, a topic that is only named counts; asked why, it needs a complaint beside it.",
        )


def side_by_side(responses: Responses, question: Question) -> tuple[str, Question]:
    """Ask what to lay side by side; a name, and the question split that way."""
    columns = {f"by {label}": column for label, column in named.columns(responses).items()}  # no choice of our own begins so
    times = {"over time": None} if responses.dated and not _no_quarters() else {}
    options = ["the three groups", *(["7 and 8"] if responses.scores_known else []), *columns, *times]
    chosen = st.selectbox("Lay side by side", options, key="side", bind="query-params") or options[0]
    if chosen in columns:
        return chosen, replace(question, by=(columns[chosen],), period=None)
    if chosen in times:
        return chosen, replace(question, by=(), period="quarter")
    return chosen, question


def _no_quarters() -> bool:
    numbers = study.numbers()
    return numbers is not None and "quarter" not in numbers.times
