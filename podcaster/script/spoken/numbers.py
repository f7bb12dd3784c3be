"""Amounts of money, percentages, signs and ranges, in the words of one language."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.currency_signs import SIGNS
from podcaster.script.spoken.wording import Scale, Wording, any_of, inflected

_NUMBER: Final = r"\d++(?:(?=[.,’'\u00a0\u202f]\d)[.,’'\u00a0\u202f]\d++)*+"
"""Possessive, so that a page of digits takes no longer than a page of words. Python before 3.11.5 keeps the beginning of a
repetition that fails (gh-106052), so each looks ahead first."""
_SIGN: Final = r"(?P<sign>(?<![\w)%.,-])[+\u2212-])?"
_LONE_SIGN: Final = re.compile(r"(?<![A-Za-z0-9_$])[$£€¥₠-⃀](?![A-Za-z0-9_$]|\s?\d)")
"""A currency's sign without an amount."""
_PERCENT: Final = re.compile(rf"(?<![\d.,]){_SIGN}(?P<number>(?<![\d.,]){_NUMBER})\s?[%％٪](?!\w)")
_PERCENT_TWICE: Final = re.compile(rf"(?<![\d.,])({_NUMBER})\s?%([–—-]{_NUMBER}\s?%)")
_SIGNED: Final = re.compile(r"(?<![\w)%.,/–-])(?P<sign>[+\u2212-])(?=\d)")
_RANGE: Final = re.compile(
    rf"(?<![\w.,/:–—-])(?:(?P<lead>[^\W\d_]+)\s)?(?P<low>(?<![\w.,/:–—-]){_NUMBER})[–—-](?P<high>{_NUMBER})"
    r"(?![\w/–—-]|[.,:]\d)"
)
_POINT: Final = re.compile(r"(?<![\d.,:/])(\d+)\.(\d{1,2})(?![\d.:/]|,\d| ?h\b)")
_LONGER_BY: Final = 1
"""By how many digits the end of a range may be longer than its beginning."""
_TELEPHONE: Final = (3, 4)
"""Digits before and behind the hyphen of a number to call."""
_YEAR_DIGITS: Final = 4


def rules(wording: Wording) -> tuple[Rule, ...]:
    """Rules from figures with signs to words; empty parts of `wording` make no rule."""
    made: list[Rule] = []
    if wording.currencies:
        made += [partial(pattern.sub, partial(_money, wording)) for pattern in _money_patterns(wording)]
        made.append(partial(_LONE_SIGN.sub, partial(_lone, wording)))
    if wording.to:
        made += [partial(_PERCENT_TWICE.sub, r"\1\2"), partial(_RANGE.sub, partial(_range, wording))]
    if wording.percent:
        made.append(partial(_PERCENT.sub, partial(_percent, wording)))
    if wording.minus:
        made.append(partial(_SIGNED.sub, lambda found: f"{_sign(wording, found['sign'])}"))
    if wording.decimal_comma:
        made.append(partial(_POINT.sub, r"\1,\2"))
    return tuple(made)


def _money_patterns(wording: Wording) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An amount with its currency in front, and one with it behind; COP28 is a conference."""
    currencies, scales = any_of(wording.currencies), any_of(wording.scales)
    currency = rf"(?P<currency>{currencies})"
    scale = rf"(?:[\s-]?(?P<scale>{scales})(?!\w))?"
    span = rf"(?P<low>{_NUMBER})(?:(?:\s?(?P<low_scale>{scales}))?[–—-](?:{currencies})?(?P<high>{_NUMBER}))?"
    before = re.compile(rf"(?<![^\Wو])(?<!\$){_SIGN}(?!COP\s?[1-3]\d(?!\w)){currency}\s?{span}{scale}(?![\d$])")
    behind = re.compile(rf"(?<![\w.,–-]){_SIGN}{span}{scale}\s?(?:(?:de|di|d’|d')\s?)?{currency}(?![\w$])(?!\s?\d)")
    return before, behind


def _lone(wording: Wording, found: re.Match[str]) -> str:
    """A currency's sign as its name: `the ₦ fell`."""
    name = wording.currencies.get(found[0])
    return name.partition("|")[0] if name else found[0]


def _money(wording: Wording, found: re.Match[str]) -> str:
    names = wording.currencies[found["currency"]]
    scale = wording.scales.get(found["scale"] or "")
    sign = f"{_sign(wording, found['sign'])}" if found["sign"] else ""
    if scale:
        return f"{sign}{_scaled(wording, scale, found)}{scale.link}{names.rpartition('|')[2]}"
    return f"{sign}{_span(wording, found)} {inflected(names, _last(found), wording.form)}"


def _scaled(wording: Wording, scale: Scale, found: re.Match[str]) -> str:
    if found["low"] == "1" and not found["high"]:
        return scale.one
    return f"{_span(wording, found)} {inflected(scale.many, _last(found), wording.form)}"


def _last(found: re.Match[str]) -> str:
    """The number that the name of what is counted stands behind."""
    return str(found["high"] or found["low"])


def _span(wording: Wording, found: re.Match[str]) -> str:
    if not found["high"]:
        return str(found["low"])
    scale = wording.scales.get(found["low_scale"] or "")
    low = found["low"]
    if scale and found["low_scale"] != found["scale"]:
        low = f"{low} {inflected(scale.many, low, wording.form)}"
    return f"{low} {wording.to or '–'} {found['high']}"


def _percent(wording: Wording, found: re.Match[str]) -> str:
    sign = f"{_sign(wording, found['sign'])}" if found["sign"] else ""
    return f"{sign}{found['number']} {inflected(wording.percent, found['number'], wording.form)}"


def _sign(wording: Wording, sign: str) -> str:
    word = wording.plus if sign == "+" else wording.minus
    return f"{word} " if word else sign


def _range(wording: Wording, found: re.Match[str]) -> str:
    """`10–15` as `10 to 15`; a score, a telephone number or a name with digits stays as it is."""
    low, high = found["low"], found["high"]
    if not _is_range(low, high):
        return found[0]
    lead = found["lead"]
    middle = wording.to
    behind = found.string[found.end() :]
    if (
        lead
        and wording.between
        and lead.lower() == wording.between[0]
        and not behind.startswith(f" {wording.between[1]} ")
    ):
        middle = wording.between[1]
    return f"{lead + ' ' if lead else ''}{low} {middle} {high}"


def _is_range(low: str, high: str) -> bool:
    """Whether it rises, or is a span of years that is written short: 2021-22."""
    if (len(low), len(high)) == _TELEPHONE and high.isdigit():
        return False
    first, last = value(low), value(high)
    if len(low) == _YEAR_DIGITS and len(high) == 2:  # noqa: PLR2004 # the last two digits of a year
        return (first % 100) + 1 <= last
    return first < last and len(str(int(last))) - len(str(int(first))) <= _LONGER_BY


def value(number: str) -> float:
    """About the value: enough to see which of two is larger; a sign before three digits groups thousands."""
    plain = re.sub(r"[.,’'\u00a0\u202f](?=\d{3}(?!\d))", "", number)
    head, *tail = re.split(r"[.,]", plain)
    return float(f"{re.sub(r'[^0-9]', '', head)}.{''.join(tail) or '0'}")


def currency_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by sign and code from those by code, `dollar|dollars`; a code's usual signs are added."""
    signs = {sign: names[code] for sign, code in SIGNS.items() if code in names and sign not in names}
    return {**names, **signs}
