"""BCP 47 language tags: parse them, match them, name them."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from podcaster.errors import LanguageUnknown
from podcaster.units import LanguageTag

_SAME_LANGUAGE = 9
"""langcodes' distance up to which two tags are regional or script forms of one language."""

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
"""Scripts of the languages that CLDR knows."""


def parse(text: str) -> LanguageTag:
    """Canonical form of a tag (RFC 5646 §4.5): `pt_br` gives `pt-BR`, `iw` gives `he`.

    Raises:
        LanguageUnknown: not a tag, or made of subtags that are not registered.
    """
    import langcodes

    wanted = text.strip()
    if not wanted or not langcodes.tag_is_valid(wanted):
        raise LanguageUnknown(f"{text!r} is not a language tag.", "Give a BCP 47 tag such as en, es, pt-BR or zh-Hans.")
    return LanguageTag(langcodes.standardize_tag(wanted))


def base(tag: LanguageTag) -> LanguageTag:
    """The language without region, script or variant: `pt-BR` gives `pt`."""
    return LanguageTag(tag.partition("-")[0])


def match(wanted: LanguageTag, available: Iterable[LanguageTag]) -> LanguageTag | None:
    """The available tag that a speaker of `wanted` takes for the same language, the nearest one; None without one."""
    import langcodes

    found, _ = langcodes.closest_match(wanted, sorted(available), max_distance=_SAME_LANGUAGE)
    return None if found == "und" else LanguageTag(found)


def long_date(day: date, tag: LanguageTag) -> str:
    """A day as the language writes it out: `23 de marzo de 2021`; ISO 8601 where CLDR does not know the language."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(day, format="long", locale=Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def figure(number: float, tag: LanguageTag) -> str:
    """A number with the language's separators: `11,877`, `0.5`."""
    from babel import Locale
    from babel.numbers import format_decimal

    return format_decimal(number, locale=Locale.parse(tag, sep="-"))


def name(tag: LanguageTag, in_language: LanguageTag | None = None) -> str:
    """The name of a language in itself or in another language: `español`, `Spanish`.

    The tag itself where CLDR has no name for it.
    """
    own = own_names().get(tag) if in_language in {None, tag} else None
    if own:
        return own
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
        shown_in = Locale.parse(in_language, sep="-") if in_language else locale
        return locale.get_display_name(shown_in) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=1)
def own_names() -> Mapping[str, str]:
    """Names of languages in themselves, by tags without a region.

    babel says the same, and keeps about a megabyte for each language that it says it of.
    """
    return tomllib.loads(Path(__file__).with_name("language_names.toml").read_text(encoding="utf-8"))


def three_letters(tag: LanguageTag) -> str:
    """ISO 639-2/B, as ID3 tags name a language: `pt-BR` gives `por`."""
    import langcodes

    return langcodes.get(tag).to_alpha3(variant="B")


@lru_cache(maxsize=512)
def direction(tag: LanguageTag) -> str:
    """Direction of writing, for HTML's `dir`: `ltr` or `rtl`; `ltr` if CLDR does not know the language."""
    import langcodes

    try:
        script = langcodes.get(tag).maximize().script
    except ValueError:
        return "ltr"
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
