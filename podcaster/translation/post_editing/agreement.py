"""Makes articles, adjectives and participles agree with the noun beside them, where a close pair did not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from podcaster import language as languages
from podcaster.script.language_words import table
from podcaster.translation.post_editing.lexicon import WordClasses
from podcaster.units import LanguageTag


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS_TOO: Final = _words(
    """
    la los las el els les os as o a nos
    """
)
"""Articles that are pronouns before a verb."""
_PREPOSITIONS: Final = _words(
    """
    a amb ante bajo con contra de desde en entre hacia hasta para per por sobre sota sen sense sin
    segons según con
    """
)
_STRESSED: Final = re.compile(r"h?[aá]")
"""Beginnings of feminine nouns that may have the masculine article: `el agua`."""
_BEFORE_STRESSED: Final = frozenset({"el", "un", "del", "al"})
_ENDINGS: Final = ("o", "a")
_COPULAS: Final = _words(
    """
    es son era eran fue fueron será serán está están estaba estaban é foi foron sería serían
    """
)
_SUBJECT_BEHIND: Final = frozenset({"", "que", "si", "se", "cuando", "mientras", "pero", "cando", "mentres"})
_PLURALS: Final[Mapping[str, tuple[str, str]]] = {"es": ("Los", "Las"), "ca": ("Els", "Les"), "gl": ("Os", "As")}
_QUANTITIES: Final = _words(
    """
    muchos muchas pocos pocas varios varias algunos algunas otros otras molts moltes pocs poques alguns algunes altres
    diversos diverses moitos moitas poucos poucas algúns algunhas outros outras diversas
    miles millones cientos centenares decenas docenas milers milions centenars desenes centos millóns
    ducias parte
    """
)
_WORD: Final = re.compile(r"\w+(?:['’·-]\w+)*|[^\w\s]")
_NUMERALS: Final = _words(
    """
    dos tres cuatro cinco seis siete ocho nueve diez set vuit nou deu tres catro sete oito nove dez
    """
)
_FEWEST_WORDS: Final = 5
_AND: Final = frozenset({"y", "e", "i"})
_OF: Final = frozenset({"de", "del", "d'", "do", "da"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noun:
    """A noun behind its determiner."""

    place: int
    gender: str
    number: str
    begins: bool
    """Whether a subject can begin with its determiner."""


def agreeing(text: str, language: LanguageTag, lexicon: WordClasses) -> str:
    """A sentence whose determiners and adjectives have their noun's gender, as far as the lexicon knows it surely."""
    base = languages.base(language)
    if not _determiners(base):
        return text
    found = list(_WORD.finditer(text))
    words = [each[0] for each in found]
    changed: dict[int, str] = {}
    for place in range(len(words) - 1):
        noun = _noun(words, place, base, lexicon, changed)
        if noun is not None and base != "ca":
            _adjective(words, noun, lexicon, changed)
    for place in sorted(changed, reverse=True):
        text = text[: found[place].start()] + changed[place] + text[found[place].end() :]
    for apart, joined in table(base, "contractions").items():
        text = re.sub(rf"(?<!\w){apart}(?= [a-zà-ÿ])", joined, text)
    return text


def with_article(text: str, source: str, language: LanguageTag, lexicon: WordClasses) -> str:
    """A sentence that begins with a bare plural subject, as English ones do, with its article."""
    words = _WORD.findall(text)
    articles = _PLURALS.get(languages.base(language))
    if articles is None or len(words) < _FEWEST_WORDS or not text.endswith((".", ".”", '."')):
        return text
    first, second = words[0], words[1]
    gender = lexicon.gender(first, "pl")
    if not (first.istitle() and gender and lexicon.is_plural_noun(first)) or first.lower() in _QUANTITIES:
        return text
    if source.split(maxsplit=1)[0].lower() in {"the", "these", "those"} or first.split("-")[0] in source:
        return text
    joined = second in _AND and lexicon.is_plural_noun(words[2])
    begins = lexicon.is_finite_verb(second) or second in _OF or joined or lexicon.is_only_adjective(second)
    return f"{articles[gender == 'f']} {text[:1].lower()}{text[1:]}" if begins else text


@cache
def _determiners(base: str) -> Sequence[tuple[str, str, str]]:
    """Number, masculine and feminine."""
    names = {"sg": "singular_determiners", "pl": "plural_determiners"}
    return [(number, *pair) for number, name in names.items() for pair in table(base, name).items()]


def _noun(
    words: Sequence[str], place: int, language: str, lexicon: WordClasses, changed: dict[int, str]
) -> _Noun | None:
    """The noun behind a determiner, which is made to agree with it."""
    counted = place + 2 < len(words) and (words[place + 1].isdecimal() or words[place + 1] in _NUMERALS)
    at = place + 2 if counted else place + 1
    word, noun = words[place].lower(), words[at]
    before = words[place - 1].lower() if place else ""
    if language == "es" and word == "lo":
        if _is_noun_behind_lo(noun, before, lexicon):
            changed[place] = _like(words[place], "el")
        return None
    for number, masculine, feminine in _determiners(language):
        if word not in {masculine, feminine} or not noun[0].islower():
            continue
        gender = lexicon.gender(noun, number)
        if not gender or (word in _PRONOUNS_TOO and lexicon.is_finite_verb(noun) and before not in _PREPOSITIONS):
            return None
        if (word == masculine) != (gender == "m"):
            stressed = word in _BEFORE_STRESSED and gender == "f" and _STRESSED.match(noun)
            elided = language == "ca" and noun[0] in "aeiouàèéíòóúh"
            if stressed or elided or lexicon.is_adjective(noun, "m" if word == masculine else "f"):
                return None
            changed[place] = _like(words[place], masculine if gender == "m" else feminine)
        return _Noun(place=at, gender=gender, number=number, begins=not before.isalnum() or before in _SUBJECT_BEHIND)
    return None


def _adjective(words: Sequence[str], noun: _Noun, lexicon: WordClasses, changed: dict[int, str]) -> None:
    """The adjective behind a noun, or behind its copula, in the noun's gender."""
    place = noun.place + 1
    if place >= len(words) or words[noun.place - 2 : noun.place - 1] == ["de"]:
        return
    if words[place] in _COPULAS and noun.begins:
        place += 1
    if place >= len(words) or not lexicon.is_only_adjective(words[place]):
        return
    word = words[place]
    plural = "s" if noun.number == "pl" else ""
    right, wrong = _ENDINGS if noun.gender == "m" else _ENDINGS[::-1]
    if lexicon.is_adjective(word, noun.gender) or not word.endswith(wrong + plural):
        return
    changed[place] = word.removesuffix(wrong + plural) + right + plural


def _is_noun_behind_lo(noun: str, before: str, lexicon: WordClasses) -> bool:
    if noun[0].isupper():
        return True
    return (
        lexicon.gender(noun, "sg") == "m"
        and not lexicon.is_adjective(noun)
        and (before in _PREPOSITIONS or not lexicon.is_finite_verb(noun))
    )


def _like(word: str, right: str) -> str:
    return right[:1].upper() + right[1:] if word[:1].isupper() else right
