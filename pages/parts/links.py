"""The addresses of hosted views: the link, the manage link, and the snippet that shows a view in another page."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from nps_core.hosted import Terms
from pages.parts import study

KEY = "key"  # the address key of a manage link
MADE = "share-made"  # noted: the links of the view that was made last
FRAME_HEIGHT = 900  # pixels


def here() -> str:
    """Where this app stands, as the reader's browser knows it, without a page."""
    found = urlsplit(st.context.url or "http://localhost:8501/")
    folder = found.path.rsplit("/", 1)[0] if found.path.rstrip("/").rsplit("/", 1)[-1] in ("share", "manage") else found.path
    return f"{found.scheme}://{found.netloc}{folder.rstrip('/')}"


def link(token: str, terms: Terms) -> str:
    """The link of a view: its page, its token, and its question."""
    page = "" if terms.page == "data" else terms.page
    return f"{here()}/{page}?{_query({study.VIEW: [token]} | {key: list(texts) for key, texts in terms.params.items()})}"


def manage_link(token: str) -> str:
    """The link by which the owner changes and revokes a view."""
    return f"{here()}/manage?{_query({KEY: [token]})}"


def snippet(token: str, terms: Terms) -> str:
    """HTML that shows a view within another page."""
    address = escape(link(token, terms) + "&embed=true")
    title = escape(terms.title or "Net Promoter Score")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{FRAME_HEIGHT}" style="border:0" '
        'allow="fullscreen" referrerpolicy="no-referrer"></iframe>'
    )


def _query(params: Mapping[str, Sequence[str]]) -> str:
    return urlencode(params, doseq=True)
