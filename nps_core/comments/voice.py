"""What a group of respondents says, as sums: all that themes, types, triggers and the verdict are worked out from.

A **voice** is a Series of int64, one entry for each of `FIGURES`, all of them counts of respondents. Sums of voices are voices,
so a hosted view can carry them without anybody's words. It knows patterns, and neither shares nor pages.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE, CODES, GAPS, PRIMARY, STATUSES
from nps_core.comments.scan import Comments
from nps_core.responses import OUTCOMES
from nps_core.scale import DETRACTORS, GROUPS, PASSIVES, PROMOTERS, SCORES

ANSWERED = OUTCOMES[: len(SCORES) + len(GROUPS)]
EVERYBODY = "all"
MEMBERS: dict[str, tuple[int | str, ...]] = {
    "detractor": (*DETRACTORS, "detractor"),
    "passive": (*PASSIVES, "passive"),
    "promoter": (*PROMOTERS, "promoter"),
    EVERYBODY: ANSWERED,
}
SPEAKERS = MEMBERS | {str(score): (score,) for score in PASSIVES}  # whose voices pages lay side by side
HOLDING = (*GAPS, "not_explored")  # the themes that can hold somebody back
Voices = Mapping[str, pd.Series]  # by speaker


def holding_code(theme: str) -> str:
    """The code of a theme of `HOLDING`."""
    return f"gap:{theme}" if theme in GAPS else f"type:{theme}"


def pair(one: str, other: str) -> str:
    """The entry that counts those who name both of two themes of `HOLDING`."""
    return "+".join(sorted((one, other), key=HOLDING.index))


_STATUS, _PRIMARY = [f"status:{name}" for name in STATUSES], [f"primary:{name}" for name in PRIMARY]
_PAIRS = [pair(*two) for two in combinations(HOLDING, 2)]
# Statuses are of all who answered and add up to them; everything after is of those whose comment can be coded.
FIGURES = (*_STATUS, *CODES, *_PRIMARY, *_PAIRS, "aware", "any_gap")


def flags(patterns: pd.DataFrame) -> np.ndarray:
    """Which patterns count for which figure: int64 of shape (patterns, `FIGURES`)."""
    codable = patterns["status"].isin(CODABLE).to_numpy(dtype=bool)
    columns = [(patterns["status"] == name).to_numpy(dtype=bool) for name in STATUSES]
    columns += [patterns[code].to_numpy(dtype=bool) & codable for code in CODES]
    columns += [(patterns["primary"] == name).to_numpy(dtype=bool) & codable for name in PRIMARY]
    named = {theme: patterns[holding_code(theme)].to_numpy(dtype=bool) for theme in HOLDING}
    columns += [named[one] & named[other] & codable for one, other in combinations(HOLDING, 2)]
    competitor, leaving = patterns["competitor"].to_numpy(dtype=bool), patterns["leaving"].to_numpy(dtype=bool)
    columns += [competitor & ~leaving & codable, np.any([named[gap] for gap in GAPS], axis=0) & codable]
    return np.stack(columns, axis=1).astype(np.int64)


def voice(sums: np.ndarray) -> pd.Series:
    """Counts in the order of `FIGURES` as a voice."""
    return pd.Series(sums, index=list(FIGURES), dtype="int64")


def of_patterns(patterns: pd.DataFrame) -> pd.Series:
    """The voice of respondents counted by pattern: `patterns` with their number as column n."""
    return voice(flags(patterns).T @ patterns["n"].to_numpy(dtype=np.int64))


def voices(said: pd.DataFrame, comments: Comments) -> dict[str, pd.Series]:
    """The voice of each of `SPEAKERS` in a Said (see `themes.said`) that is not split."""
    matrix = flags(comments.patterns.iloc[said.index.astype(int)])
    return {
        name: voice(matrix.T @ said[list(members)].sum(axis=1).to_numpy(dtype=np.int64)) for name, members in SPEAKERS.items()
    }
