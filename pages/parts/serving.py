"""What the server does beside pages: it starts with settings that are right, says how it is, and deletes what has run out."""

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nps_core.errors import BadSetting, StoreUnavailable
from pages.parts import house

WRONG_SETTING = 78  # the status that says so to whoever started the program: EX_CONFIG of sysexits.h; deploy/ has it, too
PURGE_EVERY = 60  # seconds between two looks for what has run out
OF_VIEWS = "nps_explorer.views"  # the log of what happens to hosted views: one line of JSON each, no content


def start() -> None:
    """Check the settings, and open the log of views; wrong settings end the program with one clear line."""
    st.secrets.load_if_toml_exists()  # some hosts know no other place for settings; what stands at its top becomes environment
    try:
        house.settings()
    except BadSetting as error:
        sys.stderr.write(f"{error.title}. Expected: {error.expected}. Found: {error.found}. {error.remedy}\n")
        sys.exit(WRONG_SETTING)
    log = logging.getLogger(OF_VIEWS)
    if not log.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


async def health(_: Request) -> Response:
    """Whether this process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def ready(_: Request) -> Response:
    """Whether the store of hosted views can be used; 503 where it cannot."""
    fine = await run_in_threadpool(_store_answers)
    return JSONResponse(
        {"status": "ready" if fine else "the store does not answer"},
        status_code=200 if fine else 503,
        headers={"Cache-Control": "no-store"},
    )


def _store_answers() -> bool:
    try:
        return house.store().ready()
    except StoreUnavailable:
        return False


@asynccontextmanager
async def lifetime(_: st.App) -> AsyncIterator[None]:
    """While the server runs, what has run out is deleted without anybody asking."""
    # Before anybody is served: a first page that brings in the same libraries at the same time could wait for ever.
    await run_in_threadpool(settle_in)
    purging = asyncio.create_task(_purge_again_and_again())
    yield
    purging.cancel()
    with suppress(asyncio.CancelledError):
        await purging


def settle_in() -> None:
    """Bring in the libraries that every page needs, and tell Python's collector of unused memory that they stay.

    Streamlit collects after every run, and looked through all of these libraries each time: two thirds of the work of a page.
    """
    import nps_core.charts
    import nps_core.hosted
    import nps_core.store  # noqa: F401

    gc.collect()
    gc.freeze()


async def _purge_again_and_again() -> None:
    while True:
        await run_in_threadpool(purge)
        await asyncio.sleep(PURGE_EVERY)


def purge() -> None:
    """Let go of working copies and hosted views whose time is over; a store that does not answer is tried again later."""
    house.copies().purge(house.now())
    with suppress(StoreUnavailable):
        if house.store_exists():
            from nps_core.hosted import let_go

            house.store().purge_expired(house.now())
            let_go(house.store(), house.held(), house.now())
