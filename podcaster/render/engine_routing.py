"""Decides which workers make a language: those that keep to the engine of its voice, where there are such."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from podcaster.errors import NoVoice, PodcasterError
from podcaster.model import Voice
from podcaster.ports import Clock, WaitingWork
from podcaster.render.worker_presence import WorkerPresence, WorkerRecord
from podcaster.units import LanguageTag

_REMEMBERED_S: Final = 5.0
"""As long as a worker takes to tell of itself again."""


class EngineRouting:
    """Routes languages to engines that workers keep to (`podcaster worker --engines`)."""

    def __init__(
        self,
        *,
        presence: WorkerPresence,
        voices: Callable[[LanguageTag], Sequence[Voice]],
        clock: Clock,
    ) -> None:
        """`voices` of a language in order of preference, whether their engine is here or not."""
        self._presence = presence
        self._voices = voices
        self._clock = clock
        self._workers: Sequence[WorkerRecord] = ()
        self._looked: float | None = None

    def engine_for(self, language: LanguageTag) -> str:
        """The engine whose workers make a language; empty: any worker that keeps to none.

        That is the engine of the most preferred voice that some living worker speaks with, where a worker keeps to it.
        """
        workers = self._living()
        kept_to = {engine for each in workers for engine in each.only}
        if not kept_to:
            return ""
        usable = {engine for each in workers if not each.only for engine in each.engines}
        engines = (voice.engine for voice in self._known_voices(language))
        chosen = next((engine for engine in engines if engine in kept_to | usable), "")
        return chosen if chosen in kept_to else ""

    def _known_voices(self, language: LanguageTag) -> Sequence[Voice]:
        try:
            return self._voices(language)
        except NoVoice:
            return ()

    def _living(self) -> Sequence[WorkerRecord]:
        if self._looked is None or time.monotonic() - self._looked > _REMEMBERED_S:
            try:
                now = self._clock()
                self._workers = [each for each in self._presence.workers() if each.lives(now)]
            except PodcasterError:  # the store is away: as it was
                return self._workers
            self._looked = time.monotonic()
        return self._workers


def stranded(waiting: Sequence[WaitingWork], living: Sequence[WorkerRecord]) -> Sequence[WaitingWork]:
    """Work that no living worker can begin."""
    kept_to = {engine for each in living for engine in each.only}
    unrestricted = any(not each.only for each in living)

    def is_served(work: WaitingWork) -> bool:
        if work.of_any_worker:
            return bool(living)
        return work.engine in kept_to if work.engine else unrestricted

    return [work for work in waiting if not is_served(work)]


def described(work: WaitingWork) -> str:
    """A line on work that waits: for whom, and what helps."""
    what = f"{work.count} {'language waits' if work.count == 1 else 'languages wait'}"
    if work.of_any_worker:
        what = f"{work.count} {'render waits' if work.count == 1 else 'renders wait'}"
        return f"{what}, and no worker lives: start `podcaster worker`."
    if work.engine:
        return (
            f"{what} for the engine {work.engine}, which no living worker keeps to: "
            f"start `podcaster worker --engines {work.engine}`."
        )
    return f"{what} for a worker that keeps to no engine, and none lives: start `podcaster worker`."
