"""Events that a reader pins to days, as they stand in the address: “2025-03-01 New price”. Foreign text."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MOST = 12  # events on one picture
LONGEST = 60  # characters of an event's words


class Event(NamedTuple):
    """What happened, and on which day."""

    day: date
    text: str


def events(texts: Iterable[str]) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of some texts in the order of time, and a notice for every text that is none.

    >>> found, notices = events(["2025-03-01 New price", "soon Spring"])
    >>> found[0].text, notices
    ('New price', ('“soon Spring” is no event: write the day first, such as 2025-03-01 New price.',))
    """
    found, notices = set[Event](), []
    for text in texts:
        day, _, words = text.strip().partition(" ")
        try:
            found.add(Event(date.fromisoformat(day), " ".join(words.split())[:LONGEST] or day))
        except ValueError:
            notices.append(f"“{text[:LONGEST]}” is no event: write the day first, such as 2025-03-01 New price.")
    ordered = sorted(found)
    if len(ordered) > MOST:
        notices.append(f"Only the first {MOST} events are shown.")
    return tuple(ordered[:MOST]), tuple(notices)
