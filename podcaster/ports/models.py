"""Translation models that are installed, and that could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from podcaster.ports.stores import Downloaded
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPackage:
    """A package that translates one pair."""

    name: str
    """`en-es`: what commands call it."""
    source: LanguageTag
    target: LanguageTag
    version: str
    url: str = ""
    """Where the index has it."""
    sha256: str = ""
    """In hexadecimal; empty where the index has none."""


class ModelStore(Protocol):
    """Packages in the folder of installed ones, and in the index."""

    def installed(self) -> Sequence[TranslationPackage]:
        """What is there, by name."""

    def available(self) -> Sequence[TranslationPackage]:
        """What the index has, by name, each pair's newest.

        Raises:
            SourceUnreachable: the index does not answer, or with something else.
        """

    def install(self, what: str, progress: Downloaded) -> TranslationPackage:
        """Install a package by its name in the index, from a URL or from a file, in place of an older one of its pair.

        Raises:
            ModelUnknown: the index has no such name.
            ModelRefused: it is damaged, too large, dangerous to unpack, or no translation package.
            SourceNotFound: the file cannot be opened.
            SourceUnreachable: the index or the package cannot be fetched.
            StorageFull: the disk is.
        """

    def remove(self, name: str) -> None:
        """Take a package away.

        Raises:
            ModelUnknown: it is not installed.
        """
