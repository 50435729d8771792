import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.codes import CODES, STATUSES
from nps_core.comments.scan import Comments, comments
from nps_core.reading import read
from nps_core.responses import Role
from tests.conftest import build_responses
from tests.core.comments.books import ENGLISH, FRENCH
from tests.core.comments.personal import PLANTED

BOOKS = {"en": ENGLISH, "fr": FRENCH}
SAID = [
    "Good support, I am happy", "the support is slow", "It is good but the app is slow", "Because", "8", None, "", "  ",
    "Le service est bon et nous avons tout", "Il servizio non risponde mai al telefono", "the app is what it is", "GREAT!",
    "great", "“great”", "no reason", "support was rude to me",
]  # fmt: skip


def survey(*columns, roles=(), **segments):
    """Answers whose comment columns hold these texts; None is a missing cell."""
    found = build_responses([i % 11 for i in range(len(columns[0]))], **segments)
    frame = found.frame.assign(
        **{f"comment_{i}": pd.Series(list(texts), dtype="str") for i, texts in enumerate(columns, start=1)}
    )
    return dataclasses.replace(found, frame=frame, roles=tuple(roles))


def of_records(found: Comments) -> pd.DataFrame:
    """What each record says: its pattern's row."""
    places = found.responses.frame[found.pattern].astype(int)
    return found.patterns.iloc[places].reset_index(drop=True)


def shares(found: Comments) -> pd.Series:
    """The share of records that carry each code, and of each status and primary."""
    each = of_records(found)
    return pd.concat(
        [each[list(CODES)].mean(), each["status"].value_counts(normalize=True), each["primary"].value_counts(normalize=True)]
    )


def test_each_status_is_reached():
    # By hand from the small codebooks: "slow" is a complaint beside the topic "support"; "GREAT!" is praise; "the app is what it
    # is" has no phrase of the book; Italian has no book; "Because" and "8" say nothing; missing and blank cells are empty.
    each = of_records(comments(survey(SAID), BOOKS))
    assert each["status"].tolist() == [
        "coded", "coded", "coded", "no_information", "no_information", "empty", "empty", "empty",
        "coded", "other_language", "not_coded", "coded", "coded", "coded", "no_information", "coded",
    ]  # fmt: skip
    assert each["language"].tolist()[8:10] == ["fr", "other"]
    assert each["primary"].tolist()[:3] == ["praise", "service", "praise"]
    assert each["gap:service"].tolist() == [i in (1, 15) for i in range(len(SAID))]


def test_the_first_pattern_is_that_of_silence():
    found = comments(survey(SAID), BOOKS)
    assert found.patterns.iloc[0][["status", "language", "primary"]].tolist() == ["empty", "", ""]
    assert not found.patterns.iloc[0][list(CODES)].any()
    assert not found.patterns.duplicated().any()


@given(st.permutations(range(len(SAID))))
def test_the_order_of_rows_changes_nothing(order):
    before = of_records(comments(survey(SAID), BOOKS))
    after = of_records(comments(survey([SAID[i] for i in order]), BOOKS))
    pd.testing.assert_frame_equal(after, before.iloc[list(order)].reset_index(drop=True))


@pytest.mark.parametrize("times", [2, 7])
def test_every_row_several_times_leaves_shares_alone(times):
    once, more = comments(survey(SAID), BOOKS), comments(survey(SAID * times), BOOKS)
    pd.testing.assert_series_equal(shares(once), shares(more), check_index_type=False)
    pd.testing.assert_frame_equal(once.texts, more.texts)
    assert len(more.rows) == times * len(once.rows)


def test_case_quotes_and_blanks_change_no_code():
    plain = ["great support but it's slow", "It's good"]
    other = ["  GREAT support\u00a0but it’s  SLOW\n", "“It’s good”"]
    one, two = of_records(comments(survey(plain), BOOKS)), of_records(comments(survey(other), BOOKS))
    pd.testing.assert_frame_equal(one, two)


def test_blank_cells_are_no_rows():
    found = comments(survey([None, "", " ", "\u00a0\t\n", "\u200b", "\ufeff", "good"]), BOOKS)
    assert found.rows["record"].tolist() == [6]
    assert found.texts["text"].tolist() == ["good"]
    assert of_records(found)["status"].tolist() == ["empty"] * 6 + ["coded"]


def test_a_text_is_coded_once_whatever_its_blanks():
    found = comments(survey(["good ", " good", "good", "great"]), BOOKS)
    assert found.texts["text"].tolist() == ["good", "great"]
    assert found.rows["text"].tolist() == [0, 0, 0, 1]


@given(st.lists(st.sampled_from([text for texts in PLANTED.values() for text in texts]), min_size=1, max_size=5))
def test_personal_data_is_in_no_text(planted):
    found = comments(survey([f"Good, but call {secret} today" for secret in planted]), BOOKS)
    for secret in planted:
        assert not found.texts["text"].str.contains(secret, regex=False, case=False).any()
    assert found.texts["text"].str.contains("[", regex=False).all()


def test_several_columns_say_what_they_say_together():
    # Record 0 praises in one column and complains in the other: no longer praise alone. Record 1 is silent in the second.
    found = comments(survey(["good", "good", None], ["support is slow", "", "8"]), BOOKS)
    each = of_records(found)
    assert each["praise"].tolist() == [True, True, False]
    assert each["gap:service"].tolist() == [True, False, False]
    assert each["praise_only"].tolist() == [False, True, False]
    assert each["status"].tolist() == ["coded", "coded", "no_information"]
    assert found.rows[["record", "column"]].to_numpy().tolist() == [
        [0, "comment_1"], [1, "comment_1"], [0, "comment_2"], [2, "comment_2"],
    ]  # fmt: skip


def test_the_language_is_that_of_the_comment_that_says_most():
    found = comments(survey(["Il servizio non risponde mai al telefono"], ["the support is slow"]), BOOKS)
    assert of_records(found)[["status", "language"]].to_numpy().tolist() == [["coded", "en"]]


def test_the_question_decides_and_can_be_changed():
    # Asked what to improve, a topic that is only named is a gap; asked why, it is not.
    role = Role("Q", "What should we improve?", "comment", "", "comment_1", "What should we improve?")
    improve, why = survey(["support"], roles=[role]), survey(["support"])
    assert of_records(comments(improve, BOOKS))["gap:service"].tolist() == [True]
    assert of_records(comments(why, BOOKS))["gap:service"].tolist() == [False]
    changed = comments(improve, BOOKS, asked={"comment_1": "why"})
    assert of_records(changed)["gap:service"].tolist() == [False]
    assert changed.questions == {"comment_1": "why"}
    assert changed.key != comments(improve, BOOKS).key


def test_a_comment_put_together_from_columns_keeps_the_question_of_each():
    roles = [
        Role("A", "What do you like?", "comment", "", "comment_1"),
        Role("B", "What is missing?", "comment", "", "comment_1"),
    ]
    found = survey(["support", "support"], roles=roles)
    frame = found.frame.assign(asked_1=pd.Categorical(["A", "B"]))
    each = of_records(comments(dataclasses.replace(found, frame=frame), BOOKS))
    assert each["gap:service"].tolist() == [False, True]


def test_a_survey_without_comments():
    for found in (comments(build_responses([1, 9]), BOOKS), comments(survey([None, ""]), BOOKS)):
        assert len(found.rows) == len(found.texts) == 0
        assert of_records(found)["status"].tolist() == ["empty", "empty"]
        assert found.languages == {}


def test_keys_and_names():
    said = survey(SAID, **{"comment pattern": ["a"] * len(SAID)})
    found = comments(said, BOOKS)
    assert found.pattern == "comment pattern'"
    assert found.responses.segments == ("comment pattern", "comment pattern'")
    assert found.key == comments(said, BOOKS).key != comments(said, {"en": ENGLISH}).key
    assert set(found.texts["status"]) <= set(STATUSES)
    assert found.languages == {"en": 8, "fr": 1}  # codable comments of SAID, by hand


def test_why_a_text_has_its_codes_can_be_asked():
    found = comments(survey(SAID), BOOKS)
    why = dict(found.explained(range(len(found.texts))))
    for place, row in enumerate(found.texts.itertuples()):
        assert why[place].bits == (row.bits if row.status in ("coded", "not_coded") else 0)


def test_progress_is_told():
    told = list[float]()
    comments(survey(SAID), BOOKS, say=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_who_is_told_can_end_it():
    def enough(done: float) -> None:
        raise TimeoutError(done)

    with pytest.raises(TimeoutError):
        comments(survey(SAID), BOOKS, say=enough)


def test_a_million_rows_of_few_texts():
    # No time is asserted; to clean and code each row anew would take minutes.
    filled = [text for text in SAID if text and text.strip()]
    found = comments(survey(np.array(filled)[np.arange(1_000_000) % len(filled)]), BOOKS)
    assert len(found.rows) == 1_000_000
    assert len(found.texts) == len(filled)  # cleaning leaves them apart: "great" and the quoted one differ
    assert found.texts["text"].is_unique


def test_a_real_export():
    data = b"score,comment\n9,great support\n3,the support is slow\n8,n/a\n7,\n"
    found = comments(read([("survey.csv", data)]), BOOKS)
    assert of_records(found)["gap:service"].tolist() == [False, True, False, False]
