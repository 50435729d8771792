"""What the reader asks of a survey, as one small value that travels in the address.

A `Question` knows nothing of files: (Responses.key, Question) keys every cache.

Address keys (stable): ``f.<column>`` filter, repeated for "or"; ``from`` and ``to`` ISO dates, both included; ``wave`` repeated;
``by`` repeated; ``period``; ``level`` per cent; ``target`` NPS points; ``floor`` answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nps_core.responses import Responses

FILTER = "f."
PERIODS = ("day", "week", "month", "quarter", "year")
LEVELS = (0.8, 0.9, 0.95, 0.99)
FLOORS = range(1, 21)
LONGEST = 200  # characters of one value in the address; more is somebody's accident or attack
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Question:
    """Which answers, split how, with which certainty.

    `where` holds (column, values): values of one column are "or", columns are "and". `start` and `end` are both included.
    `wave` are wave names. `by` are at most 2 columns (segments or ``"wave"``). `period` is one of `PERIODS`. `level` is the
    confidence level, 0..1. `target` is in NPS points. `floor` is the privacy floor: fewer answers are not shown.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: date | None = None
    end: date | None = None
    wave: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: str | None = None
    level: float = 0.95
    target: float | None = None
    floor: int = 5

    def __post_init__(self) -> None:
        if len(self.by) > 2:
            raise ValueError("a question is split by at most two columns")
        if self.period is not None and self.period not in PERIODS:
            raise ValueError(f"a period is one of {', '.join(PERIODS)}, not {self.period!r}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns this question looks at besides the score and the date, sorted, each once."""
        wave = ("wave",) if self.wave else ()
        return tuple(sorted({c for c, _ in self.where} | set(self.by) | set(wave)))

    @property
    def grain(self) -> str | None:
        """How finely dates matter: by the day where they filter, else by the period; None where they do not."""
        return "day" if self.start or self.end else self.period

    @property
    def filtered(self) -> bool:
        """Whether some answers may be left out."""
        return bool(self.where or self.start or self.end or self.wave)

    def to_params(self) -> dict[str, list[str]]:
        """The address form; what equals the default is left out.

        >>> Question(where=(("Region", ("EU", "US")),), start=date(2024, 1, 1)).to_params()
        {'f.Region': ['EU', 'US'], 'from': ['2024-01-01']}
        """
        params = {FILTER + column: list(values) for column, values in self.where}
        single = {
            "from": self.start and self.start.isoformat(),
            "to": self.end and self.end.isoformat(),
            "period": self.period,
            "level": None if self.level == Question.level else f"{self.level * 100:g}",
            "target": None if self.target is None else f"{self.target:.15g}",
            "floor": None if self.floor == Question.floor else str(self.floor),
        }
        params |= {key: [value] for key, value in single.items() if value}
        params |= {key: list(values) for key, values in (("wave", self.wave), ("by", self.by)) if values}
        return params

    @classmethod
    def from_params(cls, params: Params, responses: Responses) -> tuple["Question", tuple[str, ...]]:
        """The inverse of `to_params` for this survey: the question, and a notice for everything dropped as unknown."""
        reader = _ParamReader(params, responses)
        question = cls(
            where=reader.where(),
            start=reader.day("from"),
            end=reader.day("to"),
            wave=reader.known("wave", responses.waves),
            by=reader.known("by", (*responses.segments, *(("wave",) if responses.waves else ())))[:2],
            period=reader.one("period", PERIODS) if responses.dated else None,
            level=round((reader.number("level", 50, 99.9) or cls.level * 100) / 100, 10),  # 53.3 / 100 is a hair off 0.533
            target=reader.number("target", -100, 100),
            floor=int(reader.number("floor", FLOORS[0], FLOORS[-1]) or cls.floor),
        )
        return question, tuple(reader.notices)


class _ParamReader:
    """Reads one address against one survey and keeps a notice for everything that does not fit."""

    def __init__(self, params: Params, responses: Responses) -> None:
        self.params, self.responses, self.notices = params, responses, list[str]()

    def _texts(self, key: str) -> list[str]:
        texts = list(self.params.get(key, []))
        if any(len(text) > LONGEST for text in texts):
            self.notices.append(f"A value of “{key[:40]}” in the address was too long and was left out.")
        return [text for text in texts if len(text) <= LONGEST]

    def known(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        texts = dict.fromkeys(self._texts(key))
        for text in texts:
            if text not in allowed:
                self.notices.append(
                    f"The address asks for {key.removeprefix(FILTER)} “{text}”, which this survey lacks; it was left out."
                )
        return tuple(text for text in allowed if text in texts)

    def one(self, key: str, allowed: Sequence[str]) -> str | None:
        return next(iter(self.known(key, allowed)), None)

    def where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        for key in self.params:
            if key.startswith(FILTER) and key.removeprefix(FILTER) not in self.responses.segments:
                self.notices.append(
                    f"The address filters by “{key.removeprefix(FILTER)[:LONGEST]}”, which this survey lacks; it was left out."
                )
        found = ((column, self.known(FILTER + column, self.responses.values(column))) for column in self.responses.segments)
        return tuple((column, values) for column, values in found if values)

    def day(self, key: str) -> date | None:
        text = next(iter(self._texts(key)), "")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.notices.append(f"“{text}” in the address is no date (expected such as 2024-01-31); it was left out.")
            return None

    def number(self, key: str, low: float, high: float) -> float | None:
        text = next(iter(self._texts(key)), "")
        try:
            value = float(text) if text else None
        except ValueError:
            value = float("nan")
        if value is None or low <= value <= high:
            return value
        self.notices.append(f"“{text}” in the address is no {key} from {low:g} to {high:g}; it was left out.")
        return None
