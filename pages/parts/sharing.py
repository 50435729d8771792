"""What the page Share asks and shows: what goes into a view, on which terms, and the links once it is made.

Names of columns, titles and comments are foreign text.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from nps_core.comments.masking import mask
from nps_core.comments.text import clean
from nps_core.errors import ExplorerError, HostedError
from nps_core.hosted import Links, Numbers, Rows, Terms, numbers_and_comments, numbers_only, owner_digest, share
from nps_core.hosted.numbers import axis_name
from nps_core.hosted.terms import LONGEST_NOTE, LONGEST_TITLE
from nps_core.question import FILTER, Question
from nps_core.reading import CHOICE_KEYS
from nps_core.responses import Responses
from nps_core.wording import hosted as say
from pages.parts import account, coded, house, links, study
from pages.parts.browser import this_browser
from pages.parts.memo import kept
from pages.parts.safety import plain

if TYPE_CHECKING:
    from nps_core.hosted import Payload

SHOWN = 5  # answers in the preview
NAMED = {"score": "Score", "group": "Group", "when": "Day", "wave": "Wave"}
OF_FILTERS = ("from", "to", "wave", "level", "target", "floor")
NOT_OF_VIEWS = (study.SAMPLE, study.COPY, study.VIEW, "embed", *CHOICE_KEYS)
NUMBERS_PAGES = ("data", "score", "distribution", "benchmarks", "trend", "segments", "passives", "meeting")
ALL_PAGES = (*NUMBERS_PAGES, "words", "comments")


def allowed_or_stop() -> None:
    """Go on only for whoever may share here."""
    if st.context.is_embedded:
        st.info("This page cannot be used from within another site. Open the app in a window of its own.")
        st.stop()
    if not account.may_bring_data():
        account.sign_in()
        st.stop()


def kind(responses: Responses) -> str:
    """Ask what to carry: numbers, or numbers and comments."""
    label = "What the view carries"
    chosen = st.radio(label, list(say.KINDS), format_func=say.KINDS.__getitem__, captions=list(say.KIND_HELP.values()))
    return str(chosen or "numbers")


def dimensions(responses: Responses, question: Question) -> tuple[str, ...]:
    """Ask for the columns, at most two, that split and filter a view with numbers only."""
    if not responses.segments:
        return ()
    named = [column for column, _ in question.where if column in responses.segments]
    first = list(dict.fromkeys([*named, *responses.segments]))[:2]
    label = "Columns its reader can filter and compare by, at most two"
    return tuple(st.multiselect(label, responses.segments, default=first, max_selections=2, placeholder="None"))


def fixed(question: Question) -> bool:
    """Ask whether the reader may change the filters."""
    free, stay = "Its reader can change the filters", "The filters stay as they are now; nothing else is in the view"
    found = st.radio("Filters", [free, stay], captions=["", plain(say.filters(question)) or "No filter is set now."])
    return found == stay


def page(titles: dict[str, str]) -> str:
    """Ask for the page that the view opens on, at first the one that was looked at last."""
    last, _ = study.pages_seen()
    options = list(titles)
    index = options.index(last) if last in options else options.index("score")
    return str(st.selectbox("Page it opens on", options, index=index, format_func=titles.__getitem__))


def payload(responses: Responses, question: Question, carries: str, by: tuple[str, ...], fix: bool) -> "Payload | None":
    """Everything the view would hold, made for the preview; None where it cannot be made, which is said."""
    books = tuple(_own_books())
    key = (responses.key, question, carries, by, fix, books, tuple(sorted(study.asked_by_reader().items())))
    try:
        made: Payload = kept(
            "share-payload", key, lambda: _payload(responses, question, carries, by, fix), "Putting it together …", most=1
        )
        return made
    except ExplorerError as error:
        st.warning(f"{error.title}. {error.remedy}")
        return None


def _payload(responses: Responses, question: Question, carries: str, by: tuple[str, ...], fix: bool) -> "Payload":
    floor = max(question.floor, house.settings().floor)
    if carries == "numbers":
        comments = coded.comments() if responses.comments else None
        return numbers_only(responses, question, by, floor, comments, fix)
    return numbers_and_comments(
        responses, lambda text: mask(clean(text)), question if fix else None, floor=floor, books=tuple(_own_books())
    )


def _own_books() -> list[str]:
    from nps_core.comments.codebook import dump

    return [dump(book) for _, book in sorted(coded.own_books().items())]


def preview(made: "Payload") -> None:
    """What becomes visible, in sentences and in examples."""
    for sentence in (*say.contents(made), say.NEVER):
        st.text(sentence)
    if isinstance(made, Numbers):
        st.caption(say.TWO_VIEWS)
    with st.expander("Look at what would be stored", expanded=False):
        if isinstance(made, Numbers):
            st.dataframe(_groups(made), hide_index=True, alt="Every group whose sums would be stored")
        elif isinstance(made, Rows):
            st.dataframe(_answers(made), hide_index=True, alt="The first answers as they would be stored")


def _groups(numbers: Numbers) -> pd.DataFrame:
    rows = [
        {
            "Split by": " and ".join(map(axis_name, axes)) or "nothing",
            "Group": " · ".join(key) or "all answers",
            "Answers": sum(sums[:14]),
        }
        for axes, table in numbers.tables.items()
        for key, sums in table.items()
    ]
    for (kind, where), line in numbers.lines.items():
        filters = " · ".join(value for _, value in where) or "all answers"
        parts = [(by, name, sums) for by, groups in line.parts.items() for name, sums in groups.items()]
        for by, name, sums in [("", "", line.sums), *parts]:
            rows += [
                {
                    "Split by": f"{kind} and {by}" if by else kind,
                    "Group": " · ".join(text for text in (filters, name, block.name) if text),
                    "Answers": sum(one[:14]),
                }
                for block, one in zip(line.blocks, sums, strict=True)
                if one and any(one)
            ]
    return pd.DataFrame(rows)


def _answers(rows: Rows) -> pd.DataFrame:
    """The first answers, those with words first."""
    frame, comments = rows.responses.frame, list(rows.responses.comments)
    wrote = sum((frame[column].fillna("").str.len() for column in comments), frame["count"] * 0)
    first = frame.iloc[(wrote == 0).argsort(kind="stable")[:SHOWN]].drop(columns=["status", "count"])
    if rows.responses.dated:
        first = first.assign(when=first["when"].dt.strftime("%Y-%m-%d"))
    return first.rename(columns=NAMED | {column: column.replace("_", " ").capitalize() for column in comments})


def terms(carries: str, fix: bool, opens_on: str, made: "Payload", question: Question) -> tuple[Terms, str] | None:
    """Ask for the terms; once they are sent, the terms and the passcode."""
    settings = house.settings()
    with st.form("terms"):
        title = st.text_input("Title", max_chars=LONGEST_TITLE, placeholder="Such as: Customer survey, first quarter")
        note = st.text_area("A note to the reader", max_chars=LONGEST_NOTE, height=90, placeholder="What to look at, and why")
        left, right = st.columns(2)
        days = left.selectbox(
            "It expires after", settings.expiries, settings.expiries.index(settings.usual_expiry), format_func=say.days
        )
        passcode = right.text_input(
            "Passcode, or none", type="password", max_chars=200, autocomplete="new-password", help="At least six characters."
        )
        downloads = st.checkbox("Its reader may download tables", value=True)
        domains = _domains()
        st.caption(say.reach(False, domains) + " " + _sign_in_words())
        sent = st.form_submit_button("Make the link", type="primary")
    if not sent:
        return None
    params = _params(opens_on, question, made)
    found = Terms(
        carries, opens_on, params, title or "", note or "", int(days or 30), bool(downloads), fix, made.floor, tuple(domains)
    )
    return found, passcode or ""


def _domains() -> list[str]:
    allowed = house.settings().allowed_domains
    if not account.asked_for() or not allowed:
        return []
    return list(st.multiselect("Only for signed-in people of", allowed, placeholder="Whoever has the link"))


def _sign_in_words() -> str:
    if account.asked_for():
        return ""
    return (
        "This server knows no accounts: a link that is passed on opens for whoever gets it. A passcode, sent another way, helps."
    )


def _params(opens_on: str, question: Question, made: "Payload") -> dict[str, tuple[str, ...]]:
    """The address of the page as the sharer looks at it, as far as the view carries it."""
    _, seen = study.pages_seen()
    own = {key: tuple(texts) for key, texts in seen.get(opens_on, {}).items() if _of_page(key)}
    if isinstance(made, Numbers):
        kept_filters = tuple((column, values) for column, values in question.where if column in made.dimensions)
        question = replace(question, where=kept_filters, start=None, end=None)
    return own | {key: tuple(texts) for key, texts in question.to_params().items()}


def _of_page(key: str) -> bool:
    return not key.startswith(FILTER) and key not in (*OF_FILTERS, *NOT_OF_VIEWS)


def make(found: Terms, passcode: str, made: "Payload") -> None:
    """Keep the view, and note its links; what stands in the way is said."""
    owner = account.identity()
    if not owner:
        st.error("Your browser keeps no cookies for this site, so the view could not be found again. Allow them, and try again.")
        return
    try:
        with st.spinner("Sealing and keeping it …"):
            new = share(house.store(), made, found, owner_digest(owner), house.settings(), house.now(), passcode, this_browser())
    except HostedError as error:
        st.error(f"{error.title}. Expected: {plain(error.expected)}. Found: {plain(error.found)}. {error.remedy}")
    except ExplorerError as error:
        st.error(f"Expected: {plain(error.expected)}. Found: {plain(error.found)}. {error.remedy}")
    else:
        study.notes()[links.MADE] = (new, found, bool(passcode.strip()))
        st.rerun()


def made_links() -> None:
    """The links of the view that was made last, each ready to be copied."""
    noted: tuple[Links, Terms, bool] | None = study.notes().get(links.MADE)
    if noted is None:
        return
    new, found, passcode = noted
    with st.container(border=True):
        st.header("Your link")
        st.text(say.reach(passcode, found.domains) + f" It expires after {say.days(found.days)}.")
        st.code(links.link(new.link, found), language=None, wrap_lines=True)
        st.text("Your manage link. Keep it to yourself: with it you see how often the view was opened, change it, and revoke it.")
        st.code(links.manage_link(new.manage), language=None, wrap_lines=True)
        with st.expander("Show the view in a page of your own"):
            st.code(links.snippet(new.link, found), language="html", wrap_lines=True)
            own = house.settings().frame_ancestors == "'self'"
            sites = "pages of this server alone; whoever runs it can allow others" if own else house.settings().frame_ancestors
            st.caption(plain(f"Who may show it: {sites}."))


def titles(carries: str) -> dict[str, str]:
    """The pages a view can open on."""
    return {stem: stem.capitalize() for stem in (NUMBERS_PAGES if carries == "numbers" else ALL_PAGES)}
