import dataclasses

import pytest

from nps_core.comments.codebook import edited
from nps_core.comments.recoding import EXAMPLES, changes
from nps_core.comments.scan import comments
from tests.core.comments.books import ENGLISH, FRENCH
from tests.core.comments.personal import PLANTED
from tests.core.comments.test_scan import survey

SAID = ["the invoice is what it is", "the invoice is what it is", "an invoice came", "it is good", "the support is slow", None]


def after(book, texts=SAID, **counts):
    said = survey(texts)
    said = dataclasses.replace(said, frame=said.frame.assign(**counts))
    return changes(comments(said, {"en": ENGLISH}), comments(said, {"en": book}))


def rows(found):
    return {(row.code, row.change): (row.count, row.examples) for row in found.itertuples()}


def test_the_same_codebook_changes_nothing():
    found = after(ENGLISH)
    assert found.empty
    assert list(found.columns) == ["code", "change", "count", "examples"]


def test_a_phrase_that_is_added_brings_its_code_to_the_comments_that_hold_it():
    found = rows(after(edited(ENGLISH, "service/Support/wrong", ["rude", "invoice"])))
    # Rows 1 to 3 hold it: three respondents, two different texts. What follows from the gap comes with it.
    assert found["gap:service", "gained"] == (3, ("an invoice came", "the invoice is what it is"))
    assert found["satisfaction:service", "gained"][0] == 3
    assert {change for _, change in found} == {"gained"}


def test_a_phrase_that_is_taken_away_takes_its_code_along():
    found = rows(after(edited(ENGLISH, "cues/praise", [])))
    assert found["praise", "lost"] == (1, ("it is good",))
    assert found["praise_only", "lost"] == (1, ("it is good",))


def test_counts_are_of_respondents():
    found = rows(after(edited(ENGLISH, "service/Support/wrong", ["invoice"]), count=[10, 1, 1, 1, 1, 1]))
    assert found["gap:service", "gained"][0] == 12


def test_the_largest_change_stands_first_and_examples_are_few_and_masked():
    texts = [f"an invoice for {PLANTED['[email]'][0]} came {word}" for word in ("a", "b", "c", "d", "e")] + ["it is good"]
    found = after(edited(edited(ENGLISH, "service/Support/wrong", ["invoice"]), "cues/praise", []), texts)
    assert found["count"].is_monotonic_decreasing
    assert found["count"].tolist()[0] == 5
    assert all(len(examples) <= EXAMPLES for examples in found["examples"])
    assert "@" not in " ".join(" ".join(examples) for examples in found["examples"])


def test_another_language_that_is_coded_from_now_on_is_a_gain():
    said = survey(["le service est bien bon pour nous tous", "it is good"])
    found = changes(comments(said, {"en": ENGLISH}), comments(said, {"en": ENGLISH, "fr": FRENCH}))
    assert rows(found)["praise", "gained"][0] == 1


@pytest.mark.parametrize("texts", [[None], [""]])
def test_without_comments_nothing_changes(texts):
    assert after(edited(ENGLISH, "cues/praise", []), texts).empty
