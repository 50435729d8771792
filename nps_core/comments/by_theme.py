"""Comments as a split like any other: every respondent under one theme, so that themes can say why the score moved."""

import numpy as np
import pandas as pd

from nps_core.comments.codes import CODABLE, PRIMARY
from nps_core.comments.scan import Comments
from nps_core.comments.voice import MEMBERS
from nps_core.scale import GROUPS

# Where respondents stand who name no theme: they left no words, say nothing, or write in a language that is not coded.
SILENT = {"empty": "no_comment", "no_information": "no_information", "other_language": "other_language"}
THEMES = (*PRIMARY, *SILENT.values())


def theme_tally(said: pd.DataFrame, comments: Comments) -> pd.DataFrame:
    """A Said split by period → the Tally of themes in each period: index (theme, period), columns detractor, passive, promoter.

    Each respondent is counted once: under the primary theme of the comment, or under what kept it from having one.
    """
    period, pattern = (said.index.get_level_values(level) for level in (0, -1))
    places = pattern.astype(int)
    primary, status = (comments.patterns[name].to_numpy(dtype=str)[places] for name in ("primary", "status"))
    silent = np.array([SILENT.get(name, "") for name in status], dtype=object)
    theme = pd.Categorical(np.where(np.isin(status, CODABLE), primary, silent), categories=THEMES)
    sums = {group: said[list(MEMBERS[group])].sum(axis=1).to_numpy() for group in GROUPS}
    frame = pd.DataFrame(sums).assign(theme=theme, period=pd.Categorical(period, categories=list(dict.fromkeys(period))))
    found = frame.groupby(["theme", "period"], observed=True)[list(GROUPS)].sum()
    index = [found.index.get_level_values(level).astype("str") for level in range(2)]
    return found.set_axis(pd.MultiIndex.from_arrays(index, names=["theme", "period"])).astype("int64")
