"""The slides and the workbook of a sample, made as the app makes them: from sums."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pandas as pd

from nps_core import benchmarks
from nps_core.answer import answer
from nps_core.comments import themes, views
from nps_core.comments.codebook import LANGUAGES
from nps_core.comments.codebook import load as load_book
from nps_core.comments.contrast import contrast, sides
from nps_core.comments.scan import Comments, comments
from nps_core.comments.voice import voices
from nps_core.meeting import slides
from nps_core.meeting.deck import deck
from nps_core.meeting.further import Contrast, Periods, Said
from nps_core.meeting.workbook import workbook
from nps_core.palette import LIGHT
from nps_core.question import Question
from nps_core.reading import read
from nps_core.responses import Responses
from nps_core.samples import SAMPLES, load
from nps_core.segments import compare, looked_at, search
from nps_core.tally import EVERYTHING, accounts, count, tally
from nps_core.trend import of_members, trend
from nps_core.wording import what_it_does_not_say
from nps_core.wording.meeting import source_line

ASK = Question(target=40.0)


class Taken(NamedTuple):
    """What was made of a survey, and what of it the tests compare."""

    slides: list[slides.Slide]
    deck: bytes
    workbook: bytes
    result: pd.DataFrame
    groups: pd.DataFrame
    periods: pd.DataFrame


@cache
def of_sample(name: str) -> Taken:
    """Everything that one takes away from a sample, the other one laid beside it."""
    responses, other = read([load(name)]), next(key for key in SAMPLES if key != name)
    second = answer(tally(read([load(other)]), ASK), ASK).rename({EVERYTHING: SAMPLES[other].title})
    result, known = answer(tally(responses, ASK), ASK), accounts(count(responses), ASK)
    source = source_line(responses.files, int(result["n"].iloc[0]), responses.span, ASK)
    coded = comments(responses, {language: load_book(language) for language in LANGUAGES}, {})
    heard = voices(themes.said(count(coded.responses, (coded.pattern,)), ASK, coded), coded)
    column, names = responses.segments[0], views.names(coded)
    groups = compare(tally(responses, replace(ASK, by=(column,))), ASK)
    periods = trend(tally(responses, replace(ASK, period="quarter")), ASK, "quarter")
    made = [
        slides.score(result, known, ASK, LIGHT, source),
        slides.passives(result, second, ASK, LIGHT, source),
        slides.band(result, ASK, LIGHT, source),
        slides.comments(heard, names, ASK, LIGHT, source),
        slides.trend(periods, "quarter", 1, ASK, LIGHT, source),
        slides.segments(groups, column, result, ASK, LIGHT, source),
    ]
    shown = [slide for slide in made if slide]
    book = workbook(
        result,
        known,
        ASK,
        source,
        tally=tally(responses, ASK),
        groups={column: groups},
        periods={"quarter": periods},
        second=second,
        figures=benchmarks.chosen(()),
        searched=search(looked_at({column: groups}), ASK.level),
        moved={column: _apart(responses, column, periods)},
        share=0.2,
        said=Said((_contrast(coded),)),
        voices=heard,
        names=names,
        computed=[item for slide in shown for item in slide.computed],
    )
    return Taken(shown, deck(shown, responses.files[0], what_it_does_not_say()), book, result, groups, periods)


def _apart(responses: Responses, column: str, periods: pd.DataFrame) -> Periods:
    """The last two quarters by the groups of a column."""
    split = tally(responses, replace(ASK, by=(column,), period="quarter"))
    two = periods.index[-2:]
    first, second = (of_members(split, periods.loc[name, "members"]) for name in two)
    return Periods((str(two[0]), str(two[1])), first, second)


def _contrast(coded: Comments) -> Contrast:
    """The words of passives against those of promoters."""
    documents = views.documents(coded, ASK)
    two = sides(documents, "passive", "promoter")
    return Contrast(
        "passive", "promoter", contrast(documents, "passive", "promoter"), int(two.group.sum()), int(two.against.sum())
    )
