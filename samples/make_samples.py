"""The two sample surveys, made from dice with a fixed seed: `python samples/make_samples.py` writes them anew, byte for byte.

Two invented companies of one field (B2B software) with exactly the same NPS and a passive share 20 points apart.
How many people of a wave give which score is fixed beforehand (`QUOTAS`), so the two agree by construction. Who gives it is
dealt: each customer has a mood that lasts, each wave shakes it a little, and the wave's scores are handed out in that order.
Movement between waves, and differences between plans, regions and tenures, come out of that by themselves.
The words come from `phrases.toml`.

This file must not import nps_core: a sample must never be made by the code that it is there to try. Only whole numbers and
`random.Random.random`, which Python keeps the same on every machine and in every version, decide anything.
"""

import csv
import io
import random
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "nps_core" / "data"

HEADER = (
    "response_id",
    "customer_id",
    "submitted_at",
    "wave",
    "How likely are you to recommend us to a colleague? (0-10)",
    "What is the main reason for your score?",
    "plan",
    "region",
    "tenure_months",
    "annual_revenue",
)
# Each wave and the Monday morning its invitations go out.
WAVES = {
    "2024-Q3": datetime(2024, 8, 12),
    "2024-Q4": datetime(2024, 11, 11),
    "2025-Q1": datetime(2025, 2, 10),
    "2025-Q2": datetime(2025, 5, 12),
}
# Share of customers in percent, and what one of them spends in a year (from, to).
PLANS = {
    "Starter": (30, 600, 2_400),
    "Team": (34, 3_000, 12_000),
    "Business": (25, 14_000, 60_000),
    "Enterprise": (11, 70_000, 380_000),
}
REGIONS = {"EMEA": 40, "NA": 33, "APAC": 17, "LATAM": 10}  # NA is North America: a word that readers of files like to lose

# A mood is a whole number with mean 0 and a standard deviation near 1,000; the passives of both surveys lie around −440.
MIDDLE = -440
# How far the dealt scores of a group spread, in parts; a survey's own counts are cut along these.
SPLITS = {
    "detractor": {0: 4, 1: 3, 2: 6, 3: 11, 4: 14, 5: 24, 6: 38},
    "passive": {7: 44, 8: 56},
    "promoter": {9: 54, 10: 46},
}
# Out of 100 people who give the score, how many write something; a 7 has more to say than an 8.
TALKATIVE = {**dict.fromkeys(range(7), 80), 7: 64, 8: 54, 9: 53, 10: 57}
USELESS = 9  # of 100 who write something, so many write nothing that helps
# What fits only some people is said the more by them.
NARROW = {"previous": 10, "waves": 6, "region": 2, "months": 2, "plan": 2}
# Themes whose number of phrases says little about how often they occur, in percent.
RARE = {"foreign": 60, "wish_features": 170, "wish_other": 170, "features_list": 300, "rival": 60}
INVALID = (("11", 10), ("n/a", None), ("12", 10), ("don't know", None), ("-1", 3))  # the score as written, and as meant


@dataclass(frozen=True)
class Survey:
    """One company's survey: how many give what in each wave, who leans which way, and what they talk about.

    `quotas` holds (detractors, passives, promoters) per wave. `lean` moves a mood by plan or region. `focus` weighs the themes
    of `phrases.toml` in percent (100 where not named), `slow` is the region whose support is slow, `restless` how much a day
    shakes a mood (percent of the spread between customers).
    """

    file: str
    seed: int
    prefix: str
    customers: int
    quotas: dict[str, tuple[int, int, int]]
    lean: dict[str, int]
    slow: str
    restless: int
    focus: dict[str, int] = field(default_factory=dict)


# 410 promoters more than detractors among 1,200, and 369 among 1,080: both are 41/120, an NPS of 34.2.
# Passives are 550/1,200 = 45.8 % and 279/1,080 = 25.8 %. `restless` and the seeds were chosen so that between two waves
# 15 to 23 % of the passives who answer again turn into promoters.
SURVEYS = (
    # The score hardly moves while detractors and promoters both drift into the middle.
    Survey(
        file="b2b_software.csv",
        seed=20240813,
        prefix="C",
        customers=640,
        quotas={"2024-Q3": (36, 120, 132), "2024-Q4": (32, 131, 133), "2025-Q1": (27, 144, 131), "2025-Q2": (25, 155, 134)},
        lean={"APAC": -380, "Enterprise": 220, "Starter": -120, "EMEA": 60},
        slow="APAC",
        restless=40,
        focus={
            "works_but": 170,
            "value": 140,
            "past": 140,
            "not_explored": 170,
            "suggestion": 120,
            "scale_habit": 140,
            "strategic": 130,
            "onboarding": 150,
            "training": 120,
            **RARE,
        },
    ),
    # A company that people love or leave: fewer in the middle, and the score climbs.
    Survey(
        file="b2b_rival.csv",
        seed=20240816,
        prefix="K",
        customers=560,
        quotas={"2024-Q3": (55, 74, 133), "2024-Q4": (54, 70, 144), "2025-Q1": (53, 69, 150), "2025-Q2": (54, 66, 158)},
        lean={"LATAM": -420, "Starter": -250, "Business": 180, "NA": 80},
        slow="LATAM",
        restless=15,
        focus={"support": 200, "onboarding": 170, "features": 60, "value": 130, "past": 70, **RARE},
    ),
)


class Dice:
    """Whole numbers from a seed; built on `random()` alone, the one method whose results Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, n: int) -> int:
        """A number from 0 to n − 1."""
        return int(self._random() * n)

    def chance(self, percent: int) -> bool:
        """True in so many of 100 cases."""
        return self.below(100) < percent

    def bell(self) -> int:
        """Roughly normal, mean 0, standard deviation near 1,000: the sum of twelve even dice."""
        return sum(self.below(1000) for _ in range(12)) - 5994

    def pick(self, weights: dict[Any, int]) -> Any:
        """One key, as often as its weight says."""
        left = self.below(sum(weights.values()))
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        raise AssertionError("weights are whole numbers, none below zero")

    def shuffled(self, items: list[Any]) -> list[Any]:
        """The items in another order."""
        return [item for _, _, item in sorted((self.below(1 << 30), i, item) for i, item in enumerate(items))]


@dataclass
class Customer:
    """One customer: what stays, and what has happened so far."""

    number: int
    plan: str
    region: str
    joined: int  # months of tenure at the first wave; below zero: joins later
    revenue: int | None
    mood: int
    eager: int  # 0 to 999: how readily they answer surveys
    group: str = ""  # at the last answer
    answered_in: str = ""
    said: set[str] = field(default_factory=set)


def customers(survey: Survey, dice: Dice) -> list[Customer]:
    """Everybody who may answer. Starters and newcomers have less extreme moods: they are the survey's middle."""
    everybody = []
    number = 1000
    for _ in range(survey.customers):
        number += 1 + dice.below(9)
        plan = dice.pick({name: share for name, (share, _, _) in PLANS.items()})
        region = dice.pick(REGIONS)
        joined = dice.below(14) - 9 if dice.chance(22) else 3 + min(dice.below(92), dice.below(92))
        _, low, high = PLANS[plan]
        revenue = low + (high - low) * min(dice.below(1000), dice.below(1000)) // 1000
        spread = 100 - (30 if joined < 6 else 0) - (22 if plan == "Starter" else 0)
        lean = survey.lean.get(plan, 0) + survey.lean.get(region, 0)
        mood = MIDDLE + (dice.bell() - MIDDLE) * spread // 100 + lean
        known = not dice.chance(1)  # the billing system knows nothing about one in a hundred
        everybody.append(
            Customer(number, plan, region, joined, revenue // 10 * 10 if known else None, mood, dice.below(1000)),
        )
    return everybody


def cut(total: int, parts: dict[int, int]) -> list[int]:
    """`total` answers in ascending order of score, in the proportion of `parts` (largest remainder)."""
    whole = sum(parts.values())
    counts = {score: total * part // whole for score, part in parts.items()}
    by_remainder = sorted(parts, key=lambda score: (-(total * parts[score] % whole), score))
    for score in by_remainder[: total - sum(counts.values())]:
        counts[score] += 1
    return [score for score in sorted(counts) for _ in range(counts[score])]


def respondents(everybody: list[Customer], wave: int, n: int, dice: Dice) -> list[Customer]:
    """Who answers this wave, in no order. Those who were not delighted last time are the likelier to stay silent."""
    reluctance = {"": 0, "promoter": 0, "passive": 150, "detractor": 220}
    here = [c for c in everybody if c.joined + 3 * wave >= 0]
    urge = {c.number: dice.below(1000) + c.eager - reluctance[c.group] for c in here}
    chosen = sorted(here, key=lambda c: (-urge[c.number], c.number))[:n]
    return dice.shuffled(chosen)


def deal(
    chosen: list[Customer], quota: tuple[int, int, int], restless: int, dice: Dice
) -> list[tuple[Customer, str, int | None]]:
    """Customer, score as written and score as meant. The last few leave it blank or write what is no score."""
    n = sum(quota)
    rated, odd = chosen[:n], chosen[n:]
    for customer in rated:
        customer.mood += dice.bell() // 9  # what happened to them in this quarter stays
    today = {c.number: c.mood + dice.bell() * restless // 100 for c in rated}  # and what the day brings does not
    ranked = sorted(rated, key=lambda c: (today[c.number], c.number))
    scores = [score for total, parts in zip(quota, SPLITS.values(), strict=True) for score in cut(total, parts)]
    answers: list[tuple[Customer, str, int | None]] = [(c, str(s), s) for c, s in zip(ranked, scores, strict=True)]
    invalid = dice.shuffled(list(INVALID))[:1] if dice.chance(60) else dice.shuffled(list(INVALID))[:2]
    for i, customer in enumerate(odd):
        text, meant = invalid[i] if i < len(invalid) else ("", None)
        answers.append((customer, text, meant))
    return answers


def group_of(score: int) -> str:
    """The group of a score."""
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


class Writer:
    """Finds words that fit the person and the score, and takes the least used of them; remembers across both surveys."""

    def __init__(self) -> None:
        phrases = tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8"))
        self.tables: list[dict[str, Any]] = phrases["comments"]
        self.useless: dict[str, list[str]] = phrases["useless"]
        self.used: Counter[tuple[str, str]] = Counter()

    def comment(self, survey: Survey, customer: Customer, wave: str, tenure: int, score: int, dice: Dice) -> str:
        """What this customer writes about this score: words of a theme, something useless, or nothing."""
        if not dice.chance(TALKATIVE[score]):
            return ""
        group = group_of(score)
        if dice.chance(USELESS):
            return self._no_information(group, score, dice)
        choices = []
        for table in self.tables:
            if table["group"] == group and fits(table, score, customer, wave, tenure):
                texts = [text for text in table["texts"] if text not in customer.said and not self._worn(survey, text)]
                choices.append((table, texts))
        weights = {i: weight(table, survey, customer, score) * len(texts) for i, (table, texts) in enumerate(choices)}
        _, texts = choices[dice.pick(weights)]
        text: str = min(dice.shuffled(texts), key=lambda text: sum(self.used[s.file, text] for s in SURVEYS))
        self.used[survey.file, text] += 1
        customer.said.add(text)
        return text

    def _worn(self, survey: Survey, text: str) -> bool:
        """Said often enough in this survey: two people may use the same sentence, four the same few words."""
        return self.used[survey.file, text] >= (4 if len(text.split()) <= 3 else 2)

    def _no_information(self, group: str, score: int, dice: Dice) -> str:
        texts = self.useless["any"] + self.useless[group]
        return texts[dice.below(len(texts))].replace("{score}", str(score))


def fits(table: dict[str, Any], score: int, customer: Customer, wave: str, tenure: int) -> bool:
    """Whether a table of comments can come from this customer at this moment."""
    low, high = table.get("months", (0, 999))
    return (
        score in table["scores"]
        and low <= tenure <= high
        and customer.plan in table.get("plan", PLANS)
        and customer.region in table.get("region", REGIONS)
        and wave in table.get("waves", WAVES)
        and customer.group in table.get("previous", (customer.group,))
    )


def weight(table: dict[str, Any], survey: Survey, customer: Customer, score: int) -> int:
    """How likely one text of a table is: by the survey's focus, and by how few people it fits."""
    weight = survey.focus.get(table["theme"], 100)
    weight *= max((factor for key, factor in NARROW.items() if key in table), default=1)
    if table["theme"] == "support" and customer.region == survey.slow:
        weight *= 3
    if table["theme"] == "praise":  # an 8 praises more often than a 7
        weight *= 5 if score == 8 else 3
    return weight


def moment(start: datetime, dice: Dice) -> datetime:
    """When an answer comes in: mostly in the first days, in office hours, on weekdays."""
    day = start + timedelta(days=min(dice.below(24), dice.below(24), dice.below(24)))
    if day.weekday() >= 5 and dice.chance(75):
        day += timedelta(days=7 - day.weekday())
    minutes = 7 * 60 + (dice.below(690) + dice.below(690)) // 2
    return day + timedelta(minutes=minutes, seconds=dice.below(60))


def rows(survey: Survey, writer: Writer) -> list[list[str]]:
    """The records of one survey in the order they came in."""
    dice = Dice(survey.seed)
    words_dice = Dice(survey.seed + 5_000_000)  # apart, so that a new phrase changes no score
    everybody = customers(survey, dice)
    records: list[tuple[datetime, list[str]]] = []
    for index, (wave, start) in enumerate(WAVES.items()):
        quota = survey.quotas[wave]
        odd = 9 + dice.below(3)  # blank or unreadable scores
        chosen = respondents(everybody, index, sum(quota) + odd, dice)
        for customer, text, meant in dice.shuffled(deal(chosen, quota, survey.restless, dice)):
            tenure = customer.joined + 3 * index
            words = "" if meant is None else writer.comment(survey, customer, wave, tenure, meant, words_dice)
            if meant is not None and text == str(meant):
                customer.group = group_of(meant)
            revenue = "" if customer.revenue is None else str(customer.revenue)
            person = f"{survey.prefix}-{customer.number}"
            record = [person, "", wave, text, words, customer.plan, customer.region, str(tenure), revenue]
            records.append((moment(start, dice), record))
    records.sort(key=lambda pair: (pair[0], pair[1][0]))
    return [
        [f"R{10001 + i}", record[0], when.isoformat(timespec="seconds"), *record[2:]] for i, (when, record) in enumerate(records)
    ]


def make() -> dict[str, bytes]:
    """File name and content of both samples: RFC 4180, UTF-8 without a mark, lines end in LF.

    The second is written after the first with the same `Writer`, so that it prefers words the first has not used.
    """
    writer = Writer()
    files = {}
    for survey in SURVEYS:
        text = io.StringIO(newline="")
        out = csv.writer(text, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(rows(survey, writer))
        files[survey.file] = text.getvalue().encode("utf-8")
    return files


if __name__ == "__main__":
    for name, content in make().items():
        (DATA / name).write_bytes(content)
