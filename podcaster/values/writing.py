"""Values of one language as another one writes them: what an engine must not see, and what becomes of it."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.spoken.languages import wording_of
from podcaster.units import LanguageTag
from podcaster.values.grammar import grammar, parsed
from podcaster.values.money import amount_of, money, signed, written
from podcaster.values.parsing import read
from podcaster.values.preparation import LEADING_DOT
from podcaster.values.signs import LEVELS, rates, signs
from podcaster.values.value import Settled, Value, ValueKind

_PERCENT: Final = {
    "en": "{0} percent", "es": "{0} por ciento", "ca": "{0} per cent", "gl": "{0} por cento", "pt": "{0}%", "de": "{0} Prozent",
    "fr": "{0} %", "it": "{0} per cento", "nl": "{0} procent", "sv": "{0} procent", "zh": "{0}%",
    "ja": "{0}%", "ko": "{0}%", "ar": "{0}%", "hi": "{0} प्रतिशत", "ru": "{0} %", "uk": "{0} %", "pl": "{0}%", "cs": "{0} %",
    "da": "{0} procent", "nb": "{0} prosent", "fi": "{0} prosenttia", "ro": "{0} %",
}  # fmt: skip


_STOP_OF_TIME: Final = re.compile(r"(?<=[apAP]\.[mM])\.(?= [a-z(0-9])")
"""The last stop of `8.30 a.m.` where the sentence goes on."""


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
            end = value.end + (value.kind is ValueKind.TIME and _STOP_OF_TIME.match(sentence, value.end) is not None)
            made.append(Settled(start=value.start, end=end, form=form, plain=_form(value, source, source)))
        place += 1
    made = [_with_sign(sentence, each) for each in made]
    if "/" in sentence:
        made = rates(sentence, made, lambda figures: _figures(figures, source, target))
    made += signs(sentence, made)
    return tuple(sorted(made, key=lambda each: each.start))


def percent(number: Decimal, language: LanguageTag) -> str:
    """Parts of a hundred as a language writes them in a text; empty for languages that are not known."""
    template = _PERCENT.get(languages.base(language))
    return template.format(signed(number, language)) if template else ""


def rewritten(source: str, target: str, source_language: LanguageTag, language: LanguageTag) -> str:
    """A translation whose numbers have its language's signs where the engine left those of the source: 3,500 as 3.500.

    A number is changed only if the source has it in the very same figures, and it means something else in the translation.
    """
    source = LEADING_DOT.sub("0.", source)
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
    if sign not in {"±", "≤", "≥"} and not (sign == "+" and not sentence[: amount.start - 1][-1:].isalnum()):
        return amount
    form, plain_form = f"{sign}{amount.form}", f"{sign}{amount.plain}"
    return Settled(start=amount.start - 1, end=amount.end, form=form, plain=plain_form)
