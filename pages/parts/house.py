"""What all visits of this process share: the operator's settings, the clock, the working copies, the store of hosted views.

Nothing of Streamlit. What brings the database is imported where it is first needed: the score can do without.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from nps_core import settings as wording_of
from nps_core.settings import MEGABYTE, Settings
from nps_core.working import WorkingCopies

if TYPE_CHECKING:
    from nps_core.hosted import Held, Known
    from nps_core.store import Store

_ONE_AT_A_TIME = Lock()


@cache
def settings() -> Settings:
    """What the operator decided, read once. Raises BadSetting."""
    return wording_of.settings(os.environ)


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@cache
def copies() -> "WorkingCopies[Any]":
    """What readers have open, in memory only."""
    chosen = settings()
    return WorkingCopies(timedelta(hours=chosen.working_copy_hours), chosen.working_copies_max_mb * MEGABYTE)


@cache
def _stores() -> "list[Store]":
    return []


def store() -> "Store":
    """The store of hosted views, reached on first use, and tried anew as long as that fails. Raises StoreUnavailable."""
    from nps_core.store import open_store

    with _ONE_AT_A_TIME:
        if not _stores():
            _stores().append(open_store(settings().store_url))
        return _stores()[0]


@cache
def held() -> "Held":
    """The hosted views that somebody has open: the same view in several browsers is decoded and held once."""
    from nps_core.hosted import Held

    return Held()


@cache
def known() -> "Known":
    """The browsers that have given the right passcode of a view."""
    from nps_core.hosted import Known

    return Known()


def store_exists() -> bool:
    """Whether there is a store already; one that is a file is made when somebody first shares."""
    url = settings().store_url
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()
