"""Values of one language as another one writes them: what an engine must not see, and what becomes of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.spoken.languages import wording_of
from podcaster.script.spoken.letters import plain
from podcaster.script.spoken.wording import inflected
from podcaster.units import LanguageTag
from podcaster.values.grammar import grammar, parsed
from podcaster.values.parsing import read
from podcaster.values.value import Kind, Value

_BILLION: Final = 9
_PERCENT: Final = {
    "en": "{0} percent", "es": "{0} por ciento", "ca": "{0} per cent", "gl": "{0} por cento", "pt": "{0} por cento", "de": "{0} Prozent",
    "fr": "{0} %", "it": "{0} per cento", "nl": "{0} procent", "sv": "{0} procent", "zh": "{0}%",
}  # fmt: skip
_SCALES: Final[dict[str, dict[int, str]]] = {
    "en": {6: "million", 9: "billion", 12: "trillion"},
    "es": {6: "millones", 9: "mil millones", 12: "billones"},
    "ca": {6: "milions", 9: "mil milions", 12: "bilions"},
    "gl": {6: "millóns", 9: "mil millóns", 12: "billóns"},
    "pt": {6: "milhões", 9: "mil milhões", 12: "biliões"},
    "pt-BR": {6: "milhões", 9: "bilhões", 12: "trilhões"},
    "de": {6: "Millionen", 9: "Milliarden", 12: "Billionen"},
    "fr": {6: "millions", 9: "milliards", 12: "billions"},
    "it": {6: "milioni", 9: "miliardi", 12: "mila miliardi"},
    "nl": {6: "miljoen", 9: "miljard", 12: "biljoen"},
    "sv": {6: "miljoner", 9: "miljarder", 12: "biljoner"},
    "zh": {4: "万", 8: "亿", 12: "万亿"},
    "ja": {4: "万", 8: "億", 12: "兆"},
}
"""Behind a number that is not one."""
_ONE: Final = {
    "es": {6: "1 millón", 9: "mil millones", 12: "1 billón"}, "ca": {6: "1 milió", 9: "mil milions", 12: "1 bilió"},
    "gl": {6: "1 millón", 9: "mil millóns", 12: "1 billón"}, "pt": {6: "1 milhão", 9: "mil milhões", 12: "1 bilião"},
    "pt-BR": {6: "1 milhão", 9: "1 bilhão", 12: "1 trilhão"}, "de": {6: "1 Million", 9: "1 Milliarde", 12: "1 Billion"},
    "fr": {6: "1 million", 9: "1 milliard", 12: "1 billion"}, "it": {6: "1 milione", 9: "1 miliardo", 12: "mille miliardi"},
    "sv": {6: "1 miljon", 9: "1 miljard", 12: "1 biljon"},
}  # fmt: skip
_LINKS: Final = {"es": " de ", "ca": " de ", "gl": " de ", "pt": " de ", "fr": " de ", "it": " di "}
_VOWEL: Final = re.compile(r"[aeiouàáèéíòóúœ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A stretch of a source sentence that stands for one thing, and its form in the target language."""

    start: int
    end: int
    """In characters of the source."""
    form: str
    plain: str
    """The same in words of the source language, for an engine that cannot keep a mask."""


@lru_cache(4096)
def settled(sentence: str, source: LanguageTag, target: LanguageTag) -> tuple[Settled, ...]:
    """Spans to hide from engines, in order: money, percentages, addresses, powers, comparisons.

    Plain numbers, measures and times are not among them: engines inflect what stands beside them, and `rewritten` puts
    their signs right.
    """
    values = read(sentence, source)
    made: list[Settled] = []
    place = 0
    while place < len(values):
        value = values[place]
        after = values[place + 1] if place + 1 < len(values) else None
        if after is not None and value.unit.startswith("?") and (form := _range(sentence, value, after, target)):
            made.append(
                Settled(start=value.start, end=after.end, form=form, plain=_range(sentence, value, after, source))
            )
            place += 2
            continue
        if after is not None and (form := _money_range(sentence, value, after, source, target)):
            plain_form = _money_range(sentence, value, after, source, source)
            made.append(Settled(start=value.start, end=after.end, form=form, plain=plain_form))
            place += 2
            continue
        if form := _form(value, source, target):
            made.append(Settled(start=value.start, end=value.end, form=form, plain=_form(value, source, source)))
        place += 1
    made += _signs(sentence, made)
    return tuple(sorted(made, key=lambda each: each.start))


@lru_cache(4096)
def prepared(sentence: str, source: LanguageTag) -> str:
    """A sentence as engines read it best: plain letters, and days in figures with their month in words."""
    text = _LEADING_DOT.sub("0.", plain(sentence, source))
    for pattern, words in _ABBREVIATED.get(languages.base(source), ()):
        text = pattern.sub(words, text)
    days = [value for value in read(text, source) if value.kind is Kind.DATE and _FIGURE_DATE.fullmatch(value.text)]
    for value in reversed(days):
        text = f"{text[: value.start]}{_day(value, source)}{text[value.end :]}"
    return text


_LEADING_DOT: Final = re.compile(r"(?<![\w.,])\.(?=\d)")
_ABBREVIATED: Final = {
    "en": (
        (re.compile(r"(?<!\w)(?:y/y|yoy|YoY)(?!\w)"), "year on year"),
        (re.compile(r"(?<!\w)(?:q/q|qoq|QoQ)(?!\w)"), "quarter on quarter"),
        (re.compile(r"(?<!\w)(?:m/m|MoM)(?!\w)"), "month on month"),
    ),
}
"""Abbreviations that engines take for words and slashes."""
_FIGURE_DATE: Final = re.compile(r"[\d/.–-]+")


def _day(value: Value, language: LanguageTag) -> str:
    year, month, day = value.date
    if day is None and year and month:
        return cldr.month_of_year(date(year, month, 1), language)
    try:
        named = date(year or 0, month or 0, day or 0)
    except ValueError:
        return value.text
    if languages.base(language) == "en":
        return cldr.long_date(named, LanguageTag("en-GB"))
    return cldr.long_date(named, language)


def written(number: Decimal, language: LanguageTag) -> str:
    """A number in a language's figures: 3500.5 is `3500,5` in Spanish, which groups from five figures on, `3,500.5` in English."""
    from babel.numbers import format_decimal  # noqa: PLC0415 # slow to load

    places = max(-int(number.as_tuple().exponent), 0)
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return format_decimal(number, pattern, locale=cldr.locale(language), numbering_system="latn").replace(
        "\u202f", "\u00a0"
    )


def percent(number: Decimal, language: LanguageTag) -> str:
    """Parts of a hundred as a language writes them in a text; empty for languages that are not known."""
    template = _PERCENT.get(languages.base(language))
    return template.format(signed(number, language)) if template else ""


def rewritten(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> str:
    """A translation whose numbers have its language's signs where the engine left those of the source: 3,500 as 3.500.

    A number is changed only if the source has it in the very same figures, and it means something else in the translation.
    """
    target = _regrouped(source, target, source_language, language)
    if grammar(source_language).decimal == grammar(language).decimal:
        return target
    levels = set(_LEVELS.findall(source))
    copied = {
        found[0]: value.numbers
        for value in read(source, source_language)
        for found in [re.search(r"\d+(?:[.,]\d+)+", value.text)]
        if found and value.kind in {Kind.NUMBER, Kind.ORDINAL} and found[0] not in levels
    }
    for figures in sorted(copied, key=len, reverse=True):
        form = _figures(figures, source_language, language)
        target = re.sub(rf"(?<![\d.,]){re.escape(figures)}(?![\d]|[.,]\d)", form, target)
    return target


def _regrouped(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> str:
    """A translation without numbers that the engine grouped by spaces, `1 234 567`, unless its language does so itself."""
    if cldr.locale(language).number_symbols.get("latn", {}).get("group", ",") not in {",", "."}:
        return target
    ours = {value.number for value in read(source, source_language) if value.kind is Kind.NUMBER}

    def grouped(found: re.Match[str]) -> str:
        number = Decimal("".join(found[0].split()))
        return written(number, language) if number in ours else found[0]

    return re.sub(r"(?<![\d.,] )(?<![\w.,])[1-9]\d{0,2}(?:[ \u00a0]\d{3})+(?![ \u00a0]?\d|[.,]\d)", grouped, target)


def _figures(figures: str, source: LanguageTag, target: LanguageTag) -> str:
    return written(parsed(figures, grammar(source).decimal), target)


def _form(value: Value, source: LanguageTag, target: LanguageTag) -> str:
    """A value as the target language writes it; empty if the engine is to see it."""
    if value.kind in {Kind.TOKEN, Kind.DIGITS}:
        return value.text
    if value.kind is Kind.TIME:
        return _time(value, target)
    in_figures = value.kind is Kind.NUMBER and any(map(str.isdigit, value.text))
    return number_form(value, source, target) if in_figures else ""


def _time(value: Value, target: LanguageTag) -> str:
    """A time of day in 24 hours where the source says which half it is in."""
    half = re.search("[ap]", value.text, re.IGNORECASE)
    return f"{value.numbers[0]}:{value.numbers[1]:02}" if half and languages.base(target) != "en" else ""


def number_form(value: Value, source: LanguageTag, target: LanguageTag) -> str:
    """Powers, parts of a hundred and money; empty for other numbers."""
    if re.search(r"[\^⁰¹²³⁴-⁹]|\d[eE][-+]?\d", value.text):
        return _power(value.text, source, target)
    if value.unit == "%":
        return percent(value.number, target)
    if value.unit.isupper() and not value.unit.startswith("?"):
        return money(value.number, value.unit, target, scale=written_scale(value, source))
    return ""


def written_scale(value: Value, source: LanguageTag) -> int:
    """The power of ten that is written in words."""
    known = grammar(source).scales
    if pair := next((power for word, power in known.items() if " " in word and word in value.text), 0):
        return pair
    words = [known[word] for word in re.findall(r"[^\W\d_]+\.?", value.text) if word in known]
    letter = re.search(r"\d\s?([kKmMbBtT])(?!\w)", value.text)
    return max([*words, *([{"k": 3, "m": 6, "b": 9, "t": 12}[letter[1].lower()]] if letter else [])], default=0)


def money(number: Decimal, code: str, target: LanguageTag, *, scale: int = 0) -> str:
    """`$5bn`, whose power of ten is 9, as `5 mil millones de dólares`."""
    names = _names(code, target)
    if not names:
        return ""
    base = languages.base(target)
    amount, name = _amount(number, scale, target)
    if base in {"zh", "ja"}:
        return f"{amount}{name}{names}"
    if not name:
        whole = number == number.to_integral_value()
        return f"{amount} {inflected(names, '1' if abs(number) == 1 and whole else amount, wording_of(target).form)}"
    many = names.rpartition("|")[2]
    link = _LINKS.get(base, " ")
    if link == " de " and base in {"fr", "ca"} and _VOWEL.match(many):
        link = " d’"
    return f"{f'{amount} {name}'.strip()}{link}{many}"


def _amount(number: Decimal, scale: int, target: LanguageTag) -> tuple[str, str]:
    """The figures, and the word for the power of ten behind them."""
    base = languages.base(target)
    scales = _SCALES.get(str(target), _SCALES.get(base, {}))
    if base in {"zh", "ja"}:
        fitting = [power for power in scales if abs(number) >= 10**power] if scale else []
        power = max(fitting, default=0)
        return signed(shortened(number / 10**power), target), scales.get(power, "")
    power = max((each for each in scales if each <= scale), default=0) if scale >= 6 else 0  # noqa: PLR2004 # millions
    size = shortened(number / 10**power) if power or scale else number
    if power and size == 1 and (one := _ONE.get(str(target), _ONE.get(base, {})).get(power)):
        figures, _, name = one.partition(" ")
        return (figures, name) if figures.isdigit() else ("", one)
    if power == _BILLION and scales.get(9, "").startswith(("mil ",)) and size != 1:
        millions = shortened(number / 10**6)
        return signed(millions, target), scales[6]
    return signed(size, target), scales.get(power, "")


def shortened(number: Decimal) -> Decimal:
    """A number without noughts at its end."""
    plain = number.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def signed(number: Decimal, target: LanguageTag) -> str:
    """A number in a language's figures, with a minus sign before it where it is negative."""
    return f"−{written(-number, target)}" if number < 0 else written(number, target)


def _names(code: str, target: LanguageTag) -> str:
    """The forms of a currency's name; of dollars that no country is named for, the short one."""
    names = wording_of(target).currencies
    if not names and languages.base(target) == "zh":
        from podcaster.script.spoken.languages import chinese  # noqa: PLC0415 # its table is its own

        return chinese.CURRENCIES.get(code, "")
    return names.get(code, "")


def _range(sentence: str, low: Value, high: Value, target: LanguageTag) -> str:
    """`10–15 percent` and `$10–15bn`."""
    between = sentence[low.end : high.start].strip()
    to = wording_of(target).to
    unit = low.unit.lstrip("?")
    if not re.fullmatch(r"[-–—]|to", between) or not to or high.kind is not Kind.NUMBER:
        return ""
    if unit == "%" and (template := _PERCENT.get(languages.base(target))):
        return template.format(f"{signed(low.number, target)} {to} {signed(high.number, target)}")
    return ""


def _money_range(sentence: str, low: Value, high: Value, source: LanguageTag, target: LanguageTag) -> str:
    """`$1.2bn–$1.5bn` with one scale and one currency."""
    eastern = languages.base(target) in {"zh", "ja"}
    to = "至" if eastern else f" {wording_of(target).to} "
    between = sentence[low.end : high.start].strip()
    if not to.strip() or not low.unit.isupper() or low.unit != high.unit or not re.fullmatch(r"[-–—]", between):
        return ""
    scale = written_scale(high, source)
    own = written_scale(low, source)
    number = low.numbers[0] if own or not scale or abs(low.numbers[0]) >= 10**scale else low.numbers[0] * 10**scale
    end = money(high.number, high.unit, target, scale=scale)
    (amount, name), (_, other) = _amount(number, scale, target), _amount(high.number, scale, target)
    if not end or low.kind is not Kind.NUMBER or high.kind is not Kind.NUMBER:
        return ""
    if eastern:
        return f"{amount}{name}{to}{end}"
    return f"{amount if name == other else money(number, low.unit, target, scale=scale)}{to}{end}"


def _power(text: str, source: LanguageTag, target: LanguageTag) -> str:
    """A power keeps its form; its decimal sign is the target's."""
    return re.sub(r"\d+(?:[.,]\d+)+", lambda found: _figures(found[0], source, target), text)


def _signs(sentence: str, made: Sequence[Settled]) -> list[Settled]:
    """Signs that engines take for something else: `4 < 9`, `±`."""
    taken = [(each.start, each.end) for each in made]
    return [
        Settled(start=each.start(group), end=each.end(group), form=each[group], plain=each[group])
        for group, pattern in ((0, _SIGN), (1, _LEVELS))
        for each in pattern.finditer(sentence)
        if not any(start <= each.start() < end for start, end in taken)
    ]


_LEVELS: Final = re.compile(
    r"(?<!\w)(?:Section|Article|Chapter|Version|Figure|Table|Clause|Paragraph|Appendix|Annex|Artikel|Kapitel|Abschnitt|Artículo|"
    r"Art\.|art\.|section|article|chapter|version|figure|table|clause|paragraph|artículo|sección|capítulo|versión|artigo|versão|"
    r"§§?)\s?(\d{1,3}\.\d{1,3})(?!\d|[.,]\d|\s?%)"
)
"""Numbers of sections, whose dot parts levels in every language."""
_SIGN: Final = re.compile(r"(?<!\S)(?:[<>≤≥±=≈]|<=|>=|\+/[-−])(?!\S)|[±≤≥]|\+/[-−]")
