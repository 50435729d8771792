"""The rules by which phrases in a comment become codes. They know no language and no industry; the codebook does.

In short. A comment falls into clauses. A negation turns the next word of praise or complaint round; a wish ("could be", "more")
turns praise into a wish. A gap is found where a phrase says by itself that something is wrong, where praise of it is turned
round, or where its topic stands within `NEAR` characters of a complaint in the same clause; where the question asked what to
improve, a topic needs no complaint. Types, triggers and satisfaction follow from phrases of their own and from the gaps; where no
gap is named, what somebody compares, leaves or waits for is one. Every code keeps the places in the text that decided it.
"""

from collections.abc import Sequence

import numpy as np

from nps_core.comments.codes import TYPES
from nps_core.comments.evidence import ANY_GAP, ASKED, BESIDE, PHRASE, TURNED, Coding, Codings, bits_of
from nps_core.comments.lexicon import FLAGS, NEGATORS, Lexicon, Looked
from nps_core.comments.marks import FAR, Marks, beside, first_of_each, groups, inside, longest, within
from nps_core.comments.row import Flags, Ints
from nps_core.comments.standing import (
    ABSENCE,
    BAD,
    BREAKERS,
    DENIABLE,
    EARLY,
    GOOD,
    HABIT,
    INDIFFERENCE,
    JOINERS,
    ONE_THING,
    POLAR,
    RELATIONSHIP,
    REPEATED,
    RESERVATION,
    SOLVED,
    TOPICS,
    TRIGGERED,
    TYPED,
    WISH,
    marks_of,
    not_habitual,
    not_overlapping,
    spared,
    standing,
    unblocked,
)
from nps_core.comments.turning import FORWARD, NEVER, negated

NEAR = 40  # characters between a topic and a complaint that belong together
ABSENT = 1  # words between "no" and the topic that is not there
WISHED = 2  # words between a wish and the praise it turns round

ANY_TYPE = bits_of(*(f"type:{kind}" for kind in TYPES))
COMPLAINT, HABITUAL = bits_of("complaint"), bits_of("scale_habit")
PAST = bits_of("type:past_disappointment")
PRAISE, EXCUSED = bits_of("praise"), bits_of("scale_habit", "type:not_explored")
OTHER_TYPES = bits_of(*(f"type:{kind}" for kind in TYPES[1:]))
ORDERED = ("gap:features", "gap:ease", "gap:service", "gap:value", "complaint")  # of what is wanting, the first is shown
FOLLOWS = (
    ("satisfaction:product", ("gap:features", "gap:ease")),
    ("satisfaction:service", ("gap:service",)),
    ("satisfaction:value", ("gap:value",)),
    ("satisfaction:relationship", ("type:past_disappointment",)),
    ("satisfaction:strategic", ("trigger:strategic",)),
)
# What somebody compares, leaves or waits for is wanting: the first of these gaps, where none of them is found.
IMPLIED = (
    ("trigger:price", ("gap:value",)),
    ("trigger:feature_gap", ("gap:features", "gap:ease")),
    ("trigger:service_breakdown", ("gap:service",)),
    ("type:missing_one_thing", ("gap:features", "gap:ease", "gap:service", "gap:value")),
)
LACKS = ("gap:features", "gap:ease", "gap:service")  # one of which may be the one thing missing; a price is no lack
ELSEWHERE = bits_of("type:not_explored", "type:past_disappointment", "scale_habit")  # answers that name nothing to be improved
AWAY, NEEDS_PART = bits_of("leaving", "competitor"), bits_of("trigger:strategic")
NOT_ONE = ELSEWHERE | bits_of("gap:value", "trigger:service_breakdown", "trigger:strategic", "type:missing_one_thing")


def code(text: str, lexicon: Lexicon, question: str = "why") -> Coding:
    """Code one comment, cleaned and masked, that answers `question` (why or improve)."""
    return codings(lexicon.look([text]), lexicon, [question]).coding(0)


def codings(looked: Looked, lexicon: Lexicon, questions: Sequence[str]) -> Codings:
    """Code the comments that were looked through, each the answer to one of `questions`."""
    found = Codings(looked.row, lexicon)
    reading = _Reading(looked, lexicon, np.array([question == "improve" for question in questions], dtype=bool))
    reading.told(found)
    reading.gaps(found)
    reading.types(found)
    reading.triggers(found)
    return found


class _Reading:
    """Comments under the lens: what was found in their clauses, and what turns what round.

    `polar` are praise, complaints, topics and wishes, the longest where they overlap; `turner` (p,) is the place in `turners` of
    what turns each round, −1 for nothing; `is_bad` and `is_good` (p,) say what is a complaint or a wish, and what is praise, once
    all that is turned round is.
    """

    def __init__(self, looked: Looked, lexicon: Lexicon, asked: Flags) -> None:
        self.row, self.asked = looked.row, asked
        self.coded = np.array([bool(entry.code) for entry in lexicon.entries], dtype=bool)
        self.payable = np.array([entry.code == "value" for entry in lexicon.entries], dtype=bool)
        marks = self._parted(unblocked(marks_of(looked, lexicon)))
        self.cues = standing(marks)
        self.negators = longest(marks.of(POLAR | NEGATORS)).of(NEGATORS)
        polar = not_overlapping(spared(longest(not_habitual(marks).of(POLAR)), marks.of(NEGATORS)))
        self.solved, self.polar = polar.of(SOLVED), polar.of(POLAR & ~SOLVED)
        wishes = self.polar.of(WISH)
        self.turners = _both(self.negators, wishes)
        self.turner = self._turned(marks.of(JOINERS), wishes, marks.of(NEGATORS).begin)
        self._solve()
        self._compared()
        turned, kind = self.turner >= 0, self.polar.kind
        # What is denied as a whole is denied in its parts: "never had to chase them".
        denied = self.polar.at(turned & (kind & BAD > 0))
        self.cues = self.cues.at((self.cues.kind & DENIABLE == 0) | ~inside(self.cues, denied))
        self.is_bad = (kind & np.where(turned, GOOD, BAD | WISH)) > 0
        self.is_good = (kind & np.where(turned, BAD, GOOD)) > 0

    def _parted(self, marks: Marks) -> Marks:
        """The finds with their clauses, as words such as "but" part them, too."""
        breaks = np.unique(marks.of(BREAKERS).first)
        new = breaks[~self.row.opens[breaks]]
        self.broken = self.row.clause[breaks] + np.searchsorted(new, breaks, side="right")  # clauses that such a word begins
        return marks._replace(clause=marks.clause + np.searchsorted(new, marks.first, side="right"))

    def cue(self, kind: int) -> Marks:
        """The cues of this kind."""
        return self.cues.of(kind)

    def _turned(self, joiners: Marks, wishes: Marks, opening: Ints) -> Ints:
        """For each of `polar` the place of what turns it round; a negation comes before a wish, the first before the next."""
        turnable = np.flatnonzero(self.polar.kind & (GOOD | BAD))
        marks = self.polar.at(turnable)
        group = groups(marks)
        turner = negated(marks, group, self.negators, joiners, opening)[group]
        wish, wished = within(wishes.finish, marks.begin - WISHED, marks.begin)
        by_wish = wished & (marks.kind & GOOD > 0) & (turner == NEVER)
        turner[by_wish] = len(self.negators.first) + wish[by_wish]
        found = np.full(len(self.polar.first), -1)
        found[turnable] = np.where(turner == NEVER, -1, turner)
        return found

    def _solve(self) -> None:
        """Take back what has been put right, in the same clause or the one before."""
        _, denied = within(self.negators.finish, self.solved.begin - FORWARD, self.solved.begin)
        self.solved = self.solved.at(~denied)
        over = np.isin(self.polar.clause, np.concatenate([self.solved.clause, self.solved.clause - 1]))
        stands = ~(over & (self.polar.kind & BAD > 0) & (self.turner < 0))
        self.polar, self.turner = self.polar.at(stands), self.turner[stands]

    def _compared(self) -> None:
        """A word that is both praise and a wish ("einfacher") is a wish where the question asked for one, else praise."""
        group = groups(self.polar)
        wish = np.full(len(group), -1)
        wishes = np.flatnonzero(self.polar.kind == WISH)
        before = len(self.negators.first)
        wish[group[wishes]] = before + np.searchsorted(self.turners.first[before:], self.polar.first[wishes])
        asked, good = self.asked[self.polar.text], self.polar.kind & GOOD > 0
        self.turner = np.where(good & asked & (self.turner < 0), wish[group], self.turner)
        has_good = np.bincount(group[good], minlength=len(group)) > 0
        stands = ~((self.polar.kind == WISH) & ~asked & has_good[group])
        self.polar, self.turner = self.polar.at(stands), self.turner[stands]

    def told(self, found: Codings) -> None:
        """The types, triggers and habits that a cue gives by itself."""
        habits = self.cue(HABIT)
        for kind, name in TYPED.items():
            _tell(found, name, self.cue(kind), without=habits)
        _tell(found, "scale_habit", habits)
        for kind, name in TRIGGERED.items():
            _tell(found, name, self.cue(kind))

    def gaps(self, found: Codings) -> None:
        """Gaps with their sub-themes, then whatever else is wanted."""
        self._only_named()
        self._over()
        coded = self.coded[self.polar.number]
        own = np.flatnonzero(self.is_bad & coded)
        turners = self._turners(own)
        found.add_gaps(self.polar.at(own), np.where(turners.first >= 0, TURNED, PHRASE), turners)
        plain = self.polar.at(self.is_bad & ~coded)
        self.wanted = _both(self.polar.at(own), self._topics(found, plain))
        found.add("complaint", plain)
        self._absent_here(found)
        for name, gaps in IMPLIED:
            found.follow(gaps[0], found.has(bits_of(name)) & ~found.has(bits_of(*gaps) | PAST), name)
        wished = first_of_each(self.polar.at(self.is_bad & (self.polar.kind == WISH)))
        rest = self.asked & ~found.has(ANY_GAP | ELSEWHERE) & (self._texts(wished) | ~self._texts(self.polar.at(self.is_good)))
        found.rest("suggestion", rest, wished)
        found.rest("gap:features", rest, wished)

    def _absent_here(self, found: Codings) -> None:
        """What is said not to be there, where somebody names no gap but another provider or that they go, is what they go for:
        "no linocut classes, so she enrolled in town". Beside praise in its clause it is none: "no arguing, unlike my bank"."""
        cues = self.cue(ABSENCE)
        cues = cues.at(~inside(cues, self.polar) & ~np.isin(cues.clause, self.polar.clause[self.is_good]))
        away = found.has(AWAY) & ~found.has(ANY_GAP | ELSEWHERE | NEEDS_PART)
        found.add("trigger:feature_gap", first_of_each(cues.at(away[cues.text])))

    def _over(self) -> None:
        """What is over is no gap of today: complaints up to where a comment says so."""
        cues = self.cue(FLAGS["past_disappointment"])
        until = np.full(len(self.asked), -1)
        np.maximum.at(until, cues.text, cues.clause)
        self.is_bad &= self.polar.clause > until[self.polar.text]

    def _turners(self, places: Ints) -> Marks:
        """What turns these of `polar` round."""
        return beside(self.turners, self.turner[places], self.turner[places] >= 0)

    def _texts(self, marks: Marks) -> Flags:
        """Which texts hold some of these."""
        return np.bincount(marks.text, minlength=len(self.asked)) > 0

    def _only_named(self) -> None:
        """Asked what is wanting, a noun that is praise elsewhere ("friendliness") is a topic and no more."""
        group = groups(self.polar)
        topics = np.bincount(group[self.polar.kind == TOPICS], minlength=len(group)) > 0
        self.is_good &= ~(topics[group] & self.asked[self.polar.text])

    def _topics(self, found: Codings, plain: Marks) -> Marks:
        """Topics beside a complaint, absent, or only named where the question asked what is wanting."""
        topics = self.polar.of(TOPICS)
        praised = self.polar.at(self.is_good & (self.turner < 0) & self.coded[self.polar.number])
        topics = _both(topics, praised.at(~np.isin(praised.clause, topics.clause) & np.isin(praised.clause + 1, self.broken)))
        topics = topics.at(np.lexsort((-topics.after, topics.first)))
        topics = topics.at(~np.isin(topics.clause, self.cue(EARLY).clause))
        carrying = np.setdiff1d(self.broken, self.polar.clause[self.coded[self.polar.number]])
        complaint, is_beside = self._near(topics, plain, carrying)
        absence, absent, is_absent = self._absent(topics)
        others = _both(plain, absence)
        place = np.where(is_beside, complaint, len(plain.first) + absent)
        named = self.asked[topics.text] & (topics.kind == TOPICS) & ~self._near(topics, self.polar.at(self.is_good), carrying)[1]
        has_other = is_beside | is_absent
        said = has_other | named
        others = beside(others, place, has_other).at(said)
        found.add_gaps(topics.at(said), np.where(others.first >= 0, BESIDE, ASKED), others)
        return topics.at(said)

    def _near(self, topics: Marks, marks: Marks, carrying: Ints) -> tuple[Ints, Flags]:
        """For each topic the first of these that is near, and whether one is: in its clause, or in the one after a "but" where
        that has no topic of its own, and so speaks of the one before: "kind staff but slow", or "friendly but slow"."""
        start, end = topics.letters(self.row)
        starts, ends = marks.letters(self.row)
        place, near = _reached(starts, ends, start, end)
        carried = np.flatnonzero(np.isin(marks.clause, carrying))
        behind, is_behind = _reached(starts[carried], ends[carried], start + FAR, end + FAR)
        near &= topics.kind == TOPICS
        place = np.where(near, place, np.append(carried, 0)[behind])
        return place, near | is_behind

    def _absent(self, topics: Marks) -> tuple[Marks, Ints, Flags]:
        """What says that things are not there at all, for each topic the last of it right before, and whether there is one."""
        cues = self.cue(ABSENCE)
        cues = cues.at(~inside(cues, self.polar))
        cues = cues.at(np.argsort(cues.finish, kind="stable"))
        place = np.searchsorted(cues.finish, topics.begin, side="right") - 1
        distance = topics.begin - np.append(cues.finish, -NEVER)[place]
        return cues, place, (distance <= ABSENT) & ~self.payable[topics.number] & (topics.kind == TOPICS)

    def types(self, found: Codings) -> None:
        """Praise, the four types, praise alone, and habits of scoring."""
        good = np.flatnonzero(self.is_good)
        found.add("praise", self.polar.at(good), sub=True, turned=self.turner[good] >= 0)
        found.add("praise", self.solved, sub=True)
        # "There is always room for improvement" says by a wish how somebody scores, and wants nothing.
        wanting = found.has(ANY_GAP) | (found.has(COMPLAINT) & ~found.has(HABITUAL))
        reserved = self._reserved(found.has(EXCUSED) & ~wanting)
        self._works_but(found, wanting, reserved)
        alone = found.has(PRAISE) & ~wanting & ~self._texts(reserved) & ~found.has(ANY_TYPE)
        found.follow("praise_only", alone, "praise")

    def _reserved(self, excused: Flags) -> Marks:
        """What says that there is a "but", unless a habit of scoring, being new, the one thing missing or praise is it."""
        marks = self.cue(RESERVATION)
        good = self.polar.at(self.is_good)
        stands = ~excused[marks.text] & ~inside(marks, self.cue(ONE_THING)) & ~inside(marks, good)
        return first_of_each(marks.at(stands))

    def _works_but(self, found: Codings, wanting: Flags, reserved: Marks) -> None:
        """Praise with a reservation, or indifference and nothing more; what is over is a reservation, too. What is untried, or
        the one thing missing, is a type of its own; that something was put right alone is no praise with a "but"."""
        over, other = found.has(PAST), found.has(OTHER_TYPES)
        praise = self.polar.at(self.is_good)
        good = self._texts(praise)
        indifferent = self.cue(INDIFFERENCE)
        said_more = self.polar.at((self.is_good | self.is_bad) & (self.polar.kind != WISH))  # "muy correcto" is more than correct
        indifferent = indifferent.at(~_within_longer(indifferent, said_more))
        praised = self._texts(praise.at(~inside(praise, indifferent)))  # "cheap and it works" is praise, "it works" is not
        indifferent = first_of_each(indifferent.at(~praised[indifferent.text]))
        indifferent = indifferent.at(~other[indifferent.text])
        told = self._texts(indifferent)
        found.add("type:works_but", indifferent)
        found.add("type:works_but", reserved.at((good & ~told)[reserved.text]))
        told |= good & self._texts(reserved)
        follows = good & ~told & ~found.has(OTHER_TYPES & ~PAST)
        found.follow("type:works_but", follows & over, "praise", "type:past_disappointment")
        follows &= wanting & ~over
        for name in ORDERED:
            has = follows & found.has(bits_of(name))
            found.follow("type:works_but", has, "praise", name)
            follows &= ~has

    def triggers(self, found: Codings) -> None:
        """What could make them leave, who would mend it, and whom they compare with."""
        self._by_gap(found)
        _tell(found, "satisfaction:relationship", self.cue(RELATIONSHIP))
        self._one_thing(found)
        for new, codes in FOLLOWS:
            found.follow(new, found.has(bits_of(*codes)) & ~found.has(bits_of(new)), *codes)

    def _one_thing(self, found: Codings) -> None:
        """One lack as the whole answer to what should be better, or as all that makes them look elsewhere, "only" said or not."""
        low, high = np.full(len(self.asked), NEVER), np.full(len(self.asked), -1)
        np.minimum.at(low, self.wanted.text, self.wanted.clause)
        np.maximum.at(high, self.wanted.text, self.wanted.clause)
        gaps = np.sum([found.has(bits_of(name)) for name in LACKS], axis=0)
        together = low == high  # what one clause names is one thing, whatever it is filed under
        sought = found.has(bits_of("trigger:feature_gap")) & together
        one = (gaps == 1) | ((gaps > 1) & together)
        found.follow("type:missing_one_thing", one & (self.asked | sought) & ~found.has(NOT_ONE), *LACKS)

    def _by_gap(self, found: Codings) -> None:
        """What makes them compare or leave is the gap they speak of: price before features where both, and service where nothing
        else is; no lack where their needs and the offer part ways. Failing again and again is a breakdown, unless it is how they
        are treated that comes again and again."""
        leaving, rival, service, value, lack, strategic = (
            found.has(bits_of(*names))
            for names in (
                ("leaving",),
                ("competitor",),
                ("gap:service",),
                ("gap:value",),
                ("gap:features", "gap:ease"),
                ("trigger:strategic",),
            )
        )
        away = rival | (leaving & ~service)
        found.follow("trigger:price", away & value, "gap:value", "competitor", "leaving")
        by_lack = away & lack & ~value & (rival | ~strategic)
        found.follow("trigger:feature_gap", by_lack, "gap:features", "gap:ease", "competitor", "leaving")
        again = self._texts(self.cue(REPEATED)) & ~self._texts(self.cue(RELATIONSHIP))
        broken = service & (again | (leaving & ~rival))
        found.follow("trigger:service_breakdown", broken, "gap:service", "leaving")


def _reached(starts: Ints, ends: Ints, start: Ints, end: Ints) -> tuple[Ints, Flags]:
    """For each topic the first of the others that is at most `NEAR` characters away, and whether one is."""
    place = np.searchsorted(ends, start - NEAR)
    return place, np.append(starts, NEVER)[place] <= end + NEAR


def _within_longer(marks: Marks, others: Marks) -> Flags:
    """Which lie inside one of the others that is longer."""
    spans, own = (m.first << 31 | m.after for m in (others, marks))
    return inside(marks, others.at(~np.isin(spans, own)))


def _tell(found: Codings, name: str, cues: Marks, without: Marks | None = None) -> None:
    """The code that a cue gives by itself, but for those inside of others."""
    found.add(name, first_of_each(cues if without is None else cues.at(~inside(cues, without))))


def _both(left: Marks, right: Marks) -> Marks:
    """The marks of one table and then those of the other."""
    return Marks(*map(np.concatenate, zip(left, right, strict=True)))
