"""Foreign text on its way into a file: what the file could not hold is taken out, and lines are broken where they must be."""

import re
import textwrap
from unicodedata import east_asian_width

# What XML cannot hold: control characters, halves of a pair, and two that are no characters at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

JOINT = re.compile(r"(?<=\d)-(?=[\dQW])")  # within the name of a period


def unbroken(text: str) -> str:
    """A text whose periods, such as 2025-03, are not broken over two lines: their hyphens do not part.

    >>> unbroken("well-known in 2025-03") == "well-known in 2025\u201103"
    True
    """
    return JOINT.sub("\u2011", text)


def writable(text: str) -> str:
    """A text without the characters that XML cannot hold; they are replaced by a space.

    >>> writable("a\\x00b")
    'a b'
    """
    return UNWRITABLE.sub(" ", text)


def broken(text: str, letters: int) -> list[str]:
    """The lines of a text where so many usual letters stand on one; Chinese, Japanese and Korean ones count twice.

    >>> broken("one two three", 8), broken("長い名前", 4), broken("", 4)
    (['one two', 'three'], ['長い', '名前'], [''])
    """
    return textwrap.wrap(text, _fitting(text, letters)) or [""]


def shortened(text: str, letters: int) -> str:
    """A text of at most so many letters, ended at a word where it has words.

    >>> shortened("one two three", 20), shortened("one two three", 9), shortened("onetwothree", 9)
    ('one two three', 'one two…', 'onetwoth…')
    """
    letters = _fitting(text, letters)
    if len(text) <= letters:
        return text
    whole = text[:letters].rpartition(" ")[0].rstrip(" :,;·-–")
    return f"{whole if len(whole) > letters / 2 else text[: letters - 1]}…"


def _fitting(text: str, letters: int) -> int:
    """How many letters of this text take the room of so many usual ones."""
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return max(int(letters / (1 + wide / max(len(text), 1))), 1)
