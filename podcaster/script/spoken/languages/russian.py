"""Russian: what is said of a number follows its gender and case, which num2words and CLDR know."""

import re
from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.languages import russian_words, slavic_cases
from podcaster.script.spoken.quantities import cyrillic_units, units
from podcaster.script.spoken.word_tables import scales, table
from podcaster.script.spoken.wording import any_of, replaced, roman, written_out
from podcaster.units import LanguageTag

_RU: Final = LanguageTag("ru")
_MONTHS: Final = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_ENDINGS: Final = {
    "й": {"gender": "m"},
    "ый": {"gender": "m"},
    "ой": {"gender": "m"},
    "м": {"case": "p"},
    "ом": {"case": "p"},
    "ая": {"gender": "f"},
    "ое": {"gender": "n"},
    "я": {"gender": "f"},
    "е": {"gender": "n"},
    "го": {"case": "g"},
    "му": {"case": "d"},
    "ю": {"gender": "f", "case": "a"},
}
"""Ordinal endings behind a hyphen, with num2words' names for them."""
_YEARS: Final = {"году": "p", "года": "g", "год": "n"}
_KINGS: Final = common_rules.by_case(table("ru", "kings"))
_QUEENS: Final = common_rules.by_case(table("ru", "queens"))
_UNITS: Final = {
    "км/ч": "speed-kilometer-per-hour", "км²": "area-square-kilometer", "м²": "area-square-meter",
    "м³": "volume-cubic-meter", "км": "length-kilometer", "см": "length-centimeter", "мм": "length-millimeter",
    "кг": "mass-kilogram", "т": "mass-tonne", "га": "area-hectare", "кВт": "power-kilowatt", "МВт": "power-megawatt",
    "ГВт": "power-gigawatt", "кВт·ч": "energy-kilowatt-hour", "°C": "temperature-celsius", "°С": "temperature-celsius",
}  # fmt: skip
_SCALES: Final = scales("ru")
_HOURS: Final = ("час", "часа", "часа", "часов")
_form: Final = units.plural_form(_RU)


def _ordinal(number: int, **inflected: str | bool) -> str:
    return common_rules.number_words(number, "ru", **inflected)


def _ended(found: re.Match[str]) -> str:
    """`3-го` as `третьего`, `90-е годы` as `девяностые годы`."""
    number, ending = int(found[1]), found[2]
    if ending == "х" or (ending == "е" and found[3]):
        return f"{_ordinal(number, plural=True, case='g' if ending == 'х' else 'n')}{found[3] or ''}"
    return f"{_ordinal(number, **_ENDINGS[ending])}{found[3] or ''}"


def _decade(found: re.Match[str]) -> str:
    """`90-е` as `девяностые`."""
    return _ordinal(int(found[1]), plural=True, case="n")


def _and_too(found: re.Match[str]) -> str:
    """`Карл Первый и II` as `Карл Первый и Второй`."""
    number = roman(found[1])
    return f" и {_ordinal(number).capitalize()}" if number else found[0]


def _year(found: re.Match[str]) -> str:
    """`в 2021 году` as `в две тысячи двадцать первом году`; `г.` is the word in the case that stands before it."""
    word = found["word"]
    if word == "г.":
        word = "году" if found["lead"] and found["lead"].lower() in {"в", "во", "о"} else "года"
    case = "d" if found["lead"] and found["lead"].lower() in {"к", "ко"} else _YEARS[word]
    lead = f"{found['lead']} " if found["lead"] else ""
    return f"{lead}{_ordinal(int(found['year']), case=case)} {word}"


def _since(found: re.Match[str]) -> str:
    return f"{found[1]} {_ordinal(int(found[2]), case='g')}"


def _dated(found: re.Match[str]) -> str:
    """`1 марта` as `первого марта`: the day on which something is."""
    case = {"к": {"case": "d"}, "на": {"gender": "n"}, "по": {"gender": "n"}}.get(
        (found[1] or "").lower(), {"case": "g"}
    )
    return f"{found[1] + ' ' if found[1] else ''}{_ordinal(int(found[2]), **case)} {found[3]}"


def _century(found: re.Match[str]) -> str:
    """`в XX веке` as `в двадцатом веке`."""
    number = roman(found[1])
    case = "p" if found[2].endswith("е") else "g" if found[2].endswith("а") else "n"
    return f"{_ordinal(number, case=case)} {found[2]}" if number else found[0]


def _regnal(found: re.Match[str]) -> str:
    """`Пётр I` as `Пётр Первый`, `Екатерины II` as `Екатерины Второй`."""
    number = roman(found[2])
    queen = found[1] in _QUEENS
    case = (_QUEENS if queen else _KINGS)[found[1]]
    if not number:
        return found[0]
    return f"{found[1]} {_ordinal(number, gender='f' if queen else 'm', case=case).capitalize()}"


def _war(found: re.Match[str]) -> str:
    """`II мировой войне` as `второй мировой войне`."""
    case = {"ая": {}, "ой": {"case": "g"}, "ую": {"case": "a"}}[found[2][-2:]]
    return f"{_ordinal(roman(found[1]) or 1, gender='f', **case)} {found[2]}"


_SHORT: Final = {"в": "век", "кв": "квартал"}


def _count(number: str) -> str:
    """`3-х дней` as `трёх дней`."""
    return common_rules.number_words(int(number), "ru", "cardinal", case="g")


_TITLES: Final = {
    **{title: ("m", case) for title, case in common_rules.by_case(table("ru", "titles")).items()},
    **{title: ("f", case) for title, case in common_rules.by_case(table("ru", "titles_of_women")).items()},
}
"""Rulers' titles, each with its gender and case, behind which any name can bear a number."""


def _titled(found: re.Match[str]) -> str:
    """`королевы Маргрете II` as `королевы Маргрете Второй`."""
    number = roman(found[3])
    gender, case = _TITLES[found["title"].strip().lower()]
    return (
        f"{found['title']}{found[2]} {_ordinal(number, gender=gender, case=case).capitalize()}" if number else found[0]
    )


def _from_to(found: re.Match[str]) -> str:
    """`10–15 человек` as `десять — пятнадцать человек`, which voices read without a minus."""
    low, high = int(found[1]), int(found[2])
    if low >= high:
        return found[0]
    return f"{common_rules.number_words(low, 'ru', 'cardinal')}-{common_rules.number_words(high, 'ru', 'cardinal')}"


def _points(found: re.Match[str]) -> str:
    """`25 б. п.` as `25 базисных пунктов`."""
    one, some, many = (
        ("базисный", "базисных", "базисных") if found[2] == "б" else ("процентный", "процентных", "процентных")
    )
    forms = (f"{one} пункт", f"{some} пункта", f"{some} пункта", f"{many} пунктов")
    return f"{found[1]} {forms[_form(found[1])]}"


FIRST_RULES: Final = (
    *russian_words.RULES,
    *cyrillic_units.RULES,
    replaced(
        r"\b(\d{1,2})-х (?=дней|лет|часов|месяцев|недель|человек|стран|раз)", lambda found: f"{_count(found[1])} "
    ),
    replaced(r"(\d+(?:,\d+)?)\s?(б|п)\. ?п\.", _points),
)
RULES: Final = (
    *(replaced(pattern, words) for pattern, words in table("ru", "beside").items()),
    replaced(
        r"(?<![\w.,–-])((?:1\d|20)?[1-9]0)-е\b(?! (?:место|число|издание|января|февраля|марта|апреля|мая|июня|июля|августа))",
        _decade,
    ),
    written_out(table("ru", "abbreviations")),
    replaced(r"\bстр\. (?=\d)", "страница "),
    replaced(r"\bст\. (?=\d)", "статья "),
    common_rules.grouped(),
    common_rules.dates(_RU, r"\."),
    replaced(r"\b([Сс]) ((?:1\d|20)\d\d)(?= по (?:1\d|20)\d\d год)", _since),
    replaced(
        r"(?:\b(?P<lead>[Вв]о?|[Оо]|[Кк]о?) )?(?<![\w.,–-])(?P<year>(?:1\d|20)\d\d)\s(?P<word>году|года|год|г\.)(?!\w)",
        _year,
    ),
    replaced(rf"(?:\b([Кк]|[Нн]а|[Пп]о) )?(?<![\w.,–-])([1-9]|[12]\d|3[01]) ({_MONTHS})\b", _dated),
    replaced(r"(?<![\w.,–-])(\d{1,3})-(й|ый|ой|м|ом|ая|ое|я|е|го|му|ю|х)\b( год(?:ы|ов|ах))?", _ended),
    replaced(r"\b([Вв]о?) ([IVX]+) (в|кв)\.(?=[ ;,.)]|$)", lambda found: f"{found[1]} {found[2]} {_SHORT[found[3]]}е"),
    replaced(r"(?<=[IVX]) (в|кв)\.(?=[ ;,.)]|$)", lambda found: f" {_SHORT[found[1]]}а"),
    replaced(r"(?<![–-])\b([IVX]+) ((?:век|квартал)[еа]?)\b", _century),
    replaced(r"\b(I{1,3}|IV) (миров(?:ая|ой|ую)|отечественн(?:ая|ой|ую))\b", _war),
    replaced(
        rf"(?<!\w)(?P<title>(?i:{any_of(_TITLES)}) )({any_of((*_KINGS, *_QUEENS))}|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?) ([IVXL]+)(?![\w-])",
        _titled,
    ),
    replaced(rf"(?<!\w)({any_of((*_KINGS, *_QUEENS))}) ([IVXL]+)(?![\w-])", _regnal),
    replaced(r"(?<=ый|ой|ий) и ([IVX]+)(?![\w-])", _and_too),
    replaced(
        r"(?<![\d.,:])([01]?\d|2[0-4]):00(?![\d:])",
        lambda found: f"{int(found[1])} {_HOURS[_form(str(int(found[1])))]}",
    ),
    *units.rules(_RU, signs={**units.UNITS, **_UNITS}),
)
LAST_RULES: Final = (
    units.scaled(_SCALES, _form, r"тыс\.|тыс|млн\.?|млрд\.?|трлн\.?"),
    replaced(r"(?<=\d) – (?=\d)", "–"),
    *slavic_cases.rules(_RU),
    replaced(r"(?<![\w.,:/–-])(\d{1,4})[–-](\d{1,4})(?= [а-яё])(?!\d|-)", _from_to),
    replaced(r"(?<![\w.,–-])1 (?=(?:тонна|иена|гривна|рупия)\b)", "одна "),
    replaced(r"(?<![\w.,–-])2 (?=(?:тонны|иены|гривны|рупии|тысячи)\b)", "две "),
)
