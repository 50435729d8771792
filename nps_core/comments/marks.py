"""Finds as the rules look at them, all texts in one table, and how they lie to each other: inside, beside, before.

Words are numbered through all texts, so what holds within one text holds for the table as it stands. To ask "near, and in the
same clause" in one comparison, a place is moved on by `FAR` for each clause before it: those of different clauses are never near.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.comments.row import Flags, Ints, Row

FAR = 1 << 12  # words or characters; more than a phrase is long and any rule reaches


class Marks(NamedTuple):
    """Finds in the order of where they begin, the longer first.

    `first`, `after` (m,) the first word, and the word after the last; `kind` (m,) the flag, a value of `lexicon.FLAGS`; `number`
    (m,) the entry; `clause` (m,) of the first word; `text` (m,).
    """

    first: Ints
    after: Ints
    kind: Ints
    number: Ints
    clause: Ints
    text: Ints

    def at(self, chosen: NDArray[np.generic]) -> "Marks":
        """Some of them, by place or by true and false."""
        return Marks(*(column[chosen] for column in self))

    def of(self, kinds: int) -> "Marks":
        """Those of some kinds."""
        return self.at(np.flatnonzero(self.kind & kinds))

    @property
    def begin(self) -> Ints:
        """The first word, clauses far apart."""
        return self.first + self.clause * FAR

    @property
    def finish(self) -> Ints:
        """The word after the last, clauses far apart."""
        return self.after + self.clause * FAR

    def letters(self, row: Row) -> tuple[Ints, Ints]:
        """The first character and the one after the last, clauses far apart."""
        return row.start[self.first] + self.clause * FAR, row.end[self.after - 1] + self.clause * FAR


def inside(marks: Marks, blocks: Marks) -> Flags:
    """Which lie inside a block."""
    reach = np.append(np.maximum.accumulate(blocks.after), -1)  # the last is for what begins before every block
    found: Flags = reach[np.searchsorted(blocks.first, marks.first, side="right") - 1] >= marks.after
    return found


def groups(marks: Marks) -> Ints:
    """A number for each span: finds of the same words have the same."""
    again = (marks.first[1:] == marks.first[:-1]) & (marks.after[1:] == marks.after[:-1])
    return np.cumsum(np.append(0, ~again)[: len(marks.first)])


def longest(marks: Marks) -> Marks:
    """Those that do not lie inside a longer one."""
    reach = np.append(-1, np.maximum.accumulate(marks.after))[: len(marks.first)]  # of those before
    group = groups(marks)
    stands = np.zeros(len(group), dtype=bool)
    stands[group[marks.after > reach]] = True
    return marks.at(stands[group])


def within(places: Ints, low: Ints, high: Ints) -> tuple[Ints, Flags]:
    """For each pair of bounds the first of the ascending `places` that is not below the lower one, and whether it is within."""
    found = np.searchsorted(places, low)
    return found, np.append(places, np.iinfo(np.int64).max)[found] <= high


def beside(marks: Marks, places: Ints, stands: Flags) -> Marks:
    """The marks at some places, and −1 throughout where none stands there."""
    chosen = np.where(stands, places, 0)
    if not len(marks.first):
        return Marks(*(np.full_like(places, -1) for _ in marks))
    return Marks(*(np.where(stands, column[chosen], -1) for column in marks))


def first_of_each(marks: Marks) -> Marks:
    """The first of each text."""
    return marks.at(np.append(True, marks.text[1:] != marks.text[:-1])[: len(marks.text)])
