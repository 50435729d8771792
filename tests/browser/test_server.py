"""The server as the outside sees it: its probe, its headers, and a first visit that is somebody's link."""

import urllib.request
from email.message import Message

import pytest
from playwright.sync_api import expect

from tests.browser.visit import ROOT, Server, Visitors, serving, settled

PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
pytestmark = pytest.mark.skipif(not (ROOT / "app.py").exists(), reason="app.py is not written yet")


def answer(server: Server, path: str) -> tuple[Message, str]:
    with urllib.request.urlopen(server.url + path, timeout=30) as response:
        return response.headers, response.read().decode()


def test_the_probe_says_ok(server):
    assert answer(server, "/_stcore/health")[1] == "ok"


@pytest.mark.parametrize("path", ["/", "/score", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(server, path):
    headers, _ = answer(server, path)
    policy = headers["Content-Security-Policy"]
    # From the threats: no foreign script, no foreign host, no frame around the app unless the operator says so, no sniffing.
    for part in (
        "script-src 'self' 'sha256-",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors",
        "img-src 'self' data: blob:",
    ):
        assert part in policy
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]


@pytest.mark.parametrize("name", PAGES)
def test_the_first_visit_to_a_cold_server_may_be_any_page(cold_server, visitors: Visitors, name):
    page = visitors.open(f"/{name}", server=cold_server)
    # The frame: the navigation names every page, and Streamlit has not called the address unknown.
    for other in set(PAGES) - {"manage"}:  # which is reached by its link alone
        expect(page.get_by_role("link", name=other.capitalize(), exact=True).first).to_be_attached()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_an_unknown_address_is_told_in_words(visitors: Visitors):
    page = visitors.open("/no-such-page")
    expect(page.get_by_text("Page not found")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button").first.click()
    settled(page)


FAULTY = """
import streamlit as st
from pages.parts.safety import quiet_error, quiet_log
quiet_log()
app = st.App("faulty_page.py", on_script_error=quiet_error)
"""


def test_a_fault_of_ours_says_nothing_of_the_data(visitors: Visitors, tmp_path, monkeypatch):
    (tmp_path / "app.py").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "faulty_page.py").write_text('raise ValueError("what a respondent wrote")', encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    options = ("--client.showErrorDetails=none", "--browser.gatherUsageStats=false")
    with serving(tmp_path / "log.txt", *options, script=tmp_path / "app.py") as faulty:
        page = visitors.open("/", server=faulty)
        expect(page.get_by_text("Something went wrong on our side")).to_be_visible()
        assert "ValueError in faulty_page.py:1" in faulty.log
        assert "respondent wrote" not in faulty.log + page.content()


def test_the_server_says_nothing_it_should_not(server, visitors: Visitors):
    visitors.open("/")
    # A traceback or a deprecation in the log is a fault of ours that no page shows.
    for word in ("Traceback", "Deprecat", "ERROR"):
        assert word not in server.log
