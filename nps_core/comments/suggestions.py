"""Phrases for the codebook: what the comments that fit none of its codes say most often.

A phrase is one to three words side by side, with a word of content at its end and at its start (where it has several, a negation
may stand there: “not intuitive”); a stop word may stand between (“cost of ownership”). What the codebook knows already, or what
only repeats a longer phrase, is left out. Masks are no words.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.comments import tokens
from nps_core.comments.codebook import WORDS, Codebook
from nps_core.comments.lexicon import lexicon
from nps_core.comments.phrases import fold
from nps_core.comments.scan import Comments
from nps_core.comments.tokens import BREAK, CONTENT, NEGATION

LONGEST = 3  # words
FEWEST = 2  # comments
LOOKED_AT = 400  # of the most frequent phrases, so many are compared with the codebook and with one another
REPEATS = 0.75  # a phrase is left out where a longer one that holds it is in so large a share of its comments


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    comments: int
    documents: np.ndarray  # places in the texts, ascending


def suggestions(comments: Comments, language: str, number: int = 12) -> pd.DataFrame:
    """The most frequent phrases in comments of a language that can be coded and are not, the most frequent first.

    Returns
    -------
    DataFrame
        phrase (str), comments (int, respondents' comments that hold it), example (str, a masked comment).
    """
    texts = comments.texts
    chosen = np.flatnonzero(((texts["status"] == "not_coded") & (texts["language"] == language)).to_numpy(dtype=bool))
    said = texts["text"].to_numpy(dtype=object)[chosen]
    order = np.argsort(said, kind="stable")  # by their letters, so that the order of the file plays no part
    said, chosen = said[order], chosen[order]
    found = _phrases(said.tolist(), language, _people(comments)[chosen])
    kept = _unlike([phrase for phrase in found if not _known(phrase, comments.books[language])])[:number]
    rows = [(" ".join(phrase.words), phrase.comments, said[phrase.documents[0]]) for phrase in kept]
    return pd.DataFrame(rows, columns=["phrase", "comments", "example"]).astype({"phrase": "str", "example": "str"})


def _people(comments: Comments) -> np.ndarray:
    """How many respondents wrote each text."""
    weights = comments.responses.frame["count"].to_numpy()[comments.rows["record"].to_numpy()]
    return np.bincount(comments.rows["text"].to_numpy(), weights=weights, minlength=len(comments.texts))


def _phrases(texts: Sequence[str], language: str, people: np.ndarray) -> list[_Phrase]:
    """The phrases of some texts that are in `FEWEST` comments or more, most first."""
    document, token, kind, known = tokens.pieces(texts, [language] * len(texts))
    found: list[_Phrase] = []
    for length in range(1, LONGEST + 1):
        starts = _starts(document, kind, length)
        key = np.zeros(len(starts), dtype=np.int64)
        for step in range(length):
            key = key * len(known) + token[starts + step]
        pairs = np.unique(np.stack([key, document[starts]], axis=1), axis=0)  # each phrase once a text
        keys, begin = np.unique(pairs[:, 0], return_index=True)
        counts = np.add.reduceat(people[pairs[:, 1]], begin) if len(keys) else np.array([])
        ends = np.append(begin[1:], len(pairs))
        for place in np.flatnonzero(counts >= FEWEST).tolist():
            words = _words(int(keys[place]), length, known)
            found.append(_Phrase(words, int(counts[place]), pairs[begin[place] : ends[place], 1]))
    return sorted(found, key=lambda phrase: (-phrase.comments, -len(phrase.words), phrase.words))[:LOOKED_AT]


def _starts(document: np.ndarray, kind: np.ndarray, length: int) -> np.ndarray:
    """Where a phrase of so many words can begin."""
    size = max(len(kind) - length + 1, 0)
    first, last = kind[:size], kind[length - 1 :][:size]
    fits = (document[:size] == document[length - 1 :][:size]) & (last == CONTENT)
    fits &= (first == CONTENT) | ((first == NEGATION) & (length > 1))
    for step in range(1, length - 1):
        fits &= kind[step:][:size] != BREAK
    return np.flatnonzero(fits)


def _words(key: int, length: int, known: Sequence[str]) -> tuple[str, ...]:
    words = list[str]()
    for _ in range(length):
        key, place = divmod(key, len(known))
        words.append(known[place])
    return tuple(reversed(words))


def _known(phrase: _Phrase, book: Codebook) -> bool:
    """Whether the codebook has it already: one of its phrases covers it wholly."""
    text = fold(" ".join(phrase.words))
    return any((find.start, find.end) == (0, len(text)) and find.entry.kind not in WORDS for find in lexicon(book).finds(text))


def _unlike(phrases: list[_Phrase]) -> list[_Phrase]:
    """The phrases without those that a longer one says as well."""
    return [
        phrase
        for phrase in phrases
        if not any(
            len(other.words) > len(phrase.words)
            and other.comments >= REPEATS * phrase.comments
            and _inside(phrase.words, other.words)
            for other in phrases
        )
    ]


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
