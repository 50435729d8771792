"""The page Meeting, presenting or not, in every state: what slides there are, what they say, what may be taken away."""

import pytest

from pages.parts import house
from tests.pages.opened import PAGES, alt_texts, open_page, text_of
from tests.pages.test_share import SAMPLE, links, one_store, press, share  # noqa: F401  (one_store serves every test here)

EVERY = ["score", "passives", "band", "comments", "trend", "segments"]
DOWNLOADS = {"Download the deck (.pptx)", "Download the workbook (.xlsx)"}


def present(slide="score", file=None, **address):
    return open_page("meeting", file, **({} if file else SAMPLE), slide=slide, **address)


def offered(app):
    """The slides by their keys, as the page lists them."""
    return [button.key.removeprefix("show-") for button in app.button if (button.key or "").startswith("show-")]


def count(app):
    return next(text.value for text in app.text if " of " in text.value and text.value.replace(" of ", "").isdigit())


def downloads(app):
    return {button.proto.label for button in app.get("download_button")}


def test_a_full_survey_has_six_slides_and_every_title_says_the_thought():
    app = open_page("meeting", **SAMPLE)
    assert not app.exception
    assert offered(app) == EVERY
    titles = [button.label for button in app.button if (button.key or "").startswith("show-")]
    assert "34" in titles[0]  # +34.2, the sample's score
    assert "45" in titles[1]  # 550 passives of 1,200: 45.8%


@pytest.mark.parametrize(("place", "key"), [*enumerate(EVERY, start=1)])
def test_one_slide_at_a_time_and_which_one_is_said(place, key):
    app = present(key)
    assert not app.exception
    assert count(app) == f"{place} of 6"
    assert len(app.title) == 1
    assert "b2b_software.csv · n = 1,200" in text_of(app)
    assert len(app.get("vega_lite_chart")) == (2 if key == "segments" else 1)
    assert "NPS Explorer ·" not in text_of(app)  # no caption
    assert not app.get("download_button")


def test_next_and_previous_stay_within_the_slides():
    app = present("score")
    buttons = {button.key: button for button in app.button}
    assert buttons["turn-Left"].disabled
    assert buttons["turn-PageUp"].disabled
    for key in ("turn-Right", "turn-PageDown", "turn-Space"):
        assert not buttons[key].disabled
    buttons["turn-Right"].click().run()
    assert count(app) == "2 of 6"
    assert app.query_params["slide"] == "passives"
    app.button(key="turn-Left").click().run()
    assert count(app) == "1 of 6"
    last = present("segments")
    assert last.button(key="turn-Right").disabled


def test_leaving_shows_the_page_again():
    app = present("band")
    app.button(key="slide-leave").click().run()
    assert not app.exception
    assert "slide" not in app.query_params
    assert app.title[0].value == "Meeting"


def test_a_slide_of_the_list_starts_there():
    app = open_page("meeting", **SAMPLE)
    app.button(key="show-trend").click().run()
    assert not app.exception
    assert count(app) == "5 of 6"


@pytest.mark.parametrize("slide", ["", "nonsense", "7", "<b>"])
def test_an_unknown_slide_is_the_first(slide):
    app = present(slide)
    assert not app.exception
    assert count(app) == "1 of 6"


def test_filters_and_choices_hold_on_the_slides():
    app = present("score", **{"f.region": "APAC"})
    assert "+22.1" in text_of(app)  # as on the page Score
    assert "region: APAC" in text_of(app)
    app = present("segments", by="region")
    assert "APAC" in alt_texts(app)
    app = present("trend", each="quarter")
    assert "2025-Q2" in alt_texts(app)


def test_without_dates_groups_and_comments_there_are_three_slides():
    app = open_page("meeting", file=("survey.csv", b"nps\n" + b"10\n9\n8\n3\n" * 20))
    assert not app.exception
    assert offered(app) == EVERY[:3]


def test_one_period_has_no_trend():
    rows = b"".join(b"%d,2024-05-05\n" % (10 - i % 4) for i in range(60))
    app = open_page("meeting", file=("survey.csv", b"nps,date\n" + rows))
    assert not app.exception
    assert "trend" not in offered(app)


def test_a_slide_that_this_survey_does_not_bear_gives_its_place_to_the_one_before():
    file = ("survey.csv", b"nps\n" + b"10\n9\n8\n3\n" * 20)
    app = open_page("meeting", file=file, slide="segments")
    # A file that is dropped later opens the slide that the address has waited with.
    app.query_params["slide"] = "segments"
    app.run()
    assert not app.exception
    assert count(app) == "3 of 3"


def test_too_few_answers_show_no_slide():
    rows = b"".join(b"%d,%s\n" % (10 - i % 4, b"rare" if i < 3 else b"usual") for i in range(60))
    app = open_page("meeting", file=("f.csv", b"nps,kind\n" + rows), **{"f.kind": "rare"})
    assert "nothing is shown" in text_of(app)
    assert not offered(app)
    app.query_params["slide"] = "score"
    app.run()
    assert not app.exception
    assert "nothing is shown" in text_of(app)
    assert not app.get("vega_lite_chart")
    assert app.button(key="slide-leave")


def test_foreign_text_in_a_title_is_plain():
    name = "![p](http://127.0.0.1:9/p.png)"
    rows = "".join(f'{score},"{name if i % 2 else "usual"}"\n' for i, score in enumerate([10, 7, 9, 8] * 40))
    app = open_page("meeting", file=("f.csv", f"nps,kind\n{rows}".encode()))
    app.query_params["slide"] = "segments"
    app.run()
    assert not app.exception
    assert "p.png" in app.title[0].value.replace("\\", "")
    assert name not in app.title[0].value


@pytest.mark.parametrize("carries", ["numbers", "comments"])
def test_a_view_by_link_has_the_slides_that_its_data_bear(carries):
    link, _ = links(share(open_page("score", **SAMPLE), carries, title="First quarter"))
    app = open_page("meeting", **link)
    assert not app.exception
    assert offered(app) == list(EVERY)
    for key in EVERY:
        shown = open_page("meeting", **link, slide=key)
        assert not shown.exception
        assert "First quarter · n = 1,200" in text_of(shown)
        assert "b2b_software" not in text_of(shown)  # the name of the file stays with its owner
        # The only quotation marks in a view without words are those around the names of periods and groups.
        assert carries == "comments" or "“" not in text_of(shown) or key in ("trend", "segments")


def test_a_view_that_forbids_downloads_gives_none_and_still_presents():
    link, manage = links(share(open_page("score", **SAMPLE)))
    assert downloads(open_page("meeting", **link)) >= DOWNLOADS
    owner = open_page("manage", **manage)
    next(box for box in owner.checkbox if "download" in box.label).set_value(False)
    press(owner, "Change the terms")
    for page in ("meeting", "score", "distribution", "passives"):
        app = open_page(page, **link)
        assert not app.exception
        assert not downloads(app), page
    assert "allows no downloads" in text_of(open_page("meeting", **link))
    assert count(open_page("meeting", **link, slide="score")) == "1 of 6"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "meeting"])
def test_every_picture_offers_itself_as_png_and_svg(page):
    app = open_page(page, **SAMPLE)
    assert not app.exception
    named = [button.proto.label for button in app.get("download_button")]
    parts = alt_texts(app).count("Published scores by industry")  # of one picture, too high for a sheet
    pictures = len(app.get("vega_lite_chart")) - max(parts - 1, 0) + (page == "words")  # the cloud of words is no chart
    assert named.count("Download as PNG") == named.count("Download as SVG") == pictures
    assert named.count("Download as CSV") >= pictures
    assert pictures or page in ("comments", "codebook")


def test_nothing_is_made_before_it_is_asked_for(monkeypatch):
    import sys

    for module in ("nps_core.meeting.images", "nps_core.meeting.deck", "nps_core.meeting.workbook"):
        monkeypatch.setitem(sys.modules, module, None)  # importing it now fails
    assert house.settings()
    for page in ("meeting", "score"):
        assert not open_page(page, **SAMPLE).exception
