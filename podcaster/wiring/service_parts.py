"""Settings to where reports come in and episodes go out."""

import platform
import threading
import time
import uuid
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.ports.telemetry import UNOBSERVED
from podcaster.wiring.publishing_parts import PublishingParts, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from podcaster.adapters.dbos import DbosQueue
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
    from podcaster.render.quick_voice import QuickVoice
    from podcaster.render.stages import RenderStages
    from podcaster.render.worker_presence import WorkerPresence

_IDLE_EVERY_S = 2.5
_PRUNED_EVERY_S = 3600.0
_WORK_KEPT = timedelta(minutes=15)
"""Longer than anybody who saw a render unfinished takes to hand it in once more."""


class ServiceParts(PublishingParts):
    """Intake, rendering and editing of reports."""

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
            quick_voice=self._quick_voice,
            ending=lambda: self.render_priority.ending,
        )

    @property
    def _quick_voice(self) -> "QuickVoice | None":
        """Publishes new reports in a quick voice first, if the show wants it."""
        if not self.settings.quick_voice:
            return None
        from podcaster.render.quick_voice import QuickVoice

        return QuickVoice(library=self.library, blobs=self.blobs, publication=self.publication)

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
    def presence(self) -> "WorkerPresence":
        """Tells which workers live."""
        from podcaster.render.worker_presence import WorkerPresence

        return WorkerPresence(blobs=self.blobs, clock=now)

    @contextmanager
    def present(self, drain: threading.Event) -> "Iterator[None]":
        """Tell of this process's worker within the block; `drain` is set when somebody wants it to end."""
        from podcaster.render.worker_presence import WorkerRecord

        record = WorkerRecord(
            name=self.queue.worker,
            machine=platform.node(),
            started=now(),
            seen=now(),
            engines=tuple(name for name, engine in self.synthesizers.items() if engine.version),
        )
        with self.presence.told(record, self.queue.under_way, drain):
            yield

    @cached_property
    def planner(self) -> "Planner":
        """Plans renders."""
        from podcaster.render.pipeline.plan import Planner

        return Planner(library=self.library, context=lambda: self.edited_context)

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
                at_intervals(self.sources.poll_due, every_s=_IDLE_EVERY_S),
                self.backfills.move_on,
                at_intervals(self.readers.order_missing, every_s=_IDLE_EVERY_S),
                *(herald.notify_due for herald in self.hub_notifiers),
                at_intervals(forget_old_work, every_s=60),
                at_intervals(self.pruning.run, every_s=_PRUNED_EVERY_S),
            ]
        )
