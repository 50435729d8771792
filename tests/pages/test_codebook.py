"""The Codebook page: an edit counts at once and is told, a mistake changes nothing, a file goes out and comes in."""

import dataclasses

import pytest

from nps_core.comments.codebook import LARGEST, dump, load, phrases_at
from tests.core.comments.books import FRENCH
from tests.core.comments.personal import PLANTED
from tests.pages.opened import ROOT, open_page, text_of

SAID = ["the harbour was here", "the harbour was there", "great tool", "because"] * 6
WRONG = "cues/problem"


def with_comments(file, **address):
    """The page with a file whose column “words” is named as its comments: few texts over and over do not tell that themselves."""
    return open_page("codebook", file=file, comment="words", **address)


def survey(comments=SAID):
    rows = "".join(f'{7 + i % 2},"{text}"\n' for i, text in enumerate(comments))
    return ("s.csv", f"nps,words\n{rows}".encode())


def labelled(app, kind, start):
    return next(widget for widget in app.get(kind) if widget.label.startswith(start))


def with_list(app, path=WRONG):
    app.selectbox(key="book-list").select(path).run()
    return app


def typed(app, text):
    app.text_area[0].set_value(text).run()
    labelled(app, "button", "Apply").click().run()
    assert not app.exception
    return app


def with_one_more(app, phrase, path=WRONG):
    return typed(with_list(app, path), "\n".join((*phrases_at(load("en"), path), phrase)))


def changed(app):
    """The table of what the last change did, as code, change, comments."""
    table = next(frame.value for frame in app.dataframe if "Change" in frame.value)
    return {(row["Code"], row["Change"]): row["Comments"] for _, row in table.iterrows()}


def test_without_comments_the_codebook_can_be_prepared():
    app = open_page("codebook", file=("s.csv", b"nps\n" + b"9\n8\n2\n" * 10))
    assert "no column of comments" in text_of(app)
    with_one_more(app, "harbour")
    assert "your own" in text_of(app)
    assert "What your last change did" not in text_of(app)


@pytest.mark.parametrize("number", [1, 18])
def test_few_comments(number):
    app = with_comments(survey(SAID[:number]))
    assert not app.exception
    with_one_more(app, "harbour")
    assert "What your last change did" in text_of(app)


def test_the_sample_tells_how_much_fits_and_offers_what_does_not():
    app = open_page("codebook", sample="software")
    assert not app.exception
    assert any("fit the codebook" in text.value for text in app.text)
    assert [box for box in app.selectbox if box.label.startswith("Add “")]


def test_another_language_has_nothing_to_code():
    app = with_comments(survey(["Il servizio non risponde mai al telefono di notte"] * 12))
    assert not app.exception
    assert "nothing that could fit" in text_of(app)


def test_an_edit_counts_at_once_is_told_and_can_be_taken_back():
    app = with_one_more(with_comments(survey()), "harbour")
    # 12 of the 24 comments hold "harbour": none fits a code before, all are complaints afterwards.
    assert changed(app) == {("A complaint about nothing in particular", "gained"): 12}
    assert "“English, changed”, your own" in text_of(app)
    labelled(app, "button", "Take this change back").click().run()
    assert not app.exception
    assert "the one that comes with the explorer" in text_of(app)
    assert "What your last change did" not in text_of(app)


def test_an_edit_of_a_theme_tells_what_holds_passives_back_before_and_after():
    app = with_comments(survey(["the harbour was here", "a harbour"] * 20))
    path = next(path for path in app.selectbox(key="book-list").options if "complaints" in path)
    theme = load("en").themes[0]
    with_one_more(app, "harbour", f"{theme.code}/{theme.name}/wrong")
    assert path
    name = load("en").names[theme.code]
    assert f"before: inconclusive. Now: {name} leads." in text_of(app)
    assert (f"Wanting: {name}", "gained") in changed(app)


def test_a_changed_codebook_stays_and_is_named_on_the_other_pages():
    app = with_one_more(with_comments(survey()), "harbour")
    app.switch_page(str(ROOT / "pages" / "comments.py")).run()
    assert any("English, changed" in code.value for code in app.code)
    app.switch_page(str(ROOT / "pages" / "codebook.py")).run()
    assert "“English, changed”, your own" in text_of(app)
    labelled(app, "button", "Back to the shipped").click().run()
    assert "the one that comes with the explorer" in text_of(app)


@pytest.mark.parametrize("wrong", ["(harbour", "...", "x" * 121, "*", "(a|b)" * 12])
def test_a_phrase_that_is_none_is_told_and_nothing_typed_is_lost(wrong):
    app = typed(with_list(with_comments(survey())), f"slow\n{wrong}")
    assert "This change was not made" in text_of(app)
    assert "Expected: " in text_of(app)
    assert "as it was" in text_of(app)
    assert app.text_area[0].value == f"slow\n{wrong}"
    assert "the one that comes with the explorer" in text_of(app)
    # Mended, it counts, and nothing is said any more.
    typed(app, "slow\nharbour")
    assert "not made" not in text_of(app)
    assert "your own" in text_of(app)


def test_what_was_typed_survives_a_look_at_another_list():
    app = with_list(with_comments(survey()))
    app.text_area[0].set_value("harbour").run()
    with_list(with_list(app, "cues/praise"), WRONG)
    assert app.text_area[0].value == "harbour"
    assert "once you apply it" in text_of(app)


def test_a_suggestion_goes_to_the_list_that_is_chosen_for_it():
    app = with_comments(survey())
    add = labelled(app, "selectbox", "Add “harbour”")
    add.select(WRONG).run()
    assert not app.exception
    assert changed(app) == {("A complaint about nothing in particular", "gained"): 12}
    assert not [box for box in app.selectbox if box.label.startswith("Add “harbour”")]


def test_names_of_other_providers_can_be_added():
    app = with_comments(survey(["Kuvenso was there", "the harbour"] * 10))
    with_one_more(app, "Kuvenso", "competitors")
    assert changed(app)[("Another provider is spoken of", "gained")] == 10


def test_a_name_of_its_own():
    app = with_one_more(with_comments(survey()), "harbour")
    labelled(app, "text_input", "Name of this").set_value("Ours, *second* try").run()
    assert "“Ours, *second* try”, your own" in text_of(app)
    labelled(app, "text_input", "Name of this").set_value("   ").run()
    assert not app.exception
    assert "Give the codebook a name." in text_of(app)
    assert "“Ours, *second* try”, your own" in text_of(app)


def put(app, data, name="mine.toml"):
    labelled(app, "file_uploader", "Use a codebook").upload(name, data, "application/toml").run()
    assert not app.exception
    return app


def test_a_codebook_from_a_file_is_used():
    mine = dataclasses.replace(load("en"), name="From a file", cues={**load("en").cues, "problem": ("harbour",)})
    app = put(with_comments(survey()), dump(mine).encode())
    assert "“From a file”, your own" in text_of(app)
    assert changed(app)[("A complaint about nothing in particular", "gained")] == 12


def test_a_codebook_of_another_language_codes_that_language_too():
    italian = dataclasses.replace(FRENCH, language="it", words={"markers": ("siamo", "per")}, cues={"praise": ("ottimo",)})
    said = ["il servizio è davvero ottimo per tutti noi"] * 12 + ["great tool for the team"] * 12
    app = put(with_comments(survey(said)), dump(italian).encode())
    assert app.selectbox(key="book-language").value == "it"
    assert changed(app)[("Praise alone", "gained")] == 12


def test_a_codebook_of_a_language_nobody_writes_is_there_to_be_read():
    app = put(with_comments(survey()), dump(FRENCH).encode())
    assert app.selectbox(key="book-language").value == "fr"
    assert "“test fr”, your own" in text_of(app)


def test_another_file_is_not_compared_with_the_one_before():
    app = with_one_more(with_comments(survey()), "harbour")
    app.switch_page(str(ROOT / "pages" / "data.py")).run()
    app.file_uploader[0].upload("other.csv", survey(["the sea", "a great day at the harbour"] * 9)[1], "text/csv").run()
    app.switch_page(str(ROOT / "pages" / "codebook.py")).run()
    assert not app.exception
    assert "“English, changed”, your own" in text_of(app)
    assert "What your last change did" not in text_of(app)


BROKEN = {
    "empty": b"",
    "no TOML": b"name = ",
    "not UTF-8": b"\xff\xfe\x00",
    "a zip": b"PK\x03\x04",
    "too large": b"#" * (LARGEST + 1),
    "nested": b"a = " + b"[" * 100_000,
    "another key": b'name = "a"\nlanguage = "en"\nx = 1',
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_leaves_the_codebook_in_use_as_it_was(data):
    app = with_one_more(with_comments(survey()), "harbour")
    put(app, data, "![p](http://a.b/c.png).toml")
    assert "This codebook could not be used" in text_of(app)
    assert "Found: " in text_of(app)
    assert "“English, changed”, your own" in text_of(app)
    assert not any("![p](" in text.value for kind in ("markdown", "caption", "header") for text in app.get(kind))


def test_foreign_names_and_phrases_are_no_markdown():
    nasty = "![p](http://a.b/c.png)"
    book = load("en")
    themes = (dataclasses.replace(book.themes[0], name=nasty), *book.themes[1:])
    mine = dataclasses.replace(book, name=nasty, names={**book.names, book.themes[0].code: nasty}, themes=themes)
    app = put(with_comments(survey()), dump(mine).encode())
    with_list(app, f"{book.themes[0].code}/{nasty}/wrong")
    assert not app.exception
    shown = [text.value for kind in ("markdown", "caption", "header", "info") for text in app.get(kind)]
    labels = [widget.label for kind in ("button", "selectbox", "text_area", "text_input") for widget in app.get(kind)]
    assert not [text for text in (*shown, *labels) if "![p](" in text]


def test_personal_data_is_nowhere_on_the_page():
    for kind, secrets in PLANTED.items():
        chosen = [secret for secret in secrets if '"' not in secret][:12]
        app = with_comments(survey([f"The harbour went to {secret} today" for secret in chosen] * 2))
        with_one_more(app, "harbour")
        tables = " ".join(frame.value.to_csv() for frame in app.dataframe)
        shown = (text_of(app) + tables).replace("\\", "").lower()
        assert not [secret for secret in chosen if secret.lower() in shown], kind
