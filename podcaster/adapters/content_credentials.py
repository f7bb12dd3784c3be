"""C2PA manifests (Content Credentials) by c2pa-python, signed with the operator's certificate, as an AudioSigner."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from podcaster.errors import EngineFailed, SettingsWrong
from podcaster.release import to_install

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from podcaster.audio.signing import Provenance

_TYPES: Final = frozenset({"audio/mpeg", "audio/mp4"})
"""The library has no place for a manifest in Ogg."""
_CURVES: Final = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_REMEDY: Final = "Correct PODCASTER_SIGNING_CERTIFICATE and PODCASTER_SIGNING_KEY: docs/disclosure.md."


class C2paSigner:
    """Fills `audio.signing.AudioSigner`.

    In MP3 the manifest is a GEOB frame, and the tag becomes ID3v2.4; in MP4 it is a box. Frames and samples stay as they are.
    """

    def __init__(self, certificates: Path, key: Path, *, timestamp_url: str = "") -> None:
        """`certificates`: the signing certificate and those that issued it, as PEM; `key`: its private key, as PEM.

        Raises:
            SettingsWrong: c2pa-python is not installed, a file cannot be read, or the key is not the certificate's.
        """
        try:
            self._library = version("c2pa-python")
        except ModuleNotFoundError:
            raise SettingsWrong(
                "Audio is to be signed, and c2pa-python is not installed.",
                f"`{to_install('signing')}`, or unset PODCASTER_SIGNING_CERTIFICATE.",
            ) from None
        self._chain, self._key = _read(certificates), _read(key)
        self._certificates = _parsed(self._chain, certificates)
        self._algorithm = _algorithm(self._key, key, self._certificates[0])
        self._timestamp_url = timestamp_url

    @cached_property
    def version(self) -> str:
        """The library's, and the certificate's fingerprint."""
        return f"c2pa-{self._library} {hashlib.sha256(self._chain).hexdigest()[:16]}"

    @property
    def subject(self) -> str:
        """The organisation and name in the signing certificate."""
        return self._certificates[0].subject.rfc4514_string()

    @property
    def expires(self) -> datetime:
        """The end of the signing certificate."""
        return self._certificates[0].not_valid_after_utc

    def signs(self, media_type: str) -> bool:
        """MP3 and M4A."""
        return media_type in _TYPES

    def signed(self, audio: bytes, media_type: str, provenance: Provenance) -> bytes:
        """Claim that the file was created, and how; a timestamp comes from the authority, where one is set."""
        from c2pa import Builder, C2paError, C2paSignerInfo, Signer  # noqa: PLC0415 # an extra, and 50 MB

        info = C2paSignerInfo(self._algorithm, self._chain, self._key, self._timestamp_url or None)
        made = io.BytesIO()
        try:
            with Signer.from_info(info) as signer, Builder.from_json(_manifest(provenance)) as builder:
                builder.sign(signer, media_type, io.BytesIO(audio), made)
        except C2paError as error:
            raise EngineFailed(f"The audio cannot be signed: {error}.", _REMEDY) from error
        return made.getvalue()


def _manifest(provenance: Provenance) -> str:
    """A claim of one action, `c2pa.created` (C2PA specification §Actions), as the library takes it."""
    created = {"action": "c2pa.created", "digitalSourceType": provenance.source_type, "description": provenance.notice}
    return json.dumps(
        {
            "claim_generator_info": [{"name": "podcaster", "version": version("newsroom-podcaster")}],
            "title": provenance.title,
            "assertions": [
                {
                    "label": "c2pa.actions",
                    "data": {"actions": [{name: value for name, value in created.items() if value}]},
                }
            ],
        }
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsWrong(f"{file} cannot be read: {error.strerror}.", _REMEDY) from error


def _parsed(chain: bytes, file: Path) -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(chain)
    except ValueError as error:
        raise SettingsWrong(f"{file} holds no PEM certificates: {error}.", _REMEDY) from error


def _algorithm(pem: bytes, file: Path, certificate: x509.Certificate) -> str:
    """The signature algorithm of a key (C2PA specification §Digital Signatures)."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise SettingsWrong(f"{file} holds no PEM key without a password: {error}.", _REMEDY) from error
    if key.public_key() != certificate.public_key():
        raise SettingsWrong(f"{file} is not the key of the first certificate.", _REMEDY)
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise SettingsWrong(f"{file} is a key of a kind that C2PA does not sign with.", _REMEDY)
