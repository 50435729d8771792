"""The reader's say: which column plays which part, where they know better than we do.

A `Choices` knows nothing of files. It travels in the address beside the `Question` and is part of `Responses.key`.

Address keys (stable): ``score``; ``comment`` repeated; ``date``; ``id``; ``wave_column``; ``segment`` repeated; ``sheet``;
``count``; ``date_order``; ``repeats``; ``copies``. The value ``-`` means that no column plays the part; a key left out lets the
reading decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NONE = "-"  # how "no column" is written in the address and on the command line
LONGEST = 500  # characters of one name in the address; questions are long, attacks are longer
MOST = 64  # names under one key
# In the address; the last three hold one of a few words, the others names.
CHOICE_KEYS = ("score", "comment", "date", "id", "wave_column", "segment", "sheet", "count", "date_order", "repeats", "copies")
REPEATS = ("all", "latest")
COPIES = ("all", "once")
DATE_ORDERS = ("day", "month")


@dataclass(frozen=True)
class Choices:
    """What the reader has chosen by hand. None lets the reading decide; ``""`` and ``()`` say that there is none.

    `score`, `date`, `respondent` and `wave` name a column (by its header or its distinct name), `comments` and `segments`
    several, `sheet` a sheet of a workbook, `count` the column that says how many answers a row stands for. In place of a column
    `wave` may say ``"by month"`` (or day, quarter, year) to make waves of the dates. `date_order` says what stands first in
    dates such as 03/04/2024: ``"day"`` or ``"month"``. `repeats` says what to do with respondents who answered more than once
    in a period: count ``"all"`` answers or the ``"latest"`` only. `copies` says what to do with answers that are there twice:
    count ``"all"``, or each ``"once"``; by default a whole file is counted once, rows within files all count.
    """

    score: str | None = None
    comments: tuple[str, ...] | None = None
    date: str | None = None
    respondent: str | None = None
    wave: str | None = None
    segments: tuple[str, ...] | None = None
    sheet: str | None = None
    repeats: str = "all"
    count: str | None = None
    date_order: str | None = None
    copies: str | None = None

    def __post_init__(self) -> None:
        for name, known in (("date_order", DATE_ORDERS), ("copies", COPIES)):
            if getattr(self, name) not in (None, *known):
                raise ValueError(f"{name} is one of {', '.join(known)}, not {getattr(self, name)!r}")
        if self.repeats not in REPEATS:
            raise ValueError(f"repeats is one of {', '.join(REPEATS)}, not {self.repeats!r}")

    def to_params(self) -> dict[str, list[str]]:
        """The address form; what is left to the reading is left out.

        >>> Choices(score="Q7", comments=("Why?",), date="").to_params()
        {'score': ['Q7'], 'comment': ['Why?'], 'date': ['-']}
        """
        single = {
            "score": self.score or None,
            "date": self.date,
            "id": self.respondent,
            "wave_column": self.wave,
            "sheet": self.sheet or None,
            "count": self.count,
            "date_order": self.date_order,
            "copies": self.copies,
        }
        many = {"comment": self.comments, "segment": self.segments}
        params: dict[str, list[str]] = {}
        for key in CHOICE_KEYS:
            names: Sequence[str] | None = many.get(key)
            if key in single:
                text = single[key]
                names = None if text is None else [text]
            if names is not None:
                params[key] = [name or NONE for name in names] or [NONE]
        if self.repeats != "all":
            params["repeats"] = [self.repeats]
        return params

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> "Choices":
        """The inverse of `to_params`. What is too long, or none of the few known words, is left to the reading.

        >>> Choices.from_params({"score": ["Q7"], "segment": ["-"]}) == Choices(score="Q7", segments=())
        True
        """

        def many(key: str) -> tuple[str, ...] | None:
            names = tuple(dict.fromkeys(name for name in params.get(key, []) if name and len(name) <= LONGEST))[:MOST]
            return () if names == (NONE,) else (tuple(name for name in names if name != NONE) or None)

        def one(key: str) -> str | None:
            names = many(key)
            return None if names is None else next(iter(names), "")

        def word(key: str, known: Sequence[str]) -> str | None:
            return next((name for name in many(key) or () if name in known), None)

        return cls(
            score=one("score") or None,
            comments=many("comment"),
            date=one("date"),
            respondent=one("id"),
            wave=one("wave_column"),
            segments=many("segment"),
            sheet=one("sheet") or None,
            repeats=word("repeats", REPEATS) or "all",
            count=one("count"),
            date_order=word("date_order", DATE_ORDERS),
            copies=word("copies", COPIES),
        )
