"""Tables and parts → Responses: the canonical frame, the issues and the key. The only place where the survey is put together."""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.errors import NotASurvey, Unclear, UnknownColumn
from nps_core.reading.choices import Choices
from nps_core.reading.cleaning import CODES, Scores, clean_scores
from nps_core.reading.columns import LONGEST_BLANK, Column, blank_cells, columns_of, spell_ahead
from nps_core.reading.dates import NAT
from nps_core.reading.identity import hash_ids
from nps_core.reading.line_up import Lined, line_up
from nps_core.reading.natural import in_order
from nps_core.reading.repeats import superseded
from nps_core.reading.roles import Parts, assign
from nps_core.reading.score_column import EXPECTED, choose_score
from nps_core.reading.segments import as_bands, as_values
from nps_core.reading.table import Table, read_table
from nps_core.responses import STATUSES, Responses
from nps_core.scale import GROUPS, SCORES, group_of

VERSION = 1  # counts up whenever the same file may come out differently
PREVIEW = 50
Progress = Callable[[str], None]
_GROUP_CODE = np.array([*(GROUPS.index(group_of(score)) for score in SCORES), -1], dtype=np.int8)  # −1 (no score) finds the last
_STATUS_OF_REASON = np.array(
    [STATUSES.index("blank" if code == "blank" else "invalid") for code in CODES] + [STATUSES.index("answered")], dtype=np.int8
)


def read(files: Sequence[tuple[str, bytes]], choices: Choices = Choices(), progress: Progress | None = None) -> Responses:
    """The survey in one or several files (each then a wave, named after its file).

    Parameters
    ----------
    files : sequence of (name, bytes)
        One file or several.
    choices : Choices
        The reader's say; by default everything is found.
    progress : callable, optional
        Told what is being done, in words.

    Raises
    ------
    FileError
        Unreadable, NotASurvey, or Unclear where only the reader can tell.
    AskError
        UnknownColumn or UnknownValue where a choice does not fit the file.
    """
    if not files:
        raise NotASurvey("at least one file", "none", "Choose a file to read.")
    say: Progress = progress or (lambda stage: None)
    tables = []
    for name, data in files:
        say(f"Opening {name} …")
        tables.append(_table(name, data, choices))
    say("Finding the columns …")
    with ThreadPoolExecutor(2) as pool:  # hashing and whole columns need no interpreter lock: two cores share them
        digests = [pool.submit(_digest, data) for _, data in files]
        lined = line_up(tables, choices)
        if not len(lined.header):
            raise NotASurvey(EXPECTED, f"an empty file named {tables[0].name}", "Choose a file with a header and answers.")
        columns = columns_of(lined.frame, lined.header)
        spell_ahead(columns, pool)
        parts = assign(columns, choices, tables[0].name, several=bool(lined.waves))
        say("Reading scores, dates and groups …")
        scores = clean_scores(*parts.score.column.spelled)
        frame = _frame(parts, scores, lined, pool)
        repeated = _set_aside_repeats(frame, choices)
        issues = _issues(parts, scores, lined, repeated)
        key = _key([digest.result() for digest in digests], parts, lined, choices)
    return Responses(
        frame=frame,
        roles=parts.roles(),
        segments=tuple(name for name, _, _ in parts.segments),
        issues=issues,
        notes=(*lined.notes, *parts.notes, *_mended(parts, scores), *_repeated(repeated)),
        files=tuple(name for name, _ in files),
        key=key,
        read=tuple({"file": t.name, "rows": len(t.frame), "columns": len(t.header), **t.read} for t in tables),
        preview=lined.tables[0].frame.head(PREVIEW),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _table(name: str, data: bytes, choices: Choices) -> Table:
    """The file's table; where a workbook has several sheets with data and none is chosen, the one that is a survey.

    Raises Unclear where several are.
    """
    table = read_table(data, name, choices.sheet)
    if choices.sheet or not table.others:
        return table
    sheets = [table, *(read_table(data, name, other.sheet) for other in table.others)]
    able = [(sheet, reason) for sheet in sheets if (reason := _survey_in(sheet, choices))]
    if len(able) == 1:
        return able[0][0]
    if not able:
        return table  # the refusal will name its columns
    candidates = tuple((str(sheet.read["sheet"]), reason) for sheet, reason in able)
    listed = "; ".join(f"“{sheet}” ({reason})" for sheet, reason in candidates)
    raise Unclear(
        "one sheet with a survey",
        f"{len(able)} in {name}: {listed}",
        "Choose the sheet to read (--sheet NAME).",
        "sheet",
        candidates,
    )


def _survey_in(table: Table, choices: Choices) -> str:
    """Why this table may be a survey; '' where it is none."""
    try:
        fit, _ = choose_score(columns_of(table.frame, table.header), choices.score, table.name)
    except Unclear:
        return f"{len(table.frame):,} records, several possible scores"
    except (NotASurvey, UnknownColumn):
        return ""
    return f"{len(table.frame):,} records, score in “{fit.column.header}”"


def _frame(parts: Parts, scores: Scores, lined: Lined, pool: Executor) -> pd.DataFrame:
    """The canonical frame; see `Responses`."""
    rows = len(lined.frame)
    person = pool.submit(hash_ids, parts.respondent.array) if parts.respondent else None
    split = [pool.submit(as_bands if kind == "bands" else as_values, column) for _, column, kind in parts.segments]
    columns: dict[str, object] = {
        "score": pd.arrays.IntegerArray(np.where(scores.score < 0, np.int8(0), scores.score), scores.score < 0),
        "group": pd.Categorical.from_codes(_GROUP_CODE[scores.score], categories=pd.Index(GROUPS, dtype="str")),
        "status": pd.Categorical.from_codes(_STATUS_OF_REASON[scores.reason], categories=pd.Index(STATUSES, dtype="str")),
        "count": np.ones(rows, dtype=np.int64),
    }
    if parts.seconds is not None:
        columns["when"] = parts.seconds.view("datetime64[s]")
    if person is not None:
        columns["respondent"] = person.result()
    if parts.wave is not None:
        columns["wave"] = as_values(parts.wave)
    elif lined.waves:
        order = in_order(lined.waves)
        sizes = np.diff([*lined.starts, rows])
        codes = np.repeat([order.index(name) for name in lined.waves], sizes)
        columns["wave"] = pd.Categorical.from_codes(codes, categories=pd.Index(order, dtype="str"), ordered=True)
    for number, column in enumerate(parts.comments, start=1):
        columns[f"comment_{number}"] = _without_blank_words(column)
    for (name, _, _), category in zip(parts.segments, split, strict=True):
        columns[name] = category.result()
    return pd.DataFrame(columns, copy=False)


def _without_blank_words(column: Column) -> pd.Series:
    """The comments, '' where a cell holds no more than a word or sign for nothing."""
    lengths = np.asarray(pac.binary_length(column.array).to_numpy())
    short = np.flatnonzero((lengths > 0) & (lengths <= LONGEST_BLANK))
    said = short[blank_cells(column.array.take(pa.array(short)))] if len(short) else short
    if not len(said):
        return column.cells
    nothing = np.zeros(len(lengths), dtype=bool)
    nothing[said] = True
    return column.cells.mask(nothing, "")


def _set_aside_repeats(frame: pd.DataFrame, choices: Choices) -> NDArray[np.int64]:
    """The rows that a later answer of the same respondent replaces, now with the status excluded; none where all count."""
    if choices.repeats == "all" or "respondent" not in frame:
        return np.zeros(0, dtype=np.int64)
    rows = np.flatnonzero(superseded(frame, (frame["status"] == "answered").to_numpy()))
    codes = frame["status"].cat.codes.to_numpy().copy()
    codes[rows] = STATUSES.index("excluded")
    frame["status"] = pd.Categorical.from_codes(codes, categories=pd.Index(STATUSES, dtype="str"))
    return rows


def _issues(parts: Parts, scores: Scores, lined: Lined, repeated: NDArray[np.int64]) -> pd.DataFrame:
    """Every cell that was set aside, in the order of the rows."""
    found = list[tuple[NDArray[np.int64], str, NDArray[np.int64], pa.Array]]()
    rows = np.flatnonzero(scores.reason >= 0)
    column = parts.score.column
    found.append((rows, column.name, scores.reason[rows].astype(np.int64), _cells(column, rows)))
    if parts.date is not None and parts.seconds is not None:
        bad = np.flatnonzero(parts.seconds == NAT)
        bad = bad[~blank_cells(pa.chunked_array([_cells(parts.date, bad)]))]
        found.append((bad, parts.date.name, np.full(len(bad), CODES.index("date_unreadable")), _cells(parts.date, bad)))
    found.append((repeated, column.name, np.full(len(repeated), CODES.index("repeated")), _cells(column, repeated)))
    for table, start in zip(lined.tables, lined.starts, strict=True):
        places = np.array([row - 1 + start for row, _ in table.surplus], dtype=np.int64)
        texts = pa.array([" | ".join(cells) for _, cells in table.surplus], pa.large_string())
        found.append((places, "", np.full(len(places), CODES.index("surplus_cells")), texts))
    where = np.concatenate([rows for rows, *_ in found])
    order = np.argsort(where, kind="stable")
    where = where[order]
    file = np.searchsorted(lined.starts, where, side="right") - 1
    names = pa.array([name for _, name, *_ in found], pa.large_string())
    which = np.repeat(np.arange(len(found)), [len(rows) for rows, *_ in found])[order]
    table = pa.table(
        {
            "row": where - np.asarray(lined.starts)[file] + 1,
            "column": names.take(pa.array(which)),
            "value": pa.concat_arrays([texts for *_, texts in found]).take(pa.array(order)),
            "reason": pa.array(CODES, pa.large_string()).take(
                pa.array(np.concatenate([codes for _, _, codes, _ in found])[order])
            ),
            "file": pa.array([table.name for table in lined.tables], pa.large_string()).take(pa.array(file)),
        }
    )
    return pd.DataFrame(table.to_pandas())


def _cells(column: Column, rows: NDArray[np.int64]) -> pa.Array:
    """These cells as they stand in the file."""
    if not len(rows):
        return pa.array([], pa.large_string())
    codes, spellings = column.spelled
    return pa.array(spellings, pa.large_string()).take(pa.array(codes[rows]))


def _mended(parts: Parts, scores: Scores) -> list[str]:
    if not scores.mended:
        return []
    cells = "1 score was" if scores.mended == 1 else f"{scores.mended:,} scores were"
    return [f"{cells} read from text such as “{scores.example}”."]


def _repeated(rows: NDArray[np.int64]) -> list[str]:
    if not len(rows):
        return []
    return [f"{len(rows):,} earlier answers of respondents who answered again in the same period do not count."]


def _key(digests: Sequence[str], parts: Parts, lined: Lined, choices: Choices) -> str:
    roles = [(role.column, role.part, role.canonical) for role in parts.roles()]
    sheets = [table.read.get("sheet") for table in lined.tables]
    text = json.dumps([VERSION, list(digests), [t.name for t in lined.tables], roles, sheets, choices.repeats], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
