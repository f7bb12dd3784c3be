"""Voices that a mark or a rule of the show asks for, in place of the episode's own."""

from dataclasses import replace

from podcaster.errors import NoVoice
from podcaster.model import Article, Line, LineKind, Reading, Script, Voice
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech.foreign_sounds import foreign_in
from podcaster.script.inline_marks import in_voice, voices_in
from podcaster.speech.casting import Cast, cast, ready_voices, wished
from podcaster.speech.synthesizer import Synthesizer
from podcaster.speech.voice_rules import for_article, for_quotes
from podcaster.units import LanguageTag


def finished(script: Script, article: Article, context: RenderContext) -> Script:
    """A script with the voices of the show's rules, and the words that the page marks as of another language."""
    if article.foreign_words:
        lines = (replace(line, foreign=foreign_in(line.text, article, script.language)) for line in script.lines)
        script = replace(script, lines=tuple(lines))
    return voiced(script, article, context)


def voiced(script: Script, article: Article, context: RenderContext) -> Script:
    """A script with the voices that the show's rules give to its report and its quotes; as it is without a rule."""
    rules = context.voice_rules
    if not rules:
        return script
    wish = next((each for each in for_quotes(rules) if other_voice(script.language, context, each)), "")
    lines = tuple(_quoted(line, wish) for line in script.lines) if wish else script.lines
    return replace(script, lines=lines, voices=for_article(rules, article))


def cast_of(script: Script, context: RenderContext) -> Cast:
    """The voices of a script: those of the show, behind the one that its rules wish for.

    Raises:
        NoVoice: no engine that is here has a voice of the language.
    """
    if not script.voices:
        return context.catalogue.fallback_voices(script.language, context.synthesizers)
    return cast(context.catalogue, script.language, context.synthesizers, Reading(voices=script.voices))


def other_voice(language: LanguageTag, context: RenderContext, wish: str) -> tuple[Voice, Synthesizer] | None:
    """A ready voice of the language by its name or gender."""
    found = wished(ready_voices(context.catalogue, language, context.synthesizers), (wish,))
    return (found, context.synthesizers[found.engine]) if found else None


def voices_of(language: LanguageTag, context: RenderContext) -> frozenset[str]:
    """Names and genders that a mark for a voice of the language can have here."""
    try:
        voices = ready_voices(context.catalogue, language, context.synthesizers)
    except NoVoice:
        return frozenset()
    return frozenset({name for voice in voices for name in (voice.name, voice.gender) if name})


def marked_voices(spoken: str, language: LanguageTag, context: RenderContext) -> dict[str, str]:
    """Key field of a clip in which other voices speak."""
    found = [(wish, other_voice(language, context, wish)) for wish in voices_in(spoken)]
    said = [
        f"{wish}={each[0].engine}/{each[1].voice_version(each[0])}/{each[0].engine_voice}/{each[0].rate_wpm}/{each[0].pitch}"
        for wish, each in found
        if each
    ]
    return {"voices": ";".join(said)} if said else {}


def tempo_key(voice: Voice, context: RenderContext) -> dict[str, str | float]:
    """Key fields of a clip whose pace is changed after synthesis."""
    if context.stretcher is None or voice.tempo == 1:
        return {}
    return {"tempo": voice.tempo, "by": context.stretcher.version}


def _quoted(line: Line, wish: str) -> Line:
    return replace(line, spoken=in_voice(line.spoken, wish)) if line.kind is LineKind.QUOTE else line
