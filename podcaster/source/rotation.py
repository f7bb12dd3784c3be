"""Rotation through the sitemaps of an index: new ones first, and in the end all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from podcaster.source.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapTurn:
    """A sitemap whose turn it is."""

    address: str
    round: int
    """Rounds in which all of its index was read: the round of an index below it."""
    first: bool
    """Whether it was never read before."""


_CHANGED_SHARE = 0.4
"""Share of a budget that sitemaps that changed may take from those whose turn it is."""


def turns(listing: Listing, *, since: datetime | None, round_: int, budget: int) -> Iterator[SitemapTurn]:
    """At most `budget` sitemaps: the newest that changed since the last time, then the others in turn.

    Args:
        listing: An index; every other listing has no sitemaps.
        since: When it was read last; None: never.
        round_: How often it was read before.
        budget: The most that are read.
    """
    children = listing.children
    if not children:
        return
    slots = _slots(listing, budget)
    moments = listing.child_moments
    changed = [each for each in children if since and (moment := moments.get(each)) and moment >= since]
    changed = changed[: budget - slots]
    order = _order(listing) if since else children
    start = round_ * slots % len(order)
    in_turn = [order[(start + step) % len(order)] for step in range(min(budget, len(order)))]
    whole = -(-len(order) // slots)
    covered = round_ * slots
    for address in [*changed, *(each for each in in_turn if each not in changed)][:budget]:
        yield SitemapTurn(address=address, round=round_ // whole, first=covered <= order.index(address))


def is_covered(listing: Listing, *, round_: int, budget: int) -> bool:
    """Whether every sitemap of an index has had its turn once a round is over."""
    return (round_ + 1) * _slots(listing, budget) >= len(listing.children)


def _slots(listing: Listing, budget: int) -> int:
    """Sitemaps that are read in turn each time, whatever has changed."""
    dated = any(listing.child_moments.values())
    return max(1, budget - int(budget * _CHANGED_SHARE)) if dated else budget


def _order(listing: Listing) -> Sequence[str]:
    """The order in which an index lists its sitemaps: dates change, and with them which is the newest."""
    return list(listing.child_moments) or listing.children
