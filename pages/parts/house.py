"""What all visits of this process share: the operator's settings, the clock, and the working copies. Nothing of Streamlit."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from nps_core import settings as wording_of
from nps_core.settings import MEGABYTE, Settings
from nps_core.working import WorkingCopies


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
