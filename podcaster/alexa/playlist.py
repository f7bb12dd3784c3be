"""Playlists of episodes, and the stream tokens that stand for a position in one."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from babel import Locale, UnknownLocaleError

from podcaster.alexa.episode_cache import EpisodeCache
from podcaster.alexa.words import words_for
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag

BRIEFING_EPISODES = 5
_EPISODES = 300
"""As many episodes as a feed has."""
_NEAR = 20
"""Episodes read first: most positions are among the newest."""
_LONGEST_TOKEN = 1024
"""Characters that a stream token may have (AudioPlayer interface reference)."""
_LONGEST_TOPIC = 80


class PlaylistKind(StrEnum):
    """The rule by which a playlist's episodes are chosen."""

    LATEST = "latest"
    TOPIC = "topic"
    BRIEFING = "briefing"
    """The five newest, then the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """Episodes of one language or of a listener's feed, newest first."""

    kind: PlaylistKind
    language: LanguageTag
    topic: str = ""
    """The topic in the listener's words."""
    code: str = ""
    """The topic's id in the interaction model, such as `CN` or `EU`; empty if the slot did not resolve."""
    choices: Preferences | None = None
    """The listener's preferences; None for the public show. Tokens leave them out, so that changes apply at once."""

    def episodes(self, reports: EpisodeCache, most: int = _EPISODES) -> Sequence[Episode]:
        """The episodes at present, `most` at most."""
        return (
            self._from_public_show(reports, most)
            if self.choices is None
            else self._from_listener_feed(self.choices, reports, most)
        )

    def newest(self, reports: EpisodeCache) -> Episode | None:
        """The first episode; None if the playlist is empty."""
        return next(iter(self.episodes(reports, 1)), None)

    def _from_listener_feed(self, choices: Preferences, reports: EpisodeCache, most: int) -> Sequence[Episode]:
        """Episodes of the listener's feed. A topic is searched in all reports of their languages, beyond what they follow."""
        if self.kind is PlaylistKind.TOPIC:
            found = [each.episode for each in reports.selected(Preferences(languages=choices.languages))]
            names = {
                language: topic_names(self.topic, self.code, language)
                for language in {episode.language for episode in found}
            }
            return [each for each in found if _is_about(each, names[each.language])][:most]
        limit = min(most, BRIEFING_EPISODES) if self.kind is PlaylistKind.BRIEFING else most
        return [each.episode for each in reports.selected(choices)[:limit]]

    def _from_public_show(self, reports: EpisodeCache, most: int) -> Sequence[Episode]:
        found = reports.published(self.language)
        if self.kind is not PlaylistKind.TOPIC:
            return found[: min(most, BRIEFING_EPISODES) if self.kind is PlaylistKind.BRIEFING else most]
        names = topic_names(self.topic, self.code, self.language)
        return [each for each in found if _is_about(each, names)][:most]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistPosition:
    """An episode in a playlist. Its token holds all that is needed to continue, without a session."""

    playlist: Playlist
    article: ArticleId
    published: int
    """Unix time of the report, in seconds, to continue from if the episode is withdrawn."""
    failures: int = 0
    """Streams in a row that failed before this one."""

    @classmethod
    def of(cls, playlist: Playlist, episode: Episode, failures: int = 0) -> Self:
        """The position of an episode."""
        published = int(episode.published.timestamp())
        return cls(playlist=playlist, article=episode.article, published=published, failures=failures)

    @classmethod
    def of_personal_briefing(cls, playlist: Playlist) -> Self:
        """The position of a personal briefing, which comes before every report."""
        return cls(playlist=playlist, article=ArticleId(""), published=0)

    @classmethod
    def from_token(cls, token: str | None, choices: Preferences | None = None) -> Self | None:
        """Parse a token for a listener with these preferences; None if it is not one of ours, or outdated."""
        try:
            kind, language, topic, code, article, published, failures = json.loads(token or "")
            playlist = Playlist(kind=PlaylistKind(kind), language=language, topic=topic, code=code, choices=choices)
            return cls(playlist=playlist, article=article, published=int(published), failures=int(failures))
        except (ValueError, TypeError, RecursionError):
            return None

    @property
    def token(self) -> str:
        """The stream token, of at most 1,024 characters."""
        playlist = replace(self.playlist, topic=self.playlist.topic[:_LONGEST_TOPIC])
        values = [
            playlist.kind,
            playlist.language,
            playlist.topic,
            playlist.code,
            self.article,
            self.published,
            self.failures,
        ]
        return json.dumps(values, separators=(",", ":"))[:_LONGEST_TOKEN]

    @property
    def is_personal_briefing(self) -> bool:
        """Whether this is a personal briefing, is_personal_briefing into one stream, rather than an episode."""
        return self.playlist.kind is PlaylistKind.BRIEFING and not self.article

    def episodes_around(self, reports: EpisodeCache) -> Sequence[Episode]:
        """The playlist's episodes from its start to beyond this position."""
        near = self.playlist.episodes(reports, _NEAR)
        if len(near) < _NEAR or self.article in [each.article for each in near[:-1]]:
            return near
        return self.playlist.episodes(reports)

    def current(self, episodes: Sequence[Episode]) -> Episode | None:
        """The episode at this position; None if it was withdrawn."""
        return next((each for each in episodes if each.article == self.article), None)

    def following(self, episodes: Sequence[Episode]) -> Episode | None:
        """The next episode, which is older; None at the end."""
        articles = [each.article for each in episodes]
        if self.is_personal_briefing:
            return next(iter(episodes), None)
        if self.article in articles:
            return next(iter(episodes[articles.index(self.article) + 1 :]), None)
        return next((each for each in episodes if each.published.timestamp() < self.published), None)

    def preceding(self, episodes: Sequence[Episode]) -> Episode | None:
        """The previous episode, which is newer; None at the start."""
        articles = [each.article for each in episodes]
        if self.is_personal_briefing:
            return None
        if self.article in articles:
            position = articles.index(self.article)
            return episodes[position - 1] if position else None
        return next((each for each in reversed(episodes) if each.published.timestamp() > self.published), None)


def topic_names(said: str, code: str, language: LanguageTag) -> frozenset[str]:
    """Names of a topic in reports of a language: as said, its code, and its names in that language and in English."""
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
    """Whether an episode's topics, or whole words of its title, match."""
    if names & {_folded(topic) for topic in episode.topics}:
        return True
    title = f" {_folded(episode.title)} "
    return any(f" {name} " in title for name in names if len(name) > 2)  # noqa: PLR2004 # "us" is a word, too


def _folded(text: str) -> str:
    """Words without case and accents: `Oriente próximo` equals `ORIENTE PROXIMO`."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", plain.casefold()))
