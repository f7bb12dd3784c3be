"""Words of the pages about linked speakers and privacy, in the visitor's language."""

from collections.abc import Mapping

from podcaster import language as languages
from podcaster.units import LanguageTag
from podcaster.web.site.words import word_tables

LinkingWords = Mapping[str, str]
"""The table `linking` of a language's words."""
_ELSE = LanguageTag("en")


def linking_words(language: LanguageTag) -> LinkingWords:
    """The words of a language, of the nearest one available, or of English."""
    tables: Mapping[LanguageTag, LinkingWords] = {
        tag: table["linking"] for tag, table in word_tables().items() if "linking" in table
    }
    return tables[languages.match(language, list(tables)) or _ELSE]
