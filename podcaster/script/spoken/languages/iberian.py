"""Spanish, Catalan, Galician and Portuguese; Brazil counts in another scale than Portugal."""

from dataclasses import replace

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.word_tables import signs_and_amounts, table, table_by_region
from podcaster.script.spoken.wording import Wording, replaced, written_out
from podcaster.units import LanguageTag


def wording(language: LanguageTag) -> Wording:
    """The words of one of these languages, those of its region first."""
    lists = table(language, "lists")
    iberian = romance.iberian(language)
    one, several = table(language, "signs")["degree"].split("|")
    return replace(
        signs_and_amounts(language),
        first_rules=(written_out(phrases),) if (phrases := table(language, "phrases")) else (),
        rules=(
            *((common_rules.spelt(lists["initials"].split()),) if "initials" in lists else ()),
            *(replaced(pattern, words) for pattern, words in table_by_region(language, "beside")),
            written_out(table(language, "abbreviations")),
            *romance.short_ordinals(iberian, lists),
            *romance_measures.rules(language),
            *romance.rules(iberian),
            replaced(r"(?<![\w.,])1\s?°C\b", f"1 {one}"),
            replaced(r"(?<=\d)\s?°C\b", f" {several}"),
        ),
        last_rules=(replaced(r"\bde (?=euros\b)", "d’"),) if language.startswith("ca") else (),
    )
