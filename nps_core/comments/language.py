"""Which language a comment is written in: that of one of the codebooks, or another.

Everyday words vote: the stop words of many languages (package stopwordsiso) and the markers that a codebook adds. Detectors by
pairs of letters err on texts of four words; a vote that finds no word says so, and then the survey decides: a comment too short
to tell is taken to be in the language that most of the others are in. What is in no book's language is counted, never coded.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from nps_core.comments.codebook import Codebook

OTHER = "other"
FALLBACK = "en"
LEAST_WORDS = 3  # fewer never make a text foreign
AHEAD = 2  # votes by which a language without a codebook must lead
MOST_WORDS = 250  # of one text that vote; each language's votes fit in a byte
LEAST_LIST = 90  # words; shorter lists hold little but words that many languages share
# Languages so near to a larger one that its list serves for them as well.
_SHADOWS = frozenset({"br", "eo", "gl", "ca"})
# The English list also holds the codes of countries, among them everyday words of other languages ("de", "la", "il").
_ENGLISH_PAIRS = set(re.findall("..", "amanasatbebydogohehiifinisitmemynoofohokonorsotoupuswe"))
_NOT_ENGLISH = {"con", "non", "nos", "per", "que"}
_LONE_LETTERS = frozenset("aeioyàé")  # the Latin letters that are a word somewhere
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PLAIN = bytes(code if chr(code).isalpha() or chr(code) == "'" else 32 for code in range(128)).ljust(256)  # ASCII, words apart
_FAR = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # a letter of another script than Latin
_MASK = re.compile(r"\[[a-z]+\]")
Markers = tuple[tuple[str, tuple[str, ...]], ...]


def recognise(texts: Sequence[str], books: Mapping[str, Codebook]) -> list[str]:
    """Each text's language: a key of `books`, or `OTHER`. The order of the texts plays no part.

    Parameters
    ----------
    texts : sequence of n str
        Cleaned and masked.
    books : mapping
        Language → codebook; of each only ``words["markers"]`` is looked at.
    """
    ballot = _ballot(tuple(sorted((name, tuple(sorted(book.words.get("markers", ())))) for name, book in books.items())))
    found = ballot.count(texts)
    usual = _usual(found, books)
    return [language or usual for language in found]


def _usual(found: Sequence[str], books: Mapping[str, Codebook]) -> str:
    """The language of most decided texts; where two have as many, or none is decided, English or the first book's."""
    counts = Counter(language for language in found if language).most_common(2)
    if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
        return counts[0][0]
    return FALLBACK if FALLBACK in books else min(books, default=OTHER)


class _Votes(dict[str, int]):
    """Word → its votes: one byte a language, the languages with a book first. Remembers words it meets, as long as it lives."""

    def __missing__(self, word: str) -> int:
        votes = 0
        if "'" in word:  # l'accueil, c'est, the driver's: its parts vote; the strongest alone, so that a word has one vote
            votes = next((self[part] for part in sorted(word.split("'"), key=len, reverse=True) if part in self), 0)
        self[word] = votes
        return votes


class _Ballot:
    """The votes of all words for a set of books."""

    def __init__(self, markers: Markers) -> None:
        self.books = [name for name, _ in markers]
        lists = _lists(markers)
        self.others = sorted(lists.keys() - set(self.books))
        votes: dict[str, int] = defaultdict(int)
        for place, language in enumerate([*self.books, *self.others]):
            for word in lists[language]:
                votes[word] |= 1 << (8 * place)
        self.votes = dict(votes)
        self.scripts = {script for name in self.books for word in lists[name] for script in map(_script, word[:1])}

    def count(self, texts: Sequence[str]) -> list[str]:
        """Each text's language, '' where its words do not decide."""
        votes = _Votes(self.votes)
        return [self._language(text, votes) for text in texts]

    def _language(self, text: str, votes: _Votes) -> str:
        if not text.isascii() and self._is_far(text):
            return OTHER
        words = _words((_MASK.sub(" ", text) if "[" in text else text).lower())[:MOST_WORDS]
        total = sum(map(votes.__getitem__, words))
        if not total:
            return ""
        each = total.to_bytes(len(self.books) + len(self.others), "little")
        own, foreign = each[: len(self.books)], each[len(self.books) :]
        best, other = max(own, default=0), max(foreign, default=0)
        if len(words) >= LEAST_WORDS and other >= best + AHEAD:
            return OTHER
        return self.books[own.index(best)] if best and own.count(best) == 1 else ""

    def _is_far(self, text: str) -> bool:
        """Whether most letters are of a script that no book is written in."""
        far = _FAR.findall(text)
        if not far or 2 * len(far) <= sum(map(str.isalpha, text)):
            return False
        return Counter(map(_script, far)).most_common(1)[0][0] not in self.scripts


def _words(text: str) -> list[str]:
    """The words of a text in small letters; for plain ASCII without odd apostrophes three times faster than by a pattern."""
    if text.isascii():
        plain = f" {text.encode().translate(_PLAIN).decode()} "
        if "'" not in plain or not (" '" in plain or "' " in plain or "''" in plain):
            return plain.split()
    return _WORD.findall(text)


@lru_cache(maxsize=8)
def _ballot(markers: Markers) -> _Ballot:
    return _Ballot(markers)


def _lists(markers: Markers) -> dict[str, set[str]]:
    """Language → its everyday words, in small letters."""
    import stopwordsiso  # half a megabyte of words, read when first asked for

    books = dict(markers)
    lists = {name: _plain(stopwordsiso.stopwords(name), name) for name in stopwordsiso.langs()}
    lists = {name: words for name, words in lists.items() if name in books or (len(words) >= LEAST_LIST and name not in _SHADOWS)}
    for name, added in markers:
        lists[name] = lists.get(name, set()) | {word.lower().replace("\u2019", "'") for word in added if " " not in word}
    return lists


def _plain(words: Iterable[str], language: str) -> set[str]:
    """A list of stop words without what is no word of the language."""
    small = {word.lower().replace("\u2019", "'") for word in words}
    small = {word for word in small if len(word) > 1 or word in _LONE_LETTERS or _FAR.match(word)}
    if language == "en":
        small = {word for word in small if len(word) != 2 or word in _ENGLISH_PAIRS} - _NOT_ENGLISH
    return small


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The first word of a letter's name: LATIN, CYRILLIC, CJK, HIRAGANA, …"""
    return unicodedata.name(letter, "?").split(" ")[0]
