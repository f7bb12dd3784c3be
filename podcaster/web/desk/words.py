"""Words of the desk, in the editor's language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from podcaster.units import LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.site.words import word_tables

DeskWords = Mapping[str, str]
"""The words of words/{language}.toml, and the language itself under `language`."""
_FOLDER: Final = Path(__file__).parent / "words"
_ELSE: Final = LanguageTag("en")


def desk_words(accept_language: str) -> DeskWords:
    """The words in the language that Accept-Language prefers, else in English."""
    tables = _tables()
    return tables[accepted_language(accept_language, tuple(tables)) or _ELSE]


@cache
def _tables() -> Mapping[LanguageTag, DeskWords]:
    return {language: {**table, "language": language} for language, table in word_tables(_FOLDER).items()}
