"""Bytes → UTF-8 text: which encoding a text file is written in.

It must not know delimiters or tables. It never refuses: some reading is always given, and what was mended is told.
Order: byte order mark, UTF-32 and UTF-16 by their zero bytes, UTF-8, else the 8-bit or East Asian encoding that makes words.
Lines in another encoding, and single letters of cp850 among cp1252, are read as what they are.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from nps_core.reading.eight_bit import EAST_ASIAN, NAMES, WESTERN, as_text, choose, reads_well, score, table

PEEK = 4096  # bytes looked at to recognise UTF-16 and UTF-32 by their zero bytes
BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
HOLES = "\x81\x8d\x8f\x90\x9d"  # cp1252 has five holes; latin-1 fills them, so that every byte has a reading
LETTER = "a-zà-öø-ÿ"
# A cp850 letter read as cp1252 is a quote or a sign in the middle of a word: "d'‚tiquetage" for "d'étiquetage".
STRANDED = re.compile(
    rf"(?<=[{LETTER}’'])[‚ƒ„†‡ˆ‰Š‹Œ“”•—–](?=[{LETTER}])|(?<=[{LETTER}])‚"
    rf"|(?<![\w‚])[‚ƒˆ](?=[a-z])(?![^‘\n]{{0,80}}‘)|[{HOLES}]",  # at the start of a word, unless a closing quote follows
    re.IGNORECASE,
)
SURELY_STRANDED = re.compile(rf"(?<=[{LETTER}’'])[‚ˆ‰Š‹](?=[{LETTER}])|[{HOLES}]")
STRANDING = set("‚ˆ‰Š‹" + HOLES)  # what it looks for
ENOUGH = 3  # so many surely stranded letters prove that a second encoding is mixed in
MARK = "\ue000"  # stands before a mended letter in `Text.mended`; a private character that files do not use
ASCII = bytes(range(128))
PART = 1 << 22  # bytes made text at a time
MOST_LINES = 2000  # beyond ASCII, from which the encoding is told
ACCENTED = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")  # what a letter beyond ASCII looks like in UTF-8
# A capital or a sign after a small letter: the line may be in another encoding. Quotes and the like do stand there.
MAY_BE_DOUBTFUL = re.compile(r"[^\x00-\x7fß-ÿ’‘“”»›…–—°™®©\u00a0œž€]")
DOUBTFUL = re.compile(rf"(?<=[a-zß-ÿ]){MAY_BE_DOUBTFUL.pattern}|[\x80-\x9f]")
BEYOND = re.compile(r"([^\x00-\x7f])")


class Text(NamedTuple):
    """A file as UTF-8 without byte order mark, the name of the encoding it came in, and the mended lines, letters marked."""

    utf8: bytes
    encoding: str
    mended: tuple[str, ...] = ()

    @property
    def repaired(self) -> int:
        """How many lines were mended."""
        return len(self.mended)


def decode(data: bytes) -> Text:
    """The bytes of a text file as UTF-8.

    >>> decode("né".encode("utf-16")).utf8.decode(), decode(b"n\\xe9").encoding
    ('né', 'cp1252')
    """
    for mark, marked, name in BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if marked != "utf-8":
                return Text(_from_wide(rest, marked), name)
            return Text(rest, name) if is_utf8(rest) else _eight_bit(rest)
    if codec := _wide(data):
        return Text(_from_wide(data, codec), codec[:6].upper() + " without BOM")
    if is_utf8(data):
        return Text(data, "UTF-8")
    return _eight_bit(data)


def _from_wide(data: bytes, codec: str) -> bytes:
    return data.decode(codec, "replace").encode("utf-8", "replace")


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8, without making a Python string of them (ten times faster on 100 MB)."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark: the reading in which the zero bytes become letters, line ends and delimiters."""
    head = data[:PEEK]
    if 0 not in head or len(head) < 4:
        return None
    best, most = None, 0.0
    for codec, size in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % size and len(head) < PEEK:
            continue
        text = head[: len(head) // size * size].decode(codec, "replace")
        plain = sum(" " <= character <= "~" or character in "\t\r\n" for character in text)
        share = plain / len(text)
        if text.count("\x00") + text.count("\ufffd") <= 0.1 * len(text) and share > max(most, 0.05):
            best, most = codec, share
    return best


def _eight_bit(data: bytes) -> Text:
    """Text in an 8-bit or East Asian encoding; lines in another one, and letters in cp850, are read as such."""
    main, second, third = _encodings(data)
    if main in EAST_ASIAN:
        return Text(as_text(data, main).encode("utf-8", "replace"), NAMES[main])
    parts, mended, others = list[bytes](), list[str](), dict[str, None]()
    stranded, holes = 0, False
    for start, stop in _parts(data):
        part = data[start:stop]
        text = _part(part, main, second, third, mended, others)
        if second == "cp1252" and STRANDING & set(_beyond(part, second)):
            stranded += len(SURELY_STRANDED.findall(text))
            holes = holes or any(hole in text for hole in HOLES)
        parts.append(text.encode("utf-8"))
    name = NAMES[main]
    if stranded >= ENOUGH:
        parts = [_with_cp850(part, mended) for part in parts]
        others["cp850"] = None
    elif name == "cp1252" and holes:
        name = "latin-1"
    return Text(b"".join(parts), " mixed with ".join([name, *others]), tuple(mended))


def _encodings(data: bytes) -> tuple[str, str, str]:
    """The file's encoding, that of the lines that are not UTF-8, and that of the lines which make no words in it.

    The third is settled by all such lines together: one line alone reads as well in Mac Roman as in cp850 (boîte, boåte).
    """
    sample = list(islice((found.group() for found in ACCENTED.finditer(data)), MOST_LINES))
    rest = [line for line in sample if not is_utf8(line)]
    second = choose(rest)
    odd = b"\n".join(line for line in rest if second in WESTERN and score(line, second) <= -1)
    others = [codec for codec in ("cp850", "mac-roman", "cp1252") if codec != second]  # on a tie the first
    third = max(others, key=lambda codec: score(odd, codec))
    return ("utf-8" if 2 * len(rest) < len(sample) else second), second, third


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(data):
        stop = data.find(b"\n", start + PART) + 1 or len(data)
        yield start, stop
        start = stop


def _beyond(part: bytes, codec: str) -> str:
    """The characters of an 8-bit encoding, each once, that the bytes beyond ASCII in a part stand for."""
    return "".join(table(codec)[byte] for byte in set(part.translate(None, ASCII)))


def _part(data: bytes, main: str, second: str, third: str, mended: list[str], others: dict[str, None]) -> str:
    """A part of the file as text; lines that had to be read in another encoding are added to `mended`."""
    text = as_text(data, second)
    doubtful = second in WESTERN and MAY_BE_DOUBTFUL.search(_beyond(data, second)) and DOUBTFUL.search(text)
    if main == second and not doubtful and not SEQUENCE.search(data):
        return text
    lines = text.split("\n")
    for place, line in enumerate(data.split(b"\n")):
        if line.isascii():
            continue
        if is_utf8(line) and (main == "utf-8" or second in WESTERN or not reads_well(line, second)):
            lines[place], codec = line.decode("utf-8"), "utf-8"
        else:
            codec = _line(line, second, third) if DOUBTFUL.search(lines[place]) else second
            lines[place] = as_text(line, codec)
        if codec != main:
            others[NAMES[codec]] = None
            mended.append(BEYOND.sub(rf"{MARK}\1", lines[place]))
    return "\n".join(lines)


def _line(line: bytes, codec: str, other: str) -> str:
    """The encoding of a line: the file's, or the other one in it, where that makes words and the file's makes none.

    Single letters of cp850 among cp1252 are mended one by one, not by the line: both may stand in one.
    """
    if codec not in WESTERN or other == "cp850" or score(line, codec) > -1 or score(line, other) < 1:
        return codec
    return other


def _with_cp850(part: bytes, mended: list[str]) -> bytes:
    marked = STRANDED.sub(lambda found: MARK + _as_cp850(found.group()), part.decode("utf-8"))
    mended += [line for line in marked.split("\n") if MARK in line]
    return marked.replace(MARK, "").encode("utf-8")


def _as_cp850(character: str) -> str:
    return bytes([table("cp1252").index(character)]).decode("cp850")
