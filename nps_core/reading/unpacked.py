"""How much a zipped workbook becomes when it is opened, measured before it is: the guard against zip bombs.

Sizes written in the zip are believed only when they are too large; what they hide is unpacked piece by piece and thrown away.
A reader of workbooks sets aside room for every cell between the first and the last, so a file of two cells can ask for 500 GB;
the same text may stand in a million cells. Both are therefore counted beforehand. It must not know what the cells mean.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading import binary_sheets

MOST_UNPACKED = 2 << 30  # bytes; a sheet of 1,000,000 rows and 8 columns unpacks to 0.6 GB
MOST_TIMES = 100  # ... and so many times the file: sheets of survey answers unpack to about 10 times, repetitive ones to 30
ALWAYS_FINE = 128 << 20  # bytes that any file may unpack to
MOST_CELLS = 48_000_000  # 32 bytes each are set aside: 1.5 GB
ALWAYS_FINE_CELLS, CELLS_A_BYTE = 12_000_000, 8  # ... 3 seconds for a file of any size; more for larger ones
MOST_TEXT = 1 << 30  # bytes of text in all cells, a text that stands in many cells counted in each
WIDEST = 1 << 14  # columns a sheet can have
PIECE = 1 << 22
LONGEST_TAG = 1 << 16
BINARY, SHARED_TEXTS = ".bin", "sharedstrings"  # parts of an xlsb
READ_PARTS = (".xml", ".rels", BINARY)  # pictures and the like are never unpacked
USUAL, WIDE = re.compile(rb'<c r="[A-Z]'), re.compile(rb'<c r="[A-Z]{2}')  # what every program writes; beyond column Z
ANY_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)["']""")
SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)""")
ODS_CONTENT = "content.xml"
ODS_TAG = re.compile(rb"<(/?)table:(?:table-|covered-table-)(row|cell)(?=[\s/>])([^>]*)>")
TIMES = re.compile(rb"""table:number-(?:columns|rows)-repeated\s*=\s*["'](\d+)""")


class Extent(NamedTuple):
    """How far a sheet reaches: 1-based rows and columns; how many cells point at a shared text."""

    rows: int
    columns: int
    shared: int


def parts(data: bytes) -> dict[str, ZipInfo]:
    """What a zip says it holds; nothing where its directory cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            return {info.filename: info for info in packed.infolist()}
    except (BadZipFile, NotImplementedError, OSError, ValueError, UnicodeError, IndexError, KeyError):
        return {}


def check(data: bytes, name: str) -> None:
    """Makes sure that the zipped workbook may be opened.

    Raises TooLarge for one that would fill the memory, Unreadable for one that is packed in a way that workbooks are not.
    """
    held = [info for info in parts(data).values() if info.filename.lower().endswith(READ_PARTS)]
    most = min(MOST_UNPACKED, max(ALWAYS_FINE, MOST_TIMES * len(data)))
    if sum(info.file_size for info in held) > most:
        raise _too_large(f"{name}, which unpacks to {sum(info.file_size for info in held) / 1e9:.1f} GB", most)
    left, shared, longest = most, 0, 0
    for info in held:
        if info.filename == ODS_CONTENT:
            _check_ends(data, info, left, name, most)
        looked = _look(data, info, left, name, most)
        left -= looked.size
        shared += looked.shared
        longest = max(longest, looked.longest_text)
        if looked.wide or looked.unusual:
            extent = measure(unpack(data, info))
            _check_cells(extent, name, len(data))
            shared += extent.shared if looked.unusual else 0
        if looked.repeats:
            _check_cells(measure_ods(unpack(data, info)), name, len(data))
    if shared * longest > MOST_TEXT:
        _check_text(data, held, name)
    _check_binary(data, [info for info in held if info.filename.lower().endswith(BINARY)], name)


def _check_binary(data: bytes, held: list[ZipInfo], name: str) -> None:
    """The same for the sheets of an xlsb: how far they reach, and how much text their cells hold."""
    texts = [b"".join(unpack(data, info)) for info in held if SHARED_TEXTS in info.filename.lower()]
    lengths = np.array([length for part in texts for length in binary_sheets.lengths(part)], dtype=np.int64)
    total = 0
    for info in held:
        sheet = binary_sheets.measure(b"".join(unpack(data, info)))
        _check_cells(Extent(sheet.rows, sheet.columns, len(sheet.shared)), name, len(data))
        total += int(lengths[sheet.shared[sheet.shared < len(lengths)]].sum())
        if total > MOST_TEXT:
            raise _too_large(f"{name}, whose cells hold more than {MOST_TEXT / 1e9:.1f} GB of text", MOST_UNPACKED)


def _check_ends(data: bytes, info: ZipInfo, left: int, name: str, most: int) -> None:
    """Refuses an ods whose tables do not end: the reader of workbooks would look for their end for ever."""
    parser, size = ParserCreate(), 0
    try:
        for piece in _inflate(data, info):
            size += len(piece)
            if size > left:
                raise _too_large(f"{name}, which unpacks to more than that", most)
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, LookupError, ValueError) as error:  # an unknown encoding among them
        raise damaged(name) from error


def _too_large(found: str, most: int) -> TooLarge:
    return TooLarge(
        f"a workbook that unpacks to at most {most / 1e9:.1f} GB, with {MOST_CELLS:,} cells at most",
        found,
        "Delete what is not needed around the answers (empty rows and columns too), or save the sheet as CSV.",
    )


def too_many_cells(name: str, rows: int, columns: int) -> TooLarge:
    """The error for a sheet whose cells would not fit into memory."""
    return _too_large(f"{name}, with a sheet of {rows:,} rows and {columns:,} columns", MOST_UNPACKED)


def _check_cells(extent: Extent, name: str, size: int) -> None:
    """A small file must not ask for as much as a large one may: mostly empty cells take as long to go through as full ones."""
    if extent.columns > WIDEST or extent.rows * extent.columns > min(MOST_CELLS, max(ALWAYS_FINE_CELLS, CELLS_A_BYTE * size)):
        raise too_many_cells(name, extent.rows, extent.columns)


class Look(NamedTuple):
    """What one unpacked part holds, seen in passing."""

    size: int = 0
    wide: bool = False  # cells beyond column Z
    unusual: bool = False  # cells written in a way that only `measure` understands
    shared: int = 0  # cells that point at a shared text
    longest_text: int = 0
    repeats: bool = False  # cells or rows of an ods stand for several


def _look(data: bytes, info: ZipInfo, left: int, name: str, most: int) -> Look:
    size = cells = usual = shared = longest = 0
    wide = prefixed = repeats = False
    for piece in unpack(data, info):
        size += len(piece)
        if size > left + LONGEST_TAG:
            raise _too_large(f"{name}, which unpacks to more than that", most)
        prefixed = prefixed or b":sheetData" in piece
        cells += piece.count(b"<c") - piece.count(b"<co") + (piece.count(b":c ") if prefixed else 0)
        usual += piece.count(b'<c r="')
        wide = wide or WIDE.search(piece) is not None
        shared += piece.count(b't="s"')
        if b"<si" in piece or b":si" in piece:
            longest = max(longest, *map(len, piece.split(b"si>")))
        repeats = repeats or b"-repeated=" in piece
    return Look(size, wide, cells != usual, shared, longest, repeats)


def measure_ods(pieces: Iterator[bytes]) -> Extent:
    """How far the sheets of an ods reach together, repeated rows and cells counted; empty ones at the end are never made."""
    rows = columns = column = width = repeat = waiting = 0
    for piece in pieces:
        for closing, kind, attributes in ODS_TAG.findall(piece):
            found = TIMES.search(attributes)
            times = int(found[1][:10]) if found else 1
            if kind == b"row":
                if not closing:
                    repeat, column, width = times, 0, 0
                if closing or attributes.endswith(b"/"):
                    rows += waiting + repeat if width else 0
                    waiting = 0 if width else waiting + repeat
                    columns = max(columns, width)
            elif not closing:
                column += times
                width = max(
                    width, column if not attributes.endswith(b"/") or b"value" in attributes or b"formula" in attributes else 0
                )
    return Extent(rows, columns, 0)


def measure(pieces: Iterator[bytes]) -> Extent:
    """How far a sheet reaches, from every single cell, as a reader of workbooks counts: one without a place follows the last."""
    row = column = rows = columns = shared = 0
    for piece in pieces:
        shared += len(SHARED.findall(piece))
        for kind, attributes in ANY_CELL.findall(piece):
            place = PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2][:10] or b"0") if place else row + 1, 0
                continue
            column += 1
            if place and place[1]:
                column, row = _column(place[1]), int(place[2][:10] or b"0")
            rows, columns = max(rows, row), max(columns, column)
    return Extent(rows, columns, shared)


def _column(letters: bytes) -> int:
    """The number of a column from its letters.

    >>> _column(b"A"), _column(b"Z"), _column(b"AA"), _column(b"XFD")
    (1, 26, 27, 16384)
    """
    number = 0
    for letter in letters[:7].upper():
        number = number * 26 + letter - 64
    return number


def _check_text(data: bytes, held: list[ZipInfo], name: str) -> None:
    """Adds up the shared texts cell by cell; only where their number times the longest of them is too much."""
    strings = next((info for info in held if info.filename.lower().endswith("sharedstrings.xml")), None)
    if strings is None:
        return
    texts = b"".join(unpack(data, strings)).split(b"<si")[1:]
    lengths = [len(text) for text in texts]
    total = 0
    for info in held:
        if info is strings:
            continue
        for piece in unpack(data, info):
            total += sum(lengths[int(place)] for place in SHARED.findall(piece) if int(place) < len(lengths))
            if total > MOST_TEXT:
                raise _too_large(f"{name}, whose cells hold more than {MOST_TEXT / 1e9:.1f} GB of text", MOST_UNPACKED)


def unpack(data: bytes, info: ZipInfo) -> Iterator[bytes]:
    """A part, piece by piece and cut between tags, for as long as there is something to unpack: its stated size is not believed.

    Raises Unreadable where it is damaged or packed in an unusual way.
    """
    tail = b""
    for piece in _inflate(data, info):
        piece = tail + piece
        cut = piece.rfind(b"<")
        cut = cut if 0 <= len(piece) - cut <= LONGEST_TAG and cut > 0 else len(piece)
        tail = piece[cut:]
        yield piece[:cut]
    if tail:
        yield tail


def _inflate(data: bytes, info: ZipInfo) -> Iterator[bytes]:
    at = info.header_offset
    if info.flag_bits & 1:
        raise Unreadable("a workbook that can be opened", "one protected by a password", "Save it without a password.")
    if data[at : at + 4] != b"PK\x03\x04" or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise damaged(info.filename)
    start = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    packed = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == ZIP_STORED:
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), PIECE >> 4):
        rest: bytes | memoryview = packed[at : at + (PIECE >> 4)]
        while len(rest) and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, PIECE)
            except zlib.error as error:
                raise damaged(info.filename) from error
            rest = unpacker.unconsumed_tail
            if piece:
                yield piece


def damaged(what: str) -> Unreadable:
    """The error for a workbook that cannot be opened."""
    return Unreadable(
        "a workbook (.xlsx, .xlsb, .xls, .ods) or a text table",
        f"{what}, which is damaged or of another kind",
        "Open it where it came from and save it as CSV or xlsx.",
    )
