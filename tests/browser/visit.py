"""How the browser tests start a real server and visit it: what they share, and no test.

A `Server` is `streamlit run app.py` as its own process on the loopback address. `Visitors` opens pages on it, each in a fresh
browser context (no cookies, no cache, no other tab), and remembers what every one of them asked for and complained about.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

ROOT = Path(__file__).resolve().parents[2]
NARROW, WIDE = 390, 1440
THEMES = ("light", "dark")
TALL = 3200  # a full-page picture ends where the window does, so the window is tall
PATIENCE = 180  # seconds until something that never comes is a failure; nothing here asserts on speed
DROPZONE = "[data-testid=stFileUploaderDropzoneInput]"


@dataclass(frozen=True)
class Server:
    """A running server: its address and where it writes its log."""

    url: str
    log_path: Path
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serving(log_path: Path, *arguments: str, script: Path = ROOT / "app.py", port: int = 0, **settings: str) -> Iterator[Server]:
    """A cold server: nobody has opened a page of it yet.

    Settings: the project's, `arguments` for Streamlit, and `settings` of our own (NPS_…), none from outside. Without another
    word it keeps hosted views beside its log.
    """
    port = port or free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.{key}={value}" for key, value in options.items()] + list(arguments)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "NPS_"))}
    environment |= {"NPS_STORE_URL": f"sqlite:///{log_path.parent}/views/store.sqlite3"} | settings
    with log_path.open("wb") as log:
        process = subprocess.Popen(command, cwd=script.parent, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", log_path, process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start, status {server.process.poll()}; it said:\n{server.log}")


@dataclass
class Visitors:
    """Opens pages in fresh browser contexts, and keeps what must not happen on any of them."""

    browser: Browser
    usual: Callable[[], Server]  # the shared server, started when it is first needed
    strangers: list[str] = field(default_factory=list)  # addresses on other hosts that a page asked for
    complaints: list[str] = field(default_factory=list)  # uncaught script errors, and what the security policy had to stop

    def open(
        self, path: str = "/", theme: str = "light", width: int = WIDE, height: int = TALL, server: Server | None = None
    ) -> Page:
        """Visit a page, such as ``"/score?sample=b2b"``, as a new person would, and wait until it stands still."""
        home = (server or self.usual()).url
        context = self.browser.new_context(
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": width, "height": height},
            accept_downloads=True,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.on("request", lambda request: self._asked(request.url, home))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda message: self._said(message.text, message.type))
        page = context.new_page()
        page.on("websocket", lambda socket: self._asked(socket.url, home))
        page.goto(home + path)
        return settled(page)

    def _asked(self, url: str, home: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob", "about") and asked.netloc != urlsplit(home).netloc:
            self.strangers.append(url)

    def _said(self, text: str, kind: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.complaints.append(text)

    def leave(self) -> None:
        """Close every page that was opened."""
        for context in self.browser.contexts:
            context.close()


def settled(page: Page) -> Page:
    """The page, once its server is connected and its script has come to rest, and still rests a moment later."""
    calm = """() => {
        const app = document.querySelector('[data-testid="stApp"]');
        const calm = app && app.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
        window.__calm = calm ? (window.__calm ?? performance.now()) : undefined;
        return calm && performance.now() - window.__calm > 300;
    }"""
    page.evaluate("() => { window.__calm = undefined }")
    page.wait_for_function(calm, polling=50, timeout=PATIENCE * 1000)
    return page


def upload(page: Page, name: str, data: bytes, mime: str = "text/csv") -> Page:
    """Drop one file on the page's first drop zone, and wait until the page has read it."""
    return upload_all(page, [(name, data)], mime)


def upload_all(page: Page, files: list[tuple[str, bytes]], mime: str = "text/csv") -> Page:
    """Drop several files at once."""
    payload: list[Any] = [{"name": name, "mimeType": mime, "buffer": data} for name, data in files]
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "upload" in answer.url):
        page.locator(DROPZONE).first.set_input_files(payload)
    return settled(page)


def pick(page: Page, label: str, option: str) -> Page:
    """Choose by typing: an option half in sight scrolls away under the press of a mouse that is let go at once, and is lost.

    An open menu closes when the page under it moves, as it does while a box opens; then it is opened again, as a person would.
    """
    box = page.get_by_role("combobox", name=label).first
    wanted = page.get_by_role("option", name=option, exact=True)
    for patience in (5, 10, PATIENCE):
        try:
            box.click()
            box.fill(option)
            wanted.click(timeout=patience * 1000)
            break
        except TooLate:
            if patience == PATIENCE:
                raise
            settled(page)
    settled(page)
    if page.get_by_role("listbox").count():  # of several one stays open; in one that is closed the key would take the choice back
        page.keyboard.press("Escape")
    return settled(page)
