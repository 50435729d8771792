"""Dates as exports write them → seconds since 1970, one form for the whole column, or the few that it mixes.

Wall-clock times stay as written; a zone beside them is kept as text. The order of day and month is settled by `date_order`.
It must not know which column is the survey's date; `roles` chooses.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import Column, cast
from nps_core.reading.date_order import Order, Written, settle
from nps_core.reading.natural import is_month, month_number

TIME = (
    r"(?:(?:T|,? +)(?P<H>\d{1,2})[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,]\d+)?)?"
    r" *(?P<p>[AaPp]\.?[Mm]\.?)?(?: *\(?(?P<z>Z|[+\-]\d{2}:?\d{2}|[A-Z]{2,5}(?:[+\-]\d{1,2}(?::?\d{2})?)?)\)?)?)?"
)
TIME_CJK = r"(?:\s*(?P<H>\d{1,2})\s*[:時时시]\s*(?P<M>\d{1,2})(?:\s*[:分분]\s*(?P<S>\d{1,2})\s*[秒초]?|\s*[分분])?)?"
YEAR = r"(?P<y>199\d|20[0-4]\d)"  # of dates without a day; other numbers of four digits are other things
FORMS = {
    "iso": r"(?P<y>\d{4})[\-/.](?P<m>\d{1,2})[\-/.](?P<d>\d{1,2})" + TIME,
    "two": r"(?P<m>\d{1,2})(?P<sep>[\-/.])(?P<d>\d{1,2})[\-/.](?P<y>\d{4}|\d{2})" + TIME,  # day and month in either order
    "named": r"(?:[^\W\d_]{2,10}\.?,? +)?(?P<d>\d{1,2})(?:st|nd|rd|th|er)?[.,]?[ \-/](?:de )?(?P<n>[^\W\d_]{3,12})\.?,?"
    r"[ \-/](?:de )?(?P<y>\d{4}|\d{2})" + TIME,
    "named_us": r"(?:[^\W\d_]{2,10}\.?,? +)?(?P<n>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})" + TIME,
    "cjk": r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号일](?:\s*[(（][^\d()（）]{1,4}[)）])?"
    + TIME_CJK,
    "compact": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    "unix": r"(?P<u>\d{10})(?:\.\d+)?",
    "unix_ms": r"(?P<u>\d{10})\d{3}",
    "excel": r"(?P<x>\d{5}(?:\.\d+)?)",
    "month": YEAR + r"[\-/.](?P<m>0?[1-9]|1[0-2])",  # 2024-03
    "month_year": r"(?P<m>0?[1-9]|1[0-2])[\-/.]" + YEAR,  # 03/2024
    "month_compact": YEAR + r"(?P<m>0[1-9]|1[0-2])",  # 202403
    # March 2024, Mar-24, marzo de 2024
    "month_named": r"(?P<n>[^\W\d_]{3,12})\.?,?(?: del? | di |[ \-/])'?(?P<y>(?:19|20)?\d{2})",
    "named_month": r"(?P<y>(?:19|20)\d{2})[ \-/](?P<n>[^\W\d_]{3,12})\.?",  # 2024 March
    "month_cjk": r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]",
    "year": YEAR + "[年년]?",
}
PATTERNS = {name: re.compile(form) for name, form in FORMS.items()}
COARSE = {"month", "month_year", "month_compact", "month_named", "named_month", "month_cjk", "year"}  # without a day
BARE_NUMBERS = {"compact", "unix", "unix_ms", "excel"} | COARSE  # a date only where the header says so
MOSTLY = 0.9
GLANCE = 20  # texts of which one at least must be a date before all of the sample are looked at
FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = np.datetime64("1899-12-30", "s").astype(np.int64)
UNSETTLED = Order(False, "")
NAT = np.iinfo(np.int64).min
WORDS = {
    "iso": "year-month-day",
    "named": "with the name of the month",
    "named_us": "with the name of the month",
    "cjk": "year, month and day with their signs",
    "compact": "yyyymmdd",
    "unix": "seconds since 1970",
    "unix_ms": "milliseconds since 1970",
    "excel": "Excel's day numbers",
    "year": "years only, each taken for its first day",
} | dict.fromkeys(sorted(COARSE - {"year"}), "months only, each taken for its first day")


@dataclass(frozen=True)
class Form:
    """How a column writes dates: mostly in the form `name`, some cells in those of `also`.

    `order` only matters for the form ``two``.
    """

    name: str
    also: tuple[str, ...] = ()
    order: Order = UNSETTLED

    @property
    def open(self) -> bool:
        """Whether nothing settles the order of day and month."""
        return self.order.open

    @property
    def coarse(self) -> bool:
        """Whether no day is written."""
        return self.name in COARSE

    @property
    def words(self) -> str:
        """The form in words."""
        return " and ".join(dict.fromkeys(self._words(name) for name in (self.name, *self.also)))

    def _words(self, name: str) -> str:
        if name != "two":
            return WORDS[name]
        return ("month/day/year" if self.order.month_first else "day/month/year") + f" ({self.order.why})"


def plain(text: str) -> str:
    """The text with the usual digits, brackets and blanks in place of wide, narrow or unbreakable ones.

    >>> plain("２０２４年３月５日"), plain("3:05\u202fPM")
    ('2024年3月5日', '3:05 PM')
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _sample(column: Column) -> Counter[str]:
    texts = Counter[str]()
    for text, many in column.sample.items():
        texts[plain(text)] += many
    return texts


def _share(texts: Counter[str], name: str) -> float:
    matching = sum(many for text, many in texts.items() if PATTERNS[name].fullmatch(text))
    return matching / texts.total() if texts else 0.0


def find_form(column: Column, header_says_date: bool) -> Form | None:
    """The form that nearly all texts of the sample have, or those that share them out; None where there is none."""
    first = [plain(text) for text in list(column.sample)[:GLANCE]]
    able = [name for name, pattern in PATTERNS.items() if any(map(pattern.fullmatch, first))]
    if not able:
        return None
    texts = _sample(column)
    shares = {name: _share(texts, name) for name in able if header_says_date or name not in BARE_NUMBERS}
    name = max(shares, key=lambda form: shares[form], default="")
    if not name:
        return None
    if shares[name] < MOSTLY:
        return _mixture(texts, sorted(able, key=lambda form: -shares.get(form, 0.0)), header_says_date)
    return Form(name) if _holds(texts, name) else None


def _mixture(sample: Counter[str], able: Sequence[str], header_says_date: bool) -> Form | None:
    """The forms that share out nearly all texts: what a spreadsheet leaves that took some dates for dates and others for text."""
    texts, names = dict(sample), list[str]()
    for name in able:
        own = [text for text in texts if PATTERNS[name].fullmatch(text)]
        if not own or (name in BARE_NUMBERS and not header_says_date) or not _holds(sample, name):
            continue
        names.append(name)
        for text in own:
            del texts[text]
    return Form(names[0], tuple(names[1:])) if names and sum(texts.values()) <= (1 - MOSTLY) * sample.total() else None


def _holds(sample: Counter[str], name: str) -> bool:
    """Whether texts of this form are dates: names are months, numbers fall into our time."""
    if name in ("named", "named_us"):
        months = [month_number(found["n"]) for text in sample if (found := PATTERNS[name].fullmatch(text))]
        return sum(month is not None for month in months) >= MOSTLY * len(months)
    if name in ("month_named", "named_month"):
        return all(is_month(found["n"]) for text in sample if (found := PATTERNS[name].fullmatch(text)))
    return name not in ("unix", "unix_ms", "excel") or _plausible(sample, name)


def _plausible(sample: Counter[str], name: str) -> bool:
    """Whether numbers read as dates fall between 1990 and 2100: five digits may as well be a post code."""
    seconds = _parse_texts([text for text in sample if PATTERNS[name].fullmatch(text)], name)
    low, high = (np.datetime64(year, "s").astype(np.int64) for year in ("1990", "2100"))
    return bool(((seconds >= low) & (seconds < high)).all())


def parse(
    column: Column, form: Form, others: Sequence[Column] = (), chosen: str | None = None
) -> tuple[NDArray[np.int64], Form, tuple[str, ...]]:
    """Seconds since 1970 for every cell (`NAT` where it holds no date), the form with its order settled, and the zones.

    `others` are the columns that may help to settle the order, `chosen` is the reader's own word on it (see `date_order.ORDERS`).
    """
    if form.name == "iso" and not form.also and (fast := _fast_iso(column.array)) is not None:
        return fast, form, ()
    codes, spellings = column.spelled
    texts = [plain(text) for text in spellings]
    names = (form.name, *form.also)
    if "two" in names:
        form = replace(form, order=_settle(texts, column, others, chosen))
    seconds = np.full(len(texts), NAT, dtype=np.int64)
    for name in names:
        seconds = np.where(seconds == NAT, _parse_texts(texts, name, form.order), seconds)
    zones = tuple(sorted({zone for name in names for zone in _zones(texts, name)}))
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
    first, next_month = (each.astype("datetime64[M]").astype("datetime64[D]").view(np.int64) for each in (months, months + 1))
    days = first + d - 1
    good &= days < next_month
    return np.where(good, days * 86400 + hh.astype(np.int64) * 3600 + mm * 60 + ss, NAT)


def _groups(texts: Sequence[str], name: str) -> dict[str, pa.Array]:
    array = pa.array(texts, pa.large_string())
    form = FORMS[name].replace(r"[^\W\d_]", r"\pL")  # Arrow takes only a to z for letters otherwise
    found = pac.extract_regex(array, f"^(?:{form})$")
    return {part: pac.struct_field(found, part) for part in PATTERNS[name].groupindex} | {"ok": found.is_valid()}


def _whole(text: pa.Array) -> NDArray[np.int64]:
    filled = pac.if_else(pac.fill_null(pac.equal(text, ""), True), "0", text)
    return np.asarray(pac.fill_null(filled, "0").cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _parse_texts(texts: Sequence[str], name: str, order: Order = UNSETTLED) -> NDArray[np.int64]:
    """Seconds since 1970 of each text."""
    if not texts:
        return np.zeros(0, dtype=np.int64)
    parts = _groups(texts, name)
    ok = parts["ok"].to_numpy(zero_copy_only=False)
    if name in ("unix", "unix_ms"):
        return np.where(ok, _whole(parts["u"]), NAT)
    if name == "excel":
        days = pac.fill_null(pac.if_else(pac.fill_null(pac.equal(parts["x"], ""), True), "0", parts["x"]), "0").cast(pa.float64())
        return np.where(ok, np.rint(days.to_numpy() * 86400).astype(np.int64) + EXCEL_EPOCH, NAT)
    year = _whole(parts["y"])
    year = np.where(year < 100, year + np.where(year < 70, 2000, 1900), year)
    day = _whole(parts["d"]) if "d" in parts else np.ones(len(year), dtype=np.int64)
    month = _months(parts["n"]) if "n" in parts else _whole(parts["m"]) if "m" in parts else np.ones_like(day)
    if name == "two":
        swap = np.full(len(day), not order.month_first)
        if order.mixed:  # a number above 12 can only be the day, whatever the others are
            swap = np.where(month > 12, True, np.where(day > 12, False, swap))
        month, day = np.where(swap, day, month), np.where(swap, month, day)
    if "H" not in parts:
        return np.where(ok, _civil(year, month, day, 0, 0, 0), NAT)
    hour = _whole(parts["H"])
    if "p" in parts:
        half = pac.utf8_lower(pac.utf8_slice_codeunits(parts["p"], 0, 1))
        pm, am = (pac.fill_null(pac.equal(half, letter), False).to_numpy(zero_copy_only=False) for letter in "pa")
        hour = np.where(pm, hour % 12 + 12, np.where(am, hour % 12, hour))
    return np.where(ok, _civil(year, month, day, hour, _whole(parts["M"]), _whole(parts["S"])), NAT)


def _months(names: pa.Array) -> NDArray[np.int64]:
    encoded = names.dictionary_encode()
    known = np.array([month_number(name or "") or 0 for name in encoded.dictionary.to_pylist()] + [0], dtype=np.int64)
    places: NDArray[np.int64] = np.asarray(pac.fill_null(encoded.indices, -1), dtype=np.int64)
    return known[places]


def _zones(texts: Sequence[str], name: str) -> tuple[str, ...]:
    if "z" not in PATTERNS[name].groupindex or not texts:
        return ()
    found = _groups(texts, name)["z"].drop_null().unique().to_pylist()
    return tuple(sorted(zone for zone in found if zone and zone.upper() not in ("AM", "PM")))


def _settle(texts: Sequence[str], column: Column, others: Sequence[Column], chosen: str | None) -> Order:
    """The order of day and month in the texts of the form ``two``."""
    parts = _groups(texts, "two")
    first, second = _whole(parts["m"]), _whole(parts["d"])
    ok = parts["ok"].to_numpy(zero_copy_only=False)
    codes = column.spelled[0]
    rows = codes[ok[codes]] if len(ok) else codes

    def read(month_first: bool) -> NDArray[np.int64]:
        return _parse_texts(texts, "two", Order(month_first, "", mixed=True))[rows]

    points = "." in parts["sep"].to_pylist()
    written = Written(np.where(ok, first, 0), np.where(ok, second, 0), points, any(parts["p"].to_pylist()))
    return settle(written, column, others, read, chosen)
