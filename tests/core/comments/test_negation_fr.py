"""Negation in French: a praise denied is a complaint, a complaint denied is praise, in any industry."""

import pytest

from tests.core.comments.denials import reader, wanting

coded = reader("fr")

# Written by hand: a praise, its denial, and the gap that the denial speaks of ("complaint" where it names none).
PRAISE = [
    # software and telecom
    ("L'appli est pratique", "L'appli n'est pas pratique", "ease"),
    ("Le logiciel est intuitif", "Le logiciel n'est vraiment pas intuitif", "ease"),
    ("La connexion est stable", "La connexion n'est jamais stable", "features"),
    ("Ma box marche bien", "Ma box marche pas", "features"),
    # retail and garden centres
    ("Vendeurs compétents", "Vendeurs peu compétents", "service"),
    ("Les prix sont raisonnables", "Les prix ne sont pas raisonnables", "value"),
    ("Les plantes sont belles", "Les plantes ne sont pas belles", "features"),
    # banking and insurance
    ("Le conseiller est à l'écoute", "Le conseiller n'est pas à l'écoute", "service"),
    ("Je recommande cette banque", "Je ne recommande pas cette banque", "complaint"),
    # travel and hotels
    ("La chambre était propre", "La chambre n'était pas propre", "features"),
    ("Le train est à l'heure", "Le train n'est jamais à l'heure", "service"),
    # health, education, suppliers to businesses
    ("L'infirmière est aimable", "L'infirmière n'est ni aimable ni patiente", "service"),
    ("Les explications sont claires", "Les explications ne sont pas claires", "ease"),
    ("Je suis satisfait", "Je ne suis pas du tout satisfait", "complaint"),
]
# Written by hand: a complaint, the gap it speaks of, and its denial.
COMPLAINTS = [
    # software and telecom
    ("Il y a des bugs", "features", "Il n'y a aucun bug"),
    ("C'est compliqué", "ease", "Ce n'est pas compliqué"),
    ("J'ai eu un souci", "complaint", "Je n'ai jamais eu de souci"),
    # retail and garden centres
    ("C'est trop cher", "value", "Ce n'est pas trop cher"),
    ("De l'attente en caisse", "service", "Pas d'attente en caisse"),
    ("Je suis déçue", "complaint", "Je ne suis pas déçue"),
    # banking and insurance
    ("Des frais cachés", "value", "Pas de frais cachés"),
    ("Une erreur sur mon relevé", "service", "Jamais une erreur sur mon relevé"),
    # travel, health, education
    ("Les trains sont en retard", "service", "Les trains ne sont jamais en retard"),
    ("La secrétaire est désagréable", "service", "La secrétaire n'est pas désagréable"),
    ("Le cours est ennuyeux", "features", "Le cours n'est pas ennuyeux"),
]


@pytest.mark.parametrize(("praise", "denial", "gap"), PRAISE)
def test_a_praise_denied_is_a_complaint(praise: str, denial: str, gap: str) -> None:
    assert coded(praise).has("praise_only"), praise
    assert wanting(coded(praise)) == []
    assert gap in wanting(coded(denial)), denial
    assert not coded(denial).has("praise_only")


@pytest.mark.parametrize(("complaint", "gap", "denial"), COMPLAINTS)
def test_a_complaint_denied_is_praise(complaint: str, gap: str, denial: str) -> None:
    assert gap in wanting(coded(complaint)), complaint
    assert not coded(complaint).has("praise_only")
    assert coded(denial).has("praise_only"), denial
    assert wanting(coded(denial)) == []
