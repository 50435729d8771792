"""What a hosted view holds, as bytes and back: JSON for what it says, Arrow for its columns, both compressed, all with limits.

Nothing in it can run: no pickle. Layout: magic (4), format (1), size of the rest unpacked (8, big endian), then Zstandard over:
size of the JSON (4), JSON, Arrow stream (only with rows).
"""

import hashlib
import json
import struct
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from nps_core.comments.voice import FIGURES
from nps_core.errors import SealBroken
from nps_core.hosted import lines, voices
from nps_core.hosted.numbers import Numbers
from nps_core.hosted.rows import NO_ISSUES, Rows
from nps_core.hosted.voices import Said
from nps_core.question import Question
from nps_core.responses import OUTCOMES, Responses, Role

Payload = Numbers | Rows
MAGIC, FORMAT = b"NPSV", 2
READ = (1, 2)  # formats that open; the first had no lines over time
HEAD = struct.Struct(">4sBQ")
LENGTH = struct.Struct(">I")
LARGEST = 1_000_000_000  # bytes unpacked
LARGEST_JSON = 64_000_000
CODEC = "zstd"
# What bytes that are no payload can raise on their way through JSON, Arrow and the values made of them.
BROKEN = (ValueError, KeyError, TypeError, AttributeError, struct.error, RecursionError, OSError, MemoryError, pa.ArrowException)


def encode(payload: Payload) -> bytes:
    """A payload as bytes."""
    said, columns = _numbers_out(payload) if isinstance(payload, Numbers) else _rows_out(payload)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    unpacked = LENGTH.pack(len(text)) + text + columns
    packed: bytes = pa.compress(unpacked, codec=CODEC, asbytes=True)
    return HEAD.pack(MAGIC, FORMAT, len(unpacked)) + packed


def decode(data: bytes) -> Payload:
    """The inverse. Raises SealBroken where the bytes are no payload, or unpack to more than they may."""
    try:
        magic, version, size = HEAD.unpack(data[: HEAD.size])
        if magic != MAGIC or version not in READ or size > LARGEST:
            raise ValueError("no payload")
        unpacked: bytes = pa.decompress(data[HEAD.size :], decompressed_size=size, codec=CODEC, asbytes=True)
        (length,) = LENGTH.unpack(unpacked[: LENGTH.size])
        if length > LARGEST_JSON:
            raise ValueError("too much text")
        said = json.loads(unpacked[LENGTH.size : LENGTH.size + length])
        key = hashlib.sha256(data).hexdigest()
        return _numbers_in(said, key) if said["kind"] == "numbers" else _rows_in(said, unpacked[LENGTH.size + length :], key)
    except BROKEN:
        raise SealBroken from None


def _numbers_out(numbers: Numbers) -> tuple[dict[str, Any], bytes]:
    fixed = numbers.fixed
    return {
        "kind": "numbers",
        "floor": numbers.floor,
        "dimensions": numbers.dimensions,
        "values": dict(numbers.values),
        "tables": [[axes, [[key, sums] for key, sums in table.items()]] for axes, table in numbers.tables.items()],
        "scores_known": numbers.scores_known,
        "said": numbers.said and _said_out(numbers.said),
        "lines": lines.out(numbers.lines),
        "fixed": {
            "where": fixed.where,
            "start": fixed.start and str(fixed.start),
            "end": fixed.end and str(fixed.end),
            "wave": fixed.wave,
        },
    }, b""


def _said_out(said: Said) -> dict[str, Any]:
    tables = [[axes, [[key, heard] for key, heard in groups.items()]] for axes, groups in said.tables.items()]
    return {"figures": FIGURES, "tables": tables, "names": dict(said.names), "books": said.books}


def _said_in(found: dict[str, Any] | None) -> Said | None:
    if not found:
        return None
    names = {str(gap): str(name) for gap, name in found["names"].items()}
    return Said(voices.read(found["tables"], found["figures"]), names, str(found["books"]))


def _numbers_in(said: dict[str, Any], key: str) -> Numbers:
    tables = {tuple(axes): {tuple(group): _sums(sums) for group, sums in table} for axes, table in said["tables"]}
    fixed = said["fixed"]
    return Numbers(
        floor=int(said["floor"]),
        dimensions=tuple(said["dimensions"]),
        values={axis: tuple(values) for axis, values in said["values"].items()},
        tables=tables,
        scores_known=bool(said["scores_known"]),
        fixed=Question(
            where=tuple((column, tuple(values)) for column, values in fixed["where"]),
            start=date.fromisoformat(fixed["start"]) if fixed["start"] else None,
            end=date.fromisoformat(fixed["end"]) if fixed["end"] else None,
            wave=tuple(map(str, fixed["wave"])),
        ),
        key=key,
        said=_said_in(said.get("said")),
        lines=lines.read(said.get("lines", [])),
    )


def _sums(sums: list[int]) -> tuple[int, ...]:
    if len(sums) != len(OUTCOMES) or not all(isinstance(x, int) and x >= 0 for x in sums):
        raise ValueError("no sums")
    return tuple(sums)


def _rows_out(rows: Rows) -> tuple[dict[str, Any], bytes]:
    responses = rows.responses
    table = pa.Table.from_pandas(responses.frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    roles = [asdict(role) for role in responses.roles]
    said = {"kind": "comments", "floor": rows.floor, "segments": responses.segments, "roles": roles, "books": rows.books}
    return said, sink.getvalue().to_pybytes()


def _rows_in(said: dict[str, Any], columns: bytes, key: str) -> Rows:
    with pa.ipc.open_stream(columns) as stream:
        table = stream.read_all()
    table.validate(full=True)
    roles = tuple(Role(**role | {"considered": ()}) for role in said["roles"])
    responses = Responses(_typed(table.to_pandas()), roles, tuple(said["segments"]), NO_ISSUES, (), (), key)
    return Rows(responses, int(said["floor"]), tuple(map(str, said.get("books", []))))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the types that `Responses` promises, whatever the road did to them."""
    types: dict[str, str] = {"score": "Int8", "count": "int64"} | ({"when": "datetime64[s]"} if "when" in frame else {})
    types |= {column: "str" for column in frame.columns if column.startswith("comment_")}
    return frame.astype(types)
