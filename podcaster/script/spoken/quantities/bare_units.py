"""Units without a figure right before them: `in µg/m³`, `€/kWh`, `5 million t`, `½ l`, and such as stand in brackets."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.quantities import measures
from podcaster.script.spoken.quantities.measures import FACTOR
from podcaster.script.spoken.quantities.unit_tables import ALONE, ONE, POWERS, PREFIXES
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import Scale, any_of, replaced, words
from podcaster.units import LanguageTag

_ONE_OF: Final = (
    "per|pro|por|par|a|an|one|each|every|ein|eine|einen|jeder|jedem|jeden|je|un|una|une|um|uma|cada|chaque|ogni|al|na|za|на|за|een|"
    "elke|ett|varje|każdy|प्रति"
)
"""Words behind which a unit is one."""
_UNDER: Final = any_of(
    words(
        "s sec min h hr d day yr year a m km cm mm l L ml mL dl dL kg g mg mol K ha t kWh MWh bbl lb gal ft mi acre km² m² m³ cm² cm³ "
        "km³ m2 m3 °C W"
    )
)
"""Units that others are measured by."""
_ABOVE: Final = any_of(
    {*ONE, *PREFIXES} - set(words("week month day year hour in a d h s A B F S T V W K min"))
    | set(words("min h W A V"))
)
_MICRO: Final = str.maketrans({"µ": "[µμ]"})
_COMPOUND: Final = rf"(?:{_ABOVE})[²³]?(?:[·⋅]{FACTOR})*(?:/(?:{_UNDER}))+"
_RAISED: Final = r"(?:km|cm|mm|µm|nm|dm|hm|m|ft|mi|yd|in)[²³]"
_BARE: Final = (
    rf"(?:(?<!\w)(?P<one>(?i:{_ONE_OF}) ))?(?<![\w.,/·⋅^])(?<!\d )(?<!\d)"
    rf"(?P<unit>{_COMPOUND.translate(_MICRO)}|{_RAISED.translate(_MICRO)})"
    r"(?![\w/²³^·⁻'’]|\.\w)"
)
_BRACKETS: Final = rf"/\s?\(({FACTOR}(?:[·⋅/  ]{FACTOR})+)\)"
_FRACTIONS: Final = {"½": "5", "¼": "25", "¾": "75"}
_WITH_FRACTION: Final = rf"(?<![\w.,])(\d+)\s?([½¼¾])(?=\s?(?:{FACTOR}(?![\w/²³^·⁻'’])|%))"
_SHORT: Final = words("l kg km m t g h cm ha")
_FRACTION_OF: Final = (
    rf"(?<![\w.,])(?<!\d )([½¼¾]|(?<![/–-])[1-9]/(?:[2-9]|10)(?=\s))\s?({any_of({*ALONE, *_SHORT})})(?![\w/²³^·⁻'’])"
)
_COUNTED: Final = {*ALONE, "t", "m", "km", "kg", "g", "l", "ha", "kW", "MW", "GW", "kWh", "W", "J", "bbl", *POWERS}
_RAISE: Final = {"m²": "m2", "m³": "m3", "km²": "km2", "km³": "km3", "cm²": "cm2", "cm³": "cm3"}


def first_rules(language: LanguageTag, currencies: Mapping[str, str]) -> tuple[Rule, ...]:
    """Rules that bring rare writings of units into the usual one, and for prices without an amount; before units are said."""
    base = language.partition("-")[0]
    language = _british(language)
    flags = cldr.word_flags(language)
    comma = "," if cldr.decimal_comma(language) else "."
    signs = table(base, "signs")
    each = signs.get("each")
    made = [
        replaced(r"(?<![\w.,])(\d[\d.,]*)/([µμ][lL]|m[lL]|d[lL])(?!\w)", partial(_so_many, language), flags=flags),
        *(
            (
                replaced(
                    rf"(?<=[\d€$£¥])/(m[²2]|km[²2]|ha|kg|kW|t)/({each})(?!\w)", partial(_twice, language), flags=flags
                ),
            )
            if each and base != "en" and cldr.spaced(language)
            else ()
        ),
        replaced(_BRACKETS, lambda found: "/" + "/".join(re.split(r"[·⋅/  ]", found[1])), flags=flags),
        replaced(_WITH_FRACTION, lambda found: f"{found[1]}{comma}{_FRACTIONS[found[2]]}", flags=flags),
        replaced(_FRACTION_OF, partial(_fraction_of, language), flags=flags),
    ]
    made.append(replaced(r"(?<![\w:.,])(\d{1,3}):([0-5]\d)\s?min\b\.?", partial(_minutes, language), flags=flags))
    if over := signs.get("over"):
        gap = " " if cldr.spaced(language) else ""
        made.append(replaced(r"(?<![\w/.,])(\d{2,3})/(\d{2,3})(?=\s?mmHg)", rf"\1{gap}{over}{gap}\2", flags=flags))
    if written := signs.get("inhabitant_signs"):
        people = f" {signs['inhabitants']}"
        made.append(replaced(rf"(?<=\d)\s?(?:{written})\s?(?=/\s?(?:km|ha|m)[²2]?)", people))
    if currencies:
        named = any_of({*currencies, *(names.split("|")[-1] for names in currencies.values())})
        made.append(
            replaced(
                rf"(?<![\w.,])(?<!\d )(?P<sign>{named})\s?/\s?(?P<unit>{FACTOR})(?![\w/²³^·⁻'’]|\.\w)",
                partial(_price, language, currencies),
                flags=flags,
            ),
        )
    return tuple(made)


def _so_many(language: LanguageTag, found: re.Match[str]) -> str:
    """`5,000/µl` as `5,000 per microlitre`."""
    return measures.divided(found[1], found[2], language) or found[0]


def _twice(language: LanguageTag, found: re.Match[str]) -> str:
    """`€/m²/mes` as `€/m² por mes`."""
    return f"/{found[1]} {measures.over('', found[2], language).strip()}"


def _british(language: LanguageTag) -> LanguageTag:
    """British English for any, as its names of units are the international ones."""
    return LanguageTag("en-GB") if cldr.locale(language).language == "en" else language


def rules(language: LanguageTag, scales: Mapping[str, Scale]) -> tuple[Rule, ...]:
    """Rules for units behind a word for a scale, and for units alone; when scales are words."""
    language = _british(language)
    flags = cldr.word_flags(language)
    made = [replaced(_BARE, partial(_bare, language), flags=flags)]
    if scales:
        links = {scale.many: scale.link for scale in scales.values()}
        forms = any_of(
            {form for many in links for form in many.split("|")} | {scale.one.split()[-1] for scale in scales.values()}
        )
        counted = any_of({*_COUNTED, *_RAISE})
        each = table(language, "signs").get("each", "(?!)")
        made.insert(
            0,
            replaced(
                rf"(?<!\w)(?P<scale>{forms}) (?:d[ei] |d’)?(?P<unit>(?:{counted})(?:/(?:{_UNDER})(?!\w))*)"
                rf"(?:/(?P<each>{each})(?!\w))?(?![\w/²³^·⁻'’]|\.\w)",
                partial(_scaled, language, links),
                flags=flags,
            ),
        )
    return tuple(made)


def _name(unit: str, number: str, language: LanguageTag) -> str | None:
    """A unit's name without a number, as it stands with one."""
    said = measures.name(unit.translate(measures.TYPED), number, language)
    return " ".join(said.replace(number, "", 1).split()) if said else None


def _bare(language: LanguageTag, found: re.Match[str]) -> str:
    name = _name(found["unit"], "1" if found["one"] else "5", language)
    return f"{found['one'] or ''}{name}" if name else found[0]


def _price(language: LanguageTag, currencies: Mapping[str, str], found: re.Match[str]) -> str:
    """`€/kWh` as `euros per kilowatt-hour`."""
    names = currencies.get(found["sign"], found["sign"])
    return measures.divided(names.split("|")[-1], found["unit"], language) or found[0]


def _scaled(language: LanguageTag, links: Mapping[str, str], found: re.Match[str]) -> str:
    """`5 million t` as `5 million tonnes`."""
    name = _name(found["unit"], "5", language)
    link = next((links[many] for many in links if found["scale"] in many.split("|")), " ")
    if not name:
        return found[0]
    said = f"{found['scale']}{link}{name}"
    return measures.over(said, found["each"], language) if found["each"] else said


def _minutes(language: LanguageTag, found: re.Match[str]) -> str:
    """`45:30 min` as `45 minutes 30 seconds`."""
    minutes, seconds = (
        measures.name(unit, str(int(part)), language) for unit, part in (("min", found[1]), ("s", found[2]))
    )
    return f"{minutes} {seconds}" if minutes and seconds else found[0]


def _fraction_of(language: LanguageTag, found: re.Match[str]) -> str:
    """`½ l` as `½ litre`."""
    number = "1,5" if language.startswith(("ru", "pl")) else "1"
    name = _name(found[2], number, language)
    link = "" if found[1] in {"½", "1/2"} else table(language, "signs").get("part_of", "")
    return f"{found[1]} {link}{name}" if name else found[0]
