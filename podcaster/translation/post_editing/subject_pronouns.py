"""Drops subject pronouns that Portuguese writes, and that Spanish, Catalan and Galician leave to the verb."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from podcaster import language as languages
from podcaster.script.language_words import table
from podcaster.units import LanguageTag

_TOKEN: Final = re.compile(r"\w+(?:['’·-]\w+)*|[^\w\s]")
_JOINING: Final = frozenset({"y", "i", "e"})
_PLURAL_VERB: Final = re.compile(r"\w+(?:n|mos|m)$")


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
    saying: re.Pattern[str]
    """The word between a quotation and its speaker."""


@cache
def _usage(base: str) -> _Usage | None:
    words = table(base, "pronouns")
    if not words:
        return None
    lists = {name: frozenset(each.split()) for name, each in words.items() if name != "saying"}
    return _Usage(**lists, saying=re.compile(words["saying"]))


def without_subject_pronouns(text: str, language: LanguageTag) -> str:
    """A sentence without the subject pronouns that its verbs do not need; `he` beside `she` stays, to tell them apart."""
    usage = _usage(languages.base(language))
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
        return after in {".", ",", ";"} and bool(usage.saying.fullmatch(before)) and words[place] not in usage.others
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
