"""Words of the pages about linked speakers and privacy, in the visitor's language."""

import tomllib
from collections.abc import Mapping
from functools import cache

from podcaster import language as languages
from podcaster.units import LanguageTag
from podcaster.web.site.words import WORDS_FILE

LinkingWords = Mapping[str, str]
"""The table `linking` of a language in words.toml."""
_ELSE = LanguageTag("en")


def linking_words(language: LanguageTag) -> LinkingWords:
    """The words of a language, of the nearest one available, or of English."""
    tables = _tables()
    return tables[languages.match(language, list(tables)) or _ELSE]


@cache
def _tables() -> Mapping[LanguageTag, LinkingWords]:
    tables = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {LanguageTag(tag): table["linking"] for tag, table in tables.items() if "linking" in table}
