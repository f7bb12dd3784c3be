"""Whether a request is Alexa's, and meant for us ("Host a Custom Skill as a Web Service", Amazon's developer documentation)."""

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

from podcaster.alexa.chains import REMEDY, Chain, Chains, TrustedChain, chain_address
from podcaster.errors import SettingsWrong, SignatureWrong
from podcaster.ports import Clock

SIGNER: Final = "echo-api.amazon.com"
TOLERANCE: Final = timedelta(seconds=150)
CHAIN_HEADER: Final = "signaturecertchainurl"
SIGNATURE_HEADER: Final = "signature-256"
"""RSA PKCS #1 v1.5 with SHA-256, in base64. `Signature`, with SHA-1, is not looked at."""
_CERTIFICATE: Final = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def trusted_roots(file: Path | None) -> Store:
    """The roots in a PEM file, else certifi's.

    Raises:
        SettingsWrong: the file cannot be read, or holds no certificates.
    """
    if file is None:
        return Store(list(_public_roots()))
    try:
        return Store(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError) as error:
        raise SettingsWrong(f"{file} holds no certificates: {error}.", "Correct PODCASTER_ALEXA_ROOTS.") from error


def _public_roots() -> Iterator[x509.Certificate]:
    """Certifi's, without those that cryptography cannot read: some old roots are not made as RFC 5280 wants them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for each in _CERTIFICATE.findall(Path(certifi.where()).read_bytes()):
            with contextlib.suppress(ValueError):
                yield x509.load_pem_x509_certificate(each)


class Verification:
    """Lets through what Alexa signed for one skill within the last two and a half minutes."""

    def __init__(self, *, skill_id: str, roots: Store, chains: Chains, clock: Clock) -> None:
        self._skill_id = skill_id
        self._roots = roots
        self._chains = chains
        self._clock = clock

    def at_hand(self, headers: Mapping[str, str]) -> bool:
        """Whether `verify` reads no chain: it is known, or its address is not Amazon's."""
        try:
            address = chain_address(headers.get(CHAIN_HEADER, ""))
        except SignatureWrong:
            return True
        return self._chains.trusted(address, self._clock()) is not None

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Pass one request. What costs nothing comes first, so that strangers make nothing be fetched.

        Args:
            headers: By their names in lower case.
            body: As it came, byte for byte.

        Raises:
            SignatureWrong: it is not Alexa's, not ours, not of today, or not what was signed.
        """
        address = chain_address(headers.get(CHAIN_HEADER, ""))
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
            raise SignatureWrong("The body is not a request of Alexa's.", REMEDY) from error
        if meant_for != {self._skill_id}:
            raise SignatureWrong("The request is for another skill.", REMEDY)
        if moment.tzinfo is None or abs(now - moment) > TOLERANCE:
            raise SignatureWrong("The request is not of this moment.", REMEDY)


def _signature(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureWrong("The signature is not base64.", REMEDY) from error


def _trusted(chain: Chain, roots: Store, now: datetime) -> TrustedChain:
    """From the signer's certificate to a root that is trusted, all of them valid now (RFC 5280 §6).

    With the roots as they are, it depends on the time alone, so that it need not be asked again while all of them are valid.
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
        raise SignatureWrong("The signature is not of this body.", REMEDY) from error
