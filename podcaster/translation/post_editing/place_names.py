"""Prepositions and articles before names, where close pairs take the habits of the language that they come from."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from podcaster import language as languages
from podcaster.units import LanguageTag

_WITHIN: Final = re.compile(r"(?<!\w)(?:em|n[ao]s?|Em|N[ao]s?) (\w{3,})")
_TOWARDS: Final = re.compile(r"(?<!\w)(?:a|à|às|aos?|para(?: [ao]s?)?) (\w{3,})")
_AT: Final = re.compile(r"(?<!\w)([aA])(l| las?| los|) (\w{3,})")
_GOES: Final = re.compile(
    r"(?:(?:lleg|cheg|viaj|viax|volv|regres|march)\w*|(?<!\w)(?:ir|va|van|fue|fueron|iba|foi|foron|vai)) $",
    re.IGNORECASE,
)
"""Verbs of going somewhere, where Brazilians may say `chegou em`."""
_IN: Final = {"es": "en", "gl": "en"}
_BEGINNING: Final = 3
"""Letters that a place's names have in common: Londres, Estrasburgo, España."""
_ARTICLES: Final = {"es": {"la ": ""}, "ca": {"la ": ""}, "gl": {"da ": "de ", "na ": "en ", "coa ": "con "}}
_AT_START: Final = {"es": "La ", "ca": "La ", "gl": "A "}
_IN_MASCULINE: Final = {"es": ("en el ", "en "), "ca": ("al ", "a "), "gl": ("no ", "en ")}
"""Preposition and article before a name, and the preposition alone."""


_ELIDED: Final = re.compile(r"(?<!\w)([dD])e (?=[aàeèéoòóuúAÀEÈÉOÒÓUÚ][a-zà-ÿ]|h[aeiou]\w|[iíIÍ](?![aeo])[a-zà-ÿ])")


_PLURALS: Final = {
    "es": (r"EE\. UU\.", {"del": "de", "al": "a", "el": ""}),
    "ca": ("EUA", {"del": "dels", "de": "dels", "al": "als", "el": "els", "pel": "pels"}),
    "gl": (r"EE\. ?UU\.|EUA", {"do": "dos", "o": "os", "ao": "aos", "no": "nos", "polo": "polos"}),
}
"""A plural that stands as an abbreviation, and its article where rules took it for a singular."""


def placed(text: str, portuguese: str, language: LanguageTag) -> str:
    """A place where something is, said like where somebody goes: `a Londres` → `en Londres`, `al puerto` → `en el puerto`."""
    preposition = _IN.get(languages.base(language))
    if preposition is None:
        return text
    towards = {_beginning(place) for place in _TOWARDS.findall(portuguese)}
    within = {_beginning(place) for place in _WITHIN.findall(portuguese)} - towards

    def put_right(found: re.Match[str]) -> str:
        place = found[3]
        goes = _GOES.search(text[: found.start()])
        if goes or _beginning(place) not in within or not (found[2] or place[0].isupper()):
            return found[0]
        shown = preposition.capitalize() if found[1].isupper() else preposition
        return f"{shown}{' el' if found[2] == 'l' else found[2]} {place}"

    return _AT.sub(put_right, text) if within else text


def _beginning(place: str) -> str:
    plain = unicodedata.normalize("NFD", place[: _BEGINNING + 1]).encode("ascii", "ignore").decode()
    return plain[:_BEGINNING].casefold()


def bare(text: str, english: str, names: Iterable[str], language: LanguageTag) -> str:
    """Copied names without the article that Portuguese gives to companies and to places where something is, unless English has one.

    `la Ford` → `Ford`, `en el Arizona` → `en Arizona`.

    Catalan says `a Leeds` of what is in a town. Acronyms keep their article, and so does what is masculine: clubs and
    newspapers have one. `agradeceu a Ferrero`, whose `a` close pairs take for an article, is known by the English verb in
    front of the name.
    """
    base = languages.base(language)
    if base not in _ARTICLES:
        return text
    for name in names:
        escaped = re.escape(name)
        text = _in_town(text, english, escaped) if base == "ca" else text
        if name.isupper() or re.search(rf"(?<!\w)the {escaped}(?!\w)", english, re.IGNORECASE):
            continue
        text = re.sub(rf"^([\"“«]?){_AT_START[base]}(?={escaped}(?!\w))", r"\1", text)
        if base != "gl" and re.search(rf"(?<!\w)\w+ed {escaped}(?!\w)", english):
            text = re.sub(rf"(?<!\w)la (?={escaped}(?!\w))", "a ", text)
        if re.search(rf"(?<!\w)in {escaped}(?!\w)", english, re.IGNORECASE):
            article, instead = _IN_MASCULINE[base]
            text = re.sub(rf"(?<!\w){article}(?={escaped}(?!\w))", instead, text)
            text = re.sub(rf"^{article.capitalize()}(?={escaped}(?!\w))", instead.capitalize(), text)
        for article, instead in _ARTICLES[base].items():
            text = re.sub(rf"(?<!\w){article}(?={escaped}(?!\w))", instead, text)
    return text


def _in_town(text: str, english: str, name: str) -> str:
    """A Catalan text with `a` before a name, an escaped one, that English has behind `in` or `at`."""
    within = (
        rf"(?<!\w)(?<!trust )(?<!confidence )(?<!faith )(?<!stake )(?<!shares )(?<!interest )(?:in|at) {name}(?!\w)"
    )
    if not re.search(within, english, re.IGNORECASE):
        return text
    return re.sub(rf"(?<!\w)([eE])n (?={name}(?!\w))", lambda found: "A " if found[1] == "E" else "a ", text)


def elided(text: str, language: LanguageTag) -> str:
    """Catalan `de` before a vowel, which rules leave whole before a name: `d'Ellwood`."""
    return _ELIDED.sub(r"\1'", text) if languages.base(language) == "ca" else text


def in_plural(text: str, language: LanguageTag) -> str:
    """The United States with the article of a plural: `del EE. UU.` → `de EE. UU.`, `el EUA` → `els EUA`."""
    base = languages.base(language)
    if base not in _PLURALS:
        return text
    name, articles = _PLURALS[base]

    def put_right(found: re.Match[str]) -> str:
        article = articles[found[1].lower()]
        shown = article.capitalize() if found[1][0].isupper() else article
        return f"{shown} {found[2]}" if shown else found[2]

    return re.sub(rf"(?<!\w)({'|'.join(articles)}) ({name})(?!\w)", put_right, text, flags=re.IGNORECASE)
