"""The image that the Dockerfile makes, run with what the compose file allows a replica: nothing but its data is written to."""

import json
import signal

import pytest

from pages.parts.serving import WRONG_SETTING
from tests.browser.shared import go, share, told
from tests.browser.test_journey import FILE
from tests.browser.test_take_away import opened, pressed
from tests.browser.visit import Visitors, upload
from tests.image.programs import answer

TEN_SECONDS = 10  # what Docker gives a container to end before it is killed


@pytest.fixture(scope="module")
def walls(composed):
    """What the compose file takes away from a replica."""
    replica = composed["services"]["first"]
    assert replica["read_only"]
    return [
        "--read-only",
        *(f"--tmpfs={place}" for place in replica["tmpfs"]),
        *(f"--cap-drop={name}" for name in replica["cap_drop"]),
        *(f"--security-opt={option.replace(':true', '')}" for option in replica["security_opt"]),
    ]


@pytest.fixture
def replica(podman, image, walls, tmp_path):
    with podman.running(image, tmp_path / "log.txt", *walls, "--volume", "kept:/data") as running:
        assert answer(f"{running.url}/healthz") == (200, '{"status":"ok"}'), running.log
        yield running


def test_it_says_how_it_is_and_asks_nobody_else(podman, image, replica):
    assert answer(f"{replica.url}/readyz") == (200, '{"status":"ready"}')
    assert answer(replica.url)[0] == 200
    kind, *command = json.loads(podman("image", "inspect", image))[0]["Healthcheck"]["Test"]
    assert kind == "CMD"
    podman.inside(replica, *command)
    # Streamlit asks a host of Amazon for the address of a server that listens everywhere, unless it was told one.
    assert "external" not in replica.log.lower()


def test_it_is_nobody_and_writes_to_its_data_alone(podman, replica):
    assert podman.inside(replica, "id", "-un").strip() == "explorer"
    assert set(podman.inside(replica, "sed", "-n", "s/^Cap...:\t//p", "/proc/1/status").split()) == {"0" * 16}
    answer(f"{replica.url}/readyz")
    kept = podman.inside(replica, "find", "/data", "-type", "f", "-printf", "%f %m\n").split("\n")
    assert "views.sqlite3 600" in kept
    for place in ("/srv/explorer/x", "/home/x", "/etc/x"):
        assert "Read-only" in podman.inside(replica, "touch", place, check=False)


def test_its_code_is_not_its_own_where_the_file_system_can_be_written(podman, image):
    assert podman.once(image, "find", "/srv", "/usr", "-xdev", "-writable", "!", "-type", "l") == ""


def test_it_holds_what_it_needs_and_no_more(podman, image):
    listed = podman.once(image, "find", "/srv/explorer", "-mindepth", "1", "-maxdepth", "1", "-printf", "%f ").split()
    assert sorted(listed) == [".streamlit", "app.py", "nps_core", "pages", "requirements.txt"]
    # Where this machine takes packages from is not in it.
    assert podman.once(image, "sh", "-c", "cat /etc/pip.conf 2>/dev/null || true") == ""
    config = json.loads(podman("image", "inspect", image))[0]["Config"]
    assert [name.split("=")[0] for name in config["Env"]] == ["PATH", "NPS_STORE_URL", "PYTHONUNBUFFERED"]


def test_a_shared_view_opens_after_a_restart_and_the_end_comes_at_once(podman, image, walls, visitors: Visitors, tmp_path):
    run = (*walls, "--volume", "views:/data")
    with podman.running(image, tmp_path / "first.txt", *run) as first:
        assert answer(f"{first.url}/healthz")[0] == 200
        page = go(upload(visitors.open("/", server=first), "survey.csv", FILE), "Score")
        own = told(page)
        assert "+33.3" in own
        assert pressed(opened(page), "Download as PNG")[1].startswith(b"\x89PNG")
        links = share(page, "Numbers and comments", "Score")
        # The page is still open, and holds its connection.
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(TEN_SECONDS) == 0
    with podman.running(image, tmp_path / "second.txt", *run) as second:
        assert answer(f"{second.url}/healthz")[0] == 200
        assert told(visitors.open(links.link, server=second)) == own
        assert '"event": "opened"' in second.log


def test_a_wrong_setting_ends_it_with_one_clear_line(podman, image, tmp_path):
    with podman.running(image, tmp_path / "log.txt", "--env", "NPS_FLOOR=3") as wrong:
        assert wrong.process.wait(60) == WRONG_SETTING
        assert "NPS_FLOOR to be a whole number from 5 to 20" in wrong.log
