"""Which comments say nothing about why: they are counted, and left out where shares are taken of those that say something.

Without a word (dots, digits, the score again, an emoji: 👍 says how, as the score does, not why); a score spelled out; a reply to
a machine (STOP); what `reading.empty_words` knows; and whatever the codebook's list ``no_information`` covers wholly, a few
words of courtesy aside. A word of praise or complaint always says something: "nothing, all good" is praise.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from nps_core.comments.lexicon import FLAGS, Lexicon, Looked
from nps_core.comments.phrases import fold
from nps_core.comments.row import Flags, Ints, Row
from nps_core.reading.empty_words import EMPTY, is_empty

MOST_FILLERS = 4  # words beside the codebook's phrases
LONGEST = 120  # characters; a longer comment says something
_NOTHING = FLAGS["no_information"]
_MASK = re.compile(r"\[[a-z]+\]")
_WORD = re.compile(r"[^\W_]+")
_SCORE = re.compile(r"(?:10|\d)(?:st|nd|rd|th)?")
_STOPS = frozenset(
    (
        "stop",
        "stopall",
        "stop all",
        "stop stop",
        "stop to end",
        "unsubscribe",
        "opt out",
        "arret",
        "desabonner",
        "abmelden",
        "baja",
    )
)
_MOST_WORDS = max(len(fold(phrase).split()) for phrase in EMPTY | _STOPS) + 1  # of what is told by the whole of a text
_KEYS = re.compile(r"(.)\1*|asdf\w*|qwert\w*|test(?:ing)?|lorem ipsum.*")
# Numbers, and what stands beside a score that is only said again; en, fr, es, de, it, nl, pt, as `phrases.fold` writes them.
_NUMBERS = frozenset(
    """
    zero one two three four five six seven eight nine ten
    un deux trois quatre cinq sept huit neuf dix
    cero uno dos tres cuatro cinco seis siete ocho nueve diez
    null eins zwei drei vier funf sechs sieben acht neun zehn
    due quattro cinque sei sette otto nove dieci
    nul een twee drie vijf zes zeven negen tien
    um dois quatro sete oito dez
    """.split()  # noqa: SIM905
)
_ECHO = frozenset(
    """
    i d ll gave give given giving rate rated rating score scored scoring mark marks point points star stars out of my it is s a
    an the was would you your this that say said put chose nps for
    je j ai mets mis donne donner note notes sur points point la le une c est
    doy di le pongo puse punto puntos puntuacion nota un una sobre de es la el mi
    ich gebe gab habe gegeben punkt punkte punkten von note wertung bewertung eine ist meine die das der
    do ho dato voto punti punteggio su il e mio
    ik geef gaf cijfer punt punten mijn van het
    dou dei nota pontos ponto minha e
    """.split()  # noqa: SIM905
)
_BESIDE = _ECHO | frozenset(
    """
    i a the to it is so just really well um oh at all for me my this that now right moment today sorry please
    thanks thank you again
    je le la de merci pour moi c est bien voila vraiment juste svp
    gracias por favor la el es de momento pues yo
    danke bitte ich das ist halt eben so einfach mal gerade
    grazie per favore e il la
    dank u bedankt het is
    obrigado obrigada por o a e
    """.split()  # noqa: SIM905
)


def says_nothing(text: str, words: Lexicon) -> bool:
    """Whether a comment, cleaned and masked, can be read but says nothing about why."""
    return bool(saying_nothing([text], words.look([text]), words)[0])


def saying_nothing(texts: Sequence[str], looked: Looked, words: Lexicon) -> Flags:
    """The same for many comments, already looked through."""
    row, size = looked.row, len(texts)
    kinds = np.array([_kind(word) for word in row.vocabulary], dtype=np.int64)[row.word]
    masked = _masked(row)
    said = row.text[~masked]
    spelled = _count(said[kinds[~masked] & _SPELLED > 0], size)
    only_a_score = (_count(said[kinds[~masked] & (_SCORED | _ECHOED) == 0], size) == 0) & (
        _count(said[kinds[~masked] & _SCORED > 0], size) > 0
    )
    found: Flags = (spelled == 0) | only_a_score | _covered(kinds, looked, words, size)
    few = (np.diff(row.begins) <= _MOST_WORDS) | (_count(row.text[kinds & _FILLING > 0], size) > 0)
    for place in np.flatnonzero(few & ~found).tolist():
        found[place] = _is_set_phrase(texts[place])
    found &= np.fromiter(map(len, texts), dtype=np.int64, count=size) <= LONGEST
    return found


def _count(texts: Ints, size: int) -> Ints:
    return np.bincount(texts, minlength=size)


def _masked(row: Row) -> Flags:
    """Which words are what a mask says, such as "[email]"."""
    small = (row.joined[row.start] >= ord("a")) & (row.joined[row.start] <= ord("z"))
    found: Flags = small & (row.joined[row.start - 1] == ord("[")) & (row.joined[row.end] == ord("]"))
    return found


_SPELLED, _SCORED, _ECHOED, _BESIDES, _FILLING = (1 << place for place in range(5))


@lru_cache(maxsize=20_000)  # portions of a survey share most of their words
def _kind(written: str) -> int:
    """What a word is here, one bit each: spelled with letters, a score, said with a score, courtesy, filler of pages."""
    word = fold(written)
    looks_so = not word.isalpha() and _SCORE.fullmatch(word) is not None
    kind = _SPELLED if not looks_so and any(map(str.isalpha, word)) else 0
    kind |= _SCORED if looks_so or word in _NUMBERS else 0
    kind |= _ECHOED if word in _ECHO else 0
    return kind | (_BESIDES if word in _BESIDE else 0) | (_FILLING if word == "lorem" else 0)


def _is_set_phrase(text: str) -> bool:
    said = fold(_MASK.sub(" ", text)).split()
    joined = " ".join(word for word in said if word.isalpha() or not _SCORE.fullmatch(word))
    return is_empty(text) or joined in _STOPS or _KEYS.fullmatch(joined) is not None


def _covered(kinds: Ints, looked: Looked, words: Lexicon, size: int) -> Flags:
    """Whether phrases that say nothing cover a text, but for the score and a few fillers."""
    row = looked.row
    spans = np.flatnonzero(words.flags[looked.number] == _NOTHING)
    steps = np.zeros(len(row.word) + 1, dtype=np.int64)
    np.add.at(steps, looked.first[spans], 1)
    np.add.at(steps, looked.after[spans], -1)
    left = (np.cumsum(steps)[:-1] == 0) & (kinds & _SCORED == 0)
    foreign = left & (kinds & _BESIDES == 0)
    some = _count(row.text[looked.first[spans]], size) > 0
    found: Flags = some & (_count(row.text[left], size) <= MOST_FILLERS) & (_count(row.text[foreign], size) == 0)
    return found
