import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests

from nps_core.comments.contrast import COLUMNS, Sides, contrast, contrast_words, count_words, sides
from nps_core.comments.tokens import words

ROOT = Path(__file__).resolve().parents[3]
TELECOM = ROOT.parent / "shared" / "data" / "comments" / "telecom_nps.csv"
GROUPS = ["promoter", "passive", "detractor"]


def made(n, seed=0, plant=(), groups=("passive", "promoter")):
    """Comments of 3 to 12 words out of 200, the first far more frequent than the last; `plant` are (word, one share, other)."""
    random = np.random.default_rng(seed)
    stock = np.array(
        [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("lorp", "nusk", "mizz", "tarn", "vogg", "x", "z", "q")]
    )
    chances = 1 / (np.arange(len(stock)) + 10)
    rows = []
    for side, group in enumerate(groups):
        for _ in range(n):
            text = ". ".join(random.choice(stock, random.integers(3, 13), p=chances / chances.sum()))
            text += "".join(f". {word}" for word, *share in plant if random.random() < share[min(side, 1)])
            rows.append((text, group, "", 1))
    return pd.DataFrame(rows, columns=["text", "group", "language", "count"])


@pytest.fixture(scope="module")
def real():
    """Real comments where they are at hand, made ones otherwise."""
    if not TELECOM.exists():
        return made(400, groups=GROUPS)
    frame = pd.read_csv(TELECOM)
    group = pd.cut(frame["score"], [-1, 6, 8, 10], labels=["detractor", "passive", "promoter"])
    return pd.DataFrame({"text": frame["comment"], "group": group, "language": "en", "count": 1})


def test_log_odds_agree_with_the_formula_written_out(real):
    texts = real.assign(count=real.index % 3 + 1)
    table = contrast(texts, "passive", "detractor")
    pairs = words(texts["text"].tolist(), texts["language"].tolist())
    holds = {}
    for document, word in zip(pairs.document.tolist(), pairs.word.tolist(), strict=True):
        holds.setdefault(pairs.vocabulary[word], set()).add(document)
    count, group = texts["count"].tolist(), texts["group"].tolist()
    everyone = sum(count)
    z = 1.959963984540054  # the normal quantile of 95 %
    for row in table.to_dict("records"):
        overall = sum(count[i] for i in holds[row["word"]]) / everyone
        odds, variance = [], 0.0
        for name in ("passive", "detractor"):
            n = sum(c for c, g in zip(count, group, strict=True) if g == name)
            y = sum(count[i] for i in holds[row["word"]] if group[i] == name)
            have, lack = y + 0.25 * n * overall, n - y + 0.25 * n * (1 - overall)
            odds.append(math.log(have / lack))
            variance += 1 / have + 1 / lack
        assert row["log_odds"] == pytest.approx(odds[0] - odds[1], abs=1e-9)
        assert row["z"] == pytest.approx((odds[0] - odds[1]) / math.sqrt(variance), abs=1e-9)
        assert row["low"] == pytest.approx(odds[0] - odds[1] - z * math.sqrt(variance), abs=1e-9)
        assert row["high"] == pytest.approx(odds[0] - odds[1] + z * math.sqrt(variance), abs=1e-9)


def test_p_is_fishers_and_q_that_of_benjamini_and_hochberg(real):
    table = contrast(real, "passive", "promoter")
    n, other = (int((real["group"] == name).sum()) for name in ("passive", "promoter"))
    assert len(table) > 50
    for y, x, p in table[["group_comments", "against_comments", "p"]].itertuples(index=False):
        assert p == pytest.approx(fisher_exact([[y, n - y], [x, other - x]])[1], rel=1e-6)  # oracle: scipy
    # oracle: statsmodels
    assert table["q"].to_numpy() == pytest.approx(multipletests(table["p"], method="fdr_bh")[1], rel=1e-9)
    assert (table["distinctive"] == (table["q"] < 0.10)).all()


def test_labels_dealt_at_random_rarely_give_a_distinctive_word(real):
    counted, group = count_words(real), real["group"].astype(str).to_numpy()
    one = np.ones(len(group), dtype=np.int64)
    random = np.random.default_rng(2008)
    some = 0
    for _ in range(200):
        dealt = random.permutation(group)
        wrote = Sides(one * (dealt == "passive"), one * (dealt == "promoter"), one)
        some += contrast_words(counted, wrote, "passive", "promoter")["distinctive"].any()
    assert some <= 20  # q < .10 allows a false word in one of ten where nothing is true


def test_a_small_group_against_a_large_one_is_no_less_careful(real):
    counted, n = count_words(real), len(real)
    one = np.ones(n, dtype=np.int64)
    random = np.random.default_rng(7)
    some = 0
    for _ in range(200):
        chosen = np.isin(np.arange(n), random.choice(n, 40, replace=False))
        some += contrast_words(counted, Sides(one * chosen, one * ~chosen, one), "passive", "promoter")["distinctive"].any()
    assert some <= 20


def test_three_times_the_odds_are_found_among_300_a_side():
    # a tenth against a quarter of the comments: odds 1/9 against 1/3
    hits = [
        contrast(made(300, seed, [("waiting", 0.25, 0.10)]), "passive", "promoter").query("distinctive and word == 'waiting'")
        for seed in range(40)
    ]
    assert sum(len(hit) for hit in hits) >= 32
    assert {more for hit in hits for more in hit["says_more"]} == {"passive"}


def test_of_fifty_nothing_is_distinctive():
    table = contrast(made(50, 1, [("waiting", 0.12, 0.04)]), "passive", "promoter")
    assert len(table)
    assert not table["distinctive"].any()


def test_shares_and_who_says_more():
    texts = ["router"] * 2 + ["cable"] + ["lamp"] + ["router"] * 3 + ["cable"] + ["lamp"]
    frame = pd.DataFrame(
        {"text": texts, "group": ["passive"] * 4 + ["detractor"] * 5, "language": "en", "count": [5, 5, 5, 5] + [4] * 5}
    )
    table = contrast(frame, "passive", "detractor", floor=1).set_index("word")
    # router: 10 of 20 passives, 12 of 20 detractors; cable and lamp: 5 against 4 of 20
    assert table.loc["router", ["group_comments", "against_comments", "group_share", "against_share"]].tolist() == [
        10,
        12,
        0.5,
        0.6,
    ]
    assert table["says_more"].to_dict() == {"router": "detractor", "cable": "passive", "lamp": "passive"}
    assert (np.sign(table["log_odds"]) == [-1 if word == "router" else 1 for word in table.index]).all()
    assert table.columns.tolist() == list(COLUMNS)[1:]


def test_the_prior_never_turns_round_which_share_is_larger(real):
    table = contrast(real, "passive", "detractor")
    assert (np.sign(table["log_odds"]) == np.sign((table["group_share"] - table["against_share"]).round(12))).all()


def test_a_word_is_left_out_beside_the_pair_it_only_stands_in():
    texts = ["not easy", "live chat", "chat"] * 5
    frame = pd.DataFrame({"text": texts, "group": ["passive", "promoter", "promoter"] * 5, "language": "en", "count": 2})
    assert set(contrast(frame, "passive", "promoter")["word"]) == {"not easy", "live chat", "chat"}


@pytest.mark.parametrize("rows", [0, 4])
def test_too_few_comments_give_an_empty_table_with_its_columns(rows):
    frame = made(50).groupby("group").head(rows) if rows else made(50).iloc[:0]
    table = contrast(frame, "passive", "promoter")
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == COLUMNS


def test_a_group_or_a_word_of_fewer_than_five_is_not_shown():
    frame = pd.concat([made(50), made(50).query("group == 'passive'").head(4).assign(group="detractor")])
    assert contrast(frame, "detractor", "promoter").empty
    table = contrast(made(50), "passive", "promoter")
    assert (table["group_comments"] + table["against_comments"]).min() == 5


def test_masks_count_for_nothing():
    frame = pd.DataFrame({"text": ["call [phone] [number] now please"] * 9, "group": ["passive"] * 5 + ["promoter"] * 4})
    words_of = contrast(frame.assign(language="en", count=3), "passive", "promoter")["word"]
    assert set(words_of) == {"call"}


def test_neither_the_order_of_rows_nor_splitting_a_count_matters(real):
    texts = real.assign(count=2)
    mixed = pd.concat([real, real]).sample(frac=1, random_state=3)
    for against in ("promoter", "detractor"):
        pd.testing.assert_frame_equal(contrast(texts, "passive", against), contrast(mixed, "passive", against))


def test_the_hash_seed_does_not_matter():
    program = (
        "import pandas as pd\nfrom nps_core.comments.contrast import contrast\n"
        "rows = [('slow router not easy', 'passive'), ('good service easy', 'promoter')] * 6\n"
        "f = pd.DataFrame(rows, columns=['text', 'group']).assign(language='', count=1)\n"
        "print(contrast(f, 'passive', 'promoter').to_csv())"
    )
    results = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(results) == 1


def test_sides_count_people():
    frame = pd.DataFrame({"text": ["a", "b", "c"], "group": pd.Categorical(["passive", "promoter", None]), "count": [2, 3, 4]})
    wrote = sides(frame, "passive", "promoter")
    assert [side.tolist() for side in wrote] == [[2, 0, 0], [0, 3, 0], [2, 3, 4]]
