"""Who is signed in, where the operator set up a provider (OpenID Connect) in the secrets; without one nobody has to.

Whether somebody may upload and share is decided here alone.
"""

import streamlit as st

from pages.parts import house
from pages.parts.browser import this_browser


def asked_for() -> bool:
    """Whether this server asks people to sign in."""
    try:
        return "auth" in st.secrets
    except (FileNotFoundError, KeyError):
        return False


def email() -> str:
    """The address of whoever is signed in, as the provider vouches for it; '' for nobody, and where it does not vouch."""
    if not asked_for() or not st.user.is_logged_in or st.user.get("email_verified") is False:
        return ""
    return str(st.user.get("email") or "").strip().lower()


def may_bring_data() -> bool:
    """Whether this reader may upload and share: everybody where nobody signs in, else people of the allowed domains."""
    from nps_core.hosted.sharing import domain_of

    if not asked_for():
        return True
    domains = house.settings().allowed_domains
    return bool(email()) and (not domains or domain_of(email()) in domains)


def identity() -> str:
    """By what views are found again: the account, else this browser; '' where neither is known."""
    return f"account {email()}" if email() else this_browser()


def sign_in() -> None:
    """The way in, or for somebody of another domain what stands in it."""
    if not asked_for():
        st.text("This server has no sign-in. Ask the person who sent you the link for another one.")
    elif email():
        st.text("Your account is not one of those that may do this here. Ask whoever runs this server.")
        st.button("Sign out", on_click=st.logout)
    else:
        st.text("Sign in with the account of your organisation to go on.")
        st.button("Sign in", type="primary", on_click=st.login)
