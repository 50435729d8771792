"""One measurement in a process of its own: `python -m benchmarks.jobs JOB FILE` prints seconds and bytes as JSON.

A fresh process for every measurement: no warm allocator, no cache and no other reader's memory. Imports and one small read come
first, so that neither lazy imports nor thread pools being set up are charged to anybody.
"""

import gc
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from benchmarks.survey import SEGMENTS

SMALL = 2_000_000  # bytes; what reads so quickly is read several times, and the quickest counts
AGAIN = 20


def reader(name: str) -> Callable[[bytes], Any]:
    """A function from the bytes of a file to what that reader makes of them."""
    if name == "ours":
        from nps_core.reading import read

        return lambda data: read([("survey.csv", data)])
    if name.startswith("pandas"):
        import pandas as pd

        options: dict[str, Any] = {"dtype": str, "keep_default_na": False} if name == "pandas text" else {}
        return lambda data: pd.read_csv(io.BytesIO(data), **options)
    import polars as pl

    return lambda data: pl.read_csv(data)


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def peak() -> int:
    """The most memory this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: of this program alone; what getrusage says may stem from the one that started it
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def reading(name: str, data: bytes, warm_up: bytes) -> dict[str, float]:
    """Read once: seconds, and the memory that came on top of the bytes themselves."""
    read = reader(name)
    read(warm_up)
    gc.collect()
    before = psutil.Process().memory_info().rss
    seconds, result = timed(lambda: read(data))
    memory = peak() - before
    rows = len(result.frame if name == "ours" else result)
    if len(data) < SMALL:
        seconds = min(seconds, *(timed(lambda: read(data))[0] for _ in range(AGAIN)))
    return {"seconds": seconds, "bytes": memory, "rows": rows}


def counting(name: str, data: bytes) -> dict[str, float]:
    """One tally by three segments and month, from what each has in memory after reading; the first time and again."""
    frame = reader("ours")(data)
    if name == "ours":
        from nps_core.question import Question
        from nps_core.tally import count, tally_counts

        question = Question(by=SEGMENTS[:2], period="month")  # a question splits by two at most; the scan is by all three
        run: Callable[[], Any] = lambda: tally_counts(count(frame, SEGMENTS, question.grain), question)  # noqa: E731
    elif name == "pandas groupby":
        rows = frame.frame
        rows = rows.assign(month=rows["when"].dt.to_period("M").astype("category"))
        run = lambda: rows.groupby([*SEGMENTS, "month", "score"], observed=True).size()  # noqa: E731
    else:
        import polars as pl

        columns = ["score", *SEGMENTS, "when"]
        table = pl.from_pandas(frame.frame[columns]).with_columns(pl.col("when").dt.truncate("1mo"))
        run = lambda: table.group_by(*SEGMENTS, "when", "score").len()  # noqa: E731
    gc.collect()
    first, _ = timed(run)
    return {"first": first, "again": min(timed(run)[0] for _ in range(5))}


def main(job: str, name: str, path: str, warm_up: str) -> None:
    """Do one job and print what it took."""
    data = Path(path).read_bytes()
    taken = reading(name, data, Path(warm_up).read_bytes()) if job == "read" else counting(name, data)
    print(json.dumps(taken))


if __name__ == "__main__":
    main(*sys.argv[1:])
