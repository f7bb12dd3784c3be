"""Units with prefixes, powers, products and slashes, as UCUM writes them, in the words of CLDR: `6 µg/m³`, `5 N·m`, `10 W m⁻²`."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken import units
from podcaster.script.spoken.wording import Rule, any_of, replaced, words
from podcaster.units import LanguageTag

_ONE: Final = {
    "m": "length-meter", "km": "length-kilometer", "cm": "length-centimeter", "mm": "length-millimeter", "µm": "length-micrometer",
    "nm": "length-nanometer", "mi": "length-mile", "ft": "length-foot", "yd": "length-yard", "in": "length-inch",
    "g": "mass-gram", "kg": "mass-kilogram", "mg": "mass-milligram", "µg": "mass-microgram", "mcg": "mass-microgram",
    "t": "mass-tonne", "lb": "mass-pound", "lbs": "mass-pound", "oz": "mass-ounce",
    "s": "duration-second", "sec": "duration-second", "ms": "duration-millisecond", "µs": "duration-microsecond",
    "ns": "duration-nanosecond", "min": "duration-minute", "h": "duration-hour", "hr": "duration-hour", "d": "duration-day",
    "yr": "duration-year", "l": "volume-liter", "L": "volume-liter", "ml": "volume-milliliter", "mL": "volume-milliliter",
    "cl": "volume-centiliter", "dl": "volume-deciliter", "dL": "volume-deciliter", "hl": "volume-hectoliter",
    "gal": "volume-gallon", "bbl": "volume-barrel", "ha": "area-hectare",
    "W": "power-watt", "mW": "power-milliwatt", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
    "hp": "power-horsepower", "J": "energy-joule", "kJ": "energy-kilojoule", "kWh": "energy-kilowatt-hour", "cal": "energy-calorie",
    "kcal": "energy-kilocalorie", "eV": "energy-electronvolt", "N": "force-newton", "Pa": "pressure-pascal",
    "hPa": "pressure-hectopascal", "kPa": "pressure-kilopascal", "MPa": "pressure-megapascal", "bar": "pressure-bar",
    "mbar": "pressure-millibar", "psi": "pressure-pound-force-per-square-inch", "mmHg": "pressure-millimeter-ofhg",
    "V": "electric-volt", "A": "electric-ampere", "mA": "electric-milliampere", "Ω": "electric-ohm", "K": "temperature-kelvin",
    "°C": "temperature-celsius", "°F": "temperature-fahrenheit", "Hz": "frequency-hertz", "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz", "mol": "concentr-mole", "ppm": "concentr-permillion",
    "bit": "digital-bit", "B": "digital-byte", "kB": "digital-kilobyte", "KB": "digital-kilobyte", "MB": "digital-megabyte",
    "GB": "digital-gigabyte", "TB": "digital-terabyte", "PB": "digital-petabyte", "kbit": "digital-kilobit",
    "Mbit": "digital-megabit", "Gbit": "digital-gigabit", "Tbit": "digital-terabit", "kn": "speed-knot", "lx": "light-lux",
    "lm": "light-lumen", "cd": "light-candela",
}  # fmt: skip
"""CLDR's units by their signs."""
_PREFIXES: Final = {
    "TW": ("10p12", "W"), "MJ": ("10p6", "J"), "GJ": ("10p9", "J"), "TJ": ("10p12", "J"), "kV": ("10p3", "V"), "mV": ("10p-3", "V"),
    "kN": ("10p3", "N"), "mmol": ("10p-3", "mol"), "µmol": ("10p-6", "mol"), "µA": ("10p-6", "A"), "kΩ": ("10p3", "Ω"),
    "µl": ("10p-6", "l"), "µL": ("10p-6", "L"), "ng": ("10p-9", "g"), "GPa": ("10p9", "Pa"), "THz": ("10p12", "Hz"), "kt": ("10p3", "t"),
    "Mt": ("10p6", "t"), "Gt": ("10p9", "t"), "MeV": ("10p6", "eV"), "keV": ("10p3", "eV"),
}  # fmt: skip
"""Units of which CLDR has the two parts."""
_POWERS: Final = {
    "m2": "area-square-meter", "m3": "volume-cubic-meter", "km2": "area-square-kilometer", "km3": "volume-cubic-kilometer",
    "cm2": "area-square-centimeter", "cm3": "volume-cubic-centimeter", "ft2": "area-square-foot", "ft3": "volume-cubic-foot",
    "mi2": "area-square-mile", "in2": "area-square-inch", "in3": "volume-cubic-inch", "yd2": "area-square-yard",
}  # fmt: skip
_WHOLE: Final = {"m/s2": "acceleration-meter-per-square-second", "N·m": "torque-newton-meter"}
_ALONE: Final = frozenset(
    words(
        "µm nm mg µg mcg ng ms µs ml mL cl dl dL hl µl µL W mW hp kJ MJ GJ TJ kcal eV keV MeV Pa hPa kPa MPa "
        "GPa bar mbar psi mmHg V kV mV mA µA Ω kΩ Hz kHz MHz GHz THz mol mmol µmol ppm kB KB MB GB TB PB kbit "
        "Mbit Gbit Tbit N kN lx lm lb lbs oz gal ft "
    )
)
"""Signs that mean nothing else behind a number."""
_SPACED: Final = frozenset({"g", "t", "h", "s", "l", "L", "K", "min", "J"})
"""Signs that are read as units where a space parts them from their number."""
_TYPED: Final = str.maketrans(
    {"μ": "µ", "Ω": "Ω", "⋅": "·", "*": "·", "²": "2", "³": "3", "⁻": "-", "−": "-", "¹": "1", "⁴": "4"}
)
_FACTOR: Final = rf"(?:{any_of((*_ONE, *_PREFIXES))})(?:\^?[-−]?[2-4]|⁻?[¹²³⁴]|\^?[-−]1)?"
_UNDER: Final = rf"(?:{any_of((*_ONE, *_PREFIXES))})(?:\^?[-−][1-4]|⁻[¹²³⁴])"
"""A factor that says by its exponent that it divides: what else stands behind a space is a word."""
_PRODUCT: Final = re.compile(
    rf"(?<![\w.,/])(?P<number>{units.NUMBER})(?P<gap>\s?)"
    rf"(?P<unit>{_FACTOR}(?:(?:[·⋅]|[/]|[  ](?={_UNDER}))(?:{_FACTOR}))*)(?![\w/²³^·⁻]|\.\d)".replace(
        "μ", "[µμ]"
    ).replace("µ", "[µμ]")
)


_PER: Final = {"hi": "{0} प्रति {1}", "ru": "{0} на {1}", "zh": "每{1}{0}"}
"""Words for a slash if CLDR has only the slash."""
_MISSING: Final = {
    "zh": {
        "length-meter": "{0}米", "length-kilometer": "{0}公里", "length-centimeter": "{0}厘米", "length-millimeter": "{0}毫米",
        "area-square-meter": "{0}平方米", "area-square-kilometer": "{0}平方公里", "volume-cubic-meter": "{0}立方米",
        "volume-liter": "{0}升", "volume-milliliter": "{0}毫升", "volume-deciliter": "{0}分升", "mass-kilogram": "{0}公斤",
        "mass-gram": "{0}克", "mass-tonne": "{0}吨", "energy-kilowatt-hour": "{0}千瓦时", "energy-joule": "{0}焦耳",
        "duration-day": "{0}天", "duration-hour": "{0}小时", "duration-second": "{0}秒", "duration-minute": "{0}分钟",
        "speed-kilometer-per-hour": "每小时{0}公里", "power-kilowatt": "{0}千瓦",
    },
    "hi": {"concentr-mole": "{0} मोल"},
    "nl": {"concentr-mole": "{0} mol"},
    "gl": {"duration-day": "{0} día"},
}  # fmt: skip
"""Patterns that babel's copy of CLDR lacks."""


@dataclass(frozen=True, slots=True)
class _Factor:
    sign: str
    power: int


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for units that the language's own rules left."""
    if cldr.locale(language).language == "en":
        language = LanguageTag("en-GB")
    return (replaced(_PRODUCT.pattern, partial(_said, language), flags=cldr.word_flags(language)),)


def _said(language: LanguageTag, found: re.Match[str]) -> str:
    written = found["unit"]
    typed = written.translate(_TYPED)
    factors = _factors(typed)
    if len(factors) == 1 and factors[0].power == 1:
        sign = factors[0].sign
        if sign not in _ALONE and not (sign in _SPACED and found["gap"]):
            return found[0]
    if " " in written and not any(factor.power < 0 for factor in factors):
        return found[0]
    said = name(typed, found["number"], language)
    return said or found[0]


def _factors(unit: str) -> tuple[_Factor, ...]:
    """`W·m-2` as a watt to the first and a metre to the minus second; what stands behind a slash is turned round."""
    made: list[_Factor] = []
    for place, part in enumerate(unit.split("/")):
        for each in re.split(r"[·\s]", part):
            found = re.fullmatch(r"(.+?)\^?(-?\d)?", each)
            if found:
                power = int(found[2] or 1)
                made.append(_Factor(found[1], -power if place else power))
    return tuple(made)


@lru_cache(1024)
def name(unit: str, number: str, language: LanguageTag) -> str | None:
    """So much of a unit in words, the number as it is written; None if CLDR does not have its parts."""
    compact = unit.replace("^", "")
    if compact in _WHOLE and (whole := _known(_WHOLE[compact], number, language)):
        return whole.replace("{0}", number)
    factors = _factors(unit)
    above = [each for each in factors if each.power > 0]
    below = [each for each in factors if each.power < 0]
    if not above:
        return None
    named = [
        _pattern(each.sign, each.power, number if place == len(above) - 1 else "1", language)
        for place, each in enumerate(above)
    ]
    under = [_under(each.sign, -each.power, language) for each in below]
    if None in named or None in under:
        return None
    words = [str(each).replace("{0}", "").strip() for each in named]
    whole = str(named[-1]).replace(words[-1], " ".join(words)) if len(words) > 1 else str(named[0])
    for each in under:
        whole = str(each).replace("{0}", whole)
    return whole.replace("{0}", number)


def _under(sign: str, power: int, language: LanguageTag) -> str | None:
    """Templates for units behind a slash, `{0}` being the text before it: `{0} per cubic metre`."""
    unit = _POWERS.get(f"{sign}{power}") if power > 1 else _ONE.get(sign)
    own = cldr.locale(language)._data["unit_patterns"].get(unit, {}).get("long", {}).get("per")  # noqa: SLF001 # as below
    if own and "/" not in str(own):
        return str(own)
    one, per = _pattern(sign, power, "1", language), _compound("per", language, "compound")
    if per is None or "/" in per:
        per = _PER.get(language.partition("-")[0])
    if one is None or per is None:
        return None
    return per.replace("{1}", one.replace("{0}", "").strip())


def _pattern(sign: str, power: int, number: str, language: LanguageTag) -> str | None:
    """CLDR's template for one factor, `{0}` being the number."""
    if power > 1:
        if unit := _POWERS.get(f"{sign}{power}"):
            return _known(unit, number, language)
        template = _compound(f"power{power}", language, "compound")
        base = _pattern(sign, 1, number, language)
        if base is None or "{0}" not in (template or ""):
            return None
        bare = base.replace("{0}", "").strip()
        return base.replace(bare, str(template).replace("{0}", bare))
    if sign in _PREFIXES:
        prefix, unit = _PREFIXES[sign]
        template, base = _compound(prefix, language, "prefix"), _pattern(unit, 1, number, language)
        if not template or base is None:
            return None
        bare = base.replace("{0}", "").strip()
        lowered = bare[:1].lower() + bare[1:] if not template.startswith("{0}") else bare
        return base.replace(bare, template.replace("{0}", lowered))
    return _known(_ONE[sign], number, language) if sign in _ONE else None


def _known(unit: str, number: str, language: LanguageTag) -> str | None:
    """CLDR's pattern for a unit; babel gives the unit's name where it has none."""
    said = units.pattern(unit, number, language)
    return _MISSING.get(language.partition("-")[0], {}).get(unit) if unit in said else said


@lru_cache(512)
def _compound(part: str, language: LanguageTag, form: str) -> str | None:
    """CLDR's pattern for a prefix, a power, or a slash; babel has no public way to it."""
    patterns = cldr.locale(language)._data.get("compound_unit_patterns", {}).get(part, {})  # noqa: SLF001 # none
    found = patterns.get("long", {}).get(form) if "long" in patterns else None
    return str(found) if found else None
