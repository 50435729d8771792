"""Podman, Buildah and debootstrap from Debian's packages, and images made with them: no Docker engine and no registry of images.

``python -m tests.image.programs --get`` installs what is missing. The images lie in build/image while the tests run.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.visit import PATIENCE, ROOT, Server, free_port

KEPT = ROOT / "build" / "image"
PACKAGES = {"buildah": "buildah", "podman": "podman", "runc": "runc", "debootstrap": "debootstrap"}  # program: package
HELP = f"Root and these programs are needed; Debian: apt-get install --no-install-recommends {' '.join(PACKAGES.values())}"
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
# Where pip finds packages and whom it trusts there; the rest of a machine's settings is no business of the image.
OF_THE_SOURCE = {"index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert", "client-cert", "proxy"}
# Podman leaves the repeated check of health to systemd, which need not run here; the tests give its command themselves.
# The limits are what any machine may give: podman's own wish can be more.
USUAL = ("--no-healthcheck", "--ulimit=nofile=4096:4096", "--ulimit=nproc=4096:4096")


def found() -> bool:
    """Whether all programs are there, and may be used."""
    return os.geteuid() == 0 and all(shutil.which(program) for program in PACKAGES) and Path(KEYS).exists()


def get() -> bool:
    """Install what is missing; whether all is there."""
    if not found() and os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        wanted = [*PACKAGES.values(), "debian-archive-keyring"]
        for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *wanted]):
            subprocess.run(command, check=False)
    return found()


def mirror() -> str:
    """Where this machine takes Debian from, as apt says."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"], capture_output=True, text=True
    ).stdout
    places = [line.split()[1] for line in listed.splitlines() if line.startswith("Debian ")]
    assert places, "apt of this machine knows no mirror of Debian"
    return places[0]


def pip_from_outside(folder: Path) -> list[str]:
    """Mounts that let a build use this machine's sources of Python packages; the image and the project hold nothing of them."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True).stdout
    lines, mounts = ["[global]"], set()
    for key, written in sorted(re.findall(r"^[\w:]+\.([a-z-]+)=(.*)$", listed, flags=re.MULTILINE)):
        if key in OF_THE_SOURCE and not any(line.startswith(f"{key} =") for line in lines):
            value = " ".join(str(ast.literal_eval(written)).split())
            lines.append(f"{key} = {value}")
            for word in value.split():
                # An index in a folder points at files beside it.
                path = Path(word.removeprefix("file://")).parent if word.startswith("file://") else Path(word)
                mounts |= {path} if path.is_absolute() and path.exists() else set()
    (folder / "pip.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    inside = {str(path): str(path) for path in sorted(mounts)} | {str(folder / "pip.conf"): "/etc/pip.conf"}
    return [part for outer, inner in inside.items() for part in ("--volume", f"{outer}:{inner}:ro")]


@dataclass(frozen=True)
class Container(Server):
    """A running container: the address of one of its ports, and what it is called."""

    name: str


class Engine:
    """Podman and Buildah with a store of images of their own, so that nothing of the machine's own images is touched."""

    def __init__(self, folder: Path, running: Path) -> None:
        self.folder = folder
        self.store = ["--root", str(folder / "store"), "--runroot", str(running)]
        self.podman = ["podman", *self.store, "--runtime", "runc", "--cgroup-manager", "cgroupfs", "--events-backend", "file"]

    def __call__(self, *words: str, check: bool = True) -> str:
        """What podman says to these words."""
        return self._said(words, check).stdout

    def _said(self, words: tuple[str, ...], check: bool) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run([*self.podman, *words], capture_output=True, text=True, timeout=600)
        assert done.returncode == 0 or not check, f"podman {' '.join(words)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done

    def build(self, tag: str, *options: str, context: Path = ROOT) -> str:
        """Build a Dockerfile as it stands, each instruction in a plain chroot; the name of the image."""
        build = ["buildah", *self.store, "build", "--isolation", "chroot", "--pull-never", "--format", "docker"]
        done = subprocess.run([*build, *options, "--tag", f"localhost/{tag}", str(context)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return f"localhost/{tag}"

    def stand_in(self, base: str) -> str:
        """An image laid out like python:X.Y-slim-RELEASE, from Debian's own packages of that release; its name."""
        version, release = re.fullmatch(r"python:([\d.]+)-slim-([a-z]+)", base).groups()
        files = self.folder / "base"
        packages = "python3,python3-venv,ca-certificates,netbase,tzdata"
        bootstrap = [
            "debootstrap",
            "--variant=minbase",
            f"--include={packages}",
            f"--keyring={KEYS}",
            release,
            str(files),
            mirror(),
        ]
        done = subprocess.run(bootstrap, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:]
        # Python and pip stand in /usr/local there.
        subprocess.run(["chroot", str(files), f"python{version}", "-m", "venv", "/usr/local"], check=True)
        subprocess.run(["tar", "-C", str(files), "-cf", str(self.folder / "base.tar"), "."], check=True)
        path = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
        self("import", "--change", f"ENV PATH={path}", str(self.folder / "base.tar"), "localhost/stand-in")
        shutil.rmtree(files)
        (self.folder / "base.tar").unlink()
        return "localhost/stand-in"

    @contextmanager
    def running(
        self, image: str, log: Path, *options: str, port: int = 8501, command: tuple[str, ...] = ()
    ) -> Iterator[Container]:
        """A container of this image, in the foreground of a process of its own; a port of it is on the loopback address."""
        name, outside = f"explorer-{uuid.uuid4().hex[:8]}", free_port()
        words = ["run", "--rm", "--name", name, "--publish", f"127.0.0.1:{outside}:{port}"]
        words += [*USUAL, *options, image]
        with log.open("wb") as out:
            process = subprocess.Popen([*self.podman, *words], stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            yield Container(f"http://127.0.0.1:{outside}", log, process, name)
        finally:
            self("rm", "--force", "--time", "2", name, check=False)
            process.wait(60)

    def inside(self, container: Container, *command: str, check: bool = True) -> str:
        """What a command says that is run in a running container, errors too."""
        done = self._said(("exec", container.name, *command), check)
        return done.stdout + done.stderr

    def once(self, image: str, *command: str) -> str:
        """What a command says in a fresh container that is there for it alone."""
        return self("run", "--rm", "--network=none", *USUAL, image, *command)


@contextmanager
def engine() -> Iterator[Engine]:
    """A store of images that is gone afterwards."""
    assert found(), HELP
    _forget(KEPT)
    KEPT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as running:
        made = Engine(KEPT, Path(running))
        try:
            yield made
        finally:
            made("rm", "--all", "--force", check=False)
            made("volume", "rm", "--all", "--force", check=False)
            _forget(KEPT)


def _forget(folder: Path) -> None:
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        if Path(line.split()[1]).is_relative_to(folder):  # left by a run that was killed
            subprocess.run(["umount", "--lazy", line.split()[1]], check=False)
    if folder.exists():
        shutil.rmtree(folder)


def answer(address: str, patience: float = PATIENCE) -> tuple[int, str]:
    """The status and text of an address, asked until there is an answer; (0, "") where none comes."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=10) as got:
                return got.status, got.read().decode()
        except urllib.error.HTTPError as error:
            if error.code != 502:  # a proxy whose replica is still starting
                return error.code, error.read().decode()
        except OSError:
            pass
        time.sleep(0.2)
    return 0, ""


if __name__ == "__main__":
    sys.exit(None if get() else HELP)
