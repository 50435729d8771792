import numpy as np
import pandas as pd
import pytest

from nps_core.comments.emergent import ENOUGH, _dealt, emergent

STOCK = np.array([f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("lorp", "nusk", "mizz", "tarn")])


def shuffled(n, seed):
    """Comments of 1 to 25 words drawn independently of one another; lengths differ much, as they do in real surveys."""
    random = np.random.default_rng(seed)
    chances = 1 / (np.arange(len(STOCK)) + 5)
    texts = [
        " ".join(random.choice(STOCK, min(25, 1 + random.geometric(0.15)), p=chances / chances.sum())) + f" {i}" for i in range(n)
    ]
    return pd.DataFrame({"text": texts, "language": "", "count": 1})


def planted(n=1000, seed=5, pairs=40):
    frame = shuffled(n, seed)
    random = np.random.default_rng(seed)
    for words, share in ((("meter", "reading"), 1.0), (("reading", "estimate"), 0.5)):
        chosen = random.choice(n, int(pairs * share), replace=False)
        frame.loc[chosen, "text"] += f" {words[0]} and the {words[1]}"
    return frame


def test_shuffled_words_give_nothing():
    # one in twenty may, since a pair has to pass 95 % of the shuffles; of 120 such runs 4 did
    assert sum(not emergent(shuffled(1000, seed)).table.empty for seed in range(1000, 1020)) <= 1


def test_a_planted_group_is_found_and_named_by_its_words():
    frame = planted()
    found = emergent(frame)
    assert found.reason == ""
    row = found.table.iloc[0]
    assert row["words"] == ("reading", "meter", "estimate")  # in 60, 40 and 20 comments
    assert 55 <= row["comments"] <= 60
    assert "reading" in frame.loc[row["example"], "text"]


def test_neither_row_order_nor_labels_matter():
    frame = planted()
    mixed = frame.sample(frac=1, random_state=1)
    here, there = emergent(frame), emergent(mixed)
    pd.testing.assert_frame_equal(here.table, there.table)
    renamed = emergent(frame.set_axis([f"r{i}" for i in range(len(frame))]))
    assert renamed.table["example"].tolist() == [f"r{i}" for i in here.table["example"]]


def test_copies_make_no_theme_but_their_writers_are_counted():
    frame = shuffled(1000, 3)
    copies = pd.concat([frame, pd.DataFrame({"text": ["meter reading"] * 50, "language": "", "count": 1})])
    assert "meter" not in str(emergent(copies).table["words"].tolist())
    twice = planted().assign(count=2)
    assert emergent(twice).table["comments"].iloc[0] == 2 * emergent(planted()).table["comments"].iloc[0]


@pytest.mark.parametrize(("n", "reason"), [(0, "few"), (ENOUGH - 1, "few"), (ENOUGH, "chance")])
def test_below_900_nothing_is_looked_for(n, reason):
    found = emergent(shuffled(n, 4), shuffles=20)
    assert (found.reason, found.n, len(found.table)) == (reason, n, 0)
    assert found.table.columns.tolist() == ["words", "comments", "example"]


def test_texts_without_words_give_nothing():
    texts = pd.DataFrame({"text": [f"{i}" for i in range(ENOUGH)], "language": "", "count": 1})
    assert emergent(texts).reason == "chance"


def test_a_shuffle_keeps_how_often_a_word_stands_and_how_long_a_comment_is():
    random = np.random.default_rng(1)
    held = (random.random((500, 30)) < np.linspace(0.3, 0.02, 30)).astype(np.uint8)
    dealt = _dealt(*np.nonzero(held), held.shape, random)
    assert (dealt.sum(axis=0) == held.sum(axis=0)).all()
    assert (dealt.sum(axis=1) == held.sum(axis=1)).all()
    assert (dealt != held).any()
