"""Hosted views in a real browser: shared by one, opened by another, after a restart, on another server; and by nobody else."""

import re
import signal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shared import Shared, alike, go, share, told
from tests.browser.test_journey import FILE
from tests.browser.visit import Server, Visitors, pick, serving, settled, upload

SAMPLE = "/?sample=software"
SAME = ("Score", "Distribution", "Benchmarks")  # pages that say the same in a view with numbers only; three more have tests below
ALL = (*SAME, "Trend", "Segments", "Passives", "Words", "Comments", "Codebook")  # and Meeting, where slides have tests below


def filtered(visitors: Visitors, page: str = "Score") -> Page:
    page = pick(go(visitors.open(SAMPLE), page), "region", "APAC")
    expect(page).to_have_url(re.compile("f.region=APAC"))
    return page


def calm(page: Page) -> str:
    expect(page.get_by_role("heading", name="This view is not available")).to_be_visible()
    return re.sub(r"\s+", " ", told(page).split("NPS Explorer ·")[0]).strip()


@pytest.mark.parametrize("carries", ["Numbers only", "Numbers and comments"])
def test_the_same_page_filters_and_numbers_in_another_browser(visitors: Visitors, carries: str):
    page = filtered(visitors)
    links = share(page, carries, "Score", title="First quarter")
    other = visitors.open(links.link)
    assert parse_qs(urlsplit(other.url).query)["f.region"] == ["APAC"]
    expect(other.get_by_role("heading", name="Score", level=1)).to_be_visible()
    expect(other.get_by_test_id("stSidebar").get_by_text("First quarter")).to_be_visible()
    for title in SAME if carries == "Numbers only" else ALL:
        lines = alike(go(page, title), go(other, title))
        assert sum(bool(re.search(r"\d", line)) for line in lines) > 3, title  # figures are there


@pytest.mark.parametrize("carries", ["Numbers only", "Numbers and comments"])
def test_the_slides_are_the_same_in_another_browser(visitors: Visitors, carries: str):
    page = filtered(visitors)
    other = visitors.open(share(page, carries, "Score", title="First quarter").link)
    shown = set[str]()
    for each in (page, other):
        go(each, "Meeting")
    lines = alike(page, other)
    for each in (page, other):
        each.get_by_role("button", name="Start the presentation").click()
    many = sum(bool(re.match(r"\d\. ", line)) for line in lines)
    assert many == 6
    for place in range(1, many + 1):
        for each in (page, other):
            expect(each.get_by_text(f"{place} of {many}", exact=True)).to_be_visible()
        # Beneath a slide stands its source: the file, or the title of the view, of which days nothing is known.
        source = lambda line: "n = 199 · " in line  # noqa: E731
        shown |= set(alike(page, other, source, source))
        for each in (page, other):
            if place < many:
                each.keyboard.press("ArrowRight")
    assert len([line for line in shown if source(line)]) == 1


def test_passives_say_the_same_in_numbers_alone(visitors: Visitors):
    page = filtered(visitors, "Passives")
    other = visitors.open(share(page, opens_on="Passives").link)
    # All that is missing are words people wrote, and the ways to them.
    instead = "This view carries numbers only: the comments behind them, and what is asked for by name, are not in it."
    fewer = lambda line: "“" in line or "in their words" in line or not re.search(r"\d", line)  # noqa: E731
    assert instead in alike(go(page, "Passives"), other, fewer, instead.__eq__)


def test_trend_and_segments_say_the_same_in_numbers_alone(visitors: Visitors):
    page = filtered(visitors)
    other = visitors.open(share(page, opens_on="Trend").link)
    expect(other.get_by_role("heading", name="Trend", level=1)).to_be_visible()
    for title, differs in (("Trend", ()), ("Segments", ("comparisons over", "(plan)"))):
        # A search is over the columns that the view carries, so it counts others; nothing else differs.
        others = lambda line, parts=differs: any(part in line for part in parts)  # noqa: E731
        more = lambda line, parts=("this view", "numbers only", *differs): any(p in line.lower() for p in parts)  # noqa: E731
        alike(go(page, title), go(other, title), others, more)


def test_a_page_keeps_what_was_chosen_on_it(visitors: Visitors):
    page = go(visitors.open(SAMPLE), "Distribution")
    pick(page, "Compare groups of", "plan")
    own = told(page)
    other = visitors.open(share(page).link)
    assert parse_qs(urlsplit(other.url).query)["by"] == ["plan"]
    assert told(other) == own


def test_a_link_without_its_page_leads_there(visitors: Visitors):
    links = share(filtered(visitors, "Distribution"))
    token = parse_qs(urlsplit(links.link).query)["view"][0]
    other = visitors.open(f"/?view={token}")
    expect(other.get_by_role("heading", name="Distribution", level=1)).to_be_visible()
    assert parse_qs(urlsplit(other.url).query)["f.region"] == ["APAC"]


def test_the_view_is_there_after_the_server_was_killed_and_on_a_second_one(visitors: Visitors, tmp_path):
    store = {"NPS_STORE_URL": f"sqlite:///{tmp_path}/store.sqlite3"}
    with serving(tmp_path / "first.txt", **store) as first:
        page = upload(visitors.open("/", server=first), "survey.csv", FILE)
        pick(go(page, "Score"), "region", "EU")
        own, links = told(page), share(page, "Numbers and comments", "Score")
        with serving(tmp_path / "second.txt", **store) as second:
            assert told(visitors.open(links.link, server=second)) == own
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    visitors.leave()
    with serving(tmp_path / "again.txt", **store) as again:
        other = visitors.open(links.link, server=again)
        assert told(other) == own
        assert "30 answers" in own
        # Manage works there too, and what the server says of it holds no content.
        assert "Manage a shared view" in told(visitors.open(links.manage, server=again))
        secret = parse_qs(urlsplit(links.link).query)["view"][0]
        assert '"event": "opened"' in again.log
        assert secret not in again.log
        assert "region" not in again.log


def test_a_passcode_opens_and_nothing_else_does(visitors: Visitors):
    links = share(filtered(visitors), passcode="larch in autumn")
    other = visitors.open(links.link)
    expect(other.get_by_role("heading", name="This view asks for a passcode")).to_be_visible()
    assert "NPS of" not in told(other)
    for typed in ("wrong one", "larch in autumn"):
        other.get_by_label("Passcode", exact=True).fill(typed)
        other.get_by_role("button", name="Open", exact=True).click()
        settled(other)
        if typed == "wrong one":
            expect(other.get_by_text("That passcode does not open this view")).to_be_visible()
    expect(other.get_by_role("heading", name="Score", level=1)).to_be_visible()
    assert "larch" not in other.url + other.content()


def test_ten_wrong_passcodes_and_unknown_and_revoked_look_the_same(visitors: Visitors, browser):
    links, gone = share(filtered(visitors), passcode="larch in autumn"), share(filtered(visitors))
    owner = visitors.open(gone.manage)
    owner.get_by_role("button", name="Revoke").first.click()
    owner.get_by_role("button", name="Revoke it now").click()
    expect(owner.get_by_text("The view is revoked.")).to_be_visible()
    other = visitors.open(links.link)
    for i in range(11):
        if other.get_by_label("Passcode", exact=True).count():
            other.get_by_label("Passcode", exact=True).fill(f"guess number {i}")
            other.get_by_role("button", name="Open", exact=True).click()
            settled(other)
    seen = {calm(other), calm(visitors.open(links.link)), calm(visitors.open(gone.link))}
    seen |= {calm(visitors.open(f"/score?view={odd}")) for odd in ("A" * 32, "x", "A" * 4000, "%00", "' OR 1=1 --")}
    seen.add(calm(visitors.open("/?view=" + "B" * 32)))
    seen.add(calm(visitors.open("/manage?key=" + "B" * 32)))
    assert seen == {"This view is not available Ask the person who sent you the link for a new one, or try again later."}


def test_revoking_closes_it_for_whoever_has_it_open(visitors: Visitors):
    page = filtered(visitors)
    links = share(page)
    other = visitors.open(links.link)
    page.get_by_role("button", name="Revoke").first.click()
    page.get_by_role("button", name="Revoke it now").click()
    expect(page.get_by_text("The view is revoked.")).to_be_visible()
    other.get_by_role("link", name="Distribution", exact=True).first.click()
    settled(other)
    calm(other)
    assert "APAC" not in other.get_by_test_id("stApp").inner_text()


def test_an_owner_sees_changes_and_extends(visitors: Visitors):
    links = share(filtered(visitors), title="Before")
    visitors.open(links.link)
    owner = visitors.open(links.manage)
    assert "Before" in told(owner)
    owner.get_by_label("Title", exact=True).fill("After <b>x</b>")
    owner.get_by_role("button", name="Change the terms").click()
    expect(owner.get_by_text("The terms are changed")).to_be_visible()
    owner.get_by_role("button", name="Extend").click()
    expect(owner.get_by_text("It lives longer now.")).to_be_visible()
    expect(visitors.open(links.link).get_by_test_id("stSidebar").get_by_text("After <b>x</b>")).to_be_visible()


def test_the_owners_list_opens_in_this_browser_alone(visitors: Visitors):
    page = filtered(visitors)
    share(page, title="Mine alone")
    page.reload()
    assert "Mine alone" in told(page)
    other = go(visitors.open(SAMPLE), "Share")
    assert "Mine alone" not in told(other)
    assert "None yet." in told(other)


def test_fixed_filters_and_no_downloads(visitors: Visitors):
    page = filtered(visitors)
    own = told(page)
    links = share(page, "Numbers and comments", "Score", fixed=True, downloads=False)
    other = visitors.open(links.link)
    assert told(other) == own
    expect(other.get_by_text("The filters of this view are fixed: region: APAC.")).to_be_visible()
    assert other.get_by_role("combobox", name="region").count() == 0
    other.get_by_text("The same as a table").first.click()
    # A picture can be taken by anybody who sees it, and holds what it shows; tables cannot.
    assert other.get_by_role("button", name=re.compile("^Download (?!as PNG)")).count() == 0
    # Another filter in the address changes nothing, and is said to be unknown: no other answer is in the view.
    elsewhere = told(visitors.open(links.link.replace("APAC", "EMEA")))
    assert elsewhere.endswith(own)
    assert "which this survey lacks" in elsewhere


def test_a_changed_codebook_goes_with_the_comments(visitors: Visitors):
    page = go(visitors.open(SAMPLE), "Codebook")
    page.get_by_role("textbox", name="Name of this codebook").fill("Our own words")
    page.keyboard.press("Enter")
    settled(page)
    other = visitors.open(share(page, "Numbers and comments", "Passives").link)
    other.get_by_text("How this was computed").click()
    expect(other.get_by_text("Our own words").first).to_be_visible()


def test_numbers_alone_give_no_comment_by_any_address(visitors: Visitors):
    links = share(filtered(visitors, "Passives"))
    query = urlsplit(links.link).query
    for address in ("/comments?find=support", "/words?group=promoter", "/passives?behind=Value for money", "/codebook?x=1"):
        other = visitors.open(f"{address}&{query}")
        seen = other.content()
        assert "takes too long" not in seen
        assert "“" not in told(other)


def test_embedded_it_shows_the_page_and_no_way_to_share(visitors: Visitors, server: Server):
    links = share(filtered(visitors))
    assert links.snippet.startswith("<iframe src=")
    assert 'referrerpolicy="no-referrer"' in links.snippet
    assert 'allow="fullscreen"' in links.snippet  # whoever presents from the frame may fill the screen
    other = visitors.open(links.link + "&embed=true")
    assert "Net Promoter Score" in told(other)
    assert other.get_by_role("link", name="Share", exact=True).count() == 0
    page = visitors.open(links.manage + "&embed=true")
    expect(page.get_by_text("This page cannot be used from within another site")).to_be_visible()


def test_foreign_markup_in_title_and_note_stays_text(visitors: Visitors):
    nasty = "<img src=x onerror=\"document.title='ran'\"> ![p](http://127.0.0.1:9/p.png) **b** $x$ ' OR 1=1 --"
    links: Shared = share(filtered(visitors), title=nasty, note=nasty)
    for page in (visitors.open(links.link), visitors.open(links.manage)):
        assert page.title() != "ran"
        assert page.locator("[data-testid=stApp] img[src^=http]").count() == 0
        assert "<img src=x" in page.locator("body").inner_text() or page.get_by_label("Title", exact=True).count()


def test_axe_finds_nothing_on_what_sharing_brought(visitors: Visitors, theme: str):
    from axe_playwright_python.sync_playwright import Axe

    page = visitors.open(SAMPLE, theme=theme)
    links, locked = share(page, title="First quarter", note="Look at the passives"), share(page, passcode="larch in autumn")
    others = [visitors.open(path, theme=theme) for path in (links.link, links.manage, locked.link, "/?view=x", "/?copy=x")]
    for each in (page, *others):
        found = Axe().run(each).response["violations"]
        ours = {v["id"]: [n["html"][:200] for n in v["nodes"]] for v in found if v["id"] != "presentation-role-conflict"}
        assert not ours, each.url
