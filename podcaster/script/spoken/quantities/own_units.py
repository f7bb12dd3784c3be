"""Units that CLDR does not name, in the words of each language."""

from collections.abc import Mapping
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.quantities.unit_tables import RAISED
from podcaster.units import LanguageTag

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "sievert": {"en": "sievert|sieverts", "es": "sievert|sieverts", "ca": "sievert|sieverts", "gl": "sievert|sieverts",
                "pt": "sievert|sieverts", "fr": "sievert|sieverts", "it": "sievert", "de": "Sievert", "nl": "sievert",
                "sv": "sievert", "pl": "siwert|siwerty|siwerta|siwertów", "ru": "зиверт|зиверта|зиверта|зивертов", "zh": "西弗",
                "hi": "सीवर्ट"},
    "becquerel": {"en": "becquerel|becquerels", "es": "becquerel|becquerels", "ca": "becquerel|becquerels",
                  "gl": "becquerel|becquerels", "pt": "becquerel|becquerels", "fr": "becquerel|becquerels", "it": "becquerel",
                  "de": "Becquerel", "nl": "becquerel", "sv": "becquerel", "pl": "bekerel|bekerele|bekerela|bekereli",
                  "ru": "беккерель|беккереля|беккереля|беккерелей", "zh": "贝克勒尔", "hi": "बेकेरल"},
    "gray": {"en": "gray|grays", "es": "gray|grays", "ca": "gray|grays", "gl": "gray|grays", "pt": "gray|grays", "fr": "gray|grays",
             "it": "gray", "de": "Gray", "nl": "gray", "sv": "gray", "pl": "grej|greje|greja|grejów", "ru": "грей|грея|грея|грей",
             "zh": "戈瑞", "hi": "ग्रे"},
    "siemens": {"en": "siemens", "es": "siemens", "ca": "siemens", "gl": "siemens", "pt": "siemens", "fr": "siemens",
                "it": "siemens", "de": "Siemens", "nl": "siemens", "sv": "siemens", "pl": "simens|simensy|simensa|simensów",
                "ru": "сименс|сименса|сименса|сименсов", "zh": "西门子", "hi": "सीमेंस"},
    "tesla": {"en": "tesla|teslas", "es": "tesla|teslas", "ca": "tesla|tesles", "gl": "tesla|teslas", "pt": "tesla|teslas",
              "fr": "tesla|teslas", "it": "tesla", "de": "Tesla", "nl": "tesla", "sv": "tesla", "pl": "tesla|tesle|tesli|tesli",
              "ru": "тесла", "zh": "特斯拉", "hi": "टेस्ला"},
    "farad": {"en": "farad|farads", "es": "faradio|faradios", "ca": "farad|farads", "gl": "faradio|faradios", "pt": "farad|farads",
              "fr": "farad|farads", "it": "farad", "de": "Farad", "nl": "farad", "sv": "farad", "pl": "farad|farady|farada|faradów",
              "ru": "фарад|фарада|фарада|фарад", "zh": "法拉", "hi": "फैराड"},
    "decibel": {"en": "decibel|decibels", "es": "decibelio|decibelios", "ca": "decibel|decibels", "gl": "decibelio|decibelios",
                "pt": "decibel|decibéis", "fr": "décibel|décibels", "it": "decibel", "de": "Dezibel", "nl": "decibel",
                "sv": "decibel", "pl": "decybel|decybele|decybela|decybeli", "ru": "децибел|децибела|децибела|децибел",
                "zh": "分贝", "hi": "डेसिबल"},
    "watt-hour": {"en": "watt-hour|watt-hours", "es": "vatio hora|vatios hora", "ca": "watt hora|watts hora",
                  "gl": "vatio hora|vatios hora", "pt": "watt-hora|watts-hora", "fr": "wattheure|wattheures", "it": "wattora",
                  "de": "Wattstunde|Wattstunden", "nl": "wattuur", "sv": "wattimme|wattimmar",
                  "pl": "watogodzina|watogodziny|watogodziny|watogodzin", "ru": "ватт-час|ватт-часа|ватт-часа|ватт-часов",
                  "zh": "瓦时", "hi": "वाट घंटा"},
    "ampere-hour": {"en": "ampere-hour|ampere-hours", "es": "amperio hora|amperios hora", "ca": "ampere hora|amperes hora",
                    "gl": "amperio hora|amperios hora", "pt": "ampere-hora|amperes-hora", "fr": "ampèreheure|ampèreheures",
                    "it": "amperora", "de": "Amperestunde|Amperestunden", "nl": "ampère-uur", "sv": "amperetimme|amperetimmar",
                    "pl": "amperogodzina|amperogodziny|amperogodziny|amperogodzin",
                    "ru": "ампер-час|ампер-часа|ампер-часа|ампер-часов", "zh": "安时", "hi": "एम्पियर घंटा"},
    "volt-ampere": {"en": "volt-ampere|volt-amperes", "es": "voltiamperio|voltiamperios", "ca": "voltampere|voltamperes",
                    "gl": "voltiamperio|voltiamperios", "pt": "volt-ampere|volts-amperes", "fr": "voltampère|voltampères",
                    "it": "voltampere", "de": "Voltampere", "nl": "voltampère", "sv": "voltampere",
                    "pl": "woltoamper|woltoampery|woltoampera|woltoamperów", "ru": "вольт-ампер|вольт-ампера|вольт-ампера|вольт-ампер",
                    "zh": "伏安", "hi": "वोल्ट एम्पियर"},
    "watt-peak": {"en": "watt-peak|watts-peak", "es": "vatio pico|vatios pico", "ca": "watt pic|watts pic",
                  "gl": "vatio pico|vatios pico",
                  "pt": "watt-pico|watts-pico", "fr": "watt-crête|watts-crête", "it": "watt di picco", "de": "Watt Peak",
                  "nl": "wattpiek", "sv": "watt toppeffekt", "pl": "wat mocy szczytowej|waty mocy szczytowej|wata mocy szczytowej|"
                  "watów mocy szczytowej", "ru": "ватт пиковой мощности|ватта пиковой мощности|ватта пиковой мощности|"
                  "ватт пиковой мощности", "zh": "峰瓦", "hi": "वाट पीक"},
    "international-unit": {"en": "international unit|international units", "es": "unidad internacional|unidades internacionales",
                           "ca": "unitat internacional|unitats internacionals", "gl": "unidade internacional|unidades internacionais",
                           "pt": "unidade internacional|unidades internacionais", "fr": "unité internationale|unités internationales",
                           "it": "unità internazionale|unità internazionali", "de": "Internationale Einheit|Internationale Einheiten",
                           "nl": "internationale eenheid|internationale eenheden", "sv": "internationell enhet|internationella enheter",
                           "pl": "jednostka międzynarodowa|jednostki międzynarodowe|jednostki międzynarodowej|"
                           "jednostek międzynarodowych", "ru": "международная единица|международные единицы|международной единицы|"
                           "международных единиц", "zh": "国际单位", "hi": "अंतर्राष्ट्रीय इकाई"},
}  # fmt: skip
"""One, and more, by unit and language; of Slavic languages one, few, a part, many."""


def template(unit: str, number: str, language: LanguageTag) -> str | None:
    """A pattern like CLDR's for so much of a unit, `{0}` being the number; None in languages without a word for it."""
    forms = NAMES.get(unit, {}).get(language.partition("-")[0], "").split("|")
    if forms == [""]:
        return None
    name = forms[min(units.plural_form(language)(number), len(forms) - 1)]
    return f"{{0}}{name}" if language.startswith("zh") else f"{{0}} {name}"


def raised(power: int, number: str, language: LanguageTag) -> str | None:
    """CLDR's template for a square or a cube in languages whose adjective agrees with the unit."""
    base = language.partition("-")[0]
    if power > _CUBED:
        return None
    if base in RAISED:
        one, _, many = RAISED[base].split()[power - 2].partition("|")
        return f"{{0}} {one if number == '1' else many}"
    patterns = cldr.locale(language)._data.get("compound_unit_patterns", {}).get(f"power{power}", {}).get("long", {})  # noqa: SLF001 # none
    form = ("one", "few", "other", "many")[units.plural_form(language)(number)]
    found = patterns.get("compound_variations", {}).get(form)
    return str(found) if found else None


_CUBED: Final = 3
