"""Languages of the shows, and their names."""

from podcaster import language as languages
from podcaster.units import LanguageTag
from podcaster.web.services import Services


def show_languages(services: Services) -> tuple[LanguageTag, ...]:
    """Configured languages, then others that have episodes."""
    return tuple(dict.fromkeys([*services.languages, *services.library.languages()]))


def native_name(language: LanguageTag) -> str:
    """A language's own name, capitalised: `Español`."""
    name = languages.name(language)
    return name[:1].upper() + name[1:]
