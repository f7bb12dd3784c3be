"""Polish: what is said of a number follows its gender and case."""

import re
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.languages import slavic_cases
from podcaster.script.spoken.languages.polish_adjectives import numbered_adjectives
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import scales, table
from podcaster.script.spoken.wording import any_of, replaced, roman, written_out
from podcaster.units import LanguageTag

_PL: Final = LanguageTag("pl")
_ABBREVIATIONS: Final = table("pl", "abbreviations")
_MONTHS: Final = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
_ENDINGS: Final = {"g": "ego", "l": "ym", "f": "a", "fg": "ej", "fi": "ą", "d": "emu"}
"""Adjective endings: genitive and locative, feminine nominative and other cases."""
_KINGS: Final = common_rules.by_case(table("pl", "kings"))
_QUEENS: Final = common_rules.by_case(table("pl", "queens"))
_RULERS: Final = {**_KINGS, **_QUEENS}
_SHORT: Final = {"w": ("wiek", "wieku"), "kw": ("kwartał", "kwartale")}
"""A century and a quarter, abbreviated: alone, and behind `w`."""
_NOUNS: Final = {"wiek": "n", "kwartał": "n", "kwartału": "g", "kwartale": "l"}
_SCALES: Final = scales("pl")
_form: Final = units.plural_form(_PL)


def _ordinal(number: int, case: str) -> str:
    """`21` as `dwudziesty pierwszy`, its adjectives in a case: `dwudziestego pierwszego`."""
    return " ".join(_declined(word, case) for word in common_rules.number_words(number, "pl").split())


def _declined(word: str, case: str) -> str:
    if case == "n" or word[-1] not in "yi":
        return word
    ending = _ENDINGS[case]
    if word.endswith("y"):
        return word[:-1] + ending
    return word[:-1] + {"ym": "im", "a": "a" if word.endswith(("ki", "gi")) else "ia"}.get(ending, f"i{ending}")


def _year(found: re.Match[str]) -> str:
    """`w 2021 r.` as `w dwa tysiące dwudziestym pierwszym roku`."""
    lead = found[1] or ""
    return f"{lead}{_ordinal(int(found[2]), 'l' if lead else 'g')} roku"


def _dated(found: re.Match[str]) -> str:
    """`3 maja 2021` as `trzeciego maja dwa tysiące dwudziestego pierwszego`: the day on which something is."""
    year = f" {_ordinal(int(found[3]), 'g')}" if found[3] else ""
    return f"{_ordinal(int(found[1]), 'g')} {found[2]}{year}{' roku' if found[4] else ''}"


def _decade(found: re.Match[str]) -> str:
    """`lata 90.` as `lata dziewięćdziesiąte`."""
    return f"{found[1]} {_ordinal(int(found[2]), 'n')[:-1]}{'e' if found[1].endswith('a') else 'ych'}"


def _part(found: re.Match[str]) -> str:
    """`w XX wieku` as `w dwudziestym wieku`, `III kwartał` as `trzeci kwartał`."""
    number, lead, noun = roman(found[2]), found[1] or "", found[3]
    case = ("l" if lead else "g") if noun == "wieku" else _NOUNS[noun]
    return f"{lead}{_ordinal(number, case)} {noun}" if number else found[0]


def _regnal(found: re.Match[str]) -> str:
    """`Jan Paweł II` as `Jan Paweł Drugi`, `Elżbiety II` as `Elżbiety Drugiej`."""
    number = roman(found[2])
    return f"{found[1]} {_ordinal(number, _RULERS[found[1]]).title()}" if number else found[0]


def _clock(found: re.Match[str]) -> str:
    """`o godz. 14.30` as `o godzinie czternastej 30`."""
    minutes = "" if found["minutes"] == "00" else f" {found['minutes']}"
    return f"{found['at']} godzinie {_ordinal(int(found['hours']), 'fg')}{minutes}"


def _from_to(found: re.Match[str]) -> str:
    """`10 do 15 osób` as `od 10 do 15 osób`."""
    if re.search(r"\b[Oo]d\s$", found.string[: found.start()]):
        return found[0]
    return f"od {found[0]}" if int(found[1]) < int(found[2]) else found[0]


_TITLES: Final = common_rules.by_case(table("pl", "titles"))
"""Titles with the case that they stand in, behind which every name can bear a number."""


def _titled(found: re.Match[str]) -> str:
    """`z cesarzem Napoleonem III` as `z cesarzem Napoleonem Trzecim`."""
    number = roman(found["numeral"])
    said = _ordinal(number or 0, _TITLES[found["title"].lower()]).title() if number else found["numeral"]
    return f"{found['title']}{found['name']}{said}"


def _counted(found: re.Match[str]) -> str:
    """`w 3. kwartale` as `w trzecim kwartale`, `1. miejsce` as `pierwsze miejsce`."""
    noun = found[2]
    number = int(found[1]) if found[1].isdigit() else roman(found[1]) or 0
    neuter = noun.endswith(("ce", "cze"))
    case = (
        "g"
        if noun.endswith("u") and noun not in {"półroczu", "miejscu"}
        else "l"
        if noun.endswith(("u", "le"))
        else "n"
    )
    said = _ordinal(number, case)
    return f"{said[:-1] + 'e' if neuter and said.endswith('y') else said + 'e' if neuter else said} {noun}"


def _points(found: re.Match[str]) -> str:
    """`0,5 pp.` as `0,5 punktu procentowego`; the stop stays where the sentence ends with it."""
    forms = ("punkt procentowy", "punkty procentowe", "punktu procentowego", "punktów procentowych")
    return (
        f"{found[1]} {forms[_form(found[1])]}{'.' if found.end() == len(found.string) and found[0][-1] == '.' else ''}"
    )


FIRST_RULES: Final = (
    replaced(r"(\d+(?:,\d+)?)\s?p\.?\s?p\b\.?", _points),
    replaced(r"(?<=,\d\d) pkt\b\.?", " punktu"),
    replaced(r"(?<=\d )godz\.", "godziny"),
    replaced(r"\bgodz\. (?=\d{1,2}(?![.:\d]))", "godzina "),
    replaced(r"\bt\. (?=\d)", "tom "),
    replaced(r"(?<=[a-ząćęłńóśźż])/(?=100 tys)", " na "),
    replaced(
        r"\b([IVX]+)/([IVX]+) w\.",
        lambda found: f"{_ordinal(roman(found[1]) or 0, 'g')} i {_ordinal(roman(found[2]) or 0, 'g')} wieku",
    ),
    replaced(r"(?<=\d0\. )([IVX]+) w\.", lambda found: f"{_ordinal(roman(found[1]) or 0, 'g')} wieku"),
    replaced(
        r"(?<![\w.,])(\d{1,2})\. (kwartale|kwartału|kwartał|półroczu|półrocza|półrocze|miejscu|miejsce)\b", _counted
    ),
    replaced(r"(?<![\w.,])([IV]+) (półroczu|półrocza|półrocze)\b", _counted),
)
_YEAR: Final = r"(?:1\d|20)\d\d"
RULES: Final = (
    numbered_adjectives,
    replaced(r"\b(?P<at>[Oo]) (?:godz\.|godzinie) (?P<hours>[1-9]|1\d|2[0-4])[.:](?P<minutes>[0-5]\d)\b", _clock),
    written_out(_ABBREVIATIONS),
    replaced(r"(?<=\d)\s?proc\.", "%"),
    replaced(r"\bs\. (?=\d)", "strona "),
    common_rules.grouped(),
    common_rules.dates(_PL, r"\."),
    replaced(rf"(?<![\w.,–-])([1-9]|[12]\d|3[01]) ({_MONTHS})\b(?: ({_YEAR})\b( r\.| roku\b)?)?", _dated),
    replaced(rf"\b([Ww] |[Pp]o |[Oo] )?(?<![\w.,–-])({_YEAR}) (?:r\.|roku\b)", _year),
    replaced(r"\b([Ll]at(?:a|ach)?) ([1-9]0)\.", _decade),
    replaced(
        r"\b([Ww]e?) ([IVX]+) (w|kw)\.(?=[ ;,.)]|$)", lambda found: f"{found[1]} {found[2]} {_SHORT[found[3]][1]}"
    ),
    replaced(r"(?<![–-])(?<=[IVX]) (w|kw)\.(?=[ ;,.)]|$)", lambda found: f" {_SHORT[found[1]][0]}"),
    replaced(r"\b([Ww] |[Pp]o )?(?<![–-])\b([IVX]+) (wieku|wiek|kwartał|kwartału|kwartale)\b", _part),
    replaced(
        rf"(?<!\w)(?P<title>(?i:{any_of(_TITLES)}))(?P<name> (?:[A-ZŁŚŻ][\w-]+ )?[A-ZŁŚŻ][\w-]+ )(?P<numeral>[IVX]+)(?![\w-])",
        _titled,
    ),
    replaced(rf"(?<!\w)({any_of(_RULERS)}) ([IVX]+)(?![\w-])", _regnal),
    *units.rules(_PL),
)
LAST_RULES: Final = (
    units.scaled(_SCALES, _form, r"tys\.|tys|mln\.?|mld\.?|bln\.?"),
    replaced(
        r"(?<![\w.,:])(?<!od )(?<!\b[oOwWzZ] )(?<!\b[nN]a )(?<!\b[pP]o )(\d{1,6}) do (\d{1,6})(?= [a-ząćęłńóśźż])",
        _from_to,
    ),
    *slavic_cases.rules(_PL),
    replaced(r"(?<![\w.,–-])1 (?=(?:tona|hrywna|rupia|\w+godzina)\b)", "jedna "),
    replaced(r"(?<![\w.,–-])2 (?=(?:tony|hrywny|rupie|\w+godziny)\b)", "dwie "),
)
