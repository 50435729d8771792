"""Which encoding a file is in, and that what stands in it survives."""

import pytest

from nps_core.reading import read_table
from nps_core.reading.decode import decode, is_utf8

FRENCH = "nps;explication\n10;Très agréable, accueil à l’entrée\n3;déçu\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (FRENCH.encode("utf-8"), "UTF-8"),
        (FRENCH.encode("utf-8-sig"), "UTF-8 with BOM"),
        (FRENCH.encode("utf-16"), "UTF-16"),  # Python writes the mark
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "UTF-16"),
        (FRENCH.encode("utf-16-le"), "UTF-16 without BOM"),
        (FRENCH.encode("utf-16-be"), "UTF-16 without BOM"),
        (FRENCH.encode("utf-32"), "UTF-32"),
        (FRENCH.encode("cp1252"), "cp1252"),
    ],
)
def test_the_same_text_comes_out_of_every_encoding(data, name):
    text = decode(data)
    assert (text.utf8.decode("utf-8"), text.encoding, text.repaired) == (FRENCH, name, 0)


def test_bytes_that_cp1252_does_not_have_are_kept_as_latin_1():
    # 0x81 has no meaning in cp1252 and is the control character U+0081 in latin-1.
    text = decode(b"a\xe9\x81b")
    assert (text.utf8.decode(), text.encoding) == ("aé\x81b", "latin-1")


def test_cp850_letters_among_latin_1_are_mended_and_counted():
    # One line of latin-1 é (E9), two lines of cp850 é (82), as in a file joined from two tills.
    lines = [
        b"nps,why",
        b"9,\xe9t\xe9",
        b"8,appr\x82ci\x82e",
        b"7,relook\x82 et d'\x82tiquetage",
        "6,‚nur‘ Zitat".encode("cp1252"),
    ]
    text = decode(b"\n".join(lines))
    assert text.utf8.decode().split("\n") == ["nps,why", "9,été", "8,appréciée", "7,relooké et d'étiquetage", "6,‚nur‘ Zitat"]
    assert (text.encoding, text.repaired) == ("cp1252 mixed with cp850", 2)


def test_quotation_marks_in_cp1252_are_not_taken_for_cp850():
    german = "nps;grund\n9;Sie sagten ‚gern‘ – und „sofort“\n8;‚na ja‘\n7;es war ‚gut‘ hier\n"
    assert decode(german.encode("cp1252")).utf8.decode() == german


def test_single_lines_in_another_encoding_do_not_spoil_the_rest():
    lines = ["ä,1".encode(), "ö,2".encode(), "ü,3".encode("cp1252")]
    text = decode(b"\n".join(lines))
    assert (text.utf8.decode(), text.encoding, text.repaired) == ("ä,1\nö,2\nü,3", "UTF-8 mixed with cp1252", 1)


@pytest.mark.parametrize(
    ("data", "valid"), [(b"", True), (b"abc", True), ("ü€😀".encode(), True), (b"\xff", False), (b"\xc3", False)]
)
def test_validity_is_what_python_says(data, valid):
    assert is_utf8(data) is valid


# Natural text, written for this test, in the letters of its language.
LANGUAGES = {
    "fr": "Accueil très agréable ; le délai m'a déçu. Où sont passés les élèves ? Ça reste une bonne équipe à l'écoute.",
    "de": "Sehr schöne Bücher, größer als erwartet. Für mich überzeugend, aber die Straße war laut.",
    "es": "¿Qué tal? El niño comió piña muy rápido; mañana volveré. La atención fue excelente según mi opinión.",
    "pt": "Não gostei da atenção, a solução não é fácil. Você já viu a informação? Ótimo serviço, até amanhã.",
    "it": "Perché è così? La qualità è buona, però il servizio non è più vicino. Già, è una città più bella.",
    "sv": "Mycket bra, jag är nöjd. Det går inte så fort när många är på plats. Även på kvällen.",
    "da": "Det er ikke så dårligt, men på bøger får man færre. Æblerne er røde og søde, året rundt.",
    "ru": "Очень хороший сервис, но цена слишком высокая. Рекомендую друзьям! Быстрая доставка.",
    "ja": "とても使いやすいですが、価格が少し高いと思います。サポートの対応は丁寧でした。",
    "zh": "服务很好，但是价格有点高。希望增加更多功能，客服态度不错，响应速度也很快。",
}
WESTERN = [
    (language, codec) for language in ("fr", "de", "es", "pt", "it", "sv", "da") for codec in ("cp1252", "mac_roman", "cp850")
]
OTHERS = [("fr", "latin-1"), ("ru", "koi8_r"), ("ru", "cp1251"), ("ja", "cp932"), ("zh", "gb18030")]


@pytest.mark.parametrize(("language", "codec"), WESTERN + OTHERS)
def test_eight_bit_encodings_on_natural_text(language, codec):
    text = f"nps;why\n9;{LANGUAGES[language]}\n8;ok\n"
    assert decode(text.encode(codec)).utf8.decode() == text


def test_what_was_mended_is_counted_in_cells():
    # Two lines in cp1252 among three in UTF-8; the first of them has two cells with letters beyond ASCII.
    lines = ["ä,ö,1".encode(), "é,è,2".encode("cp1252"), "ü,ä,3".encode(), "a,ü,4".encode("cp1252"), "ß,x,5".encode()]
    table = read_table(b"x,y,nps\n" + b"\n".join(lines), "x.csv")
    assert table.frame["y"].tolist() == ["ö", "è", "ä", "ü", "x"]
    assert table.read["repaired_cells"] == 3


def test_lines_that_read_as_well_in_mac_roman_are_read_as_the_rest_of_the_file():
    # î and ë of cp850 (8C, 89) alone would make words in Mac Roman too (boåte, noâl); é (82) in other lines would not.
    lines = ["9,été", "8,très bien", "7,là-bas", "9,à côté"]
    odd = ["6,les boîtes", "5,à noël", "4,déçu", "3,relooké", "2,appréciée"]
    data = b"\n".join([line.encode("cp1252") for line in lines] + [line.encode("cp850") for line in odd])
    text = decode(data)
    assert text.utf8.decode().split("\n")[4:5] == ["6,les boîtes"]
    assert "Mac Roman" not in text.encoding
