"""Telephone numbers, said figure by figure in the groups in which they are written."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.wording import replaced

_GAP: Final = r"[ .\u00a0–—-]"
_CALL: Final = (
    r"(?:[Cc]all(?: us)?(?: on| at)?|[Dd]ial|[Pp]hone|[Tt]elephone|[Rr]ing|[Tt]ext|[Ff]ax|[Tt]el\.?:?|[Ll]lam(?:e|ar|en) al|"
    r"[Tt]el[ée]fono|[Nn]umero verde|[Tt]elèfon|"
    r"[Cc]hiam(?:i|ate|are|a)(?: lo| il)?|[Mm]arque(?: el)?|[Ll]igue(?: para)?|[Tt]ruqui al|[Zz]adzwoń|[Dd]zwoń|"
    r"[Зз]воните|[Tt]elefone|[Tt]elefon|[Tt]éléphone|[Aa]ppele[rz](?: le)?|[Aa]nrufen unter|[Nn]ummer|[Тт]елефон|"
    r"[Тт]ел\.|[Tt][ée]l\.?:?|[Cc]hame(?: ao| ó)?|[Mm]óvil|[Cc]elular|[Mm]obile|[Cc]ellulare|[Hh]andy|[Pp]ortable|[Kk]om[óo]rka|[Bb]el|"
    r"[Rr]ing|कॉल करें|फ़ोन|फोन|电话|電話|拨打|撥打|致电|致電|热线|熱線|手机|手機)"
)
_AT_WORD: Final = "(?<![A-Za-z\u00c0-\u024f\u0400-\u04ff])"
"""A word begins here, in writing with and without spaces."""
_FORMS: Final = (
    r"(?<!\w)[A-Z]{2}\d\d(?: \d{4}){3,7}(?: \d{1,4})?(?!\w)",
    rf"(?<![\w.,+])\+\d{{1,3}}(?:{_GAP}?\(\d{{1,4}}\))?(?:{_GAP}?\d{{1,4}}){{2,5}}(?![\w-]|[.,]\d)",
    rf"(?<![\w.,])\(0?\d{{2,4}}\){_GAP}?\d{{3,5}}{_GAP}\d{{3,4}}(?![\w-]|[.,]\d)",
    r"(?<![\w.,])\(0\d{1,4}\)(?:[ /-]?\d{2,8}){1,5}(?![\w-]|[.,]\d)",
    r"(?<![\w.,–-])0 \d{2,5}/\d{2,8}(?:[ -]\d{1,4}){0,5}(?![\w-]|[.,]\d)",
    r"(?<![\w.,–-])0\d(?:\.\d\d){4}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])[5-9]\d\d-\d{3}-\d{3}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])(?:1[ .-])?8(?:00|33|44|55|66|77|88)[ .-]\d{3}[ .-]\d{4}(?![\w-]|[.,]\d)",
    rf"(?<![\w.,/–-])(?:[01]{_GAP})?\d{{3}}[.–—-]\d{{3}}[.–—-]\d{{4}}(?:/\d{{1,4}})?(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])1-\d{3}-(?:\d{3}-\d{4}|\d{3}-[A-Z]{4}\b|[A-Z]{2,5}-[A-Z]{2,6}\b|[A-Z]{5,8}\b)(?![\w-])",
    r"(?<![\w.,/–-])\d{3}-\d{4}(?![\w-]|[.,]\d)",
    r"(?<![\w.,–-])\(\d{2,5}\)[ -]?\d{2,3}-\d\d-\d\d(?![\w-]|[.,]\d)",
    r"(?<![\w.,–-])[78][ -]?\(\d{3,5}\)[ -]?\d{2,3}-\d\d-\d\d(?![\w-]|[.,]\d)",
    r"(?<![\w.,–-])(?!(?<=\d )0\d\d(?: \d{3})*(?! ?\d))0\d{1,4}(?:[ /-]\d{1,8}){1,6}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])\d{1,5}(?:-\d{1,7}){3,}(?:-?X)?(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])\d{3}-\d{2}-\d{4}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])80[0-9]-\d{6}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/–-])0\d{4,5}-\d{5,6}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/+–-])116[ -](?:000|006|111|117|123)(?![\w-]| ?\d|[.,]\d)",
    r"(?<![\w.,/+–-])(?:[6-9]\d\d(?: \d\d){3}|\d\d \d{3} \d\d \d\d)(?![\w-]| ?\d|[.,]\d)",
    r"(?<=\b[EeAa]l )[6-9]\d\d \d{3} \d{3}(?![\w-]| ?\d|[.,]\d| (?:de|euros|dólares|pesos|personas|habitantes)\b)",
    r"(?<![\w.,/+–-])1[38]00-\d{3}-\d{3,4}(?![\w-]|[.,]\d)",
    r"(?<![\w.,/+–-])1[38]00 \d{3} \d{3}(?![\w-]| ?\d|[.,]\d)",
)
"""With a country's code, with an area code in brackets, North American, local, and such as begin with a nought."""
_NAMED: Final = (
    rf"({_AT_WORD}{_CALL})([:：]?\s?)((?:\d[ .-](?=\d{{3}}))?\d{{2,4}}(?:[ .-]?\d{{2,4}}){{0,4}})"
    r"(?: (or|and|o|y|i|e|ou|et|oder|und) (\d{3}))?(?![\w-]|[.,]\d|%)"
)
_IS: Final = (
    r"((?<!\w)(?:[Nn]umber|[Cc]ontact|[Hh]otline|[Hh]elpline|[Mm]obile|WhatsApp|[Nn]úmero|[Nn]ummer|[Nn]uméro|[Nn]umero|[Nn]umer|[Nn]ombre|[Нн]омер|号码|號碼)"
    r"(?: is| es| é| est| è| ist| lautet| to|为|是)?[:：]? ?)(\d{7,12})(?![\w-]|[.,]\d)"
)
_DIGITS_OF_A_NUMBER: Final = range(3, 16)
_WITH_A_COUNTRY: Final = 8
"""Figures that a number with a country's code has at least."""
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4}")


def rules(flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rule that spells out telephone numbers, with commas between groups."""
    forms = (replaced(form, _said, flags=flags) for form in _FORMS)
    codes = (
        replaced(r"(?<=[Dd]ial )[＊#][\d*#]+", _code, flags=flags),
        replaced(r"(?<=\d{4}),? x(?=\d{1,5}(?!\w))", " extension ", flags=flags),
        replaced(
            r"(?<=\d{3}[ -]\d{4} )(and|or|y|o|e|ou|et|und|oder) -(\d{4})(?!\d)",
            lambda found: f"{found[1]} {spelt(found[2])}",
            flags=flags,
        ),
    )
    named = replaced(_NAMED, _named, flags=flags)
    return (*codes, *forms, _short, named, replaced(_IS, lambda found: f"{found[1]}{spelt(found[2])}", flags=flags))


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """The telephone numbers of a text, none within another."""
    behind = 0
    found = (each for form in _compiled() for each in form.finditer(text) if _said(each) != each[0])
    for each in sorted(found, key=lambda match: match.start()):
        if each.start() >= behind:
            behind = each.end()
            yield each


@cache
def _compiled() -> Sequence[re.Pattern[str]]:
    """For `numbers_in`, which many processes never call."""
    return [re.compile(form) for form in _FORMS]


def _short(text: str) -> str:
    """Short numbers and those in groups of three, in a sentence that tells somebody to call."""
    if not _TO_CALL.search(text):
        return text
    return _GROUPED.sub(lambda found: spelt(found[0]), text)


_TO_CALL: Final = re.compile(rf"{_AT_WORD}{_CALL}|(?<!\w)(?:[Aa]nrufen|[Rr]ufen Sie|WhatsApp|SMS)")
_GROUPED: Final = re.compile(
    r"(?<![\w.,+])(?:[2-9]\d\d(?: \d{3}){2})(?![\w-]| ?\d|[.,]\d)"
    r"|(?<![\w.,$€£¥+-])(?:3\d\d[ -]\d{6,7}|1[3-9]\d \d{4} \d{4}|\d{3} \d{3} \d{4}|\d{7,12}|\d{5}[1-9])(?![A-Za-z0-9_-]| ?\d|[.,]\d)"
    r"|(?:(?<=[^\W\d] )(?<![\d.,] )|(?<=\d, )|(?<=[、或和]))(?:0\d\d|11[0-9]|12[02]|19\d|[2-9]11|988|999)(?= (?!\d)|[.;,!?、。，]|$)"
)
"""Numbers of nine figures, and those of the police, the fire brigade and the ambulance."""
_NOUGHT_DIGITS: Final = 6
"""Figures that a number with a leading nought has at least."""


def _said(found: re.Match[str]) -> str:
    if found[0][0] == "0" and sum(map(str.isdigit, found[0])) < _NOUGHT_DIGITS:
        return found[0]
    if _ISO_DATE.fullmatch(found[0]) or (found[0][0] == "+" and len(re.findall(r"\d", found[0])) < _WITH_A_COUNTRY):
        return found[0]
    return spelt(found[0])


def _code(found: re.Match[str]) -> str:
    """`*67` as `star 6 7`."""
    return " ".join(found[0]).replace("＊", "star").replace("*", "star").replace("#", "hash")


def _named(found: re.Match[str]) -> str:
    if sum(map(str.isdigit, found[3])) not in _DIGITS_OF_A_NUMBER or _counted(found):
        return found[0]
    another = f" {found[4]} {spelt(found[5])}" if found[4] else ""
    return f"{found[1]}{found[2]}{spelt(found[3])}{another}"


def _counted(found: re.Match[str]) -> bool:
    """Whether it counts something, as in `call 100 customers`."""
    return found[3].isdigit() and bool(_PLURAL.match(found.string, found.end(3)))


_PLURAL: Final = re.compile(r" (?!always|sales|services)[a-zà-ÿ]{3,}s\b")


def spelt(number: str) -> str:
    """`202-555-0143` as `2 0 2, 5 5 5, 0 1 4 3`."""
    groups = [group for group in re.split(r"[^\w+]+", number) if group]
    return ", ".join(" ".join(group) if not group.isalpha() else group for group in groups).replace("+ ", "+")
