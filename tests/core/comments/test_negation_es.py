"""Negation in Spanish: a praise denied is a complaint, a complaint denied is praise, in any industry and on both shores."""

import pytest

from tests.core.comments.denials import reader, wanting

coded = reader("es")

# Written by hand: a praise, its denial, and the gap that the denial speaks of ("complaint" where it names none).
PRAISE = [
    # telecom and software
    ("La app es intuitiva", "La app no es nada intuitiva", "ease"),
    ("El internet funciona bien", "El internet no funciona bien", "features"),
    ("El programa es fácil de usar", "El programa no es fácil de usar", "ease"),
    # banking and insurance
    ("El gestor es amable", "El gestor no es muy amable", "service"),
    ("Las comisiones son razonables", "Las comisiones no son razonables", "value"),
    ("Recomiendo este banco", "No recomiendo este banco", "complaint"),
    # shops
    ("Los precios son buenos", "Los precios tampoco son buenos", "value"),
    ("La fruta está fresca", "La fruta nunca está fresca", "features"),
    # airlines, trains and hotels
    ("La habitación estaba limpia", "La habitacion no estaba limpia", "features"),
    ("Las azafatas son simpáticas", "Las azafatas no son simpáticas ni atentas", "service"),
    # health, education, suppliers to businesses
    ("El médico es puntual", "El médico jamás es puntual", "service"),
    ("Estoy satisfecha", "No estoy nada satisfecha", "complaint"),
    ("Personal muy profesional", "Personal poco profesional", "service"),
]
# Written by hand: a complaint, the gap it speaks of, and its denial.
COMPLAINTS = [
    # telecom and software
    ("La señal se corta", "features", "La señal nunca se corta"),
    ("Es complicado de usar", "ease", "No es complicado de usar"),
    ("La aplicación se cuelga", "features", "La aplicación no se cuelga nunca"),
    # banking, insurance and shops
    ("Es caro", "value", "No es caro"),
    ("Cobran comisiones", "value", "No cobran comisiones"),
    ("Cola en las cajas", "service", "Sin colas en las cajas"),
    ("Hay errores en la factura", "service", "No hay errores en la factura"),
    # travel, health, education
    ("El tren llegó con retraso", "service", "El tren llegó sin retrasos"),
    ("Los baños estaban sucios", "features", "Los baños no estaban sucios"),
    ("La enfermera fue grosera", "service", "La enfermera no fue grosera"),
    # anywhere
    ("Tengo quejas", "complaint", "No tengo quejas"),
    ("Tuve un problema", "complaint", "Nunca tuve un problema"),
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
