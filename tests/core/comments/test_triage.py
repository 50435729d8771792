import pytest

from nps_core.comments.lexicon import lexicon
from nps_core.comments.triage import LONGEST, says_nothing
from tests.core.comments.books import ENGLISH, FRENCH

# By hand: does the comment say anything about why?
NOTHING = """
.|...|?!|-|8|8/10|10 / 10|8 out of 10|I gave 8|I give it an 8|Nine|it's a 7|7 stars|score: 9|👍|👍👍🏽|❤️ 10|:)|n/a|N/A.
None|nothing|no comment|STOP|Stop.|unsubscribe|x|xxx|aaaa|asdf|asdfgh|qwerty|test|[phone]|[email] [number]|because
Because!|no reason|No reason, really|just my opinion|That's how I feel|thats how i feel, thanks
I gave 8 because that's how I feel|keine Angabe|rien|ich gebe 8 Punkte|je mets 8 sur 10|le pongo un 9|no reason. 8
I don't know
"""
SOMETHING = """
nothing, all good|no reason to complain, great service|slow|8 good|10/10 great|because it is slow|because of the price
👍 helpful|good|I gave 8 because support was rude|STOP calling me|please stop the calls|no|yes|ok|price|a bit dear
test drive was fun|8 weeks|10 minutes late|because I did it|[phone] never answers|one engineer
that's how I feel about the app
"""


def comments(table: str) -> list[str]:
    return [text for line in table.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize("text", comments(NOTHING))
def test_what_says_nothing(text):
    assert says_nothing(text, lexicon(ENGLISH))


@pytest.mark.parametrize("text", comments(SOMETHING))
def test_what_says_something(text):
    assert not says_nothing(text, lexicon(ENGLISH))


def test_phrases_are_those_of_the_codebook():
    assert says_nothing("parce que", lexicon(FRENCH))
    assert says_nothing("7 parce que 7", lexicon(FRENCH))
    assert not says_nothing("parce que", lexicon(ENGLISH))


def test_case_and_quotes_change_nothing():
    for text in comments(NOTHING):
        if "[" not in text:  # masks are always written small
            assert says_nothing(text.upper(), lexicon(ENGLISH))
            assert says_nothing(f" {text}  ", lexicon(ENGLISH))


def test_a_long_comment_says_something():
    assert says_nothing("because " * 2, lexicon(ENGLISH))
    assert not says_nothing("because " * LONGEST, lexicon(ENGLISH))
