"""Sentences about words: which ones set two groups apart, and which occur together where the codebook found nothing."""

import pandas as pd

from nps_core.comments.emergent import ENOUGH, Emergent
from nps_core.wording.numbers import count, listed, percent, rounded

# With so many comments a side, a word with three times the odds (25% against 10%) is found in three of four surveys; with 100,
# in one of three.
TELLING = 200
TWO_DIGITS = 0.015  # a share below this needs a decimal
OTHERS = 2  # words named beside the first
NAMED = 5  # words of a group that are read aloud


def contrast_sentence(table: pd.DataFrame, group: str, against: str, n_group: int, n_against: int) -> str:
    """The words that set `group` apart from `against`, the surest first, or that none does and why.

    `table` as `comments.contrast.contrast` gives; n_group and n_against are the comments of the two groups.
    """
    for name, n in ((group, n_group), (against, n_against)):
        if not n:
            return f"There are no comments by {name}s, so there is nothing to compare."
    found = table[table["distinctive"]]
    theirs, others = (found[found["says_more"] == name] for name in (group, against))
    if not theirs.empty:
        return _used(theirs, group, against, "group", "against")
    if not others.empty:
        return f"No word is more typical of {group}s than of {against}s. {_used(others, against, group, 'against', 'group')}"
    fewest = min(n_group, n_against)
    opening = f"No word sets {group}s apart from {against}s beyond chance"
    if fewest < TELLING:
        return f"{opening}: {_comments(fewest)} {'is' if fewest == 1 else 'are'} too few to tell."
    return f"{opening}: both use much the same words."


def emergent_sentence(found: Emergent) -> str:
    """What occurs together among the comments without a theme, or why nothing is shown."""
    if found.reason == "few":
        return (
            f"Looking for new themes takes {count(ENOUGH)} different comments without a theme; here there "
            f"{'is' if found.n == 1 else 'are'} {count(found.n)}."
        )
    if found.reason:
        return "Among the comments without a theme, no words occur together more often than chance explains."
    row = found.table.iloc[0]
    names = [f"“{word}”" for word in row["words"]]
    where = (
        f"{'' if len(names) == 2 else 'two or more of '}{listed(names[:NAMED])}{' and the like' if len(names) > NAMED else ''}"
    )
    more = len(found.table) - 1
    rest = f" There {'is' if more == 1 else 'are'} {count(more)} more such group{'' if more == 1 else 's'}." if more else ""
    return f"{_comments(row['comments'])} without a theme hold {where} together, more than chance explains.{rest}"


def _used(rows: pd.DataFrame, more: str, less: str, more_key: str, less_key: str) -> str:
    """How much more often the first word is used, and which others are."""
    first = rows.iloc[0]
    often, seldom = first[f"{more_key}_share"], first[f"{less_key}_share"]
    word, shares = f"“{first['word']}”", f"({_share(often)} against {_share(seldom)})"
    if seldom:
        sentence = f"{more.capitalize()}s use {word} {_times(often / seldom)} as often as {less}s {shares}."
    else:
        sentence = f"{more.capitalize()}s use {word}, {less}s never do {shares}."
    names = [f"“{name}”" for name in rows["word"].iloc[1 : 1 + OTHERS]]
    rest = len(rows) - 1 - len(names)
    if rest:
        names.append(f"{count(rest)} other word{'' if rest == 1 else 's'}")
    return f"{sentence} {more.capitalize()}s also use {listed(names)} more often." if names else sentence


def _times(ratio: float) -> str:
    """How many times, without a decimal from two on."""
    whole = rounded(ratio, 0)
    return f"{rounded(ratio)} times" if ratio < 1.95 else "twice" if whole == 2 else f"{whole} times"


def _share(share: float) -> str:
    return percent(share, 1 if 0 < share < TWO_DIGITS else 0)


def _comments(number: int) -> str:
    return f"{count(number)} comment{'' if number == 1 else 's'}"
