"""Which encoding a file is in, and that what stands in it survives."""

import pytest

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
