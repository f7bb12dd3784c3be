"""The mornings' briefings: episodes of private feeds, spliced while they are sent, under names that say what is in them.

A name holds the day, the reports and a digest of the bytes, under a signature: it is found in a feed or nowhere, the
service needs to keep nothing for it, and it never stands for other bytes. It holds nothing of the listener.
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

from podcaster.errors import EpisodeUnknown
from podcaster.feed.addresses import Addresses, EpisodeFile
from podcaster.feed.rss import Entry
from podcaster.listener.morning import Morning, mornings
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag, Revision
from podcaster.web.listeners.personal_briefing import MOST_REPORTS
from podcaster.web.listeners.private_address import PRIVATE
from podcaster.web.listeners.published_reports import Publications
from podcaster.web.listeners.splice_plans import Briefing, Report, SplicingPlans
from podcaster.web.services import Services

MORNINGS: Final = "/briefings/"
NAME: Final = "[A-Za-z0-9_-]{40,2000}"
KEPT: Final = (
    (b"cache-control", b"private, max-age=31536000, immutable"),
    *(each for each in PRIVATE if each[0] != b"cache-control"),
    (b"access-control-allow-origin", b"*"),
)
"""Apps keep what never changes; shared caches nothing that was made for few."""
_DAYS: Final = 5
_SIGNATURE_BYTES: Final = 16
_SIGNED_WITH: Final = "names of briefings"
_SECRET_BYTES: Final = 32
_GUIDS: Final = UUID("a5f0a6bd-2f0b-4a53-9a3b-9b1f2b8d7c11")
"""Namespace of the mornings' guids (RFC 9562 §5.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalAddresses(Addresses):
    """The service's addresses, and those of the mornings' episodes, which belong to no article."""

    def file(self, episode: Episode, file: EpisodeFile) -> str | None:
        """Where one of an episode's files is reached; a briefing has sound and chapters."""
        if episode.article:
            return Addresses.file(self, episode, file)
        offered = file in {EpisodeFile.AUDIO, EpisodeFile.CHAPTERS}
        return f"{self.base_url}{MORNINGS}{episode.revision}{file}" if offered else None

    def audio(self, episode: Episode) -> str:
        """Where the MP3 file is reached."""
        return self.file(episode, EpisodeFile.AUDIO) or Addresses.audio(self, episode)

    def page(self, episode: Episode) -> str | None:
        """The episode's page; a briefing has none."""
        return Addresses.page(self, episode) if episode.article else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """What a briefing is made of."""

    day: date
    reports: Sequence[Report]
    """The newest first."""
    digest: str
    """Of the bytes; empty while it is not known."""

    def text(self) -> str:
        return "\n".join([self.day.isoformat(), self.digest, *(" ".join(report) for report in self.reports)])

    @classmethod
    def read(cls, text: str) -> "_Recipe":
        day, digest, *reports = text.split("\n")
        parts = (report.split(" ") for report in reports)
        found = [Report(ArticleId(article), LanguageTag(language), revision) for article, language, revision in parts]
        return cls(day=date.fromisoformat(day), reports=found, digest=digest)


class Mornings:
    """Makes the mornings' episodes of choices, and what is heard behind their names."""

    def __init__(self, services: Services, publications: Publications, plans: SplicingPlans) -> None:
        self._services = services
        self._publications = publications
        self._plans = plans

    def last(self, preferences: Preferences) -> datetime | None:
        """When the last morning of these choices came: what was made before shows it not; None: there are none."""
        return next((each.at for each in self._come(preferences, most=1)), None)

    def of(self, preferences: Preferences) -> Sequence[Entry]:
        """The episodes of the last mornings that brought something, the newest first; blocks."""
        brought = self._publications.brought(preferences, self._come(preferences, most=_DAYS + 1))
        made = (self._entry(preferences, morning, [each.episode for each in entries]) for morning, entries in brought)
        return [entry for entry in made if entry is not None]

    def named(self, name: str) -> Briefing:
        """What is heard behind a name; blocks.

        Raises:
            EpisodeUnknown: it is not signed here, or not to be had as it was any more.
        """
        recipe = self._recipe(name)
        briefing = self._briefing(recipe)
        if briefing is None or _digest(briefing) != recipe.digest:
            raise EpisodeUnknown("This briefing is not to be had any more.", "Refresh the feed: it may have another.")
        return briefing

    def _come(self, preferences: Preferences, *, most: int) -> Sequence[Morning]:
        clock = preferences.morning_clock
        return [] if clock is None else mornings(self._services.clock(), clock, preferences.zone, most=most)

    def _entry(self, preferences: Preferences, morning: Morning, episodes: Sequence[Episode]) -> Entry | None:
        heard = episodes[:MOST_REPORTS]
        reports = [Report.of(each) for each in heard]
        recipe = _Recipe(day=morning.day, reports=reports, digest="")
        briefing = self._briefing(recipe)
        if briefing is None:
            return None
        return Entry(
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

    def _briefing(self, recipe: _Recipe) -> Briefing | None:
        return self._plans.of(recipe.day, recipe.reports)

    @cached_property
    def _key(self) -> bytes:
        return self._services.library.secret(_SIGNED_WITH, self._services.randomness(_SECRET_BYTES))

    def _name(self, recipe: _Recipe) -> str:
        """A recipe as a name: its text, compressed, behind 16 bytes of its HMAC (RFC 2104), as RFC 4648 §5 has it."""
        packed = zlib.compress(recipe.text().encode(), level=9)
        return base64.urlsafe_b64encode(self._signature(packed) + packed).rstrip(b"=").decode()

    def _recipe(self, name: str) -> _Recipe:
        # A character too many is no byte.
        whole = name[: len(name) - (len(name) % 4 == 1)] if re.fullmatch(NAME, name) else ""
        found = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4))
        signature, packed = found[:_SIGNATURE_BYTES], found[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(packed)):
            raise EpisodeUnknown("There is no such briefing.", "Take its address from your feed.")
        return _Recipe.read(zlib.decompress(packed).decode())

    def _signature(self, packed: bytes) -> bytes:
        return hmac.new(self._key, packed, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _digest(briefing: Briefing) -> str:
    return briefing.etag.strip('"')[:16]
