"""How a phrase of a codebook is written, and what it stands for.

Words apart by blanks; case, accents and punctuation do not matter, but a phrase stands within one clause. ``word*`` is any word
that begins so, ``...`` stands for up to `REACH` words but no negation and no "but", ``(a|b|)`` for one of these or nothing.
``<Name>`` at the end asks for a capitalised word behind, which is no part of what is found; at the beginning for one ahead that
stands in no phrase of the codebook, which is part of it. ``<Alone>`` at the beginning asks that the phrase is all of its clause:
"Top!" is praise, "top floor" is none. An apostrophe may be left out in a comment.

>>> sorted(literal_forms("can't (find|see)"))
["can't find", "can't see", 'cant find', 'cant see']
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
from types import MappingProxyType

REACH = 4  # words that "..." may stand for
MOST_FORMS = 400  # what the alternatives of one phrase may multiply to
_MAY_BE_ALONE = frozenset(" .…")  # of an alternative: nothing, or words left out
_CHOICE = re.compile(r"\(([^()]*)\)")
GAP = "…"  # how forms write "..."
NAME = "<Name>"
ALONE = "<Alone>"


def folded_letter(code: int, letters: Iterable[str] = ()) -> str:
    """One character for one character: letters and digits small and without accents, everything else a blank.

    `letters` are those that a language does not take for others with an accent away: German "schön" is not "schon".
    """
    small = chr(code).lower()
    if small in letters:
        return small
    letter = unicodedata.normalize("NFD", small)[:1]
    letter = {"ß": "s", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "ı": "i"}.get(letter, letter)
    return letter if letter.isalnum() else " "


class _Folding(dict[int, str]):
    """What characters are folded to; remembers those it meets."""

    def __missing__(self, code: int) -> str:
        self[code] = folded_letter(code)
        return self[code]


_FOLDING = _Folding()
_ASCII = "".join([_FOLDING[code] for code in range(128)]).encode().ljust(256)


def fold(text: str) -> str:
    """The text as phrases are looked for in it; as long as the text itself, so that places agree.

    >>> fold("L’été, GROSS/Groß")
    'l ete  gross gros'
    """
    if text.isascii():
        return text.encode().translate(_ASCII).decode()  # three times faster
    return text.translate(_FOLDING)


def literal_forms(phrase: str, letters: Mapping[str, str] = MappingProxyType({})) -> set[str]:
    """A phrase with its alternatives written out, with and without apostrophes; `GAP` stands for "...".

    `letters` are those of the language (see `folded_letter`), each with how it is written where a keyboard lacks it. Raises
    ValueError where the forms are too many, or the brackets do not fit.
    """
    phrase = phrase.replace("’", "'").replace("...", GAP)
    spellings = {phrase, phrase.replace("'", "")}
    if any(letter in phrase.lower() for letter in letters):
        respelled = {ord(letter): spelling for letter, spelling in letters.items()}
        spellings |= {spelling.lower().translate(respelled) for spelling in spellings}
    return {"".join(form) for spelling in spellings for form in product(*_choices(spelling))}


def _choices(phrase: str) -> list[list[str]]:
    """What a phrase is made of, one after another: alternatives, or one text. Raises ValueError as `literal_forms` does."""
    pieces = _CHOICE.split(phrase)
    if "(" in "".join(pieces[::2]) or ")" in "".join(pieces[::2]):
        raise ValueError("brackets that do not fit together")
    choices = [piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)]
    size = prod(map(len, choices))
    if size > MOST_FORMS:
        raise ValueError(f"{size} forms; at most {MOST_FORMS} are allowed")
    return choices


def _stands_well(phrase: str) -> bool:
    """Whether the place of a name is the first or the last of a phrase without a gap."""
    alone = phrase.count(NAME) == 1 and "..." not in phrase and GAP not in phrase
    return alone and (phrase.startswith(NAME) or phrase.endswith(NAME))


def most_forms(phrase: str) -> int:
    """How many forms a phrase has at most, found without writing them out.

    Raises ValueError as `literal_forms` does, and where a form, or an alternative that is not empty, has no letter or digit.
    """
    if ALONE in phrase.removeprefix(ALONE):
        raise ValueError(f"{ALONE} stands at the beginning only")
    phrase = phrase.removeprefix(ALONE)
    if NAME in phrase and not _stands_well(phrase):
        raise ValueError(f"{NAME} stands at the beginning or at the end only, and of a phrase without “...”")
    choices = _choices(phrase)
    for alternative in (text for choice in choices[1::2] for text in choice):
        if not fold(alternative).strip() and not set(alternative) <= _MAY_BE_ALONE:
            raise ValueError(
                f"“{alternative.strip()}” has no letter or digit, so it says nothing; leave it empty or write a word"
            )
    always = any(all(not fold(text).isspace() and text for text in choice) for choice in choices)
    if not always and not all(fold(form).strip() for form in literal_forms(phrase)):
        raise ValueError("no phrase with a letter or digit in every form")
    return prod(map(len, choices)) * (2 if "'" in phrase or "’" in phrase else 1)
