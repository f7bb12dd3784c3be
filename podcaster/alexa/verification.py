"""Verifies that a request comes from Alexa and is for this skill ("Host a Custom Skill as a Web Service", Amazon)."""

import base64
import binascii
import contextlib
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from podcaster.alexa.certificate_chains import REMEDY, CertificateChains, Chain, TrustedChain, canonical_chain_url
from podcaster.errors import SettingsWrong, SignatureWrong
from podcaster.ports import Clock

SIGNER: Final = "echo-api.amazon.com"
TOLERANCE: Final = timedelta(seconds=150)
CHAIN_HEADER: Final = "signaturecertchainurl"
SIGNATURE_HEADER: Final = "signature-256"
"""RSA PKCS #1 v1.5 with SHA-256, in base64. The SHA-1 header `Signature` is ignored."""
_CERTIFICATE: Final = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def trusted_roots(file: Path | None) -> Store:
    """Root certificates from a PEM file; certifi's if none is given.

    Raises:
        SettingsWrong: The file cannot be read, or holds no certificates.
    """
    if file is None:
        return Store(list(_public_roots()))
    try:
        return Store(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError) as error:
        raise SettingsWrong(
            f"{file} cannot be read as PEM certificates: {error}.", "Correct PODCASTER_ALEXA_ROOTS."
        ) from error


def _public_roots() -> Iterator[x509.Certificate]:
    """Certifi's roots, without old ones that cryptography rejects because they break RFC 5280."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for each in _CERTIFICATE.findall(Path(certifi.where()).read_bytes()):
            with contextlib.suppress(ValueError):
                yield x509.load_pem_x509_certificate(each)


class Verification:
    """Accepts requests that Alexa signed for one skill within the last two and a half minutes."""

    def __init__(self, *, skill_id: str, roots: Store, chains: CertificateChains, clock: Clock) -> None:
        self._skill_id = skill_id
        self._roots = roots
        self._chains = chains
        self._clock = clock

    def verifies_offline(self, headers: Mapping[str, str]) -> bool:
        """Whether `verify` needs no fetch: the chain is cached, or its URL is not Amazon's."""
        try:
            address = canonical_chain_url(headers.get(CHAIN_HEADER, ""))
        except SignatureWrong:
            return True
        return self._chains.trusted(address, self._clock()) is not None

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Verify a request. Cheap checks come first, so that a forged request triggers no fetch.

        Args:
            headers: Names in lower case.
            body: The raw bytes of the body.

        Raises:
            SignatureWrong: The request is not from Alexa, for another skill, too old, or altered.
        """
        address = canonical_chain_url(headers.get(CHAIN_HEADER, ""))
        signature = _signature(headers.get(SIGNATURE_HEADER, ""))
        now = self._clock()
        self._check_envelope(body, now)
        trusted = self._chains.trusted(address, now)
        if trusted is None:
            chain = self._chains.read(address)
            trusted = _trusted(chain, self._roots, now)
            _check_signature(trusted.signer, signature, body)
            self._chains.keep(address, trusted)
        else:
            _check_signature(trusted.signer, signature, body)

    def _check_envelope(self, body: bytes, now: datetime) -> None:
        try:
            envelope: Any = json.loads(body.decode("utf-8"))
            meant_for = {envelope["context"]["System"]["application"]["applicationId"]}
            if "session" in envelope:
                meant_for.add(envelope["session"]["application"]["applicationId"])
            moment = datetime.fromisoformat(envelope["request"]["timestamp"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SignatureWrong("The body is not an Alexa request.", REMEDY) from error
        if meant_for != {self._skill_id}:
            raise SignatureWrong("The request is for another skill.", REMEDY)
        if moment.tzinfo is None or abs(now - moment) > TOLERANCE:
            raise SignatureWrong("The request's timestamp is too far from the present.", REMEDY)


def _signature(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureWrong("The signature is not base64.", REMEDY) from error


def _trusted(chain: Chain, roots: Store, now: datetime) -> TrustedChain:
    """Verify the path from the signer's certificate to a trusted root (RFC 5280 §6).

    For given roots the result depends on the time alone, so it holds while all certificates on the path are valid.
    """
    policy = PolicyBuilder().store(roots).time(now.astimezone(UTC).replace(tzinfo=None))
    try:
        path = policy.build_server_verifier(x509.DNSName(SIGNER)).verify(chain[0], list(chain[1:]))
    except VerificationError as error:
        raise SignatureWrong(f"The chain is not trusted: {error}.", REMEDY) from error
    key = chain[0].public_key()
    if not isinstance(key, RSAPublicKey):
        raise SignatureWrong("The signer's key is not RSA.", REMEDY)
    return TrustedChain(
        signer=key,
        since=max(each.not_valid_before_utc for each in path),
        until=min(each.not_valid_after_utc for each in path),
    )


def _check_signature(key: RSAPublicKey, signature: bytes, body: bytes) -> None:
    try:
        key.verify(signature, body, PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise SignatureWrong("The signature does not match the body.", REMEDY) from error
