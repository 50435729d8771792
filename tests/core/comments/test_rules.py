"""Single rules, each with a codebook of a few phrases, or with the shipped one where its words are what counts."""

from dataclasses import replace

import pytest

from nps_core.comments.codebook import Codebook, Theme, load
from nps_core.comments.codes import GAPS
from nps_core.comments.coding import Coding, code
from nps_core.comments.evidence import BIT
from nps_core.comments.lexicon import lexicon


def read(text: str, language: str = "en", question: str = "why") -> Coding:
    return code(text, lexicon(load(language)), question)


def codes(coding: Coding, family: str) -> set[str]:
    return {name for name in BIT if name.startswith(family) and coding.has(name)}


# A lack and a look elsewhere are a feature gap; where their needs and the offer part ways, it is that which makes them look.
@pytest.mark.parametrize(
    ("said", "triggers"),
    [
        ("No offline mode, we are looking elsewhere", {"trigger:feature_gap"}),
        ("We have outgrown it, no offline mode, we are looking elsewhere", {"trigger:strategic"}),
    ],
)
def test_a_lack_is_no_feature_gap_where_their_needs_and_the_offer_part_ways(said, triggers):
    found = read(said)
    assert found.has("gap:features")
    assert found.has("leaving")
    assert codes(found, "trigger:") == triggers


# What is not there is what somebody goes elsewhere for, be it a thing that no codebook knows; not so where they stay, where it is
# praise that something is not there, or where their needs changed.
@pytest.mark.parametrize(
    ("said", "language", "gaps"),
    [
        ("No kuvenso here, we are looking elsewhere", "en", {"gap:features"}),
        ("No kuvenso here", "en", set()),
        ("No arguing, unlike my old bank", "en", set()),
        ("We have outgrown it, no kuvenso, we are looking elsewhere", "en", set()),
        ("Pas de kuvenso ici, on va aller voir ailleurs", "fr", {"gap:features"}),
        ("No hay kuvenso, estoy mirando otras opciones", "es", {"gap:features"}),
        ("Kein Kuvenso hier, wir schauen uns um", "de", {"gap:features"}),
    ],
)
def test_what_is_not_there_is_what_somebody_goes_elsewhere_for(said, language, gaps):
    found = read(said, language)
    assert codes(found, "gap:") == gaps
    assert found.has("trigger:feature_gap") == bool(gaps)


# What somebody leaves or waits for is wanting: in the labelled comments every `feature_gap` comes with a gap of the product,
# `price` with value and `service_breakdown` with service (evaluation/settled.csv), whatever words say so.
@pytest.mark.parametrize(
    ("cue", "gap"),
    [("price", "value"), ("feature_gap", "features"), ("service_breakdown", "service"), ("missing_one_thing", "features")],
)
def test_where_no_gap_is_named_a_trigger_or_the_one_thing_names_it(cue, gap):
    book = replace(load("en"), cues={**load("en").cues, cue: ["kuvenso tandri"]})
    found = code("Kuvenso tandri", lexicon(book))
    assert codes(found, "gap:") == {f"gap:{gap}"}
    assert not found.has("praise_only")


def test_what_is_new_or_over_names_nothing_to_be_improved():
    assert codes(read("Opened the account last week", question="improve"), "gap:") == set()
    assert codes(read("Kuvenso tandri", question="improve"), "gap:") == {"gap:features"}


# Asked what to improve, who answers "politeness" misses it; asked why, or saying that it is great, praises it.
@pytest.mark.parametrize(
    ("said", "language", "gap"),
    [
        ("Politeness", "en", "gap:service"),
        ("La clarté", "fr", "gap:ease"),
        ("Claridad", "es", "gap:ease"),
        ("Freundlichkeit", "de", "gap:service"),
    ],
)
def test_a_noun_that_is_praise_elsewhere_is_what_is_wanting_where_that_was_asked(said, language, gap):
    asked, told = read(said, language, "improve"), read(said, language)
    assert codes(asked, "gap:") == {gap}
    assert not asked.has("praise")
    assert codes(told, "gap:") == set()
    assert told.has("praise_only")


def test_a_noun_that_is_praised_is_praise_whatever_was_asked():
    assert read("Die Freundlichkeit ist toll", "de", "improve").has("praise_only")


# "price" and "quality" stand one beside the other however they are written; a full stop parts them.
@pytest.mark.parametrize("between", ["/", " / ", " /", "-", ": "])
def test_what_ends_no_clause_does_not_part_the_words_of_a_phrase(between):
    praised = f"Très bon rapport qualité{between}prix"
    assert codes(read(praised, "fr"), "praise") == {"praise", "praise_only"}
    assert [praised[start:end] for start, end in read(praised, "fr").evidence[0].spans] == [praised]


def test_a_clause_that_ends_parts_the_words_of_a_phrase():
    assert read("ground. Breaking", "en").bits == 0


# A phrase may reach over words ("...") but not over a negation, which would turn it round; a negation of its own is its own.
def test_a_phrase_does_not_reach_over_a_negation():
    theme = Theme("ease", "Use", wrong=("handling ... complicated", "not ... at all good"))
    book = Codebook("t", "en", {gap: gap for gap in GAPS}, {"negators": ("not", "far from")}, {}, (theme,))
    words = lexicon(book)
    assert code("The handling is very complicated", words).has("gap:ease")
    assert not code("The handling is not complicated", words).has("gap:ease")
    assert not code("The handling is far from complicated", words).has("gap:ease")
    assert not code("The handling is a lot more than just complicated", words).has("gap:ease")  # six words between
    assert code("It is not really at all good", words).has("gap:ease")


def test_a_german_phrase_does_not_reach_over_a_negation():
    assert read("Bedienung ist etwas kompliziert", "de").has("gap:ease")
    assert codes(read("Bedienung ist nicht kompliziert", "de"), "gap:") == set()


# A letter of its own is no other with an accent away; where a keyboard lacks it, two others stand for it.
@pytest.mark.parametrize(
    ("said", "with_letters", "without"),
    [("schön", True, True), ("SCHÖN", True, True), ("schoen", True, False), ("schon", False, True), ("très déçu", False, False)],
)
def test_a_language_may_have_letters_of_its_own(said, with_letters, without):
    plain = Codebook("t", "de", {gap: gap for gap in GAPS}, {}, {"praise": ("schön",)}, ())
    own = replace(plain, letters={"ö": "oe"})
    assert code(said, lexicon(own)).has("praise") == with_letters
    assert code(said, lexicon(plain)).has("praise") == without


def test_umlauts_matter_in_german_and_accents_do_not_in_french():
    assert read("Das Zimmer war schön", "de").has("praise")
    assert read("Das Zimmer war schoen", "de").has("praise")
    assert not read("Das Zimmer war schon belegt", "de").has("praise")
    assert read("Tres decu", "fr").bits == read("Très déçu", "fr").bits != 0


# A name is a capitalised word right behind a phrase that asks for one, in a text that is not all in capitals.
@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("We switched to Kuvenso last year", True),
        ("Unlike Kuvenso they answer", True),
        ("We switched to a new plan", False),
        ("Unlike I thought it is fine", False),
        ("WE SWITCHED TO KUVENSO", False),
        ("We switched to. Kuvenso was no better", False),
        ("We switched to", False),
    ],
)
def test_a_phrase_may_ask_for_a_name_behind_it(said, names):
    book = Codebook("t", "en", {gap: gap for gap in GAPS}, {}, {"competitor": ("unlike <Name>", "switched to <Name>")}, ())
    assert code(said, lexicon(book)).has("competitor") == names


# What one clause names is one thing, and the whole answer to what should be better (evaluation/definitions.md); two clauses that
# name two gaps are not, a price is no lack, and asked why, a lack is not said to be the only one.
@pytest.mark.parametrize(
    ("said", "question", "one"),
    [
        ("Apple Pay", "improve", True),
        ("Filter by size on the website does not work properly", "improve", True),
        ("More people on the tills at weekends", "improve", True),
        ("The website is confusing. Nobody answers the phone", "improve", False),
        ("The price", "improve", False),
        ("The app crashes", "why", False),
    ],
)
def test_one_lack_as_the_whole_answer_is_the_one_thing_missing(said, question, one):
    assert read(said, question=question).has("type:missing_one_thing") == one


# An event that is over and left nothing but distrust is no gap of today; what is told after it is one (definitions.md).
def test_what_is_over_is_no_gap_and_beside_praise_a_reservation():
    book = replace(load("en"), cues={**load("en").cues, "past_disappointment": ["kuvenso tandri"]})
    over = code("Support was rude, kuvenso tandri. Great people now", lexicon(book))
    assert codes(over, "gap:") == set()
    assert codes(over, "type:") == {"type:past_disappointment", "type:works_but"}
    assert code("Kuvenso tandri. Support is rude", lexicon(book)).has("gap:service")


# Praise that shares words with a complaint is none: "rude service" complains, though "service is good" would praise.
def test_praise_that_overlaps_a_complaint_is_none():
    cues = {"praise": ("deal kuvenso",), "problem": ("tandri deal",)}
    book = Codebook("test", "en", {gap: gap for gap in GAPS}, {}, cues, ())
    assert not code("tandri deal kuvenso", lexicon(book)).has("praise")
    assert code("deal kuvenso", lexicon(book)).has("praise_only")


# A verdict after "but" speaks of what was praised before it: the subtheme of the praise is what is slow.
def test_a_verdict_after_but_speaks_of_what_was_praised():
    theme = Theme("service", "Staff", right=("friendly",))
    words, cues = {"breakers": ("but",)}, {"problem": ("slow",)}
    book = Codebook("test", "en", {gap: gap for gap in GAPS}, words, cues, (theme,))
    assert code("friendly but slow", lexicon(book)).has("gap:service")
    assert not code("friendly. slow", lexicon(book)).has("gap:service")


# A comparative is a wish where the question asked for one, and praise elsewhere: it stands in both lists.
def test_a_comparative_is_a_wish_only_where_one_was_asked_for():
    theme = Theme("ease", "Effort", right=("einfach*",))
    book = Codebook("test", "de", {gap: gap for gap in GAPS}, {}, {"wish": ("einfacher",)}, (theme,))
    asked, told = (code("Tarifwechsel einfacher machen", lexicon(book), question) for question in ("improve", "why"))
    assert asked.has("gap:ease")
    assert not asked.has("praise")
    assert told.has("praise_only")


# "nicht sehr" and "sehr freundlich" share a word and turn together; what begins with a negation is not turned by a later one.
def test_a_negation_turns_praise_that_it_shares_a_word_with_and_none_that_denies_by_itself():
    words = {"negators": ("nicht sehr", "no"), "late_negators": ("para nada",)}
    cues = {"praise": ("sehr freundlich",), "problem": ("no sirve",)}
    book = Codebook("test", "de", {gap: gap for gap in GAPS}, words, cues, ())
    assert not code("nicht sehr freundlich", lexicon(book)).has("praise")
    assert code("nicht sehr freundlich", lexicon(book)).has("complaint")
    assert code("no sirve para nada", lexicon(book)).has("complaint")


# "..." reaches over no "but": "good ... support" is not in "good but slow support".
def test_words_left_out_hold_no_but():
    cues = {"praise": ("kuvenso ... tandri",)}
    book = Codebook("test", "en", {gap: gap for gap in GAPS}, {"breakers": ("but",)}, cues, ())
    assert code("kuvenso and tandri", lexicon(book)).has("praise")
    assert not code("kuvenso but tandri", lexicon(book)).has("praise")


# A name ahead is a capitalised word that the codebook does not know, in the same clause.
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Kuvenso is cheaper", True),
        ("we saw that Kuvenso is cheaper", True),
        ("kuvenso is cheaper", False),
        ("Support is cheaper", False),
        ("Kuvenso, is cheaper", False),
        ("is cheaper", False),
    ],
)
def test_a_name_ahead_is_a_capitalised_word_that_the_codebook_does_not_know(said, found):
    theme = Theme("service", "Support", topics=("support",))
    book = Codebook("test", "en", {gap: gap for gap in GAPS}, {}, {"competitor": ("<Name> is cheaper",)}, (theme,))
    assert code(said, lexicon(book)).has("competitor") == found


# Indifference is "it is fine" and nothing more; a habit of scoring is no praise (definitions.md and what was settled).
@pytest.mark.parametrize(
    ("said", "praise", "but"),
    [
        ("It works", False, True),
        ("Cheap and it works", True, False),
        ("Cheap but it crashes", False, True),
        ("8 is a good score from me", False, False),
    ],
)
def test_indifference_beside_praise_is_praise_and_a_habit_is_none(said, praise, but):
    assert (read(said).has("praise_only"), read(said).has("type:works_but")) == (praise, but)


# A wish that only says how somebody scores wants nothing (definitions.md: praise_only has no gap and no reservation).
@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("There's always room to improve but really I'm very pleased", True),
        ("There's always room to improve, and the app is slow, but I'm very pleased", False),
    ],
)
def test_a_wish_in_a_habit_of_scoring_wants_nothing(said, alone):
    assert read(said).has("scale_habit")
    assert read(said).has("praise_only") is alone


# What was put right is over; it is no praise of today beside the distrust that stays (definitions.md, past_disappointment).
def test_distrust_of_what_was_put_right_is_no_praise_with_a_but():
    mended = read("You lost my suitcase in 2022. It has been put right. I have not trusted you since")
    assert mended.has("type:past_disappointment")
    assert not mended.has("type:works_but")
    assert read("You lost my suitcase in 2022. Lovely staff. I have not trusted you since").has("type:works_but")


@pytest.mark.parametrize("said", ["We didn't have to wait", "You never have to remind them", "The app isn't slow"])
def test_what_nobody_has_to_do_is_praise(said):
    assert read(said).has("praise_only")


# Denied as a whole, a complaint is denied in its parts: who never has to chase them tells of no breakdown.
@pytest.mark.parametrize(
    ("said", "broken"), [("We never have to chase them", False), ("You don't have to ring twice", False), ("We chase them", True)]
)
def test_what_is_denied_as_a_whole_is_denied_in_its_parts(said, broken):
    found = read(said)
    assert found.has("praise_only") is not broken
    assert found.has("trigger:service_breakdown") is broken


# Praise that begins with a negation reaches further than the negation alone: "never once had to" are three words before "chase".
def test_praise_that_begins_with_a_negation_spares_the_complaint_that_begins_within_it():
    theme = Theme("service", "Support", wrong=("chase anybody up",))
    cues = {"praise": ("never once had to chase", "gladly chase")}
    book = Codebook("test", "en", {gap: gap for gap in GAPS}, {"negators": ("never",)}, cues, (theme,))
    assert code("We never once had to chase anybody up", lexicon(book)).has("praise_only")
    assert code("We gladly chase anybody up", lexicon(book)).has("gap:service")


# "Please" by itself is courtesy; before or behind a wish it asks for something (definitions.md, the question `improve`).
@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("Great staff, please", True),
        ("Just carry on please", True),
        ("Please keep the nurses", True),
        ("Please be friendlier", False),
    ],
)
def test_courtesy_beside_praise_asks_for_nothing(said, alone):
    assert read(said, question="improve").has("praise_only") is alone


# One concrete lack as the whole reason is the one thing missing, whether or not "only" is said (evaluation/definitions.md).
@pytest.mark.parametrize(
    ("said", "one"),
    [
        ("No offline mode, the other app has it", True),
        ("No offline mode. The search is broken. The other app has it", False),
        ("No offline mode", False),
    ],
)
def test_one_lack_that_makes_them_look_elsewhere_is_the_one_thing_missing(said, one):
    assert read(said).has("type:missing_one_thing") is one
