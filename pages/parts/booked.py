"""What the workbook holds beyond the slides: why the score moved, and what comments say by their words.

Looked up when the file is made, when no session is at hand: everything comes from a `Counter`. What a page does not show, as too
few people would stand behind it or as a shared view carries no words, is not here either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from nps_core import tables
from nps_core.answer import answer, unfiltered
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.trend import before
from pages.parts import named
from pages.parts.apart import Counter, Over, columns, sides

if TYPE_CHECKING:
    from nps_core.comments.scan import Comments
    from nps_core.meeting.further import Named, Periods, Said

SPEAKERS = ("passive", "promoter", "detractor")  # whose words are told, each against those after it


def moved(counts: Counter, asked: Over, line: pd.DataFrame) -> "dict[str, Periods]":
    """The last period and the one before it, by everything that the page Trend can take a change apart by."""
    from nps_core.meeting.further import Periods

    shown = line[~line["suppressed"].to_numpy(dtype=bool)]
    first = before(line, str(shown.index[-1])) if len(shown) > 1 else None
    if first is None:
        return {}
    two, names = (first, str(shown.index[-1])), [str(name) for name in line.index]
    members = [line.iloc[names.index(name)]["members"] for name in two]
    found = {label: sides(counts, asked, by, members) for label, by in columns(counts).items()}
    return {label: Periods(two, *both) for label, both in found.items() if both}


def apart(
    counts: Counter, question: Question, voices: Mapping[str, pd.Series], totals: Mapping[str, int] | None
) -> "dict[str, dict[str, pd.Series | None]]":
    """What passives say in each group of every column (by what it is called), as the page Passives lays it side by side."""
    from nps_core.comments import themes, views

    heard = themes.heard(voices["passive"]) if "passive" in voices else None
    if heard is None or (totals is not None and withheld(heard["n"], totals["passive"], question.floor)):
        return {}
    found = {}
    for label, column in named.columns(counts.responses).items():
        split = replace(question, by=(column,), period=None)
        if counts.numbers:
            groups = counts.numbers.split_voices(split, "passive")
        else:
            shown = answer(counts.tally(split), split, counts.tally(unfiltered(split)) if split.filtered else None)
            groups = counts.comments().split_voices(split, "passive", shown["suppressed"])
        found[label] = views.apart(groups, heard["codable"], question.floor)
    return found


def said(
    counts: Counter,
    question: Question,
    voices: Mapping[str, pd.Series],
    names: Mapping[str, str],
    totals: Mapping[str, int] | None,
) -> "Said | None":
    """What each group's comments say by their words; None where the pages show no words."""
    from nps_core.comments import themes

    if counts.numbers or totals is None:
        return None
    heard = {group: themes.heard(voices[group]) for group in SPEAKERS if group in voices}
    told = {
        group: of_it["codable"]
        for group, of_it in heard.items()
        if of_it["commented"] and not withheld(of_it["n"], totals[group], question.floor)
    }
    if not told:
        return None
    comments = counts.comments().few(question)
    # Of fewer the page shows each comment word by word, and makes nothing of them.
    enough = [group for group, codable in told.items() if codable >= themes.FEW_NAMING]
    named = tuple(_named(group, comments, question, voices[group], names) for group in enough)
    return _by_words(comments, question, list(told))._replace(named=named)


def _by_words(comments: "Comments", question: Question, told: Sequence[str]) -> "Said":
    """As the page Words: each two groups once, of which the page has one, and words that occur together where no code stands."""
    from nps_core.comments import contrast, views
    from nps_core.comments.emergent import emergent
    from nps_core.meeting.further import Contrast, Said

    documents, floor = views.documents(comments, question), max(question.floor, contrast.FEWEST)
    counted, contrasts = contrast.count_words(documents, floor), []
    for group, against in _pairs(told):
        two = contrast.sides(documents, group, against)
        found = contrast.contrast_words(counted, two, group, against, question.level, floor)
        contrasts.append(Contrast(group, against, found, int(two.group.sum()), int(two.against.sum())))
    uncoded = documents[~documents["coded"]]
    return Said(tuple(contrasts), tables.emergent(emergent(uncoded, floor).table, uncoded))


def _pairs(told: Sequence[str]) -> list[tuple[str, str]]:
    """Each two groups once, a group whose page shows its words first: the other way round a contrast says the same."""
    found = [(group, against) for group in told for against in SPEAKERS if against != group]
    return [pair for place, pair in enumerate(found) if pair[::-1] not in found[:place]]


def _named(group: str, comments: "Comments", question: Question, voice: pd.Series, names: Mapping[str, str]) -> "Named":
    """As the page Passives: what is asked for, which other providers are named, what the largest theme is made of."""
    from nps_core.comments import themes, views
    from nps_core.comments.listing import listing
    from nps_core.comments.requests import requests
    from nps_core.comments.rivals import rivals
    from nps_core.meeting.further import NOTHING, Named

    theme = views.large(themes.holding(voice, question.level), names)
    return Named(
        group,
        requests(comments, listing(comments, question, group, "gap:features")),
        rivals(comments, listing(comments, question, group, "competitor")),
        views.sub_themes(comments, question, group, theme, question.level) if theme else NOTHING,
        names.get(theme, theme),
    )
