import numpy as np
import pytest
import stopwordsiso

from nps_core.comments.tokens import NEGATIONS, SUBJECTS, words


def found(text, language="en"):
    return set(words([text], [language]).vocabulary)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # A negation is no word alone, but half of a pair.
        ("It is not easy", "en", {"easy", "not easy"}),
        ("I wasn’t happy", "en", {"happy", "wasn't happy"}),
        ("C'est pas clair", "fr", {"clair", "pas clair"}),
        ("Das funktioniert nicht", "de", {"funktioniert", "funktioniert nicht"}),
        # "pas" is a negation in French alone.
        ("pas clair", "en", {"pas", "clair", "pas clair"}),
        # Neither masks nor digits nor single letters are words, and no pair reaches across them or across a full stop.
        ("router [phone] cable [link] x modem 4g antenna", "en", {"router", "cable", "modem", "antenna"}),
        ("slow. Router", "en", {"slow", "router"}),
        ("the price of broadband", "en", {"price", "broadband"}),
        ("user-friendly - router", "en", {"user", "friendly", "user friendly", "router"}),
        # Case, any script, soft hyphens, letters with marks of their own, the article before a French vowel.
        ("ПЛОХОЙ Σέρβις STRASSE Straße rou\u00adter", "", None),
        ("L’accueil d’aujourd’hui", "fr", {"accueil"}),
        ("slow slow", "en", {"slow"}),
        ("", "en", set()),
        ("12 !! 🙂 [email]", "en", set()),
    ],
)
def test_what_is_a_word(text, language, expected):
    if expected is None:
        assert {"плохой", "σέρβισ", "strasse", "router"} <= found(text, language)
    else:
        assert found(text, language) == expected


def test_a_letter_with_a_mark_beside_it_stays_one_word():
    assert "हिंदी" in found("हिंदी", "hi")


def test_without_a_language_the_stop_words_of_all_that_are_named_serve():
    named = words(["la voiture", "the car is", "voiture the"], ["fr", "en", ""])
    assert "the" not in named.vocabulary
    assert "la" not in words(["la voiture", "la route"], ["fr", ""]).vocabulary
    assert set(words(["the car"], [""]).vocabulary) == {"car"}


def test_a_word_counts_once_a_comment_and_a_text_as_often_as_it_was_written():
    counted = words(["slow slow router", "slow", "router"], ["en"] * 3)
    assert counted.vocabulary.tolist() == ["router", "slow", "slow router"]
    # slow: the first text, written 10 times, and the second, once; router: the first and the third, written 5 times
    assert counted.comments([10, 1, 5]).tolist() == [15, 11, 10]
    assert counted.halves.tolist() == [[-1, -1], [-1, -1], [1, 0]]


def test_words_below_the_floor_are_left_out():
    counted = words(["slow router", "slow", "cable"], ["en"] * 3, counts=[1, 2, 3], floor=3)
    assert counted.vocabulary.tolist() == ["cable", "slow"]
    assert counted.halves.tolist() == [[-1, -1], [-1, -1]]
    assert words([], []).vocabulary.tolist() == []


def test_the_order_of_texts_does_not_matter():
    texts = [f"{a} {b}" for a in ("slow", "broken", "cheap") for b in ("router", "cable", "line")]
    order = np.random.default_rng(0).permutation(len(texts))
    here, there = words(texts, ["en"] * 9), words([texts[i] for i in order], ["en"] * 9)
    assert here.vocabulary.tolist() == there.vocabulary.tolist()
    assert (here.halves == there.halves).all()
    assert (here.comments(np.arange(9)) == there.comments(order)).all()


def test_only_stop_words_are_taken_back():
    for language, listed in SUBJECTS.items():
        assert set(listed.split()) <= stopwordsiso.stopwords(language), language
        assert not set(listed.split()) & set(NEGATIONS[language].split())
