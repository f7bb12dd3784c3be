"""The outcome of one language of a render."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcaster.errors import PodcasterError
from podcaster.model import LanguageReport, Line, RenderState
from podcaster.render.pipeline.rendering import RenderedScript, Spoken
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageOutcome:
    """A report, and the error behind one that failed."""

    language: LanguageTag
    report: LanguageReport
    error: PodcasterError | None = None


def done_report(text: RenderedScript, sound: Spoken, *, seconds: float, warnings: Sequence[str] = ()) -> LanguageReport:
    """The report of a finished language: lines made and reused, failed checks among the warnings."""
    return LanguageReport(
        state=RenderState.DONE,
        lines=len(text.script.lines),
        translated=text.translated,
        spoken=sound.spoken,
        reused=sound.reused,
        seconds=round(seconds, 3),
        warnings=(*warnings, *sound.warnings, *sound.remarks, *flagged(text.script.lines)),
    )


def failed_report(error: PodcasterError) -> LanguageReport:
    """The error that stopped the language."""
    return LanguageReport(state=RenderState.FAILED, error=f"{error.code}: {error}")


def flagged(lines: Sequence[Line]) -> Iterator[str]:
    """The checks that failed, for an editor."""
    for line in lines:
        yield from (f"line {line.index}: {check.name}: {check.detail}" for check in line.checks if not check.passed)
