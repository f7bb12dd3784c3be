"""The stages of a render, as a queue carries them out; between two of them nothing is kept but what is in the stores."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from podcaster.episode import serialisation as episode_record
from podcaster.model import LanguageReport, RenderState, Script
from podcaster.ports import BlobStore, Library, ReadingJob, RenderJob, WorkHandedBack
from podcaster.render.pipeline.episode_builder import build_episode, store_episode
from podcaster.render.pipeline.outcome import flagged
from podcaster.render.pipeline.readings import read_aloud
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.render.pipeline.thread_pool import Abandoned
from podcaster.render.publishing.publication import Publication
from podcaster.render.quick_voice import QuickVoice
from podcaster.script import serialisation as script_record
from podcaster.units import LanguageTag

_TELL_EVERY_S: Final = 1.0
_ASK_EVERY_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderStages:
    """Fills `ports.Stages`. Every stage can run again: what it writes has the same name and the same bytes."""

    library: Library
    blobs: BlobStore
    context: RenderContext
    patient: RenderContext
    """The same context for background work, which yields to urgent renders."""
    yield_to_urgent: Callable[[], None]
    """Stands aside now."""
    publication: Publication
    quick_voice: QuickVoice | None = None
    """Publishes reports in a quick voice first; None: they wait for the good one."""
    ending: Callable[[], bool] = lambda: False
    """Whether the process is about to end."""
    timer: Callable[[], float] = time.monotonic

    def begin(self, job: RenderJob) -> None:
        """Mark the render as running."""
        self.library.set_render_state(job.render, RenderState.RUNNING)

    def translate(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the script of one language."""
        context = self._context(job)
        started = self.timer()
        self._note(job, language, started, stage="translate")
        article = self.library.article(job.article).article
        done = translate(article, language, context)
        self._keep(job, language, "script", script_record.to_record(done.script))
        warnings = tuple(flagged(done.script.lines))
        if done.script.translator:
            reused = len(done.script.lines) - done.translated
            context.telemetry.lines(
                "translation", language, done.script.translator, made=done.translated, reused=reused
            )
        context.telemetry.flagged(language, _failed_checks(done.script).elements())
        self._note(
            job, language, started, lines=len(done.script.lines), translated=done.translated, warnings=warnings,
            stage="speak",
        )  # fmt: skip

    def speak(self, job: RenderJob, language: LanguageTag) -> None:
        """Make the clips that are missing."""
        context = self._context(job)
        started = self.timer()
        script = script_record.from_record(self._kept(job, language, "script"))
        earlier = self._report(job, language).warnings
        try:
            self._speak_quickly(job, language, script, context)
            watch = Watch(self, job, language)
            done = speak(script, context, watch.tell, watch.unwanted)
        except Abandoned:
            if self.ending():
                raise WorkHandedBack from None
            return
        self._keep(job, language, "rendition", episode_record.rendition_to_record(done.rendition))
        warnings = tuple(dict.fromkeys((*earlier, *done.warnings, *done.remarks)))
        engine, said = done.rendition.voice.engine, done.rendition.script
        context.telemetry.lines("speech", language, engine, made=done.spoken, reused=done.reused)
        context.telemetry.flagged(language, (_failed_checks(said) - _failed_checks(script)).elements())
        self._note(
            job, language, started, spoken=done.spoken, reused=done.reused, warnings=warnings,
            stage="assemble", done=len(script.lines), seconds_left=0.0,
        )  # fmt: skip

    def _speak_quickly(self, job: RenderJob, language: LanguageTag, script: Script, context: RenderContext) -> None:
        """Publish what somebody waits for in a quick voice, and say so until the good one is there."""
        before = self._report(job, language)
        if self.quick_voice is None or not job.urgent or before.held:
            return
        if self.publication.withdrawn_since(job.render, job.article, language):
            return
        watch = Watch(self, job, language)
        voice = self.quick_voice.publish(script, context, progress=watch.tell, unwanted=watch.unwanted)
        if voice is not None:
            told = f"published in the quick voice {voice.name} until the good one is ready"
            self.note(job, language, stage="speak", done=0, warnings=(*before.warnings, told))

    def assemble(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the episode's files, under names that no other revision has."""
        context = self._context(job)
        started = self.timer()
        stored = self.library.article(job.article)
        rendition = episode_record.rendition_from_record(self._kept(job, language, "rendition"))
        published = stored.article.published or stored.added
        edition = build_episode(stored.article, rendition, context, published=published)
        store_episode(self.blobs, edition)
        self._keep(job, language, "episode", episode_record.to_record(edition.episode))
        self._note(job, language, started, stage="publish")

    def publish(self, job: RenderJob, language: LanguageTag) -> None:
        """Put the episode into the feeds, or hold a draft where drafts are not published."""
        started = self.timer()
        episode = episode_record.from_record(self._kept(job, language, "episode"))
        report = self._report(job, language)
        held = self.publication.offer(episode, hold=report.held, render=job.render)
        if not held:
            waited = self.publication.clock() - self.library.render(job.render).requested
            self.context.telemetry.published(language, waited.total_seconds(), urgent=job.urgent)
        warnings = (*held, *report.warnings)
        told = tuple(dict.fromkeys(warnings))
        self._note(job, language, started, state=RenderState.DONE, warnings=told, stage="", seconds_left=None)

    def fail(self, job: RenderJob, language: LanguageTag, error: str) -> None:
        """Record that a language could not be made; the others go on."""
        self._note(
            job, language, self.timer(), state=RenderState.FAILED, error=error, stage="", seconds_left=None
        )  # fmt: skip

    def finish(self, job: RenderJob) -> None:
        """Close the render with the state that its languages give it, and clear away what stood between the stages."""
        for name in list(self.blobs.names(f"work/{job.render}/")):
            self.blobs.delete(name)
        reports = self.library.render(job.render).languages
        self.library.set_render_state(job.render, _outcome([reports[each].state for each in job.languages]))

    def cancelled(self, job: RenderJob) -> bool:
        """Whether the render was cancelled or superseded."""
        return self.library.render(job.render).state in {RenderState.CANCELLED, RenderState.SUPERSEDED}

    def read_aloud(self, job: ReadingJob) -> None:
        """Read a published episode in another voice or pace; yields to urgent renders."""
        self.yield_to_urgent()
        try:
            read_aloud(
                job,
                self.patient,
                library=self.library,
                blobs=self.blobs,
                clock=self.publication.clock,
                unwanted=self.ending,
            )
        except Abandoned:
            raise WorkHandedBack from None

    def note(self, job: RenderJob, language: LanguageTag, **changes: object) -> None:
        """Write down how far a language has got; no time is added."""
        self._note(job, language, self.timer(), **changes)  # type: ignore[arg-type] # names are checked by replace

    def _context(self, job: RenderJob) -> RenderContext:
        """The context of a stage; a background job starts only when no urgent render is running."""
        if job.urgent:
            return self.context
        self.yield_to_urgent()
        return self.patient

    def _keep(self, job: RenderJob, language: LanguageTag, what: str, record: Mapping[str, object]) -> None:
        self.blobs.put(_work_name(job, language, what), json.dumps(record, ensure_ascii=False).encode())

    def _kept(self, job: RenderJob, language: LanguageTag, what: str) -> Mapping[str, object]:
        kept: Mapping[str, object] = json.loads(self.blobs.get(_work_name(job, language, what)))
        return kept

    def _report(self, job: RenderJob, language: LanguageTag) -> LanguageReport:
        unknown = LanguageReport(state=RenderState.QUEUED)
        return self.library.render(job.render).languages.get(language, unknown)

    def _note(
        self,
        job: RenderJob,
        language: LanguageTag,
        started: float,
        *,
        state: RenderState = RenderState.RUNNING,
        **changes: object,
    ) -> None:
        before = self._report(job, language)
        seconds = round(before.seconds + self.timer() - started, 3)
        report = replace(before, state=state, seconds=seconds, **changes)  # type: ignore[arg-type] # names are checked by replace
        self.library.note_language(job.render, language, report)


class Watch:
    """Progress of the speaking of one language, stored at intervals; also checks whether it is still needed."""

    def __init__(self, stages: RenderStages, job: RenderJob, language: LanguageTag) -> None:
        self._stages = stages
        self._job = job
        self._language = language
        self._began = self._told = self._asked = stages.timer()
        self._before: int | None = None
        self._unwanted = False

    def tell(self, language: LanguageTag, stage: str, done: int, total: int) -> None:
        """Fills `Progress`. A short render writes nothing down here: its stage does when it ends."""
        self._before = done if self._before is None else self._before
        now = self._stages.timer()
        if now - self._told < _TELL_EVERY_S or done == total:
            return
        self._told = now
        pace = (done - self._before) / (now - self._began)
        left = round((total - done) / pace, 1) if pace > 0 else None
        self._stages.note(self._job, language, stage=stage, done=done, lines=total, seconds_left=left)

    def unwanted(self) -> bool:
        """Called for every line; asks the library only at intervals."""
        if self._stages.ending():
            return True
        now = self._stages.timer()
        if now - self._asked >= _ASK_EVERY_S:
            self._asked = now
            self._unwanted = self._stages.cancelled(self._job)
        return self._unwanted


def _failed_checks(script: Script) -> Counter[str]:
    return Counter(check.name for line in script.lines for check in line.checks if not check.passed)


def _work_name(job: RenderJob, language: LanguageTag, what: str) -> str:
    return f"work/{job.render}/{language}.{what}.json"


def _outcome(states: list[RenderState]) -> RenderState:
    if all(state is RenderState.DONE for state in states):
        return RenderState.DONE
    return RenderState.PARTIAL if RenderState.DONE in states else RenderState.FAILED
