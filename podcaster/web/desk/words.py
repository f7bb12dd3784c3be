"""What the desk says, in the editor's language."""

import tomllib
from collections.abc import Mapping
from functools import cache

from podcaster.units import LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.site.words import WORDS_FILE

DeskWords = Mapping[str, str]
"""The table `desk` of a language in words.toml, and under `language` and `skip` what every page says."""
_ELSE = LanguageTag("en")


def desk_words(accept_language: str) -> DeskWords:
    """The words that a browser's Accept-Language likes best, else the English ones."""
    tables = _tables()
    return tables[accepted_language(accept_language, tuple(tables)) or _ELSE]


@cache
def _tables() -> Mapping[LanguageTag, DeskWords]:
    tables = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {
        LanguageTag(tag): {**table["desk"], "language": tag, "skip": table["skip"], "all_feeds": table["all_feeds"]}
        for tag, table in tables.items()
        if "desk" in table
    }
