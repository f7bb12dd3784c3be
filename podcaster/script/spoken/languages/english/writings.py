"""English: rare writings of numbers, sums and times, brought into the usual ones before other rules see them."""

import re
from typing import Final

from podcaster.script.spoken.languages.english.words import EACH, SHORT_FORMS
from podcaster.script.spoken.numbered_parts import IN_A_STREET
from podcaster.script.spoken.wording import any_of, replaced

_MONTH_OR_PLACE: Final = (
    r"(?<!January )(?<!February )(?<!March )(?<!April )(?<!May )(?<!June )(?<!July )(?<!August )(?<!September )(?<!October )"
    r"(?<!November )(?<!December )(?<!Day )(?<!day )(?<!page )(?<!Page )(?<!Chapter )(?<!Section )(?<!Room )(?<!No )(?<!Phase )"
)
"""Behind these a figure stands for itself, whatever follows."""


def _indian(found: re.Match[str]) -> str:
    """`12,34,567.50` grouped as English voices read it."""
    whole, dot, part = found[0].replace(",", "").partition(".")
    return f"{int(whole):,}{dot}{part}"


def _pence(found: re.Match[str]) -> str:
    """`5p` and `10c`."""
    unit = {"p": "pence", "c": "cents"}[found[2]]
    return f"{found[1]} {('penny' if unit == 'pence' else 'cent') if found[1] == '1' else unit}"


def _continental(found: re.Match[str]) -> str:
    """`12 345,67` as `12,345.67`."""
    whole, _, part = found[0].rpartition(",")
    return f"{re.sub(r'[^0-9]', ',', whole)}.{part}"


def _height(found: re.Match[str]) -> str:
    """`6'2"` as `6 feet 2 inches`."""
    inches = f" {found[2]} {'inch' if found[2] == '1' else 'inches'}" if found[2] else ""
    return f"{found[1]} feet{inches}"


def _grouped(found: re.Match[str]) -> str:
    """`14 300` as `14,300`: English voices take a space for the end of a number."""
    return re.sub(r"\D", ",", found[0])


_BOOKS: Final = {
    "Mt": "Matthew", "Mk": "Mark", "Lk": "Luke", "Jn": "John", "Rom": "Romans", "Gen": "Genesis", "Ex": "Exodus", "Ps": "Psalm",
    "Matthew": "Matthew", "Mark": "Mark", "Luke": "Luke", "John": "John", "Genesis": "Genesis", "Exodus": "Exodus", "Psalm": "Psalm",
    "Isaiah": "Isaiah", "Romans": "Romans", "Acts": "Acts", "Cor": "Corinthians", "Tim": "Timothy", "Pet": "Peter",
    "Thess": "Thessalonians",
    "Sam": "Samuel", "Kgs": "Kings", "Chr": "Chronicles", "Rev": "Revelation", "Deut": "Deuteronomy", "Prov": "Proverbs",
    "Eph": "Ephesians",
    "Gal": "Galatians", "Phil": "Philippians", "Col": "Colossians", "Heb": "Hebrews", "Jas": "James", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Matt": "Matthew", "Corinthians": "Corinthians", "Revelation": "Revelation", "Deuteronomy": "Deuteronomy", "Proverbs": "Proverbs",
    "Leviticus": "Leviticus", "Numbers": "Numbers", "Job": "Job", "Ezekiel": "Ezekiel", "Daniel": "Daniel", "Hebrews": "Hebrews",
}  # fmt: skip
"""Books of the Bible, whose chapters and verses a colon parts."""
_COUNTED: Final = ("mg", "g", "kg", "ml", "people", "kcal", "kB", "MB")
"""Beside plurals, what there is so much of for one of a thing behind a slash."""
_SHORT_TIMES: Final = {"s": "second", "h": "hour", "min": "minute"}


def _rate(found: re.Match[str]) -> str:
    """`16 bits/sample` as `16 bits per sample`."""
    return f"{found[1]} per {_SHORT_TIMES.get(found[2], found[2])}"


_PENCE: Final = {"p": "pence", "c": "cents"}
_BEHIND_PENCE: Final = {
    "kWh": "kilowatt-hour", "MWh": "megawatt-hour", "l": "litre", "L": "litre", "litre": "litre", "kg": "kilogram", "km": "kilometre",
    "mile": "mile", "min": "minute", "minute": "minute", "therm": "therm", "share": "share", "gal": "gallon", "lb": "pound",
}  # fmt: skip
"""Units that things are priced by in pence and cents."""
_OLD_MONEY: Final = r"(?P<shillings>\d{1,2})s(?:[ .]?(?P<pence>\d{1,2}(?:½|¼|¾)?)d)?(?!\w)"
_POUNDS: Final = rf"£(?P<pounds>\d[\d,]*)[ .]{_OLD_MONEY}"
_SHILLINGS: Final = rf"(?<![\w.,’'–-])(?=\d{{1,2}}s[ .]?\d{{1,2}}(?:½|¼|¾)?d){_OLD_MONEY}"


def _old_money(found: re.Match[str]) -> str:
    """`£4 10s 6d` as `4 pounds 10 shillings and 6 pence`."""
    pounds = found.groupdict().get("pounds")
    said = [f"{pounds} {'pound' if pounds == '1' else 'pounds'}"] if pounds else []
    said.append(f"{found['shillings']} {'shilling' if found['shillings'] == '1' else 'shillings'}")
    if pence := found["pence"]:
        said.append(f"and {pence} {'penny' if pence == '1' else 'pence'}")
    return " ".join(said)


_OF_SO_MANY: Final = "games|matches|seats|tests|cases|patients|teams|races|questions|districts|wards|countries"
"""Things of which somebody wins or has so many out of so many."""
RULES: Final = (
    replaced(_POUNDS, _old_money),
    replaced(
        rf"(?<![\w/.,])(\d{{1,3}})/(\d{{1,3}})(?= (?:{_OF_SO_MANY})\b)|(?<=\bscored )(\d{{1,3}})/(\d{{1,3}})(?![\w/-]|[.,]\d)",
        lambda found: f"{found[1] or found[3]} out of {found[2] or found[4]}",
    ),
    replaced(
        r"(?<![\w.,$€£])(\d{1,2})(p)(?= (?:coins?|stamps?|pieces?|a|per|more|less|off|each|rise|levy|charge|bag)\b)",
        _pence,
    ),
    replaced(_SHILLINGS, _old_money),
    replaced(rf"(?<![\w/.])(\d{{1,3}})/(\d{{1,3}})(?={IN_A_STREET})", r"\1 to \2"),
    replaced(
        r"(?<![\w/.,])(\d\d)/(\d\d)(?= (?:season|campaign|financial year|fiscal year|academic year|school year)\b)",
        r"\1–\2",
    ),
    replaced(
        rf"(?<![\w.,])(\d+(?:\.\d+)?\s?)?([pc])/(?={any_of(_BEHIND_PENCE)}(?!\w))([A-Za-z]+)",
        lambda found: f"{found[1] or ''}{' ' if found[1] else ''}{_PENCE[found[2]]} per {_BEHIND_PENCE[found[3]]}",
    ),
    replaced(r"(?<=000)/(?:yr|year)\b", " a year"),
    replaced(r"/mo\b\.?", "/month"),
    replaced(r"/lb\.(?=[,;) ])", "/lb"),
    replaced(r"(?<=, )no\. (?=\d)", "number "),
    replaced(r"(?<=[a-z,] )No (?=\d)", "number "),
    replaced(r"\bc\. ?(?=[£$€])", "circa "),
    replaced(r"(?<=\d) pts\b", " points"),
    replaced(
        rf"\b({any_of(_BOOKS)})\.? (\d{{1,3}}):(\d{{1,3}})(?P<more>[–-]\d)?",
        lambda found: (
            f"{_BOOKS[found[1]]} {found[2]}, verse{'s' if found['more'] else ''} {found[3]}{found['more'] or ''}"
        ),
    ),
    replaced(r"(?<=[A-Za-z\d])\s?/\s?[µμ][lL]\b", " per microlitre"),
    replaced(rf"(?<=\d )({any_of(_COUNTED)}|[a-z]{{3,}}s)/(s|h|min|{any_of(EACH)}|[a-z]{{4,}}(?<!s))(?![\w/])", _rate),
    replaced(r"(?<=\d)m(?=(?: and | or | to |[–/-])\d[\d.]*m (?:people|[a-z]{4,}s)\b)", " million"),
    replaced(r"(?<=\d) cu\.? ft/s\b", " cubic feet per second"),
    replaced(
        r"(?<=[A-Za-z\d])(?<!\by)(?<!\bx)/(wk|y|cc)\b",
        lambda found: {"wk": "/week", "y": "/yr", "cc": "/cm3"}[found[1]],
    ),
    replaced(r"\bFY['’](?=\d\d\b)", "FY "),
    replaced(r"\b([QH][1-4])\s?['’](\d\d)\b", r"\1 20\2"),
    replaced(r"(?<![\w.,+])\+(\d{1,3}) (\d{3})(?! ?\d|[-.,]\d)", r"+\1,\2"),
    replaced(r"(?<!\w)R(?=\d{1,3},\d{3}(?!\d))", "ZAR "),
    replaced(r"(?<=[$€£¥₹]\d)mil\b|(?<=[$€£¥₹]\d\.\d)mil\b|(?<=[$€£¥₹]\d\d)mil\b", " million"),
    replaced(r"(?<![\w.,])1\s?¢", "1 cent"),
    replaced(r"\bISSN (\d{4})-(\d{3}[\dX])\b", lambda found: f"ISSN {' '.join(found[1])}, {' '.join(found[2])}"),
    *(replaced(pattern, words) for pattern, words in SHORT_FORMS),
    replaced(r"(?<![\w.,])\d{1,3}(?:\.\d{3}){2,}(?![\w]|[.,]\d)", lambda found: found[0].replace(".", ",")),
    replaced(
        rf"{_MONTH_OR_PLACE}(?<![\w.,+])(?<!\d )(?<!\+\d )(?<!\+\d\d )(?<!\+\d\d\d )(?!116 (?:000|006|1\d\d))[1-9]\d{{0,2}}"
        r"(?:([ \u00a0\u2009\u202f’'])\d{3}(?:\1\d{3})*)(?![ \u00a0]?\d|,\d|-\d)",
        _grouped,
    ),
    replaced(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+,\d{1,2}(?!\d|,)", _continental),
    replaced(r"(?<=\b(?:19|20)\d\d )(\d{1,3}) (\d{3})(?![ \u00a0]?\d|,\d|-\d)", r"\1,\2"),
    replaced(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", ","),
    replaced(r"(?<=\d)\s?per cent\b", " percent"),
    replaced(r"(?<=\d)\s?¢", " cents"),
    replaced(r"(?<!GH)¢\s?(\d+)", r"\1 cents"),
    replaced(r"(?<![\w,.])\d{1,3}(?:,\d\d){1,3},\d{3}(?:\.\d+)?(?![\w,]|\.\d)", _indian),
    replaced(r"(?<=\d)_(?=\d{3}(?!\d))", ","),
    replaced(r"(?<![\w.])(?<!\d )\.(?=\d)", "0."),
    replaced(r"(?<![\w$€£¥₹])([$€£¥₹])[-−](?=\d)", r"−\1"),
    replaced(
        r"(?<![\w.,])(\d{1,3}(?:\.\d)?)([pc])(?= (?:a|per|in|each|to|on|from|off|higher|lower|more|less)\b)(?<!720p)(?<!480p)",
        _pence,
    ),
    replaced(r"(?<![\w.,])(\d{1,2})(p)(?=[,;.)]|$| and )(?<!\bpage \d\dp)", _pence),
    replaced(r"(?<=\d)-(?=[1-9]\d?/\d{1,2}(?![\d/]))", " "),
    replaced(r"\bp\.\s?p\.(?= [a-z])|\bp\.\s?p\.?(?=[,;)]|$)", "pp"),
    replaced(r"(?<=[$€£¥₹])(\d[\d,]*)\.00(?!\d)", r"\1"),
    replaced(
        r"(?<=[$€£¥₹]\d)-(?=(?:thousand|million|billion|trillion)\b)|(?<=[$€£¥₹]\d\d)-(?=(?:million|billion|trillion)\b)",
        " ",
    ),
    replaced(
        r"(?<=[$€£¥₹]\d\.\d)-(?=(?:million|billion|trillion)\b)|(?<=[$€£¥₹]\d{3})-(?=(?:million|billion|trillion)\b)",
        " ",
    ),
    replaced(
        r"(?<=[\dkmbn])-a-(?=(?:year|month|week|day|night|head|share|barrel|tonne|ton|litre|gallon|pound|kilo)\b)",
        " a ",
    ),
    replaced(r"(?<!\w)R(?=\d[\d.,]*\s?(?:m|bn|tn|million|billion|trillion)\b)", "ZAR "),
    replaced(r"(?<![\w.])(?<!° )(?<!°)(\d)['′]\s?(?:(\d{1,2})(?:[\"″”]|''))(?!\w)", _height),
    replaced(r"(?<![\w.])(?<!° )(?<!°)(\d)()′(?!\w|\s?\d)", _height),
    replaced(
        r"(?<![\w.,])(\d{1,2}) ft (\d{1,2}) in\b\.?(?! [a-z])|(?<![\w.,])(\d{1,2}) ft (\d{1,2}) in(?=[,;.])",
        lambda found: f"{found[1] or found[3]} feet {found[2] or found[4]} inches",
    ),
    replaced(r"(?<![\w.,])(\d{1,2})h([0-5]\d)(?!\w)", r"\1:\2"),
    replaced(r"(?<=Boeing )(7\d7)-(?=[1-9]00)|(?<=Airbus )(A\d{3})-(?=[1-9]00)", lambda found: f"{found[0][:-1]} "),
    replaced(r"(?<=[\d%])\+(?![\w+])", " plus"),
    replaced(r"(?<![\w.,+-])(\d{1,3})\+(\d{1,3})(?![\w.,+-]\d)", r"\1 plus \2"),
    replaced(r"\bext (?=\d{1,5}\b)", "extension "),
    replaced(r"24/7/365", "24 7 365"),
    replaced(r"(?<![\w.,/–-])0[–-]0(?![\w/–-]|[.,]\d)", "0 to 0"),
    replaced(r"(?<=\d)\s?(?:pc|pct)\b\.?(?!\w)", " percent"),
)
