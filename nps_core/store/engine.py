"""A database that is ready: reached, brought to the present version, and set up so that every write is whole or absent.

SQLite: one file, only its owner may read it, created on first use. PostgreSQL: whatever the address names.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from nps_core.errors import StoreUnavailable

BUSY = 30  # seconds a SQLite write waits for another to end
REACH = 5  # seconds to reach a server
WRITERS = 0x4E5053  # the number of PostgreSQL's advisory lock that those who count before they write take in turn
SQLITE_SETTINGS = (
    "journal_mode=WAL",  # readers and one writer side by side
    "synchronous=FULL",  # what was confirmed is still there after a power cut
    "foreign_keys=ON",  # a view goes with its data
    "secure_delete=ON",  # what is deleted is overwritten
)


@contextmanager
def calmly() -> Iterator[None]:
    """Whatever goes wrong in the database becomes StoreUnavailable; its message could quote the statement or the address."""
    try:
        yield
    except (SQLAlchemyError, CommandError, OSError):
        raise StoreUnavailable(
            "the store of shared views", "no answer that can be used", "Try again in a minute; the rest of the app works."
        ) from None


def reach(url: str) -> Engine:
    """The database at this address, at the present version. Raises StoreUnavailable."""
    with calmly():
        engine = _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _postgres(url)
        if not current(engine):
            _upgrade(engine)
        return engine


def _sqlite(url: str) -> Engine:
    path = Path(make_url(url).database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
    cursor = connection.cursor()
    for setting in SQLITE_SETTINGS:
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A transaction that is going to write says so at once: it waits for its turn, and never fails halfway for want of one."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgres(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": REACH})


@contextmanager
def writing(engine: Engine, in_turn: bool = False) -> Iterator[Connection]:
    """One transaction that writes; with `in_turn` no other such transaction runs at the same time, on any server."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if in_turn and engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS})
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def current(engine: Engine) -> bool:
    """Whether the tables are of the present version."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _upgrade(engine: Engine) -> None:
    """Bring the tables to the present version; of several servers that start together one does it and the others wait."""
    config = _config()
    with writing(engine, in_turn=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
