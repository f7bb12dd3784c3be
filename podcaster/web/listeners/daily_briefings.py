"""Daily briefings: episodes of private feeds, spliced on request from a URL that encodes their content.

The URL's name holds the day, the reports and a digest of the bytes, all signed. So the service stores nothing per
briefing, nobody can guess a name, and a name never stands for other bytes. It says nothing about the listener.
"""

import base64
import hashlib
import hmac
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final
from uuid import UUID, uuid5

from podcaster.errors import EpisodeUnknown, FileGone
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.rss import FeedEntry
from podcaster.listener.briefing_schedule import BriefingTime, briefing_times
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag, Revision
from podcaster.web.listeners.personal_briefing import MOST_REPORTS
from podcaster.web.listeners.private_urls import PRIVATE
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.web.listeners.splicing_plans import ReportRevision, SplicedBriefing, SplicingPlans
from podcaster.web.media.takedowns import TakedownCheck
from podcaster.web.services import Services

DAILY_BRIEFINGS: Final = "/briefings/"
NAME: Final = "[A-Za-z0-9_-]{40,2000}"
KEPT: Final = (
    (b"cache-control", b"private, max-age=31536000, immutable"),
    *(each for each in PRIVATE if each[0] != b"cache-control"),
    (b"access-control-allow-origin", b"*"),
)
"""Apps may cache them for ever. Shared caches may not, since few listeners share one."""
_DAYS: Final = 5
_SIGNATURE_BYTES: Final = 16
_SIGNED_WITH: Final = "names of briefings"
_SECRET_BYTES: Final = 32
_GUIDS: Final = UUID("a5f0a6bd-2f0b-4a53-9a3b-9b1f2b8d7c11")
"""Namespace of the daily briefings' guids (RFC 9562 §5.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalAddresses(Addresses):
    """The service's URLs, and those of daily briefings, which belong to no article."""

    def file(self, episode: Episode, file: EpisodeFileKind) -> str | None:
        """URL of one of an episode's files; a briefing has audio and chapters."""
        if episode.article:
            return Addresses.file(self, episode, file)
        offered = file in {EpisodeFileKind.AUDIO, EpisodeFileKind.CHAPTERS}
        return f"{self.base_url}{DAILY_BRIEFINGS}{episode.revision}{file}" if offered else None

    def audio(self, episode: Episode) -> str:
        """URL of the MP3 file."""
        return self.file(episode, EpisodeFileKind.AUDIO) or Addresses.audio(self, episode)

    def page(self, episode: Episode) -> str | None:
        """URL of the episode's page; None for a briefing."""
        return Addresses.page(self, episode) if episode.article else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """The contents of a briefing, as its name encodes them."""

    day: date
    reports: Sequence[ReportRevision]
    """Newest first."""
    digest: str
    """Digest of the bytes; empty if not yet known."""

    def text(self) -> str:
        return "\n".join([self.day.isoformat(), self.digest, *(" ".join(report) for report in self.reports)])

    @classmethod
    def read(cls, text: str) -> "_Recipe":
        day, digest, *reports = text.split("\n")
        parts = (report.split(" ") for report in reports)
        found = [
            ReportRevision(ArticleId(article), LanguageTag(language), revision) for article, language, revision in parts
        ]
        return cls(day=date.fromisoformat(day), reports=found, digest=digest)


class DailyBriefings:
    """Makes daily briefings for preferences, and finds them by name."""

    def __init__(self, services: Services, publications: PublishedEntries, plans: SplicingPlans) -> None:
        self._services = services
        self._publications = publications
        self._plans = plans
        self._takedowns = TakedownCheck(services.blobs)

    def last(self, preferences: Preferences) -> datetime | None:
        """Time of the last daily briefing for these preferences; None if they want none. A feed from before is outdated."""
        return next((each.at for each in self._come(preferences, most=1)), None)

    def of(self, preferences: Preferences) -> Sequence[FeedEntry]:
        """Episodes of the last daily briefings that have reports, newest first; blocks."""
        reports_by_briefing = self._publications.reports_by_briefing(
            preferences, self._come(preferences, most=_DAYS + 1)
        )
        made = (
            self._entry(preferences, morning, [each.episode for each in entries])
            for morning, entries in reports_by_briefing
        )
        return [entry for entry in made if entry is not None]

    def named(self, name: str) -> SplicedBriefing:
        """Find a briefing by its name; blocks.

        Raises:
            EpisodeUnknown: The name is not signed by this service, or the clips have changed since.
            FileGone: One of its reports was withdrawn.
        """
        recipe = self._recipe(name)
        if any(self._takedowns.covers(report.article, report.language) for report in recipe.reports):
            raise FileGone("A report of this briefing was taken down.", "Refresh the feed for the current briefings.")
        briefing = self._briefing(recipe)
        if briefing is None or _digest(briefing) != recipe.digest:
            raise EpisodeUnknown("This briefing is no longer available.", "Refresh the feed for the current ones.")
        return briefing

    def _come(self, preferences: Preferences, *, most: int) -> Sequence[BriefingTime]:
        clock = preferences.morning_clock
        return [] if clock is None else briefing_times(self._services.clock(), clock, preferences.zone, most=most)

    def _entry(self, preferences: Preferences, morning: BriefingTime, episodes: Sequence[Episode]) -> FeedEntry | None:
        heard = episodes[:MOST_REPORTS]
        reports = [ReportRevision.of(each) for each in heard]
        recipe = _Recipe(day=morning.day, reports=reports, digest="")
        briefing = self._briefing(recipe)
        if briefing is None:
            return None
        return FeedEntry(
            changed=morning.at,
            episode=Episode(
                guid=uuid5(_GUIDS, f"{preferences.choices}\n{morning.day.isoformat()}").urn,
                article=ArticleId(""),
                language=heard[0].language,
                revision=Revision(self._name(replace(recipe, digest=_digest(briefing)))),
                title=briefing.title,
                authors=(),
                topics=(),
                published=morning.at,
                key_points=(),
                summary=" · ".join(chapter.title for chapter in briefing.chapters),
                duration_ms=briefing.duration_ms,
                enclosure_bytes=briefing.length,
                chapters=tuple(briefing.chapters),
                voice=heard[0].voice,
                translator=heard[0].translator,
                written_in=heard[0].written_in,
                draft=any(each.draft for each in heard),
            ),
        )

    def _briefing(self, recipe: _Recipe) -> SplicedBriefing | None:
        return self._plans.of(recipe.day, recipe.reports)

    @cached_property
    def _key(self) -> bytes:
        return self._services.library.secret(_SIGNED_WITH, self._services.randomness(_SECRET_BYTES))

    def _name(self, recipe: _Recipe) -> str:
        """Encode a recipe: 16 bytes of HMAC (RFC 2104) and the compressed text, in base64url (RFC 4648 §5)."""
        packed = zlib.compress(recipe.text().encode(), level=9)
        return base64.urlsafe_b64encode(self._signature(packed) + packed).rstrip(b"=").decode()

    def _recipe(self, name: str) -> _Recipe:
        # A single character left over encodes no byte.
        whole = name[: len(name) - (len(name) % 4 == 1)] if re.fullmatch(NAME, name) else ""
        found = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4))
        signature, packed = found[:_SIGNATURE_BYTES], found[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(packed)):
            raise EpisodeUnknown("There is no such briefing.", "Use the address in your feed.")
        return _Recipe.read(zlib.decompress(packed).decode())

    def _signature(self, packed: bytes) -> bytes:
        return hmac.new(self._key, packed, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _digest(briefing: SplicedBriefing) -> str:
    return briefing.etag.strip('"')[:16]
