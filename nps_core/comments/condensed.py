"""Comments that no filter at hand can tell apart, put together: pages then look at a small table however many rows there are."""

from dataclasses import replace

import numpy as np
import pandas as pd

from nps_core.comments.scan import Comments


def condensed(comments: Comments, columns: tuple[str, ...], days: bool = False) -> Comments:
    """The same comments with one row for each text, outcome and value of these segment columns (and day, where `days`).

    A row stands for the first record that says so, its `count` for all respondents who do. What is counted, listed or searched
    comes out the same for any question that filters by no other columns. Where a respondent may have left several comments, rows
    stay as they are: put together, they would count that respondent once for each.
    """
    if len(comments.responses.comments) != 1 or comments.rows.empty:
        return comments
    frame, record = comments.responses.frame, comments.rows["record"].to_numpy()
    alike = {"text": comments.rows["text"].to_numpy(), "outcome": comments.responses.outcome[record]}
    alike |= {f"segment {column}": frame[column].cat.codes.to_numpy()[record] for column in columns}
    if days:
        alike["day"] = (
            frame["when"].to_numpy()[record].astype("datetime64[D]").astype(np.int64)
        )  # without a date: one number, too
    place = pd.DataFrame(alike).groupby(list(alike), sort=False).ngroup()  # in the order of the file
    count = np.bincount(place, weights=comments.rows["count"].to_numpy()).astype(np.int64)
    first = place.drop_duplicates().index
    return replace(comments, rows=comments.rows.loc[first].assign(count=count).reset_index(drop=True))
