"""Units with prefixes, powers, products and slashes, as UCUM writes them, in the words of CLDR: `6 µg/m³`, `5 N·m`, `10 W m⁻²`."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.currency_signs import ANY
from podcaster.script.spoken.notation_words import notation_words
from podcaster.script.spoken.quantities import own_units, units
from podcaster.script.spoken.quantities.unit_tables import ALONE, ONE, POWERS, PREFIXES, SPACED, WHOLE
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, inflected, replaced
from podcaster.units import LanguageTag

TYPED: Final = str.maketrans(
    {"μ": "µ", "Ω": "Ω", "⋅": "·", "*": "·", "²": "2", "³": "3", "⁻": "-", "−": "-", "¹": "1", "⁴": "4"}
)
FACTOR: Final = rf"(?:{any_of((*ONE, *PREFIXES))})(?:\^?[-−]?[2-4]|⁻?[¹²³⁴]|\^?[-−]1)?"
_UNDER: Final = rf"(?:{any_of((*ONE, *PREFIXES))})(?:\^?[-−][1-4]|⁻[¹²³⁴])"
"""A factor that says by its exponent that it divides: what else stands behind a space is a word."""
_PRODUCT: Final = (
    rf"(?<![\w.,/])(?P<number>{units.NUMBER})(?P<gap>\s?)"
    rf"(?!A/B\b)(?P<unit>{FACTOR}(?:(?:[·⋅]|[/]|[  ](?={_UNDER}))(?:{FACTOR}))*)(?![\w/²³^·⁻'’]|\.\d)".replace(
        "μ", "[µμ]"
    ).replace("µ", "[µμ]")
)


_PRODUCT_ALONE: Final = (
    rf"(?<![\w.,/{ANY}])(?P<number>{units.NUMBER})(?P<gap>\s?)(?!A/B\b)(?P<unit>{FACTOR}(?:[·⋅/]{FACTOR})*)".replace(
        "μ", "[µμ]"
    ).replace("µ", "[µμ]")
)
_SIDE: Final = rf"(?P<number#>{units.NUMBER})\s?(?P<unit#>m|km|cm|mm|ft|yd)"
_SIDES: Final = (
    rf"(?<![\w.,/]){_SIDE.replace('#', '1')}\s?[x×]\s?{_SIDE.replace('#', '2')}(?:\s?[x×]\s?{_SIDE.replace('#', '3')})?"
    r"(?![\w/²³^·⁻])"
)
_RATE: Final = rf"{_PRODUCT_ALONE}\s?/\s?(?P<below>{units.NUMBER})\s?(?P<under>{FACTOR})(?![\w/²³^·⁻]|\.\d)"
"""So much for so many of another unit: `5.5 l/100 km`."""
_BESIDE_WORDED: Final = rf"{_PRODUCT_ALONE}/(?!1?0+(?:[.,]000)*\s|1\s)(?=\d[\d.,]*\s[^\W\d_]{{3}})"
"""Before a second figure whose unit is a word: `5 km/3 miles`."""
_COUNTED_PER: Final = (
    rf"(?P<what>(?<![\d.,])\d[\d.,]*(?:[\u3040-\u9fff]+|(?=\s))(?:\s[^\W\d_]+(?:·[^\W\d_]+)?|\s\d+){{0,6}})"
    rf"\s?/\s?(?P<under>(?![sB]\b){FACTOR})(?![\w/²³^·⁻]|\.\d)"
)
"""So many of a thing for each of a unit: `5 people/km²`, and prices whose currency is a word by now."""
_PER: Final = {"it": "{0} per {1}", "hi": "{0} प्रति {1}", "ru": "{0} на {1}", "zh": "每{1}{0}"}
"""Words for a slash if CLDR has only the slash."""


@dataclass(frozen=True, slots=True)
class _Factor:
    sign: str
    power: int


def rates(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for so much for so many of another unit; runs before a language's own rules see the second unit."""
    if cldr.locale(language).language == "en":
        language = LanguageTag("en-GB")
    flags = cldr.word_flags(language)
    return (
        replaced(_SIDES, partial(_sides, language), flags=flags),
        replaced(_RATE, partial(_rate, language), flags=flags),
        replaced(_BESIDE_WORDED, rf"\g<number>\g<gap>\g<unit>{', ' if cldr.spaced(language) else '，'}", flags=flags),
    )


def _sides(language: LanguageTag, found: re.Match[str]) -> str:
    """`3 m × 4 m` as `3 metres by 4 metres`."""
    notation = notation_words(language)
    sides = [
        name(found[f"unit{side}"], found[f"number{side}"], language) for side in (1, 2, 3) if found[f"number{side}"]
    ]
    gap = " " if cldr.spaced(language) else ""
    return f"{gap}{notation.by}{gap}".join(map(str, sides)) if notation and all(sides) else found[0]


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for units that the language's own rules left."""
    if cldr.locale(language).language == "en":
        language = LanguageTag("en-GB")
    flags = cldr.word_flags(language)
    each = table(language, "signs").get("each")
    return (
        *(
            (replaced(rf"{_PRODUCT_ALONE}/(?P<each>{each})(?!\w)", partial(_said, language), flags=flags),)
            if each
            else ()
        ),
        replaced(_PRODUCT, partial(_said, language), flags=flags),
        replaced(_COUNTED_PER, partial(_counted, language), flags=flags),
        *(
            (
                replaced(
                    rf"(?<=\d)(?P<what>(?:\s[^\W\d_]+){{0,3}})\s?/\s?(?P<each>{each})(?!\w)",
                    partial(_for_each, language),
                ),
            )
            if each
            else ()
        ),
    )


def _said(language: LanguageTag, found: re.Match[str]) -> str:
    written = found["unit"]
    typed = written.translate(TYPED)
    factors = _factors(typed)
    each = found.groupdict().get("each")
    if len(factors) == 1 and factors[0].power == 1 and not (each and len(factors[0].sign) > 1):
        sign = factors[0].sign
        if sign in _ELEMENTS and re.search(r"(?<!\w)[A-Z][a-z]? $", found.string[: found.start()]):
            return found[0]
        metres = sign == "m" and cldr.locale(language).language != "en"
        if sign not in ALONE and not ((sign in SPACED or metres) and found["gap"]):
            return found[0]
    if " " in written and not any(factor.power < 0 for factor in factors):
        return found[0]
    said = name(typed, found["number"], language)
    return over(said, each, language) if said and each else said or found[0]


_ELEMENTS: Final = frozenset("NKVBWTS")
"""Signs of units that are elements', too, which follow a number in a formula that is spelt."""


def divided(above: str, unit: str, language: LanguageTag) -> str | None:
    """A text for each of a unit: `euros per kilowatt-hour`; None if CLDR does not have the unit."""
    under = [_under(each.sign, each.power, language) for each in _factors(unit.translate(TYPED)) if each.power > 0]
    return under[0].replace("{0}", above) if len(under) == 1 and under[0] else None


def over(above: str, below: str, language: LanguageTag) -> str:
    """Two texts with the language's word for a slash between them."""
    return (_word_for_slash(language) or "{0} / {1}").replace("{0}", above).replace("{1}", below)


def _rate(language: LanguageTag, found: re.Match[str]) -> str:
    side_by_side = not re.fullmatch(r"10*(?:[.,\u00a0\u202f]?0{3})*", found["below"])
    if side_by_side or _factors(found["under"])[0].sign in _OF_CURRENTS:
        gap = ", " if cldr.spaced(language) else "，"
        return f"{found['number']} {found['unit']}{gap}{found['below']} {found['under']}"
    above = name(found["unit"].translate(TYPED), found["number"], language)
    below = name(found["under"].translate(TYPED), found["below"], language)
    return over(above, below, language) if above and below else found[0]


_OF_CURRENTS: Final = frozenset({"Hz", "V", "A", "W", "kW", "kV", "mA", "kHz", "MHz"})
"""Units of a plug's second figure, which a slash sets beside the first, as it does `5 kg/11 lb`."""


def _counted(language: LanguageTag, found: re.Match[str]) -> str:
    factor = _factors(found["under"].translate(TYPED))[0]
    under = _under(factor.sign, factor.power, language) if factor.power > 0 else None
    return under.replace("{0}", found["what"]) if under else found[0]


def _for_each(language: LanguageTag, found: re.Match[str]) -> str:
    return over(found["what"], found["each"], language) if found["what"] else found[0]


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
    if compact in WHOLE and (whole := _known(WHOLE[compact], number, language)):
        return whole.replace("{0}", number)
    factors = _factors(unit)
    above = [each for each in factors if each.power > 0]
    below = [each for each in factors if each.power < 0]
    named: list[str | None] = [
        _pattern(each.sign, each.power, number if place == len(above) - 1 else "1", language)
        for place, each in enumerate(above)
    ]
    under = [_under(each.sign, -each.power, language) for each in below]
    if None in named or None in under:
        return None
    words = [str(each).replace("{0}", "").strip() for each in named]
    whole = str(named[-1]).replace(words[-1], " ".join(words)) if len(words) > 1 else str(named[0]) if named else "{0}"
    for each in under:
        whole = str(each).replace("{0}", whole)
    return whole.replace("{0}", number)


def _under(sign: str, power: int, language: LanguageTag) -> str | None:
    """Templates for units behind a slash, `{0}` being the text before it: `{0} per cubic metre`."""
    unit = POWERS.get(f"{sign}{power}") if power > 1 else ONE.get(sign)
    own = cldr.locale(language)._data["unit_patterns"].get(unit, {}).get("long", {}).get("per")  # noqa: SLF001 # as below
    if own and "/" not in str(own):
        return str(own)
    one, per = _pattern(sign, power, "1", language), _word_for_slash(language)
    if one is None or per is None:
        return None
    return per.replace("{1}", _accusative(one.replace("{0}", "").strip(), language))


def _word_for_slash(language: LanguageTag) -> str | None:
    base = language.partition("-")[0]
    per = _PER.get(base) if base == "it" else _compound("per", language, "compound")
    return _PER.get(base) if per is None or "/" in per else per


def _accusative(noun: str, language: LanguageTag) -> str:
    """A feminine noun behind the preposition that stands for a slash: `на тонну`."""
    ending = {"ru": ("а", "у"), "pl": ("a", "ę"), "uk": ("а", "у")}.get(language.partition("-")[0])
    if ending is None or not noun.endswith(ending[0]):
        return noun
    return noun.removesuffix(ending[0]) + ending[1]


def _pattern(sign: str, power: int, number: str, language: LanguageTag) -> str | None:
    """CLDR's template for one factor, `{0}` being the number."""
    if power > 1:
        if unit := POWERS.get(f"{sign}{power}"):
            return _known(unit, number, language)
        template = _compound(f"power{power}", language, "compound") or own_units.raised(power, number, language)
        base = _pattern(sign, 1, number, language)
        if base is None or "{0}" not in (template or ""):
            return None
        bare = base.replace("{0}", "").strip()
        joined = bare[:1].lower() + bare[1:] if str(template).partition("{0}")[0][-1:].isalpha() else bare
        return base.replace(bare, str(template).replace("{0}", joined))
    if sign in PREFIXES:
        return _prefixed(*PREFIXES[sign], number, language)
    return _known(ONE[sign], number, language) if sign in ONE else None


def _prefixed(prefix: str, unit: str, number: str, language: LanguageTag) -> str | None:
    if unit == "kWh":
        return _watt_hours(prefix, number, language)
    template, base = _compound(prefix, language, "prefix"), _pattern(unit, 1, number, language)
    if not template or base is None:
        return None
    bare = base.replace("{0}", "").strip()
    lowered = bare[:1].lower() + bare[1:] if not template.startswith("{0}") else bare
    joined = template.replace("{0}", lowered)
    for plain, stressed in table(language, "stressed_units").items():
        joined = joined.replace(plain, stressed)
    return base.replace(bare, joined)


def _watt_hours(watts: str, number: str, language: LanguageTag) -> str | None:
    """`MWh` by our own name, or by those of the kilowatt hour, the kilowatt and the megawatt; CLDR has none of its own."""
    own = table(language, "units").get(f"{watts}h")
    if own and cldr.locale(language).language != "en":
        return f"{{0}}{' ' if cldr.spaced(language) else ''}{inflected(own, number)}"
    hours, kilo, larger = (_pattern(sign, 1, number, language) for sign in ("kWh", "kW", watts))
    if hours is None or kilo is None or larger is None:
        return None
    bare, other = (each.replace("{0}", "").strip() for each in (kilo, larger))
    for length in range(len(bare), 3, -1):
        if bare[:length].casefold() in hours.casefold():
            place = hours.casefold().index(bare[:length].casefold())
            cut = other[: len(other) - (len(bare) - length)] if length < len(bare) else other
            joined = cut if place == 0 or not hours[place - 1].isalpha() else cut.lower()
            return hours[:place] + joined + hours[place + length :]
    return None


def _known(unit: str, number: str, language: LanguageTag) -> str | None:
    """CLDR's pattern for a unit, or our own; babel gives the unit's name where it has none."""
    if unit in own_units.names(LanguageTag("en")):
        return own_units.template(unit, number, language)
    if own := table(language, "missing_units").get(unit):
        return own
    if unit not in cldr.locale(language)._data["unit_patterns"]:  # noqa: SLF001 # babel raises for such a unit
        return None
    said = units.pattern(unit, number, language)
    return None if unit in said else said


@lru_cache(512)
def _compound(part: str, language: LanguageTag, form: str) -> str | None:
    """CLDR's pattern for a prefix, a power, or a slash; babel has no public way to it."""
    patterns = cldr.locale(language)._data.get("compound_unit_patterns", {}).get(part, {})  # noqa: SLF001 # none
    found = patterns.get("long", {}).get(form) if "long" in patterns else None
    return str(found) if found else None
