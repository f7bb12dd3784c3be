"""Units that CLDR does not name, in the words of each language."""

from collections.abc import Mapping
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.units import LanguageTag


def names(language: LanguageTag) -> Mapping[str, str]:
    """One, and more, by unit; of Slavic languages one, few, a part, many."""
    return table(language, "unlisted_units")


def template(unit: str, number: str, language: LanguageTag) -> str | None:
    """A pattern like CLDR's for so much of a unit, `{0}` being the number; None in languages without a word for it."""
    forms = names(language).get(unit, "").split("|")
    if forms == [""]:
        return None
    name = forms[min(units.plural_form(language)(number), len(forms) - 1)]
    return f"{{0}}{name}" if language.startswith("zh") else f"{{0}} {name}"


def raised(power: int, number: str, language: LanguageTag) -> str | None:
    """CLDR's template for a square or a cube in languages whose adjective agrees with the unit."""
    if power > _CUBED:
        return None
    if adjectives := table(language, "signs").get("raised"):
        one, _, many = adjectives.split()[power - 2].partition("|")
        return f"{{0}} {one if number == '1' else many}"
    patterns = cldr.locale(language)._data.get("compound_unit_patterns", {}).get(f"power{power}", {}).get("long", {})  # noqa: SLF001 # none
    form = ("one", "few", "other", "many")[units.plural_form(language)(number)]
    found = patterns.get("compound_variations", {}).get(form)
    return str(found) if found else None


_CUBED: Final = 3
