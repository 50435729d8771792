"""From counted patterns to what a group of respondents says: themes, gaps, types, triggers, and how much that can bear.

**Said** is the small table all of it is made from: one row a pattern (after the columns that split), one column an outcome of
`responses.OUTCOMES` that is an answer, counts of respondents. A share is always one of the codable comments: those one can read,
that are in a known language and say something. Counts are of respondents, not of sentences.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE, FAMILIES, GAPS, PRIMARY
from nps_core.comments.scan import Comments
from nps_core.inference import wilson
from nps_core.question import Question
from nps_core.responses import OUTCOMES
from nps_core.scale import DETRACTORS, GROUPS, PASSIVES, PROMOTERS, SCORES
from nps_core.tally import select, split_places

ANSWERED = OUTCOMES[: len(SCORES) + len(GROUPS)]
EVERYBODY = "all"
MEMBERS: dict[str, tuple[int | str, ...]] = {
    "detractor": (*DETRACTORS, "detractor"),
    "passive": (*PASSIVES, "passive"),
    "promoter": (*PROMOTERS, "promoter"),
    EVERYBODY: ANSWERED,
}
HOLDING = (*GAPS, "not_explored")  # the themes that can hold somebody back

# The verdict rule. Its error rates are simulated in tests/core/comments/test_verdict.py.
FEW_COMMENTS = 30  # codable comments under which nothing is concluded
FEW_NAMING = 8  # comments under which the most named theme does not lead
LEAST_CODED = 0.6  # share of codable comments that must carry a code
BEYOND_CHANCE = 1.96  # z of the two most named themes


class Verdict(NamedTuple):
    """`kind` is leader, no_leader or inconclusive; `why` is leader, tie, few_comments, few_naming or few_coded. `first` and
    `second` are the most named themes ('' where fewer are named), `z` how far they are apart in standard errors (NaN where not
    asked)."""

    kind: str
    why: str
    first: str
    second: str
    z: float


def said(counts: pd.DataFrame, question: Question, comments: Comments) -> pd.DataFrame:
    """The Said of a question, from `tally.count` of its columns and the pattern; split as the question asks."""
    chosen = select(counts, question)
    chosen = chosen[chosen["outcome"] < len(ANSWERED)]
    place, index = split_places(chosen, question, comments.pattern)
    cells = np.bincount(
        place * len(ANSWERED) + chosen["outcome"].to_numpy(),
        weights=chosen["count"].to_numpy(),
        minlength=len(index) * len(ANSWERED),
    )
    return pd.DataFrame(cells.astype(np.int64).reshape(len(index), len(ANSWERED)), index=index, columns=list(ANSWERED))


def of_patterns(said: pd.DataFrame, comments: Comments, group: str) -> pd.DataFrame:
    """The patterns with the number of respondents of `group` (detractor, passive, promoter, all) who said so, as column n.

    `said` is that of one group of respondents, not split; the patterns nobody of them has are left out.
    """
    n = said[list(MEMBERS[group])].sum(axis=1)
    places = n.index.astype(int)
    found = comments.patterns.iloc[places].assign(n=n.to_numpy())
    return found[found["n"] > 0]


def heard(patterns: pd.DataFrame) -> dict[str, int]:
    """How many answered (n), commented, said nothing about why (no_information), wrote in another language, can be coded
    (codable) and are coded."""
    by = patterns.groupby("status")["n"].sum()
    count = {status: int(by.get(status, 0)) for status in ("empty", "no_information", "other_language", "not_coded", "coded")}
    n = sum(count.values())
    return {
        "n": n,
        "commented": n - count["empty"],
        "no_information": count["no_information"],
        "other_language": count["other_language"],
        "codable": count["coded"] + count["not_coded"],
        "coded": count["coded"],
    }


def codable(patterns: pd.DataFrame) -> pd.DataFrame:
    """The patterns of comments that can be coded."""
    return patterns[patterns["status"].isin(CODABLE)]


def languages(patterns: pd.DataFrame) -> dict[str, int]:
    """How many codable comments are in each language, most first."""
    counts = codable(patterns).groupby("language")["n"].sum().sort_values(ascending=False, kind="stable")
    return {str(name): int(number) for name, number in counts.items()}


def mentions(patterns: pd.DataFrame, codes: tuple[str, ...], level: float = 0.95) -> pd.DataFrame:
    """How many codable comments carry each code: count, share (0..1), low, high (Wilson). Index of `codes`, in their order.

    A comment may carry several codes, so shares may add to more than 1.
    """
    chosen = codable(patterns)
    counts = chosen[list(codes)].to_numpy(dtype=np.int64).T @ chosen["n"].to_numpy(dtype=np.int64)
    return _shares(pd.Series(counts, index=list(codes)), int(chosen["n"].sum()), level)


def family(patterns: pd.DataFrame, name: str, level: float = 0.95) -> pd.DataFrame:
    """`mentions` of a family of `codes.FAMILIES` (gap, type, trigger, satisfaction), with the family left off the names."""
    found = mentions(patterns, tuple(f"{name}:{code}" for code in FAMILIES[name]), level)
    return found.set_axis(list(FAMILIES[name]))


def primaries(patterns: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """How many codable comments are counted under each of `codes.PRIMARY`, each once: count, share, low, high; adds up."""
    chosen = codable(patterns)
    counts = chosen.groupby("primary")["n"].sum().reindex(list(PRIMARY), fill_value=0)
    return _shares(counts.astype(np.int64), int(chosen["n"].sum()), level)


def holding(patterns: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """`mentions` of what can hold somebody back, by theme (`HOLDING`), the most named first; ties in the order of `PRIMARY`."""
    found = mentions(patterns, tuple(map(holding_code, HOLDING)), level).set_axis(list(HOLDING))
    order = found.assign(place=[PRIMARY.index(name) for name in found.index]).sort_values(
        ["count", "place"], ascending=[False, True]
    )
    return order.drop(columns="place")


def holding_code(theme: str) -> str:
    """The code of a theme of `HOLDING`."""
    return f"gap:{theme}" if theme in GAPS else f"type:{theme}"


def _shares(counts: pd.Series, total: int, level: float) -> pd.DataFrame:
    low, high = wilson(counts.to_numpy(dtype=float), np.full(len(counts), float(total)), level)
    share = counts / total if total else counts * np.nan
    return pd.DataFrame({"count": counts, "share": share.astype(float), "low": low, "high": high}, index=counts.index)


def verdict(patterns: pd.DataFrame) -> Verdict:
    """What the comments of a group bear: a leading theme, none, or nothing at all.

    Inconclusive under `FEW_COMMENTS` codable comments, under `FEW_NAMING` that name the top theme, or where less than
    `LEAST_CODED` carry a code. A theme leads only if z = (u − v)/√(u + v) > 1.96, with u and v the comments that name the first
    or the second of the two most named themes, but not both (McNemar's test of two shares of the same people).
    """
    chosen = codable(patterns)
    total, coded = int(chosen["n"].sum()), int(chosen.loc[chosen["status"] == "coded", "n"].sum())
    ranked = holding(patterns)
    first, second = (name if count else "" for name, count in ranked["count"].iloc[:2].items())
    if total < FEW_COMMENTS:
        return Verdict("inconclusive", "few_comments", str(first), str(second), np.nan)
    if coded < LEAST_CODED * total:
        return Verdict("inconclusive", "few_coded", str(first), str(second), np.nan)
    if ranked["count"].iloc[0] < FEW_NAMING:
        return Verdict("inconclusive", "few_naming", str(first), str(second), np.nan)
    one, other = (chosen[holding_code(name)] for name in ranked.index[:2])
    u, v = int(chosen.loc[one & ~other, "n"].sum()), int(chosen.loc[other & ~one, "n"].sum())
    z = (u - v) / np.sqrt(u + v) if u + v else 0.0
    kind, why = ("leader", "leader") if z > BEYOND_CHANCE else ("no_leader", "tie")
    return Verdict(kind, why, str(first), str(second), float(z))


def impact(said: pd.DataFrame, comments: Comments, themes: tuple[str, ...]) -> pd.Series:
    """How far the comments under each primary theme move the score: NPS minus the NPS without those respondents, in points.

    Formula: n_t (NPS_t − NPS)/(N − n_t), over all answers, with those that left no words. NaN where nobody names the theme or
    everybody does.
    """
    sums = np.stack([said[list(MEMBERS[group])].sum(axis=1).to_numpy() for group in GROUPS], axis=1)
    primary = comments.patterns["primary"].to_numpy(dtype=str)[said.index.astype(int)]
    whole = sums.sum(axis=0)
    return pd.Series({theme: _impact(sums[primary == theme].sum(axis=0), whole) for theme in themes}, dtype=float)


def _impact(part: np.ndarray, whole: np.ndarray) -> float:
    rest = whole - part
    if not part.sum() or not rest.sum():
        return float("nan")
    return float(100 * ((whole[2] - whole[0]) / whole.sum() - (rest[2] - rest[0]) / rest.sum()))


def awareness(patterns: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """How much codable comments look at other providers, the most pressing first: active (about to leave or looking around),
    aware (another provider is spoken of), oblivious (neither); count, share, low, high. Adds up."""
    chosen = codable(patterns)
    n, active, aware = chosen["n"], chosen["leaving"], chosen["competitor"] & ~chosen["leaving"]
    counts = {"active": n[active].sum(), "aware": n[aware].sum(), "oblivious": n[~active & ~aware].sum()}
    return _shares(pd.Series(counts, dtype=np.int64), int(n.sum()), level)


def mismatches(said: pd.DataFrame, comments: Comments, level: float = 0.95) -> pd.DataFrame:
    """Where score and words disagree: passives and detractors who only praise, promoters who name a gap.

    Index (group, what), columns count, share of the group's codable comments, low, high.
    """
    rows = []
    for group, what in (("passive", "praise_only"), ("detractor", "praise_only"), ("promoter", "any_gap")):
        chosen = codable(of_patterns(said, comments, group))
        has = chosen["praise_only"] if what == "praise_only" else chosen[[f"gap:{gap}" for gap in GAPS]].any(axis=1)
        shares = _shares(
            pd.Series({(group, what): int(chosen.loc[has, "n"].sum())}, dtype=np.int64), int(chosen["n"].sum()), level
        )
        rows.append(shares)
    return pd.concat(rows)


def counted(patterns: pd.DataFrame, codes: tuple[str, ...]) -> dict[str, int]:
    """How many codable comments carry each code."""
    return dict(zip(codes, mentions(patterns, codes)["count"].astype(int).tolist(), strict=True))


def commented(said: pd.DataFrame, comments: Comments) -> dict[str, tuple[int, int]]:
    """For each group that answered: how many left a comment, of how many; passives first."""
    found = {group: heard(of_patterns(said, comments, group)) for group in ("passive", "promoter", "detractor")}
    return {group: (counts["commented"], counts["n"]) for group, counts in found.items() if counts["n"]}


def once(said: pd.DataFrame, comments: Comments, patterns: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """`primaries` of a group with ``impact``: what the comments of everybody under that theme do to the score, in points."""
    return primaries(patterns, level).assign(impact=impact(said, comments, PRIMARY))
