"""PostgreSQL and nginx of this test run's own, from Debian's packages: nothing of them is installed as a service.

``python -m tests.deploy.services --get`` fetches what is missing into build/deploy.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.visit import ROOT, free_port

KEPT = ROOT / "build" / "deploy"
FIGURES = KEPT / "figures.txt"
HELP = "PostgreSQL's programs (initdb, postgres) and nginx are needed; Debian: apt-get install postgresql nginx-light"


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def nginx_program() -> str | None:
    """The path of nginx, installed or unpacked by `get`."""
    own = KEPT / "nginx" / "usr" / "sbin" / "nginx"
    return shutil.which("nginx") or (str(own) if own.exists() else None)


def get() -> bool:
    """Fetch what is missing; whether all is there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if not nginx_program() and shutil.which("apt-get"):
        # Unpacked, not installed: so no service starts, and no root is needed.
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["apt-get", "download", "nginx"], cwd=folder, check=False)
            for package in Path(folder).glob("*.deb"):
                subprocess.run(["dpkg", "-x", str(package), str(KEPT / "nginx")], check=True)
    if not postgres_programs() and shutil.which("apt-get"):
        become = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", "postgresql"]):
            subprocess.run(command, check=False)
    return bool(postgres_programs() and nginx_program())


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own on the loopback address; the address of an empty database."""
    programs = postgres_programs()
    assert programs, HELP
    # PostgreSQL refuses to be run by root; Debian's package brings a user for it.
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data, port = folder / "data", free_port()
    folder.mkdir(parents=True, exist_ok=True)
    if become:
        shutil.chown(folder, "postgres")
    initdb = [
        *become,
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "explorer",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    ]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    options = [
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        f"port={port}",
        "-c",
        "max_connections=300",
    ]
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [*become, str(programs / "postgres"), "-D", str(data), *options], stdout=log, stderr=log, cwd=folder
        )
    try:
        _wait_for(port)
        url = f"postgresql://explorer@127.0.0.1:{port}/postgres"
        _wait_until_it_answers(url)
        yield url
    finally:
        subprocess.run(
            [*become, str(programs / "pg_ctl"), "-D", str(data), "stop", "-m", "immediate"],
            check=False,
            capture_output=True,
            cwd=folder,
        )
        server.wait(30)


def _wait_until_it_answers(url: str) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not answer")


@contextmanager
def nginx(folder: Path, replicas: list[str]) -> Iterator[str]:
    """The nginx of deploy/nginx.conf in front of these replicas (host:port); the address it listens on."""
    program = nginx_program()
    assert program, HELP
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(_configuration(folder, replicas, port), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "stderr.txt").open("wb"))
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _configuration(folder: Path, replicas: list[str], port: int) -> str:
    """The file that the documents hand out, with this run's ports and folders; everything else as it stands there."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/var/log/nginx/", f"{folder}/").replace("/run/nginx.pid", f"{folder}/nginx.pid")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/var/cache/nginx/body", f"{folder}/body")
    for name, replica in zip(("first", "second"), replicas, strict=True):
        text = text.replace(f"server {name}:8501", f"server {replica}")
    for kind in ("proxy", "fastcgi", "uwsgi", "scgi"):  # Debian's own places for these belong to root
        text = text.replace("http {\n", f"http {{\n    {kind}_temp_path {folder}/{kind};\n", 1)
    if os.geteuid() == 0:
        text = re.sub(r"^worker_processes", "user root;\nworker_processes", text, flags=re.MULTILINE)
    return text


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def note(line: str) -> None:
    """Add a figure to those that `make test-deploy` prints at its end."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with FIGURES.open("a", encoding="utf-8") as figures:
        figures.write(line + "\n")


if __name__ == "__main__":
    FIGURES.unlink(missing_ok=True)
    sys.exit(None if get() else HELP)
