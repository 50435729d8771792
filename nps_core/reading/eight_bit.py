"""Bytes that are no Unicode → which encoding makes words of them.

It must not know tables. Encodings are compared by what a reader would see: letters within words, capitals where capitals stand,
quotes around words and not within. Measured by tests/core/reading/test_decode.py on natural text of the languages.
"""

import re
from collections.abc import Sequence
from functools import cache

SAMPLE = 20_000  # bytes beyond ASCII that are enough
WELL = 0.3  # a letter, on average: cp1252 is by far the most usual, and taken where it reads so well
WESTERN = ("cp1252", "mac_roman", "cp850")
CYRILLIC = ("koi8_r", "cp1251")
EAST_ASIAN = ("cp932", "gb18030")
NAMES = {"cp1252": "cp1252", "mac_roman": "Mac Roman", "cp850": "cp850", "koi8_r": "KOI8-R", "cp1251": "cp1251"}
NAMES |= {"cp932": "Shift-JIS", "gb18030": "GB18030", "utf-8": "UTF-8"}
USUAL = set("éèêàçùôîâûëïäöüßñóíáúãõœæøåìòÉÈÊÀÇÔÎÄÖÜÑÓÍÁÚÃÕŒÆØÅ")
AROUND = set("’‘“”„‚«»–—…€£°§·¿¡ªº•™®©\u00a0´²³½¼")  # what stands beside a word, or alone
APOSTROPHES = set("’‘´")
KANA = re.compile(r"[぀-ヿ]")
HANZI = re.compile(r"[一-鿿]")


def choose(lines: Sequence[bytes]) -> str:
    """The codec of lines that hold bytes beyond ASCII. cp1252 where nothing tells.

    >>> choose(["été".encode("mac_roman")]), choose(["Это было хорошо".encode("koi8_r")])
    ('mac_roman', 'koi8_r')
    """
    sample, size = list[bytes](), 0
    for line in lines:
        sample.append(line)
        size += len(line)
        if size > 2 * SAMPLE:
            break
    data = b"\n".join(sample)
    if codec := _east_asian(data):
        return codec
    beyond = sum(byte > 0x7F for byte in data)
    if score(data, "cp1252") >= WELL * beyond:
        return "cp1252"
    best = max((*WESTERN, *CYRILLIC), key=lambda codec: score(data, codec))
    if score(data, best) < WELL * beyond and best not in CYRILLIC:
        return "cp1252"
    theirs = sum(score(line, "cp1252") >= 1 and score(line, best) <= -1 for line in sample)
    return "cp1252" if theirs > 0.02 * len(sample) else best  # two encodings in one file


def _east_asian(data: bytes) -> str:
    """Shift-JIS or GB18030 where the text decodes, bar its last bytes, and holds the characters that such text is made of."""
    for codec in EAST_ASIAN:
        text = data.decode(codec, "replace")
        beyond = [character for character in text if character > "\x7f"]
        if not beyond or text.count("\ufffd") > 0.02 * len(beyond):
            continue
        joined = "".join(beyond)
        kana, hanzi = len(KANA.findall(joined)), len(HANZI.findall(joined))
        if codec == "cp932" and kana >= 0.15 * len(beyond) and kana + hanzi >= 0.7 * len(beyond):
            return codec
        if codec == "gb18030" and hanzi >= 0.6 * len(beyond) and _common(data) >= 0.6:
            return codec
    return ""


def _common(data: bytes) -> float:
    """The share of bytes beyond ASCII that stand in pairs of the 3,755 most common Chinese characters."""
    beyond = sum(byte > 0x7F for byte in data)
    pairs = re.findall(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]", data)
    return 2 * len(pairs) / beyond


@cache
def table(codec: str) -> str:
    """The character of every byte; where the codec has none, that of latin-1."""
    return "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in range(256))


def score(data: bytes, codec: str) -> float:
    """How much the bytes beyond ASCII look like text; 1 for each letter that stands well, below 0 for what stands badly."""
    text = " " + data.decode("latin-1").translate(dict(enumerate(table(codec)))) + " "
    total = 0.0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at = found.start()
        total += _stands(text[at - 1], text[at], text[at + 1], codec)
        if at > 2 * SAMPLE:
            break
    return total


def _stands(before: str, here: str, after: str, codec: str) -> float:
    if "\x80" <= here <= "\x9f":
        return -3.0
    if not here.isalpha():
        within = before.isalpha() and after.isalpha()
        if here in AROUND:
            return 0.7 if not within or here in APOSTROPHES else -1.5
        return -2.0 if within else -1.0
    value = 1.0 if here.islower() or here == "ß" else 0.6
    if here.isupper() and before.islower():
        return -2.0  # a capital within a word
    beside = (before > "\x7f" and before.isalpha()) + (after > "\x7f" and after.isalpha())
    if codec in CYRILLIC:
        lone = (before.isalpha() and before < "\x7f") or (after.isalpha() and after < "\x7f")
        return -1.0 if lone else value if beside else 0.3
    if here not in USUAL:
        value -= 0.6
    if not (before.isalpha() or after.isalpha()):
        value -= 0.5
    return value - 0.5 * beside
