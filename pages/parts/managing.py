"""What an owner sees and does: the list of their views, and one view by its manage link.

Titles are foreign text. Whoever has a manage link may do what its page offers; the list is by account or by browser.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import streamlit as st

from nps_core.errors import ExplorerError, NotAvailable
from nps_core.hosted import Managed, Owned, change, extend, manage, owned, owner_digest, revoke, revoke_owned
from nps_core.hosted.terms import LONGEST_NOTE, LONGEST_TITLE
from nps_core.store import Facts
from nps_core.wording import count
from nps_core.wording import hosted as say
from pages.parts import account, house, links, study
from pages.parts.browser import this_browser
from pages.parts.safety import plain

DONE, WRONG = "manage-done", "manage-wrong"  # noted: what the last press of a button did


def views() -> None:
    """The views that were shared from this browser, or by this account, the newest first."""
    owner = account.identity()
    found = owned(house.store(), owner_digest(owner), this_browser(), house.now()) if owner else ()
    if not found:
        st.text("None yet." if owner else "Your browser keeps no cookies for this site, so its views cannot be listed.")
    for view in found:
        _card(view, owner)


def _card(view: Owned, owner: str) -> None:
    with st.container(border=True), st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            st.markdown(f"**{plain(say.title(view.terms) if view.terms else 'A view')}**")
            st.caption(facts(view.facts, view.terms.kind if view.terms else ""))
        if view.facts.revoked:
            return
        if view.manage:
            st.link_button("Manage", links.manage_link(view.manage))
        with st.popover("Revoke"):
            st.text("Its link stops working at once, and what it held is deleted.")
            name = view.facts.id.hex()
            st.button("Revoke it now", key=f"revoke-{name}", type="primary", on_click=_revoke_owned, args=(owner, view.facts.id))


def facts(known: Facts, kind: str) -> str:
    """What is known of a view, in one line."""
    if known.revoked:
        return f"Revoked {say.until(known.revoked)}; nothing of it is kept but this line."
    opened = f"opened {count(known.opens)} times, last {say.until(known.last_opened)}" if known.last_opened else "not opened yet"
    kept = f"{say.KINDS[kind]}; " if kind else ""
    return f"{kept}made {say.until(known.created)}; {opened}; expires {say.until(known.expires)}; {known.size / 1000:,.0f} kB."


def _revoke_owned(owner: str, view: bytes) -> None:
    study.notes().pop(links.MADE, None)  # it may be the one whose links still stand there
    _do(lambda: revoke_owned(house.store(), owner_digest(owner), view, house.now()), "The view is revoked.")


def _do(what: Callable[[], object], said: str) -> None:
    """Do what a button says, and note what came of it for the run that follows."""
    study.notes().pop(DONE, None)
    study.notes().pop(WRONG, None)
    try:
        what()
        study.notes()[DONE] = said
    except ExplorerError as error:
        study.notes()[WRONG] = f"{error.title}. Expected: {error.expected}. Found: {error.found}. {error.remedy}"


def outcome() -> None:
    """What the last press of a button did."""
    if done := study.notes().pop(DONE, None):
        st.success(done)
    if wrong := study.notes().pop(WRONG, None):
        st.error(plain(wrong))


def token() -> str:
    """The token of the manage link in the address."""
    return next(iter(st.query_params.get_all(links.KEY)), "")


def found_or_stop() -> Managed:
    """The view behind the manage link; go on only where there is one, else say the same calm words as ever."""
    if st.context.is_embedded:
        st.info("This page cannot be used from within another site. Open the app in a window of its own.")
        st.stop()
    try:
        return manage(house.store(), token(), house.now())
    except ExplorerError as error:
        shown = NotAvailable() if not isinstance(error, NotAvailable) and error.code == "seal_broken" else error
        st.title(shown.title)
        st.text(shown.remedy)
        st.stop()


def standing(found: Managed) -> None:
    """How the view stands: how often it was opened, when last, until when."""
    known = found.facts
    moments: dict[str, datetime | None] = {"Made": known.created, "Last opened": known.last_opened, "Expires": known.expires}
    cells = st.columns(4)
    cells[0].metric("Opened", count(known.opens), border=True)
    for cell, (name, moment) in zip(cells[1:], moments.items(), strict=True):
        with cell.container(border=True, height="stretch"):
            st.caption(name)
            st.text(say.until(moment) if moment else "Not yet")
    if known.locked_until and known.locked_until > house.now():
        st.warning(f"Closed until {say.until(known.locked_until)}: ten wrong passcodes in a row.")


def link(found: Managed) -> None:
    """The link to hand on, once more."""
    assert found.terms is not None
    st.text(say.reach(found.passcode, found.terms.domains))
    st.code(links.link(found.link, found.terms), language=None, wrap_lines=True)


def terms(found: Managed) -> None:
    """Ask for other terms."""
    before = found.terms
    assert before is not None
    with st.form("change"):
        title = st.text_input("Title", before.title, max_chars=LONGEST_TITLE)
        note = st.text_area("A note to the reader", before.note, max_chars=LONGEST_NOTE, height=90)
        downloads = st.checkbox("Its reader may download tables", value=before.downloads)
        ways = {"keep": "Leave it as it is", "none": "No passcode", "new": "This passcode:"}
        way = st.radio(
            "Passcode: there is one" if found.passcode else "Passcode: there is none", list(ways), format_func=ways.get
        )
        typed = st.text_input(
            "New passcode", type="password", max_chars=200, autocomplete="new-password", help="At least six characters."
        )
        sent = st.form_submit_button("Change the terms", type="primary")
    if sent:
        passcode = {"keep": None, "none": "", "new": typed or " "}[str(way)]
        after = replace(before, title=title or "", note=note or "", downloads=bool(downloads))
        _do(lambda: change(house.store(), token(), after, house.now(), passcode), "The terms are changed, from now on.")
        st.rerun()


def lifetime() -> None:
    """Ask how long the view lives from now."""
    settings = house.settings()
    with st.form("extend"):
        days = st.selectbox(
            "Let it live from now", settings.expiries, settings.expiries.index(settings.usual_expiry), format_func=say.days
        )
        if st.form_submit_button("Extend"):
            _do(lambda: extend(house.store(), token(), int(days or 0), settings, house.now()), "It lives longer now.")
            st.rerun()


def ending() -> None:
    """The end of a view, at once and for good."""
    st.text("Its link stops working at once, for those who have it open too, and what it held is deleted. This cannot be undone.")
    with st.popover("Revoke"):
        st.button("Revoke it now", type="primary", on_click=_revoke)


def _revoke() -> None:
    _do(lambda: revoke(house.store(), token(), house.now()), "The view is revoked.")
