"""Pages without a browser: the frame runs in Streamlit's own AppTest, and a page is turned as its menu turns it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
SCORED = ("data", "score", "distribution", "benchmarks")  # the pages that show the score itself
PAGES = (*SCORED, "trend", "segments", "passives", "words", "comments", "codebook", "meeting")
WORDS = ("title", "header", "subheader", "text", "markdown", "caption", "info", "warning", "error", "code", "metric", "badge")


def open_page(page: str, /, file: tuple[str, bytes] | None = None, **address: str | list[str]) -> AppTest:
    """A page as a reader has it open, with a file dropped on the first page, or an address to start from."""
    app = AppTest.from_file(str(ROOT / "pages" / "parts" / "frame.py"), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    if file:
        app.file_uploader[0].upload(file[0], file[1], "application/octet-stream").run()
    if page != "data":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    return app


def text_of(app: AppTest) -> str:
    """Everything a reader can read on the page, one element a line."""
    return "\n".join(str(element.value) for kind in WORDS for element in app.get(kind))


def alt_texts(app: AppTest) -> str:
    """What a screen reader says of the pictures."""
    return "\n".join(chart.proto.alt for chart in app.get("vega_lite_chart"))
