"""Galician."""

from dataclasses import replace
from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.word_tables import signs_and_amounts, table
from podcaster.script.spoken.wording import Wording, replaced, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("gl", "abbreviations")
_IBERIAN: Final = romance.Iberian(
    masculine=words("primeiro segundo terceiro cuarto quinto sexto sétimo oitavo noveno décimo"),
    feminine=words("primeira segunda terceira cuarta quinta sexta sétima oitava novena décima"),
    kings=words(table("gl", "lists")["kings"]),
    queens=words(table("gl", "lists")["queens"]),
    quarter="trimestre",
    half="semestre",
    the={"en": "no", "En": "No", "de": "do", "desde": "desde o", "ata": "ata o", "para": "para o", "por": "polo"}
    | {"durante": "durante o", "a": "ao"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("gl"),
    hours="horas",
    at="[Áá]s|[Dd]esde as|[Aa]ta as",
    units=romance_measures.unit_names(table("gl", "units")),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Galician."""
    del language
    return replace(
        signs_and_amounts("gl"),
        rules=(
            replaced(r"\bs\. (?=[IVX]+\b)", "século "),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páxinas "),
            replaced(r"\br/ ?(?=[A-ZÁÉÍÓÚ][a-z])", "rúa "),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"\bp\. (?=\d)", "páxina "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grao"),
            replaced(r"(?<=\d)\s?°C\b", " graos"),
        ),
    )
