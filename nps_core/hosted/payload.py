"""What a hosted view holds, as bytes and back: JSON for what it says, Arrow for its columns, both compressed, all with limits.

Nothing in it can run: no pickle. Layout: magic (4), format (1), size of the rest unpacked (8, big endian), then Zstandard over:
size of the JSON (4), JSON, Arrow stream (only with rows).
"""

import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from nps_core.comments.voice import FIGURES
from nps_core.errors import SealBroken
from nps_core.hosted import lines, themes, voices
from nps_core.hosted.lines import Axis, Time
from nps_core.hosted.numbers import TIMES, Axes, Numbers
from nps_core.hosted.rows import NO_ISSUES, Rows
from nps_core.hosted.voices import Said
from nps_core.question import Question
from nps_core.responses import OUTCOMES, Responses, Role

Payload = Numbers | Rows
MAGIC, FORMAT = b"NPSV", 4
# Formats that open; the first had no lines over time, the second no themes over time, the third single scores in all sums.
READ = (1, 2, 3, 4)
PERIODS_APART = 3  # the first format in which no period can be taken for a column
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
        if said["kind"] != "numbers":
            return _rows_in(said, unpacked[LENGTH.size + length :], key)
        return _numbers_in(said if version >= PERIODS_APART else _as_now(said), key)
    except BROKEN:
        raise SealBroken from None


def _numbers_out(numbers: Numbers) -> tuple[dict[str, Any], bytes]:
    fixed = numbers.fixed
    return {
        "kind": "numbers",
        "floor": numbers.floor,
        "dimensions": numbers.dimensions,
        "values": [[_axis_out(axis), values] for axis, values in numbers.values.items()],
        "tables": [[_axes_out(axes), [[key, sums] for key, sums in table.items()]] for axes, table in numbers.tables.items()],
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
    tables = [[_axes_out(axes), [[key, heard] for key, heard in groups.items()]] for axes, groups in said.tables.items()]
    return {
        "figures": FIGURES,
        "tables": tables,
        "names": dict(said.names),
        "books": said.books,
        "themes": themes.out(said.themes),
    }


def _said_in(found: dict[str, Any] | None) -> Said | None:
    if not found:
        return None
    names = {str(gap): str(name) for gap, name in found["names"].items()}
    over_time = themes.read(found["themes"]) if "themes" in found else {}
    tables = [[_axes_in(axes), groups] for axes, groups in found["tables"]]
    return Said(voices.read(tables, found["figures"]), names, str(found["books"]), over_time)


def _axis_out(axis: Axis) -> str | list[str]:
    """A column by its name, a period as a list of its one name."""
    return [axis.value] if isinstance(axis, Time) else axis


def _axes_out(axes: Axes) -> list[str | list[str]]:
    return [_axis_out(axis) for axis in axes]


def _axes_in(axes: Iterable[str | list[str]]) -> Axes:
    """The inverse."""
    return tuple(Time(axis[0]) if isinstance(axis, list) else axis for axis in axes)


def _as_now(said: dict[str, Any]) -> dict[str, Any]:
    """A numbers-only view of an earlier format as this one writes it: periods stood there as text, as columns do."""

    def tables(found: list[Any]) -> list[Any]:
        return [[[[axis] if axis in TIMES else axis for axis in axes], groups] for axes, groups in found]

    values = [[[axis] if axis in TIMES else axis, values] for axis, values in said["values"].items()]
    heard = said.get("said")
    return said | {
        "values": values,
        "tables": tables(said["tables"]),
        "said": heard and heard | {"tables": tables(heard["tables"])},
    }


def _numbers_in(said: dict[str, Any], key: str) -> Numbers:
    tables = {_axes_in(axes): {tuple(group): _sums(sums) for group, sums in table} for axes, table in said["tables"]}
    fixed = said["fixed"]
    return Numbers(
        floor=int(said["floor"]),
        dimensions=tuple(said["dimensions"]),
        values={_axes_in([axis])[0]: tuple(values) for axis, values in said["values"]},
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
