"""What a listener wants to hear."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from pydantic import TypeAdapter, ValidationError

from podcaster import language as languages
from podcaster.errors import InputRefused, StorageFailed
from podcaster.feed.section import section_slug
from podcaster.units import ContentKey, LanguageTag

MOST_LANGUAGES = 20
MOST_FOLLOWED = 100
"""Topics, and authors."""
MOST_MINUTES = 24 * 60


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

    @classmethod
    def of(
        cls,
        *,
        languages: Sequence[str],
        topics: Sequence[str] = (),
        authors: Sequence[str] = (),
        max_minutes: int | None = None,
    ) -> Self:
        """Choices as people write them: tags in any spelling, topics and authors by name or as addresses have them.

        Raises:
            LanguageUnknown: a language is none.
            InputRefused: no language, too many of something, or minutes that no day has.
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
        ]
        if faults:
            raise InputRefused("Those choices are not possible.", f"Choose {', '.join(faults)}.")
        return cls(
            languages=_canonical(languages),
            topics=tuple(sorted({section_slug(each) for each in topics if each.strip()})),
            authors=tuple(sorted({section_slug(each) for each in authors if each.strip()})),
            max_minutes=max_minutes,
        )

    @property
    def choices(self) -> ContentKey:
        """Names these choices: what is made for one listener serves every other of equal choices."""
        return ContentKey(hashlib.sha256(preferences_json(self).encode()).hexdigest())


def preferences_json(preferences: Preferences) -> str:
    """As they are kept: canonical JSON."""
    return json.dumps(asdict(preferences), sort_keys=True, separators=(",", ":"))


def preferences_from_json(text: str) -> Preferences:
    """What `preferences_json` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: it is not that.
    """
    try:
        return TypeAdapter(Preferences).validate_json(text)
    except ValidationError as error:
        raise StorageFailed("A listener's stored choices cannot be read.", "Restore a backup.") from error


def _canonical(tags: Sequence[str]) -> tuple[LanguageTag, ...]:
    return tuple(dict.fromkeys(languages.parse(tag) for tag in tags))
