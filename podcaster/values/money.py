"""Amounts as a language writes them: figures, words for powers of ten, names of currencies."""

import re
from decimal import Decimal
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.language_words import table
from podcaster.script.spoken.languages import wording_of
from podcaster.script.spoken.wording import inflected
from podcaster.units import LanguageTag

_BILLION: Final = 9
_VOWEL: Final = re.compile(r"[aeiouàáèéíòóúœ]", re.IGNORECASE)


def written(number: Decimal, language: LanguageTag) -> str:
    """A number in a language's figures: 3500.5 is `3500,5` in Spanish, which groups from five figures on, `3,500.5` in English."""
    from babel.numbers import format_decimal  # noqa: PLC0415 # slow to load

    places = max(-int(number.as_tuple().exponent), 0)
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return format_decimal(number, pattern, locale=cldr.locale(language), numbering_system="latn").replace(
        "\u202f", "\u00a0"
    )


def money(number: Decimal, code: str, target: LanguageTag, *, scale: int = 0) -> str:
    """`$5bn`, whose power of ten is 9, as `5 mil millones de dólares`."""
    names = _names(code, target)
    if not names:
        return ""
    base = languages.base(target)
    amount, name = amount_of(number, scale, target)
    if base in {"zh", "ja"}:
        return f"{amount}{name}{names.rpartition('|')[2]}"
    if not name:
        whole = number == number.to_integral_value()
        return f"{amount} {inflected(names, '1' if abs(number) == 1 and whole else amount, wording_of(target).form)}"
    many = names.rpartition("|")[2]
    link = table(base, "amounts").get("link", " ")
    if link == " de " and base in {"fr", "ca"} and _VOWEL.match(many):
        link = " d’"
    return f"{f'{amount} {name}'.strip()}{link}{many}"


def amount_of(number: Decimal, scale: int, target: LanguageTag) -> tuple[str, str]:
    """The figures, and the word for the power of ten behind them."""
    base = languages.base(target)
    words = {int(power): forms for power, forms in table(target, "amounts").items() if power.isdigit()}
    scales = {power: forms.rpartition("|")[2] for power, forms in words.items()}
    if base in {"zh", "ja"}:
        fitting = [power for power in scales if abs(number) >= 10**power] if scale else []
        power = max(fitting, default=0)
        return signed(shortened(number / 10**power), target), scales.get(power, "")
    power = max((each for each in scales if each <= scale), default=0) if scale >= 6 else 0  # noqa: PLR2004 # millions
    if (higher := power + 3) in scales and not scales[higher].startswith("mil ") and abs(number) >= 10**higher:
        power = power if base == "en" else higher  # engines get the scale that the source has
    size = shortened(number / 10**power) if power or scale else number
    if not scales and scale >= min(_KEYS):
        return _by_wording(number, scale, target)
    if power and size == 1 and (one := words[power].rpartition("|")[0]):
        figures, _, name = one.partition(" ")
        return (figures, name) if figures.isdigit() else ("", one)
    if power == _BILLION and scales.get(9, "").startswith(("mil ",)) and size != 1:
        millions = shortened(number / 10**6)
        return signed(millions, target), scales[6]
    return signed(size, target), scales.get(power, "")


def _by_wording(number: Decimal, scale: int, target: LanguageTag) -> tuple[str, str]:
    """The same in a language whose words for powers of ten agree with their number: `1,5 миллиарда`."""
    wording = wording_of(target)
    power = max((each for each, key in _KEYS.items() if each <= scale and key in wording.scales), default=0)
    size = shortened(number / 10**power)
    if not power:
        return signed(number, target), ""
    return signed(size, target), inflected(
        wording.scales[_KEYS[power]].many, f"{abs(size):f}".replace(".", ","), wording.form
    )


_KEYS: Final = {6: "m", 9: "bn", 12: "tn"}
"""Keys of powers of ten in a wording's scales."""


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
