"""English: the words for abbreviations, units, currencies and scales."""

from collections.abc import Mapping
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
    "either/or": "either or",
    "Art.": "Article",
    "Arts.": "Articles",
    "Sec.": "Section",
    "ext.": "extension",
    "nº": "number",
    "Tel:": "Telephone:",
    "Tel.": "Telephone",
    "tel.": "telephone",
    "1/100": "one hundredth",
    "¶": "paragraph ",
    "24/7": "24 7",
    "9/11": "nine eleven",
    "50/50": "fifty fifty",
    "50-50": "fifty fifty",
    "n/a": "not available",
    "N/A": "not available",
    "+/-": "plus or minus",
    "±": "plus or minus ",
}
SHORT_FORMS: Final = (
    (r"\bp\. ?(?=\d)", "page "), (r"\bpp\. ?(?=\d)", "pages "), (r"\bch\. ?(?=\d)", "chapter "), (r"\bvol\. ?(?=\d)", "volume "),
    (r"\bfig\. ?(?=\d)", "figure "), (r"\bparas?\. ?(?=\d)", "paragraph "), (r"\bc\. ?(?=1\d{3}\b|[2-9]\d\d\b)", "circa "),
    (r"\b([Bb])\. (?=1[5-9]\d\d\b|20\d\d\b)", r"\1orn "), (r"\bd\. (?=1[5-9]\d\d\b|20\d\d\b)", "died "),
    (r"\br\. (?=1\d{3}\b)", "reigned "), (r"\bLt\. (?=[A-Z])", "Lieutenant "), (r"\bCol\. (?=[A-Z])", "Colonel "),
    (r"\bSgt\. (?=[A-Z])", "Sergeant "), (r"\bCapt\. (?=[A-Z])", "Captain "), (r"\bMaj\. (?=[A-Z])", "Major "),
    (r"\bRev\. (?=[A-Z])", "Reverend "), (r"\bHon\. (?=[A-Z])", "Honourable "), (r"\bMessrs\.? (?=[A-Z])", "Messieurs "),
    (r"\bMt\. (?=[A-Z])", "Mount "), (r"\bFt\. (?=[A-Z])", "Fort "), (r"\bRm\. (?=\d)", "Room "), (r"\bApt\. (?=\d)", "Apartment "),
    (r"(?<=[a-z]) St\.(?= [a-z]|[,;.]|$)", " Street"), (r"\bSt\. (?=[A-Z])", "Saint "), (r"\bAve\.(?=[ ,.;]|$)", "Avenue"),
    (r"\bBlvd\.(?=[ ,.;]|$)", "Boulevard"), (r"(?<=\d) hrs\b\.?", " hours"), (r"(?<=\d) mins\b", " minutes"),
    (r"(?<=\d) secs\b", " seconds"),
    (r"(?<=\d) yrs\b", " years"), (r"(?<=\d) wks\b", " weeks"), (r"(?<=\d) mos\b", " months"), (r"(?<=[\d½¼¾]) tbsps?\b", " tablespoons"),
    (r"(?<=[\d½¼¾]) tsps?\b", " teaspoons"), (r"(?<=\S) @ (?=[\d$€£])", " at "), (r"(?<![\d/])10/10(?![\d/])", "10 out of 10"),
    (r"(?<=[½¼¾])\s?%", " percent"), (r"(?<=\d)[kK](?= (?!runs|races|filings)[a-z]+s\b)", " thousand"),
    (r"(?<=\d)M(?= [a-z]+s\b)", " million"),
    (r"(?<=\d)m(?= bbl\b)", " million"), (r"\b(GMT|UTC)\+(?=\d)", r"\1 plus "), (r"\b(GMT|UTC)[-−](?=\d)", r"\1 minus "),
)  # fmt: skip
"""Abbreviations that are words only beside what they belong to: patterns, and what stands in their place."""
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
    "sq ft": "square feet",
    "sq m": "square metres",
    "cu ft": "cubic feet",
    "rpm": "revolutions a minute",
    "bpm": "beats a minute",
    "dB": "decibels",
    "dB(A)": "decibels",
    "dBA": "decibels",
    "Nm": "newton metres",
    "N·m": "newton metres",
    "Gbps": "gigabits per second",
    "Mbps": "megabits per second",
    "kbps": "kilobits per second",
    "mpg": "miles a gallon",
    "bu": "bushels",
    "ac": "acres",
    "nmi": "nautical miles",
    "ppb": "parts per billion",
    "fl oz": "fluid ounces",
    "fl. oz.": "fluid ounces",
    "x": "times",
}
EACH: Final = {"hour": "an"} | dict.fromkeys(
    words(
        "acre barrel bushel capita day dose foot gallon head hectare home household inhabitant kilo kilogram "
        "kilometre litre megawatt metre "
        "mile minute month night ounce passenger patient person piece pound pupil quarter resident second share shift student ton tonne "
        "tree unit user vehicle visit visitor vote week worker year"
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
    "Abbas Abdulhamid Abdullah Adolf Akbar Adrian Afonso Ahmed Albert Alexander Alexios Alexy Alfonso Alfred Amadeus "
    "Amenhotep Anastasius Andrew Anne "
    "Antiochus Artaxerxes Augustus Baldwin Bartholomew Baudouin Bayezid Beatrix Benedict Boleslaw Boniface "
    "Boris Callixtus Cambyses Canute Carl "
    "Carlos Carol Casimir Catherine Celestine Charles Christian Christina Clement Cleopatra Cnut Conrad "
    "Constans Constantine Cyrus Darius David "
    "Edmund Edward Elizabeth Eric Erik Ethelred Eugene Farouk Faisal Felipe Felix Feodor Ferdinand Fernando "
    "Francis Franz Frederick Friedrich "
    "Fuad Fyodor Gelasius George Georg Gregory Gustaf Gustav Gustavus Haakon Hadrian Harald Harold Hassan "
    "Heinrich Henri Henry Honorius Humbert "
    "Hussein Håkon Innocent Isabella Ivan James Jaume Joachim Joao Johan Johann John Joseph Juan Juliana "
    "Julius Justinian Kamehameha Karl "
    "Khosrow Kirill Ladislaus Leo Leopold Letsie Lothair Louis Ludwig Luitpold Magnus Mahmud Manuel Margrethe "
    "Maria Mary Matthias Maximilian "
    "Mehmed Menelik Michael Mithridates Mohamed Mohammed Moshoeshoe Mswati Murad Mustafa Napoleon "
    "Nebuchadnezzar Nicholas Norodom Olaf Olav "
    "Oscar Osman Otto Paschal Paul Pedro Pelagius Pepi Peter Philip Philippe Pius Psamtik Ptolemy Rainier "
    "Rama Rameses Ramesses Ramses Richard "
    "Robert Rudolf Rudolph Sancho Sargon Seleucus Selassie Selim Sergius Seti Senusret Shalmaneser Shapur Shenouda "
    "Sigismund Sigmund Simeon Sixtus "
    "Shah Sobhuza Stanislaus Stephen Suleiman Sverre Sweyn Sylvester Tawadros Tewodros Theodora Theodosius "
    "Thutmose Tiberius Tupou Tutmose Umberto "
    "Urban Valdemar Valentinian Vasily Victor Victoria Vittorio Vladislaus Waldemar Wenceslaus Wilhelm "
    "Wilhelmina Willem William Wladyslaw "
    "Xavier Xerxes Yohannes Zog"
)
FAMOUS_NUMBERS: Final = words(
    "Apollo Artemis Atlas Civilization Fantasy Godfather Gemini Halo Iphone Iron Jaws Mark Mercury Mk Olympiad Polaris Rambo Rocky "
    "Saturn Soyuz Starship Titan Trident Voyager Windows"
)
"""Names of things that come in series and are counted in Roman figures."""
NO_NAMES: Final = words(
    "About After All Also And Any Are Because Before But Can Class Did Does Each Every For From Had Has Have "
    "Her Here His How Its Many Most "
    "Nor Not Now Off One Only Our Out Over Per She Some Such Than That The Their Them Then There These They "
    "This Those Too Two Under Until "
    "Was Were What When Where Which While Who Why Will With You Your"
)
"""Words that begin sentences, behind which capitals are no number."""
RANKS: Final = (
    "(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Czar|Sultan|Shah|Kaiser|Prince|Princess|Duke|Duchess|Archduke|Patriarch|Saint|"
    "St|Maharaja|Pharaoh|Khan|Emir|Bishop|Archbishop|Catholicos|Monarch)"
)
"""Titles behind which a name's Roman number is an ordinal."""
_NAMED: Final = currency_names(
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
    BGN="lev|leva",
)
CURRENCIES: Final[Mapping[str, str]] = {**_NAMED, "kr": "krone|kroner"}
SCALES: Final = scale_forms(
    (Scale(one="1 thousand", many="thousand"), "k|K|thousand"),
    (Scale(one="1 lakh", many="lakh"), "lakh|lakhs"),
    (Scale(one="1 crore", many="crore"), "crore|crores|cr"),
    (Scale(one="1 lakh crore", many="lakh crore"), "lakh crore|lakh crores"),
    (Scale(one="1 million", many="million"), "m|M|mn|mm|MM|mln|million"),
    (Scale(one="1 billion", many="billion"), "b|B|bn|Bn|bln|billion"),
    (Scale(one="1 trillion", many="trillion"), "t|T|tn|trn|trillion"),
)
