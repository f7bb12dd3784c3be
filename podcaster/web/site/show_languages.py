"""Languages of the shows, and their names."""

from podcaster import language as languages
from podcaster.units import LanguageTag
from podcaster.web.services import Services


def show_languages(services: Services) -> tuple[LanguageTag, ...]:
    """Configured languages, then others that have episodes."""
    return tuple(dict.fromkeys([*services.languages, *services.library.languages()]))


def heard_languages(services: Services) -> tuple[LanguageTag, ...]:
    """Languages that have episodes; while there are none at all, the configured ones."""
    heard = services.library.languages()
    shown = show_languages(services)
    return tuple(each for each in shown if each in heard) or shown


def native_name(language: LanguageTag) -> str:
    """A language's own name, capitalised: `Español`."""
    name = languages.name(language)
    return name[:1].upper() + name[1:]
