"""Which figures may stand side by side, so that nothing can be worked out about a handful of people from all of them together.

Tables that share a dimension are linked: a group's total less the parts of it that are shown is the part that is not. Here all
figures of all tables are looked at as one set. The rule: **whatever is added to or taken from whatever, what comes out is either
nothing or still involves at least `floor` answers.**

How it is kept: a figure is a sum over answers, so a row of zeros and ones; what can be worked out are the sums of multiples of
the rows that are shown. Beside them `floor` sets of answers are held that have no answer in common, and each of which alone
tells all those rows apart (a base of the columns, in the words of linear algebra). Suppose something that can be worked out
involved fewer than `floor` answers: then one of the sets holds none of these, sees nothing of it, and so it is nothing. A figure
for which no such sets are found is not shown. The idea of hiding more than the small ones: Hundepool and others, Statistical
Disclosure Control, Wiley 2012, ch. 4. It must not know surveys, words or pages.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
PRIME = 2**31 - 1  # sums are kept modulo a prime: exact, and products fit in 64 bits


class Ledger:
    """The figures shown so far over cells of answers that every figure takes whole.

    Parameters
    ----------
    sizes : array of int64
        Answers in each cell.
    floor : int
        At least so many answers are involved in anything that can be worked out.

    Examples
    --------
    Of 10, 6 and 3 answers, all of them and the first ten may be shown; with the six as well the three would be the rest.

    >>> ledger = Ledger(np.array([10, 6, 3]), floor=5)
    >>> ledger.admit(np.array([0, 1, 2])), ledger.admit(np.array([0])), ledger.admit(np.array([1]))
    (True, True, False)
    """

    def __init__(self, sizes: Ints, floor: int) -> None:
        self._free = sizes.astype(np.int64).copy()  # answers of each cell that are in none of the sets
        self._all_large = bool((sizes >= floor).all())
        self._bases = [_Base(len(sizes))] * floor  # one object for all sets that are still alike

    def admit(self, cells: Ints) -> bool:
        """Whether the sum over these cells may be shown beside all that were admitted before; if so it is from now on."""
        if self._all_large:
            return True  # each cell on its own could be shown
        row = np.zeros(len(self._free), dtype=np.int64)
        row[cells] = 1
        rests = {base: base.rest(row) for base in set(self._bases)}
        if not rests[self._bases[0]].any():
            return True  # it can be worked out already
        free, chosen = self._free.copy(), list[int]()
        for base in self._bases:
            cell = int(np.argmax(np.where(rests[base] != 0, free, 0)))
            if rests[base][cell] == 0 or free[cell] == 0:
                return False
            free[cell] -= 1
            chosen.append(cell)
        self._free, self._bases = free, _extended(self._bases, rests, chosen)
        return True


def _extended(bases: list["_Base"], rests: dict["_Base", Ints], chosen: list[int]) -> list["_Base"]:
    """Each set with its chosen cell; sets that were alike and chose the same stay one object."""
    wanted = dict.fromkeys(zip(bases, chosen, strict=True))
    made: dict[tuple[_Base, int], _Base] = {}
    for base, cell in wanted:
        alone = sum(other is base for other, _ in wanted) == 1
        made[base, cell] = base if alone else base.copy()
    for (base, cell), new in made.items():
        new.add(rests[base], cell)
    return [made[key] for key in zip(bases, chosen, strict=True)]


class _Base:
    """One set of answers, and the shown rows in the form where each is 1 at one answer of the set and 0 at the others."""

    def __init__(self, cells: int) -> None:
        self._rows = np.zeros((16, cells), dtype=np.int64)
        self._cells = list[int]()

    def rest(self, row: Ints) -> Ints:
        """The row less what the shown rows say of it: 0 at every answer of the set."""
        parts = np.flatnonzero(row[self._cells])  # the row holds zeros and ones, so these are simply added
        return np.asarray((row - self._rows[parts].sum(axis=0)) % PRIME)

    def copy(self) -> "_Base":
        """Another set that begins as this one."""
        other = _Base(0)
        other._rows, other._cells = self._rows.copy(), self._cells.copy()
        return other

    def add(self, rest: Ints, cell: int) -> None:
        """Take an answer of this cell, where the rest is not 0, into the set."""
        rest = rest * pow(int(rest[cell]), -1, PRIME) % PRIME
        place = len(self._cells)
        if place == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        where = np.flatnonzero(rest)  # most of a row is 0
        for row in np.flatnonzero(self._rows[:place, cell]):
            self._rows[row, where] = (self._rows[row, where] - self._rows[row, cell] * rest[where]) % PRIME
        self._rows[place] = rest
        self._cells.append(cell)
