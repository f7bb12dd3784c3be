"""Builds intake, rendering and publishing from the settings."""

import platform
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.errors import PodcasterError, SettingsWrong
from podcaster.ports.telemetry import UNOBSERVED
from podcaster.units import LanguageTag
from podcaster.wiring.publishing_parts import PublishingParts
from podcaster.wiring.stores import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from podcaster.adapters.dbos import DbosQueue
    from podcaster.intake.arrivals import Arrivals
    from podcaster.intake.backfills import Backfills
    from podcaster.intake.hooks import Hooks
    from podcaster.intake.politeness import PoliteFetcher
    from podcaster.intake.polling import PollingLoop
    from podcaster.intake.watching import SourceWatcher
    from podcaster.ports import Queue, Stages, WaitingWork
    from podcaster.render.editing.newsroom import RenderRequests
    from podcaster.render.engine_routing import EngineRouting
    from podcaster.render.pipeline.plan import Planner
    from podcaster.render.pipeline.readings import ReadingScheduler
    from podcaster.render.quick_voice import QuickVoice
    from podcaster.render.stages import RenderStages
    from podcaster.render.worker_presence import WorkerPresence

_IDLE_EVERY_S = 2.5
_PRUNED_EVERY_S = 3600.0
_WORK_KEPT = timedelta(minutes=15)
"""Longer than a client waits before it submits an unfinished render again."""


class ServiceParts(PublishingParts):
    """Intake, rendering and editing of reports."""

    _was_paused = False

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
        """The durable work queue; DBOS takes 30 MB, which a process that only serves rarely needs."""
        from podcaster.wiring.lazy import lazy

        return lazy(self._durable_queue)

    def _durable_queue(self) -> "DbosQueue":
        from podcaster.adapters.dbos import DbosQueue

        return DbosQueue(
            self._database_url("jobs"),
            self._observed_stages,
            priority=self.render_priority,
            workers=self.workers,
            worker_name=self.settings.worker_name or platform.node() or "worker",
            only=self.settings.worker_engines,
            engine_for=self._engine_for,
            paused=self._paused,
        )

    @cached_property
    def engine_routing(self) -> "EngineRouting":
        """Decides which workers make a language."""
        from podcaster.render.engine_routing import EngineRouting

        return EngineRouting(presence=self.presence, voices=self.edited_context.catalogue.voices, clock=now)

    def _engine_for(self, language: LanguageTag) -> str:
        """Opens routing on first use: a process that only submits work never needs it."""
        return self.engine_routing.engine_for(language)

    def check_worker_engines(self) -> None:
        """Check the engines that this worker is restricted to.

        Raises:
            SettingsWrong: there is no such engine, or it is not installed.
        """
        usable = self.usable_engines
        for name in self.settings.worker_engines:
            if name not in self.synthesizers:
                raise SettingsWrong(
                    f"There is no speech engine {name!r}.", f"Engines here: {', '.join(sorted(usable))}."
                )
            if name not in usable:
                raise SettingsWrong(
                    f"The speech engine {name!r} has no voice here for a configured language.",
                    "`podcaster voices list --available` says how to get one.",
                )

    @property
    def usable_engines(self) -> tuple[str, ...]:
        """Speech engines that can speak a configured language here."""
        voices = (voice for language in self.languages for voice in self.ready_voices(language))
        return tuple(dict.fromkeys(voice.engine for voice in voices))

    def stranded_work(self) -> "Sequence[WaitingWork]":
        """Work that no living worker can begin."""
        from podcaster.render.engine_routing import stranded

        if not self.settings.database_url and not (self.settings.data / "jobs.sqlite").is_file():
            return ()  # nothing was ever handed in, and asking would make the file
        waiting = self.queue.waiting()
        moment = now()
        return stranded(waiting, [each for each in self.presence.workers() if each.lives(moment)]) if waiting else ()

    def _paused(self) -> bool:
        """Whether all workers are paused; the last known state while the store cannot be read."""
        with suppress(PodcasterError):
            self._was_paused = self.presence.paused() is not None
        return self._was_paused

    def _observed_stages(self) -> "Stages":
        if self.telemetry is UNOBSERVED:
            return self.stages
        from podcaster.observability.observed_stages import ObservedStages

        return ObservedStages(stages=self.stages, telemetry=self.telemetry, library=self.library, clock=now)

    @cached_property
    def presence(self) -> "WorkerPresence":
        """Tells which workers are running."""
        from podcaster.render.worker_presence import WorkerPresence

        return WorkerPresence(blobs=self.blobs, clock=now)

    @contextmanager
    def present(self, drain: threading.Event) -> "Iterator[None]":
        """Announce this process's worker within the block; `drain` is set when it is asked to end."""
        from podcaster.render.worker_presence import WorkerRecord

        record = WorkerRecord(
            name=self.queue.worker,
            machine=platform.node(),
            started=now(),
            seen=now(),
            engines=self.usable_engines,
            only=self.settings.worker_engines,
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
            repository=self.library,
            polite=arrivals.polite,
            arrivals=arrivals,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
        )

    @cached_property
    def polite(self) -> "PoliteFetcher":
        """Fetches from sources and archives politely: one request at a time for each host."""
        from podcaster.intake.politeness import PoliteFetcher

        return PoliteFetcher(fetcher=self.fetcher, clock=now, wait=time.sleep, delay_s=self.settings.source_delay_s)

    @cached_property
    def backfills(self) -> "Backfills":
        """Archives that are taken in beside the day's work."""
        from podcaster.intake.archive_items import ArchiveItems
        from podcaster.intake.backfills import Backfills

        return Backfills(
            repository=self.library,
            archive_items=ArchiveItems(
                library=self.library,
                blobs=self.blobs,
                newsroom=self.newsroom,
                polite=self.polite,
                clock=now,
                limit_bytes=self.settings.max_upload_bytes,
                languages=lambda article: self.languages_for(self.library.article(article).article),
            ),
            urgent=lambda: self.render_priority.urgent,
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
        """Takes in reports that webhooks submit."""
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
        """Schedules readings for listeners who want another voice or pace."""
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
                *(notifier.notify_due for notifier in self.hub_notifiers),
                at_intervals(self.publication.finish_interrupted, every_s=30),
                at_intervals(forget_old_work, every_s=60),
                at_intervals(self.pruning.run, every_s=_PRUNED_EVERY_S),
            ]
        )
