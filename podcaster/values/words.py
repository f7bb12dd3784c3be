"""Reads numbers that are written in words: num2words, inverted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script.language_words import table
from podcaster.units import LanguageTag
from podcaster.values import han
from podcaster.values.grammar import grammar
from podcaster.values.value import CERTAIN_FROM, Value, ValueKind

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*")
_LONGEST: Final = 7
"""Words that a number below a thousand has at most, words for `and` counted."""
_A_THOUSAND: Final = 1000
_CENTURIES: Final = range(11, 21)
_ONES: Final = {"de": ("ein",), "ro": ("o",)}
"""Words that numbers begin with and that are none: `ein hundert`, `o sută`."""
_BEGINNING: Final = 4
"""Letters of a word that are looked at before it is looked up."""


def read(text: str, language: LanguageTag) -> Iterator[Value]:
    """The numbers in words; those from thirteen on are certain, but for a hundred or a thousand alone."""
    base = languages.base(language)
    if base in {"zh", "ja"}:
        return han.numbers(text)
    numbers = _below_a_thousand(base)
    if not numbers:
        return iter(())
    return _Text(text, base, numbers, _scales(language)).values()


@cache
def _scales(language: LanguageTag) -> Mapping[str, int]:
    """Powers of ten by their words."""
    return {word.casefold(): power for word, power in grammar(language).scales.items() if len(word) > 2}  # noqa: PLR2004 # k, M


class _Text:
    """A text word by word, in a language whose numbers below a thousand and powers of ten are known by their words."""

    def __init__(self, text: str, base: str, numbers: Mapping[str, int], scales: Mapping[str, int]) -> None:
        reading = table(base, "reading")
        self._text = text
        self._and = reading.get("and", "")
        self._infix = reading.get("within_a_word", "")
        self._one_needed = base == "en"
        self._table = numbers
        self._beginnings, self._first_words = _beginnings(base), _first_words(base)
        self._scales = scales
        self._words = list(_WORD.finditer(text))
        self._folded = [found[0].casefold() for found in self._words]
        self._first_of_scales = frozenset(word.partition(" ")[0] for word in scales)

    def values(self) -> Iterator[Value]:
        """Every number, none within another."""
        if not any(map(self._is_of_a_number, self._folded)):
            return  # `a` and `and` alone are none
        place = 0
        while place < len(self._words):
            if not self._may_begin(place):
                place += 1
                continue
            number, behind, parts = self._year(place) or self._number(place)
            if parts == 0:
                place += 1
                continue
            start, end = self._words[place].start(), self._words[behind - 1].end()
            certain = number >= CERTAIN_FROM and (parts > 1 or behind - place > 1 or number < _A_THOUSAND)
            said = self._text[start:end]
            yield Value(
                kind=ValueKind.NUMBER, start=start, end=end, text=said, numbers=(Decimal(number),), certain=certain
            )
            place = behind

    def _may_begin(self, place: int) -> bool:
        """Whether a number can begin at a word: most words are seen to begin none by their first letters."""
        word = self._folded[place]
        return self._is_of_a_number(word) or word in {self._and, "a"}

    def _is_of_a_number(self, word: str) -> bool:
        return (
            word[:_BEGINNING] in self._first_words
            or word in self._first_of_scales
            or "-" in word
            or "‑" in word
            or (self._infix != "" and (self._infix in word or "hundert" in word))
        )

    def _year(self, place: int) -> tuple[int, int, int] | None:
        """English says years in two halves: `twenty twenty-one`, `nineteen oh-five`, `nineteen hundred`."""
        if not self._one_needed or place + 1 >= len(self._words) or not self._adjoins(place + 1):
            return None
        century = self._table.get(self._word(place), 0)
        word = self._word(place + 1)
        rest = 0 if word == "hundred" else self._table.get(_joined([word.removeprefix("oh-")], ""), -1)
        if century not in _CENTURIES or not 0 <= rest < 100 or (0 < rest < 10 and not word.startswith("oh-")):  # noqa: PLR2004
            return None
        return century * 100 + rest, place + 2, 2

    def _number(self, place: int) -> tuple[int, int, int]:
        """The number that begins at a word, the word behind it, and how many parts it has: 0 for none."""
        total, smallest, parts = 0, 10**30, 0
        here = place
        while here < len(self._words):
            part, behind = self._part(here)
            size, behind = self._scaled(behind, part) if part is not None else self._thousand(here)
            if not size or size >= smallest or (parts and smallest < _A_THOUSAND):
                break
            total, smallest, parts, here = total + size, size // (part or 1), parts + 1, behind
            if here < len(self._words) and self._word(here) == self._and and smallest >= _A_THOUSAND:
                here += int(here + 1 < len(self._words) and self._part(here + 1)[0] is not None)
            if here >= len(self._words) or not self._adjoins(here):
                break
        return total, here, parts

    def _word(self, place: int) -> str:
        return self._folded[place]

    def _adjoins(self, place: int) -> bool:
        """Whether nothing but a space stands in front of a word."""
        return not self._text[self._words[place - 1].end() : self._words[place].start()].strip(" \u00a0-")

    def _thousand(self, place: int) -> tuple[int, int]:
        """A power of ten without a number: `mil`, `tausend`, `mil millones`, English `a billion`, Russian `миллион`."""
        if self._one_needed:
            return self._article_and_scale(place)
        power = self._scales.get(self._word(place), 0)
        if power != 3:  # noqa: PLR2004 # a thousand's power of ten
            return (10**power, place + 1) if power > 3 else (0, place)  # noqa: PLR2004 # the same
        return self._scaled(place, 1) if self._two_words(place) in self._scales else (_A_THOUSAND, place + 1)

    def _article_and_scale(self, place: int) -> tuple[int, int]:
        """English `a million`; not `half a million`, `a quarter of a million`, nor `a thousand`, which is said without a number."""
        if self._word(place) != "a" or (place and self._word(place - 1) in {"half", "of"}):
            return 0, place
        power = self._scales.get(self._two_words(place).removeprefix("a "), 0)
        return (10**power, place + 2) if power > 3 else (0, place)  # noqa: PLR2004 # a thousand's power of ten

    def _two_words(self, place: int) -> str:
        """A word and the one behind it, if only a space is between."""
        following = place + 1 < len(self._words) and self._adjoins(place + 1)
        return f"{self._word(place)} {self._word(place + 1)}" if following else ""

    def _scaled(self, behind: int, part: int) -> tuple[int, int]:
        """A number with the word for a power of ten that stands behind it, and the word behind both."""
        for width in (2, 1):
            words = range(behind, behind + width)
            if words.stop <= len(self._words) and all(map(self._adjoins, words)):
                scale = self._scales.get(" ".join(map(self._word, words)))
                if scale is not None:
                    return part * 10**scale, behind + width
        return part, behind

    def _german_year(self, place: int) -> int | None:
        """`neunzehnhundertneunundachtzig` as 1989."""
        before, cut, after = self._word(place).partition("hundert")
        century = self._table.get(before, 0)
        if not cut or self._infix != "tausend" or century not in _CENTURIES or (after and after not in self._table):
            return None
        return century * 100 + self._table.get(after, 0)

    def _part(self, place: int) -> tuple[int | None, int]:
        """The number below a thousand, or below a million within one word, that begins at a word."""
        joined = ""
        found: tuple[int, int] | None = None
        for word in range(place, min(place + _LONGEST, len(self._words))):
            joined += _joined([self._word(word)], self._and)
            if (joined and joined[:_BEGINNING] not in self._beginnings) or (word > place and not self._adjoins(word)):
                break
            if joined in self._table and self._word(word) != self._and:
                found = self._table[joined], word + 1
        if found:
            return found
        if year := self._german_year(place):
            return year, place + 1
        before, cut, after = self._word(place).partition(self._infix) if self._infix else ("", "", "")
        known = all(each in self._table or not each for each in (before, after))
        if cut and known and (before or after):
            return self._table.get(before, 1) * _A_THOUSAND + self._table.get(after, 0), place + 1
        return None, place


def _joined(words: Iterable[str], conjunction: str) -> str:
    """Words run together, without those for `and`."""
    return "".join(_without(word, conjunction) for word in words)


@lru_cache(8192)
def _without(word: str, conjunction: str) -> str:
    """A word in small letters without hyphens, and without the word for `and` between them."""
    return "".join(part for part in re.split(r"[-‑]", word.casefold()) if part != conjunction)


@cache
def _beginnings(base: str) -> frozenset[str]:
    """First letters of the numbers' words, as many as there are up to four."""
    return frozenset(word[:length] for word in _below_a_thousand(base) for length in range(1, _BEGINNING + 1))


@cache
def _first_words(base: str) -> frozenset[str]:
    """The first four letters of numbers' words: most words of a text begin none."""
    return frozenset(word[:_BEGINNING] for word in _below_a_thousand(base)).union(_ONES.get(base, ()))


@cache
def _below_a_thousand(base: str) -> Mapping[str, int]:
    """Numbers by their words, run together, without words for `and`."""
    if base == "gl":
        return _galician()
    from num2words import num2words  # noqa: PLC0415 # slow to load

    if base not in {
        "en", "es", "ca", "pt", "de", "fr", "it", "nl", "pl", "sv", "ru", "da", "nb", "no", "cs", "fi", "ro", "uk",
    }:  # fmt: skip
        return {}
    made: dict[str, int] = {}
    conjunction, endings = table(base, "reading").get("and", ""), table(base, "agreement")
    for number in range(1000):
        try:
            written = _joined(str(num2words(number, lang=base)).split(), conjunction)
        except NotImplementedError:
            return {}
        made[written] = number
        for ending, others in endings.items():
            if ending in written:
                for other in others.split("|"):
                    made.setdefault(written.replace(ending, other), number)
    return made


def _galician() -> Mapping[str, int]:
    made: dict[str, int] = {}
    lists = table("gl", "lists")
    low = dict(enumerate(lists["numbers"].split()))
    for ten, word in enumerate(lists["number_tens"].split(), 2):
        low |= {ten * 10 + unit: word + (low[unit] if unit else "") for unit in range(10)}
    for number, word in low.items():
        made[word] = number
        for hundred, many in enumerate(lists["number_hundreds"].split(), 1):
            made[many + (word if number else "")] = hundred * 100 + number
    made |= {word.replace("dous", "dúas").replace("centos", "centas"): number for word, number in made.items()}
    return made | {"cen": 100, "unha": 1}
