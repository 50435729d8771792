"""Sentences that lay one thing beside another: two periods, two surveys, another mix, the published figures.

A row is one row of a Result with interval, as a Series or any mapping. Nothing here computes a statistic; the few that a
sentence needs are asked for where they live.
"""

from fractions import Fraction

import pandas as pd

from nps_core.benchmarks import PASSIVE_NORMS, STRONG_LEAD, Position, position
from nps_core.change import Change
from nps_core.family import margin, mix
from nps_core.inference import wilson
from nps_core.measures import Row
from nps_core.scale import GROUPS
from nps_core.wording.numbers import (
    Figure,
    answers,
    fitted,
    in_points,
    interval,
    missing,
    percent,
    rounded,
    screen_shares,
    signed,
)

SIMILAR = 2.0  # points within which two scores are called nearly the same
APART = 0.10  # passive shares this far apart make two stories


def change_sentence(moved: Change, first: str = "before", second: str = "now") -> str:
    """A change in one sentence or two, called a change only when it is beyond noise."""
    if not moved.n_first or not moved.n_second:
        return f"There are no answers for “{first if not moved.n_first else second}”, so there is nothing to compare."
    size = rounded(moved.observed)
    if size:
        what = f"The score {'rose' if size > 0 else 'fell'} by {in_points(moved.observed)}"
    else:
        what = "The score moved by less than 0.1 points" if moved.observed else "The score did not move"
    sentence = f"{what} from “{first}” ({signed(moved.nps_first)}) to “{second}” ({signed(moved.nps_second)})."
    limits = interval(moved.low, moved.high)
    if moved.beyond_noise:
        return f"{sentence} That is beyond noise: the change probably lies between {limits.replace(' to ', ' and ')} points."
    return f"{sentence} That is within noise: anything from {limits} points would fit, so do not call it a change."


NORMS_CAUTION = "Neither account of a usual share of passives names its sample, so take them as a rule of thumb."


def passive_norm_sentence(row: Row) -> str:
    """The passive share of one row against the two published norms, and what a high one means."""
    if missing(row["passive_share"]):
        return "Without answers there is no passive share."
    # Compared as it is shown, so that 40.0% is never above 40%, and shown as everywhere on the page.
    share = screen_shares(*(row[group] for group in GROUPS))["passive"] / 100
    places = [
        f"{'below' if share < low else 'above' if share > high else 'within'} the {percent(low, 0)} to {percent(high, 0)}"
        for low, high in PASSIVE_NORMS
    ]
    sentence = f"Passives make up {percent(share)}: {places[0]} of one published account, {places[1]} of another."
    if share > PASSIVE_NORMS[0][1]:
        return f"{sentence} A high passive share is a sign of instability even at a good score: passives leave without warning."
    return sentence


def same_score_sentence(a: Row, b: Row, first: str = "the first", second: str = "the second") -> tuple[str, ...]:
    """Two surveys laid side by side: how near their scores are, and what their passives tell apart.

    Two stories are told only where the Wilson intervals (95 %) of the two passive shares do not meet.
    """
    if missing(a["published"]) or missing(b["published"]):
        return ("One of the two has no figure, so there is nothing to compare.",)
    gap = abs(a["published"] - b["published"])
    scores = f"“{first}” at {signed(a['published'])}, “{second}” at {signed(b['published'])}"
    if a["published"] == b["published"]:
        opening = f"Both have the same score, {signed(a['published'])}."
    else:
        near = rounded(gap) <= SIMILAR
        opening = f"The two scores {'are nearly the same' if near else f'lie {in_points(gap)} apart'}: {scores}."
    more, less, more_name, less_name = a, b, first, second
    if b["passive_share"] > a["passive_share"]:
        more, less, more_name, less_name = b, a, second, first
    most, least = (screen_shares(*(row[group] for group in GROUPS))["passive"] for row in (more, less))
    shares = f"{most:.1f}% passives in “{more_name}”, {least:.1f}% in “{less_name}”"
    if more["passive_share"] - less["passive_share"] < APART:
        return opening, f"Their passive shares are alike: {shares}."
    if wilson(more["passive"], more["n"])[0] <= wilson(less["passive"], less["n"])[1]:
        return opening, f"Their passive shares lie apart, {shares}, but with so few answers that is within noise."
    return (
        opening,
        f"Their stories differ: {shares}.",
        f"“{less_name}” has more people who take a side, for and against; in “{more_name}” more people are still undecided, and "
        "they can be won or lost.",
    )


def mix_sentence(row: Row, passive_share: float, level: float = 0.95) -> str:
    """The survey with the same score and size but another passive share (0..1): its mix and its margin."""
    if missing(row["nps"]):
        return "Without a score there is no mix to show."
    promoter, _, detractor = mix(row["nps"], passive_share)
    shares = fitted(row["published"], Fraction(detractor), Fraction(promoter))
    plus_minus = in_points(margin(row["nps"], passive_share, int(row["n"]), level))
    return (
        f"With {shares['passive']:.1f}% passives, the same score of {signed(row['published'])} takes {shares['promoter']:.1f}% "
        f"promoters and {shares['detractor']:.1f}% detractors; {answers(int(row['n']))} would give it a margin of ±{plus_minus}."
    )


def industry_sentence(place: Position, industry: str, source: str, year: Figure = None) -> str:
    """A published NPS against one figure of an industry, with its source; `year` may be missing."""
    if not place.place:
        return "Without a score there is nothing to compare."
    where = f"{in_points(place.points)} {place.place}" if place.points else "within"
    when = "undated" if missing(year) else str(year)
    return f"The score lies {where} the figure for “{industry}” ({source}, {when})."


def industry_sentences(figures: pd.DataFrame, published: float) -> tuple[str, ...]:
    """A published NPS against each of some figures (a frame as `benchmarks.chosen` gives), and how far those disagree."""
    sentences = []
    for industry, rows in figures.groupby("industry", sort=False):
        low, high = rows["low"].min(), rows["high"].max()
        if low < high:
            sentences.append(
                f"Published figures for “{industry}” reach from {interval(low, high)}; none of them is the one truth."
            )
        for row in rows.to_dict("records"):
            name = row["label"] if row["statistic"] in ("", "range") else f"{industry}, {row['statistic']}"
            place = position(published, row["low"], row["high"])
            sentences.append(industry_sentence(place, name, row["source"], row["year"]))
        if published - high >= STRONG_LEAD:
            sentences.append(
                f"Being {STRONG_LEAD:g} points or more above every one of them is a stronger sign than any absolute number."
            )
    return tuple(sentences)
