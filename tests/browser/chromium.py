"""Finds a Chromium for the browser tests, and gets one where there is none.

`python tests/browser/chromium.py` prints the one that would be used; with `--get` it fetches one where none is found, and ends
with 1 and a plain sentence where none can be had: the browser tests are never left out quietly.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OVERRIDE = "CHROMIUM"  # the environment variable that names a browser, whatever else is installed
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUNDLES = ("/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# No sandbox: containers forbid it, and the only page opened is our own. The rest keeps the browser from calling home.
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HELP = f"""No Chromium was found and none could be installed, so the browser tests cannot run. Any one of these helps:
  - install Chromium or Google Chrome (Debian: sudo apt-get install chromium; macOS: brew install --cask chromium)
  - .venv/bin/python -m playwright install --with-deps chromium
  - {OVERRIDE}=/path/to/a/chromium make test"""


def find() -> str | None:
    """The path of a browser that starts, or None."""
    candidates = [os.environ.get(OVERRIDE), *map(shutil.which, NAMES), *BUNDLES]
    return next((path for path in candidates if path and _starts(path)), None) or _playwrights_own()


def _starts(path: str) -> bool:
    """Whether the program is a browser and not, say, a note that says how to install one."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and "Chrom" in asked.stdout


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def get() -> str | None:
    """The path of a browser, installed now where there was none: Debian's package first, then Playwright's download."""
    for command in (None, *_debian(), [sys.executable, "-m", "playwright", "install", "chromium"]):
        if command:
            print("No Chromium found; trying:", *command, file=sys.stderr)  # noqa: T201
            try:
                subprocess.run(command, check=False, stdin=subprocess.DEVNULL, timeout=600)
            except (OSError, subprocess.TimeoutExpired) as failure:
                print(failure, file=sys.stderr)  # noqa: T201
            if command[-1] == "update":
                continue
        if path := find():
            return path
    return None


def _debian() -> list[list[str]]:
    """The commands that install Debian's package, where this user may."""
    if not shutil.which("apt-get"):
        return []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        become: list[str] = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        become = ["sudo", "-n"]
    else:
        return []
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return [[*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", "chromium"]]


if __name__ == "__main__":
    sys.exit(print(found) if (found := get() if "--get" in sys.argv[1:] else find()) else HELP)  # noqa: T201
