"""The workbook's sheet about the same score with other passives: the mix that the slider on the page Distribution asks for."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from nps_core.family import rescale_histogram
from nps_core.meeting.sheets import Book, Column
from nps_core.scale import DETRACTORS, PASSIVES, PROMOTERS, group_of

SCORE = "Score!$I$2"  # where the workbook has the NPS of the survey
CELLS = {
    "passive": (9, 10),
    "promoter": (11, 12),
    "detractor": (2, 8),
}  # first and last row of each group
FOOT = {"passive": 14, "promoter": 15, "detractor": 16}  # the row where the share of each group stands
NPS = 17
MEMBERS = {"passive": PASSIVES, "promoter": PROMOTERS, "detractor": DETRACTORS}


def write_mix(book: Book, tally: pd.DataFrame, share: float) -> None:
    """The eleven scores of this survey, and as they would be at the same score with this share of passives (0..1).

    The shares of the groups follow from the score and the share of passives alone; within each group the scores keep
    their proportions. Formula and source: as `family.mix` and `family.rescale_histogram`.
    """
    counts = tally.iloc[0].tolist()
    own, other = [count / sum(counts) for count in counts], rescale_histogram(tally.iloc[0], share).tolist()
    columns = [
        Column("Score", "count", list(range(len(counts)))),
        Column("Group", "text", [group_of(score).capitalize() for score in range(len(counts))]),
        Column("Answers", "count", counts),
        Column("This survey, share", "share", own, lambda row: f"=C{row}/SUM(C$2:C$12)"),
        Column("Same score, other passives, share", "share", other, _rescaled(counts)),
    ]
    sheet = book.table("Same score, other passives", columns)
    _foot(book, sheet, "D", 3, own, _sums("D"))
    chosen = _sums("E") | {
        "promoter": f"=(1-E{FOOT['passive']}+{SCORE}/100)/2",
        "detractor": f"=(1-E{FOOT['passive']}-{SCORE}/100)/2",
    }
    del chosen["passive"]  # what the slider asks for is no formula
    _foot(book, sheet, "E", 4, other, chosen)


def _rescaled(counts: list[int]) -> Callable[[int], str]:
    """The share of one score in the other mix; a group nobody is in is spread evenly over its scores."""

    def formula(row: int) -> str:
        group = group_of(row - 2)
        first, last = CELLS[group]
        if not sum(counts[score] for score in MEMBERS[group]):
            return f"=E${FOOT[group]}/{len(MEMBERS[group])}"
        return f"=C{row}/SUM(C${first}:C${last})*E${FOOT[group]}"

    return formula


def _sums(letter: str) -> dict[str, str]:
    return {group: f"=SUM({letter}{first}:{letter}{last})" for group, (first, last) in CELLS.items()}


def _foot(book: Book, sheet: Any, letter: str, place: int, shares: list[float], formulas: dict[str, str]) -> None:
    """Beneath one column of shares: those of the three groups, and the score that they come to."""
    parts = {group: sum(shares[score] for score in scores) for group, scores in MEMBERS.items()}
    for group, row in FOOT.items():
        book.cell(sheet, row - 1, 1, Column("", "text", ()), f"{group.capitalize()}s")
        if group in formulas:
            sheet.write_formula(row - 1, place, formulas[group], book.formats["share"], parts[group])
        else:
            book.cell(sheet, row - 1, place, Column("", "share", ()), parts[group])
    (first, last), (low, high) = CELLS["promoter"], CELLS["detractor"]
    score = f"=100*(SUM({letter}{first}:{letter}{last})-SUM({letter}{low}:{letter}{high}))"
    book.cell(sheet, NPS - 1, 1, Column("", "text", ()), "NPS")
    sheet.write_formula(NPS - 1, place, score, book.formats["points"], 100 * (parts["promoter"] - parts["detractor"]))
