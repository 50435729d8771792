"""A survey without answers: what the filters and menus of a page need to know of a numbers-only view, and nothing else."""

from dataclasses import dataclass

import pandas as pd

from nps_core.hosted.numbers import Numbers
from nps_core.hosted.rows import NO_ISSUES
from nps_core.responses import STATUSES, Responses
from nps_core.scale import GROUPS


@dataclass(frozen=True, eq=False)
class Shell(Responses):
    """`Responses` with no row: its groups are the shown ones, it has no first and last day, and no comments."""

    known: bool = True

    @property
    def scores_known(self) -> bool:
        """As it was in the survey."""
        return self.known


def shell(numbers: Numbers) -> Shell:
    """The survey behind a numbers-only view as far as its reader may know it; ``numbers.times`` says what splits by time."""
    frame: dict[str, object] = {
        "score": pd.array([], dtype="Int8"),
        "group": pd.Categorical([], categories=GROUPS),
        "status": pd.Categorical([], categories=STATUSES),
        "count": pd.Series([], dtype="int64"),
    }
    if "wave" not in numbers.times and numbers.times:
        frame["when"] = pd.Series([], dtype="datetime64[s]")
    for axis in (*numbers.dimensions, *(("wave",) if "wave" in numbers.times else ())):
        frame[axis] = pd.Categorical([], categories=pd.Index(numbers.values[axis], dtype="str"), ordered=True)
    return Shell(
        frame=pd.DataFrame(frame),
        roles=(),
        segments=numbers.dimensions,
        issues=NO_ISSUES,
        notes=(),
        files=(),
        key=numbers.key,
        known=numbers.scores_known,
    )
