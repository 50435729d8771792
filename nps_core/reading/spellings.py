"""A score spelled in words or with its label → the number and how it was spelled; None for whatever else. Never a guess.

It knows one cell at a time. Numbers as numbers are `cleaning`'s.
"""

import re

from nps_core.reading.date_scores import day_and_month
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
OUT_OF = re.compile(rf"{_SCORE}\s*{_OF}\s*10(?:[.,]0+)?(?:\s*{_UNITS})?")  # 10/10, 8 out of 10, 8 von 10 Punkten
FORMS = tuple(
    re.compile(form)
    for form in (
        _SCORE,  # what is left of a keycap
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

    A day of the year is none: 10-Sep may have been 9/10.

    >>> [spelled_score(t) for t in ("10/10", "score 8", "ten", "fünf", "0-10: 9", "10 (Very Likely)", "Extremely likely - 10")]
    [10, 8, 10, 5, 9, 10, 10]
    >>> [spelled_score(t) for t in ("9 or 10", "7-8", "4/5", "9 months", "11/10", "good", "10-Sep")]
    [None, None, None, None, None, None, None]
    """
    found = spelled(text)
    return found and found[0]


def spelled(text: str) -> tuple[int, str] | None:
    """The score that a text spells, and how: ``"word"``, ``"out_of"`` (10/10) or ``"label"``.

    >>> spelled("ten"), spelled("10/10"), spelled("10 (Very Likely)")
    ((10, 'word'), (10, 'out_of'), (10, 'label'))
    """
    plain = fold(_KEYCAP.sub("", text)).strip("\"'“”„«».!")
    if plain in NUMBER_WORDS:
        return NUMBER_WORDS[plain], "word"
    found, kind = OUT_OF.fullmatch(plain), "out_of"
    if found is None:
        found, kind = next((match for form in FORMS if (match := form.fullmatch(plain))), None) or _number_first(plain), "label"
    if found is None or int(found["score"]) > HIGHEST or day_and_month(plain) is not None:
        return None
    return int(found["score"]), kind


def _number_first(plain: str) -> re.Match[str] | None:
    found = _NUMBER_FIRST.fullmatch(plain)
    return found if found and (says(LIKELY, found["label"]) or not found["label"].strip()) else None
