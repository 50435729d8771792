"""Names that come from outside beside choices of the explorer's own, in one menu: no two of them are called the same.

A menu knows a choice by what it is called, and so does the address. Columns, groups and codebooks can have any name, so one that
is taken already stands in quotes, as many as it needs; the explorer's own choices, and every other name, stay as they are.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from nps_core.responses import Responses
from nps_core.trend import WAVE

Of = TypeVar("Of", bound=Hashable)
OF_WAVE = "Wave"  # what the wave is called among columns


def called(names: Mapping[Of, str], own: Collection[str] = ()) -> dict[Of, str]:
    """What each is called in a menu that has `own` choices, too: its name, where that is not taken.

    >>> called({1: "Plan", 2: "over time", 3: "“over time”"}, {"over time"})
    {1: 'Plan', 2: '““over time””', 3: '“over time”'}
    """
    found, taken, free = dict[Of, str](), set(own), set(names.values())
    for one, name in names.items():
        label = name
        while label in taken or (label != name and label in free):
            label = f"“{label}”"
        taken.add(label)
        found[one] = label
    return found


def columns(responses: Responses) -> dict[str, str]:
    """The columns that split a survey, the wave last, by what they are called in a menu."""
    waves = {OF_WAVE: WAVE} if responses.waves else {}
    labels = called({column: column for column in responses.segments}, waves)
    return {label: column for column, label in labels.items()} | waves


def title(column: str, responses: Responses) -> str:
    """What one of these columns is called."""
    return next((label for label, found in columns(responses).items() if found == column), column)
