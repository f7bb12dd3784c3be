"""Which shows there are, and what they are called."""

from podcaster import language as languages
from podcaster.units import LanguageTag
from podcaster.web.services import Services


def shown_languages(services: Services) -> tuple[LanguageTag, ...]:
    """The shows: those that are configured, and those that have episodes all the same."""
    return tuple(dict.fromkeys([*services.languages, *services.library.languages()]))


def in_own_words(language: LanguageTag) -> str:
    """A language's name as it stands alone: `Español`, where running text has `español`."""
    name = languages.name(language)
    return name[:1].upper() + name[1:]
