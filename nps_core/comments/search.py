"""Which comments a reader looks for, by words, codes and scores; and, of those, the few that a page shows or all as a table.

Looks at masks and at each distinct text once, so that a third of a million comments can be searched between two clicks. Identical
texts are one entry. Everything that leaves here is cleaned and masked, and names no segment.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.comments.codes import FAMILIES, PLACE
from nps_core.comments.listing import chosen_rows
from nps_core.comments.phrases import fold
from nps_core.comments.scan import Comments
from nps_core.question import Question
from nps_core.responses import OUTCOMES
from nps_core.scale import GROUPS, SCORES

UNCODED = ("not_coded", "no_information", "other_language")  # statuses that can be looked for like a code
_WITHOUT_BLANKS = "\u2e80"  # scripts from here on put no blanks between words


@dataclass(frozen=True)
class Wanted:
    """What is looked for: `words` in this order ('' for any), all of `codes` (of `codes.CODES` or `UNCODED`), one of `scored`
    (scores, or groups where no score is known)."""

    words: str = ""
    codes: tuple[str, ...] = ()
    scored: tuple[int | str, ...] = ()


def folded(comments: Comments) -> pa.Array:
    """The distinct texts as words are looked for in them: without case, accents and punctuation. Worth keeping."""
    return pa.array([f" {' '.join(fold(text).split())} " for text in comments.texts["text"]], type=pa.large_string())


def found(comments: Comments, question: Question, wanted: Wanted, haystack: pa.Array | None = None) -> np.ndarray:
    """The places in `Comments.rows`, ascending, of the comments that the filters leave and that fit what is looked for.

    `haystack` is what `folded` gave; it is made where it is needed and not given.
    """
    places, records = comments.rows["text"].to_numpy(), comments.rows["record"].to_numpy()
    keep = chosen_rows(comments, question)
    if wanted.codes:
        keep &= _carrying(comments, wanted.codes)[places]
    if wanted.scored:
        keep &= _scored(comments.responses.outcome, wanted.scored)[records]
    words = " ".join(fold(wanted.words).split())
    if words:
        keep &= _holding(folded(comments) if haystack is None else haystack, words)[places]
    return np.flatnonzero(keep)


def _carrying(comments: Comments, codes: tuple[str, ...]) -> np.ndarray:
    """Which texts carry all of these codes."""
    bits, status = comments.texts["bits"].to_numpy(), comments.texts["status"].to_numpy(dtype=object)
    wanted = np.int64(sum(1 << PLACE[code] for code in codes if code in PLACE))
    keep = (bits & wanted) == wanted
    for code in codes:
        if code not in PLACE:
            keep &= status == code
    return np.asarray(keep)


def _scored(outcome: np.ndarray, scored: tuple[int | str, ...]) -> np.ndarray:
    return np.isin(outcome, [OUTCOMES.index(one) for one in scored])


def _holding(haystack: pa.Array, words: str) -> np.ndarray:
    """Which texts hold these words: the first at the start of a word, but in scripts without blanks anywhere."""
    needle = words if any(letter >= _WITHOUT_BLANKS for letter in words) else f" {words}"
    return np.asarray(pc.match_substring(haystack, needle).to_numpy(zero_copy_only=False), dtype=bool)


def counted(comments: Comments, rows: np.ndarray) -> dict[str, int]:
    """How many comments, respondents and different texts these rows are."""
    weights = comments.responses.frame["count"].to_numpy()
    records = comments.rows["record"].to_numpy()[rows]
    return {
        "comments": int(weights[records].sum()),
        "respondents": int(weights[_held(records, len(weights))].sum()),
        "texts": int(_held(comments.rows["text"].to_numpy()[rows], len(comments.texts)).sum()),
    }


def _held(places: np.ndarray, size: int) -> np.ndarray:
    """Which of so many places occur, as a mask; faster than sorting them."""
    held = np.zeros(size, dtype=bool)
    held[places] = True
    return held


def entries(comments: Comments, rows: np.ndarray, start: int, size: int) -> pd.DataFrame:
    """From the `start`-th on, `size` of the different texts of these rows, in the order of the file.

    Columns text (its place in `Comments.texts`), comment (masked), status, record (1-based, the first with it), count
    (respondents who wrote it), outcomes (tuple, what they gave, ascending, of `responses.OUTCOMES`).
    """
    places = comments.rows["text"].to_numpy()[rows]
    _, first = np.unique(places, return_index=True)
    shown = places[np.sort(first)[start : start + size]]
    own = rows[np.isin(places, shown)]
    records = comments.rows["record"].to_numpy()[own]
    told = pd.DataFrame({"text": comments.rows["text"].to_numpy()[own], "record": records}).drop_duplicates()
    told = told.assign(
        count=comments.responses.frame["count"].to_numpy()[told["record"]],
        outcome=comments.responses.outcome[told["record"].to_numpy()],
    )
    by = told.groupby("text")
    frame = pd.DataFrame(
        {
            "text": shown,
            "comment": comments.texts["text"].to_numpy(dtype=object)[shown],
            "status": comments.texts["status"].to_numpy(dtype=object)[shown],
            "record": by["record"].min().reindex(shown).to_numpy() + 1,
            "count": by["count"].sum().reindex(shown).to_numpy(),
        }
    )
    given = {text: tuple(OUTCOMES[place] for place in sorted(set(part))) for text, part in by["outcome"]}
    return frame.assign(outcomes=pd.Series([given[text] for text in shown], index=frame.index, dtype=object))


def table(comments: Comments, rows: np.ndarray, titles: dict[str, str]) -> pd.DataFrame:
    """These comments as a table to take away, a row a comment: where it stands, score, group, the masked text, and its codes in
    the words of `titles` (code, theme or status → what people read)."""
    records, places = comments.rows["record"].to_numpy()[rows], comments.rows["text"].to_numpy()[rows]
    outcome = comments.responses.outcome[records]
    group = comments.responses.frame["group"].cat.codes.to_numpy()[records]
    texts = comments.texts
    score = pd.array(np.where(outcome < len(SCORES), outcome, 0), dtype="Int8")
    score[outcome >= len(SCORES)] = pd.NA
    said = {
        "Record": records + 1,
        "Column": _headers(comments, rows),
        "Score": score,
        "Group": np.array([*GROUPS, ""], dtype=object)[group],
        "Comment": texts["text"].to_numpy(dtype=object)[places],
        "Status": _worded(texts["status"], titles)[places],
        "Theme": _worded(texts["primary"], titles)[places],
    }
    heads = {"gap": "Gaps", "type": "Types", "trigger": "Triggers", "satisfaction": "Satisfaction"}
    bits = texts["bits"].to_numpy()
    for family, head in heads.items():
        codes = [f"{family}:{code}" for code in FAMILIES[family]]
        said[head] = _named(bits, codes, titles)[places]
    for code, head in (("competitor", "Other provider"), ("praise_only", "Praise only"), ("suggestion", "Suggestion")):
        said[head] = np.where((bits[places] >> PLACE[code]) & 1, "yes", "")
    return pd.DataFrame(said)


def _headers(comments: Comments, rows: np.ndarray) -> np.ndarray:
    """What stands above each comment in the file: of several columns that were put together, the one that it stands in."""
    roles, frame = comments.responses.roles, comments.responses.frame
    columns, records = comments.rows["column"].to_numpy(dtype=object)[rows], comments.rows["record"].to_numpy()[rows]
    found = columns.copy()
    for column in comments.responses.comments:
        here, source = columns == column, column.replace("comment_", "asked_")
        if source in frame:
            heads = {role.column: role.header for role in roles}
            found[here] = frame[source].astype("str").map(heads).fillna("").to_numpy(dtype=object)[records[here]]
        else:
            found[here] = next((role.header for role in roles if role.canonical == column), column)
    return np.asarray(found)


def _worded(names: pd.Series, titles: dict[str, str]) -> np.ndarray:
    return np.array([titles.get(name, name) for name in names], dtype=object)


def _named(bits: np.ndarray, codes: list[str], titles: dict[str, str]) -> np.ndarray:
    """For each text, those of these codes that it carries, in words."""
    mask = np.int64(sum(1 << PLACE[code] for code in codes))
    kinds, which = np.unique(bits & mask, return_inverse=True)
    said = ["; ".join(titles.get(code, code) for code in codes if kind >> PLACE[code] & 1) for kind in kinds.tolist()]
    return np.asarray(np.array([*said, ""], dtype=object)[which])
