"""Portuguese, as in Portugal; Brazil counts in another scale."""

from dataclasses import replace
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.word_tables import signs_and_amounts, table
from podcaster.script.spoken.wording import Wording, replaced, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("pt", "abbreviations")
_IBERIAN: Final = romance.Iberian(
    masculine=words("primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo"),
    feminine=words("primeira segunda terceira quarta quinta sexta sétima oitava nona décima"),
    kings=words(table("pt", "lists")["kings"]),
    queens=words(table("pt", "lists")["queens"]),
    quarter="trimestre",
    half="semestre",
    the={"em": "no", "Em": "No", "de": "do", "desde": "desde o", "até": "até ao", "para": "para o", "por": "pelo"}
    | {"durante": "durante o", "a": "ao"},
)


def _measures(language: LanguageTag) -> romance_measures.Measures:
    return romance_measures.Measures(
        language=language,
        hours="horas",
        at="[Àà]s|[Dd]esde as|[Aa]té às",
        units=romance_measures.unit_names(table(language, "units")),
    )


_BRAZILIAN_RULES: Final = (
    common_rules.spelt(words("FMI BCE OCDE OMC AIE AIEA")),
    replaced(r"\b([1-4])T(\d\d)\b", r"\1T de 20\2"),
    replaced(r"\b(\d{1,2})h0([1-9])\b", r"\1 horas e \2"),
    written_out({"1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto", "3/4": "três quartos"}),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Portuguese: for `pt-BR` those of Brazil, else those of Portugal."""
    brazilian = language == "pt-BR"
    kilometre = "quilômetro" if brazilian else "quilómetro"
    return replace(
        signs_and_amounts(language),
        rules=(
            *(_BRAZILIAN_RULES if brazilian else ()),
            replaced(r"\bs[ée]c\. (?=(?:[IVX]+|\d{1,2})\b)", "século "),
            replaced(r"\bp\. (?=\d)", "página "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-zãéóç]+a\b)", "dona "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-zãé])", "dom "),
            replaced(r"\bav\. (?=[A-ZÁÉÍÓÚ])", "avenida "),
            replaced(r"(?<=\dh\d\d)min\b", ""),
            replaced(r"(?<![\w.,])1 km/h\b", f"1 {kilometre} por hora"),
            replaced(r"(?<=\d)\s?km/h\b", f" {kilometre}s por hora"),
            replaced(r"(?<=\dh)\s?[–-]\s?(?=\d{1,2}h)|(?<=\dh\d\d)\s?[–-]\s?(?=\d{1,2}h)", " às "),
            replaced(r"\b(\d{1,2})\s?h\s?([0-5][1-9]|[1-5]0)\b", r"\1 horas e \2"),
            replaced(r"\b(\d{1,2})\s?h(?:00)?\b", r"\1 horas"),
            replaced(r"(?<![\w.,])1 horas\b", "1 hora"),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páginas "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_measures(language)),
            *romance.rules(replace(_IBERIAN, kings=(*_IBERIAN.kings, "Charles")) if brazilian else _IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grau"),
            replaced(r"(?<=\d)\s?°C\b", " graus"),
        ),
    )
