"""A submitted form of preferences, and the values that people type into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from podcaster.errors import InputRefused
from podcaster.listener.preferences import Preferences
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFields:
    """Values of the fields that people type in."""

    max_minutes: str
    rate: str
    time_zone: str
    morning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedForm:
    """A submitted form of preferences."""

    languages: Sequence[str]
    topics: Sequence[str]
    authors: Sequence[str]
    voice: Sequence[str]
    typed: TypedFields
    """Fields that people type, and may mistype."""

    @classmethod
    def of(cls, fields: Sequence[tuple[str, str]]) -> "SubmittedForm":
        """Read the fields; values of other fields are ignored."""
        said = dict(fields)
        first = said.get("first", "")
        also = [value for name, value in fields if name == "also" and value != first]
        return cls(
            languages=[each for each in (first, *also) if each],
            topics=[value for name, value in fields if name == "topic"],
            authors=[value for name, value in fields if name == "author"],
            voice=[each for each in said.get("voice", "").split(",") if each],
            typed=TypedFields(
                max_minutes=said.get("max_minutes", "").strip(),
                rate=said.get("rate", "").strip(),
                time_zone=said.get("time_zone", "").strip(),
                morning=said.get("morning", "").strip(),
            ),
        )

    def preferences(self) -> Preferences:
        """Validate the form.

        Raises:
            InputRefused: A field is invalid.
        """
        typed = self.typed
        try:
            rate, minutes = float(typed.rate or 1), int(typed.max_minutes) if typed.max_minutes else None
        except ValueError:
            raise InputRefused("The minutes are not a number.", "Enter the minutes in digits.") from None
        return Preferences.of(
            languages=self.languages,
            topics=self.topics,
            authors=self.authors,
            voice=self.voice,
            rate=rate,
            max_minutes=minutes,
            time_zone=typed.time_zone or None,
            morning=typed.morning or None,
        )

    def chosen(self, otherwise: LanguageTag) -> Preferences:
        """The valid part of the form, to show it again."""
        try:
            return Preferences.of(languages=self.languages, topics=self.topics, authors=self.authors, voice=self.voice)
        except InputRefused:
            return Preferences(languages=(otherwise,))
