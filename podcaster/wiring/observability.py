"""Settings to figures and traces."""

import os
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.ports.telemetry import UNOBSERVED
from podcaster.wiring.backups import BackupParts
from podcaster.wiring.publishing_parts import now

if TYPE_CHECKING:
    from podcaster.observability.exposition import Exposition
    from podcaster.observability.tracing import Tracing


class ObservabilityParts(BackupParts):
    """What a service or a worker tells of itself."""

    @cached_property
    def tracing(self) -> "Tracing | None":
        """Sends traces; None if no endpoint is set."""
        from podcaster.observability.tracing import open_tracing

        return open_tracing(os.environ)

    def observe(self) -> None:
        """Measure what is done from now on; called before any part is made."""
        from podcaster.observability.measurements import Measurements

        if self.telemetry is UNOBSERVED:
            self.telemetry = Measurements(self.tracing)

    @cached_property
    def service_exposition(self) -> "Exposition":
        """Figures of the web processes and of the library."""
        from podcaster.backup.saving import last_backup
        from podcaster.observability.exposition import Exposition
        from podcaster.observability.library_collector import LibraryCollector

        library = LibraryCollector(
            figures=self.library,
            blobs=self.blobs,
            data=self.settings.data,
            clock=now,
            last_backup=lambda: last_backup(self.blobs),
        )
        return Exposition(library)

    @cached_property
    def worker_exposition(self) -> "Exposition":
        """Figures of a worker."""
        from podcaster.observability.exposition import Exposition

        return Exposition()
