"""A packed file → the one table file in it: gzip, and zip that is no workbook.

It must not know tables. Nothing is unpacked beyond the limit: sizes written in the file are not believed, the bytes are counted.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from nps_core.errors import TooLarge, Unclear, Unreadable
from nps_core.reading import unpacked as members

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
MB = 1 << 20  # as the drop zone counts it, so that both name the same limit
PIECE = 1 << 20  # bytes unpacked at a time
DEEPEST = 2  # a packed file may lie in a packed file, as some tools send it
NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # what computers add by themselves
SMALLER = "Export fewer columns or a shorter period, or split the file by date."


def is_packed(data: bytes) -> bool:
    """Whether the bytes are gzip or zip. A workbook is a zip too: ask for that first."""
    return data.startswith((GZIP, ZIP, EMPTY_ZIP))


def unpack(data: bytes, name: str, limit: int | None, inner: str | None = None) -> tuple[bytes, str]:
    """The bytes of the one file within, and its name; `inner` chooses where there are several.

    Raises TooLarge beyond `limit` bytes, Unclear where several files could be meant, Unreadable where none can be read.
    """
    if data.startswith(GZIP):
        return _gunzip(data, name, limit), name.removesuffix(".gz")
    try:
        with ZipFile(BytesIO(data)) as packed:
            info = _chosen(packed.infolist(), name, inner)
        if info.flag_bits & 1:
            raise Unreadable("a zip that can be opened", f"{name}, protected by a password", "Pack it without a password.")
        whole = _within(members.unpack(data, info), name, limit)
    except (BadZipFile, NotImplementedError, ValueError, RuntimeError, IndexError, KeyError) as error:
        raise _damaged(name) from error
    if zlib.crc32(whole) != info.CRC:
        raise _damaged(name)
    return whole, info.filename.rsplit("/", 1)[-1]


def _chosen(infos: list[ZipInfo], name: str, inner: str | None) -> ZipInfo:
    held = [info for info in infos if info.file_size and not any(noise in info.filename for noise in NOISE)]
    if inner is not None and (named := [info for info in held if info.filename == inner]):
        return named[0]
    if not held:
        raise Unreadable("a zip with one table in it", f"{name}, which holds no file", "Add the exported file as it is.")
    if len(held) == 1:
        return held[0]
    tables = [info for info in held if info.filename.lower().endswith((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xls", ".ods"))]
    if len(tables) == 1:
        return tables[0]
    listed = ", ".join(info.filename for info in held[:10])
    raise Unclear(
        "one table in the zip",
        f"{len(held)} files in {name}: {listed}{', …' if len(held) > 10 else ''}",
        "Choose the file to read (--sheet FILE), or unpack the zip and add the files one by one.",
        "sheet",
        tuple((info.filename, f"{info.file_size:,} bytes") for info in held[:50]),
    )


def _gunzip(data: bytes, name: str, limit: int | None) -> bytes:
    """All members of a gzip file. A file cut off within is refused: part of the answers would give another score."""

    def pieces() -> Iterator[bytes]:
        rest = data
        while rest.startswith(GZIP):
            packed = zlib.decompressobj(wbits=31)
            while not packed.eof:
                piece = packed.decompress(rest, PIECE)
                if not piece and not packed.unconsumed_tail and not packed.eof:
                    raise EOFError
                rest = packed.unconsumed_tail
                yield piece
            rest = packed.unused_data

    try:
        return _within(pieces(), name, limit)
    except (zlib.error, EOFError) as error:
        raise _damaged(name) from error


def _within(pieces: Iterator[bytes], name: str, limit: int | None) -> bytes:
    whole, size = list[bytes](), 0
    for piece in pieces:
        size += len(piece)
        if limit is not None and size > limit:
            raise TooLarge(f"at most {limit / MB:,.0f} MB, unpacked", f"more than that in {name}", SMALLER)
        whole.append(piece)
    return b"".join(whole)


def _damaged(name: str) -> Unreadable:
    return Unreadable("a gzip or zip file that can be unpacked", f"{name}, which is damaged", "Add it unpacked.")
