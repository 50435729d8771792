"""Scores that a spreadsheet took for dates: 9/10 became 9 October, or 10 September where the month stands first.

It knows one cell at a time; `cleaning` decides whether a whole column may be read so.
"""

import re

from nps_core.reading.natural import is_month, month_number
from nps_core.scale import HIGHEST

_YEAR = r"(?:19|20)?\d\d"
# What a cell of a workbook becomes, and what spreadsheets write into text files.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"\d{4}-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T]00:00(?::00)?)?",
        rf"(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./]{_YEAR}",
        rf"(?P<d>\d{{1,2}})(?:\. ?|[ \-/])(?P<n>[^\W\d_]{{3,10}})\.?(?:[ \-/.]{_YEAR})?",
        rf"(?P<n>[^\W\d_]{{3,10}})(?:\. ?|[ \-/])(?P<d>\d{{1,2}})(?:[ \-/.]{_YEAR})?",
    )
)


def day_and_month(text: str) -> tuple[int, int] | None:
    """The two numbers of a cell that is a day of the year, in either order; None for any other text.

    >>> day_and_month("2024-10-09"), day_and_month("10-Sep"), day_and_month("Okt. 8"), day_and_month("10 - very likely")
    ((9, 10), (10, 9), (8, 10), None)
    """
    bare = text.strip()
    found = next((match for form in _FORMS if (match := form.fullmatch(bare))), None)
    if found is None:
        return None
    parts = found.groupdict()
    if "n" in parts and not is_month(parts["n"]):
        return None
    month = month_number(parts["n"]) or 0 if "n" in parts else int(parts["m"])
    day = int(parts["d"])
    return (day, month) if 1 <= max(day, month) <= 31 and min(day, month) >= 1 else None


def score_behind(text: str) -> int | None:
    """The score out of ten that became this date; None where that is not certain.

    >>> [score_behind(t) for t in ("2024-10-09", "2024-09-10", "10-Oct", "2024-10-25", "2024-03-05", "9")]
    [9, 9, 10, None, None, None]
    """
    parts = day_and_month(text)
    if parts is None or HIGHEST not in parts:
        return None
    return min(parts) if max(parts) == HIGHEST else None  # 25 October was never a score
