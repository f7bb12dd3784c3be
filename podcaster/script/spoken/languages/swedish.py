"""Swedish."""

import re
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = table("sv", "abbreviations")
_INITIALS: Final = words("EU IMF ECB WHO OECD IAEA IEA AI EIB ESV ILO")
_KINGS: Final = words(table("sv", "lists")["kings"])
_QUEENS: Final = words("Elizabeth Elisabet Katarina Margrethe Margareta Beatrix")
_UNITS: Final = table("sv", "units")
_ORDINALS: Final = words("första andra tredje fjärde")
_QUARTERS: Final = common_rules.parts_of_year("Q{0}={1} kvartalet", _ORDINALS)
_MONTHS: Final = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"


def _ordinal(number: int) -> str:
    """`3` as `tredje`; num2words has no proper words for full tens."""
    return {20: "tjugonde", 30: "trettionde"}.get(number) or common_rules.number_words(number, "sv")


def _king(number: int) -> str:
    """`XVI` as `den sextonde`; kings take the masculine form of the first two: `den förste`, `den andre`."""
    said = {1: "förste", 2: "andre"}.get(number) or _ordinal(number)
    return f"den {said}"


def _queen(number: int) -> str:
    return f"den {_ordinal(number)}"


_SPOONS: Final = table("sv", "spoons")


def _spoon(found: re.Match[str]) -> str:
    """`2 msk` as `2 matskedar`, `1 tsk` as `1 tesked`."""
    one, _, several = _SPOONS[found[2]].partition("|")
    return f"{found[1]} {one if found[1] in {'1', '½', '1/2'} else several or one}"


RULES: Final = (
    replaced(
        r"(?<![\w.,-])(\d{1,2})-(?=faldig|dubb)",
        lambda found: common_rules.number_words(int(found[1]), "sv", "cardinal"),
    ),
    written_out({**_ABBREVIATIONS, **_QUARTERS}),
    replaced(r"\b[Ss]\. ?(?=\d+\s?[–-]\s?\d)", "sidorna "),
    replaced(r"(?<!\d )\b[Ss]\. ?(?=\d)", "sidan "),
    replaced(r"(?<=[Kk]lockan )([01]?\d|2[0-4])[.:]00\b", r"\1"),
    replaced(r"(?<=[Kk]lockan )([01]?\d|2[0-4])[.:]([0-5]\d)\b", r"\1:\2"),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.iso_dates(LanguageTag("sv")),
    replaced(
        rf"(?<![\w.,–-])([1-9]|[12]\d|3[01])(?= (?:{_MONTHS})\b)",
        lambda found: _ordinal(int(found[1])),
    ),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_KINGS)}) ", r"(?![\w-])", _king),
    common_rules.numerals(
        r"(?<!\w)(?i:kung|kungen|påven|kejsar|kejsaren|tsar|tsaren|sultan|sultanen|shahen|prins|hertig|farao) "
        r"(?:[A-ZÀ-Ý][\w’-]+ )?[A-ZÀ-Ý][\w’-]+ ",
        r"(?![\w-])",
        _king,
    ),
    common_rules.numerals(
        r"(?<!\w)(?i:drottning|drottningen|prinsessan|kejsarinnan) [A-ZÀ-Ý][\w’-]+ ", r"(?![\w-])", _queen
    ),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_QUEENS)}) ", r"(?![\w-])", _queen),
    *units.rules(
        LanguageTag("sv"), per="per", each="dag|månad|år|timme|vecka|person|fat|liter|kilo|invånare", own=_UNITS
    ),
)
FIRST_RULES: Final = (
    replaced(r"(?<![\d.,/])(\d+(?:[/,]\d+)?|[½¼¾]) (msk|tsk|krm)(?!\w)", _spoon),
    replaced(r"(?<![\d/.,–-])(\d{1,2})/(\d{1,2}) (?=(?:19|20)\d\d(?!\d))", r"\1/\2/"),
    replaced(r"(?<=\d):[-–—]", " kr"),
    replaced(r"(?<=\d)\s?MSEK\b", " miljoner kronor"),
    replaced(r"(?<=\d)\s?MEUR\b", " miljoner euro"),
    replaced(r"(?<=\d)\s?KSEK\b", " tusen kronor"),
)
LAST_RULES: Final = (
    replaced(r"(?<![\d.,:])(\d+),(\d+)(?![.,]?\d)", r"\1 komma \2"),
    replaced(r"(?<=\d)\s?(?:mn|milj)\b\.?", " miljoner"),
    replaced(r"(?<=\d)\s?(?:md|mdr)\b\.?", " miljarder"),
    replaced(r"(?<=\d)\s?mkr\b", " miljoner kronor"),
    replaced(r"(?<=\d)\s?mdkr\b", " miljarder kronor"),
    replaced(r"(?<=\d)\s?mnkr\b", " miljoner kronor"),
    replaced(r"(?<=\d)\s?tkr\b", " tusen kronor"),
    replaced(r"(?<![\w.,–-])1 (?=(?:krona|grad|rupie|\w+wattimme|procentenhet)\b)", "en "),
)
