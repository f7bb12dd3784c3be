"""How words that a voice would get wrong are written for it: the written form and the spoken one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from podcaster.errors import SettingsWrong
from podcaster.script.phonetics import as_written, ipa_of, marked

if TYPE_CHECKING:
    from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Written form → spoken form, or pronunciation, in one language."""

    language: LanguageTag
    words: tuple[tuple[str, str], ...] = ()
    """Pairs in alphabetical order, so that equal lexicons are equal values. A pronunciation stands between slashes."""

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

        Case and accents count: `Peru` is not `Perú`. The longest entry wins, and nothing is replaced twice. A word that
        has a pronunciation becomes a name that no rule for spoken texts changes; `pronounce` puts it in its place.
        """
        return _replaced(_spoken(self.words)[0], text)

    def pronounce(self, spoken: str) -> str:
        """What a voice is given, with the pronunciations that `apply` held back (`phonetics.marked`)."""
        return _replaced(_spoken(self.words)[1], spoken)

    def written(self, shouted: str) -> str | None:
        """The entry that a word in capitals stands for: `BIDEN` gives `Biden`; None without one."""
        return next((word for word, _ in self.words if word.upper() == shouted), None)


_Words = tuple[tuple[str, str], ...]


def _replaced(words: _Words, text: str) -> str:
    if not words:
        return text
    spoken = dict(words)
    return _pattern(words).sub(lambda found: spoken[found[0]], text)


@lru_cache(maxsize=64)
def _spoken(words: _Words) -> tuple[_Words, _Words]:
    """What stands for each word at first, and what for each name that holds a pronunciation back."""
    at_first, later = [], []
    for place, (word, said) in enumerate(words):
        ipa = ipa_of(said)
        name = f"Zq{''.join(chr(ord('a') + int(digit)) for digit in str(place))}v"
        at_first.append((word, said if ipa is None else name))
        later += [] if ipa is None else [(name, marked(word, ipa))]
    return tuple(at_first), tuple(later)


@lru_cache(maxsize=64)
def _pattern(words: _Words) -> re.Pattern[str]:
    longest_first = sorted((word for word, _ in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


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
        try:
            pronounced = ipa_of(spoken) is not None
        except ValueError as error:
            yield f"{spoken} for {word!r} is not in the International Phonetic Alphabet ({str(error) or 'no letter'})"
        else:
            if pronounced and as_written(marked(str(word), "a")) != word:
                yield f"the entry {word!r} holds a sign that no pronunciation can be given for"
