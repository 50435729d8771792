"""Working copies without a browser: identical uploads are one, and a copy opens for its owner."""

import pytest

from pages.parts import house, study
from tests.pages.opened import open_page, text_of

FILE = ("survey.csv", b"nps,region\n" + b"".join(b"%d,%s\n" % (10 - i % 4, b"EU" if i % 2 else b"US") for i in range(60)))


@pytest.fixture
def as_browser(monkeypatch):
    """Lets the pages believe that this browser is visiting."""
    house.copies.cache_clear()

    def visit(secret):
        monkeypatch.setattr(study, "this_browser", lambda: secret)

    yield visit
    house.copies.cache_clear()


def copy_of(app):
    found = app.query_params["copy"]
    return found if isinstance(found, str) else found[0]


def test_a_copy_opens_again_for_its_owner_only(as_browser):
    as_browser("a" * 32)
    app = open_page("score", FILE)
    name = copy_of(app)
    assert text_of(open_page("score", copy=name)) == text_of(app)
    as_browser("b" * 32)
    assert "private working copy" in text_of(open_page("score", copy=name))
    as_browser("")
    assert "private working copy" in text_of(open_page("score", copy=name))


def test_identical_uploads_share_memory(as_browser):
    opened = []
    for secret in ("a" * 32, "b" * 32):
        as_browser(secret)
        opened.append(open_page("data", FILE).session_state["_study"])
    assert opened[0] is opened[1]
    assert len(house.copies()) == 2
    assert house.copies().size == opened[0].size


def test_another_meaning_of_the_columns_is_kept_under_the_same_address(as_browser):
    as_browser("a" * 32)
    app = open_page("data", FILE)
    name = copy_of(app)
    app.multiselect(key=f"role-segment-{app.session_state['_study'].responses.key}").set_value([]).run()
    assert copy_of(app) == name
    assert open_page("data", copy=name).session_state["_study"].responses.segments == ()


def test_a_changed_codebook_survives_a_reload(as_browser):
    as_browser("a" * 32)
    app = open_page("data", FILE)
    app.session_state["_books"]["en"] = "a book"
    assert open_page("data", copy=copy_of(app)).session_state["_books"] == {"en": "a book"}


def test_without_a_cookie_nothing_is_kept(as_browser):
    as_browser("")
    app = open_page("score", FILE)
    assert not app.exception
    assert "copy" not in app.query_params
    assert len(house.copies()) == 0


def test_forgetting_lets_go(as_browser):
    as_browser("a" * 32)
    app = open_page("data", FILE)
    next(button for button in app.button if button.label == "Forget my file").click().run()
    assert len(house.copies()) == 0
