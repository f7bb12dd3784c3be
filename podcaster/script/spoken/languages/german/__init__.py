"""German, as in all its countries."""

import re
from collections.abc import Mapping
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.languages.german import ordinals
from podcaster.script.spoken.languages.german.ordinals import ordinal
from podcaster.script.spoken.languages.german.words import ABBREVIATIONS, KINGS, QUEENS
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman, words, written_out
from podcaster.units import LanguageTag

_INITIALS: Final = words("EU USA US IWF EZB UN WHO OECD OSZE BIP KI EWR ESM EVP EIB VAE IAEA IEA AfD AKW EWG")
_MASCULINE: Final = (
    "(?:Quadrat|Kubik|Kilo|Zenti|Milli)?[Mm]eter|[Qq]uadratkilometer|[Kk]ilometer|Kilogramm|Hektar|(?:Kilo|Mega|Giga|Tera)watt"
    "|Grad|Prozent|Prozentpunkt|Euro|Dollar|Pfund|Yen|Yuan|Franken|Rubel|Real|Uhr"
)
_RANKS: Final = "König|Königin|Kaiser|Kaiserin|Papst|Zar|Zarin"
_TITLED: Final = "|".join(
    f"(?<={title} )" for title in ("König", "Kaiser", "Papst", "Zar", "Sultan", "Königin", "Kaiserin")
)
"""Behind a title every name can bear a number."""
_DATIVE: Final = "von|unter|mit|bei|nach|vor|seit|zu|gegenüber"
_ACCUSATIVE: Final = "durch|für|gegen|um|über"
_UNITS: Final = table("de", "units")


def _dated(found: re.Match[str]) -> str:
    """`am 3. Mai` as `am dritten Mai`, `der 3. Mai` as `der dritte Mai`, `3. Mai` alone as `dritter Mai`."""
    lead = found["lead"]
    ending = "r" if not lead else "" if lead.lower() in {"der", "dieser", "jeder"} else "n"
    return f"{lead + ' ' if lead else ''}{ordinal(found['day'], ending)} {found['month']}"


def _regnal(found: re.Match[str]) -> str:
    """`Ludwig XIV.` as `Ludwig der Vierzehnte`; a full stop that ends the text, too, is kept."""
    number = roman(found["numeral"])
    if not number:
        return found[0]
    article, ending = _case(found["before"].lower().split(), genitive=bool(found["s"]), queen=found["name"] in QUEENS)
    stop = "." if _STOPS.match(found.string, found.end()) else ""
    spoken = ordinal(str(number), ending).capitalize()
    return f"{found['before']}{found['name']}{found['s']} {article} {spoken}{stop}"


_STOPS: Final = re.compile(r"$| (?:Der|Die|Das|Er|Sie|Es|Wir|Dann|Danach|Im|In|Am)\b")
"""After a ruler's number whose full stop ends a sentence, too."""


def _and_too(found: re.Match[str]) -> str:
    """`Karl der Erste und II.` as `Karl der Erste und der Zweite`."""
    number = roman(found[2])
    article = found.string[: found.start()].rsplit(maxsplit=1)[-1]
    return (
        f"{found[1]} und {article} {ordinal(str(number), found[1][6:] if found[1][-1] == 'n' else '').capitalize()}"
        if number
        else found[0]
    )


def _case(before: list[str], *, genitive: bool, queen: bool) -> tuple[str, str]:
    """The article and the ending of a ruler's number, by the preposition before the name."""
    if genitive or (before and before[0] in _DATIVE.split("|")):
        return "der" if queen else "des" if genitive else "dem", "n"
    if before and before[0] in _ACCUSATIVE.split("|"):
        return ("die", "") if queen else ("den", "n")
    return "die" if queen else "der", ""


_COUNTED: Final = (
    "Jahrhunderts?|Weltkriegs?|Weltkrieges|Weltkriege|Quartals?|Parteitags?|Parteitages|Internationalen?|Republik|"
    "Reichs?|Kongress(?:es)?|"
    "Armee|Korps|Senats?|Abschnitts?|Akt(?:es)?|Olympiade|Vatikanischen?|Vatikanums?"
)


def _roman_ordinal(found: re.Match[str]) -> str:
    """`im XIX. Jahrhundert` as `im neunzehnten Jahrhundert`."""
    number = roman(found["numeral"])
    if not number:
        return found[0]
    ending = "" if found["lead"].lower() in {"der", "das", "die"} else "n"
    return f"{found['lead']} {ordinal(str(number), ending)} "


_LONG_UNITS: Final = {
    "km": "Kilometer", "kg": "Kilogramm", "cm": "Zentimeter", "mm": "Millimeter", "m": "Meter", "g": "Gramm", "t": "Tonnen",
    "h": "Stunden", "l": "Liter", "ha": "Hektar", "kW": "Kilowatt", "MW": "Megawatt", "GW": "Gigawatt", "MHz": "Megahertz",
    "GHz": "Gigahertz", "°C": "Grad",
}  # fmt: skip


def _in_compound(found: re.Match[str]) -> str:
    """`5-km-Strecke` as `5-Kilometer-Strecke`."""
    return f"{found[1]}-{_LONG_UNITS[found[2]]}"


def _day_of_month(found: re.Match[str]) -> str:
    """`am 22.03.` as `am zweiundzwanzigsten März`; a full stop that ends the text, too, is kept."""
    day, month = int(found["day"]), int(found["month"])
    if not 0 < day <= 31:  # noqa: PLR2004 # days of a month
        return found[0]
    stop = "." if found.end() == len(found.string) else ""
    return f"{found['lead']} {ordinal(str(day), '' if found['lead'].lower() == 'der' else 'n')} {_MONTH_NAMES[month - 1]}{stop}"


_MONTH_NAMES: Final = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")


def _several(found: re.Match[str]) -> str:
    """`vom 3. bis 5. Mai` and `am 3. und 4. Mai`: the day that stands before the other."""
    return f"{found['lead']} {ordinal(found['day'], '' if found['lead'].lower() == 'der' else 'n')} {found['link']}"


def _year(found: re.Match[str]) -> str:
    return common_rules.number_words(int(found[1]), "de", "year")


_ORDINALS: Final = words("erste zweite dritte vierte")
_QUARTERS: Final = {
    **common_rules.parts_of_year("in Q{0}=im {1}n Quartal", _ORDINALS),
    **common_rules.parts_of_year("im Q{0}=im {1}n Quartal", _ORDINALS),
    **common_rules.parts_of_year("In Q{0}=Im {1}n Quartal", _ORDINALS),
    **common_rules.parts_of_year("Im Q{0}=Im {1}n Quartal", _ORDINALS),
    **common_rules.parts_of_year("das Q{0}=das {1} Quartal", _ORDINALS),
    **common_rules.parts_of_year("Das Q{0}=Das {1} Quartal", _ORDINALS),
}
_WEEKDAYS: Final[Mapping[str, str]] = dict(
    zip(
        words("Mo Di Mi Do Fr Sa So"), words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"), strict=True
    )
)
_BEFORE_QUARTER: Final[Mapping[str, str]] = {
    "seit": "seit dem {0}n", "ab": "ab dem {0}n", "zum": "zum {0}n", "für": "für das {0}", "bis": "bis zum {0}n", "von": "vom {0}n",
    "nach": "nach dem {0}n", "vor": "vor dem {0}n", "gegenüber": "gegenüber dem {0}n", "mit": "mit dem {0}n", "vom": "vom {0}n",
}  # fmt: skip
"""Prepositions before a quarter, with the article that they bring."""


def _quarter(found: re.Match[str]) -> str:
    """`seit Q3 2024` as `seit dem dritten Quartal 2024`; `im Q3` has a way of its own."""
    lead = found["lead"] or ""
    if lead.lower() in {"in", "im", "das"}:
        return found[0]
    count = _ORDINALS[int(found["quarter"]) - 1]
    if lead.lower() in _BEFORE_QUARTER:
        words_before = _BEFORE_QUARTER[lead.lower()].format(count)
        return f"{lead[:1]}{words_before[1:]} Quartal"
    if re.fullmatch(ordinals.WEAK, lead):
        return f"{lead} {count}n Quartal{'s' if lead == 'des' else ''}"
    return f"{lead + ' ' if lead else ''}{count}s Quartal"


FIRST_RULES: Final = (
    replaced(r"US-\$", "USD"),
    replaced(r"(?:\b(?P<lead>[A-Za-zäöüß]+) )?(?<!\w)Q(?P<quarter>[1-4])(?= (?:19|20)\d\d)", _quarter),
    replaced(r"\bv\. (?=\d{1,2}\.\s?\d)", "vom "),
    replaced(r"(?<=\d)\s?T€", " Tsd. €"),
    replaced(r"(?<=\d)[.,][–—-](?![\d\w])", ""),
    replaced(r"(?<![\w–-])Fr\. (?=\d)", "CHF "),
    replaced(
        r"(?<!\w)(Mo|Di|Mi|Do|Fr|Sa|So)\.,? (?=\d{1,2}\.\s?(?:\d|[A-ZÄÖÜ]))",
        lambda found: f"{_WEEKDAYS[found[1]]}, den ",
    ),
    replaced(r"(?<=\d)-%(?=-)", "-Prozent"),
    replaced(r"(?<=\d)\s?%ig(?=\w{0,2}\b)", "-prozentig"),
    replaced(r"(?<=\d)\s?%-Punkte?\b", " Prozentpunkte"),
    replaced(r"(?<=[a-zäöüß])(?:[/:_*]-?|/-)(in(?:nen)?)\b", r"\1"),
    replaced(r"(?<=\d)\s?v\. ?H\.", " Prozent"),
)
RULES: Final = (
    replaced(r"(?<![\d.,:])([01]?\d|2[0-4])\.([0-5]\d)(?=\s?[–-]\s?\d{1,2}\.\d\d Uhr\b)", r"\1:\2"),
    replaced(r"(?<=:\d\d)\s?[–-]\s?(?=\d{1,2}[.:]\d\d)", " bis "),
    replaced(r"(?<=\d)\.(?=\d\d (?:CHF|Fr\.|Franken))(?<=['’]\d{3}\.)", ","),
    replaced(r"(?<=\d)['’](?=\d{3}(?!\d))", "."),
    replaced(r"(?<=\d)\s?(?:[Uu]hr|h) ([0-5]\d)\b(?! ?%)", r" Uhr \1"),
    common_rules.clock("{0} Uhr", " {1}", sign="[.:]", after=r" Uhr\b"),
    common_rules.clock("{0} Uhr", " {1}"),
    written_out(ABBREVIATIONS | _QUARTERS),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.dates(LanguageTag("de"), r"\.\s?"),
    replaced(
        rf"\b(?P<lead>(?i:{ordinals.WEAK}|der)) (?P<day>\d{{1,2}})\. (?P<link>(?:bis|und|oder)(?: zum)?)"
        rf"(?= \d{{1,2}}\. (?:{ordinals.MONTHS})\b)",
        _several,
    ),
    replaced(
        rf"(?:\b(?P<lead>(?i:{ordinals.WEAK}|ab|bis|seit|der|dieser|jeder|und|oder)) )?"
        rf"(?<![\d.,–-])(?P<day>[1-9]|[12]\d|3[01])\.\s?(?P<month>{ordinals.MONTHS})\b",
        _dated,
    ),
    *ordinals.RULES,
    replaced(
        rf"(?P<before>\b(?:(?:(?i:{_DATIVE}|{_ACCUSATIVE})) )?(?:(?:{_RANKS}) )?)"
        rf"(?<!\w)(?P<name>(?:(?:{any_of(KINGS)}) )?(?:{any_of((*KINGS, *QUEENS))})|(?:{_TITLED})[A-ZÄÖÜ]\w+?)"
        r"(?P<s>s?) (?P<numeral>[IVX]+)\.(?!\w)",
        _regnal,
    ),
    replaced(
        rf"\b(?P<lead>(?i:{ordinals.WEAK}|der|das|die|des)) (?P<numeral>[IVX]+)\. (?={_COUNTED}\b)",
        _roman_ordinal,
    ),
    replaced(r"(?<![\w.,-])(\d+)-(km|kg|cm|mm|m|g|t|h|l|ha|kW|MW|GW|MHz|GHz|°C)(?=-[A-ZÄÖÜ])", _in_compound),
    replaced(
        r"\b(?P<lead>[Aa]m|[Vv]om|[Zz]um|[Bb]is|[Aa]b|[Ss]eit|[Dd]em|[Dd]en|[Dd]er) (?P<day>\d{1,2})\.(?P<month>0?[1-9]|1[0-2])\.(?!\d)",
        _day_of_month,
    ),
    replaced(r"(?<=\d)\s?qm\b", " m²"),
    replaced(r"(?<=[\d½¼¾b])\s?([TE])L\b", lambda found: " Teelöffel" if found[1] == "T" else " Esslöffel"),
    replaced(r"\bFr\. (?=[A-ZÄÖÜ][a-zäöü])", "Frau "),
    replaced(r"(?<=Absatz \d )S\. (?=\d)", "Satz "),
    replaced(r"\bS\. ?(?=\d+\s?[–-]\s?\d)", "Seiten "),
    replaced(r"\bS\. (?=\d)", "Seite "),
    replaced(r"(?<=\d )(Min|Sek|Rp)\.", lambda found: {"Min": "Minuten", "Sek": "Sekunden", "Rp": "Rappen"}[found[1]]),
    replaced(r"(?<=\d )Fr\.|(?<=Mi[o]\. )Fr\.|(?<=Mrd\. )Fr\.", "Franken"),
    replaced(r"\bJh\.", "Jahrhundert"),
    replaced(r"(?<=de[rmns] )((?:Erste|Zweite|Dritte)n?) und ([IVX]+)\.", _and_too),
    replaced(r"(?<![\d.,])1 (?:Mio|Million)\b\.?(?= [a-zäöüA-ZÄÖÜ])", "eine Million"),
    replaced(r"(?<![\d.,])1 (?:Mrd|Milliarde)\b\.?(?= [a-zäöüA-ZÄÖÜ])", "eine Milliarde"),
    *units.rules(
        LanguageTag("de"),
        per="pro",
        each="Tag|Monat|Jahr|Stunde|Woche|Kopf|Person|Barrel|Liter|Kilo|Einwohner",
        own=_UNITS,
    ),
)
LAST_RULES: Final = (
    replaced(r"(?<![\w.,/:€$£–-])(1[1-9]\d\d)(?:er[ -](?=Jahre))", lambda found: f"{_year(found)}er "),
    replaced(r"(?<![\w.,/:€$£–-])(1[1-9]\d\d)(?![\w/:–]|[.,]\d|-\d)", _year),
    replaced(rf"(?<![\w.,–-])(?<!bis )1 (?=(?:{_MASCULINE})\b)", "ein "),
    replaced(r"(?<![\w.,–-])(?<!bis )1 (?=(?:Tonne|[\w-]*[Ss]tunde|Rupie)\b)", "eine "),
    replaced(r"(?<=\d)\s?Mio\b\.?", " Millionen"),
    replaced(r"(?<=\d)\s?Mrd\b\.?", " Milliarden"),
    replaced(r"(?<=\d)\s?Tsd\b\.?", " tausend"),
)
