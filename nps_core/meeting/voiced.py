"""The workbook's sheets about what each group's comments say: shares as formulas over the counts.

All of it are sums (`comments.voice`), so a view with numbers only has these sheets too. Who must not be heard stands there by
name with the reason, and no figure.
"""

from collections.abc import Mapping

import pandas as pd

from nps_core.comments import themes
from nps_core.comments.views import SIDE_BY_SIDE, named
from nps_core.comments.voice import EVERYBODY, Voices, holding_code
from nps_core.meeting.further import of_group
from nps_core.meeting.sheets import Book, Column, cells
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.wording import passives as say

HEARD = ("passive", "promoter", "detractor")  # whose comments stand in the workbook, in this order
SCORED = {"7": "Those who gave a 7", "8": "Those who gave an 8"}
FAMILIES = (("type", "Why in the middle"), ("trigger", "What could make them leave"))
Totals = Mapping[str, int] | None


def write_voices(book: Book, voices: Voices, names: Mapping[str, str], totals: Totals, question: Question) -> None:
    """What each group says, and what it says with each comment counted once. Arguments as `workbook.workbook` takes them."""
    told = [group for group in HEARD if group in voices]
    heard = {group for group in voices if _heard(group, voices, totals, question)}
    if heard.issuperset(("passive", *SCORED)) and all(themes.heard(voices[score])["n"] for score in SCORED):
        told += SCORED  # where one of them must not be heard, passives less the other would tell
    if heard.issuperset((EVERYBODY, *HEARD)):
        told.append(EVERYBODY)  # and likewise everybody less two of the groups
    book.table("Who commented", _commented(voices, totals, question))
    book.table("Comments", _comments({group: voices[group] for group in told}, heard, names, question))
    for group in (group for group in told if group in heard and group not in SCORED):
        if codable := themes.heard(voices[group])["codable"]:
            counted = _once(themes.once(voices, group, question.level), say.all_names(names), codable)
            book.table(f"Each comment once{of_group(group)}", counted)


def write_side_by_side(
    book: Book, column: str, groups: Mapping[str, pd.Series | None], names: Mapping[str, str], question: Question
) -> None:
    """What passives say in each group of a column, as the page Passives lays it side by side; no sheet where none may be heard.

    `groups` are the voices of passives by the name of their group, None where that must stay hidden (see `comments.views.apart`).
    """
    titles = say.all_names(names)
    codes = {"praise_only" if row == "praise_only" else holding_code(row): titles.get(row, row) for row in SIDE_BY_SIDE}
    parts, hidden = [], f"hidden, or fewer than {question.floor} passives say why"
    for group, voice in groups.items():
        if voice is None or (codable := themes.heard(voice)["codable"]) < question.floor:
            parts.append(pd.DataFrame([{"group": group, "note": hidden}]))
        else:
            found = themes.mentions(voice, tuple(codes), question.level)
            parts.append(found.assign(group=group, name=list(codes.values()), codable=codable))
    rows = _together(parts)
    if rows["name"].notna().any():
        book.table(f"Passives by {column}", [Column(column, "text", rows["group"].tolist()), *_shares(rows, "C", "D")])


def _commented(voices: Voices, totals: Totals, question: Question) -> list[Column]:
    """How many of each group left a comment."""
    rows = [
        (_people(group), *counts)
        for group, counts in themes.commented(voices).items()
        if totals is None or group not in totals or not withheld(counts[1], totals[group], question.floor)
    ]
    people, wrote, answers = zip(*rows, strict=True) if rows else ((), (), ())
    shares = [part / whole for part, whole in zip(wrote, answers, strict=True)]
    return [
        Column("Group", "text", people),
        Column("Left a comment", "count", wrote),
        Column("Answers", "count", answers),
        Column("Share", "share", shares, lambda row: f"=B{row}/C{row}"),
    ]


def _comments(voices: Voices, heard: set[str], names: Mapping[str, str], question: Question) -> list[Column]:
    """What each group says: a row a theme, its share a formula over the counts."""
    rows = _together(
        [_voice(group, voice, names, question) if group in heard else _silent(group, question) for group, voice in voices.items()]
    )
    return [
        Column("Comments of", "text", rows["group"].tolist()),
        Column("Kind", "text", cells(rows["kind"])),
        *_shares(rows, "D", "E"),
    ]


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of a sheet; a part may lack columns."""
    columns = ["group", "kind", "name", "count", "codable", "share", "low", "high", "note"]
    return pd.concat([pd.DataFrame(columns=columns, dtype=object), *(part.astype(object) for part in parts)], ignore_index=True)


def _shares(rows: pd.DataFrame, count: str, codable: str) -> list[Column]:
    """Themes with counts and shares, and in which columns of the sheet the two counts stand."""
    return [
        Column("Theme", "text", cells(rows["name"])),
        Column("Comments", "count", cells(rows["count"])),
        Column("Comments that say why", "count", cells(rows["codable"])),
        Column("Share", "share", cells(rows["share"]), lambda row: f"={count}{row}/{codable}{row}"),
        Column("From", "share", cells(rows["low"])),
        Column("To", "share", cells(rows["high"])),
        Column("Note", "text", cells(rows["note"])),
    ]


def _silent(group: str, question: Question) -> pd.DataFrame:
    note = f"hidden: fewer than {question.floor} of them say why, or filters leave so few in or out"
    return pd.DataFrame([{"group": _people(group), "note": note}])


def _voice(group: str, voice: pd.Series, names: Mapping[str, str], question: Question) -> pd.DataFrame:
    counts, level, titles = themes.heard(voice), question.level, say.all_names(names)
    found = [
        named(themes.holding(voice, level), titles).assign(kind="What is wanting"),
        themes.mentions(voice, ("any_gap",), level).assign(kind="Any gap", name="At least one of the four gaps"),
        named(themes.mentions(voice, ("praise_only",), level), titles).assign(kind="Praise"),
        *(named(themes.family(voice, family, level), say.NAMES).assign(kind=kind) for family, kind in FAMILIES),
        named(themes.awareness(voice, level), say.NAMES).assign(kind="How far they look around"),
        named(themes.mentions(voice, ("competitor",), level), say.NAMES).assign(kind="Another provider"),
    ]
    return pd.concat(found).assign(group=_people(group), codable=counts["codable"])


def _once(found: pd.DataFrame, names: Mapping[str, str], codable: int) -> list[Column]:
    """Each comment under one theme, as `themes.once` gives: the counts add up to all comments that say why."""
    return [
        Column("Theme", "text", [names.get(str(key), str(key)) for key in found.index]),
        Column("Comments", "count", cells(found["count"])),
        Column("Comments that say why", "count", [codable] * len(found)),
        Column("Share", "share", cells(found["share"]), lambda row: f"=B{row}/C{row}"),
        Column("From", "share", cells(found["low"])),
        Column("To", "share", cells(found["high"])),
        Column("Impact on the score, points", "points", cells(found["impact"])),
    ]


def _people(group: str) -> str:
    return SCORED.get(group) or say.PEOPLE[group].capitalize()


def _heard(group: str, voices: Voices, totals: Totals, question: Question) -> bool:
    """Whether what a group says may be shown: enough of them say why, and filters leave enough of them in and out."""
    counts = themes.heard(voices[group])
    few = 0 < counts["codable"] < question.floor
    return not few and not (totals is not None and group in totals and withheld(counts["n"], totals[group], question.floor))
