"""What the pages say about speakers that are linked, in the visitor's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from podcaster import language as languages
from podcaster.units import LanguageTag

LinkingWords = Mapping[str, str]
"""The table `linking` of a language in words.toml."""
_FILE = Path(__file__).parent / "words.toml"
_ELSE = LanguageTag("en")


def linking_words(language: LanguageTag) -> LinkingWords:
    """The words of a language, of the nearest one that has any, or of English."""
    tables = _tables()
    return tables[languages.match(language, list(tables)) or _ELSE]


@cache
def _tables() -> Mapping[LanguageTag, LinkingWords]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {LanguageTag(tag): table["linking"] for tag, table in tables.items() if "linking" in table}
