"""From counted patterns to what a group of respondents says: themes, gaps, types, triggers, and how much that can bear.

**Said** is the small table all of it is made from: one row a pattern (after the columns that split), one column an outcome of
`responses.OUTCOMES` that is an answer, counts of respondents. A share is always one of the codable comments: those one can read,
that are in a known language and say something. Counts are of respondents, not of sentences.
"""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE, FAMILIES, PRIMARY, STATUSES
from nps_core.comments.scan import Comments
from nps_core.comments.voice import ANSWERED, HOLDING, MEMBERS, Voices, holding_code, pair
from nps_core.inference import wilson
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.tally import Own, select, split_places

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
    chosen = chosen[chosen[Own.OUTCOME] < len(ANSWERED)]
    place, index = split_places(chosen, question, comments.pattern)
    cells = np.bincount(
        place * len(ANSWERED) + chosen[Own.OUTCOME].to_numpy(),
        weights=chosen[Own.COUNT].to_numpy(),
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


def codable(patterns: pd.DataFrame) -> pd.DataFrame:
    """The patterns of comments that can be coded."""
    return patterns[patterns["status"].isin(CODABLE)]


def languages(patterns: pd.DataFrame) -> dict[str, int]:
    """How many codable comments are in each language, most first."""
    counts = codable(patterns).groupby("language")["n"].sum().sort_values(ascending=False, kind="stable")
    return {str(name): int(number) for name, number in counts.items()}


def heard(voice: pd.Series) -> dict[str, int]:
    """How many answered (n), commented, said nothing about why (no_information), wrote in another language, can be coded
    (codable) and are coded."""
    count = {status: int(voice[f"status:{status}"]) for status in STATUSES}
    n = sum(count.values())
    return {
        "n": n,
        "commented": n - count["empty"],
        "no_information": count["no_information"],
        "other_language": count["other_language"],
        "codable": sum(count[status] for status in CODABLE),
        "coded": count["coded"],
    }


def mentions(voice: pd.Series, codes: tuple[str, ...], level: float = 0.95) -> pd.DataFrame:
    """How many codable comments carry each code: count, share (0..1), low, high (Wilson). Index of `codes`, in their order.

    A comment may carry several codes, so shares may add to more than 1.
    """
    return _shares(voice[list(codes)], heard(voice)["codable"], level)


def family(voice: pd.Series, name: str, level: float = 0.95) -> pd.DataFrame:
    """`mentions` of a family of `codes.FAMILIES` (gap, type, trigger, satisfaction), with the family left off the names."""
    found = mentions(voice, tuple(f"{name}:{code}" for code in FAMILIES[name]), level)
    return found.set_axis(list(FAMILIES[name]))


def primaries(voice: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """How many codable comments are counted under each of `codes.PRIMARY`, each once: count, share, low, high; adds up."""
    counts = voice[[f"primary:{name}" for name in PRIMARY]].set_axis(list(PRIMARY))
    return _shares(counts, heard(voice)["codable"], level)


def holding(voice: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """`mentions` of what can hold somebody back, by theme (`HOLDING`), the most named first; ties in the order of `PRIMARY`."""
    found = mentions(voice, tuple(map(holding_code, HOLDING)), level).set_axis(list(HOLDING))
    order = found.assign(place=[PRIMARY.index(name) for name in found.index]).sort_values(
        ["count", "place"], ascending=[False, True]
    )
    return order.drop(columns="place")


def _shares(counts: pd.Series, total: int, level: float) -> pd.DataFrame:
    low, high = wilson(counts.to_numpy(dtype=float), np.full(len(counts), float(total)), level)
    share = counts / total if total else counts * np.nan
    return pd.DataFrame({"count": counts, "share": share.astype(float), "low": low, "high": high}, index=counts.index)


def verdict(voice: pd.Series) -> Verdict:
    """What the comments of a group bear: a leading theme, none, or nothing at all.

    Inconclusive under `FEW_COMMENTS` codable comments, under `FEW_NAMING` that name the top theme, or where less than
    `LEAST_CODED` carry a code. A theme leads only if z = (u − v)/√(u + v) > 1.96, with u and v the comments that name the first
    or the second of the two most named themes, but not both (McNemar's test of two shares of the same people).
    """
    total, coded = (heard(voice)[key] for key in ("codable", "coded"))
    ranked = holding(voice)
    first, second = (name if count else "" for name, count in ranked["count"].iloc[:2].items())
    if total < FEW_COMMENTS:
        return Verdict("inconclusive", "few_comments", str(first), str(second), np.nan)
    if coded < LEAST_CODED * total:
        return Verdict("inconclusive", "few_coded", str(first), str(second), np.nan)
    if ranked["count"].iloc[0] < FEW_NAMING:
        return Verdict("inconclusive", "few_naming", str(first), str(second), np.nan)
    u, v = _one_alone(voice, ranked)
    z = (u - v) / np.sqrt(u + v) if u + v else 0.0
    kind, why = ("leader", "leader") if z > BEYOND_CHANCE else ("no_leader", "tie")
    return Verdict(kind, why, str(first), str(second), float(z))


def lead(voice: pd.Series) -> float:
    """How likely (0..1) two themes that as many would name come out as far apart as the two most named: 1 where none leads.

    Formula: two-sided, 2 (1 − Φ((u − v − 1)/√(u + v))), McNemar's test with u and v as in `verdict`, one taken off as they are
    whole numbers. More than two themes that as many would name lie nearer, so it errs on the safe side. Source: as `verdict`, and
    A. L. Edwards, Psychometrika 13 (1948), 185–187.
    """
    if verdict(voice).kind != "leader":
        return 1.0
    u, v = _one_alone(voice, holding(voice))
    return erfc(max(u - v - 1, 0) / sqrt(2 * (u + v)))


def _one_alone(voice: pd.Series, ranked: pd.DataFrame) -> tuple[int, int]:
    """How many comments name the first of two most named themes but not the second, and the other way round."""
    both = int(voice[pair(*ranked.index[:2])])
    u, v = (int(count) - both for count in ranked["count"].iloc[:2])
    return u, v


def impact(voices: Voices, themes: tuple[str, ...]) -> pd.Series:
    """How far the comments under each primary theme move the score: NPS minus the NPS without those respondents, in points.

    Formula: n_t (NPS_t − NPS)/(N − n_t), over all answers, with those that left no words. NaN where nobody names the theme or
    everybody does, and where not all three groups can be heard.
    """
    if not all(group in voices for group in GROUPS):
        return pd.Series(np.nan, index=list(themes))
    whole = np.array([heard(voices[group])["n"] for group in GROUPS])
    parts = {theme: np.array([voices[group][f"primary:{theme}"] for group in GROUPS]) for theme in themes}
    return pd.Series({theme: _impact(part, whole) for theme, part in parts.items()}, dtype=float)


def _impact(part: np.ndarray, whole: np.ndarray) -> float:
    rest = whole - part
    if not part.sum() or not rest.sum():
        return float("nan")
    return float(100 * ((whole[2] - whole[0]) / whole.sum() - (rest[2] - rest[0]) / rest.sum()))


def awareness(voice: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """How much codable comments look at other providers, the most pressing first: active (about to leave or looking around),
    aware (another provider is spoken of), oblivious (neither); count, share, low, high. Adds up."""
    total, active, aware = heard(voice)["codable"], int(voice["leaving"]), int(voice["aware"])
    counts = {"active": active, "aware": aware, "oblivious": total - active - aware}
    return _shares(pd.Series(counts, dtype=np.int64), total, level)


def mismatches(voices: Voices, level: float = 0.95) -> pd.DataFrame:
    """Where score and words disagree: passives and detractors who only praise, promoters who name a gap.

    Index (group, what), columns count, share of the group's codable comments, low, high.
    """
    asked = (("passive", "praise_only"), ("detractor", "praise_only"), ("promoter", "any_gap"))
    heard_of = [(group, what) for group, what in asked if group in voices]
    if not heard_of:
        return pd.DataFrame(columns=["count", "share", "low", "high"])
    found = pd.concat([mentions(voices[group], (what,), level) for group, what in heard_of])
    return found.set_axis(pd.MultiIndex.from_tuples(heard_of))


def counted(voice: pd.Series, codes: tuple[str, ...]) -> dict[str, int]:
    """How many codable comments carry each code."""
    return dict(zip(codes, mentions(voice, codes)["count"].astype(int).tolist(), strict=True))


def commented(voices: Voices) -> dict[str, tuple[int, int]]:
    """For each group that answered: how many left a comment, of how many; passives first."""
    found = {group: heard(voices[group]) for group in ("passive", "promoter", "detractor") if group in voices}
    return {group: (counts["commented"], counts["n"]) for group, counts in found.items() if counts["n"]}


def once(voices: Voices, group: str, level: float = 0.95) -> pd.DataFrame:
    """`primaries` of a group with ``impact``: what the comments of everybody under that theme do to the score, in points."""
    return primaries(voices[group], level).assign(impact=impact(voices, PRIMARY))
