"""Answers and what comments say, taken together: a view with numbers only gives no handful away that neither gives away alone."""

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, eye_array, hstack

from nps_core.comments.codes import CODABLE, PRIMARY
from nps_core.comments.voice import ANSWERED, FIGURES, SPEAKERS
from nps_core.hosted import numbers_only
from nps_core.hosted.linked import Ledger
from nps_core.hosted.numbers import axis_name
from nps_core.hosted.themes import NAMED
from tests.core.test_hosted_voices import with_comments

WHOM = ["Region", "Plan", "month", "quarter", "year"]  # by what the attacker knows people
THEMES = [f"primary:{theme}" for theme in PRIMARY]  # every comment that can be coded stands under one of them
STATUSES = [name for name in NAMED if name.startswith("status:")]  # and everybody's comment, written or not, has one status


class Known:
    """All that a reader of a view knows, as equations over cells of people: (region, plan, month) by the score they gave.

    `answers` are (cells, how many they are), `voices` (cells, how many of them stand under each of `THEMES`).
    """

    def __init__(self, responses, coded, numbers):
        frame = coded.responses.frame.assign(month=responses.frame["when"].dt.strftime("%Y-%m"), who=coded.responses.outcome)
        frame["quarter"] = frame["when"].dt.to_period("Q").astype("str").str.replace("Q", "-Q")
        frame["year"] = frame["when"].dt.strftime("%Y")
        frame["codable"] = coded.patterns["status"].isin(CODABLE).to_numpy()[frame[coded.pattern].astype("str").astype(int)]
        self.cells = frame.groupby([*WHOM, "who"], observed=True)["codable"].agg(["size", "sum"]).reset_index()
        self.place = self.cells.groupby(WHOM, observed=True).ngroup().to_numpy()
        self.answers, self.voices = [], []
        said = numbers.said
        for axes, table in numbers.tables.items():
            for key, sums in table.items():
                inside = self.inside([(axis_name(axis), value, value) for axis, value in zip(axes, key, strict=True)])
                self.take(inside, sums, said.tables.get(axes, {}).get(key, {}), FIGURES)
        for (kind, where), line in numbers.lines.items():
            heard = said.themes.get((kind, where), [{}] * len(line.blocks))
            for i, block in enumerate(line.blocks):
                ends = [*((column, value, value) for column, value in where), (kind, block.members[0], block.members[-1])]
                self.take(self.inside(ends), line.sums[i], heard[i], NAMED)
                for column, groups in line.parts.items():
                    for name, row in groups.items():
                        self.take(self.inside([*ends, (column, name, name)]), row[i], {}, NAMED)

    def inside(self, ends):
        """The cells between two values of each column."""
        found = np.ones(len(self.cells), dtype=bool)
        for column, first, last in ends:
            found &= self.cells[column].astype("str").between(first, last).to_numpy()
        return found

    def take(self, inside, sums, heard, named):
        if sums is not None:
            assert self.cells["size"][inside].sum() == sum(sums[:14])
            self.answers.append((inside, sum(sums[:14])))
        for speaker, counts in heard.items():
            by_name = dict(zip(named, counts, strict=True))
            mine = inside & self.cells["who"].isin([ANSWERED.index(one) for one in SPEAKERS[speaker]]).to_numpy()
            assert self.cells["sum"][mine].sum() == sum(by_name[theme] for theme in THEMES)
            self.answers.append((mine, sum(by_name[status] for status in STATUSES)))
            self.voices.append((mine, [by_name[theme] for theme in THEMES]))

    def span(self, handful, comments):
        """The fewest and the most answers (or comments that can be coded) there could be in some of the places.

        Unknown are the answers of each cell and, of each, how many stand under each theme: never below nothing, all themes of
        a cell together no more than its answers.
        """
        many, width = len(self.cells), len(THEMES)
        rows, spoken = (csr_array(np.array([cells for cells, _ in each], dtype=float)) for each in (self.answers, self.voices))
        equal = block_array(
            [[rows, None]] + [[None, hstack([spoken if i == j else 0 * spoken for j in range(width)])] for i in range(width)]
        )
        sums = np.concatenate([[n for _, n in self.answers], np.array([counts for _, counts in self.voices]).T.ravel()])
        no_more = hstack([-eye_array(many), *[eye_array(many)] * width])
        aim = np.zeros(many * (1 + width))
        here = np.isin(self.place, handful).astype(float)
        aim[many if comments else 0 :][: many * (width if comments else 1)] = np.tile(here, width if comments else 1)
        ends = [linprog(way * aim, A_eq=equal, b_eq=sums, A_ub=no_more, b_ub=np.zeros(many), bounds=(0, None)) for way in (1, -1)]
        assert all(end.success for end in ends)
        return ends[0].fun, -ends[1].fun


def handfuls(known, comments, chance, most):
    """Some of the places with one to four answers, or as many comments that can be coded."""
    sizes = np.bincount(known.place, weights=known.cells["sum" if comments else "size"])
    few = np.flatnonzero((sizes > 0) & (sizes < 5))
    assert len(few) > 10, "this survey tests nothing"
    return chance.choice(few, most, replace=False)


@pytest.mark.parametrize("comments", [False, True], ids=["answers", "comments"])
@pytest.mark.parametrize(("seed", "n"), [(0, 120), (1, 160)])
def test_answers_and_comments_together_pin_nobody_down(seed, n, comments):
    """Linear programming over everything that is shown of answers and of comments: no place of one to four has but one size.

    Of answers the sums of all scores are taken, and those of each speaker by the status of their comments.
    """
    responses, coded = with_comments(seed, n=n)
    known = Known(responses, coded, numbers_only(responses, dimensions=("Region", "Plan"), comments=coded))
    assert len(known.voices) > 10, "this survey tests nothing"
    for place in handfuls(known, comments, np.random.default_rng(seed), 4):
        low, high = known.span([place], comments)
        assert high - low > 0.5, f"{low} pinned down"


def test_without_the_ledger_they_would(monkeypatch):
    monkeypatch.setattr(Ledger, "admit", lambda self, cells: True)
    responses, coded = with_comments(1, n=160)
    known = Known(responses, coded, numbers_only(responses, dimensions=("Region", "Plan"), comments=coded))
    spans = [known.span([place], comments=False) for place in handfuls(known, False, np.random.default_rng(1), 12)]
    assert any(high - low < 0.5 for low, high in spans)
