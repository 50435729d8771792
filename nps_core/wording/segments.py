"""Sentences about who differs: scores, passives, what a search found, and the digest."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from nps_core.digest import CHANGE, Digest
from nps_core.segments import MEASURES, comparisons
from nps_core.wording.numbers import count, in_points, listed, percent, signed

NAMED = 3  # groups that a sentence names
INDIFFERENT = "Are particular customers more likely to be indifferent?"


def indifferent_sentence(compared: pd.DataFrame) -> str:
    """Whether particular customers are more likely to be indifferent; `compared` as `segments.compare` gives."""
    known = compared[compared["passive_p"].notna()]
    if known.empty:
        return "There are no two groups with enough answers, so nobody can be called more indifferent than others."
    more = known[known["passive_beyond"] & (known["passive_difference"] > 0)].sort_values("passive_difference", ascending=False)
    fewer = known[known["passive_beyond"] & (known["passive_difference"] < 0)].sort_values("passive_difference")
    if more.empty and fewer.empty:
        key, top = next(known.sort_values("passive_difference", ascending=False, kind="stable").iterrows())
        return (
            f"{INDIFFERENT} Not that this survey could tell: the largest share of passives, {percent(top['passive_share'])} in "
            f"{_quoted(key)}, is within noise of the {percent(top['passive_rest'])} of all others."
        )
    said = f"Yes: passives are {_shares(more)}." if len(more) else "No group more than the others."
    if len(fewer):
        said += f" Less so: {_shares(fewer)}."
    return f"{INDIFFERENT} {said} That is beyond noise."


def _shares(rows: pd.DataFrame) -> str:
    named = [
        f"{percent(row['passive_share'])} of {_quoted(key)} (of all others {percent(row['passive_rest'])})"
        for key, row in rows.head(NAMED).iterrows()
    ]
    return listed([*named, *_more(len(rows))])


def _more(groups: int) -> list[str]:
    return [f"{count(groups - NAMED)} more group{'' if groups == NAMED + 1 else 's'}"] if groups > NAMED else []


def _quoted(key: object) -> str:
    return f"“{' · '.join(map(str, key)) if isinstance(key, tuple) else key}”"


def scores_sentence(compared: pd.DataFrame) -> str:
    """Which groups score above or below all others."""
    known = compared[compared["nps_p"].notna()]
    if known.empty:
        return "There are no two groups with enough answers to lay against each other."
    beyond = known[known["nps_beyond"]]
    if beyond.empty:
        return "No group's score differs from that of all others beyond noise."
    ranked = beyond.loc[beyond["nps_difference"].abs().sort_values(ascending=False, kind="stable").index]
    named = [
        f"{_quoted(key)} {signed(row['published'])}, {in_points(row['nps_difference'])} "
        f"{'above' if row['nps_difference'] > 0 else 'below'} all others"
        for key, row in ranked.head(NAMED).iterrows()
    ]
    return f"Beyond noise: {listed([*named, *_more(len(ranked))])}."


def looked_sentence(compared: pd.DataFrame) -> str:
    """For how many comparisons the verdicts allow."""
    made = comparisons(compared)
    return f"The verdicts allow for all {count(made)} comparisons made here, of score and of passive share." if made else ""


def search_sentence(found: pd.DataFrame) -> str:
    """What a search over all columns found; `found` as `segments.search` gives."""
    if found.empty:
        return "There are no groups with enough answers to look for differences."
    beyond, columns = int(found["beyond"].sum()), found["column"].nunique()
    across = f"{count(len(found))} comparisons over {count(columns)} column{'' if columns == 1 else 's'}"
    if not beyond:
        return f"Of {across} none is beyond noise, once it is allowed for that all of them were looked at."
    verb = "is" if beyond == 1 else "are"
    return f"Of {across}, {count(beyond)} {verb} beyond noise, allowing for all of them having been looked at."


def finding_sentence(row: Mapping[Any, Any]) -> str:
    """One finding, from a row of `segments.search` or of a digest."""
    if row["column"] == CHANGE:
        return _changed(row)
    who = f"“{row['group']}” ({row['column']})"
    side = "above" if row["difference"] > 0 else "below"
    if row["measure"] == MEASURES[0]:
        return f"{who} scores {signed(row['value'])}, {in_points(row['difference'])} {side} all others ({signed(row['rest'])})."
    gap = in_points(100 * row["difference"])
    return f"{percent(row['value'])} of {who} are passives, {gap} {side} all others ({percent(row['rest'])})."


def _changed(row: Mapping[Any, Any]) -> str:
    if row["measure"] == MEASURES[0]:
        way = "rose" if row["difference"] > 0 else "fell"
        return f"The score {way} by {in_points(row['difference'])} to {signed(row['value'])} in “{row['group']}”."
    return f"Passives went from {percent(row['rest'])} to {percent(row['value'])} of the answers in “{row['group']}”."


def digest_sentence(found: Digest) -> str:
    """What stands over the findings, or that there is nothing to say."""
    if not found.looked:
        return "There is nothing to compare yet: no second period, and no two groups with enough answers."
    if found.looked == 1:
        nothing = "Nothing stands out: one comparison was made, and it is within noise."
        return nothing if found.findings.empty else "Beyond noise, in the one comparison that was made:"
    across = f"{count(found.looked)} comparisons"
    of = "of groups, periods and themes" if found.heard else "of groups and periods"
    if found.findings.empty:
        return f"Nothing stands out: {across} {of} were made, and none is beyond noise."
    return f"Beyond noise, allowing for all {across} {of} that were made:"
