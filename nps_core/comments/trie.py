"""Phrases as paths through a tree of words, and all of them looked for in a row of words at once.

The tree is walked from every word of the row side by side: one step of numpy takes all walks that are still on a path one word
on. Few go further than two words. A word that may go on (``word*``) is a branch that several words take, a gap (``...``) one that
may begin up to `phrases.REACH` words later.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nps_core.comments.phrases import GAP, REACH
from nps_core.comments.row import Flags, Ints, Row

_SIEVE = 20  # bits of a place in the sieve, through which most steps that lead nowhere fall before they are looked up
_REMEMBERED = 20_000  # words
_STAR = ord("*")
_EMPTY = np.array([], dtype=np.int64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, odd


class Walks(NamedTuple):
    """Walks through the tree: the word each began at, the node it is at, the word it takes next."""

    start: Ints
    node: Ints
    next: Ints

    def at(self, chosen: NDArray[np.generic]) -> "Walks":
        """Some of them, by place or by true and false."""
        return Walks(self.start[chosen], self.node[chosen], self.next[chosen])


class _Groups(NamedTuple):
    """Numbers in groups: `of` group g are ``values[first[g] : first[g] + size[g]]``."""

    first: Ints
    size: Ints
    values: Ints

    def of(self, groups: Ints) -> tuple[Ints, Ints]:
        """The members of some groups one after another: the place in `groups` of each, and the member."""
        size = self.size[groups]
        place = np.repeat(np.arange(len(groups)), size)
        within = np.arange(len(place)) - np.repeat(np.cumsum(size) - size, size)
        return place, self.values[self.first[groups][place] + within]


def _grouped(group: Ints, member: Ints, groups: int) -> _Groups:
    """The members of each group, each once, ascending."""
    most = int(member.max(initial=0)) + 1
    group, member = np.divmod(np.unique(group * most + member), most)
    size = np.bincount(group, minlength=groups)
    return _Groups(np.cumsum(size) - size, size, member)


def _skipped(forms: Row) -> Flags:
    """Whether other words may stand before each word of these forms."""
    gaps = np.cumsum(forms.joined == ord(GAP))
    before = np.concatenate([[0], gaps[forms.end[:-1]]])[: len(forms.start)]
    found: Flags = gaps[forms.start] > before
    found[forms.begins[:-1][np.diff(forms.begins) > 0]] = False
    return found


def _branches(forms: Row) -> tuple[Ints, dict[str, int], dict[str, int]]:
    """The branch each word takes; those that take a word as it is, and those that take all that begin so."""
    is_open = forms.joined[forms.end] == _STAR
    taken, branch = np.unique(forms.word * 2 + is_open, return_inverse=True)
    whole, begun = dict[str, int](), dict[str, int]()
    for place, (word, goes_on) in enumerate(zip(*(part.tolist() for part in np.divmod(taken, 2)), strict=True)):
        (begun if goes_on else whole)[forms.vocabulary[word]] = place
    return branch, whole, begun


class Trie:
    """The forms of phrases, as `phrases.literal_forms` writes them, each with the number of what it stands for."""

    def __init__(self, forms: Row, numbers: Ints) -> None:
        branch, self.whole, self.begun = _branches(forms)
        self.branches = max(len(self.whole) + len(self.begun), 1)
        self.shortest, self.longest = min(map(len, self.begun), default=1), max(map(len, self.begun), default=0)
        skipped = _skipped(forms)
        node, size = np.zeros_like(numbers), np.diff(forms.begins)
        keys, self.nodes = [_EMPTY], 1
        for depth in range(int(size.max(initial=0))):
            on = np.flatnonzero(size > depth)
            word = forms.begins[on] + depth
            steps, leads_to = np.unique(self._keys(node[on], skipped[word], branch[word]), return_inverse=True)
            node[on] = self.nodes + leads_to
            keys.append(steps)
            self.nodes += len(steps)
        steps = np.concatenate(keys)  # ascending, as nodes are numbered by depth; each leads to the node after its place
        self.said = _grouped(node, numbers, self.nodes)
        self.goes_on, self.skips = np.zeros(self.nodes, dtype=bool), np.zeros(self.nodes, dtype=bool)
        whence, over = np.divmod(steps // self.branches, 2)
        self.goes_on[whence[over == 0]] = self.skips[whence[over == 1]] = True
        self.sieve = np.zeros(1 << _SIEVE, dtype=bool)
        self.sieve[_sieved(steps)] = True
        self.keys = np.append(steps, np.iinfo(np.int64).max)  # so that what lies behind them all is found, too
        self._taken = lru_cache(maxsize=_REMEMBERED)(self._branches)  # portions of a survey share most of their words

    # A step from a node is one number: the node, whether words may be left out before, and the branch.
    def _keys(self, node: Ints, skipped: Ints | Flags | int, branch: Ints) -> Ints:
        return (node * 2 + skipped) * self.branches + branch

    def branches_of(self, vocabulary: Iterable[str]) -> _Groups:
        """The branches that each word may take."""
        held = list(map(self._taken, vocabulary))
        size = np.fromiter(map(len, held), dtype=np.int64, count=len(held))
        values = np.fromiter(chain.from_iterable(held), dtype=np.int64, count=int(size.sum()))
        return _Groups(np.cumsum(size) - size, size, values)

    def _branches(self, word: str) -> list[int]:
        begun = self.begun
        taken = [begun[word[:end]] for end in range(self.shortest, min(len(word), self.longest) + 1) if word[:end] in begun]
        if word in self.whole:
            taken.append(self.whole[word])
        return taken

    def step(self, walks: Walks, skipped: int, row: Row, branches: _Groups) -> Walks:
        """The walks one word on; a walk may fork, or end."""
        place, branch = branches.of(row.word[walks.next])
        keys = self._keys(walks.node[place], skipped, branch)
        likely = np.flatnonzero(self.sieve[_sieved(keys)])
        keys, place = keys[likely], place[likely]
        found = np.searchsorted(self.keys, keys)
        stands = self.keys[found] == keys
        place, node = place[stands], found[stands] + 1
        return Walks(walks.start[place], node, walks.next[place] + 1)

    def ends(self, row: Row, denied: Ints | None = None) -> tuple[Ints, Ints, Ints]:
        """Where the phrases stand: first word, the word after the last, number of what each stands for.

        A phrase stands within one clause. `denied` (w + 1,) is where the negation ends that ends first of those that begin at a
        word or later; no gap holds one. Of the ends that a phrase with a gap has from one beginning, the nearest is it.
        """
        branches = self.branches_of(row.vocabulary)
        clause = np.append(row.clause, -1)
        walks = self._first(row, branches)
        found = [walks.at(_EMPTY)]
        while len(walks.start):
            found.append(walks.at(self.said.size[walks.node] > 0))
            on = walks.at(self.goes_on[walks.node] & (clause[walks.next] == clause[walks.start]))
            after = [self.step(on, 0, row, branches)]
            if denied is not None:
                over = walks.at(self.skips[walks.node])
                for gap in range(REACH + 1):
                    far = np.minimum(over.next + gap, len(row.word))
                    stays = (clause[far] == clause[over.start]) & (denied[over.next] > far)
                    over, far = over.at(stays), far[stays]
                    after.append(self.step(over._replace(next=far), 1, row, branches))
            walks = _joined(after)
        ended = _joined(found) if denied is None else _nearest(_joined(found))
        place, number = self.said.of(ended.node)
        return ended.start[place], ended.next[place], number

    def _first(self, row: Row, branches: _Groups) -> Walks:
        """The walks after one word, found once a word of the vocabulary."""
        words = np.arange(len(row.vocabulary))
        begun = self.step(Walks(words, np.zeros_like(words), words), 0, row._replace(word=words), branches)
        size = np.bincount(begun.start, minlength=len(words))
        nodes = _Groups(np.cumsum(size) - size, size, begun.node)
        place, node = nodes.of(row.word)
        return Walks(place, node, place + 1)


def _joined(walks: list[Walks]) -> Walks:
    return Walks(*map(np.concatenate, zip(*walks, strict=True)))


def _nearest(walks: Walks) -> Walks:
    """Of the walks from one word to one node the shortest."""
    walks = walks.at(np.lexsort((walks.next, walks.node, walks.start)))
    again = (walks.start[1:] == walks.start[:-1]) & (walks.node[1:] == walks.node[:-1])
    return walks.at(np.append(True, ~again)[: len(walks.start)])


def _sieved(keys: Ints) -> NDArray[np.uint64]:
    return (keys.astype(np.uint64) * _SPREAD) >> np.uint64(64 - _SIEVE)
