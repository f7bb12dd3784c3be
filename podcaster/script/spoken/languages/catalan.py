"""Catalan."""

from dataclasses import replace
from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.word_tables import signs_and_amounts, table
from podcaster.script.spoken.wording import Wording, replaced, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("ca", "abbreviations")
_MASCULINE: Final = words("primer segon tercer quart cinquè sisè setè vuitè novè desè")
_FEMININE: Final = words("primera segona tercera quarta cinquena sisena setena vuitena novena desena")
_IBERIAN: Final = romance.Iberian(
    masculine=_MASCULINE,
    feminine=_FEMININE,
    kings=words(table("ca", "lists")["kings"]),
    queens=words(table("ca", "lists")["queens"]),
    quarter="trimestre",
    half="semestre",
    the={"en": "en el", "En": "En el", "al": "al", "de": "del", "des de": "des del", "fins a": "fins al"}
    | {"per a": "per al", "a": "al", "durant": "durant el"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("ca"),
    hours="hores",
    at="[Aa] les|[Dd]es de les|[Ff]ins a les",
    per="per",
    about="aproximadament",
    units=romance_measures.unit_names(table("ca", "units")),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Catalan, the same in all its regions."""
    del language
    return replace(
        signs_and_amounts("ca"),
        rules=(
            replaced(r"\b([Aa])rt(s?)\.(?= \d)", r"\1rticle\2"),
            replaced(r"\bp\. (?=\d)", "pàgina "),
            replaced(r"\bpp\. (?=\d)", "pàgines "),
            replaced(r"\bc/ ?(?=[A-ZÀ-Ý][a-z])", "carrer "),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"\bcap\.(?= \d)", "capítol"),
            replaced(r"\bs\. (?=[IVX]+\b)", "segle "),
            written_out(_ABBREVIATIONS),
            replaced(r"\b(10|[1-9])(?:r|n|t|è|é)\b", lambda found: _MASCULINE[int(found[1]) - 1]),
            replaced(r"\b(10|[1-9])a\b", lambda found: _FEMININE[int(found[1]) - 1]),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grau"),
            replaced(r"(?<=\d)\s?°C\b", " graus"),
        ),
        last_rules=(replaced(r"\bde (?=euros\b)", "d’"),),
    )
