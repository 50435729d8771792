"""A codebook made ready for looking: every phrase of it found in a text in one pass.

The pass is Aho and Corasick's (Efficient string matching, CACM 18(6), 1975), by the library pyahocorasick. What a find means for
the comment is `coding`'s business.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from nps_core.comments.codebook import CUES, LISTS, WORDS, Codebook
from nps_core.comments.phrases import Form, fold, forms

OWN_NAMES = "competitor"
# One bit a kind of phrase, so that what a text holds, and whether a phrase is of one of several kinds, are one number.
FLAGS = {kind: 1 << place for place, kind in enumerate((*LISTS, *CUES, *WORDS))}


class Entry(NamedTuple):
    """What a phrase stands for: `kind` is a list's name (topics, wrong, right, a cue, a kind of words); `code` and `sub` are the
    gap and the sub-theme where it belongs to one."""

    kind: str
    code: str = ""
    sub: str = ""


class Find(NamedTuple):
    """A phrase in a text: characters `start` up to `end`, and what it stands for."""

    start: int
    end: int
    entry: Entry


Place = tuple[int, int, int]  # start, −end and the number of an entry; their order is that of finds


class Looked(NamedTuple):
    """A text looked through once for all who need it: as `phrases.fold` writes it, and where phrases stand in it."""

    folded: str
    places: list[Place]


class _Chain(NamedTuple):
    """A phrase of several texts with words between: they are looked for once the longest, at `key`, is found."""

    parts: Form
    key: int
    number: int


_Chains = tuple[tuple[str, tuple[_Chain, ...]], ...]  # those of one key, by a part without which they need not be looked for
_Held = tuple[int, tuple[int, ...], _Chains]


class Lexicon:
    """The phrases of one codebook, all looked for at once.

    Attributes
    ----------
    entries : list of Entry
        What the phrases stand for; the number of an entry is its position.
    flags : list of int
        The kind of each, a value of `FLAGS`.
    """

    def __init__(self, codebook: Codebook) -> None:
        lists = _lists(codebook)
        self.entries = sorted({entry for entry, _ in lists})
        self.flags = [FLAGS[entry.kind] for entry in self.entries]
        single: dict[str, tuple[int, ...]] = {}
        chained: dict[str, dict[str, set[_Chain]]] = {}
        number_of = {entry: number for number, entry in enumerate(self.entries)}
        for entry, phrases in lists:
            own = (number_of[entry],)
            for phrase in phrases:
                for form in forms(phrase):
                    if len(form) > 1:
                        _chain(chained, _Chain(form, _key(form), *own))
                    elif (held := single.setdefault(form[0][0], own)) is not own and own[0] not in held:
                        single[form[0][0]] = held + own
        self._automaton = _automaton(single, chained)

    def look(self, text: str) -> Looked:
        """A text folded, and every phrase in it."""
        folded = fold(text)
        return Looked(folded, self.places(folded))

    def places(self, folded: str) -> list[Place]:
        """Every phrase in a folded text, in the order of where it begins, the longer first."""
        if not len(self._automaton):
            return []
        padded = f" {folded} "
        found: list[Place] = []
        # In the unpadded text the place of the first letter equals that of the blank before it in the padded one.
        for last, (length, numbers, chains) in self._automaton.iter(padded):
            start, minus = last - length + 1, 1 - padded.index(" ", last)
            found += [(start, minus, number) for number in numbers]
            for other, group in chains:
                if other in padded:
                    found += _chained(padded, start, last, group)
        return sorted(set(found))

    def finds(self, folded: str) -> list[Find]:
        """The same, each with what it stands for."""
        return [Find(start, -minus, self.entries[number]) for start, minus, number in self.places(folded)]


def _key(form: Form) -> int:
    """Which part of a form is looked for first: the longest."""
    return max(range(len(form)), key=lambda place: len(form[place][0]))


def _chain(chained: dict[str, dict[str, set[_Chain]]], chain: _Chain) -> None:
    """Put a chain under its key, and there under another of its parts, without which it need not be looked for."""
    others = [text for place, (text, _) in enumerate(chain.parts) if place != chain.key]
    chained.setdefault(chain.parts[chain.key][0], {}).setdefault(max(others, key=len), set()).add(chain)


def _automaton(single: dict[str, tuple[int, ...]], chained: dict[str, dict[str, set[_Chain]]]) -> ahocorasick.Automaton:
    """Each text with its length, the numbers of what it stands for, and the chains that it is the key of."""
    found = ahocorasick.Automaton()
    alike: dict[tuple[int, tuple[int, ...]], _Held] = {}
    for literal, numbers in single.items():
        found.add_word(literal, alike.setdefault((len(literal), numbers), (len(literal), numbers, ())))
    for literal, others in chained.items():
        chains = tuple((other, tuple(group)) for other, group in others.items())
        found.add_word(literal, (len(literal), single.get(literal, ()), chains))
    if len(found):
        found.make_automaton()
    return found


def _chained(padded: str, start: int, last: int, chains: Iterable[_Chain]) -> list[Place]:
    """Those of these chains that stand in a text, their key beginning at `start` and ending at `last`."""
    places = ((_stands(padded, start, last, chain), chain.number) for chain in chains)
    return [(place[0], 1 - place[1], number) for place, number in places if place]


def _stands(padded: str, start: int, last: int, chain: _Chain) -> tuple[int, int] | None:
    """From where to where (both blanks) a phrase of several parts stands whose key part begins at `start` and ends at `last`."""
    end = last if padded[last] == " " else padded.index(" ", last)
    for literal, gap in chain.parts[chain.key + 1 :]:
        end = _after(padded, end, literal, gap)
        if end < 0:
            return None
    for place in range(chain.key - 1, -1, -1):
        start = _before(padded, start, chain.parts[place][0], chain.parts[place + 1][1])
        if start < 0:
            return None
    return start, end


def _after(padded: str, place: int, literal: str, gap: int) -> int:
    """Where a part ends that begins at the blank at `place` or at most `gap` words later; −1 if none does."""
    for _ in range(gap + 1):
        if padded.startswith(literal, place):
            last = place + len(literal) - 1
            return last if padded[last] == " " else padded.index(" ", last)
        place = padded.find(" ", place + 1)
        if place < 0:
            return -1
    return -1


def _before(padded: str, place: int, literal: str, gap: int) -> int:
    """Where a part begins that ends at the blank at `place` or at most `gap` words earlier; −1 if none does."""
    words = literal.rstrip().count(" ")
    for _ in range(gap + 1):
        start = place
        for _ in range(words):
            start = padded.rfind(" ", 0, start) if start > 0 else -1
        if start < 0:
            return -1
        if padded.startswith(literal, start):
            return start
        place = padded.rfind(" ", 0, place)
        if place < 0:
            return -1
    return -1


def _lists(codebook: Codebook) -> list[tuple[Entry, tuple[str, ...]]]:
    found = [(Entry(kind), codebook.cues.get(kind, ())) for kind in CUES]
    found += [(Entry(kind), codebook.words.get(kind, ())) for kind in WORDS if kind != "markers"]
    found += [(Entry(kind, theme.code, theme.name), getattr(theme, kind)) for theme in codebook.themes for kind in LISTS]
    return [*found, (Entry(OWN_NAMES), codebook.competitors)]


@lru_cache(maxsize=16)
def lexicon(codebook: Codebook) -> Lexicon:
    """The lexicon of a codebook, made once."""
    return Lexicon(codebook)
