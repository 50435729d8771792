"""What the workbook holds beyond the slides: why the score moved, and what comments say by their words.

Looked up when the file is made, when no session is at hand: everything comes from a `Counter`. What a page does not show, as too
few people would stand behind it or as a shared view carries no words, is not here either.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from nps_core import tables
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.trend import before
from pages.parts.apart import Counter, Over, columns, sides

if TYPE_CHECKING:
    from nps_core.comments.scan import Comments
    from nps_core.meeting.further import Periods, Said

GROUP, OTHERS = "passive", ("promoter", "detractor")  # whose words are told, and against whose


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


def said(
    counts: Counter,
    question: Question,
    voices: Mapping[str, pd.Series],
    names: Mapping[str, str],
    totals: Mapping[str, int] | None,
) -> "Said | None":
    """What passives' comments say by their words; None where the pages show no words."""
    from nps_core.comments import themes

    voice = voices.get(GROUP)
    if counts.numbers or totals is None or voice is None:
        return None
    heard = themes.heard(voice)
    if withheld(heard["n"], totals[GROUP], question.floor) or not heard["commented"]:
        return None
    comments = counts.comments().few(question)
    found = _by_words(comments, question)
    if heard["codable"] < themes.FEW_NAMING:  # read word by word, and nothing made of it
        return found
    return _by_sense(found, comments, question, voice, names)


def _by_words(comments: "Comments", question: Question) -> "Said":
    """As the page Words: both contrasts, and words that occur together where no code stands."""
    from nps_core.comments import contrast, views
    from nps_core.comments.emergent import emergent
    from nps_core.meeting.further import Contrast, Said

    documents, floor = views.documents(comments, question), max(question.floor, contrast.FEWEST)
    counted, contrasts = contrast.count_words(documents, floor), []
    for against in OTHERS:
        two = contrast.sides(documents, GROUP, against)
        found = contrast.contrast_words(counted, two, GROUP, against, question.level, floor)
        contrasts.append(Contrast(GROUP, against, found, int(two.group.sum()), int(two.against.sum())))
    uncoded = documents[~documents["coded"]]
    return Said(tuple(contrasts), tables.emergent(emergent(uncoded, floor).table, uncoded))


def _by_sense(found: "Said", comments: "Comments", question: Question, voice: pd.Series, names: Mapping[str, str]) -> "Said":
    """As the page Passives: what is asked for, which other providers are named, what the largest theme is made of."""
    from nps_core.comments import themes, views
    from nps_core.comments.listing import listing
    from nps_core.comments.requests import requests
    from nps_core.comments.rivals import rivals

    theme = views.large(themes.holding(voice, question.level), names)
    return found._replace(
        requests=requests(comments, listing(comments, question, GROUP, "gap:features")),
        rivals=rivals(comments, listing(comments, question, GROUP, "competitor")),
        sub_themes=views.sub_themes(comments, question, GROUP, theme, question.level) if theme else found.sub_themes,
        theme=names.get(theme, theme),
    )
