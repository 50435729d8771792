"""A hosted view within another site's page, in a real browser: shown where the operator allows it, and nothing else ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import expect

from tests.browser.shared import go, share
from tests.browser.visit import Visitors, free_port, serving, settled


@contextmanager
def another_site(port: int, pages: dict[str, str]) -> Iterator[None]:
    """Another site (localhost is one, seen from 127.0.0.1) with these pages."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield
    site.shutdown()
    site.server_close()


def test_a_view_is_shown_within_another_site_and_what_shares_and_manages_is_not(browser, tmp_path):
    port, visitors = free_port(), Visitors(browser, lambda: None)  # type: ignore[arg-type, return-value]
    with serving(tmp_path / "log.txt", NPS_FRAME_ANCESTORS=f"http://localhost:{port}") as server:
        page = go(visitors.open("/?sample=software", server=server), "Score")
        links = share(page)
        frame = '<iframe src="{}" width="900" height="700"></iframe>'
        bare = [links.link, links.manage, links.manage + "&embed=true", "/share?sample=software&embed=true"]
        pages = {"/view": links.snippet} | {f"/{i}": frame.format(escape(server.url + path)) for i, path in enumerate(bare)}
        with another_site(port, pages):
            seen = page.context.new_page()
            seen.goto(f"http://localhost:{port}/view")
            within = seen.frame_locator("iframe")
            expect(within.get_by_text("+34.2", exact=True).first).to_be_visible()
            expect(within.get_by_role("link", name="Share", exact=True)).to_have_count(0)
            for i in range(len(bare)):
                refused: list[str] = []
                seen.on("console", lambda message, refused=refused: refused.append(message.text))
                seen.goto(f"http://localhost:{port}/{i}")
                seen.wait_for_timeout(1500)
                assert any("frame-ancestors" in text for text in refused), bare[i].split("?")[0]
        settled(page)
    visitors.leave()


def test_a_presented_view_fills_the_screen_from_within_another_site_where_its_snippet_stands(browser, tmp_path):
    port, visitors = free_port(), Visitors(browser, lambda: None)  # type: ignore[arg-type, return-value]
    with serving(tmp_path / "log.txt", NPS_FRAME_ANCESTORS=f"http://localhost:{port}") as server:
        page = go(visitors.open("/?sample=software", server=server), "Meeting")
        links = share(page, opens_on="Meeting")
        ready = links.snippet.replace("/meeting?", "/meeting?slide=score&amp;")
        assert "slide=score" in ready
        pages = {"/ready": ready, "/plain": ready.replace('allow="fullscreen" ', "")}
        assert pages["/plain"] != ready
        with another_site(port, pages):
            seen = page.context.new_page()
            seen.goto(f"http://localhost:{port}/plain")
            within = seen.frame_locator("iframe")
            expect(within.get_by_text("1 of", exact=False).first).to_be_visible()
            expect(within.get_by_role("button", name="Full screen")).to_be_hidden()
            seen.goto(f"http://localhost:{port}/ready")
            within.get_by_role("button", name="Full screen").click()
            seen.wait_for_function("() => document.fullscreenElement?.tagName === 'IFRAME'")
            expect(within.get_by_role("heading", level=1)).to_contain_text("+34.2")
            seen.keyboard.press("ArrowRight")
            expect(within.get_by_text("2 of", exact=False).first).to_be_visible()
            seen.keyboard.press("Escape")
            seen.wait_for_function("() => !document.fullscreenElement")
    visitors.leave()
