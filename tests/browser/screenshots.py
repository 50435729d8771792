"""Takes a picture of every page in both themes, narrow and wide, with a sample and without, and of every slide.

`make screenshots`. For people to look at, in build/screenshots; it asserts nothing.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from nps_core.meeting.slides import KEYS
from nps_core.samples import SAMPLES
from tests.browser import chromium
from tests.browser.visit import NARROW, ROOT, THEMES, WIDE, Visitors, serving, settled

FOLDER = ROOT / "build" / "screenshots"
PROJECTOR = (1920, 1080)
MAIN = "[data-testid=stMain]"


def picture(page: Page, path: Path) -> None:
    """The whole page: the window is made as tall as what is in it, as a full-page picture ends where the window does."""
    size = page.viewport_size or {"width": WIDE, "height": 1000}
    for _ in range(2):  # the second time, because charts grow with the window
        tall = int(page.locator(MAIN).evaluate("main => main.scrollHeight"))
        page.set_viewport_size({"width": size["width"], "height": max(tall, 800)})
        settled(page)
    page.screenshot(path=path)


def main(only: list[str]) -> None:
    """All pages, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = only or sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    addresses = {name: f"/{name}?sample={next(iter(SAMPLES))}" for name in names} | {
        f"{name}-empty": f"/{name}" for name in names
    }
    with tempfile.TemporaryDirectory() as log, serving(Path(log) / "log.txt") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGS))
        visitors = Visitors(browser, lambda: server)
        for name, address in addresses.items():
            for theme in THEMES:
                for width in (NARROW, WIDE):
                    picture(visitors.open(address, theme, width, height=1000), FOLDER / f"{name}-{theme}-{width}.png")
                    visitors.leave()
        for sample in SAMPLES if "meeting" in names else ():
            for slide in KEYS:
                for theme in THEMES:
                    page = visitors.open(f"/meeting?sample={sample}&slide={slide}", theme, *PROJECTOR)
                    page.screenshot(path=FOLDER / f"slide-{slide}-{sample}-{theme}.png")
                    visitors.leave()
        browser.close()
    print(*sorted(path.relative_to(ROOT).as_posix() for path in FOLDER.glob("*.png")), sep="\n")  # noqa: T201
    print(*visitors.strangers, *visitors.complaints, sep="\n", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
