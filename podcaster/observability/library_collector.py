"""Figures that are read from the library and its store when Prometheus asks."""

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from podcaster.errors import PodcasterError
from podcaster.ports import BlobStore, Clock
from podcaster.ports.figures import FiguresRepository, LibraryFigures

_FIGURES_KEPT_S: Final = 5.0
_STORE_KEPT_S: Final = 60.0
_STORE_PART: Final = 100
"""Counting takes a hundredth of the time at most: a bucket of a million files takes a thousand requests to list."""
log = structlog.get_logger()


@dataclass(eq=False)
class LibraryCollector(Collector):
    """A Prometheus collector of one library. Every process of the service tells the same figures."""

    figures: FiguresRepository
    blobs: BlobStore
    data: Path
    clock: Clock
    last_backup: Callable[[], datetime | None]
    """When the newest backup was taken; None: never."""
    timer: Callable[[], float] = time.monotonic
    _read: LibraryFigures | None = None
    _read_at: float = float("-inf")
    _store: "StoreFigures" = field(init=False)

    def __post_init__(self) -> None:
        """The store's figures are counted in a thread."""
        self._store = StoreFigures(self.blobs, self.timer)

    def collect(self) -> Iterator[Metric]:
        """All figures; without the library's where it does not answer."""
        up = GaugeMetricFamily("podcaster_library_up", "1 if the library's database answers.")
        try:
            found = self._current()
        except PodcasterError:
            up.add_metric([], 0)
            yield up
        else:
            up.add_metric([], 1)
            yield up
            yield from self._queue(found)
            yield from _contents(found)
        yield from self._store.collect()
        yield from self._disk()

    def _current(self) -> LibraryFigures:
        now = self.timer()
        if self._read is None or now - self._read_at > _FIGURES_KEPT_S:
            self._read, self._read_at = self.figures.figures(), now
        return self._read

    def _queue(self, found: LibraryFigures) -> Iterator[Metric]:
        renders = GaugeMetricFamily(
            "podcaster_renders", "Renders that have not ended, by state.", labels=["queue", "state"]
        )
        oldest = GaugeMetricFamily(
            "podcaster_oldest_waiting_seconds", "Age of the render that waits longest; 0: none.", labels=["queue"]
        )
        for name, queue in (("urgent", found.urgent), ("background", found.background)):
            renders.add_metric([name, "waiting"], queue.waiting)
            renders.add_metric([name, "running"], queue.running)
            since = queue.oldest_waiting
            oldest.add_metric([name], max(0.0, (self.clock() - since).total_seconds()) if since else 0.0)
        yield renders
        yield oldest

    def _disk(self) -> Iterator[Metric]:
        try:
            usage = shutil.disk_usage(self.data)
        except OSError:
            return
        yield GaugeMetricFamily("podcaster_disk_free_bytes", "Free bytes of PODCASTER_DATA's disk.", value=usage.free)
        yield GaugeMetricFamily("podcaster_disk_bytes", "Size of PODCASTER_DATA's disk in bytes.", value=usage.total)
        try:
            backup = self.last_backup()
        except PodcasterError:
            return
        yield GaugeMetricFamily(
            "podcaster_last_backup_timestamp_seconds",
            "When `podcaster backup` was last run, as Unix time; 0: never.",
            value=backup.timestamp() if backup else 0,
        )


def _contents(found: LibraryFigures) -> Iterator[Metric]:
    yield GaugeMetricFamily("podcaster_reports", "Reports in the library.", value=found.reports)
    yield GaugeMetricFamily("podcaster_listeners", "Listeners with a private feed.", value=found.listeners)
    yield GaugeMetricFamily(
        "podcaster_failing_sources", "Watched sources whose last poll failed.", value=found.failing_sources
    )
    episodes = GaugeMetricFamily("podcaster_episodes", "Published episodes.", labels=["language"])
    for language, number in found.episodes.items():
        episodes.add_metric([language], number)
    yield episodes
    downloads = CounterMetricFamily("podcaster_downloads", "Downloads (docs/http.md).", labels=["language", "app"])
    for (language, app), number in found.downloads.items():
        downloads.add_metric([language, app], number)
    yield downloads


@dataclass
class StoreFigures:
    """Files and bytes of a store by kind, the first part of their names; counted in a thread, now and then."""

    blobs: BlobStore
    timer: Callable[[], float]
    _due: float = float("-inf")
    _files: Counter[str] = field(default_factory=Counter)
    _bytes: Counter[str] = field(default_factory=Counter)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def collect(self) -> Iterator[Metric]:
        """What was counted last; nothing before the first count."""
        if self.timer() > self._due and self._counting.acquire(blocking=False):
            threading.Thread(target=self._count, name="store figures", daemon=True).start()
        files = GaugeMetricFamily("podcaster_stored_files", "Files in the store.", labels=["kind"])
        size = GaugeMetricFamily("podcaster_stored_bytes", "Bytes in the store.", labels=["kind"])
        for kind, number in self._files.items():
            files.add_metric([kind], number)
            size.add_metric([kind], self._bytes[kind])
        yield files
        yield size

    def _count(self) -> None:
        began = self.timer()
        try:
            files, size = Counter[str](), Counter[str]()
            for blob in self.blobs.listed(""):
                kind = blob.name.partition("/")[0]
                files[kind] += 1
                size[kind] += blob.length
            self._files, self._bytes = files, size
        except PodcasterError as error:
            log.warning("the store's files are not counted", error=str(error))
        finally:
            ended = self.timer()
            self._due = ended + max(_STORE_KEPT_S, _STORE_PART * (ended - began))
            self._counting.release()
