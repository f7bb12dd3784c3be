"""French, as in all its countries."""

import re
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("fr", "abbreviations")
_INITIALS: Final = words("UE FMI BCE PIB PME OCDE OMS OMC ONG AIE AIEA BEI IA RU UA ETI EPR HLM OGM OIT")
_KINGS: Final = words(table("fr", "lists")["kings"])
_QUEENS: Final = words(table("fr", "lists")["queens"])
_TITLES: Final = (
    "roi|reine|pape|empereur|impératrice|tsar|tsarine|sultan|chah|shah|prince|princesse|duc|grand-duc|pharaon|émir|khédive|calife|"
    "kaiser"
)
_ORDINALS: Final = words("premier deuxième troisième quatrième")
_UNITS: Final = table("fr", "units")


def _ordinal(number: int) -> str:
    """`3` as `troisième`."""
    return common_rules.number_words(number, "fr")


def _regnal(number: int) -> str:
    """`I` as `premier`, all others as plain numbers: `Louis 14`."""
    return "premier" if number == 1 else str(number)


def _numbered(found: re.Match[str]) -> str:
    """`XXIe siècle` as `vingt et unième siècle`, `Ier` as `premier`."""
    number = roman(found[1])
    if not number:
        return found[0]
    return "premier" if number == 1 else _ordinal(number)


_QUARTERS: Final = {
    **common_rules.parts_of_year("Q{0}={1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("au T{0}=au {1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("Au T{0}=Au {1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("du T{0}=du {1} trimestre", _ORDINALS),
}
_PARTS: Final = {
    **common_rules.parts_of_year("T{0}={1} trimestre", _ORDINALS),
    **common_rules.parts_of_year("S{0}={1} semestre", _ORDINALS[:2]),
}
_MONTHS: Final = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
FIRST_RULES: Final = (
    replaced(r"(?<![\d/.,–-])1er(?=[/.-]\d{1,2}[/.-](?:19|20)\d\d)", "1"),
    replaced(r"\b([Cc])h\. (?=\d|[IVXLC]+\b)", r"\1hapitre "),
    replaced(r"(?<=\d)\s?p\. 100\b", " pour cent"),
    replaced(r"\$ ?US\b", "USD"),
    replaced(r"\$ ?CAN?\b", "CAD"),
    replaced(r"(?<=\d )fr\.", "francs"),
    replaced(r"(?<!\w)(\d{1,2})\s?h\s?(\d\d)['’′](\d\d)(?:['’]{2}|[\"″”])", r"\1 h \2 min \3 s"),
    replaced(r"(?<!\w)(\d{1,2})[\"″”](\d\d)(?!\d)", r"\1,\2 s"),
)


def _spoon(found: re.Match[str]) -> str:
    """`2 c. à s.` as `2 cuillères à soupe`."""
    several = re.search(r"(?<![\d,/])1$", found.string[: found.start()]) is None
    return f" cuillère{'s' if several else ''} à {'soupe' if found[1] == 's' else 'café'}"


RULES: Final = (
    replaced(r"(?<![\w.])(?<![A-Z]\. )M\.(?= [A-ZÀ-Ý])", "Monsieur"),
    replaced(r"\b(?:T[1-4]|S[12])(?= (?:19|20)\d\d\b)", lambda found: _PARTS[found[0]]),
    replaced(r"\b24\s?h(?:eures)?/24\b", "24 heures sur 24"),
    replaced(r"\b7\s?j(?:ours)?/7\b", "7 jours sur 7"),
    replaced(r"\b([Ll])e (?=exercice\b)", r"\1’"),
    replaced(r"\bdu (?=exercice\b)", "de l’"),
    replaced(r"\bau (?=exercice\b)", "à l’"),
    replaced(r"\bAu (?=exercice\b)", "À l’"),
    replaced(r"(?<=\d)\s?pp\b(?!\. ?[a-zà-ÿ(])", " points de pourcentage"),
    replaced(r"(?<=\d) c(?:uill?)?\. ?à ?(s|c)(?:\.(?! [A-ZÀ-Ý]|$)|oupe\b|afé\b|\b)", _spoon),
    replaced(r"\bp\. (?=\d)", "page "),
    replaced(r"\bno (?=\d)", "numéro "),
    replaced(r"(?<=\d)\s?pts?\b", " points"),
    replaced(r"(?<=[IVX]e )s\.(?=[ ,;]|$)", "siècle"),
    replaced(r"\bM\. (?=et M)", "Monsieur "),
    replaced(r"\bt\. (?=[IVX\d])", "tome "),
    replaced(r"(?<=\de )éd\.", "édition"),
    replaced(r"(?<=\dh)\s?[–-]\s?(?=\d{1,2}h)|(?<=\dh\d\d)\s?[–-]\s?(?=\d{1,2}h)", " à "),
    written_out(_ABBREVIATIONS | _QUARTERS),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.dates(LanguageTag("fr"), "/"),
    replaced(rf"\b1 (?=(?:{_MONTHS})\b)", "premier "),
    common_rules.clock("{0} heures", " {1}", sign=r"(?:\s?h\s?|H|:)", after=r"(?![\w:]|[.,]\d)"),
    replaced(r"(?<![\d.,:/])(\d+)\s?h\b", r"\1 heures"),
    replaced(r"(?<![\d.,])1 heures\b", "1 heure"),
    replaced(r"(?<![\w.,])(\d{1,3})(?:e|ème|è)s?\b", lambda found: _ordinal(int(found[1]))),
    replaced(rf"(?<!\w)({any_of(_KINGS)}) Ier\b", r"\1 premier"),
    replaced(rf"(?<!\w)({any_of(_QUEENS)}) I(?:re|ère)\b", r"\1 première"),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_KINGS)}) ", r"(?![\w-])", _regnal),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_QUEENS)}) ", r"(?![\w-])", str),
    common_rules.numerals(rf"(?<!\w)(?i:{_TITLES}) (?:[A-ZÀ-Ý][\w’-]+ )?[A-ZÀ-Ý][\w’-]+ ", r"(?![\w-])", _regnal),
    replaced(r"\b([IVX]+)(?:er|e|ème)\b", _numbered),
    *units.rules(
        LanguageTag("fr"), per="par", each="jour|mois|an|heure|semaine|personne|habitant|baril|litre|kilo", own=_UNITS
    ),
)
LAST_RULES: Final = (
    replaced(r"\bde (?=euros\b)", "d’"),
    replaced(r"(?<=\d)\s?Mds?\b", " milliards"),
    replaced(r"(?<![\w.,–-])1 (?=(?:tonne|livre|roupie)\b)", "une "),
    replaced(r"(?<=\d)\s?Mio\b", " millions"),
)
