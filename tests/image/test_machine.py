"""The files of deploy/ in their places: the unit under systemd, nginx in front of it, the compose file read by Docker's own."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from nps_core.settings import SETTINGS, settings
from pages.parts.serving import WRONG_SETTING
from tests.browser.shared import go, share, told
from tests.browser.test_journey import FILE
from tests.browser.test_take_away import opened, pressed
from tests.browser.visit import ROOT, Visitors, upload
from tests.image.conftest import COMPOSE
from tests.image.programs import answer

UNIT = "nps-explorer"
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


@pytest.fixture
def do(podman, machine):
    """What a command says that an operator gives on the machine."""
    return lambda *command, check=True: podman.inside(machine, *command, check=check).strip()


@pytest.fixture
def service(do, machine):
    """The unit and nginx started as the documents say."""
    do("systemctl", "enable", "--now", UNIT, "nginx")
    assert answer(f"{machine.url}/readyz") == (200, '{"status":"ready"}'), do("journalctl", "--unit", UNIT)
    return machine


def shown(do, *names):
    said = do("systemctl", "show", UNIT, *(f"--property={name}" for name in names))
    return dict(line.split("=", 1) for line in said.splitlines())


def test_systemd_and_nginx_find_nothing_wrong_in_their_files(do):
    assert do("systemd-analyze", "verify", f"/etc/systemd/system/{UNIT}.service") == ""
    assert "test is successful" in do("nginx", "-t")


def test_the_service_is_a_user_of_its_own_behind_walls(do, service):
    main = shown(do, "MainPID")["MainPID"]
    status = dict(re.findall(r"^(\w+):\s+(.*)$", do("cat", f"/proc/{main}/status"), flags=re.MULTILINE))
    assert status["Uid"].split() == [do("id", "-u", UNIT)] * 4
    assert status["CapEff"] == status["CapBnd"] == "0" * 16
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert re.search(r"Max core file size +0 +0 ", do("cat", f"/proc/{main}/limits"))
    # The scale ends at 10, which is open to everything; systemd itself calls up to 2.9 in order.
    assert float(re.search(r"level for \S+: ([\d.]+)", do("systemd-analyze", "security", UNIT))[1]) < 3


def test_a_shared_view_opens_through_nginx_after_a_restart(do, service, visitors: Visitors):
    page = go(upload(visitors.open("/", server=service), "survey.csv", FILE), "Score")
    own = told(page)
    assert pressed(opened(page), "Download as PNG")[1].startswith(b"\x89PNG")
    links = share(page, "Numbers and comments", "Score")
    do("systemctl", "restart", UNIT)
    answer(f"{service.url}/readyz")
    assert told(visitors.open(links.link, server=service)) == own
    mine = do("find", "/", "-xdev", "-user", UNIT, "-type", "f", "-printf", "%h %f %m\n").splitlines()
    assert "/var/lib/nps-explorer views.sqlite3 600" in mine
    assert {line.split()[0] for line in mine} == {"/var/lib/nps-explorer"}
    log = do("cat", "/var/log/nginx/access.log")
    assert '"GET /score" 200' in log
    assert parse_qs(urlsplit(links.link).query)["view"][0] not in log + do("journalctl", "--unit", UNIT)


def test_killed_it_comes_back_and_told_to_stop_it_stops(do, service, visitors: Visitors):
    before = int(shown(do, "NRestarts")["NRestarts"])
    do("systemctl", "kill", "--signal=KILL", UNIT)
    # Asked at once, the one that is about to die could still answer.
    restarts = f"systemctl show --property=NRestarts --value {UNIT}"
    do("sh", "-c", f"for i in $(seq 60); do test $({restarts}) -gt {before} && break; sleep 1; done")
    assert int(shown(do, "NRestarts")["NRestarts"]) == before + 1
    assert answer(f"{service.url}/healthz")[0] == 200
    visitors.open("/", server=service)  # and holds its connection
    do("systemctl", "stop", UNIT)
    assert shown(do, "Result") == {"Result": "success"}  # "timeout" where it had to be killed


def test_with_a_wrong_setting_it_stops_and_the_journal_says_why(do, service):
    do("sh", "-c", f"echo NPS_FLOOR=3 > /etc/{UNIT}.env && systemctl restart {UNIT}")
    # It is "activating" between two starts, were there another one.
    do("sh", "-c", f"for i in $(seq 60); do systemctl is-failed --quiet {UNIT} && break; sleep 1; done")
    found = shown(do, "ActiveState", "ExecMainStatus", "NRestarts")
    said = do("journalctl", "--unit", UNIT, "--lines", "20")
    do("sh", "-c", f"rm /etc/{UNIT}.env && systemctl reset-failed {UNIT}")
    assert found == {"ActiveState": "failed", "ExecMainStatus": str(WRONG_SETTING), "NRestarts": "0"}
    assert said.count("NPS_FLOOR to be a whole number from 5 to 20") == 1
    # With the setting mended it starts as ever.
    do("systemctl", "start", UNIT)
    assert answer(f"{service.url}/readyz")[0] == 200


# The compose file.


def test_compose_asks_for_the_password(do):
    assert "set it first" in do("docker-compose", "--file", COMPOSE, "config", "--quiet", check=False)


def test_each_replica_is_built_here_and_set_up_right(composed):
    known = {setting.name for setting in SETTINGS}
    for name in re.findall(r"^\s*server (\w+):8501", NGINX, flags=re.MULTILINE):
        replica = composed["services"][name]
        assert replica["build"] == {"context": "/srv/project", "dockerfile": "Dockerfile"}
        assert set(replica["environment"]) <= known
        store = urlsplit(settings(replica["environment"]).store_url)
        database = composed["services"][store.hostname]["environment"]
        assert store.scheme == "postgresql"
        assert (store.username, store.password) == (database["POSTGRES_USER"], database["POSTGRES_PASSWORD"])
        assert store.path == f"/{database['POSTGRES_DB']}"
        assert replica["depends_on"][store.hostname]["condition"] == "service_healthy"
        assert composed["services"][store.hostname]["healthcheck"]["test"]


def test_the_ports_and_places_of_compose_are_those_of_the_other_files(podman, image, composed):
    proxy = composed["services"]["proxy"]
    assert [port["target"] for port in proxy["ports"]] == [int(re.search(r"listen (\d+);", NGINX)[1])]
    assert [(v["source"], v["target"], v["read_only"]) for v in proxy["volumes"]] == [
        ("/srv/project/deploy/nginx.conf", "/etc/nginx/nginx.conf", True)
    ]
    replicas = dict(re.findall(r"^\s*server (\w+):(\d+)", NGINX, flags=re.MULTILINE))
    assert set(replicas) == {name for name, service in composed["services"].items() if "build" in service}
    config = json.loads(podman("image", "inspect", image))[0]["Config"]
    assert {f"{port}/tcp" for port in replicas.values()} == set(config["ExposedPorts"])
    assert {v["source"] for v in composed["services"]["database"]["volumes"]} == set(composed["volumes"])
