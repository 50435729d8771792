"""The finds that the rules look at, by kind, and which of them stand: a longer phrase, a block or a habit takes others away."""

import numpy as np

from nps_core.comments.codes import TYPES
from nps_core.comments.lexicon import FLAGS, NEGATORS, Lexicon, Looked
from nps_core.comments.marks import Marks, groups, inside


def _kinds(*names: str) -> int:
    return sum({FLAGS[name] for name in names})


TOPICS, WISH, SOLVED, BLOCK = FLAGS["topics"], FLAGS["wish"], FLAGS["solved"], FLAGS["block"]
GOOD, BAD = _kinds("right", "praise"), _kinds("wrong", "problem")
POLAR = GOOD | BAD | TOPICS | WISH | SOLVED
JOINERS, BREAKERS = FLAGS["joiners"], FLAGS["breakers"]
ABSENCE, HABIT, LEAVING, RIVAL = FLAGS["absence"], FLAGS["scale_habit"], FLAGS["leaving"], FLAGS["competitor"]
RESERVATION, INDIFFERENCE, ONE_THING = FLAGS["reservation"], FLAGS["indifference"], FLAGS["missing_one_thing"]
EARLY, RELATIONSHIP, REPEATED = FLAGS["not_explored"], FLAGS["relationship"], FLAGS["repeated"]
TYPED = {FLAGS[kind]: f"type:{kind}" for kind in TYPES[1:]}
TRIGGERED = {FLAGS[kind]: f"trigger:{kind}" for kind in ("price", "feature_gap", "service_breakdown", "strategic")}
TRIGGERED |= {LEAVING: "leaving", RIVAL: "competitor"}
# Cues that a negation right before them takes away.
DENIABLE = RESERVATION | INDIFFERENCE | RELATIONSHIP | REPEATED | LEAVING
DENIABLE |= _kinds("past_disappointment", "price", "feature_gap", "service_breakdown", "strategic")
CUES = DENIABLE | ABSENCE | HABIT | RIVAL | ONE_THING | EARLY
USED = POLAR | NEGATORS | JOINERS | BREAKERS | BLOCK | CUES


def marks_of(looked: Looked, lexicon: Lexicon) -> Marks:
    """The finds that rules look at."""
    kind = lexicon.flags[looked.number]
    used = np.flatnonzero(kind & USED)
    first = looked.first[used]
    row = looked.row
    return Marks(first, looked.after[used], kind[used], looked.number[used], row.clause[first], row.text[first])


def unblocked(marks: Marks) -> Marks:
    """The finds that lie in no block. What a block is as a whole may still be a cue: "nobody is perfect"."""
    group = groups(marks)
    whole = np.bincount(group[marks.kind == BLOCK], minlength=len(group)) > 0
    stands = ~inside(marks, marks.of(BLOCK)) | (whole[group] & (marks.kind & (POLAR | NEGATORS) == 0))
    return marks.at(stands)


def not_habitual(marks: Marks) -> Marks:
    """The finds outside habits: "nobody gets full marks" is no complaint, and "7 is good in my book" no praise."""
    return marks.at((marks.kind & (GOOD | BAD) == 0) | ~inside(marks, marks.of(HABIT)))


def spared(polar: Marks, negators: Marks) -> Marks:
    """The finds without complaints of what praise that begins with a negation says is spared: "no need to explain it again"."""
    denying = polar.at((polar.kind & GOOD > 0) & np.isin(polar.first, negators.first))
    reach = np.append(np.maximum.accumulate(denying.after), -1)
    within_it = reach[np.searchsorted(denying.first, polar.first) - 1] > polar.first
    return polar.at(~within_it | (polar.kind & BAD == 0))


def not_overlapping(polar: Marks) -> Marks:
    """The finds without praise that shares a word with a complaint that begins before it ends: "get a better deal than"."""
    bad = polar.of(BAD)
    reach = np.append(np.maximum.accumulate(bad.after), -1)
    shares = reach[np.searchsorted(bad.first, polar.after) - 1] > polar.first
    return polar.at(~shares | (polar.kind & GOOD == 0))


def standing(marks: Marks) -> Marks:
    """The cues, without those right after a negation that is no part of them: "not leaving", "never pushy"."""
    cues, negators = marks.of(CUES), marks.of(NEGATORS)
    denied = cues.at((cues.kind & DENIABLE > 0) & np.isin(cues.begin, negators.finish))
    return cues.at(~inside(cues, denied))
