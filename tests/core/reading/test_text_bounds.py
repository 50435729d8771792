"""Texts made to take long: what is looked for in damaged rows is bounded, and every row stays a row."""

import random

import pytest

from nps_core.reading import read_table
from nps_core.reading.ragged import Effort, learn, mend
from nps_core.reading.records import Dialect

ROWS = [[f"c{n % 9}", str(n % 11), f"some words here {n}", "Pro"] for n in range(30)]
KINDS = learn(ROWS, 4, ",")


def test_a_record_is_mended_as_long_as_the_effort_lasts():
    raw = "c4,9,,some words,Pro"
    assert mend(raw, Dialect(), KINDS).cells == ["c4", "9", "some words", "Pro"]
    effort = Effort(20)
    assert mend(raw, Dialect(), KINDS, effort) is None
    assert effort.left <= 0


def test_one_record_does_not_spend_what_others_need():
    effort = Effort(150_000)
    wide = learn([[f"some words {n * j}" for j in range(140)] for n in range(30)], 140, ",")
    assert mend("a b c," * 198, Dialect(), wide, effort) is None
    assert effort.left > 0  # one record may take 100,000 steps


def numbered(row, many=2000):
    return "id,nps,why,plan\n" + "".join(f"c{n},{n % 11},some words,Pro\n" for n in range(50)) + row * many


# Each is one row written again and again: as many rows must come out as went in.
@pytest.mark.parametrize(
    "row",
    [
        "," * 5000 + "\n",
        'c1,9,"open,Pro\n',
        'c1,9,"x"y",Pro\n',
        '"x' * 400 + ",9\n",
        ("'x\"," * 60) + "\n",
        "c19some wordsPro\n",
        ",".join("9876" for _ in range(150)) + "\n",
        "c1,9,\\,Pro\n",
    ],
)
def test_every_damaged_row_stays_a_row(row):
    table = read_table(numbered(row).encode(), "x.csv")
    assert len(table.frame) + sum(what == "header_repeated" for _, what in table.repairs) == 2050
    assert table.frame.iloc[:50, 0].tolist() == [f"c{n}" for n in range(50)]


@pytest.mark.parametrize("signs", ['",\n a', "\"',;\t|:\\\n a9", '\\",\n', '"a', "\r\n,"])
def test_signs_at_random_give_a_table(signs):
    pick = random.Random(7)
    text = "".join(pick.choice(signs) for _ in range(60_000))
    for start in ("", "a,b\n1,2\n"):
        table = read_table((start + text).encode(), "x.csv")
        assert table.frame.shape[1] == len(table.header)
