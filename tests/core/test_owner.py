"""The owner's list, views of a domain, and looking again: what a browser, an account and an open view may know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nps_core.errors import NotAvailable, SignInNeeded
from nps_core.hosted import change, open_shared, owned, owner_digest, revoke, revoke_owned, share, unchanged
from tests.core.test_sharing import NOW, SETTINGS, TERMS, answers, survey  # noqa: F401  (fixtures)

MINE, THEIRS = "a" * 32, "b" * 32


def shared(store, payload, identity=MINE, browser=MINE, **terms):
    return share(store, payload, replace(TERMS, **terms), owner_digest(identity), SETTINGS, NOW, browser=browser)


def test_a_browser_finds_its_views_with_their_titles_and_manage_links(store, answers):  # noqa: F811
    links = shared(store, answers, title="Mine")
    (found,) = owned(store, owner_digest(MINE), MINE, NOW)
    assert (found.terms.title, found.manage) == ("Mine", links.manage)
    assert owned(store, owner_digest(THEIRS), THEIRS, NOW) == ()
    assert links.manage not in repr(found)


def test_an_account_finds_its_views_anywhere_and_their_secrets_nowhere_else(store, answers):  # noqa: F811
    shared(store, answers, identity="account jane@example.com")
    for browser in (THEIRS, ""):
        (found,) = owned(store, owner_digest("account jane@example.com"), browser, NOW)
        assert (found.terms, found.manage) == (None, "")


def test_an_owner_revokes_from_the_list_and_nobody_else_does(store, answers):  # noqa: F811
    links = shared(store, answers)
    (found,) = owned(store, owner_digest(MINE), MINE, NOW)
    with pytest.raises(NotAvailable):
        revoke_owned(store, owner_digest(THEIRS), found.facts.id, NOW)
    assert open_shared(store, links.link, NOW)
    revoke_owned(store, owner_digest(MINE), found.facts.id, NOW)
    with pytest.raises(NotAvailable):
        open_shared(store, links.link, NOW)
    (found,) = owned(store, owner_digest(MINE), MINE, NOW)
    assert (found.facts.revoked, found.terms, found.manage) == (NOW, None, "")


def test_an_open_view_notices_other_terms_revoking_and_its_end(store, answers):  # noqa: F811
    links = shared(store, answers)
    opened = open_shared(store, links.link, NOW)
    assert unchanged(store, links.link, opened.stamp, NOW)
    assert not unchanged(store, links.link, opened.stamp, NOW + timedelta(days=30))
    change(store, links.manage, replace(opened.terms, title="Another"), NOW)
    assert not unchanged(store, links.link, opened.stamp, NOW)
    again = open_shared(store, links.link, NOW)
    assert unchanged(store, links.link, again.stamp, NOW)
    revoke(store, links.manage, NOW)
    assert not unchanged(store, links.link, again.stamp, NOW)
    # Looking again counts as no opening.
    assert owned(store, owner_digest(MINE), MINE, NOW)[0].facts.opens == 2


def test_a_view_of_a_domain_opens_for_its_people_alone(store, answers):  # noqa: F811
    links = shared(store, answers, domains=("example.com",))
    assert open_shared(store, links.link, NOW, email="Jane@Example.COM").terms.domains == ("example.com",)
    with pytest.raises(SignInNeeded):
        open_shared(store, links.link, NOW)
    for other in ("eve@elsewhere.org", "jane@sub.example.com", "jane@example.com.evil.org", "example.com", "@example.com"):
        with pytest.raises(NotAvailable):
            open_shared(store, links.link, NOW, email=other)
    assert owned(store, owner_digest(MINE), MINE, NOW)[0].facts.opens == 1
