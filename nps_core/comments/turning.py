"""What turns praise or a complaint round: a negation before it or right behind it, and what is joined to what one turns round."""

import numpy as np

from nps_core.comments.lexicon import FLAGS
from nps_core.comments.marks import Marks, within
from nps_core.comments.row import Ints

FORWARD, BACKWARD = 2, 3  # words between a negation and what it turns round
LATE = FLAGS["late_negators"]
NEVER = 1 << 60  # a place behind all others


def negated(marks: Marks, group: Ints, negators: Marks, joiners: Marks, opening: Ints) -> Ints:
    """For each group of marks of the same words the place of the first negation that turns it round; `NEVER` for none."""
    turner = np.full(len(marks.first), NEVER)
    begin, finish = marks.begin, marks.finish
    place, ahead = within(begin, negators.finish, negators.finish + FORWARD)
    shared, shares = within(begin, negators.begin + 1, negators.finish - 1)  # "nicht sehr" and "sehr freundlich"
    shares &= np.append(finish, 0)[shared] > negators.finish
    shares &= ~np.isin(np.append(begin, -1)[shared], opening)  # "is not" and "not expensive"
    place, ahead = np.where(shares, shared, place), ahead | shares
    hit = np.flatnonzero(ahead)
    np.minimum.at(turner, group[place[hit]], hit)
    _join(turner, marks, group, hit, place[hit], joiners)
    late = np.flatnonzero((negators.kind == LATE) & ~ahead)
    before = np.searchsorted(finish, negators.begin[late], side="right") - 1
    close = negators.begin[late] - np.append(finish, -NEVER)[before] <= BACKWARD
    close &= ~np.isin(np.append(begin, -1)[before], opening)  # "no sirve para nada" is turned by its own words
    np.minimum.at(turner, group[before[close]], late[close])
    return turner


def _join(turner: Ints, marks: Marks, group: Ints, negator: Ints, place: Ints, joiners: Marks) -> None:
    """Turn round, too, what is joined to what a negation turns round: "not fast or cheap"."""
    begin, finish = np.append(marks.begin, NEVER), marks.finish
    soonest = np.append(np.minimum.accumulate(joiners.finish[::-1])[::-1], NEVER)  # end of those that begin there or later
    end, place = finish[place], place + 1
    while len(place):
        near = begin[place] - end <= FORWARD
        negator, place, end = negator[near], place[near], end[near]
        joined = soonest[np.searchsorted(joiners.begin, end)] <= begin[place]
        np.minimum.at(turner, group[place[joined]], negator[joined])
        end = np.where(joined, np.maximum(end, finish[place]), end)
        place = place + 1
