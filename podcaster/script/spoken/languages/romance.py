"""Rules shared by Spanish, Catalan, Galician and Portuguese: ordinals, Roman numerals, parts of a year."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman, words
from podcaster.units import LanguageTag

_KING: Final = (
    "(?:[Ee]mir|[Dd]uque|[Dd]uc|[Aa]rxiduc|[Aa]rchiduque|[Aa]rquiduque|[Ff]ara(?:ón|ó)|[Kk][áà]iser|[Jj]eque|[Xx]eque|[Xx]eic|[Pp]atriarca|[Cc]onde|[Cc]alifa|"
    "[Rr]ey|[Rr]ei|[Pp]apa|[Ee]mperador|[Ss]ultán|[Ss]ultà|[Ss]oldà|[Ss]ultão|[Zz]ar|[Cc]zar|[Ss]ha|[Ss]ah|"
    "[Pp]ríncipe|[Pp]ríncep|King|Pope|Emperor|Sultan)"
)
_QUEEN: Final = "(?:[Rr]eina|[Rr]aínha|[Rr]aíña|[Rr]ainha|[Ee]mperatriz|[Ee]mperadriu|[Ii]mperatriz|[Zz]arina|[Pp]rincesa|Queen|Empress)"
"""Titles behind which a name's Roman number is an ordinal, whatever the name; translators leave English ones with a name."""
_STRAY: Final = r"(?:\.(?= [a-zà-ÿ]))?"
"""A full stop behind a ruler's number, as German has it."""
_CENTURIES: Final = r"(?<=(?:iglos|culos|egles) )([IVX]+)\s?[-–]\s?([IVX]+)\b"
_ROMAN_ALONE: Final = r"(?<![\w.-])([IVX]{2,})(?![\w-]|\.\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Iberian:
    """The words of one of these languages that the shared rules need."""

    masculine: Sequence[str]
    """First to tenth."""
    feminine: Sequence[str]
    kings: Sequence[str]
    """Names borne with a number."""
    queens: Sequence[str]
    the: Mapping[str, str]
    """Prepositions before a part of the year, and each with its article: `en` and `en el`."""


def iberian(language: LanguageTag) -> Iberian:
    """The words of Spanish, Catalan, Galician or Portuguese, or of its region."""
    lists = table(language, "lists")
    return Iberian(
        masculine=words(lists["masculine_ordinals"]),
        feminine=words(lists["feminine_ordinals"]),
        kings=words(f"{lists['kings']} {lists.get('more_kings', '')}"),
        queens=words(lists["queens"]),
        the=table(language, "parts_of_year"),
    )


def short_ordinals(words: Iberian, lists: Mapping[str, str]) -> tuple[Rule, ...]:
    """Rules for `3ro` and `3ra`, in languages with lists of such endings."""
    return tuple(
        replaced(rf"(?<!\w)([1-9]|10)(?:{lists[endings]})\b", partial(_ordinal, ordinals))
        for endings, ordinals in (("masculine_endings", words.masculine), ("feminine_endings", words.feminine))
        if endings in lists
    )


def rules(words: Iberian) -> tuple[Rule, ...]:
    """The rules that `words` feeds."""
    return (
        replaced(r"(?<![\w.,])(\d{1,3})\.?(?:º|°(?!C|F))", partial(_ordinal, words.masculine)),
        replaced(r"(?<![\w.,])(\d{1,3})\.?ª", partial(_ordinal, words.feminine)),
        replaced(
            rf"\b((?:{any_of(words.kings)}|{_KING} [A-ZÀ-Ý][\w’'-]+)) ([IVXL]+)\b{_STRAY}",
            partial(_regnal, words.masculine),
        ),
        replaced(
            rf"\b((?:{any_of(words.queens)}|{_QUEEN} [A-ZÀ-Ý][\w’'-]+)) ([IVXL]+)\b{_STRAY}",
            partial(_regnal, words.feminine),
        ),
        replaced(
            rf"\b((?:{any_of(words.masculine)}) (?:y|e|i)) ([IVX]{{1,5}})\b(?!\.\w)",
            partial(_regnal, words.masculine),
        ),
        replaced(_CENTURIES, lambda found: f"{roman(found[1])} a {roman(found[2])}"),
        replaced(_BEFORE_NOUN, partial(_before, words)),
        replaced(_ROMAN_ALONE, _figures),
        replaced(
            rf"(?:\b(?P<lead>{any_of(words.the)}) )?\b(?:Q(?P<after>[1-4])|(?P<before>[1-4])Q)\b"
            rf"(?:(?: de)? (?P<year>(?:19|20)\d\d)\b)?",
            partial(_part_of_year, words, "trimestre"),
        ),
        replaced(
            rf"(?:\b(?P<lead>{any_of(words.the)}) )?\b(?:T(?P<after>[1-4])|(?P<before>[1-4])T)\b"
            rf"(?: de)? (?P<year>(?:19|20)\d\d)\b",
            partial(_part_of_year, words, "trimestre"),
        ),
        replaced(
            rf"(?:\b(?P<lead>{any_of(words.the)}) )?\b(?:[HS](?P<after>[12])|(?P<before>[12])[HS])\b"
            rf"(?: de)? (?P<year>(?:19|20)\d\d)\b",
            partial(_part_of_year, words, "semestre"),
        ),
    )


def _ordinal(ordinals: Sequence[str], found: re.Match[str]) -> str:
    """`3.º` as `tercero`; above ten the number alone, as people say it."""
    number = int(found[1])
    return ordinals[number - 1] if 1 <= number <= len(ordinals) else found[1]


def _regnal(ordinals: Sequence[str], found: re.Match[str]) -> str:
    """`Felipe VI` as `Felipe sexto`, `Luis XIV` as `Luis 14`."""
    number = roman(found[2])
    if not number:
        return found[0]
    return f"{found[1]} {ordinals[number - 1] if number <= len(ordinals) else number}"


_BEFORE_NOUN: Final = (
    r"\b(?P<article>[Ll]a|[Ll]as|[Ee]l|[Dd]el|[Aa]l|[Oo]|[Aa]|[Dd]a|[Dd]o|[Nn]a|[Nn]o) "
    r"(?P<numeral>(?:I{1,3}|IV|V|VI{1,3}|IX)(?= [A-ZÀ-Ý][a-zà-ÿ]{2})|(?:I{2,3}|IV|VI{1,3}|IX)(?= [a-zà-ÿ]{4})) "
)
_FEMININE: Final = frozenset({"la", "las", "a", "da", "na"})


def _before(words: Iberian, found: re.Match[str]) -> str:
    """`la II República` as `la segunda República`, `el III Congreso` as `el tercer Congreso`."""
    number = roman(found["numeral"]) or 1
    feminine = found["article"].lower() in _FEMININE
    ordinal = words.feminine[number - 1] if feminine else _before_noun(words.masculine[number - 1])
    return f"{found['article']} {ordinal} "


def _figures(found: re.Match[str]) -> str:
    return str(roman(found[1]) or found[1])


def _part_of_year(words: Iberian, name: str, found: re.Match[str]) -> str:
    """`en T3 2021` as `en el tercer trimestre de 2021`."""
    number = int(found["after"] or found["before"])
    lead = f"{words.the[found['lead']]} " if found["lead"] else ""
    year = f" de {found['year']}" if found["year"] else ""
    return f"{lead}{_before_noun(words.masculine[number - 1])} {name}{year}"


def _before_noun(ordinal: str) -> str:
    """Spanish drops the last letter of two ordinals before a noun."""
    return {"primero": "primer", "tercero": "tercer"}.get(ordinal, ordinal)
