"""Negation in German: a praise denied is a complaint, a complaint denied is praise, in any industry."""

import pytest

from nps_core.comments.coding import Coding
from tests.core.comments.denials import reader, wanting

read = reader("de")

# Written by hand: a praise, its denial, and the gap that the denial speaks of ("complaint" where it names none). German denies
# before ("nie pünktlich"), after ("gefällt mir nicht") and with "kein" before the noun.
PRAISE = [
    # software, telecom
    ("Die Software ist benutzerfreundlich", "Die Software ist nicht benutzerfreundlich", "ease"),
    ("Das Internet läuft stabil", "Das Internet läuft nie stabil", "features"),
    ("Die App funktioniert", "Die App funktioniert nicht", "features"),
    # retail, delivery
    ("Die Ware ist frisch", "Die Ware ist selten frisch", "features"),
    ("Das Paket kam pünktlich", "Das Paket kam nicht pünktlich", "service"),
    # banking, insurance
    ("Der Berater ist kompetent", "Der Berater ist nicht besonders kompetent", "service"),
    ("Der Beitrag ist bezahlbar", "Der Beitrag ist nicht mehr bezahlbar", "value"),
    # travel, hotels
    ("Das Zimmer war sauber", "Das Zimmer war nicht sauber", "features"),
    ("Das Bordpersonal war hilfsbereit", "Das Bordpersonal war alles andere als hilfsbereit", "service"),
    # health, education
    ("Die Ärztin nimmt sich Zeit", "Die Ärztin nimmt sich keine Zeit", "service"),
    ("Der Unterricht ist interessant", "Der Unterricht ist nicht interessant", "features"),
    # suppliers to businesses, and anyone
    ("Der Preis ist fair", "Der Preis ist nicht fair", "value"),
    ("Das gefällt mir", "Das gefällt mir nicht", "complaint"),
]
# Written by hand: a complaint, the gap it speaks of, and its denial.
COMPLAINTS = [
    # software, telecom
    ("Das Programm ist unübersichtlich", "ease", "Das Programm ist nicht unübersichtlich"),
    ("Es gibt Ausfälle", "features", "Es gibt keine Ausfälle"),
    ("Das Programm ist abgestürzt", "features", "Das Programm ist nie abgestürzt"),
    # retail, delivery
    ("Das Obst ist matschig", "features", "Das Obst ist nie matschig"),
    ("Die Lieferung hatte Verspätung", "service", "Die Lieferung hatte keine Verspätung"),
    # banking, insurance
    ("Versteckte Kosten", "value", "Keine versteckten Kosten"),
    ("Der Antrag ist kompliziert", "ease", "Der Antrag ist nicht kompliziert"),
    # travel, hotels
    ("Das Zimmer war schmutzig", "features", "Das Zimmer war nicht schmutzig"),
    ("Das Ticket war überteuert", "value", "Das Ticket war nicht überteuert"),
    # health, education
    ("Der Pfleger war unfreundlich", "service", "Der Pfleger war nie unfreundlich"),
    # suppliers to businesses, and anyone
    ("Probleme mit der Abrechnung", "service", "Keine Probleme mit der Abrechnung"),
    ("Ich bin enttäuscht", "complaint", "Ich bin nicht enttäuscht"),
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
    # 13 + 12, by count
    assert (len(PRAISE), len(COMPLAINTS)) == (13, 12)
