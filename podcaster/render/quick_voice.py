"""Publishes an episode in a fast voice until the one in the better voice is rendered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import structlog

from podcaster.errors import EngineFailed, EpisodeUnknown
from podcaster.model import Script, Voice
from podcaster.ports import BlobStore, Library
from podcaster.render.pipeline.episode_builder import build_episode, store_episode
from podcaster.render.pipeline.progress import Progress
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import clip_keys, speak
from podcaster.render.publishing.publication import Publication
from podcaster.speech.casting import Cast, ready_voices
from podcaster.speech.engine_facts import engine_facts

log = structlog.get_logger()
_TIMES_FASTER: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickVoice:
    """Publishes a report in a quick voice, if that is wanted and nobody can hear the report in its language yet."""

    library: Library
    blobs: BlobStore
    publication: Publication
    worth_s: float = 60.0
    """Seconds that a thread needs for the good voice before a quick one is worth hearing."""

    def publish(
        self, script: Script, context: RenderContext, *, progress: Progress, unwanted: Callable[[], bool]
    ) -> Voice | None:
        """Publish the script in the quick voice, as a revision that the good voice's replaces; None: it was not worth it.

        Raises:
            Abandoned: somebody has stopped the render.
        """
        if not self._heard_by_nobody(script) or (script.draft and not self.publication.publish_drafts):
            return None
        cast = quick_cast(script, context, self.worth_s)
        if cast is None:
            return None
        try:
            spoken = speak(script, replace(context, proofreader=None), progress, unwanted, cast)
        except EngineFailed as failure:
            log.warning("the quick voice fails", voice=cast[0][0].name, reason=failure.what)
            return None
        stored = self.library.article(script.article)
        published = stored.article.published or stored.added
        edition = build_episode(stored.article, spoken.rendition, context, published=published)
        store_episode(self.blobs, edition)
        held = self.publication.offer(edition.episode)
        return None if held else cast[0][0]

    def _heard_by_nobody(self, script: Script) -> bool:
        try:
            self.library.episode(script.article, script.language)
        except EpisodeUnknown:
            return True
        return False


def quick_cast(script: Script, context: RenderContext, worth_s: float) -> Cast | None:
    """The first voice that is several times as fast as the script's own; None where the good one is quick enough.

    Raises:
        NoVoice: no installed engine speaks the language.
    """
    if script.voices:
        return None
    voices = ready_voices(context.catalogue, script.language, context.synthesizers)
    pace = _times_real_time(voices[0]) if voices else None
    quick = [voice for voice in voices if pace and (_times_real_time(voice) or 0) >= _TIMES_FASTER * pace]
    if not pace or not quick:
        return None
    from podcaster.speech.speaking import expected_seconds  # noqa: PLC0415 # numpy: most of a service's life needs none

    keys = clip_keys(script, context)
    kept = context.sentences.clips(keys)
    missing = {key: line.spoken for key, line in zip(keys, script.lines, strict=True) if key not in kept}
    if sum(map(expected_seconds, missing.values())) / pace < worth_s:
        return None
    return [(quick[0], context.synthesizers[quick[0].engine])]


def _times_real_time(voice: Voice) -> float | None:
    facts = engine_facts().get(voice.engine)
    return facts.times_real_time if facts else None
