"""What a group's comments say, in sentences to read aloud: the verdict, how many wrote, why a passive is passive, what to do
next."""

from collections.abc import Mapping, Sequence

import pandas as pd

from nps_core.comments.themes import FEW_COMMENTS, FEW_NAMING, LEAST_CODED, Verdict
from nps_core.wording.numbers import count, listed, percent

OUTREACH = "Ask these people: what would need to be true for you to be a huge fan?"
PEOPLE = {"passive": "passives", "promoter": "promoters", "detractor": "detractors", "all": "respondents"}
NAMES = {
    "not_explored": "Not explored yet",
    "praise": "Praise",
    "not_coded": "Not coded",
    "works_but": "It works, but …",
    "missing_one_thing": "Missing one thing",
    "past_disappointment": "A past disappointment",
    "price": "Price",
    "feature_gap": "A lack that others do not have",
    "service_breakdown": "Service that breaks down",
    "strategic": "Needs and offer part ways",
    "product": "The product",
    "service": "The service",
    "value": "The value",
    "relationship": "The relationship",
    "active": "Active: looking around or about to leave",
    "aware": "Aware: speaks of another provider",
    "oblivious": "Oblivious: speaks of no other",
    "competitor": "Another provider is spoken of",
    "scale_habit": "A habit of scoring",
    "praise_only": "Praise alone",
    "suggestion": "Other suggestion",
    "complaint": "A complaint about nothing in particular",
    "leaving": "Looking around or about to leave",
}
RESPONSES = {
    "works_but": "An emotional gap: it does the job, no more. Show them a success of their own; a personal contact helps.",
    "missing_one_thing": "A functional gap: one thing stands in the way. Tell them when it ships, or show them that it is there.",
    "not_explored": "Not enough use yet: they cannot love what they have not seen. Offer a guided start, and ask again later.",
    "past_disappointment": "Damaged trust: say openly what went wrong and what has changed. Keep the next promise to the day.",
}


def all_names(names: Mapping[str, str]) -> dict[str, str]:
    """What people read for every theme: the codebook's names of the gaps, and those here."""
    return NAMES | {**names}


def theme_name(theme: str, names: Mapping[str, str]) -> str:
    """What people read for a theme: the codebook's name of a gap, else the one here."""
    return names.get(theme) or NAMES.get(theme, theme)


def code_name(code: str, names: Mapping[str, str]) -> str:
    """What people read for a code with its family in front.

    >>> code_name("gap:value", {"value": "Value for money"}), code_name("satisfaction:value", {})
    ('Value for money', 'The value')
    """
    family, _, name = code.rpartition(":")
    return names.get(name, name) if family == "gap" else NAMES.get(name, name)


def heard_sentence(heard: Mapping[str, int], group: str) -> str:
    """How many wrote something that tells why."""
    people = PEOPLE[group]
    if heard["n"] == 0:
        return f"There are no {people} here."
    if heard["commented"] == 0:
        return f"None of the {count(heard['n'])} {people} left a comment."
    kinds = {"no_information": "said nothing about why", "other_language": "wrote in a language that is not coded"}
    left_out = [f"{count(heard[key])} {words}" for key, words in kinds.items() if heard[key]]
    first = f"{count(heard['codable'])} of {count(heard['n'])} {people} left words that say why"
    return f"{first}; {' and '.join(left_out)}." if left_out else f"{first}."


def verdict_sentence(
    found: Verdict, holding: pd.DataFrame, heard: Mapping[str, int], names: Mapping[str, str], group: str
) -> str:
    """What holds them back, or that it cannot be told. `holding` is `themes.holding`."""
    if found.kind == "inconclusive":
        return _inconclusive(found, heard)
    first, second = (theme_name(name, names) for name in (found.first, found.second))
    top = holding.loc[found.first]
    share = f"{percent(top['share'], 0)}, {percent(top['low'], 0)} to {percent(top['high'], 0)}"
    if found.kind == "leader":
        behind = f", ahead of {second} ({percent(holding.loc[found.second, 'share'], 0)})" if found.second else ""
        what = {"passive": "What holds them back most", "detractor": "What drives them away most"}.get(
            group, "What they miss most"
        )
        return f"{what}: {first} ({share}){behind}, beyond chance."
    return f"No clear leader: {first} {percent(top['share'], 0)}, {second} {percent(holding.loc[found.second, 'share'], 0)}."


def finding_sentence(found: Verdict, holding: pd.DataFrame, names: Mapping[str, str]) -> str:
    """What passives say, where a theme leads, as a finding that stands by itself. `holding` is `themes.holding` of passives."""
    top = holding.loc[found.first]
    share = f"{percent(top['share'], 0)} ({percent(top['low'], 0)} to {percent(top['high'], 0)})"
    behind = f", ahead of “{theme_name(found.second, names)}” ({percent(holding.loc[found.second, 'share'], 0)})"
    return f"“{theme_name(found.first, names)}” is named by {share} of the passives who say why{behind if found.second else ''}."


def _inconclusive(found: Verdict, heard: Mapping[str, int]) -> str:
    if found.why == "few_comments":
        return f"Inconclusive: {_comments(heard['codable'])}; it takes {FEW_COMMENTS} to conclude anything."
    if found.why == "few_coded":
        share = percent(heard["coded"] / heard["codable"], 0)
        return f"Inconclusive: only {share} of the comments fit the codebook; it takes {percent(LEAST_CODED, 0)}."
    return f"Inconclusive: no theme is named in {FEW_NAMING} comments or more."


def _comments(number: int) -> str:
    return f"{count(number)} comment that says why" if number == 1 else f"{count(number)} comments that say why"


def praise_sentence(row: pd.Series, group: str) -> str:
    """How many write nothing but praise; `row` is a row of `themes.mentions`."""
    if pd.isna(row["share"]):
        return ""
    like = ": they write like promoters" if group in ("passive", "detractor") else ""
    span = f"{percent(row['low'], 0)} to {percent(row['high'], 0)}"
    return f"{percent(row['share'], 0)} of them ({span}) praise and want nothing{like}."


def commented_sentence(shares: Mapping[str, tuple[int, int]]) -> str:
    """Which share of each group left a comment at all: group → (commented, all).

    >>> commented_sentence({"passive": (30, 100), "promoter": (5, 50)})
    '30% of passives and 10% of promoters left a comment.'
    """
    said = [f"{percent(part / whole, 0)} of {PEOPLE[group]}" for group, (part, whole) in shares.items() if whole]
    return f"{listed(said)} left a comment."


def verdict_sentences(
    found: Verdict,
    holding: pd.DataFrame,
    praise: pd.Series,
    heard: Mapping[str, int],
    names: Mapping[str, str],
    group: str,
) -> list[str]:
    """The few sentences that a manager reads aloud: how many say why, what holds them back, how many only praise."""
    said = [heard_sentence(heard, group)]
    if heard["codable"]:
        said.append(verdict_sentence(found, holding, heard, names, group))
        said.append(praise_sentence(praise, group) if found.kind != "inconclusive" or found.why != "few_comments" else "")
    return [sentence for sentence in said if sentence]


RULES = {
    "phrase": "{words} says so by itself",
    "turned": "{words} turned round by {other}",
    "beside": "{words} beside {other} in the same clause",
    "asked": "{words} named where the question asked what to improve",
    "rest": "a wish that fits no other theme",
    "follows": "follows from {words}",
}


def reason(rule: str, places: Sequence[str]) -> str:
    """Why a comment carries a code, in a few words; `places` are the deciding words as they stand in the comment.

    >>> reason("beside", ["support", "slow"])
    '“support” beside “slow” in the same clause'
    """
    quoted = [f"“{place}”" for place in places]
    if rule == "rest" or not quoted:
        return RULES["rest"] if rule == "rest" else "follows from the whole comment"
    if rule == "follows":
        return RULES[rule].format(words=listed(quoted))
    return RULES[rule].format(words=quoted[0], other=quoted[-1])


def mismatch_sentence(group: str, what: str, row: pd.Series) -> str:
    """Where score and words disagree; '' where nobody of the group wrote."""
    if pd.isna(row["share"]):
        return ""
    said = "only praise" if what == "praise_only" else "name something they want better"
    return f"{percent(row['share'], 0)} of the {PEOPLE[group]} who say why ({count(row['count'])}) {said}."
