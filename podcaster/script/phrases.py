"""The words that podcaster itself says: the `[phrases]` table of voices/{language}.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from podcaster.errors import SettingsWrong
from podcaster.units import LanguageTag

PLACES: Mapping[str, frozenset[str]] = {
    "opening": frozenset({"show", "date"}),
    "opening_undated": frozenset({"show"}),
    "byline": frozenset({"authors"}),
    "draft": frozenset(),
    "key_points": frozenset(),
    "report": frozenset(),
    "closing": frozenset({"show"}),
}
"""Every phrase, and the places in braces that it must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What is said around a report, in one language."""

    language: LanguageTag
    texts: Mapping[str, str]

    @classmethod
    def of(cls, language: LanguageTag, table: Mapping[str, object]) -> "Phrases":
        """The phrases of a table.

        Raises:
            SettingsWrong: names every phrase that is missing, not a text, or without its places.
        """
        faults = [fault for name in PLACES for fault in _faults(name, table.get(name))]
        faults += [f"{name} is no phrase" for name in table if name not in PLACES]
        if faults:
            raise SettingsWrong(
                f"The phrases of {language}: {'; '.join(faults)}.", f"Correct [phrases] in voices/{language}.toml."
            )
        return cls(language=language, texts={name: str(table[name]) for name in PLACES})

    def opening(self, show: str, published: date | None) -> str:
        """Whose report this is, and of what day."""
        if published is None:
            return self.texts["opening_undated"].format(show=show)
        day = format_date(published, format="long", locale=self._locale())
        return self.texts["opening"].format(show=show, date=day)

    def byline(self, authors: Sequence[str]) -> str:
        """Who wrote it."""
        return self.texts["byline"].format(authors=self.listed(authors))

    def closing(self, show: str) -> str:
        """The last line."""
        return self.texts["closing"].format(show=show)

    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C`, as the language does it."""
        return format_list(names, locale=self._locale())

    def _locale(self) -> Locale:
        return Locale.parse(self.language, sep="-")


def _faults(name: str, text: object) -> list[str]:
    if not isinstance(text, str) or not text.strip():
        return [f"{name} is missing"]
    try:
        places = {place for _, place, _, _ in Formatter().parse(text) if place is not None}
    except ValueError as error:
        return [f"{name} has a brace too many or too few ({error})"]
    if places != PLACES[name]:
        wanted = ", ".join(f"{{{place}}}" for place in sorted(PLACES[name])) or "no braces"
        return [f"{name} needs {wanted}"]
    return []
