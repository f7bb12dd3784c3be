"""Fractions in words, in languages that make them of a number and a noun: `3/4` as `tres cuartos`."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.figures import number_words
from podcaster.script.spoken.wording import Rule, replaced
from podcaster.units import LanguageTag

_NAMES: Final[Mapping[str, str]] = {
    "es": "medio|medios tercio|tercios cuarto|cuartos quinto|quintos sexto|sextos séptimo|séptimos octavo|octavos noveno|novenos "
    "décimo|décimos",
    "gl": "medio|medios terzo|terzos cuarto|cuartos quinto|quintos sexto|sextos sétimo|sétimos oitavo|oitavos noveno|novenos "
    "décimo|décimos",
    "pt": "meio|meios terço|terços quarto|quartos quinto|quintos sexto|sextos sétimo|sétimos oitavo|oitavos nono|nonos décimo|décimos",
    "ca": "mig|mitjos terç|terços quart|quarts cinquè|cinquens sisè|sisens setè|setens vuitè|vuitens novè|novens desè|desens",
    "it": "mezzo|mezzi terzo|terzi quarto|quarti quinto|quinti sesto|sesti settimo|settimi ottavo|ottavi nono|noni decimo|decimi",
    "fr": "demi|demis tiers|tiers quart|quarts cinquième|cinquièmes sixième|sixièmes septième|septièmes huitième|huitièmes "
    "neuvième|neuvièmes dixième|dixièmes",
    "de": "halb|halbe Drittel|Drittel Viertel|Viertel Fünftel|Fünftel Sechstel|Sechstel Siebtel|Siebtel Achtel|Achtel Neuntel|Neuntel "
    "Zehntel|Zehntel",
    "nl": "half|halve derde|derde vierde|vierde vijfde|vijfde zesde|zesde zevende|zevende achtste|achtste negende|negende tiende|tiende",
    "sv": "halv|halva tredjedel|tredjedelar fjärdedel|fjärdedelar femtedel|femtedelar sjättedel|sjättedelar sjundedel|sjundedelar "
    "åttondel|åttondelar niondel|niondelar tiondel|tiondelar",
}
"""Halves to tenths: one, and several."""
_FROM: Final = 2
_FRACTION: Final = r"(?<![\w/.,-])(?P<above>[1-9])/(?P<below>[2-9]|10)(?![\w/-]|[.,]\d)"
_ONE: Final = {
    "es": "un",
    "gl": "un",
    "pt": "um",
    "ca": "un",
    "it": "un",
    "fr": "un",
    "de": "ein",
    "nl": "een",
    "sv": "en",
}


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for fractions below one; none for languages without a table."""
    base = language.partition("-")[0]
    if base in {"zh", "ja"}:
        return (replaced(_FRACTION, _chinese, flags=cldr.word_flags(language)),)
    return (replaced(_FRACTION, partial(_said, base)),) if base in _NAMES else ()


def _chinese(found: re.Match[str]) -> str:
    return (
        f"{_han(found['below'])}分之{_han(found['above'])}" if int(found["above"]) < int(found["below"]) else found[0]
    )


def _han(number: str) -> str:
    return "十" if number == "10" else "零一二三四五六七八九"[int(number)]


def _said(base: str, found: re.Match[str]) -> str:
    above, below = int(found["above"]), int(found["below"])
    if above >= below:
        return found[0]
    one, _, several = _NAMES[base].split()[below - _FROM].partition("|")
    if base == "de" and below == _FROM:
        return "einhalb"
    if above == 1:
        return one if below == _FROM else f"{_ONE[base]} {one}"
    number = number_words(above, base, "cardinal") if base != "gl" else _GALICIAN[above]
    return f"{number} {several}"


_GALICIAN: Final = ("", "un", "dous", "tres", "catro", "cinco", "seis", "sete", "oito", "nove")
