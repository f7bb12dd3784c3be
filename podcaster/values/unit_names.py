"""Units of measurement by their signs and by the words that CLDR has for them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from podcaster.script import cldr
from podcaster.units import LanguageTag

UNIT_SIGNS: Final[Mapping[str, str]] = {
    "km/h": "speed-kilometer-per-hour", "mph": "speed-mile-per-hour", "km²": "area-square-kilometer", "km2": "area-square-kilometer",
    "m²": "area-square-meter", "m2": "area-square-meter", "m³": "volume-cubic-meter", "m3": "volume-cubic-meter",
    "km": "length-kilometer", "cm": "length-centimeter", "mm": "length-millimeter", "kg": "mass-kilogram", "mg": "mass-milligram",
    "g": "mass-gram",
    "µg": "mass-microgram", "ha": "area-hectare", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
    "kWh": "energy-kilowatt-hour", "°C": "temperature-celsius", "℃": "temperature-celsius", "°F": "temperature-fahrenheit",
    "ft": "length-foot", "mi": "length-mile", "lb": "mass-pound", "Hz": "frequency-hertz", "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz", "GB": "digital-gigabyte", "MB": "digital-megabyte",
    "TB": "digital-terabyte", "hPa": "pressure-hectopascal", "kPa": "pressure-kilopascal", "ml": "volume-milliliter",
    "m/s": "speed-meter-per-second",
}  # fmt: skip
_WORDED: Final = (
    "length-kilometer length-meter length-centimeter length-millimeter length-mile length-foot length-yard length-inch mass-kilogram "
    "mass-gram mass-milligram mass-tonne mass-ton mass-pound mass-ounce area-hectare area-square-kilometer area-square-meter "
    "area-square-mile area-acre volume-liter volume-cubic-meter volume-barrel volume-gallon power-kilowatt power-megawatt power-gigawatt "
    "energy-kilowatt-hour speed-kilometer-per-hour speed-mile-per-hour speed-meter-per-second temperature-celsius temperature-fahrenheit "
    "duration-second duration-minute duration-hour duration-day duration-week duration-month duration-year frequency-hertz"
)
_SAME: Final = {"mass-ton": "mass-tonne"}
"""Units that translators take for each other; texts seldom say which ton is meant."""
_TALL: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"tonnes": "mass-tonne", "tonne": "mass-tonne", "kilometres": "length-kilometer", "kilometers": "length-kilometer",
           "meters": "length-meter", "metres": "length-meter", "liters": "volume-liter", "litres": "volume-liter"},
}  # fmt: skip


@cache
def unit_words(language: LanguageTag) -> Mapping[str, str]:
    """CLDR's units by the words that stand behind a number, in folded case."""
    patterns = cldr.locale(language)._data["unit_patterns"]  # noqa: SLF001 # babel has no public list
    made: dict[str, str] = dict(_TALL.get(language.partition("-")[0], {}))
    for unit in _WORDED.split():
        for form, pattern in dict(patterns.get(unit, {}).get("long", {})).items():
            word = str(pattern).replace("{0}", "").replace("\u00a0", " ").strip() if isinstance(pattern, str) else ""
            if form != "per" and word and str(pattern).startswith("{0}"):
                made.setdefault(word.casefold(), _SAME.get(unit, unit))
    return made
