"""Unicode CLDR data of a language: date formats, name lists, script.

babel is loaded when the first of these is called, not with the module.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from babel import Locale

    from podcaster.units import LanguageTag

ListStyle = Literal["standard", "or"]

_INITIALS = dict.fromkeys(("US", "USA", "U.S.", "EE. UU.", "EE.UU.", "EEUU", "EUA"), "US") | {
    "UK": "GB",
    "EU": "EU",
    "UE": "EU",
    "UN": "UN",
}
_WITHOUT_REGION = {"pt": "pt-PT"}
"""Regions of languages whose CLDR data is another region's than ours."""
_LEADING_ZERO = re.compile(r"(?<!\d)0(?=\d(?!\d))")
_EUPHONY = {
    ("es", "standard"): (re.compile(r"\by (?=h?[ií](?![aeoáéó]))", re.IGNORECASE), "e "),
    ("es", "or"): (re.compile(r"\bo (?=h?[oó])", re.IGNORECASE), "u "),
}
"""Spanish `y` and `o` before their own sound (RAE, Ortografía): CLDR's patterns leave this to the program."""


@lru_cache(maxsize=256)
def locale(language: LanguageTag) -> Locale:
    """The locale nearest to a tag: its own, else its language's, else the root."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 # slow to load; not every command needs it

    for tag in (_WITHOUT_REGION.get(language, language), language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("root")


def long_date(day: date, language: LanguageTag) -> str:
    """A date with its month in words: `23 de marzo de 2021`, `1. ožujka 2021.`."""
    from babel.dates import format_date  # noqa: PLC0415 # slow to load

    written = " ".join(_LEADING_ZERO.sub("", format_date(day, "long", locale=locale(language))).split())
    return _basque_date(written, day) if language.partition("-")[0] == "eu" else written


def month_of_year(day: date, language: LanguageTag) -> str:
    """A month with its year: `noviembre de 2022`."""
    from babel.dates import format_skeleton  # noqa: PLC0415 # slow to load

    return str(format_skeleton("yMMMM", day, locale=locale(language)))


def _basque_date(written: str, day: date) -> str:
    """CLDR leaves two endings in brackets that depend on how the number before them sounds: `2021eko`, `23a`."""
    after_consonant = day.year % 20 in {1, 5, 10, 15} or (day.year % 100 == 0 and day.year % 1000 != 0)
    ends_in_a = day.day in {11, 31}
    return written.replace("(e)", "e" if after_consonant else "").replace("(a)", "" if ends_in_a else "a")


def joined(parts: Sequence[str], language: LanguageTag, style: ListStyle = "standard") -> str:
    """Names or words as one phrase: `Ana, Berta y Carla`; with style `or`: `Ana o Berta`."""
    from babel.lists import format_list  # noqa: PLC0415 # slow to load

    phrase = format_list(list(parts), style, locale=locale(language))
    euphony = _EUPHONY.get((language.partition("-")[0], style))
    return euphony[0].sub(euphony[1], phrase) if euphony else phrase


def territory(name: str, written_in: LanguageTag, language: LanguageTag) -> str | None:
    """Name of a country or region in another language: `Spain` in Spanish is `España`; None for other names.

    Also knows the initials that headlines use for a few of them.
    """
    code = _INITIALS.get(name) or _territories(written_in).get(name.casefold())
    return str(locale(language).territories.get(code) or name) if code else None


@lru_cache(maxsize=64)
def _territories(language: LanguageTag) -> dict[str, str]:
    """Territory codes by name, in folded case."""
    return {str(name).casefold(): str(code) for code, name in locale(language).territories.items()}


def full_stop(language: LanguageTag) -> str:
    """Full stop of the language's usual script; empty if it has none."""
    return _FULL_STOPS.get(language.partition("-")[0], ".")


def spaced(language: LanguageTag) -> bool:
    """Whether sentences of the language are set apart by a space."""
    return language.partition("-")[0] not in {"zh", "cmn", "yue", "hak", "ja"}


def word_flags(language: LanguageTag) -> re.RegexFlag:
    """Flags for patterns whose words end at a figure or a sign; unspaced writing stands right beside both."""
    return re.RegexFlag(0) if spaced(language) else re.ASCII


_FULL_STOPS = (
    dict.fromkeys(("zh", "cmn", "yue", "hak", "ja"), "。")
    | dict.fromkeys(("hi", "bn", "as", "or", "pa", "ne", "bpy"), "।")
    | {"ur": "۔", "hy": "։", "hyw": "։", "am": "።", "ti": "።", "my": "။", "th": ""}
)


def decimal_comma(language: LanguageTag) -> bool:
    """Whether two and a half is written 2,5."""
    symbols = locale(language).number_symbols
    return bool(symbols.get("latn", {}).get("decimal") == ",")
