"""From counts to the score: what every page shows of a group before any uncertainty.

Takes a Tally, hands back a Result: one row a group, units in the names. It must not know rows, intervals or words.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from nps_core.scale import GROUPS, band_of, published_nps
from nps_core.tally import group_counts

Row = Mapping[str, Any] | pd.Series  # one row of a Result


def measures(tally: pd.DataFrame) -> pd.DataFrame:
    """The Net Promoter Score of each group of a Tally, with what it is made of.

    Formula: NPS = 100 (r − d) / (d + p + r), with d detractors (0–6), p passives (7–8), r promoters (9–10). Passives are in
    the denominator; blank answers are not. Source: Reichheld, The One Number You Need to Grow, Harvard Business Review
    81(12), 2003.

    Parameters
    ----------
    tally : DataFrame
        A Tally: eleven score columns, or the three groups.

    Returns
    -------
    DataFrame
        Index of the tally; columns n, detractor, passive, promoter (answers, int64), detractor_share, passive_share,
        promoter_share (0..1), nps (exact, −100..100), published (nps rounded as `scale.published_nps` does) and band
        (a name in `scale.BANDS`). Without answers the shares and scores are NaN and the band is ''.

    Examples
    --------
    >>> tally = pd.DataFrame([[54, 108, 162]], index=["All answers"], columns=list(GROUPS))
    >>> measures(tally)[["n", "published", "band"]].values.tolist()
    [[324, 33.3, 'good']]
    """
    groups = group_counts(tally)
    counts = groups.to_numpy(dtype=np.int64)
    n = counts.sum(axis=1)
    with np.errstate(invalid="ignore"):
        shares = counts / n[:, None]
        nps = 100 * (counts[:, 2] - counts[:, 0]) / n
    published = [published_nps(d, p, r) for d, p, r in counts.tolist()]
    columns: dict[str, object] = {"n": n}
    columns |= {name: counts[:, i] for i, name in enumerate(GROUPS)}
    columns |= {f"{name}_share": shares[:, i] for i, name in enumerate(GROUPS)}
    columns |= {
        "nps": nps,
        "published": np.array([np.nan if x is None else x for x in published], dtype=float),
        "band": pd.array(["" if x is None else band_of(x).name for x in published], dtype="str"),
    }
    return pd.DataFrame(columns, index=groups.index)
