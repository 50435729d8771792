"""Why the score moved: because groups answer differently than before, or because other groups answer.

Two periods, one split: the change is taken apart into parts that add up to it exactly, in whole-number fractions and only
then in decimals. Takes Tallies, hands back small frames. It must not know words.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from nps_core.tally import group_counts

OTHERS = "All other groups"  # groups that must not or need not be shown one by one, taken together
Parts = list[tuple[Fraction, Fraction]]


def exact_parts(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> Parts:
    """The part (within, mix) of each group in the change of the NPS, as exact fractions of points.

    Formula: with w the share of a group among all answers and s its NPS in the two periods, and S that of everybody:
    within = (w₁ + w₂)/2 · (s₂ − s₁), mix = (w₂ − w₁) · ((s₁ + s₂)/2 − (S₁ + S₂)/2). Both added up over all groups are S₂ − S₁. A
    group that answered only once has no change within: all of it is mix. Source: Kitagawa, Components of a difference between
    two rates, Journal of the American Statistical Association 50, 1955, 1168–1194.

    Parameters
    ----------
    first, second : sequence of (detractors, passives, promoters)
        The groups in the same order, in each period; nobody in a period is (0, 0, 0). Both periods need answers.

    Examples
    --------
    >>> [(float(within), float(mix)) for within, mix in exact_parts([(5, 0, 5), (2, 0, 8)], [(5, 0, 5), (6, 0, 24)])]
    [(0.0, 9.375), (0.0, 5.625)]
    """
    n_first, n_second = (sum(map(sum, side)) for side in (first, second))
    whole = (_score(map(sum, zip(*first, strict=True))) + _score(map(sum, zip(*second, strict=True)))) / 2
    parts = []
    for before, after in zip(first, second, strict=True):
        if not (sum(before) or sum(after)):
            parts.append((Fraction(0), Fraction(0)))
            continue
        w_1, w_2 = Fraction(sum(before), n_first), Fraction(sum(after), n_second)
        s_1, s_2 = (_score(own if sum(own) else other) for own, other in ((before, after), (after, before)))
        parts.append(((w_1 + w_2) / 2 * (s_2 - s_1), (w_2 - w_1) * ((s_1 + s_2) / 2 - whole)))
    return parts


def _score(counts: Iterable[int]) -> Fraction:
    d, p, r = (int(number) for number in counts)
    return Fraction(100 * (r - d), d + p + r)


def moved(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The parts of a change by group: `exact_parts` as decimals, beside each group's size and score in both periods.

    Parameters
    ----------
    first, second : DataFrame
        Tallies of the two periods, split by the same column; a group may lack in one. Both need answers.

    Returns
    -------
    DataFrame
        Index of the groups that occur; n_first, n_second (answers), share_first, share_second (0..1), nps_first, nps_second
        (points, NaN without answers), within, mix (points).
    """
    names = list(dict.fromkeys([*first.index, *second.index]))
    one, two = (group_counts(side).reindex(names, fill_value=0).to_numpy(dtype=np.int64) for side in (first, second))
    if not one.sum() or not two.sum():
        raise ValueError("both periods need answers")
    parts = exact_parts(one.tolist(), two.tolist())
    found: dict[str, object] = {}
    for when, side in (("first", one), ("second", two)):
        n = side.sum(axis=1)
        with np.errstate(invalid="ignore"):
            nps = 100 * (side[:, 2] - side[:, 0]) / n
        found |= {f"n_{when}": n, f"share_{when}": n / n.sum(), f"nps_{when}": nps}
    found |= {"within": [float(within) for within, _ in parts], "mix": [float(mix) for _, mix in parts]}
    columns = ["n_first", "n_second", "share_first", "share_second", "nps_first", "nps_second", "within", "mix"]
    return pd.DataFrame(found, index=pd.Index(names, name=first.index.name))[columns]


def pooled(
    first: pd.DataFrame, second: pd.DataFrame, floor: int, hidden: Sequence[object] = (), most: int | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both Tallies with the groups that must not be shown one by one taken together as `OTHERS`, the last row.

    Taken together are the groups in `hidden`, those with 1 to floor − 1 answers in either period, and as many of the next
    smallest as it takes for at least two of them to hold 0 or at least `floor` answers in each period; with `most`, also the
    smallest beyond so many groups. Where all groups are small, they are all taken together.
    """
    names = list(dict.fromkeys([*first.index, *second.index]))
    one, two = (side.reindex(names, fill_value=0).astype("int64") for side in (first, second))
    n = np.stack([one.sum(axis=1).to_numpy(), two.sum(axis=1).to_numpy()])
    few = ((n > 0) & (n < floor)).any(axis=0) | np.isin(
        np.arange(len(names)), [i for i, x in enumerate(names) if x in set(hidden)]
    )
    order = sorted(range(len(names)), key=lambda i: int(n[:, i].sum()))
    for i in order:
        together = n[:, few].sum(axis=1)
        too_many = most is not None and (~few).sum() + 1 > most and len(names) > most
        if not few.any() and not too_many:
            break
        if few.sum() >= 2 and not ((together > 0) & (together < floor)).any() and not too_many:
            break
        few[i] = True
    return tuple(_together(side, few) for side in (one, two))  # type: ignore[return-value]


def _together(tally: pd.DataFrame, few: np.ndarray) -> pd.DataFrame:
    if not few.any():
        return tally
    rest = tally[few].sum().to_frame(OTHERS).T.astype("int64")
    return pd.DataFrame(pd.concat([tally[~few], rest]))


def steps(parts: pd.DataFrame, most: int) -> pd.DataFrame:
    """The parts in the order a picture shows them: name, kind (within or mix) and points, adding up to the change.

    Within each of the `most` groups that moved the score most, all other groups together, then the mix of all.
    """
    ranked = parts["within"].abs().sort_values(ascending=False, kind="stable").index
    shown = [name for name in parts.index if name in set(ranked[:most]) and name != OTHERS]
    rest = [name for name in parts.index if name not in set(shown)]
    rows = [(str(name), "within", float(parts.loc[name, "within"])) for name in shown]
    if rest:
        rows.append((OTHERS, "within", float(parts.loc[rest, "within"].sum())))
    rows.append(("", "mix", float(parts["mix"].sum())))
    return pd.DataFrame(rows, columns=["name", "kind", "points"])


def taken_few(part: pd.DataFrame, whole: pd.DataFrame | None, floor: int) -> list[object]:
    """The groups from which filters take 1 to floor − 1 answers away: the unfiltered figure minus this one would show them.

    `part` and `whole` are Tallies of one period with and without filters; None is a question without filters.
    """
    if whole is None:
        return []
    taken = whole.sum(axis=1) - part.sum(axis=1).reindex(whole.index, fill_value=0)
    return [name for name in part.index if 0 < taken[name] < floor]
