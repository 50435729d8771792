"""Foreign text on its way into a file: what the file could not hold is taken out, and nothing else is changed."""

import re

# What XML cannot hold: control characters, halves of a pair, and two that are no characters at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """A text without the characters that XML cannot hold; they are replaced by a space.

    >>> writable("a\\x00b")
    'a b'
    """
    return UNWRITABLE.sub(" ", text)
