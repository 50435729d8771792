"""A score spelled in words or with its label → the number; None for whatever else. Never a guess.

It knows one cell at a time. Numbers as numbers are `cleaning`'s.
"""

import re

from nps_core.reading.words import LIKELY, NPS_NAMES, WEAK, fold, says
from nps_core.scale import HIGHEST

# From zero to ten: en, fr, de, es, pt, it, nl. The German null is a word for nothing first.
_WORDS = (
    "zero zéro cero nul",
    "one un une eins ein uno um uma één",
    "two deux zwei dos dois duas due twee",
    "three trois drei tres três tre drie",
    "four quatre vier cuatro quatro quattro",
    "five cinq fünf cinco cinque vijf",
    "six sechs seis sei zes",
    "seven sept sieben siete sete sette zeven",
    "eight huit acht ocho oito otto",
    "nine neuf neun nueve nove negen",
    "ten dix zehn diez dez dieci tien",
)
NUMBER_WORDS = {fold(word): number for number, words in enumerate(_WORDS) for word in words.split()}
_DASH = "[-–—−]"
_SCORE = r"(?P<score>\d{1,2})(?:[.,]0+)?"
_OF = r"(?:/|out of|of|von|sur|de|di|su|em|van|uit|av|af|\|)"
_NAMES = "|".join(sorted({re.escape(word) for word in (WEAK | NPS_NAMES)} | {"q", "answer", "value"}))
_UNITS = r"(?:points?|pts?|punkte?n?|puntos?|pontos?|punti|punten|点|分|점)"
# Over folded text: lower case, no accents.
FORMS = tuple(
    re.compile(form)
    for form in (
        _SCORE,  # what is left of a keycap
        rf"{_SCORE}\s*{_OF}\s*10(?:[.,]0+)?(?:\s*{_UNITS})?",  # 10/10, 8 out of 10, 8 von 10 Punkten
        rf"\(?0\s*(?:{_DASH}|to|bis|a|al|au|tot|till|do|~|/)\s*10\)?\s*[:=]?\s*{_SCORE}",  # 0-10: 9
        rf"(?:{_NAMES})\s*(?:of|von|de|di|van)?\s*[:=]?\s*{_SCORE}",  # score 8
        rf"{_SCORE}\s*{_UNITS}",  # 8 points
        rf"[^\d]*[^\d\s\-–—:][\s]*(?:{_DASH}|[:=])\s*{_SCORE}",  # Extremely likely - 10
        rf"[^\d]*[^\d\s]\s*[(\[]\s*{_SCORE}\s*[)\]]",  # Extremely likely (10)
        rf"[(\[]\s*{_SCORE}\s*[)\]]\s*[^\d]*",  # (10) Extremely likely
        rf"{_SCORE}\s*(?:{_DASH}|[:=.]|\(|\[)\s*[^\d\s][^\d]*",  # 0 - Not at all likely, 10 (Very likely)
    )
)
_NUMBER_FIRST = re.compile(rf"{_SCORE}\s*(?P<label>[^\d]+)")  # 10 Extremely likely: only where the label speaks of likelihood
_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")  # what makes a digit a picture of a key


def spelled_score(text: str) -> int | None:
    """The score that a text other than a plain number spells.

    >>> [spelled_score(t) for t in ("10/10", "score 8", "ten", "fünf", "0-10: 9", "10 (Very Likely)", "Extremely likely - 10")]
    [10, 8, 10, 5, 9, 10, 10]
    >>> [spelled_score(t) for t in ("9 or 10", "7-8", "4/5", "9 months", "11/10", "good")]
    [None, None, None, None, None, None]
    """
    plain = fold(_KEYCAP.sub("", text)).strip("\"'“”„«».!")
    if plain in NUMBER_WORDS:
        return NUMBER_WORDS[plain]
    found = next((match for form in FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        found = _NUMBER_FIRST.fullmatch(plain)
        if found is None or not (says(LIKELY, found["label"]) or not found["label"].strip()):
            return None
    score = int(found["score"])
    return score if score <= HIGHEST else None
