"""Pronunciations of a line's foreign words, by the rules of their own languages."""

from collections.abc import Mapping
from functools import lru_cache

from podcaster import language as languages
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Article, Line
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.script.spoken.foreign import pronounceable, romanised
from podcaster.speech.foreign_words import sounds_of, with_sounds
from podcaster.units import LanguageTag


def given_to_voice(line: Line, language: LanguageTag, context: RenderContext) -> str:
    """A line's spoken form with the sounds of its foreign words; as it is without a pronouncer."""
    if context.pronouncer is None or (line.text.isascii() and not line.foreign):
        return line.spoken
    return with_sounds(line.spoken, _sounds(line, language, context.pronouncer))


def foreign_in(text: str, article: Article, language: LanguageTag) -> tuple[tuple[str, str], ...]:
    """The words of a line that the page marked as of another language than the line's."""
    return tuple(
        (word, tag)
        for word, tag in article.foreign_words
        if word in text and languages.base(LanguageTag(tag)) != languages.base(language)
    )


def _sounds(line: Line, language: LanguageTag, pronouncer: Pronouncer) -> Mapping[str, str]:
    by_script = {
        romanised(word, language): _ipa(word, tag, pronouncer) for word, tag in pronounceable(line.text, language)
    }
    by_page = {romanised(word, language): _ipa(word, LanguageTag(tag), pronouncer) for word, tag in line.foreign}
    return {**by_script, **by_page}


@lru_cache(4096)
def _ipa(word: str, language: LanguageTag, pronouncer: Pronouncer) -> str:
    """Empty if the language's rules are not installed."""
    try:
        return sounds_of(pronouncer.pronounce((word,), language)[0]) if pronouncer.pronounces(language) else ""
    except (EngineFailed, NoVoice):
        return ""
