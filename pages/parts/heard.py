"""Pieces that the pages about comments share: what stands in the way, and the comments themselves with the deciding words marked.

Comments are foreign text: every piece of one goes through `plain`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from nps_core import charts, tables
from nps_core.comments import search, themes, views
from nps_core.comments.contrast import Sides
from nps_core.comments.listing import listing, texts_of, wanted_rows
from nps_core.comments.quotes import quotes
from nps_core.comments.requests import requests
from nps_core.comments.rivals import rivals
from nps_core.comments.themes import Verdict
from nps_core.comments.voice import Voices
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.wording import passives as say
from pages.parts import cards, coded, named, show, study
from pages.parts.safety import plain

SHOWN = 12  # comments behind a number


def comments_or_stop(responses: Responses) -> None:
    """Go on only where there are comments, or what comments say."""
    numbers = study.numbers()
    if numbers and not numbers.said:
        st.info("This view carries numbers only, and of a survey without comments: there is nothing to read here.")
    elif not numbers and not responses.comments:
        st.info(
            "This file has no column of comments, so there is nothing to read here. If it has one, choose it on the Data page "
            "under “Change what a column means”. If you did not ask: “What is the main reason for your score?” is the question."
        )
    else:
        return
    st.stop()


def words_or_stop(responses: Responses) -> None:
    """Go on only where there are comments by their words."""
    if study.numbers():
        st.info(
            "This view carries numbers only: what people wrote is not in it. How many said what stands on the page Passives; for "
            "their words, ask the person who shared it for a view with comments."
        )
        st.stop()
    comments_or_stop(responses)


def enough_or_stop(voices: Voices, group: str, question: Question) -> pd.Series:
    """What a group says; go on only where the group is large enough to be shown, and left words."""
    people, voice = say.PEOPLE[group], voices.get(group)
    if voice is None:
        st.info(
            f"What {people} wrote is not shown: fewer than {question.floor} of them left words that say why, or so few could be "
            "worked out from what other groups say. Widen the filters, or look at another group."
        )
        st.stop()
    heard = themes.heard(voice)
    if not study.numbers() and withheld(heard["n"], study.group_total(group), question.floor):
        st.info(
            f"These filters leave fewer than {question.floor} {people} in or out, so their words are not shown: so few people "
            "could be recognised. Widen the filters; on your own file you can lower the limit under Settings."
        )
        st.stop()
    if not heard["commented"]:
        st.info(say.heard_sentence(heard, group))
        st.text(say.OUTREACH)
        st.stop()
    return voice


def outreach(verdict: Verdict) -> None:
    """Where the comments bear no conclusion: what to do instead of inventing one."""
    if verdict.kind == "inconclusive":
        with st.container(border=True):
            st.markdown("**What to do instead**")
            st.text(say.OUTREACH)
            st.caption(
                "Ask 20 to 30 of them by phone or mail, this week. What they say is worth more than a theme made of few comments."
            )


def read_or_go_on(question: Question, group: str, counts: Mapping[str, int], names: Mapping[str, str]) -> None:
    """Where so few say why that no theme could lead: what they wrote, word by word, and no picture of it."""
    comments = coded.few_texts(question)
    if comments is None or counts["codable"] >= themes.FEW_NAMING:
        return
    st.header("What they wrote")
    rows = np.flatnonzero(wanted_rows(comments, question, group))
    cards.cards(search.entries(comments, rows, 0, SHOWN), comments, names, ())
    st.caption("Too few for shares or pictures: read them as they are.")
    st.stop()


def behind(question: Question, group: str, counts: Mapping[str, int], names: Mapping[str, str]) -> None:
    """One click from each number to the comments behind it, with the words marked that decided."""
    comments = coded.few_texts(question)
    if comments is None:
        st.caption("This view carries numbers only: the comments behind them, and what is asked for by name, are not in it.")
        return
    labels = _pills([code for code, count in counts.items() if count], names)
    if not labels:
        return
    # The address holds what a pill is called, so no count stands there: it changes with every filter.
    label = st.pills("Show the comments behind a number", list(labels), key="behind", bind="query-params")
    if label is None:
        return
    code = labels[label]
    rows = np.flatnonzero(wanted_rows(comments, question, group, code))
    texts = search.counted(comments, rows)["texts"]
    st.text(f"{say.code_name(code, names)}: {texts:,} different comments.")
    cards.cards(search.entries(comments, rows, 0, SHOWN), comments, names, (code,))
    if texts > SHOWN:
        st.caption(f"The first {SHOWN}; the page Comments has all of them.")


def _pills(codes: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """The codes by what their pills are called; what a codebook calls its gaps may be the name of something else."""
    titles = {code: plain(say.code_name(code, names)) for code in codes}
    own = {code: title for code, title in titles.items() if not code.startswith("gap:")}
    labels = own | named.called({code: titles[code] for code in codes if code not in own}, own.values())
    return {labels[code]: code for code in codes}


def in_their_words(question: Question, group: str, verdict: Verdict, names: Mapping[str, str]) -> None:
    """Up to three quotes for the theme that leads, or for the two that none is ahead of; none where nothing is concluded."""
    comments = coded.few_texts(question)
    ahead = {"leader": (verdict.first,), "no_leader": (verdict.first, verdict.second)}.get(verdict.kind, ())
    if comments is None:
        return
    for theme in ahead:
        said = quotes(texts_of(comments, question, group), theme)
        if said:
            st.markdown(f"**{plain(say.theme_name(theme, names))}, in their words**")
            for quote in said:
                st.text(f"“{quote}”")


def asked_for(question: Question, group: str) -> None:
    """What they ask for, most named first, and the other providers they name."""
    comments = coded.few_texts(question)
    if comments is None:
        return
    st.subheader("What they ask for")
    wished = requests(comments, listing(comments, question, group, "gap:features"))
    if wished.empty:
        st.text("Nobody asks for a thing by name.")
    else:
        show.table(tables.requests(wished), "requests", "What is asked for, most named first")
    named = rivals(comments, listing(comments, question, group, "competitor"))
    if len(named):
        st.subheader("Whom they compare with")
        show.table(tables.rivals(named), "rivals", "Other providers that are named, most named first")


def taken_apart(question: Question, group: str, holding: pd.DataFrame, names: Mapping[str, str]) -> None:
    """The sub-themes of the top theme, where it holds a large part of many comments."""
    comments, theme = coded.few_texts(question), views.large(holding, names)
    if comments is None or not theme:
        return
    parts = views.sub_themes(comments, question, group, theme, question.level)
    with st.expander(f"{say.theme_name(theme, names)}, taken apart", expanded=True):
        show.picture(
            charts.mention_bars(parts, show.colours(), group),
            charts.alt_mention_bars(parts),
            tables.mentions(parts, "Sub-theme"),
            "sub_themes",
        )


def responses(types: pd.DataFrame) -> None:
    """What each type of passive that occurs calls for."""
    for name, row in types.iterrows():
        if row["count"]:
            st.text(f"{say.NAMES[str(name)]} ({row['count']:,}). {say.RESPONSES[str(name)]}")


def small_bars(shares: pd.DataFrame, title: str, group: str) -> None:
    """A picture of shares with its table."""
    bars = views.named(shares, say.NAMES)
    numbers = tables.mentions(bars, title)
    show.picture(charts.mention_bars(bars, show.colours(), group), charts.alt_mention_bars(bars), numbers, title.lower())


def matrix(side: str, split: Question, voices: Voices, group: str, names: Mapping[str, str]) -> pd.DataFrame:
    """The shares that are laid side by side, as `ask.side_by_side` asked."""
    if split.by or split.period:
        everybody = themes.heard(voices[group])["codable"]
        found = views.by_split(views.apart(coded.split_voices(split, group), everybody, split.floor), split.floor)
    elif side == "7 and 8":
        found = views.by_score(voices, split.floor)
    else:
        found = views.by_group(voices, split.floor)
    return found.assign(row=[say.theme_name(row, names) for row in found["row"]])


def sizes(sides: Sides) -> tuple[int, int]:
    """How many comments each side of a contrast has."""
    return int(sides.group.sum()), int(sides.against.sum())


def mismatches(found: pd.DataFrame) -> None:
    """Where score and words disagree."""
    for group, what in found.index:
        st.text(say.mismatch_sentence(group, what, found.loc[(group, what)]))
