"""The workbook as the page Meeting makes it: what every page shows as a table, and nothing that a page would not show."""

import io

import openpyxl
import pytest

from pages.parts import takeaway
from tests.pages.opened import open_page
from tests.pages.test_share import SAMPLE, links, one_store, share  # noqa: F401  (one_store serves every test here)

WORDS = {"Words, passives and promoters", "Words, passives and detractors", "Asked for", "Other providers"}


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
    assert names >= WORDS - {"Other providers"}


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
    apart = [row["kind"] for row in rows(found["Why it moved, kind"])] if "Why it moved, kind" in found.sheetnames else []
    assert "rare" not in apart
    if "Largest differences" in found.sheetnames:
        assert not hidden & {row["Group"] for row in rows(found["Largest differences"])}


def test_too_few_comments_make_nothing_of_words(book):
    lines = [f"{10 - i % 4},{'the export is missing' if i < 3 else ''}" for i in range(80)]
    found = book(file=("f.csv", ("nps,comment\n" + "\n".join(lines)).encode()))
    assert not WORDS & set(found.sheetnames)


def test_a_view_with_numbers_only_holds_no_words_and_what_it_carries(book):
    link, _ = links(share(open_page("score", **SAMPLE), "numbers", title="First quarter"))
    found = book(**link)
    assert not WORDS & set(found.sheetnames)
    assert "Words that occur together" not in found.sheetnames
    assert "Why it moved, what comments say" in found.sheetnames  # sums by theme, which it carries
    assert {"Score", "Industries", "Comments", "Each comment once"} <= set(found.sheetnames)
    said = {str(cell.value) for sheet in found for line in sheet.iter_rows() for cell in line}
    assert not any("b2b_software" in text for text in said)


def test_a_view_with_comments_holds_their_words(book):
    link, _ = links(share(open_page("score", **SAMPLE), "comments", title="First quarter"))
    assert WORDS - {"Other providers"} <= set(book(**link).sheetnames)
