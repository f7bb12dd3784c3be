"""Italian."""

import re
from decimal import Decimal
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("it", "abbreviations")
_INITIALS: Final = words("FMI BCE OMS OMC PMI ONG AIE AIEA IA BEI")
_KINGS: Final = words(table("it", "lists")["kings"])
_QUEENS: Final = words("Elisabetta Caterina Margherita Maria Isabella Beatrice")
_ORDINALS: Final = words("primo secondo terzo quarto")
_UNITS: Final = table("it", "units")


def _masculine(number: int) -> str:
    """`14` as `quattordicesimo`."""
    return common_rules.number_words(number, "it")


def _feminine(number: int) -> str:
    return f"{_masculine(number)[:-1]}a"


_BEFORE: Final = frozenset(
    words(
        "di a in con su per circa da quasi oltre almeno ogni entro dopo i gli le dei delle degli dal dai ai alle agli nei nelle sui "
        "del al nel sul il lo la"
    )
)
"""Words behind which a range is said with `o`, as `di 10 o 15 miliardi`."""


def _from_to(found: re.Match[str]) -> str:
    """`10-15 miliardi` as `da 10 a 15 miliardi`; a score and a telephone number stay."""
    lead = f"{found['lead']} " if found["lead"] else ""
    low, high = (Decimal(found[end].replace(",", ".")) for end in ("low", "high"))
    if low >= high:
        return found[0]
    if found["lead"] and found["lead"].lower() in {"tra", "fra"}:
        return f"{lead}{found['low']} e {found['high']}"
    if found["lead"] and found["lead"].lower() in _BEFORE:
        return f"{lead}{found['low']} o {found['high']}"
    return f"{lead}da {found['low']} a {found['high']}"


def _years(found: re.Match[str]) -> str:
    """`1914-1918` as `dal 1914 al 1918`; behind an article or a preposition only with a pause."""
    lead = f"{found['lead']} " if found["lead"] else ""
    if found["lead"] and found["lead"].lower() in _BEFORE:
        return found[0]
    return f"{lead}dal {found['low']} al {found['high']}" if found["low"] < found["high"] else found[0]


_QUARTERS: Final = {
    **common_rules.parts_of_year("in Q{0}=nel {1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("Q{0}={1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("nel T{0}=nel {1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("Nel T{0}=Nel {1} trimestre", _ORDINALS),
}
_MONTHS: Final = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_MASCULINE: Final = "(?:chilo|centi|milli)?metro|chilogrammo|ettaro|grado|punto|euro|dollaro|franco|rublo"
_AT: Final = "(?:[Aa]l|[Dd]al)le(?: ore)?|[Oo]re|[Ll]e"
_CENTURY: Final = r" (?:secolo|trimestre|semestre|guerra|Guerra|edizione|legislatura|Repubblica|Congresso)\b"
FIRST_RULES: Final = (
    replaced(r"(?:(?<=\d)\s?|(?<=/))(k?m)([qc])(?!\w)", lambda found: f"{found[1]}{'²' if found[2] == 'q' else '³'}"),
    replaced(r"\bh (?=\d{1,2}[.:]\d\d\b)", "ore "),
    replaced(r"(?<!\w)(\d{1,2})h([0-5]\d)['’′](\d\d)(?:['’]{2}|[\"″”])", r"\1 ore \2 minuti \3 secondi"),
    replaced(r"(?<!\w)(\d{1,2})[\"″”](\d\d)(?!\d)", r"\1,\2 s"),
    replaced(r"\b1° (?=al\b)", "primo "),
    replaced(r"(?<=\bal )(\d{1,2})['’′](?![\w+])", lambda found: _masculine(int(found[1]))),
    replaced(r"(?<![\w.,])(\d{1,2})\^(?![\w^(-])", r"\1ª"),
)
RULES: Final = (
    replaced(r"\b([Nn]e|[Dd]e|[Aa]|[Dd]a|[Ss]u)l (?=esercizio\b)", r"\1ll’"),
    replaced(r"\bIl (?=esercizio\b)", "L’"),
    replaced(r"\bil (?=esercizio\b)", "l’"),
    replaced(r"\bp\. (?=\d)", "pagina "),
    replaced(r"(?<=[IVX] )sec\.", "secolo"),
    replaced(r"\bc\. (?=\d)", "comma "),
    replaced(r"\bl\. (?=\d+[/ ])", "legge "),
    replaced(r"(?<=\b[Ll]a )([1-9])a\b", r"\1ª"),
    written_out(_ABBREVIATIONS | _QUARTERS),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.dates(LanguageTag("it"), "/"),
    replaced(rf"\b1°? (?=(?:{_MONTHS})\b)", "primo "),
    replaced(rf"\b({_AT}) ([01]?\d|2[0-4])\.([0-5]\d)\b(?![.,]\d| ?%)", r"\1 \2:\3"),
    common_rules.clock("{0}", " e {1}", sign="[:h]"),
    replaced(
        r"(?<![\w.,-])(\d{1,3})(?:º|°(?= (?!di|e|a|in|sotto|sopra|all|Celsius)[a-z]))",
        lambda found: _masculine(int(found[1])),
    ),
    replaced(r"(?<![\w.,-])(\d{1,3})ª", lambda found: _feminine(int(found[1]))),
    common_rules.numerals(r"(?<![\w-])", r"(?= (?:guerra|Guerra|edizione|legislatura|Repubblica)\b)", _feminine),
    common_rules.numerals(r"(?<![\w-])", rf"(?={_CENTURY})", _masculine),
    common_rules.numerals(r"\b(?:[Ii]l|[Dd]el|[Aa]l|[Nn]el) (?=[IVX]{2})", r"(?= [a-z]{4})", _masculine),
    common_rules.numerals(r"\b(?:[Ll]a|[Dd]ella|[Aa]lla|[Nn]ella) (?=[IVX]{2})", r"(?= [a-z]{4})", _feminine),
    replaced(
        r"(?<=secoli )([IVX]+)( e |, )([IVX]+)\b",
        lambda found: f"{_masculine(roman(found[1]) or 0)}{found[2]}{_masculine(roman(found[3]) or 0)}",
    ),
    common_rules.numerals(r"\b[Ss]ec(?:olo|\.) ", r"(?![\w-])", _masculine),
    replaced(r"\bsec\. (?=[a-z]+esimo|primo|secondo|terzo|quarto|quinto|sesto|settimo|ottavo|nono|decimo)", "secolo "),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_KINGS)}) ", r"(?![\w-])", _masculine),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_QUEENS)}) ", r"(?![\w-])", _feminine),
    replaced(r"(?<=[\d$€£])\s?/\s?(anno|ora)\b", r" all’\1"),
    replaced(r"(?<=[\d$€£])\s?/\s?(giorno|mese|litro|barile|chilo)\b", r" al \1"),
    *units.rules(LanguageTag("it"), per="per", own=_UNITS),
    replaced(
        r"(?:\b(?P<lead>[^\W\d_]+) )?(?<![\w.,/:–-])(?P<low>1[1-9]\d\d|20\d\d)[–-](?P<high>1[1-9]\d\d|20\d\d)(?![\d–-])",
        _years,
    ),
    replaced(
        r"(?:\b(?P<lead>[^\W\d_]+) )?(?<![\w.,/:–-])(?P<low>\d{1,3}(?:[.,]\d+)?)[–-](?P<high>\d{1,3}(?:[.,]\d+)?)"
        r"(?=%| [^\W\d_]| %)(?!\d|[–-])",
        _from_to,
    ),
)
LAST_RULES: Final = (
    replaced(rf"(?<![\w.,–-])1 (?=(?:{_MASCULINE})\b)", "un "),
    replaced(r"(?<![\w.,–-])1 (?=(?:tonnellata|\w+wattora|sterlina|rupia)\b)", "una "),
    replaced(r"(?<=\d)\s?mln\b\.?", " milioni"),
    replaced(r"(?<=\d)\s?mld\b\.?", " miliardi"),
    replaced(r"(?<=\d) mila\b", "mila"),
)
