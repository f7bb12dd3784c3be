"""English, read as on the radio."""

import re
from functools import partial
from typing import Final

from podcaster.script.spoken.common_rules import number_words
from podcaster.script.spoken.languages.english import calendar, writings
from podcaster.script.spoken.languages.english.names import FAMOUS_NUMBERS, GIVEN, MONARCHS, NO_NAMES, RANKS, THRONES
from podcaster.script.spoken.languages.english.words import (
    ABBREVIATIONS,
    COUNTED,
    CURRENCIES,
    EACH,
    FRACTIONS,
    NUMBERED,
    SCALES,
    UNITS,
)
from podcaster.script.spoken.wording import any_of, replaced, roman, written_out

_MEASURED: Final = (
    *COUNTED,
    *(name.split()[0] for name in UNITS.values()),
    *(name for names in CURRENCIES.values() for name in names.split("|")),
    *(scale.many for scale in SCALES.values()),
    "percent",
)
"""Words after a figure that is no year."""
_AT_STOP: Final = (
    r"(?:(?<=[IVXL]{2})|(?<=[IVXL])(?!\.\s*(?![a-z]|(?:He|She|It|The|They|His|Her|In|On|A|An|But|And|After|Before|When|This|That|There|As|At)\b)\w))"
    r"(?!\.\w)"
)
"""A letter with a full stop behind it is an initial, unless the text ends there."""
_AFTER_AMOUNT: Final = (
    "to|of|in|for|and|or|from|by|at|on|a|an|per|over|under|with|as|is|was|are|were|into|since|last|this|that|but|than|if|when|while|because|"
    "he|she|it|they|we|you|who|which|through|via|against|between|before|after|more|less|each|extra|due|held|lost|left|made|paid|sent|set|"
    "sought|spent|won|being|coming|excluding|going|including|using|available|had|has|have|will|would|can|could|may|might|must|should|"
    "the|its|their|his|her|our|those|these|some|all|both|no|not|so|only|"
    "\\w+ed|\\w+en"
)
"""Words behind an amount that is no attribute."""
_DETERMINER: Final = "[Aa]n?|[Tt]he|[Tt]his|[Tt]hat|[Ee]very|[Ee]ach|[Aa]nother|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur"
_MONEY_NAMES: Final = "dollar|euro|pound|rupee|franc|peso|rouble|ruble|dirham|shilling|dinar|riyal|naira"


def _regnal(found: re.Match[str]) -> str:
    """`Henry VIII` as `Henry the eighth`."""
    value = None if found[2] == "I" and _I_AM.match(found.string, found.end()) else roman(found[2])
    return f"{found[1]} the {number_words(value, 'en')}" if value else found[0]


def _numbered(found: re.Match[str]) -> str:
    """`World War II` as `World War Two`."""
    value = roman(found[2])
    return f"{found[1]} {number_words(value, 'en', 'cardinal').capitalize()}" if value else found[0]


def _in_words(template: str, found: re.Match[str]) -> str:
    """`the XIX century` as `the nineteenth century`: an ordinal in Roman figures and the pattern's groups, in a template."""
    value = roman(found["numeral"])
    return template.format(*found.groups(), number=number_words(value, "en")) if value else found[0]


def _measured(found: re.Match[str]) -> str:
    """`1 km/h` as `1 kilometre an hour`, `5 km/h` as `5 kilometres an hour`."""
    name = UNITS[found[2]]
    return f"{found[1]} {_one(name) if found[1] == '1' else name}"


def _one(name: str) -> str:
    return " ".join(_SINGULAR.get(word, word.removesuffix("s")) for word in name.split())


_I_AM: Final = re.compile(r" (?:am|think|know|want|love|believe|like|can|do|don['’]t|hope|feel|mean|suppose)\b")
"""Behind `I` as a word."""


def _year_in_letters(found: re.Match[str]) -> str:
    """`MMXXIV` as `2024`."""
    value = roman(found[0])
    return str(value) if value else found[0]


def _compound(found: re.Match[str]) -> str:
    """`5-km` as `5-kilometre`."""
    return f"{found[1]}-{_one(UNITS[found[2]])}"


_SINGULAR: Final = {"feet": "foot", "basis": "basis", "Celsius": "Celsius", "times": "times"}
_SHORT_UNITS: Final = {
    "t": "tonne", "l": "litre", "L": "litre", "h": "hour", "hr": "hour", "d": "day", "lb": "pound", "m": "metre",
    "g": "gram",
}  # fmt: skip
_BEHIND_SLASH: Final = any_of((*EACH, *(unit for unit in UNITS if len(unit) > 1), *_SHORT_UNITS))
_PER: Final = rf"(?:(?<=[\d$€£%])|(?<=\d[kKmMbBtn])|(?<=\dbn))\s?/\s?(?P<unit>{_BEHIND_SLASH})(?:/(?P<each>{any_of(EACH)}))?(?![\w/])"


def _each(found: re.Match[str]) -> str:
    """`€50k/year` as `€50k a year`, `€5/MWh` as `€5 per megawatt hour`."""
    unit = found["unit"]
    each = f" {EACH[found['each']]} {found['each']}" if found["each"] else ""
    if unit in EACH:
        return f" {EACH[unit]} {unit}{each}"
    return f" per {_SHORT_UNITS.get(unit) or _one(UNITS[unit])}{each}"


def _fraction(found: re.Match[str]) -> str:
    """`7/8` as `seven eighths`, `1 1/2` as `1 and one half`."""
    above, below = int(found["above"]), int(found["below"])
    if not 0 < above < below:
        return found[0]
    name = "half" if below == _HALF else "quarter" if below == _QUARTER else number_words(below, "en")
    plural = "" if above == 1 else "s"
    whole = f"{found['whole']} and " if found["whole"] else ""
    return f"{whole}{number_words(above, 'en', 'cardinal')} {name}{plural}"


_HALF: Final = 2
_QUARTER: Final = 4
FIRST_RULES: Final = writings.RULES
RULES: Final = (
    replaced(r"(?<![\w/.,$])((?:19|20)\d\d)/(\d\d)(?![\w/.-])", r"\1–\2"),
    written_out({k: v for k, v in ABBREVIATIONS.items() if "/" in k}),
    replaced(r"(?<=\d)\s?([½⅓⅔¼¾])", lambda found: f" and {FRACTIONS[found[1]]}"),
    replaced(
        r"(?<![\w/.,-])(?:(?P<whole>\d{1,3}) )?(?P<above>\d{1,2})/(?P<below>[2-9]|[1-9]\d|100)(?![\w/-]|[.,]\d)",
        _fraction,
    ),
    written_out(ABBREVIATIONS | FRACTIONS),
    replaced(r"(?<=\d)\s?[″](?!\w)", " inches"),
    replaced(r"(?<=\d[ap]m)\s?[–-]\s?(?=\d{1,2}(?:[:.]\d\d)?\s?[ap]m\b)", " to "),
    replaced(r"\bNo(s?)\.(?=\s?\d)", r"Number\1"),
    replaced(r"(?<!\w)#(?=\d)", "number "),
    replaced(r"(?<!\w)[~≈](?=[\d$€£])", "about "),
    replaced(r"(?<!\w)<\s?(?=[\d$€£])", "less than "),
    replaced(r"(?<!\w)>\s?(?=[\d$€£])", "more than "),
    replaced(_PER, _each),
    replaced(r"(?<=\d)-an-(?=hour\b)", " an "),
    replaced(r"\bFY\s?((?:19|20)\d\d)[/–-](\d\d)\b", r"fiscal year \1 to \2"),
    replaced(r"\bFY\s?['’]?(\d\d)[/–-](\d\d)\b", r"fiscal year 20\1 to \2"),
    replaced(r"\bFY\s?(?=(?:19|20)?\d\d\b)", "fiscal year "),
    replaced(r"\b(\d{1,2}):00\s?(?=[ap]m\b|AM\b|PM\b)", r"\1 "),
    replaced(r"\b(?P<numeral>[IVX]+)(?:th)? ([Cc]entur(?:y|ies))\b", partial(_in_words, "{number} {1}")),
    *calendar.rules(),
    replaced(rf"\b({THRONES} [A-Z][\w’'-]+) ([IVXL]+)(?=\.(?:\s|$))", _regnal),
    replaced(rf"\b((?:{any_of(GIVEN)}) (?:[A-Z]\. |[A-Z][a-z]+ )?[A-Z][a-z]+,?) (II|III|IV|VI)\b(?!\.\w)", _regnal),
    replaced(rf"\b({RANKS} (?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+) ([IVXL]+)\b{_AT_STOP}", _regnal),
    replaced(rf"\b({any_of(MONARCHS)}) ([IVXL]+)\b{_AT_STOP}", _regnal),
    replaced(
        r"(?<=(?:first|econd|third|ourth|fifth|sixth)), (?:the )?(?P<numeral>[IVX]{2,})\b(?=,| and )",
        partial(_in_words, ", the {number}"),
    ),
    replaced(
        r"(?<=(?:first|econd|third|ourth|fifth|sixth)) and (?P<numeral>[IVX]+)\b(?!\.\w)",
        partial(_in_words, " and the {number}"),
    ),
    replaced(r"(the (?:first|second|third|[a-z-]+th))\.(?= [a-z])", r"\1"),
    replaced(r"\b([Tt]he) (?!XL )(?P<numeral>[IVXL]{2,}) (?=[A-Z][a-z])", partial(_in_words, "{0} {number} ")),
    replaced(
        rf"\b({any_of((*NUMBERED, *FAMOUS_NUMBERS))}|(?!(?:{any_of(NO_NAMES)}) )[A-Z][a-z]{{2,}}(?= [IVXL]{{2}})) ([IVXL]+)\b(?!\.\d)",
        _numbered,
    ),
    replaced(r"(?<=\w )[IVX]+(?=\.\d)", _year_in_letters),
    replaced(r"(?<!\w)M[MDCLXVI]{3,}(?!\w)", _year_in_letters),
    replaced(
        rf"(?<![\w.,-])(\d+(?:\.\d+)?)-({any_of(unit for unit in UNITS if unit.isalpha() and len(unit) > 1)})(?![\w/²³·^-])",
        _compound,
    ),
    replaced(rf"(?<![\w.,$€£])(\d+(?:[.,]\d+)*)\s?({any_of(UNITS)})(?![\w/²³·^])", _measured),
    replaced(
        rf"(?<![\w.,$€£])(\d+(?:[.,]\d+)*)[ \u00a0]m\b(?! (?:{any_of(COUNTED)})\b)(?![/·²³^]|\.\w)(?! ?[a-zA-Z]{{1,3}}⁻)",
        r"\1 metres",
    ),
)
_ATTRIBUTES: Final = frozenset({"metres", *(name for name in UNITS.values() if name.endswith(("s", "feet")))}) - {
    "times"
}
"""Names of units that stand before a noun without their plural's ending."""
LAST_RULES: Final = (
    replaced(
        rf"\b([Aa]n? \d[\d.,]*) ({any_of(_ATTRIBUTES)})(?= (?!by |and |or |to )[a-z])",
        lambda found: f"{found[1]} {_one(found[2])}",
    ),
    replaced(r"(?<=\d)\s?bn\b", " billion"),
    replaced(r"(?<=\d)\s?tr?n\b", " trillion"),
    replaced(r"(?<=\d)\s?ml?n\b", " million"),
    replaced(r"(?<![\w/])(\d{1,2})/(\d{1,2})(?![\w/])", r"\1 \2"),
    replaced(rf"(?<=\d)\s?m(?= (?:{any_of(COUNTED)})\b)", " million"),
    *calendar.year_rules(_MEASURED),
    replaced(
        rf"\b((?:{_DETERMINER})(?: [a-z]+)?) (\d[\d.,]*(?: to \d[\d.,]*)?(?: (?:thousand|million|billion|trillion))?) ({_MONEY_NAMES})s? "
        rf"(?!(?:{_AFTER_AMOUNT})\b)(?=[a-z])",
        r"\1 \2 \3 ",
    ),
)
