"""English: the words for abbreviations, units, currencies and scales."""

from typing import Final

from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.wording import Scale, scale_forms, words

ABBREVIATIONS: Final = {
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
FRACTIONS: Final = {"1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter"} | {
    "3/4": "three quarters",
    "½": "one half",
    "⅓": "one third",
    "⅔": "two thirds",
    "¼": "one quarter",
    "¾": "three quarters",
}
UNITS: Final = {
    "km/h": "kilometres an hour",
    "kph": "kilometres an hour",
    "mph": "miles an hour",
    "km²": "square kilometres",
    "sq km": "square kilometres",
    "sq. km": "square kilometres",
    "sq mi": "square miles",
    "km2": "square kilometres",
    "m²": "square metres",
    "m2": "square metres",
    "m³": "cubic metres",
    "m3": "cubic metres",
    "cm": "centimetres",
    "mm": "millimetres",
    "ft": "feet",
    "kW": "kilowatts",
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
EACH: Final = {"hour": "an"} | dict.fromkeys(
    words(
        "barrel day head home household kilo litre minute month night person quarter second share ton tonne unit week year"
    ),
    "a",
)
"""Behind a slash and an amount."""
NUMBERED: Final = (
    "World War",
    *words("Chapter Part Article Annex Phase Title Volume Act Class Category Schedule Section Type Tier Book"),
)
"""Words before a Roman numeral that is read as a cardinal."""
COUNTED: Final = words(
    "barrels customers doses homes households jobs migrants people refugees tonnes tons units users voters years"
)
"""Before these 2m is two million and not two metres."""
MONARCHS: Final = words(
    "Abdullah Albert Alexander Alfonso Benedict Carl Catherine Charles Christian Constantine Edward Elizabeth Felipe "
    "Ferdinand Francis Frederick George Gregory Gustav Harald Hassan Henri Henry Innocent Isabella Ivan James John Leo "
    "Leopold Louis Margrethe Mary Maximilian Mehmed Michael Mohammed Mohamed Napoleon Nicholas Olav Paul Pedro Peter "
    "Philip Pius Ramses Richard Selim Urban Victoria Wilhelm William Xavier"
)
RANKS: Final = (
    "(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Czar|Sultan|Shah|Kaiser|Prince|Princess|Duke|Duchess|Archduke|Patriarch|Saint|"
    "St|Maharaja|Pharaoh|Khan|Emir|Bishop|Archbishop|Catholicos|Monarch)"
)
"""Titles behind which a name's Roman number is an ordinal."""
CURRENCIES: Final = currency_names(
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
    NGN="naira",
    PHP="Philippine peso|Philippine pesos",
    VND="dong",
    THB="baht",
    CRC="colón|colóns",
    PYG="guaraní|guaranís",
    GHS="cedi|cedis",
    KZT="tenge",
    AZN="manat",
    GEL="lari",
    LAK="kip",
    MNT="tugrik|tugriks",
    BDT="taka",
    KHR="riel|riels",
    AFN="afghani|afghanis",
    IRR="rial|rials",
    PKR="Pakistani rupee|Pakistani rupees",
    AMD="dram",
    KGS="som",
    TWD="New Taiwan dollar|New Taiwan dollars",
    MXN="Mexican peso|Mexican pesos",
    ZAR="rand",
    PLN="zloty",
    CZK="koruna",
    HUF="forint",
    SEK="Swedish krona|Swedish kronor",
    NOK="Norwegian krone|Norwegian kroner",
    DKK="Danish krone|Danish kroner",
)
SCALES: Final = scale_forms(
    (Scale(one="1 thousand", many="thousand"), "k|K|thousand"),
    (Scale(one="1 million", many="million"), "m|M|mn|mm|MM|mln|million"),
    (Scale(one="1 billion", many="billion"), "b|B|bn|Bn|bln|billion"),
    (Scale(one="1 trillion", many="trillion"), "t|T|tn|trn|trillion"),
)
