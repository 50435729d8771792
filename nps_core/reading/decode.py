"""Bytes → UTF-8 text: which encoding a text file is written in.

It must not know delimiters or tables. It never refuses: some reading is always given, and what was mended is counted.
Order: byte order mark, UTF-16 by its zero bytes, UTF-8, else a Western 8-bit encoding, letter by letter.
"""

import codecs
import re
from typing import NamedTuple

import numpy as np
import pyarrow as pa

PEEK = 4096  # bytes looked at to recognise UTF-16 by its zero bytes
BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# cp1252 has five holes; latin-1 fills them, so that every byte has a reading.
WESTERN = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
HOLES = "\x81\x8d\x8f\x90\x9d"
LETTER = "a-zà-öø-ÿ"
# A cp850 letter read as cp1252 is a quote or a sign in the middle of a word: "d'‚tiquetage" for "d'étiquetage".
STRANDED = re.compile(
    rf"(?<=[{LETTER}’'])[‚ƒ„†‡ˆ‰Š‹Œ“”•—–](?=[{LETTER}])|(?<=[{LETTER}])‚"
    rf"|(?<![\w‚])[‚ƒˆ](?=[a-z])(?![^‘\n]{{0,80}}‘)|[{HOLES}]",  # at the start of a word, unless a closing quote follows
    re.IGNORECASE,
)
SURELY_STRANDED = re.compile(rf"(?<=[{LETTER}’'])[‚ˆ‰Š‹](?=[{LETTER}])|[{HOLES}]")
ENOUGH = 3  # so many surely stranded letters prove that a second encoding is mixed in


class Text(NamedTuple):
    """A file as UTF-8 without byte order mark, the name of the encoding it came in, and how many lines were mended."""

    utf8: bytes
    encoding: str
    repaired: int = 0


def decode(data: bytes) -> Text:
    """The bytes of a text file as UTF-8.

    >>> decode("né".encode("utf-16")).utf8.decode(), decode(b"n\\xe9").encoding
    ('né', 'cp1252')
    """
    for mark, marked, name in BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if marked != "utf-8":
                return Text(rest.decode(marked, "replace").encode("utf-8", "replace"), name)
            return Text(rest, name) if is_utf8(rest) else _eight_bit(rest)
    if codec := _wide(data):
        return Text(data.decode(codec, "replace").encode("utf-8", "replace"), "UTF-16 without BOM")
    if is_utf8(data):
        return Text(data, "UTF-8")
    return _eight_bit(data)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8, without making a Python string of them (ten times faster on 100 MB)."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """The UTF-16 byte order of text without a mark: every other byte of Western text is zero."""
    head = data[:PEEK]
    if len(head) < 4 or 0 not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < 0.1 * odd:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd < 0.1 * even:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes) -> Text:
    """Western 8-bit text; single lines in UTF-8 and letters in cp850 among it are read as such."""
    valid: dict[bytes, str] = {}
    lines = data.split(b"\n")
    accented = [line for line in lines if not line.isascii()]
    for line in accented:
        try:
            valid[line] = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
    if valid:  # most accented lines are UTF-8, or some are: each is read as what it is
        text = "\n".join(valid.get(line) or codecs.charmap_decode(line, "strict", WESTERN)[0] for line in lines)
    else:
        text = codecs.charmap_decode(data, "strict", WESTERN)[0]
    name = "UTF-8" if 2 * len(valid) > len(accented) else "cp1252" if not any(hole in text for hole in HOLES) else "latin-1"
    other = len(accented) - sum(line in valid for line in accented) if name == "UTF-8" else len(valid)
    if other:
        name += " mixed with " + ("cp1252" if name == "UTF-8" else "UTF-8")
    if len(SURELY_STRANDED.findall(text)) < ENOUGH:
        return Text(text.encode("utf-8"), name, other)
    mended = STRANDED.sub(lambda found: _as_cp850(found.group()), text)
    touched = sum(a != b for a, b in zip(text.split("\n"), mended.split("\n"), strict=True))
    name = "cp1252" if name == "latin-1" else name
    return Text(mended.encode("utf-8"), name + " mixed with cp850", other + touched)


def _as_cp850(character: str) -> str:
    return bytes([WESTERN.index(character)]).decode("cp850")
