"""LibreOffice and the tools that read PDF, from Debian's packages, for the tests that open decks and workbooks with them.

``python -m tests.office.programs --get`` installs what is missing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "office"  # the slides as pictures, to be looked at
PACKAGES = ("libreoffice-impress", "libreoffice-calc", "poppler-utils")
HELP = f"LibreOffice and Poppler's tools are needed; Debian: apt-get install --no-install-recommends {' '.join(PACKAGES)}"
WIDE, HIGH = 1920, 1080  # px: a slide as a projector shows it


def found() -> bool:
    """Whether all programs are there, with the parts that open slides and sheets."""
    office = shutil.which("soffice")
    if not office or not shutil.which("pdftoppm") or not shutil.which("pdftotext"):
        return False
    programs = Path(office).resolve().parent
    return all(any(programs.glob(f"lib{part}lo.so")) for part in ("sd", "sc"))


def get() -> bool:
    """Install what is missing; whether all is there."""
    if not found() and shutil.which("apt-get"):
        become = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *PACKAGES]):
            subprocess.run(command, check=False)
    return found()


def converted(content: bytes, kind: str, to: str, folder: Path) -> Path:
    """A file of this kind opened by LibreOffice and saved as another one."""
    source, made = folder / f"given.{kind}", folder / "made"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(made), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return made / f"given.{to}"


def pictures(pdf: Path, name: str) -> list[Path]:
    """Each page as a picture as a projector shows it, kept to be looked at."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"{name}-*.png"):
        old.unlink()
    subprocess.run(
        ["pdftoppm", "-png", "-scale-to-x", str(WIDE), "-scale-to-y", str(HIGH), str(pdf), str(KEPT / name)], check=True
    )
    return sorted(KEPT.glob(f"{name}-*.png"))


if __name__ == "__main__":
    sys.exit(None if get() else HELP)
