"""A comment as it came → the one form in which it is masked, recognised, coded and shown.

What makes no difference to a reader must make none to a code: how a quote is curled, which blank stands between words, whether an
accented letter is one character or two, whether a program once read UTF-8 as something else (mended by the library ftfy).
"""

import html
import re
import unicodedata
from functools import lru_cache

LONGEST = 32_767  # characters; what a cell of Excel holds. More is a document, and is cut.
_ASCII = {code: " " for code in range(128) if unicodedata.category(chr(code)) == "Cc" and code not in (10, 13)}
# Control characters but the ends of lines, which part clauses.
_SINGLE, _DOUBLE = re.compile("[‘’‚‛ʼ′´`＇]"), re.compile("[“”„‟«»″＂]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
# Unseen characters that part words; the other unseen ones stand inside words (soft hyphens, marks of direction) and fall away.
_PARTING = "\u200b"
# Misread UTF-8 puts at least two characters outside ASCII side by side, the first of them one of few. To look for such a pair is
# far faster than to let ftfy find out whether it is one.
_MAYBE_MISREAD = re.compile(
    "[\x80-\x9f]|Ã |[\xa0-\u036fΒΓΞΟβ\u2000-\u25ff][\xa0-\u040f\u0450-\u04ff\u2000-\u25ff]"
    "|[ВГРСвр][\xa0-\u040f\u0450-\u04ff\u2000-\u2122]"
)
_AROUND = " \t\r\n\u200b\u3000"  # not the no-break space, which is half of a misread "à"
_ROUNDS = 10  # a text is mended again while that changes it, so that cleaning a clean text changes nothing


def clean(raw: str) -> str:
    r"""The comment with its encoding mended and in Unicode's form NFKC, quotes straight, no control characters,
    single blanks; lines stay apart.

    At most `LONGEST` characters are kept. Cleaning twice is cleaning once.

    >>> clean("  Itâ€™s “ok”,\u00a0but\nslow… ")
    'It\'s "ok", but\nslow...'
    """
    if raw.isascii() and "&" not in raw:
        text = _blanks(raw if raw.isprintable() else raw.translate(_ASCII)).replace("`", "'")
        return text if len(text) <= LONGEST else text[:LONGEST].rstrip()
    text = raw[: 2 * LONGEST]
    for _ in range(_ROUNDS):
        before, text = text, _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    if not text.isascii():
        text = _straight(unicodedata.normalize("NFKC", _straight(_encoding_mended(text))))
    if not text.isprintable():
        text = "".join([c if c.isprintable() else _unseen(c) for c in text])
    return _blanks(text)[:LONGEST].rstrip().replace("`", "'")


def _blanks(text: str) -> str:
    """Single blanks; lines stay apart, empty ones fall away."""
    return "\n".join([line for line in map(_single, text.splitlines()) if line])


def _single(line: str) -> str:
    return " ".join(line.split())


def _straight(text: str) -> str:
    return _DOUBLE.sub('"', _SINGLE.sub("'", text))


def _encoding_mended(text: str) -> str:
    if not _MAYBE_MISREAD.search(text):
        return text
    from ftfy import fix_encoding  # takes a tenth of a second to import; most comments need none of it

    return fix_encoding(text.strip(_AROUND))  # a blank at the end could be taken for half a letter


@lru_cache(maxsize=1024)
def _unseen(character: str) -> str:
    """What stays of a character that prints nothing: a blank, nothing, or itself where fonts may know it."""
    kind = unicodedata.category(character)
    if character in "\n\r\u2028\u2029":
        return "\n"
    if kind == "Cf":
        return " " if character == _PARTING else ""
    return " " if kind in ("Cc", "Zs", "Zl", "Zp") else "" if kind == "Cs" else character
