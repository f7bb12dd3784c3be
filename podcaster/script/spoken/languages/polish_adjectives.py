"""Polish: adjectives that begin with a number in figures."""

import re
from typing import Final

from podcaster.script.spoken.wording import replaced, words

_ONES: Final = words(
    "jedno dwu trzy cztero pięcio sześcio siedmio ośmio dziewięcio dziesięcio jedenasto dwunasto trzynasto czternasto "
    "piętnasto szesnasto siedemnasto osiemnasto dziewiętnasto"
)
_TENS: Final = words(
    "dwudziesto trzydziesto czterdziesto pięćdziesięcio sześćdziesięcio siedemdziesięcio osiemdziesięcio dziewięćdziesięcio stu"
)
_COMBINING: Final = dict(enumerate(_ONES, 1)) | {10 * tens: form for tens, form in enumerate(_TENS, 2)}
"""Numbers as they begin a word."""


def _adjective(found: re.Match[str]) -> str:
    """`3-krotny` as `trzykrotny`, `25-letni` as `dwudziestopięcioletni`."""
    number = int(found[1])
    parts = [number] if number in _COMBINING else [number // 10 * 10, number % 10]
    return "".join(_COMBINING[part] for part in parts) + found[2]


numbered_adjectives: Final = replaced(
    r"(?<![\w.,-])([1-9]\d?|100)-((?:letni|(?:krotn|dniow|osobow|procentow|godzinn|minutow|miesięczn|tygodniow|piętrow|stopniow|metrow"
    r"|kilometrow|gwiazdkow|punktow|cyfrow|pokojow|częściow|stronicow)\w)\w*)",
    _adjective,
)
"""A rule for numbers to 100."""
