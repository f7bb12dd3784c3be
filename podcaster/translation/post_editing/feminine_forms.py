"""Offices of women in the feminine, where an engine took the masculine for granted: `el alcalde, Judith Alcott`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from podcaster import language as languages
from podcaster.model import Script
from podcaster.script.spoken.word_tables import table
from podcaster.translation.post_editing.persons import Women, women_of
from podcaster.units import LanguageTag

_EDITOR: Final = "editor"
_OF: Final = r"(?:de|do|da|dos|das|del|dels|d['’]|para|per|pola?|pel|en|em|no|na|al|ao)"
_BETWEEN: Final = re.compile(rf" {_OF}[^,.;:!?\"“”()]{{1,70}}(?=, )")
_TITLE: Final = r"(?: |, (?:(?:a|la|á) |l['’])?(?:[^\W\d_]+a )?)"
"""Between an office and its holder: a comma, or a title in the feminine."""
_ENDS: Final = re.compile(rf"[,.;:!?\"”)]|$| (?:{_OF}|que|com|con|amb)(?!\w)|['’]")
_ADJECTIVE: Final = re.compile(r" ([^\W\d_A-Z]{4,})(?![\w-])")
_FEMININE: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "": tuple(
        (ending, ending[:-1] + "a")
        for ending in ("ico", "ivo", "eiro", "ero", "ario", "ário", "ano", "ino", "oso", "ado", "ido", "unto", "isto")
    ),
    "ca": (
        ("ic", "ica"), ("er", "era"), ("iu", "iva"), ("à", "ana"), ("ós", "osa"), ("at", "ada"), ("it", "ida"),
        ("ut", "uda"), ("unt", "unta"), ("ari", "ària"), ("ist", "ista"),
    ),
}  # fmt: skip
"""Endings of adjectives and participles, of Catalan and of the three others."""
_INFINITIVE: Final = re.compile(r"[a-zà-ÿ]+(?:[aei]r|re)(?![\w-])")
_COPULA: Final = r"(?:é|foi|era|está|estava|estaba|será|es|fue|és|va ser|serà|sería|seria|fora)"
_AS: Final = re.compile(r"(?:como|com a|com) $")
_START: Final = re.compile(r"^[\"“«]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """A masculine noun of office in a line, with its determiner."""

    key: str
    start: int
    end: int
    text: str
    """In the feminine."""
    bare: bool
    """Whether it is said of one who is known: `o prefeito`."""


def with_women(script: Script) -> Script:
    """A translated script in which women hold their offices in the feminine; editors' own wordings stay.

    A pure function of the script: the same report always comes out the same, whatever the memory holds.
    """
    language = languages.base(script.language)
    if not table(language, "offices") or languages.base(script.source_language) != "en":
        return script
    women = women_of([line.source for line in script.lines], _called_women(script, language))
    lines = tuple(
        replace(line, text=text, spoken=text if line.spoken == line.text else line.spoken)
        if not any(check.name == _EDITOR for check in line.checks)
        and (text := in_feminine(line.text, line.source, women, script.language)) != line.text
        else line
        for line in script.lines
    )
    titled = {line.text: new.text for line, new in zip(script.lines, lines, strict=True)}
    return replace(script, lines=lines, title=titled.get(script.title, script.title))


def in_feminine(text: str, source: str, women: Women, language: LanguageTag) -> str:
    """A line in which a woman's office, and what is said of her beside it, are feminine."""
    base = languages.base(language)
    named = _any_of(women.names)
    made, covered = text, 0
    for office in _offices(text, base, women.places):
        holder = _held_by(text, office, named, base) if named else 0
        is_hers = holder or (named and _is_predicate(text, office, named))
        if office.start >= covered and (is_hers or (office.bare and women.speaks_of_her(source, office.key))):
            start, end = (place + len(made) - len(text) for place in (office.start, office.end))
            made = _agreeing(made[:start] + office.text + made[end:], start + len(office.text), base)
            covered = max(holder, office.end)
    return _said_of_her(made, named, base) if named else made


def _offices(text: str, language: str, places: frozenset[str]) -> Iterator[_Office]:
    pattern, feminine, keys = _nouns(language)
    for found in pattern.finditer(text):
        noun = found["noun"]
        right = feminine[noun.lower()]
        shown = right.capitalize() if noun[:1].isupper() else right
        article = found["article"] or ""
        determiner = _determiners(language).get(article.lower(), "")
        determiner = determiner[:1].upper() + determiner[1:] if article[:1].isupper() else determiner
        determiner += "" if determiner.endswith("'") or not determiner else " "
        middle = found["middle"] or ""
        middle = middle[:-2] + "a " if middle.endswith("o ") else middle
        yield _Office(
            key=keys[noun.lower()],
            start=found.start(),
            end=found.end(),
            text=f"{determiner}{middle}{found['prefix'] or ''}{shown}",
            bare=bool(article) and not middle and not found["prefix"] and _is_bare(text[found.end() :], places),
        )


def _is_bare(rest: str, places: frozenset[str]) -> bool:
    """Whether nothing behind a noun says whose office it is, but a place whose office is known."""
    of = re.match(rf" {_OF}(?: |(?<=['’]))", rest)
    if of is None:
        return re.match(r" [A-ZÀ-Þ]", rest) is None
    return rest.startswith(tuple(places), of.end()) or _INFINITIVE.match(rest, of.end()) is not None


def _held_by(text: str, office: _Office, named: re.Pattern[str], language: str) -> int:
    """The end of the woman's name beside her office; 0 without one."""
    rest = text[office.end :]
    adjective = _ADJECTIVE.match(rest)
    described = (adjective.end(), 0) if adjective and _feminine(adjective[1], language) else (0,)
    whose = (between.end() for place in described if (between := _BETWEEN.match(rest, place)))
    holder = re.compile(rf"{_TITLE}(?:{named.pattern})")
    for skipped in (*described, *whose):
        if found := holder.match(rest, skipped):
            return office.end + found.end()
    before = list(named.finditer(text, 0, office.start))
    if before and text[before[-1].end() : office.start] == ", " and _ENDS.match(_without_adjective(rest)):
        return office.end
    return 0


def _is_predicate(text: str, office: _Office, named: re.Pattern[str]) -> bool:
    """Whether a line is about a woman, and says what she is or is to be: `Whitmore, who takes over as governor`."""
    start = _START.match(text)
    subject = named.match(text, start.end()) if start else None
    if subject is None or re.search(r" [A-ZÀ-Þ]\w+ [A-ZÀ-Þ]", text[subject.end() : office.start]):
        return False
    before = text[subject.end() : office.start]
    return bool(_AS.search(before) or re.fullmatch(rf" {_COPULA} ", before))


def _without_adjective(rest: str) -> str:
    found = _ADJECTIVE.match(rest)
    return rest[found.end() :] if found else rest


def _agreeing(text: str, place: int, language: str) -> str:
    """A text whose adjective right behind a feminine noun, which ends at a place, is feminine."""
    found = _ADJECTIVE.match(text, place)
    right = _feminine(found[1], language) if found else ""
    return text[: found.start(1)] + right + text[found.end(1) :] if found and right else text


def _said_of_her(text: str, named: re.Pattern[str], language: str) -> str:
    """A text whose participle is feminine behind a woman's name or office that begins it."""
    feminine = "|".join(sorted(map(re.escape, set(_nouns(language)[1].values())), key=len, reverse=True))
    subject = rf"^[\"“«]?(?:(?:A|La) (?:{feminine})|L['’](?:{feminine})|(?:{named.pattern}))"
    found = re.match(rf"{subject}(?:,[^,\"“”]{{1,80}},| que)? {_COPULA} ([^\W\d_A-Z]+)(?![\w-])", text)
    right = _feminine(found[found.lastindex or 0], language) if found else ""
    return text[: found.start(found.lastindex or 0)] + right + text[found.end() :] if found and right else text


def _feminine(word: str, language: str) -> str:
    for masculine, feminine in _FEMININE.get(language, _FEMININE[""]):
        if word.endswith(masculine):
            return word.removesuffix(masculine) + feminine
    return ""


def _called_women(script: Script, language: str) -> Iterator[str]:
    """Names that the engine itself put a feminine office in front of: `a conselheira Marian Hill`."""
    _, feminine, _ = _nouns(language)
    changed = [right for wrong, right in feminine.items() if wrong != right]
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, changed))}) ((?:[A-ZÀ-Þ][\w’'-]+ )+[A-ZÀ-Þ][\w’'-]*\w)", re.IGNORECASE
    )
    for line in script.lines:
        for found in pattern.finditer(line.text):
            if found[1][0].isupper() and found[1] in line.source:
                yield found[1]


def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(longest)})(?![\w-])") if longest else None


@cache
def _determiners(language: str) -> Mapping[str, str]:
    pairs = table(language, "persons").get("determiners", "").split("|")
    return dict(pair.split(">") for pair in pairs)


@cache
def _nouns(language: str) -> tuple[re.Pattern[str], Mapping[str, str], Mapping[str, str]]:
    """The nouns of office with their determiners, the feminine of each, and its key."""
    feminine: dict[str, str] = {}
    keys: dict[str, str] = {}
    for key, pairs in table(language, "offices").items():
        for pair in pairs.split("|"):
            masculine, _, right = pair.partition(">")
            feminine.setdefault(masculine, right or masculine)
            keys.setdefault(masculine, key)
    nouns = "|".join(sorted(map(re.escape, feminine), key=len, reverse=True))
    articles = "|".join(sorted(map(re.escape, _determiners(language)), key=len, reverse=True))
    middle = table(language, "persons").get("middle", "")
    pattern = re.compile(
        rf"(?<![\w-])(?:(?P<article>{articles})(?: |(?<=')))?(?P<middle>(?:{middle}) )?"
        rf"(?P<prefix>(?:ex|vice|sots|sub|co)[- ]?)?(?P<noun>{nouns})(?![\w-])",
        re.IGNORECASE,
    )
    return pattern, feminine, keys
