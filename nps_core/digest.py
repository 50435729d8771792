"""The digest: the few things of a survey that are beyond noise, found by looking at all there is to compare.

Takes what `trend`, `segments`, `change` and `comments.themes` found; everything that was looked at counts when a finding is
judged, so a survey in which nothing happens has nothing to say. It must not know words.
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
    COMMENTS = "comments"


CHANGE, COMMENTS = _Place.CHANGE, _Place.COMMENTS


class Digest(NamedTuple):
    """`findings`: at most `MOST` rows of `segments.COLUMNS`, the surest first; `looked` how many comparisons were made, and
    `heard` whether what comments say was among them."""

    findings: pd.DataFrame
    looked: int
    heard: bool = False


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


def comment_rows(voice: pd.Series) -> pd.DataFrame:
    """What passives say as a comparison, of the two themes that most of them name: a row of `segments.COLUMNS`, or none.

    `voice` is that of passives; the row is there wherever `themes.verdict` concludes something, be it that none leads, and is
    judged by `themes.lead`. Its value and rest are the shares (0..1) of both themes among the comments that say why.
    """
    from nps_core.comments import themes  # a survey without comments can do without what reads them

    found = themes.verdict(voice)
    if found.kind == "inconclusive":
        return pd.DataFrame([], columns=list(COLUMNS))
    first, second = themes.holding(voice)["share"].iloc[:2].tolist()
    row = (COMMENTS, found.first, "named", themes.heard(voice)["codable"], first, second, first - second)
    return pd.DataFrame([(*row, themes.lead(voice), np.nan, False)], columns=list(COLUMNS))


def digest(looked: pd.DataFrame, level: float = 0.95) -> Digest:
    """The findings of everything that was looked at: beyond noise after adjusting over all of it, one a column and figure.

    Formula: `segments.search`, then the smallest q first. A column has one place for the score and one for the passive share:
    that of its surest group.

    Parameters
    ----------
    looked : DataFrame
        `segments.looked_at` of every split, with `change_rows` where there are two periods, and `comment_rows` where comments
        are counted.
    level : float
        Confidence level, 0..1.
    """
    found = search(looked, level)
    beyond = found[found["beyond"]].sort_values(["q", "p"], kind="stable")
    kept = beyond.drop_duplicates(["column", "measure"]).head(MOST)
    heard = any(column is COMMENTS for column in found["column"])
    return Digest(kept.reset_index(drop=True), int(found["p"].notna().sum()), heard)
