"""Spellings of scores, and which column is the score: what is taken, what is asked about, what is refused and why."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nps_core.errors import NotASurvey, Unclear, UnknownColumn
from nps_core.reading import read
from nps_core.reading.cleaning import REASONS, clean_score, clean_scores, clean_spellings, repairs_sentence
from nps_core.reading.columns import columns_of
from nps_core.reading.scale_check import ASKS, NAMED, NPS, OTHER, SILENT, WEAKLY, grade
from nps_core.reading.score_column import choose_score, score_notes
from tests.core.reading.workbooks import xlsx

FULL = ["0", "2", "5", "6", "7", "8", "9", "10", "10", "9"]


@pytest.mark.parametrize("score", range(11))
def test_whole_numbers_are_themselves(score):
    for text in (f"{score}", f" {score} ", f"{score}.0", f"{score},00", f"+{score}", f"{score}\xa0"):
        assert clean_score(text)[:2] == (score, None)
        assert clean_score(text).repair == ("" if text == str(score) else "number")


@pytest.mark.parametrize(
    ("text", "score", "kind"),
    [
        ("Extremely likely - 10", 10, "label"),
        ("Not at all likely - 0", 0, "label"),
        ("0 - Not at all likely", 0, "label"),
        ("10 (Very likely)", 10, "label"),
        ("9: likely", 9, "label"),
        ("Maybe - 5", 5, "label"),
        ("10/10", 10, "out_of"),
        ("7 / 10", 7, "out_of"),
        ("ten", 10, "word"),
    ],
)
def test_labels_around_the_number_are_read(text, score, kind):
    assert clean_score(text) == (score, None, kind)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("11", "off_scale"),
        ("-1", "off_scale"),
        ("−1", "off_scale"),
        ("100", "off_scale"),
        ("10.5", "off_scale"),
        ("9.5", "not_whole"),
    ]
    + [
        ("0,1", "not_whole"),
        ("ok", "unreadable"),
        ("9 or 10", "unreadable"),
        ("11/10", "unreadable"),
        ("12 - great", "unreadable"),
    ]
    + [(blank, "blank") for blank in ("", "  ", "NA", "n/a", "-", ".", "null", "None", "NaN", "#N/A", "–")],
)
def test_what_is_no_score_says_why_and_is_never_guessed(text, reason):
    assert clean_score(text)[:2] == (None, reason)
    assert reason in REASONS


def test_a_column_is_judged_by_its_distinct_spellings():
    scores = clean_scores(np.array([0, 1, 0, 2, 3], dtype=np.int32), ["9", " 8", "x", ""])
    assert scores.score.tolist() == [9, 8, 9, -1, -1]
    assert scores.repairs == (("number", 1, " 8"),)


def test_each_kind_of_repair_has_its_own_count_and_example():
    texts = ["ten", "10/10", "9/10", "8", "five"]
    scores = clean_scores(np.array([0, 1, 1, 2, 3, 4], dtype=np.int32), texts)
    assert scores.repairs == (("out_of", 3, "10/10"), ("word", 2, "ten"))
    assert repairs_sentence(scores.repairs) == "3 scores were read from text such as “10/10”; 2 from words such as “ten”."
    assert repairs_sentence(scores.repairs[1:]) == "2 scores were read from words such as “ten”."


# 9/10 is 9 October where the day stands first, 10 September where the month does: one number is 10, the other the score.
@pytest.mark.parametrize(
    ("texts", "asked", "found"),
    [
        (["8/10", "2026-10-10", "2026-10-09"], False, [8, 10, 9]),
        (["8/10", "2026-09-10", "2026-01-10 00:00:00"], False, [8, 9, 1]),
        (["8/10", "10-Oct", "10-Sep", "Oct-07", "3. Okt", "10/6/2026"], False, [8, 10, 9, 7, 3, 6]),
        (["2026-10-10", "2026-10-09", ""], True, [10, 9, None]),
        (["2026-10-10", "2026-10-09"], False, [None, None]),  # under a header that does not ask, dates are dates
        (["8", "2026-10-10"], True, [8, None]),  # a date among plain scores may have slipped in from another column
        (["8/10", "2026-10-10", "2026-03-25"], True, [8, None, None]),  # 25 March was never a score: nor need the other be
        (["8/10", "2026-10-11", "2026-10-25"], True, [8, None, None]),
        (["9", "10-Sep", "Sep-10"], True, [9, None, None]),
    ],
)
def test_dates_that_were_scores_are_read_only_where_nothing_else_can_be_meant(texts, asked, found):
    verdicts = clean_spellings(texts, asked)
    assert [verdict.score for verdict in verdicts] == found
    assert {verdict.reason for verdict in verdicts if verdict.score is None} <= {"date_for_score", "blank"}
    assert {verdict.repair for verdict in verdicts if verdict.score is not None} <= {"date", "out_of", ""}


def test_a_score_that_excel_took_for_a_date_is_read_from_the_workbook():
    cells = ["9/10", "8/10", dt.datetime(2026, 10, 10), "7/10", dt.datetime(2026, 10, 9), "3/10"]
    found = read([("x.xlsx", xlsx([["nps", "team"], *([cell, "a"] for cell in cells)]))])
    assert found.frame["score"].tolist() == [9, 8, 10, 7, 9, 3]
    assert found.repairs.to_numpy().tolist() == [["out_of", 4, "9/10"], ["date", 2, "2026-10-10"]]
    assert found.issues.empty


@pytest.mark.parametrize(
    ("header", "level"),
    [(h, NPS) for h in ("nps", "NPS", "NPS Score", "nps_score", "Net Promoter Score", "netPromoterScore", "Q1 NPS")]
    + [
        (h, ASKS)
        for h in (
            "How likely are you to recommend us to a friend?",
            "LikelyToRecommend",
            "Likely-To-Recommend",
            "Dans quelle mesure, êtes-vous prêt(e)  à recommander cette marque ? ",
            "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
            "¿Con qué probabilidad nos recomendaría a un amigo?",
            "Com que probabilidade nos recomendaria?",
            "Quanto è probabile che ci raccomandi a un amico?",
            "Hoe waarschijnlijk is het dat u ons aanbeveelt?",
            "Hur sannolikt är det att du skulle rekommendera oss?",
            "Would you recommend us (0-10)",
            "추천하시겠습니까?",
            "友人に薦める可能性はどのくらいですか？",
        )
    ]
    + [(h, NAMED) for h in ("Recommend", "recommendation_score", "weiterempfehlung", "NPS Q3 retail")]
    + [(h, WEAKLY) for h in ("score", "Rating", "Note", "Bewertung", "your score", "Rate us from 0 to 10")]
    + [(h, SILENT) for h in ("Q7", "", "Column 3", "Frage 2", "Unnamed: 4")]
    + [
        (h, OTHER)
        for h in ("satisfaction", "CSAT score", "intention", "Customer Effort Score", "visits", "star_rating", "age", "commander")
    ],
)
def test_what_a_header_says(header, level):
    assert grade(header) == level


def choose(wanted=None, **columns):
    frame = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return choose_score(columns_of(frame, list(frame.columns)), wanted, "x.csv")[0]


@pytest.mark.parametrize(
    "columns",
    [
        {"satisfaction": FULL, "nps": FULL, "intention": FULL},
        {"Recommend": ["Yes", "No"] * 5, "nps": FULL},
        {"has_recommended": ["1", "0"] * 5, "nps": FULL, "presenters_clear": ["5", "4"] * 5, "valuable_feedback": ["6", "1"] * 5},
        {"How likely are you to recommend us?": FULL[::-1], "nps": FULL},
        {"score": FULL, "nps": FULL},
        {"nps_group": ["Promoter", "Passive"] * 5, "nps": FULL},
    ],
)
def test_decoys_lose(columns):
    assert choose(**columns).column.name == "nps"


def test_a_plain_score_is_taken_where_nothing_better_stands_beside_it():
    found = choose(score=FULL, visits=FULL)
    assert found.reason == "its header says score and nothing else fits better, all 10 answered values lie in 0–10"


def test_values_that_name_the_scale_speak_for_a_silent_header():
    labels = ["Not at all likely - 0", "Extremely likely - 10", "7", "8", "9"] * 2
    assert choose(Q1=labels, Q2=FULL).column.name == "Q1"


def test_two_that_fit_equally_are_asked_about_with_both_shown():
    with pytest.raises(Unclear) as caught:
        choose(**{"Would you recommend A?": FULL, "Would you recommend B?": FULL})
    assert caught.value.part == "score"
    assert [name for name, _ in caught.value.candidates] == ["Would you recommend A?", "Would you recommend B?"]
    assert "--score" in str(caught.value)


def test_a_header_that_says_nothing_is_asked_about():
    with pytest.raises(Unclear) as caught:
        choose(Q7=FULL, city=["A", "B"] * 5)
    assert [name for name, _ in caught.value.candidates] == ["Q7"]


# 100 answers from 1 to 10 without a 0: what the issue calls a column of 1–10.
NO_ZERO = [str(1 + i % 10) for i in range(100)]


def test_one_to_ten_is_taken_with_a_notice_under_a_telling_header_and_asked_about_under_another():
    found = choose(nps=NO_ZERO)
    assert len(score_notes(found)) == 1
    assert score_notes(choose(nps=["9", "10", "8", "7"] * 30)) == []  # without low scores the missing 0 says nothing
    assert score_notes(choose(nps=["1", "9", "10"])) == []  # nor among few answers
    with pytest.raises(Unclear, match="1 to 10 scale"):
        choose(score=NO_ZERO)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"star_rating": ["1", "5", "4", "3", "2"] * 4}, "“star_rating”: its 20 values lie between 1 and 5"),
        ({"rating": ["1", "5", "4", "3", "2"] * 4}, "its 20 values lie between 1 and 5: a 1 to 5 scale"),
        ({"nps": ["1", "5", "4", "3", "2"] * 4}, "its 20 values lie between 1 and 5: a 1 to 5 scale"),
        ({"How likely to recommend": ["1", "7", "4", "6", "2"] * 10}, "its 50 values lie between 1 and 7: a 1 to 7 scale"),
        (
            {"Likely to recommend": ["0", "100", "70", "85", "40"] * 4},
            "16 of its 20 values lie above 10, up to 100: a 0 to 100 scale",
        ),
        (
            {"satisfaction": ["2026-10-09", "2026-10-10"] * 5, "score": ["2026-03-25"] * 10},
            "“score”: its values are dates, which",
        ),
        ({"Recommend": ["Yes", "No"] * 5}, "“Recommend”: its values are text, not numbers from 0 to 10"),
        ({"satisfaction": FULL}, "“satisfaction”: 10 of its values lie in 0–10, but its header asks for something else"),
        ({"name": ["a", "b"], "city": ["c", "d"]}, "no such column among the 2 of x.csv"),
    ],
)
def test_what_is_no_survey_is_refused_with_the_reason(columns, reason):
    with pytest.raises(NotASurvey) as caught:
        choose(**columns)
    assert reason in caught.value.found
    assert "0 to 10" in caught.value.expected
    assert caught.value.remedy.startswith("Accepted is")


@pytest.mark.parametrize("header", ["siblings", "NbPassage", "quantity"])
def test_small_numbers_of_something_else_are_no_score(header):
    with pytest.raises(NotASurvey):
        choose(**{header: FULL})


def test_the_reader_may_choose_another_column_but_not_another_scale():
    assert choose("satisfaction", nps=FULL, satisfaction=FULL[::-1]).column.name == "satisfaction"
    with pytest.raises(UnknownColumn, match="values lie between 1 and 5, and its header names another scale"):
        choose("stars", nps=FULL, stars=["1", "2", "3", "4", "5"] * 2)
    with pytest.raises(UnknownColumn, match=r"found “nsp”\. The columns are: nps\."):
        choose("nsp", nps=FULL)


def test_a_survey_that_nobody_answered_is_one():
    assert choose(nps=["", "NA"]).answered == 0
    assert choose(nps=[]).answered == 0
