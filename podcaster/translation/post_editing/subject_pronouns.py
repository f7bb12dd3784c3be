"""Drops subject pronouns that Portuguese writes, and that Spanish, Catalan and Galician leave to the verb."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from podcaster import language as languages
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usage:
    """The pronouns of a language, and the words round which they stay."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    others: frozenset[str]
    keep_behind: frozenset[str]
    """Words before a pronoun that is no subject, or is stressed."""
    keep_before: frozenset[str]
    """Words after a pronoun that has no verb behind it."""
    said: re.Pattern[str]
    """The word between a quotation and its speaker."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_USAGE: Final[Mapping[str, _Usage]] = {
    "es": _Usage(
        masculine=_words("él ellos"),
        feminine=_words("ella ellas"),
        others=_words("yo usted ustedes nosotros nosotras"),
        keep_behind=_words(
            "a ante bajo con contra de desde en entre hacia hasta para por según sin sobre tras ni o excepto salvo solo sólo"
        ),
        keep_before=_words(
            "a al ante bajo con contra de del desde en entre hacia hasta para por según sin sobre tras y e o u ni que quien"
            " quienes el la los las un una mismo misma mismos mismas solo sola solos solas todos todas dos pero"
        ),
        said=re.compile(r"dijo|dijeron|dice|dicen|\w{2,}ó|\w{2,}[ai]eron|\w{2,}aron"),
    ),
    "ca": _Usage(
        masculine=_words("ell ells"),
        feminine=_words("ella elles"),
        others=_words("jo vostè vostès nosaltres"),
        keep_behind=_words(
            "a amb contra d'entre de des en entre fins per sense segons sobre sota cap davant ni o excepte llevat només i"
        ),
        keep_before=_words(
            "a al als amb contra de del dels des en entre fins per pel pels sense segons sobre sota i o ni que qui el la els"
            " les un una mateix mateixa mateixos mateixes sol sola sols soles tots totes dos dues però"
        ),
        said=re.compile(r"dir|diu|diuen|deia|\w{2,}(?:ar|ir|er|re)"),
    ),
    "gl": _Usage(
        masculine=_words("el eles"),
        feminine=_words("ela elas"),
        others=_words("eu vostede vostedes nós"),
        keep_behind=_words(
            "a ante baixo con contra de desde en entre cara ata até para por segundo sen sobre tras ni nin ou agás só"
        ),
        keep_before=_words(
            "a á ao aos ás ante con co coa contra de do da dos das desde en no na nos nas entre ata até para por polo pola"
            " segundo sen sobre tras e ou nin que quen o os as un unha mesmo mesma mesmos mesmas só sós todos todas dous pero"
        ),
        said=re.compile(r"dixo|dixeron|di|din|\w{2,}[oei]u|\w{2,}[aei]ron"),
    ),
}
_TOKEN: Final = re.compile(r"\w+(?:['’·-]\w+)*|[^\w\s]")
_JOINING: Final = frozenset({"y", "i", "e"})
_PLURAL_VERB: Final = re.compile(r"\w+(?:n|mos|m)$")


def without_subject_pronouns(text: str, language: LanguageTag) -> str:
    """A sentence without the subject pronouns that its verbs do not need; `he` beside `she` stays, to tell them apart."""
    usage = _USAGE.get(languages.base(language))
    if usage is None:
        return text
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].lower() for token in tokens]
    both = usage.masculine.intersection(words) and usage.feminine.intersection(words)
    third = frozenset() if both else usage.masculine | usage.feminine
    dropped = [
        place
        for place, word in enumerate(words)
        if (word in third or word in usage.others) and _is_needless(usage, tokens, words, place)
    ]
    for place in reversed(dropped):
        text = _without(text, tokens, place)
    return text


def _is_needless(usage: _Usage, tokens: list[re.Match[str]], words: list[str], place: int) -> bool:
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else "."
    if before in usage.keep_behind:
        return False
    if not after[0].isalnum():
        return after in {".", ",", ";"} and bool(usage.said.fullmatch(before)) and words[place] not in usage.others
    if after in usage.keep_before or tokens[place + 1][0][0].isupper():
        return False
    return not (before in _JOINING and bool(_PLURAL_VERB.match(after)) and not words[place].endswith("s"))


def _without(text: str, tokens: list[re.Match[str]], place: int) -> str:
    token = tokens[place]
    head, tail = text[: token.start()], text[token.end() :]
    if tail[:1].isspace():
        tail = tail.lstrip()
        return head + (tail[:1].upper() + tail[1:] if token[0][0].isupper() else tail)
    return head.rstrip() + tail
