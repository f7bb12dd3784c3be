"""What is played one after the other, and the tokens by which Alexa names a place in it."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from babel import Locale, UnknownLocaleError

from podcaster.alexa.reports import Reports
from podcaster.alexa.words import words_for
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag

BRIEFING_EPISODES = 5
_EPISODES = 300
"""As many as a feed has."""
_NEAR = 20
"""Read first: most listeners are among the newest."""
_LONGEST_TOKEN = 1024
"""Characters, AudioPlayer interface reference."""
_LONGEST_TOPIC = 80


class ProgrammeKind(StrEnum):
    """How the episodes of a programme are chosen."""

    LATEST = "latest"
    TOPIC = "topic"
    BRIEFING = "briefing"
    """The five newest, and then it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Some episodes, the newest first: of one language, or of a listener's own."""

    kind: ProgrammeKind
    language: LanguageTag
    topic: str = ""
    """As the listener said it."""
    code: str = ""
    """The topic's id in the interaction model: `CN`, `EU`; empty where it has none."""
    choices: Preferences | None = None
    """The listener's; None for the public show of the language. No token has them: they are what they are when they are asked for."""

    def episodes(self, reports: Reports, most: int = _EPISODES) -> Sequence[Episode]:
        """What there is now, `most` at most."""
        return self._public(reports, most) if self.choices is None else self._own(self.choices, reports, most)

    def newest(self, reports: Reports) -> Episode | None:
        """Where it begins; None where there is nothing."""
        return next(iter(self.episodes(reports, 1)), None)

    def _own(self, choices: Preferences, reports: Reports, most: int) -> Sequence[Episode]:
        """What the listener's feed has; a topic is looked for in everything of their languages, for they asked for it."""
        if self.kind is ProgrammeKind.TOPIC:
            found = [each.episode for each in reports.selected(Preferences(languages=choices.languages))]
            names = {
                language: topic_names(self.topic, self.code, language)
                for language in {episode.language for episode in found}
            }
            return [each for each in found if _is_about(each, names[each.language])][:most]
        limit = min(most, BRIEFING_EPISODES) if self.kind is ProgrammeKind.BRIEFING else most
        return [each.episode for each in reports.selected(choices)[:limit]]

    def _public(self, reports: Reports, most: int) -> Sequence[Episode]:
        found = reports.published(self.language)
        if self.kind is not ProgrammeKind.TOPIC:
            return found[: min(most, BRIEFING_EPISODES) if self.kind is ProgrammeKind.BRIEFING else most]
        names = topic_names(self.topic, self.code, self.language)
        return [each for each in found if _is_about(each, names)][:most]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An episode in a programme: enough to go on from, without a session and without anything kept."""

    programme: Programme
    article: ArticleId
    published: int
    """Of its report, in seconds since 1970, to go on from there when the episode is withdrawn."""
    failures: int = 0
    """How many streams failed in a row before this one."""

    @classmethod
    def of(cls, programme: Programme, episode: Episode, failures: int = 0) -> Self:
        """The place of an episode."""
        published = int(episode.published.timestamp())
        return cls(programme=programme, article=episode.article, published=published, failures=failures)

    @classmethod
    def of_briefing(cls, programme: Programme) -> Self:
        """The place of a spliced briefing: before every report that there is."""
        return cls(programme=programme, article=ArticleId(""), published=0)

    @classmethod
    def from_token(cls, token: str | None, choices: Preferences | None = None) -> Self | None:
        """What a token says to a listener of these choices; None for one that is not ours, or not any more."""
        try:
            kind, language, topic, code, article, published, failures = json.loads(token or "")
            programme = Programme(kind=ProgrammeKind(kind), language=language, topic=topic, code=code, choices=choices)
            return cls(programme=programme, article=article, published=int(published), failures=int(failures))
        except (ValueError, TypeError, RecursionError):
            return None

    @property
    def token(self) -> str:
        """At most 1,024 characters."""
        programme = replace(self.programme, topic=self.programme.topic[:_LONGEST_TOPIC])
        values = [
            programme.kind,
            programme.language,
            programme.topic,
            programme.code,
            self.article,
            self.published,
            self.failures,
        ]
        return json.dumps(values, separators=(",", ":"))[:_LONGEST_TOKEN]

    @property
    def spliced(self) -> bool:
        """Whether it is no episode, but a listener's briefing, one stream."""
        return self.programme.kind is ProgrammeKind.BRIEFING and not self.article

    def surroundings(self, reports: Reports) -> Sequence[Episode]:
        """The programme's episodes, from its beginning to behind this place at least."""
        near = self.programme.episodes(reports, _NEAR)
        if len(near) < _NEAR or self.article in [each.article for each in near[:-1]]:
            return near
        return self.programme.episodes(reports)

    def here(self, episodes: Sequence[Episode]) -> Episode | None:
        """The episode of this place; None where it was withdrawn."""
        return next((each for each in episodes if each.article == self.article), None)

    def following(self, episodes: Sequence[Episode]) -> Episode | None:
        """The one behind it, which is older; None at the end."""
        articles = [each.article for each in episodes]
        if self.spliced:
            return next(iter(episodes), None)
        if self.article in articles:
            return next(iter(episodes[articles.index(self.article) + 1 :]), None)
        return next((each for each in episodes if each.published.timestamp() < self.published), None)

    def preceding(self, episodes: Sequence[Episode]) -> Episode | None:
        """The one before it, which is newer; None at the beginning."""
        articles = [each.article for each in episodes]
        if self.spliced:
            return None
        if self.article in articles:
            place = articles.index(self.article)
            return episodes[place - 1] if place else None
        return next((each for each in reversed(episodes) if each.published.timestamp() > self.published), None)


def topic_names(said: str, code: str, language: LanguageTag) -> frozenset[str]:
    """Everything that a topic may be called where reports are in a language: as said, by its code, by its names there."""
    names = [said, code, *_territory(code, language), *_territory(code, LanguageTag("en"))]
    names += words_for(language).topics.get(code, ())
    names += words_for(LanguageTag("en")).topics.get(code, ())
    return frozenset(filter(None, map(_folded, names)))


def _territory(code: str, language: LanguageTag) -> Sequence[str]:
    try:
        return [name] if (name := Locale.parse(language, sep="-").territories.get(code)) else []
    except (UnknownLocaleError, ValueError):
        return []


def _is_about(episode: Episode, names: frozenset[str]) -> bool:
    """By its topics, or by whole words of its title."""
    if names & {_folded(topic) for topic in episode.topics}:
        return True
    title = f" {_folded(episode.title)} "
    return any(f" {name} " in title for name in names if len(name) > 2)  # noqa: PLR2004 # "us" is a word, too


def _folded(text: str) -> str:
    """Words without case and accents: `Oriente próximo` and `ORIENTE PROXIMO` are the same."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", plain.casefold()))
