"""Negation in English: a praise denied is a complaint, a complaint denied is praise, in any industry."""

import pytest

from nps_core.comments.coding import Coding
from tests.core.comments.denials import reader, wanting

read = reader("en")

# Written by hand: a praise, its denial, and the gap that the denial speaks of ("complaint" where it names none).
PRAISE = [
    # software
    ("The editor is easy to use", "The editor is not easy to use", "ease"),
    ("It is very intuitive", "It isn't very intuitive", "ease"),
    ("The sync is reliable", "The sync is not reliable", "features"),
    ("Reports are accurate", "Reports are never accurate", "features"),
    ("A user friendly program", "Not a user friendly program", "ease"),
    # telecom
    ("The internet is fast", "The internet isn't fast", "features"),
    ("The engineer arrived on time", "The engineer was not on time", "service"),
    ("The network is stable", "The network is far from stable", "features"),
    # retail
    ("The shop is clean", "The shop is never clean", "features"),
    ("Staff were friendly", "Staff were not friendly", "service"),
    ("The clothes are durable", "The clothes are hardly durable", "features"),
    ("Prices are reasonable", "Prices are not reasonable", "value"),
    # banking and insurance
    ("The adviser was helpful", "The adviser wasn't helpful", "service"),
    ("The premium is affordable", "The premium is no longer affordable", "value"),
    ("It is good value", "I don't think it's good value", "value"),
    ("The claim was handled well", "The claim was not handled well", "service"),
    # travel and hotels
    ("The bed was comfortable", "The bed wasn't comfortable", "features"),
    ("Cabin crew were polite", "Cabin crew were neither polite", "service"),
    ("The room was spacious", "The room was not very spacious", "features"),
    ("It was worth the money", "It was not worth the money", "value"),
    # health
    ("The nurses are caring", "The nurses aren't caring", "service"),
    ("The doctor listens", "The doctor never listens", "service"),
    # education
    ("The lectures are relevant", "The lectures are rarely relevant", "features"),
    ("Tutors are knowledgeable", "Tutors are not always knowledgeable", "service"),
    # suppliers to businesses
    ("Your technicians are competent", "Your technicians are not competent", "service"),
    ("Lead times are good", "Lead times aren't good", "service"),
    # restaurants, energy, delivery, public services
    ("The food was tasty", "The food wasn't tasty", "features"),
    ("A competitive tariff", "Not a competitive tariff", "value"),
    ("I would recommend them", "I would not recommend them", "complaint"),
    ("I am happy", "I am not happy", "complaint"),
]
# Written by hand: a complaint, the gap it speaks of, and its denial.
COMPLAINTS = [
    # software
    ("It crashes", "features", "It never crashes"),
    ("The menu structure is confusing", "ease", "The menu structure is not confusing"),
    ("The dashboard is clunky", "ease", "The dashboard isn't clunky"),
    ("Bugs in the calendar", "features", "No bugs in the calendar"),
    # telecom
    ("Dropped calls", "features", "No dropped calls"),
    ("The line is faulty", "features", "The line has never been faulty"),
    ("Hidden charges", "value", "No hidden charges"),
    ("There are outages", "features", "There are hardly any outages"),
    # retail
    ("It is expensive", "value", "It is not expensive"),
    ("The assistant was rude", "service", "The assistant was never rude"),
    ("Queues", "service", "No queues"),
    ("They overcharged me", "service", "They have never overcharged me"),
    # banking and insurance
    ("The app has errors", "features", "The app has no errors"),
    ("Too much paperwork", "ease", "Without too much paperwork"),
    ("There is red tape", "ease", "There is no red tape"),
    ("There was a price increase", "value", "There was no price increase"),
    # travel and hotels
    ("The room was dirty", "features", "The room wasn't dirty"),
    ("The flight had delays", "service", "The flight had no delays"),
    ("The beds are uncomfortable", "features", "The beds aren't uncomfortable"),
    ("The drinks are overpriced", "value", "The drinks are not overpriced"),
    # health
    ("The receptionist is impolite", "service", "The receptionist is not impolite"),
    ("There was a long wait", "service", "There was no long wait"),
    # education
    ("Boring lectures", "features", "No boring lectures"),
    ("The enrolment is complicated", "ease", "The enrolment is not complicated"),
    # suppliers to businesses
    ("Problems with the delivery", "service", "Never any problems with the delivery"),
    ("The invoices have mistakes", "service", "The invoices have no mistakes"),
    # restaurants, energy, delivery, public services
    ("The steak was overcooked", "features", "The steak was not overcooked"),
    ("There is a bill shock", "value", "There is no bill shock"),
    ("It was a bad experience", "complaint", "It was not a bad experience"),
    ("I regret it", "complaint", "I don't regret it"),
]


def gaps(coding: Coding) -> set[str]:
    return set(wanting(coding))


@pytest.mark.parametrize(("said", "denied", "gap"), PRAISE)
def test_a_praise_denied_is_a_complaint(said: str, denied: str, gap: str):
    assert (read(said).has("praise"), gaps(read(said))) == (True, set())
    assert (read(denied).has("praise"), gaps(read(denied))) == (False, {gap})


@pytest.mark.parametrize(("said", "gap", "denied"), COMPLAINTS)
def test_a_complaint_denied_is_praise(said: str, gap: str, denied: str):
    assert (read(said).has("praise"), gaps(read(said))) == (False, {gap})
    assert (read(denied).has("praise"), gaps(read(denied))) == (True, set())


def test_the_table_is_as_large_as_it_says():
    # 30 of each, by count
    assert (len(PRAISE), len(COMPLAINTS)) == (30, 30)
