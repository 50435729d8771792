"""What protects the reader: response headers, foreign text made plain, and errors that say nothing about the data.

No page content lives here.
"""

import base64
import hashlib
import logging
import os
import re
import string
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("nps_explorer")

FRAME_ANCESTORS = "NPS_FRAME_ANCESTORS"  # who may show the app in a frame, as in Content-Security-Policy; nobody else by default
_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", flags=re.IGNORECASE)  # what Markdown would turn into a link by itself


def plain(text: str) -> str:
    """Foreign text for a label that Streamlit reads as Markdown: it appears as it is written, and loads or links nothing.

    Markdown lets any punctuation mark be escaped; addresses are split by an invisible word joiner.

    >>> plain("$5 *off*")
    '\\\\$5 \\\\*off\\\\*'
    """
    return _PUNCTUATION.sub(r"\\\1", _LINKS.sub("\u2060", " ".join(text.split())))


def content_security_policy() -> str:
    """The policy for this installation of Streamlit: its own scripts, no other host.

    The page has one inline script; its hash is taken from the file that is served.
    """
    page = Path(st.__file__).with_name("static") / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
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
            "frame-ancestors " + (os.environ.get(FRAME_ANCESTORS) or "'self'"),
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",  # addresses carry filters, and later links
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to what comes back."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


def quiet_log() -> None:
    """Keep messages and tracebacks of the page scripts out of Streamlit's log, as they can quote the file."""

    def without_details(record: logging.LogRecord) -> bool:
        record.exc_info, record.exc_text = None, None
        return True

    logging.getLogger("streamlit.error_util").addFilter(without_details)


def quiet_error(error: Exception) -> bool:
    """What a reader sees when the program itself is at fault; the log gets the place, never the message or the data."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "unknown place"
    log.error("%s in %s", type(error).__name__, where)
    st.error("Something went wrong on our side. Your file is still here: reload the page, or try another page.")
    return True
