import pytest

from nps_core.comments import themes
from nps_core.comments.by_theme import THEMES, theme_tally
from nps_core.comments.codebook import load as load_book
from nps_core.comments.scan import comments
from nps_core.moved import moved
from nps_core.question import Question
from nps_core.reading import read
from nps_core.samples import load
from nps_core.scale import GROUPS
from nps_core.tally import count, group_counts, tally
from nps_core.trend import of_members

QUARTERS = Question(period="quarter")


@pytest.fixture(scope="module")
def coded():
    return comments(read([load("software")]), {"en": load_book("en")})


@pytest.fixture(scope="module")
def counts(coded):
    said = themes.said(count(coded.responses, (coded.pattern,), "quarter"), QUARTERS, coded)
    return theme_tally(said, coded)


def test_every_respondent_stands_under_one_theme(coded, counts):
    # The themes of a quarter add up to its answers, those without words too.
    periods = group_counts(tally(coded.responses, QUARTERS))
    assert counts.groupby(level="period").sum().to_dict() == periods.to_dict()
    assert set(counts.index.get_level_values("theme")) <= set(THEMES)
    assert list(counts.columns) == list(GROUPS)


def test_the_parts_of_the_themes_add_up_to_the_change(coded, counts):
    found = moved(of_members(counts, ["2024-Q3"]), of_members(counts, ["2025-Q2"]))
    d, _, r = (group_counts(tally(coded.responses, QUARTERS))[name] for name in GROUPS)
    n = tally(coded.responses, QUARTERS).sum(axis=1)
    nps = 100 * (r - d) / n
    assert found[["within", "mix"]].to_numpy().sum() == pytest.approx(nps["2025-Q2"] - nps["2024-Q3"])
