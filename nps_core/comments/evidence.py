"""What a comment says, and why: the codes that the rules of `coding` give, and the places in the text that decided them.

The reasons are noted as they come and made into `Evidence` only for whoever asks: a survey's scan needs the bits alone.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from nps_core.comments.codes import GAPS, PLACE
from nps_core.comments.lexicon import Entry

Span = tuple[int, int]


BIT = {code: 1 << place for code, place in PLACE.items()}


def bits_of(*codes: str) -> int:
    """The bits of these codes."""
    return sum(BIT[code] for code in codes)


GAP = {gap: f"gap:{gap}" for gap in GAPS}
ANY_GAP = bits_of(*GAP.values())


class Mark(NamedTuple):
    """A find as the rules look at it: `kind` is its flag, `clause` the number of the clause it begins in."""

    start: int
    end: int
    kind: int
    entry: Entry
    clause: int


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


@dataclass
class Coding:
    """What a comment says: `bits` has one bit a code, at `codes.PLACE`; `evidence` why, made when first asked for."""

    bits: int = 0
    _notes: list[tuple[str, str, tuple[Mark, ...] | tuple[str, ...], str]] = field(default_factory=list)

    def add(self, code: str, rule: str, *marks: Mark, sub: str = "") -> None:
        """Give a code, once for each sub-theme."""
        self.bits |= BIT[code]
        self._notes.append((code, rule, marks, sub))

    def follow(self, new: str, *codes: str) -> None:
        """Give a code that follows from others, as far as the comment carries them by now."""
        self.bits |= BIT[new]
        self._notes.append((new, "follows", codes, ""))

    @property
    def evidence(self) -> list[Evidence]:
        """Why, in the order of the rules."""
        found: list[Evidence] = []
        first: dict[str, tuple[Span, ...]] = {}
        for code, rule, basis, sub in self._notes:
            spans = tuple(span for b in basis for span in (first.get(b, ())[:1] if isinstance(b, str) else ((b.start, b.end),)))
            found.append(Evidence(code, rule, spans, sub))
            first.setdefault(code, spans)
        return found

    def subs(self) -> list[str]:
        """The sub-themes of its gaps, as "gap/name", each once, in the order of the text's evidence."""
        if not self.bits & ANY_GAP:
            return []
        found = ((code, sub) for code, _, _, sub in self._notes if sub and code.startswith("gap:"))
        return list(dict.fromkeys(f"{code.removeprefix('gap:')}/{sub}" for code, sub in found))

    def has(self, *codes: str) -> bool:
        """Whether the comment carries any of these codes."""
        return any(self.bits & BIT[code] for code in codes)
