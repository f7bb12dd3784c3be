"""The lexicon: spoken forms of words that a voice would get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from podcaster.errors import SettingsWrong
from podcaster.script.entries import expression_of, pattern_of
from podcaster.script.phonetics import as_written, ipa_of, marked

if TYPE_CHECKING:
    from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Written form → spoken form, or pronunciation, in one language."""

    language: LanguageTag
    words: tuple[tuple[str, str], ...] = ()
    """Pairs in alphabetical order, so that equal lexicons are equal values.

    A pronunciation stands between slashes; so does a regular expression in place of a word (`entries.expression_of`).
    """

    @classmethod
    def from_table(cls, language: LanguageTag, table: Mapping[str, object]) -> Self:
        """The lexicon that a TOML file or a request holds: `{"words": {"Biden": "Baiden", "Xi": "/ɕi/"}}`.

        Raises:
            SettingsWrong: names every key and entry that is no pair of texts.
        """
        faults = list(_faults(table))
        if faults:
            raise SettingsWrong(
                f"The lexicon of {language} is wrong: {'; '.join(faults)}.",
                'Give a table "words" whose entries are written form = "spoken form".',
            )
        words = table.get("words", {})
        assert isinstance(words, Mapping)  # noqa: S101 # _faults has seen to it
        return cls(language=language, words=tuple(sorted((str(word), str(spoken)) for word, spoken in words.items())))

    def joined(self, other: Lexicon) -> Lexicon:
        """Both lexicons as one of this language; where they differ, the other's entry counts."""
        if not other.words:
            return self
        return Lexicon(language=self.language, words=tuple(sorted({**dict(self.words), **dict(other.words)}.items())))

    def apply(self, text: str) -> str:
        """The text with every whole word or phrase of the lexicon in its spoken form.

        Case and accents count: `Peru` is not `Perú`. The longest entry wins, words before expressions, and nothing is
        replaced twice. The spoken form of an expression can name its groups: backslash, number. A word that has a
        pronunciation becomes a name that no rule for spoken texts changes; `pronounce` puts it in its place.
        """
        return _replaced(_spoken(self.words)[0], text)

    def pronounce(self, spoken: str) -> str:
        """Text for the voice, with the pronunciations that `apply` held back (`phonetics.marked`)."""
        return _replaced(_spoken(self.words)[1], spoken)

    def written(self, shouted: str) -> str | None:
        """The entry that a word in capitals stands for: `BIDEN` gives `Biden`; None without one."""
        return next((word for word, _ in self.words if word.upper() == shouted), None)


_Words = tuple[tuple[str, str], ...]
_HYPHENATED = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)+(?![\w-])")
_SYLLABLE = 2
"""Letters of a part that is a syllable: `en-GWEN-yah`, but not `e-BAY`."""


def _replaced(words: _Words, text: str) -> str:
    if not words:
        return text
    entries, pattern, expressions = _pattern(words)
    if not expressions and not any(word in text for word, _ in words):
        return text  # at a tenth of a search's cost
    spoken = dict(words)

    def said(found: re.Match[str]) -> str:
        entry = entries[str(found.lastgroup)]
        expression = expression_of(entry)
        whole_match = re.fullmatch(expression, found[0]) if expression else None
        return whole_match.expand(spoken[entry]) if whole_match else spoken[entry]

    return pattern.sub(said, text)


def _stressed(found: re.Match[str]) -> str:
    """A respelling as newsrooms write it, the stressed syllable in capitals, without them: `oh-KAH-for`, which is not spelled."""
    parts = [part for part in found[0].split("-") if len(part) >= _SYLLABLE]
    return found[0].lower() if {True, False} == {part.isupper() for part in parts} else found[0]


@lru_cache(maxsize=64)
def _spoken(words: _Words) -> tuple[_Words, _Words]:
    """Placeholders of words, and of names that hold a pronunciation back.

    What an expression finds is left as it is until it gets its pronunciation.
    """
    at_first, later = [], []
    for place, (word, said) in enumerate(words):
        ipa = ipa_of(said)
        if ipa is not None and expression_of(word) is not None:
            later.append((word, marked(r"\g<0>", ipa)))
            continue
        name = f"Zq{''.join(chr(ord('a') + int(digit)) for digit in str(place))}v"
        at_first.append((word, _HYPHENATED.sub(_stressed, said) if ipa is None else name))
        later += [] if ipa is None else [(name, marked(word, ipa))]
    return tuple(at_first), tuple(later)


@lru_cache(maxsize=64)
def _pattern(words: _Words) -> tuple[Mapping[str, str], re.Pattern[str], bool]:
    """Entries by the name of their group; a pattern of all of them, words first, the longest first; whether any is no word."""
    ordered = sorted((word for word, _ in words), key=lambda word: (expression_of(word) is not None, -len(word)))
    entries = {f"_{place}": word for place, word in enumerate(ordered)}
    pattern = re.compile("|".join(f"(?P<{name}>{pattern_of(word)})" for name, word in entries.items()))
    return entries, pattern, any(expression_of(word) is not None for word in ordered)


def _faults(table: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{key!r} is not known" for key in table if key != "words")
    words = table.get("words", {})
    if not isinstance(words, Mapping):
        yield '"words" is not a table'
        return
    for word, spoken in words.items():
        if not str(word).strip() or not isinstance(spoken, str) or not spoken.strip():
            yield f"the entry {word!r} is not a text for a text"
            continue
        if fault := _expression_fault(str(word), spoken):
            yield f"the entry {word!r}: {fault}"
            continue
        try:
            pronounced = ipa_of(spoken) is not None
        except ValueError as error:
            yield f"{spoken} for {word!r} is not in the International Phonetic Alphabet ({str(error) or 'no letter'})"
        else:
            if pronounced and expression_of(str(word)) is None and as_written(marked(str(word), "a")) != word:
                yield f"the entry {word!r} holds a sign that no pronunciation can be given for"


def _expression_fault(word: str, spoken: str) -> str:
    """The fault of an expression or of the groups in its spoken form; empty for words."""
    try:
        expression = expression_of(word)
        if expression is not None:
            re.compile(expression).sub(spoken, "")
    except (ValueError, re.error, IndexError) as error:
        return str(error)
    return ""
