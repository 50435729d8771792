"""Hosted views: what they hold, the terms they are shared on, and how they are shared and opened. This is the room's face."""

from nps_core.hosted.held import Held
from nps_core.hosted.known import Known
from nps_core.hosted.making import numbers_only
from nps_core.hosted.numbers import Numbers
from nps_core.hosted.payload import Payload
from nps_core.hosted.rows import Rows, numbers_and_comments
from nps_core.hosted.sharing import (
    Links,
    Managed,
    Opened,
    Owned,
    change,
    extend,
    let_go,
    manage,
    open_shared,
    owned,
    owner_digest,
    revoke,
    revoke_owned,
    share,
    unchanged,
)
from nps_core.hosted.shell import shell
from nps_core.hosted.terms import Terms

__all__ = [
    "Held",
    "Known",
    "Links",
    "Managed",
    "Numbers",
    "Opened",
    "Owned",
    "Payload",
    "Rows",
    "Terms",
    "change",
    "extend",
    "let_go",
    "manage",
    "numbers_and_comments",
    "numbers_only",
    "open_shared",
    "owned",
    "owner_digest",
    "revoke",
    "revoke_owned",
    "share",
    "shell",
    "unchanged",
]
