"""A column of the file that is called as the explorer calls something of its own: every page says what it says otherwise."""

import re
from random import Random

import pytest

from nps_core.samples import SAMPLES
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


# Names that a menu has for choices of its own.

OWN = ("what comments say", "the three groups", "7 and 8", "over time", "– no column –", "Wave")
SAMPLE = SAMPLES["software"].title


def of_own_names(name, group="N"):
    """Two waves, told by a column of their own, so that the column with this name splits."""
    chance = Random(2)
    rows = [
        f"{chance.randrange(11)},2024-0{1 + i % 2}-03,{chance.choice(SAID)},{chance.choice([group, group, 'S'])},"
        f"{chance.choice('ab')},{1 + i % 2}"
        for i in range(400)
    ]
    address = {"score": "nps", "segment": [name, "Plan"], "date": "answered on", "comment": "why", "wave_column": "round"}
    return ("f.csv", (f"nps,answered on,why,{name},Plan,round\n" + "\n".join(rows)).encode()), address


def menus(app):
    """Every menu of a page: its options as they are called."""
    found = [*app.selectbox, *app.multiselect, *app.radio, *app.get("pills"), *app.get("segmented_control")]
    return {menu.key or menu.label: list(menu.options) for menu in found}


@pytest.mark.parametrize("name", OWN)
def test_no_menu_calls_two_choices_the_same(name):
    file, address = of_own_names(name, [SAMPLE, "This survey"][OWN.index(name) % 2])
    app, seen = open_page("data", file, **address, by=name), dict[str, list[str]]()
    for page in PAGES:
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception
        seen |= menus(app)
    assert {"apart", "by", "cross", "side", "beside", "behind", "code"} <= set(seen)
    assert any(name in option for option in seen["by"])
    for menu, options in seen.items():
        assert len(options) == len(set(options)), menu


def test_a_column_called_what_comments_say_hides_nothing_on_trend():
    file, address = of_own_names("what comments say")
    app = open_page("trend", file, **address, each="month")
    menu = next(box for box in app.selectbox if box.key == "apart")
    assert menu.options == ["“what comments say”", "Plan", "what comments say"]
    themes = alt_texts(menu.set_value("what comments say").run())
    assert "Within Value for money" in themes
    menu = next(box for box in app.selectbox if box.key == "apart")
    groups = alt_texts(menu.set_value("“what comments say”").run())
    assert "Within S" in groups
    assert "Value for money" not in groups
    # An address made before there was such a column leads where it led.
    assert alt_texts(open_page("trend", file, **address, each="month", apart="what comments say")) == themes


def test_so_it_does_in_a_view_with_numbers_only():
    file, address = of_own_names("what comments say")
    app = open_page("data", file, **(address | {"wave_column": "-"})).switch_page(str(ROOT / "pages" / "share.py")).run()
    link, _ = links(press(app, "Make the link"))
    app = open_page("trend", **link, each="month", apart="what comments say")
    assert "Within Value for money" in alt_texts(app)
    assert "Within S" in alt_texts(open_page("trend", **link, each="month", apart="“what comments say”"))


@pytest.mark.parametrize("page", ["distribution", "segments"])
def test_the_wave_and_a_column_called_wave_are_two_choices(page):
    file, address = of_own_names("Wave")
    for label, group in (("Wave", "2"), ("“Wave”", "S")):
        app = open_page(page, file, **address, by=label)
        # The menu took what the address says, and no word says that the survey lacks it.
        assert next(box for box in app.selectbox if box.key == "by").value == label
        assert not [warning.value for warning in app.warning if "lacks" in warning.value]
        assert f"{group}: NPS" in alt_texts(app)


@pytest.mark.parametrize("page", ["distribution", "meeting"])
def test_a_group_called_like_a_sample_is_laid_beside_by_itself(page):
    file, address = of_own_names("Region", SAMPLE)
    beside = {name: open_page(page, file, **address, by="Region", beside=name) for name in (SAMPLE, f"“{SAMPLE}”", "S")}
    for name, app in beside.items():
        assert not app.exception
        assert next(box for box in app.selectbox if box.key == "beside").value == name
    said = {name: text_of(app) + alt_texts(app) for name, app in beside.items()}
    assert page == "meeting" or len({text.replace(f"“{name}”", name) for name, text in said.items()}) == 3


def test_a_column_called_no_column_can_be_chosen():
    file, address = of_own_names("– no column –")
    app = open_page("data", file, **(address | {"segment": ["Plan"], "wave_column": "-"}))
    for label in ("“– no column –”", "– no column –"):
        app = next(box for box in app.selectbox if box.label == "Wave").set_value(label).run()
        assert not [warning.value for warning in app.warning if "does not work" in warning.value]
        assert next(box for box in app.selectbox if box.label == "Wave").value == label
        # The filter by wave is in the side bar only where there are waves.
        assert ("wave" in menus(app)) == (label == "“– no column –”")
