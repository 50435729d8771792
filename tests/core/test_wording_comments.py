"""Sentences about lists of comments and about the codebook, one for each thing that can be said."""

import pandas as pd
import pytest

from nps_core.comments.codebook import CUES, LISTS, WORDS
from nps_core.comments.themes import Verdict
from nps_core.wording import codebook, comments
from tests.core.comments.books import ENGLISH


@pytest.mark.parametrize(
    ("number", "respondents", "texts", "total", "said"),
    [
        (37, 34, 37, 656, "37 comments of 34 respondents match, of 656."),
        (
            1200,
            1200,
            900,
            1200,
            "1,200 comments of 1,200 respondents match. Identical ones stand here once: 900 different texts.",
        ),
        (2, 2, 1, 2, "2 comments of 2 respondents match. Identical ones stand here once: 1 different text."),
        (1, 1, 1, 1, "1 comment of 1 respondent matches."),
        (0, 0, 0, 656, "None of the 656 comments matches."),
        (0, 0, 0, 0, "No comment matches."),
    ],
)
def test_how_many_match(number, respondents, texts, total, said):
    assert comments.matching_sentence({"comments": number, "respondents": respondents, "texts": texts}, total) == said


@pytest.mark.parametrize(
    ("count", "outcomes", "said"),
    [
        (1, (7,), "Record 1,012, scored 7"),
        (1, ("passive",), "Record 1,012, passive"),
        (3, (7, 8, 10), "3 respondents, scored 7, 8 and 10; first in record 1,012"),
        (2, ("passive", "promoter"), "2 respondents, passive and promoter; first in record 1,012"),
    ],
)
def test_who_wrote_it(count, outcomes, said):
    assert comments.origin(pd.Series({"record": 1012, "count": count, "outcomes": outcomes})) == said


@pytest.mark.parametrize(
    ("codable", "coded", "said"),
    [
        (200, 150, "150 of 200 comments that say why fit the codebook (75%)."),
        (1, 1, "1 of 1 comment says why and fits the codebook (100%)."),
        (0, 0, "No comment says why, so there is nothing that could fit."),
    ],
)
def test_how_many_fit(codable, coded, said):
    assert comments.coded_sentence({"codable": codable, "coded": coded}) == said


def test_what_an_edit_did():
    none = pd.DataFrame(columns=["code", "change", "count", "examples"])
    assert comments.edit_sentence(none).startswith("That changed no comment")
    one = pd.DataFrame([("praise", "gained", 3, ("good",))], columns=none.columns)
    assert comments.edit_sentence(one).startswith("The change reached 1 code:")
    both = pd.concat([one, one.assign(change="lost"), one.assign(code="gap:ease")])
    assert comments.edit_sentence(both).startswith("The change reached 2 codes:")


def test_what_holds_passives_back_before_and_after():
    leader = Verdict("leader", "leader", "service", "value", 3.0)
    tie = Verdict("no_leader", "tie", "service", "value", 0.5)
    few = Verdict("inconclusive", "few_comments", "service", "", float("nan"))
    names = {"service": "Service", "value": "Value"}
    assert comments.verdict_change(few, leader, names) == "What holds passives back, before: inconclusive. Now: Service leads."
    assert "before: Service leads. Now: no clear leader, Service and Value in front." in comments.verdict_change(
        leader, tie, names
    )
    assert comments.verdict_change(few, few, names) == "What holds passives back, as before: inconclusive."


def test_every_list_is_named():
    assert set(codebook.CUE_TITLES) == set(CUES)
    assert set(codebook.WORD_TITLES) == set(WORDS)
    assert set(codebook.LIST_TITLES) == set(codebook.LIST_HELP) == set(LISTS)


def test_whose_codebook_it_is():
    # The small codebook's phrases, by hand: 2 negators, 1 breaker, 3 + 2 + 5 cues, and 3 of its theme; lists: 3, 21 cues, 5, 1.
    lists = 3 + len(CUES) + len(WORDS) + 1
    assert codebook.book_sentence(ENGLISH, shipped=False) == f"“test en”, your own: 16 phrases in {lists} lists."
    assert "comes with the explorer" in codebook.book_sentence(ENGLISH, shipped=True)
