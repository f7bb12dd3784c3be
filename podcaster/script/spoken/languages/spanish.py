"""Spanish."""

from dataclasses import replace
from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.word_tables import signs_and_amounts, table
from podcaster.script.spoken.wording import Wording, replaced, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("es", "abbreviations")
_IBERIAN: Final = romance.Iberian(
    masculine=words("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"),
    feminine=words("primera segunda tercera cuarta quinta sexta séptima octava novena décima"),
    kings=words(table("es", "lists")["kings"]),
    queens=words(table("es", "lists")["queens"]),
    quarter="trimestre",
    half="semestre",
    the={"en": "en el", "En": "En el", "de": "del", "desde": "desde el", "hasta": "hasta el", "para": "para el"}
    | {"durante": "durante el", "a": "al", "por": "por el"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("es"),
    hours="horas",
    at="[Aa] las|[Dd]esde las|[Hh]asta las|[Ss]obre las",
    units=romance_measures.unit_names(table("es", "units")),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Spanish, the same in all its regions."""
    del language
    return replace(
        signs_and_amounts("es"),
        first_rules=(
            written_out(
                {
                    "9/11": "9 11",
                    "2/3 partes": "dos terceras partes",
                    "⅔ partes": "dos terceras partes",
                    "3/4 partes": "tres cuartas partes",
                    "¾ partes": "tres cuartas partes",
                    "1/3 parte": "una tercera parte",
                }
            ),
        ),
        rules=(
            replaced(r"\b(\d{1,2})\.er\b", lambda found: {"1": "primer", "3": "tercer"}.get(found[1], found[1])),
            replaced(r"\bc/ ?(?=[A-ZÁÉÍÓÚ][a-z])", "calle "),
            replaced(r"(?<=\d)\s?pm\b", " de la tarde"),
            replaced(r"(?<=\d)\s?am\b", " de la mañana"),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"(?<!\w)([1-9]|10)(?:ro|do|to|mo|vo|no)\b", lambda found: _IBERIAN.masculine[int(found[1]) - 1]),
            replaced(r"(?<!\w)([1-9]|10)(?:ra|da|ta|ma|va|na)\b", lambda found: _IBERIAN.feminine[int(found[1]) - 1]),
            replaced(r"\bss\. (?=[IVX]+\b)", "siglos "),
            replaced(r"\bs\. (?=(?:[IVX]+|\d{1,2})\b)", "siglo "),
            replaced(r"\bp\. (?=\d)", "página "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-z])", "don "),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páginas "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grado"),
            replaced(r"(?<=\d)\s?°C\b", " grados"),
        ),
    )
