"""Voices by rule: for quotes, for an author's reports, for a topic; one voice an episode is the default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from podcaster.model import Article

_RULE: Final = re.compile(r"(?P<about>quote|author|topic)(?::(?P<name>[^=]+))?=(?P<wish>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRule:
    """A voice, or a gender, for some lines or reports."""

    about: str
    """`quote`, `author` or `topic`."""
    name: str = ""
    """The author's or the topic's."""
    wish: str
    """A voice's name, `female` or `male`."""


def parsed(rules: Iterable[str]) -> Sequence[VoiceRule]:
    """Rules as the setting has them: `quote=male`, `author:Jane Doe=en-emma`, `topic:energy=female`."""
    found = [match for rule in rules if (match := _RULE.fullmatch(rule.strip()))]
    return [VoiceRule(about=each["about"], name=(each["name"] or "").strip(), wish=each["wish"]) for each in found]


def for_article(rules: Sequence[VoiceRule], article: Article) -> tuple[str, ...]:
    """Wishes for a whole report, the first rule that fits first."""
    authors = {author.casefold() for author in article.authors}
    topics = {topic.casefold() for topic in article.topics}
    return tuple(
        rule.wish
        for rule in rules
        if (rule.about == "author" and rule.name.casefold() in authors)
        or (rule.about == "topic" and rule.name.casefold() in topics)
    )


def for_quotes(rules: Sequence[VoiceRule]) -> tuple[str, ...]:
    """Wishes for quotes."""
    return tuple(rule.wish for rule in rules if rule.about == "quote")
