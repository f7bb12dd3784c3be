"""Known slips of close pairs, and the endings of cognates: voices/translation_corrections.toml."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final

from podcaster import language as languages
from podcaster.errors import SettingsWrong
from podcaster.units import LanguageTag

_SURE = 4
"""Letters of an ending."""
_SIGN: Final = re.compile(
    r"""
    (?P<opens>\((?:\?(?:[:=!]|<[=!]|P<\w+>|[a-zA-Z]*-?[a-z]*:))?)|(?P<closes>\))|(?P<bar>\|)
    |(?P<times>[?*+]|\{[\d,]*\})|(?P<letter>[^\\\[.^$])|\\.|\[\^?.[^\]]*\]|.
    """,
    re.VERBOSE,
)
"""A sign of a regular expression."""
_SHORTEST: Final = 2
"""Letters that are looked for before a pattern is."""


@dataclass(frozen=True, slots=True)
class WholeWords:
    """A regular expression for whole words in any case, and what no text without a match need be searched for."""

    text: str
    needles: tuple[str, ...]
    """Small letters, one of which each match has; empty: unknown."""

    @classmethod
    def of(cls, pattern: str) -> "WholeWords":
        """A pattern that is compiled when a text has its letters: most are never needed."""
        return cls(rf"(?<!\w)(?:{pattern})(?!\w)", needles(pattern))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Raises re.error: it is no regular expression."""
        return _compiled(self.text)

    def may_be_in(self, lowered: str) -> bool:
        """Whether a text in small letters may have a match: looking for letters costs a tenth of a search."""
        return not self.needles or any(needle in lowered for needle in self.needles)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def needles(pattern: str) -> tuple[str, ...]:
    """Letters of which each match of a regular expression has one: the longest run of each alternative; empty: unknown."""
    runs, run, depth = [[""]], "", 0
    for sign in _SIGN.finditer(pattern):
        if sign["letter"] and not depth:
            run += sign["letter"]
            continue
        if sign["times"] and not depth:
            run = run[:-1] if sign["times"][0] in "?*{" else run
        runs[-1].append(run)
        run = ""
        if sign["bar"] and not depth:
            runs.append([""])
        depth += bool(sign["opens"]) - bool(sign["closes"])
    runs[-1].append(run)
    longest = tuple(max(each, key=len).lower() for each in runs)
    return longest if all(len(each) >= _SHORTEST for each in longest) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A known wrong rendering by a pair, and the right one."""

    source: WholeWords | None
    """Pattern in the source; None: any."""
    wrong: WholeWords
    right: str


@dataclass(frozen=True)
class Slips:
    """The slips of one pair."""

    known: tuple[Slip, ...] = ()

    def put_right(self, source: str, text: str) -> str:
        """A translation without the slips whose source word stands in its source."""
        asked = source.lower()
        left = self._that_may_be_in(text)
        while left:
            place = left.pop()
            slip = self.known[place]
            if slip.source is not None and not (slip.source.may_be_in(asked) and slip.source.pattern.search(source)):
                continue
            written = slip.wrong.pattern.sub(_Cased(slip.right), text)
            if written != text:
                text = written
                left = [each for each in self._that_may_be_in(text) if each > place]
        return text

    def _that_may_be_in(self, text: str) -> list[int]:
        """Places of the slips that a text may have, the last one first: a hundredth of them, found by pairs of letters."""
        by_pair, always = self._index
        said = text.lower()
        found = {place for pair in by_pair.keys() & _pairs(said) for needle, place in by_pair[pair] if needle in said}
        return sorted(found.union(always), reverse=True)

    @cached_property
    def _index(self) -> tuple[Mapping[str, Sequence[tuple[str, int]]], Sequence[int]]:
        """Each needle with its slip's place, under the pair of its letters that fewest needles have; slips without any."""
        needles = [(needle, place) for place, slip in enumerate(self.known) for needle in slip.wrong.needles]
        shares = Counter(pair for needle, _ in needles for pair in _pairs(needle))
        by_pair: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for needle, place in needles:
            by_pair[min(sorted(_pairs(needle)), key=lambda pair: shares[pair])].append((needle, place))
        return by_pair, [place for place, slip in enumerate(self.known) if not slip.wrong.needles]


def _pairs(text: str) -> set[str]:
    """Each two letters that stand side by side."""
    return set(map(str.__add__, text, text[1:]))


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
    def of(cls, table: Mapping[str, Any], *, trusted: bool = False) -> "Corrections":
        """The corrections of a table; the patterns of one that is `trusted` are not tried, which takes a tenth of a second.

        Raises:
            SettingsWrong: an entry lacks something, or has a pattern that is none.
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
            for slip in () if trusted else chain(*(each.known for each in (*by_pair.values(), *rewordings.values()))):
                for words in filter(None, (slip.source, slip.wrong)):
                    re.compile(words.text)
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
    wrong = WholeWords.of(entry["wrong"])
    return Slip(source=WholeWords.of(source) if source else None, wrong=wrong, right=entry["right"])


def _pair(source: LanguageTag, target: LanguageTag) -> str:
    return f"{languages.base(source)}-{languages.base(target)}"


NO_CORRECTIONS = Corrections()
