"""What `streamlit run app.py` starts: the web application around `pages/parts/frame.py`. It computes nothing.

The script lies in a folder of its own because Streamlit treats a `pages` folder beside the hosted script as an older kind of
multipage app, and a freshly started server would then answer the first shared link without the frame.
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from pages.parts import serving
from pages.parts.browser import BrowserCookie
from pages.parts.safety import SecurityHeaders, ask_nobody, quiet_error, quiet_log


async def first_page(request: Request) -> RedirectResponse:
    """The Data page is the first page, whose address is the root; its own name leads there too."""
    return RedirectResponse(request.url.replace(path="/"))


quiet_log()
ask_nobody()
serving.start()

app = st.App(
    "pages/parts/frame.py",
    routes=[Route("/data", first_page), Route("/healthz", serving.health), Route("/readyz", serving.ready)],
    middleware=[Middleware(SecurityHeaders), Middleware(BrowserCookie)],
    lifespan=serving.lifetime,
    on_script_error=quiet_error,
)
