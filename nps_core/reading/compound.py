"""Whether an .xls may be opened: its sectors form chains that end, and its sheets reach no further than memory does.

The reader of workbooks follows such chains without end and sets aside room for every cell that a sheet claims to have; either
would end the whole program, not only the reading. So both are looked at beforehand. It must not know what the cells mean.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from nps_core.errors import FileError
from nps_core.reading.unpacked import MOST_CELLS, damaged, too_many_cells

LAST = 0xFFFFFFFA  # sector numbers from here on are marks, the end of a chain among them
ENTRY = 128  # bytes of an entry in the directory
SMALL = 4096  # bytes below which a stream lies in the small sectors of the root's stream
BOUND_SHEET, END, DIMENSIONS, SEVERAL = 0x0085, 0x000A, 0x0200, 0x00BD
# Records of one cell each: formula, number, label, truth value, shared label, label with fonts, compressed number, their run.
CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x00D6, 0x027E, SEVERAL}
MOST_SHEETS = 1000
WIDEST = 256  # columns an .xls can have
LARGEST_SHEET = 65_536 * WIDEST  # cells an .xls can have; a sheet that claims more is wrong


class Entry(NamedTuple):
    """A stream: its name, its first sector and its length in bytes."""

    name: str
    start: int
    size: int


def check(data: bytes, name: str) -> None:
    """Makes sure that the .xls may be opened. Raises Unreadable where it is damaged, TooLarge where its sheets are."""
    try:
        stream = _workbook(data)
        _check_sheets(stream, name)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        if isinstance(error, FileError):
            raise
        raise damaged(name) from error


def _workbook(data: bytes) -> bytes:
    """The stream that holds the workbook; ValueError where the file is damaged."""
    shift = int.from_bytes(data[30:32], "little")
    if shift not in (9, 12):
        raise ValueError("no size of sectors")
    size = 1 << shift
    sectors = len(data) // size + 1
    directories, tables, start = struct.unpack_from("<3I", data, 40)
    small_start, small_tables, chain_start, chains = struct.unpack_from("<4I", data, 60)
    if max(directories, tables, small_tables, chains) > sectors or int.from_bytes(data[62:66], "little") > 1 << 27:
        raise ValueError("more sectors than the file has")
    table = _table(data, size, chain_start, sectors)
    directory = _chain(data, size, table, start)
    entries = [_entry(directory[at : at + ENTRY], size) for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
    if any(entry.size > len(data) for entry in entries):
        raise ValueError("a stream longer than the file")
    root, small = _chain(data, size, table, entries[0].start), _chain(data, size, table, small_start)
    small_table = struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4])
    found = [entry for entry in entries if entry.name in ("Workbook", "Book")]
    streams = [
        _chain(root, 64, small_table, entry.start, 0) if entry.size < SMALL else _chain(data, size, table, entry.start)
        for entry in found
    ]
    return streams[0][: found[0].size or None]


def _table(data: bytes, size: int, start: int, most: int) -> tuple[int, ...]:
    """Which sector follows which."""
    listed = list(struct.unpack_from("<109I", data, 76))
    for _ in range(most):
        if start >= LAST:
            break
        further = struct.unpack(f"<{size // 4}I", data[(start + 1) * size : (start + 2) * size])
        listed += further[:-1]
        start = further[-1]
    else:
        raise ValueError("a chain without end")
    parts = [data[(number + 1) * size : (number + 2) * size] for number in listed if number < LAST]
    if len(parts) > most:
        raise ValueError("more tables than sectors")
    whole = b"".join(parts)
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(data: bytes, size: int, table: tuple[int, ...], start: int, header: int = 1) -> bytes:
    """The sectors of a chain; ValueError where it comes back to itself or leaves the file."""
    parts = list[bytes]()
    while start < LAST:
        if len(parts) > len(table) or start >= len(table):
            raise ValueError("a chain without end")
        parts.append(data[(start + header) * size : (start + header + 1) * size])
        start = table[start]
    return b"".join(parts)


def _entry(entry: bytes, size: int) -> Entry:
    name = entry[:64].decode("utf-16-le", "ignore").split("\0", 1)[0]
    start, low, high = struct.unpack_from("<3I", entry, 116)
    return Entry(name, start, low if size == 512 else low + (high << 32))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from a place on, until the end of its part."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        if kind == END:
            return
        yield kind, at + 4, size
        at += 4 + size


def _check_sheets(stream: bytes, name: str) -> None:
    places = Counter(
        struct.unpack_from("<I", stream, at)[0] for kind, at, size in _records(stream, 0) if kind == BOUND_SHEET and size >= 4
    )
    if places.total() > MOST_SHEETS:
        raise damaged(name)
    total = 0
    for place, times in places.items():
        rows, columns, claimed = _extent(stream, place)
        if columns > WIDEST:
            raise damaged(name)
        total += times * rows * columns
        if claimed > LARGEST_SHEET:  # what it claims is made room for, whatever it holds
            raise too_many_cells(name, claimed // WIDEST, WIDEST)
        if total > MOST_CELLS:
            raise too_many_cells(name, rows, columns)


def _extent(stream: bytes, at: int) -> tuple[int, int, int]:
    """Rows and columns between the first and the last cell of a sheet, and how many cells it claims to have."""
    top = left = 1 << 32
    bottom = right = claimed = 0
    for kind, place, size in _records(stream, at):
        if kind == DIMENSIONS and size >= 10:
            first, end, start, stop = struct.unpack_from("<2I2H" if size >= 14 else "<4H", stream, place)
            if end and stop:  # counted in 32 bits: an end before the beginning is a very long way off
                claimed = max(claimed, ((end - first) % (1 << 32)) * ((stop - start) % (1 << 32)))
        elif kind in CELLS and size >= 4:
            row, column = struct.unpack_from("<2H", stream, place)
            last = struct.unpack_from("<H", stream, place + size - 2)[0] if kind == SEVERAL and size >= 6 else column
            top, bottom = min(top, row), max(bottom, row)
            left, right = min(left, column), max(right, last, column)
    return (bottom - top + 1, right - left + 1, claimed) if top <= bottom else (0, 0, claimed)
