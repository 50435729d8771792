import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.codebook import Codebook, Theme
from nps_core.comments.codes import GAPS
from nps_core.comments.listing import listing, of_group
from nps_core.comments.requests import requests
from nps_core.comments.scan import comments
from nps_core.question import Question
from nps_core.responses import Role
from tests.core.comments.personal import PLANTED
from tests.core.comments.test_scan import survey

BOOK = Codebook(
    "test",
    "en",
    {gap: gap for gap in GAPS},
    {"negators": ("not", "no"), "breakers": ("but",)},
    {"praise": ("good",), "problem": ("slow", "broken"), "wish": ("please", "need*", "would like"), "absence": ("no", "missing")},
    (
        Theme("features", "Mobile", topics=("app", "apps", "mobile app"), wrong=("cannot (use|connect) ... to",)),
        Theme("features", "Reports", topics=("report*", "export to", "excel"), wrong=("no way to",)),
        Theme("service", "Support", topics=("support",), wrong=("rude",)),
    ),
)
SAID = [
    "Please build an app",
    "We need a mobile app",
    "Missing app for phones",
    "No apps",
    "Please add an export to Excel",
    "We need an export to Excel",
    "missing Excel",
    "the app is broken",  # a fault, no request
    "support is rude",
    "good",
    "There is no way to plan our holidays ahead",
]  # fmt: skip


def asked_for(texts, scores=None, **more):
    coded = comments(survey(texts, **more), {"en": BOOK})
    return requests(coded, of_group(listing(coded, Question()), scores or "all"))


def test_what_is_asked_for_most_stands_first():
    found = asked_for(SAID)
    # By hand. Rows 1 to 4 ask for an app, one of them for a mobile one; plural and case make no difference. "Please", "We need"
    # and "missing" of rows 5 to 7 stand beside Excel or export: Excel is in all three, export in two. Nothing in the codebook
    # names holidays: the words of content behind "no way to" do ("ahead" is a stop word).
    assert found["request"].tolist()[:2] == ["app", "Excel, export"]
    assert found["comments"].tolist() == [4, 3, 1]
    assert found["sub_theme"].tolist()[:2] == ["Mobile", "Reports"]
    assert found["request"].tolist()[-1] == "plan holidays"


def test_a_fault_is_no_request():
    assert asked_for(["the app is broken", "app slow"]).empty


def test_every_comment_counts_once_and_for_all_who_wrote_it():
    found = asked_for(["Please build an app with Excel"] * 3 + ["We need Excel"])
    assert found["comments"].sum() == 4


def test_asked_what_to_improve_a_topic_that_is_only_named_is_a_request():
    role = Role("Q", "What should we improve?", "comment", "", "comment_1", "What should we improve?")
    assert asked_for(["a mobile app"], roles=[role])["request"].tolist() == ["mobile app"]
    assert asked_for(["a mobile app"]).empty


def test_words_behind_a_wish_leave_out_stop_words_and_stop_at_four_and_at_the_end_of_the_clause():
    texts = ["There is no way to book meeting rooms, desks or parking", "no way to the calendar harbour warehouse invoice lists"]
    assert asked_for(texts)["request"].tolist() == ["book meeting rooms", "calendar harbour warehouse invoice"]


def test_only_the_comments_that_are_given_count():
    # Scores by row: 0, 1, 2, …: passives gave 7 and 8.
    texts = ["good"] * 7 + ["We need a mobile app", "Please build an app", "No apps"]
    assert asked_for(texts, "passive")["comments"].tolist() == [2]


@given(st.permutations(range(len(SAID))))
def test_the_order_of_rows_changes_nothing(order):
    assert asked_for([SAID[i] for i in order]).equals(asked_for(SAID))


@given(st.lists(st.sampled_from([text for texts in PLANTED.values() for text in texts]), min_size=1, max_size=3))
def test_personal_data_is_never_named(planted):
    found = asked_for([f"There is no way to {secret}" for secret in planted] + [f"Please an app {secret}" for secret in planted])
    shown = " ".join([*found["request"], *found["example"]]).lower()
    assert not any(secret.lower() in shown for secret in planted)


@pytest.mark.parametrize("texts", [[None], ["good"], ["because"]])
def test_nothing_comes_of_nothing(texts):
    found = asked_for(texts)
    assert list(found.columns) == ["request", "comments", "sub_theme", "example"]
    assert found.empty
