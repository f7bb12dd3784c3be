"""Whether two sentences in two languages hold the same values."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.spoken.letters import plain
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of
from podcaster.units import LanguageTag
from podcaster.values.grammar import family, grammar
from podcaster.values.parsing import read
from podcaster.values.signs import joined
from podcaster.values.value import Value, ValueKind

_LEADING_DOT: Final = re.compile(r"(?<![\w.,])\.(?=\d)")
"""A decimal point without its nought."""
_HALF_A_DAY: Final = 12
_ORDINALS_TO: Final = 40
_SIGNS: Final[dict[str, tuple[re.Pattern[str], str]]] = {
    "<": (re.compile(r"(?<=[\w)%])\s?[<≤]=?\s?(?=[-−+]?[\d$€£])"), r"[<≤]"),
    ">": (re.compile(r"(?<=[\w)%])\s?[>≥]=?\s?(?=[-−+]?[\d$€£])"), r"[>≥]"),
    "/": (
        re.compile(r"(?<=[^\W\d_]{2})(?<!\bhe)(?<!\bhis)(?<!\bher)(?<!\bhim)(?<!\bshe)/(?=[^\W\d_]{2})", re.IGNORECASE),
        "/",
    ),
    "µ": (re.compile(r"(?<=\d)\s?[µμ](?=[A-Za-z])"), r"[µμ]|(?i:micro|micró|mikro|мкг|мкм|мкл|микро|माइक्रो|微)"),
    "±": (re.compile(r"(?:±|\+/[-−])\s?(?=[\d$€£])"), r"±|\+/[-−]"),
}
"""Signs that a translation must not lose, and what they are looked for as; or as words of comparison."""


@lru_cache(4096)
def faults(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> tuple[str, ...]:
    """Values missing from a translation, and values added to it; empty if they agree."""
    source, target = (
        _LEADING_DOT.sub("0.", plain(source, source_language)),
        _LEADING_DOT.sub("0.", plain(target, language)),
    )
    ours = read(source, source_language)
    theirs = sorted(read(target, language), key=lambda each: not each.certain)
    missing: list[Value] = []
    for value in sorted(ours, key=lambda each: not each.certain):
        match = next((other for other in theirs if same(value, other, exact=True)), None) or next(
            (other for other in theirs if same(value, other)), None
        )
        if match is not None:
            theirs.remove(match)
        elif (parts := _parts_apart(value, theirs, target, language)) is not None:
            theirs = [each for each in theirs if each not in parts]
        elif value.certain and not _said_otherwise(value, target, language):
            missing.append(value)
    added = [value for value in theirs if value.certain and _in_figures(value) and not _in_words(value, ours)]
    bare = source
    for value in ours:
        if value.kind is ValueKind.TOKEN:
            bare = bare[: value.start] + " " * (value.end - value.start) + bare[value.end :]
    lost = tuple(
        sign for sign, (pattern, _) in _SIGNS.items() if pattern.search(bare) and not _sign(sign, target, language)
    )
    return (
        *(f"{value.text} is missing" for value in missing),
        *(f"{value.text} was added" for value in added),
        *(f"{sign} is missing" for sign in (*lost, *(each for each in joined(source) if each not in target))),
    )


def same(ours: Value, theirs: Value, *, exact: bool = False) -> bool:
    """Whether two values are one; `exact` wants the likeliest readings and the units to be the same."""
    kinds = {ours.kind, theirs.kind}
    for kind, alike in _ALIKE.items():
        if kind in kinds:
            return alike(ours, theirs)
    if exact:
        return ours.number == theirs.number and family(ours.unit) == family(theirs.unit)
    return bool(set(ours.numbers) & set(theirs.numbers)) and _same_unit(ours.unit, theirs.unit)


def _same_text(ours: Value, theirs: Value) -> bool:
    return ours.kind is theirs.kind and ours.text.casefold() == theirs.text.casefold()


def _same_digits(ours: Value, theirs: Value) -> bool:
    return re.sub(r"\D", "", ours.text) == re.sub(r"\D", "", theirs.text)


def _same_fraction(ours: Value, theirs: Value) -> bool:
    return ours.kind is theirs.kind and ours.numbers == theirs.numbers


def _same_unit(ours: str, theirs: str) -> bool:
    """Money and parts of a hundred have to agree; of a measure one side may be in a word that is not known."""
    one, other = family(ours.lstrip("?")), family(theirs.lstrip("?"))
    if one == other:
        return True
    if "?" in ours[:1] + theirs[:1]:
        return not one or not other or "" in {ours, theirs}
    known = {each for each in (ours, theirs) if each}
    return len(known) == 1 and "-" in next(iter(known))


def _same_day(ours: Value, theirs: Value) -> bool:
    if theirs.kind is not ValueKind.DATE or ours.kind is not ValueKind.DATE:
        return False
    days = {ours.date, (ours.date[0], ours.date[2], ours.date[1])} if ours.swapped else {ours.date}
    others = {theirs.date, (theirs.date[0], theirs.date[2], theirs.date[1])} if theirs.swapped else {theirs.date}
    return bool(days & others)


def _same_time(ours: Value, theirs: Value) -> bool:
    """Whether the clock shows the same; twelve hours apart where one side does not say which half of the day."""
    if ours.kind is theirs.kind:
        hours = (ours.numbers[0] - theirs.numbers[0]) % _HALF_A_DAY
        return hours == 0 and ours.numbers[1] == theirs.numbers[1]
    clock, other = (ours, theirs) if ours.kind is ValueKind.TIME else (theirs, ours)
    hour = (other.number - clock.numbers[0]) % _HALF_A_DAY if other.numbers else Decimal(1)
    written = other.numbers and other.number == clock.numbers[0] + clock.numbers[1] / 100
    return bool(written) or (clock.numbers[1] == 0 and hour == 0)


_ALIKE: Final[Mapping[ValueKind, Callable[[Value, Value], bool]]] = {
    ValueKind.TOKEN: _same_text,
    ValueKind.DIGITS: _same_digits,
    ValueKind.DATE: _same_day,
    ValueKind.TIME: _same_time,
    ValueKind.FRACTION: _same_fraction,
    ValueKind.RATIO: _same_fraction,
}
"""Comparisons by kind of value; the first kind that fits either value decides."""


def _said_otherwise(value: Value, target: str, language: LanguageTag) -> bool:
    """Whether a value is there in words that are no number: half, the third, a day's parts apart."""
    folded = target.casefold()
    if value.kind is ValueKind.FRACTION:
        pattern = table(language, "comparing").get("fractions")
        return pattern is not None and re.search(pattern, folded) is not None
    if value.kind is ValueKind.NUMBER and _money_in_words(value, target, language):
        return True
    if value.kind is ValueKind.ORDINAL and value.text.endswith("s"):
        decade = {value.number, value.number % 100}
        return any(decade & set(other.numbers) for other in read(target, language))
    if value.kind is ValueKind.ORDINAL and value.number == int(value.number):
        return any(
            re.search(rf"(?<!\w){stem}\w{{0,3}}(?!\w)", folded) for stem in _ordinal_stems(int(value.number), language)
        )
    return False


def _money_in_words(value: Value, target: str, language: LanguageTag) -> bool:
    """Whether an amount is there in words, `un billón de dólares`, whose number is read apart from its currency."""
    if not value.unit.isupper():
        return False
    currencies = {word for word, code in grammar(language).currencies.items() if family(code) == family(value.unit)}
    return any(
        not other.unit
        and _in_words_alone(other)
        and value.number == other.number
        and re.match(rf"\W+(?:\w{{1,3}}\W+)?(?:{any_of(currencies)})(?!\w)", target[other.end :].casefold())
        for other in read(target, language)
    )


def _parts_apart(value: Value, theirs: Sequence[Value], target: str, language: LanguageTag) -> Sequence[Value] | None:
    """A translation's values that a day, a time or a ratio comes to whose parts stand apart; None if one is missing."""
    if value.kind in {ValueKind.RATIO, ValueKind.TIME}:
        return _holders([int(number) for number in value.numbers if number or value.kind is ValueKind.RATIO], theirs)
    if value.kind is not ValueKind.DATE:
        return None
    year, month, day = value.date
    folded = target.casefold()
    named = {
        number
        for name, number in _month_names(language)
        if (len(name) > _LEAST_MONTH or number == month) and re.search(rf"(?<!\w){name}(?!\w)", folded)
    }
    if month is not None and named and month not in named:
        return None
    theirs = [each for each in theirs if each.kind is not ValueKind.DATE or each.date[1] == month]
    worded = day is not None and any(re.search(rf"(?<!\w){stem}", folded) for stem in _ordinal_stems(day, language))
    return _holders([part for part in (None if worded else day, year) if part], theirs)


def _holders(parts: Sequence[int], theirs: Sequence[Value]) -> Sequence[Value] | None:
    """A value for each number, none of them twice unless it is a day."""
    found: list[Value] = []
    for part in parts:
        left = [each for each in theirs if each not in found or each.kind is ValueKind.DATE]
        holder = next((each for each in sorted(left, key=_in_words_alone) if part in _parts(each)), None)
        if holder is None:
            return None
        found.append(holder)
    return found


def _parts(value: Value) -> frozenset[int]:
    """The numbers that a value can lend to a day."""
    if value.kind is ValueKind.DATE:
        return frozenset(part for part in (value.date[0], value.date[2]) if part)
    return frozenset(int(number) for number in value.numbers if number == number.to_integral_value())


@cache
def _month_names(language: LanguageTag) -> frozenset[tuple[str, int]]:
    months = cldr.locale(language).months
    return frozenset(
        (str(name).casefold(), number)
        for form in ("format", "stand-alone")
        for number, name in months[form]["wide"].items()
    )


_LEAST_MONTH: Final = 3
"""`May` and `mai` are other words, too."""


@cache
def _ordinal_stems(number: int, language: LanguageTag) -> tuple[str, ...]:
    """Beginnings of an ordinal's word, before what agrees with what is counted."""
    if not 0 < number <= _ORDINALS_TO:
        return ()
    from num2words import num2words  # noqa: PLC0415 # slow to load

    try:
        word = str(num2words(number, lang=languages.base(language), to="ordinal")).casefold()
    except (NotImplementedError, OverflowError, LookupError):  # its Catalan has no twentieth
        return ()
    agrees = languages.base(language) != "en"
    return (re.escape(word[: max(len(word) - agrees, 3)]),)


def _in_words(value: Value, ours: Sequence[Value]) -> bool:
    """Whether figures that were added stand for a number that the source has in words."""
    return any(not other.certain and value.numbers and other.numbers and value.number == other.number for other in ours)


def _in_words_alone(value: Value) -> bool:
    return not _in_figures(value)


def _in_figures(value: Value) -> bool:
    return any(map(str.isdigit, value.text))


def _sign(sign: str, target: str, language: LanguageTag) -> bool:
    if re.search(_SIGNS[sign][1], target) is not None:
        return True
    words = table(language, "comparing").get(sign)
    return sign not in {"/", "µ"} and (words is None or re.search(words, target.casefold()) is not None)
