"""What a hosted view costs: `python -m benchmarks.shared SURVEY.csv` prints seconds and bytes as JSON.

A view of either kind is made of the survey and kept; then a `Visitor` opens its first page on a real server by the link, and
another one drops the same file on the same server, by turns. Taken is the server's answer, until the page's last message.
"""

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.visitor import Visitor
from nps_core.comments.codebook import LANGUAGES, load
from nps_core.comments.masking import mask
from nps_core.comments.scan import comments
from nps_core.comments.text import clean
from nps_core.hosted import Terms, numbers_and_comments, numbers_only, owner_digest, share
from nps_core.hosted.payload import encode
from nps_core.reading import read
from nps_core.settings import Settings
from nps_core.store import open_store
from tests.browser.visit import serving

OPENS = 5
ROOM = Settings(view_max_mb=500)


def sharing(path: Path) -> dict[str, dict[str, float]]:
    """For each kind: seconds to put it together and to keep it, bytes, and seconds to open it; for the upload to show it."""
    data = path.read_bytes()
    survey = read([("survey.csv", data)])
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.sqlite3"
        store, links = open_store(url), dict[str, str]()
        for kind in ("numbers", "comments"):
            start = time.perf_counter()
            if kind == "numbers":
                coded = comments(survey, {language: load(language) for language in LANGUAGES})
                begun = time.perf_counter()
                payload = numbers_only(survey, dimensions=survey.segments[:2], comments=coded)
            else:
                begun = start
                payload = numbers_and_comments(survey, lambda text: mask(clean(text)))  # type: ignore[assignment]
            made = time.perf_counter()
            links[kind] = share(store, payload, Terms(kind), owner_digest("bench"), ROOM, datetime.now(UTC)).link
            kept = time.perf_counter()
            found[kind] = {"made": made - begun, "kept": kept - made, "bytes": len(encode(payload))}
        store.close()
        with serving(Path(folder) / "log.txt", NPS_STORE_URL=url) as server:
            with Visitor(server.url):
                pass  # the first visit to a cold server pays for its imports
            times: dict[str, list[float]] = {kind: [] for kind in (*links, "upload")}
            for _ in range(OPENS):
                for kind, link in links.items():
                    start = time.perf_counter()
                    with Visitor(server.url, f"view={link}"):
                        times[kind].append(time.perf_counter() - start)
                with Visitor(server.url) as visitor:
                    times["upload"].append(visitor.upload("survey.csv", data))
    for kind, taken in times.items():
        found.setdefault(kind, {})["opened"] = statistics.median(taken)
    return found


if __name__ == "__main__":
    print(json.dumps(sharing(Path(sys.argv[1]))))
