"""What a listener wants to hear."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, tzinfo
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import TypeAdapter, ValidationError

from podcaster import language as languages
from podcaster.errors import InputRefused, StorageFailed
from podcaster.feed.section import section_slug
from podcaster.units import ContentKey, LanguageTag

MOST_LANGUAGES = 20
MOST_FOLLOWED = 100
"""Topics, and authors."""
MOST_MINUTES = 24 * 60
SLOWEST, FASTEST = 0.8, 1.5
"""Of the speed at which an episode was spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The choices of a listener; equal for all who want the same."""

    languages: tuple[LanguageTag, ...]
    """The best first; never empty."""
    topics: tuple[str, ...] = ()
    """Slugs, sorted. Without topics and authors a listener gets everything, else what is of any of them."""
    authors: tuple[str, ...] = ()
    """Slugs, sorted."""
    max_minutes: int | None = None
    """Most audio of one day's reports."""
    rate: float = 1.0
    """Times the speed at which it was spoken; players start with it. The audio itself is the same for everybody."""
    time_zone: str | None = None
    """Where the listener's days begin, by its IANA name; None is UTC."""

    @classmethod
    def of(
        cls,
        *,
        languages: Sequence[str],
        topics: Sequence[str] = (),
        authors: Sequence[str] = (),
        max_minutes: int | None = None,
        rate: float = 1.0,
        time_zone: str | None = None,
    ) -> Self:
        """Choices as people write them: tags in any spelling, topics and authors by name or as addresses have them.

        Raises:
            LanguageUnknown: a language is none.
            InputRefused: no language, too many of something, minutes that no day has, a rate or a zone that there is not.
        """
        faults = [
            *([] if 0 < len(languages) <= MOST_LANGUAGES else [f"1 to {MOST_LANGUAGES} languages"]),
            *([] if len(topics) <= MOST_FOLLOWED else [f"at most {MOST_FOLLOWED} topics"]),
            *([] if len(authors) <= MOST_FOLLOWED else [f"at most {MOST_FOLLOWED} authors"]),
            *(
                []
                if max_minutes is None or 1 <= max_minutes <= MOST_MINUTES
                else [f"1 to {MOST_MINUTES} minutes a day"]
            ),
            *([] if SLOWEST <= rate <= FASTEST else [f"a rate of {SLOWEST} to {FASTEST}"]),
            *([] if not time_zone or time_zone in _zones() else ["a time zone by its name, as Europe/Madrid"]),
        ]
        if faults:
            raise InputRefused("Those choices are not possible.", f"Choose {', '.join(faults)}.")
        return cls(
            languages=_canonical(languages),
            topics=tuple(sorted({section_slug(each) for each in topics if each.strip()})),
            authors=tuple(sorted({section_slug(each) for each in authors if each.strip()})),
            max_minutes=max_minutes,
            rate=rate,
            time_zone=time_zone or None,
        )

    @property
    def choices(self) -> ContentKey:
        """Names these choices: what is made for one listener serves every other of equal choices."""
        heard = asdict(self)
        del heard["rate"]
        # Feeds that were there before zones keep their podcast:guid.
        if self.time_zone is None:
            del heard["time_zone"]
        return ContentKey(hashlib.sha256(_canonical_json(heard).encode()).hexdigest())

    @property
    def zone(self) -> tzinfo:
        """By it, days begin and end."""
        return UTC if self.time_zone is None else ZoneInfo(self.time_zone)


def preferences_json(preferences: Preferences) -> str:
    """As they are kept: canonical JSON."""
    return _canonical_json(asdict(preferences))


def preferences_from_json(text: str) -> Preferences:
    """What `preferences_json` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: it is not that.
    """
    try:
        return _stored().validate_json(text)
    except ValidationError as error:
        raise StorageFailed("A listener's stored choices cannot be read.", "Restore a backup.") from error


def _canonical_json(document: Mapping[str, object]) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


@cache
def _stored() -> TypeAdapter[Preferences]:
    """Made once: it takes longer than all that it reads."""
    return TypeAdapter(Preferences)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _canonical(tags: Sequence[str]) -> tuple[LanguageTag, ...]:
    return tuple(dict.fromkeys(languages.parse(tag) for tag in tags))
