"""A preview of a private feed before it exists: the reports of the last day that had any, and their briefing."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from podcaster.errors import InputRefused
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import newest_day
from podcaster.model import Episode
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.web.listeners.submitted_form import SubmittedForm
from podcaster.web.site.episode_cards import minutes_of

BRIEFING = "/listeners/briefing.mp3"
_MOST_FIELDS = 250
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPreview:
    """The content that a feed would have had on the last day with reports."""

    count: int
    minutes: int
    """Minutes of audio, at the listener's rate."""
    first: Sequence[Episode]
    """The newest of them."""
    briefing: str
    """Path of the briefing."""

    @property
    def more(self) -> int:
        """Reports beside the first ones."""
        return self.count - len(self.first)


def preview_of(publications: PublishedEntries, preferences: Preferences) -> FeedPreview:
    """The preview for preferences."""
    found = [entry.episode for entry in newest_day(publications.selected(preferences), preferences.zone)]
    length_ms = sum(each.duration_ms for each in found) / preferences.rate
    chosen: list[tuple[str, str]] = [("first", preferences.languages[0])]
    chosen += [("also", each) for each in preferences.languages[1:]]
    chosen += [("topic", each) for each in preferences.topics] + [("author", each) for each in preferences.authors]
    chosen += [("max_minutes", str(preferences.max_minutes))] if preferences.max_minutes else []
    chosen += [("rate", str(preferences.rate))] if preferences.rate != 1 else []
    return FeedPreview(
        count=len(found),
        minutes=minutes_of(length_ms),
        first=found[:_SHOWN],
        briefing=f"{BRIEFING}?{urlencode(chosen)}",
    )


def queried_preferences(query: bytes) -> Preferences:
    """Preferences of a query whose fields are those of the form.

    Raises:
        InputRefused: A field is invalid.
    """
    try:
        fields = parse_qsl(query.decode("ascii"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise InputRefused("The choices cannot be read.", "Send the fields of the form at /listeners.") from None
    return SubmittedForm.of(fields).preferences()
