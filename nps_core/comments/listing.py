"""The comments themselves, one row each, as a reader asked for them: filtered, searched, with what they were coded as.

Everything shown here is cleaned and masked text. It looks at the comments one by one, so only the pages that list them call it.
"""

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODES, PLACE
from nps_core.comments.scan import Comments
from nps_core.question import Question
from nps_core.responses import OUTCOMES, STATUSES, Responses
from nps_core.scale import GROUPS

ANSWERS = len(OUTCOMES) - len(STATUSES) + 1  # outcomes below are answers


def chosen_rows(comments: Comments, question: Question) -> np.ndarray:
    """Which of `Comments.rows` the filters of a question leave, as a mask; only those of respondents who gave a score."""
    return _left(comments.responses, comments.rows["record"].to_numpy(), question)


def _left(responses: Responses, records: np.ndarray, question: Question) -> np.ndarray:
    """Which of these records (positions) the filters leave, of those with an answer."""
    frame = responses.frame
    keep = responses.outcome[records] < ANSWERS
    for column, values in (*question.where, *((("wave", question.wave),) if question.wave else ())):
        wanted = frame[column].cat.categories.isin(values)
        codes = frame[column].cat.codes.to_numpy()[records]
        keep &= np.where(codes >= 0, wanted[codes], False)
    if question.start or question.end:
        days = frame["when"].to_numpy()[records].astype("datetime64[D]")
        keep &= ~np.isnat(days)
        if question.start:
            keep &= days >= np.datetime64(question.start, "D")
        if question.end:
            keep &= days <= np.datetime64(question.end, "D")
    return np.asarray(keep)


def listing(comments: Comments, question: Question, group: str = "all", code: str = "") -> pd.DataFrame:
    """Every comment that the filters leave, of one group (or all), with one code (or any).

    Columns record (1-based), column, score (Int8), group, count, text (its place in `Comments.texts`), comment (masked),
    question, language, status, primary, bits. Rows are left out before a text is touched: a survey may have a third of a million.
    """
    rows = comments.rows[_wanted(comments, question, group, code)]
    records, places = rows["record"].to_numpy(), rows["text"].to_numpy()
    frame = comments.responses.frame
    outcome = comments.responses.outcome[records]
    groups = np.array([*GROUPS, ""], dtype=object)[frame["group"].cat.codes.to_numpy()[records]]
    score = pd.array(np.where(outcome <= 10, outcome, 0), dtype="Int8")
    score[outcome > 10] = pd.NA
    own = pd.DataFrame(
        {
            "record": records + 1,
            "column": rows["column"].to_numpy(),
            "score": score,
            "group": pd.array(groups, dtype="str"),
            "count": frame["count"].to_numpy()[records],
            "text": places,
        }
    )
    texts = comments.texts.iloc[places].rename(columns={"text": "comment"}).reset_index(drop=True)
    return pd.concat([own, texts], axis=1)


def texts_of(comments: Comments, question: Question, group: str = "all") -> pd.DataFrame:
    """The distinct texts behind `listing`: comment, primary and bits; index their places in `Comments.texts`."""
    places = np.unique(comments.rows["text"].to_numpy()[_wanted(comments, question, group, "")])
    return comments.texts[["text", "primary", "bits"]].iloc[places].rename(columns={"text": "comment"})


def _wanted(comments: Comments, question: Question, group: str, code: str) -> np.ndarray:
    keep = chosen_rows(comments, question)
    records, places = comments.rows["record"].to_numpy(), comments.rows["text"].to_numpy()
    if group != "all":
        keep &= comments.responses.frame["group"].cat.codes.to_numpy()[records] == GROUPS.index(group)
    if code:
        bits = comments.texts["bits"].to_numpy()
        keep &= ((bits >> PLACE[code]) & 1).astype(bool)[places]
    return keep


def silent(comments: Comments, question: Question) -> pd.DataFrame:
    """The records that the filters leave and that left no words in some comment column: record (1-based), column, group."""
    responses = comments.responses
    keep = responses.outcome < ANSWERS
    records = np.flatnonzero(keep)
    parts = []
    for column in responses.comments:
        written = comments.rows.loc[comments.rows["column"] == column, "record"].to_numpy()
        blank = np.setdiff1d(records, written)
        parts.append(pd.DataFrame({"record": blank, "column": column}))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"record": np.array([], dtype=np.int64), "column": []})
    found = found[_left(responses, found["record"].to_numpy(), question)]
    groups = np.array([*GROUPS, ""], dtype=object)[responses.frame["group"].cat.codes.to_numpy()[found["record"].to_numpy()]]
    return pd.DataFrame({"record": found["record"] + 1, "column": found["column"], "group": pd.array(groups, dtype="str")})


def of_group(listed: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of one group: detractor, passive, promoter, or all."""
    return listed if group == "all" else listed[listed["group"] == group]


def with_code(listed: pd.DataFrame, *codes: str) -> pd.DataFrame:
    """The rows that carry all of these codes."""
    wanted = sum(1 << CODES.index(code) for code in codes)
    return listed[(listed["bits"] & wanted) == wanted]
