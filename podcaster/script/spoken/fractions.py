"""Fractions in words, each language's own way: `3/4` as `tres cuartos`, `7/8` as `семь восьмых`, `2 1/2` as `2 y medio`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.common_rules import number_words
from podcaster.script.spoken.han_numerals import in_characters
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import replaced
from podcaster.units import LanguageTag

_FROM: Final = 2
_NAMED_TO: Final = 10
_FRACTION: Final = (
    r"(?<![^\Wو]|[/.,-])(?:(?P<whole>\d{1,3})[ -])?(?P<above>[1-9]\d?)/(?P<below>[2-9]|[1-9]\d|100)(?![\w/-]|[.,]\d)"
)
_VULGAR: Final = r"(?P<before>\d)?\s?(?P<sign>[¼-¾⅐-⅞↉])"
_HALF_OF_COMPOUND: Final = r"(?<=\d)½(?=-?[^\W\d_])"
"""As in `2½-year`."""
_COUNTED: Final = (
    r"(?<![\w/.,-])(?P<whole>[2-9]|[1-9]\d) 1/2 (?!(?:más|menos|tras|las|los|mais|més|menys|des|les|dos|das|ces|ses)\b)"
)
"""Before things of which there are so many and a half, by the pattern of their names."""
_AND_IN_HAN: Final = {"zh": "又", "ja": "と"}


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules for fractions below one, alone and behind a whole number; none for languages without a way to say them.

    English has rules of its own for fractions in figures.
    """
    base = language.partition("-")[0]
    flags = cldr.word_flags(language)
    words = table(base, "fractions")
    if base == "en":
        return (replaced(_HALF_OF_COMPOUND, ".5"), replaced(_VULGAR, _in_figures))
    if base not in _WAYS:
        return ()
    return (
        replaced(_HALF_OF_COMPOUND, ",5", flags=flags),
        replaced(_VULGAR, _in_figures, flags=flags),
        *(
            (replaced(rf"{_COUNTED}{words['counted']}\b", partial(_and_a_half, words["and_a_half"]), flags=flags),)
            if "counted" in words
            else ()
        ),
        replaced(_FRACTION, partial(_said, _WAYS[base], base), flags=flags),
    )


def _in_figures(found: re.Match[str]) -> str:
    """`2½` as `2 1/2`."""
    written = unicodedata.normalize("NFKC", found["sign"]).replace("⁄", "/")
    return f"{found['before']} {written}" if found["before"] else f" {written}" if found[0].startswith(" ") else written


def _said(way: Callable[[str, int, int], str], base: str, found: re.Match[str]) -> str:
    above, below, whole = int(found["above"]), int(found["below"]), found["whole"]
    if above >= below:
        return found[0]
    said = way(base, above, below)
    if not said:
        return found[0]
    return _mixed(base, whole, said, half=(above, below) == (1, _FROM)) if whole else said


def _and_a_half(templates: str, found: re.Match[str]) -> str:
    """`2 1/2 horas` as `2 horas y media`."""
    masculine, _, feminine = templates.partition("|")
    return (feminine if found["feminine"] else masculine).format(found["whole"], found["noun"])


def _mixed(base: str, whole: str, said: str, *, half: bool) -> str:
    """A whole number and a fraction."""
    words = table(base, "fractions")
    if half and "half" in words:
        number = number_words(int(whole), base, "cardinal") if base == "de" else ""
        return words.get(f"{whole} 1/2") or words["half"].format(whole, number)
    if base == "ar":
        return f"{whole} و{said}"
    if between := words.get("and"):
        return f"{whole} {between} {said}"
    return f"{whole}{_AND_IN_HAN[base]}{said}" if base in _AND_IN_HAN else f"{whole} {said}"


def _with_noun(base: str, above: int, below: int) -> str:
    """A number and the noun of a part: `tres cuartos`."""
    if below > _NAMED_TO:
        one, several = _further(base, below)
        if not one:
            return ""
    else:
        one, _, several = table(base, "fractions")["names"].split()[below - _FROM].partition("|")
    if base == "de" and below == _FROM:
        return "einhalb"
    if above == 1:
        return one if below == _FROM else f"{table(base, 'fractions')['one']} {one}"
    if base == "gl":
        numbers = table(base, "fractions")["numbers"].split()
        return f"{numbers[above - 1] if above <= len(numbers) else above} {several}"
    return f"{number_words(above, base, 'cardinal')} {several}"


def _further(base: str, below: int) -> tuple[str, str]:
    """Elevenths to hundredths."""
    if base in {"es", "pt"}:
        noun = number_words(below, base, "cardinal")
        if base == "es":
            noun = "".join(sign for sign in unicodedata.normalize("NFD", noun) if sign != "\u0301").replace(" y ", "i")
            noun = {"once": "onz", "doce": "doz", "cien": "cent"}.get(noun, noun.removesuffix("a"))
            ending = "ésimo" if noun == "cent" else "avo"
            return f"{noun}{ending}", f"{noun}{ending}s"
        return f"{noun} avo", f"{noun} avos"
    if base == "gl" or (base == "ca" and below > 20):  # noqa: PLR2004 # no table
        return "", ""
    ordinal = number_words(below, base)
    made = {
        "ca": (ordinal, f"{ordinal[:-1]}ens"),
        "it": (ordinal, f"{ordinal[:-1]}i"),
        "fr": (ordinal, f"{ordinal}s"),
        "de": ((ordinal.removesuffix("te") + "tel").capitalize(),) * 2,
        "nl": (ordinal, ordinal),
        "sv": (f"{ordinal}del", f"{ordinal}delar"),
    }
    return made.get(base, ("", ""))


def _russian(_: str, above: int, below: int) -> str:
    if below == _FROM:
        return "одна вторая"
    if below in {3, 4}:
        noun = {3: ("треть", "трети"), 4: ("четверть", "четверти")}[below]
        return f"{number_words(above, 'ru', 'cardinal', gender='f')} {noun[above > 1]}"
    one = above % 10 == 1 and above % 100 != 11  # noqa: PLR2004 # eleven counts as many
    part = number_words(below, "ru", gender="f") if one else number_words(below, "ru", plural=True, case="g")
    return f"{number_words(above, 'ru', 'cardinal', gender='f')} {part}"


def _polish(_: str, above: int, below: int) -> str:
    *first, last = (number_words(below, "pl") if below != _FROM else "drugi").split()
    few = above % 10 in {2, 3, 4} and above % 100 not in {12, 13, 14}
    number = {1: "jedna", 2: "dwie"}.get(above) or number_words(above, "pl", "cardinal")
    declined = [_feminine(word, one=above == 1, few=few) for word in (*first, last)]
    return " ".join((number, *declined))


def _feminine(ordinal: str, *, one: bool, few: bool) -> str:
    """A Polish ordinal as parts are called: `piąta`, `piąte`, `piątych`."""
    if not ordinal.endswith(("y", "i")):
        return ordinal
    hard = ordinal.endswith("y")
    soft = ordinal.endswith(("ki", "gi"))
    stem = ordinal[:-1]
    if one:
        return stem + ("a" if hard or soft else "ia")
    if few:
        return stem + ("e" if hard else "ie")
    return stem + ("ych" if hard else "ich")


def _hindi(_: str, above: int, below: int) -> str:
    return table("hi", "fractions").get(f"{above}/{below}", f"{above} बटा {below}")


def _chinese(_: str, above: int, below: int) -> str:
    return f"{han(below)}分之{han(above)}"


def _japanese(_: str, above: int, below: int) -> str:
    return f"{han(below)}分の{han(above)}"


def han(number: int) -> str:
    """A number to 100 in Chinese characters, as fractions and reigns count."""
    return "百" if number == 100 else in_characters(str(number))  # noqa: PLR2004 # without a one


def _arabic(_: str, above: int, below: int) -> str:
    if below > _NAMED_TO:
        return f"{above} على {below}"
    words = table("ar", "fractions")
    one, two, several = words["names"].split()[below - _FROM].split("|")
    return {1: one, 2: two}.get(above) or f"{words['numbers'].split()[above - 3]} {several}"


_WAYS: Final[Mapping[str, Callable[[str, int, int], str]]] = {
    **dict.fromkeys(("es", "gl", "pt", "ca", "it", "fr", "de", "nl", "sv"), _with_noun),
    "ru": _russian,
    "pl": _polish,
    "hi": _hindi,
    "zh": _chinese,
    "ja": _japanese,
    "ar": _arabic,
}
