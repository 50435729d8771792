import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.listing import listing, of_group
from nps_core.comments.rivals import rivals
from nps_core.comments.scan import comments
from nps_core.question import Question
from tests.core.comments.books import ENGLISH, GERMAN, book
from tests.core.comments.personal import PLANTED
from tests.core.comments.test_scan import survey

BOOK = dataclasses.replace(
    ENGLISH, cues={**ENGLISH.cues, "competitor": ("moved to", "than", "compared with", "competitor")}, competitors=("Northlight",)
)
SAID = [
    "we moved to Kuvenso last year and it is what it is",
    "it is slower than Kuvenso in the morning",
    "Kuvenso asks less of us",
    "compared with Tandrilo Cloud, you are fine",
    "they moved to Tandrilo Cloud",
    "my colleague moved to Anna last week",
    "it takes longer than Monday",
    "we met on monday, and the monday after",
    "Northlight does the same for less",
    "this is more than We need here",
    "all we need is this",
]


def named(texts, group="all", books=None):
    coded = comments(survey(texts), books or {"en": BOOK})
    return rivals(coded, of_group(listing(coded, Question()), group))


def test_names_behind_a_cue_are_told_with_the_comments_that_hold_them():
    found = named(SAID)
    # By hand: Kuvenso in rows 1 to 3 (once without a cue), Tandrilo Cloud in 4 and 5. Anna is named once and could be a person;
    # "Monday" and "We" are also written small; Northlight is in the codebook's own list, so once is enough.
    assert dict(zip(found["name"], found["comments"], strict=True)) == {"Kuvenso": 3, "Tandrilo Cloud": 2, "Northlight": 1}
    assert found["name"].tolist()[0] == "Kuvenso"


def test_a_name_must_follow_the_cue_at_once():
    assert named(["it is better than the old Kuvenso", "we moved to a Kuvenso"]).empty


def test_a_name_stands_in_mid_sentence():
    assert named(["we compared. Kuvenso is fine", "we thought of a competitor. Kuvenso is fine"]).empty


def test_what_shouts_names_nobody():
    assert named(["WE MOVED TO KUVENSO", "THEY MOVED TO KUVENSO"]).empty


def test_where_nouns_have_capitals_only_the_list_counts():
    texts = ["die Firma ist zu Kuvenso gewechselt", "unser Betrieb ist zu Kuvenso gewechselt", "der Service ist so wie der Preis"]
    german = dataclasses.replace(GERMAN, cues={**GERMAN.cues, "competitor": ("zu",)})
    assert named(texts, books={"de": german}).empty
    listed = dataclasses.replace(german, competitors=("kuvenso",))
    assert named(texts, books={"de": listed})[["name", "comments"]].to_numpy().tolist() == [["kuvenso", 2]]


def test_the_end_of_a_name_is_not_its_owners_s():
    assert named(["it costs more than Kuvenso's", "and more than Kuvenso"])["name"].tolist() == ["Kuvenso"]


def test_a_lone_letter_is_no_name():
    assert named(["this is more than I’d pay", "it is more than I’d ask for", "more than I want", "less than I want"]).empty


def test_only_the_comments_that_are_given_count():
    # Scores by row: 0, 1, 2, …: passives gave 7 and 8.
    texts = ["they moved to Kuvenso"] + ["good"] * 6 + ["we moved to Kuvenso", "good", "good"]
    assert named(texts, "passive").empty
    assert named(texts)["comments"].tolist() == [2]


@given(st.permutations(range(len(SAID))))
def test_the_order_of_rows_changes_nothing(order):
    assert named([SAID[i] for i in order]).equals(named(SAID))


@given(st.lists(st.sampled_from([text for texts in PLANTED.values() for text in texts]), min_size=1, max_size=3))
def test_personal_data_is_never_named(planted):
    found = named([f"{who} moved to {secret} now" for who in ("we", "they") for secret in planted])
    shown = " ".join([*found["name"], *found["example"]]).lower()
    assert not any(secret.lower() in shown for secret in planted)


@pytest.mark.parametrize("texts", [[None], ["good"], ["because"]])
def test_nothing_comes_of_nothing(texts):
    found = named(texts, books={"en": book("en")})
    assert list(found.columns) == ["name", "comments", "example"]
    assert found.empty
