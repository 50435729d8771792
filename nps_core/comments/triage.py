"""Which comments say nothing about why: they are counted, and left out where shares are taken of those that say something.

Without a word (dots, digits, the score again, an emoji: 👍 says how, as the score does, not why); a score spelled out; a reply to
a machine (STOP); what `reading.empty_words` knows; and whatever the codebook's list ``no_information`` covers wholly, a few
words of courtesy aside. A word of praise or complaint always says something: "nothing, all good" is praise.
"""

import re

from nps_core.comments.lexicon import FLAGS, Lexicon, Looked
from nps_core.comments.phrases import fold
from nps_core.reading.empty_words import is_empty

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


def says_nothing(text: str, words: Lexicon, looked: Looked | None = None) -> bool:
    """Whether a comment, cleaned and masked, can be read but says nothing about why; `looked` is `words.look(text)`, if known."""
    if len(text) > LONGEST:
        return False
    looked = looked or words.look(text)
    said = (fold(_MASK.sub(" ", text)) if "[" in text else looked.folded).split()
    spelled = [word for word in said if word.isalpha() or not _SCORE.fullmatch(word)]
    if not any(map(_has_letters, spelled)) or is_empty(text):
        return True
    joined = " ".join(spelled)
    if joined in _STOPS or _KEYS.fullmatch(joined) or _only_a_score(said):
        return True
    return _covered(looked, words)


def _has_letters(word: str) -> bool:
    return any(map(str.isalpha, word))


def _is_score(word: str) -> bool:
    return word in _NUMBERS or (not word.isalpha() and _SCORE.fullmatch(word) is not None)


def _only_a_score(said: list[str]) -> bool:
    """Whether the words are a score, in digits or spelled, and what stands beside one."""
    return all(word in _ECHO or _is_score(word) for word in said) and any(map(_is_score, said))


def _covered(looked: Looked, words: Lexicon) -> bool:
    """Whether phrases that say nothing cover the text, but for the score and a few fillers."""
    spans = [(start, -minus) for start, minus, number in looked.places if words.flags[number] == _NOTHING]
    left = 0
    for word in _WORD.finditer(looked.folded) if spans else ():
        if not any(start <= word.start() and word.end() <= end for start, end in spans) and not _is_score(word.group()):
            left += 1
            if left > MOST_FILLERS or word.group() not in _BESIDE:
                return False
    return bool(spans)
