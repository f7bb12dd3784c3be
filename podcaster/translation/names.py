"""Names in a text: what no engine may turn into a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from podcaster import language as languages
from podcaster.script.language_words import table
from podcaster.translation.translator import Returned
from podcaster.units import LanguageTag

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w]*(?:['’][^\W\d_]\w+)?\.?(?<!\.)"
_ANY_WORD = re.compile(r"\w+")
_DOTS = re.compile(r"(?<=\b[A-Z])\.")
"""Full stops of `U.S.`, which is `US`."""
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 3, 4
"""Letters of a name's word that must come back."""
_JOINT = r"(?:\s|(?<=\bSt)\.\s|(?<=\b[MF]t)\.\s)\s*(?:(?:al|bin|da|de|del|der|di|du|la|le|van|von)\s+)?"
_NAME = re.compile(rf"(?<![\w'’]){_WORD}(?:{_JOINT}{_WORD})*")
_ACRONYM = re.compile(r"(?<!\w)[A-Z][A-Z0-9]+s?(?!\w)")
_PLURAL = re.compile(r"[A-Z]{2,}s")
_OPENING = " \"“‘'«(¿¡"
_BEGINNING = ":;"
"""Behind one of these a row of a table goes on with its next heading."""
_QUOTES = '"“‘«'
"""Behind one of these a sentence begins, in the middle of another one, too."""
_ENDED = re.compile(r"""(?:(?<![\w.'’])[a-z][a-z'’-]+(?<!vs)|\d\d|'s)[.!?]["”»’']*$""")
"""End of a sentence, behind which a line goes on; `St.` and `Gov.` are none."""
_CAPITALISES_NOUNS = frozenset({"de", "lb"})
_SHORTENED = re.compile(r"['’](?:s|ve|m|d|ll|re)$")
"""Endings of `Kremlin's` and `I've`."""


def names_in(texts: Iterable[str], language: LanguageTag, known: Iterable[str] = ()) -> frozenset[str]:
    """The names that occur in a report's sentences.

    A word at the start of a sentence is a name only where it stands with a capital inside another one, or is `known`: an
    author, say. Languages that write all nouns with capitals give acronyms and known names alone.
    """
    sentences = [_titled(text) for text in texts]
    found = {name for text in sentences for name in _ACRONYM.findall(text)}
    if languages.base(language) not in _CAPITALISES_NOUNS:
        ordinary = _ordinary(language)
        inside = {name for text in sentences for name in _inside(text, ordinary)}
        words = {word for name in (*inside, *known) for word in name.split()} | _countries(language)
        found |= inside | {name for text in sentences for name in _at_start(text, words, ordinary)}
    return frozenset(name for name in found | set(known) if name not in _ordinary(language) and len(name) > 1)


def singular(name: str) -> str:
    """An acronym without its plural `s`, which few languages write; other names as they are."""
    return name[:-1] if _PLURAL.fullmatch(name) else name


@cache
def territories(source: LanguageTag, target: LanguageTag) -> Mapping[str, str]:
    """Countries and regions of the world: what they are called in one language, and in the other (CLDR)."""
    ours, theirs = _locale(source), _locale(target)
    if ours is None or theirs is None:
        return {}
    return {name: theirs.territories[code] for code, name in ours.territories.items() if code in theirs.territories}


def _inside(text: str, ordinary: frozenset[str]) -> Iterator[str]:
    for found in _NAME.finditer(text):
        before = text[: found.start()].rstrip()
        begins = not before.strip(_OPENING) or before[-1] in _BEGINNING or text[found.start() - 1] in _QUOTES
        begins = begins or _ENDED.search(before) is not None
        words = found[0].split()
        yield from _trimmed(words[1:] if begins else words, ordinary)


def _at_start(text: str, words: frozenset[str] | set[str], ordinary: frozenset[str]) -> Iterator[str]:
    start = _NAME.match(text.lstrip(" \"“‘'«(¿¡"))
    if start and start[0].split()[0].rstrip("’'s") in words | {start[0].split()[0]} & words:
        yield from _trimmed(start[0].split(), ordinary)


def _trimmed(words: list[str], ordinary: frozenset[str]) -> Iterator[str]:
    """The runs of words between those that are ordinary: of `Foreign Minister Wang Yi`, `Wang Yi`."""
    run: list[str] = []
    for word in [*words, ""]:
        bare = _SHORTENED.sub("", word)
        if word and bare not in ordinary:
            run.append(bare)
            continue
        while run and run[-1][:1].islower():
            run.pop()
        while run and run[0][:1].islower():
            run.pop(0)
        if run:
            yield " ".join(run)
        run = []


@cache
def _countries(language: LanguageTag) -> frozenset[str]:
    """Countries of one word: followed by a name they are a first name, as in `Chad Hammel`."""
    locale = _locale(language)
    return frozenset(name for name in locale.territories.values() if " " not in name) if locale else frozenset()


def _titled(text: str) -> str:
    return text.replace("’", "'")


@cache
def _ordinary(language: LanguageTag) -> frozenset[str]:
    """Words with a capital that are no names: days, months, languages and what their speakers are called."""
    english = frozenset(table("en", "lists")["capitalised"].split())  # which other languages translate
    locale = _locale(language)
    if locale is None:
        return english
    calendar = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return english | set(calendar) | set(locale.languages.values())


@cache
def _locale(language: LanguageTag) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def is_renamed(name: str, trip: Returned) -> bool:
    """Whether a name that is missing was translated: it is not there as it was, and comes back."""
    if name in trip.there:
        return False
    if name.casefold() in _DOTS.sub("", trip.back).casefold():
        return True
    there, back = _ANY_WORD.findall(trip.there), _ANY_WORD.findall(trip.back.casefold())
    return all(word in there or _comes_back(word.casefold(), there, back) for word in _ANY_WORD.findall(name))


def is_part(name: str, others: Iterable[str], sentence: str) -> bool:
    """Whether a name is one with another: `Application` in `Application of Technology`."""
    pairs = (pair for other in others for pair in ((name, other), (other, name)))
    return any(f"{first} {link} {second}" in sentence for first, second in pairs for link in ("of", "for", "of the"))


def _comes_back(word: str, there: Sequence[str], back: Sequence[str]) -> bool:
    """Whether a word comes back, if only inflected otherwise: Spaniards, Spanish. A misspelt copy comes back as it went."""
    beginning = word[: max(_SHORTEST_BEGINNING, min(_LONGEST_BEGINNING, len(word) - 1))]
    copied = {each.casefold() for each in there}
    return any(each.startswith(beginning) and each not in copied for each in back)
