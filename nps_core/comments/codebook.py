"""A codebook: the words by which one language says what a comment can be found to say. All of the knowledge, none of the rules.

It is data: shipped as `nps_core/data/codebook/<language>.toml`, or written by a reader. The rules that use it stand in `coding`.

Lists of phrases (see `phrases` for how one is written) have a path. Under ``language``: ``markers`` (everyday words by which the
language is recognised), ``breakers`` (where a clause ends), ``negators`` (turn round what follows), ``late_negators`` (may also
turn round what came before), ``joiners`` (carry a negation on). Under ``cues``: see `CUES`. Each ``[[theme]]`` table is one
sub-theme of a gap: ``topics`` (what can be wanting, neutral), ``wrong`` (says by itself that it is), ``right`` (praises it).
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import tomli_w

from nps_core.comments.codes import GAPS
from nps_core.comments.phrases import most_forms
from nps_core.errors import BrokenCodebook

LANGUAGES = ("en", "fr", "es", "de")
WORDS = ("markers", "breakers", "negators", "late_negators", "joiners")
CUES: dict[str, str] = {
    "praise": "something good, about nothing in particular",
    "problem": "something wrong, about nothing in particular",
    "wish": "something should be otherwise; turns praise that follows into a wish",
    "absence": "right before a topic: it is not there at all (not for value, where nothing to pay is no complaint)",
    "solved": "what was wrong has been put right; takes a problem back",
    "block": "not to be looked into, such as the words of the question",
    "reservation": "there is a but",
    "indifference": "neither good nor bad",
    "missing_one_thing": "one thing stands between this score and a better one",
    "not_explored": "too early to say, not used yet",
    "past_disappointment": "trust was damaged once",
    "price": "price makes them compare, look around or leave",
    "feature_gap": "a lack makes them look around or leave",
    "service_breakdown": "service failed badly or again and again",
    "strategic": "their needs and the offer part ways",
    "relationship": "how they are treated as a customer over time",
    "repeated": "it happened again and again",
    "leaving": "they look around, or are about to leave",
    "competitor": "another provider is spoken of",
    "scale_habit": "a habit of scoring explains the score",
    "no_information": "the whole comment says nothing about why",
}
LISTS = ("topics", "wrong", "right")
MOST_PHRASES, LONGEST, LARGEST = 20_000, 120, 2_000_000  # phrases, characters of one, bytes of a file
MOST_LETTERS = 20
MOST_WRITTEN_OUT = 400_000  # forms of all phrases together; the largest shipped has 389,000


@dataclass(frozen=True)
class Theme:
    """A sub-theme: `code` is the gap it belongs to, `name` what people read; three lists of phrases."""

    code: str
    name: str
    topics: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """One language's phrases. `names` holds what people read for each gap, `competitors` names of other providers, `letters`
    those that are no other with an accent away, each with how it is written where a keyboard lacks it."""

    name: str
    language: str
    names: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]
    themes: tuple[Theme, ...]
    competitors: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """sha256 over everything that decides what is coded, and the names that are shown."""
        return hashlib.sha256(json.dumps(_as_tables(self)).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Codebook) and self.digest == other.digest


def load(language: str) -> Codebook:
    """The shipped codebook of a language of `LANGUAGES`."""
    return _shipped(language)


@cache
def _shipped(language: str) -> Codebook:
    return parse(files("nps_core").joinpath("data", "codebook", f"{language}.toml").read_bytes(), f"{language}.toml")


def parse(data: bytes | str, name: str) -> Codebook:
    """A codebook file. Raises BrokenCodebook, with the place and what was expected, where it is none."""
    if len(data) > LARGEST:
        raise BrokenCodebook(f"a codebook of at most {LARGEST:,} bytes", f"{len(data):,} in “{name}”", "Take phrases away.")
    try:
        found = tomllib.loads(data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except (ValueError, RecursionError) as error:  # broken TOML, another encoding, a number or a nesting beyond all measure
        remedy = "Begin with a codebook downloaded from here, and change it in an editor for plain text."
        raise BrokenCodebook("a codebook in TOML, saved as UTF-8", f"“{name}”: {error}", remedy) from None
    return _Reader(name).codebook(found)


class _Reader:
    """Takes one parsed file apart, and says where it does not fit."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.phrases = self.forms = 0

    def fail(self, expected: str, place: str) -> BrokenCodebook:
        return BrokenCodebook(
            expected, f"“{self.name}”, {place}", "Mend that place, or begin with a codebook downloaded from here."
        )

    def codebook(self, found: Mapping[str, Any]) -> Codebook:
        known = {"name", "language", "letters", "names", "words", "cues", "theme", "competitors"}
        for key in found.keys() - known:
            raise self.fail(f"only the keys {', '.join(sorted(known))}", f"key “{key}”")
        tables = found.get("theme", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.fail("[[theme]] tables", "theme")
        language = self.text(found, "language", "the file")
        if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
            raise self.fail("a language code such as en", f"language “{language[:20]}”")
        names = self.table(found, "names")
        return Codebook(
            name=self.text(found, "name", "the file"),
            language=language.lower(),
            names={code: self.text(names, code, "names", code) for code in GAPS},
            words=self.lists(self.table(found, "words"), WORDS, "words"),
            cues=self.lists(self.table(found, "cues"), tuple(CUES), "cues"),
            themes=tuple(self.theme(table, place) for place, table in enumerate(tables, start=1)),
            competitors=self.list_of(found.get("competitors", []), "competitors"),
            letters=self.letters(self.table(found, "letters")),
        )

    def letters(self, table: Mapping[str, Any]) -> dict[str, str]:
        for letter, spelling in table.items():
            fits = isinstance(spelling, str) and spelling.isalpha() and spelling.isascii() and len(spelling) <= 2
            if not fits or len(letter) != 1 or not letter.islower() or letter.isascii() or len(table) > MOST_LETTERS:
                expected = f"at most {MOST_LETTERS} small letters outside a to z, each with one or two of a to z for it"
                raise self.fail(expected, f"letters, “{letter[:LONGEST]}”")
        return dict(table)

    def theme(self, table: Mapping[str, Any], place: int) -> Theme:
        where = f"theme {place}"
        code = self.text(table, "code", where)
        if code not in GAPS:
            raise self.fail(f"one of {', '.join(GAPS)} as code", f"{where}, code “{code[:40]}”")
        held = {key: values for key, values in table.items() if key not in ("code", "name")}
        return Theme(code, self.text(table, "name", where), **self.lists(held, LISTS, where))

    def table(self, found: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = found.get(key, {})
        if not isinstance(value, dict):
            raise self.fail("a table", key)
        return value

    def text(self, table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST:
            raise self.fail(f"“{key}” as a text of 1 to {LONGEST} characters", where)
        return value.strip()

    def lists(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> dict[str, tuple[str, ...]]:
        for key in table.keys() - set(known):
            raise self.fail(f"only the lists {', '.join(known)}", f"{where}, list “{key}”")
        return {key: self.list_of(table.get(key, []), f"{where}, {key}") for key in known}

    def list_of(self, values: Any, where: str) -> tuple[str, ...]:
        if not isinstance(values, list):
            raise self.fail("a list of phrases", where)
        self.phrases += len(values)
        if self.phrases > MOST_PHRASES:
            raise self.fail(f"at most {MOST_PHRASES:,} phrases", where)
        for value in values:
            try:
                if not isinstance(value, str) or len(value) > LONGEST:
                    raise ValueError(f"no phrase of 1 to {LONGEST} characters")
                self.forms += most_forms(value)
                if self.forms > MOST_WRITTEN_OUT:
                    raise ValueError(f"more than {MOST_WRITTEN_OUT:,} forms of all phrases together")
            except ValueError as error:
                raise self.fail("a phrase", f"{where}, “{str(value)[:LONGEST]}”: {error}") from None
        return tuple(dict.fromkeys(" ".join(value.split()) for value in values))


def dump(codebook: Codebook) -> str:
    """The codebook as TOML; `parse` is the inverse."""
    return tomli_w.dumps(_as_tables(codebook))


def _as_tables(codebook: Codebook) -> dict[str, Any]:
    """The codebook as its file holds it."""
    themes = [
        {"code": t.code, "name": t.name} | {key: list(getattr(t, key)) for key in LISTS if getattr(t, key)}
        for t in codebook.themes
    ]
    return {
        "name": codebook.name,
        "language": codebook.language,
        **({"letters": dict(codebook.letters)} if codebook.letters else {}),
        "competitors": list(codebook.competitors),
        "names": dict(codebook.names),
        "words": {key: list(codebook.words[key]) for key in WORDS if codebook.words.get(key)},
        "cues": {key: list(codebook.cues[key]) for key in CUES if codebook.cues.get(key)},
        "theme": themes,
    }


def paths(codebook: Codebook) -> tuple[str, ...]:
    """The path of every list, in order: ``words/negators``, ``cues/praise``, ``service/Waiting/wrong``, ``competitors``."""
    own = [f"{theme.code}/{theme.name}/{key}" for theme in codebook.themes for key in LISTS]
    return (*own, *(f"cues/{key}" for key in CUES), *(f"words/{key}" for key in WORDS), "competitors")


def phrases_at(codebook: Codebook, path: str) -> tuple[str, ...]:
    """The phrases of one list. Raises KeyError where there is no such list."""
    first, _, rest = path.partition("/")
    if path == "competitors":
        return codebook.competitors
    if (first == "words" and rest in WORDS) or (first == "cues" and rest in CUES):
        return getattr(codebook, first).get(rest, ())  # type: ignore[no-any-return]
    name, _, key = rest.rpartition("/")
    for theme in codebook.themes:
        if (theme.code, theme.name) == (first, name) and key in LISTS:
            return getattr(theme, key)  # type: ignore[no-any-return]
    raise KeyError(path)


def edited(codebook: Codebook, path: str, phrases: Iterable[str]) -> Codebook:
    """The codebook with other phrases in one list. Raises KeyError for an unknown path and BrokenCodebook for what is no
    phrase."""
    phrases_at(codebook, path)
    values = _Reader(codebook.name).list_of([phrase for phrase in phrases if phrase.strip()], path)
    first, _, rest = path.partition("/")
    if path == "competitors":
        return replace(codebook, competitors=values)
    if first == "words":
        return replace(codebook, words={**codebook.words, rest: values})
    if first == "cues":
        return replace(codebook, cues={**codebook.cues, rest: values})
    name, _, key = rest.rpartition("/")
    change: dict[str, Any] = {key: values}
    themes = [replace(t, **change) if (t.code, t.name) == (first, name) else t for t in codebook.themes]
    return replace(codebook, themes=tuple(themes))
