import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nps_core.comments.masking import mask
from nps_core.comments.text import clean
from tests.core.comments.personal import HARMLESS, PHONES, PLANTED

EACH = [(kind, text) for kind, texts in PLANTED.items() for text in texts]
AROUND = st.sampled_from(["", "Slow. ", "call me: ", "my name is Jane, ", "(", "“", "tel.", "J'attends – ", "请打 "])
BEHIND = st.sampled_from(["", ".", ", please", ")", "!!", " since 2019", "; thanks", "”", " Danke", "\n8/10"])


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def survives(secret: str, text: str) -> bool:
    """Whether five digits in a row of the secret, or its name, are still there."""
    digits, left = digits_of(secret), digits_of(text)
    fives = {digits[i : i + 5] for i in range(len(digits) - 4)}
    return any(left[i : i + 5] in fives for i in range(len(left) - 4)) or any(n in text.lower() for n in ("doe", "nwbk", "abna"))


@pytest.mark.parametrize(("kind", "text"), EACH)
def test_each_kind_is_told(kind, text):
    # Which kind each is stands in its list; letters before a number stay, as do a country's letters before a mistyped IBAN.
    assert mask(text) in (kind, f"KD{kind}", f"DE{kind}")
    assert mask(f"Hi, {text}, bye") == f"Hi, {mask(text)}, bye"


@given(AROUND, st.sampled_from([text for _, text in EACH]), BEHIND)
def test_what_was_planted_does_not_survive(before, secret, behind):
    masked = mask(clean(before + secret + behind))
    assert not survives(secret, masked)
    assert any(kind in masked for kind in ("[email]", "[phone]", "[card]", "[iban]", "[link]", "[number]"))
    assert mask(masked) == masked


@given(st.lists(st.sampled_from([text for _, text in EACH]), min_size=2, max_size=4), st.sampled_from([" ", ", ", "; ", " or "]))
def test_several_side_by_side_do_not_survive_either(secrets, between):
    masked = mask(between.join(secrets))
    assert not [secret for secret in secrets if survives(secret, masked)]
    assert mask(masked) == masked


@given(st.from_regex(r"(\+[1-9]\d{0,2}|0)[ ./-]?\d{2,4}([ ./-]?\d{2,4}){2}", fullmatch=True))
@example("0" + "9" * 11)
def test_no_phone_of_any_writing_survives(phone):
    digits = digits_of(phone)
    if 9 <= len(digits) <= 15 and not re.search(r"(?<!\d)\d\d?[./-]\d\d?[./-](\d\d|\d{4})(?!\d)", phone):
        assert not survives(phone, mask(f"Call {phone} today"))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_nobodys_stays(text):
    assert mask(text) == text


@given(st.text("abc ,.!?éß", max_size=80) | st.sampled_from(HARMLESS))
def test_a_text_without_any_is_unchanged(text):
    assert mask(text) == text


@given(st.text("0123456789 +-./()@:€abDE[]", max_size=60) | st.text(max_size=40))
@example("1 2 3.456.789 [number]/1234 567")
def test_masking_twice_is_masking_once(text):
    assert mask(mask(text)) == mask(text)


@given(st.text("0123456789", min_size=7, max_size=40))
def test_no_unbroken_run_of_seven_digits_is_left(digits):
    assert not digits_of(mask(f"no. {digits} please"))


def test_a_thirteen_digit_account_is_no_card():
    # 6304947102004 passes Luhn's check, but no issuer has cards of 13 digits that begin so.
    assert mask("account 6304947102004") == "account [number]"


def test_long_texts_of_one_kind_end():
    # No time is asserted; a pattern that tries every way to cut these would not end within a day.
    for piece in ("a", "a@", "a dot ", "1 ", "1-", "(1) ", "aa11", "www.", "a.", "12.12.", "+", "at ", "1.000."):
        for text in (piece * (30_000 // len(piece)), "@ at dot 12345 " + piece * (30_000 // len(piece)) + " dot @"):
            assert mask(mask(text)) == mask(text)


def test_two_phones_share_no_mask_with_the_words_between():
    assert mask(f"{PHONES[0]} or {PHONES[1]}") == "[phone] or [phone]"
