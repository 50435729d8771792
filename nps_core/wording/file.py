"""Sentences about the file: how it was read, who answered more than once, what is not shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nps_core.wording.numbers import answers, count

if TYPE_CHECKING:
    from nps_core.reading.repeats import Repeats

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons", " ": "spaces"}


def read_sentence(facts: Mapping[str, Any]) -> str:
    """How one file was read, from one entry of `Responses.read`.

    >>> read_sentence({"file": "a.csv", "rows": 12, "columns": 3, "encoding": "UTF-8", "delimiter": ";", "header_rows": 1})
    'a.csv: 12 records in 3 columns. Read as UTF-8 text with semicolons between the cells.'
    """
    records = f"{count(facts['rows'])} record{'' if facts['rows'] == 1 else 's'}"
    columns = f"{count(facts['columns'])} column{'' if facts['columns'] == 1 else 's'}"
    told = [f"{facts['file']}: {records} in {columns}."]
    if facts.get("sheet"):
        told.append(f"Read from the sheet “{facts['sheet']}”.")
    elif facts.get("encoding"):
        between = DELIMITERS.get(facts.get("delimiter") or "")
        told.append(f"Read as {facts['encoding']} text{f' with {between} between the cells' if between else ''}.")
    if facts.get("preamble_rows"):
        one = facts["preamble_rows"] == 1
        lines = "1 line above the header was" if one else f"{count(facts['preamble_rows'])} lines above the header were"
        told.append(f"{lines} passed over.")
    if lines_below := facts.get("footers"):
        what = "1 line below the records is no answer and was" if len(lines_below) == 1 else (
            f"{count(len(lines_below))} lines below the records are no answers and were"
        )  # fmt: skip
        told.append(f"{what} left out: {'; '.join(f'“{line}”' for line in lines_below)}.")
    if facts.get("repaired_cells"):
        one = facts["repaired_cells"] == 1
        cells = "1 cell" if one else f"{count(facts['repaired_cells'])} cells"
        told.append(f"{cells} held bytes of another encoding and {'was' if one else 'were'} repaired.")
    return " ".join(told)


def withheld_sentence(floor: int) -> str:
    """What stands in place of the figures of a hidden group."""
    return f"Fewer than {floor} answers, or a group that would give such a group away: no figure is shown."


def hidden_sentence(hidden: int, floor: int) -> str:
    """How many groups show no figure, and why.

    >>> hidden_sentence(1, 5)
    '1 group is not shown: it has fewer than 5 answers, or would give such a group away.'
    """
    who, have = ("group is", "it has") if hidden == 1 else ("groups are", "they have")
    return f"{count(hidden)} {who} not shown: {have} fewer than {floor} answers, or would give such a group away."


def repeats_sentence(found: "Repeats") -> str:
    """How many respondents answered more than once in one period, and what counting only the latest would leave out."""
    if not found.respondents:
        return f"Nobody answered more than once in one {found.period}."
    who = "1 respondent" if found.respondents == 1 else f"{count(found.respondents)} respondents"
    return (
        f"{who} answered more than once in one {found.period}, {answers(found.answers)} in all. "
        f"Counting only the latest of each would leave out {answers(found.surplus)}."
    )
