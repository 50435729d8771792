import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nps_core.comments.text import LONGEST, clean

ANY = st.text(st.characters(), max_size=60) | st.text("&amp;#39x'` â€™Ã©\u00a0\u200b\n<>", max_size=30)


# By hand: what a reader sees in each.
@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("It’s “fine”", 'It\'s "fine"'),
        ("it´s and it`s", "it's and it's"),
        ("«trop cher»", '"trop cher"'),
        ("Itâ€™s slow â€“ really", "It's slow – really"),  # UTF-8 read as Windows-1252
        ("dÃ©lai trÃ¨s long", "délai très long"),
        ("cafe\u0301", "café"),  # letter and accent as two characters
        ("ｇｒｅａｔ　１０", "great 10"),  # full width
        ("one\r\ntwo\tthree\x00four", "one\ntwo three four"),
        ("no\u00a0break, thin\u202fblank", "no break, thin blank"),
        ("zero\u200bwidth", "zero width"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffmark of order", "mark of order"),
        ("don&#39;t &amp; won&rsquo;t", "don't & won't"),
        ("РџСЂРёРІРµС‚", "Привет"),  # UTF-8 read as Windows-1251
        ("РџСЂРёРІРµС‚, РјРёСЂ вЂ” РґР°", "Привет, мир — да"),
        ("d\x92accord", "d'accord"),  # Windows-1252 read as Latin-1
        ("cafÃ© crÃ¨me", "café crème"),
        ("Stra√üe", "Straße"),  # UTF-8 read as Mac Roman
        ("le d├⌐lai", "le délai"),  # UTF-8 read as code page 437
        ("Â£50 a month", "£50 a month"),
        ("ðŸ‘\x8d great", "👍 great"),
        ("créée, déçue", "créée, déçue"),
        ("voilÃ\u00a0", "voilà"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("a lone \ud83d half", "a lone half"),
        (" \u200b\u00a0\n", ""),
        ("👍🏽 great", "👍🏽 great"),
        ("", ""),
    ],
)
def test_a_comment_is_read_as_a_person_reads_it(raw, read):
    assert clean(raw) == read


@given(ANY)
@example("&amp;amp;amp;lt;")
def test_cleaning_twice_is_cleaning_once(raw):
    once = clean(raw)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert not set(once) & set("\r\t\u00a0\u200b‘’“”")


@given(ANY)
def test_what_is_clean_can_be_stored(raw):
    assert pa.array([clean(raw)], pa.large_string()).to_pylist() == [clean(raw)]


@given(ANY, st.sampled_from([" ", "\n", "\t\r\n", "\u200b "]))
def test_blanks_around_change_nothing(raw, blanks):
    if "&" not in raw:  # a blank ends an entity that lacks its semicolon
        assert clean(blanks + clean(raw) + blanks) == clean(raw)


def test_a_document_is_cut():
    # One character more than is kept; the same for a letter outside ASCII, and where one character becomes several (ﷺ is 18).
    assert len(clean("x" * (LONGEST + 1))) == len(clean("é" * (LONGEST + 1))) == LONGEST
    assert len(clean("ﷺ" * LONGEST)) <= LONGEST
