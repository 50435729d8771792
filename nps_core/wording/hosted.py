"""Hosted views in sentences: what becomes visible and what does not, to whom, until when, and what is off in them."""

from collections.abc import Sequence
from datetime import datetime

from nps_core.hosted.numbers import Numbers
from nps_core.hosted.payload import Payload
from nps_core.hosted.rows import Rows
from nps_core.hosted.terms import Terms
from nps_core.question import Question
from nps_core.wording.numbers import count, listed

KINDS = {"numbers": "Numbers only", "comments": "Numbers and comments"}
KIND_HELP = {
    "numbers": "Sums, and nobody's answer: small groups are left out, and nothing can be worked out about a handful of people.",
    "comments": "Every answer with its groups and its comment; addresses, telephone and account numbers are masked.",
}
NEVER = "Never in it: who answered, the names of files, columns that no page uses, and cells that were set aside."

TWO_VIEWS = (
    "Each view is checked by itself. Whoever has two of the same survey, with other filters, days or columns, can subtract one "
    "from the other, and may be left with a handful of people: share one, or give each to different people."
)


def contents(payload: Payload) -> list[str]:
    """What a view holds, in a few sentences."""
    return _of_numbers(payload) if isinstance(payload, Numbers) else _of_rows(payload)


def _of_numbers(numbers: Numbers) -> list[str]:
    groups = sum(len(table) for axes, table in numbers.tables.items() if axes)
    by = listed([*numbers.dimensions, *numbers.times])
    said = [
        f"It holds sums of {count(numbers.total)} answers" + (f", split by {by}: {count(groups)} groups." if by else "."),
        f"Groups of fewer than {numbers.floor} answers are not in it, nor what would give them away by subtraction.",
    ]
    if numbers.said:
        said.append("What comments say is in it as counts of themes; nobody's words are.")
    if fixed := filters(numbers.fixed):
        said.append(f"Only answers that fit are counted: {fixed}.")
    if not numbers.dimensions:
        said.append("No column splits or filters it.")
    return said


def _of_rows(rows: Rows) -> list[str]:
    responses = rows.responses
    written = sum(int((responses.frame[column].fillna("").str.strip() != "").sum()) for column in responses.comments)
    parts = ["score", *(["day"] if responses.dated else []), *(["wave"] if responses.waves else []), *responses.segments]
    said = [f"It holds {count(rows.total)} answers one by one, each with its {listed(parts)}."]
    if written:
        said.append(
            f"It holds {count(written)} comments in full. E-mail addresses, telephone, card and account numbers in them are "
            "masked; names of people cannot be told from other words, and stay."
        )
    said.append(f"Groups of fewer than {rows.floor} answers show no figures; their comments can be read one by one.")
    return said


def filters(question: Question) -> str:
    """The filters of a question in words, '' for none.

    >>> filters(Question(where=(("region", ("EU", "US")),)))
    'region: EU or US'
    """
    said = [f"{column}: {' or '.join(values)}" for column, values in question.where]
    said += [f"wave: {' or '.join(question.wave)}"] if question.wave else []
    said += [f"from {question.start}"] if question.start else []
    said += [f"to {question.end}"] if question.end else []
    return "; ".join(said)


def off(numbers: Numbers) -> str:
    """Which filters a view with numbers only has, and why no others."""
    free = listed([*numbers.dimensions, *(["wave"] if "wave" in numbers.times else [])])
    has = f"can be filtered by {free}" if free else "cannot be filtered"
    return (
        f"This view carries numbers only and {has}. All other filters are off: with more of them, what a handful of people said "
        "could be worked out from the sums."
    )


def reach(passcode: bool, domains: Sequence[str]) -> str:
    """Who can open a view."""
    if domains:
        return (
            f"Opens for signed-in people of {listed(list(domains))} who have the link{' and the passcode' if passcode else ''}."
        )
    return f"Opens for whoever has the link{' and the passcode' if passcode else ''}, without an account."


def until(moment: datetime) -> str:
    """A day as people say it.

    >>> from datetime import UTC
    >>> until(datetime(2025, 3, 9, 14, 5, tzinfo=UTC))
    '9 March 2025, 14:05 UTC'
    """
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def days(number: int) -> str:
    """A lifetime.

    >>> days(1), days(30)
    ('1 day', '30 days')
    """
    return f"{number} day{'' if number == 1 else 's'}"


def title(terms: Terms) -> str:
    """What a view is called."""
    return terms.title or "A shared view"
