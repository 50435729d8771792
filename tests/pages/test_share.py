"""The pages Share and Manage, and a visit by link, in every state, without a browser."""

import re
from datetime import timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from nps_core.errors import WrongPasscode
from nps_core.hosted import open_shared
from pages.parts import account, hosted, house, managing, sharing, study
from tests.pages.opened import ROOT, alt_texts, open_page, text_of

SAMPLE = {"sample": "software"}
FRAME = ("Your data", "No file yet.", "NPS Explorer ·")  # what stands around every page
COMMENTED = b"nps,comment,kind\n" + b"".join(
    b"%d,support is slow %d,%s\n" % (10 - i % 4, i, b"ab"[i % 2 : i % 2 + 1]) for i in range(80)
)


@pytest.fixture(autouse=True)
def one_store(tmp_path, monkeypatch):
    """A store of this test's own, and a browser that keeps its cookie."""
    monkeypatch.setenv("NPS_STORE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    for shared in (house.settings, house.copies, house._stores, house.held):
        shared.cache_clear()
    for module in (study, account, sharing, managing, hosted):
        monkeypatch.setattr(module, "this_browser", lambda: "a" * 32)
    yield
    for store in house._stores():
        store.close()
    for shared in (house.settings, house.copies, house._stores, house.held):
        shared.cache_clear()


def share(app, carries="numbers", **terms):
    """Press the button with these terms; the link and the manage link as address parameters, and their pages."""
    app.switch_page(str(ROOT / "pages" / "share.py")).run()
    if carries != "numbers":
        app.radio[0].set_value(carries).run()
    for field in app.text_input:
        if field.label.split(",")[0].lower() in terms:
            field.set_value(terms[field.label.split(",")[0].lower()])
    press(app, "Make the link")
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def links(app):
    found = [urlsplit(code.value) for code in app.code][:2]
    return [parse_qs(each.query) for each in found]


def test_without_data_the_page_says_what_it_is_for():
    assert "what somebody else will see" in text_of(open_page("share"))


@pytest.mark.parametrize("carries", ["numbers", "comments"])
def test_a_preview_says_what_becomes_visible_before_anything_is_kept(carries, tmp_path):
    app = open_page("share", **SAMPLE)
    if carries == "comments":
        app.radio[0].set_value("comments").run()
    said = text_of(app)
    assert "1,200 answers" in said
    assert "Never in it: who answered" in said
    assert ("comments in full" in said) == (carries == "comments")
    assert ("can subtract one from the other" in said) == (carries == "numbers")
    assert "without an account" in said
    # Looking makes nothing: the only thing asked of the store is the list of views.
    assert not house.store().owned(b"", house.now())


@pytest.mark.parametrize(
    "page", ["data", "score", "distribution", "benchmarks", "trend", "segments", "passives", "words", "comments", "meeting"]
)
@pytest.mark.parametrize("carries", ["numbers", "comments"])
def test_every_page_of_a_view_opens(page, carries):
    link, _ = links(share(open_page("score", **SAMPLE, **{"f.region": "APAC"}), carries))
    own = open_page(page, **SAMPLE, **{"f.region": "APAC"})
    seen = open_page(page, **link)
    assert not seen.exception
    said = text_of(seen)
    if carries == "numbers" and page in ("words", "comments"):
        assert "carries numbers only" in said
        assert "“" not in said
    elif page == "data":  # which tells of the view in place of the file
        assert "+22.1" in said
        assert "What this view holds" in said
    else:
        numbers = [line for line in text_of(own).splitlines() if re.search(r"[+−]\d", line)]
        assert set(numbers) <= set(said.splitlines())


def two_columns():
    """A file whose every column but one comment goes into a view, with a region that is far from the others."""
    chance, rows = Random(1), ["nps,day,why,region,plan\n"]
    for i in range(1200):
        region = "NSW"[i % 3]
        score = chance.choice((10, 9, 9, 8)) if region == "N" else chance.randrange(11)
        why = chance.choice(("support is slow", "too expensive", "great product", "", "hard to use"))
        why = why and f"{why} as number {i} says"
        rows.append(f"{score},2024-{1 + i % 6:02d}-03,{why},{region},{chance.choice('ab')}\n")
    return "f.csv", "".join(rows).encode()


def by_theme(app, kind):
    """The page Trend by these periods, and the change of the last one taken apart by theme."""
    next(box for box in app.selectbox if box.key == "each").set_value(kind).run()
    next(box for box in app.selectbox if box.key == "apart").set_value("what comments say").run()
    assert not app.exception
    return app


def test_numbers_alone_say_what_passives_say_from_the_start():
    words = ["Support never answers"] * 40 + ["Too expensive"] * 10 + ["Great"] * 10
    rows = "".join(f'{7 + i % 2},"{text}, case {i}"\n' for i, text in enumerate(words)) + "9,\n" * 40 + "3,\n" * 20
    link, _ = links(share(open_page("data", ("f.csv", f"nps,comment\n{rows}".encode()))))
    app = open_page("data", **link)
    assert not app.exception
    # 40 of 60 are 67%, 10 of 60 17%.
    assert "is named by 67% (54% to 77%) of the passives who say why, ahead of “Value for money” (17%)." in text_of(app)
    assert "looked at: what passives say" in text_of(app).replace("\\", "")


def test_what_stands_out_is_the_same_in_numbers_alone():
    own = open_page("data", two_columns())
    link, _ = links(share(own))
    own.switch_page(str(ROOT / "pages" / "data.py")).run()
    seen = open_page("data", **link)
    findings = [line for line in text_of(own).splitlines() if "“N”" in line]
    assert findings, "nothing stands out"
    assert [line for line in text_of(seen).splitlines() if "“N”" in line] == findings
    looked = "looked at: the groups of region and plan, and the last period against the one before"
    assert looked in text_of(seen).replace("\\", "")


@pytest.mark.parametrize("region", [[], ["N"]])
def test_why_it_moved_by_theme_is_the_same_in_numbers_alone(region):
    address = {"f.region": region} if region else {}
    own = open_page("score", two_columns(), **address)
    link, _ = links(share(own))
    own.switch_page(str(ROOT / "pages" / "trend.py")).run()
    own, seen = (by_theme(app, "quarter") for app in (own, open_page("trend", **link | address)))
    numbers = [line for line in (text_of(own) + alt_texts(own)).splitlines() if re.search(r"[+−]\d", line)]
    assert any("No comment" in line for line in numbers)
    assert set(numbers) <= set((text_of(seen) + alt_texts(seen)).splitlines())


def test_themes_over_time_that_a_view_does_not_carry_are_told():
    link, _ = links(share(open_page("score", two_columns())))
    seen = by_theme(open_page("trend", **link, **{"f.region": ["N", "S"]}), "month")
    assert "What comments say in these two periods is not in this view" in text_of(seen)


@pytest.mark.parametrize("page", ["words", "comments", "codebook"])
def test_a_page_of_peoples_words_says_that_a_view_of_numbers_has_none(page):
    link, _ = links(share(open_page("score", **SAMPLE)))
    assert "not part of a view that carries numbers only: it shows what people wrote" in text_of(open_page(page, **link))


def test_a_numbers_view_says_why_a_choice_has_no_trend():
    link, _ = links(share(open_page("score", **SAMPLE)))  # its columns: plan and region, the first two of the file
    seen = open_page("trend", **link, each="week", **{"f.region": ["APAC", "LATAM"]})
    assert "not over time for this choice of “region”" in text_of(seen).replace("\\", "")
    assert "Days and weeks are not part of a view" in text_of(seen)
    assert "over time those of all waves" in text_of(open_page("trend", **link, wave="2024-Q4"))


def test_a_group_in_one_wave_has_no_single_scores_in_numbers_alone():
    link, _ = links(share(open_page("score", **SAMPLE)))
    wave, plan = {"wave": "2024-Q4"}, {"f.plan": "Team"}
    for address, missing in ((wave, False), (plan, False), (wave | plan, True)):
        own, seen = (alt_texts(open_page("distribution", **start, **address)) for start in (SAMPLE, link))
        assert ("scores 0 to 10" in seen) == (not missing)
        assert set(seen.splitlines()) <= set(own.splitlines())  # what it shows are the file's figures
    assert "has promoters, passives and detractors, and no single scores" in text_of(
        open_page("distribution", **link, **wave, **plan)
    )
    assert not open_page("meeting", **link, **wave, **plan).exception


def test_a_numbers_view_without_dates_and_columns_says_so():
    link, _ = links(share(open_page("score", ("f.csv", b"nps\n" + b"9\n3\n" * 20))))
    assert "shared from a file without dates and waves" in text_of(open_page("trend", **link))
    assert "shared without a column that splits" in text_of(open_page("segments", **link))


@pytest.mark.parametrize("carries", ["numbers", "comments"])
@pytest.mark.parametrize("page", ["share", "manage"])
def test_a_visitor_by_link_shares_nothing_further(page, carries):
    link, manage = links(share(open_page("score", **SAMPLE), carries))
    app = open_page(page, **link, **manage)
    assert "not part of a shared view" in text_of(app)
    assert not [button for button in app.button if button.label in ("Make the link", "Revoke it now")]


def test_a_passcode_is_asked_for_and_a_wrong_one_told():
    link, manage = links(share(open_page("score", **SAMPLE), passcode="larch in autumn"))
    app = open_page("score", **link)
    assert "asks for a passcode" in text_of(app)
    for typed, opens in (("wrong one", False), ("larch in autumn", True)):
        app.text_input[0].set_value(typed)
        press(app, "Open")
        assert ("+34.2" in text_of(app)) == opens
    assert "Passcode: there is one" in [radio.label for radio in open_page("manage", **manage).radio]


def test_a_passcode_too_short_is_refused_and_nothing_is_kept():
    app = share(open_page("score", **SAMPLE), passcode="abc")
    assert "at least 6 characters" in text_of(app)
    assert "None yet." in text_of(app)


def test_what_a_filter_leaves_too_little_of_is_not_shared():
    rows = b"".join(b"%d,%s\n" % (10 - i % 4, b"rare" if i < 3 else b"usual") for i in range(60))
    app = open_page("share", ("f.csv", b"nps,kind\n" + rows), **{"f.kind": "rare"})
    app.radio[1].set_value(app.radio[1].options[1]).run()
    assert not app.exception
    assert "too few answers" in text_of(app)
    assert "Make the link" not in [button.label for button in app.button]


def test_revoked_unknown_and_expired_look_the_same(monkeypatch):
    link, manage = links(share(open_page("score", **SAMPLE)))
    expired, _ = links(share(open_page("score", **SAMPLE)))
    press(open_page("manage", **manage), "Revoke it now")
    seen = {text_of(open_page("score", **link)), text_of(open_page("score", view="x")), text_of(open_page("manage", key="x"))}
    later = house.now() + timedelta(days=31)
    monkeypatch.setattr(house, "now", lambda: later)
    seen.add(text_of(open_page("score", **expired)))
    first_lines = {tuple(line for line in text.splitlines() if not line.startswith(FRAME)) for text in seen}
    assert len(first_lines) == 1


def test_a_view_closes_for_whoever_has_it_open(monkeypatch):
    link, manage = links(share(open_page("score", **SAMPLE)))
    app = open_page("score", **link)
    press(open_page("manage", **manage), "Revoke it now")
    app.run()
    assert "not available" in text_of(app)
    assert "+34.2" not in text_of(app)


def test_wrong_passcodes_of_others_close_it_for_nobody_who_has_it_open(monkeypatch):
    link, _ = links(share(open_page("score", **SAMPLE), passcode="larch in autumn"))
    app, again = open_page("score", **link), open_page("score", **link)
    app.text_input[0].set_value("larch in autumn")
    press(app, "Open")
    for _ in range(10):
        with pytest.raises(WrongPasscode):
            open_shared(house.store(), link["view"][0], house.now(), "wrong one")
    assert "+34.2" in text_of(app.run())
    # A second window of that browser, too; another browser sees the calm page.
    again.text_input[0].set_value("larch in autumn")
    assert "+34.2" in text_of(press(again, "Open"))
    monkeypatch.setattr(hosted, "this_browser", lambda: "b" * 32)
    assert "not available" in text_of(open_page("score", **link))


def test_other_terms_hold_at_once():
    link, manage = links(share(open_page("score", **SAMPLE)))
    app = open_page("score", **link)
    assert app.get("download_button")
    owner = open_page("manage", **manage)
    next(box for box in owner.checkbox if "download" in box.label).set_value(False)
    owner.text_input[0].set_value("A new title")
    press(owner, "Change the terms")
    assert "The terms are changed" in owner.success[0].value
    app.run()
    assert not app.get("download_button")
    assert "A new title" in text_of(app)


def test_a_quota_is_told(monkeypatch):
    monkeypatch.setenv("NPS_BROWSER_MAX_VIEWS", "1")
    house.settings.cache_clear()
    app = share(open_page("score", **SAMPLE))
    press(app, "Make the link")
    assert "There is no room for another view" in text_of(app)


def test_a_store_that_is_away_is_told_and_the_rest_works(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("NPS_STORE_URL", f"sqlite:///{tmp_path}/file/store.sqlite3")
    house.settings.cache_clear()
    assert "cannot be reached at the moment" in text_of(open_page("share", **SAMPLE))
    assert "cannot be reached at the moment" in text_of(open_page("score", view="x" * 32))
    assert "+34.2" in text_of(open_page("score", **SAMPLE))


@pytest.mark.parametrize("text", ["'; DROP TABLE view; --", '" OR ""="', "\\'; SELECT 1", "%' --", "=1+1", "<script>x</script>"])
def test_statements_in_any_field_are_text(text):
    app = share(open_page("score", **SAMPLE), title=text, passcode=text + " long enough")
    link, manage = links(app)
    assert text in open_page("manage", **manage).text_input[0].value
    seen = open_page("score", **link)
    seen.text_input[0].set_value(text)
    press(seen, "Open")
    seen.text_input[0].set_value(text + " long enough")
    press(seen, "Open")
    assert "+34.2" in text_of(seen)


def test_the_floor_of_a_view_holds_against_the_address():
    link, _ = links(share(open_page("score", ("f.csv", COMMENTED)), "comments"))
    seen = open_page("score", **link, floor="1")
    assert not seen.exception
    assert next(box for box in seen.number_input if "Hide groups" in box.label).min == 5


def test_without_a_cookie_nothing_is_shared(monkeypatch):
    monkeypatch.setattr(account, "this_browser", lambda: "")
    app = share(open_page("score", **SAMPLE))
    assert "keeps no cookies" in text_of(app)


def test_sums_that_a_view_does_not_carry_are_told():
    # Of 60 answers 4 are rare: their group is not in the view, and neither is what would leave them over.
    rows = b"".join(
        b"%d,%s,%s\n" % (10 - i % 4, b"rare" if i < 4 else b"ab"[i % 2 : i % 2 + 1] * 3, b"cd"[i % 2 : i % 2 + 1])
        for i in range(60)
    )
    link, _ = links(share(open_page("score", ("f.csv", b"nps,kind,side\n" + rows))))
    seen = open_page("score", **link, **{"f.kind": ["aaa", "bbb"], "f.side": "c"})
    assert not seen.exception
    assert "rare" not in text_of(seen)
    options = next(box for box in seen.multiselect if box.key == "f.kind").options
    assert "rare" not in options
