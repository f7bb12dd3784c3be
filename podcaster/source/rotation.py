"""Which sitemaps of an index are read this time, so that what is new comes first and in the end everything is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from podcaster.source.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A sitemap whose turn it is."""

    address: str
    round: int
    """How often all of its index were read before: the round of an index below it."""
    first: bool
    """Whether it was never read before."""


def turns(listing: Listing, *, since: datetime | None, round_: int, budget: int) -> Iterator[Turn]:
    """At most `budget` sitemaps: those that changed since the last time, the newest first, then the others in turn.

    Args:
        listing: An index; every other listing has no sitemaps.
        since: When it was read last; None: never.
        round_: How often it was read before.
        budget: The most that are read.
    """
    children = listing.children
    if not children:
        return
    whole = -(-len(children) // budget)
    moments = listing.child_moments
    changed = [each for each in children if since and (moment := moments.get(each)) and moment >= since][: budget - 1]
    start = round_ * budget % len(children)
    in_turn = [children[(start + step) % len(children)] for step in range(min(budget, len(children)))]
    covered = round_ * budget
    for address in [*changed, *(each for each in in_turn if each not in changed)][: max(budget, len(changed))]:
        yield Turn(address=address, round=round_ // whole, first=covered <= children.index(address))
