"""What the documents say is what the code does: the glossary is fresh, and the README's commands and examples work."""

import doctest
import importlib
import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from nps_core.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
# The rooms of the core that hold formulas.
FORMULAS = ("scale", "measures", "inference", "change", "moved", "exact", "segments", "trend", "digest", "family", "privacy")


@pytest.fixture(scope="module")
def glossary():
    spec = importlib.util.spec_from_file_location("make_glossary", ROOT / "docs" / "make_glossary.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_the_glossary_is_fresh(glossary):
    assert glossary.PAGE.read_text(encoding="utf-8") == glossary.page(), "stale: run make docs"


@pytest.mark.parametrize("module", FORMULAS)
def test_every_formula_and_source_stands_in_the_glossary(glossary, module):
    listed = {where for terms in glossary.TERMS.values() for _, where in terms}
    code = importlib.import_module(f"nps_core.{module}")
    for name, thing in inspect.getmembers(code, inspect.isfunction):
        ours = thing.__module__ == code.__name__ and not name.startswith("_")
        if ours and re.search(r"\b(Formula|Source)\b", thing.__doc__ or ""):
            assert f"{module}.{name}" in listed


def test_the_glossary_holds_the_formula_of_the_score(glossary):
    # Reichheld 2003: promoters minus detractors over everybody who answered, times 100.
    assert "**Formula:** NPS = 100 (r − d) / (d + p + r)" in glossary.page()
    assert "detractor 0–6; passive 7–8; promoter 9–10." in glossary.page()


def test_the_examples_of_the_glossary_maker_hold(glossary):
    assert doctest.testmod(glossary).attempted
    assert not doctest.testmod(glossary).failed


def test_the_commands_of_the_readme_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(blocks("console")) + " ".join(code_in_text())))
    assert {"run", "test"} <= named <= targets


def code_in_text() -> list[str]:
    return re.findall(r"`([^`\n]+)`", README.read_text(encoding="utf-8"))


def test_the_files_the_readme_names_exist():
    named = {word for word in code_in_text() if re.fullmatch(r"[\w./-]+\.(py|txt|in|csv|toml|md|png)|[\w./-]+/", word)}
    named |= set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def examples() -> list[tuple[str, str]]:
    """Each `$ python -m nps_core …` of the README with what it is shown to print."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("python -m nps_core"):
                found.append((command, output.strip()))
    return found


@pytest.mark.parametrize(("command", "output"), examples())
def test_the_examples_of_the_readme_print_what_it_shows(command, output):
    done = subprocess.run([sys.executable, *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == output


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_of_the_readme_runs(code):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_changelog_knows_this_version():
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_documents_with_its_default():
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(NPS_[A-Z_]+)` \| (.*?) \|", page, flags=re.MULTILINE))
    usual = Settings()
    for setting in SETTINGS:
        default = getattr(usual, setting.field)
        assert told.pop(setting.name) == (f"`{default}`" if default != () else "none")
    assert not told


@pytest.mark.parametrize("name", ["security", "deploy"])
def test_what_the_documents_point_at_is_there(name):
    page = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    pointed = re.findall(r"`((?:tests|nps_core|deploy)/[\w/.-]+?)(?:::(\w+))?`", page)
    assert pointed
    for path, test in pointed:
        assert (ROOT / path).exists(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{test}"
