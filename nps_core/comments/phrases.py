"""How a phrase of a codebook is written, and what it stands for.

Words apart by blanks; case, accents and punctuation do not matter. ``word*`` is any word that begins so, ``...`` stands for up to
`REACH` words, ``(a|b|)`` for one of these or nothing. An apostrophe may be left out by whoever writes the comment.

>>> sorted(literal_forms("can't (find|see)"))
["can't find", "can't see", 'cant find', 'cant see']
"""

import re
import unicodedata
from itertools import product
from math import prod

REACH = 4  # words that "..." may stand for
MOST_FORMS = 400  # what the alternatives of one phrase may multiply to
_CHOICE = re.compile(r"\(([^()]*)\)")
Form = tuple[tuple[str, int], ...]


class _Folding(dict[int, str]):
    """One character for one character: letters and digits small and without accents, everything else a blank."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code).lower())[:1]
        letter = {"ß": "s", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "ı": "i"}.get(letter, letter)
        self[code] = letter if letter.isalnum() else " "
        return self[code]


_FOLDING = _Folding()
_ASCII = "".join([_FOLDING[code] for code in range(128)]).encode().ljust(256)


class _Starred(dict[int, str]):
    """The same with stars left, and a tab for what else is neither letter, digit nor blank."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter == "*" else "\t" if _FOLDING[code] == " " and not letter.isspace() else _FOLDING[code]
        return self[code]


_STARRED = _Starred()


def fold(text: str) -> str:
    """The text as phrases are looked for in it; as long as the text itself, so that places agree.

    >>> fold("L’été, GROSS/Groß")
    'l ete  gross gros'
    """
    if text.isascii():
        return text.encode().translate(_ASCII).decode()  # three times faster
    return text.translate(_FOLDING)


def literal_forms(phrase: str) -> set[str]:
    """A phrase with its alternatives written out. Raises ValueError where they are too many, or the brackets do not fit."""
    forms = {" ".join("".join(form).split()) for form in product(*_choices(phrase))}
    curly = {form.replace("’", "'") for form in forms}
    return {form for form in curly | {form.replace("'", "") for form in curly} if form}


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


def most_forms(phrase: str) -> int:
    """How many forms a phrase has at most, found without writing them out.

    Raises ValueError as `literal_forms` does, and where a form has no letter or digit.
    """
    choices = _choices(phrase)
    always = any(all(not fold(text).isspace() and text for text in choice) for choice in choices)
    if not always and not all(map(parts, literal_forms(phrase))):
        raise ValueError("no phrase with a letter or digit in every form")
    return prod(map(len, choices)) * (2 if "'" in phrase or "’" in phrase else 1)


def forms(phrase: str) -> set[Form]:
    """The `parts` of every form of a phrase.

    >>> sorted(forms("can't (find*|see)"))
    [((' can t find', 0),), ((' can t see ', 0),), ((' cant find', 0),), ((' cant see ', 0),)]
    """
    found = None if "." in phrase or "…" in phrase else _simple(phrase)
    return {form for form in map(parts, literal_forms(phrase)) if form} if found is None else found


def _simple(phrase: str) -> set[Form] | None:
    """The same in a fifth of the time for a phrase without "...", folded before it is written out; None where that differs."""
    straight = phrase.replace("’", "'")
    found = set[Form]()
    for text in {straight, straight.replace("'", "")}:
        for form in map("".join, product(*[[piece.translate(_STARRED) for piece in choice] for choice in _choices(text)])):
            if words := form.split():
                joined = f" {' '.join(words)} "
                if "*" not in form:
                    found.add(((joined, 0),))
                    continue
                first, *others = joined.split("* ")
                if " *" in joined or "*\t" in form or form.count("*") != len(others):
                    return None
                found.add(((first, 0), *[(f" {other}", 0) for other in others if other]))
    return found


def parts(form: str) -> Form:
    """A form as the texts to look for one after another, each with the number of words that may stand before it.

    A text begins and, unless it may go on (``word*``), ends with a blank.

    >>> parts("could ... better")
    ((' could ', 0), (' better ', 4))
    >>> parts("recommend* you")
    ((' recommend', 0), (' you ', 0))
    """
    found: list[tuple[str, int]] = []
    gap, words = 0, list[str]()

    def close(open_end: bool) -> None:
        nonlocal gap
        if words:
            found.append((" " + " ".join(words) + ("" if open_end else " "), gap))
            gap = 0
            words.clear()

    for word in form.split():
        if word in ("...", "…"):
            close(open_end=False)
            gap = REACH
            continue
        folded = fold(word.rstrip("*")).split()
        words.extend(folded)
        if word.endswith("*") and folded:
            close(open_end=True)
    close(open_end=False)
    return tuple(found)
