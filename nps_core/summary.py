"""A survey and a question → everything the command line says about them: first as plain data, then as a short report.

The form of `summary` is what other programs rely on: keys stay. No figure leaves here that `privacy` holds back.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from nps_core import wording
from nps_core.answer import answer, unfiltered
from nps_core.question import Question
from nps_core.responses import Responses, Role
from nps_core.scale import GROUPS
from nps_core.tally import accounts, count, tally, tally_counts

FACTS = ("file", "rows", "columns")  # of `Responses.read`; the others say how a file was written
SHOWN = 12  # groups named in the report
ACCOUNTS = ("answered", "blank", "invalid", "excluded")


def summary(responses: Responses, question: Question = Question()) -> dict[str, Any]:
    """The figures of one question as data that can be written as JSON.

    NPS figures in points, shares 0..1, unrounded; None where there is no figure. Where a filter leaves too few answers to be
    shown, ``suppressed`` is true and every figure is None. ``by`` is there where the question splits.

    Raises UnknownColumn where the question names what the survey does not have.
    """
    together = replace(question, by=(), period=None)
    row, counts, known = _overall(responses, together)
    hidden = bool(row["suppressed"])
    result: dict[str, Any] = {
        "file": ", ".join(responses.files),
        "rows": None if hidden else sum(known.values()),
        "read": {key: value for key, value in (responses.read[0] if responses.read else {}).items() if key not in FACTS},
        "columns": _columns(responses),
        **{status: None if hidden else known[status] for status in ACCOUNTS},
        "histogram": None if hidden or not responses.scores_known else counts.iloc[0].tolist(),
        **_figures(row),
        "issues": _issues(responses),
    }
    if len(responses.files) > 1:
        result["files"] = [dict(facts) for facts in responses.read]
    if responses.notes:
        result["notes"] = list(responses.notes)
    if question.filtered:
        result["suppressed"] = hidden
    if question.by or question.period:
        result["by"] = [_group(key, group) for key, group in _split(responses, question).iterrows()]
    return result


def _overall(responses: Responses, question: Question) -> tuple[pd.Series, pd.DataFrame, dict[str, int]]:
    """The one row of figures without a split, its counts, and the records by status."""
    scanned = count(responses, question.columns, question.grain)
    counts = tally_counts(scanned, question, responses.scores_known)
    whole = tally(responses, unfiltered(question)) if question.filtered else None
    return answer(counts, question, whole).iloc[0], counts, accounts(scanned, question)


def _split(responses: Responses, question: Question) -> pd.DataFrame:
    whole = tally(responses, unfiltered(question)) if question.filtered else None
    return answer(tally(responses, question), question, whole)


def _columns(responses: Responses) -> dict[str, Any]:
    """Which source column plays which part."""
    by_part: dict[str, list[str]] = {}
    for role in responses.roles:
        by_part.setdefault(role.part, []).append(role.column)
    return {
        "score": next(iter(by_part.get("score", [])), None),
        "comment": by_part.get("comment", []),
        "when": next(iter(by_part.get("date", [])), None),
        "respondent": next(iter(by_part.get("respondent", [])), None),
        "segments": by_part.get("segment", []),
    }


def _figures(row: Mapping[str, Any] | pd.Series) -> dict[str, Any]:
    """The figures of one group; all None where it is suppressed or empty."""
    return {
        "nps": _plain(row["nps"]),
        "low": _plain(row["low"]),
        "high": _plain(row["high"]),
        "shares": {group: _plain(row[f"{group}_share"]) for group in reversed(GROUPS)},
        "band": row["band"] or None,
    }


def _group(key: Any, row: pd.Series) -> dict[str, Any]:
    n = None if pd.isna(row["n"]) else int(row["n"])
    return {
        "group": list(key) if isinstance(key, tuple) else [key],
        "n": n,
        **_figures(row),
        "suppressed": bool(row["suppressed"]),
    }


def _plain(figure: Any) -> float | None:
    return None if pd.isna(figure) or math.isinf(figure) else float(figure)


def _issues(responses: Responses) -> list[dict[str, Any]]:
    columns = ["row", "column", "value", "reason", *(["file"] if len(responses.files) > 1 else [])]
    return [dict(zip(columns, cells, strict=True)) for cells in responses.issues[columns].itertuples(index=False, name=None)]


def report(responses: Responses, question: Question = Question()) -> str:
    """The same as a short report to read."""
    return "\n".join(_lines(responses, question))


def _lines(responses: Responses, question: Question) -> Iterator[str]:
    row, _, known = _overall(responses, replace(question, by=(), period=None))
    yield ", ".join(responses.files)
    if row["suppressed"]:
        yield wording.withheld_sentence(question.floor)
    else:
        yield from wording.headline(row, question.level)
        yield wording.accounts_sentence(row, known, question.level)
        if int(row["n"]):
            shares = wording.screen_shares(*(int(row[group]) for group in GROUPS))
            yield ", ".join(f"{group}s {shares[group]:.1f}%" for group in reversed(GROUPS)).capitalize() + "."
        yield from wording.score_warnings(row, question.target)
    if question.by or question.period:
        yield ""
        yield from _table(_split(responses, question), question)
    yield ""
    named = [role for role in responses.roles if role.part not in ("segment", "other")]
    yield from (f"{role.part.capitalize()}: “{role.column}” ({role.reason})." for role in sorted(named, key=_score_first))
    groups = [role.column for role in responses.roles if role.part == "segment"]
    if groups:
        more = f" and {len(groups) - SHOWN} more" if len(groups) > SHOWN else ""
        yield f"Groups to split by: {', '.join(groups[:SHOWN])}{more}."
    yield from responses.notes


def _score_first(role: Role) -> int:
    return 0 if role.part == "score" else 1


def _table(result: pd.DataFrame, question: Question) -> Iterator[str]:
    """One line a group: name, score, interval, answers."""
    names = [" · ".join(key) if isinstance(key, tuple) else str(key) for key in result.index]
    width = max(map(len, names), default=0)
    yield f"By {' and '.join([*question.by, *([question.period] if question.period else [])])}:"
    for name, (_, row) in zip(names, result.iterrows(), strict=True):
        if row["suppressed"]:
            yield f"  {name:<{width}}  hidden: too few answers"
        else:
            reach = wording.interval(row["low"], row["high"])
            yield f"  {name:<{width}}  {wording.signed(row['published']):>6}  ({reach})  {wording.answers(int(row['n']))}"
