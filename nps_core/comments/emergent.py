"""Words that occur together in what the codebook left uncoded, where that is no chance: a hint of a theme it does not know.

Only words are shown, never an invented name for them. Fewer than 900 comments give nothing: below that, nothing that was tried
finds more than it finds in shuffled words.
"""

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.comments.tokens import Words, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Held = NDArray[np.uint8]
Row = tuple[tuple[str, ...], int, object]

ENOUGH = 900  # different comments
LARGEST = 20_000  # of more comments, so many drawn by the seed are shuffled; what is found is counted in all
MOST = 150  # words looked at: the most frequent
SHUFFLES = 100
BEATEN = 0.95  # part of the shuffles whose strongest pair a pair must pass
ROUNDS = 20  # of putting right what a shuffle dealt twice to one comment
SEED = 2008
COLUMNS = ("words", "comments", "example")


class Emergent(NamedTuple):
    """What was found, and why where nothing was.

    ``table`` a row a group of words: words (a tuple, the most frequent first), comments (how many people wrote two linked words
    of them), example (the label of the document that shows most of them); the group in most comments first. ``n`` different
    comments looked at; ``reason`` '' where something was found, ``"few"`` below 900, ``"chance"`` where shuffles do as well.
    """

    table: pd.DataFrame
    n: int
    reason: Literal["", "few", "chance"]


def emergent(documents: pd.DataFrame, floor: int = 5, shuffles: int = SHUFFLES, seed: int = SEED) -> Emergent:
    """Groups of words that occur together more often than shuffles of the same comments can explain.

    Of the 150 most frequent words (in at least `floor` comments), each pair in at least `floor` comments is measured by
    (o − e)/√e: o the comments with both, e those expected. A shuffle deals all words out anew over the comments: each word
    keeps its number of comments, each comment its number of words. (Without the second, long comments alone would make
    pairs.) A pair counts where it passes the 95 % quantile, over the shuffles, of the strongest pair of each; pairs that share
    a word make one group.

    Parameters
    ----------
    documents
        The uncoded comments: text (cleaned and masked), language (code or ''), count (people who wrote it). A text is looked
        at once, however many wrote it, lest copies make a theme.
    floor
        The fewest comments of a word and of a pair.
    shuffles, seed
        How many shuffles, and their seed: the same comments give the same groups, in whatever order they stand.
    """
    distinct = _distinct(documents)
    n = len(distinct)
    if n < ENOUGH:
        return Emergent(_table([]), n, "few")
    counted = words(distinct["text"].tolist(), distinct["language"].tolist(), floor=floor)
    held, names = _held(counted)
    random = np.random.default_rng(seed)
    looked = held if n <= LARGEST else held[np.sort(random.choice(n, LARGEST, replace=False))]
    links = linked(looked, floor, shuffles, random)
    groups = [_group(members, links, held, names, distinct) for members in _components(links)]
    return Emergent(_table(groups), n, "" if groups else "chance")


def linked(held: Held, floor: int, shuffles: int, random: np.random.Generator) -> Ints:
    """The pairs of words (k, 2) beyond the shuffles of ``held`` (comments × words, 0 or 1), smaller number first."""
    document, word = np.nonzero(held)
    expected = _expected(held)
    best = []
    for _ in range(shuffles):
        dealt = _dealt(document, word, held.shape, random)
        best.append(_strength(dealt, expected, floor).max(initial=0))
    threshold = np.quantile(best, BEATEN, method="higher")
    return np.argwhere(_strength(held, expected, floor) > threshold)


def _distinct(documents: pd.DataFrame) -> pd.DataFrame:
    """Each text once, in the order of the texts, with its people added up and the label of its first row in that order."""
    rows = documents.assign(label=documents.index, language=documents["language"].astype(object).fillna(""))
    rows = rows.sort_values(["text", "language"], kind="stable")
    people = rows.groupby("text", sort=True)["count"].sum()
    return rows.drop_duplicates("text").assign(count=people.to_numpy())


def _held(counted: Words) -> tuple[Held, list[str]]:
    """The most frequent single words: which comment holds which (comments × words, 0 or 1), and their names."""
    often = counted.comments(np.ones(counted.documents))
    single = np.array([" " not in word for word in counted.vocabulary], dtype=bool)
    ranked = np.lexsort((np.arange(len(often)), -often))
    top = ranked[single[ranked]][:MOST]  # the most frequent first
    place = np.full(len(often), -1)
    place[top] = np.arange(len(top))
    ones = place[counted.word] >= 0
    held = np.zeros((counted.documents, len(top)), dtype=np.uint8)
    held[counted.document[ones], place[counted.word[ones]]] = 1
    return held, counted.vocabulary[top].tolist()


def _dealt(document: Ints, word: Ints, shape: tuple[int, ...], random: np.random.Generator) -> Held:
    """The words dealt out anew; a word dealt twice to one comment changes places with slots drawn at random."""
    word = random.permutation(word)
    owner, slots = np.zeros(shape, dtype=np.int32), np.arange(len(word), dtype=np.int32)
    for _ in range(ROUNDS):
        owner[document, word] = slots  # of two slots with the same word in one comment, one loses
        twice = np.flatnonzero(owner[document, word] != slots)
        if not len(twice):
            break
        swapped = np.union1d(twice, random.choice(len(word), len(twice)))
        word[swapped] = word[random.permutation(swapped)]
    dealt = np.zeros(shape, dtype=np.uint8)
    dealt[document, word] = 1
    return dealt


def _expected(held: Held) -> Floats:
    """How many comments with both words a shuffle gives on average (words × words)."""
    often, lengths = held.sum(axis=0, dtype=float), held.sum(axis=1, dtype=float)
    slots = lengths.sum()
    return np.asarray(np.outer(often, often) * ((lengths * (lengths - 1)).sum() / max(slots * (slots - 1), 1)))


def _strength(held: Held, expected: Floats, floor: int) -> Floats:
    """(o − e)/√e of each pair in at least `floor` comments, else 0; above the diagonal."""
    together = _together(held)
    return np.divide(together - expected, np.sqrt(expected), out=np.zeros_like(expected), where=together >= floor)


def _together(held: Held) -> Floats:
    """In how many comments each two words stand, above the diagonal: eight comments a byte, far quicker than a product."""
    size = held.shape[1]
    bits = np.packbits(held, axis=0).T
    bits = np.ascontiguousarray(np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))).view(np.uint64)
    together = np.zeros((size, size))
    for one in range(size):
        together[one, one + 1 :] = np.bitwise_count(bits[one] & bits[one + 1 :]).sum(axis=1, dtype=np.int64)
    return together


def _components(links: Ints) -> list[set[int]]:
    """The groups of words that pairs connect."""
    groups: list[set[int]] = []
    for pair in links.tolist():
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return groups


def _group(members: set[int], links: Ints, held: Held, names: list[str], distinct: pd.DataFrame) -> Row:
    """The row of one group: its words, its people, its example."""
    pairs = np.zeros(len(held), dtype=np.int64)  # how many of the group's pairs a comment holds
    for one, other in links[np.isin(links[:, 0], list(members))]:
        pairs += held[:, one] & held[:, other]
    lengths = np.array([len(text) for text in distinct["text"]])
    example = np.lexsort((np.arange(len(pairs)), lengths, -pairs))[0]  # most pairs, then the shortest
    people = int(distinct["count"].to_numpy()[pairs > 0].sum())
    return tuple(names[word] for word in sorted(members)), people, distinct["label"].iloc[example]


def _table(groups: list[Row]) -> pd.DataFrame:
    ordered = sorted(groups, key=lambda row: (-int(row[1]), row[0]))
    table = pd.DataFrame(ordered, columns=list(COLUMNS))
    return table.astype({"comments": "int64"})
