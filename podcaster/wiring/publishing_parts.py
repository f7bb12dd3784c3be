"""Builds publishing, takedowns, retention and hub notifications from the settings."""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.errors import NoVoice
from podcaster.model import Show
from podcaster.units import LanguageTag
from podcaster.wiring.render_contexts import RenderContexts
from podcaster.wiring.stores import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.episode.notes import NotesPhrases
    from podcaster.render.publishing.feed_publisher import FeedPublisher
    from podcaster.render.publishing.feed_renewal import FeedRenewal
    from podcaster.render.publishing.publication import Publication
    from podcaster.render.publishing.scheduler import PublicationScheduler
    from podcaster.render.publishing.takedowns import Takedowns
    from podcaster.render.publishing.websub import HubNotifier
    from podcaster.render.retention.pruning import Pruning


class PublishingParts(RenderContexts):
    """Publication, feeds, takedowns and retention."""

    @cached_property
    def feed_publisher(self) -> "FeedPublisher":
        """Writes feeds, whose cover the service draws where none is set."""
        from podcaster.feed.addresses import Addresses
        from podcaster.render.publishing.feed_publisher import FeedPublisher
        from podcaster.render.publishing.guid_base_url import guid_base_url

        def show(language: LanguageTag) -> Show:
            drawn = f"{self.settings.base_url}/covers/{language}.jpg"
            return replace(self.show(language), image=self.settings.show_image or drawn)

        return FeedPublisher(
            library=self.library,
            blobs=self.blobs,
            shows=show,
            addresses=Addresses.served(
                self.settings.base_url,
                statistics_prefix=self.settings.statistics_prefix,
                former_base_url=guid_base_url(self.settings.base_url, self.blobs),
                topic_covers=not self.settings.show_image,
            ),
            clock=now,
            phrases=self._notes_phrases,
            hubs=self.settings.websub_hubs,
            caches=self._caches,
        )

    @cached_property
    def takedowns(self) -> "Takedowns":
        """Takes files of withdrawn episodes down."""
        from podcaster.render.publishing.takedowns import Takedowns

        return Takedowns(library=self.library, blobs=self.blobs, clock=now, caches=self._caches)

    @cached_property
    def pruning(self) -> "Pruning":
        """Deletes files that nothing points at any more."""
        from podcaster.render.retention.pruning import Periods, Pruning

        kept = self.settings
        periods = Periods(
            feeds=timedelta(hours=kept.keep_feeds_hours),
            work=timedelta(hours=kept.keep_work_hours),
            revisions=timedelta(hours=kept.keep_revisions_hours),
            drafts=timedelta(days=kept.keep_drafts_days),
            removed=timedelta(days=kept.keep_removed_days),
            clips=timedelta(days=kept.keep_clips_days),
        )
        return Pruning(library=self.library, blobs=self.blobs, takedowns=self.takedowns, periods=periods, clock=now)

    @property
    def _caches(self) -> "Sequence[str]":
        return (self.settings.purge_url,) if self.settings.purge_url else ()

    @cached_property
    def renewal(self) -> "FeedRenewal":
        """Rewrites feeds written under older settings."""
        from podcaster.render.publishing.feed_renewal import FeedRenewal

        return FeedRenewal(feed_publisher=self.feed_publisher)

    @cached_property
    def hub_notifiers(self) -> "Sequence[HubNotifier]":
        """One notifier for each WebSub hub, and for the CDN, so that a slow one delays no other."""
        if not self.settings.websub_hubs and not self._caches:
            return ()
        from podcaster.adapters.cache_purge import CachePurge
        from podcaster.adapters.websub import WebSubHub
        from podcaster.render.publishing.websub import HubNotifier

        topic, purge = self.feed_publisher.addresses.feed, CachePurge(self.settings.purge_header)
        hubs = [
            HubNotifier(hub=hub, pings=self.library, client=WebSubHub(), topic=topic, clock=now)
            for hub in self.settings.websub_hubs
        ]
        return hubs + [
            HubNotifier(hub=cache, pings=self.library, client=purge, topic=str, clock=now) for cache in self._caches
        ]

    @cached_property
    def publication(self) -> "Publication":
        """Publishes, schedules and withdraws episodes."""
        from podcaster.render.publishing.publication import Publication

        return Publication(
            library=self.library,
            blobs=self.blobs,
            feed_publisher=self.feed_publisher,
            caches=self._caches,
            clock=now,
            publish_drafts=self.settings.publish_drafts,
            publish_flagged=self.settings.publish_flagged,
        )

    @cached_property
    def scheduler(self) -> "PublicationScheduler":
        """Publishes scheduled episodes."""
        from podcaster.render.publishing.scheduler import PublicationScheduler

        return PublicationScheduler(library=self.library, publication=self.publication, clock=now)

    def _notes_phrases(self, language: LanguageTag) -> "NotesPhrases":
        """A language without a voice has a feed all the same: an empty one must not keep the others from being served."""
        from podcaster.episode.notes import ENGLISH

        try:
            return self.phrases(language)
        except NoVoice:
            return ENGLISH
