"""What comments say, laid out the way the pictures want it: small frames in, small frames out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE, TYPES
from nps_core.comments.listing import chosen_rows, listing
from nps_core.comments.scan import Comments
from nps_core.comments.themes import heard, mentions
from nps_core.comments.voice import ANSWERED, HOLDING, MEMBERS, Voices, holding_code
from nps_core.inference import wilson
from nps_core.question import Question

SIDE_BY_SIDE = (*HOLDING, "praise_only")  # the rows of the matrix
SEVENS_AND_EIGHTS = ("7", "8")
BIG, ENOUGH = 0.4, 60  # share of the comments, and number of them, from which a theme is taken apart


def names(comments: Comments) -> dict[str, str]:
    """What people read for each gap: as the codebook of the language most comments are in calls it."""
    main = next(iter(comments.languages), "")
    book = comments.books.get(main) or next(iter(comments.books.values()))
    return dict(book.names)


def named(frame: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """A frame of shares with the names people read as column ``name``; those without one keep their own."""
    return frame.assign(name=[titles.get(str(key), str(key)) for key in frame.index])


def by_group(voices: Voices, floor: int) -> pd.DataFrame:
    """The shares of `SIDE_BY_SIDE` among passives, promoters and detractors: row, column, share, n (codable comments).

    A group with 1 to floor − 1 codable comments has no share, and neither has one that cannot be heard.
    """
    return by_split({f"{group}s": voices.get(group) for group in ("passive", "promoter", "detractor")}, floor)


def by_score(voices: Voices, floor: int) -> pd.DataFrame:
    """As `by_group`, of those who gave a 7 and those who gave an 8."""
    return by_split({score: voices.get(score) for score in SEVENS_AND_EIGHTS}, floor)


def by_split(columns: Mapping[str, pd.Series | None], floor: int) -> pd.DataFrame:
    """As `by_group`, of voices by name; None is one that must not be heard."""
    codes = tuple("praise_only" if row == "praise_only" else holding_code(row) for row in SIDE_BY_SIDE)
    parts = []
    for name, voice in columns.items():
        n = 0 if voice is None else heard(voice)["codable"]
        share = np.full(len(codes), np.nan) if voice is None or n < floor else mentions(voice, codes)["share"].to_numpy()
        parts.append(pd.DataFrame({"row": SIDE_BY_SIDE, "column": name, "share": share, "n": n if n >= floor else pd.NA}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"row": [], "column": [], "share": [], "n": []})


def apart(columns: Mapping[str, pd.Series | None], everybody: int, floor: int) -> dict[str, pd.Series | None]:
    """The voices of all parts of a group, None for those that must not be heard beside the others.

    Parameters
    ----------
    columns : mapping
        Voices by the name of their part, None where that is held back already.
    everybody : int
        Codable comments of the whole group, parts that are not in ``columns`` with them.
    floor : int
        A part with 1 to floor − 1 codable comments is not heard; and the smallest others are not, until those that are not
        heard have none together, or at least `floor`: the whole less the others would tell.

    Examples
    --------
    >>> from nps_core.comments.voice import FIGURES
    >>> parts = (("a", 30), ("b", 9), ("c", 3))
    >>> voices = {name: pd.Series({"status:coded": n}).reindex(FIGURES, fill_value=0) for name, n in parts}
    >>> [name for name, voice in apart(voices, 42, 5).items() if voice is not None]
    ['a']
    """
    sizes = {name: heard(voice)["codable"] for name, voice in columns.items() if voice is not None}
    told = sorted((name for name, n in sizes.items() if n == 0 or n >= floor), key=sizes.__getitem__)
    rest = everybody - sum(sizes[name] for name in told)
    while told and 0 < rest < floor:
        rest += sizes[told.pop(0)]
    return {name: voice if name in told else None for name, voice in columns.items()}


def large(holding: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The gap that is worth taking apart: the most named one, where it holds a large part of many comments; else ''.

    `holding` is `themes.holding`, `names` what the codebook calls each gap.
    """
    theme, top = str(holding.index[0]), holding.iloc[0]
    return "" if theme not in names or top["share"] <= BIG or top["count"] < BIG * ENOUGH else theme


def sub_themes(comments: Comments, question: Question, group: str, theme: str, level: float = 0.95) -> pd.DataFrame:
    """The sub-themes of a gap as the comments of a group name them, most first: name, count, share (of the comments that name the
    gap), low, high. A comment may name several."""
    keep = chosen_rows(comments, question)
    outcome = comments.responses.outcome
    members = np.isin(outcome[comments.rows["record"].to_numpy()], [ANSWERED.index(member) for member in MEMBERS[group]])
    rows = comments.rows[keep & members]
    subs = comments.texts["subs"].iloc[rows["text"].to_numpy()]
    own = subs[subs.str.contains(f"{theme}/", regex=False).to_numpy()]
    told = pd.DataFrame({"record": rows["record"].to_numpy(), "n": rows["count"].to_numpy(), "sub": subs.to_numpy()})
    told = told.loc[told["sub"].isin(own.unique())]
    told = told.assign(sub=told["sub"].str.split("\n")).explode("sub")
    told = told[told["sub"].astype("str").str.startswith(f"{theme}/")].drop_duplicates(["record", "sub"])
    counts = told.groupby("sub")["n"].sum().sort_index().sort_values(ascending=False, kind="stable")
    total = int(told.drop_duplicates("record")["n"].sum())
    low, high = wilson(counts.to_numpy(dtype=float), np.full(len(counts), float(total)), level)
    found = {
        "name": [name.partition("/")[2] for name in counts.index],
        "count": counts.to_numpy(),
        "share": counts.to_numpy() / total,
    }
    return (
        pd.DataFrame(found | {"low": low, "high": high})
        if total
        else pd.DataFrame(columns=["name", "count", "share", "low", "high"])
    )


def codes_behind() -> tuple[str, ...]:
    """The codes whose comments a reader can ask for on the page of passives, in the order they are shown there."""
    return (*map(holding_code, HOLDING), *(f"type:{name}" for name in TYPES if name != "not_explored"), "praise_only")


def documents(comments: Comments, question: Question) -> pd.DataFrame:
    """The codable comments that the filters leave, as `contrast` and `emergent` take them: a row a distinct text and group, with
    text, group, language, count (respondents) and coded (whether it carries a code)."""
    listed = listing(comments, question)
    listed = listed[listed["status"].isin(CODABLE)].rename(columns={"comment": "words"})
    found = listed.groupby(["text", "group"], sort=True).agg(
        words=("words", "first"), language=("language", "first"), status=("status", "first"), count=("count", "sum")
    )
    found = found.reset_index().assign(coded=lambda frame: frame["status"] == "coded")
    return found.drop(columns=["text", "status"]).rename(columns={"words": "text"})
