"""The digest: the few things of a survey that are beyond noise, found by looking at all there is to compare.

Takes what `trend`, `segments` and `change` found; everything that was looked at counts when a finding is judged, so a survey in
which nothing happens has nothing to say. It must not know words.
"""

from enum import Enum
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.change import Change
from nps_core.exact import share_test
from nps_core.segments import COLUMNS, search

MOST = 5


class _Place(Enum):
    """What stands where a finding about a group has its column. No text, so that no column of a file can be called the same."""

    CHANGE = "change"


CHANGE = _Place.CHANGE


class Digest(NamedTuple):
    """`findings`: at most `MOST` rows of `segments.COLUMNS`, the surest first; `looked` how many comparisons were made."""

    findings: pd.DataFrame
    looked: int


def change_rows(moved: Change, before: pd.Series, after: pd.Series, name: str) -> pd.DataFrame:
    """The two comparisons of a change, of the score and of the passive share, as rows of `segments.COLUMNS`.

    `before` and `after` are rows of a Result; `name` is what the later period is called. The score is judged as everywhere
    (`change.change`), the passive share by `exact.share_test`.
    """
    passives, answers = int(after["passive"]), int(after["n"])
    p = float(share_test(passives, answers, passives + int(before["passive"]), answers + int(before["n"]))[0])
    scores = (moved.nps_second, moved.nps_first, moved.observed, moved.p)
    shares = (float(after["passive_share"]), float(before["passive_share"]))
    rows = [
        (CHANGE, name, "nps", answers, *scores, np.nan, False),
        (CHANGE, name, "passive", answers, *shares, shares[0] - shares[1], p, np.nan, False),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def digest(looked: pd.DataFrame, level: float = 0.95) -> Digest:
    """The findings of everything that was looked at: beyond noise after adjusting over all of it, one a column and figure.

    Formula: `segments.search`, then the smallest q first. A column has one place for the score and one for the passive share:
    that of its surest group.

    Parameters
    ----------
    looked : DataFrame
        `segments.looked_at` of every split, with `change_rows` where there are two periods.
    level : float
        Confidence level, 0..1.
    """
    found = search(looked, level)
    beyond = found[found["beyond"]].sort_values(["q", "p"], kind="stable")
    kept = beyond.drop_duplicates(["column", "measure"]).head(MOST)
    return Digest(kept.reset_index(drop=True), int(found["p"].notna().sum()))
