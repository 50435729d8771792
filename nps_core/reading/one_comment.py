"""Comment columns of which each respondent was shown one, because the question depends on the score, are one comment.

Detractors are asked what went wrong, promoters what they love: tools write a column for each question. It must not know
headers: what was filled in by whom tells.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import Column

ENOUGH = 3  # texts in each column from which it is no chance that they exclude one another


def split_by_group(comments: Sequence[Column], group: NDArray[np.int8], least: int = ENOUGH) -> list[list[Column]]:
    """The comment columns in bundles: those that belong together in one, every other in one of its own, in file order.

    `group` is each row's place in `scale.GROUPS`, −1 for none; `least` is how many texts a column needs to say something.
    """
    filled = {column.name: _filled(column) for column in comments}
    asked = {name: frozenset(np.unique(group[rows & (group >= 0)]).tolist()) for name, rows in filled.items()}
    bundles = list[list[Column]]()
    for column in comments:
        home = next((b for b in bundles if all(_apart(column, other, filled, asked, least) for other in b)), None)
        if home is None:
            bundles.append([column])
        else:
            home.append(column)
    return bundles


def _filled(column: Column) -> NDArray[np.bool_]:
    return np.asarray(pac.greater(pac.binary_length(column.array), 0).to_numpy(zero_copy_only=False), dtype=bool)


def _apart(
    one: Column, other: Column, filled: dict[str, NDArray[np.bool_]], asked: dict[str, frozenset[int]], least: int
) -> bool:
    """Whether no row and no group answered both questions."""
    if not asked[one.name] or not asked[other.name] or asked[one.name] & asked[other.name]:
        return False
    rows, others = filled[one.name], filled[other.name]
    return min(int(rows.sum()), int(others.sum())) >= least and not bool((rows & others).any())


def as_one(bundle: Sequence[Column]) -> tuple[pd.Series, pd.Categorical | None]:
    """The texts of a bundle in one column, and which of its columns (by name) each comes from; None for a single column."""
    if len(bundle) == 1:
        return bundle[0].cells, None
    source = np.full(len(bundle[0].cells), -1, dtype=np.int8)
    whole: pa.ChunkedArray | pa.Array = bundle[0].array
    for place, column in enumerate(bundle):
        rows = _filled(column)
        source[rows] = place
        if place:
            whole = pac.if_else(pa.array(rows), column.array, whole)
    names = pd.Index([column.name for column in bundle], dtype="str")
    return pd.Series(whole.to_pandas(), dtype="str"), pd.Categorical.from_codes(source, categories=names)
