"""What people ask for: the things that comments wish for or find missing, grouped by the words that name them.

Rests on the evidence of coding for features, where its clause wishes, lacks or denies; a fault is no request. A thing is what the
codebook knows as a topic of features, where the wish is about one; else the words of content behind the wish in its clause, or
before it where nothing follows. “mobile app” also asks for an “app”. Each comment counts under one request, the most named of
those it holds, so that “export” and “Excel” in one sentence are one request.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from nps_core.comments import tokens
from nps_core.comments.evidence import Evidence
from nps_core.comments.lexicon import Find, lexicon
from nps_core.comments.listing import with_code
from nps_core.comments.phrases import fold
from nps_core.comments.scan import Comments
from nps_core.comments.tokens import CONTENT

ASKED_FOR = "gap:features"
MOST_WORDS = 4  # of content, behind a wish
SHORT = 2  # letters of a word that names nothing at the end of a topic
TYPICAL = 70  # characters; the example is the comment nearest to that
TOGETHER = 0.5  # a word that is in more than so large a share of a request's comments is named with it
_CLAUSE_END = re.compile(r"[.!?;:,()\n–—]+(?!\d)")
_WISHING, _DENYING = frozenset({"wish", "absence", "missing_one_thing"}), frozenset({"negators", "late_negators"})
_SAYS_NOTHING_ITSELF = frozenset({"wish", "absence", "negators", "late_negators", "problem", "praise", "breakers", "reservation"})
Key = tuple[str, ...]


class _Named(NamedTuple):
    """A thing that a text asks for: its words folded, as they stand there, the sub-theme, and whether it is a topic."""

    key: Key
    words: str
    sub: str
    topic: bool


@dataclass(frozen=True)
class _Rest:
    """Words beside a wish that no topic names, to be cut into words together with all others."""

    place: int
    text: str
    language: str
    sub: str
    last: bool  # whether the last words count, not the first


def requests(comments: Comments, listed: pd.DataFrame) -> pd.DataFrame:
    """What these comments ask for, the most named first.

    Parameters
    ----------
    comments : Comments
        The survey.
    listed : DataFrame
        Some of its comments, as `listing.listing` gives them.

    Returns
    -------
    DataFrame
        request (str, words of the comments), comments (int, each counted once), sub_theme (str, '' where no topic of the codebook
        names it), example (str, a masked comment).
    """
    asking = with_code(listed, ASKED_FOR)
    people = asking.groupby("text")["count"].sum()
    named = _things(comments, people.index.tolist())
    held: dict[Key, set[int]] = defaultdict(set)
    for place, things in named.items():
        for thing in things:
            held[thing.key].add(place)
    held = _with_narrower(held)
    texts = comments.texts["text"].to_numpy(dtype=object)
    weights = dict(zip(people.index.tolist(), people.tolist(), strict=True))
    rows = [_row(key, places, named, weights, texts[sorted(places)].tolist()) for key, places in _dealt(held, weights)]
    found = pd.DataFrame(rows, columns=["request", "comments", "sub_theme", "example"])
    return found.astype({"request": "str", "comments": "int64", "sub_theme": "str", "example": "str"})


def _things(comments: Comments, places: Iterable[int]) -> dict[int, list[_Named]]:
    """What each of these texts asks for."""
    named: dict[int, list[_Named]] = {}
    rests = list[_Rest]()
    for place in places:
        text, language = str(comments.texts["text"].iloc[place]), str(comments.texts["language"].iloc[place])
        finds = lexicon(comments.books[language]).finds(fold(text))
        things = list[_Named]()
        for evidence in comments.explain(place).evidence:
            if evidence.code == ASKED_FOR and evidence.spans and _wishes(text, finds, evidence):
                topics = _topics(text, finds, evidence)
                things += topics
                if not topics:
                    rests.append(_rest(place, text, language, finds, evidence))
        named[place] = things
    for rest, words in zip(rests, _content(rests), strict=True):
        if words:
            named[rest.place].append(
                _Named(tuple(sorted({_stem(fold(word)) for word in words})), " ".join(words), rest.sub, False)
            )
    return {place: list(dict.fromkeys(things)) for place, things in named.items() if things}


def _wishes(text: str, finds: list[Find], evidence: Evidence) -> bool:
    """Whether the clause of the evidence asks for something, or the evidence itself says that it is not there."""
    if evidence.rule in ("asked", "rest"):
        return True
    place, end = min(evidence.spans)[0], _clause_end(text, max(evidence.spans)[1])
    start = _clause_start(text, place)
    denied = (f for f in finds if f.entry.kind in _DENYING)
    return any(f.entry.kind in _WISHING and start <= f.start < end for f in finds) or any(
        left < f.end and f.start < right for f in denied for left, right in evidence.spans
    )


def _topics(text: str, finds: list[Find], evidence: Evidence) -> list[_Named]:
    """The topics of features that the evidence is about: its own, or those from its phrase to the end of the clause."""
    start, end = evidence.spans[0]
    if evidence.rule not in ("beside", "asked"):
        end = _clause_end(text, end)
    own = [f for f in finds if (f.entry.kind, f.entry.code) == ("topics", "features") and start <= f.start and f.end <= end]
    longest = [
        f for f in own if not any(o.start <= f.start and f.end <= o.end and o.end - o.start > f.end - f.start for o in own)
    ]
    words = [(_trimmed(text[f.start : f.end]), f.entry.sub) for f in longest]
    return [_Named(_key(name), name, sub, True) for name, sub in words]


def _rest(place: int, text: str, language: str, finds: list[Find], evidence: Evidence) -> _Rest:
    """The clause behind a wish, or before it, without the words that only wish, lack or judge."""
    start, end = evidence.spans[0]
    quiet = [f for f in finds if f.entry.kind in _SAYS_NOTHING_ITSELF]
    behind = _without(text, end, _clause_end(text, end), quiet)
    if any(map(str.isalpha, behind)):
        return _Rest(place, behind, language, evidence.sub, last=False)
    return _Rest(place, _without(text, _clause_start(text, start), start, quiet), language, evidence.sub, last=True)


def _clause_start(text: str, place: int) -> int:
    return max((match.end() for match in _CLAUSE_END.finditer(text, 0, place)), default=0)


def _clause_end(text: str, place: int) -> int:
    found = _CLAUSE_END.search(text, place)
    return found.start() if found else len(text)


def _without(text: str, start: int, end: int, finds: Iterable[Find]) -> str:
    letters = list(text[start:end])
    for find in finds:
        for place in range(max(find.start, start), min(find.end, end)):
            letters[place - start] = " "
    return "".join(letters)


def _content(rests: list[_Rest]) -> list[list[str]]:
    """Up to `MOST_WORDS` words of content of each, without stop words and masks."""
    document, token, kind, known = tokens.pieces([rest.text for rest in rests], [rest.language for rest in rests])
    words: list[list[str]] = [[] for _ in rests]
    for place, word in zip(document[kind == CONTENT].tolist(), token[kind == CONTENT].tolist(), strict=True):
        words[place].append(known[word])
    return [(own[-MOST_WORDS:] if rest.last else own[:MOST_WORDS]) for rest, own in zip(rests, words, strict=True)]


def _trimmed(words: str) -> str:
    """A topic without short words at its ends: “export to” is “export”."""
    pieces = words.split()
    while len(pieces) > 1 and len(pieces[-1]) <= SHORT:
        pieces.pop()
    while len(pieces) > 1 and len(pieces[0]) <= SHORT:
        pieces.pop(0)
    return " ".join(pieces)


def _key(words: str) -> Key:
    return tuple(sorted({_stem(word) for word in fold(words).split()}))


def _stem(word: str) -> str:
    """A word without the s of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _with_narrower(held: Mapping[Key, set[int]]) -> dict[Key, set[int]]:
    """The same, where whoever asks for a narrower thing (“mobile app”) asks for the wider one (“app”) as well."""
    wider: dict[Key, set[int]] = {key: set(places) for key, places in held.items()}
    for key, places in held.items():
        for size in range(1, len(key)):
            for part in combinations(key, size):
                if part in wider:
                    wider[part] |= places
    return wider


def _dealt(held: Mapping[Key, set[int]], weights: Mapping[int, int]) -> list[tuple[Key, set[int]]]:
    """Each text under one request: the largest takes all that hold it, then the largest of the rest, and so on."""
    left = {key: set(places) for key, places in held.items()}
    heap = [(-sum(weights[place] for place in places), key) for key, places in left.items()]
    heapify(heap)
    taken, dealt = set[int](), list[tuple[Key, set[int]]]()
    while heap:
        size, key = heappop(heap)
        left[key] -= taken
        now = -sum(weights[place] for place in left[key])
        if now != size:
            if now:
                heappush(heap, (now, key))
            continue
        dealt.append((key, left[key]))
        taken |= left[key]
    return dealt


def _row(
    key: Key, places: set[int], named: Mapping[int, list[_Named]], weights: Mapping[int, int], texts: list[str]
) -> tuple[str, int, str, str]:
    """One request: its words as most write them, with those that stand beside them in most of its comments."""
    total = sum(weights[place] for place in places)
    inside, subs, beside = Counter[tuple[bool, Key]](), Counter[str](), Counter[Key]()
    spelled: dict[Key, Counter[str]] = defaultdict(Counter)
    for place in sorted(places):
        for thing in named[place]:
            spelled[thing.key][thing.words] += weights[place]
            if set(key) <= set(thing.key):
                inside[not thing.topic, thing.key] += weights[place]
                subs[thing.sub] += weights[place]
            else:
                beside[thing.key] += weights[place]
    _, own = min(inside, key=lambda one: (one[0], -inside[one], -len(one[1]), one[1]))
    together = [one for one in sorted(beside) if len(places) > 1 and beside[one] > TOGETHER * total]
    example = min(texts, key=lambda text: (abs(len(text) - TYPICAL), text))
    return ", ".join(_most(spelled[one]) for one in (own, *together)), total, _most(subs), example


def _most(counts: Counter[str]) -> str:
    """What is most frequent; of equals the longest, then the first by its letters."""
    return min(counts, key=lambda name: (-counts[name], -len(name), name))
