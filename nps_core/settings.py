"""Everything an operator can set, in one place: names, defaults, bounds, and what each is for.

Settings are environment variables called ``NPS_…``. `settings` is a pure function of a mapping; whoever starts the app hands in
the environment. A name that is not known, or a value out of bounds, is an error at start, not a surprise later.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from nps_core.errors import BadSetting

PREFIX = "NPS_"
TESTS = "NPS_TEST_"  # what the tests are told, none of the app's business
EXPIRIES = (1, 7, 30, 90)  # days a hosted view can live
USUAL_EXPIRY = 30
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What the operator decided; units stand in the names, a megabyte is 1,000,000 bytes. The address may hold a password."""

    store_url: str = field(default="sqlite:///hosted/views.sqlite3", repr=False)
    longest_expiry_days: int = 90
    floor: int = 5
    view_max_mb: int = 64
    store_max_mb: int = 2000
    store_max_views: int = 10_000
    browser_max_mb: int = 200
    browser_max_views: int = 50
    working_copy_hours: int = 2
    working_copies_max_mb: int = 4000
    frame_ancestors: str = "'self'"
    allowed_domains: tuple[str, ...] = ()

    @property
    def expiries(self) -> tuple[int, ...]:
        """The lifetimes in days that a sharer can choose from; always at least one.

        >>> Settings(longest_expiry_days=14).expiries
        (1, 7)
        """
        return tuple(days for days in EXPIRIES if days <= self.longest_expiry_days)

    @property
    def usual_expiry(self) -> int:
        """The lifetime in days that is chosen at first."""
        return min(USUAL_EXPIRY, self.expiries[-1])


class Setting(NamedTuple):
    """One line of the documentation: the variable, the field of `Settings`, how it is read, and what it is for."""

    name: str
    field: str
    parse: Callable[[str], Any]
    meaning: str


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, flags=re.ASCII) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _store_url(text: str) -> str:
    if not re.match(r"(sqlite:///.|postgresql(\+psycopg)?://.)", text):
        raise ValueError("sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE")
    return text


def _ancestors(text: str) -> str:
    """Sources as in Content-Security-Policy; nothing that could end the directive and begin another."""
    source = r"('self'|'none'|https?://[\w.*-]+(:(\d+|\*))?)"
    if not re.fullmatch(rf"{source}( +{source})*", text, flags=re.ASCII):
        raise ValueError("'self', 'none' or addresses such as https://intranet.example.com, with blanks between")
    return text


def _domains(text: str) -> tuple[str, ...]:
    domains = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", domain) for domain in domains):
        raise ValueError("domains such as example.com, with commas between")
    return domains


SETTINGS: tuple[Setting, ...] = (
    Setting("NPS_STORE_URL", "store_url", _store_url, "where hosted views are kept: a file of one machine, or PostgreSQL"),
    Setting("NPS_LONGEST_EXPIRY_DAYS", "longest_expiry_days", _whole(1, 90), "the longest a hosted view can live, in days"),
    Setting("NPS_FLOOR", "floor", _whole(5, 20), "fewer answers than this are never shown in a hosted view"),
    Setting("NPS_VIEW_MAX_MB", "view_max_mb", _whole(1, 500), "the largest hosted view, in megabytes as stored"),
    Setting("NPS_STORE_MAX_MB", "store_max_mb", _whole(1, 1_000_000), "all hosted views together, in megabytes"),
    Setting("NPS_STORE_MAX_VIEWS", "store_max_views", _whole(1, 10_000_000), "how many hosted views there can be"),
    Setting("NPS_BROWSER_MAX_MB", "browser_max_mb", _whole(1, 1_000_000), "hosted views of one browser or account, in megabytes"),
    Setting("NPS_BROWSER_MAX_VIEWS", "browser_max_views", _whole(1, 1_000_000), "hosted views of one browser or account"),
    Setting(
        "NPS_WORKING_COPY_HOURS",
        "working_copy_hours",
        _whole(1, 48),
        "how long an unused upload stays in memory, in hours",
    ),
    Setting("NPS_WORKING_COPIES_MAX_MB", "working_copies_max_mb", _whole(1, 1_000_000), "all uploads in memory, in megabytes"),
    Setting("NPS_FRAME_ANCESTORS", "frame_ancestors", _ancestors, "which sites may show the app in a frame"),
    Setting("NPS_ALLOWED_DOMAINS", "allowed_domains", _domains, "with sign-in: whose addresses may upload and share"),
)


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment holds; what it leaves out, or leaves empty, is at its default.

    Raises BadSetting, which names every setting that is not right; values are not repeated where they can hold a password.

    >>> settings({"NPS_FLOOR": "10", "HOME": "/"}).floor
    10
    """
    known = {setting.name: setting for setting in SETTINGS}
    given = {name: text.strip() for name, text in environment.items() if name.startswith(PREFIX) and not name.startswith(TESTS)}
    wrong = [_unknown(name, known) for name in sorted(given) if name not in known]
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        if text := given.get(setting.name, ""):
            try:
                values[setting.field] = setting.parse(text)
            except ValueError as error:
                shown = "something else" if setting.field == "store_url" else f"“{text[:80]}”"
                wrong.append((f"{setting.name} to be {error}", shown))
    if wrong:
        expected, found = ("; ".join(parts) for parts in zip(*wrong, strict=True))
        raise BadSetting(expected, found, "Change the setting, or take it away for the default, and start the app again.")
    return Settings(**values)


def _unknown(name: str, known: Mapping[str, Setting]) -> tuple[str, str]:
    near = get_close_matches(name, known, n=1)
    return f"{'a setting such as ' + near[0] if near else 'no other setting that begins with NPS_'}", f"“{name[:80]}”"
