"""Rows put together count, list and search as the rows themselves do, under filters by the columns that keep them apart."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from nps_core.comments import search
from nps_core.comments.codebook import LANGUAGES, load
from nps_core.comments.condensed import condensed
from nps_core.comments.listing import listing
from nps_core.comments.requests import requests
from nps_core.comments.scan import comments
from nps_core.comments.search import Wanted
from nps_core.comments.views import documents, sub_themes
from nps_core.question import Question
from nps_core.reading import read
from nps_core.samples import load as sample
from tests.core.comments.books import ENGLISH
from tests.core.comments.test_scan import survey

QUESTIONS = (
    Question(where=(("plan", ("Business",)),)),
    Question(where=(("plan", ("Business", "Enterprise")), ("region", ("APAC",)))),
    Question(start=date(2025, 1, 1), end=date(2025, 3, 31)),
    Question(),
)


@cache
def coded():
    return comments(read([sample("software")]), {language: load(language) for language in LANGUAGES})


@pytest.mark.parametrize("question", QUESTIONS)
def test_everything_comes_out_as_from_all_rows(question):
    every, few = coded(), condensed(coded(), question.columns, days=question.grain == "day")
    assert len(few.rows) <= len(every.rows)
    for wanted in (Wanted(), Wanted("support"), Wanted(codes=("gap:service",), scored=(7, 8))):
        left, right = (search.found(one, question, wanted) for one in (every, few))
        assert search.counted(few, right) == search.counted(every, left)
        pd.testing.assert_frame_equal(search.entries(few, right, 0, 20), search.entries(every, left, 0, 20))
    pd.testing.assert_frame_equal(documents(few, question), documents(every, question))
    for one in ("features", "service"):
        pd.testing.assert_frame_equal(sub_themes(few, question, "passive", one), sub_themes(every, question, "passive", one))
    asked = [requests(one, listing(one, question, "passive", "gap:features")) for one in (few, every)]
    pd.testing.assert_frame_equal(*asked)


def test_what_cannot_be_told_apart_is_one_row():
    # Text i % 100 with score i % 11: as 100 and 11 have no common divisor, 2,200 rows hold each of 1,100 pairs twice.
    texts = np.array([f"the app is slow, case {number}" for number in range(100)])
    all_rows = comments(survey(texts[np.arange(2_200) % 100]), {"en": ENGLISH})
    few = condensed(all_rows, ())
    assert len(few.rows) == 1_100
    assert few.rows["count"].sum() == 2_200


def test_several_comments_of_one_respondent_are_left_as_they_are():
    two = comments(survey(["good", "good"], ["slow", None]), {"en": ENGLISH})
    assert condensed(two, ()) is two
