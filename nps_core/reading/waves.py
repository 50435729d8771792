"""Which wave each answer belongs to: by a column, by its date, or by the file it came in. In natural order, always.

It must not choose among these; `roles` and the reader do.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.reading.columns import Column
from nps_core.reading.dates import NAT
from nps_core.reading.natural import in_order
from nps_core.reading.segments import as_values
from nps_core.responses import BLANK

PERIODS = {"by day": "D", "by month": "M", "by quarter": "Q", "by year": "Y"}  # the reader's word → how long a wave is
MOST = 400  # waves by date; more of them say nothing


def by_column(column: Column) -> pd.Categorical:
    """The waves that a column names."""
    return as_values(column)


def by_file(names: Sequence[str], starts: Sequence[int], rows: int) -> pd.Categorical:
    """Each file a wave; `starts` are the rows that the files begin at."""
    order = in_order(names)
    codes = np.repeat([order.index(name) for name in names], np.diff([*starts, rows]))
    return pd.Categorical.from_codes(codes, categories=pd.Index(order, dtype="str"), ordered=True)


def by_date(seconds: NDArray[np.int64], kind: str) -> pd.Categorical:
    """Each period of `kind` (a key of `PERIODS`) a wave; `BLANK` last where a row has no date.

    >>> by_date(np.array([0, 86400 * 40]), "by month").tolist()
    ['1970-01', '1970-02']
    """
    known = seconds != NAT
    stamps = np.where(known, seconds, 0).view("datetime64[s]")
    if kind == "by quarter":
        numbers = stamps.astype("datetime64[M]").view(np.int64) // 3
        names = {n: f"{1970 + n // 4}-Q{n % 4 + 1}" for n in np.unique(numbers[known]).tolist()}
    else:
        unit = np.dtype(f"datetime64[{PERIODS[kind]}]")
        numbers = stamps.astype(unit).view(np.int64)
        names = {n: str(np.array(n, dtype=np.int64).view(unit)) for n in np.unique(numbers[known]).tolist()}
    places = {number: i for i, number in enumerate(names)}
    codes = np.full(len(seconds), len(places), dtype=np.int32)
    found, inverse = np.unique(numbers[known], return_inverse=True)
    codes[known] = np.array([places[n] for n in found.tolist()] or [0], dtype=np.int32)[inverse]
    texts = [*names.values(), *([] if known.all() else [BLANK])]
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype="str"), ordered=True)
