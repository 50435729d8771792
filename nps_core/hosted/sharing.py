"""Share, open, manage: a payload and its terms become a sealed view in the store, and a link becomes a payload again.

To whoever does not hold a link that works, every reason is the same: `NotAvailable`, in the same words, after the same work.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from nps_core import sealing
from nps_core.errors import NotAvailable, PasscodeNeeded, SealBroken, SignInNeeded, UnknownValue, WrongPasscode
from nps_core.hosted import terms as wording_of
from nps_core.hosted.held import Held
from nps_core.hosted.known import Known
from nps_core.hosted.numbers import Numbers
from nps_core.hosted.payload import Payload, decode, encode
from nps_core.hosted.terms import Terms, checked
from nps_core.settings import MEGABYTE, Settings
from nps_core.store import Facts, Kept, Limits, NewView, Store

DATA, TERMS, LINK, MANAGE, COPY, OWNER = "data", "terms", "link", "manage", "link copy", "owner"  # what each seal is bound to
SHORTEST_PASSCODE = 6
LONGEST_TOKEN = 64  # what is longer is no token of ours; nobody computes on megabytes of address


@dataclass(frozen=True)
class Links:
    """The two secrets of a new view. They are nowhere else: the store has their digests only."""

    link: str = field(repr=False)
    manage: str = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """What a link opens. `stamp` changes with the terms and the passcode."""

    terms: Terms
    payload: Payload
    expires: datetime
    stamp: bytes = b""


@dataclass(frozen=True)
class Managed:
    """What a manage link opens: the facts, and unless the view was revoked its terms, its link, and whether it has a passcode."""

    facts: Facts
    terms: Terms | None = None
    link: str = field(default="", repr=False)
    passcode: bool = False


@dataclass(frozen=True)
class Owned:
    """A view in its owner's list: the facts, and in the browser that made it also its terms and the manage link's token."""

    facts: Facts
    terms: Terms | None = None
    manage: str = field(default="", repr=False)


def limits(settings: Settings) -> Limits:
    """The operator's quotas as the store counts them."""
    return Limits(
        view_bytes=settings.view_max_mb * MEGABYTE,
        store_views=settings.store_max_views,
        store_bytes=settings.store_max_mb * MEGABYTE,
        owner_views=settings.browser_max_views,
        owner_bytes=settings.browser_max_mb * MEGABYTE,
    )


def owner_digest(identity: str) -> bytes:
    """What is stored of a browser's cookie or of an account."""
    return sealing.digest(identity, "owner")


def share(
    store: Store,
    payload: Payload,
    terms: Terms,
    owner: bytes,
    settings: Settings,
    now: datetime,
    passcode: str = "",
    browser: str = "",
) -> Links:
    """Keep a view and return its links. When this returns the view is there for good; when it raises there is none.

    `browser` is the secret of the browser that shares, which finds the manage link again in its own list.
    Raises UnknownValue (terms or passcode), QuotaReached, StoreUnavailable.
    """
    kind = "numbers" if isinstance(payload, Numbers) else "comments"
    terms = checked(replace(terms, kind=kind, floor=payload.floor), settings.longest_expiry_days)
    links, view, key = Links(sealing.new_token(), sealing.new_token()), sealing.new_id(), sealing.new_key()
    new = NewView(
        id=view,
        link_digest=sealing.digest(links.link, LINK),
        manage_digest=sealing.digest(links.manage, MANAGE),
        owner=owner,
        link_lock=sealing.lock(key, links.link, view, LINK, _passcode(passcode)),
        manage_lock=sealing.lock(key, links.manage, view, MANAGE),
        link_copy=sealing.seal(key, links.link.encode(), view, COPY),
        terms=sealing.seal(key, wording_of.to_bytes(terms), view, TERMS),
        data=sealing.seal(key, encode(payload), view, DATA),
        expires=now + timedelta(days=terms.days),
        owner_copy=sealing.seal(_browser_key(browser), links.manage.encode(), view, OWNER) if browser else b"",
    )
    store.create(new, limits(settings), now)
    return links


def open_shared(
    store: Store,
    link: str,
    now: datetime,
    passcode: str = "",
    email: str = "",
    held: Held | None = None,
    known: Known | None = None,
    browser: str = "",
) -> Opened:
    """What a link opens. `email` is the signed-in reader's, as the provider vouches for it; `held` is what others have open.

    `known` are the browsers that gave right passcodes, `browser` is the secret of the one that asks.
    Raises NotAvailable (unknown, expired, revoked, locked, of another domain), PasscodeNeeded, WrongPasscode, SignInNeeded,
    StoreUnavailable, and SealBroken where what is stored was changed.
    """
    link = link[:LONGEST_TOKEN]
    held, known, name = held or Held(), known or Known(), sealing.digest(link, LINK)
    found = store.open_view(name, now, locked_too=True)
    if found is None:
        held.drop(name)
    # Who gave this very passcode before is not counted while strangers are shut out, and lets none of them in again.
    spared = found is not None and found.facts.locked(now) and known.knows(browser, name, found.link_lock)
    kept = found if found and (spared or not found.facts.locked(now)) else None
    try:
        key = _key(store, kept, link, sealing.tidy(passcode), now, counted=not spared)
    except WrongPasscode:
        if found:
            known.forget(browser, name, found.link_lock)
        raise
    if kept is None:
        raise NotAvailable
    if sealing.asks_passcode(kept.link_lock):
        known.remember(browser, name, kept.link_lock)
    terms = wording_of.from_bytes(sealing.unseal(key, kept.terms, kept.facts.id, TERMS))
    _check_domain(terms, email)
    data = store.opened(kept.facts.id, now, tried=not spared)
    if data is None:
        raise NotAvailable
    payload = held.payload(name, key + data, lambda: decode(sealing.unseal(key, data, kept.facts.id, DATA)))
    return Opened(terms, payload, kept.facts.expires, _stamp(kept))


def unchanged(store: Store, link: str, stamp: bytes, now: datetime) -> bool:
    """Whether a view that was opened is still there, on the same terms; others' wrong passcodes do not close it.

    Raises StoreUnavailable.
    """
    kept = store.open_view(sealing.digest(link[:LONGEST_TOKEN], LINK), now, locked_too=True)
    return kept is not None and _stamp(kept) == stamp


def let_go(store: Store, held: Held, now: datetime) -> None:
    """Forget what readers have open of views that have run out or were revoked. Raises StoreUnavailable."""
    for name in held.names():
        if store.open_view(name, now, locked_too=True) is None:
            held.drop(name)


def _stamp(kept: Kept) -> bytes:
    return sha256(b"|".join((kept.terms, kept.link_lock, kept.facts.expires.isoformat().encode()))).digest()


def domain_of(email: str) -> str:
    """The domain of an address, '' where it is none.

    >>> domain_of("Jane@Example.COM"), domain_of("nobody")
    ('example.com', '')
    """
    name, at, domain = email.strip().rpartition("@")
    return domain.lower() if name and at else ""


def _check_domain(terms: Terms, email: str) -> None:
    if terms.domains and not email:
        raise SignInNeeded("a signed-in reader", "nobody signed in", "Sign in, and open the link again.")
    if terms.domains and domain_of(email) not in terms.domains:
        raise NotAvailable


def _key(store: Store, kept: Kept | None, link: str, passcode: str, now: datetime, counted: bool) -> bytes:
    """The key of a view. For a view that is not there the same is done, in vain, on a lock that nothing opens."""
    lock = kept.link_lock if kept else sealing.decoy()
    view = kept.facts.id if kept else sealing.new_id()
    asks = sealing.asks_passcode(lock)
    if asks and not passcode:
        raise PasscodeNeeded("a passcode with this link", "none yet", "Enter the passcode that came with the link.")
    allowed = store.count_try(view, now) if counted and passcode and (asks or kept is None) else True
    try:
        key = sealing.unlock(lock, link, view, LINK, passcode)
    except SealBroken:
        if kept is None or not allowed:
            raise NotAvailable from None
        if not asks:
            raise
        raise WrongPasscode("the passcode that came with the link", "another one", "Check it and try again.") from None
    if not allowed:
        raise NotAvailable
    return key


def manage(store: Store, token: str, now: datetime) -> Managed:
    """What a manage link opens. Raises NotAvailable where it is unknown or the view's time is over; StoreUnavailable."""
    kept, key = _managed(store, token, now)
    if not key:
        return Managed(kept.facts)
    link = sealing.unseal(key, kept.link_copy, kept.facts.id, COPY).decode()
    terms = wording_of.from_bytes(sealing.unseal(key, kept.terms, kept.facts.id, TERMS))
    return Managed(kept.facts, terms, link, sealing.asks_passcode(kept.link_lock))


def _managed(store: Store, token: str, now: datetime) -> tuple[Kept, bytes]:
    """The view behind a manage link and its key, b'' once it is revoked."""
    token = token[:LONGEST_TOKEN]
    kept = store.open_for_managing(sealing.digest(token, MANAGE), now)
    if kept is None:
        raise NotAvailable
    return kept, b"" if kept.facts.revoked else sealing.unlock(kept.manage_lock, token, kept.facts.id, MANAGE)


def change(store: Store, token: str, terms: Terms, now: datetime, passcode: str | None = None) -> None:
    """Put other terms in place; kind, floor and lifetime stay.

    A passcode replaces the one before, '' takes it away, None leaves it.
    Raises NotAvailable, UnknownValue, StoreUnavailable.
    """
    kept, key = _managed(store, token, now)
    if not key:
        raise NotAvailable
    view = kept.facts.id
    before = wording_of.from_bytes(sealing.unseal(key, kept.terms, view, TERMS))
    after = checked(replace(terms, kind=before.kind, floor=before.floor, days=before.days))
    lock = kept.link_lock
    if passcode is not None:
        link = sealing.unseal(key, kept.link_copy, view, COPY).decode()
        lock = sealing.lock(key, link, view, LINK, _passcode(passcode))
    sealed = sealing.seal(key, wording_of.to_bytes(after), view, TERMS)
    if not store.change_terms(sealing.digest(token[:LONGEST_TOKEN], MANAGE), sealed, lock, now):
        raise NotAvailable


def extend(store: Store, token: str, days: int, settings: Settings, now: datetime) -> datetime:
    """Let a view live so many days from now; when that is. Raises UnknownValue, NotAvailable, StoreUnavailable."""
    if days not in settings.expiries:
        allowed = ", ".join(map(str, settings.expiries))
        raise UnknownValue(f"an expiry of {allowed} days", f"{days}", "Choose one of these.")
    expires = now + timedelta(days=days)
    if not store.extend(sealing.digest(token[:LONGEST_TOKEN], MANAGE), expires, now):
        raise NotAvailable
    return expires


def revoke(store: Store, token: str, now: datetime) -> None:
    """Close a view for good and delete what it held. Raises NotAvailable, StoreUnavailable."""
    if not store.revoke(sealing.digest(token[:LONGEST_TOKEN], MANAGE), now):
        raise NotAvailable


def owned(store: Store, owner: bytes, browser: str, now: datetime) -> tuple[Owned, ...]:
    """The views of an owner, the newest first; those made in this browser with their terms and manage link."""
    return tuple(_owned(store, kept, browser, now) for kept in store.owned(owner, now))


def _owned(store: Store, kept: Kept, browser: str, now: datetime) -> Owned:
    if not (browser and kept.owner_copy):
        return Owned(kept.facts)
    try:
        token = sealing.unseal(_browser_key(browser), kept.owner_copy, kept.facts.id, OWNER).decode()
        return Owned(kept.facts, manage(store, token, now).terms, token)
    except (SealBroken, NotAvailable):  # shared by the same account in another browser, or gone in the meantime
        return Owned(kept.facts)


def revoke_owned(store: Store, owner: bytes, view_id: bytes, now: datetime) -> None:
    """As `revoke`, of a view in an owner's own list."""
    if not store.revoke_owned(owner, view_id, now):
        raise NotAvailable


def _browser_key(browser: str) -> bytes:
    return sealing.digest(browser, "owner key")


def _passcode(text: str) -> str:
    tidy = sealing.tidy(text)
    if text and len(tidy) < SHORTEST_PASSCODE:
        raise UnknownValue(
            f"a passcode of at least {SHORTEST_PASSCODE} characters", f"{len(tidy)}", "Choose a longer one, or none."
        )
    return tidy
