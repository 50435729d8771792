"""Passives and Words: what they say, when they say nothing, and what they never show."""

import pytest

from tests.core.comments.personal import PLANTED
from tests.pages.opened import alt_texts, open_page, text_of

PAGES = ("passives", "words")
REASONS = (
    "Support never answers",
    "Too expensive",
    "Great service",
    "Hard to find anything",
    "It keeps crashing",
    "I waited weeks",
)


def survey(comments, score=8):
    lines = [f'{score},"{text}"' for text in comments]
    return "survey.csv", ("nps,why\n" + "\n".join(lines) + "\n").encode()


def many(number):
    return [f"{REASONS[i % len(REASONS)]}, visit {i + 1}" for i in range(number)]


@pytest.mark.parametrize("page", PAGES)
def test_a_file_without_comments_is_told_what_to_ask(page):
    app = open_page(page, file=("survey.csv", b"nps\n9\n8\n7\n3\n10\n8\n"))
    assert not app.exception
    assert "no column of comments" in text_of(app)
    assert "What is the main reason for your score?" in text_of(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("number", [1, 18])
def test_few_comments_are_inconclusive_and_say_what_to_do(page, number):
    app = open_page(page, file=survey(many(number)))
    assert not app.exception
    if page == "passives":
        said = text_of(app)
        few = "1 comment that says" if number == 1 else f"{number} comments that say"
        assert f"Inconclusive: {few} why; it takes 30 to conclude anything." in said
        assert "what would need to be true for you to be a huge fan?" in said


def test_the_sample_has_a_leader_quotes_and_what_to_do_for_each_type():
    said = text_of(open_page("passives", sample="software"))
    assert "What holds them back most: Missing or broken features" in said
    assert "beyond chance" in said
    assert "in their words" in said
    assert "A functional gap" in said
    assert "they write like promoters" in said


def test_one_click_shows_the_comments_behind_a_number():
    app = open_page("passives", sample="software", behind="Value for money")
    assert not app.exception
    marked = [element.value for element in app.markdown if ":orange-background[" in element.value]
    assert marked
    assert any("different comments." in element.value for element in app.text)
    assert any(element.value.startswith("Wanting: Value for money: “") for element in app.text)


@pytest.mark.parametrize("side", ["the three groups", "7 and 8", "by plan", "over time"])
def test_themes_are_laid_side_by_side(side):
    app = open_page("passives", sample="software", side=side)
    assert not app.exception
    assert "Shares side by side." in alt_texts(app)


@pytest.mark.parametrize("group", ["Promoters", "Detractors", "Everybody"])
def test_other_groups_can_be_heard(group):
    app = open_page("passives", sample="software", group=group)
    assert not app.exception
    assert group.lower().removesuffix("everybody") in text_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_comments_in_a_language_without_a_codebook_are_counted_not_coded(page):
    texts = [f"Servizio molto lento e il personale non era gentile con noi, visita {i}" for i in range(40)]
    app = open_page(page, file=survey(texts))
    assert not app.exception
    if page == "passives":
        assert "wrote in a language that is not coded" in text_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_filter_that_leaves_few_passives_shows_no_words(page):
    rows = "".join(f"8,EU,{text}\n" for text in many(40)) + "".join(f"8,UK,secret words of {i}\n" for i in range(3))
    app = open_page(page, file=("survey.csv", ("nps,region,why\n" + rows).encode()), **{"f.region": "UK"})
    assert not app.exception
    assert "secret words" not in text_of(app)
    assert "fewer than 5" in text_of(app)


def test_the_words_page_names_what_sets_groups_apart_or_that_nothing_does():
    said = text_of(open_page("words", sample="software"))
    assert "Passives against promoters" in said
    assert "Passives against detractors" in said
    assert "Looking for new themes takes 900 different comments" in said


@pytest.mark.parametrize("page", PAGES)
def test_personal_data_never_reaches_the_page(page):
    planted = [text for kind in PLANTED.values() for text in kind]
    app = open_page(
        page, file=survey([f"Support is slow, reach me at {text} please" for text in planted] * 2), behind="Service touch points"
    )
    assert not app.exception
    everything = text_of(app) + alt_texts(app) + "".join(str(frame.value.to_csv()) for frame in app.dataframe)
    for text in planted:
        assert text not in everything


@pytest.mark.parametrize("page", PAGES)
def test_comments_are_plain_text_whatever_they_hold(page):
    hostile = [
        "slow support <img src=x onerror=alert(1)>",
        "slow support ![p](http://a.example/b.png)",
        "slow support $5 to $10 **bold**",
    ]
    app = open_page(page, file=survey(hostile * 15), behind="Service touch points")
    assert not app.exception
    for element in app.markdown:
        assert "![p](" not in element.value
        assert "<img" not in element.value.replace("\\<", "")
