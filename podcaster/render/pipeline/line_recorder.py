"""Recording single lines: spoken, encoded, kept under their keys, and proofed."""

import threading
from collections.abc import Callable
from functools import partial

from podcaster.audio.stored_clips import CHAIN_VERSION, content_key
from podcaster.audio.stretching import stretched
from podcaster.errors import EngineFailed
from podcaster.model import Clip, Line, Voice
from podcaster.render.pipeline.proofreading import Given
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech import own_recordings
from podcaster.render.pipeline.speech.calibrated_voices import calibrated
from podcaster.render.pipeline.speech.foreign_sounds import given_to_voice
from podcaster.render.pipeline.speech.marked_voices import marked_voices, other_voice, tempo_key
from podcaster.render.pipeline.thread_pool import Abandoned
from podcaster.render.pipeline.unsayable import answers, said_otherwise
from podcaster.speech.casting import Cast
from podcaster.speech.foreign_words import placed_in
from podcaster.speech.synthesizer import Interruptible, Speech, Synthesizer, voice_fields
from podcaster.units import ContentKey, Decibels, LanguageTag


class LineRecorder:
    """Records the lines of one script in one voice, several at a time, until it is stopped."""

    def __init__(self, language: LanguageTag, cast: Cast, context: RenderContext) -> None:
        """`cast` begins with the voice that speaks; the others are asked where it cannot."""
        self._language, self._cast, self._context = language, cast, context
        self._stopped = threading.Event()
        self._trace = context.telemetry.trace()

    def record(self, key: ContentKey, line: Line) -> tuple[ContentKey, Line, Clip]:
        """Record a line; one that the engine refuses is said otherwise, and flagged.

        Raises:
            EngineFailed: the engine does not say the show's own words either.
            Abandoned: it was stopped.
        """
        context, (voice, synthesizer) = self._context, self._cast[0]
        try:
            with context.telemetry.span(
                "clip", trace=self._trace, engine=voice.engine, voice=voice.name, line=line.index
            ):
                return key, *_recorded(line, self._cast, context, self._rest)
        except EngineFailed as failure:
            probe = context.phrases(self._language).key_points
            if self._stopped.is_set() or not answers(voice, synthesizer, probe):
                raise
            return key, *said_otherwise(line, failure, self._cast, partial(_kept, context))

    def stop(self) -> None:
        """Stop; a line that is being spoken is given up where the engine allows it."""
        self._stopped.set()
        voice, synthesizer = self._cast[0]
        if isinstance(synthesizer, Interruptible):
            synthesizer.interrupt(voice)

    def _rest(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise Abandoned


def line_key(line: Line, voice: Voice, synthesizer: Synthesizer, context: RenderContext) -> ContentKey:
    """The key of a line's clip: everything that goes into it."""
    if line.recording is not None:
        return content_key(
            recording=line.recording,
            pause_ms=line.pause_ms,
            encoder=context.encoder.version,
            chain=CHAIN_VERSION,
            **own_recordings.key_fields(line, voice.language, context),
        )
    return content_key(
        spoken=given_to_voice(line, voice.language, context),
        gain_db=voice.gain_db,
        pause_ms=line.pause_ms,
        encoder=context.encoder.version,
        chain=CHAIN_VERSION,
        **voice_fields(voice, synthesizer),
        **tempo_key(voice, context),
        **marked_voices(line.spoken, voice.language, context),
    )


def _other(language: LanguageTag, context: RenderContext, wish: str) -> tuple[Voice, Synthesizer] | None:
    """The voice of a mark, as loud as the show's others."""
    found = other_voice(language, context, wish)
    return (calibrated(found[0], found[1], context), found[1]) if found else None


def _recorded(line: Line, cast: Cast, context: RenderContext, rest: Callable[[float], None]) -> tuple[Line, Clip]:
    """Speak, encode, keep and proof one line; `cast` has the voice of the episode first."""
    from podcaster.speech.speaking import speak_line  # noqa: PLC0415 # numpy: a render that makes nothing new needs none

    voice, synthesizer = cast[0]
    if line.recording is not None:
        return line, _kept(context, line, own_recordings.sound(line, voice.language, context), voice, synthesizer)
    given = given_to_voice(line, voice.language, context)
    voices = partial(_other, voice.language, context)
    speech = placed_in(speak_line(given, voice, synthesizer, wait=rest, voices=voices), given, line.spoken)
    clip = _kept(context, line, speech, voice, synthesizer)
    if context.proofreader is None:
        return line, clip
    keep = partial(_kept, context, key=clip.key)
    return context.proofreader.proofed(line, speech, clip, given=Given(given, voices), cast=cast, keep=keep)


def _kept(
    context: RenderContext,
    line: Line,
    speech: Speech,
    voice: Voice,
    synthesizer: Synthesizer,
    *,
    key: ContentKey | None = None,
) -> Clip:
    """Encode and keep the sound of a line, under its own key unless another is named."""
    from podcaster.audio.recording import make_clip  # noqa: PLC0415 # numpy, as above

    voice = calibrated(voice, synthesizer, context)
    if line.recording is None and context.stretcher is not None and voice.tempo != 1:
        speech = stretched(speech, voice.tempo, context.stretcher)
    clip, frames = make_clip(
        key or line_key(line, voice, synthesizer, context),
        speech,
        gain_db=Decibels(0) if line.recording else voice.gain_db or Decibels(0),
        pause_ms=line.pause_ms,
        encoder=context.encoder,
    )
    context.sentences.keep(clip, frames)
    return clip
