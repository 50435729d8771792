import dataclasses
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments import search
from nps_core.comments.scan import comments
from nps_core.comments.search import Wanted
from nps_core.export import to_csv
from nps_core.question import Question
from nps_core.reading import read
from nps_core.responses import Role
from tests.conftest import build_responses
from tests.core.comments.books import ENGLISH, FRENCH
from tests.core.comments.personal import PLANTED
from tests.core.comments.test_scan import survey

BOOKS = {"en": ENGLISH, "fr": FRENCH}
# Scores are 0, 1, 2, … by row.
SAID = [
    "The support is slow",  # 0: a gap
    "Great tool, I am happy",  # 1: praise
    "the app is what it is",  # 2: fits no code
    "because",  # 3: says nothing
    "Il servizio non risponde mai al telefono",  # 4: another language
    None,  # 5
    "Great tool, I am happy",  # 6
    "It is good but the app is slow",  # 7
    "L’été a été bon et bien pour nous",  # 8
]


def found(wanted=Wanted(), question=Question(), texts=SAID, **more):
    coded = comments(survey(texts, **more), BOOKS)
    rows = search.found(coded, question, wanted)
    return coded, rows, (coded.rows["record"].to_numpy()[rows]).tolist()


def records(wanted=Wanted(), question=Question(), **more):
    return found(wanted, question, **more)[2]


def test_nothing_looked_for_is_everything_in_the_order_of_the_file():
    assert records() == [0, 1, 2, 3, 4, 6, 7, 8]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("app", [2, 7]),  # not "happy"
        ("APP   is", [2, 7]),
        ("the app", [2, 7]),
        ("app the", []),
        ("to", [1, 6]),  # the last word may go on: tool
        ("ete", [8]),  # without accents
        ("l'été", [8]),
        ("happy!", [1, 6]),
        ("  ", [0, 1, 2, 3, 4, 6, 7, 8]),
        ("…", [0, 1, 2, 3, 4, 6, 7, 8]),  # holds no word
    ],
)
def test_words_are_found_in_their_order_without_case_and_accents(words, expected):
    assert records(Wanted(words)) == expected


def test_words_of_scripts_without_blanks_are_found_anywhere():
    texts = ["サポートが遅い", "価格が高い"]
    assert records(Wanted("遅い"), texts=texts) == [0]


def test_codes_all_have_to_be_carried():
    assert records(Wanted(codes=("praise",))) == [1, 6, 7, 8]
    assert records(Wanted(codes=("praise", "type:works_but"))) == [7]
    assert records(Wanted(codes=("gap:service",))) == [0]
    assert records(Wanted(codes=("not_coded",))) == [2]
    assert records(Wanted(codes=("no_information",))) == [3]
    assert records(Wanted(codes=("other_language",))) == [4]
    assert records(Wanted(codes=("praise", "not_coded"))) == []


def test_one_of_the_scores_or_groups_has_to_be_given():
    assert records(Wanted(scored=(1, 7))) == [1, 7]
    groups = ["promoter", "passive", "detractor"]
    known = build_responses([], groups=groups)
    texts = pd.Series(["good", "great", "slow"], dtype="str")
    coded = comments(dataclasses.replace(known, frame=known.frame.assign(comment_1=texts)), BOOKS)
    assert search.found(coded, Question(), Wanted(scored=("passive",))).tolist() == [1]


def test_filters_leave_out_before_anything_is_looked_for():
    plans = ["a", "b"] * 4 + ["a"]
    assert records(Wanted("great"), Question(where=(("plan", ("a",)),)), plan=plans) == [6]


def test_whoever_gave_no_score_is_not_listed():
    coded = comments(read([("s.csv", b"nps,comment\n9,good\n,good\n8,great\n3,slow\n")]), BOOKS)
    assert len(coded.rows) == 4
    assert coded.rows["record"].to_numpy()[search.found(coded, Question(), Wanted())].tolist() == [0, 2, 3]


def test_what_is_made_ready_gives_the_same():
    coded, rows, _ = found(Wanted("app"))
    assert search.found(coded, Question(), Wanted("app"), search.folded(coded)).tolist() == rows.tolist()


def test_counts_are_of_comments_respondents_and_texts():
    coded, rows, _ = found()
    # Eight filled cells of eight respondents; rows 1 and 6 say the same.
    assert search.counted(coded, rows) == {"comments": 8, "respondents": 8, "texts": 7}
    two = comments(survey(["good", "good"], ["slow", None]), BOOKS)
    assert search.counted(two, search.found(two, Question(), Wanted())) == {"comments": 3, "respondents": 2, "texts": 2}
    assert search.counted(coded, rows[:0]) == {"comments": 0, "respondents": 0, "texts": 0}


def test_a_row_that_stands_for_several_counts_for_several():
    said = survey(["good", "great"])
    coded = comments(dataclasses.replace(said, frame=said.frame.assign(count=np.array([5, 2]))), BOOKS)
    rows = search.found(coded, Question(), Wanted())
    assert search.counted(coded, rows) == {"comments": 7, "respondents": 7, "texts": 2}
    assert search.entries(coded, rows, 0, 20)["count"].tolist() == [5, 2]


def test_identical_texts_are_one_entry_where_the_first_stands():
    coded, rows, _ = found()
    entries = search.entries(coded, rows, 0, 20)
    assert entries["comment"].tolist() == [
        SAID[i] if i != 8 else "L'été a été bon et bien pour nous" for i in (0, 1, 2, 3, 4, 7, 8)
    ]
    happy = entries.iloc[1]
    assert (happy["record"], happy["count"], happy["outcomes"]) == (2, 2, (1, 6))


@given(st.integers(1, 9))
def test_pages_hold_every_text_once(size):
    coded, rows, _ = found()
    pages = pd.concat([search.entries(coded, rows, start, size) for start in range(0, 7, size)])
    assert pages["text"].tolist() == search.entries(coded, rows, 0, 99)["text"].tolist()


def test_the_table_to_take_away_has_every_comment_its_header_and_its_codes_but_no_segment():
    roles = [Role("Q", "=Why?", "comment", "", "comment_1")]
    coded, rows, _ = found(roles=roles, plan=["secret plan"] * len(SAID))
    table = search.table(coded, rows, {"service": "Support", "gap:service": "Support", "not_coded": "Fits no code"})
    assert table["Record"].tolist() == [1, 2, 3, 4, 5, 7, 8, 9]
    assert table["Score"].tolist() == [0, 1, 2, 3, 4, 6, 7, 8]
    assert table["Group"].tolist()[:2] == ["detractor", "detractor"]
    assert set(table["Column"]) == {"=Why?"}
    assert table["Gaps"].tolist()[0] == "Support"
    assert table["Theme"].tolist()[0] == "Support"
    assert table["Status"].tolist()[2] == "Fits no code"
    assert table["Praise only"].tolist() == ["", "yes", "", "", "", "yes", "", "yes"]
    assert "secret plan" not in to_csv(table).decode("utf-8")
    assert "'=Why?" in to_csv(table).decode("utf-8")


def test_a_comment_put_together_from_columns_stands_under_the_header_it_came_from():
    roles = [
        Role("A", "What do you like?", "comment", "", "comment_1"),
        Role("B", "What is missing?", "comment", "", "comment_1"),
    ]
    said = survey(["support", "support"], roles=roles)
    asked = dataclasses.replace(said, frame=said.frame.assign(asked_1=pd.Categorical(["A", "B"])))
    coded = comments(asked, BOOKS)
    rows = search.found(coded, Question(), Wanted())
    assert search.table(coded, rows, {})["Column"].tolist() == ["What do you like?", "What is missing?"]


def test_a_spreadsheet_takes_no_comment_for_a_formula():
    texts = ['=HYPERLINK("http://x","good")', "+1 good", "-good", "@good", "\t=good"]
    coded, rows, _ = found(texts=texts)
    back = pd.read_csv(io.BytesIO(to_csv(search.table(coded, rows, {}))), dtype=str, keep_default_na=False)
    assert not back["Comment"].str.match(r"[=+@\-\t|%]").any()


@given(st.lists(st.sampled_from([text for texts in PLANTED.values() for text in texts]), min_size=1, max_size=4))
def test_personal_data_is_neither_shown_nor_found_nor_taken_away(planted):
    texts = [f"Good, but call {secret} today" for secret in planted]
    coded, rows, _ = found(texts=texts)
    shown = to_csv(search.table(coded, rows, {})).decode("utf-8") + " ".join(search.entries(coded, rows, 0, 20)["comment"])
    for secret in planted:
        assert secret.lower() not in shown.lower()
        assert not len(search.found(coded, Question(), Wanted(f"call {secret} today")))


def test_a_survey_without_comments_has_none():
    coded = comments(build_responses([1, 9]), BOOKS)
    rows = search.found(coded, Question(), Wanted("app", ("praise",), (9,)))
    assert len(rows) == 0
    assert search.entries(coded, rows, 0, 20).empty
    assert search.table(coded, rows, {}).empty


def test_a_million_rows():
    # No time is asserted; to make an object of each comment on every run would take minutes.
    texts = np.array([f"the app is slow, case {'abcdefghij'[i % 10]} {'abcdefghij'[i // 10 % 10]}" for i in range(100)])
    coded = comments(survey(texts[np.arange(1_000_000) % 100]), BOOKS)
    rows = search.found(coded, Question(), Wanted("case b", scored=(7, 8)))
    assert search.counted(coded, rows)["texts"] == 10
    assert len(search.entries(coded, rows, 0, 20)) == 10
