"""The cookie by which a browser is known again: set by the server on the first page, read by the scripts.

It holds a random secret and nothing about anybody. Scripts in the page cannot read it, and other sites cannot send it along.
"""

import re
import secrets
from http import HTTPStatus

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "nps_browser"
SECRET_BYTES = 24  # 192 random bits
SECRET = re.compile(r"[A-Za-z0-9_-]{32}", flags=re.ASCII)
LASTS = 180 * 24 * 3600  # seconds; longer than any hosted view lives, so that its owner finds it again


def this_browser() -> str:
    """The secret of the browser that is visiting, '' where it keeps no cookies."""
    secret = str(st.context.cookies.get(COOKIE, ""))
    return secret if SECRET.fullmatch(secret) else ""


class BrowserCookie:
    """ASGI middleware that gives a browser its cookie with the first page it asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie to a page for a browser that has none."""
        if scope["type"] != "http" or SECRET.fullmatch(Request(scope).cookies.get(COOKIE, "")):
            await self.app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message["headers"] = [*message["headers"], (b"set-cookie", _cookie(is_secure(scope)))]
            await send(message)

        await self.app(scope, receive, add)


def is_secure(scope: Scope) -> bool:
    """Whether the reader came by https, also where a proxy speaks it for us."""
    forwarded = dict(scope["headers"]).get(b"x-forwarded-proto", b"").decode("latin-1")
    return str(scope["scheme"]) == "https" or forwarded.split(",")[0].strip() == "https"


def _is_page(message: Message) -> bool:
    return message["status"] == HTTPStatus.OK and "text/html" in Headers(raw=message["headers"]).get("content-type", "")


def _cookie(secure: bool) -> bytes:
    text = f"{COOKIE}={secrets.token_urlsafe(SECRET_BYTES)}; Path=/; Max-Age={LASTS}; HttpOnly; SameSite=Lax"
    return (text + ("; Secure" if secure else "")).encode()
