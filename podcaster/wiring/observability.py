"""Builds figures and traces from the settings."""

import os
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.ports.telemetry import UNOBSERVED
from podcaster.wiring.backups import BackupParts
from podcaster.wiring.stores import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from podcaster.observability.metrics_endpoint import Exposition
    from podcaster.observability.tracing import Tracing


class ObservabilityParts(BackupParts):
    """Figures and traces of a service or a worker."""

    @cached_property
    def tracing(self) -> "Tracing | None":
        """Sends traces; None if no endpoint is set."""
        from podcaster.observability.tracing import open_tracing

        return open_tracing(os.environ)

    def observe(self) -> None:
        """Measure what is done from now on; called before any part is made."""
        from podcaster.observability.process_metrics import Measurements

        if self.telemetry is UNOBSERVED:
            self.telemetry = Measurements(self.tracing)

    @cached_property
    def service_exposition(self) -> "Exposition":
        """Figures of the web processes and of the library."""
        from podcaster.backup.saving import last_backup
        from podcaster.observability.library_collector import LibraryCollector
        from podcaster.observability.metrics_endpoint import Exposition

        library = LibraryCollector(
            figures=self.library,
            blobs=self.blobs,
            data=self.settings.data,
            clock=now,
            last_backup=lambda: last_backup(self.blobs),
            workers=self._workers_by_state,
        )
        return Exposition(library)

    def _workers_by_state(self) -> "Mapping[str, int]":
        moment, states = now(), dict.fromkeys(("working", "draining", "gone"), 0)
        for worker in self.presence.workers():
            states[worker.state(moment)] += 1
        return states

    @cached_property
    def worker_exposition(self) -> "Exposition":
        """Figures of a worker."""
        from podcaster.observability.metrics_endpoint import Exposition

        return Exposition()
