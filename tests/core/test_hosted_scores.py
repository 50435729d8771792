"""Single scores in a view with numbers only: where it has them, and that no count of them gives a handful away."""

import numpy as np
import pytest
from scipy.optimize import linprog

from nps_core import Question
from nps_core.hosted import lines, making, numbers_only
from nps_core.scale import DETRACTORS, PASSIVES, PROMOTERS, SCORES
from tests.conftest import build_responses
from tests.core.test_hosted import survey
from tests.core.test_hosted_lines import figures

SURVEYS = ({"n": 250}, {"n": 400}, {"n": 2000, "regions": 8, "plans": 8, "months": 12})
TRIES = 3  # for each kind sets of numbers looked for at once, before each cell is looked at by itself


def by_score(counts, rows, counted):
    """What is known of each single score: where it is shown, its sums there, and how many there are in each cell."""
    has = counted[:, : len(SCORES)].any(axis=1) | (counted.sum(axis=1) == 0)
    return [(rows[has], counted[has, score], counts[:, score]) for score in SCORES]


def by_group(counts, rows, counted):
    """The same of detractors, passives and promoters."""
    groups = [[*scores, len(SCORES) + at] for at, scores in enumerate((DETRACTORS, PASSIVES, PROMOTERS))]
    return [(rows, counted[:, group].sum(axis=1), counts[:, group].sum(axis=1)) for group in groups]


def given_away(known, few):
    """Which of a few cells have but one possible number of every kind: counts are never below nothing."""
    chance = np.random.default_rng(0)
    for kind in known * TRIES:
        few = unmoved(kind, few, chance.uniform(-1, 1, len(few)))
    return [cell for cell in few if all(unmoved(kind, [cell], np.ones(1)) for kind in known)]


def unmoved(kind, few, direction):
    """Which of a few cells have their true number in both sets of numbers that lie furthest in one direction."""
    if not few:
        return []
    matrix, sums, truth = kind
    aim = np.zeros(len(truth))
    aim[few] = direction
    ends = [linprog(way * aim, A_eq=matrix, b_eq=sums, bounds=(0, None)) for way in (1, -1)]
    assert all(end.success for end in ends)
    return [cell for cell in few if all(abs(end.x[cell] - truth[cell]) < 0.5 for end in ends)]


def attacked(n, **sizes):
    """The cells of one to four answers that a view of a survey gives away: by its single scores, by its groups."""
    responses = survey(2, n=n, **sizes)
    cells, *known, _ = figures(responses, numbers_only(responses, dimensions=("Region", "Plan")))
    few = np.flatnonzero(cells["n"] < 5).tolist()
    assert len(few) > 50, "this survey tests nothing"
    return [given_away(kinds(*known), few) for kinds in (by_score, by_group)]


@pytest.mark.parametrize("sizes", SURVEYS, ids=lambda sizes: str(sizes["n"]))
def test_no_count_gives_a_handful_away(sizes):
    """Linear programming over the counts of every single score and of every group, in tables and over time."""
    assert attacked(**sizes) == [[], []]


def test_with_single_scores_everywhere_they_would(monkeypatch):
    monkeypatch.setattr(making, "single_scores", lambda axes: True)
    monkeypatch.setattr(lines, "coarse", lambda sums: sums)
    assert len(attacked(**SURVEYS[-1])[0]) > 10


def test_single_scores_are_of_columns_and_of_the_time_and_not_of_both():
    responses = build_responses(
        [i % 11 for i in range(440)],
        when=["2024-02-01", "2024-05-01"] * 220,
        Region=["ABCD"[i // 2 % 4] for i in range(440)],
        Plan=["xy"[i // 8 % 2] for i in range(440)],
    )
    numbers = numbers_only(responses, dimensions=("Region", "Plan"))
    with_scores = (Question(), Question(by=("Region", "Plan")), Question(where=(("Plan", ("x",)),)), Question(period="quarter"))
    without = (Question(where=(("Plan", ("x",)),), period="quarter"), Question(by=("Region",), period="month"))
    assert [len(numbers.tally(question).columns) for question in with_scores] == [11] * 4
    assert [len(numbers.tally(question).columns) for question in without] == [3] * 2
    assert list(numbers.line(Question(), "quarter").tally().columns) == ["detractor", "passive", "promoter"]
