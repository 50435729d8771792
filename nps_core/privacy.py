"""What must not be shown: figures of a handful of people, and what subtraction would reveal of them.

The idea is that of statistical disclosure control (Hundepool and others, Statistical Disclosure Control, Wiley 2012, ch. 4):
primary suppression hides a cell with too few answers, secondary (complementary) suppression hides further cells so that the
known totals do not give the first ones away. It must not know how hidden figures are worded or drawn.
"""

import numpy as np
import pandas as pd

from nps_core.rings import Counts, Edge, Mask, hide_crossed
from nps_core.tally import EVERYTHING


def withheld(n: int, total: int, floor: int) -> bool:
    """Whether the result of a filter must not be shown: n answers left of `total` in the whole file.

    Held back are 1 to floor − 1 answers, and results that leave out 1 to floor − 1 (the whole minus the result would show
    them). A whole file (n = total) is the reader's own and always shown; no answers need no hiding.

    >>> withheld(4, 100, 5), withheld(97, 100, 5), withheld(3, 3, 5), withheld(50, 100, 5)
    (True, True, False, False)
    """
    if not 0 <= n <= total:
        raise ValueError(f"a filter leaves 0 to all {total} answers, not {n}")
    return 0 < n < total and (n < floor or total - n < floor)


def protect(result: pd.DataFrame, floor: int, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """A Result for groups shown side by side, with what must stay hidden blanked and the column ``suppressed`` (bool) added.

    The rule: a group of 1 to floor − 1 answers is hidden. As the total is known, the next smallest groups are hidden too, until
    at least two are hidden and those together hold at least `floor` answers, and more answers than groups. With two or three
    index levels the same holds along each of them, as the one-way figures are known, and with two levels no hidden cell can be
    worked out from all totals together, unless the totals alone already give it; nor can a one-way figure that is hidden where
    it stands alone. Groups without answers need no hiding. A result that is not split is no group: it is shown unless `withheld`
    says otherwise. Source: Hundepool and others, Statistical Disclosure
    Control, Wiley 2012, ch. 4 (primary and secondary suppression).

    Parameters
    ----------
    result : DataFrame
        A Result with a column n.
    floor : int
        Fewer answers are not shown; 1 hides nothing.
    whole : DataFrame, optional
        The Result of the same split without any filter. Where given, a filter result that `withheld` forbids is hidden
        altogether, and so is a group from which the filter takes 1 to floor − 1 answers away.

    Returns
    -------
    DataFrame
        The figures of suppressed rows are missing (NaN, NA or ''); whole-number columns become Int64, flags boolean.

    Examples
    --------
    >>> groups = pd.DataFrame({"n": [40, 3, 9]}, index=["EU", "UK", "US"])
    >>> protect(groups, 5)["suppressed"].tolist()
    [False, True, True]
    """
    n = result["n"].to_numpy(dtype=np.int64)
    before = n if whole is None else whole["n"].reindex(result.index).to_numpy(dtype=np.int64)
    total = n.sum() if whole is None else whole["n"].sum()
    if withheld(int(n.sum()), int(total), floor):
        return blank(result, n > 0)
    if list(result.index) == [EVERYTHING]:
        return blank(result, np.zeros(1, dtype=bool))
    taken = before - n
    hidden = ((n > 0) & (n < floor)) | ((n > 0) & (taken > 0) & (taken < floor))
    places = _places(result.index)
    lines = _lines(places)
    # Of equals the first by name, so that the same groups are hidden wherever and in whatever order they are shown.
    rank = np.argsort(np.argsort(result.index.map(str).to_numpy(dtype=str), kind="stable"), kind="stable")
    margins = _hidden_margins(result.index, n, before, floor) if len(places) == 2 else []
    settled = -1
    while settled != hidden.sum():
        settled = int(hidden.sum())
        for line in lines:
            _complement(n, hidden, line, floor, rank)
        if len(places) == 2:
            hide_crossed(n, hidden, list(zip(*(place.tolist() for place in places), strict=True)), margins, floor)
    return blank(result, hidden)


def blank(result: pd.DataFrame, hidden: Mask) -> pd.DataFrame:
    """The result with every figure of the hidden rows missing, and the column ``suppressed`` (bool) added."""
    columns: dict[object, object] = {}
    for name, values in result.items():
        if pd.api.types.is_bool_dtype(values.dtype):
            columns[name] = values.astype("boolean").mask(hidden)
        elif pd.api.types.is_integer_dtype(values.dtype):
            columns[name] = values.astype("Int64").mask(hidden)
        elif pd.api.types.is_string_dtype(values.dtype):
            columns[name] = values.mask(hidden, "")
        else:
            columns[name] = values.mask(hidden)
    return pd.DataFrame(columns, index=result.index).assign(suppressed=hidden)


def _places(index: pd.Index) -> list[Counts]:
    """Each row's place on each index level."""
    levels = [index.get_level_values(i) for i in range(index.nlevels)]
    return [pd.factorize(level)[0].astype(np.int64) for level in levels]


def _lines(places: list[Counts]) -> list[Counts]:
    """The rows that add up to a total somebody may know: all that differ only in one level."""
    if len(places) == 1:
        return [np.arange(len(places[0]))]
    found: list[Counts] = []
    for summed in range(len(places)):
        kept = [place for i, place in enumerate(places) if i != summed]
        found += [np.asarray(line) for line in pd.DataFrame(kept).T.groupby(list(range(len(kept)))).indices.values()]
    return found


def _hidden_margins(index: pd.Index, n: Counts, before: Counts, floor: int) -> list[Edge]:
    """The row and column totals of a two-way table that are hidden where they are shown as one-way figures.

    Each as a cell of the table bordered by its totals: in the column after the last, or in the row after the last.
    """
    found: list[Edge] = []
    sides = [pd.factorize(index.get_level_values(axis)) for axis in range(2)]
    for axis, (place, labels) in enumerate(sides):
        sums, whole = (pd.DataFrame({"n": np.bincount(place, x).astype(np.int64)}, index=labels) for x in (n, before))
        hidden = np.flatnonzero(protect(sums, floor, whole)["suppressed"]).tolist()
        found += [(i, len(sides[1][1])) if axis == 0 else (len(sides[0][1]), i) for i in hidden]
    return found


def _complement(n: Counts, hidden: Mask, line: Counts, floor: int, rank: Counts) -> None:
    """Hide the next smallest of one line until at least two with at least `floor` answers are hidden; changes `hidden`.

    And more answers than groups: as every hidden group has an answer, five of them with five answers would have one each.
    """
    inside = line[hidden[line]]
    if not len(inside):
        return
    count, answers = len(inside), int(n[inside].sum())
    shown = line[~hidden[line] & (n[line] > 0)]
    for i in shown[np.lexsort((rank[shown], n[shown]))]:
        if count >= 2 and answers >= floor and answers > count:
            return
        hidden[i] = True
        count, answers = count + 1, answers + int(n[i])
