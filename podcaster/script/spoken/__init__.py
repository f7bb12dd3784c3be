"""Spoken form: a displayed sentence, written out as a person would read it aloud.

Engines read plain words and plain numbers well. What differs between them, or what they get wrong, is written out here:
signs, amounts of money, ranges, abbreviations, ordinals, Roman numerals, addresses, headlines in capitals.
"""

from functools import lru_cache

from podcaster.model import LineKind
from podcaster.script.lexicon import Lexicon
from podcaster.script.phonetics import unmarked
from podcaster.script.spoken import headlines, signs
from podcaster.script.spoken.foreign import foreign_words, in_one_script, romanised
from podcaster.script.spoken.languages import rewriting_of
from podcaster.script.spoken.letters import plain
from podcaster.units import LanguageTag

_KEPT = 8192
"""Lines whose spoken form is kept in memory, about 5 MB: a report that is rendered again holds one new line."""
_HEADLINES = frozenset({LineKind.TITLE, LineKind.HEADING})


@lru_cache(_KEPT)
def spoken_form(text: str, kind: LineKind, language: LanguageTag, lexicon: Lexicon | None = None) -> str:
    """Spoken form of a line: one line of text that ends a sentence; blank only for blank text."""
    text = in_one_script(plain(unmarked(text), language), language)
    spoken = signs.readable(text)
    if kind in _HEADLINES:
        spoken = headlines.cased(headlines.topics_joined(spoken, language), lexicon)
    if lexicon:
        spoken = lexicon.apply(spoken)
    spoken = rewriting_of(language)(spoken)
    spoken = signs.ended(romanised(spoken, language), language) or " ".join(text.split())
    return lexicon.pronounce(spoken) if lexicon else spoken


def words_without_sounds(text: str, language: LanguageTag, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """Words of a line in scripts that the language's voices cannot read, which are said in Latin letters; in order."""
    if text.isascii():
        return ()
    written = in_one_script(plain(text, language), language)
    return foreign_words(lexicon.apply(written) if lexicon else written, language)
