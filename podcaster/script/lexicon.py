"""How single words are said: voices/lexicons/{language}.toml and what editors add to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from podcaster.errors import SettingsWrong
from podcaster.units import LanguageTag


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Written forms and spoken forms of one language."""

    language: LanguageTag
    words: Mapping[str, str]

    @classmethod
    def of(cls, language: LanguageTag, table: Mapping[str, object]) -> "Lexicon":
        """The lexicon of a table `{"words": {written: spoken}}`.

        Raises:
            SettingsWrong: names every entry that is not a pair of texts.
        """
        words = table.get("words", {})
        if not isinstance(words, Mapping):
            raise SettingsWrong(f"The lexicon of {language} has no table [words].", 'Write one: written = "spoken".')
        wrong = [
            str(word) for word, spoken in words.items() if not (word and isinstance(spoken, str) and spoken.strip())
        ]
        if wrong:
            raise SettingsWrong(f"The lexicon of {language} has no spoken form for {', '.join(wrong)}.", "Write one.")
        return cls(language=language, words=dict(words))

    def applied(self, text: str) -> str:
        """The text as it is said: whole words, longest first; a word in small letters matches a capital at its start."""
        return self._pattern.sub(lambda found: self._spoken(found[0]), text) if self.words else text

    def _spoken(self, word: str) -> str:
        return self.words.get(word) or self.words[word[:1].lower() + word[1:]]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = set(self.words) | {word[:1].upper() + word[1:] for word in self.words}
        ordered = sorted(forms, key=len, reverse=True)
        return re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])")
