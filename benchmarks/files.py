"""What a file to take away costs: `python -m benchmarks.files FEW.csv MANY.csv` prints seconds and bytes a file as JSON.

A real server for each survey, and a `Visitor` who opens the page and asks for the file as its button does; taken is the time from
the press until the whole file is here. The first press of a server brings in the libraries that draw and write, so it stands
apart. An empty app's rerun, taken by turns with the presses, shows what the machine gives at that moment.
"""

import json
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.pages import EMPTY, EMPTY_SCRIPT, FEW, FILTER_KEY, MANY, VALUES
from benchmarks.visitor import Visitor
from tests.browser.visit import ROOT, serving

FILES = (("deck", "meeting"), ("workbook", "meeting"), ("png-segments", "segments"), ("svg-segments", "segments"))
AGAIN = 3  # presses after the first
Figures = dict[str, dict[str, dict[str, float]]]


def taking(few: Path, many: Path) -> Figures:
    """For each file, at few rows and at many: the first press, the median of the others, bytes; and an empty app's rerun."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        empty_script = folder / "empty.py"
        empty_script.write_text(EMPTY_SCRIPT, encoding="utf-8")
        scripts = {EMPTY: empty_script, FEW: ROOT / "app.py", MANY: ROOT / "app.py"}
        servers = {name: stack.enter_context(serving(folder / f"{name}.txt", script=path)) for name, path in scripts.items()}
        visitors = {name: stack.enter_context(Visitor(server.url)) for name, server in servers.items()}
        for name, path in ((FEW, few), (MANY, many)):
            visitors[name].upload("survey.csv", path.read_bytes())
        found: Figures = {}
        reruns: list[float] = []
        for key, page in FILES:
            found[key] = {}
            for name in (FEW, MANY):
                visitors[name].turn_to(page)
                first, size = visitors[name].take(key)
                again = []
                for i in range(AGAIN):
                    again.append(visitors[name].take(key)[0])
                    reruns.append(visitors[EMPTY].choose(FILTER_KEY, VALUES[i % 2]))
                found[key][name] = {"first": first, "again": statistics.median(again), "bytes": size}
        found[EMPTY] = {EMPTY: {"again": statistics.median(reruns)}}
    return found


if __name__ == "__main__":
    print(json.dumps(taking(*map(Path, sys.argv[1:]))))
