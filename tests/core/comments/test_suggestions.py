import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.scan import comments
from nps_core.comments.suggestions import suggestions
from tests.core.comments.books import ENGLISH, FRENCH
from tests.core.comments.personal import PLANTED
from tests.core.comments.test_scan import survey

# None of these words is in the small English codebook, but for "good" and "support".
SAID = [
    "We wanted resource planning for the team",
    "Resource planning, that is what the team asked for",
    "resource planning is on the roadmap",
    "The roadmap was shown to the team",
    "it is good and the resource planning was on the roadmap",  # coded: praise
    "It is about cost of ownership",
    "Cost of ownership was the point",
    "the support is what it is, with a roadmap",  # not coded: a topic alone; "support" is in the codebook
    "support is what it is",
]  # fmt: skip


def offered(texts, number=12, books=None, language="en", **counts):
    said = survey(texts)
    if counts:
        said = dataclasses.replace(said, frame=said.frame.assign(**counts))
    return suggestions(comments(said, books or {"en": ENGLISH}), language, number)


def test_phrases_come_by_the_number_of_comments_that_fit_no_code():
    found = offered(SAID)
    # By hand, of the eight comments that are not coded: roadmap 3 (rows 3, 4, 8), "resource planning" 3 (rows 1 to 3), team 3
    # (rows 1, 2, 4), "cost of ownership" 2. Its single words, and those of "resource planning", stand in no other comments.
    assert dict(zip(found["phrase"], found["comments"], strict=True)) == {
        "resource planning": 3, "roadmap": 3, "team": 3, "cost of ownership": 2,
    }  # fmt: skip
    assert found["comments"].is_monotonic_decreasing


def test_what_the_codebook_knows_is_not_offered():
    assert "support" not in offered(SAID)["phrase"].tolist()
    # "invoice" is offered until it is in the codebook.
    texts = ["the invoice was here", "an invoice is an invoice"]
    assert offered(texts)["phrase"].tolist() == ["invoice"]
    known = dataclasses.replace(ENGLISH, cues={**ENGLISH.cues, "repeated": ("invoice*",)})
    assert offered(texts, books={"en": known}).empty


def test_a_comment_counts_as_often_as_people_wrote_it():
    # One row that stands for four people, and one for one.
    assert offered(["the invoice was here", "what an invoice"], count=[4, 1])["comments"].tolist() == [5]
    # Copies are one text, counted for each of its respondents.
    assert offered(["the invoice was here"] * 3 + [" the invoice was here"])["comments"].tolist() == [4]


def test_no_stop_word_stands_at_an_end_and_a_negation_only_at_the_start():
    found = offered(["it was not intuitive to me", "not intuitive, it is", "was this of the"])["phrase"].tolist()
    # "intuitive" is in no other comments than "not intuitive".
    assert found == ["not intuitive"]


def test_a_phrase_does_not_reach_over_punctuation():
    found = offered(["invoice. Warehouse", "invoice, warehouse"])["phrase"].tolist()
    assert found == ["invoice", "warehouse"]


@given(st.permutations(range(len(SAID))))
def test_the_order_of_rows_changes_nothing(order):
    assert offered([SAID[i] for i in order]).equals(offered(SAID))


@given(st.lists(st.sampled_from([text for texts in PLANTED.values() for text in texts]), min_size=2, max_size=4))
def test_masks_and_personal_data_are_never_offered(planted):
    texts = [f"The invoice went to {secret} today" for secret in planted]
    found = offered([*texts, *(f"{text}, twice" for text in texts)])
    shown = " ".join([*found["phrase"], *found["example"]])
    assert "[" not in " ".join(found["phrase"])
    assert not any(name in found["phrase"].tolist() for name in ("email", "phone", "card", "iban", "link", "number"))
    assert not any(secret.lower() in shown.lower() for secret in planted)


@pytest.mark.parametrize("texts", [[], [None], ["good"], ["because", "8"], ["the invoice"]])
def test_nothing_comes_of_nothing(texts):
    found = offered(texts or [None])
    assert found.empty
    assert list(found.columns) == ["phrase", "comments", "example"]


def test_each_language_has_its_own():
    texts = ["la facture est pour nous", "une facture de plus pour nous", "the invoice was here", "what an invoice"]
    books = {"en": ENGLISH, "fr": FRENCH}
    assert offered(texts, books=books)["phrase"].tolist() == ["invoice"]
    assert offered(texts, books=books, language="fr")["phrase"].tolist() == ["facture"]


def test_no_more_than_asked_for():
    texts = [f"{word} was here" for word in ("invoice", "warehouse", "harbour") for _ in range(2)] + ["a harbour of mine"]
    assert len(offered(texts, number=2)) == 2
