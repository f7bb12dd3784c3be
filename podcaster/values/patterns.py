"""Regular expressions that find numbers and dates in a language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from podcaster.script import cldr
from podcaster.script.boundaries import UNSPACED
from podcaster.script.spoken.notation_words import notation_words
from podcaster.script.spoken.wording import any_of
from podcaster.units import LanguageTag
from podcaster.values.grammar import Grammar, grammar
from podcaster.values.unit_names import UNIT_SIGNS, unit_words

ADJOINING: Final = rf"{UNSPACED}\u0621-\u064a"
"""Letters of scripts that set a number beside a word without a space: those without spaces, and Arabic behind `و`."""
_GAP: Final = "\u00a0\u202f\u2009"
PLAIN: Final = r"(?<!\d)\d++(?:(?=[.,]\d)[.,]\d++)*+"
_ISO_LETTERS: Final = 3
_WORDS_IN_FRONT: Final = ("Rs", "Rs.", "KSh", "Kč", "RMB", "Fr.")
"""Words for money that stand before its number; others, as `won`, are verbs there."""
_NO_MONEY: Final = r"(?:ft|dm|sr|dh)(?!\w)"
"""Units whose signs are money's in capitals."""
_MAY: Final = frozenset({"may", "mai"})
_ORDINAL_ENDS: Final = (
    r"(?:(?<=\d\d0)['’]?s|st|nd|rd|th|º|ª|\.º|\.ª|er|ère|re|ème|e|è|r|n|t|a|o|do|ro|vo|no|го|й|я|е|ste|de|:a|:e)"
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one language."""

    grammar: Grammar
    number: re.Pattern[str]
    worded_date: tuple[re.Pattern[str], ...]


@cache
def patterns_of(language: LanguageTag) -> Patterns:
    """The patterns of a language, compiled once."""
    known = grammar(language)
    spaced = cldr.spaced(language)
    signs = any_of(sign for sign in known.currencies if not _is_word(sign))
    words = [code for code in known.currencies if _is_word(code)]
    codes = any_of(words)
    in_front = any_of(
        {*(code.upper() for code in words if len(code) == _ISO_LETTERS and code.isascii()), *_WORDS_IN_FRONT}
    )
    group = (
        rf"(?<!\d )(?<!\d)[1-9]\d{{0,2}}(?:(?P<gap>[ {_GAP}’'])\d{{3}}(?:(?P=gap)\d{{3}})*)(?:[.,]\d+)?(?![ {_GAP}]?\d)"
    )
    scales = any_of(known.scales)
    link = any_of(known.links)
    at_least = "".join(rf"(?<!\b(?i:{re.escape(word)})\s)" for word in known.at_least)
    sign = rf"(?:(?<![\w)%.,–-])|(?<=[{ADJOINING}]))[-−]"
    said = rf"(?<![^\W{ADJOINING}]){at_least}(?i:{any_of(known.minus)})\s?"
    minus = rf"(?P<sign>(?:{sign}|{said})(?=[\d$€£¥₹]|(?i:{signs})))?"
    word = r"(?!\w)" if spaced else ""
    pattern = (
        rf"(?<![A-Za-z_\d])(?<!\d[.,]){minus}(?:(?P<before>(?i:{signs})|(?<![A-Za-z])(?:{in_front}))\s?(?P<inner>[-−](?=\d))?)?"
        rf"(?<![A-Za-z_])(?P<number>{group}|{PLAIN})"
        rf"(?:(?P<percent>[\s-]?(?:{any_of(known.percent)})(?![a-zà-ÿ]))"
        rf"|(?P<permille>\s?(?:{_permille(language)})(?![a-zà-ÿ]))"
        rf"|(?P<ordinal>{_ORDINAL_ENDS})(?![A-Za-zÀ-ÿ])"
        rf"|(?:[\s-]?(?P<scale>{scales}){word}|(?P<letter>[kKmMbBtT])(?!\w)(?!/[a-z])(?!\s?[²³]))?"
        rf"(?:(?:\s?(?:{link})\s?|[\s-]?)(?:(?P<behind>(?:(?<!-)(?i:{signs})|(?!{_NO_MONEY})(?i:{codes}){word})(?!\s?\d))|(?P<unit>{_units(language)})(?![\w/²³])))?)"
    )
    return Patterns(grammar=known, number=re.compile(pattern), worded_date=tuple(_worded_dates(known)))


def _permille(language: LanguageTag) -> str:
    """The sign and the words for thousandths behind a number."""
    said = notation_words(language)
    words = said.permille.replace("{0}", "").strip() if said else ""
    return "‰" + (f"|{re.escape(words)}" if words else "")


def _is_word(sign: str) -> bool:
    return sign[-1].isalpha() and sign[0].isalpha()


def _units(language: LanguageTag) -> str:
    return any_of({*unit_words(language), *UNIT_SIGNS})


def _worded_dates(known: Grammar) -> Iterator[re.Pattern[str]]:
    """Days with their month in words, in the orders in which languages write them."""
    months = any_of(known.months)
    full = any_of(name for name in known.months if len(name) > 3 or name in _MAY)  # noqa: PLR2004 # `des de 2023` is no December
    month = rf"(?P<month>(?i:{months}))(?![\w])\.?"
    day = r"(?P<day>[12]\d|3[01]|0?[1-9])"
    year = r"(?P<year>(?:1[1-9]|20)\d\d)(?!\d|[.,]\d)"
    lead = r"(?<![\w.,:/-])"
    ends = rf"(?:{_ORDINAL_ENDS}|\.)?"
    de = r"(?:(?:of|de|del|d’|d'|do|di)\s?)?(?:l’|l')?"
    yield re.compile(rf"{lead}{day}{ends}\s{de}{month}(?:,?\s{de}{year})?")
    yield re.compile(rf"(?<!\w){month}\s{day}(?:st|nd|rd|th)?(?![\w]|[.,:]\d|\s?%)(?:,?\s{year})?")
    yield re.compile(rf"(?<!\w)(?P<month>(?i:{full}))(?!\w),?\s{de}{year}")
    yield re.compile(rf"{lead}{year}(?:eko|ko)?\s{month}(?:\s{day}[a-z]*)?")
