"""Themes over time and what stands out in a view with numbers only: the upload's own figures, or none."""

from itertools import pairwise

import pandas as pd
import pytest

from nps_core import Question, read, tally
from nps_core.answer import unfiltered
from nps_core.comments import themes
from nps_core.comments.by_theme import theme_tally
from nps_core.comments.codebook import load
from nps_core.comments.scan import comments
from nps_core.digest import digest
from nps_core.hosted import numbers_only
from nps_core.hosted.payload import decode, encode
from nps_core.hosted.themes import MOST, NAMED
from nps_core.hosted.themes import read as read_themes
from nps_core.moved import moved, pooled, taken_few
from nps_core.samples import load as sample
from nps_core.segments import answer_counts, compare, looked_at
from nps_core.tally import count
from nps_core.trend import WAVE, of_members, trend
from tests.core.test_hosted import survey
from tests.core.test_hosted_voices import with_comments

FILTERS = ((), (("Region", ("Region A",)),), (("Region", ("Region A",)), ("Plan", ("Plan A",))))


def split(kind, where):
    return Question(where=where, by=(WAVE,)) if kind == WAVE else Question(where=where, period=kind)


def on_the_upload(responses, coded, question, members):
    """Two periods by theme as the page Trend of an upload takes them apart, each with and without the filters."""
    found = []
    for asked in (question, unfiltered(question)):
        columns = tuple(sorted({*asked.columns, coded.pattern}))
        whole = theme_tally(themes.said(count(coded.responses, columns, asked.grain), asked, coded), coded)
        found.append([of_members(whole, inside) for inside in members])
    return [(own, before if question.filtered else None) for own, before in zip(*found, strict=True)]


def apart(sides, floor=5):
    hidden = [name for side, whole in sides for name in taken_few(side, whole, floor)]
    return moved(*pooled(sides[0][0], sides[1][0], floor, hidden))


def blocks_of(responses, question, kind):
    """The periods of the upload, each with the names of all its members."""
    whole = tally(responses, unfiltered(question)) if question.filtered else None
    return [members for members in trend(tally(responses, question), question, kind, 1, whole)["members"] if members]


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("kind", ["month", "quarter"])
def test_a_change_is_taken_apart_by_theme_as_on_the_upload(kind, where):
    responses, coded = with_comments(1, n=6000)
    numbers = decode(encode(numbers_only(responses, Question(where=where), ("Region", "Plan"), comments=coded)))
    question, compared = split(kind, where), 0
    periods = blocks_of(responses, question, kind)
    for two in pairwise(periods):
        found = numbers.themes(question, kind, two)
        if found is None:
            continue
        compared += 1
        expected = on_the_upload(responses, coded, question, two)
        for (own, whole), (own_there, whole_there) in zip(found, expected, strict=True):
            assert own.index.tolist() == own_there.index.tolist()
            assert (own.to_numpy() == own_there.to_numpy()).all()
            assert (whole is None) == (whole_there is None)
        pd.testing.assert_frame_equal(apart(found), apart(expected), check_names=False)
    assert compared == len(periods) - 1, "of this survey nothing is thin"


@pytest.mark.parametrize("name", ["software", "rival"])
@pytest.mark.parametrize("kind", ["month", WAVE])
def test_the_samples_have_themes_over_time(name, kind):
    responses = read([sample(name)])
    coded = comments(responses, {language: load(language) for language in ("en", "de")})
    numbers = decode(encode(numbers_only(responses, dimensions=("plan", "region"), comments=coded)))
    question = split(kind, ())
    periods = blocks_of(responses, question, kind)
    line = numbers.line(question, kind)
    two = [block.members for block in line.blocks[-2:]]  # of joined periods a view names the first and the last
    found, expected = numbers.themes(question, kind, two), on_the_upload(responses, coded, question, periods[-2:])
    pd.testing.assert_frame_equal(apart(found), apart(expected), check_names=False)
    # Both together, as a window of several periods has them.
    joined = [block.members for block in line.blocks]
    window = [[name for members in joined[:2] for name in members], [name for members in joined[2:] for name in members]]
    whole = [[name for members in periods[:2] for name in members], [name for members in periods[2:] for name in members]]
    pd.testing.assert_frame_equal(
        apart(numbers.themes(question, kind, window)),
        apart(on_the_upload(responses, coded, question, whole)),
        check_names=False,
    )


def test_what_is_not_carried_is_nothing():
    responses, coded = with_comments(1, n=900)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"), comments=coded)
    several = Question(where=(("Region", ("Region A", "Region B")),), period="quarter")
    assert numbers.themes(several, "quarter", (["2024-Q1"], ["2024-Q2"])) is None
    assert numbers.themes(Question(period="week"), "week", (["2024-W01"], ["2024-W02"])) is None
    assert numbers.themes(Question(period="quarter"), "quarter", (["2024-Q1"], ["2031-Q1"])) is None
    assert numbers_only(responses).themes(Question(period="quarter"), "quarter", (["2024-Q1"], ["2024-Q2"])) is None
    assert sum(len(heard) * 3 for heard in numbers.said.themes.values()) <= MOST


def test_themes_of_another_version_are_read_by_name():
    names = [*reversed(NAMED), "of a later version"]
    said = {group: list(range(len(names))) for group in ("detractor", "passive", "promoter")}
    found = read_themes({"named": names, "lines": [["month", [["Plan", "a"]], [said, {}]]]})
    heard, nothing = found["month", (("Plan", "a"),)]
    assert heard["passive"] == tuple(names.index(name) for name in NAMED)
    assert nothing == {}
    with pytest.raises(ValueError, match="no sums"):
        read_themes({"named": names, "lines": [["month", [], [{**said, "passive": [1]}]]]})


def test_what_stands_out_is_what_stands_out_in_the_file():
    # All its columns are carried, and none of its groups is small.
    responses = survey(1, n=6000, regions=3, plans=3)
    numbers = decode(encode(numbers_only(responses, dimensions=("Region", "Plan"))))

    def found(tally_of, everybody=None):
        splits = {column: Question(by=(column,)) for column in ("Region", "Plan")}
        return looked_at({column: compare(tally_of(asked), asked, everybody=everybody) for column, asked in splits.items()})

    mine = found(numbers.tally, answer_counts(numbers.tally(Question())))
    pd.testing.assert_frame_equal(mine, found(lambda asked: tally(responses, asked)), check_dtype=False)
    assert digest(mine).looked == 12  # three regions and three plans, two figures each
