"""Which language a comment is written in: that of one of the codebooks, or another.

Everyday words vote: the stop words of many languages (package stopwordsiso) and the markers that a codebook adds. Detectors by
pairs of letters err on texts of four words; a vote that finds no word, or two languages even, says so. Then the words of the
codebooks' own phrases vote ("rápidos y honrados"), and where they do not decide either, the survey does: a comment too short
to tell is taken to be in the language that most of the others are in. What is in no book's language is counted, never coded.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nps_core.comments.codebook import Codebook
from nps_core.comments.phrases import fold
from nps_core.comments.row import CODES, THREADS, Codes, Flags, Ints, different, portions, runs, side_by_side

OTHER = "other"
FALLBACK = "en"
LEAST_WORDS = 3  # fewer never make a text foreign
AHEAD = 2  # votes by which a language without a codebook must lead
MOST_WORDS = 250  # of one text that vote; each language's votes fit in a byte
SHORTEST_STEM = 4  # letters of a "word*" that tell a language
LEAST_LIST = 90  # words; shorter lists hold little but words that many languages share
# Languages so near to a larger one that its list serves for them as well.
_SHADOWS = frozenset({"br", "eo", "gl", "ca"})
# The English list also holds the codes of countries, among them everyday words of other languages ("de", "la", "il").
_ENGLISH_PAIRS = set(re.findall("..", "amanasatbebydogohehiifinisitmemynoofohokonorsotoupuswe"))
_NOT_ENGLISH = {"con", "non", "nos", "per", "que"}
_LONE_LETTERS = frozenset("aeioyàé")  # the Latin letters that are a word somewhere
_FAR = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # a letter of another script than Latin
_WORD = re.compile(r"([^\W\d_]+)(\*?)")
_MASK = re.compile(r"\[[a-z]+\]")
Markers = tuple[tuple[str, tuple[str, ...]], ...]


def recognise(texts: Sequence[str], books: Mapping[str, Codebook]) -> list[str]:
    """Each text's language: a key of `books`, or `OTHER`. The order of the texts plays no part.

    Parameters
    ----------
    texts : sequence of n str
        Cleaned and masked.
    books : mapping
        Language → codebook; of each the markers are looked at, and where everyday words do not decide the words of its phrases.
    """
    ballot = _ballot(tuple(sorted((name, tuple(sorted(book.words.get("markers", ())))) for name, book in books.items())))
    with ThreadPoolExecutor(THREADS) as pool:
        found = [language for counted in pool.map(ballot.count, portions(texts)) for language in counted]
    usual = _usual(found, books)
    if usual == OTHER or all(found):  # among comments of another language, short ones are not taken for a neighbour's
        return [language or usual for language in found]
    known = _vocabulary(tuple(sorted(books.items())))
    return [language or _by_phrases(text, known) or usual for language, text in zip(found, texts, strict=True)]


def _usual(found: Sequence[str], books: Mapping[str, Codebook]) -> str:
    """The language of most decided texts; where two have as many, or none is decided, English or the first book's."""
    counts = Counter(language for language in found if language).most_common(2)
    if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
        return counts[0][0]
    return FALLBACK if FALLBACK in books else min(books, default=OTHER)


def _by_phrases(text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The language in whose phrases most words of the text stand; '' where none does, or those of two languages as many."""
    votes = Counter[str]()
    for word in fold(text).split():
        stems = (f"{word[:end]}*" for end in range(len(word), SHORTEST_STEM - 1, -1))
        votes.update(next((known[form] for form in (word, *stems) if form in known), ()))
    first = votes.most_common(2)
    return first[0][0] if first and (len(first) == 1 or first[0][1] > first[1][1]) else ""


@lru_cache(maxsize=4)
def _vocabulary(books: tuple[tuple[str, Codebook], ...]) -> dict[str, tuple[str, ...]]:
    """The words of all phrases, folded, those that only begin so with a "*" → the languages they stand in."""
    found = defaultdict[str, list[str]](list)
    for language, book in books:
        lists = (*book.cues.values(), *(phrases for theme in book.themes for phrases in (theme.topics, theme.wrong, theme.right)))
        written = " ".join(phrase for phrases in lists for phrase in phrases)
        pieces = set(written.replace("(", " ").replace("|", " ").replace(")", " ").split())  # phrases share most of theirs
        for word in {fold(word) + star for word, star in _WORD.findall(" ".join(pieces))}:
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


class _Ballot:
    """The votes of all words for a set of books."""

    def __init__(self, markers: Markers) -> None:
        self.books = [name for name, _ in markers]
        lists = _lists(markers)
        self.others = sorted(lists.keys() - set(self.books))
        self.votes: dict[str, list[int]] = defaultdict(list)
        for place, language in enumerate([*self.books, *self.others]):
            for word in lists[language]:
                self.votes[word].append(place)
        self.votes = dict(self.votes)
        self.scripts = {script for name in self.books for word in lists[name] for script in map(_script, word[:1])}

    def count(self, texts: Sequence[str]) -> list[str]:
        """Each text's language, '' where its words do not decide."""
        small = [(_MASK.sub(" ", text) if "[" in text else text).lower() for text in texts]
        words, votes, far = self._counted(small)
        own, foreign = votes[:, : len(self.books)], votes[:, len(self.books) :]
        best, other = own.max(axis=1, initial=0), foreign.max(axis=1, initial=0)
        decided = (best > 0) & ((own == best[:, None]).sum(axis=1) == 1)
        names = np.array([*self.books, ""], dtype=object)
        found = names[np.where(decided, own.argmax(axis=1) if self.books else 0, len(self.books))]
        found[(words >= LEAST_WORDS) & (other >= best + AHEAD)] = OTHER
        for place in np.flatnonzero(far).tolist():
            if self._is_far(texts[place]):
                found[place] = OTHER
        return list(found)

    def _counted(self, texts: Sequence[str]) -> tuple[Ints, Ints, Flags]:
        """Each text's number of words that vote, their votes for each language, and whether it has a letter of another script."""
        joined, begins = side_by_side(texts)
        kind = _kinds(joined)
        is_letter = kind >= _LETTER
        is_word = is_letter.copy()
        is_word[1:-1] |= (kind[1:-1] == _APOSTROPHE) & is_letter[:-2] & is_letter[2:]
        start, end = runs(is_word)
        word, vocabulary = different(joined[is_word], end - start)
        first = np.searchsorted(start, begins)
        last = np.minimum(first[1:], first[:-1] + MOST_WORDS)
        far = np.searchsorted(begins, np.flatnonzero(kind == _FAR_LETTER), side="right") - 1
        return last - first[:-1], self._summed(word, vocabulary, first[:-1], last), np.bincount(far, minlength=len(texts)) > 0

    def _summed(self, word: Ints, vocabulary: Sequence[str], first: Ints, last: Ints) -> Ints:
        """The votes of the words from `first` to `last` of each text. A vote is a byte, and eight languages are added at once:
        the sum of a text is the difference of two running sums, whatever overflows on the way."""
        each = np.zeros((len(vocabulary), -(-(len(self.books) + len(self.others)) // 8) * 8), dtype=np.uint8)
        rows, languages = list[int](), list[int]()
        for place, written in enumerate(vocabulary):
            voted = self._of(written)
            languages += voted
            rows += [place] * len(voted)
        each[rows, languages] = 1
        found = np.empty((len(first), each.shape[1] // 8), dtype=np.uint64)
        for eight, column in enumerate(np.ascontiguousarray(each.view(np.uint64).T)):
            running = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(column[word])])
            found[:, eight] = running[last] - running[first]
        return found.view(np.uint8).astype(np.int64)[:, : len(self.books) + len(self.others)]

    def _of(self, word: str) -> list[int]:
        """The languages a word votes for. Of l'accueil, c'est, the driver's the longest part that votes does, so that a word has
        one vote."""
        if word in self.votes or "'" not in word:
            return self.votes.get(word, [])
        return next((self.votes[part] for part in sorted(word.split("'"), key=len, reverse=True) if part in self.votes), [])

    def _is_far(self, text: str) -> bool:
        """Whether most letters are of a script that no book is written in."""
        far = _FAR.findall(text)
        if not far or 2 * len(far) <= sum(map(str.isalpha, text)):
            return False
        return Counter(map(_script, far)).most_common(1)[0][0] not in self.scripts


_OTHER, _APOSTROPHE, _LETTER, _FAR_LETTER = 1, 2, 3, 4  # kinds of characters; 0 where that was not asked yet
_KINDS = np.zeros(CODES, dtype=np.uint8)


def _kinds(joined: Codes) -> NDArray[np.uint8]:
    """What kind each character is."""
    found = _KINDS[joined]
    unknown = found == 0
    if unknown.any():
        for code in np.unique(joined[unknown]).tolist():
            letter = chr(code)
            is_letter = letter.isalnum() and not letter.isdecimal()
            _KINDS[code] = _FAR_LETTER if _FAR.match(letter) else _LETTER if is_letter else 1 + (letter == "'")
        found = _KINDS[joined]
    return found


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
