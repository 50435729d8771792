"""The rules by which phrases in a comment become codes. They know no language and no industry; the codebook does.

In short. A comment falls into clauses. A negation turns the next word of praise or complaint round; a wish ("could be", "more")
turns praise into a wish. A gap is found where a phrase says by itself that something is wrong, where praise of it is turned
round, or where its topic stands within `NEAR` characters of a complaint in the same clause; where the question asked what to
improve, a topic needs no complaint. Types, triggers and satisfaction follow from phrases of their own and from the gaps. Every
code keeps the places in the text that decided it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from nps_core.comments.codes import TYPES
from nps_core.comments.evidence import ANY_GAP, GAP, Coding, Mark, bits_of
from nps_core.comments.lexicon import FLAGS, Lexicon, Looked, Place

NEAR = 40  # characters between a topic and a complaint that belong together
FORWARD, BACKWARD = 2, 3  # words between a negation and what it turns round
ABSENT = 1  # words between "no" and the topic that is not there
WISHED = 2  # words between a wish and the praise it turns round


def _kinds(*names: str) -> int:
    return sum({FLAGS[name] for name in names})


TOPICS, WISH, SOLVED, BLOCK = FLAGS["topics"], FLAGS["wish"], FLAGS["solved"], FLAGS["block"]
GOOD, BAD = _kinds("right", "praise"), _kinds("wrong", "problem")
POLAR = GOOD | BAD | TOPICS | WISH | SOLVED
NEGATORS, LATE = _kinds("negators", "late_negators"), FLAGS["late_negators"]
JOINERS, BREAKERS = FLAGS["joiners"], FLAGS["breakers"]
ABSENCE, HABIT, LEAVING, RIVAL = FLAGS["absence"], FLAGS["scale_habit"], FLAGS["leaving"], FLAGS["competitor"]
RESERVATION, INDIFFERENCE, ONE_THING = FLAGS["reservation"], FLAGS["indifference"], FLAGS["missing_one_thing"]
EARLY, RELATIONSHIP, REPEATED = FLAGS["not_explored"], FLAGS["relationship"], FLAGS["repeated"]
TYPED = {FLAGS[kind]: f"type:{kind}" for kind in TYPES[1:]}
TRIGGERED = {FLAGS[kind]: f"trigger:{kind}" for kind in ("price", "feature_gap", "service_breakdown", "strategic")}
TRIGGERED |= {LEAVING: "leaving", RIVAL: "competitor"}
TYPING, TRIGGERING = HABIT | sum(TYPED), REPEATED | RELATIONSHIP | sum(TRIGGERED)
# Cues that a negation right before them takes away.
DENIABLE = RESERVATION | INDIFFERENCE | RELATIONSHIP | REPEATED | LEAVING
DENIABLE |= _kinds("past_disappointment", "price", "feature_gap", "service_breakdown", "strategic")
CUES = DENIABLE | ABSENCE | HABIT | RIVAL | ONE_THING | EARLY
USED = POLAR | NEGATORS | JOINERS | BREAKERS | BLOCK | CUES
# A clause ends at punctuation, but not at that inside a number ("1,000", "3.5").
# A colon ends none: "Pool: closed".
_END = re.compile(r"[.!?;,()\n–—]+(?!\d)|(?<!\d)[.!?;,()\n–—]+| - ")
_MARKS = re.compile(r"[.!?;,()\n–—]+")

_new = tuple.__new__  # makes a `Mark` in half the time; there are some in every text
ANY_TYPE = bits_of(*(f"type:{kind}" for kind in TYPES))
WANTING = ANY_GAP | bits_of("complaint")
PRAISE, EXCUSED = bits_of("praise"), bits_of("scale_habit", "type:not_explored")
OTHER_TYPES = bits_of(*(f"type:{kind}" for kind in TYPES[1:]))
ORDERED = (*GAP.values(), "complaint")  # of what is wanting, the first is shown
FOLLOWS = tuple(
    (f"satisfaction:{new}", bits_of(f"satisfaction:{new}"), codes, bits_of(*codes))
    for new, codes in (
        ("product", ("gap:features", "gap:ease")),
        ("service", ("gap:service",)),
        ("value", ("gap:value",)),
        ("relationship", ("type:past_disappointment",)),
        ("strategic", ("trigger:strategic",)),
    )
)


def code(text: str, lexicon: Lexicon, question: str = "why", looked: Looked | None = None) -> Coding:
    """Code one comment, cleaned and masked, that answers `question` (why or improve); `looked`: `lexicon.look(text)`, if had."""
    reading = _Reading(text, looked or lexicon.look(text), lexicon)
    coding = Coding()
    reading.gaps(coding, question)
    reading.types(coding)
    reading.triggers(coding)
    return coding


def _stops(text: str) -> list[int]:
    """Where punctuation ends clauses, ascending."""
    stops = [match.end() for match in _MARKS.finditer(text)]
    if " - " in text or any(map(str.isdecimal, [text[stop : stop + 1] for stop in stops])):
        return [match.end() for match in _END.finditer(text)]  # three times slower
    return stops


class _Reading:
    """One comment under the lens: its clauses, what was found in them, and what turns what round."""

    def __init__(self, text: str, looked: Looked, lexicon: Lexicon) -> None:
        self.folded = looked.folded
        self.starts, self.breaks = [0, *_stops(text)], set[int]()
        self.kinds = 0
        marks = self._marks(looked.places, lexicon)
        if self.kinds & (BLOCK | BREAKERS):
            marks = self._parted(_unblocked(marks) if self.kinds & BLOCK else marks)
        self.solved: list[Mark] = []
        self.turned: dict[Mark, Mark] = {}
        self.polar = polar = _longest([m for m in _not_habitual(marks, self.kinds) if m.kind & POLAR])
        self.cues = self._standing(marks) if self.kinds & CUES else {}
        if self.kinds & (NEGATORS | WISH | SOLVED):
            self._turn_round(marks, polar)
        self.bad = [m for m in self.polar if m.kind & (BAD | WISH)]  # complaints as they stand, praise turned round, and wishes
        self.good = [m for m in self.polar if m.kind & GOOD]  # praise as it stands, and complaints turned round
        if self.turned:
            self.bad = [m for m in self.polar if m.kind & (GOOD if m in self.turned else BAD | WISH)]
            self.good = [m for m in self.polar if m.kind & (BAD if m in self.turned else GOOD)]

    def _marks(self, places: Iterable[Place], lexicon: Lexicon) -> list[Mark]:
        """The finds that rules look at and that lie in one clause, as punctuation parts them."""
        found: list[Mark] = []
        flags, entries = lexicon.flags, lexicon.entries
        ends = [*self.starts[1:], len(self.folded) + 1]
        for start, minus, number in places:
            kind = flags[number]
            if kind & USED:
                clause = bisect_right(self.starts, start) - 1
                if ends[clause] >= -minus:
                    self.kinds |= kind
                    found.append(_new(Mark, (start, -minus, kind, entries[number], clause)))
        return found

    def _parted(self, marks: list[Mark]) -> list[Mark]:
        """The finds with their clauses, as words such as "but" part them, too."""
        self.breaks = {m.start for m in marks if m.kind == BREAKERS}
        self.starts = sorted({*self.starts, *self.breaks})
        return [m._replace(clause=bisect_right(self.starts, m.start) - 1) for m in marks]

    def _turn_round(self, marks: Sequence[Mark], polar: list[Mark]) -> None:
        """What negations and wishes turn round, and what is over."""
        if self.kinds & SOLVED:
            self.polar = [m for m in polar if m.kind != SOLVED]
        negators: list[Mark] = []
        if self.kinds & NEGATORS:
            # A cue such as "no" or "not always" hides no negation; a longer word of praise or complaint does.
            negators = [m for m in _longest([m for m in marks if m.kind & (POLAR | NEGATORS)]) if m.kind & NEGATORS]
            self._negate(negators, [m for m in marks if m.kind == JOINERS])
        if self.kinds & WISH and self.kinds & GOOD:
            self._wish()
        if self.kinds & SOLVED:
            self._solve([m for m in polar if m.kind == SOLVED and not any(self._reaches(n, m) for n in negators)])

    def _standing(self, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
        """The cues of each kind, without those right after a negation that is no part of them: "not leaving", "never pushy"."""
        found: dict[int, list[Mark]] = {}
        cues = [m for m in marks if m.kind & CUES]
        if self.kinds & NEGATORS and self.kinds & DENIABLE:
            after = {(m.clause, self._next_word(m)) for m in marks if m.kind & NEGATORS}
            cues = _outside(cues, [m for m in cues if m.kind & DENIABLE and (m.clause, m.start) in after])
        for mark in cues:
            found.setdefault(mark.kind, []).append(mark)
        return found

    def _next_word(self, mark: Mark) -> int:
        return len(self.folded) - len(self.folded[mark.end :].lstrip())

    def cue(self, kind: int) -> list[Mark]:
        """The cues of this kind."""
        return self.cues.get(kind, [])

    def apart(self, left: int, right: int) -> int:
        """Words between two places."""
        return len(self.folded[left:right].split())

    def _negate(self, negators: Sequence[Mark], joiners: Sequence[Mark]) -> None:
        turnable = [m for m in self.polar if m.kind & (GOOD | BAD)]
        for negator in negators if turnable else ():
            same = [m for m in turnable if m.clause == negator.clause]
            first = next((m for m in same if self._reaches(negator, m)), None)
            if first:
                self._turn(negator, first, [m for m in same if m.start >= first.start], joiners)
            elif negator.kind == LATE:
                before = [m for m in same if m.end <= negator.start and self.apart(m.end, negator.start) <= BACKWARD]
                for m in before:
                    if m.end == before[-1].end:
                        self.turned.setdefault(m, negator)

    def _turn(self, negator: Mark, first: Mark, following: Iterable[Mark], joiners: Sequence[Mark]) -> None:
        """Turn round what begins where the first does, and what is joined to it."""
        end = first.end
        for m in following:
            joined = any(end <= j.start and j.end <= m.start for j in joiners) and self.apart(end, m.start) <= FORWARD
            if m.start == first.start or joined:
                self.turned.setdefault(m, negator)
                end = max(end, m.end)

    def _reaches(self, negator: Mark, m: Mark) -> bool:
        """Whether a negation stands before a find and near enough to turn it round."""
        return negator.end <= m.start and negator.clause == m.clause and self.apart(negator.end, m.start) <= FORWARD

    def _wish(self) -> None:
        for wish in (m for m in self.polar if m.kind == WISH):
            for m in self.polar:
                behind = m.kind & GOOD and m.start >= wish.end and m.clause == wish.clause
                if behind and self.apart(wish.end, m.start) <= WISHED:
                    self.turned.setdefault(m, wish)

    def _solve(self, solved: list[Mark]) -> None:
        self.solved = solved
        over = {clause for m in solved for clause in (m.clause - 1, m.clause)}
        self.polar = [m for m in self.polar if not (m.kind & BAD and m.clause in over and m not in self.turned)]

    def gaps(self, coding: Coding, question: str) -> None:
        """Gaps with their sub-themes, then whatever else is wanted."""
        for m in self.bad:
            if m.entry.code:
                turner = self.turned.get(m)
                if turner:
                    coding.add(GAP[m.entry.code], "turned", m, turner, sub=m.entry.sub)
                else:
                    coding.add(GAP[m.entry.code], "phrase", m, sub=m.entry.sub)
        plain = [m for m in self.bad if not m.entry.code]
        if self.kinds & TOPICS and (plain or question == "improve" or ABSENCE in self.cues):
            early = {m.clause for m in self.cue(EARLY)}
            for topic in self.polar:
                if topic.kind == TOPICS and topic.clause not in early:
                    self._topic(coding, topic, plain, question)
        for m in plain:
            coding.add("complaint", "phrase", m)
        if question == "improve" and not coding.bits & ANY_GAP:
            wished = [m for m in self.bad if m.kind == WISH]
            if wished or not self.good:
                coding.add("suggestion", "rest", *wished[:1])
                coding.add("gap:features", "rest", *wished[:1])

    def _topic(self, coding: Coding, topic: Mark, plain: Iterable[Mark], question: str) -> None:
        beside = next((m for m in plain if self._near(topic, m)), None) or self._absent(topic)
        if beside:
            coding.add(GAP[topic.entry.code], "beside", topic, beside, sub=topic.entry.sub)
        elif question == "improve" and not any(self._near(topic, m) for m in self.good):
            coding.add(GAP[topic.entry.code], "asked", topic, sub=topic.entry.sub)

    def _absent(self, topic: Mark) -> Mark | None:
        """What says that the topic is not there at all."""
        if topic.entry.code == "value" or ABSENCE not in self.cues:
            return None
        before = [m for m in _outside(self.cue(ABSENCE), self.polar) if m.end <= topic.start and m.clause == topic.clause]
        return before[-1] if before and self.apart(before[-1].end, topic.start) <= ABSENT else None

    def _near(self, topic: Mark, m: Mark) -> bool:
        if max(topic.start, m.start) - min(topic.end, m.end) > NEAR:
            return False
        return topic.clause == m.clause or self._carried(topic, m)

    def _carried(self, topic: Mark, m: Mark) -> bool:
        """Whether a complaint after a "but" has no topic of its own, and so speaks of that before it: "kind staff but slow"."""
        if topic.clause != m.clause - 1 or self.starts[m.clause] not in self.breaks:
            return False
        return not any(other.clause == m.clause and other.entry.code for other in self.polar)

    def types(self, coding: Coding) -> None:
        """Praise, the four types, praise alone, and habits of scoring."""
        for m in (*self.good, *self.solved):
            coding.add("praise", "turned" if m in self.turned else "phrase", m, sub=m.entry.sub)
        if self.kinds & TYPING:
            self._told(coding, TYPED, without=self.cue(HABIT))
            self._told(coding, {HABIT: "scale_habit"})
        wanting = bool(coding.bits & WANTING)
        reserved = self._reserved(coding, wanting)
        self._works_but(coding, wanting, reserved)
        if coding.bits & PRAISE and not wanting and not reserved and not coding.bits & ANY_TYPE:
            coding.follow("praise_only", "praise")

    def _told(self, coding: Coding, codes: Mapping[int, str], without: Sequence[Mark] = ()) -> None:
        """The codes that a cue gives by itself, but for those inside of others."""
        for kind, name in codes.items():
            if kind in self.cues:
                for m in _outside(self.cues[kind], without)[:1]:
                    coding.add(name, "phrase", m)

    def _reserved(self, coding: Coding, wanting: bool) -> list[Mark]:
        """What says that there is a "but", unless a habit of scoring, being new, the one thing missing or praise is it."""
        if RESERVATION not in self.cues or (not wanting and coding.bits & EXCUSED):
            return []
        return _outside(self.cue(RESERVATION), [*self.cue(ONE_THING), *self.good])[:1]

    def _works_but(self, coding: Coding, wanting: bool, reserved: Sequence[Mark]) -> None:
        """Praise with a reservation, or indifference. What is over, untried or the one thing missing is a type of its own."""
        other = coding.bits & OTHER_TYPES
        indifferent = [] if other else self.cue(INDIFFERENCE)[:1]
        if indifferent or (reserved and self.good):
            coding.add("type:works_but", "phrase", *(indifferent or reserved))
        elif wanting and not other and coding.bits & PRAISE:
            coding.follow("type:works_but", "praise", next(name for name in ORDERED if coding.has(name)))

    def triggers(self, coding: Coding) -> None:
        """What could make them leave, who would mend it, and whom they compare with."""
        if self.kinds & TRIGGERING:
            self._told(coding, TRIGGERED)
            self._by_gap(coding)
            self._told(coding, {RELATIONSHIP: "satisfaction:relationship"})
        for new, bit, codes, origins in FOLLOWS:
            if coding.bits & origins and not coding.bits & bit:
                coding.follow(new, *codes)

    def _by_gap(self, coding: Coding) -> None:
        """What makes them compare or leave is the gap they speak of: price before features where both, and service where nothing
        else is. Failing again and again is a breakdown, unless it is how they are treated that comes again and again."""
        leaving, rival = coding.has("leaving"), coding.has("competitor")
        service = coding.has("gap:service")
        away = rival or (leaving and not service)
        if away and coding.has("gap:value"):
            coding.follow("trigger:price", "gap:value", "competitor", "leaving")
        elif away and coding.has("gap:features", "gap:ease"):
            coding.follow("trigger:feature_gap", "gap:features", "gap:ease", "competitor", "leaving")
        again = REPEATED in self.cues and RELATIONSHIP not in self.cues
        if service and (again or (leaving and not rival)):
            coding.follow("trigger:service_breakdown", "gap:service", "leaving")


def _unblocked(marks: list[Mark]) -> list[Mark]:
    """The finds that lie in no block. What a block is as a whole may still be a cue: "nobody is perfect"."""
    blocks = [m for m in marks if m.kind == BLOCK]
    whole = {(block.start, block.end) for block in blocks}
    standing = set(_outside(marks, blocks))
    return [m for m in marks if m in standing or ((m.start, m.end) in whole and not m.kind & (POLAR | NEGATORS))]


def _not_habitual(marks: list[Mark], kinds: int) -> list[Mark]:
    """The finds without complaints inside habits: "nobody gets full marks" is none; "7 is good in my book" is praise."""
    if not kinds & HABIT:
        return marks
    standing = set(_outside(marks, [m for m in marks if m.kind == HABIT]))
    return [m for m in marks if not m.kind & BAD or m in standing]


def _outside(marks: list[Mark], blocks: Sequence[Mark]) -> list[Mark]:
    """The finds that do not lie inside a block."""
    if not blocks:
        return marks
    return [m for m in marks if not any(b.start <= m.start and m.end <= b.end for b in blocks)]


def _longest(marks: list[Mark]) -> list[Mark]:
    """The finds, ordered by place with the longer first, without those that lie inside a longer one."""
    kept: list[Mark] = []
    reach = -1
    for m in marks:
        if m.end > reach or (kept and kept[-1].start == m.start and kept[-1].end == m.end):
            kept.append(m)
            reach = max(reach, m.end)
    return kept
