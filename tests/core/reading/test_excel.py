"""Workbooks: which cells, which table, which sheet; and exports that come as workbooks, read to the end."""

import datetime as dt
import gzip
import re
from io import BytesIO

import openpyxl
import pytest
import python_calamine as calamine

from nps_core.errors import Unclear, UnknownValue
from nps_core.reading import Choices, read, read_table
from nps_core.reading.excel import rounded_sentence
from nps_core.reading.table import read_tables
from tests.core.reading.workbooks import AS_TEXT, HEADER, PLAIN, answers, cells, others, xlsx

# Cells.


def test_cells_become_what_a_person_would_type():
    moment = dt.datetime(2024, 1, 31, 9, 30, 0)
    row = [7, 2.5, True, dt.date(2024, 1, 31), moment, dt.time(9, 30), dt.timedelta(hours=30), 0.45, 1e-7, -3.0, "007", "1/2/24"]
    sheet = [[f"h{i}" for i in range(len(row))], row]
    assert cells(read_table(xlsx(sheet), "x.xlsx"))[1] == [
        "7", "2.5", "TRUE", "2024-01-31", "2024-01-31 09:30:00", "09:30:00", "30:00:00", "0.45", "1e-7", "-3", "007", "1/2/24",
    ]  # fmt: skip


def test_wrong_results_are_empty_cells_and_text_that_looks_like_one_is_kept():
    book = openpyxl.load_workbook(BytesIO(xlsx([["nps", "why"], [9, "#1 in my heart"], [0, "x"]])))
    sheet = book.active
    for row, error in enumerate(("#N/A", "#DIV/0!", "#REF!", "#VALUE!"), start=4):
        sheet.cell(row, 1, error).data_type = "e"
        sheet.cell(row, 2, "y")
    out = BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), "x.xlsx")
    assert list(table.frame["nps"]) == ["9", "0", "", "", "", ""]
    assert table.frame["why"][0] == "#1 in my heart"


def test_dates_of_the_1904_system():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["nps", "when"])
    book.active.append([9, dt.datetime(2024, 5, 6, 7, 8, 9)])
    out = BytesIO()
    book.save(out)
    assert cells(read_table(out.getvalue(), "x.xlsx"))[1] == ["9", "2024-05-06 07:08:09"]


def test_ids_that_excel_has_rounded_are_noticed():
    # 2**53 = 9007199254740992 is the first whole number whose follower a number cell cannot hold; Excel itself keeps 15 digits.
    long = [
        ["id", "text id", "nps", "revenue"],
        *([1234567890123456789 + i, f"123456789012345678{i}", 9, 1e14] for i in range(4)),
    ]
    table = read_table(xlsx(long), "x.xlsx")
    assert table.read["rounded_ids"] == ("id",)
    assert list(table.frame["text id"]) == [f"123456789012345678{i}" for i in range(4)]
    # The writer keeps 16 digits, as programs do; what the cell then holds is told with all its digits, not as 1.2e18.
    assert {re.sub("^1234567890123457|^1234567890123456", "", text) for text in table.frame["id"]} in ({"024"}, {"768"})
    assert "“id”" in rounded_sentence(table.read["rounded_ids"])
    assert rounded_sentence(()) == ""
    assert "rounded_ids" not in read_table(xlsx(PLAIN), "x.xlsx").read


# Which cells are the table.


def test_titles_above_and_a_remark_below_are_no_records():
    sheet = [["Customer survey 2024"], ["Exported by", "Ann"], [], *PLAIN, [], ["8 answers. Confidential."]]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert (table.read["preamble_rows"], table.read["footer_rows"], table.others) == (2, 1, ())


def test_a_title_directly_above_the_header():
    table = read_table(xlsx([["Customer survey 2024"], *PLAIN], merge=["A1:C1"]), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.read["preamble_rows"] == 1


@pytest.mark.parametrize("last", [["Total", 56], ["Average:", 7.0], ["Gesamt", 56], ["Mean score", 7.0]])
def test_a_line_of_totals_is_no_record(last):
    table = read_table(xlsx([*PLAIN, last]), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.read["footer_rows"] == 1


def test_a_customer_called_total_who_says_why_is_a_record():
    assert len(read_table(xlsx([*PLAIN, ["Total", 9, "I sell fuel"]]), "x.xlsx").frame) == 9


def test_blank_rows_and_columns_around_and_between():
    sheet = [[], [], *([None, None, *row] for row in PLAIN[:4]), [], *([None, None, *row] for row in PLAIN[4:])]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert table.others == ()


def test_a_spare_column_does_not_part_a_table():
    sheet = [[*HEADER, None, "country"], *([*row, None, "FR" if i % 3 else None] for i, row in enumerate(answers()))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header == (*HEADER, "", "country")
    assert len(table.frame) == 8


def test_tables_beneath_each_other():
    sheet = [
        *PLAIN,
        [],
        ["Score", "Count"],
        *([score, 1] for score in (0, 3, 7)),
        [],
        [],
        ["Plan", "Price"],
        ["Pro", 9],
        ["Team", 5],
    ]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data!A11", 11, 1, 4, 2), ("Data!A17", 17, 1, 3, 2)]
    assert cells(read_table(xlsx(Data=sheet), "x.xlsx", "Data!A17")) == [["Plan", "Price"], ["Pro", "9"], ["Team", "5"]]
    with pytest.raises(UnknownValue, match="Tables begin at: Data!A1, Data!A11, Data!A17"):
        read_table(xlsx(Data=sheet), "x.xlsx", "Data!B2")


@pytest.mark.parametrize("small", [3, 8])  # fewer rows; or as many, but with a column of the same name
def test_tables_beside_each_other(small):
    right = [["plan", "nps"], *(["Pro", 50 + i] for i in range(small))]
    sheet = [[*row, None, *(right[i] if i < len(right) else [])] for i, row in enumerate(PLAIN)]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data!E1", 1, 5, small + 1, 2)]


def test_the_longer_table_is_taken_wherever_it_stands():
    sheet = [["Score", "Count"], [0, 4], [], *([None, None, None, *row] for row in PLAIN)]
    table = read_table(xlsx(Data=sheet), "x.xlsx")
    assert cells(table) == AS_TEXT
    assert others(table) == [("Data!A1", 1, 1, 2, 2)]


def test_two_header_rows_with_merged_cells():
    top = ["Respondent", "How likely are you to recommend us?", None, None]
    sub = [None, "Score", "Why?", "Date"]
    sheet = [top, sub, *([f"c{i}", i % 11, f"w{i}", dt.datetime(2024, 1, 1 + i)] for i in range(12))]
    table = read_table(xlsx(sheet, merge=["B1:D1"]), "x.xlsx")
    asked = "How likely are you to recommend us?"
    assert table.header == ("Respondent", f"{asked} Score", f"{asked} Why?", f"{asked} Date")
    assert (table.read["header_rows"], len(table.frame)) == (2, 12)


def test_two_header_rows_where_the_second_is_blank_below_the_numbers():
    top = ["Respondent ID", "Start Date", "How likely?", "What could we do better?", None]
    sub = [None, None, None, "Open-Ended Response", "Other (please specify)"]
    sheet = [top, sub, *([114_000_000_000 + i, dt.datetime(2024, 1, 1 + i), i % 11, "x", None] for i in range(12))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header[2:] == ("How likely?", "What could we do better? Open-Ended Response", "Other (please specify)")
    assert len(table.frame) == 12


def test_three_header_rows():
    sheet = [["Q1", "Q2"], ["How likely?", "Why?"], ['{"ImportId":"QID1"}', '{"ImportId":"QID2"}'], [9, "x"], [8, "y"]]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert (table.header, table.read["header_rows"]) == (("Q1 How likely?", "Q2 Why?"), 3)


def test_a_first_record_without_a_score_is_no_header():
    sheet = [["customer", "nps", "why"], ["c0", None, "did not say"], *answers(10)]
    assert read_table(xlsx(sheet), "x.xlsx").read["header_rows"] == 1


def test_records_without_a_header():
    table = read_table(xlsx([[9, 2024, "x"], [8, 2023, "y"], [10, 2024, "z"], [3, 2024, "w"]]), "x.xlsx")
    assert (table.header, len(table.frame), table.read["header_rows"]) == (("", "", ""), 4, 0)
    assert list(table.frame.columns) == ["Column 1", "Column 2", "Column 3"]


def test_numbers_kept_as_text():
    sheet = [["Report"], [], ["nps", "when"], *([str(i % 11), f"0{1 + i}/02/2024"] for i in range(9))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.header == ("nps", "when")
    assert cells(table)[1] == ["0", "01/02/2024"]


def test_a_text_merged_over_several_rows_belongs_to_each():
    sheet = [["region", "nps"], ["North", 9], [None, 8], [None, 7], ["South", 3], [None, 2], ["West", 10]]
    table = read_table(xlsx(sheet, merge=["A2:A4", "A5:A6"]), "x.xlsx")
    assert list(table.frame["region"]) == ["North", "North", "North", "South", "South", "West"]


def test_nothing_at_all():
    table = read_table(xlsx([]), "x.xlsx")
    assert (table.header, len(table.frame)) == ((), 0)


# Which sheet.


def test_the_sheet_with_the_data_is_taken():
    data = xlsx(Cover=[["Our survey"], ["by us"]], Empty=[], Answers=PLAIN)
    table = read_table(data, "x.xlsx")
    assert (table.read["sheet"], cells(table)) == ("Answers", AS_TEXT)
    assert cells(read_table(data, "x.xlsx", "Empty")) == [[]]
    with pytest.raises(UnknownValue, match=r"The sheets of x\.xlsx are: Cover, Empty, Answers"):
        read_table(data, "x.xlsx", "answers")


def test_a_hidden_sheet_is_taken_only_where_it_is_named_or_nothing_else_holds_a_table():
    data = xlsx(Old=PLAIN, New=[HEADER, *answers(3)], hide=["Old"])
    assert (read_table(data, "x.xlsx").read["sheet"], others(read_table(data, "x.xlsx"))) == ("New", [])
    assert read_table(data, "x.xlsx", "Old").read["sheet"] == "Old"
    assert read_table(xlsx(Notes=[["x"]], Old=PLAIN, hide=["Old"]), "x.xlsx").read["sheet"] == "Old"


def test_two_surveys_in_a_workbook_are_asked_about_once():
    data = xlsx(March=PLAIN, Notes=[["a", "b"], ["c", "d"]], April=[HEADER, *answers(8, 8)])
    with pytest.raises(Unclear) as caught:
        read([("x.xlsx", data)])
    assert caught.value.part == "sheet"
    assert [value for value, _ in caught.value.candidates] == ["March", "April"]
    for value, _ in caught.value.candidates:
        assert read([("x.xlsx", data)], Choices(sheet=value)).read[0]["sheet"] == value


def test_two_surveys_in_one_sheet_are_asked_about_once():
    sheet = [*PLAIN, [], [], HEADER, *answers(9, 8)]
    with pytest.raises(Unclear) as caught:
        read([("x.xlsx", xlsx(Data=sheet))])
    assert [value for value, _ in caught.value.candidates] == ["Data", "Data!A1"]  # the longer one is known by the sheet's name
    rows = [len(read([("x.xlsx", xlsx(Data=sheet))], Choices(sheet=value)).frame) for value in ("Data", "Data!A1")]
    assert rows == [9, 8]


def test_a_survey_beside_other_tables_of_its_sheet_is_taken_without_a_question():
    prices = [["plan", "price"], *([f"p{i}", 100 + i] for i in range(20))]
    survey = read([("x.xlsx", xlsx(Data=[*PLAIN, [], *prices]))])
    assert counted(survey)[0] == 8
    assert survey.read[0]["sheet"] == "Data!A1"


# Exports that come as workbooks, read to the end.

SCORES = [10, 9, 9, 8, 7, 7, 6, 3, 10, 0, 9, 8]  # 5 promoters, 3 detractors of 12


def counted(survey):
    answered = survey.frame[survey.frame["status"] == "answered"]
    groups = answered["group"].value_counts()
    return len(answered), int(groups["promoter"]), int(groups["detractor"])


def test_microsoft_forms():
    header = ["ID", "Start time", "Completion time", "Email", "Name", "How likely are you to recommend us to a friend?", "Why?"]
    rows = [
        [
            i,
            dt.datetime(2025, 8, 1 + i, 12, 51, 45),
            dt.datetime(2025, 8, 1 + i, 12, 55),
            "anonymous",
            None,
            score,
            f"as {i} said",
        ]
        for i, score in enumerate(SCORES, start=1)
    ]
    survey = read([("forms.xlsx", xlsx(Sheet1=[header, *rows]))])
    assert counted(survey) == (12, 5, 3)
    assert str(survey.frame["when"].min()) == "2025-08-02 12:55:00"


def test_google_forms():
    header = ["Horodateur", "Quelle est la probabilité que vous nous recommandiez ?  ", "Pourquoi ?"]
    rows = [[dt.datetime(2024, 3, 1, 8, i), score, "parce que" if i % 2 else None] for i, score in enumerate(SCORES)]
    survey = read([("forms.xlsx", xlsx(**{"Réponses au formulaire 1": [header, *rows]}))])
    assert counted(survey) == (12, 5, 3)
    assert str(survey.frame["when"].max()) == "2024-03-01 08:11:00"


def test_surveymonkey():
    asked = "How likely is it that you would recommend us to a friend or colleague?"
    top = [
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        asked,
        "Why?",
        "Which do you use?",
        None,
    ]
    sub = [None] * 6 + ["Response", "Open-Ended Response", "Reports", "Exports"]
    labels = {0: "Not at all likely - 0", 10: "Extremely likely - 10"}
    rows = [
        [
            114_000_000_000 + i,
            4_000,
            dt.datetime(2024, 5, 1 + i),
            dt.datetime(2024, 5, 1 + i, 1),
            "",
            f"p{i}@example.com",
            labels.get(score, score),
            f"since {i}",
            "Reports" if i % 2 else None,
            "Exports" if i % 3 else None,
        ]
        for i, score in enumerate(SCORES)
    ]
    survey = read([("Sheet.xlsx", xlsx(Sheet=[top, sub, *rows], merge=["I1:J1"]))])
    assert counted(survey) == (12, 5, 3)
    assert survey.read[0]["header_rows"] == 2
    assert survey.preview.columns[-2:].tolist() == ["Which do you use? Reports", "Which do you use? Exports"]
    assert survey.frame["respondent"].nunique() == 12


def test_a_workbook_of_several_tables_is_opened_once(monkeypatch):
    plain, opened = calamine.load_workbook, []
    monkeypatch.setattr(calamine, "load_workbook", lambda *given: opened.append(1) or plain(*given))
    cities = [["city", "country"], *([f"c{i}", "NO"] for i in range(9))]
    data = xlsx(Notes=cities, Answers=PLAIN, More=cities, Rest=cities)
    survey = read([("x.xlsx", data)])
    assert (survey.read[0]["sheet"], len(survey.frame), len(opened)) == ("Answers", 8, 1)


def test_all_tables_of_a_file_are_those_read_one_by_one():
    cities = [["city", "country"], *([f"c{i}", "NO"] for i in range(9))]
    book = xlsx(Notes=cities, Answers=[*PLAIN, [], [], *cities], Rest=[*cities])
    text = b"nps,why\n9,a\n8,b\n7,c\n6,d\n\ncity,country,zone\n" + b"Oslo,NO,1\n" * 9
    for data, name in ((book, "x.xlsx"), (text, "x.csv"), (gzip.compress(book), "x.gz"), (b"", "x.csv")):
        every = read_tables(data, name)
        first = read_table(data, name)
        assert every[0].same_cells(first)
        assert (every[0].name, every[0].others, every[0].read) == (name, first.others, first.read)
        for table, other in zip(every[1:], first.others, strict=True):
            assert table.read["sheet"] == other.sheet
            assert table.same_cells(read_table(data, name, other.sheet))


def test_a_first_answer_of_0_out_of_10_above_dates_made_of_scores_is_no_header():
    rows = [["score", "why"], ["0/10", "bad"], *([dt.datetime(2026, 10, day), "fine"] for day in (9, 10, 8, 9, 7, 6))]
    assert read([("a.xlsx", xlsx(rows))]).frame["score"].tolist() == [0, 9, 10, 8, 9, 7, 6]
