"""Signs that compare: `< 5`, `≥ 10`, `3 ± 0.5`."""

import re
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.currency_signs import ANY
from podcaster.script.spoken.notation_words import Notation
from podcaster.script.spoken.wording import replaced

_BEGINS: Final = rf"(?=[-−+]?[\d{ANY}])"
_LETTER: Final = "[A-Za-zα-ω]"
_UNIT: Final = r"\s?[%‰°]?(?![A-Za-z]+ [A-Za-z])[A-Za-zµμ][A-Za-z0-9µμ²³/·]*|\s?[%‰°]|[円人個件回度歳年]"
_AMOUNT: Final = rf"(?P<amount>[-−+]?[{ANY}]?\d[\d.,]*(?<=\d)(?:{_UNIT})?)"
"""A number with its unit, for languages that compare behind both."""


def rules(words: Notation, gap: str, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for comparisons with numbers, and for those of two letters."""
    return (
        _letters("<", words.less, flags),
        _letters(">", words.more, flags),
        _letters("≤", words.at_most, flags),
        _letters("≥", words.at_least, flags),
        *_compared("≤|<=|⩽", words.at_most, gap, flags),
        *_compared("≥|>=|⩾", words.at_least, gap, flags),
        *_compared("<", words.less, gap, flags),
        *_compared(">", words.more, gap, flags),
        replaced(rf"(?<=\S)\s=\s(?=[-−+\w({ANY}])", f"{gap}{words.equals}{gap}", flags=flags),
        replaced(rf"\s?(?:±|\+/[-−])\s?(?=[\d{ANY}])", f"{gap}{words.plus_minus}{gap}", flags=flags),
    )


def _letters(sign: str, word: str, flags: re.RegexFlag) -> Rule:
    template = word if "{0}" in word else f"{word} {{0}}"
    pattern = rf"(?<=(?<!\w){_LETTER})\s?{sign}\s?({_LETTER})(?![\w>/])"
    return replaced(pattern, lambda found: f" {template.format(found[1])}", flags=flags)


def _compared(sign: str, word: str, gap: str, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for one sign before a number; a word with `{0}` stands behind it."""
    if "{0}" in word:
        return (replaced(rf"\s?(?:{sign})\s?{_AMOUNT}", partial(_behind, word, gap), flags=flags),)
    if len(sign) > 1:
        return (replaced(rf"\s?(?:{sign})\s?{_BEGINS}", f"{gap}{word}{gap}", flags=flags),)
    return (
        replaced(rf"(?:(?<!\S)|(?<=[(（、，；：])){sign}\s?{_BEGINS}", f"{word}{gap}", flags=flags),
        replaced(rf"(?<=[\w)\u3040-\u9fff])\s?{sign}\s?{_BEGINS}", f"{gap}{word}{gap}", flags=flags),
    )


def _behind(word: str, gap: str, found: re.Match[str]) -> str:
    """`< 5 bar` as `5 bar से कम`."""
    before = found.string[found.start() - 1 : found.start()]
    apart = (", " if gap else "は") if before.isdigit() else gap
    lead = apart if before and not before.isspace() and before not in "(（、，；：" else ""
    return f"{lead}{word.format(found['amount'])}"
