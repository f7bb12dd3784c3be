"""Entries of a listing against the items that are known of its source."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from podcaster.source.entries import Entry
from podcaster.source.listing import Listing
from podcaster.source.watched import SourceItem, WatchedSource


def noted(
    source: WatchedSource,
    listing: Listing,
    items: Mapping[str, SourceItem],
    *,
    complete: bool,
    now: datetime,
    unseen: AbstractSet[str] = frozenset(),
) -> dict[str, SourceItem]:
    """The items that the listing changes.

    Args:
        source: Whose they are.
        listing: What it lists.
        items: What is known of it.
        complete: Whether what it does not name is not there any more.
        now: When it was read.
        unseen: Keys from parts that are read for the first time: what they hold may be years old.
    """
    changed: dict[str, SourceItem] = {}
    listed: set[str] = set()
    place = sum(not each.skipped for each in items.values()) if source.polled is not None else 0
    for entry in (_known_by_address(each, items) for each in listing.entries):
        if entry.key in listed or not entry.url.startswith(source.only):
            continue
        listed.add(entry.key)
        known = items.get(entry.key)
        undecided = known is None or (known.article is None and known.taken != entry.fingerprint)
        if undecided and (skipped := source.rules.on_entry(entry)):
            changed[entry.key] = _skipped(entry, known, reason=str(skipped), now=now)
            continue
        if known is None:
            passed_over = (source.polled is None or entry.key in unseen) and place >= source.first
            taken = entry.fingerprint if passed_over else ""
            changed[entry.key] = SourceItem(key=entry.key, url=entry.url, fingerprint=entry.fingerprint, taken=taken)
        elif known.fingerprint != entry.fingerprint or not known.listed:
            changed[entry.key] = _listed_again(entry, known)
        place += 1
    if complete:
        changed |= {
            key: replace(each, listed=False) for key, each in items.items() if each.listed and key not in listed
        }
    return changed


def _skipped(entry: Entry, known: SourceItem | None, *, reason: str, now: datetime) -> SourceItem:
    return replace(
        known or SourceItem(key=entry.key, url=entry.url, fingerprint=""),
        url=entry.url,
        fingerprint=entry.fingerprint,
        taken=entry.fingerprint,
        skipped=reason,
        checked=now,
        listed=True,
    )


def _listed_again(entry: Entry, known: SourceItem) -> SourceItem:
    """An item that changed or came back: it is asked for anew."""
    return replace(
        known,
        taken="" if known.withdrawn else known.taken,
        url=entry.url,
        fingerprint=entry.fingerprint,
        skipped="",
        listed=True,
        tries=0,
        etag="",
        last_modified="",
    )


def _known_by_address(entry: Entry, items: Mapping[str, SourceItem]) -> Entry:
    """An entry that went by its address while its guid was another's goes on doing so."""
    return replace(entry, key=entry.url) if entry.key not in items and entry.url in items else entry
