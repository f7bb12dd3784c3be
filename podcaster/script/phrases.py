"""Phrases of the show in a language: the [phrases] table of voices/{language}.toml, filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Self

from podcaster.errors import SettingsWrong
from podcaster.script import cldr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The show's own words in one language. Every field but `language` is a key of the table."""

    notices: ClassVar[tuple[str, ...]] = ("machine_translation", "reviewed_translation", "synthetic_voice")
    """Keys that tables written before them lack."""

    language: LanguageTag
    opening: str
    """With `{show}` and `{date}`."""
    opening_undated: str
    """With `{show}`, for a report without a date."""
    byline: str
    """With `{authors}`."""
    draft: str
    """That this is a draft machine translation."""
    machine_translation: str = ""
    """That this is a machine translation."""
    reviewed_translation: str = ""
    """That an editor reviewed this machine translation."""
    synthetic_voice: str = ""
    """That the voice is synthetic."""
    key_points: str
    """Announces the key points, and names their chapter."""
    report: str
    """Names the chapter that holds the report itself."""
    closing: str
    """With `{show}`."""

    @classmethod
    def from_table(
        cls, language: LanguageTag, table: Mapping[str, object], shipped: Mapping[str, object] = MappingProxyType({})
    ) -> Self:
        """The phrases of a table as it stands in the TOML file; notices that it lacks are the `shipped` table's.

        Raises:
            SettingsWrong: names every key that is missing, unknown, empty, not text, or has other placeholders.
        """
        faults = [fault for _, fault in cls.faults(table)]
        if faults:
            raise SettingsWrong(
                f"The phrases of {language} are wrong: {'; '.join(faults)}.",
                f"Correct the [phrases] table of voices/{language}.toml.",
            )
        table = {**{key: shipped[key] for key in cls.notices if key in shipped}, **table}
        return cls(language=language, **{key: str(table[key]) for key in _PLACEHOLDERS if key in table})

    @staticmethod
    def faults(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Each key that is missing, unknown, empty, not text, or has other placeholders, and what is wrong with it."""
        yield from (
            (key, f"{key} is missing") for key in sorted(_PLACEHOLDERS.keys() - {*Phrases.notices}) if key not in table
        )
        yield from ((key, f"{key} is not a phrase") for key in table if key not in _PLACEHOLDERS)
        for key, wanted in _PLACEHOLDERS.items():
            if key in table:
                yield from ((key, fault) for fault in _phrase_faults(key, table[key], wanted))

    def opening_line(self, show: str, published: datetime | None) -> str:
        """Opening of an episode; the date is the report's, in its own time zone."""
        if published is None:
            return self.opening_undated.format(show=show)
        day = cldr.long_date(published.date(), self.language)
        return self.opening.format(show=show, date=day.removesuffix(".") if "{date}." in self.opening else day)

    def byline_line(self, authors: Sequence[str]) -> str:
        """Byline; at least one author."""
        return self.byline.format(authors=cldr.joined(authors, self.language))

    def closing_line(self, show: str) -> str:
        """Closing of an episode."""
        return self.closing.format(show=show)


_PLACEHOLDERS: Final[Mapping[str, frozenset[str]]] = {
    field.name: frozenset() for field in fields(Phrases) if field.name != "language"
} | {
    "opening": frozenset({"show", "date"}),
    "opening_undated": frozenset({"show"}),
    "byline": frozenset({"authors"}),
    "closing": frozenset({"show"}),
}


def _phrase_faults(key: str, phrase: object, wanted: frozenset[str]) -> Iterator[str]:
    if not isinstance(phrase, str) or not phrase.strip():
        yield f"{key} is not a text"
        return
    try:
        found = sorted(_placeholder(*each[1:]) for each in Formatter().parse(phrase) if each[1] is not None)
    except ValueError:
        yield f"{key} has a brace without its partner"
        return
    if found != sorted(wanted):
        names = " and ".join(f"{{{name}}}" for name in sorted(wanted)) or "no placeholder"
        yield f"{key} needs {names}, once"


def _placeholder(name: str | None, format_spec: str | None, conversion: str | None) -> str:
    return f"{name}{':' if format_spec else ''}{'!' if conversion else ''}"
