import io
import zipfile

import pandas as pd
import pytest

from nps_core.answer import answer
from nps_core.comments import themes
from nps_core.meeting.workbook import workbook
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import compare
from tests.core.meeting.books import computed_by, opened, rows
from tests.core.meeting.surveys import (
    ACCOUNTS,
    ASK,
    HIDDEN,
    NAMES,
    SOURCE,
    TALLY,
    VOICES,
    compared,
    every_slide,
    line,
    result,
)

COMPUTED = [item for slide in every_slide() for item in slide.computed]


def made(**changes):
    asked = {
        "tally": TALLY,
        "groups": {"Plan": compared()},
        "periods": {"quarter": line()},
        "voices": VOICES,
        "names": NAMES,
        "totals": {"passive": 60},
        "computed": COMPUTED,
    } | changes
    return workbook(result(), ACCOUNTS, ASK, SOURCE, **asked)


@pytest.fixture(scope="module")
def content():
    return made()


def test_every_sheet_is_there(content):
    assert opened(content).sheetnames == [
        "About",
        "Score",
        "Scores 0 to 10",
        "By Plan",
        "Trend by quarter",
        "Who commented",
        "Comments",
        "Each comment once",
        "How computed",
    ]


def test_every_formula_has_the_value_it_comes_to(content):
    formulas, values = opened(content), opened(content, values=True)
    seen = 0
    for sheet in formulas:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    assert values[sheet.title][cell.coordinate].value == pytest.approx(computed_by(cell.value, sheet))
                    seen += 1
    # Score 5; scores 11 shares and 5 sums; three groups and three periods of 5; comments one a theme of the 14 listed, three ways
    # of looking around and those who name another provider, and any gap; 7 themes that each comment is counted under once; one
    # group that commented.
    assert seen == 5 + 16 + 15 + 15 + 14 + 5 + 7 + 1


@pytest.mark.parametrize(("name", "of"), [("Score", result), ("By Plan", compared), ("Trend by quarter", line)])
def test_the_figures_of_groups_are_those_of_the_core(content, name, of):
    columns = {
        "Answers": "n",
        "Detractors": "detractor",
        "Passives": "passive",
        "Promoters": "promoter",
        "Detractors, share": "detractor_share",
        "Passives, share": "passive_share",
        "Promoters, share": "promoter_share",
        "NPS": "nps",
        "NPS from": "low",
        "NPS to": "high",
        "Passives from": "passive_low",
        "Passives to": "passive_high",
        "NPS of all others": "nps_rest",
        "NPS, difference": "nps_difference",
        "NPS, q": "nps_q",
        "Passives of all others": "passive_rest",
        "Passives, q": "passive_q",
    }
    found = of()
    told = rows(opened(content, values=True)[name])[: len(found)]
    for row, (_, expected) in zip(told, found.iterrows(), strict=True):
        for title, column in columns.items():
            if column in expected and title in row:
                if pd.isna(expected[column]):
                    assert row[title] is None
                else:
                    assert row[title] == pytest.approx(float(expected[column]))


def test_the_eleven_scores_add_up_to_the_score(content):
    sheet = opened(content, values=True)["Scores 0 to 10"]
    told = rows(sheet)
    assert [row["Answers"] for row in told[:11]] == TALLY.iloc[0].tolist()
    foot = {row["Group"]: row["Answers"] for row in told[11:] if row["Group"]}
    # 30, 80 and 90 of 200: (90 − 30) ÷ 200.
    assert foot == {"All answers": 200, "Detractors": 30, "Passives": 80, "Promoters": 90, "NPS": pytest.approx(30)}


def test_hidden_groups_have_a_reason_and_no_figure(content):
    told = {row["Plan"]: row for row in rows(opened(content, values=True)["By Plan"])}
    for name in HIDDEN:
        filled = {title for title, value in told[name].items() if value not in (None, "")}
        assert filled == {"Plan", "Note"}
        assert told[name]["Note"].startswith("hidden: fewer than 5 answers")
    assert told["Free"]["Note"] is None


def test_what_comments_say_is_that_of_the_core(content):
    told = {(row["Comments of"], row["Theme"]): row for row in rows(opened(content, values=True)["Comments"])}
    expected = themes.holding(VOICES["passive"], ASK.level).loc["features"]
    row = told["Passives", "Missing features"]
    # 20 of the 36 + 4 that say why.
    assert (row["Comments"], row["Comments that say why"], row["Share"]) == (20, 40, 0.5)
    assert (row["From"], row["To"]) == (pytest.approx(expected["low"]), pytest.approx(expected["high"]))


@pytest.mark.parametrize(
    "changes",
    [
        {"totals": {"passive": 62}},  # the filter leaves out two of 62
        {"voices": {"passive": VOICES["passive"].where(VOICES["passive"] == 0, 2)}},  # four comments say why
    ],
)
def test_comments_of_few_are_hidden_with_a_reason(changes):
    few = changes.get("voices", VOICES)["passive"]
    told = rows(opened(made(**changes | ({"totals": None} if "voices" in changes else {})), values=True)["Comments"])
    assert themes.heard(few)["codable"] in (40, 4)
    assert len(told) == 1
    assert [title for title, value in told[0].items() if value is not None] == ["Comments of", "Note"]


def test_how_it_was_computed_and_where_it_comes_from(content):
    told = {(row["Figure"], row["Formula"], row["Numbers"], row["Source"]) for row in rows(opened(content)["How computed"])}
    assert told == set(COMPUTED)
    about = {row["What"]: row["Says"] for row in rows(opened(content)["About"])}
    assert about["Source"] == SOURCE
    assert about["Filters"] == "none"
    assert about["Target, NPS"] == "40"


def test_filters_are_told():
    asked = Question(where=(("Region", ("EU", "=1+1")),), wave=("w1",))
    about = {row["What"]: row["Says"] for row in rows(opened(workbook(result(), ACCOUNTS, asked, SOURCE))["About"])}
    assert about["Filters"] == "Region: EU or =1+1; Wave: w1"


def test_headers_are_frozen(content):
    assert {sheet.freeze_panes for sheet in opened(content)} == {"B2"}


FOREIGN = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.test")', "http://x.test", "{=1}", "\x00\x1b=2", "12", " =3")


def test_foreign_text_stays_text():
    counts = pd.DataFrame([[10, 10, 10]] * len(FOREIGN), index=list(FOREIGN), columns=list(GROUPS))
    split = compare(counts, ASK)
    columns = ("=cmd|'/c calc'!A0", "[bad]:*?/\\'" * 5, "[bad]:*?/\\'" * 5, "history", "'", "Score")
    content = workbook(result(), ACCOUNTS, ASK, "=evil.csv", groups=dict.fromkeys(columns, split), names={"ease": "=x"})
    book = opened(content)
    foreign = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert all(cell.value.startswith(("=B", "=C", "=D", "=100*(")) for cell in foreign)
    for sheet in book:
        if sheet.title.startswith("By"):
            told = [cell.value for cell in list(sheet["A"])[1:]]
            assert told == [name.replace("\x00", " ").replace("\x1b", " ") for name in FOREIGN]
            # Also where somebody edits the cell.
            assert all(cell.quotePrefix for cell in list(sheet["A"])[1:])
    assert len({title.casefold() for title in book.sheetnames}) == len(book.sheetnames)
    assert all(len(title) <= 31 for title in book.sheetnames)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if "externalLink" in name or "vba" in name]
        assert b"http://x.test" not in b"".join(packed.read(n) for n in packed.namelist() if n.endswith(".rels"))


def test_nothing_to_show_makes_a_workbook_without_figures():
    none = answer(TALLY * 0, ASK)
    book = opened(workbook(none, dict.fromkeys(ACCOUNTS, 0), ASK, SOURCE, tally=TALLY * 0), values=True)
    assert book.sheetnames == ["About", "Score", "How computed"]
    told = rows(book["Score"])[0]
    assert told["Answers"] == 0
    assert {title: told[title] for title in ("NPS", "NPS from", "Passives, share", "Band")} == dict.fromkeys(
        ("NPS", "NPS from", "Passives, share", "Band")
    )
