"""Rules shared by many languages: initials letter by letter, grouped thousands, dates in figures, number words."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, partial

from podcaster import language as languages
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.wording import any_of, replaced, roman
from podcaster.units import LanguageTag


def spelt(initials: Iterable[str]) -> Rule:
    """A rule that sets letters apart where engines would take them for a word: `EU` as `E U`."""
    return replaced(rf"(?<!\w)(?:{any_of(initials)})(?!\w)", lambda found: " ".join(found[0].upper()))


def grouped(flags: re.RegexFlag | None = None) -> Rule:
    """`10 000` as `10000`: not every engine takes the space for part of a number."""
    return replaced(
        r"(?<![^\Wو])(?<![.,])(?<!\d )(\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?!\d|[ \u00a0]\d)",
        lambda found: "".join(found[1].split()),
        flags=flags or 0,
    )


def dates(language: LanguageTag, sign: str) -> Rule:
    """`5.3.2021` with its month in words; the day comes first."""
    return replaced(
        rf"(?<![\d/.,-])(\d{{1,2}}){sign}(\d{{1,2}}){sign}((?:19|20)\d\d)(?![\d/-])",
        lambda found: _date(language, found[0], *(int(part) for part in found.groups())),
    )


def iso_dates(language: LanguageTag) -> Rule:
    """`2021-03-05` with its month in words."""
    return replaced(
        r"(?<![\d/.,-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d/-])",
        lambda found: _date(language, found[0], *(int(part) for part in reversed(found.groups()))),
    )


def _date(language: LanguageTag, written: str, day: int, month: int, year: int) -> str:
    try:
        return " ".join(languages.long_date(date(year, month, day), language).split())
    except ValueError:
        return written


def clock(full: str, minutes: str, *, sign: str = ":", after: str = r"(?![\d:]|[.,]\d)") -> Rule:
    """Times of day, the full hour in a template as `{0} Uhr` and what follows it in one as ` {1}`."""
    return replaced(
        rf"(?<![\d.,:])(?P<hours>[01]?\d|2[0-4]){sign}(?P<minutes>[0-5]\d){after}",
        lambda found: (full + minutes if int(found["minutes"]) else full).format(
            int(found["hours"]), int(found["minutes"])
        ),
    )


def numerals(before: str, after: str, say: Callable[[int], str]) -> Rule:
    """Roman numerals between two patterns, said by `say`; what is none stays."""
    return replaced(rf"{before}(?P<numeral>[IVX]+){after}", partial(_numeral, say))


def _numeral(say: Callable[[int], str], found: re.Match[str]) -> str:
    number = roman(found["numeral"])
    start, end = (place - found.start() for place in found.span("numeral"))
    return f"{found[0][:start]}{say(number)}{found[0][end:]}" if number else found[0]


@cache
def number_words(number: int, language: str, form: str = "ordinal", **inflected: str | bool) -> str:
    """A number in words: `cardinal`, `ordinal` or `year`, as num2words has it, which inflects some languages' words."""
    from num2words import num2words  # noqa: PLC0415 # slow to load; most sentences have nothing for it

    return str(num2words(number, lang=language, to=form, **inflected))


def by_case(names: Mapping[str, str]) -> Mapping[str, str]:
    """Names by the case that they are in, given as words a case: each with its case."""
    return {name: case for case, each in names.items() for name in each.split()}


def parts_of_year(template: str, ordinals: Iterable[str]) -> Mapping[str, str]:
    """`Q1` to `Q4` in words: a template as `im Q{0}=im {1}en Quartal` for each of the ordinals."""
    written, _, spoken = template.partition("=")
    return {written.format(place): spoken.format(place, said) for place, said in enumerate(ordinals, 1)}
