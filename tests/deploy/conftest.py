"""One PostgreSQL for all tests of deploying; the browser is that of the browser tests."""

import tempfile
from pathlib import Path

import pytest

from tests.browser.conftest import browser, visitors  # noqa: F401  (fixtures)
from tests.deploy.services import postgres


@pytest.fixture(scope="session")
def database():
    """The address of a PostgreSQL database of this run's own."""
    # Not pytest's own folder: that is for this user alone, and PostgreSQL may run as another one.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with postgres(Path(folder) / "postgres") as url:
            yield url


@pytest.fixture(scope="session")
def server():
    """Every visit here names its server."""
    raise AssertionError("name the server")
