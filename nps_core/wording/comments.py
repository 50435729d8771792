"""Sentences about lists of comments: how many match, who wrote one, what an edit of the codebook changed."""

from collections.abc import Mapping

import pandas as pd

from nps_core.comments.codes import CODES
from nps_core.comments.themes import Verdict
from nps_core.scale import SCORES
from nps_core.wording.numbers import count, listed, percent
from nps_core.wording.passives import NAMES, code_name, theme_name

HEADS = {"gap": "Wanting", "type": "Why passive", "trigger": "Could leave over", "satisfaction": "To be mended in"}
STATUSES = {
    "coded": "Coded",
    "not_coded": "Fits no code",
    "no_information": "Says nothing about why",
    "other_language": "In a language that is not coded",
    "empty": "",
}


def code_titles(names: Mapping[str, str]) -> dict[str, str]:
    """Every code as people read it, with what its family means in front; `names` holds the codebook's names of the gaps.

    >>> code_titles({"ease": "Hard to use"})["gap:ease"]
    'Wanting: Hard to use'
    """
    titles = {}
    for code in CODES:
        head = HEADS.get(code.partition(":")[0])
        name = code_name(code, names)
        titles[code] = f"{head}: {name}" if head else name
    return titles


def table_titles(names: Mapping[str, str]) -> dict[str, str]:
    """What people read for codes, themes and statuses in a table whose columns name the families."""
    codes = {code: code_name(code, names) for code in CODES}
    return codes | NAMES | dict(names) | STATUSES


def matching_sentence(found: Mapping[str, int], total: int) -> str:
    """How many comments match, of how many; `found` as `comments.search.counted` gives it.

    >>> matching_sentence({"comments": 37, "respondents": 34, "texts": 30}, 656)
    '37 comments of 34 respondents match, of 656. Identical ones stand here once: 30 different texts.'
    """
    number = found["comments"]
    if not number:
        return f"None of the {count(total)} comments matches." if total > 1 else "No comment matches."
    who = f"{count(found['respondents'])} respondent{'' if found['respondents'] == 1 else 's'}"
    of = f", of {count(total)}" if total != number else ""
    first = f"{count(number)} comment{'' if number == 1 else 's'} of {who} match{'es' if number == 1 else ''}{of}."
    different = f"{count(found['texts'])} different text{'' if found['texts'] == 1 else 's'}"
    return first if found["texts"] == number else f"{first} Identical ones stand here once: {different}."


def origin(row: pd.Series) -> str:
    """Who wrote a text: `row` has record, count and outcomes, as `comments.search.entries` gives them.

    >>> origin(pd.Series({"record": 12, "count": 3, "outcomes": (7, 8)}))
    '3 respondents, scored 7 and 8; first in record 12'
    """
    scores = [str(one) for one in row["outcomes"] if one in SCORES]
    groups = [str(one) for one in row["outcomes"] if one not in SCORES]
    given = ", ".join([*([f"scored {listed(scores)}"] if scores else []), *([listed(groups)] if groups else [])])
    if row["count"] == 1:
        return f"Record {count(row['record'])}, {given}"
    return f"{count(row['count'])} respondents, {given}; first in record {count(row['record'])}"


def coded_sentence(heard: Mapping[str, int]) -> str:
    """How many comments fit the codebook; `heard` as `comments.themes.heard` gives it, of everybody.

    >>> coded_sentence({"codable": 200, "coded": 150})
    '150 of 200 comments that say why fit the codebook (75%).'
    """
    if not heard["codable"]:
        return "No comment says why, so there is nothing that could fit."
    share = percent(heard["coded"] / heard["codable"], 0)
    one = heard["codable"] == 1
    verb = "says why and fits" if one else "that say why fit"
    return f"{count(heard['coded'])} of {count(heard['codable'])} comment{'' if one else 's'} {verb} the codebook ({share})."


def edit_sentence(changed: pd.DataFrame) -> str:
    """What an edit changed; `changed` as `comments.recoding.changes` gives it."""
    if changed.empty:
        return "That changed no comment: none of them holds such words, or they carried the code already."
    codes = changed["code"].nunique()
    return f"The change reached {count(codes)} code{'' if codes == 1 else 's'}: here is how many comments gained or lost each."


def verdict_change(before: Verdict, after: Verdict, names: Mapping[str, str]) -> str:
    """What the passives' comments bear before and after an edit."""
    old, new = _verdict(before, names), _verdict(after, names)
    if old == new:
        return f"What holds passives back, as before: {old}."
    return f"What holds passives back, before: {old}. Now: {new}."


def _verdict(found: Verdict, names: Mapping[str, str]) -> str:
    if found.kind == "leader":
        return f"{theme_name(found.first, names)} leads"
    if found.kind == "no_leader":
        return f"no clear leader, {theme_name(found.first, names)} and {theme_name(found.second, names)} in front"
    return "inconclusive"


def change_table(changed: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """The changes of an edit as people read them."""
    return pd.DataFrame(
        {
            "Code": [titles.get(code, code) for code in changed["code"]],
            "Change": changed["change"].array,
            "Comments": changed["count"].astype("Int64").array,
            "Examples": [" · ".join(examples) for examples in changed["examples"]],
        }
    )
