"""The same numbers as the pictures, as tables people read: titles in words, figures rounded for reading.

Each table keeps numbers as numbers, so that a spreadsheet can go on with them.
"""

import pandas as pd

from nps_core.responses import Role
from nps_core.scale import GROUPS
from nps_core.views import name_of
from nps_core.wording import screen_shares

HIDDEN = "hidden: too few"


def groups(result: pd.DataFrame, first: str) -> pd.DataFrame:
    """A Result, one row a group; `first` is the title of the column with the groups' names."""
    shares = [_shares(row) for _, row in result.iterrows()]
    return pd.DataFrame(
        {
            first: [name_of(key) for key in result.index],
            "Answers": result["n"].astype("Int64").array,
            "NPS": result["published"].array,
            "Interval from": result["low"].round(1).array,
            "Interval to": result["high"].round(1).array,
            "Promoters %": [share["promoter"] for share in shares],
            "Passives %": [share["passive"] for share in shares],
            "Detractors %": [share["detractor"] for share in shares],
            "Band": result["band"].where(~result["suppressed"], HIDDEN).array if "suppressed" in result else result["band"].array,
        }
    )


def _shares(row: pd.Series) -> dict[str, float | None]:
    if pd.isna(row["n"]) or row["n"] == 0:
        return dict.fromkeys(("promoter", "passive", "detractor"))
    return dict(screen_shares(int(row["detractor"]), int(row["passive"]), int(row["promoter"])))


def roles(found: tuple[Role, ...]) -> pd.DataFrame:
    """Every source column: the part it plays, why, and what else it could have been."""
    return pd.DataFrame(
        {
            "Column": [role.header or role.column for role in found],
            "Part": [role.part for role in found],
            "Why": [role.reason for role in found],
            "Also considered": [", ".join(role.considered) for role in found],
        }
    )


def bars(frame: pd.DataFrame) -> pd.DataFrame:
    """How many gave each score."""
    return pd.DataFrame({"Score": frame["score"], "Answers": frame["count"], "Share %": (frame["share"] * 100).round(1)})


def shares(frame: pd.DataFrame) -> pd.DataFrame:
    """The three shares of one or more surveys, as `views.shares` gives them."""
    named = {"Survey": frame["name"], **{f"{group.capitalize()}s %": (frame[group] * 100).round(1) for group in reversed(GROUPS)}}
    return pd.DataFrame(named)


def mixes(frame: pd.DataFrame) -> pd.DataFrame:
    """Two mixes side by side: a score a row, a share a column."""
    wide = frame.assign(share=(frame["share"] * 100).round(1)).pivot(index="score", columns="which", values="share")
    wide = wide[list(dict.fromkeys(frame["which"]))]
    wide.columns = pd.Index([f"{name} %" for name in wide.columns])
    return wide.rename_axis("Score").reset_index()


def points(frame: pd.DataFrame) -> pd.DataFrame:
    """The points of the plane."""
    return pd.DataFrame(
        {
            "Name": frame["name"],
            "Answers": frame["n"],
            "Passives %": frame["passive"].round(1),
            "Passives from %": frame["passive_low"].round(1),
            "Passives to %": frame["passive_high"].round(1),
            "NPS": frame["nps"].round(1),
            "Interval from": frame["low"].round(1),
            "Interval to": frame["high"].round(1),
        }
    )


def chances(found: dict[str, float]) -> pd.DataFrame:
    """The four bands with their chances."""
    return pd.DataFrame({"Band": list(found), "Chance %": [round(100 * chance, 1) for chance in found.values()]})


def industries(frame: pd.DataFrame) -> pd.DataFrame:
    """Published industry figures, each with its source."""
    titles = {"industry": "Industry", "low": "From", "high": "To", "source": "Source", "population": "Population", "year": "Year"}
    return frame[list(titles)].rename(columns=titles)


def issues(frame: pd.DataFrame, reasons: dict[str, str]) -> pd.DataFrame:
    """What was set aside: the cell and the reason in words."""
    told = frame.assign(reason=frame["reason"].map(reasons).fillna(frame["reason"]))
    return told.rename(columns={"row": "Record", "column": "Column", "value": "Value", "reason": "Reason", "file": "File"})


def repairs(frame: pd.DataFrame, words: dict[str, str]) -> pd.DataFrame:
    """What was repaired, by kind, each with its first example."""
    told = frame.assign(kind=frame["kind"].map(words).fillna(frame["kind"]))
    return told.rename(columns={"kind": "Repaired", "cells": "Times", "example": "Such as"})


def issue_counts(frame: pd.DataFrame, reasons: dict[str, str]) -> pd.DataFrame:
    """How many cells were set aside for each reason."""
    counts = frame["reason"].map(reasons).fillna(frame["reason"]).value_counts()
    return counts.rename_axis("Reason").reset_index(name="Cells")


def mentions(frame: pd.DataFrame, first: str) -> pd.DataFrame:
    """Shares of comments, a row a theme or code; `first` is the title of the column with their names."""
    return pd.DataFrame(
        {
            first: frame["name"].array,
            "Comments": frame["count"].astype("Int64").array,
            "Share %": (frame["share"] * 100).round(1).array,
            "From %": (frame["low"] * 100).round(1).array,
            "To %": (frame["high"] * 100).round(1).array,
        }
    )


def side_by_side(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells of a matrix of shares: a row a theme, a column a group."""
    wide = frame.assign(share=(frame["share"].astype(float) * 100).round(1)).pivot(index="row", columns="column", values="share")
    wide = wide.loc[list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["column"]))]
    wide.columns = pd.Index([f"{name} %" for name in wide.columns])
    return wide.rename_axis("Theme").reset_index()


def once(frame: pd.DataFrame) -> pd.DataFrame:
    """Comments counted once each, with what their theme does to the score."""
    return mentions(frame, "Theme").assign(**{"Impact on the score, points": frame["impact"].round(1).array})


def words(frame: pd.DataFrame, group: str, against: str) -> pd.DataFrame:
    """Every word of a contrast, the surest first."""
    return pd.DataFrame(
        {
            "Word": frame["word"],
            f"{group.capitalize()}s' comments": frame["group_comments"],
            f"{against.capitalize()}s' comments": frame["against_comments"],
            f"{group.capitalize()}s %": (frame["group_share"] * 100).round(1),
            f"{against.capitalize()}s %": (frame["against_share"] * 100).round(1),
            "Log-odds": frame["log_odds"].round(2),
            "From": frame["low"].round(2),
            "To": frame["high"].round(2),
            "z": frame["z"].round(2),
            "q": frame["q"].round(3),
            "Beyond chance": frame["distinctive"].map({True: "yes", False: "no"}),
        }
    )


def word_counts(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """In how many comments of a group each word stands, most first."""
    ranked = frame.sort_values(["group_comments", "word"], ascending=[False, True])
    return pd.DataFrame(
        {
            "Word": ranked["word"],
            f"{group.capitalize()}s' comments": ranked["group_comments"],
            "Said more by": ranked["says_more"].where(ranked["distinctive"], ""),
        }
    )


def emergent(frame: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Groups of words that occur together, each with a comment."""
    return pd.DataFrame(
        {
            "Words": [", ".join(words) for words in frame["words"]],
            "Comments": frame["comments"],
            "For example": [documents.loc[label, "text"] for label in frame["example"]],
        }
    )


def requests(frame: pd.DataFrame) -> pd.DataFrame:
    """What is asked for, each with a comment."""
    titles = {"request": "Asked for", "comments": "Comments", "sub_theme": "Sub-theme", "example": "For example"}
    return frame[list(titles)].rename(columns=titles)


def rivals(frame: pd.DataFrame) -> pd.DataFrame:
    """Other providers that are named, each with a comment."""
    titles = {"name": "Named", "comments": "Comments", "example": "For example"}
    return frame[list(titles)].rename(columns=titles)


def over_time(found: pd.DataFrame) -> pd.DataFrame:
    """A trend, one row a period, as `trend.trend` gives it."""
    numbers = groups(found, "Period")
    numbers.insert(6, "Passives to %", (100 * found["passive_high"]).round(1).array)
    numbers.insert(6, "Passives from %", (100 * found["passive_low"]).round(1).array)
    return numbers.assign(Joined=["yes" if joined else "" for joined in found["joined"]])


def moved(parts: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The parts of a change by group, as `moved.moved` gives them, with their sum as the last row."""
    frame = pd.DataFrame({"Group": [name_of(name) for name in parts.index]})
    for when, title in (("first", first), ("second", second)):
        frame[f"Answers, {title}"] = parts[f"n_{when}"].to_numpy()
        frame[f"Share %, {title}"] = (100 * parts[f"share_{when}"]).round(1).to_numpy()
        frame[f"NPS, {title}"] = parts[f"nps_{when}"].round(1).to_numpy()
    frame["Within, points"], frame["Mix, points"] = parts["within"].round(2).to_numpy(), parts["mix"].round(2).to_numpy()
    total = {"Group": "Together", "Within, points": round(parts["within"].sum(), 2), "Mix, points": round(parts["mix"].sum(), 2)}
    return pd.concat([frame, pd.DataFrame([total])], ignore_index=True)


def compared(found: pd.DataFrame, first: str) -> pd.DataFrame:
    """Every group with its five figures, their intervals, and how it lies against all others; as `segments.compare` gives."""
    numbers = groups(found, first)
    for group in ("promoter", "passive", "detractor"):
        place = list(numbers.columns).index(f"{group.capitalize()}s %")
        ends = (100 * found[f"{group}_{end}"] for end in ("low", "high"))
        for offset, (title, values) in enumerate(zip(("from", "to"), ends, strict=True), 1):
            numbers.insert(place + offset, f"{group.capitalize()}s {title} %", values.round(1).array)
    return numbers.assign(
        **{
            "NPS against the rest": found["nps_difference"].round(1).array,
            "NPS verdict": [_verdict(*cells) for cells in zip(found["nps_q"], found["nps_beyond"], strict=True)],
            "Passives against the rest, points": (100 * found["passive_difference"]).round(1).array,
            "Passives verdict": [_verdict(*cells) for cells in zip(found["passive_q"], found["passive_beyond"], strict=True)],
            "NPS q": found["nps_q"].round(4).array,
            "Passives q": found["passive_q"].round(4).array,
        }
    )


def _verdict(q: float, beyond: bool) -> str:
    return "" if pd.isna(q) else "beyond noise" if beyond else "within noise"


def searched(found: pd.DataFrame) -> pd.DataFrame:
    """What a search looked at, the largest differences beyond noise first; as `segments.search` gives."""
    factor = found["measure"].map({"nps": 1.0, "passive": 100.0})
    return pd.DataFrame(
        {
            "Column": found["column"],
            "Group": found["group"],
            "Figure": found["measure"].map({"nps": "NPS", "passive": "Passives %"}),
            "Answers": found["n"],
            "Group's": (found["value"] * factor).round(1),
            "All others'": (found["rest"] * factor).round(1),
            "Difference, points": (found["difference"] * factor).round(1),
            "Verdict": [_verdict(*cells) for cells in zip(found["q"], found["beyond"], strict=True)],
            "q": found["q"].round(4),
        }
    )
