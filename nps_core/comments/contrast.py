"""Which words one group of respondents uses more than another: log-odds with a prior, an exact test, and the shares themselves.

A word counts once a comment, and a text that several people wrote counts once each. Odds are those of a comment holding the
word, so they speak of the very shares that are shown; who writes longer comments uses more of most words.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.comments.fisher import exact_p
from nps_core.comments.tokens import Words, words
from nps_core.inference import benjamini_hochberg, z_value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST = 5  # comments, of both groups together, from which a word is looked at
PRIOR = 0.25  # imagined comments for each real one of a group, which hold a word as often as all comments do
SURE = 0.10  # q below this is called distinctive: of the words called so, one in ten is expected to be chance
COLUMNS = {
    "word": "str",
    "group_comments": "int64",
    "against_comments": "int64",
    "group_share": "float64",
    "against_share": "float64",
    "log_odds": "float64",
    "low": "float64",
    "high": "float64",
    "z": "float64",
    "p": "float64",
    "q": "float64",
    "distinctive": "bool",
    "says_more": "str",
}


class Sides(NamedTuple):
    """For each document, how many people of the group, of the other group, and of all wrote it (three arrays, n long)."""

    group: Ints
    against: Ints
    everyone: Ints


def contrast(documents: pd.DataFrame, group: str, against: str, level: float = 0.95, floor: int = 5) -> pd.DataFrame:
    """Which words `group` uses more, or less, than `against`.

    Weighted log-odds with an informative Dirichlet prior: for a word in y of a group's n comments, and in the share π of all
    comments of all groups, the odds are (y + aπ)/(n + a − y − aπ), a = n/4; the log-odds are the difference of their
    logarithms, with variance 1/(y + aπ) + 1/(n + a − y − aπ) of each side added up. The prior's total weight a is a quarter of
    each group's own comments, so that it pulls both shares towards π by the same part and never turns round which is larger.
    Source: Monroe, Colaresi and Quinn, Fightin’ Words, Political Analysis 16(4), 2008, 372–403; the word's complement is kept
    in the variance, because a word may stand in a good part of all comments.

    The p-value is not read from z, which is too sure where the groups differ in size (40 comments drawn at random against 2,124
    others: some word at q < .10 in 43 % of draws) and far too timid where one of them never uses the word. It is that of
    Fisher's exact test (3 % of the same draws); q is adjusted over all words tested (`inference.benjamini_hochberg`). Two
    contrasts of one group are adjusted each for itself.

    Parameters
    ----------
    documents
        A row a distinct text and group: text (cleaned and masked), group, language (code or ''), count (people who wrote it).
    group, against
        Two groups, as named in the column group.
    level
        Confidence level of low and high, 0..1.
    floor
        A word in fewer comments than this, of both groups together, is neither tested nor shown; nor is a group of fewer.

    Returns
    -------
    A row a word tested, the surest first: word, group_comments, against_comments, group_share, against_share (0..1), log_odds
    with low and high, z, p, q, distinctive (q < .10), says_more (the group with the larger share, '' where they are equal).
    A single word that stands only inside a pair is left out beside the pair. A word that all comments hold has no odds: NaN.
    """
    return contrast_words(count_words(documents, floor), sides(documents, group, against), group, against, level, floor)


def count_words(documents: pd.DataFrame, floor: int = 5) -> Words:
    """The words of documents as `contrast` takes them, for several contrasts of the same documents (the slow half)."""
    languages = documents["language"].astype(object).fillna("").tolist()
    return words(documents["text"].tolist(), languages, documents["count"].to_numpy(dtype=np.int64), floor)


def sides(documents: pd.DataFrame, group: str, against: str) -> Sides:
    """Who wrote each of the documents that `contrast` takes."""
    counts = documents["count"].to_numpy(dtype=np.int64)
    named = documents["group"].astype(str).to_numpy(dtype=object)
    return Sides(counts * (named == group), counts * (named == against), counts)


def contrast_words(counted: Words, sides: Sides, group: str, against: str, level: float = 0.95, floor: int = 5) -> pd.DataFrame:
    """`contrast` of words already counted, for asking the same texts again with other groups."""
    y, other, overall = (counted.comments(side) for side in sides)
    n, n_other, n_all = (int(side.sum()) for side in sides)
    tested = np.flatnonzero((y + other >= floor) & (min(n, n_other) >= floor) & ~_only_in_a_pair(counted, y + other, floor))
    y, other = y[tested], other[tested]
    log_odds, error = _log_odds(y, n, other, n_other, overall[tested] / max(n_all, 1))
    share, other_share = y / max(n, 1), other / max(n_other, 1)
    margin = z_value(level) * error
    p = exact_p(y, n, other, n_other)
    q = np.asarray(benjamini_hochberg(p))
    more = np.select([share > other_share, share < other_share], [group, against], "")
    figures = (share, other_share, log_odds, log_odds - margin, log_odds + margin, log_odds / error, p, q)
    columns = (counted.vocabulary[tested], y, other, *figures, q < SURE, more)
    table = pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))).astype(COLUMNS)
    return table.sort_values(["p", "word"], ignore_index=True)


def _log_odds(y: Ints, n: int, other: Ints, n_other: int, overall: Floats) -> tuple[Floats, Floats]:
    """The difference of the two log-odds and its standard error."""
    size, size_other = n * (1 + PRIOR), n_other * (1 + PRIOR)
    have, have_other = y + PRIOR * n * overall, other + PRIOR * n_other * overall
    with np.errstate(divide="ignore", invalid="ignore"):  # a word in every comment has no odds
        odds = np.log(have / (size - have)) - np.log(have_other / (size_other - have_other))
        variance = 1 / have + 1 / (size - have) + 1 / have_other + 1 / (size_other - have_other)
    return odds, np.sqrt(variance)


def _only_in_a_pair(counted: Words, comments: Ints, floor: int) -> NDArray[np.bool_]:
    """Which single words stand in no comment without one and the same pair: the pair says all they say."""
    redundant = np.zeros(len(comments), dtype=bool)
    for half in counted.halves.T:
        pair = np.flatnonzero((half >= 0) & (comments >= floor))
        redundant[half[pair][comments[half[pair]] == comments[pair]]] = True
    return redundant
