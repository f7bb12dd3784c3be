"""A listener's preferences."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, time, tzinfo
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import TypeAdapter, ValidationError

from podcaster import language as languages
from podcaster.errors import InputRefused, StorageFailed
from podcaster.feed.section import section_slug
from podcaster.model import Reading
from podcaster.units import ContentKey, LanguageTag

MOST_LANGUAGES = 20
MOST_FOLLOWED = 100
"""Limit for topics, and for authors."""
MOST_MINUTES = 24 * 60
MOST_VOICES = 20
"""Limit for voices."""
RATES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
"""Speech rates, relative to the show's. They are few, so that a reading serves many listeners."""
SLOWEST, FASTEST = RATES[0], RATES[-1]
DEFAULT_MORNING = "06:00"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_VOICE = re.compile(r"[\w.#-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """A listener's choices; equal for all who choose the same."""

    languages: tuple[LanguageTag, ...]
    """In order of preference; never empty."""
    topics: tuple[str, ...] = ()
    """Slugs, sorted. A listener gets reports on any of the topics or by any of the authors; all if both are empty."""
    authors: tuple[str, ...] = ()
    """Slugs, sorted."""
    max_minutes: int | None = None
    """Most minutes of audio from one day's reports."""
    rate: float = 1.0
    """Speech rate relative to the show's, one of `RATES`."""
    voice: tuple[str, ...] = ()
    """Genders and voice names, in order of preference; each language takes the first that one of its voices matches."""
    time_zone: str | None = None
    """IANA time zone in which the listener's days begin; None for UTC."""
    morning: str | None = DEFAULT_MORNING
    """Time of the daily briefing, such as `06:00` in the listener's zone; None for no briefing."""

    @classmethod
    def of(
        cls,
        *,
        languages: Sequence[str],
        topics: Sequence[str] = (),
        authors: Sequence[str] = (),
        max_minutes: int | None = None,
        rate: float = 1.0,
        voice: Sequence[str] = (),
        time_zone: str | None = None,
        morning: str | None = DEFAULT_MORNING,
    ) -> Self:
        """Preferences from user input: language tags in any spelling, topics and authors by name or slug.

        The rate is rounded to the nearest of `RATES`.

        Raises:
            LanguageUnknown: A language tag is invalid.
            InputRefused: A value is out of its range, too many are given, or a zone or time does not exist.
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
            *([] if len(voice) <= MOST_VOICES and all(map(_VOICE.fullmatch, voice)) else ["voices by their names"]),
            *([] if not time_zone or time_zone in _zones() else ["a time zone by its name, as Europe/Madrid"]),
            *([] if not morning or _CLOCK.fullmatch(morning) else [f"a time of day, as {DEFAULT_MORNING}"]),
        ]
        if faults:
            raise InputRefused("These preferences are not possible.", f"Choose {', '.join(faults)}.")
        return cls(
            languages=_canonical(languages),
            topics=tuple(sorted({section_slug(each) for each in topics if each.strip()})),
            authors=tuple(sorted({section_slug(each) for each in authors if each.strip()})),
            max_minutes=max_minutes,
            rate=_nearest(rate),
            voice=tuple(dict.fromkeys(voice)),
            time_zone=time_zone or None,
            morning=morning or None,
        )

    @property
    def choices(self) -> ContentKey:
        """Key of these preferences: equal preferences share what is made for them."""
        heard = asdict(self)
        # Default values are left out: feeds made before a preference existed keep their podcast:guid.
        for name, usual in _USUAL.items():
            if heard[name] == usual:
                del heard[name]
        return ContentKey(hashlib.sha256(_canonical_json(heard).encode()).hexdigest())

    @property
    def reading(self) -> Reading:
        """Voices and rate in which reports are read to the listener."""
        return Reading(voices=self.voice, rate=self.rate)

    @property
    def morning_clock(self) -> time | None:
        """Time of the daily briefing on the listener's clock; None for no briefing."""
        return None if self.morning is None else time.fromisoformat(self.morning)

    @property
    def zone(self) -> tzinfo:
        """Time zone of the listener's days."""
        return UTC if self.time_zone is None else ZoneInfo(self.time_zone)


def preferences_json(preferences: Preferences) -> str:
    """Preferences as canonical JSON, for storage."""
    return _canonical_json(asdict(preferences))


def preferences_from_json(text: str) -> Preferences:
    """Parse what `preferences_json` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: The text is not stored preferences.
    """
    try:
        kept = _stored().validate_json(text)
    except ValidationError as error:
        raise StorageFailed("A listener's stored preferences cannot be read.", "Restore a backup.") from error
    # Earlier versions stored any rate between the slowest and the fastest.
    return replace(kept, rate=_nearest(kept.rate))


def _canonical_json(document: Mapping[str, object]) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


_USUAL = {"rate": 1.0, "voice": (), "time_zone": None, "morning": DEFAULT_MORNING}


def _nearest(rate: float) -> float:
    return min(RATES, key=lambda each: abs(each - rate))


@cache
def _stored() -> TypeAdapter[Preferences]:
    """Built once, because building it takes far longer than a validation."""
    return TypeAdapter(Preferences)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _canonical(tags: Sequence[str]) -> tuple[LanguageTag, ...]:
    return tuple(dict.fromkeys(languages.parse(tag) for tag in tags))
