"""The workbook as the page Meeting makes it: what every page shows as a table, and nothing that a page would not show."""

import io

import openpyxl
import pandas as pd
import pytest

from nps_core.question import Question
from nps_core.reading import read
from nps_core.samples import load
from nps_core.segments import compare
from nps_core.tally import tally
from nps_core.views import name_of
from pages.parts import takeaway
from tests.pages.opened import open_page
from tests.pages.test_share import SAMPLE, links, one_store, share  # noqa: F401  (one_store serves every test here)

WORDS = {
    "Words, passives and promoters",
    "Words, passives and detractors",
    "Words, promoters and detractors",
    "Asked for",
    "Asked for, promoters",
    "Asked for, detractors",
    "Other providers",
    "Other providers, promoters",
}


@pytest.fixture
def book(monkeypatch):
    """Opens the page Meeting and presses for the workbook, when the page's session is gone; gives what the file holds."""
    offered = {}
    monkeypatch.setattr(takeaway, "made", lambda label, make, name, *_: offered.update({name: make}))

    def make(file=None, **address):
        offered.clear()
        app = open_page("meeting", file, **address)
        assert not app.exception
        return openpyxl.load_workbook(io.BytesIO(offered["nps-workbook.xlsx"](lambda step, done: None)), data_only=True)

    return make


def rows(sheet):
    titles, *cells = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in cells]


def test_a_full_survey_has_the_tables_of_every_page(book):
    found = book(**SAMPLE)
    names = set(found.sheetnames)
    assert names >= {"Score", "Scores 0 to 10", "Industries", "By plan", "By Wave", "Largest differences", "Comments"}
    assert names >= {"Trend by month", "Why it moved, plan", "Why it moved, what comments say", "Each comment once"}
    assert names >= WORDS - {"Other providers"}  # which no passive of the sample names
    assert names >= {f"Each comment once{whose}" for whose in ("", ", promoters", ", detractors", ", everybody")}
    assert names >= {f"Passives by {column}" for column in ("plan", "region", "Wave")}


def test_the_mix_is_that_of_the_slider(book):
    told = rows(book(**SAMPLE, mix="40")["Same score, other passives"])
    foot = {row["Group"]: row["Same score, other passives, share"] for row in told[11:] if row["Group"]}
    # Of 1,200 answers 530 promote and 120 do not: 34.2; with 40% of passives (0.6 + 0.3417) ÷ 2 promote.
    assert foot["Passives"] == pytest.approx(0.4)
    assert foot["Promoters"] == pytest.approx((0.6 + 410 / 1200) / 2)
    assert foot["NPS"] == pytest.approx(100 * 410 / 1200)


def test_each_two_columns_are_crossed_as_on_the_page_segments(book):
    found = book(**SAMPLE)
    crossed = [name for name in found.sheetnames if name.startswith("By") and " and " in name]
    assert len(crossed) == 10  # of four columns and the wave
    asked = Question(by=("plan", "region"))
    expected = compare(tally(read([load("software")]), asked), asked)
    told = rows(found["By plan and region"])
    assert [row["plan and region"] for row in told] == [name_of(name) for name in expected.index]
    for title, column in (("Answers", "n"), ("NPS", "nps"), ("Passives, share", "passive_share"), ("NPS, q", "nps_q")):
        assert [row[title] for row in told] == [None if pd.isna(x) else pytest.approx(float(x)) for x in expected[column]]


def test_passives_stand_side_by_side_as_on_their_page(book):
    address = SAMPLE | {"f.plan": ["Team", "Business"]}
    app = open_page("passives", **address)
    app = next(box for box in app.selectbox if box.key == "side").set_value("by region").run()
    shown = next(table.value for table in app.dataframe if "EMEA %" in table.value)
    told = {(row["region"], row["Theme"]): row for row in rows(book(**address)["Passives by region"])}
    for _, row in shown.iterrows():
        for region in ("EMEA", "APAC"):
            assert round(100 * told[region, row["Theme"]]["Share"], 1) == row[f"{region} %"]


def test_what_a_few_passives_of_a_group_say_cannot_be_worked_out(book):
    # Of 40 passives in each group all write, but for the third group, where three do.
    kinds = ["usual"] * 40 + ["other"] * 40 + ["quiet"] * 40
    said = [f"the export of case {i} is missing" if i % 2 else f"support is slow in case {i}" for i in range(83)] + [""] * 37
    file = ("f.csv", ("nps,kind,comment\n" + "".join(f"7,{k},{c}\n" for k, c in zip(kinds, said, strict=True))).encode())
    found = book(file=file)
    whole = {row["Comments that say why"] for row in rows(found["Comments"]) if row["Comments of"] == "Passives"}
    shown = {row["kind"]: row["Comments that say why"] for row in rows(found["Passives by kind"]) if not row["Note"]}
    assert whole == {83}
    assert len(shown) == 1  # with both of the others, the three of the third would be the rest
    app = open_page("passives", file)
    app = next(box for box in app.selectbox if box.key == "side").set_value("by kind").run()
    table = next(table.value for table in app.dataframe if "usual %" in table.value)
    assert {name for name in ("usual", "other", "quiet") if table[f"{name} %"].notna().any()} == set(shown)


def test_of_many_columns_only_the_chosen_two_are_crossed(book):
    titles = ("a", "b", "c", "d", "e", "f")
    lines = [
        f"{10 - i % 4}," + ",".join(f"{title}{i // (place + 1) % 2}" for place, title in enumerate(titles)) for i in range(200)
    ]
    file = ("f.csv", (f"nps,{','.join(titles)}\n" + "\n".join(lines)).encode())
    names = book(file=file, by="c", cross="a").sheetnames
    assert {f"By {title}" for title in titles} <= set(names)
    assert [name for name in names if " and " in name] == ["By c and a"]


def test_what_is_laid_beside_has_its_sheet(book):
    app = open_page("meeting", **SAMPLE)
    other = next(box for box in app.selectbox if box.label == "Lay beside it").options[-1]
    told = rows(book(**SAMPLE, beside=other)["Same score"])
    assert [row["Survey"] for row in told] == ["This survey", other]
    # Both samples are made so: 34.2, with 45.8% passives here and far fewer there.
    assert {round(row["NPS"], 1) for row in told} == {34.2}
    assert told[0]["Passives, share"] > told[1]["Passives, share"] + 0.1


def test_filters_hold(book):
    told = rows(book(**SAMPLE, **{"f.region": "APAC"})["Score"])
    assert round(told[0]["NPS"], 1) == 22.1  # as on the page Score


def test_few_answers_of_a_group_stay_hidden_everywhere(book):
    kinds = ["usual"] * 60 + ["other"] * 60 + ["rare"] * 3
    lines = [f"{10 - i % 4},{kinds[i]},2025-0{1 + i % 2}-10,slow support again {i}" for i in range(len(kinds))]
    found = book(file=("f.csv", ("nps,kind,date,comment\n" + "\n".join(lines)).encode()))
    hidden = {row["kind"] for row in rows(found["By kind"]) if row["Note"]}
    assert "rare" in hidden
    assert {row["kind"] for row in rows(found["Why it moved, kind"])} == {
        "usual",
        "All other groups",  # the three, and whoever would give them away
        "All of them",
        "Change of the NPS",
    }
    assert {row["Group"] for row in rows(found["Largest differences"])} == {"usual"}


def test_few_answers_of_two_columns_crossed_stay_hidden(book):
    lines = [f"{10 - i % 4},{'x' if i % 2 else 'y'},{'p' if i < 90 or i > 92 else 'q'}" for i in range(180)]
    told = rows(book(file=("f.csv", ("nps,kind,place\n" + "\n".join(lines)).encode()))["By kind and place"])
    hidden = {row["kind and place"]: row for row in told if row["Note"]}
    # Three answers lie in q: one in x and two in y.
    assert {"x · q", "y · q"} <= set(hidden)
    for row in hidden.values():
        assert {title for title, value in row.items() if value not in (None, "")} == {"kind and place", "Note"}


def test_too_few_comments_make_nothing_of_words(book):
    lines = [f"{10 - i % 4},{'the export is missing' if i < 3 else ''}" for i in range(80)]
    found = book(file=("f.csv", ("nps,comment\n" + "\n".join(lines)).encode()))
    assert not WORDS & set(found.sheetnames)


def test_a_view_with_numbers_only_holds_no_words_and_what_it_carries(book):
    link, _ = links(share(open_page("score", **SAMPLE), "numbers", title="First quarter"))
    found = book(**link)
    assert not WORDS & set(found.sheetnames)
    assert "Words that occur together" not in found.sheetnames
    assert all(sheet.max_row > 1 for sheet in found)  # what is not carried has no sheet
    assert "Why it moved, what comments say" in found.sheetnames  # sums by theme, which it carries
    assert {"Score", "Industries", "Comments", "Each comment once"} <= set(found.sheetnames)
    said = {str(cell.value) for sheet in found for line in sheet.iter_rows() for cell in line}
    assert not any("b2b_software" in text for text in said)


def test_a_group_in_one_wave_has_no_sheet_of_single_scores_in_numbers_alone(book):
    link, _ = links(share(open_page("score", **SAMPLE), "numbers"))
    of_scores = {"Scores 0 to 10", "Same score, other passives"}
    assert of_scores <= set(book(**link, wave="2024-Q4").sheetnames)
    crossed = book(**link, wave="2024-Q4", **{"f.plan": "Team"})
    assert not of_scores & set(crossed.sheetnames)
    assert "Score" in crossed.sheetnames


def test_a_view_with_comments_holds_their_words(book):
    link, _ = links(share(open_page("score", **SAMPLE), "comments", title="First quarter"))
    assert WORDS - {"Other providers"} <= set(book(**link).sheetnames)
