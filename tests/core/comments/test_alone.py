"""Phrases that must be all of their clause, and what the shipped codebooks praise by them and by what happened."""

import pytest

from nps_core.comments.codebook import edited, load
from nps_core.comments.coding import code
from nps_core.comments.lexicon import Lexicon, lexicon
from nps_core.comments.phrases import most_forms
from tests.core.comments.books import ENGLISH

ALONE = Lexicon(edited(ENGLISH, "cues/praise", ["<Alone>top", "<Alone>fine (staff|people)"]))


# A clause ends at punctuation and at the ends of the text (`row.py`), so each of these stands alone or does not.
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Top!", ["Top"]),
        ("top", ["top"]),
        ("Was there on Monday. TOP :)", ["TOP"]),
        ("Fine staff, slow support", ["Fine staff"]),
        ("Top floor", []),
        ("On top", []),
        ("fine staff here", []),
        ("top\nfine people", ["top", "fine people"]),
    ],
)
def test_a_phrase_that_must_stand_alone_is_found_only_as_a_whole_clause(said, found):
    assert [said[find.start : find.end] for find in ALONE.finds(said) if find.entry.alone] == found


def test_what_must_stand_alone_says_so_at_the_beginning_only():
    assert most_forms("<Alone>(very|so) fine") == 2  # the two alternatives
    with pytest.raises(ValueError, match="at the beginning only"):
        most_forms("very <Alone>fine")


def test_in_many_texts_a_neighbour_does_not_complete_the_clause():
    assert [len(finds) for finds in ALONE.finds_in(["top", "floor", "fine staff", "top"])] == [1, 0, 1, 1]


# Praise by what happened, by whom it pleased and by short verdicts: by the definitions something good, and nothing wanted.
PRAISE = [
    ("en", "Fine staff"),
    ("en", "Everything arrived intact"),
    ("en", "They came out on a Sunday and even hoovered afterwards"),
    ("en", "Cut our month-end from three days to one"),
    ("en", "All my devices work flawlessly"),
    ("en", "Nothing, everything was perfect"),
    ("fr", "De vrais pros"),
    ("fr", "Ils tiennent parole"),
    ("fr", "Mon fils a retrouvé le sourire, le kiné l'a remis sur pied"),
    ("fr", "Livraison le lendemain"),
    ("es", "Hasta mi abuela se aclara"),
    ("es", "Las enfermeras son un cielo"),
    ("es", "Salió en hora"),
    ("es", "Cumplen lo que prometen"),
    ("de", "Passt"),
    ("de", "Schmerzen sind weg"),
    ("de", "Meine Tochter freut sich auf jede Stunde"),
    ("de", "Ein Anruf, Sache erledigt"),
]
# The same words where they praise nothing, and the same events that went wrong.
NO_PRAISE = [
    ("en", "The top shelf was empty"),
    ("en", "Everything arrived broken"),
    ("en", "It is flawed"),
    ("en", "I called three times to check where my order is"),
    ("fr", "Ils ne tiennent pas parole"),
    ("fr", "Le colis n'est pas arrivé le lendemain"),
    ("es", "No cumplen lo que prometen"),
    ("es", "Se rompe a la primera caída"),
    ("de", "Passt nicht"),
    ("de", "Meine Tochter freut sich nicht mehr auf die Stunden"),
]


@pytest.mark.parametrize(("language", "said"), PRAISE)
def test_praise_by_what_happened_is_praise_alone(language, said):
    assert code(said, lexicon(load(language))).has("praise_only")


@pytest.mark.parametrize(("language", "said"), NO_PRAISE)
def test_the_same_words_where_nothing_is_good_are_no_praise_alone(language, said):
    assert not code(said, lexicon(load(language))).has("praise_only")


# Trouble that only says when help was needed is nobody's fault; without the help it still is a complaint.
@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("No quibbles when my phone was stolen, money in 3 days", True),
        ("The nurse was lovely when my husband was ill", True),
        ("They picked up an error that saved us thousands", True),
        ("Very kind to nervous patients", True),
        ("When my phone was stolen nobody helped", False),
        ("There was an error in our return and nobody picked it up", False),
    ],
)
def test_circumstances_are_no_complaint(said, alone):
    assert code(said, lexicon(load("en"))).has("praise_only") is alone
