"""The way from an article to a rendition, from top to bottom: translate, then speak."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from podcaster import language as languages
from podcaster.audio.stored import CHAIN_VERSION, content_key
from podcaster.audio.stretching import stretched
from podcaster.errors import EngineFailed
from podcaster.model import Article, Clip, Line, Rendition, Script, Voice
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.proofreading import flags as proof_flags
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech import own_recordings
from podcaster.render.pipeline.speech.calibrated_voices import calibrated
from podcaster.render.pipeline.speech.foreign_sounds import given_to_voice
from podcaster.render.pipeline.speech.jingles import jingle_clip
from podcaster.render.pipeline.speech.marked_voices import cast_of, finished, marked_voices, other_voice, tempo_key
from podcaster.render.pipeline.thread_pool import Abandoned, always_wanted, as_made
from podcaster.render.pipeline.unsayable import answers, flags, said_otherwise
from podcaster.script.pauses import paced
from podcaster.script.wording import worded
from podcaster.script.writing import framed, translatable, write_script
from podcaster.speech.casting import Cast
from podcaster.speech.foreign_words import placed_in
from podcaster.speech.synthesizer import Interruptible, Speech, Synthesizer, noises
from podcaster.translation.memory import Memory
from podcaster.translation.review import review_of
from podcaster.translation.scripts import choose, other_ways, translate_script
from podcaster.units import ContentKey, Decibels, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedScript:
    """A script in the language that was asked for."""

    script: Script
    translated: int
    """Lines that an engine translated now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A rendition, all of whose clips are in the store."""

    rendition: Rendition
    spoken: int
    """Lines that were synthesized and encoded now."""
    reused: int
    warnings: tuple[str, ...] = ()
    """Voices that failed, and which voice speaks in their place."""
    remarks: tuple[str, ...] = ()
    """Lines that are heard differently; why a voice is not proofed."""


def translate(
    article: Article, language: LanguageTag, context: RenderContext, memory: Memory | None = None
) -> RenderedScript:
    """Write an article's script in a language; without a memory of its own, with the store's.

    Raises:
        NoTranslationPath: no installed engine translates the pair.
        EngineFailed: the engine gave an error.
    """
    own, shows = article.language, context.shows
    original = write_script(
        article,
        context.phrases(own),
        show=shows(language).title,
        lexicon=context.lexicon_for(article, own),
        disclosure=context.disclosure,
    )
    edited = own_recordings.present(context.wordings(article.id, language), context.blobs)
    if languages.match(own, [language]):
        own_script = paced(replace(original, language=language), context.catalogue.pauses(language))
        return RenderedScript(script=finished(worded(own_script, edited), article, context), translated=0)
    translator = choose(context.translators, own, language)
    done = translate_script(
        original,
        language,
        translator=translator,
        memory=memory or context.sentences,
        glossary=context.glossary(own, language),
        names=article.authors,
        translatable=translatable,
        ways=other_ways(context.translators, translator, own, language),
        settled={source: each.text for source, each in edited.items() if each.text is not None},
    )
    script = framed(
        done.script,
        article,
        context.phrases(language),
        show=shows(language).title,
        draft=translator.draft,
        review=review_of(
            ((line.source, line.text) for line in done.script.lines if translatable(line)),
            edited,
            context.approvals(article.id, language),
        ),
        disclosure=context.disclosure,
        lexicon=context.lexicon_for(article, language),
    )
    script = paced(script, context.catalogue.pauses(language))
    return RenderedScript(script=finished(worded(script, edited), article, context), translated=done.translated)


def speak(
    script: Script,
    context: RenderContext,
    progress: Progress = unwatched,
    unwanted: Callable[[], bool] = always_wanted,
    cast: Cast | None = None,
) -> Spoken:
    """Speak every line of a script in one voice, reusing stored clips.

    A line that the engine cannot say costs no more than its own absence, and is flagged (`render/pipeline/unsayable.py`).
    Where the voice's engine fails, the next voice of the catalogue speaks the whole script, and a warning says so.
    `unwanted` is asked now and then whether somebody has stopped it. `cast`: who speaks in place of the show's voices.

    Raises:
        NoVoice: no installed engine speaks the language.
        EngineFailed: every engine failed on a line more often than it may.
        Abandoned: it was stopped; what was spoken until then is kept.
    """
    whole_cast = cast or cast_of(script, context)
    spoken = partial(_spoken, script, context=context, progress=progress, unwanted=unwanted, cast=whole_cast)
    (voice, synthesizer), *rest = whole_cast
    warnings: list[str] = []
    for understudy, next_synthesizer in rest:
        try:
            return spoken(voice, synthesizer, warnings=warnings)
        except EngineFailed as error:
            warnings.append(f"{voice.name} could not speak this, {understudy.name} speaks in its place: {error.what}")
            voice, synthesizer = understudy, next_synthesizer
    return spoken(voice, synthesizer, warnings=warnings)


def clip_keys(script: Script, context: RenderContext) -> Sequence[ContentKey]:
    """The clip keys of a script's lines in the first-choice voice.

    Raises:
        NoVoice: no installed engine speaks the language.
    """
    voice, synthesizer = cast_of(script, context)[0]
    voice = calibrated(voice, synthesizer, context)
    return [_key(line, voice, synthesizer, context) for line in script.lines]


def _spoken(
    script: Script,
    voice: Voice,
    synthesizer: Synthesizer,
    *,
    context: RenderContext,
    progress: Progress,
    unwanted: Callable[[], bool],
    cast: Cast,
    warnings: Sequence[str],
) -> Spoken:
    """The whole script in one voice."""
    voice = calibrated(voice, synthesizer, context)
    keys = [_key(line, voice, synthesizer, context) for line in script.lines]
    clips = dict(context.sentences.clips(keys))
    missing = {key: line for key, line in zip(keys, script.lines, strict=True) if key not in clips}
    reusable = {key: line for key, line in zip(keys, script.lines, strict=True) if key in clips}
    reused = sum(key in clips for key in keys)
    done = reused
    progress(script.language, "speak", done, len(keys))
    stopped = threading.Event()
    trace = context.telemetry.trace()

    def rest(seconds: float) -> None:
        if stopped.wait(seconds):
            raise Abandoned

    def put_down() -> None:
        stopped.set()
        if isinstance(synthesizer, Interruptible):
            synthesizer.interrupt(voice)

    others = [each for each in cast if each[1] is not synthesizer]

    def recorded(key: ContentKey, line: Line) -> tuple[ContentKey, Line, Clip]:
        try:
            with context.telemetry.span("clip", trace=trace, engine=voice.engine, voice=voice.name, line=line.index):
                return key, *_recorded(line, [(voice, synthesizer), *others], context, rest)
        except EngineFailed as failure:
            if stopped.is_set() or not answers(voice, synthesizer, context.phrases(script.language).key_points):
                raise
            return key, *said_otherwise(line, failure, [(voice, synthesizer), *others], partial(_kept, context))

    remark = context.proofreader.remark(voice, synthesizer) if context.proofreader and missing else ""
    flagged = dict(context.proofreader.recalled(reusable, voice) if context.proofreader else {})
    tasks = [partial(recorded, key, line) for key, line in missing.items()]
    for key, line, clip in as_made(context.thread_pool, tasks, unwanted=unwanted, put_down=put_down):
        clips[key], flagged[key] = clip, line
        done += keys.count(key)
        progress(script.language, "speak", done, len(keys))
    lines = tuple(
        own_recordings.timed(replace(flagged.get(key, line), index=line.index), clips[key])
        for key, line in zip(keys, script.lines, strict=True)
    )
    rendition = Rendition(
        script=replace(script, lines=lines),
        clips=tuple(clips[key] for key in keys),
        voice=voice,
        opening=jingle_clip(context.jingles.opening, context),
        closing=jingle_clip(context.jingles.closing, context),
    )
    remarks = (*([remark] if remark else []), *proof_flags(lines))
    return Spoken(
        rendition=rendition,
        spoken=len(keys) - reused,
        reused=reused,
        warnings=(*warnings, *flags(lines)),
        remarks=remarks,
    )


def _key(line: Line, voice: Voice, synthesizer: Synthesizer, context: RenderContext) -> ContentKey:
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
        engine=voice.engine,
        engine_version=synthesizer.voice_version(voice),
        voice=voice.engine_voice,
        rate_wpm=voice.rate_wpm,
        pitch=voice.pitch,
        gain_db=voice.gain_db,
        pause_ms=line.pause_ms,
        encoder=context.encoder.version,
        chain=CHAIN_VERSION,
        **noises(voice),
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
    speech = speak_line(given, voice, synthesizer, wait=rest, voices=partial(_other, voice.language, context))
    speech = placed_in(speech, given, line.spoken)
    clip = _kept(context, line, speech, voice, synthesizer)
    if context.proofreader is None:
        return line, clip
    keep = partial(_kept, context, key=clip.key)
    return context.proofreader.proofed(line, speech, clip, cast=cast, keep=keep)


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
        key or _key(line, voice, synthesizer, context),
        speech,
        gain_db=Decibels(0) if line.recording else voice.gain_db or Decibels(0),
        pause_ms=line.pause_ms,
        encoder=context.encoder,
    )
    context.sentences.keep(clip, frames)
    return clip
