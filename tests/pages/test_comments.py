"""The Comments page: what is looked for, how many match, one page of cards, in each state a file can be in."""

import re

import pytest

from tests.core.comments.personal import PLANTED
from tests.pages.opened import open_page, text_of

SAMPLE = {"sample": "software"}
NASTY = ["![p](http://a.b/c.png) is good", "$5 to $10 is good", "=1+1 is good", "**bold** :red[good]", "<b>good</b>"]


def with_comments(file, **address):
    """The page with a file whose column “words” is named as its comments: few texts over and over do not tell that themselves."""
    return open_page("comments", file=file, comment="words", **address)


def survey(comments, scores=(9, 7, 3)):
    rows = "".join(f'{scores[i % len(scores)]},"{text}"\n' for i, text in enumerate(comments))
    return ("s.csv", f"nps,words\n{rows}".encode())


def matching(app):
    """The sentence with the number of comments that match."""
    return next(text.value for text in app.text if "match" in text.value)


def cards(app):
    """The comments on the page, as Markdown: what stands under a caption that names a record."""
    return [text.value for text in app.markdown if not text.value.startswith("**How comments")]


def test_a_file_without_comments_says_so():
    app = open_page("comments", file=("s.csv", b"nps\n" + b"9\n8\n2\n" * 10))
    assert not app.exception
    assert "no column of comments" in text_of(app)


def test_one_comment():
    app = with_comments(survey(["great tool", *[""] * 20]))
    assert not app.exception
    assert matching(app) == "1 comment of 1 respondent matches."
    assert "Record 1\\, scored 9" in text_of(app)


def test_eighteen_comments_are_on_one_page():
    app = with_comments(survey([f"the tool is great in case {'abcdefghijklmnopqr'[i]}" for i in range(18)]))
    assert matching(app) == "18 comments of 18 respondents match."
    assert len(cards(app)) == 18
    assert not app.get("pagination")


def test_a_survey_of_twelve_hundred_shows_twenty_and_the_way_to_the_next():
    app = open_page("comments", **SAMPLE)
    assert len(cards(app)) == 20
    assert app.get("pagination")
    assert "different texts" in matching(app)


def test_the_page_of_the_address_is_shown():
    first, second = open_page("comments", **SAMPLE), open_page("comments", **SAMPLE, page="2")
    assert not second.exception
    assert not set(cards(first)) & set(cards(second))


@pytest.mark.parametrize("page", ["999", "0", "x"])
def test_a_page_that_is_not_there_is_no_failure(page):
    app = open_page("comments", **SAMPLE, page=page)
    assert not app.exception
    assert cards(app)


def test_another_language_is_shown_as_that():
    app = with_comments(survey(["Il servizio non risponde mai al telefono di notte"] * 12))
    assert not app.exception
    assert len(cards(app)) == 1
    assert "In a language that is not coded" in text_of(app)
    assert "12 respondents" in text_of(app)


def test_words_of_the_address_are_looked_for():
    app = open_page("comments", **SAMPLE, find="excel")
    assert app.text_input(key="find").value == "excel"
    assert all("excel" in card.lower().replace("\\", "") for card in cards(app))
    app.text_input(key="find").set_value("no such words anywhere").run()
    assert not app.exception
    assert "None of the" in text_of(app)
    next(button for button in app.button if button.label == "Look for everything").click().run()
    assert len(cards(app)) == 20


def test_codes_and_scores_narrow_what_is_shown():
    app = open_page("comments", **SAMPLE)
    every = matching(app)
    app.multiselect(key="code").select("gap:service").run()
    service = matching(app)
    assert service != every
    app.multiselect(key="scored").select(7).run()
    assert not app.exception
    assert matching(app) != service


def test_what_fits_no_code_can_be_asked_for():
    app = with_comments(survey(["the invoice was here", "great tool", "because"] * 5))
    app.multiselect(key="code").select("not_coded").run()
    assert len(cards(app)) == 1
    assert "Fits no code" in text_of(app)


def test_where_only_groups_are_known_groups_can_be_chosen():
    rows = "".join(f"{['Promoter', 'Passive', 'Detractor'][i % 3]},great tool {'abcdefghi'[i % 9]}\n" for i in range(30))
    app = with_comments(("g.csv", f"NPS group,words\n{rows}".encode()))
    assert not app.exception
    app.multiselect(key="scored").select("passive").run()
    assert matching(app).startswith("10 comments of 10 respondents match, of 30.")


def test_a_filter_that_leaves_fewer_than_the_floor_shows_no_comment():
    rows = "".join(f'{9 - i % 3},"great tool",{"rare" if i < 3 else "usual"}\n' for i in range(40))
    app = with_comments(("s.csv", f"nps,words,kind\n{rows}".encode()), **{"f.kind": "rare"})
    assert "nothing is shown" in text_of(app)
    assert not cards(app)
    # Leaving out so few would show them, too.
    app = with_comments(("s.csv", f"nps,words,kind\n{rows}".encode()), **{"f.kind": "usual"})
    assert "nothing is shown" in text_of(app)
    assert not cards(app)


def test_segments_are_not_named_beside_a_comment():
    rows = "".join(f'{9 - i % 3},"great tool {"abcdefghijklm"[i % 13]}",Northwind{i % 2}\n' for i in range(40))
    app = with_comments(("s.csv", f"nps,words,kind\n{rows}".encode()), scored="7")
    assert cards(app)
    assert "Northwind" not in text_of(app)


def test_personal_data_is_nowhere_on_the_page():
    for kind, secrets in PLANTED.items():
        chosen = [secret for secret in secrets if '"' not in secret][:18]
        app = with_comments(survey([f"Good, but call {secret} today" for secret in chosen]))
        assert not app.exception
        assert not [secret for secret in chosen if secret.lower() in text_of(app).replace("\\", "").lower()], kind


def test_foreign_text_is_shown_as_it_is_written():
    app = with_comments(survey(NASTY * 3))
    assert not app.exception
    for text in cards(app):
        ours = re.sub(r":orange-background\[\*\*|\*\*\]", "", text.replace("\\\\", ""))
        assert not re.search(r"(?<!\\)[$!\[\]<>*_`:]", ours)
