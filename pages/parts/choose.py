"""Widgets in, `Choices` out: the reader says which column plays which part. The frame keeps the choice in the address."""

from collections.abc import Mapping

import streamlit as st

from nps_core.reading import Choices
from nps_core.responses import Responses
from pages.parts import named, study

NO_COLUMN = "– no column –"
ONE = {"score": "Score, 0 to 10", "date": "Date", "respondent": "Respondent", "wave": "Wave"}
MANY = {"comment": "Comments", "segment": "Groups to filter and compare by"}
FIELD = {"comment": "comments", "segment": "segments"}  # the part as `Choices` calls it, where that differs


def roles(responses: Responses) -> None:
    """A menu for each part a column can play, at what was found; a change takes effect at once."""
    columns = [role.column for role in responses.roles]
    labels = named.called({column: column for column in columns}, {NO_COLUMN})
    meant = {label: column for column, label in labels.items()} | {NO_COLUMN: ""}
    left, right = st.columns(2)
    for place, (part, label) in enumerate(ONE.items()):
        found = next((labels[role.column] for role in responses.roles if role.part == part), NO_COLUMN)
        options = list(labels.values()) if part == "score" else [NO_COLUMN, *labels.values()]
        key = f"role-{part}-{responses.key}"  # a new reading starts from what it found
        (left, right)[place % 2].selectbox(
            label,
            options,
            index=options.index(found) if found in options else None,
            key=key,
            on_change=_one,
            args=(part, key, meant),
            placeholder="Known by group only",
        )
    for part, label in MANY.items():
        found_many = [role.column for role in responses.roles if role.part == part]
        key = f"role-{part}-{responses.key}"
        st.multiselect(label, columns, default=found_many, key=key, on_change=_many, args=(part, key))


def back(choices: Choices) -> None:
    """The way back from everything chosen by hand."""
    if choices != Choices():
        st.button("Back to what was found", on_click=study.choose_nothing)


def repeats(responses: Responses) -> None:
    """All answers of a respondent, or the latest of each period only."""
    key = f"repeats-{responses.key}"
    opened = study.current()
    words = {"all": "Count every answer", "latest": "Count only the latest of each period"}
    st.radio(
        "Respondents who answered more than once",
        list(words),
        index=list(words).index(opened.choices.repeats if opened else "all"),
        format_func=words.__getitem__,
        key=key,
        on_change=_one,
        args=("repeats", key, {}),
        horizontal=True,
    )


def _one(part: str, key: str, meant: Mapping[str, str]) -> None:
    chosen = study.value(key)
    study.choose(**{part: meant.get(chosen, chosen)})


def _many(part: str, key: str) -> None:
    study.choose(**{FIELD[part]: tuple(study.value(key))})
