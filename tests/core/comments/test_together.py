"""Coding many comments at once says of each what coding it alone says, and phrases stand where a plain search finds them."""

import csv
import random
import re
import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.codebook import LANGUAGES, Codebook, load, paths, phrases_at
from nps_core.comments.codes import GAPS
from nps_core.comments.coding import code, codings
from nps_core.comments.language import recognise
from nps_core.comments.lexicon import lexicon
from nps_core.comments.masking import mask, masked
from nps_core.comments.phrases import REACH, fold
from nps_core.comments.row import row_of
from nps_core.comments.text import clean, cleaned
from nps_core.comments.triage import saying_nothing, says_nothing

ROOT = Path(__file__).resolve().parents[3]
EACH = 600  # comments a language


def written(language: str) -> list[str]:
    """Comments of the samples and of the development part, pieces of them put together anew, and phrases of the codebook."""
    with (ROOT / "evaluation" / "comments.csv").open(encoding="utf-8", newline="") as file:
        texts = [r["comment"] for r in csv.DictReader(file) if (r["part"], r["language"]) == ("development", language)]
    if language == "en":
        samples = tomllib.loads((ROOT / "samples" / "phrases.toml").read_text(encoding="utf-8"))["comments"]
        texts += [text for kind in samples for text in kind["texts"]]
    book, draw = load(language), random.Random(3)
    pieces = [piece for text in texts for piece in re.split(r"(?<=[.,!?]) ", text)]
    phrases = [phrase for path in paths(book) for phrase in phrases_at(book, path)]

    def phrase() -> str:
        said = re.sub(r"\(([^()]*)\)", lambda choice: draw.choice(choice[1].split("|")), draw.choice(phrases))
        return said.replace("*", "").replace("...", draw.choice(["", "x", "x y"]))

    while len(texts) < EACH:
        texts.append(" ".join(draw.choice((phrase, lambda: draw.choice(pieces)))() for _ in range(draw.randint(1, 6))))
    return [mask(clean(text)) for text in texts[:EACH]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_says_the_same_among_others_and_alone(language):
    texts, words = written(language), lexicon(load(language))
    asked = [("why", "improve")[place % 2] for place in range(len(texts))]
    looked = words.look(texts)
    together, nothing = codings(looked, words, asked), saying_nothing(texts, looked, words)
    subs = together.subs()
    for place, (text, question) in enumerate(zip(texts, asked, strict=True)):
        alone = code(text, words, question)
        assert together.coding(place) == alone, text
        assert "\n".join(alone.subs()) == subs[place]
        assert says_nothing(text, words) == nothing[place], text
    assert words.finds_in(texts[:50]) == [words.finds(text) for text in texts[:50]]
    assert len(set(together.bits.tolist())) > 50  # they say different things


def test_cleaning_masking_and_recognising_together_is_doing_it_one_by_one():
    texts = [text for language in LANGUAGES for text in written(language)[:150]]
    odd = ["", " a", "a ", "a  b", "Itâ€™s “ok”", "a\nb", "x" * 40_000, "me@example.com", "call 020 7946 0958", "é" * 40_000, "`"]
    raws = [*texts, *odd, *(f"{text}\u00a0" for text in texts[:50])]
    each = [mask(clean(raw)) for raw in raws]
    assert masked(cleaned(pa.array(raws, pa.large_string()))).to_pylist() == each
    books = {language: load(language) for language in LANGUAGES}
    # The language of a text that decides it by its own words does not hang on its neighbours.
    assert recognise(each, books) == recognise(each[::-1], books)[::-1]


WORDS = st.sampled_from(["good", "goods", "no", "not", "very", "bad", "support"])
FORMS = st.lists(st.tuples(WORDS, st.sampled_from(["", "*"]), st.booleans()), min_size=1, max_size=3)


def naive(words: list[str], form: list[tuple[str, str, bool]], denied: set[str]) -> set[tuple[int, int]]:
    """Every place of a form in the words of one clause, by trying all; of the ends from one beginning the first."""

    def ends(place: int, left: list[tuple[str, str, bool]], skip: bool) -> set[int]:
        if not left:
            return {place}
        word, star, gap = left[0]
        found = set[int]()
        for over in range((REACH if skip else 0) + 1):
            at = place + over
            if at >= len(words) or set(words[place:at]) & denied:
                break
            if words[at].startswith(word) if star else words[at] == word:
                found |= ends(at + 1, left[1:], gap)
        return found

    starts = ((start, ends(start, form, False)) for start in range(len(words)))
    return {(start, min(stops)) for start, stops in starts if stops}


@given(st.lists(WORDS, max_size=12), st.lists(FORMS, min_size=1, max_size=4))
def test_phrases_stand_where_trying_every_place_finds_them(words, written_forms):
    forms = [[*form[:-1], (*form[-1][:2], False)] for form in written_forms]  # a gap at the end says nothing
    phrases = [" ".join(f"{word}{star}{' ...' if gap else ''}" for word, star, gap in form) for form in forms]
    book = Codebook("t", "en", {gap: gap for gap in GAPS}, {"negators": ("not", "no")}, {"praise": tuple(phrases)}, ())
    text = " ".join(words)
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    expected = {(starts[first], starts[after] - 1) for form in forms for first, after in naive(words, form, {"not", "no"})}
    found = {(find.start, find.end) for find in lexicon(book).finds(text) if find.entry.kind == "praise"}
    assert found == expected


@given(st.lists(st.text(max_size=30), max_size=5))
def test_a_row_holds_the_words_of_each_text(texts):
    row = row_of(texts)
    for place, text in enumerate(texts):
        words = slice(row.begins[place], row.begins[place + 1])
        spans = zip(row.start[words] - row.offset[place], row.end[words] - row.offset[place], strict=True)
        assert [fold(text[start:end]) for start, end in spans] == fold(text).split()
        assert [row.vocabulary[word] for word in row.word[words]] == fold(text).split()
        assert (row.text[words] == place).all()


# Clauses by hand: where each word's clause begins anew.
@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("good, but slow", [["good"], ["but", "slow"]]),
        ("1,000 euros. 3.5 stars", [["1", "000", "euros"], ["3", "5", "stars"]]),
        ("good - bad", [["good"], ["bad"]]),
        ("e-mail: slow/late", [["e", "mail", "slow", "late"]]),
        ("good... 5", [["good"], ["5"]]),
        ("one\ntwo (three) four", [["one"], ["two"], ["three"], ["four"]]),
    ],
)
def test_clauses_end_at_punctuation(text, clauses):
    row = row_of(["before", text, "after"])
    found: dict[int, list[str]] = {}
    for place in np.flatnonzero(row.text == 1):
        found.setdefault(int(row.clause[place]), []).append(row.vocabulary[row.word[place]])
    assert list(found.values()) == clauses
    assert min(found) >= row.clause[0] + 2
    assert row.clause[-1] >= max(found) + 2
