"""What slides say: the one thought over each of them, a few sentences beneath it, and the line that names the source."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from nps_core.change import Change
from nps_core.family import passive_range
from nps_core.measures import Row
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.wording.compare import SIMILAR, passive_norm_sentence, same_score_sentence
from nps_core.wording.numbers import answers, in_points, listed, percent, rounded, screen_shares, signed
from nps_core.wording.score import band_sentence, headline, score_warnings

VALUES = 3  # values of one filter that the line of the source names


def source_line(files: Sequence[str], n: int, span: tuple[date, date] | None, question: Question) -> str:
    """Where figures come from, on one line: the file, how many answers, from when to when, which filters.

    `n` are the answers that the filters leave; `span` the first and the last day of the survey, None without dates.

    >>> source_line(["survey.csv"], 1200, None, Question(where=(("Region", ("EU", "US")),)))
    'survey.csv · n = 1,200 · Region: EU or US'
    """
    first, last = span or (None, None)
    start, end = question.start or first, question.end or last
    period = f"{start or '…'} to {end or '…'}" if start or end else ""
    filters = [*question.where, *([("Wave", question.wave)] if question.wave else [])]
    said = [f"{column}: {_values(values)}" for column, values in filters]
    return " · ".join(part for part in (", ".join(files), f"n = {n:,}", period, *said) if part)


def _values(values: Sequence[str]) -> str:
    more = len(values) - VALUES
    return " or ".join([*values[:VALUES], *([f"{more} more"] if more > 0 else [])])


def score_title(row: Row) -> str:
    """The score and what it counts as."""
    return f"The Net Promoter Score is {signed(row['published'])}, which counts as {row['band']}"


def score_said(row: Row, level: float, target: float | None) -> tuple[str, ...]:
    """On how many answers it rests, how sure it is, what to mind."""
    return (f"It rests on {answers(int(row['n']))}.", headline(row, level)[1], *score_warnings(row, target)[:1])


def passives_title(row: Row, second: Row | None = None, name: str = "") -> str:
    """How many are passive, and how many could be at the same score; or how many are in the survey laid beside it."""
    share = _passives(row)
    if second is None and not rounded(100 * passive_range(row["nps"])[1]):
        return f"{share} are passive: with a score of {signed(row['published'])} there can be none"
    if second is None:
        return f"{share} are passive; the same score could come with anything from 0% to {percent(passive_range(row['nps'])[1])}"
    near = rounded(abs(row["published"] - second["published"])) <= SIMILAR
    alike = share == _passives(second)
    opening = "Nearly the same score" if near else "Another score"
    if row["published"] == second["published"]:
        opening = "Same score"
    return f"{opening}, {'the same' if alike else 'different'} passives: {share} here, {_passives(second)} in “{name}”"


def passives_said(row: Row, second: Row | None = None, name: str = "") -> tuple[str, ...]:
    """What the passive share means, or what it tells apart."""
    return (passive_norm_sentence(row),) if second is None else same_score_sentence(row, second, "This survey", name)


def _passives(row: Row) -> str:
    return f"{screen_shares(*(row[group] for group in GROUPS))['passive']:.1f}%"


def band_title(row: Row) -> str:
    """The band of a score and how far it reaches."""
    return band_sentence(row["published"]).removesuffix(".")


def band_said(row: Row, chances: Mapping[str, float], target: float | None) -> tuple[str, ...]:
    """The chance of that band, and the target if there is one."""
    whole = band_sentence(row["published"], chances)
    chance = whole.removeprefix(band_sentence(row["published"])).strip()
    return tuple(text for text in (chance, *score_warnings(row, target)) if text)


def trend_title(moved: Change | None, first: str, last: str) -> str:
    """Whether the score moved from one period to the next, or the two scores where these cannot be compared."""
    if moved is None:
        return f"There is no period before “{last}” that it could be compared with"
    scores = f"{signed(moved.nps_first)} in “{first}”, {signed(moved.nps_second)} in “{last}”"
    if not moved.beyond_noise:
        return f"No change beyond noise: {scores}"
    return f"The score {'rose' if moved.observed > 0 else 'fell'} by {in_points(moved.observed)}, beyond noise: {scores}"


def segments_title(compared: pd.DataFrame, column: str) -> str:
    """The largest difference beyond noise between groups, passives first; `compared` as `segments.compare` gives."""
    for measure, show in (("passive", _most_passive), ("nps", _scored)):
        beyond = compared[compared[f"{measure}_beyond"].astype(bool)]
        if len(beyond):
            sizes = beyond[f"{measure}_difference"].abs().to_numpy(dtype=float)
            place = int(sizes.argmax())
            return show(_name(beyond.index[place]), beyond.iloc[place])
    return f"No group of “{column}” differs from all others beyond noise"


def _most_passive(name: str, row: pd.Series) -> str:
    way = "more" if row["passive_difference"] > 0 else "less"
    return f"“{name}” is {way} often passive: {percent(row['passive_share'])}, all others {percent(row['passive_rest'])}"


def _scored(name: str, row: pd.Series) -> str:
    way = "higher" if row["nps_difference"] > 0 else "lower"
    return f"“{name}” scores {way} than all others: {signed(row['published'])} against {signed(row['nps_rest'])}"


def _name(key: object) -> str:
    return " · ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def drawn_sentence(drawn: int, shown: int) -> str:
    """How many of many groups are drawn; '' where all are.

    >>> drawn_sentence(8, 20)
    'Drawn are the 4 highest and the 4 lowest of 20 groups.'
    """
    return f"Drawn are the {drawn // 2} highest and the {drawn - drawn // 2} lowest of {shown:,} groups." if drawn < shown else ""


def contents(titles: Sequence[str]) -> str:
    """What a deck holds, in one sentence."""
    return f"{len(titles)} slides: {listed(list(titles))}."
