"""Tables and parts → Responses: the canonical frame, the issues and the key. The only place where the survey is put together."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from nps_core.errors import NotASurvey, Unclear, UnknownColumn
from nps_core.reading import waves
from nps_core.reading.choices import Choices
from nps_core.reading.cleaning import CODES, REASONS, STATUS_OF_REASON, Scores, clean_scores, is_total, repairs_sentence
from nps_core.reading.columns import columns_of, spell_ahead
from nps_core.reading.copies import copied_rows
from nps_core.reading.counted import clean_counts
from nps_core.reading.empty_words import empty_cells
from nps_core.reading.excel import rounded_sentence
from nps_core.reading.exclusions import Excluded, excluded
from nps_core.reading.exports import recognise
from nps_core.reading.groups_only import clean_groups
from nps_core.reading.identity import hash_ids
from nps_core.reading.issues import LEFT_AS_IT_WAS, Aside, as_frame, bad_dates, damaged, in_column, repaired, surplus
from nps_core.reading.line_up import Lined, line_up
from nps_core.reading.one_comment import as_one
from nps_core.reading.repeats import superseded
from nps_core.reading.roles import Parts, assign, bundle_comments
from nps_core.reading.scale_check import ASKS
from nps_core.reading.score_column import EXPECTED, choose_score
from nps_core.reading.second_row import joined
from nps_core.reading.segments import as_bands, as_values
from nps_core.reading.table import Table, read_table, read_tables
from nps_core.responses import STATUSES, Responses
from nps_core.scale import GROUPS

VERSION = 3  # counts up whenever the same file may come out differently
PREVIEW = 50
Progress = Callable[[str], None]


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
        tables.append(_table(name, data, choices, say))
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
        scores, aside = _answers(parts, lined)
        bundle_comments(parts, scores.group)
        frame = _frame(parts, scores, lined, pool)
        copied = _copied(frame, parts, choices)
        repeated = _set_aside_repeats(frame, parts, choices)
        issues = as_frame([*aside, *copied, *repeated], lined.tables, lined.starts)
        key = _key([digest.result() for digest in digests], parts, lined, choices)
    return Responses(
        frame=frame,
        roles=parts.roles(),
        segments=tuple(name for name, _, _ in parts.segments),
        issues=issues,
        notes=(*lined.notes, *_damage(tables), *parts.notes, *_mended(scores), *_left_out(aside), *_repeated(repeated)),
        files=tuple(name for name, _ in files),
        key=key,
        read=tuple(_facts(table) for table in tables),
        preview=lined.tables[0].frame.head(PREVIEW),
        questions=tuple(parts.questions),
        repairs=repaired(scores, lined.tables),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _table(name: str, data: bytes, choices: Choices, say: Progress) -> Table:
    """The file's table; where a workbook has several sheets with data and none is chosen, the one that is a survey.

    Raises Unclear where several are.
    """
    if choices.sheet:
        return joined(read_table(data, name, choices.sheet, say))
    sheets = [joined(table) for table in read_tables(data, name, say)]
    if len(sheets) == 1:
        return sheets[0]
    able = [(sheet, reason) for sheet in sheets if (reason := _survey_in(sheet, choices))]
    if len(able) == 1:
        return able[0][0]
    if not able:
        return sheets[0]  # the refusal will name its columns
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


def _facts(table: Table) -> dict[str, object]:
    """How a file was read, and the tool that wrote it where its header is known."""
    layout = recognise(table.header)
    facts: dict[str, object] = {"file": table.name, "rows": len(table.frame), "columns": len(table.header), **table.read}
    return facts | ({"tool": layout.tool} if layout else {})


def _answers(parts: Parts, lined: Lined) -> tuple[Scores, list[Aside]]:
    """The score or group of each row that counts, and what was set aside on the way."""
    column = parts.score.column
    scores = clean_groups(column) if parts.score.groups else clean_scores(*column.spelled, parts.score.grade >= ASKS)
    aside = list[Aside]()
    if parts.count is not None:
        codes, spellings = column.spelled
        totals = np.flatnonzero(np.array([is_total(text) for text in spellings] or [False])[codes])
        unread = np.flatnonzero(clean_counts(parts.count)[1] & (scores.reason < 0))
        scores = _without(_without(scores, totals, "total"), unread, "count_unreadable")
        aside.append(in_column(parts.count, unread, "count_unreadable"))
    outs: list[Excluded] = excluded(parts.columns, lined.tables, lined.starts)
    for out in outs:
        scores = _without(scores, out.rows, CODES[out.code])
        aside.append(in_column(out.column, out.rows, CODES[out.code]))
    told = np.zeros(len(scores.reason), dtype=bool)
    for each in aside:
        told[each.rows] = True
    rows = np.flatnonzero((scores.reason >= 0) & ~told)
    first = in_column(column, rows, scores.reason[rows].astype(np.int64))
    dates = [bad_dates(parts.date, parts.seconds)] if parts.date is not None and parts.seconds is not None else []
    extra = [find(table, start) for table, start in zip(lined.tables, lined.starts, strict=True) for find in (surplus, damaged)]
    return scores, [first, *aside, *dates, *extra]


def _without(scores: Scores, rows: NDArray[np.int64], reason: str) -> Scores:
    """The scores without those of these rows, which do not count for this reason."""
    if not len(rows):
        return scores
    score, group, why = scores.score.copy(), scores.group.copy(), scores.reason.copy()
    score[rows], group[rows], why[rows] = -1, -1, CODES.index(reason)
    return scores._replace(score=score, group=group, reason=why)


def _frame(parts: Parts, scores: Scores, lined: Lined, pool: Executor) -> pd.DataFrame:
    """The canonical frame; see `Responses`."""
    rows = len(lined.frame)
    count = np.ones(rows, dtype=np.int64) if parts.count is None else clean_counts(parts.count)[0]
    person = pool.submit(hash_ids, parts.respondent.array) if parts.respondent else None
    split = [pool.submit(as_bands if kind == "bands" else as_values, column) for _, column, kind in parts.segments]
    columns: dict[str, object] = {
        "score": pd.arrays.IntegerArray(np.where(scores.score < 0, np.int8(0), scores.score), scores.score < 0),
        "group": pd.Categorical.from_codes(scores.group, categories=pd.Index(GROUPS, dtype="str")),
        "status": pd.Categorical.from_codes(STATUS_OF_REASON[scores.reason], categories=pd.Index(STATUSES, dtype="str")),
        # A sum of others is one record that does not count, not as many as it says.
        "count": count if parts.count is None else np.where(scores.reason == CODES.index("total"), 1, count),
    }
    if parts.seconds is not None:
        columns["when"] = parts.seconds.view("datetime64[s]")
    if person is not None:
        columns["respondent"] = person.result()
    if parts.wave_by and parts.seconds is not None:
        columns["wave"] = waves.by_date(parts.seconds, parts.wave_by)
    elif parts.wave is not None:
        columns["wave"] = waves.by_column(parts.wave)
    elif lined.waves:
        columns["wave"] = waves.by_file(lined.waves, lined.starts, rows)
    for number, bundle in enumerate(parts.bundles, start=1):
        texts, source = as_one(bundle)
        columns[f"comment_{number}"] = _without_blank_words(texts)
        if source is not None:
            columns[f"asked_{number}"] = source
    for (name, _, _), category in zip(parts.segments, split, strict=True):
        columns[name] = category.result()
    return pd.DataFrame(columns, copy=False)


def _without_blank_words(cells: pd.Series) -> pd.Series:
    """The comments, '' where a cell holds no more than words or signs for nothing."""
    array = pa.array(cells.array)
    said = empty_cells(array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array]))
    if not len(said):
        return cells
    nothing = np.zeros(len(cells), dtype=bool)
    nothing[said] = True
    return cells.mask(nothing, "")


def _exclude(frame: pd.DataFrame, rows: NDArray[np.int64]) -> None:
    codes = frame["status"].cat.codes.to_numpy().copy()
    codes[rows] = STATUSES.index("excluded")
    frame["status"] = pd.Categorical.from_codes(codes, categories=pd.Index(STATUSES, dtype="str"))


def _set_aside_repeats(frame: pd.DataFrame, parts: Parts, choices: Choices) -> list[Aside]:
    """The rows that a later answer of the same respondent replaces, now with the status excluded; none where all count."""
    if choices.repeats == "all" or "respondent" not in frame:
        return []
    rows = np.flatnonzero(superseded(frame, (frame["status"] == "answered").to_numpy()))
    _exclude(frame, rows)
    return [in_column(parts.score.column, rows, "repeated")]


def _copied(frame: pd.DataFrame, parts: Parts, choices: Choices) -> list[Aside]:
    """The answers that stand in an earlier row already: set aside where the reader wants each once, else asked about."""
    if choices.copies == "all" or parts.count is not None:
        return []
    rows = copied_rows(frame, parts.columns, parts.comments)
    rows = rows[(frame["status"].cat.codes.to_numpy()[rows] == STATUSES.index("answered"))]
    if not len(rows):
        return []
    many = "1 answer stands" if len(rows) == 1 else f"{len(rows):,} answers stand"
    if choices.copies == "once":
        _exclude(frame, rows)
        parts.notes.append(f"{many} cell for cell in an earlier row too; each counts once.")
        return [in_column(parts.score.column, rows, "copy")]
    parts.notes.append(f"{many} cell for cell in an earlier row too; they count as they stand.")
    parts.questions.append(
        Unclear(
            "every answer once",
            f"{many} cell for cell in an earlier row too",
            "Say whether all of them count or each once (--copies all, or --copies once).",
            "copies",
            (("all", "every row is an answer of its own"), ("once", f"{len(rows):,} fewer: the same answer was exported twice")),
        )
    )
    return []


def _damage(tables: Sequence[Table]) -> list[str]:
    """What was lost or repaired before a column was looked at."""
    notes = [rounded_sentence(ids) for table in tables if isinstance(ids := table.read.get("rounded_ids"), tuple)]
    repaired = [what for table in tables for _, what in table.repairs if what not in LEFT_AS_IT_WAS]
    if repaired:
        rows = "1 damaged row was" if len(repaired) == 1 else f"{len(repaired):,} damaged rows were"
        notes.append(f"{rows} repaired; each is listed with what was set aside.")
    return notes


def _mended(scores: Scores) -> list[str]:
    return [repairs_sentence(scores.repairs)] if scores.repairs else []


def _left_out(aside: Sequence[Aside]) -> list[str]:
    """How many rows do not count because the file itself says so."""
    told = {"unfinished", "preview", "test", "spam", "left_out", "other_survey", "total"}
    many = Counter(CODES[code] for each in aside for code in each.codes.tolist() if CODES[code] in told) if aside else Counter()
    if not many:
        return []
    total = many.total()
    why = "; ".join(f"{REASONS[code]}{f': {number:,}' if len(many) > 1 else ''}" for code, number in many.items())
    return [f"{total:,} {'row does' if total == 1 else 'rows do'} not count ({why})."]


def _repeated(aside: Sequence[Aside]) -> list[str]:
    rows = sum(len(each.rows) for each in aside)
    return [f"{rows:,} earlier answers of respondents who answered again in the same period do not count."] if rows else []


def _key(digests: Sequence[str], parts: Parts, lined: Lined, choices: Choices) -> str:
    roles = [(role.column, role.part, role.canonical) for role in parts.roles()]
    sheets = [table.read.get("sheet") for table in lined.tables]
    said = [choices.repeats, choices.copies, choices.date_order, parts.wave_by]
    text = json.dumps([VERSION, list(digests), [t.name for t in lined.tables], roles, sheets, said], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
