"""What comments say in a view with numbers only: the survey's own figures, nobody's words, and no way back to a handful."""

import numpy as np
import pytest
from scipy.optimize import linprog

from nps_core import Question
from nps_core.comments import themes
from nps_core.comments.codebook import load
from nps_core.comments.codes import CODABLE
from nps_core.comments.scan import comments
from nps_core.comments.voice import ANSWERED, FIGURES, SPEAKERS, voices
from nps_core.hosted import numbers_only
from nps_core.hosted.linked import Ledger
from nps_core.hosted.numbers import axis_name
from nps_core.hosted.payload import decode, encode
from nps_core.hosted.themes import NAMED
from nps_core.hosted.voices import read as read_tables
from nps_core.reading import read
from nps_core.samples import load as sample
from nps_core.tally import count
from tests.core.test_hosted import survey

SAYINGS = ("support is slow", "too expensive", "great product, love it", "n/a", "", "", "hard to use", "missing an export")


def with_comments(seed, n=400):
    chance = np.random.default_rng(seed)
    responses = survey(seed, n=n)
    texts = [SAYINGS[i] for i in chance.integers(len(SAYINGS), size=n)]
    responses.frame["comment_1"] = np.array(texts, dtype=object)
    responses.frame["comment_1"] = responses.frame["comment_1"].astype("str")
    return responses, comments(responses, {"en": load("en")})


@pytest.fixture(scope="module")
def software():
    responses = read([sample("software")])
    return responses, comments(responses, {language: load(language) for language in ("en", "de")})


ASKED = (
    Question(),
    Question(where=(("plan", ("Team",)),)),
    Question(where=(("region", ("EMEA", "APAC")),)),
    Question(where=(("plan", ("Team",)), ("region", ("EMEA",)))),
)


@pytest.mark.parametrize("question", ASKED, ids=lambda q: str(q.to_params()))
def test_what_is_heard_is_what_the_survey_says(software, question):
    responses, coded = software
    numbers = decode(encode(numbers_only(responses, dimensions=("plan", "region"), comments=coded)))
    counts = count(coded.responses, tuple(sorted({*question.columns, coded.pattern})))
    own = voices(themes.said(counts, question, coded), coded)
    heard = numbers.voices(question)
    assert {"passive", "promoter"} <= set(heard)
    for speaker, said in heard.items():
        assert (said == own[speaker]).all(), speaker
    assert themes.verdict(heard["passive"]) == pytest.approx(themes.verdict(own["passive"]), nan_ok=True)
    assert (numbers.said.names["service"], numbers.said.books.count("(")) == (coded.books["en"].names["service"], 2)


def test_the_parts_of_a_split_are_heard_apart(software):
    responses, coded = software
    numbers = numbers_only(responses, dimensions=("plan", "region"), comments=coded)
    parts = numbers.split_voices(Question(by=("plan",)), "passive")
    assert list(parts) == list(numbers.values["plan"])
    assert sum(part["primary:service"] for part in parts.values()) == numbers.voices(Question())["passive"]["primary:service"]
    assert numbers.split_voices(Question(by=("plan",)), "nobody") == dict.fromkeys(parts)


def test_without_comments_there_is_nothing_to_hear():
    responses = survey(1)
    assert numbers_only(responses).voices(Question()) == {}
    assert numbers_only(responses, comments=None).said is None


def test_no_word_of_a_comment_is_carried(software):
    responses, coded = software
    numbers = numbers_only(responses, dimensions=("plan", "region"), comments=coded)
    held = repr(numbers) + str(numbers.said.tables)
    said = {text for text in coded.texts["text"] if len(text) >= 8}
    assert len(said) > 200
    assert not [text for text in said if text in held]


def figures(responses, coded, numbers):
    """The cells of the survey (region, plan, month, who) with their codable comments, and for each voice its cells."""
    frame = coded.responses.frame.assign(month=responses.frame["when"].dt.strftime("%Y-%m"))
    frame["quarter"] = frame["when"].dt.to_period("Q").astype("str").str.replace("Q", "-Q")
    frame["year"] = frame["when"].dt.strftime("%Y")
    frame["who"] = coded.responses.outcome
    frame["codable"] = coded.patterns["status"].isin(CODABLE).to_numpy()[frame[coded.pattern].astype("str").astype(int)]
    keys = ["Region", "Plan", "month", "quarter", "year", "who"]
    cells = frame.groupby(keys, observed=True)["codable"].agg(["sum", "size"]).reset_index()
    rows = []
    for axes, table in numbers.said.tables.items():
        for key, heard in table.items():
            inside = np.ones(len(cells), dtype=bool)
            for axis, value in zip(axes, key, strict=True):
                inside &= (cells[axis_name(axis)].astype("str") == value).to_numpy()
            for speaker, sums in heard.items():
                members = [ANSWERED.index(member) for member in SPEAKERS[speaker]]
                mine = inside & cells["who"].isin(members).to_numpy()
                rows.append(mine.astype(float))
                by_name = dict(zip(FIGURES, sums, strict=True))
                assert cells.loc[mine, "sum"].sum() == by_name["status:coded"] + by_name["status:not_coded"]
    for (kind, where), blocks in numbers.said.themes.items():
        mine = np.all([np.ones(len(cells), bool)] + [(cells[column] == value).to_numpy() for column, value in where], axis=0)
        for block, heard in zip(numbers.lines[kind, where].blocks, blocks, strict=True):
            for speaker, sums in heard.items():
                members = [ANSWERED.index(member) for member in SPEAKERS[speaker]]
                here = mine & cells[kind].between(block.members[0], block.members[-1]).to_numpy() & cells["who"].isin(members)
                rows.append(here.to_numpy().astype(float))
                codable = [NAMED.index(f"status:{status}") for status in CODABLE]
                assert cells.loc[here, "sum"].sum() == sum(sums[at] for at in codable)
    return cells, np.array(rows)


@pytest.mark.parametrize("seed", range(4))
def test_subtraction_of_voices_reveals_nothing(seed):
    """The attacker tries every linear combination of all voices: none lives on cells with one to four codable comments alone."""
    responses, coded = with_comments(seed, n=300 + 150 * seed)
    numbers = numbers_only(responses, dimensions=("Region", "Plan"), comments=coded)
    cells, rows = figures(responses, coded, numbers)
    assert len(rows) > 10, "this survey tests nothing"
    assert any(where for _, where in numbers.said.themes), "no theme over time but everybody's"
    codable = cells["sum"].to_numpy()
    for row in rows:
        assert not row.any() or codable[row > 0].sum() >= 5
    projector = np.linalg.pinv(rows) @ rows
    small = np.flatnonzero(codable < 5)
    assert (projector.diagonal()[small] < 1 - 1e-9).all()
    chance = np.random.default_rng(seed)
    for _ in range(300):  # handfuls of cells that together hold fewer than five
        some = chance.permutation(small)[: int(chance.integers(2, 6))]
        if codable[some].sum() < 5:
            assert np.linalg.eigvalsh(projector[np.ix_(some, some)]).max() < 1 - 1e-9
    # Linear programming: knowing that no count is negative, none of 1 to 4 is pinned down.
    few = small[codable[small] > 0]
    assert len(few) > 10, "this survey tests nothing"
    for i in chance.choice(few, 8, replace=False):
        ends = [linprog(way * np.eye(len(cells))[i], A_eq=rows, b_eq=rows @ codable, bounds=(0, None)) for way in (1, -1)]
        assert all(end.success for end in ends)
        assert -ends[1].fun - ends[0].fun > 0.5, f"{codable[i]} pinned down"


def test_without_the_ledger_subtraction_would_do(monkeypatch):
    responses, coded = with_comments(2, n=500)
    monkeypatch.setattr(Ledger, "admit", lambda self, cells: True)
    cells, rows = figures(responses, coded, numbers_only(responses, dimensions=("Region", "Plan"), comments=coded))
    projector = np.linalg.pinv(rows) @ rows
    assert (projector.diagonal()[cells["sum"].to_numpy() < 5] > 1 - 1e-9).any()


def test_sums_of_another_version_are_read_by_name():
    names = [*reversed(FIGURES), "of a later version"]
    tables = read_tables([[[], [[[], {"passive": list(range(len(names)))}]]]], names)
    assert tables[()][()]["passive"] == tuple(names.index(name) for name in FIGURES)
    assert read_tables([[[], [[[], {"passive": [3]}]]]], ["praise"])[()][()]["passive"][FIGURES.index("praise")] == 3
    with pytest.raises(ValueError, match="no sums"):
        read_tables([[[], [[[], {"passive": [1, 2]}]]]], ["praise"])
