"""How each figure was computed: the formula, the numbers put in, the source. Shown at the end of every page.

Takes small frames; figures come from where they are computed, words for numbers from `wording`.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nps_core.change import Change
from nps_core.family import passive_range
from nps_core.inference import z_value
from nps_core.measures import Row
from nps_core.wording import count, percent, signed

ROCKS = (
    "Interval: adjusted Wald. B. Rocks, Interval Estimation for the “Net Promoter Score”, The American Statistician 70(4), 2016, "
    "365–372. Below 12 answers, or where all answers fall in one group, Tango's score interval takes its place."
)


class Explanation(NamedTuple):
    """One figure: what it is, its formula, the numbers put in, and where the formula comes from."""

    title: str
    formula: str
    numbers: str
    source: str


def score(row: Row, accounts: Mapping[str, int]) -> Explanation:
    """The score itself, from one row of a Result."""
    d, p, r, n = (int(row[name]) for name in ("detractor", "passive", "promoter", "n"))
    return Explanation(
        "Net Promoter Score",
        "NPS = 100 × (promoters − detractors) ÷ all answers",
        f"100 × ({count(r)} − {count(d)}) ÷ ({count(d)} + {count(p)} + {count(r)}) = {signed(row['nps'])}\n"
        f"Answers {count(n)}. Not counted: {count(accounts['blank'])} blank, {count(accounts['invalid'])} off the scale or "
        f"unreadable, {count(accounts['excluded'])} excluded.",
        "Groups: 0–6 detractors, 7–8 passives, 9–10 promoters. F. Reichheld, The One Number You Need to Grow, Harvard Business "
        "Review 81(12), 2003. Passives stand in the denominator; blank answers do not.",
    )


def interval(row: Row, level: float) -> Explanation:
    """The interval beside the score, from one row of a Result with interval."""
    method = str(row["method"])
    return Explanation(
        f"Interval at {percent(level, 0)}",
        "add ¾ to detractors, 1½ to passives, ¾ to promoters (N = n + 3);  θ ± z √(((r + d) ÷ N − θ²) ÷ N),  kept in ±100"
        if method == "adjusted Wald"
        else "every δ with |r − d − nδ| ≤ z √(n (2q + δ(1 − δ))), q the fitted share of detractors under δ",
        f"method: {method}; z = {z_value(level):.4f}; from {signed(row['low'])} to {signed(row['high'])}",
        ROCKS,
    )


def shares(row: Row) -> Explanation:
    """The passive share with its own interval, from one row of a Result."""
    return Explanation(
        "Shares",
        "share = answers in the group ÷ all answers",
        f"promoters {count(row['promoter'])} ÷ {count(row['n'])} = {percent(row['promoter_share'])}, "
        f"passives {count(row['passive'])} ÷ {count(row['n'])} = {percent(row['passive_share'])}, "
        f"detractors {count(row['detractor'])} ÷ {count(row['n'])} = {percent(row['detractor_share'])}",
        "On screen promoters and detractors are rounded so that their difference is the score shown, and passives are the rest "
        "to 100.0. The interval of a share is Wilson's (Journal of the American Statistical Association 22, 1927, 209–212).",
    )


def same_score(row: Row) -> Explanation:
    """Why one score allows many mixes."""
    return Explanation(
        "Same score, different passives",
        "with θ = NPS ÷ 100 and s the passive share:  promoters (1 − s + θ) ÷ 2,  detractors (1 − s − θ) ÷ 2,  0 ≤ s ≤ 1 − |θ|",
        f"θ = {row['nps'] / 100:.4f}, s = {row['passive_share']:.4f}; s could be up to {passive_range(row['nps'])[1]:.4f}",
        "Arithmetic from the definition. The variance of one answer is (1 − s) − θ²: more passives, smaller error, same score. "
        "The bars of another mix keep this survey's own proportions within each of the three groups.",
    )


def change(moved: Change) -> Explanation:
    """A change between two independent groups of answers."""
    return Explanation(
        "Change",
        "Δ = θ₂ − θ₁,  standard error √(V₁ ÷ n₁ + V₂ ÷ n₂), both with the adjusted counts;  beyond noise when p < 1 − level",
        f"observed {signed(moved.observed)}, interval {signed(moved.low)} to {signed(moved.high)}, "
        f"p = {moved.p:.4f}, noise limit {1 - moved.level:.2f}",
        "Two-sided z-test of two independent samples on the adjusted counts (Rocks 2016). Where the same people answered twice, "
        "their paired differences would tell more.",
    )


def bands() -> Explanation:
    """The four bands and the chance of each."""
    return Explanation(
        "Bands and their chances",
        "below 0 negative · 0 to under 30 moderate · 30 to under 50 good · 50 and above excellent",
        "The band reads the score as it is published, rounded to one decimal, so that number and band never disagree.",
        "The chance of a band is the area of a normal curve around the adjusted score, with its adjusted standard error, kept in "
        "±100. It describes the sampling of these answers, not whether the right people were asked.",
    )


def joined(floor: int) -> Explanation:
    """How periods come to be joined, and what a window holds."""
    return Explanation(
        "Periods",
        f"a period with 1 to {floor - 1} answers is joined to the nearest one until both have {floor} or more",
        "A rolling window adds up the periods it covers, whole joined periods only; windows that overlap share answers and are "
        "not compared.",
        "Each figure with its own interval; the interval of the passive share is Wilson's. The difference of two passive shares: "
        "A. Agresti, B. Caffo, The American Statistician 54(4), 2000, 280–288.",
    )


def why(parts: pd.DataFrame) -> Explanation:
    """What a change is made of, from `moved.moved`."""
    within, mix = parts["within"].sum(), parts["mix"].sum()
    return Explanation(
        "Why it moved",
        "with w the share of a group and s its score in the two periods, S that of everybody:\n"
        "within = (w₁ + w₂) ÷ 2 × (s₂ − s₁),  mix = (w₂ − w₁) × ((s₁ + s₂) ÷ 2 − (S₁ + S₂) ÷ 2)",
        f"within {within:+.4f} + mix {mix:+.4f} = {within + mix:+.4f} points",
        "E. M. Kitagawa, Components of a difference between two rates, Journal of the American Statistical Association 50, 1955, "
        "1168–1194. The parts add up exactly; on the picture they are rounded so that they still do. Arithmetic, not cause.",
    )


def against_the_rest(level: float, comparisons: int) -> Explanation:
    """How groups are laid against all others."""
    return Explanation(
        "Each group against the rest",
        "p = the chance that a random draw of as many answers from all of them lies as far from everybody;  "
        "q = p adjusted for all comparisons;  beyond noise when q < 1 − level",
        f"{count(comparisons)} comparisons of score and passive share; noise limit {1 - level:.2f}",
        "R. A. Fisher, The Design of Experiments, 1935 (counted exactly where the smaller side has up to 200 answers, by a "
        "normal curve beyond); Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995, 289–300.",
    )
