"""The way from an article to a rendition, from top to bottom: translate, then speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from podcaster import language as languages
from podcaster.audio.clips import clip_key, make_clip
from podcaster.model import Article, Clip, Line, Rendition, Script, Voice
from podcaster.render.progress import Progress, unwatched
from podcaster.render.sentences import SentenceStore
from podcaster.render.studio import Studio
from podcaster.script.writing import framed, translatable, write_script
from podcaster.speech.speaking import speak_line
from podcaster.speech.synthesizer import Synthesizer
from podcaster.translation.rendering import choose, translate_script
from podcaster.units import ContentKey, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
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


def translate(article: Article, language: LanguageTag, studio: Studio) -> Translated:
    """Write an article's script in a language.

    Raises:
        NoTranslationPath: no installed engine translates the pair.
        EngineFailed: the engine gave an error.
    """
    show = studio.show_title(language)
    original = write_script(article, studio.phrases(article.language), show=show)
    if languages.match(article.language, [language]):
        return Translated(script=replace(original, language=language), translated=0)
    translator = choose(studio.translators, article.language, language)
    done = translate_script(
        original,
        language,
        translator=translator,
        memory=SentenceStore(studio.blobs),
        glossary=studio.glossary(article.language, language),
        names=article.authors,
        translatable=translatable,
    )
    script = framed(done.script, article, studio.phrases(language), show=show, draft=translator.draft)
    return Translated(script=script, translated=done.translated)


def speak(script: Script, studio: Studio, progress: Progress = unwatched) -> Spoken:
    """Have every line of a script spoken, those that are in the store excepted.

    Raises:
        NoVoice: no installed engine speaks the language.
        EngineFailed: an engine failed on a line more often than it may.
    """
    store = SentenceStore(studio.blobs)
    voice, synthesizer = studio.catalogue.choose(script.language, studio.synthesizers)
    voice = calibrated(voice, synthesizer, studio)
    keys = [line_key(line, voice, synthesizer, studio) for line in script.lines]
    clips = dict(store.clips(keys))
    missing = {key: line for key, line in zip(keys, script.lines, strict=True) if key not in clips}
    reused = len(keys) - len(missing)
    progress(script.language, "speak", reused, len(keys))
    for clip in studio.crew.map(lambda each: record(*each, voice, synthesizer, studio), missing.items()):
        clips[clip.key] = clip
        progress(script.language, "speak", reused + len(clips), len(keys))
    rendition = Rendition(script=script, clips=tuple(clips[key] for key in keys), voice=voice)
    return Spoken(rendition=rendition, spoken=len(missing), reused=reused)


def record(key: ContentKey, line: Line, voice: Voice, synthesizer: Synthesizer, studio: Studio) -> Clip:
    """Speak, encode and keep one line."""
    speech = speak_line(line.spoken, voice, synthesizer)
    clip, frames = make_clip(
        key, speech, gain_db=voice.gain_db or Decibels(0), pause_ms=line.pause_ms, encoder=studio.encoder
    )
    SentenceStore(studio.blobs).keep(clip, frames)
    return clip
