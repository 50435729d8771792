"""How long until something is to be seen: imports, a cold server, the first paint of a page, beside an empty Streamlit app.

A real server and a real browser; each figure is the median of a few cold starts.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.visit import ROOT, serving, settled

STARTS = 3
IMPORTS = {
    "python alone": "pass",
    "streamlit alone": "import streamlit",
    "streamlit, pandas, altair": "import streamlit, pandas, altair",
    "what the app needs": "import streamlit, pandas, altair, nps_core.reading, nps_core.tally, nps_core.inference",
    "the core without a browser": "import nps_core.reading, nps_core.tally, nps_core.measures, nps_core.inference",
}
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


class Start(NamedTuple):
    """Seconds: from the command until the server answers; of the first visit until paint and until it rests; of the next one."""

    server: float
    paint: float
    rest: float
    again: float


def importing(program: str) -> float:
    """Seconds of a whole Python process that runs this."""
    taken = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def visiting(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds until the first paint and until the page rests, for somebody new."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url)
    settled(page)
    rest = time.perf_counter() - start
    paint = float(page.evaluate(FIRST_PAINT)) / 1000
    context.close()
    return paint, rest


def starting(browser: Browser, script: Path, path: str = "/") -> Start:
    """One app, started cold a few times."""
    starts = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            with serving(Path(folder) / "log.txt", script=script) as server:
                ready = time.perf_counter() - begin
                paint, rest = visiting(browser, server.url + path)
                starts.append(Start(ready, paint, rest, visiting(browser, server.url + path)[1]))
    return Start(*(statistics.median(column) for column in zip(*starts, strict=True)))


def all_starts(path: str) -> dict[str, Start]:
    """The empty app and ours, without data and at an address that opens a sample."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "empty.py"
        script.write_text("import streamlit as st\nst.title('Empty')\n", encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGS))
        found = {"empty app": starting(browser, script)}
        if (ROOT / "app.py").exists():
            found["ours, no data yet"] = starting(browser, ROOT / "app.py")
            found[f"ours, {path}"] = starting(browser, ROOT / "app.py", path)
        browser.close()
    return found
