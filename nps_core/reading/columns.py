"""One source column, looked at twice: a sample of it for judging what it is, and the whole of it where it matters.

It must not know parts or roles. Whole columns are looked at through their distinct spellings, so that each is judged once.
"""

import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.words import fold

SAMPLE, RUN = 2000, 100  # rows looked at to judge a column, in runs spread evenly over the file
FEW = 60  # different values in the sample up to which a column may be a score or a group, and is looked at in full
LONGEST_INTEGER = 18  # digits that fit into 64 bits
# How people and programs write "nothing" in a column of numbers, dates, ids or comments (not in a segment: NA is a region there).
BLANK_WORDS = frozenset(
    {
        "",
        "na",
        "n/a",
        "n.a.",
        "nan",
        "null",
        "none",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "?",
        "#n/a",
        "<na>",
        "nil",
        "(blank)",
    }
)
LONGEST_BLANK = max(map(len, BLANK_WORDS)) + 1
Spelled = tuple[NDArray[np.int32], list[str]]
NUMBER = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?")
DECIMAL_COMMA = re.compile(r"[+\-]?\d+,\d+")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing.

    >>> [is_blank(t) for t in (" ", "N/A", "0")]
    [True, True, False]
    """
    return text.strip().casefold() in BLANK_WORDS


def blank_cells(array: pa.ChunkedArray | pa.Array) -> NDArray[np.bool_]:
    """Which cells hold no text, or a word for nothing in any usual spelling; the whole column at once."""
    words = BLANK_WORDS | {word.upper() for word in BLANK_WORDS} | {word.capitalize() for word in BLANK_WORDS} | {"NaN", " "}
    found = pac.is_in(array, value_set=pa.array(sorted(words), pa.large_string()))
    return np.asarray(found, dtype=bool)


def cast(array: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | None:
    """The cells as another type, empty ones as null; None where a cell cannot be. The whole column at once."""
    for with_empty in (False, True):  # making cells null takes as long as the cast itself
        try:
            return (pac.if_else(pac.equal(array, ""), pa.scalar(None, pa.large_string()), array) if with_empty else array).cast(
                kind
            )
        except pa.ArrowInvalid:
            continue
    return None


def _spell(array: pa.ChunkedArray) -> Spelled:
    encoded = array.dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # without rows
        return np.zeros(0, dtype=np.int32), []
    return encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


class Column:
    """A column of a frame: its distinct `name`, its `header` as it stands in the file, and its cells."""

    def __init__(self, name: str, header: str, cells: pd.Series, starts: Sequence[int], run: int) -> None:
        self.name, self.header, self.cells = name, header, cells
        self._starts, self._run = starts, run

    @cached_property
    def array(self) -> pa.ChunkedArray:
        """The cells as Arrow text, without a copy."""
        array = pa.array(self.cells.array)
        return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])

    @cached_property
    def runs(self) -> list[list[str]]:
        """The sample as it stands in the file, run by run."""
        return [self.array.slice(start, self._run).to_pylist() for start in self._starts]

    @cached_property
    def sample(self) -> Counter[str]:
        """How often each text that says something occurs in the sample, blanks around it removed."""
        return Counter(text for run in self.runs for cell in run if (text := cell.strip()).casefold() not in BLANK_WORDS)

    @property
    def filled(self) -> int:
        """How many cells of the sample say something."""
        return self.sample.total()

    @property
    def distinct(self) -> int:
        """How many different texts the sample holds."""
        return len(self.sample)

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of the sample's texts that are wholly of this form, 0..1."""
        matching = sum(many for text, many in self.sample.items() if pattern.fullmatch(text))
        return matching / self.filled if self.filled else 0.0

    @cached_property
    def numeric(self) -> float:
        """The share of the sample's texts that are numbers, 0..1."""
        return self.share(NUMBER)

    @cached_property
    def words(self) -> float:
        """How many words a text has on average."""
        return sum(len(text.split()) * many for text, many in self.sample.items()) / self.filled if self.filled else 0.0

    @cached_property
    def _steps(self) -> NDArray[np.int64]:
        """From each sampled cell to the next one below it; empty where not every cell is a whole number."""
        if any(not cell.isdecimal() or len(cell) > LONGEST_INTEGER for run in self.runs for cell in run):
            return np.zeros(0, dtype=np.int64)
        return np.concatenate([np.diff(np.array(run, dtype=np.int64)) for run in self.runs])

    @property
    def serial(self) -> bool:
        """Whether the cells merely number the rows: each is one more than the cell above."""
        return len(self._steps) > 0 and bool((self._steps == 1).all())

    @property
    def rising(self) -> bool:
        """Whether the cells are whole numbers that never fall and never stay: ids and running numbers do, measures do not."""
        return len(self._steps) >= 20 and bool((self._steps > 0).all())

    @cached_property
    def spelled(self) -> Spelled:
        """Each cell's place among the distinct spellings of the whole column, and these spellings as they stand."""
        return _spell(self.array)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often each of the spellings occurs."""
        codes, spellings = self.spelled
        return np.bincount(codes, minlength=len(spellings))

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Every cell as a number, NaN where it is none."""
        array = self.array
        if any(DECIMAL_COMMA.fullmatch(text) for text in self.sample):
            array = pac.replace_substring(array, ",", ".")
        if (numbers := cast(array, pa.float64())) is not None:
            return np.asarray(pac.fill_null(numbers, np.nan), dtype=np.float64)
        codes, spellings = self.spelled  # some cell is no number: each distinct spelling is looked at
        return np.array([to_number(text) for text in spellings] or [np.nan])[codes]


def to_number(text: str) -> float:
    """The number a text spells, NaN where it spells none.

    >>> [to_number(t) for t in (" 8,5 ", "−1", "NA")]
    [8.5, -1.0, nan]
    """
    text = text.strip()
    return float(text.replace(",", ".").replace("−", "-")) if NUMBER.fullmatch(text) else float("nan")


def columns_of(frame: pd.DataFrame, header: Sequence[str]) -> list[Column]:
    """The columns of a frame of str, each with its share of one common sample of rows."""
    rows = len(frame)
    # Runs of neighbouring rows: they cost no copy, and show whether a column numbers its rows.
    starts = [0] if rows <= SAMPLE else np.linspace(0, rows - RUN, SAMPLE // RUN).astype(np.int64).tolist()
    run = rows if rows <= SAMPLE else RUN
    return [Column(name, text, frame[name], starts, run) for name, text in zip(frame.columns, header, strict=True)]


def spell_ahead(columns: Sequence[Column], pool: Executor) -> None:
    """Looks at the whole of every column that has few values, side by side; it will be asked for anyway."""
    few = [column for column in columns if 0 < column.distinct <= FEW]
    for column, spelled in zip(few, pool.map(_spell, [column.array for column in few]), strict=True):
        column.__dict__["spelled"] = spelled  # where the cached property looks first


def find(columns: Sequence[Column], wanted: str) -> Column | None:
    """The column of that distinct name, or else of that header, or else of that header but for case, accents and blanks."""
    tests = (
        lambda c: c.name == wanted,
        lambda c: c.header == wanted,
        lambda c: fold(c.header) == fold(wanted),
    )
    return next((column for test in tests for column in columns if test(column)), None)
