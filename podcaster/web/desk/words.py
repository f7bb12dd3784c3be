"""Words of the desk, in the editor's language."""

import tomllib
from collections.abc import Mapping
from functools import cache

from podcaster.units import LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.site.words import WORDS_FILE

DeskWords = Mapping[str, str]
"""The table `desk` of a language in words.toml, and `language`, `skip` and `all_feeds` for the page frame."""
_ELSE = LanguageTag("en")


def desk_words(accept_language: str) -> DeskWords:
    """The words in the language that Accept-Language prefers, else in English."""
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
