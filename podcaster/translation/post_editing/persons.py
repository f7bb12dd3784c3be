"""The women that an English report names, and the offices that they hold in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from podcaster.script.spoken.word_tables import table

_PARTICLES: Final = r"(?:(?:al|bin|da|de|del|della|der|di|dos|du|el|la|le|ten|van|von)[ -])*"
_NAME: Final = re.compile(rf"(?<![\w'’-])[A-ZÀ-Þ][\w’'-]*(?: (?:[A-Z]\. )?{_PARTICLES}[A-ZÀ-Þ][\w’'-]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_TITLE: Final = re.compile(r"(?<!\w)(?:Mrs|Ms|Miss|Dame|Lady|Baroness|Queen|Princess)\.? ([A-ZÀ-Þ][\w’'-]+)")
_SHE: Final = re.compile(r"(?<!\w)(?:she|herself)(?!\w)", re.IGNORECASE)
_HE: Final = re.compile(r"(?<!\w)(?:he|him|his|himself|man|Mr|Sir|Lord)(?!\w)", re.IGNORECASE)
_HER: Final = re.compile(
    r"(?<!\w)(?:woman|women|girl|mother|wife|daughter|sister|aunt|queen|actress|Mrs|Ms|Miss)(?!\w)", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"[\"“][^\"“”]*[\"”]?")
_OF: Final = r"(?:(?:['’]s)? (?:of|for|at|in|on|and)\b[^,.;:\"“”]{0,60})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Women:
    """Women of a report."""

    names: frozenset[str] = frozenset()
    """As the report writes them: `Judith Alcott`, and `Alcott` if nobody else is called so."""
    offices: frozenset[str] = frozenset()
    """Offices in English whose holders in the report are all women."""
    others: frozenset[str] = frozenset()
    """Offices that somebody else holds as well."""
    places: frozenset[str] = frozenset()
    """Names of what their offices are of: `Leeds`."""

    def speaks_of_her(self, sentence: str, office: str) -> bool:
        """Whether `the mayor` of a sentence is a woman: she holds the office, or the sentence says `she` and names nobody else."""
        places = "|".join(map(re.escape, self.places)) or r"\b\B"
        bare = rf"(?<!\w)the {office}(?!\w)(?!['’]?s? ?(?:of(?! \w+ing\b)|for|in|general|elect)(?!\w))"
        held = rf"{bare}|(?:{places})['’]s? {office}(?!\w)|(?<!\w)the {office} of (?:{places})(?!\w)"
        if office in self.others:
            return False
        if office in self.offices:
            return re.search(held, sentence, re.IGNORECASE) is not None
        return any(self._is_she(each, bare) for each in _segments(sentence))

    def _is_she(self, segment: str, bare: str) -> bool:
        found = re.search(bare, segment, re.IGNORECASE)
        said = found and _SHE.search(segment, found.end())
        if not found or not said or _HE.search(segment) or _HER.search(segment):
            return False
        return not any(each in self.names for each in _names(segment))


def women_of(sentences: Sequence[str], known: Iterable[str] = ()) -> Women:
    """The women of an English report; `known` are names of women besides."""
    every = [name for sentence in sentences for name in _names(sentence)]
    women = {*known, *filter(None, map(_as_woman, every))}
    women |= {name for sentence in sentences for name in _by_pronoun(sentence)}
    women |= {_POSSESSIVE.sub("", name) for sentence in sentences for name in _TITLE.findall(sentence)}
    surnames = {name.rpartition(" ")[2] for name in women}
    namesakes = {name.rpartition(" ")[2] for name in every if " " in name and not _ends_with(name, women)}
    names = frozenset(women | (surnames - namesakes))
    holders = [pair for sentence in sentences for pair in _holders(sentence)]
    others = frozenset(office for office, name in holders if not _ends_with(name, names))
    offices = frozenset(office for office, name in holders if _ends_with(name, names)) - others
    places = frozenset(place for sentence in sentences for place in _places(sentence))
    return Women(names=names, offices=offices, others=others, places=places)


def _names(sentence: str) -> Iterator[str]:
    """Runs of words with a capital: names, and what stands before them."""
    for found in _NAME.finditer(sentence):
        yield _POSSESSIVE.sub("", found[0])


def _as_woman(name: str) -> str:
    """The name from a woman's given name on; empty where it has none, or nothing behind it."""
    words = name.split()
    at = next((place for place, word in enumerate(words[:-1]) if word.split("-")[0] in _given_names()), None)
    return " ".join(words[at:]) if at is not None else ""


def _by_pronoun(sentence: str) -> Iterator[str]:
    """The only person of a sentence that says `she`, unless it is only said of whom somebody is."""
    told = _QUOTED.sub(" ", sentence)
    if not _SHE.search(told):
        return
    persons = [found for found in _NAME.finditer(told) if " " in found[0] and not _POSSESSIVE.search(found[0])]
    if len(persons) == 1 and _SHE.search(told, persons[0].end()) and not _HE.search(told) and not _HER.search(told):
        yield persons[0][0]


def _holders(sentence: str) -> Iterator[tuple[str, str]]:
    """Each office that a sentence gives to somebody: `the mayor of Leeds, Ann Hill`, `Mayor Hill`."""
    for found in _office_before_name().finditer(sentence):
        name = _NAME.match(sentence, found.end())
        if name:
            yield _OFFICE_OF_TITLE.get(found[1].lower(), found[1].lower()), _POSSESSIVE.sub("", name[0])


def _places(sentence: str) -> Iterator[str]:
    """The name that stands between an office and its holder."""
    for found in _office_before_name().finditer(sentence):
        if of := re.search(r" of ([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*), $", found[0]):
            yield of[1]


def _segments(sentence: str) -> Sequence[str]:
    """Quotations of a sentence, each by itself, and the sentence round them."""
    return [*_QUOTED.findall(sentence), _QUOTED.sub(" ", sentence)]


def _ends_with(name: str, women: Iterable[str]) -> bool:
    return any(name == each or name.endswith(f" {each}") or name.startswith(f"{each} ") for each in women)


_OFFICE_OF_TITLE: Final[Mapping[str, str]] = {"dr": "doctor"}


@cache
def _office_before_name() -> re.Pattern[str]:
    keys = "|".join(sorted((*table("pt", "offices"), *_OFFICE_OF_TITLE), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])((?i:{keys}))(?!\w)(?:\. |{_OF},? )(?=[A-ZÀ-Þ])")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(table("en", "persons").get("women", "").split())
