"""French, as in all its countries."""

import re
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.wording import Scale, Wording, any_of, replaced, roman, scale_forms, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = {
    "MM.": "Messieurs",
    "Mme": "Madame",
    "Mmes": "Mesdames",
    "Mlle": "Mademoiselle",
    "Mme.": "Madame",
    "Dr": "Docteur",
    "Dr.": "Docteur",
    "Pr": "Professeur",
    "p. ex.": "par exemple",
    "par ex.": "par exemple",
    "c.-à-d.": "c’est-à-dire",
    "n°": "numéro",
    "N°": "Numéro",
    "nº": "numéro",
    "art.": "article",
    "Art.": "Article",
    "Me": "Maître",
    "Cie": "Compagnie",
    "max.": "maximum",
    "min.": "minimum",
    "cf.": "voir",
    "R.-U.": "Royaume-Uni",
    "1ères": "premières",
    "et/ou": "et ou",
    "pp.": "pages",
    "al.": "alinéa",
    "chap.": "chapitre",
    "fig.": "figure",
    "vol.": "volume",
    "Tél.": "Téléphone",
    "tél.": "téléphone",
    "hab.": "habitants",
    "É.-U.": "États-Unis",
    "etc.": "et cetera",
    "env.": "environ",
    "av. J.-C.": "avant Jésus-Christ",
    "apr. J.-C.": "après Jésus-Christ",
    "St": "Saint",
    "Ste": "Sainte",
    "1re": "première",
    "1res": "premières",
    "1er": "premier",
    "1ers": "premiers",
    "2nd": "second",
    "2nde": "seconde",
    "1/2": "un demi",
    "1/3": "un tiers",
    "2/3": "deux tiers",
    "1/4": "un quart",
    "3/4": "trois quarts",
    "24/7": "24 7",
}
_INITIALS: Final = words("UE FMI BCE PIB PME OCDE OMS OMC ONG AIE AIEA BEI IA RU UA ETI EPR HLM OGM OIT")
_KINGS: Final = words(
    "Abdallah Albert Alexandre Alphonse Benoît Charles Édouard Edouard Felipe Ferdinand François François-Joseph Frédéric "
    "George Georges Grégoire Guillaume Gustave Hassan Henri Innocent Ivan Jacques Jean Jean-Paul Léon Léopold Louis "
    "Abdülhamid Amédée Baudouin Boniface Canut Childéric Christian Clément Clovis Constantin Dagobert Darius Étienne Farouk Frederik "
    "Gustave-Adolphe Haakon Harald Harold Humbert Jules Juan Carl Cyrus Lothaire Luis Manuel Maximilien Ménélik Oscar Othon Otton Pedro "
    "Pépin Philibert Ptolémée Rainier Rama Robert Rodolphe Sancho Séleucos Sigismond Sixte Soliman "
    "Théodose Victor Victor-Emmanuel Willem "
    "Mehmed Mohammed Napoléon Nicolas Paul Philippe Pie Pierre Ramsès Richard Selim Urbain"
)
_QUEENS: Final = words(
    "Élisabeth Elisabeth Elizabeth Catherine Marguerite Margrethe Isabelle Béatrice Anne Cléopâtre "
    "Christine Jeanne Juliana Marie Mary Victoria Wilhelmine"
)
_TITLES: Final = (
    "roi|reine|pape|empereur|impératrice|tsar|tsarine|sultan|chah|shah|prince|princesse|duc|grand-duc|pharaon|émir|khédive|calife|"
    "kaiser"
)
_ORDINALS: Final = words("premier deuxième troisième quatrième")
_UNITS: Final = {
    "kWh": "kilowattheure|kilowattheures",
    "MWh": "mégawattheure|mégawattheures",
    "GWh": "gigawattheure|gigawattheures",
    "TWh": "térawattheure|térawattheures",
    "TW": "térawatt|térawatts",
    "km/h": "kilomètre-heure|kilomètres-heure",
    "°C": "degré|degrés",
    "pb": "point de base|points de base",
}
_SCALES: Final = scale_forms(
    (Scale(one="mille", many="mille"), "k|K|mille"),
    (Scale(one="un million", many="millions", link=" de "), "m|M|mn|Mio|million|millions"),
    (Scale(one="un milliard", many="milliards", link=" de "), "bn|Md|Mds|Mrd|milliard|milliards"),
    (Scale(one="un billion", many="billions", link=" de "), "tn|trn|billion|billions"),
)


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
_FIRST: Final = (
    replaced(r"(?<![\d/.,–-])1er(?=[/.-]\d{1,2}[/.-](?:19|20)\d\d)", "1"),
    replaced(r"\b([Cc])h\. (?=\d|[IVXLC]+\b)", r"\1hapitre "),
    replaced(r"(?<=\d)\s?p\. 100\b", " pour cent"),
    replaced(r"\$ ?US\b", "USD"),
    replaced(r"\$ ?CAN?\b", "CAD"),
    replaced(r"(?<=\d )fr\.", "francs"),
    replaced(r"(?<!\w)(\d{1,2})\s?h\s?(\d\d)['’′](\d\d)(?:['’]{2}|[\"″”])", r"\1 h \2 min \3 s"),
    replaced(r"(?<!\w)(\d{1,2})[\"″”](\d\d)(?!\d)", r"\1,\2 s"),
)
_RULES: Final = (
    replaced(r"(?<![\w.])(?<![A-Z]\. )M\.(?= [A-ZÀ-Ý])", "Monsieur"),
    replaced(r"\b(?:T[1-4]|S[12])(?= (?:19|20)\d\d\b)", lambda found: _PARTS[found[0]]),
    replaced(r"\b24\s?h(?:eures)?/24\b", "24 heures sur 24"),
    replaced(r"\b7\s?j(?:ours)?/7\b", "7 jours sur 7"),
    replaced(r"\b([Ll])e (?=exercice\b)", r"\1’"),
    replaced(r"\bdu (?=exercice\b)", "de l’"),
    replaced(r"\bau (?=exercice\b)", "à l’"),
    replaced(r"\bAu (?=exercice\b)", "À l’"),
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


def wording(language: LanguageTag) -> Wording:
    """The words of French."""
    del language
    return Wording(
        percent="pour cent",
        to="à",
        between=("entre", "et"),
        plus="plus",
        minus="moins",
        currencies=currency_names(
            USD="dollar|dollars",
            EUR="euro|euros",
            GBP="livre|livres",
            JPY="yen|yens",
            CNY="yuan|yuans",
            CHF="franc suisse|francs suisses",
            CAD="dollar canadien|dollars canadiens",
            INR="roupie|roupies",
            RUB="rouble|roubles",
            BRL="real|reals",
        )
        | {"c€": "centime|centimes"},
        scales=_SCALES,
        first_rules=_FIRST,
        rules=_RULES,
        last_rules=(
            replaced(r"\bde (?=euros\b)", "d’"),
            replaced(r"(?<=\d)\s?Mds?\b", " milliards"),
            replaced(r"(?<![\w.,–-])1 (?=(?:tonne|livre|roupie)\b)", "une "),
            replaced(r"(?<=\d)\s?Mio\b", " millions"),
        ),
    )
