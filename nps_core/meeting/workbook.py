"""The workbook (.xlsx): scores, groups, periods and themes, shares and scores as formulas over the counts, to be checked.

Each formula comes with the value it has, so the file reads right before anything is computed again. Groups that are hidden stand
there with their name and the reason, and no figure. Imported where a workbook is asked for.
"""

import io
from collections.abc import Mapping, Sequence

import pandas as pd
import xlsxwriter

from nps_core import views
from nps_core.explained import Explanation
from nps_core.meeting import further
from nps_core.meeting.further import Periods, Said
from nps_core.meeting.mixed import write_mix
from nps_core.meeting.sheets import OPTIONS, Book, Column, cells
from nps_core.meeting.voiced import write_side_by_side, write_voices
from nps_core.question import Question
from nps_core.scale import BANDS, GROUPS, group_of
from nps_core.tally import by_score
from nps_core.wording import percent
from nps_core.wording.score import what_it_does_not_say

DEFINITIONS = (
    ("Promoter", "gave a 9 or a 10"),
    ("Passive", "gave a 7 or an 8: counts as an answer, moves the score neither up nor down"),
    ("Detractor", "gave a 0 to a 6"),
    ("Net Promoter Score (NPS)", "100 × (promoters − detractors) ÷ all answers, from −100 to +100"),
    ("Interval", "where the score among everyone who could have been asked probably lies"),
    ("Beyond noise", "more than who happened to answer explains, allowing for all comparisons made"),
)


def workbook(
    result: pd.DataFrame,
    accounts: Mapping[str, int],
    question: Question,
    source: str,
    *,
    tally: pd.DataFrame | None = None,
    groups: Mapping[str, pd.DataFrame] | None = None,
    periods: Mapping[str, pd.DataFrame] | None = None,
    voices: Mapping[str, pd.Series] | None = None,
    names: Mapping[str, str] | None = None,
    totals: Mapping[str, int] | None = None,
    apart: Mapping[str, Mapping[str, pd.Series | None]] | None = None,
    second: pd.DataFrame | None = None,
    share: float | None = None,
    figures: pd.DataFrame | None = None,
    searched: pd.DataFrame | None = None,
    moved: Mapping[str, Periods] | None = None,
    said: Said | None = None,
    computed: Sequence[Explanation] = (),
) -> bytes:
    """The workbook as a file. All it takes are sums, so a view with numbers only can make it of what it carries.

    Parameters
    ----------
    result : DataFrame
        A Result that is not split.
    accounts : mapping
        Answered, blank, invalid and excluded records (`tally.accounts`).
    question : Question
        Its level, floor, target and filters are told on the first sheet.
    source : str
        Where the figures come from (`wording.meeting.source_line`); foreign text.
    tally : DataFrame, optional
        The Tally of the same question; of eleven scores it makes the sheet of scores.
    groups : mapping, optional
        The column that splits → what `segments.compare` gives (or a Result), a sheet each.
    periods : mapping, optional
        The kind of period → what `trend.trend` gives, a sheet each.
    voices, names, totals : mapping, optional
        As `slides.comments` takes them: what each group says, how gaps are called, and how many of each group the whole survey
        has (left out for a view with numbers only).
    apart : mapping, optional
        The column that splits → what passives say in each of its groups, None where that must stay hidden; a sheet each.
    second : DataFrame, optional
        The Result of what is laid beside this survey, a row each with its name as index.
    share : float, optional
        The passives (0..1) of another mix with the same score; a sheet where `tally` has eleven scores.
    figures : DataFrame, optional
        Published figures of industries (`benchmarks.load`).
    searched : DataFrame, optional
        What `segments.search` gives.
    moved : mapping, optional
        The column that takes the change between two periods apart → these periods, a sheet each.
    said : Said, optional
        What comments say by their words; None for a view with numbers only.
    computed : sequence of Explanation
        How each figure was computed, the last sheet.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as written:
        book = Book(written)
        shown = bool(len(result)) and not pd.isna(result["nps"].iloc[0])
        _about(book, question, source)
        _score(book, result, accounts, question, shown)
        if shown:
            if tally is not None and by_score(tally):
                _scores(book, tally)
                if share is not None:
                    write_mix(book, tally, share)
            _beside(book, result, question, second, figures)
        for column, found in (groups or {}).items():
            book.table(f"By {column}", _split(found, column, question))
        if searched is not None and len(searched):
            book.table("Largest differences", further.differences(searched))
        for kind, found in (periods or {}).items():
            book.table(f"Trend by {kind}", _split(found, "Period", question))
        for column, two in (moved or {}).items():
            further.write_moved(book, column, two)
        if voices:
            write_voices(book, voices, names or {}, totals, question)
        for column, passives in (apart or {}).items():
            write_side_by_side(book, column, passives, names or {}, question)
        further.write_said(book, said or Said())
        _computed(book, computed)
    return made.getvalue()


def _about(book: Book, question: Question, source: str) -> None:
    filters = [f"{column}: {' or '.join(values)}" for column, values in question.where]
    filters += [f"Wave: {' or '.join(question.wave)}"] if question.wave else []
    filters += [f"{word} {day}" for word, day in (("from", question.start), ("to", question.end)) if day]
    told = [
        ("Source", source),
        ("Filters", "; ".join(filters) or "none"),
        ("Certainty of the intervals", percent(question.level, 0)),
        ("Hidden groups", f"fewer than {question.floor} answers, or such that would give a group like that away"),
        *([("Target, NPS", f"{question.target:g}")] if question.target is not None else []),
        *DEFINITIONS,
        *(("What it does not say", limit) for limit in what_it_does_not_say()),
    ]
    columns = [Column(title, "text", values) for title, values in zip(("What", "Says"), zip(*told, strict=True), strict=True)]
    sheet = book.table("About", columns, wrapped=True)
    sheet.set_column(1, 1, 100)


def _score(book: Book, result: pd.DataFrame, accounts: Mapping[str, int], question: Question, shown: bool) -> None:
    sheet = book.table("Score", _split(result.head(1).set_axis(["This survey"]), "Answers of", question))
    if not shown:
        return
    titles = (("blank", "Blank"), ("invalid", "Off the scale or unreadable"), ("excluded", "Excluded"))
    rows: list[tuple[str, float | None]] = [("Not counted", None), *((title, accounts[status]) for status, title in titles)]
    chances = views.chances(result)
    rows += [("Chance of each band", None), *((band.name.capitalize(), chances[band.name]) for band in BANDS)]
    for row, (title, value) in enumerate(rows, 4):
        kind = "share" if row > 4 + len(titles) else "count"
        book.cell(sheet, row, 0, Column("", "text", ()), title)
        book.cell(sheet, row, 1, Column("", kind, ()), value)


def _scores(book: Book, tally: pd.DataFrame) -> None:
    """The eleven scores, the score of each and the NPS over them as formulas."""
    counts = tally.iloc[0].tolist()
    n, last = sum(counts), len(counts) + 1
    columns = [
        Column("Score", "count", list(range(len(counts)))),
        Column("Group", "text", [group_of(score).capitalize() for score in range(len(counts))]),
        Column("Answers", "count", counts),
        Column("Share", "share", [number / n for number in counts], lambda row: f"=C{row}/SUM(C$2:C${last})"),
    ]
    sheet = book.table("Scores 0 to 10", columns)
    foot: list[tuple[str, str, str, float]] = [("All answers", "count", f"=SUM(C2:C{last})", n)]
    sums = {"detractor": "SUM(C2:C8)", "passive": "SUM(C9:C10)", "promoter": "SUM(C11:C12)"}
    parts = {group: sum(number for score, number in enumerate(counts) if group_of(score) == group) for group in GROUPS}
    foot += [(f"{group.capitalize()}s", "count", f"={sums[group]}", parts[group]) for group in GROUPS]
    nps = 100 * (parts["promoter"] - parts["detractor"]) / n
    foot.append(("NPS", "points", f"=100*({sums['promoter']}-{sums['detractor']})/SUM(C2:C{last})", nps))
    for row, (title, kind, formula, value) in enumerate(foot, last + 1):
        book.cell(sheet, row, 1, Column("", "text", ()), title)
        sheet.write_formula(row, 2, formula, book.formats[kind], value)


def _beside(
    book: Book,
    result: pd.DataFrame,
    question: Question,
    second: pd.DataFrame | None,
    figures: pd.DataFrame | None,
) -> None:
    """What stands beside the score: a second survey, what industries score."""
    if second is not None and len(second):
        book.table("Same score", _split(views.beside(result, "This survey", second), "Survey", question))
    if figures is not None and len(figures):
        book.table("Industries", further.industries(figures, float(result["nps"].iloc[0])))


def _split(found: pd.DataFrame, first: str, question: Question) -> list[Column]:
    """A Result with a row a group as columns: counts, and over them formulas."""
    hidden = found["suppressed"].tolist() if "suppressed" in found else [False] * len(found)
    reason = f"hidden: fewer than {question.floor} answers, or it would give such a group away"
    counts = [Column(f"{group.capitalize()}s", "count", cells(found[group])) for group in GROUPS]
    columns = [
        Column(first, "text", [views.name_of(key) for key in found.index]),
        *counts,
        Column("Answers", "count", cells(found["n"]), lambda row: f"=B{row}+C{row}+D{row}"),
        Column("Detractors, share", "share", cells(found["detractor_share"]), lambda row: f"=B{row}/E{row}"),
        Column("Passives, share", "share", cells(found["passive_share"]), lambda row: f"=C{row}/E{row}"),
        Column("Promoters, share", "share", cells(found["promoter_share"]), lambda row: f"=D{row}/E{row}"),
        Column("NPS", "points", cells(found["nps"]), lambda row: f"=100*(D{row}-B{row})/E{row}"),
        Column("NPS from", "points", cells(found["low"])),
        Column("NPS to", "points", cells(found["high"])),
        Column("Band", "text", found["band"].tolist()),
    ]
    for group in GROUPS:
        for end, word in (("low", "from"), ("high", "to")):
            if f"{group}_{end}" in found:
                columns.append(Column(f"{group.capitalize()}s {word}", "share", cells(found[f"{group}_{end}"])))
    columns += _against(found) + _in_time(found)
    return [*columns, Column("Note", "text", [reason if shut else None for shut in hidden])]


def _against(found: pd.DataFrame) -> list[Column]:
    """How each group lies against all others, where that was compared."""
    if "nps_rest" not in found:
        return []
    verdicts = {
        measure: [
            None if pd.isna(q) else "beyond noise" if beyond else "within noise"
            for q, beyond in zip(found[f"{measure}_q"], found[f"{measure}_beyond"], strict=True)
        ]
        for measure in ("nps", "passive")
    }
    return [
        Column("NPS of all others", "points", cells(found["nps_rest"])),
        Column("NPS, difference", "points", cells(found["nps_difference"])),
        Column("NPS, q", "q", cells(found["nps_q"])),
        Column("NPS, verdict", "text", verdicts["nps"]),
        Column("Passives of all others", "share", cells(found["passive_rest"])),
        Column("Passives, difference in points", "share_points", cells(100 * found["passive_difference"])),
        Column("Passives, q", "q", cells(found["passive_q"])),
        Column("Passives, verdict", "text", verdicts["passive"]),
    ]


def _in_time(found: pd.DataFrame) -> list[Column]:
    """When each period began and ended, and whether thin periods were joined in it."""
    if "joined" not in found:
        return []
    return [
        Column("First day", "day", found["start"].tolist()),
        Column("Last day", "day", found["end"].tolist()),
        Column("Joined", "text", ["joined from thin periods" if joined else None for joined in found["joined"]]),
    ]


def _computed(book: Book, computed: Sequence[Explanation]) -> None:
    once = list(dict.fromkeys(computed))
    titles = ("Figure", "Formula", "Numbers", "Source")
    cells = list(zip(*once, strict=True)) if once else [()] * len(titles)
    book.table("How computed", [Column(title, "text", values) for title, values in zip(titles, cells, strict=True)], wrapped=True)
