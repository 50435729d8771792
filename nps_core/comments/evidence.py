"""What comments say, and why: the codes that the rules of `coding` give, and the places in the texts that decided them.

The reasons are noted for all texts in a few arrays, and made into `Evidence` only for whoever asks: a survey's scan needs the
codes and the sub-themes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.comments.codes import CODES, GAPS, PLACE
from nps_core.comments.lexicon import Entry, Lexicon
from nps_core.comments.marks import Marks
from nps_core.comments.row import Flags, Ints, Row

Span = tuple[int, int]

BIT = {code: 1 << place for code, place in PLACE.items()}
GAP_PLACES = [PLACE[f"gap:{gap}"] for gap in GAPS]


def bits_of(*codes: str) -> int:
    """The bits of these codes."""
    return sum(BIT[code] for code in codes)


ANY_GAP = bits_of(*(f"gap:{gap}" for gap in GAPS))


@dataclass(frozen=True)
class Evidence:
    """Why a comment carries a code: the `rule` and the places in the text, the deciding one first.

    Rules: phrase, turned (praise or complaint turned round; the second place is what turns it), beside (a topic and the complaint
    beside it), asked (a topic named where the question asked what is wanting), rest (a wish that fits no gap, or an answer to
    that question that fits none), follows (from other codes; the places are theirs).
    """

    code: str
    rule: str
    spans: tuple[Span, ...]
    sub: str = ""


@dataclass(frozen=True)
class Coding:
    """What one comment says: `bits` has one bit a code, at `codes.PLACE`; `evidence` says why, in the order of the rules."""

    bits: int = 0
    evidence: list[Evidence] = field(default_factory=list)

    def subs(self) -> list[str]:
        """The sub-themes of its gaps, as "gap/name", each once."""
        gaps = (e for e in self.evidence if e.sub and e.code.startswith("gap:"))
        return list(dict.fromkeys(f"{e.code.removeprefix('gap:')}/{e.sub}" for e in gaps))

    def has(self, *codes: str) -> bool:
        """Whether the comment carries any of these codes."""
        return any(self.bits & BIT[code] for code in codes)


RULES = ("phrase", "turned", "beside", "asked", "rest", "follows")
PHRASE, TURNED, BESIDE, ASKED, REST, FOLLOWS = range(len(RULES))


class _Notes(NamedTuple):
    """Some texts given a code: `text`, `code` and `rule` (place in `RULES`) (k,). Where it rests on phrases, `spans` holds those
    as (words from, words to) each (k,), −1 for none, and `number` (k,) the entry whose sub-theme it is; where it follows,
    `follows` names the codes it follows from."""

    text: Ints
    code: Ints
    rule: Ints
    spans: tuple[tuple[Ints, Ints], ...] = ()
    number: Ints | None = None
    follows: tuple[str, ...] = ()


class Codings:
    """What n texts say.

    Attributes
    ----------
    bits : (n,) array of int
        One bit a code, at `codes.PLACE`.
    """

    def __init__(self, row: Row, lexicon: Lexicon) -> None:
        self.row, self.entries = row, lexicon.entries
        self.bits = np.zeros(len(row.offset), dtype=np.int64)
        self._gap_of = np.array([PLACE.get(f"gap:{entry.code}", -1) for entry in self.entries], dtype=np.int64)
        self._notes = list[_Notes]()

    def add(self, code: str, marks: Marks, sub: bool = False, turned: Flags | None = None) -> None:
        """Give a code to the texts of some marks, which say so as they stand or turned round."""
        rule = np.full_like(marks.text, PHRASE) if turned is None else np.where(turned, TURNED, PHRASE)
        number = marks.number if sub else None
        self._add(_Notes(marks.text, np.full_like(marks.text, PLACE[code]), rule, ((marks.first, marks.after),), number))

    def add_gaps(self, marks: Marks, rule: Ints, others: Marks) -> None:
        """Give to the texts of some marks the gap, and the sub-theme, that each mark belongs to. What decided with it stands
        beside it in the other table."""
        spans = ((marks.first, marks.after), (others.first, others.after))
        self._add(_Notes(marks.text, self._gap_of[marks.number], rule, spans, marks.number))

    def follow(self, new: str, where: Flags, *codes: str) -> None:
        """Give a code that follows from others, as far as a text carries them by now."""
        text = np.flatnonzero(where)
        self._add(_Notes(text, np.full_like(text, PLACE[new]), np.full_like(text, FOLLOWS), follows=codes))

    def rest(self, new: str, where: Flags, wished: Marks) -> None:
        """Give a code that no phrase decides but, where there is one, the wish."""
        text = np.flatnonzero(where)
        span = np.full((2, len(where)), -1)
        span[:, wished.text] = wished.first, wished.after
        rule = np.full_like(text, REST)
        self._add(_Notes(text, np.full_like(text, PLACE[new]), rule, ((span[0, text], span[1, text]),)))

    def _add(self, notes: _Notes) -> None:
        if len(notes.text):
            np.bitwise_or.at(self.bits, notes.text, np.left_shift(1, notes.code))
            self._notes.append(notes)

    def has(self, bits: int) -> Flags:
        """Which texts carry any of these codes."""
        return (self.bits & bits) > 0

    def coding(self, text: int) -> Coding:
        """What one text says, and why."""
        found, first = list[Evidence](), dict[str, tuple[Span, ...]]()
        for notes, place in self._placed[text]:
            spans = tuple(span for code in notes.follows for span in first.get(code, ())[:1])
            spans += tuple(self._span(text, int(words[place]), int(to[place])) for words, to in notes.spans if words[place] >= 0)
            code = CODES[notes.code[place]]
            found.append(
                Evidence(code, RULES[notes.rule[place]], spans, "" if notes.number is None else self._entry(notes, place).sub)
            )
            first.setdefault(code, spans)
        return Coding(int(self.bits[text]), found)

    def _span(self, text: int, first: int, after: int) -> Span:
        offset = self.row.offset[text]
        return int(self.row.start[first] - offset), int(self.row.end[after - 1] - offset)

    def _entry(self, notes: _Notes, place: int) -> Entry:
        return self.entries[notes.number[place]]  # type: ignore[index]

    @cached_property
    def _placed(self) -> list[list[tuple[_Notes, int]]]:
        """For each text its notes, in the order in which they were made."""
        found: list[list[tuple[_Notes, int]]] = [[] for _ in self.bits]
        for notes in self._notes:
            for place, text in enumerate(notes.text.tolist()):
                found[text].append((notes, place))
        return found

    def subs(self) -> Sequence[str]:
        """For each text the sub-themes of its gaps, as "gap/name", one a line, each once, in the order of its evidence."""
        named = sorted({f"{entry.code}/{entry.sub}" for entry in self.entries if entry.sub})
        place = {name: i for i, name in enumerate(named)}
        of_entry = np.array([place.get(f"{entry.code}/{entry.sub}", -1) for entry in self.entries], dtype=np.int64)
        gaps = [n for n in self._notes if n.number is not None and n.code[0] in GAP_PLACES]
        if not gaps:
            return [""] * len(self.bits)
        text, sub = np.concatenate([n.text for n in gaps]), of_entry[np.concatenate([n.number for n in gaps])]
        _, once = np.unique(np.where(sub >= 0, text * len(named) + sub, -1), return_index=True)
        once = np.sort(once[sub[once] >= 0])
        once = once[np.argsort(text[once], kind="stable")]
        offsets = np.searchsorted(text[once], np.arange(len(self.bits) + 1))
        lists = pa.ListArray.from_arrays(offsets.astype(np.int32), pa.array(named, pa.string()).take(pa.array(sub[once])))
        joined: list[str] = pc.binary_join(lists, "\n").to_pylist()
        return joined
