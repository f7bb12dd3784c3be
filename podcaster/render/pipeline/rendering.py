"""The way from an article to a rendition, from top to bottom: translate, then speak."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from podcaster import language as languages
from podcaster.errors import EngineFailed
from podcaster.model import Article, Clip, Line, Rendition, Script, Voice
from podcaster.render.pipeline.line_recorder import LineRecorder, line_key
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.proofreading import flags as proof_flags
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech import own_recordings
from podcaster.render.pipeline.speech.calibrated_voices import calibrated
from podcaster.render.pipeline.speech.jingles import jingle_clip
from podcaster.render.pipeline.speech.marked_voices import cast_of, finished
from podcaster.render.pipeline.thread_pool import always_wanted, as_made
from podcaster.render.pipeline.unsayable import flags
from podcaster.script.pauses import paced
from podcaster.script.wording import worded
from podcaster.script.writing import framed, translatable, write_script
from podcaster.speech.casting import Cast
from podcaster.speech.synthesizer import Synthesizer
from podcaster.translation.memory import Memory
from podcaster.translation.post_editing.english_words import with_english_flagged
from podcaster.translation.post_editing.feminine_forms import with_women
from podcaster.translation.review import review_of
from podcaster.translation.script_translation import choose, other_ways, translate_script
from podcaster.units import ContentKey, LanguageTag


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
    untranslated = languages.match(own, [language]) is not None
    original = write_script(
        article,
        context.phrases(own),
        show=shows(language).title,
        lexicon=context.lexicon_for(article, own),
        disclosure=context.disclosure,
        spoken=untranslated,
    )
    edited = own_recordings.present(context.wordings(article.id, language), context.blobs)
    if untranslated:
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
    translated = with_english_flagged(with_women(done.script), translator)
    script = framed(
        translated,
        article,
        context.phrases(language),
        show=shows(language).title,
        draft=translator.draft,
        review=review_of(
            ((line.source, line.text) for line in translated.lines if translatable(line)),
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
    for fallback, next_synthesizer in rest:
        try:
            return spoken(voice, synthesizer, warnings=warnings)
        except EngineFailed as error:
            warnings.append(f"{voice.name} could not speak this, {fallback.name} speaks in its place: {error.what}")
            voice, synthesizer = fallback, next_synthesizer
    return spoken(voice, synthesizer, warnings=warnings)


def clip_keys(script: Script, context: RenderContext) -> Sequence[ContentKey]:
    """The clip keys of a script's lines in the first-choice voice.

    Raises:
        NoVoice: no installed engine speaks the language.
    """
    voice, synthesizer = cast_of(script, context)[0]
    voice = calibrated(voice, synthesizer, context)
    return [line_key(line, voice, synthesizer, context) for line in script.lines]


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
    keys = [line_key(line, voice, synthesizer, context) for line in script.lines]
    clips = dict(context.sentences.clips(keys))
    lines = dict(zip(keys, script.lines, strict=True))
    missing = {key: line for key, line in lines.items() if key not in clips}
    reused = sum(key in clips for key in keys)
    done = reused
    progress(script.language, "speak", done, len(keys))
    remark = context.proofreader.remark(voice, synthesizer) if context.proofreader and missing else ""
    known = {key: line for key, line in lines.items() if key in clips}
    flagged = dict(context.proofreader.recalled(known, voice) if context.proofreader else {})
    others = [each for each in cast if each[1] is not synthesizer]
    recorder = LineRecorder(script.language, [(voice, synthesizer), *others], context)
    tasks = [partial(recorder.record, key, line) for key, line in missing.items()]
    for key, line, clip in as_made(context.thread_pool, tasks, unwanted=unwanted, put_down=recorder.stop):
        clips[key], flagged[key] = clip, line
        done += keys.count(key)
        progress(script.language, "speak", done, len(keys))
    rendition = _rendition(script, voice, [(clips[key], flagged.get(key)) for key in keys], context)
    spoken_lines = rendition.script.lines
    return Spoken(
        rendition=rendition,
        spoken=len(keys) - reused,
        reused=reused,
        warnings=(*warnings, *flags(spoken_lines)),
        remarks=(*([remark] if remark else []), *proof_flags(spoken_lines)),
    )


def _rendition(
    script: Script, voice: Voice, made: Sequence[tuple[Clip, Line | None]], context: RenderContext
) -> Rendition:
    """A script's clips in order; a line that was flagged on the way stands in place of the script's own."""
    lines = tuple(
        own_recordings.timed(replace(flagged or line, index=line.index), clip)
        for line, (clip, flagged) in zip(script.lines, made, strict=True)
    )
    return Rendition(
        script=replace(script, lines=lines),
        clips=tuple(clip for clip, _ in made),
        voice=voice,
        opening=jingle_clip(context.jingles.opening, context),
        closing=jingle_clip(context.jingles.closing, context),
    )
