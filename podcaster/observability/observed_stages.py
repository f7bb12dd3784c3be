"""Times the stages of a render, counts their errors and wraps each in a span."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from podcaster.errors import PodcasterError
from podcaster.ports import Clock, Library, ReadingJob, RenderJob, Stages, WorkHandedBack
from podcaster.ports.telemetry import Telemetry
from podcaster.units import LanguageTag, RenderId

UNFORESEEN: Final = "unforeseen"
_HEX: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedStages:
    """Fills `ports.Stages` with other stages, and tells what they do."""

    stages: Stages
    telemetry: Telemetry
    library: Library
    clock: Clock
    timer: Callable[[], float] = time.monotonic

    def begin(self, job: RenderJob) -> None:
        """Mark the render as running."""
        self.stages.begin(job)

    def translate(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the script; until here the language waited."""
        waited = (self.clock() - self.library.render(job.render).requested).total_seconds()
        self.telemetry.stage_ended("wait", language, waited, urgent=job.urgent)
        with self._observed("translate", job, language):
            self.stages.translate(job, language)

    def speak(self, job: RenderJob, language: LanguageTag) -> None:
        """Make the clips that are missing."""
        with self._observed("speak", job, language):
            self.stages.speak(job, language)

    def assemble(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the episode's files."""
        with self._observed("assemble", job, language):
            self.stages.assemble(job, language)

    def publish(self, job: RenderJob, language: LanguageTag) -> None:
        """Put the episode into the feeds."""
        with self._observed("publish", job, language):
            self.stages.publish(job, language)

    def fail(self, job: RenderJob, language: LanguageTag, error: str) -> None:
        """Record that a language could not be made."""
        self.stages.fail(job, language, error)

    def finish(self, job: RenderJob) -> None:
        """Close the render."""
        self.stages.finish(job)

    def cancelled(self, job: RenderJob) -> bool:
        """Whether the render was cancelled or superseded."""
        return self.stages.cancelled(job)

    def read_aloud(self, job: ReadingJob) -> None:
        """Make a reading."""
        with self._errors("read_aloud"), self.telemetry.span("read aloud", language=job.language, article=job.article):
            self.stages.read_aloud(job)

    @contextmanager
    def _observed(self, stage: str, job: RenderJob, language: LanguageTag) -> Iterator[None]:
        started = self.timer()
        about: dict[str, str | int] = {"render": job.render, "article": job.article, "language": language}
        trace = job.trace or _trace_of(job.render)
        with self._errors(stage), self.telemetry.span(f"stage {stage}", trace=trace, **about):
            yield
        self.telemetry.stage_ended(stage, language, self.timer() - started, urgent=job.urgent)

    @contextmanager
    def _errors(self, stage: str) -> Iterator[None]:
        try:
            yield
        except WorkHandedBack:
            raise
        except PodcasterError as error:
            self.telemetry.failed(stage, error.code)
            raise
        except Exception:
            self.telemetry.failed(stage, UNFORESEEN)
            raise


def _trace_of(render: RenderId) -> str:
    """Render ids are 128 random bits: stages of a render that no request asked for share a trace of that name."""
    return f"00-{render}-{render[:16]}-01" if _HEX.fullmatch(render) else ""
