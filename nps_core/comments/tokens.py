"""Texts into words: which comment holds which word or pair of neighbouring words, each counted once a comment.

A word is two letters or more of any script, apostrophes inside included, never with a digit; masks such as ``[email]`` are no
words. Stop words go by language, but negations stay for the pair they stand in (“not easy”), because alone they say nothing
and without them the pair says the opposite. A pair stands side by side in the text: no stop word, digit, mask or punctuation
between. Scripts without spaces between words (Chinese, Japanese, Thai) are not cut into words: a phrase counts as one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import stopwordsiso
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]

STOP, BREAK, NEGATION, CONTENT = -1, 0, 1, 2  # what a piece of text is to its neighbours
FALLBACK = "en"  # whose stop words serve where no text has a language

NEGATIONS = {
    "en": "not no never none nothing nobody nor neither without cannot hardly dont doesnt didnt cant couldnt wont wouldnt isnt "
    "wasnt arent werent havent hasnt hadnt",
    "fr": "pas non jamais rien aucun aucune sans ni",
    "de": "nicht nichts nie niemals niemand kein keine keinen keinem keiner keines ohne kaum",
    "es": "no nunca nada nadie ni ningún ninguna ninguno sin tampoco",
    "it": "non mai niente nulla nessun nessuna nessuno senza nemmeno neppure",
    "nl": "niet niets niks nooit niemand geen zonder",
    "pt": "não nunca nada ninguém nem nenhum nenhuma sem",
    "da": "ikke aldrig ingen intet uden",
    "no": "ikke aldri ingen ingenting uten",
    "sv": "inte aldrig ingen inget inga utan",
    "fi": "ei eivät en emme ilman",
    "pl": "nie nigdy nic nikt żaden żadna żadne bez",
    "cs": "ne nikdy nic nikdo žádný žádná žádné bez",
    "ru": "не нет никогда ничего никто без",
    "tr": "değil yok hiç",
}

# The lists of stop words are made for searching and hold words that are just what a survey is about. These stay words.
SUBJECTS = {
    "en": "good great better best poorly problem problems work works worked working bill help system information website site "
    "web home free value clear clearly quickly promptly readily thorough thoroughly useful important serious seriously welcome "
    "appreciate unfortunately computer text line order orders ordered ordering open opened opening interesting available detail "
    "number call date early new old long longer high higher highest different fix found move area ignored room rooms tv ring "
    "reasonably member members successfully ok sorry changes",
    "fr": "bien bon cher chers chère chères proche pire rare remarquable retour valeur personnes naturel suffisant "
    "suffisante unique ouvert ouverte nouveau nouveaux bravo possible directement longtemps",
    "de": "gut gute guter gutes besser besten schlecht leicht lang lange kurz zeit richtig möglich offen hoch neue "
    "neuen ordnung ehrlich groß große tage tagen",
    "es": "bien buen buena buenas bueno buenos mejor peor tarde tiempo horas días valor despacio deprisa pronto temprano claro "
    "trabajo nuevo nueva lejos cerca posible",
    "it": "bene benissimo buono male malissimo meglio peggio tempo cortesia purtroppo bravo brava lontano vicino nuovo "
    "nuovi giorni mesi",
    "nl": "klaar vroeg redelijk",
    "pt": "bom boa boas bons tempo valor sistema apoio falta trabalho novo nova tarde cedo longe perto horas meses",
}

_MASK = r"\[(?:email|phone|card|iban|link|number)\]"
_APOSTROPHES = "[\u2018\u2019\u02bc\uff07\u00b4`]"
_NO_LETTERS = r"[^\p{L}\p{M}\p{N}'\s\p{Z}-]+|[\s\p{Z}]-+[\s\p{Z}]|-{2,}"
_ELIDED = re.compile(r"^(?:[ldjmtscn]|qu|dell|all|nell|sull|dall|un)'(?=\w)")  # l'accueil, dell'ordine
_WITH_ELISION = frozenset({"fr", "it"})


class Words(NamedTuple):
    """A 0/1 table of documents × words, kept as its ones.

    ``vocabulary`` (V,) single words and pairs (“not easy”) in the order of their letters; ``document`` and ``word`` (E,) the
    ones, each once, in order; ``halves`` (V, 2) where the halves of a pair stand in the vocabulary, −1 for none;
    ``documents`` how many texts there were.
    """

    vocabulary: NDArray[np.object_]
    document: Ints
    word: Ints
    halves: Ints
    documents: int

    def comments(self, weights: ArrayLike) -> Ints:
        """How many comments hold each word (V,), where document i stands for ``weights[i]`` comments."""
        each = np.asarray(weights, dtype=float)[self.document]
        return np.bincount(self.word, each, minlength=len(self.vocabulary)).round().astype(np.int64)


def words(texts: Sequence[str], languages: Sequence[str], counts: ArrayLike | None = None, floor: int = 1) -> Words:
    """The words of some texts.

    Parameters
    ----------
    texts
        n texts, cleaned and masked.
    languages
        n codes (ISO 639-1); '' takes the stop words of every language named, English where none is.
    counts
        n numbers, how many people wrote each text; 1 each by default.
    floor
        Words in fewer comments than this are left out.

    Examples
    --------
    >>> words(["Not easy at all.", "It’s easy, call [phone]"], ["en", "en"]).vocabulary.tolist()
    ['call', 'easy', 'not easy']
    """
    weights = np.ones(len(texts)) if counts is None else np.asarray(counts, dtype=float)
    document, token, kind, known = pieces(texts, languages)
    single = kind == CONTENT
    ones = _distinct(document[single], token[single], len(known))
    first = np.flatnonzero(
        (document[1:] == document[:-1])
        & (np.minimum(kind[1:], kind[:-1]) > BREAK)
        & (np.maximum(kind[1:], kind[:-1]) == CONTENT)
        & (token[1:] != token[:-1])
    )
    pairs, pair = np.unique(token[first] * len(known) + token[first + 1], return_inverse=True)
    twos = _distinct(document[first], pair, len(pairs))

    kept, kept_pairs = _often(*ones, weights, len(known), floor), _often(*twos, weights, len(pairs), floor)
    left, right = np.divmod(pairs[kept_pairs], max(len(known), 1))
    names = [*(known[i] for i in kept), *(f"{known[i]} {known[j]}" for i, j in zip(left, right, strict=True))]
    order = np.argsort(np.array(names, dtype=object), kind="stable").astype(np.int64)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    new_single, new_pair = _places(len(known), kept, place[: len(kept)]), _places(len(pairs), kept_pairs, place[len(kept) :])

    halves = np.full((len(names), 2), -1, dtype=np.int64)
    halves[place[len(kept) :]] = np.column_stack([new_single[left], new_single[right]])
    where = np.concatenate([ones[0], twos[0]])
    what = np.concatenate([new_single[ones[1]], new_pair[twos[1]]])
    where, what = where[what >= 0], what[what >= 0]
    sequence = np.lexsort((what, where))
    return Words(np.array(names, dtype=object)[order], where[sequence], what[sequence], halves, len(texts))


def pieces(texts: Sequence[str], languages: Sequence[str]) -> tuple[Ints, Ints, Ints, list[str]]:
    """Every piece of every text in order: its document, its word (place in the last, in order of letters), its kind."""
    pieces = pc.split_pattern(_spaced(texts), " ")
    document = np.repeat(np.arange(len(texts)), pc.list_value_length(pieces).to_numpy(zero_copy_only=False))
    coded = pc.list_flatten(pieces).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    raw = coded.dictionary.to_pylist()
    code, names = pd.factorize(np.asarray(languages, dtype=object))
    where, different = pd.factorize(coded.indices.to_numpy().astype(np.int64) * max(len(names), 1) + code[document])
    named = frozenset(name for name in names if name)
    read = [_read(raw[key // len(names)], names[key % len(names)] or named) for key in different.tolist()]
    known = sorted({word for word, kind in read if kind != BREAK})
    at = {word: i for i, word in enumerate(known)}
    token = np.array([at.get(word, -1) for word, _ in read], dtype=np.int64)
    kind = np.array([kind for _, kind in read], dtype=np.int64)
    return document, token[where], kind[where], known


def _spaced(texts: Sequence[str]) -> pa.Array:
    """The texts casefolded, cut by single spaces into words, with a lone point where a pair must not reach across."""
    text = pa.array([text.casefold() for text in texts], type=pa.large_string())
    changes = ((_MASK, " . "), (_APOSTROPHES, "'"), (r"\p{Cf}", ""), (_NO_LETTERS, " . "), (r"[\s\p{Z}-]+", " "))
    for pattern, replacement in changes:
        text = pc.replace_substring_regex(text, pattern, replacement)
    return text


def _read(piece: str, language: str | frozenset[str]) -> tuple[str, int]:
    """A piece of text as the word it is, and its kind."""
    word = piece.strip("'")
    if language in _WITH_ELISION:
        word = _ELIDED.sub("", word, count=1)
    if sum(letter.isalpha() for letter in word) < 2 or any(letter.isnumeric() for letter in word):
        return "", BREAK
    stops, negations = _lists(frozenset({language}) if isinstance(language, str) else language or frozenset({FALLBACK}))
    if word in negations or word.endswith("n't"):
        return word, NEGATION
    return (word, STOP) if word in stops else (word, CONTENT)


@cache
def _lists(languages: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The stop words and the negations of some languages."""
    stops = {word.casefold().replace("\u2019", "'") for word in stopwordsiso.stopwords(sorted(languages))}
    return frozenset(stops) - _all_of(SUBJECTS, languages), _all_of(NEGATIONS, languages)


def _all_of(table: dict[str, str], languages: Iterable[str]) -> frozenset[str]:
    return frozenset(word for language in languages for word in table.get(language, "").split())


def _distinct(document: Ints, word: Ints, size: int) -> tuple[Ints, Ints]:
    """Each word once a document."""
    key = np.sort(document * max(size, 1) + word)  # faster than np.unique, which hashes
    document, word = np.divmod(key[np.append(True, key[1:] != key[:-1])[: len(key)]], max(size, 1))
    return document, word


def _often(document: Ints, word: Ints, weights: NDArray[np.float64], size: int, floor: int) -> Ints:
    """Which words stand in at least `floor` comments."""
    return np.flatnonzero(np.bincount(word, weights[document], minlength=size) >= max(floor, 1))


def _places(size: int, kept: Ints, place: Ints) -> Ints:
    """Old number to new number, −1 for what is left out."""
    new = np.full(size, -1, dtype=np.int64)
    new[kept] = place
    return new
