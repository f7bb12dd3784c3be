"""Languages of which little need be said: engines read most of their signs, CLDR abbreviates in their dates."""

from collections.abc import Mapping
from typing import Final

from podcaster.script.spoken.wording import Rule, Wording, replaced

_YEAR: Final[Mapping[str, tuple[Rule, ...]]] = {
    "be": (replaced(r"(?<=\d{4} )г\.", "года"),),
    "uk": (replaced(r"(?<=\d{4} )р\.", "року"),),
    "mk": (replaced(r"(?<=\d{4} )г\.", "година"),),
    "lt": (replaced(r"(?<=\d{4} )m\.", "metų"), replaced(r"(?<=\d )d\.", "diena")),
    "hy": (replaced(r"(?<=\d{4} )թ\.", "թվական"),),
}
"""The word for a year, or a day, that stands abbreviated behind it in a date."""


def wording(base: str, *, decimal_comma: bool) -> Wording:
    """The words of a language, by its tag without region."""
    return Wording(decimal_comma=decimal_comma, rules=_YEAR.get(base, ()))
