import pandas as pd
import pytest

from nps_core import benchmarks
from nps_core.comments.contrast import contrast_words, count_words, sides
from nps_core.family import mix, rescale_histogram
from nps_core.meeting.further import Contrast, Named, Periods, Said
from nps_core.meeting.workbook import workbook
from nps_core.moved import moved
from nps_core.scale import GROUPS
from nps_core.segments import looked_at, search
from tests.core.meeting.books import computed_by, opened, rows
from tests.core.meeting.surveys import ACCOUNTS, ASK, NAMES, SOURCE, TALLY, VOICES, compared, result

DOCUMENTS = pd.DataFrame(
    [
        *[("=cheap report", "passive", 1)] * 9,
        *[("slow support", "passive", 2)] * 3,
        *[("great report", "promoter", 1)] * 12,
        *[("slow support", "detractor", 1)] * 3,  # fewer than five: nothing is told of them
    ],
    columns=["text", "group", "count"],
).assign(language="en", coded=False)
# Old left between the periods, New came, Free answers better than before, Pro the same.
FIRST = pd.DataFrame([[10, 10, 10], [5, 10, 25], [10, 5, 5]], index=["Free", "Pro", "Old"], columns=list(GROUPS))
SECOND = pd.DataFrame([[5, 10, 25], [5, 10, 25], [0, 10, 10]], index=["Free", "Pro", "=New"], columns=list(GROUPS))


def contrast(against):
    two = sides(DOCUMENTS, "passive", against)
    found = contrast_words(count_words(DOCUMENTS), two, "passive", against)
    return Contrast("passive", against, found, int(two.group.sum()), int(two.against.sum()))


def said():
    return Said(
        (contrast("promoter"), contrast("detractor")),
        pd.DataFrame({"Words": ["slow, support"], "Comments": [6], "For example": ["=slow support"]}),
        (Named("passive", requests("=HYPERLINK(1)"), RIVALS, SUBS, "Missing features"), Named("promoter", requests("Dark mode"))),
    )


RIVALS = pd.DataFrame({"name": ["Rival"], "comments": [2], "example": ["+1 for Rival"]})
SUBS = pd.DataFrame({"name": ["App", "Report"], "count": [12, 9], "share": [0.6, 0.45], "low": [0.4, 0.2], "high": [0.8, 0.7]})


def requests(wished):
    return pd.DataFrame({"request": [wished], "comments": [3], "sub_theme": ["App"], "example": ["@ad"], "texts": [(1,)]})


def searched():
    return search(looked_at({"Plan": compared()}), ASK.level)


@pytest.fixture(scope="module")
def content():
    return workbook(
        result(),
        ACCOUNTS,
        ASK,
        SOURCE,
        tally=TALLY,
        groups={"Plan": compared()},
        voices=VOICES | {"7": VOICES["passive"], "8": VOICES["passive"]},
        names=NAMES,
        totals={"passive": 60},
        apart={"Plan": {"=Pro": VOICES["passive"], "Free": None}},
        second=result().set_axis(["=Last year"]),
        share=0.1,
        figures=benchmarks.chosen(["Airlines"]),
        searched=searched(),
        moved={"Plan": Periods(("2024-Q1", "2024-Q2"), FIRST, SECOND)},
        said=said(),
    )


def test_every_table_has_its_sheet(content):
    assert opened(content).sheetnames == [
        "About",
        "Score",
        "Scores 0 to 10",
        "Same score, other passives",
        "Same score",
        "Industries",
        "By Plan",
        "Largest differences",
        "Why it moved, Plan",
        "Who commented",
        "Comments",
        "Each comment once",
        "Passives by Plan",
        "Words, passives and promoters",
        "Words that occur together",
        "Asked for",
        "Other providers",
        "Parts of Missing features",
        "Asked for, promoters",
        "How computed",
    ]


def test_every_formula_has_the_value_it_comes_to(content):
    formulas, values = opened(content), opened(content, values=True)
    seen = {sheet.title: 0 for sheet in formulas}
    for sheet in formulas:
        for cell in (cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"):
            expected = pytest.approx(computed_by(cell.value, sheet), abs=1e-9)
            assert values[sheet.title][cell.coordinate].value == expected, (sheet.title, cell.coordinate)
            seen[sheet.title] += 1
    assert all(seen[title] for title in seen if title.startswith(("Same", "Ind", "Larg", "Why", "Each", "Words, ", "Parts")))


def test_what_is_laid_beside_has_the_figures_of_the_core(content):
    told = rows(opened(content, values=True)["Same score"])
    assert [row["Survey"] for row in told] == ["This survey", "=Last year"]
    assert [row["NPS"] for row in told] == [pytest.approx(30), pytest.approx(30)]  # TALLY, twice
    assert told[1]["Passives, share"] == pytest.approx(0.4)


def test_the_mix_of_the_slider_has_the_shares_of_the_core(content):
    told = rows(opened(content, values=True)["Same score, other passives"])
    title = "Same score, other passives, share"
    assert [row[title] for row in told[:11]] == pytest.approx(rescale_histogram(TALLY.iloc[0], 0.1).tolist())
    assert [row["This survey, share"] for row in told[:11]] == pytest.approx((TALLY.iloc[0] / 200).tolist())
    foot = {row["Group"]: (row["This survey, share"], row[title]) for row in told[11:] if row["Group"]}
    promoters, passives, detractors = mix(30, 0.1)
    # 30, 80 and 90 of 200; at the same score with a tenth of passives (1 − 0.1 ± 0.3) ÷ 2: 60% and 30%.
    assert (promoters, passives, detractors) == pytest.approx((0.6, 0.1, 0.3))
    assert foot["Passives"] == pytest.approx((0.4, passives))
    assert foot["Promoters"] == pytest.approx((0.45, promoters))
    assert foot["Detractors"] == pytest.approx((0.15, detractors))
    assert foot["NPS"] == pytest.approx((30, 30))


def test_a_group_nobody_is_in_is_spread_evenly_over_its_scores():
    nobody = TALLY.copy()
    nobody.iloc[0, :7] = 0  # no detractors: 80 passives and 90 promoters
    content = workbook(result(nobody), ACCOUNTS, ASK, SOURCE, tally=nobody, share=0.2)
    sheet, title = opened(content)["Same score, other passives"], "Same score, other passives, share"
    told = rows(opened(content, values=True)["Same score, other passives"])[:11]
    assert [row[title] for row in told] == pytest.approx(rescale_histogram(nobody.iloc[0], 0.2).tolist())
    assert [computed_by(cell.value, sheet) for cell in sheet["E"][1:12]] == pytest.approx([row[title] for row in told])


def test_where_only_groups_are_known_there_is_no_mix():
    groups = pd.DataFrame([[30, 80, 90]], columns=list(GROUPS))
    book = opened(workbook(result(), ACCOUNTS, ASK, SOURCE, tally=groups, share=0.2))
    assert book.sheetnames == ["About", "Score", "How computed"]


def test_industries_say_how_far_this_survey_is_from_each(content):
    told = rows(opened(content, values=True)["Industries"])
    expected = benchmarks.for_industry("Airlines")
    assert [(row["From"], row["To"]) for row in told] == list(zip(expected["low"], expected["high"], strict=True))
    beyond = [benchmarks.position(30.0, *ends).points for ends in zip(expected["low"], expected["high"], strict=True)]
    assert [row["This survey, points above or below"] for row in told] == pytest.approx(beyond)


def test_the_search_has_the_differences_and_verdicts_of_the_core(content):
    told = rows(opened(content, values=True)["Largest differences"])
    for row, (_, expected) in zip(told, searched().iterrows(), strict=True):
        factor = 1 if expected["measure"] == "nps" else 100  # shares in points
        assert row["Group"] == expected["group"]
        assert row["Difference, points"] == pytest.approx(factor * expected["difference"])
        assert row["q, over all that was looked at"] == pytest.approx(expected["q"])
        assert (row["Verdict"] == "beyond noise") == expected["beyond"]
    assert {row["Group"] for row in told} == {"Free", "Pro", "=1+1"}  # of the hidden ones nothing


def test_the_parts_of_a_change_add_up_to_it(content):
    told = {row["Plan"]: row for row in rows(opened(content, values=True)["Why it moved, Plan"])}
    for name, expected in moved(FIRST, SECOND).iterrows():
        for title, column in (("Within, points", "within"), ("Mix, points", "mix"), ("NPS, 2024-Q1", "nps_first")):
            found = told[name][title]
            assert found is None if pd.isna(expected[column]) else found == pytest.approx(expected[column])
    # 40 promoters and 25 detractors of 90, then 60 and 10 of 100.
    change = 100 * (60 - 10) / 100 - 100 * (40 - 25) / 90
    assert told["All of them"]["Together, points"] == pytest.approx(change)
    assert told["Change of the NPS"]["Together, points"] == pytest.approx(change)


def test_a_change_of_one_group_is_not_taken_apart():
    alone = Periods(("a", "b"), FIRST.head(1), SECOND.head(1))
    assert opened(workbook(result(), ACCOUNTS, ASK, SOURCE, moved={"Plan": alone})).sheetnames == [
        "About",
        "Score",
        "How computed",
    ]


def test_words_have_the_counts_and_odds_of_the_core(content):
    told = {row["Word"]: row for row in rows(opened(content, values=True)["Words, passives and promoters"])}
    expected = contrast("promoter").found.set_index("word")
    assert set(told) == set(expected.index)
    # 9 of the 15 passives' comments hold it, and all 12 of the promoters'.
    row = told["report"]
    assert (row["Passives' comments with it"], row["Passives' comments"], row["Passives, share"]) == (9, 15, 0.6)
    assert (row["Promoters' comments with it"], row["Promoters' comments"], row["Promoters, share"]) == (12, 12, 1)
    for word, row in told.items():
        assert row["q"] == pytest.approx(expected.loc[word, "q"])
        if not pd.isna(expected.loc[word, "log_odds"]):
            assert row["Log-odds"] == pytest.approx(expected.loc[word, "log_odds"])


def test_texts_stand_as_text(content):
    book = opened(content)
    assert rows(book["Asked for"])[0]["Asked for"] == "=HYPERLINK(1)"
    for name in ("Asked for", "Other providers", "Words that occur together", "Words, passives and promoters"):
        texts = [cell for line in book[name].iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)]
        assert all(cell.quotePrefix for cell in texts if cell.data_type != "f")
    assert all(cell.data_type != "f" for line in book["Asked for"].iter_rows() for cell in line)
