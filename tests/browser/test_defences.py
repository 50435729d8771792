"""What the server answers to those who mean harm: headers, cookies, foreign origins, odd addresses. No browser is needed."""

import http.client
import socket
import urllib.error
import urllib.request
from email.message import Message
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages.parts.serving import WRONG_SETTING
from tests.browser.visit import ROOT, Server, serving

TOKEN = "A" * 32


def head(server: Server, path: str, **headers: str) -> Message:
    request = urllib.request.Request(server.url + path, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers


def knocking(address: str, origin: str) -> connect:
    """A page of this origin asks for the connection by which the app is told what a reader does."""
    return connect(address, origin=origin, subprotocols=["streamlit"], proxy=None)  # type: ignore[list-item, arg-type]


def policy(server: Server, path: str) -> str:
    return head(server, path)["Content-Security-Policy"].split("frame-ancestors ")[1]


@pytest.mark.parametrize("path", ["/", f"/score?view={TOKEN}", f"/manage?key={TOKEN}", "/?copy=abc"])
def test_a_page_is_not_kept_and_tells_no_other_site_where_it_was(server, path):
    headers = head(server, path)
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == (None if path == "/" else "noindex, nofollow")


def test_only_an_embedded_view_may_be_framed_by_the_sites_the_operator_names(tmp_path):
    with serving(tmp_path / "log.txt", NPS_FRAME_ANCESTORS="https://intranet.example") as server:
        assert policy(server, f"/score?view={TOKEN}&embed=true") == "https://intranet.example"
        # Sharing, managing and one's own upload lie under nobody's page.
        for path in ("/share", f"/manage?key={TOKEN}&embed=true", f"/score?view={TOKEN}", "/?embed=true", "/?copy=x&embed=true"):
            assert policy(server, path) == "'self'"


def test_the_cookie_has_its_flags_and_comes_once(server):
    cookie = head(server, "/")["Set-Cookie"]
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Secure" not in cookie  # by plain http a browser would drop it
    assert "; Secure" in head(server, "/", **{"X-Forwarded-Proto": "https"})["Set-Cookie"]
    assert head(server, "/", Cookie=f"nps_browser={TOKEN}")["Set-Cookie"] is None
    # What is no secret of ours is replaced.
    assert "nps_browser=" in head(server, "/", Cookie="nps_browser=short")["Set-Cookie"]
    assert "nps_browser" not in (head(server, "/_stcore/health")["Set-Cookie"] or "")


def test_another_sites_page_cannot_speak_for_a_reader(server):
    # Sharing and revoking go through this connection: a page of another origin is turned away before anything is said.
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    with pytest.raises(InvalidStatus) as refused, knocking(address, "https://evil.example"):
        pass
    assert refused.value.response.status_code == 403
    with knocking(address, server.url):
        pass


def test_the_server_asks_no_other_host_at_its_start_or_when_another_site_knocks(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as outside:  # whatever the server asks for elsewhere comes here
        way = f"http://127.0.0.1:{outside.getsockname()[1]}"
        with serving(tmp_path / "log.txt", "--server.address=0.0.0.0", http_proxy=way, https_proxy=way, no_proxy="") as server:
            address = server.url.replace("http", "ws") + "/_stcore/stream"
            with pytest.raises(InvalidStatus), knocking(address, "https://evil.example"):
                pass
        outside.settimeout(0)
        with pytest.raises(BlockingIOError):
            outside.accept()


def test_an_upload_needs_the_token_of_the_page(server):
    request = urllib.request.Request(f"{server.url}/_stcore/upload_file/x/y", b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code in (400, 403)


def test_nothing_but_pages_can_be_driven(server):
    for path in ("/healthz", "/readyz", "/_stcore/agent/interact", "/_stcore/agent/mcp"):
        request = urllib.request.Request(server.url + path, b"{}", {"Content-Type": "application/json"}, method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        assert refused.value.code in (400, 403, 404, 405)
        if "agent" in path:
            assert "does not serve" in refused.value.read().decode()


def test_settings_may_stand_among_the_secrets_of_a_host(tmp_path):
    (tmp_path / "secrets.toml").write_text('NPS_FLOOR = "3"\n', encoding="utf-8")
    with (
        pytest.raises(RuntimeError, match="NPS_FLOOR to be a whole number"),
        serving(tmp_path / "log.txt", f"--secrets.files={tmp_path}/secrets.toml"),
    ):
        pass


def test_the_process_and_the_store_say_how_they_are(server, tmp_path):
    assert head(server, "/healthz").get_content_type() == "application/json"
    assert head(server, "/readyz")["Cache-Control"] == "no-store"
    (tmp_path / "no-folder").write_text("x")
    with serving(tmp_path / "log.txt", NPS_STORE_URL=f"sqlite:///{tmp_path}/no-folder/store.sqlite3") as broken:
        assert head(broken, "/healthz")
        with pytest.raises(urllib.error.HTTPError) as refused:
            head(broken, "/readyz")
        assert refused.value.code == 503
        assert str(tmp_path) not in refused.value.read().decode()


ODD = (
    "/?view=" + "A" * 60_000,
    "/score?" + "&".join(f"f.x{i}=y" for i in range(3000)),
    "/?view=%00%ff%fe",
    "/?view=%F0%9F%92%A9",
    "/" + "a" * 30_000,
    "/..%2f..%2fetc%2fpasswd",
    "/?=&&&==&view",
    "/score?view='%20OR%201=1;--",
)


@pytest.mark.parametrize("path", ODD, ids=range(len(ODD)))
def test_odd_addresses_break_nothing(server, path):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status in (200, 400, 403, 404, 414, 431)
    assert "root:" not in answer.read().decode("utf-8", "replace")
    connection.close()
    assert head(server, "/healthz")


def test_wrong_settings_end_the_start_with_one_clear_line(tmp_path):
    with (
        pytest.raises(RuntimeError, match="NPS_FLOOR to be a whole number from 5 to 20") as ended,
        serving(tmp_path / "log.txt", NPS_FLOOR="3"),
    ):
        pass
    assert "Traceback" not in str(ended.value)
    # By this status whoever started it knows that another start would end the same way.
    assert f"status {WRONG_SETTING};" in str(ended.value)
    unit = (ROOT / "deploy" / "nps-explorer.service").read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus={WRONG_SETTING}\n" in unit
