import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.comments.language import OTHER, recognise
from tests.core.comments.books import ENGLISH, FRENCH, GERMAN, SPANISH, book

FOUR = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "de": GERMAN}
# Sentences written for this test, in the language that stands before them.
SENTENCES = """
en|The engineer came on time and explained everything to us.
en|We have been waiting for three weeks and nobody has called.
fr|Le technicien est venu à l'heure et nous a tout expliqué.
fr|Nous attendons depuis trois semaines et personne n'a appelé.
es|El técnico llegó a tiempo y nos lo explicó todo.
es|Llevamos tres semanas esperando y nadie nos ha llamado.
de|Der Techniker war pünktlich und hat uns alles erklärt.
de|Wir warten seit drei Wochen und niemand hat sich gemeldet.
other|Il tecnico non è mai arrivato e nessuno risponde al telefono.
other|De monteur kwam op tijd en heeft alles goed uitgelegd.
other|O técnico chegou na hora e explicou tudo muito bem.
other|Teknikern kom i tid och förklarade allt för oss.
other|Technik przyszedł na czas i wszystko nam wyjaśnił.
other|Teknisyen zamanında geldi ve bize her şeyi çok iyi anlattı.
other|Мастер пришёл вовремя и всё объяснил.
other|技術者は時間通りに来て、すべて説明してくれました。
other|وصل الفني في الموعد وشرح لنا كل شيء
other|תודה רבה, היה מצוין
other|기사님이 제시간에 오셔서 설명해 주셨어요
"""
LINES = [tuple(line.split("|")) for line in SENTENCES.strip().splitlines()]
TEXTS = [text for _, text in LINES]


@pytest.mark.parametrize(("language", "text"), LINES)
def test_a_sentence_is_told(language, text):
    assert recognise([text], FOUR) == [language]


@pytest.mark.parametrize(("language", "text"), LINES)
def test_without_its_codebook_a_language_is_another(language, text):
    assert recognise([text], {"en": ENGLISH}) == ["en" if language == "en" else OTHER]


def test_a_short_text_takes_the_language_of_most():
    # "Router wifi" holds no everyday word of any language.
    assert recognise(["Router wifi", *TEXTS[2:4]], FOUR)[0] == "fr"
    assert recognise(["Router wifi", *TEXTS[8:11], TEXTS[0]], FOUR)[0] == OTHER
    assert recognise(["Router wifi", TEXTS[0], TEXTS[2]], FOUR)[0] == "en"  # as many of each: English
    assert recognise(["Router wifi", TEXTS[4], TEXTS[2]], {"fr": FRENCH, "es": SPANISH})[0] == "es"  # the first by name
    assert recognise(["Router wifi"], FOUR) == ["en"]


def test_words_of_phrases_tell_the_language_where_everyday_words_do_not():
    # "rapidos" and "amables" stand in no list of stop words; the second has its stem in the Spanish book, and none in another.
    books = {"en": book("en", praise=("fast", "super")), "es": book("es", praise=("rápidos", "amabl*")), "fr": FRENCH}
    assert recognise(["Rapidos", "AMABLES!", "fast", "super amable", *TEXTS[2:4]], books)[:4] == ["es", "es", "en", "fr"]
    assert recognise(["Rapidos", *TEXTS[8:11]], books)[0] == OTHER  # among Italian, Dutch and Portuguese it is no Spanish


def test_two_words_are_never_foreign():
    assert recognise(["molto gentile"], {"en": ENGLISH}) == ["en"]
    assert recognise(["Сервис"], {"en": ENGLISH}) == [OTHER]  # another script is told by one word


def test_markers_add_to_the_everyday_words():
    # "deliverability" and "payout" stand in no list of stop words.
    assert recognise(["deliverability payout", *TEXTS[2:4]], FOUR)[0] == "fr"
    marked = FOUR | {"en": book("en", markers=("deliverability", "payout"))}
    assert recognise(["deliverability payout", *TEXTS[2:4]], marked)[0] == "en"


def test_a_book_in_another_script():
    russian = {"en": ENGLISH, "ru": book("ru", markers=("мастер",))}
    assert recognise([TEXTS[14], TEXTS[0], TEXTS[15]], russian) == ["ru", "en", OTHER]


def test_a_book_in_a_language_without_stop_words():
    assert recognise(["zorp glim frabjous"], {"en": ENGLISH, "xx": book("xx", markers=("zorp", "glim"))}) == ["xx"]


def test_masks_and_signs_are_no_words():
    assert recognise(["[email] [number] 10 !!", TEXTS[2]], FOUR) == ["fr", "fr"]
    assert recognise(["", "👍", TEXTS[2]], FOUR) == ["fr", "fr", "fr"]
    assert recognise([], FOUR) == []
    assert recognise(["any text at all", "ok"], {}) == [OTHER, OTHER]
    assert recognise(["ok"], {}) == [OTHER]


def test_a_long_text_counts_no_language_twice_over():
    # 300 times the same word: more votes than a byte holds, were they all counted.
    assert recognise(["the " * 300, "und " * 300], FOUR) == ["en", "de"]


@given(st.permutations(range(len(TEXTS) + 2)))
def test_the_order_of_rows_changes_nothing(order):
    texts = [*TEXTS, "Router wifi", "service"]
    found = recognise(texts, FOUR)
    assert recognise([texts[i] for i in order], FOUR) == [found[i] for i in order]


@given(st.lists(st.text(max_size=30), max_size=6))
def test_every_text_has_a_language(texts):
    assert set(recognise(texts, FOUR)) <= {*FOUR, OTHER}
