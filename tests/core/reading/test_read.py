"""Files in, a survey out: parts with their reasons, issues, waves, twins, the key, the reader's say."""

import numpy as np
import pandas as pd
import pytest

from nps_core.errors import NotASurvey, Unclear, UnknownColumn, UnknownValue
from nps_core.reading import Choices, read
from nps_core.responses import BLANK
from nps_core.tally import tally

ASK = "How likely are you to recommend us?"
WORDS = ["Quick help from the team", "too dear for what it does", "I like the reports a lot", "nothing works on my phone"]
# Forty records of everything: id, date, score, decoy, comment, region with NA, tenure, revenue, weight, wave.
HEADER = ["Respondent ID", "Date submitted", ASK, "satisfaction", "Why did you give that score?", "region", "tenure", "revenue"]
HEADER += ["weight", "quarter"]


def record(i):
    return [
        f"R{i // 2}",  # everybody twice
        f"2024-{1 + i % 12:02d}-15",
        str(i % 11),
        str(10 - i % 11),
        WORDS[i % 4] + f" {i}",
        ["EU", "NA", "APAC", ""][i % 4],
        str(i * 7 % 41),
        f"{i * 37.5:.2f}",
        "1.2",
        f"Q{1 + i % 4} 2024",
    ]


def csv_of(rows, header=HEADER, delimiter=","):
    return "\n".join(delimiter.join(row) for row in [header, *rows]).encode() + b"\n"


FILE = ("x.csv", csv_of([record(i) for i in range(40)]))


@pytest.fixture(scope="module")
def survey():
    return read([FILE])


def part_of(survey, column):
    return next(role.part for role in survey.roles if role.column == column)


def test_every_column_gets_its_part(survey):
    parts = [role.part for role in survey.roles]
    assert parts == ["respondent", "date", "score", "segment", "comment", "segment", "segment", "segment", "weight", "wave"]
    assert survey.segments == ("satisfaction", "region", "tenure", "revenue")


def test_every_part_has_its_reason_with_numbers(survey):
    reasons = {role.column: role.reason for role in survey.roles}
    assert reasons[ASK] == "its header asks how likely one is to recommend, all 40 answered values lie in 0–10"
    assert "40 dates from 2024-01-15 to 2024-12-15" in reasons["Date submitted"]
    assert "20 of 40 values looked at differ" in reasons["Respondent ID"]
    assert "40 of 40 differ" in reasons["Why did you give that score?"]
    assert reasons["region"] == "it has 3 different values"
    assert reasons["tenure"] == "its numbers are cut into 6 bands of about equal size"
    assert all(reasons.values())


def test_what_else_was_considered_is_said(survey):
    role = next(role for role in survey.roles if role.column == "satisfaction")
    assert role.considered == ("score",)
    assert "all its values lie in 0–10 too, but its header asks for something else" in role.reason


def test_the_frame_is_canonical(survey):
    assert list(survey.frame.columns) == [
        "score",
        "group",
        "status",
        "count",
        "when",
        "respondent",
        "wave",
        "comment_1",
        *survey.segments,
    ]
    dtypes = survey.frame.dtypes.astype(str)
    assert (dtypes["score"], dtypes["when"], dtypes["respondent"], dtypes["count"]) == (
        "Int8",
        "datetime64[s]",
        "uint64",
        "int64",
    )
    assert survey.frame["score"].tolist() == [i % 11 for i in range(40)]
    assert survey.frame["group"].tolist()[:11] == ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2
    assert survey.waves == ("Q1 2024", "Q2 2024", "Q3 2024", "Q4 2024")
    assert survey.preview.shape == (40, 10)


def test_na_is_a_region_and_an_empty_cell_is_a_group_of_its_own(survey):
    assert survey.values("region") == ("APAC", "EU", "NA", BLANK)
    assert (survey.frame["region"] == "NA").sum() == 10


def test_na_among_numbers_is_no_value():
    file = csv_of([["9", "3"], ["8", "NA"], ["7", "2"]], ["nps", "level"])
    assert read([("x.csv", file)]).values("level") == ("2", "3", BLANK)


def test_numbers_are_cut_into_bands_with_round_edges(survey):
    assert survey.values("tenure")[0].startswith("under ")
    assert survey.values("tenure")[-1].endswith(" and above")
    assert 2 <= len(survey.values("revenue")) <= 6
    assert survey.frame["tenure"].notna().all()


def test_a_weight_is_noticed_and_not_used(survey):
    assert "“weight” holds weights. They are not used: every answer counts once." in survey.notes
    assert not survey.weighted


def test_the_question_of_a_comment_is_kept(survey):
    assert [role.question for role in survey.roles if role.part == "comment"] == ["Why did you give that score?"]


def test_ids_are_carried_on_as_hashes_only(survey):
    assert survey.frame["respondent"].nunique() == 20
    assert "R7" not in survey.frame.astype(str).to_numpy()


def test_issues_tell_row_column_value_and_reason():
    cells = ["9", "11", "good", "", "9.5", "-1", " 8 ", "10"]
    survey = read([("x.csv", csv_of([[cell, "a"] for cell in cells], ["nps", "team"]))])
    assert list(survey.issues.itertuples(index=False, name=None)) == [
        (2, "nps", "11", "off_scale", "x.csv"),
        (3, "nps", "good", "unreadable", "x.csv"),
        (4, "nps", "", "blank", "x.csv"),
        (5, "nps", "9.5", "not_whole", "x.csv"),
        (6, "nps", "-1", "off_scale", "x.csv"),
    ]
    assert survey.frame["status"].tolist() == [
        "answered",
        "invalid",
        "invalid",
        "blank",
        "invalid",
        "invalid",
        "answered",
        "answered",
    ]
    assert "1 score was read from numbers such as “ 8 ”." in survey.notes


def test_rows_with_too_many_cells_and_bad_dates_are_issues_too():
    text = b"date,nps,why\n2024-01-01,9,fine\nsoon,8,a,b\n,7,ok\n" + b"2024-01-02,6,well\n" * 20
    issues = read([("x.csv", text)]).issues
    assert list(issues.itertuples(index=False, name=None)) == [
        (2, "date", "soon", "date_unreadable", "x.csv"),
        (2, "", "soon | 8 | a | b", "surplus_cells", "x.csv"),
    ]


def test_words_for_nothing_are_empty_comments():
    rows = [
        ["9", text]
        for text in ("NA", ".", "-", "none", "N/A", "", "no", "Really quick service today", "It broke twice in a week")
    ]
    comments = read([("x.csv", csv_of(rows, ["nps", "comment"]))]).frame["comment_1"].tolist()
    assert comments == ["", "", "", "", "", "", "no", "Really quick service today", "It broke twice in a week"]


def test_a_segment_may_be_called_like_a_canonical_column():
    rows = [[str(i % 11), "ab"[i % 2], "cd"[i % 2], "ef"[i % 2]] for i in range(20)]
    survey = read([("x.csv", csv_of(rows, ["nps", "group", "status", "comment_type"]))])
    assert survey.segments == ("column group", "column status", "column comment_type")
    assert [role.canonical for role in survey.roles] == ["score", *survey.segments]
    assert survey.comments == ()


def test_a_running_number_is_no_respondent_and_no_segment():
    rows = [[str(i + 1), str(i % 11), str(7 * i + 100)] for i in range(30)]
    survey = read([("x.csv", csv_of(rows, ["id", "nps", "order number"]))])
    assert [role.part for role in survey.roles] == ["other", "score", "other"]
    assert survey.roles[0].reason == "it numbers the rows"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        *((header, "respondent") for header in ("email", "customer_id", "Hotjar User ID", "Respondent uuid", "id")),
        *((header, "other") for header in ("Response ID", "Collector ID", "ticket id", "IP Address", "Response uuid")),
    ],
)
def test_who_answered(header, part):
    rows = [[f"u{i}@x.org", str(i % 11)] for i in range(30)]
    assert part_of(read([("x.csv", csv_of(rows, [header, "nps"]))]), header) == part


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        (["Start Date", "End Date"], "End Date"),
        (["signup date", "created_at"], "created_at"),
        (["Date", "birth date"], "Date"),
        (["delivered_at", "rated_at"], "rated_at"),
        (["last_login"], None),
        (["date of birth"], None),
        (["moment"], "moment"),
    ],
)
def test_which_date(headers, taken):
    rows = [[f"2024-01-{1 + i:02d}"] * len(headers) + ["9"] for i in range(9)]
    assert read([("x.csv", csv_of(rows, [*headers, "nps"]))]).column("date") == taken


def test_lists_of_ticked_choices_are_no_comments():
    ticks = ["Using the reports every day", "Talking to the support team", "Exporting to a spreadsheet"]
    rows = [[str(i % 11), ";".join(t for k, t in enumerate(ticks) if (i >> k) % 2 or i % 3 == k)] for i in range(60)]
    survey = read([("x.csv", csv_of(rows, ["nps", "What do you use"]))])
    assert survey.comments == ()


# The reader's say.


def test_any_part_can_be_chosen_and_the_key_knows():
    choices = [
        Choices(),
        Choices(score="satisfaction"),
        Choices(date=""),
        Choices(respondent=""),
        Choices(wave=""),
        Choices(comments=()),
        Choices(comments=("region",)),
        Choices(segments=("region",)),
        Choices(segments=()),
        Choices(repeats="latest"),
    ]
    surveys = [read([FILE], choice) for choice in choices]
    assert len({survey.key for survey in surveys}) == len(choices)
    by_score, undated, nobody, wavefree, wordless, words, one, none = surveys[1:9]
    assert by_score.frame["score"].tolist() == [10 - i % 11 for i in range(40)]
    assert (undated.dated, "respondent" in nobody.frame, wavefree.waves, wordless.comments) == (False, False, (), ())
    assert words.frame["comment_1"].tolist()[:4] == ["EU", "", "APAC", ""]
    assert (one.segments, none.segments) == (("region",), ())


def test_the_key_is_the_same_for_the_same_and_another_for_another_file():
    assert read([FILE]).key == read([FILE]).key
    assert read([FILE]).key != read([("x.csv", FILE[1] + b"R99,2024-01-01,5,5,x,EU,1,1,1,Q1 2024\n")]).key


def test_headers_can_be_named_but_for_case_and_accents():
    assert read([FILE], Choices(score="SATISFACTION")).column("score") == "satisfaction"


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (Choices(score="region"), "its values are text"),
        (Choices(date="region"), "whose values are no dates"),
        (Choices(wave="revenue", date=""), "none of it"),
        (Choices(segments=("Why did you give that score?",), comments=()), "each of its 40 values occurs once"),
        (Choices(comments=("nowhere",)), "The columns are: Respondent ID"),
        (Choices(respondent=ASK), "It is the score already"),
    ],
)
def test_choices_that_do_not_fit_are_refused(choices, says):
    if says == "none of it":  # forty waves are many, but can be meant
        assert len(read([FILE], choices).waves) == 40
        return
    with pytest.raises(UnknownColumn, match=says):
        read([FILE], choices)


# Several files.


def small(scores, header="nps", more=""):
    return (
        f"{header},team\n".encode()
        + "".join(f"{score},{team}\n" for score, team in zip(scores, "abababab", strict=False)).encode()
    )


def test_files_are_waves_in_natural_order():
    survey = read([("W10.csv", small([9, 10])), ("W9.csv", small([1, 2, 3]))])
    assert survey.waves == ("W9", "W10")
    assert survey.frame["wave"].tolist() == ["W10"] * 2 + ["W9"] * 3
    assert survey.files == ("W10.csv", "W9.csv")
    assert [facts["rows"] for facts in survey.read] == [2, 3]


def test_the_same_cells_twice_are_counted_once_and_said():
    twin = small([9, 10]).replace(b"\n", b"\r\n")
    survey = read([("a.csv", small([9, 10])), ("b.csv", twin), ("c.csv", small([0, 1]))])
    assert survey.notes[0] == "“b.csv” holds the same cells as “a.csv”; its 2 records are counted once."
    assert (len(survey.frame), survey.waves) == (4, ("a", "c"))


def test_columns_are_lined_up_by_header_and_differences_said():
    first = b"NPS,team,plan\n9,a,x\n8,b,y\n"
    second = b"team,nps,region\nb,7,EU\na,6,US\n"
    survey = read([("a.csv", first), ("b.csv", second)])
    assert survey.frame["score"].tolist() == [9, 8, 7, 6]
    assert survey.frame["team"].tolist() == ["a", "b", "b", "a"]
    assert survey.values("plan") == ("x", "y", BLANK)
    assert survey.notes[0] == "“b.csv” lacks “plan” and has “region”, which earlier files have not; what a file lacks is blank."


def test_a_score_by_another_name_is_found_in_each_file():
    survey = read([("a.csv", small([9, 10])), ("b.csv", small([0, 1], "How likely are you to recommend us?"))])
    assert survey.frame["score"].tolist() == [9, 10, 0, 1]


def test_issues_name_the_file_and_its_own_record():
    survey = read([("a.csv", small([9, 10])), ("b.csv", small([8, 11]))])
    assert list(survey.issues.itertuples(index=False, name=None)) == [(2, "nps", "11", "off_scale", "b.csv")]


# Workbooks.


def book(**sheets):
    from io import BytesIO

    out = BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


ANSWERS = pd.DataFrame({"nps": [9, 10, 3], "team": ["a", "b", "a"]})
NOTES = pd.DataFrame({"about": ["made", "by us"]})


def test_the_sheet_that_is_a_survey_is_taken():
    survey = read([("x.xlsx", book(Notes=NOTES, Data=ANSWERS))])
    assert survey.read[0]["sheet"] == "Data"
    assert survey.frame["score"].tolist() == [9, 10, 3]


def test_two_sheets_that_are_surveys_are_asked_about():
    data = book(March=ANSWERS, April=ANSWERS)
    with pytest.raises(Unclear) as caught:
        read([("x.xlsx", data)])
    assert caught.value.part == "sheet"
    assert [name for name, _ in caught.value.candidates] == ["March", "April"]
    assert read([("x.xlsx", data)], Choices(sheet="April")).read[0]["sheet"] == "April"
    with pytest.raises(UnknownValue):
        read([("x.xlsx", data)], Choices(sheet="May"))


def test_a_workbook_without_a_survey_is_refused():
    with pytest.raises(NotASurvey):
        read([("x.xlsx", book(Notes=NOTES, More=NOTES))])


# Edges.


@pytest.mark.parametrize("data", [b"", b"\n"])
def test_an_empty_file_is_no_survey(data):
    with pytest.raises(NotASurvey, match=r"an empty file named x\.csv"):
        read([("x.csv", data)])


def test_a_header_without_answers_is_a_survey_of_nobody():
    survey = read([("x.csv", b"nps,why\n")])
    assert (len(survey.frame), int(tally(survey).to_numpy().sum())) == (0, 0)


def test_what_is_being_done_is_told():
    stages = []
    read([FILE], progress=stages.append)
    assert stages[0] == "Opening x.csv …"
    assert len(stages) >= 3


def test_a_large_file_is_read_as_a_small_one_is():
    # Beyond the sample and Arrow's blocks: the same forty records a thousand times, with one odd score far down.
    rows = [record(i) for i in range(40)] * 1000
    rows[31_234] = [*rows[31_234][:2], "99", *rows[31_234][3:]]
    survey = read([("x.csv", csv_of(rows))])
    assert list(survey.issues.itertuples(index=False, name=None)) == [(31_235, ASK, "99", "off_scale", "x.csv")]
    expected = np.bincount([int(row[2]) for i, row in enumerate(rows) if i != 31_234], minlength=11)
    assert tally(survey).iloc[0].tolist() == expected.tolist()
