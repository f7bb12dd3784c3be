"""Translation models that are installed, and that could be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
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
    """URL in the index."""
    sha256: str = ""
    """In hexadecimal; empty where the index has none."""
    size_bytes: int | None = None
    """Size of the download, if the index says."""
    licence: str = ""
    quality: str = ""
    """As the index words it: `chrF 69 on FLORES-200`."""

    @classmethod
    def of_index(cls, entry: object) -> "TranslationPackage | None":
        """A model as an index of Firefox models or CTranslate2 folders lists it; None if it names no two languages or no URL."""
        if not isinstance(entry, Mapping):
            return None
        try:
            source, target = (languages.parse(str(entry[key])) for key in ("source", "target"))
            url = str(entry["url"])
        except (KeyError, LanguageUnknown):
            return None
        size = entry.get("size_bytes")
        return cls(
            name=f"{source}-{target}",
            source=source,
            target=target,
            version=str(entry.get("version", "")),
            url=url,
            sha256=str(entry.get("sha256", "")).lower(),
            size_bytes=size if isinstance(size, int) else None,
            licence=str(entry.get("licence", "")),
            quality=str(entry.get("quality", "")),
        )

    @property
    def said(self) -> str:
        """Version, size, licence and quality, as far as they are known."""
        size = f"{self.size_bytes / 1e6:.0f} MB" if self.size_bytes else ""
        return ", ".join(filter(None, (self.version, size, self.licence, self.quality)))


class ModelStore(Protocol):
    """Packages in the folder of installed ones, and in the index."""

    def installed(self) -> Sequence[TranslationPackage]:
        """Installed packages by name."""

    def available(self) -> Sequence[TranslationPackage]:
        """Packages in the index by name, the newest of each pair.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerModel:
    """A speech recognizer's model."""

    name: str
    """`whisper-base`: what commands call it."""
    size_bytes: int
    usable: bool
    """Whether the engine that runs it is installed, too."""


class RecognizerStore(Protocol):
    """Recognizers' models in the folder of installed ones."""

    @property
    def usable(self) -> bool:
        """Whether the engine that runs them is installed."""

    def knows(self, what: str) -> bool:
        """Whether a name, a URL or a path is that of a recognizer."""

    def installed(self) -> Sequence[RecognizerModel]:
        """Installed models by name."""

    def install(self, what: str, progress: Downloaded) -> RecognizerModel:
        """Install a model by its name, from a URL or a folder whose last part is its name, in place of an older one.

        Raises:
            ModelUnknown: there is no such model.
            ModelRefused: it is not what its publisher released.
            SourceNotFound: the folder lacks a file.
            SourceUnreachable: it cannot be fetched.
            StorageFull: the disk is.
        """

    def remove(self, name: str) -> None:
        """Take a model away.

        Raises:
            ModelUnknown: it is not installed.
        """
