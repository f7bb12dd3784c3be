"""Figures that a process counts itself, as work is done; docs/operations.md lists them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Final

from prometheus_client import Counter, Histogram

from podcaster.observability.tracing import Tracing
from podcaster.ports.telemetry import UNOBSERVED, Tracer
from podcaster.units import LanguageTag

_BUCKETS: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400)
_STAGE = Histogram(
    "podcaster_stage_seconds", "Time that a stage of a render took, by language.", ["stage", "language", "queue"],
    buckets=_BUCKETS,
)  # fmt: skip
_PUBLICATION = Histogram(
    "podcaster_publication_seconds", "Time from handing in to publication.", ["language", "queue"], buckets=_BUCKETS
)
_LINES = Counter("podcaster_lines", "Lines that an engine made.", ["work", "language", "engine"])
_REUSED = Counter("podcaster_lines_reused", "Lines that were there already.", ["work", "language"])
_FLAGS = Counter("podcaster_flags", "Checks that a line failed.", ["check", "language"])
_ERRORS = Counter("podcaster_stage_errors", "Stages that ended with an error.", ["stage", "code"])


class Measurements:
    """Fills `ports.telemetry.Telemetry`: counts itself, and leaves spans to `tracing`."""

    def __init__(self, tracing: Tracing | None = None) -> None:
        self._tracing: Tracer = tracing or UNOBSERVED

    def span(self, name: str, *, trace: str = "", **attributes: str | int) -> AbstractContextManager[None]:
        """A span, if anybody traces."""
        return self._tracing.span(name, trace=trace, **attributes)

    def trace(self) -> str:
        """The current span."""
        return self._tracing.trace()

    def stage_ended(self, stage: str, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """Observe a stage."""
        _STAGE.labels(stage, language, _queue(urgent)).observe(max(0.0, seconds))

    def published(self, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """Observe a publication."""
        _PUBLICATION.labels(language, _queue(urgent)).observe(max(0.0, seconds))

    def lines(self, work: str, language: LanguageTag, engine: str, *, made: int, reused: int) -> None:
        """Count lines."""
        _LINES.labels(work, language, engine).inc(made)
        _REUSED.labels(work, language).inc(reused)

    def flagged(self, language: LanguageTag, checks: Iterable[str]) -> None:
        """Count flags."""
        for check in checks:
            _FLAGS.labels(check, language).inc()

    def failed(self, stage: str, code: str) -> None:
        """Count an error."""
        _ERRORS.labels(stage, code).inc()


def _queue(urgent: bool) -> str:  # noqa: FBT001 # a label
    return "urgent" if urgent else "background"
