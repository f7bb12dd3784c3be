"""Known slips of close pairs, and the endings of cognates: voices/translation_corrections.toml."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from podcaster import language as languages
from podcaster.errors import SettingsWrong
from podcaster.units import LanguageTag

_SURE = 4
"""Letters of an ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A known wrong rendering by a pair, and the right one."""

    source: re.Pattern[str] | None
    """Pattern in the source; None: any."""
    wrong: re.Pattern[str]
    right: str


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips of one pair."""

    known: tuple[Slip, ...] = ()

    def put_right(self, source: str, text: str) -> str:
        """A translation without the slips whose source word stands in its source."""
        for slip in self.known:
            if slip.source is None or slip.source.search(source):
                text = slip.wrong.sub(_Cased(slip.right), text)
        return text


@dataclass(frozen=True, slots=True)
class _Cased:
    """Writes a word as large as the one in whose place it stands."""

    right: str

    def __call__(self, found: re.Match[str]) -> str:
        word, right = found[0], found.expand(self.right)
        return right[:1].upper() + right[1:] if word[:1].isupper() and not word.isupper() else right


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Corrections of the engines' output, by pair of languages: `pt-es`."""

    by_pair: Mapping[str, Slips] = field(default_factory=dict)
    rewordings: Mapping[str, Slips] = field(default_factory=dict)
    """A language's rewording before a close pair gets it: constructions that rules carry over word by word."""
    endings: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Endings of words of the source and of their cognates; the longest first."""
    version: str = "none"

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Corrections":
        """The corrections of a table.

        Raises:
            SettingsWrong: an entry lacks something.
        """
        try:
            by_pair = {
                pair: Slips(tuple(_slip(entry) for entry in entries))
                for pair, entries in table.get("slips", {}).items()
            }
            rewordings = {
                language: Slips(tuple(_slip(entry) for entry in entries))
                for language, entries in table.get("rewordings", {}).items()
            }
            endings = {
                pair: sorted(entries.items(), key=lambda each: -len(each[0]))
                for pair, entries in table.get("endings", {}).items()
            }
        except (KeyError, AttributeError, TypeError, re.error) as error:
            raise SettingsWrong(f"translation_corrections.toml has a wrong entry: {error}.", "Correct it.") from error
        digest = hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()
        return cls(by_pair=by_pair, rewordings=rewordings, endings=endings, version=f"corrections-{digest[:16]}")

    def slips(self, source: LanguageTag, target: LanguageTag) -> Slips:
        """Those of a pair; regional forms are one language."""
        return self.by_pair.get(_pair(source, target), Slips())

    def reworded(self, language: LanguageTag, text: str) -> str:
        """A text of a language as close pairs translate it best."""
        return self.rewordings.get(languages.base(language), Slips()).put_right("", text)

    def sure(self, word: str, source: LanguageTag, target: LanguageTag) -> str:
        """A cognate by an ending that is long enough to be trusted without a dictionary; empty where there is none."""
        endings = self.endings.get(_pair(source, target), ())
        return next((word[: -len(a)] + b for a, b in endings if len(a) >= _SURE and word.endswith(a)), "")

    def cognates(self, word: str, source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Likely forms of a word in a close language, by ending; best first."""
        endings = self.endings.get(_pair(source, target), ())
        found = [word[: -len(ours)] + theirs for ours, theirs in endings if word.endswith(ours)]
        return [*found, word]


def _slip(entry: Mapping[str, str]) -> Slip:
    source = entry.get("source")
    return Slip(source=_whole(source) if source else None, wrong=_whole(entry["wrong"]), right=entry["right"])


def _pair(source: LanguageTag, target: LanguageTag) -> str:
    return f"{languages.base(source)}-{languages.base(target)}"


def _whole(pattern: str) -> re.Pattern[str]:
    """A regular expression for whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


NO_CORRECTIONS = Corrections()
