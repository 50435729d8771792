"""Bytes that are no Unicode → which encoding makes words of them.

It must not know tables. chardet, which has learnt many languages, names the encoding; what a reader would see has a veto: letters
of one alphabet within a word, capitals where capitals stand, quotes around words, East Asian characters beside each other. Where
that refuses, chardet is asked again without that encoding. docs/reading.md has the figures of both and of others.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

SAMPLE = 20_000  # bytes beyond ASCII that are enough
JUDGED = 4000  # characters beyond ASCII that a reader would look at
WELL = 0.3  # a character, on average: from here on a text reads well
TRIES = 4  # times that chardet is asked
FEW = 2  # letters within words; fewer tell no language
TIE = 0.9  # of the likelihood of another, and the usual encoding is taken
WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850")
EAST_ASIAN = ("cp932", "gb18030", "big5hkscs", "cp949", "euc_jis_2004")
# Every encoding that is looked for, and how it is called. One that chardet may name where another holds all that it has: SAME.
# fmt: off
NAMES = {
    "cp1252": "cp1252", "iso8859-15": "ISO-8859-15", "mac-roman": "Mac Roman", "cp850": "cp850",
    "cp1250": "cp1250", "iso8859-2": "ISO-8859-2", "mac-latin2": "Mac Central European", "cp852": "cp852",
    "cp1251": "cp1251", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "iso8859-5": "ISO-8859-5", "cp866": "cp866",
    "mac-cyrillic": "Mac Cyrillic", "cp1253": "cp1253", "iso8859-7": "ISO-8859-7", "cp737": "cp737", "mac-greek": "Mac Greek",
    "cp1254": "cp1254", "cp857": "cp857", "mac-turkish": "Mac Turkish", "cp1257": "cp1257", "iso8859-13": "ISO-8859-13",
    "cp1255": "cp1255", "cp1256": "cp1256", "iso8859-6": "ISO-8859-6",
    "cp932": "Shift-JIS", "euc_jis_2004": "EUC-JP", "gb18030": "GB18030", "big5hkscs": "Big5", "cp949": "EUC-KR",
    "utf-8": "UTF-8",
}
# fmt: on
SAME = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-8": "cp1255"}
LOOKED_FOR = [codec for codec in (*NAMES, *SAME) if codec != "utf-8"]
USUAL = set("éèêàçùôîâûëïäöüßñóíáúãõœæøåìòÉÈÊÀÇÔÎÄÖÜÑÓÍÁÚÃÕŒÆØÅ")  # letters of Western languages
AROUND = set("’‘“”„‚«»–—…€£°§·¿¡ªº•™®©´²³½¼")  # what stands beside a word, or alone
IN_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
APOSTROPHES = set("’´")


def choose(lines: Sequence[bytes]) -> str:
    """The codec of lines that hold bytes beyond ASCII. cp1252, by far the most usual, where nothing tells.

    >>> choose(["c'était déjà bien".encode("mac_roman")]), choose(["Это было хорошо".encode("koi8_r")])
    ('mac-roman', 'koi8-r')
    """
    sample, size = list[bytes](), 0
    for line in lines:
        sample.append(line)
        size += len(line)
        if size > 2 * SAMPLE:
            break
    best = _told(b"\n".join(sample))
    if best in WESTERN and best != "cp1252":
        theirs = sum(score(line, "cp1252") >= 1 and score(line, best) <= -1 for line in sample)
        return "cp1252" if theirs > 0.02 * len(sample) else best  # two encodings in one file
    return best


def _told(data: bytes) -> str:
    """What chardet says, where it makes words."""
    from chardet import detect  # only here: most files are UTF-8, and it takes a tenth of a second to load

    refused = set[str]()
    while data and len(refused) < TRIES:
        left = [codec for codec in LOOKED_FOR if SAME.get(codec, codec) not in refused]
        told = detect(data, include_encodings=left, no_match_encoding=left[0], compat_names=False)["encoding"] or ""
        codec = SAME.get(told, told)
        if codec not in NAMES or codec == "utf-8":
            break
        if _in_runs(data, codec) if codec in EAST_ASIAN else reads_well(data, codec):
            return codec if codec in WESTERN else _usual(data, codec) or codec
        refused.add(codec)
    return "cp1252"


def _usual(data: bytes, told: str) -> str:
    """The Western encoding in which all letters are usual, where they are too few to tell or it is about as likely; else ''."""
    from chardet import detect_all

    for codec in WESTERN:
        text = as_text(data, codec)
        if not set(re.findall(r"[^\x00-\x7f]", text)) <= USUAL | AROUND or not reads_well(data, codec):
            continue
        if len(IN_WORD.findall(text)) < FEW:
            return codec
        ranking = detect_all(data, True, include_encodings=[told, codec], no_match_encoding=codec, compat_names=False)
        likely = {found["encoding"]: found["confidence"] for found in ranking}
        return codec if likely.get(codec, 0.0) >= TIE * likely.get(told, 0.0) else ""
    return ""


def _in_runs(data: bytes, codec: str) -> bool:
    """Whether the text decodes and its East Asian characters stand together: bytes of French words may make some, but alone."""
    runs = re.findall(r"[^\x00-\x7f]+", data.decode(codec, "replace"))
    beyond = "".join(runs)
    together = sum(len(run) for run in runs if len(run) > 1)
    letters = sum(character.isalpha() for character in beyond)
    return beyond.count("\ufffd") <= 0.02 * len(beyond) and together >= 0.7 * len(beyond) and letters >= 0.3 * len(beyond)


@cache
def table(codec: str) -> str:
    """The character of every byte; where the codec has none, that of latin-1."""
    return "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in range(256))


def as_text(data: bytes, codec: str) -> str:
    """The text in one of the encodings of NAMES. Never fails."""
    if codec in EAST_ASIAN or codec == "utf-8":
        return data.decode(codec, "replace")
    return codecs.charmap_decode(data, "strict", table(codec))[0]


def reads_well(data: bytes, codec: str) -> bool:
    """Whether the characters beyond ASCII mostly stand where they should."""
    total, many = _judge(data, codec, _stands)
    return total >= WELL * many


def score(data: bytes, codec: str) -> float:
    """How much the bytes beyond ASCII look like Western text: 1 for each letter that stands well, below 0 for a bad one."""
    return _judge(data, codec, _stands_in_the_west)[0]


def _judge(data: bytes, codec: str, stands: Callable[[str, str, str], float]) -> tuple[float, int]:
    """The sum over the characters beyond ASCII, and of how many."""
    text = " " + as_text(data, codec) + " "
    total, many = 0.0, 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at = found.start()
        total += stands(text[at - 1], text[at], text[at + 1])
        many += 1
        if many >= JUDGED:
            break
    return total, many


def _stands(before: str, here: str, after: str) -> float:
    """How well a character stands between two others, in any alphabet."""
    if "\x80" <= here <= "\x9f":
        return -3.0
    beside = [character for character in (before, after) if _is_letter(character)]
    if here == "\u00a0":
        return 0.7
    if not _is_letter(here):
        within = len(beside) == 2
        if here in AROUND:
            return 0.7 if not within or here in APOSTROPHES else -1.5
        return -2.0 if within else -1.0
    if here.isupper() and before.islower():
        return -2.0  # a capital within a word
    if any(_alphabet(character) != _alphabet(here) for character in beside):
        return -1.0
    return 0.5 if not beside else 0.6 if here.isupper() else 1.0


def _stands_in_the_west(before: str, here: str, after: str) -> float:
    """The same where accented letters are rare among plain ones, and few of them usual."""
    value = _stands(before, here, after)
    if value <= 0 or not here.isalpha():
        return value
    unusual = 0.6 * (here not in USUAL)
    return value - unusual - 0.5 * sum(character > "\x7f" and character.isalpha() for character in (before, after))


def _is_letter(character: str) -> bool:
    return character.isalpha() or unicodedata.category(character).startswith("M")  # Arabic writes vowels as marks


def _alphabet(letter: str) -> int:
    """The same number for letters that may stand in one word."""
    place = ord(letter)
    return 0 if place < 0x250 or 0x1E00 <= place < 0x1F00 else place >> 8
