"""The port of what signs an episode's audio: a manifest in the file says who made it, and how (C2PA)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The claims of a manifest on an audio file."""

    title: str
    notice: str = ""
    """Disclosure of the synthetic voice and the machine's translation; empty: none."""
    source_type: str = ""
    """URI of the IPTC's digital source type; empty: the claim is left out."""


class AudioSigner(Protocol):
    """Signs whole files. Safe to call from several threads at once."""

    @property
    def version(self) -> str:
        """Changes with the certificate, and whenever the claims may be written otherwise."""

    def signs(self, media_type: str) -> bool:
        """Whether files of this type can hold a manifest."""

    def signed(self, audio: bytes, media_type: str, provenance: Provenance) -> bytes:
        """The file with a signed manifest; the sound is the same. Signing again gives other bytes.

        Raises:
            EngineFailed: it cannot be signed.
        """
