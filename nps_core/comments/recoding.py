"""What an edit of a codebook changed: which comments gained or lost which code.

Compares two codings of the same survey. Comments are compared text by text; counts are of respondents.
"""

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODES
from nps_core.comments.scan import Comments

EXAMPLES = 3  # texts named for each change


def changes(before: Comments, after: Comments) -> pd.DataFrame:
    """A row for each code that some comment gained or lost, the largest change first.

    Columns code, change (gained, lost), count (respondents), examples (tuple of up to `EXAMPLES` masked texts).
    """
    pair = _by_text(before).add_suffix("_before").join(_by_text(after).add_suffix("_after"), how="inner")
    old, new = pair["bits_before"].to_numpy(), pair["bits_after"].to_numpy()
    count = pair["count_after"].to_numpy()
    rows = []
    for place, code in enumerate(CODES):
        bit = np.int64(1) << np.int64(place)
        for change, moved in (("gained", ~old & new & bit), ("lost", old & ~new & bit)):
            where = np.flatnonzero(moved)
            if len(where):
                examples = sorted(pair.index[where].get_level_values("text"))[:EXAMPLES]
                rows.append((code, change, int(count[where].sum()), tuple(examples)))
    found = pd.DataFrame(rows, columns=["code", "change", "count", "examples"])
    return found.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)


def _by_text(comments: Comments) -> pd.DataFrame:
    """Bits and number of respondents of each distinct text and question."""
    weights = comments.responses.frame["count"].to_numpy()[comments.rows["record"].to_numpy()]
    count = np.bincount(comments.rows["text"].to_numpy(), weights=weights, minlength=len(comments.texts)).astype(np.int64)
    return comments.texts.set_index(["text", "question"])[["bits"]].assign(count=count)
