"""Stores for tests: SQLite always, PostgreSQL where NPS_TEST_POSTGRES names a database; each test has one to itself."""

import os
import secrets
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

POSTGRES = os.environ.get("NPS_TEST_POSTGRES", "")
KINDS = ("sqlite", "postgresql") if POSTGRES else ("sqlite",)


@contextmanager
def fresh_url(kind, folder):
    """The address of a store that is not there yet."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/views/store.sqlite3"
        return
    schema = f"test_{secrets.token_hex(8)}"
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


def every_byte(store, folder):
    """All that lies in a store: the files of SQLite, or every column of every row of PostgreSQL."""
    if store._engine.dialect.name == "sqlite":
        return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    found = []
    with store._engine.connect() as connection:
        for table in ("view", "sealed"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                found += [bytes(x) if isinstance(x, bytes | memoryview) else str(x).encode() for x in row]
    return b"\0".join(found)
