"""Publishes, holds, schedules and withdraws episodes."""

import json
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from podcaster.episode.serialisation import from_record, to_record
from podcaster.errors import BlobMissing, DraftDamaged, EpisodeUnknown, InputRefused
from podcaster.model import Episode
from podcaster.model.changes import Action
from podcaster.ports import BlobStore, Clock, Library, ScheduledEpisode, StoredBlob
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.takedowns import Takedowns
from podcaster.units import ArticleId, LanguageTag, RenderId

_LEFT_BEHIND: Final = timedelta(minutes=1)
"""After this time, whoever published or withdrew an episode is not writing its feeds any more."""
log = structlog.get_logger()
_NO_RIGHT: Final = (
    "It was asked for with a key that may not publish and was held back: release it at the desk, or with "
    "`podcaster articles publish`."
)
_WITHDRAWN: Final = (
    "It was withdrawn while this revision was made, which was held back: release it at the desk, or with "
    "`podcaster articles publish`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The last step of every episode. Each method can run again and then changes nothing."""

    library: Library
    blobs: BlobStore
    feed_publisher: FeedPublisher
    clock: Clock
    publish_drafts: bool
    publish_flagged: bool = True
    caches: Sequence[str] = ()
    """URLs that purge a CDN."""

    @property
    def takedowns(self) -> Takedowns:
        """Takes files of what is not published down."""
        return Takedowns(library=self.library, blobs=self.blobs, clock=self.clock, caches=self.caches)

    def offer(self, episode: Episode, *, hold: bool = False, render: RenderId | None = None) -> Sequence[str]:
        """Publish an episode, or hold it back: a draft where drafts are held, or any with `hold`; warnings for the editor.

        What has been withdrawn since its `render` was requested stays withdrawn.
        """
        reasons = [_NO_RIGHT] if hold else []
        if render is not None and self.withdrawn_since(render, episode.article, episode.language):
            reasons.append(_WITHDRAWN)
        if episode.draft and not self.publish_drafts:
            reasons.append(
                "This is a draft translation and was held back: `podcaster articles publish` releases it, "
                "PODCASTER_PUBLISH_DRAFTS=true publishes all drafts."
            )
        if episode.flagged and not self.publish_flagged:
            reasons.append(
                f"{episode.flagged} lines fail a check, so it was held back: word them, or release it with "
                "`podcaster articles publish`."
            )
        reasons += self._too_early(episode)
        if reasons:
            self._hold(episode)
            self.takedowns.settle(episode.article, episode.language)
            return reasons
        self._publish(episode, self._held_names(episode.article, episode.language))
        return []

    def withdrawn_since(self, render: RenderId, article: ArticleId, language: LanguageTag) -> bool:
        """Whether an episode has been withdrawn since a render was requested, by the order of the log: clocks are moved."""
        requests = self.library.changes(article=article, action=Action.RENDER_REQUESTED)
        withdrawals = self.library.changes(article=article, action=Action.EPISODE_WITHDRAWN)
        begun = next((each.number for each in requests if each.subject == render), None)
        return begun is not None and any(each.language == language and each.number > begun for each in withdrawals)

    def release(self, article: ArticleId, language: LanguageTag, *, due: datetime | None = None) -> Episode:
        """Publish an episode that was held back, and forget its schedule: any, or the one that is `due`.

        Raises:
            DraftDamaged: what is held back cannot be read.
            EpisodeUnknown: none is held, and none is published either.
        """
        held = self._held_names(article, language)
        episode = self._first_of(held)
        if episode is None:
            return self.library.episode(article, language).episode
        self._publish(episode, held)
        self.library.drop_schedule(article, language, at=due)
        return episode

    def finish_interrupted(self) -> int:
        """Show in the feeds what a process published or withdrew that died before it had; how many episodes that was."""
        now = self.clock()
        # What seems to come was noted before the clock was moved back.
        left = [each for each in self.library.unshown() if abs(now - each.since) > _LEFT_BEHIND]
        episodes = {(each.episode.article, each.episode.language): each.episode for each in left}
        for (article, language), episode in episodes.items():
            log.warning("finishing a publication that was cut off", article=article, language=language)
            self.takedowns.settle(article, language)
            self.feed_publisher.update_feeds(episode)
        return len(episodes)

    def newest(self, article: ArticleId, language: LanguageTag) -> Episode:
        """The episode that was made last, held back or published.

        Raises:
            DraftDamaged: the one that is held back cannot be read.
            EpisodeUnknown: none was made.
        """
        return self._held(article, language) or self.library.episode(article, language).episode

    def withdraw(self, article: ArticleId, language: LanguageTag) -> None:
        """Take an episode out of the feeds and hold it back.

        Raises:
            EpisodeUnknown: it is not published in this language.
        """
        try:
            episode = self.library.episode(article, language).episode
        except EpisodeUnknown:
            self._mend(article, language)
            raise
        first = self._hold(episode)
        self.library.drop_schedule(article, language)
        withdrawn = self.library.unpublish(article, language)
        if withdrawn is None:
            raise EpisodeUnknown(f"{article} is not published in {language}.", "Look at `podcaster articles show`.")
        # A publication at the same time may have put another revision there, and deletes what it found held before.
        self._hold(withdrawn)
        self.blobs.delete(first)
        self.takedowns.settle(article, language)
        self.feed_publisher.update_feeds(withdrawn)

    def schedule(self, article: ArticleId, language: LanguageTag, at: datetime, *, editor: str) -> ScheduledEpisode:
        """Schedule a held episode for publication.

        Raises:
            EpisodeUnknown: nothing was made in this language.
            InputRefused: the time is in the past.
        """
        if at <= self.clock():
            raise InputRefused(f"{at.isoformat()} is in the past.", "Choose a later time, or publish it now.")
        self.newest(article, language)
        scheduled = ScheduledEpisode(article=article, language=language, at=at, editor=editor)
        self.library.put_schedule(scheduled)
        return scheduled

    def unschedule(self, article: ArticleId, language: LanguageTag) -> None:
        """Leave it held back.

        Raises:
            EpisodeUnknown: it is not scheduled.
        """
        if not self.library.drop_schedule(article, language):
            raise EpisodeUnknown(f"{article} is not scheduled in {language}.", "Look at the report.")

    def scheduled(self, article: ArticleId) -> Sequence[ScheduledEpisode]:
        """The scheduled episodes of a report."""
        return self.library.schedules(article=article)

    def drafts(self, article: ArticleId, language: LanguageTag) -> frozenset[StoredBlob]:
        """Files in which a language is held back: they differ from the earlier ones when a draft is made anew or mended."""
        start = f"{held_prefix(article)}{language}."
        return frozenset(each for each in self.blobs.listed(held_prefix(article)) if each.name.startswith(start))

    def _too_early(self, episode: Episode) -> Sequence[str]:
        """Reason that an episode waits which was never public; one that is public is replaced at once."""
        times = {each.language: each.at for each in self.library.schedules(article=episode.article)}
        at = times.get(episode.language)
        if at is None or any(
            each.episode.language == episode.language for each in self.library.episodes(article=episode.article)
        ):
            return []
        return [f"It is scheduled for {at.isoformat()} and held back until then."]

    def _publish(self, episode: Episode, held: Iterable[str]) -> None:
        """Publish an episode in place of the `held` ones; what is held since then has a name of its own and stays."""
        before = self._published(episode)
        self.library.publish(episode, self.clock())
        self.takedowns.settle(episode.article, episode.language)
        self.feed_publisher.update_feeds(*before, episode)
        for name in held:
            self.blobs.delete(name)

    def _hold(self, episode: Episode) -> str:
        record = json.dumps(to_record(episode), ensure_ascii=False).encode()
        # A clock may have been moved back since the last one.
        held = self._held_names(episode.article, episode.language)
        moment = max(int(self.clock().timestamp() * 1000), held_moment(held[0]) + 1 if held else 0)
        name = f"{held_prefix(episode.article)}{episode.language}.{moment:015d}.{uuid.uuid4().hex}.json"
        self.blobs.put(name, record)
        return name

    def _held(self, article: ArticleId, language: LanguageTag) -> Episode | None:
        """The episode that was held last."""
        return self._first_of(self._held_names(article, language))

    def _first_of(self, held: Iterable[str]) -> Episode | None:
        for name in held:
            with suppress(BlobMissing):  # published meanwhile
                record = self.blobs.get(name)
                try:
                    return from_record(json.loads(record))
                except (ValueError, LookupError, TypeError, AttributeError) as error:
                    raise DraftDamaged(
                        f"The draft that is held back is damaged ({name}).",
                        "Render the report again, or restore the file.",
                    ) from error
        return None

    def _held_names(self, article: ArticleId, language: LanguageTag) -> Sequence[str]:
        """Blobs in which a language is held, the newest first."""
        start = f"{held_prefix(article)}{language}."
        found = [name for name in self.blobs.names(held_prefix(article)) if name.startswith(start)]
        return sorted(found, key=lambda name: (held_moment(name), name), reverse=True)

    def _mend(self, article: ArticleId, language: LanguageTag) -> None:
        """Take a held episode out of documents that still show it after an interrupted withdrawal."""
        held = self._held(article, language)
        if held is not None:
            self.takedowns.settle(article, language)
            self.feed_publisher.update_feeds(held)

    def _published(self, episode: Episode) -> Sequence[Episode]:
        """The revision that this one takes the place of, where there is one."""
        try:
            return [self.library.episode(episode.article, episode.language).episode]
        except EpisodeUnknown:
            return []


def held_moment(name: str) -> int:
    """When a draft was held, in milliseconds, as its blob's name says; 0 where an early version wrote none."""
    moment = name.split(".")[1]
    return int(moment) if moment.isdecimal() else 0


def held_prefix(article: ArticleId) -> str:
    """Prefix of the blobs in which a report's episodes are held back."""
    return f"held/{article}/"
