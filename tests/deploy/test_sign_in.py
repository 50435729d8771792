"""Sign-in with a real OpenID Connect server on the loopback address: who may upload, share, and open a limited view."""

import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shared import go, share, told
from tests.browser.visit import DROPZONE, Visitors, free_port, serving, settled

INSIDE, OUTSIDE = "jane@example.com", "eve@elsewhere.org"


@contextmanager
def provider(folder):
    """A provider that lets anybody sign in under the name they type."""
    port = free_port()
    users = [f'{{"sub": "{mail}", "email": "{mail}", "email_verified": true}}' for mail in (INSIDE, OUTSIDE)]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for user in users:
        command += ["--user-claims", user]
    with (folder / "provider.txt").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/.well-known/openid-configuration", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def signed(tmp_path):
    """A server that asks people to sign in and lets those of example.com upload and share."""
    with provider(tmp_path) as address:
        port = free_port()
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(
            "[auth]\n"
            f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            'cookie_secret = "a-secret-of-this-test-alone-0123456789"\n'
            'client_id = "explorer"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{address}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        options = (f"--secrets.files={secrets}", f"--server.port={port}")
        with serving(tmp_path / "log.txt", *options, port=port, NPS_ALLOWED_DOMAINS="example.com") as server:
            yield server


def sign_in(page: Page, mail: str) -> Page:
    page.get_by_role("button", name="Sign in").first.click()
    page.get_by_role("button", name=mail).click()
    page.wait_for_url("**/127.0.0.1:*/**")
    return settled(page)


def test_only_people_of_the_domain_upload_and_share_and_open_what_is_theirs(signed, visitors: Visitors):
    stranger = visitors.open("/", server=signed)
    assert stranger.locator(DROPZONE).count() == 0
    expect(stranger.get_by_text("To open a file of your own, sign in")).to_be_visible()
    outside = sign_in(stranger, OUTSIDE)
    assert outside.locator(DROPZONE).count() == 0
    expect(outside.get_by_text("Your account is not one of those")).to_be_visible()

    jane = sign_in(visitors.open("/", server=signed), INSIDE)
    assert jane.locator(DROPZONE).count() == 1
    jane.get_by_role("button", name="Try a sample: software").click()
    links = share(go(settled(jane), "Score"), domain="example.com")
    expect(jane.get_by_text("Opens for signed-in people of example.com").first).to_be_visible()

    nobody = visitors.open(links.link, server=signed)
    expect(nobody.get_by_text("This view opens for signed-in people only")).to_be_visible()
    assert "+34.2" in told(jane.goto(signed.url + links.link) and settled(jane))
    outside.goto(signed.url + links.link)
    expect(settled(outside).get_by_role("heading", name="This view is not available")).to_be_visible()
    # The list is by account: Jane finds her view in another browser, a stranger finds nothing.
    elsewhere = sign_in(visitors.open("/", server=signed), INSIDE)
    elsewhere.get_by_role("button", name="Try a sample: software").click()
    assert "opened" in told(go(settled(elsewhere), "Share"))
    assert parse_qs(urlsplit(links.link).query)["view"][0] not in signed.log
    visitors.strangers.clear()  # the provider is another host, and meant
