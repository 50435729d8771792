"""A second header row that only a known layout gives away: it has nothing where the tool writes something in every record.

It must not guess in files of unknown origin; `table` judges those by their form.
"""

from collections.abc import Mapping
from dataclasses import replace

from nps_core.reading.dialect import distinct, join_header
from nps_core.reading.exports import has_name, recognise
from nps_core.reading.table import Table


def joined(table: Table) -> Table:
    """The table with its first record joined to the header where that record is a header row, else the table itself."""
    layout = recognise(table.header)
    if layout is None or layout.first or len(table.frame) < 2 or table.read.get("header_rows") != 1:
        return table
    first, second = (dict(enumerate(table.frame.iloc[row].tolist())) for row in (0, 1))
    marks = [i for i, text in enumerate(table.header) if any(has_name(text, mark) for mark in layout.marks)]
    words = [cell.strip() for cell in first.values() if cell.strip()]
    if not words or any(first[i].strip() for i in marks) or not any(second[i].strip() for i in marks):
        return table
    if any(any(c.isdigit() for c in cell) and cell.strip().replace(".", "").isdecimal() for cell in words):
        return table
    header = join_header([list(table.header), list(first.values())], len(table.header))
    frame = table.frame.iloc[1:].reset_index(drop=True).set_axis(distinct(header), axis=1)
    surplus = tuple((row - 1, cells) for row, cells in table.surplus if row > 1)
    repairs = tuple((max(row - 1, 0), what) for row, what in table.repairs)  # what was the first record is header now
    read: Mapping[str, object] = {**table.read, "header_rows": 2}
    return replace(table, header=header, frame=frame, surplus=surplus, repairs=repairs, read=read)
