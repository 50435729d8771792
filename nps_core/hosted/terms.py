"""The terms a view is shared on: what its reader is told, may do, and sees first. Sealed with the view, as JSON with limits."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace

from nps_core.errors import SealBroken, UnknownValue
from nps_core.settings import EXPIRIES, USUAL_EXPIRY

KINDS = ("numbers", "comments")
LONGEST_TITLE, LONGEST_NOTE = 120, 2000  # characters
MOST_PARAMS, LONGEST_PARAM = 200, 500
LARGEST = 1_000_000  # bytes of all terms
FORMAT = 1
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PAGE = re.compile(r"[a-z][a-z_]{0,39}", flags=re.ASCII)


@dataclass(frozen=True)
class Terms:
    """What was agreed when a view was shared.

    `kind` is numbers or comments; `page` the stem of the page it opens on; `params` the question as `Question.to_params` gives
    it; `fixed` whether the reader may change the filters; `downloads` whether tables can be taken away; `days` the lifetime;
    `floor` the privacy floor; `domains` whose signed-in people may open it, everybody's where empty. Title, note and params are
    foreign text.
    """

    kind: str
    page: str = "score"
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    note: str = ""
    days: int = USUAL_EXPIRY
    downloads: bool = True
    fixed: bool = False
    floor: int = 5
    domains: tuple[str, ...] = ()


def checked(terms: Terms, longest: int = EXPIRIES[-1]) -> Terms:
    """The terms with plain title and note; `longest` is the operator's longest lifetime. Raises UnknownValue."""
    terms = replace(
        terms, title=_line(terms.title), note=_text(terms.note), params={k: tuple(v) for k, v in terms.params.items()}
    )
    texts = [text for key, values in terms.params.items() for text in (key, *values)]
    rules = (
        (terms.kind in KINDS, "numbers only, or numbers and comments", "another kind of view"),
        (PAGE.fullmatch(terms.page) is not None, "a page of this app", "another page"),
        (terms.days in EXPIRIES and terms.days <= longest, f"an expiry of {_days(longest)} days", f"{terms.days}"),
        (5 <= terms.floor <= 20, "a floor of 5 to 20 answers", f"{terms.floor}"),
        (len(terms.title) <= LONGEST_TITLE, f"a title of at most {LONGEST_TITLE} characters", f"{len(terms.title):,}"),
        (len(terms.note) <= LONGEST_NOTE, f"a note of at most {LONGEST_NOTE:,} characters", f"{len(terms.note):,}"),
        (len(texts) <= MOST_PARAMS and all(len(t) <= LONGEST_PARAM for t in texts), "filters that fit into an address", "more"),
    )
    for holds, expected, found in rules:
        if not holds:
            raise UnknownValue(expected, found, "Change it, and share again.")
    return terms


def to_bytes(terms: Terms) -> bytes:
    """The terms as they are sealed."""
    return json.dumps({"format": FORMAT, **asdict(terms)}, ensure_ascii=False).encode("utf-8", "replace")


def from_bytes(data: bytes) -> Terms:
    """The inverse; what a later version added has its default. Raises SealBroken."""
    try:
        if len(data) > LARGEST:
            raise ValueError("too large")
        found = json.loads(data)
        known = {f.name for f in fields(Terms)}
        domains = tuple(map(str, found.get("domains", [])))
        params = {str(key): tuple(map(str, values)) for key, values in found["params"].items()}
        return Terms(**{key: value for key, value in found.items() if key in known} | {"params": params, "domains": domains})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SealBroken from None


def _days(longest: int) -> str:
    return ", ".join(str(days) for days in EXPIRIES if days <= longest)


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Without control characters, and without marks that turn the direction of writing, by which a text could read otherwise."""
    return "".join(c for c in text if c == "\n" or not (c in TURNING or unicodedata.category(c) in ("Cc", "Cs"))).strip()
