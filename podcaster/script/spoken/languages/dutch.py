"""Dutch, as in the Netherlands and Belgium."""

from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("nl", "abbreviations")
_INITIALS: Final = words("EU IMF ECB WHO IAEA IEA AI VAE EIB EVP ILO")
_RULERS: Final = words(table("nl", "lists")["rulers"])
_TITLES: Final = (
    "koning|koningin|paus|keizer|keizerin|tsaar|tsarina|sultan|sjah|prins|prinses|hertog|groothertog|farao|emir|kalief"
)
_UNITS: Final = table("nl", "units")
_ORDINALS: Final = words("eerste tweede derde vierde")
_QUARTERS: Final = {
    **common_rules.parts_of_year("in Q{0}=in het {1} kwartaal", _ORDINALS),
    **common_rules.parts_of_year("In Q{0}=In het {1} kwartaal", _ORDINALS),
    **common_rules.parts_of_year("van Q{0}=van het {1} kwartaal", _ORDINALS),
    **common_rules.parts_of_year("Q{0}={1} kwartaal", _ORDINALS),
}


def _ordinal(number: int) -> str:
    """`3` as `derde`."""
    return common_rules.number_words(number, "nl")


FIRST_RULES: Final = (
    replaced(r"(?<!\w)t/m(?!\w)", "tot en met"),
    replaced(r"(?<=\d),[-–—](?![\d\w])", ""),
    replaced(r"(?<![\d/.,–-])(\d{1,2}-\d{1,2}-)['’](?=\d\d(?!\d))", r"\g<1>20"),
    replaced(r"(?<!\w)H([12]) (?=(?:19|20)\d\d)", lambda found: f"{_ORDINALS[int(found[1]) - 1]} helft van "),
    replaced(r"\bp\. (?=\d)", "pagina "),
    replaced(r"\bSt\.-(?=[A-Z])", "Sint-"),
    replaced(r"(?<=[\d½¼¾] )([et])l(?= [a-z]{3})", lambda found: "eetlepel" if found[1] == "e" else "theelepel"),
    replaced(r"(?<=(?<![\d,/])[2-9] )(eet|thee)lepel(?=\s)", r"\1lepels"),
)
RULES: Final = (
    replaced(
        r"\b([IVX]+)e (?=eeuw|en [IVX]+e eeuw)",
        lambda found: f"{common_rules.number_words(roman(found[1]) or 0, 'nl')} ",
    ),
    common_rules.clock("{0} uur", " {1}", sign="[.:]", after=r" ?u(?:ur)?\b"),
    common_rules.clock("{0} uur", " {1}", sign="[:u]"),
    written_out(_ABBREVIATIONS | _QUARTERS),
    replaced(r"\bkwartaal (?=(?:19|20)\d\d\b)", "kwartaal van "),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.dates(LanguageTag("nl"), "-"),
    common_rules.dates(LanguageTag("nl"), "/"),
    replaced(r"(?<![\w.,])(\d{1,3})(?:e|de|ste)\b", lambda found: _ordinal(int(found[1]))),
    common_rules.numerals(
        rf"(?<!\w)(?:{any_of(_RULERS)}) ", r"(?![\w-])", lambda number: f"de {_ordinal(number).capitalize()}"
    ),
    common_rules.numerals(
        rf"(?<!\w)(?i:{_TITLES}) (?:[A-ZÀ-Ý][\w’-]+ )?[A-ZÀ-Ý][\w’-]+ ",
        r"(?![\w-])",
        lambda number: f"de {_ordinal(number).capitalize()}",
    ),
    *units.rules(
        LanguageTag("nl"), per="per", each="dag|maand|jaar|uur|week|persoon|vat|liter|kilo|inwoner", own=_UNITS
    ),
)
