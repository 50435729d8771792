"""What a change of a filter costs the server: `python -m benchmarks.pages FEW.csv MANY.csv` prints seconds a page as JSON.

Real servers, real uploads, and a `Visitor` on each that moves one filter back and forth between two values on every page; by
turns, so that what slows the machine slows them all. Two times are taken: `answered`, from the change being sent to the last
message being received, with all of Streamlit's own cost; and `script`, what the server says the script alone took. An app that
does nothing but hold such a filter shows what Streamlit itself costs.
"""

import json
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.survey import SEGMENTS
from benchmarks.visitor import Visitor
from nps_core.question import FILTER
from tests.browser.visit import ROOT, Server, serving

EMPTY, FEW, MANY = "empty", "few", "many"
FILTER_KEY = FILTER + SEGMENTS[0]  # the widget that is changed
EMPTY_SCRIPT = f"import streamlit as st\nst.multiselect('Plan', ['Team', 'Business'], key={FILTER_KEY!r}, bind='query-params')\n"
VALUES = (["Team"], ["Business"])  # what it goes back and forth between
RERUNS = 31
PAUSE = 0.05  # seconds between changes: longer than the server waits before it sends what has gathered
# Makes the server say how long the script took. The message goes to the page, and this visitor passes it on to nobody.
PROFILE = "--browser.gatherUsageStats=true"
NOT_ASKED = {"share", "manage"}  # pages that show no figures of a filter
START = "data"  # the page with the drop zone, where everybody begins
Figures = dict[str, float]


def changing(visitors: dict[str, Visitor]) -> dict[str, Figures]:
    """For each visitor the first change (which scans the rows), then the medians of the others, and the bytes they send."""
    first = {name: visitor.choose(FILTER_KEY, VALUES[1]) for name, visitor in visitors.items()}
    answered: dict[str, list[float]] = {name: [] for name in visitors}
    script: dict[str, list[float]] = {name: [] for name in visitors}
    for i in range(RERUNS):
        for name, visitor in visitors.items():
            time.sleep(PAUSE)
            answered[name].append(visitor.choose(FILTER_KEY, VALUES[i % 2]))
            script[name].append(visitor.script)
    sent = {name: visitor.received for name, visitor in visitors.items()}
    for visitor in visitors.values():
        visitor.choose(FILTER_KEY, [])
    return {
        name: {
            "first": first[name],
            "answered": statistics.median(answered[name]),
            "script": statistics.median(script[name]),
            "sent": sent[name],
        }
        for name in visitors
    }


def uploading(visitor: Visitor, path: Path) -> Figures:
    """From the file having arrived to the page having been sent."""
    taken = visitor.upload("survey.csv", path.read_bytes())
    return {"first": taken, "answered": taken, "script": visitor.script, "sent": visitor.received}


def filtering(few: Path, many: Path) -> dict[str, dict[str, Figures]]:
    """Each page, at few rows, at many, and an empty app beside it."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        empty = folder / "empty.py"
        empty.write_text(EMPTY_SCRIPT, encoding="utf-8")
        scripts = {EMPTY: empty, FEW: ROOT / "app.py", MANY: ROOT / "app.py"}
        servers: dict[str, Server] = {
            name: stack.enter_context(serving(folder / f"{name}.txt", PROFILE, script=script)) for name, script in scripts.items()
        }
        visitors = {name: stack.enter_context(Visitor(server.url)) for name, server in servers.items()}
        found = {"upload, read, show": {FEW: uploading(visitors[FEW], few), MANY: uploading(visitors[MANY], many)}}
        stems = {path.stem for path in (ROOT / "pages").glob("*.py")} - NOT_ASKED
        names = sorted(stems, key=lambda name: name != START)
        for name in names:
            for size in (FEW, MANY):
                visitors[size].turn_to("" if name == START else name)
            found[name] = changing(visitors)
        for server in servers.values():
            if "Traceback" in server.log:
                raise RuntimeError(f"a page failed, so its time means nothing:\n{server.log}")
    return found


if __name__ == "__main__":
    print(json.dumps(filtering(*map(Path, sys.argv[1:]))))
