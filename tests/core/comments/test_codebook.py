import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.codebook import (
    CUES,
    LANGUAGES,
    LARGEST,
    LONGEST,
    MOST_PHRASES,
    WORDS,
    dump,
    edited,
    load,
    parse,
    paths,
    phrases_at,
)
from nps_core.comments.lexicon import lexicon
from nps_core.errors import BrokenCodebook
from nps_core.wording import codebook as say
from tests.core.comments.books import ENGLISH

LEAST = 'name = "mine"\nlanguage = "en"\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_codebooks_are_whole(language):
    book = load(language)
    assert book.language == language
    assert len({(theme.code, theme.name) for theme in book.themes}) == len(book.themes)
    assert all(book.cues[cue] for cue in ("praise", "problem", "no_information"))
    assert parse(dump(book), "again") == book


def test_a_codebook_survives_a_file():
    assert parse(dump(ENGLISH), "x.toml") == ENGLISH
    assert parse(dump(ENGLISH).encode("utf-8-sig"), "x.toml").digest == ENGLISH.digest  # as some editors save it


def test_letters_survive_a_file():
    book = replace(ENGLISH, letters={"ä": "ae", "ß": "ss"})
    assert parse(dump(book), "x.toml") == book
    assert parse(dump(book), "x.toml").letters == {"ä": "ae", "ß": "ss"}
    assert book != ENGLISH


def test_the_least_that_is_a_codebook():
    book = parse(LEAST, "x.toml")
    assert (book.name, book.language, book.themes) == ("mine", "en", ())


BROKEN = {
    "no TOML": b"name = ",
    "not UTF-8": b'name = "\xe9t\xe9"\nlanguage = "en"',
    "UTF-16": LEAST.encode("utf-16"),
    "a spreadsheet": b"PK\x03\x04" + bytes(range(256)),
    "nested beyond all measure": b"a = " + b"[" * 100_000,
    "a number beyond all measure": b"a = " + b"9" * 5_000,
    "too large": b"#" * (LARGEST + 1),
    "another key": LEAST.encode() + b"themes = []\n",
    "no name": b'language = "en"\n',
    "a blank name": b'name = " "\nlanguage = "en"\n',
    "a name too long": f'name = "{"n" * (LONGEST + 1)}"\nlanguage = "en"\n'.encode(),
    "a language that is none": b'name = "a"\nlanguage = "../en"\n',
    "a number for a language": b'name = "a"\nlanguage = 5\n',
    "another list": LEAST.encode() + b'[cues]\npraises = ["good"]\n',
    "a text for a list": LEAST.encode() + b'[cues]\npraise = "good"\n',
    "a number for a phrase": LEAST.encode() + b"[cues]\npraise = [5]\n",
    "a phrase too long": LEAST.encode() + f'[cues]\npraise = ["{"a" * (LONGEST + 1)}"]\n'.encode(),
    "a phrase without a letter": LEAST.encode() + b'[cues]\npraise = ["..."]\n',
    "an alternative without a letter": LEAST.encode() + b'[cues]\npraise = ["up 10 (%|percent)"]\n',
    "brackets that do not fit": LEAST.encode() + b'[cues]\npraise = ["(good|great"]\n',
    "too many forms": LEAST.encode() + b'[cues]\npraise = ["' + b"(a|b)" * 12 + b'"]\n',
    "a theme that is no table": LEAST.encode() + b'theme = ["a"]\n',
    "a theme of another code": LEAST.encode() + b'[[theme]]\ncode = "speed"\nname = "a"\n',
    "a theme without a name": LEAST.encode() + b'[[theme]]\ncode = "ease"\n',
    "a letter that needs no other spelling": LEAST.encode() + b'[letters]\na = "ae"\n',
    "a letter in capitals": LEAST.encode() + '[letters]\n"Ä" = "ae"\n'.encode(),
    "a spelling that has the letter": LEAST.encode() + '[letters]\n"ä" = "äe"\n'.encode(),
    "a number for a spelling": LEAST.encode() + '[letters]\n"ä" = 5\n'.encode(),
    "a name in the middle of a phrase": LEAST.encode() + b'[cues]\ncompetitor = ["better than <Name> is"]\n',
    "too many phrases": LEAST.encode() + b"[cues]\npraise = [" + b'"a",' * (MOST_PHRASES + 1) + b"]\n",
    # Each within bounds, but together more than a machine should write out: 8 choices of 2 are 256 forms each.
    "too many forms together": LEAST.encode()
    + b"[cues]\npraise = ["
    + b"".join(b'"w%d %s",' % (i, b"(a|b)" * 8) for i in range(2_000))
    + b"]\n",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_codebook_is_told_with_what_to_do(data):
    with pytest.raises(BrokenCodebook) as caught:
        parse(data, "mine.toml")
    assert caught.value.expected
    assert caught.value.found
    assert caught.value.remedy


@given(st.binary(max_size=200))
def test_any_bytes_are_a_codebook_or_broken(data):
    with contextlib.suppress(BrokenCodebook):
        parse(data, "any")


def test_every_list_has_a_path_a_title_and_a_purpose():
    found = paths(ENGLISH)
    assert len(set(found)) == len(found)
    assert {f"cues/{cue}" for cue in CUES} | {f"words/{kind}" for kind in WORDS} | {"competitors"} < set(found)
    titles = say.titles(ENGLISH)
    assert set(titles) == set(found)
    assert len(set(titles.values())) == len(found)
    assert all(say.path_help(path).endswith(".") for path in found)


def test_an_edit_changes_one_list_and_leaves_the_book_as_it_was():
    for path in paths(ENGLISH):
        changed = edited(ENGLISH, path, ["  brand   new ", "", "brand new", "(older|old) one"])
        assert phrases_at(changed, path) == ("brand new", "(older|old) one")
        assert all(phrases_at(changed, other) == phrases_at(ENGLISH, other) for other in paths(ENGLISH) if other != path)
        assert changed.digest != ENGLISH.digest
        assert edited(changed, path, phrases_at(ENGLISH, path)) == ENGLISH


def test_an_edit_that_does_not_work_changes_nothing():
    before = ENGLISH.digest
    with pytest.raises(BrokenCodebook):
        edited(ENGLISH, "cues/praise", ["good", "(broken"])
    with pytest.raises(KeyError):
        edited(ENGLISH, "cues/nothing", ["good"])
    assert ENGLISH.digest == before


def test_names_of_other_providers_speak_of_another_provider():
    book = edited(ENGLISH, "competitors", ["Kuvenso"])
    assert [find.entry.kind for find in lexicon(book).finds("we use KUVENSO")] == ["competitor"]
