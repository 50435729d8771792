"""Readers of CSV by one signature: the bytes of a file → its rows as text, the header first. None is told the dialect.

Where a peer stops at a row that does not fit, it is asked to pass over such rows, so that the rest of the file counts.
"""

import csv
import io
import platform
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec

Rows = Sequence[Sequence[str]]
SNIFFED = 65_536  # characters that csv.Sniffer looks at


def ours(data: bytes) -> Rows:
    """This project's reader."""
    from nps_core.reading import read_table

    table = read_table(data, "file.csv")
    return [table.header, *table.frame.itertuples(index=False, name=None)]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _duckdb(data: bytes, options: str) -> Rows:
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(_text(data).encode())
        file.flush()
        with duckdb.connect() as connection:
            found = connection.execute(f"SELECT * FROM read_csv(?, all_varchar = true{options})", [file.name])
            names = [column[0] for column in found.description]
            return [names, *(["" if cell is None else cell for cell in row] for row in found.fetchall())]


def duckdb_sniffer(data: bytes) -> Rows:
    """DuckDB as it comes: what its sniffer finds."""
    return _duckdb(data, "")


def duckdb_lenient(data: bytes) -> Rows:
    """DuckDB's sniffer, not strict, short rows filled, rows that do not fit passed over."""
    return _duckdb(data, ", strict_mode = false, null_padding = true, ignore_errors = true")


def clevercsv(data: bytes) -> Rows:
    """CleverCSV: the dialect it detects, then its own reader."""
    import clevercsv as clever

    text = _text(data)
    dialect = clever.Detector().detect(text, verbose=False)
    return list(clever.reader(io.StringIO(text, newline=""), dialect or "excel"))


def arrow(data: bytes) -> Rows:
    """pyarrow.csv: commas, cells as text, rows that do not fit passed over."""
    import pyarrow as pa
    import pyarrow.csv as pc

    text = _text(data).encode()
    parse = pc.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: "skip")
    names = pc.open_csv(pa.py_buffer(text), parse_options=parse).schema.names
    convert = pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    table = pc.read_csv(pa.py_buffer(text), parse_options=parse, convert_options=convert)
    return [names, *zip(*(column.to_pylist() for column in table.columns), strict=True)]


def _pandas(data: bytes, **options: object) -> Rows:
    import pandas as pd

    text = io.StringIO(_text(data), newline="")
    frame = pd.read_csv(text, dtype=str, keep_default_na=False, header=None, on_bad_lines="skip", **options)
    return [[str(cell) for cell in row] for row in frame.fillna("").itertuples(index=False, name=None)]


def pandas_c(data: bytes) -> Rows:
    """pandas' own parser: commas, rows that do not fit passed over."""
    return _pandas(data)


def pandas_python(data: bytes) -> Rows:
    """pandas' Python parser with sep=None, which asks csv.Sniffer; rows that do not fit passed over."""
    return _pandas(data, engine="python", sep=None)


def sniffer(data: bytes) -> Rows:
    """csv.Sniffer, and csv.reader with what it finds; commas and double quotes where it finds nothing."""
    text = _text(data)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:SNIFFED])
    except csv.Error:
        dialect = "excel"
    return list(csv.reader(io.StringIO(text, newline=""), dialect))


READERS: dict[str, Callable[[bytes], Rows]] = {
    "ours": ours,
    "duckdb": duckdb_sniffer,
    "duckdb, lenient": duckdb_lenient,
    "clevercsv": clevercsv,
    "pyarrow.csv": arrow,
    "pandas, C": pandas_c,
    "pandas, python, sep=None": pandas_python,
    "csv.Sniffer": sniffer,
}
PACKAGES = {"duckdb": "duckdb", "duckdb, lenient": "duckdb", "clevercsv": "clevercsv"}


def missing() -> set[str]:
    """The readers whose package is not installed."""
    return {reader for reader, package in PACKAGES.items() if find_spec(package) is None}


def versions() -> str:
    """Which versions are compared."""
    packages = [package for package in ("duckdb", "clevercsv", "pyarrow", "pandas") if find_spec(package)]
    return ", ".join([f"Python {platform.python_version()}", *(f"{package} {version(package)}" for package in packages)])
