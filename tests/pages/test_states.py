"""Every page in every state: no file, a sample, tiny files, nothing left, a broken file, a question from the address."""

import pytest

from tests.pages.opened import PAGES, SCORED, alt_texts, open_page, text_of

SAMPLE = {"sample": "software"}
TINY = {
    "one answer": b"nps\n8\n",
    "three answers": b"nps\n10\n9\n3\n",
    "all in one group": b"nps\n" + b"10\n" * 20,
    "nothing answered": b"nps,comment\n,hello there everybody\n,and good bye to all\n",
}
# The codebook is tried on the whole file, whatever the filters leave.
ASKING = [page for page in PAGES if page not in ("data", "codebook")]


@pytest.mark.parametrize("page", PAGES)
def test_without_a_file_a_page_says_what_it_will_show_and_offers_the_samples(page):
    app = open_page(page)
    assert not app.exception
    assert app.title[0].value
    assert "you will see" in text_of(app) or "You see" in text_of(app)
    assert sum(button.label.startswith("Try a sample") for button in app.button) == 2


@pytest.mark.parametrize("page", PAGES)
def test_a_sample_fills_the_page(page):
    app = open_page(page, **SAMPLE)
    assert not app.exception
    if page not in SCORED:
        return
    assert "+34.2" in text_of(app) + alt_texts(app)  # its quota: 530 promoters, 120 detractors of 1,200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_ends_with_how_it_was_computed(page):
    app = open_page(page, **SAMPLE)
    assert "How this was computed" in [box.label for box in app.expander]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("content", TINY.values(), ids=TINY.keys())
def test_tiny_files_are_shown_or_explained(page, content):
    app = open_page(page, file=("tiny.csv", content))
    assert not app.exception
    assert "nan" not in text_of(app).lower().split()


@pytest.mark.parametrize("page", PAGES)
def test_a_filter_that_leaves_nothing_says_so(page):
    dated = b"nps,date\n" + b"".join(b"%d,2024-01-%02d\n" % (10 - i % 4, 1 + i % 28) for i in range(60))
    app = open_page(page, file=("f.csv", dated), **{"from": "2024-01-20", "to": "2024-01-10"})
    assert not app.exception
    assert "No answer matches these filters" in text_of(app) or page not in ASKING


@pytest.mark.parametrize("page", ASKING)
def test_a_filter_that_leaves_fewer_than_the_floor_shows_no_figure(page):
    rows = b"".join(b"%d,%s\n" % (10 - i % 4, b"rare" if i < 3 else b"usual") for i in range(60))
    app = open_page(page, file=("f.csv", b"nps,kind\n" + rows), **{"f.kind": "rare"})
    assert not app.exception
    assert "nothing is shown" in text_of(app)
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize("page", ASKING)
def test_a_question_from_the_address_is_asked(page):
    app = open_page(page, **SAMPLE, **{"f.region": "APAC", "level": "90"})
    assert not app.exception
    assert app.multiselect(key="f.region").value == ["APAC"]
    assert app.selectbox(key="level").value == 90


def test_what_the_address_asks_in_vain_is_said():
    app = open_page("data", **SAMPLE, **{"f.region": "Atlantis", "f.nowhere": "x"})
    assert not app.exception
    said = " ".join(warning.value for warning in app.warning)
    assert "Atlantis" in said
    assert "nowhere" in said


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\nx,y\n", bytes(range(256)) * 4, b"PK\x03\x04broken", b"rating\n" + b"1\n2\n3\n4\n5\n" * 9],
    ids=["empty", "no score", "any bytes", "broken archive", "one to five"],
)
def test_a_file_that_cannot_be_used_gets_expected_found_and_what_to_do(page, content):
    name = "broken.xlsx" if content.startswith(b"PK") else "broken.csv"
    app = open_page(page, file=(name, content))
    assert not app.exception
    assert "Expected:" in text_of(app)
    assert "Found:" in text_of(app)
