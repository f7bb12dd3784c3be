"""Parts of texts and places by their numbers: `Artikel 5.2`, `capítulo IV`, `48° 8′ N`, `5 deaths/100,000`."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.notation_words import Notation
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman
from podcaster.units import LanguageTag

_SECTIONS: Final = (
    "[Aa]rt(?:ikel|ículos?|igos?|icles?|icol[oi]|ykuł|ikeln|\\.)|[Aa]rts\\.|[Kk]ap(?:itel|\\.)|[Cc]ap(?:ítulos?|ítol|itolo|\\.)|[Cc]hapitre|"
    "[Cc]hap\\.|[Hh]oofdstuk|[Rr]ozdzia[łl]\\w*|[Aa]bschnitt|[Aa]bsatz|[Zz]iffer|[Ss]ecci(?:ón|ó)|[Ss]e[cç]ção|[Ss]eção|[Ss]ezione|"
    "[Ss]ection|[Ss]ectie|[Pp]aragra(?:fo|phe|af|f)|[Pp]árrafo|[Aa]partado|[Vv]ersi(?:on|ón|ó|e|one)|[Vv]ersão|[Ww]ersja|[Pp]un(?:kt|to|t)|"
    "[Aa]bb(?:ildung|\\.)|[Ff]ig(?:ura|ure|uur|\\.)|[Tt]ab(?:elle|la|ela|ella|el|\\.)|[Aa]nhang|[Aa]nexo|[Aa]nnexe|[Bb]ijlage|[Bb]ilaga|"
    "[Aa]bschn\\.|[Zz]iff\\.|[Aa]pdo\\.|[Tt]eil|[Гг]лав[аеуы]|[Пп]ункт\\w*|п\\.|[Рр]аздел\\w*|[Вв]ерси[яию]|[Тт]аблиц\\w*|[Рр]ис\\.|[Aa]vsnitt|第|§§?"
)
"""Words before a number whose dot parts levels and no decimals."""
_LEVELS: Final = rf"(?<!\w)(?P<lead>(?:{_SECTIONS})\s?)(?P<one>\d{{1,3}})\.(?P<two>\d{{1,3}})(?![\d%‰€$]|\.\d|,\d|\s?%)"
_PARTS: Final = (
    "[Kk]apitels?|[Bb]and|[Tt]eil|[Aa]kt|[Ss]zene|[Aa]nhang|[Bb]uch|[Cc]hapitre|[Tt]ome|[Pp]artie|[Aa]cte|[Ss]cène|[Vv]olume|[Ll]ivre|"
    "[Aa]nnexe|[Cc]apitolo|[Tt]omo|[Pp]arte|[Aa]tto|[Ss]cena|[Ll]ibro|[Tt]itolo|[Tt]ítulo|[Tt]ítol|[Tt]itre|[Tt]itel|[Aa]llegato|[Cc]apítulo|[Cc]apítol|[Aa]cto|[Ee]scena|[Aa]nexo|"
    "[Hh]oofdstuk|[Dd]eel|[Bb]ijlage|[Dd]el|[Гг]лав[аеуы]|[Тт]ом[ае]?|[Чч]аст[ьи]|[Рр]аздел[ае]?|[Rr]ozdzia(?:ł|łu|le)|[Tt]om(?:u|ie)?|"
    "[Cc]zęś(?:ć|ci)|[Tt]ytuł|[Tt]ytule|[Vv]ol\\.|[Cc]ap\\.|[Bb]d\\.|[Kk]ap\\.|[Cc]hap\\.|t\\.|т\\.|[Cc]h\\.|[Ss]iglos?|[Ss]éculos?|[Ss]egles?"
)
"""Names that Roman figures count."""
_ROMAN_PART: Final = rf"(?<!\w)(?P<lead>(?:{_PARTS}) )(?P<numeral>[IVXLC]+)(?![\w-]|\.\w|’)"
_SCENES: Final = (
    r"(?<!\w)(?P<lead>(?:acts?|[Ss]cenes?|chapters?|ch\.|parts?|volumes?|[Vv]ol\.|books?|[Aa]ppendix|annex|tier|[Ss]tage|type|phase|[Ll]evel|"
    r"class|section) )(?P<numeral>[IVXLC]+)(?![\w-]|\.\w|[’']\w)"
)
_PER_SO_MANY: Final = (
    r"(?:(?<=[^\W\d_])\s?|(?<=\d))/\s?(?=10{0,2}[.,\u00a0\u202f ]?000(?:[.,\u00a0\u202f ]000)?(?!\d|[.,]\d))"
)
_LETTERS: Final = {"N": 0, "S": 1, "E": 2, "W": 3, "O": 3}
_AT_COMPASS: Final = r"(?<=[°′″'’\"”])\s?([NSEWO])(?![\w’'-])"
_STREET: Final = "Street|Road|Avenue|Lane|Square|Place|Terrace|Drive|Row|Quay|Court|Gardens|Crescent|Hill"
IN_A_STREET: Final = rf"(?: (?:[A-Z][\w’'-]+ ){{1,3}}(?:{_STREET})\b)"
"""Behind the numbers of houses, as in `12/14 High Street`."""


def rules(language: LanguageTag, words: Notation, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for a language; before numbers and degrees are said."""
    base = language.partition("-")[0]
    signs, changes = table(language, "signs"), table(language, "changes")
    number = signs.get("number")
    made: list[Rule] = (
        [replaced(rf"(?:(?i:{number}) )?(?:№|(?<![\w&])#)\s?(?=\d)", f"{number} ", flags=flags)] if number else []
    )
    made.append(replaced(_ROMAN_PART if base != "en" else _SCENES, partial(_roman, base), flags=flags))
    if changes:
        pattern = rf"(?<![\w/])(?:{any_of(changes)})(?![\w/])"
        made.append(replaced(pattern, lambda found: changes[found[0]], flags=flags))
    if base != "en":
        made.append(
            replaced(r"(?<!\w)M[MDCLXVI]{3,}(?!\w)", lambda found: str(roman(found[0]) or found[0]), flags=flags)
        )
    if cldr.decimal_comma(language):
        made.append(replaced(r"(?<![\w.,])\d{1,3}(?:['’]\d{3})+\.\d+(?!\d|[.,]\d)", _swiss, flags=flags))
        made.append(replaced(r"(?<=\d)['’](?=\d{3}(?!\d))", ".", flags=flags))
        made.append(replaced(r"(?<![\w.,])\d{1,3}(?:,\d{3})+\.\d+(?!\d|[.,]\d)", _continental, flags=flags))
        made.append(replaced(_LEVELS, rf"\g<lead>\g<one> {words.dot} \g<two>", flags=flags))
    if per := signs.get("per_so_many"):
        made.append(replaced(_PER_SO_MANY, f" {per} "))
    if compass := signs.get("compass"):
        made.append(replaced(_AT_COMPASS, partial(_compass, base, compass.split("|"))))
    return tuple(made)


def _continental(found: re.Match[str]) -> str:
    """`1,200.50` as `1.200,50`."""
    return found[0].translate(str.maketrans(",.", ".,"))


def _swiss(found: re.Match[str]) -> str:
    """`1’200.50` as `1.200,50`."""
    return found[0].translate(str.maketrans(".'’", ",.."))


def _roman(base: str, found: re.Match[str]) -> str:
    number = roman(found["numeral"])
    if not number or (base == "en" and found["numeral"] == "I" and found["lead"].strip().casefold() not in _WITH_ONE):
        return found[0]
    return f"{found['lead']}{number}"


_WITH_ONE: Final = frozenset(
    {"act", "scene", "chapter", "part", "volume", "vol.", "book", "annex", "appendix", "tier", "phase", "type"}
)
"""English words behind which a lone I is a number, and nobody who speaks."""


def _compass(base: str, names: Sequence[str], found: re.Match[str]) -> str:
    letter = "E" if base == "de" and found[1] == "O" else found[1]
    return f" {names[_LETTERS[letter]]}"
