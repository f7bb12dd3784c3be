"""Settings to where reports come in and episodes go out."""

import platform
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.errors import NoVoice
from podcaster.model import Show
from podcaster.ports.telemetry import UNOBSERVED
from podcaster.units import LanguageTag
from podcaster.wiring.render_contexts import RenderContexts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.adapters.dbos import DbosQueue
    from podcaster.episode.notes import NotesPhrases
    from podcaster.intake.arrivals import Arrivals
    from podcaster.intake.backfills import Backfills
    from podcaster.intake.hooks import Hooks
    from podcaster.intake.politeness import PoliteFetcher
    from podcaster.intake.polling import PollingLoop
    from podcaster.intake.watching import SourceWatcher
    from podcaster.ports import Queue, Stages
    from podcaster.render.editing.newsroom import RenderRequests
    from podcaster.render.pipeline.plan import Planner
    from podcaster.render.pipeline.readings import ReadingScheduler
    from podcaster.render.publishing.feed_publisher import FeedPublisher
    from podcaster.render.publishing.feed_renewal import FeedRenewal
    from podcaster.render.publishing.publication import Publication
    from podcaster.render.publishing.scheduler import PublicationScheduler
    from podcaster.render.publishing.websub import HubNotifier
    from podcaster.render.stages import RenderStages

_WORK_KEPT = timedelta(minutes=15)
"""Longer than anybody who saw a render unfinished takes to hand it in once more."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class ServiceParts(RenderContexts):
    """Intake, rendering, editing and publishing of reports."""

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
        )

    @cached_property
    def renewal(self) -> "FeedRenewal":
        """Rewrites feeds written under older settings."""
        from podcaster.render.publishing.feed_renewal import FeedRenewal

        return FeedRenewal(feed_publisher=self.feed_publisher)

    @cached_property
    def hub_notifiers(self) -> "Sequence[HubNotifier]":
        """One notifier for each WebSub hub, so that a slow hub delays no other."""
        from podcaster.adapters.websub import WebSubHub
        from podcaster.render.publishing.websub import HubNotifier

        return [
            HubNotifier(
                hub=hub, pings=self.library, door=WebSubHub(), addresses=self.feed_publisher.addresses, clock=now
            )
            for hub in self.settings.websub_hubs
        ]

    @cached_property
    def publication(self) -> "Publication":
        """Publishes, schedules and withdraws episodes."""
        from podcaster.render.publishing.publication import Publication

        return Publication(
            library=self.library,
            blobs=self.blobs,
            feed_publisher=self.feed_publisher,
            clock=now,
            publish_drafts=self.settings.publish_drafts,
            publish_flagged=self.settings.publish_flagged,
        )

    @cached_property
    def stages(self) -> "RenderStages":
        """The stages that a worker runs."""
        from podcaster.render.stages import RenderStages

        return RenderStages(
            library=self.library,
            blobs=self.blobs,
            context=self.edited_context,
            patient=self.background_context,
            yield_to_urgent=self.render_priority.yield_to_urgent,
            publication=self.publication,
        )

    @cached_property
    def queue(self) -> "Queue":
        """Work that survives."""
        from podcaster.wiring.lazy import LazyQueue

        return LazyQueue(self._durable_queue)

    def _durable_queue(self) -> "DbosQueue":
        from podcaster.adapters.dbos import DbosQueue

        return DbosQueue(
            self._database_url("jobs"),
            self._observed_stages,
            way=self.render_priority,
            workers=self.workers,
            worker_name=self.settings.worker_name or platform.node() or "worker",
        )

    def _observed_stages(self) -> "Stages":
        if self.telemetry is UNOBSERVED:
            return self.stages
        from podcaster.observability.observed_stages import ObservedStages

        return ObservedStages(stages=self.stages, telemetry=self.telemetry, library=self.library, clock=now)

    @cached_property
    def planner(self) -> "Planner":
        """Plans renders."""
        from podcaster.render.pipeline.plan import Planner

        return Planner(library=self.library, context=lambda: self.edited_context)

    @cached_property
    def scheduler(self) -> "PublicationScheduler":
        """Publishes scheduled episodes."""
        from podcaster.render.publishing.scheduler import PublicationScheduler

        return PublicationScheduler(library=self.library, publication=self.publication, clock=now)

    @cached_property
    def newsroom(self) -> "RenderRequests":
        """Takes in and renders reports."""
        from podcaster.render.editing.newsroom import RenderRequests

        return RenderRequests(
            library=self.library,
            queue=self.queue,
            read=self.read,
            languages=self.languages,
            planner=self.planner,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
            trace=self.telemetry.trace,
        )

    @cached_property
    def sources(self) -> "SourceWatcher":
        """Feeds and sitemaps that are watched."""
        from podcaster.intake.watching import SourceWatcher

        arrivals = self.arrivals
        return SourceWatcher(
            book=self.library, polite=arrivals.polite, arrivals=arrivals, clock=now, new_id=lambda: uuid.uuid4().hex
        )

    @cached_property
    def polite(self) -> "PoliteFetcher":
        """Asks the hosts of sources and of archives, one request at a time."""
        from podcaster.intake.politeness import PoliteFetcher

        return PoliteFetcher(fetcher=self.fetcher, clock=now, wait=time.sleep, delay_s=self.settings.source_delay_s)

    @cached_property
    def backfills(self) -> "Backfills":
        """Archives that are taken in beside the day's work."""
        from podcaster.intake.archive_items import ArchiveItems
        from podcaster.intake.backfills import Backfills

        return Backfills(
            book=self.library,
            items_dealt=ArchiveItems(
                library=self.library,
                blobs=self.blobs,
                newsroom=self.newsroom,
                polite=self.polite,
                clock=now,
                limit_bytes=self.settings.max_upload_bytes,
                languages=lambda article: self.languages_for(self.library.article(article).article),
            ),
            yield_to_urgent=self.render_priority.yield_to_urgent,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
            at_once=self.settings.backfill_renders,
        )

    @cached_property
    def arrivals(self) -> "Arrivals":
        """Handles the entries that sources list."""
        from podcaster.intake.arrivals import Arrivals

        return Arrivals(
            library=self.library,
            newsroom=self.newsroom,
            publishing=self.publication,
            polite=self.polite,
            clock=now,
            limit_bytes=self.settings.max_upload_bytes,
        )

    @cached_property
    def hooks(self) -> "Hooks":
        """Reports that are pushed."""
        from podcaster.intake.hooks import Hooks

        return Hooks(
            library=self.library,
            newsroom=self.newsroom,
            publishing=self.publication,
            clock=now,
            secret=self.settings.hook_secret,
        )

    @cached_property
    def readers(self) -> "ReadingScheduler":
        """Listeners who want another voice or pace."""
        from podcaster.render.pipeline.readings import ReadingScheduler

        return ReadingScheduler(library=self.library, queue=self.queue, context=lambda: self.edited_context, clock=now)

    @cached_property
    def polling(self) -> "PollingLoop":
        """A worker's periodic jobs beside the queue."""
        from podcaster.intake.polling import PollingLoop, at_intervals

        def forget_old_work() -> bool:
            return self.queue.forget(now() - _WORK_KEPT) > 0

        return PollingLoop(
            [
                self.sources.poll_due,
                self.backfills.move_on,
                self.readers.order_missing,
                *(herald.notify_due for herald in self.hub_notifiers),
                at_intervals(forget_old_work, every_s=60),
            ]
        )

    def _notes_phrases(self, language: LanguageTag) -> "NotesPhrases":
        """A language without a voice has a feed all the same: an empty one must not keep the others from being served."""
        from podcaster.episode.notes import ENGLISH

        try:
            return self.phrases(language)
        except NoVoice:
            return ENGLISH
