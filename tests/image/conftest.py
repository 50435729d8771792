"""The image of the Dockerfile, and a machine set up with the files of deploy/; the browser is that of the browser tests."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.conftest import browser, visitors  # noqa: F401  (fixtures)
from tests.browser.visit import ROOT
from tests.image.programs import engine, pip_from_outside

COMPOSE = "/srv/project/deploy/compose.yaml"
# What systemd needs of a container: to mount, for the unit's walls, and an old layout of control groups where a machine has one.
FOR_SYSTEMD = (
    *("--systemd=always", "--cap-add=SYS_ADMIN", "--security-opt=seccomp=unconfined"),
    "--env=SYSTEMD_PROC_CMDLINE=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1",
    *("--add-host=first:127.0.0.1", "--add-host=second:127.0.0.1"),  # the names of the replicas in deploy/nginx.conf
)


@pytest.fixture(scope="session")
def podman():
    with engine() as made:
        yield made


@pytest.fixture(scope="session")
def image(podman):
    """The Dockerfile as it stands, on a stand-in for the image it names."""
    base = re.search(r"^ARG BASE=(\S+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    build = [f"--build-arg=BASE={podman.stand_in(base)}", *pip_from_outside(podman.folder)]
    return podman.build("explorer", *build)


@pytest.fixture(scope="session")
def machine(podman, image, tmp_path_factory):
    """A running machine with the unit, nginx and compose file in their places; nothing of them is started."""
    ours = Path(__file__).with_name("machine.Dockerfile")
    tag = podman.build("machine", "--file", str(ours), "--ignorefile", "/dev/null")
    with podman.running(tag, tmp_path_factory.mktemp("machine") / "log.txt", *FOR_SYSTEMD, port=8080) as running:
        for _ in range(60):
            state = podman("exec", running.name, "systemctl", "is-system-running", "--wait", check=False).strip()
            if state in ("running", "degraded"):
                break
        yield running


@pytest.fixture(scope="session")
def composed(podman, machine):
    """What Docker's compose makes of the compose file."""
    said = podman(
        *("exec", "--env", "NPS_DATABASE_PASSWORD=secret", machine.name),
        *("docker-compose", "--file", COMPOSE, "config", "--format", "json"),
    )
    return json.loads(said)


@pytest.fixture(scope="session")
def server():
    """Every visit here names its server."""
    raise AssertionError("name the server")
