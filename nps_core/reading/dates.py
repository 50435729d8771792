"""Dates as exports write them → seconds since 1970, one form for the whole column.

Wall-clock times stay as written; a zone beside them is kept as text. The order of day and month is settled by the whole
column. It must not know which column is the survey's date; `roles` chooses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import Column, cast
from nps_core.reading.natural import month_number
from nps_core.reading.words import DAY_FIRST_HEADERS, named

TIME = (
    r"(?:(?:T|,? +)(?P<H>\d{1,2})[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,]\d+)?)?"
    r" *(?P<p>[AaPp]\.?[Mm]\.?)?(?: *\(?(?P<z>Z|[+\-]\d{2}:?\d{2}|[A-Z]{2,5}(?:[+\-]\d{1,2}(?::?\d{2})?)?)\)?)?)?"
)
FORMS = {
    "iso": r"(?P<y>\d{4})[\-/.](?P<m>\d{1,2})[\-/.](?P<d>\d{1,2})" + TIME,
    "two": r"(?P<m>\d{1,2})(?P<sep>[\-/.])(?P<d>\d{1,2})[\-/.](?P<y>\d{4}|\d{2})" + TIME,  # day and month in either order
    "named": r"(?:[^\W\d_]{2,10}\.?,? +)?(?P<d>\d{1,2})(?:st|nd|rd|th|er)?[.,]?[ \-/](?:de )?(?P<n>[^\W\d_]{3,12})\.?,?"
    r"[ \-/](?:de )?(?P<y>\d{4}|\d{2})" + TIME,
    "named_us": r"(?:[^\W\d_]{2,10}\.?,? +)?(?P<n>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})" + TIME,
    "compact": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    "unix": r"(?P<u>\d{10})(?:\.\d+)?",
    "unix_ms": r"(?P<u>\d{10})\d{3}",
    "excel": r"(?P<x>\d{5}(?:\.\d+)?)",
}
PATTERNS = {name: re.compile(form) for name, form in FORMS.items()}
BARE_NUMBERS = {"compact", "unix", "unix_ms", "excel"}  # a date only where the header says so
MOSTLY = 0.9
GLANCE = 20  # texts of which one at least must be a date before all of the sample are looked at
FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = np.datetime64("1899-12-30", "s").astype(np.int64)
NAT = np.iinfo(np.int64).min
WORDS = {
    "iso": "year-month-day",
    "named": "with the name of the month",
    "named_us": "with the name of the month",
    "compact": "yyyymmdd",
    "unix": "seconds since 1970",
    "unix_ms": "milliseconds since 1970",
    "excel": "Excel's day numbers",
}


@dataclass(frozen=True)
class Form:
    """How a column writes dates. `month_first` only matters for the form ``two``; `why` is the reason for it, in words."""

    name: str
    month_first: bool = False
    why: str = ""

    @property
    def words(self) -> str:
        """The form in words."""
        if self.name != "two":
            return WORDS[self.name]
        return ("month/day/year" if self.month_first else "day/month/year") + f" ({self.why})"


def find_form(column: Column, header_says_date: bool) -> Form | None:
    """The form that nearly all texts of the sample have, None where there is none."""
    first = list(column.sample)[:GLANCE]
    able = [name for name, pattern in PATTERNS.items() if any(map(pattern.fullmatch, first))]
    shares = {name: column.share(PATTERNS[name]) for name in able if header_says_date or name not in BARE_NUMBERS}
    name = max(shares, key=lambda form: shares[form], default="")
    if not name or shares[name] < MOSTLY:
        return None
    form = Form(name)
    if name == "named" or name == "named_us":
        months = [month_number(found["n"]) for text in column.sample if (found := PATTERNS[name].fullmatch(text))]
        return form if sum(month is not None for month in months) >= MOSTLY * len(months) else None
    if name in ("unix", "unix_ms", "excel"):
        return form if _plausible(column, form) else None
    return form


def _plausible(column: Column, form: Form) -> bool:
    """Whether numbers read as dates fall between 1990 and 2100: five digits may as well be a post code."""
    seconds = _parse_texts(list(column.sample), form)
    low, high = (np.datetime64(year, "s").astype(np.int64) for year in ("1990", "2100"))
    return bool(((seconds >= low) & (seconds < high)).all())


def parse(column: Column, form: Form) -> tuple[NDArray[np.int64], Form, tuple[str, ...]]:
    """Seconds since 1970 for every cell (`NAT` where it holds no date), the form with its order settled, and the zones."""
    if form.name == "iso" and (fast := _fast_iso(column.array)) is not None:
        return fast, form, ()
    codes, spellings = column.spelled
    texts = [text.strip() for text in spellings]
    if form.name == "two":
        form = _settle(texts, column, form)
    seconds = _parse_texts(texts, form)
    zones = _zones(texts, form)
    return seconds[codes] if len(seconds) else np.zeros(0, dtype=np.int64), form, zones


def _fast_iso(array: pa.ChunkedArray) -> NDArray[np.int64] | None:
    """ISO dates without zones by Arrow's own cast, many times faster than anything else; None where it cannot read them all."""
    stamps = cast(array, pa.timestamp("s"))
    return None if stamps is None else np.asarray(pac.fill_null(stamps.cast(pa.int64()), NAT), dtype=np.int64)


def _civil(year: object, month: object, day: object, hour: object, minute: object, second: object) -> NDArray[np.int64]:
    """Seconds since 1970, `NAT` for a day or a time that does not exist."""
    y, m, d, hh, mm, ss = (np.asarray(part, dtype=np.int32) for part in (year, month, day, hour, minute, second))
    good = (m >= 1) & (m <= 12) & (d >= 1) & (d <= 31) & (y >= FIRST_YEAR) & (y <= LAST_YEAR) & (hh <= 24) & (mm < 60) & (ss < 61)
    months = np.where(good, (y - 1970) * 12 + m - 1, 0)
    first = months.astype("datetime64[M]")
    days = first.astype("datetime64[D]").view(np.int64) + d - 1
    next_month = (first + 1).astype("datetime64[D]").view(np.int64)
    good &= days < next_month
    return np.where(good, days * 86400 + hh.astype(np.int64) * 3600 + mm * 60 + ss, NAT)


def _groups(texts: Sequence[str], form: Form) -> dict[str, pa.Array]:
    array = pa.array(texts, pa.large_string())
    found = pac.extract_regex(array, f"^(?:{FORMS[form.name]})$")
    return {name: pac.struct_field(found, name) for name in _names(form)} | {"ok": found.is_valid()}


def _names(form: Form) -> list[str]:
    return list(PATTERNS[form.name].groupindex)


def _whole(text: pa.Array) -> NDArray[np.int64]:
    filled = pac.if_else(pac.fill_null(pac.equal(text, ""), True), "0", text)
    return np.asarray(pac.fill_null(filled, "0").cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _parse_texts(texts: Sequence[str], form: Form) -> NDArray[np.int64]:
    """Seconds since 1970 of each text."""
    if not texts:
        return np.zeros(0, dtype=np.int64)
    parts = _groups(texts, form)
    ok = parts["ok"].to_numpy(zero_copy_only=False)
    if form.name in ("unix", "unix_ms"):
        return np.where(ok, _whole(parts["u"]), NAT)
    if form.name == "excel":
        days = pac.fill_null(pac.if_else(pac.fill_null(pac.equal(parts["x"], ""), True), "0", parts["x"]), "0").cast(pa.float64())
        return np.where(ok, np.rint(days.to_numpy() * 86400).astype(np.int64) + EXCEL_EPOCH, NAT)
    year, day = _whole(parts["y"]), _whole(parts["d"])
    year = np.where(year < 100, year + np.where(year < 70, 2000, 1900), year)
    month = _months(parts["n"]) if "n" in parts else _whole(parts["m"])
    if form.name == "two" and not form.month_first:
        month, day = day, month
    if "H" not in parts:
        return np.where(ok, _civil(year, month, day, 0, 0, 0), NAT)
    hour = _whole(parts["H"])
    half = pac.utf8_lower(pac.utf8_slice_codeunits(parts["p"], 0, 1))
    pm, am = (pac.fill_null(pac.equal(half, letter), False).to_numpy(zero_copy_only=False) for letter in "pa")
    hour = np.where(pm, hour % 12 + 12, np.where(am, hour % 12, hour))
    return np.where(ok, _civil(year, month, day, hour, _whole(parts["M"]), _whole(parts["S"])), NAT)


def _months(names: pa.Array) -> NDArray[np.int64]:
    encoded = names.dictionary_encode()
    known = np.array([month_number(name or "") or 0 for name in encoded.dictionary.to_pylist()] + [0], dtype=np.int64)
    places: NDArray[np.int64] = np.asarray(pac.fill_null(encoded.indices, -1), dtype=np.int64)
    return known[places]


def _zones(texts: Sequence[str], form: Form) -> tuple[str, ...]:
    if "z" not in _names(form) or not texts:
        return ()
    found = _groups(texts, form)["z"].drop_null().unique().to_pylist()
    return tuple(sorted(zone for zone in found if zone and zone.upper() not in ("AM", "PM")))


def _settle(texts: Sequence[str], column: Column, form: Form) -> Form:
    """The order of day and month, from the whole column: a number above 12 is no month; else what else speaks for one order."""
    parts = _groups(texts, form)
    ok = parts["ok"].to_numpy(zero_copy_only=False)
    first, second = _whole(parts["m"])[ok], _whole(parts["d"])[ok]
    above_first, above_second = int((first > 12).sum()), int((second > 12).sum())
    if above_first or above_second:
        month_first = above_second > above_first
        return replace(form, month_first=month_first, why=f"numbers above 12 stand {'second' if month_first else 'first'}")
    if not len(first):
        return replace(form, why="by default")
    if "." in parts["sep"].to_pylist():
        return replace(form, why="written with points")
    if named(DAY_FIRST_HEADERS, column.header):
        return replace(form, why="as in the language of the header")
    if any(p for p in parts["p"].to_pylist()):
        return replace(form, month_first=True, why="written with AM and PM")
    seconds = {order: _parse_texts(texts, replace(form, month_first=order)) for order in (False, True)}
    sorted_when = {order: _is_sorted(values[ok]) for order, values in seconds.items()}
    if sorted_when[True] != sorted_when[False]:
        return replace(form, month_first=sorted_when[True], why="so that the rows stand in order of time")
    return replace(form, why="taken as day first: no number above 12 settles it")


def _is_sorted(seconds: NDArray[np.int64]) -> bool:
    steps = np.diff(seconds)
    return bool((steps >= 0).all() or (steps <= 0).all())
