"""Figures that are read from the library and its store when Prometheus asks."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from podcaster.observability.background_readings import Refreshed
from podcaster.observability.queue_metrics import queue_metrics
from podcaster.ports import BlobStore, Clock
from podcaster.ports.library_counts import FiguresRepository, LibraryFigures

_FIGURES_KEPT_S: Final = 5.0
_STORE_KEPT_S: Final = 60.0
"""Longer where counting takes longer: a bucket of a million files takes a thousand requests to list."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """Files and bytes by kind, the first part of their names."""

    files: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)


@dataclass(eq=False)
class LibraryCollector(Collector):
    """A Prometheus collector of one library. Every process of the service tells the same figures."""

    figures: FiguresRepository
    blobs: BlobStore
    data: Path
    clock: Clock
    last_backup: Callable[[], datetime | None]
    """When the newest backup was taken; None: never."""
    workers: Callable[[], Mapping[str, int]]
    """Workers by state: `working`, `draining`, `gone`."""
    wait_s: float = 2.0
    """Seconds that a database or a bucket may take: Prometheus waits for ten."""
    _library: Refreshed[LibraryFigures] = field(init=False)
    _backup: Refreshed[datetime | None] = field(init=False)
    _workers: Refreshed[Mapping[str, int]] = field(init=False)
    _store: Refreshed[_Stored] = field(init=False)

    def __post_init__(self) -> None:
        """Everything is read in threads."""
        self._library = Refreshed("library", self.figures.figures, kept_s=_FIGURES_KEPT_S)
        self._backup = Refreshed("backup", self.last_backup, kept_s=_STORE_KEPT_S)
        self._workers = Refreshed("workers", self.workers, kept_s=_FIGURES_KEPT_S)
        self._store = Refreshed("store", lambda: _counted(self.blobs), kept_s=_STORE_KEPT_S)

    def collect(self) -> Iterator[Metric]:
        """All figures; without the library's where it does not answer."""
        up = self._library.refresh(self.wait_s)
        yield GaugeMetricFamily("podcaster_library_up", "1 if the library's database answers.", value=up)
        found = self._library.value
        if up and found is not None:
            yield from queue_metrics({"urgent": found.urgent, "background": found.background}, self.clock())
            yield from _contents(found)
        if self._backup.refresh(self.wait_s):
            at = self._backup.value
            yield GaugeMetricFamily(
                "podcaster_last_backup_timestamp_seconds",
                "When `podcaster backup` was last run, as Unix time; 0: never.",
                value=at.timestamp() if at else 0,
            )
        workers = GaugeMetricFamily(
            "podcaster_workers", "Workers that have not signed off, by state.", labels=["state"]
        )
        if self._workers.refresh(self.wait_s):
            for state, number in (self._workers.value or {}).items():
                workers.add_metric([state], number)
        yield workers
        self._store.refresh(0)
        yield from _kinds(self._store.value or _Stored())
        yield from self._disk()

    def _disk(self) -> Iterator[Metric]:
        try:
            usage = shutil.disk_usage(self.data)
        except OSError:
            return
        yield GaugeMetricFamily("podcaster_disk_free_bytes", "Free bytes of PODCASTER_DATA's disk.", value=usage.free)
        yield GaugeMetricFamily("podcaster_disk_bytes", "Size of PODCASTER_DATA's disk in bytes.", value=usage.total)


def _kinds(stored: _Stored) -> Iterator[Metric]:
    files = GaugeMetricFamily("podcaster_stored_files", "Files in the store.", labels=["kind"])
    size = GaugeMetricFamily("podcaster_stored_bytes", "Bytes in the store.", labels=["kind"])
    for kind, number in stored.files.items():
        files.add_metric([kind], number)
        size.add_metric([kind], stored.bytes[kind])
    yield files
    yield size


def _contents(found: LibraryFigures) -> Iterator[Metric]:
    yield GaugeMetricFamily("podcaster_reports", "Reports in the library.", value=found.reports)
    yield GaugeMetricFamily("podcaster_listeners", "Listeners with a private feed.", value=found.listeners)
    yield GaugeMetricFamily(
        "podcaster_failing_sources", "Watched sources whose last poll failed.", value=found.failing_sources
    )
    yield GaugeMetricFamily(
        "podcaster_overdue_schedules",
        "Scheduled publications that are a minute late or more.",
        value=found.overdue_schedules,
    )
    episodes = GaugeMetricFamily("podcaster_episodes", "Published episodes.", labels=["language"])
    for language, number in found.episodes.items():
        episodes.add_metric([language], number)
    yield episodes
    downloads = CounterMetricFamily("podcaster_downloads", "Downloads (docs/http.md).", labels=["language", "app"])
    for (language, app), number in found.downloads.items():
        downloads.add_metric([language, app], number)
    yield downloads


def _counted(blobs: BlobStore) -> _Stored:
    stored = _Stored()
    for blob in blobs.listed(""):
        kind = blob.name.partition("/")[0]
        stored.files[kind] += 1
        stored.bytes[kind] += blob.length
    return stored
