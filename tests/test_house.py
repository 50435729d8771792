"""The rules of the house, read from the syntax of its files: who may import whom, what may be named where, what carries a reason.

A rule about a file that is not written yet holds from the day it is.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 400


def in_house(pattern: str) -> list[Path]:
    return sorted(path for path in ROOT.glob(pattern) if not {".venv", "build"} & set(path.relative_to(ROOT).parts))


CORE = in_house("nps_core/**/*.py")
PAGES = in_house("pages/*.py")
PARTS = in_house("pages/parts/**/*.py")
APP = in_house("app.py")
EVERY = in_house("**/*.py")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, in full: `from a import b` is a.b."""
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relative to itself; say the full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imports(path)}


def names(tree: ast.AST) -> Iterator[str]:
    """Every name and attribute that a piece of code mentions, texts and comments not counted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name.rsplit(".")[-1]


# Arrows: app.py → pages/parts → nps_core; a page → parts and nps_core.


@each(CORE)
def test_the_core_knows_no_web(path):
    assert not roots(path) & {"streamlit", "starlette", "uvicorn", "pages", "app", "tests", "benchmarks"}


def test_the_core_works_where_streamlit_is_not_installed():
    program = (
        "import importlib, pkgutil, sys\n"
        "sys.modules['streamlit'] = None  # importing it now fails, as if it were not there\n"
        "import nps_core\n"
        "for m in pkgutil.walk_packages(nps_core.__path__, 'nps_core.'):\n"
        "    if not m.name.endswith('__main__'): importlib.import_module(m.name)\n"
        "print(len(sys.modules))\n"
    )
    run(program)


def test_what_reads_comments_brings_its_libraries_only_where_a_page_of_comments_is_opened():
    program = (
        "import sys\n"
        "from tests.pages.opened import open_page\n"
        "late = {'stopwordsiso', 'ftfy', 'stdnum', 'wordcloud', 'matplotlib'}\n"
        "for page in ('data', 'score', 'distribution', 'benchmarks', 'trend', 'segments'):\n"
        "    open_page(page, sample='software')\n"
        "    assert not late & set(sys.modules), (page, late & set(sys.modules))\n"
        "open_page('passives', sample='software')\n"
        "assert 'stopwordsiso' in sys.modules\n"
    )
    run(program)


def test_what_writes_files_for_a_meeting_is_brought_only_where_a_file_is_asked_for():
    program = (
        "import sys\n"
        "from tests.pages.opened import open_page\n"
        "late = {'vl_convert', 'pptx', 'xlsxwriter', 'lxml'}\n"
        "import nps_core.meeting.slides\n"
        "for page in ('data', 'score', 'distribution', 'trend', 'segments', 'passives'):\n"
        "    open_page(page, sample='software')\n"
        "    assert not late & set(sys.modules), (page, late & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_face_of_the_core_brings_neither_the_database_nor_the_seals():
    late = {"sqlalchemy", "alembic", "cryptography", "argon2", "psycopg"}
    assert not run(f"import nps_core, sys; print(*(sys.modules.keys() & {late}))")


def run(program):
    """What a program prints in a process of its own; it must not fail."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@each(CORE)
def test_only_charts_draw(path):
    if not name_of(path).startswith("nps_core/charts"):
        assert "altair" not in roots(path)


@each(PAGES)
def test_a_page_stands_on_streamlit_the_parts_and_the_core_alone(path):
    standard = sys.stdlib_module_names
    assert roots(path) - standard <= {"streamlit", "pages", "nps_core"}
    others = {f"pages.{page.stem}" for page in PAGES}
    assert not [m for m in imports(path) if any(m == o or m.startswith(o + ".") for o in others)], "a page imports a page"


@each(PARTS)
def test_a_part_imports_no_page(path):
    found = {m for m in imports(path) if m.startswith("pages.")}
    assert all(m.startswith("pages.parts") for m in found)
    assert "app" not in roots(path)


@each(APP)
def test_app_only_puts_things_together(path):
    assert not roots(path) & {"nps_core", "pandas", "numpy", "altair"}
    loops = (ast.For, ast.While, ast.BinOp, ast.comprehension)
    arithmetic = [node for node in ast.walk(syntax(path)) if isinstance(node, loops) and not _joins_a_path(node)]
    assert not arithmetic


def _joins_a_path(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


# What may be named where.


@each([path for path in APP + PAGES + PARTS if name_of(path) != "pages/parts/study.py"])
def test_only_study_remembers(path):
    assert not {"session_state", "cache_data", "cache_resource"} & set(names(syntax(path)))


@each(PAGES)
def test_a_page_computes_nothing(path):
    tree = syntax(path)
    assert not {"groupby", "pivot_table", "merge", "agg", "apply"} & set(names(tree))
    sums = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, sums):
            joins_text = any(
                isinstance(side, ast.JoinedStr | ast.List | ast.Tuple) or _is_text(side) for side in (node.left, node.right)
            )
            assert joins_text, f"line {node.lineno} computes: {ast.unparse(node)}"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


# Reading and writing belong to the command line, the store of hosted views, and the loaders of what the package ships.
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen", "mkdir", "unlink", "listdir", "iterdir"}
CLOCK = {"now", "today", "utcnow", "monotonic", "perf_counter"}
MAY_TOUCH_FILES = ("nps_core/__main__.py", "nps_core/store/")


@each([path for path in CORE if not name_of(path).startswith(MAY_TOUCH_FILES)])
def test_the_core_is_pure(path):
    tree = syntax(path)
    used = {_called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    touched = used & FILES
    if touched:  # only what lies in nps_core/data, through importlib.resources, and only to read it
        assert touched <= {"open", "read_text", "read_bytes"}, touched
        assert "importlib" in roots(path), f"{name_of(path)} touches files that are not the package's own"
    assert not used & CLOCK, "the clock is handed in"
    assert not {"random", "requests", "urllib", "socket", "time"} & roots(path)
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


# Form.


@each(EVERY)
def test_a_file_opens_with_what_it_is_and_stays_one_subject(path):
    if path.relative_to(ROOT).parts[0] != "tests":  # a test's name says what it holds
        assert ast.get_docstring(syntax(path)), "no first sentence"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each(CORE)
def test_whatever_the_core_offers_is_described(path):
    for node in syntax(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


# Reasons.


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_carries_its_reason(name):
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement, _, reason = line.partition("  # ")
            assert len(reason.split()) >= 3, f"{requirement}: why?"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_pin_exactly_and_name_no_source(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--extra|^-e|file:|@", text, flags=re.MULTILINE)
    pins = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ;.*)?(\s+#.*)?$", pin), pin


@pytest.mark.parametrize(
    ("wanted", "lock"), [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
)
def test_the_locks_hold_what_was_asked_for(wanted, lock):
    pinned = {line.split("==")[0] for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in line}
    asked = re.findall(r"^([a-z][a-z0-9-]*)[><=]", (ROOT / wanted).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert asked
    assert set(asked) <= pinned


def test_both_locks_agree():
    locks = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        locks.append({tuple(line.split("#")[0].strip().split("==")) for line in lines if "==" in line})
    app, dev = locks
    shared = {pin[0] for pin in app} & {pin[0] for pin in dev}
    assert {pin for pin in app if pin[0] in shared} == {pin for pin in dev if pin[0] in shared}


@each(in_house(".streamlit/config.toml"))
def test_every_setting_carries_its_reason(path):
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    above = ""
    for line in text.splitlines():
        if re.match(r"\s*[A-Za-z]+\s*=", line):
            # The reason stands behind the setting, or in the comment above it or above the settings it heads.
            assert "#" in line.split("=", 1)[1].replace('"#', "") or above.startswith("#"), f"why: {line}"
        elif line.startswith("#"):
            above = line
        elif not line.strip() or line.startswith("["):
            above = ""


# Paths of the machine a file was written on have no business in it.
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home/\w+|Users/\w+|opt/\w+)/[\w.]")


def tracked() -> list[Path]:
    """The files of the project: what git would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = [ROOT / line for line in listed.stdout.splitlines()] if listed.returncode == 0 else in_house("**/*")
    return [path for path in found if path.is_file()]


def test_no_file_knows_the_machine_it_was_written_on():
    guilty = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        guilty += [f"{name_of(path)}: {found.group()}" for found in MACHINE.finditer(text)]
    assert not guilty
