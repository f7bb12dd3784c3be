"""English, read as on the radio."""

import re
from functools import cache
from typing import Final

from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.wording import Scale, Wording, any_of, replaced, roman, scale_forms, words, written_out
from podcaster.units import LanguageTag

_MONTHS: Final = {
    "January": "Jan",
    "February": "Feb",
    "March": "Mar",
    "April": "Apr",
    "May": "May",
    "June": "Jun",
    "July": "Jul",
    "August": "Aug",
    "September": "Sept|Sep",
    "October": "Oct",
    "November": "Nov",
    "December": "Dec",
}
_MONTH_OF: Final = {short: month for month, shorts in _MONTHS.items() for short in (month, *shorts.split("|"))}
_MONTH: Final = rf"(?P<month>{any_of(_MONTH_OF)})\b\.?"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_DAYS: Final = rf"(?P<day>{_DAY})(?:st|nd|rd|th)?(?:(?P<link>[–—-]| to | and | or )(?P<last>{_DAY})(?:st|nd|rd|th)?)?"

_ABBREVIATIONS: Final = {
    "e.g.": "for example",
    "e.g.,": "for example,",
    "i.e.": "that is",
    "i.e.,": "that is,",
    "etc.": "et cetera",
    "vs.": "versus",
    "vs": "versus",
    "v.": "versus",
    "cf.": "compare",
    "approx.": "approximately",
    "ca.": "around",
    "est.": "estimated",
    "incl.": "including",
    "w/o": "without",
    "w/": "with",
    "b/d": "barrels a day",
    "mb/d": "million barrels a day",
    "bpd": "barrels a day",
    "Fig.": "Figure",
    "Gov.": "Governor",
    "Sen.": "Senator",
    "Rep.": "Representative",
    "Gen.": "General",
    "Govt.": "government",
    "govt.": "government",
    "Dept.": "Department",
    "Inc.": "Incorporated",
    "Corp.": "Corporation",
    "Ltd.": "Limited",
    "a.m.": "AM",
    "p.m.": "PM",
    "y/y": "year on year",
    "q/q": "quarter on quarter",
    "m/m": "month on month",
    "yoy": "year on year",
    "YoY": "year on year",
    "qoq": "quarter on quarter",
    "QoQ": "quarter on quarter",
    "and/or": "and or",
    "24/7": "24 7",
    "9/11": "nine eleven",
    "50/50": "fifty fifty",
    "50-50": "fifty fifty",
    "n/a": "not available",
    "N/A": "not available",
    "+/-": "plus or minus",
    "±": "plus or minus ",
}
_FRACTIONS: Final = {"1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter"} | {
    "3/4": "three quarters",
    "½": "one half",
    "⅓": "one third",
    "⅔": "two thirds",
    "¼": "one quarter",
    "¾": "three quarters",
}
_UNITS: Final = {
    "km/h": "kilometres an hour",
    "kph": "kilometres an hour",
    "mph": "miles an hour",
    "km²": "square kilometres",
    "sq km": "square kilometres",
    "sq. km": "square kilometres",
    "sq mi": "square miles",
    "km": "kilometres",
    "kg": "kilograms",
    "mt": "million tonnes",
    "Mt": "megatonnes",
    "MW": "megawatts",
    "GW": "gigawatts",
    "TW": "terawatts",
    "kWh": "kilowatt hours",
    "MWh": "megawatt hours",
    "GWh": "gigawatt hours",
    "TWh": "terawatt hours",
    "bcm": "billion cubic metres",
    "bps": "basis points",
    "bp": "basis points",
    "pp": "percentage points",
    "ppt": "percentage points",
    "ppts": "percentage points",
    "°C": "degrees Celsius",
    "°F": "degrees Fahrenheit",
    "ha": "hectares",
    "bbl": "barrels",
    "x": "times",
}
_COUNTED: Final = words(
    "barrels customers doses homes households jobs migrants people refugees tonnes tons units users voters years"
)
"""Before these, 2m is two million and not two metres."""
_MONARCHS: Final = words(
    "Abdullah Albert Alexander Alfonso Benedict Carl Catherine Charles Christian Constantine Edward Elizabeth Felipe "
    "Ferdinand Francis Frederick George Gregory Gustav Harald Hassan Henri Henry Innocent Isabella Ivan James John Leo "
    "Leopold Louis Margrethe Mary Maximilian Mehmed Michael Mohammed Mohamed Napoleon Nicholas Olav Paul Pedro Peter "
    "Philip Pius Ramses Richard Selim Urban Victoria Wilhelm William Xavier"
)
_REGNAL: Final = re.compile(rf"\b({any_of(_MONARCHS)}) ([IVX]+)\b(?!\.)")
_NUMBERED: Final = re.compile(
    r"\b(World War|Chapter|Part|Article|Annex|Phase|Title|Volume|Vol\.|Act|Class|Category"
    r"|Schedule|Section|Type|Tier|Book|[A-Z][a-z]{2,}(?= [IVX]{2}))"
    r" ([IVX]+)\b"
)
_QUARTERS: Final = ("first", "second", "third", "fourth")
_PREPOSITION: Final = (
    r"(?P<lead>\b(?:in|of|for|during|by|until|since|from|through|after|before|over|In|For|By|Since|During) )?"
)


def wording(language: LanguageTag) -> Wording:
    """The words of English; regions differ in nothing that is spelt here."""
    del language
    return Wording(
        decimal_comma=False,
        percent="percent",
        to="to",
        between=("between", "and"),
        plus="plus",
        minus="minus",
        currencies=currency_names(
            USD="dollar|dollars",
            EUR="euro|euros",
            GBP="pound|pounds",
            JPY="yen",
            CNY="yuan",
            INR="rupee|rupees",
            KRW="won",
            RUB="rouble|roubles",
            TRY="lira",
            CHF="Swiss franc|Swiss francs",
            AUD="Australian dollar|Australian dollars",
            CAD="Canadian dollar|Canadian dollars",
            HKD="Hong Kong dollar|Hong Kong dollars",
            NZD="New Zealand dollar|New Zealand dollars",
            SGD="Singapore dollar|Singapore dollars",
            BRL="real|reais",
            ILS="shekel|shekels",
            UAH="hryvnia",
        ),
        scales=scale_forms(
            (Scale(one="1 thousand", many="thousand"), "k|K|thousand"),
            (Scale(one="1 million", many="million"), "m|M|mn|mm|MM|mln|million"),
            (Scale(one="1 billion", many="billion"), "b|B|bn|Bn|bln|billion"),
            (Scale(one="1 trillion", many="trillion"), "t|T|tn|trn|trillion"),
        ),
        rules=(
            written_out(_ABBREVIATIONS | _FRACTIONS),
            replaced(r"\bNo(s?)\.(?=\s?\d)", r"Number\1"),
            replaced(r"(?<!\w)#(?=\d)", "number "),
            replaced(r"(?<!\w)[~≈](?=[\d$€£])", "about "),
            replaced(r"(?<!\w)[<](?=\s?[\d$€£])\s?", "less than "),
            replaced(r"(?<!\w)[>](?=\s?[\d$€£])\s?", "more than "),
            replaced(
                rf"{_PREPOSITION}\b(?P<kind>Q)(?P<count>[1-4])\b(?:[ -]?(?P<year>(?:19|20)\d\d)\b)?", _part_of_year
            ),
            replaced(
                rf"{_PREPOSITION}\b(?P<kind>H)(?P<count>[12])\b(?:[ -]?(?P<year>(?:19|20)\d\d)\b)?", _part_of_year
            ),
            replaced(r"(?P<count>\b\d{1,2})[.](?P<minutes>[0-5]\d)\s?(?=[ap]m\b|AM\b|PM\b)", r"\g<count>:\g<minutes> "),
            replaced(r"(?<=\d)\s?(am|pm)\b", lambda found: f" {found[1].upper()}"),
            replaced(rf"(?P<lead>\b[Tt]he )?\b{_DAYS} {_MONTH}(?!\w)", _day_month),
            replaced(rf"\b{_MONTH} {_DAYS}(?![\d,.]\d|\d|[%\w]| (?:million|billion|percent))", _month_day),
            replaced(rf"\b{_MONTH}(?= \d{{4}}\b)", lambda found: _MONTH_OF[found["month"]]),
            _REGNAL_RULE,
            _NUMBERED_RULE,
            replaced(rf"(?<=\d)\s?({any_of(_UNITS)})(?![\w/])", lambda found: f" {_UNITS[found[1]]}"),
        ),
        last_rules=(
            replaced(r"(?<=\d)\s?bn\b", " billion"),
            replaced(r"(?<=\d)\s?tr?n\b", " trillion"),
            replaced(rf"(?<=\d)\s?m(?= (?:{any_of(_COUNTED)})\b)", " million"),
            replaced(r"(?<![\w.,:])['’]?((?:1[1-9]|20)?\d0)['’]?s\b", _decade),
            replaced(r"(?<![\w.,:/$€£-])(1[1-9]\d\d|20\d\d)(?![\w%/]|[.,:]\d|-\d)", lambda found: _year(int(found[1]))),
            replaced(
                r"\b([Aa]n?(?: [a-z]+)?) (\d[\d.,]*(?: (?:thousand|million|billion|trillion))?) (dollar|euro|pound)s "
                r"(?!(?:to|of|in|for|and|or|from|by|at|on|a|per|over|under|with|as|is|was|into|since|last|this|that)\b)(?=[a-z])",
                r"\1 \2 \3 ",
            ),
        ),
    )


def _part_of_year(found: re.Match[str]) -> str:
    """`in Q3 2021` as `in the third quarter of 2021`."""
    name = "quarter" if found["kind"] == "Q" else "half"
    lead = f"{found['lead']}the " if found["lead"] else ""
    year = f" of {found['year']}" if found["year"] else ""
    return f"{lead}{_QUARTERS[int(found['count']) - 1]} {name}{year}"


def _day_month(found: re.Match[str]) -> str:
    """`22 March` as `the 22nd of March`."""
    last = f" {_link(found['link'])} the {_ordinal(found['last'])}" if found["last"] else ""
    return f"{found['lead'] or 'the '}{_ordinal(found['day'])}{last} of {_MONTH_OF[found['month']]}"


def _month_day(found: re.Match[str]) -> str:
    """`March 22` as `March 22nd`."""
    last = f" {_link(found['link'])} {_ordinal(found['last'])}" if found["last"] else ""
    return f"{_MONTH_OF[found['month']]} {_ordinal(found['day'])}{last}"


def _link(written: str) -> str:
    return written.strip() if written.strip().isalpha() else "to"


def _ordinal(day: str) -> str:
    number = int(day)
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")  # noqa: PLR2004 # eleventh to nineteenth
    return f"{number}{ending}"


def _regnal(found: re.Match[str]) -> str:
    value = roman(found[2])
    return f"{found[1]} the {_words(value, 'ordinal')}" if value else found[0]


def _numbered(found: re.Match[str]) -> str:
    value = roman(found[2])
    return f"{found[1]} {_words(value, 'cardinal').capitalize()}" if value else found[0]


_REGNAL_RULE: Final = replaced(_REGNAL.pattern, _regnal)
_NUMBERED_RULE: Final = replaced(_NUMBERED.pattern, _numbered)


def _decade(found: re.Match[str]) -> str:
    """`1980s` as `nineteen eighties`."""
    words = _year(int(found[1])) if len(found[1]) == 4 else _words(int(found[1]), "cardinal")  # noqa: PLR2004 # with its century
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _year(year: int) -> str:
    return _words(year, "year")


@cache
def _words(number: int, form: str) -> str:
    from num2words import num2words  # noqa: PLC0415 # slow to load; most sentences have nothing for it

    return str(num2words(number, lang="en", to=form))
