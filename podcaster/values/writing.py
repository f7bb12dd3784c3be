"""Values of one language as another one writes them: what an engine must not see, and what becomes of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.spoken.languages import wording_of
from podcaster.script.spoken.letters import plain
from podcaster.units import LanguageTag
from podcaster.values.grammar import grammar, parsed
from podcaster.values.money import amount_of, money, signed, written
from podcaster.values.parsing import read
from podcaster.values.signs import LEVELS, signs
from podcaster.values.value import Settled, Value, ValueKind

_PERCENT: Final = {
    "en": "{0} percent", "es": "{0} por ciento", "ca": "{0} per cent", "gl": "{0} por cento", "pt": "{0}%", "de": "{0} Prozent",
    "fr": "{0} %", "it": "{0} per cento", "nl": "{0} procent", "sv": "{0} procent", "zh": "{0}%",
    "ja": "{0}%", "ko": "{0}%", "ar": "{0}%", "hi": "{0} प्रतिशत", "ru": "{0} %", "uk": "{0} %", "pl": "{0}%", "cs": "{0} %",
    "da": "{0} procent", "nb": "{0} prosent", "fi": "{0} prosenttia", "ro": "{0} %",
}  # fmt: skip


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
    made = [_with_sign(sentence, each) for each in made]
    made += signs(sentence, made)
    return tuple(sorted(made, key=lambda each: each.start))


@lru_cache(4096)
def prepared(sentence: str, source: LanguageTag) -> str:
    """A sentence as engines read it best: plain letters, and days in figures with their month in words."""
    text = _LEADING_DOT.sub("0.", plain(sentence, source)).translate(_BRACKETS)
    for pattern, words in _ABBREVIATED.get(languages.base(source), ()):
        text = pattern.sub(words, text)
    days = [
        value for value in read(text, source) if value.kind is ValueKind.DATE and _FIGURE_DATE.fullmatch(value.text)
    ]
    for value in reversed(days):
        text = f"{text[: value.start]}{_day(value, source)}{text[value.end :]}"
    return text


def _named_day(found: re.Match[str]) -> str:
    """`12/31` as `31 December`."""
    return f"{found[2]} {cldr.locale(LanguageTag('en')).months['format']['wide'][int(found[1])]}"


_BRACKETS: Final = str.maketrans("{}", "()")
"""Brackets that mean something to engines."""
_LEADING_DOT: Final = re.compile(r"(?<![\w.,])\.(?=\d)")
_ABBREVIATED: Final[Mapping[str, Sequence[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]]] = {
    "en": (
        (re.compile(r"(?<!\w)(?:y/y|y-o-y|yoy|YoY)(?!\w)"), "year on year"),
        (re.compile(r"(?<!\w)(?:q/q|q-o-q|qoq|QoQ)(?!\w)"), "quarter on quarter"),
        (re.compile(r"(?<!\w)(?:m/m|MoM|m-o-m)(?!\w)"), "month on month"),
        (re.compile(r"(?<=\d)-(?:per[- ]cent|percent)(?!\w)"), " percent"),
        (re.compile(r"(?<!\w)per[- ]cent(?!\w)"), "percent"),
        (re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), " × "),
        (re.compile(r"(?<![\w.])(\d)['′]\s?(\d{1,2})(?:[\"″”])(?!\w)"), r"\1 feet \2 inches"),
        (re.compile(r"(?<![\w~])~\s?(?=[\d$€£])"), "about "),
        (
            re.compile(r"(?<=\d)-a-(?=(?:year|month|week|day|night|head|share|barrel|tonne|ton|litre|gallon|pound)\b)"),
            " a ",
        ),
        (re.compile(r"(?<![\d/.,–-])(1[3-9]|2\d|3[01])\.(0\d|1[0-2])\.(\d\d)(?![\d/-]|[.,]\d)"), r"\1/\2/20\3"),
        (re.compile(r"(?<![\w/.,–-])(0?[1-9]|1[0-2])/(1[3-57-9]|2[1-36-9]|31)(?![\w/-]|[.,]\d|\s?%)"), _named_day),
        (re.compile(r"(?<!\w)(Mr|Mrs|Ms|Dr)(?= [A-Z])"), r"\1."),
        (re.compile(r"№\s?(?=\d)"), "number "),
        (re.compile(r"(?<![\w.,])10−(?=\d{1,2}(?!\d))"), "10^-"),
        (re.compile(r"(?<=\d)(\s?)u(?=g(?:/|\b))"), r"\1µ"),
        (re.compile(r"(?<=/m)\^?3(?!\d)|(?<=\d m)\^3(?!\d)"), "³"),
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


def percent(number: Decimal, language: LanguageTag) -> str:
    """Parts of a hundred as a language writes them in a text; empty for languages that are not known."""
    template = _PERCENT.get(languages.base(language))
    return template.format(signed(number, language)) if template else ""


def rewritten(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> str:
    """A translation whose numbers have its language's signs where the engine left those of the source: 3,500 as 3.500.

    A number is changed only if the source has it in the very same figures, and it means something else in the translation.
    """
    source = _LEADING_DOT.sub("0.", source)
    target = _regrouped(source, target, source_language, language)
    if languages.base(language) == "pt":
        target = _PER_CENT.sub("%", target)
    if grammar(source_language).decimal == grammar(language).decimal:
        return target
    levels = set(LEVELS.findall(source))
    copied = {
        found[0]: value.numbers
        for value in read(source, source_language)
        for found in [re.search(r"\d+(?:[.,]\d+)+", value.text)]
        if found and value.kind in {ValueKind.NUMBER, ValueKind.ORDINAL} and found[0] not in levels
    }
    for figures in sorted(copied, key=len, reverse=True):
        form = _figures(figures, source_language, language)
        target = re.sub(rf"(?<![\d.,]){re.escape(figures)}(?![\d]|[.,]\d)", form, target)
    return target


_PER_CENT: Final = re.compile(r"(?<=\d) por cento(?!\w)")
"""Models write what English writes in words; Portuguese writes the sign."""


def _regrouped(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> str:
    """A translation without numbers that the engine grouped by spaces, `1 234 567`, unless its language does so itself."""
    if cldr.locale(language).number_symbols.get("latn", {}).get("group", ",") not in {",", "."}:
        return target
    ours = {value.number for value in read(source, source_language) if value.kind is ValueKind.NUMBER}

    def grouped(found: re.Match[str]) -> str:
        number = Decimal("".join(found[0].split()))
        return written(number, language) if number in ours else found[0]

    return re.sub(r"(?<![\d.,] )(?<![\w.,])[1-9]\d{0,2}(?:[ \u00a0]\d{3})+(?![ \u00a0]?\d|[.,]\d)", grouped, target)


def _figures(figures: str, source: LanguageTag, target: LanguageTag) -> str:
    return written(parsed(figures, grammar(source).decimal), target)


def _form(value: Value, source: LanguageTag, target: LanguageTag) -> str:
    """A value as the target language writes it; empty if the engine is to see it."""
    if value.kind in {ValueKind.TOKEN, ValueKind.DIGITS}:
        return value.text
    if value.kind is ValueKind.TIME:
        return _time(value, target)
    in_figures = value.kind is ValueKind.NUMBER and any(map(str.isdigit, value.text))
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
    if value.unit == "‰":
        return f"{signed(value.number, target)} ‰"
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


def _range(sentence: str, low: Value, high: Value, target: LanguageTag) -> str:
    """`10–15 percent` and `$10–15bn`."""
    between = sentence[low.end : high.start].strip()
    to = wording_of(target).to
    unit = low.unit.lstrip("?")
    if not re.fullmatch(r"[-–—]|to", between) or not to or high.kind is not ValueKind.NUMBER:
        return ""
    if unit == "%" and (template := _PERCENT.get(languages.base(target))):
        return template.format(f"{signed(low.number, target)} {to} {signed(high.number, target)}")
    return ""


def _money_range(sentence: str, low: Value, high: Value, source: LanguageTag, target: LanguageTag) -> str:
    """`$1.2bn–$1.5bn` with one scale and one currency."""
    eastern = languages.base(target) in {"zh", "ja"}
    word = {"zh": "至", "ja": "～"}.get(languages.base(target)) or wording_of(target).to
    to = word if eastern else f" {word} " if word else "–"
    between = sentence[low.end : high.start].strip()
    if not low.unit.isupper() or low.unit != high.unit or not re.fullmatch(r"[-–—]", between):
        return ""
    scale = written_scale(high, source)
    own = written_scale(low, source)
    number = low.numbers[0] if own or not scale or abs(low.numbers[0]) >= 10**scale else low.numbers[0] * 10**scale
    end = money(high.number, high.unit, target, scale=scale)
    (amount, name), (_, other) = amount_of(number, scale, target), amount_of(high.number, scale, target)
    if not end or low.kind is not ValueKind.NUMBER or high.kind is not ValueKind.NUMBER:
        return ""
    if eastern:
        return f"{amount}{name}{to}{end}"
    return f"{amount if name == other else money(number, low.unit, target, scale=scale)}{to}{end}"


def _power(text: str, source: LanguageTag, target: LanguageTag) -> str:
    """A power keeps its form; its decimal sign is the target's."""
    return re.sub(r"\d+(?:[.,]\d+)+", lambda found: _figures(found[0], source, target), text)


def _with_sign(sentence: str, amount: Settled) -> Settled:
    """`±3 percent` as one stretch: of two masks side by side engines lose one."""
    sign = sentence[amount.start - 1 : amount.start] if amount.start else ""
    if sign not in {"±", "≤", "≥"}:
        return amount
    form, plain_form = f"{sign}{amount.form}", f"{sign}{amount.plain}"
    return Settled(start=amount.start - 1, end=amount.end, form=form, plain=plain_form)
