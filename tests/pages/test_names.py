"""A column of the file that is called as the explorer calls something of its own: every page says what it says otherwise."""

import re
from random import Random

import pytest

from tests.pages.opened import PAGES, ROOT, alt_texts, open_page, text_of
from tests.pages.test_share import links, one_store, press

__all__ = ["one_store"]
PLAIN = "zqcolumn"  # a name that no page has
SAID = ("support is slow", "too expensive", "great product", "", "hard to use", "missing an export")
SUMS = ("score", "distribution", "trend", "segments", "passives", "meeting")  # pages of a view with numbers only
MOMENT = re.compile(r"\d\d:\d\d UTC")  # two views are not made in the same minute
CHOSEN = {"distribution": "by", "segments": "by", "passives": "side", "trend": "apart"}  # the menu that names columns


def survey(name):
    chance, rows = Random(1), []
    for _ in range(600):
        rows.append(f"{chance.randrange(11)},2024-{chance.randrange(1, 10):02d}-03,{chance.choice(SAID)}")
        rows[-1] += f",{chance.choice('NNNSW')},{chance.choice('ab')}\n"
    address = {"score": "nps", "segment": [name, "Plan"], "date": "answered on", "comment": "why", "wave_column": "-"}
    return open_page("data", ("f.csv", (f"nps,answered on,why,{name},Plan\n" + "".join(rows)).encode()), **address)


def told(app, name, pages):
    """What each page says, with the column in its menu, under the plain name."""
    found = {}
    for page in pages:
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        if page in CHOSEN:
            menu = next(box for box in app.selectbox if box.key == CHOSEN[page])
            menu.set_value(next(option for option in menu.options if option.endswith(name))).run()
        assert not app.exception
        assert not app.error
        lines = (text_of(app) + alt_texts(app)).replace(name, PLAIN)
        found[page] = set(MOMENT.sub("", lines).splitlines())
    return found


@pytest.mark.parametrize("name", ["month", "change"])
def test_a_page_says_the_same_under_any_name_of_a_column(name):
    expected, found = (told(survey(each), each, PAGES) for each in (PLAIN, name))
    for page in PAGES:
        mine = {line.replace(name, PLAIN) for line in expected[page]}  # the pages' own words, too
        assert found[page] == mine, page


@pytest.mark.parametrize("name", ["month", "quarter"])
def test_so_does_a_page_of_a_view_with_numbers_only(name):
    found = {}
    for each in (PLAIN, name):
        app = survey(each).switch_page(str(ROOT / "pages" / "share.py")).run()
        link, _ = links(press(app, "Make the link"))
        found[each] = told(open_page("score", **link), each, SUMS)
    for page, lines in found[name].items():
        assert lines == {line.replace(name, PLAIN) for line in found[PLAIN][page]}, page
