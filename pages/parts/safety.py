"""What protects the reader: response headers, foreign text made plain, and errors that say nothing about the data.

No page content lives here.
"""

import base64
import hashlib
import logging
import re
import string
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from pages.parts import house

log = logging.getLogger("nps_explorer")

SECRET_KEYS = {"view", "key", "copy"}  # parameters of an address that open something
PRESENTING = Path(__file__).with_name("present.js")  # the one script of our own that a page runs
_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", flags=re.IGNORECASE)  # what Markdown would turn into a link by itself


def plain(text: str) -> str:
    """Foreign text for a label that Streamlit reads as Markdown: it appears as it is written, and loads or links nothing.

    Markdown lets any punctuation mark be escaped; addresses are split by an invisible word joiner.

    >>> plain("$5 *off*")
    '\\\\$5 \\\\*off\\\\*'
    """
    return _PUNCTUATION.sub(r"\\\1", _LINKS.sub("\u2060", " ".join(text.split())))


def content_security_policy(ancestors: str) -> str:
    """The policy for this installation of Streamlit: its own scripts, no other host, and `ancestors` may show it in a frame.

    The page has one inline script, and who presents brings another; their hashes are taken from the files that are served.
    """
    page = Path(st.__file__).with_name("static") / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    inline.append(PRESENTING.read_text(encoding="utf-8"))
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles while it runs
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the security headers to every response.

    Only a hosted view that is asked for as embedded may be shown by the sites the operator named; nobody else can lay the rest of
    the app, such as the buttons that share and revoke, under something of their own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.usual, self.embedded = (content_security_policy(who) for who in ("'self'", house.settings().frame_ancestors))
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",  # addresses carry filters, and the secrets of hosted views
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to what comes back."""
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")) if scope["type"] == "http" else {}
        embedded = "view" in asked and asked.get("embed") == ["true"]

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers | {"Content-Security-Policy": self.embedded if embedded else self.usual})
                if "text/html" in headers.get("content-type", ""):
                    headers["Cache-Control"] = "no-store"
                if asked.keys() & SECRET_KEYS:
                    headers["X-Robots-Tag"] = "noindex, nofollow"
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


def quiet_log() -> None:
    """Keep messages and tracebacks of the page scripts out of Streamlit's log, as they can quote the file."""

    def without_details(record: logging.LogRecord) -> bool:
        record.exc_info, record.exc_text = None, None
        return True

    logging.getLogger("streamlit.error_util").addFilter(without_details)


def ask_nobody() -> None:
    """Keep Streamlit from asking a host of Amazon under which address the world sees this server.

    It would whenever another site's page knocks, and hold up everybody until an answer comes; such pages are turned away anyhow.
    """
    net_util.get_external_ip = lambda: None


def quiet_error(error: Exception) -> bool:
    """What a reader sees when the program itself is at fault; the log gets the place, never the message or the data."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "unknown place"
    log.error("%s in %s", type(error).__name__, where)
    st.error("Something went wrong on our side. Your file is still here: reload the page, or try another page.")
    return True
