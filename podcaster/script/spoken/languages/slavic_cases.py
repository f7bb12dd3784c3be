"""Numbers behind prepositions in Russian and Polish: `с 5 рублями` as `с пятью рублями`, `do 3 miast` as `do trzech miast`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.common_rules import by_case, number_words
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced
from podcaster.units import LanguageTag

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
    plurals: Mapping[str, tuple[str, ...]]
    """Genitive, dative, instrumental and prepositional plural of the nouns that rules write behind numbers, by every form."""
    to: str
    """Between the two numbers of a range."""


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for whole numbers behind a preposition; it comes last, when amounts and units are words."""
    cases = _cases_of(language)
    leads = any_of((*cases.always, *cases.by_noun))
    rule = (
        replaced(
            rf"(?<!\w)(?P<lead>(?i:{leads})) (?P<low>\d{{1,6}})(?:(?P<link>[–-]| – | (?:и|i|a) )(?P<high>\d{{1,6}}))?(?![\d:/.-]|,\d)"
            r"(?! (?:do potęgi|razy|w kwadracie|в степени|умножить|в квадрате)) (?P<noun>[^\W\d_]+)",
            partial(_declined, cases),
        ),
    )
    return (*rule, *rule)


def _cases_of(language: LanguageTag) -> Cases:
    plurals: dict[str, tuple[str, ...]] = {}
    for noun, others in table(language, "plurals").items():
        forms = noun.split("|")
        plurals |= dict.fromkeys(forms, (forms[-1], *others.split("|")))
    return Cases(
        always=by_case(table(language, "cases")),
        by_noun=table(language, "cases_by_noun"),
        endings={case: tuple(each.split("|")) for case, each in table(language, "plural_endings").items()},
        feminine={case: tuple(each.split("|")) for case, each in table(language, "feminine_endings").items()},
        number=_polish_number if language == "pl" else _russian_number,
        plurals=plurals,
        to="–" if language == "pl" else "-",
    )


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


def _russian_number(number: int, case: str, feminine: bool) -> str:  # noqa: FBT001 # a Callable's argument
    return number_words(number, "ru", "cardinal", case=case, gender="f" if feminine else "m")


def _polish_number(number: int, case: str, feminine: bool) -> str:  # noqa: FBT001 # a Callable's argument
    said = _polish_words(number, case, feminine=feminine)
    if case == "i":
        said = (word[:-1] + "oma" if word.endswith("u") else word for word in said)
    return " ".join(said)


def _polish_words(number: int, case: str, *, feminine: bool) -> Iterable[str]:
    """Words of a number up to 999,999; `jeden` behind others does not change."""
    lists = table("pl", "lists")
    thousands, rest = divmod(number, 1000)
    if thousands == 1:
        yield {"g": "tysiąca", "d": "tysiącowi", "i": "tysiącem", "p": "tysiącu"}[case]
    elif thousands:
        yield from _polish_words(thousands, case, feminine=False)
        yield {"g": "tysięcy", "d": "tysiącom", "i": "tysiącami", "p": "tysiącach"}[case]
    hundreds, low = divmod(rest, 100)
    if hundreds:
        yield lists["hundreds"].split()[hundreds - 1]
    tens, ones = divmod(low, 10)
    if tens > 1:
        yield lists["tens"].split()[tens - 2]
    else:
        ones = low
    if ones == 1:
        yield table("pl", "one")[case].split("|")[feminine] if number == 1 else "jeden"
    elif ones in {2, 3, 4}:
        yield "dwiema" if feminine and case == "i" and ones == 2 else table("pl", "two_to_four")[case].split()[ones - 2]  # noqa: PLR2004 # two
    elif ones:
        yield lists["from_five"].split()[ones - 5]
