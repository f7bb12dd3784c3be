"""Measurements of work: figures for an operator, and spans of a trace."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from podcaster.units import LanguageTag


class Tracer(Protocol):
    """Spans of a trace."""

    def span(self, name: str, *, trace: str = "", **attributes: str | int) -> AbstractContextManager[None]:
        """A span of a trace around the block.

        Args:
            name: `stage speak`.
            trace: The parent, as `trace` gave it, in this process or another; empty: the span that is current here.
            attributes: What it is about; no text of a report and no address of a listener.
        """

    def trace(self) -> str:
        """The current span as `traceparent` (W3C Trace Context); empty where there is none."""


class Telemetry(Tracer, Protocol):
    """Told what was done and how long it took; never raises and never waits."""

    def stage_ended(self, stage: str, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """A stage of a render is done, after so many seconds."""

    def published(self, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """An episode is in the feeds, so many seconds after it was asked for."""

    def lines(self, work: str, language: LanguageTag, engine: str, *, made: int, reused: int) -> None:
        """Lines that an engine made and lines that were there; `work` is `translation` or `speech`."""

    def flagged(self, language: LanguageTag, checks: Iterable[str]) -> None:
        """Checks that lines failed, a name for each."""

    def failed(self, stage: str, code: str) -> None:
        """A stage ended with an error of this code."""


@dataclass(frozen=True, slots=True)
class Unobserved:
    """Ignores everything: commands that end, and tests."""

    def span(self, name: str, *, trace: str = "", **attributes: str | int) -> AbstractContextManager[None]:  # noqa: ARG002
        """No span."""
        return nullcontext()

    def trace(self) -> str:
        """No trace."""
        return ""

    def stage_ended(self, stage: str, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """Ignored."""

    def published(self, language: LanguageTag, seconds: float, *, urgent: bool) -> None:
        """Ignored."""

    def lines(self, work: str, language: LanguageTag, engine: str, *, made: int, reused: int) -> None:
        """Ignored."""

    def flagged(self, language: LanguageTag, checks: Iterable[str]) -> None:
        """Ignored."""

    def failed(self, stage: str, code: str) -> None:
        """Ignored."""


UNOBSERVED = Unobserved()
