"""Code shared by Argos' packages and LibreTranslate's server, which runs the same models."""

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.units import LanguageTag

_CODES = {"zt": "zh-Hant", "zh": "zh-Hans", "pb": "pt-BR"}
"""Codes that are no BCP 47 tags, or not the ones that are meant."""
_LETTERS = "bdfgklmnprtvz"


def tag(code: str) -> LanguageTag | None:
    """The language that is meant by a code; None where it is none."""
    try:
        return languages.parse(_CODES.get(code, code))
    except LanguageUnknown:
        return None


def mask(index: int) -> str:
    """A word that the models copy, and that no language has; another one for every index from 0."""
    rest, last = divmod(index, len(_LETTERS))
    return f"Qx{_LETTERS[rest % len(_LETTERS)]}o{_LETTERS[last]}" + "ux" * (rest // len(_LETTERS))
