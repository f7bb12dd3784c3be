"""A part of a feed as a snapshot: the feed itself, or a page of its archive. Only items that are not kept are written."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from podcaster.episode.notes import NotesPhrases
from podcaster.feed.addresses import Addresses
from podcaster.feed.rss import insert_items, render_channel, render_items
from podcaster.model import Show
from podcaster.ports import BlobStore, Clock, FeedItem, FeedPointer, FeedPosition, FeedRepository
from podcaster.release import release_version
from podcaster.units import LanguageTag

_FORM: Final = 3
"""Part of an item's key; grows when the format of feeds or items changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed without its episodes."""

    name: str
    show: Show
    podroll: Mapping[str, Show]
    """Feeds that it recommends, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpan:
    """The part of a feed that one document shows."""

    name: str
    """The document's: the feed's own, or a page's."""
    above: FeedPosition | None = None
    """The upper bound of the next document; None: there is none."""
    up_to: FeedPosition | None = None
    """The upper bound of this document; None: the newest episode."""
    older: str | None = None
    """Name of the next document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocuments:
    """Writes documents into the blob store."""

    repository: FeedRepository
    blobs: BlobStore
    addresses: Addresses
    phrases: Callable[[LanguageTag], NotesPhrases]
    hubs: Sequence[str]
    clock: Clock

    def write(self, feed: Feed, span: FeedSpan, current: FeedPointer | None, generation: int) -> FeedPointer:
        """Store a document as it is now, unless `current` is it already.

        Args:
            feed: Whose it is.
            span: What of it.
            current: What its address answers with.
            generation: The library's, read before this: a document may show more than its number says, never less.
        """
        items = self._items(feed.show, span, feed.name)
        dates = [item.changed for item in items] + ([current.changed] if current else [])
        changed = max(dates, default=self.clock())
        written = [item.xml.encode() for item in items]
        xml, digest = self._written(feed, span, written, changed)
        if current is not None and digest != current.digest and changed == current.changed:
            # Something was taken out, or is said of the show: no episode is newer than the document.
            changed = self.clock()
            xml, digest = self._written(feed, span, written, changed)
        blob = f"feeds/{span.name}/{digest}.xml"
        if current is None or digest != current.digest:
            from podcaster.render.publishing.feed_snapshots import put_snapshot  # noqa: PLC0415

            put_snapshot(self.blobs, blob, xml)
        return FeedPointer(
            name=span.name, blob=blob, digest=digest, generation=generation, changed=changed, shape=self.shape(feed)
        )

    def shape(self, feed: Feed) -> str:
        """Stands for everything that a feed's documents say beside its episodes."""
        said = {each.name: getattr(feed.show, each.name) for each in fields(feed.show)}
        return _digest({"show": said, "hubs": list(self.hubs), "items": self._item_shape(feed.show)})

    def _items(self, show: Show, span: FeedSpan, feed: str) -> Sequence[FeedItem]:
        shape = self._item_shape(show)
        found = self.repository.feed_items(feed, shape, above=span.above, up_to=span.up_to)
        lacking = [item.episode for item in found if item.episode is not None]
        if not lacking:
            return found
        xml = render_items(show, lacking, addresses=self.addresses, phrases=self.phrases(show.language))
        made = dict(zip((episode.guid for episode in lacking), (each.decode() for each in xml), strict=True))
        self.repository.keep_items(shape, [(episode, made[episode.guid]) for episode in lacking])
        return [replace(item, xml=made[item.guid]) if item.episode else item for item in found]

    def _item_shape(self, show: Show) -> str:
        phrases = self.phrases(show.language)
        return _digest(
            {
                "form": _FORM,
                "by": release_version(),
                "addresses": [self.addresses.base_url, self.addresses.statistics_prefix, self.addresses.page_path],
                "files": {str(file): path for file, path in self.addresses.files.items()},
                "phrases": [phrases.key_points, phrases.report, *_notices(phrases)],
                "explicit": show.explicit,
            }
        )

    def _written(self, feed: Feed, span: FeedSpan, items: Sequence[bytes], changed: datetime) -> tuple[bytes, str]:
        """A document's bytes and their SHA-256."""
        channel = render_channel(
            feed.show,
            name=feed.name,
            addresses=self.addresses,
            built=changed,
            podroll=feed.podroll,
            older=span.older,
            page=span.name if span.name != feed.name else None,
            hubs=self.hubs,
        )
        xml = insert_items(channel, items)
        return xml, hashlib.sha256(xml).hexdigest()


def _notices(phrases: NotesPhrases) -> Sequence[str]:
    return [
        phrases.draft,
        phrases.machine_translation,
        phrases.reviewed_translation,
        phrases.synthetic_voice,
    ]


def _digest(said: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
