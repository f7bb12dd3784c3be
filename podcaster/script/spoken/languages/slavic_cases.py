"""Numbers behind prepositions in Russian and Polish: `с 5 рублями` as `с пятью рублями`, `do 3 miast` as `do trzech miast`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from podcaster.script.spoken.common_rules import number_words
from podcaster.script.spoken.wording import Rule, any_of, replaced, words

_LARGEST: Final = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The prepositions of a language and the cases that they ask for."""

    always: Mapping[str, str]
    """Case by preposition, whatever follows."""
    by_noun: Mapping[str, str]
    """Cases that a preposition can ask for, the noun's ending deciding: `с` is `gi`."""
    endings: Mapping[str, tuple[str, ...]]
    """Endings of plural nouns by case; a noun without one of them is in the genitive."""
    feminine: Mapping[str, tuple[str, ...]]
    """Endings of feminine nouns in the singular by case."""
    number: Callable[[int, str, bool], str]
    """A number in a case; whether it counts something feminine."""
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Genitive, dative, instrumental and prepositional plural of the nouns that rules write behind numbers, by every form."""
    to: str = "-"
    """Between the two numbers of a range."""


def rules(cases: Cases) -> tuple[Rule, ...]:
    """Rule for whole numbers behind a preposition; it comes last, when amounts and units are words."""
    leads = any_of((*cases.always, *cases.by_noun))
    rule = (
        replaced(
            rf"(?<!\w)(?P<lead>(?i:{leads})) (?P<low>\d{{1,6}})(?:(?P<link>[–-]| – | (?:и|i|a) )(?P<high>\d{{1,6}}))?(?![\d:/.-]|,\d)"
            r"(?! (?:do potęgi|razy|w kwadracie|в степени|умножить|в квадрате)) (?P<noun>[^\W\d_]+)",
            partial(_declined, cases),
        ),
    )
    return (*rule, *rule)


def _declined(cases: Cases, found: re.Match[str]) -> str:
    noun = found["noun"]
    case = _case(cases, found["lead"].lower(), noun)
    number = int(found["high"] or found["low"])
    if not case or number > _LARGEST:
        return found[0]
    joined = found["link"] and found["link"].strip().isalpha()
    if joined and found["lead"].lower() not in {"между", "między"}:
        return found[0]
    feminine = number % 10 == 1 and noun.endswith(cases.feminine.get(case, ()))
    said = cases.number(number, case, feminine)
    if found["high"]:
        link = found["link"] if joined else cases.to
        said = f"{cases.number(int(found['low']), case, feminine)}{link}{said}"
    return f"{found['lead']} {said} {_plural(cases, noun, case, number)}"


def _case(cases: Cases, lead: str, noun: str) -> str:
    """The case that a preposition asks for; empty where the noun is in none of its cases, as an accusative."""
    if lead in cases.always:
        return cases.always[lead]
    possible = cases.by_noun[lead]
    ending = next((case for case in possible if noun.endswith(cases.endings.get(case, ()))), "")
    return ending or ("g" if "g" in possible else "")


def _plural(cases: Cases, noun: str, case: str, number: int) -> str:
    """The noun in the case; only nouns that rules have written need it."""
    if noun not in cases.plurals or (number % 10 == 1 and number % 100 != 11):  # noqa: PLR2004 # one of them
        return noun
    place = "gdip".find(case)
    return cases.plurals[noun][place] if place >= 0 else noun


def plurals(*nouns: str) -> Mapping[str, tuple[str, ...]]:
    """Every form of nouns given as `one|few|other|many` and, behind a colon, dative, instrumental and prepositional plural."""
    made: dict[str, tuple[str, ...]] = {}
    for noun in nouns:
        forms, _, others = noun.partition(":")
        each = forms.split("|")
        made |= {form: (each[-1], *others.split("|")) for form in each}
    return made


def _russian_number(number: int, case: str, feminine: bool) -> str:  # noqa: FBT001 # a Callable's argument
    return number_words(number, "ru", "cardinal", case=case, gender="f" if feminine else "m")


def _always(**cases: str) -> Mapping[str, str]:
    return {preposition: case for case, each in cases.items() for preposition in words(each)}


RUSSIAN: Final = Cases(
    always=_always(
        g="без до от из для около после более менее свыше кроме у против среди вместо больше меньше старше порядка",
        d="к ко",
        p="о об обо при",
        i="между перед над",
    ),
    by_noun={"с": "ig", "со": "ig", "в": "p", "во": "p", "на": "p", "под": "i", "за": "i"},
    endings={"i": ("ами", "ями", "ьми"), "p": ("ах", "ях"), "d": ("ам", "ям")},
    feminine={"g": ("ы", "и"), "d": ("е", "и"), "i": ("ой", "ей", "ью"), "p": ("е", "и")},
    number=_russian_number,
    plurals=plurals(
        "процент|процента|процента|процентов:процентам|процентами|процентах",
        "тысяча|тысячи|тысячи|тысяч:тысячам|тысячами|тысячах",
        "миллион|миллиона|миллиона|миллионов:миллионам|миллионами|миллионах",
        "миллиард|миллиарда|миллиарда|миллиардов:миллиардам|миллиардами|миллиардах",
        "триллион|триллиона|триллиона|триллионов:триллионам|триллионами|триллионах",
        "доллар|доллара|доллара|долларов:долларам|долларами|долларах",
        "рубль|рубля|рубля|рублей:рублям|рублями|рублях",
        "фунт|фунта|фунта|фунтов:фунтам|фунтами|фунтах",
        "франк|франка|франка|франков:франкам|франками|франках",
        "юань|юаня|юаня|юаней:юаням|юанями|юанях",
        "километр|километра|километра|километров:километрам|километрами|километрах",
        "метр|метра|метра|метров:метрам|метрами|метрах",
        "сантиметр|сантиметра|сантиметра|сантиметров:сантиметрам|сантиметрами|сантиметрах",
        "килограмм|килограмма|килограмма|килограммов:килограммам|килограммами|килограммах",
        "тонна|тонны|тонны|тонн:тоннам|тоннами|тоннах",
        "гектар|гектара|гектара|гектаров:гектарам|гектарами|гектарах",
        "градус|градуса|градуса|градусов:градусам|градусами|градусах",
        "час|часа|часа|часов:часам|часами|часах",
        "мегаватт|мегаватта|мегаватта|мегаватт:мегаваттам|мегаваттами|мегаваттах",
        "киловатт|киловатта|киловатта|киловатт:киловаттам|киловаттами|киловаттах",
    ),
)
_ONES: Final = {
    "g": "dwóch trzech czterech", "d": "dwóm trzem czterem", "i": "dwoma trzema czterema", "p": "dwóch trzech czterech",
}  # fmt: skip
_ONE: Final = {
    "g": ("jednego", "jednej"),
    "d": ("jednemu", "jednej"),
    "i": ("jednym", "jedną"),
    "p": ("jednym", "jednej"),
}
_FROM_FIVE: Final = words(
    "pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu jedenastu dwunastu trzynastu czternastu piętnastu szesnastu siedemnastu "
    "osiemnastu dziewiętnastu"
)
_TENS: Final = words(
    "dwudziestu trzydziestu czterdziestu pięćdziesięciu sześćdziesięciu siedemdziesięciu osiemdziesięciu dziewięćdziesięciu"
)
_HUNDREDS: Final = words("stu dwustu trzystu czterystu pięciuset sześciuset siedmiuset ośmiuset dziewięciuset")


def _polish_number(number: int, case: str, feminine: bool) -> str:  # noqa: FBT001 # a Callable's argument
    said = _polish_words(number, case, feminine=feminine)
    if case == "i":
        said = (word[:-1] + "oma" if word.endswith("u") else word for word in said)
    return " ".join(said)


def _polish_words(number: int, case: str, *, feminine: bool) -> Iterable[str]:
    """Words of a number up to 999,999; `jeden` behind others does not change."""
    thousands, rest = divmod(number, 1000)
    if thousands == 1:
        yield {"g": "tysiąca", "d": "tysiącowi", "i": "tysiącem", "p": "tysiącu"}[case]
    elif thousands:
        yield from _polish_words(thousands, case, feminine=False)
        yield {"g": "tysięcy", "d": "tysiącom", "i": "tysiącami", "p": "tysiącach"}[case]
    hundreds, low = divmod(rest, 100)
    if hundreds:
        yield _HUNDREDS[hundreds - 1]
    tens, ones = divmod(low, 10)
    if tens > 1:
        yield _TENS[tens - 2]
    else:
        ones = low
    if ones == 1:
        yield _ONE[case][feminine] if number == 1 else "jeden"
    elif ones in {2, 3, 4}:
        yield "dwiema" if feminine and case == "i" and ones == 2 else _ONES[case].split()[ones - 2]  # noqa: PLR2004 # two
    elif ones:
        yield _FROM_FIVE[ones - 5]


POLISH: Final = Cases(
    always=_always(
        g="bez do od dla około spośród podczas wśród u powyżej poniżej prócz oprócz wokół",
        d="ku dzięki przeciw wbrew",
        p="przy",
    ),
    by_noun={
        "z": "ig",
        "ze": "ig",
        "w": "p",
        "we": "p",
        "na": "p",
        "o": "p",
        "po": "p",
        "między": "i",
        "nad": "i",
        "pod": "i",
        "przed": "i",
    },
    endings={"i": ("ami", "mi"), "p": ("ach",), "d": ("om",)},
    feminine={"g": ("y", "i"), "d": ("ie", "e"), "i": ("ą",), "p": ("ie", "e")},
    number=_polish_number,
    plurals=plurals(
        "procent:procentom|procentami|procentach",
        "tysiąc|tysiące|tysiąca|tysięcy:tysiącom|tysiącami|tysiącach",
        "milion|miliony|miliona|milionów:milionom|milionami|milionach",
        "miliard|miliardy|miliarda|miliardów:miliardom|miliardami|miliardach",
        "bilion|biliony|biliona|bilionów:bilionom|bilionami|bilionach",
        "dolar|dolary|dolara|dolarów:dolarom|dolarami|dolarach",
        "złoty|złote|złotego|złotych:złotym|złotymi|złotych",
        "funt|funty|funta|funtów:funtom|funtami|funtach",
        "frank|franki|franka|franków:frankom|frankami|frankach",
        "kilometr|kilometry|kilometra|kilometrów:kilometrom|kilometrami|kilometrach",
        "metr|metry|metra|metrów:metrom|metrami|metrach",
        "centymetr|centymetry|centymetra|centymetrów:centymetrom|centymetrami|centymetrach",
        "kilogram|kilogramy|kilograma|kilogramów:kilogramom|kilogramami|kilogramach",
        "tona|tony|tony|ton:tonom|tonami|tonach",
        "hektar|hektary|hektara|hektarów:hektarom|hektarami|hektarach",
        "stopień|stopnie|stopnia|stopni:stopniom|stopniami|stopniach",
    ),
    to="–",
)
RUSSIAN_SHORT_FORMS: Final = (
    (r"\bс\. (?=\d)", "страница "), (r"\bгл\. (?=\d)", "глава "), (r"\bрис\. (?=\d)", "рисунок "), (r"\bп\. (?=\d)", "пункт "),
    (r"\bт\. (?=\d|[IVX])", "том "), (r"\bизд\.(?= )", "издание"), (r"(?<=[IVX]) вв\.", " века"), (r"\b([Тт])ел\.", r"\1елефон"),
    (r"\bул\. (?=[А-ЯЁ])", "улица "), (r"\bд\. (?=\d)", "дом "), (r"\bг\. (?=[А-ЯЁ])", "город "), (r"(?<=\d) гг\.", " годов"),
    (r"(?<=\d) коп\.", " копеек"), (r"(?<=\d) шт\.", " штук"),
)  # fmt: skip
"""Abbreviations beside what they belong to: patterns, and what stands in their place."""
