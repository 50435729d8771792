"""A codebook made ready for looking: every phrase of it found in many texts at once.

What a find means for the comment is `coding`'s business.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nps_core.comments.codebook import CUES, LISTS, WORDS, Codebook
from nps_core.comments.phrases import ALONE, GAP, NAME, literal_forms
from nps_core.comments.row import Ints, Row, row_of
from nps_core.comments.trie import Trie

OWN_NAMES = "competitor"
# One bit a kind of phrase, so that what a text holds, and whether a phrase is of one of several kinds, are one number.
FLAGS = {kind: 1 << place for place, kind in enumerate((*LISTS, *CUES, *WORDS))}
NEGATORS = FLAGS["negators"] | FLAGS["late_negators"]


class Entry(NamedTuple):
    """What a phrase stands for: `kind` is a list's name (topics, wrong, right, a cue, a kind of words); `code` and `sub` are the
    gap and the sub-theme where it belongs to one; `alone` where it must be all of its clause."""

    kind: str
    code: str = ""
    sub: str = ""
    alone: bool = False


class Find(NamedTuple):
    """A phrase in a text: characters `start` up to `end`, and what it stands for."""

    start: int
    end: int
    entry: Entry


class Looked(NamedTuple):
    """Texts looked through once for all who need it: their words, and where phrases stand among these, in order of the first
    word, the longer first: `first` (f,) word, `after` (f,) the word after the last, `number` (f,) of the entry."""

    row: Row
    first: Ints
    after: Ints
    number: Ints


class Lexicon:
    """The phrases of one codebook, all looked for at once.

    Attributes
    ----------
    entries : list of Entry
        What the phrases stand for; the number of an entry is its position.
    flags : (e,) array of int
        The kind of each, a value of `FLAGS`.
    """

    def __init__(self, codebook: Codebook) -> None:
        lists = _lists(codebook)
        forms = [
            (form.removeprefix(ALONE), entry._replace(alone=form.startswith(ALONE)))
            for entry, phrases in lists
            for phrase in phrases
            for form in literal_forms(phrase, codebook.letters)
        ]
        self.entries = sorted({entry for _, entry in forms})
        self.flags = np.array([FLAGS[entry.kind] for entry in self.entries], dtype=np.int64)
        self.letters = frozenset(codebook.letters)
        number_of = {entry: number for number, entry in enumerate(self.entries)}
        self._alone = np.array([entry.alone for entry in self.entries], dtype=bool)
        written = [(form, number_of[entry]) for form, entry in forms]
        named = [(form.removesuffix(NAME), number) for form, number in written if form.endswith(NAME)]
        self._before_names = self._trie(named)
        led = [(form.removeprefix(NAME), number) for form, number in written if form.startswith(NAME)]
        self._after_names = self._trie(led)
        self._plain = self._trie([(form, number) for form, number in written if GAP not in form and NAME not in form])
        self._gapped = self._trie([(form, number) for form, number in written if GAP in form])
        self._known = frozenset(self._plain.whole)

    def _trie(self, written: Sequence[tuple[str, int]]) -> Trie:
        return Trie(row_of([form for form, _ in written], self.letters), np.array([n for _, n in written], dtype=np.int64))

    def look(self, texts: Sequence[str]) -> Looked:
        """Every phrase in some texts."""
        row = row_of(texts, self.letters)
        plain = self._plain.ends(row)
        gapped = self._gapped.ends(row, self._denied(row, *plain))
        named = _before_names(row, *self._before_names.ends(row))
        led = self._named(row, *self._after_names.ends(row))
        first, after, number = self._standing(row, *map(np.concatenate, zip(plain, gapped, named, led, strict=True)))
        most, entries = int((after - first).max(initial=0)), len(self.entries)
        key = np.sort((first * (most + 1) + most - (after - first)) * entries + number)
        place, number = np.divmod(key[np.append(True, key[1:] != key[:-1])[: len(key)]], max(entries, 1))
        first, short = np.divmod(place, most + 1)
        return Looked(row, first, first + most - short, number)

    def _standing(self, row: Row, first: Ints, after: Ints, number: Ints) -> tuple[Ints, Ints, Ints]:
        """The finds without those that must be all of their clause and are not."""
        clause = np.concatenate([[-1], row.clause, [-1]])  # one ahead: of the word before
        more = (clause[first] == clause[first + 1]) | (clause[after + 1] == clause[after])
        stands = ~(self._alone[number] & more)
        return first[stands], after[stands], number[stands]

    def _named(self, row: Row, first: Ints, after: Ints, number: Ints) -> tuple[Ints, Ints, Ints]:
        """Those finds that stand right behind a name: a capitalised word in the same clause that no phrase of the book knows, so
        that a sentence's first word is none. A name right before is part of what is found."""
        ahead = first > 0
        first, after, number = first[ahead], after[ahead], number[ahead]
        name = first - 1
        known = np.array([word in self._known for word in row.vocabulary], dtype=bool)
        letters = (row.joined[place].tolist() for place in (row.start[name], row.end[first] - 1))
        is_name = np.array([chr(cap).isupper() and chr(last).islower() for cap, last in zip(*letters, strict=True)], dtype=bool)
        is_name &= (row.clause[name] == row.clause[first]) & (row.end[name] - row.start[name] > 1) & ~known[row.word[name]]
        return name[is_name], after[is_name], number[is_name]

    def _denied(self, row: Row, first: Ints, after: Ints, number: Ints) -> Ints:
        """For each word, and for none, where the negation ends that ends first of those that begin there or later."""
        negation = (self.flags[number] & (NEGATORS | FLAGS["breakers"])) > 0
        ends = np.full(len(row.word) + 1, np.iinfo(np.int64).max)
        np.minimum.at(ends, first[negation], after[negation])
        return np.minimum.accumulate(ends[::-1])[::-1]

    def finds(self, text: str) -> list[Find]:
        """Every phrase in one text, in the order of where it begins, the longer first."""
        return self.finds_in([text])[0]

    def finds_in(self, texts: Sequence[str]) -> list[list[Find]]:
        """The same for many texts; far faster than one by one."""
        row, first, after, number = self.look(texts)
        text = row.text[first]
        start, end = row.start[first] - row.offset[text], row.end[after - 1] - row.offset[text]
        found: list[list[Find]] = [[] for _ in texts]
        for place, begin, stop, entry in zip(text.tolist(), start.tolist(), end.tolist(), number.tolist(), strict=True):
            found[place].append(Find(begin, stop, self.entries[entry]))
        return found


def _before_names(row: Row, first: Ints, after: Ints, number: Ints) -> tuple[Ints, Ints, Ints]:
    """Those finds that a capitalised word follows in the same clause, in a text that is not all in capitals."""
    words = np.append(row.clause, -1)[after] == row.clause[first]
    first, after, number = first[words], after[words], number[words]
    letters = (row.joined[place].tolist() for place in (row.end[after - 1] - 1, row.start[after]))
    named = np.array([chr(last).islower() and chr(next_).isupper() for last, next_ in zip(*letters, strict=True)], dtype=bool)
    named &= row.end[after] - row.start[after] > 1  # "I" is no name
    return first[named], after[named], number[named]


def _lists(codebook: Codebook) -> list[tuple[Entry, tuple[str, ...]]]:
    found = [(Entry(kind), codebook.cues.get(kind, ())) for kind in CUES]
    found += [(Entry(kind), codebook.words.get(kind, ())) for kind in WORDS if kind != "markers"]
    found += [(Entry(kind, theme.code, theme.name), getattr(theme, kind)) for theme in codebook.themes for kind in LISTS]
    return [*found, (Entry(OWN_NAMES), codebook.competitors)]


@lru_cache(maxsize=16)
def lexicon(codebook: Codebook) -> Lexicon:
    """The lexicon of a codebook, made once."""
    return Lexicon(codebook)
