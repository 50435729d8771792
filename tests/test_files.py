"""Every known layout, read from a made-up file in exactly that layout: docs/files.md tells the truth, and the truth is right."""

import importlib.util
from pathlib import Path

import pytest

from nps_core.errors import NotASurvey, Unclear
from nps_core.measures import measures
from nps_core.question import Question
from nps_core.reading import Choices, read
from nps_core.reading.exports import LAYOUTS, recognise
from nps_core.tally import accounts, count, tally

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "tests" / "files"


def made(name, choices=Choices()):
    return read([(name, (FILES / name).read_bytes())], choices)


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("make_files", ROOT / "docs" / "make_files.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_says_what_is_read(pages):
    assert pages.PAGE.read_text(encoding="utf-8") == pages.page(), "stale: run make docs"


def test_every_tool_and_every_file_stands_on_the_page(pages):
    assert {tool for tool, _ in pages.TOOLS.values()} == {layout.tool for layout in LAYOUTS}
    assert set(pages.TOOLS) == {path.name for path in FILES.iterdir() if not path.name.startswith(".")}


# Every file holds the scores 10, 9, 9, 8, 7, 6, 3, 10: four promoters and two detractors of eight, +25.0; beside them what
# the tool adds: rows that were never answered (blank) and rows that do not count (excluded).
@pytest.mark.parametrize(
    ("name", "tool", "score", "comments", "date", "respondent", "header_rows", "blank", "excluded"),
    [
        ("qualtrics.csv", "Qualtrics", "Q1 ", ["Q2 "], "RecordedDate", "ExternalReference", 3, 1, ["preview", "unfinished"]),
        ("qualtrics_semicolon.csv", "Qualtrics", "Q1 ", ["Q2 "], "RecordedDate", "ExternalR", 3, 1, ["preview", "unfinished"]),
        ("surveymonkey.csv", "SurveyMonkey", "How likely is it", ["What is"], "End Date", "Respondent ID", 2, 1, []),
        ("survicate.csv", "Survicate", "Q#1: ", ["Q#2: ", "Q#3: ", "Q#4: "], "Date & Time (UTC)", "Respondent uuid", 2, 0, []),
        ("typeform.csv", "Typeform", "How likely", ["What is"], "Submit Date (UTC)", None, 1, 0, ["unfinished"]),
        ("google_forms.csv", "Google Forms", "How likely", ["What is"], "Timestamp", None, 1, 0, []),
        ("google_forms_fr.csv", "Google Forms", "Dans quelle mesure", ["Pourquoi"], "Horodateur", None, 1, 0, []),
        ("microsoft_forms.xlsx", "Microsoft Forms", "How likely", ["What is"], "Completion time", None, 1, 0, []),
        ("microsoft_forms.csv", "Microsoft Forms", "How likely", ["What is"], "Completion time", None, 1, 0, []),
        ("limesurvey.csv", "LimeSurvey", "nps", ["why"], "submitdate", None, 1, 0, ["unfinished"]),
        ("limesurvey_full.csv", "LimeSurvey", "nps. ", ["why. "], "submitdate. ", None, 1, 0, ["unfinished"]),
        ("formbricks.csv", "Formbricks", "1. ", ["2. "], "Timestamp", "User ID", 1, 0, ["unfinished"]),
        ("hotjar.csv", "Hotjar", "How likely", ["What is"], "Date Submitted", "Hotjar User ID", 1, 0, []),
        ("zendesk.csv", "Zendesk", "rating", ["comment"], "rated_at", "user_id", 1, 2, []),
        ("delighted.csv", "Delighted", "score", ["comment"], "created_at", "person", 1, 0, ["other_survey"]),
        ("wootric.csv", "Wootric / InMoment", "score", ["text"], "created_at", None, 1, 0, ["left_out"]),
        ("thanx.csv", "Thanx", "rating", ["review"], "rated_at", "user_uid", 1, 2, []),
    ],
)
def test_what_is_read_from_each_tool(name, tool, score, comments, date, respondent, header_rows, blank, excluded):
    found = made(name)
    totals = accounts(count(found), Question())
    assert totals == {"answered": 8, "blank": blank, "invalid": 0, "excluded": len(excluded)}
    assert measures(tally(found)).iloc[0]["nps"] == 25.0
    assert (found.read[0]["tool"], found.read[0]["header_rows"]) == (tool, header_rows)
    assert found.column("score").startswith(score)
    asked = [role.question for role in found.roles if role.part == "comment"]
    assert [text.startswith(begin) for text, begin in zip(asked, comments, strict=True)] == [True] * len(comments)
    assert found.column("date").startswith(date)
    assert respondent is None or found.column("respondent").startswith(respondent)
    assert (found.column("respondent") is None) == (respondent is None)
    assert sorted(found.issues.loc[found.issues["reason"] != "blank", "reason"]) == excluded


def test_comments_asked_of_one_group_each_are_one_comment_and_keep_their_question():
    found = made("survicate.csv")
    assert found.comments == ("comment_1",)
    # The fourth answer is an 8 and was asked what is missing, the seventh a 3 and was asked what went wrong.
    assert found.frame["comment_1"][[3, 6]].tolist() == ["Good, but a bit slow on Mondays", "It crashed twice last week"]
    asked = found.frame["asked_1"][[0, 3, 6]].tolist()
    assert asked == [
        f"Q#{n} Answer" for n in ("4: What do you like most?", "3: What is missing for a 10?", "2: What went wrong?")
    ]


def test_moments_are_read_as_they_stand_on_the_clock_there():
    assert str(made("google_forms.csv").frame["when"][0]) == "2017-11-24 12:39:50"  # 12:39:50 PM GMT+4
    assert next(role.zone for role in made("google_forms.csv").roles if role.part == "date") == "GMT+4"
    assert str(made("microsoft_forms.csv").frame["when"][0]) == "2025-08-20 12:51:45"  # 8/20/25
    assert str(made("delighted.csv").frame["when"][0]) == "2024-03-01 09:00:00"  # 1709283600


def test_two_questions_in_one_form_are_asked_about_and_the_answer_settles_it():
    with pytest.raises(Unclear) as caught:
        made("google_forms_two_questions.csv")
    names = [name for name, _ in caught.value.candidates]
    assert ["Beratung" in names[0], "Werkstatt" in names[1]] == [True, True]
    assert measures(tally(made("google_forms_two_questions.csv", Choices(score=names[0])))).iloc[0]["nps"] == 25.0


def test_stars_are_refused_with_the_reason_and_the_columns():
    with pytest.raises(NotASurvey, match="1 to 5 stars") as caught:
        made("medallia_agent_connect.csv")
    assert "star_rating" in caught.value.columns


@pytest.mark.parametrize("header", [["id", "score", "comment"], ["timestamped", "nps"], ["name", "Timestamp", "nps"], []])
def test_another_header_is_no_known_tool(header):
    assert recognise(header) is None


# What each short file must give: answered, NPS by hand. 5 promoters and 2 detractors of 10 are +30; the counts hold 32 of 9 and
# 10 and 11 of 0 to 6 among 66, +31.8; others beside them.
@pytest.mark.parametrize(
    ("what", "answered", "nps"),
    [
        ("Scores in every spelling", 9, 66.7),  # 10 9 8 10 8 8 10 10 9: six promoters, three passives
        *((f"Groups only, {tongue}", 10, 30.0) for tongue in ("English", "French", "German", "Spanish", "Portuguese", "Italian")),
        ("Groups only, Dutch", 10, 30.0),
        ("Groups only, Qualtrics 1, 2, 3", 10, 30.0),
        ("Counts already added up", 66, 31.8),
        ("Counts of groups", 66, 31.8),
        ("Dates that may be either way round", 4, 25.0),
        ("A column of waves", 5, 20.0),
    ],
)
def test_what_is_read_from_the_short_files(pages, what, answered, nps):
    found = read([("file.csv", pages.SHORT[what])])
    row = measures(tally(found)).iloc[0]
    assert (int(row["n"]), round(row["nps"], 1)) == (answered, nps)
    assert found.scores_known == (not what.startswith(("Groups only", "Counts of groups")))
