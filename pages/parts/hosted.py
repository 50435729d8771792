"""A visit by the link of a hosted view: open it, ask for its passcode, or say calmly that it is not available.

Whoever holds no link that works learns nothing: revoked, expired, unknown and locked look the same. Title and note are foreign
text.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from nps_core.errors import HostedError, NotAvailable, PasscodeNeeded, SignInNeeded, StoreUnavailable, WrongPasscode
from nps_core.question import Question
from nps_core.responses import Responses
from pages.parts import account, house, study
from pages.parts.browser import this_browser
from pages.parts.safety import plain

if TYPE_CHECKING:
    from nps_core.hosted import Opened

TYPED = "passcode-typed"  # key of the field for the passcode
LANDED = "landed"  # noted once a link has led to its page


def arrive() -> bool:
    """Open the hosted view that the address names; False where something else than a page had to be shown."""
    link = next(iter(st.query_params.get_all(study.VIEW)), "") or study.link()
    if not link:
        return True
    try:
        _open(link)
        return True
    except (PasscodeNeeded, WrongPasscode) as asked:
        study.close_view()
        _ask_passcode(wrong=isinstance(asked, WrongPasscode))
    except SignInNeeded as asked:
        study.close_view()
        st.title(asked.title)
        account.sign_in()
    except StoreUnavailable as error:
        study.close_view()
        st.title(error.title)
        st.text(error.remedy)
    except HostedError:
        study.close_view()
        _calm()
    return False


def _open(link: str) -> None:
    """The view behind a link as what the reader has open; looked at again in every run, as it can be revoked at any time."""
    from nps_core.hosted import open_shared, unchanged

    store, now, before = house.store(), house.now(), study.view()
    if before and link == study.link() and unchanged(store, link, before.stamp, now):
        return
    passcode = str(study.value(TYPED) or "")
    opened = open_shared(store, link, now, passcode, account.email(), house.held(), house.known(), this_browser())
    study.put_view(_survey(opened), opened, link, _books(opened))


def _survey(opened: "Opened") -> Responses:
    from nps_core.hosted import Numbers, shell

    return shell(opened.payload) if isinstance(opened.payload, Numbers) else opened.payload.responses


def _books(opened: "Opened") -> dict[str, object]:
    """The codebooks that whoever shared the view had changed, by language."""
    from nps_core.comments.codebook import parse

    found = [parse(text.encode(), "codebook.toml") for text in getattr(opened.payload, "books", ())]
    return {book.language: book for book in found}


def _calm() -> None:
    gone = NotAvailable()
    st.title(gone.title)
    st.text(gone.remedy)


def _ask_passcode(wrong: bool) -> None:
    st.title("This view asks for a passcode")
    st.text("The person who sent you the link has it. After ten wrong ones the view stays closed for a quarter of an hour.")
    with st.form("passcode", border=False, clear_on_submit=True):
        st.text_input("Passcode", type="password", key=TYPED, max_chars=200, autocomplete="off", width=400)
        st.form_submit_button("Open", type="primary")
    if wrong:
        st.error("That passcode does not open this view. Check it, and try again.")


def landing(page: str) -> tuple[str, dict[str, list[str]]] | None:
    """Where a link that names nothing but its view leads: the page it was shared from, and its filters; once a visit."""
    opened = study.view()
    if opened is None or study.notes().get(LANDED):
        return None
    study.notes()[LANDED] = True
    if set(st.query_params) - {study.VIEW} or (page == opened.terms.page and not opened.terms.params):
        return None
    return opened.terms.page, {study.VIEW: [study.link()]} | {key: list(texts) for key, texts in opened.terms.params.items()}


def question(asked: Question) -> Question:
    """The question of the filters as the view allows it: its floor holds, and where filters are fixed they are in the data."""
    opened = study.view()
    return replace(asked, floor=max(asked.floor, opened.payload.floor)) if opened else asked


def box(opened: "Opened") -> None:
    """What is open, in the side bar: its title, what it carries, until when."""
    from nps_core.wording import hosted as say

    st.subheader("Shared view")
    st.text(say.title(opened.terms))
    st.caption(f"{say.KINDS[opened.terms.kind]}. Open until {say.until(opened.expires)}.")
    if opened.terms.fixed:
        fixed = say.filters(Question.from_params(opened.terms.params, study.require()[0])[0])
        st.caption(plain(f"The filters of this view are fixed{': ' + fixed if fixed else ''}."))


def note(opened: "Opened") -> None:
    """What the person who shared the view wrote to its readers."""
    if opened.terms.note:
        with st.container(border=True):
            st.text(opened.terms.note)


def overview() -> None:
    """The first page of a view: what it is and what it holds."""
    from nps_core.wording import hosted as say

    opened = study.view()
    assert opened is not None
    st.header("What this view holds")
    for sentence in (*say.contents(opened.payload), say.NEVER):
        st.text(sentence)
    if not opened.terms.downloads:
        st.text("Tables can be looked at, not downloaded.")
    st.text(f"It is open until {say.until(opened.expires)}; then it is deleted.")


def off() -> None:
    """Which filters are off in a view with numbers only, and why."""
    from nps_core.wording import hosted as say

    if numbers := study.numbers():
        st.caption(plain(say.off(numbers)))
        if fixed := say.filters(numbers.fixed):
            st.caption(plain(f"Only answers that fit are counted: {fixed}."))
