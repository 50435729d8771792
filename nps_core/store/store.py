"""What happens to a hosted view in the store: made, opened, managed, changed, revoked, forgotten.

Every method is one transaction: killed at any point, it happened or it did not. What two servers could do at the same time is
decided by the database, in one statement. Times handed in know their zone.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, case, delete, func, insert, select, update

from nps_core.errors import QuotaReached, StoreUnavailable
from nps_core.store.engine import calmly, current, reach, writing
from nps_core.store.schema import sealed, view

TRIES = 10  # wrong passcodes until a view is locked
LOCKED_FOR = timedelta(minutes=15)
log = logging.getLogger("nps_explorer.views")


@dataclass(frozen=True)
class Limits:
    """How much there may be: bytes of one view, views and bytes of the store, views and bytes of one browser or account."""

    view_bytes: int
    store_views: int
    store_bytes: int
    owner_views: int
    owner_bytes: int


@dataclass(frozen=True)
class NewView:
    """A view as it is handed over to be kept; all bytes but the id, the digests and the owner's digest are sealed."""

    id: bytes
    link_digest: bytes
    manage_digest: bytes
    owner: bytes
    link_lock: bytes
    manage_lock: bytes
    link_copy: bytes
    terms: bytes
    data: bytes
    expires: datetime
    owner_copy: bytes = b""

    @property
    def size(self) -> int:
        """Bytes that count towards the quotas."""
        return len(self.data) + len(self.terms)


@dataclass(frozen=True)
class Facts:
    """What the store knows of a view without any key."""

    id: bytes
    created: datetime
    expires: datetime
    last_opened: datetime | None
    opens: int
    locked_until: datetime | None
    size: int
    revoked: datetime | None

    def locked(self, now: datetime) -> bool:
        """Whether too many wrong passcodes keep it locked."""
        return self.locked_until is not None and self.locked_until > now


@dataclass(frozen=True)
class Kept:
    """A view as it is found: its facts, and what a link or a manage link opens. After revoking all bytes but the id are empty."""

    facts: Facts
    link_lock: bytes
    manage_lock: bytes
    link_copy: bytes
    terms: bytes
    owner_copy: bytes = b""


PARTS = ("link_lock", "manage_lock", "link_copy", "terms", "owner_copy")  # the sealed bytes of a `Kept`


def open_store(url: str) -> "Store":
    """The store at an address (see `nps_core.settings`), made on first use. Raises StoreUnavailable."""
    return Store(reach(url))


class Store:
    """Hosted views in one database. Methods raise StoreUnavailable where the database does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _writing(self, in_turn: bool = False) -> Iterator[Connection]:
        with calmly(), writing(self._engine, in_turn) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with calmly(), self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def ready(self) -> bool:
        """Whether the store answers and holds tables of the present version."""
        try:
            with calmly():
                return current(self._engine)
        except StoreUnavailable:
            return False

    def create(self, new: NewView, limits: Limits, now: datetime) -> None:
        """Keep a view. Raises QuotaReached; what has expired is deleted first and never counts."""
        _check_size(new, limits)
        with self._writing(in_turn=True) as connection:
            _purge(connection, now)
            _check_room(connection, new, limits)
            columns = {name: value for name, value in vars(new).items() if name != "data"} | {"size": new.size}
            columns |= {"created": _seconds(now), "expires": _seconds(new.expires), "opens": 0, "tries": 0}
            connection.execute(insert(view).values(columns))
            connection.execute(insert(sealed).values(view=new.id, data=new.data))
        _note("made", now, new.id)

    def open_view(self, link_digest: bytes, now: datetime, locked_too: bool = False) -> Kept | None:
        """The view behind a link, None where it is unknown, expired, revoked or locked; its data comes with `opened`.

        With `locked_too` one that is locked is found as well; its `facts` say so.
        """
        lock = () if locked_too else (~_locked(now),)
        return self._one(and_(view.c.link_digest == link_digest, _live(now), *lock))

    def count_try(self, view_id: bytes, now: datetime) -> bool:
        """Count one passcode before it is tried; False where the view is locked, and it must not be tried.

        The tenth in a row locks the view for 15 minutes. Counting comes first, so that many tries at once, on several servers,
        are still no more than ten.
        """
        over = view.c.locked_until <= _seconds(now)  # an earlier lock has run out: counting starts again
        tries = case((over, 1), else_=view.c.tries + 1)
        until = case((tries >= TRIES, _seconds(now + LOCKED_FOR)), else_=None)
        counted = update(view).where(view.c.id == view_id, _live(now), ~_locked(now)).values(tries=tries, locked_until=until)
        with self._writing() as connection:
            allowed = connection.execute(counted).rowcount == 1
            full = allowed and connection.scalar(select(view.c.tries).where(view.c.id == view_id)) == TRIES
        if full:
            _note("locked", now, view_id)
        return allowed

    def opened(self, view_id: bytes, now: datetime, tried: bool = True) -> bytes | None:
        """Note that a view was opened rightly, and hand over its sealed data; None where it was revoked or ran out meanwhile.

        That ends the count of tries, unless the passcode was not `tried` as strangers try it: then a lock stays.
        """
        noted = update(view).where(view.c.id == view_id, _live(now))
        values = {"last_opened": _seconds(now), "opens": view.c.opens + 1}
        values |= {"tries": 0, "locked_until": None} if tried else {}
        with self._writing() as connection:
            if connection.execute(noted.values(values)).rowcount != 1:
                return None
        # Read apart: a large view is not read while others wait to write. Revoked in between, there is nothing left to read.
        with self._reading() as connection:
            data = connection.scalar(select(sealed.c.data).where(sealed.c.view == view_id))
        _note("opened", now, view_id)
        return None if data is None else bytes(data)

    def open_for_managing(self, manage_digest: bytes, now: datetime) -> Kept | None:
        """The view behind a manage link, also when it is locked or revoked; None where it is unknown or expired."""
        return self._one(and_(view.c.manage_digest == manage_digest, view.c.expires > _seconds(now)))

    def owned(self, owner: bytes, now: datetime) -> tuple[Kept, ...]:
        """The views of a browser or an account that have not expired, the newest first."""
        chosen = select(view).where(view.c.owner == owner, view.c.expires > _seconds(now)).order_by(view.c.created.desc())
        with self._reading() as connection:
            return tuple(_kept(row) for row in connection.execute(chosen))

    def change_terms(self, manage_digest: bytes, terms: bytes, link_lock: bytes, now: datetime) -> bool:
        """Put other sealed terms, and the lock that goes with them, in place; False where there is no such live view.

        Another passcode is another lock: what was tried on the old one no longer counts.
        """
        values: dict[str, Any] = {"terms": terms, "link_lock": link_lock}
        fresh = view.c.link_lock != link_lock
        values["tries"] = case((fresh, 0), else_=view.c.tries)
        values["locked_until"] = case((fresh, None), else_=view.c.locked_until)
        return self._change("changed", manage_digest, values, now)

    def extend(self, manage_digest: bytes, expires: datetime, now: datetime) -> bool:
        """Let a view live until another time; False where there is no such live view."""
        return self._change("extended", manage_digest, {"expires": _seconds(expires)}, now)

    def revoke(self, manage_digest: bytes, now: datetime) -> bool:
        """Close a view for good and delete what it held; False where there is no such live view.

        That it was there, and when it was revoked, is kept for its owner until it would have expired.
        """
        return self._revoke(and_(view.c.manage_digest == manage_digest, _live(now)), now)

    def revoke_owned(self, owner: bytes, view_id: bytes, now: datetime) -> bool:
        """As `revoke`, of a view in an owner's own list."""
        return self._revoke(and_(view.c.owner == owner, view.c.id == view_id, _live(now)), now)

    def _revoke(self, chosen: ColumnElement[bool], now: datetime) -> bool:
        nothing: dict[str, Any] = dict.fromkeys(PARTS, b"")
        with self._writing() as connection:
            found = connection.scalar(select(view.c.id).where(chosen).with_for_update())
            if found is None:
                return False
            connection.execute(delete(sealed).where(sealed.c.view == found))
            connection.execute(update(view).where(view.c.id == found).values(revoked=_seconds(now), size=0, **nothing))
        _note("revoked", now, bytes(found))
        return True

    def purge_expired(self, now: datetime) -> int:
        """Delete every view whose time is over, data and all; how many there were."""
        with self._writing() as connection:
            return _purge(connection, now)

    def _one(self, chosen: ColumnElement[bool]) -> Kept | None:
        with self._reading() as connection:
            row = connection.execute(select(view).where(chosen)).first()
        return None if row is None else _kept(row)

    def _change(self, what: str, manage_digest: bytes, values: dict[str, Any], now: datetime) -> bool:
        chosen = and_(view.c.manage_digest == manage_digest, _live(now))
        with self._writing() as connection:
            found = connection.scalar(select(view.c.id).where(chosen).with_for_update())
            if found is not None:
                connection.execute(update(view).where(view.c.id == found).values(values))
        if found is not None:
            _note(what, now, bytes(found))
        return found is not None


def _live(now: datetime) -> ColumnElement[bool]:
    return and_(view.c.revoked.is_(None), view.c.expires > _seconds(now))


def _locked(now: datetime) -> ColumnElement[bool]:
    return and_(view.c.locked_until.is_not(None), view.c.locked_until > _seconds(now))


def _purge(connection: Connection, now: datetime) -> int:
    over = select(view.c.id).where(view.c.expires <= _seconds(now))
    connection.execute(delete(sealed).where(sealed.c.view.in_(over)))
    gone = connection.execute(delete(view).where(view.c.expires <= _seconds(now))).rowcount
    if gone:
        _note("purged", now, number=gone)
    return gone


def _check_size(new: NewView, limits: Limits) -> None:
    if new.size > limits.view_bytes:
        raise QuotaReached(
            f"a view of at most {limits.view_bytes / 1e6:,.0f} megabytes",
            f"{new.size / 1e6:,.1f}",
            "Share fewer answers by filtering first, or share numbers only.",
        )


def _check_room(connection: Connection, new: NewView, limits: Limits) -> None:
    """Raise QuotaReached where one more view would be too many, or too much; revoked views no longer count."""
    kept = select(func.count(), func.coalesce(func.sum(view.c.size), 0)).where(view.c.revoked.is_(None))
    whose = (
        ("this browser or account", kept.where(view.c.owner == new.owner), limits.owner_views, limits.owner_bytes),
        ("the whole store", kept, limits.store_views, limits.store_bytes),
    )
    for name, question, most_views, most_bytes in whose:
        views, size = connection.execute(question).one()
        if views + 1 > most_views or size + new.size > most_bytes:
            raise QuotaReached(
                f"at most {most_views:,} views and {most_bytes / 1e6:,.0f} megabytes for {name}",
                f"{views:,} views and {float(size) / 1e6:,.1f} megabytes already",
                "Revoke a view that is no longer needed, wait until one expires, or ask whoever runs this server for more room.",
            )


def _kept(row: Row[Any]) -> Kept:
    return Kept(_facts(row), *(bytes(getattr(row, part)) for part in PARTS))


def _facts(row: Row[Any]) -> Facts:
    moments = {name: _moment(getattr(row, name)) for name in ("last_opened", "locked_until", "revoked")}
    return Facts(
        id=bytes(row.id),
        created=datetime.fromtimestamp(row.created, UTC),
        expires=datetime.fromtimestamp(row.expires, UTC),
        opens=row.opens,
        size=row.size,
        **moments,
    )


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _note(what: str, now: datetime, view_id: bytes | None = None, number: int = 1) -> None:
    """One line of JSON in the log; the id says which view, and opens nothing."""
    line = {"at": now.isoformat(timespec="seconds"), "event": what, "views": number}
    log.info(json.dumps(line | ({"view": view_id.hex()} if view_id else {})))
