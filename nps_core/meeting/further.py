"""The workbook's sheets about the words of comments, who differs, what others score, and why the score moved.

Each function lays out one table as columns (`sheets.Column`), or writes it. Shares, scores and differences are formulas over the
counts beside them. What may be shown is decided before: these take what a page shows.
"""

from typing import Any, NamedTuple

import pandas as pd

from nps_core.comments.voice import EVERYBODY
from nps_core.meeting.plain import shortened
from nps_core.meeting.sheets import NAME_LENGTH, Book, Column, cells
from nps_core.moved import moved
from nps_core.scale import GROUPS
from nps_core.tally import group_counts
from nps_core.views import name_of

NOTHING = pd.DataFrame()
SCORE = "Score!$I$2"  # where the workbook has the NPS of the survey
FIGURES = {"nps": ("NPS", 1.0), "passive": ("Passives, %", 100.0)}


class Contrast(NamedTuple):
    """The words of two groups: which two, what `contrast.contrast_words` gives, and how many comments each wrote."""

    group: str
    against: str
    found: pd.DataFrame
    n: int
    n_against: int


class Named(NamedTuple):
    """What the comments of a group name: `requests` as `comments.requests`, `rivals` as `comments.rivals`, `sub_themes` as
    `comments.views.sub_themes` gives them, those of the theme called `theme`."""

    group: str
    requests: pd.DataFrame = NOTHING
    rivals: pd.DataFrame = NOTHING
    sub_themes: pd.DataFrame = NOTHING
    theme: str = ""


class Said(NamedTuple):
    """What comments say by their words; never of a view with numbers only. Frames without rows make no sheet.

    `contrasts` of two groups each; `together` as `tables.emergent` gives it; `named` a group each.
    """

    contrasts: tuple[Contrast, ...] = ()
    together: pd.DataFrame = NOTHING
    named: tuple[Named, ...] = ()


class Periods(NamedTuple):
    """Two periods split by one column: their names, and their Tallies as the page Trend takes a change apart."""

    names: tuple[str, str]
    first: pd.DataFrame
    second: pd.DataFrame


def write_said(book: Book, said: Said) -> None:
    """A sheet for each of the tables that has rows."""
    for one in said.contrasts:
        if len(one.found):
            book.table(f"Words, {one.group}s and {one.against}s", _words(one))
    if len(said.together):
        book.table("Words that occur together", _told(said.together))
    for named in said.named:
        for frame, name in ((named.requests, "Asked for"), (named.rivals, "Other providers")):
            if len(frame):
                book.table(f"{name}{of_group(named.group)}", _told(frame))
        if len(named.sub_themes):
            end = of_group(named.group)
            book.table(shortened(f"Parts of {named.theme}", NAME_LENGTH - len(end)) + end, _sub_themes(named.sub_themes))


def of_group(group: str) -> str:
    """How the name of a sheet about a group's comments ends; that of passives ends as it is."""
    return {"passive": "", EVERYBODY: ", everybody"}.get(group, f", {group}s")


def _words(one: Contrast) -> list[Column]:
    found, group, against = one.found, f"{one.group.capitalize()}s", f"{one.against.capitalize()}s"
    return [
        Column("Word", "text", found["word"].tolist()),
        Column(f"{group}' comments with it", "count", found["group_comments"].tolist()),
        Column(f"{group}' comments", "count", [one.n] * len(found)),
        Column(f"{group}, share", "share", found["group_share"].tolist(), lambda row: f"=B{row}/C{row}"),
        Column(f"{against}' comments with it", "count", found["against_comments"].tolist()),
        Column(f"{against}' comments", "count", [one.n_against] * len(found)),
        Column(f"{against}, share", "share", found["against_share"].tolist(), lambda row: f"=E{row}/F{row}"),
        Column("Log-odds", "odds", found["log_odds"].tolist()),
        Column("Log-odds from", "odds", found["low"].tolist()),
        Column("Log-odds to", "odds", found["high"].tolist()),
        Column("z", "odds", found["z"].tolist()),
        Column("p", "q", found["p"].tolist()),
        Column("q", "q", found["q"].tolist()),
        Column("Beyond chance", "text", ["yes" if flag else "no" for flag in found["distinctive"]]),
        Column("Said more by", "text", [f"{name}s" if name else None for name in found["says_more"]]),
    ]


def _told(frame: pd.DataFrame) -> list[Column]:
    """A table of texts and counts as it is."""
    titles = {"request": "Asked for", "name": "Named", "comments": "Comments", "sub_theme": "Sub-theme", "example": "For example"}
    named = frame.rename(columns=titles)
    shown = [str(title) for title in named if title in (*titles.values(), "Words")]
    return [Column(title, "count" if title == "Comments" else "text", cells(named[title])) for title in shown]


def _sub_themes(frame: pd.DataFrame) -> list[Column]:
    total = round(frame["count"].iloc[0] / frame["share"].iloc[0])
    return [
        Column("Sub-theme", "text", frame["name"].tolist()),
        Column("Comments", "count", frame["count"].tolist()),
        Column("Comments that name the theme", "count", [total] * len(frame)),
        Column("Share", "share", frame["share"].tolist(), lambda row: f"=B{row}/C{row}"),
        Column("From", "share", frame["low"].tolist()),
        Column("To", "share", frame["high"].tolist()),
    ]


def industries(figures: pd.DataFrame, nps: float) -> list[Column]:
    """Published figures as `benchmarks.load` gives them, and how far this survey's NPS lies above or below each: 0 within."""
    beyond = [max(0.0, nps - high) + min(0.0, nps - low) for low, high in zip(figures["low"], figures["high"], strict=True)]
    return [
        Column("Industry", "text", figures["industry"].tolist()),
        Column("From", "points", figures["low"].tolist()),
        Column("To", "points", figures["high"].tolist()),
        Column("This survey, points above or below", "points", beyond, _beyond),
        Column("Figure", "text", figures["statistic"].tolist()),
        Column("Source", "text", figures["source"].tolist()),
        Column("Population", "text", figures["population"].tolist()),
        Column("Year", "year", cells(figures["year"])),
        Column("Called there", "text", figures["label"].tolist()),
    ]


def _beyond(row: int) -> str:
    return f"=MAX(0,{SCORE}-C{row})+MIN(0,{SCORE}-B{row})"


def differences(found: pd.DataFrame) -> list[Column]:
    """Every comparison of a search as `segments.search` gives it, the largest beyond noise first; all in points."""
    factor = [FIGURES[measure][1] for measure in found["measure"]]
    points = {
        name: [value * by for value, by in zip(found[name], factor, strict=True)] for name in ("value", "rest", "difference")
    }
    return [
        Column("Column", "text", found["column"].tolist()),
        Column("Group", "text", found["group"].tolist()),
        Column("Figure", "text", [FIGURES[measure][0] for measure in found["measure"]]),
        Column("Answers", "count", cells(found["n"])),
        Column("The group's", "points", points["value"]),
        Column("All others'", "points", points["rest"]),
        Column("Difference, points", "points", points["difference"], lambda row: f"=E{row}-F{row}"),
        Column("p", "q", found["p"].tolist()),
        Column("q, over all that was looked at", "q", found["q"].tolist()),
        Column("Verdict", "text", ["beyond noise" if beyond else "within noise" for beyond in found["beyond"]]),
    ]


def write_moved(book: Book, column: str, periods: Periods) -> None:
    """Why the score moved: what each group adds to the change within itself and by its size, as formulas that add up to it.

    Formula and source: as `moved.exact_parts`. Makes no sheet where fewer than two groups may be told apart.
    """
    parts = moved(periods.first, periods.second)
    if len(parts) < 2:
        return
    counts = [group_counts(side).reindex(parts.index, fill_value=0) for side in (periods.first, periods.second)]
    last = len(parts) + 1
    columns = [Column(column, "text", [name_of(name) for name in parts.index])]
    for when, side, letters in zip(periods.names, counts, ("BCDE", "HIJK"), strict=True):
        columns += _period(when, side, letters, last)
    absent = {
        row: "GM"[int(not before)]
        for row, (before, after) in enumerate(zip(parts["n_first"], parts["n_second"], strict=True), 2)
        if not (before and after)
    }

    def within(row: int) -> str:
        return "=0" if row in absent else f"=(F{row}+L{row})/2*(M{row}-G{row})"

    def mix(row: int) -> str:
        own = f"{absent[row]}{row}" if row in absent else f"(G{row}+M{row})/2"
        return f"=(L{row}-F{row})*({own}-(G${last + 1}+M${last + 1})/2)"

    columns += [
        Column("Within, points", "points", parts["within"].tolist(), within),
        Column("Mix, points", "points", parts["mix"].tolist(), mix),
        Column("Together, points", "points", (parts["within"] + parts["mix"]).tolist(), lambda row: f"=N{row}+O{row}"),
    ]
    _all_groups(book, book.table(f"Why it moved, {column}", columns), columns, parts, last)


def _period(when: str, side: pd.DataFrame, letters: str, last: int) -> list[Column]:
    """The groups of one period: counts, answers, share of all answers, NPS; beginning in the column of the first letter."""
    d, p, r, n = tuple(letters)
    answers = side.sum(axis=1)
    scores = [100 * (row["promoter"] - row["detractor"]) / row.sum() if row.sum() else None for _, row in side.iterrows()]
    return [
        *(Column(f"{group.capitalize()}s, {when}", "count", side[group].tolist()) for group in GROUPS),
        Column(f"Answers, {when}", "count", answers.tolist(), lambda row: f"={d}{row}+{p}{row}+{r}{row}"),
        Column(f"Share of answers, {when}", "share", (answers / answers.sum()).tolist(), lambda row: f"={n}{row}/{n}${last + 1}"),
        Column(f"NPS, {when}", "points", scores, lambda row: f"=100*({r}{row}-{d}{row})/{n}{row}"),
    ]


def _all_groups(book: Book, sheet: Any, columns: list[Column], parts: pd.DataFrame, last: int) -> None:
    """The last row: everybody in both periods, and the parts added up to the change of the score."""
    row = last + 1
    book.cell(sheet, last, 0, Column("", "text", ()), "All of them")
    sums: dict[str, float] = {}
    for place, column in enumerate(columns[1:], 1):
        letter = chr(ord("A") + place)
        formula, value = f"=SUM({letter}2:{letter}{last})", float(sum(cell for cell in column.values if cell is not None))
        if letter in "GM":
            d, r, n = tuple("BDE" if letter == "G" else "HJK")
            formula, value = f"=100*({r}{row}-{d}{row})/{n}{row}", 100 * (sums[r] - sums[d]) / sums[n]
        sums[letter] = value
        sheet.write_formula(last, place, formula, book.formats[column.kind], value)
    book.cell(sheet, last + 1, 0, Column("", "text", ()), "Change of the NPS")
    sheet.write_formula(last + 1, 15, f"=M{row}-G{row}", book.formats["points"], sums["M"] - sums["G"])
