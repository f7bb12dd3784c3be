"""Progress of a render."""

from typing import Protocol

from podcaster.units import LanguageTag


class Progress(Protocol):
    """Is told about every step of every language, possibly from several threads."""

    def __call__(self, language: LanguageTag, stage: str, done: int, total: int) -> None:
        """`done` of `total` lines have been through `translate`, `speak` or `assemble`."""


def unwatched(language: LanguageTag, stage: str, done: int, total: int) -> None:
    """Nobody watches."""
