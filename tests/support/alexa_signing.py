"""Alexa's side of a conversation: a root and a chain of our own, and requests signed with them."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from podcaster.errors import SourceUnreachable
from podcaster.ports import Fetched
from support.examples import NOW

SKILL = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
CHAIN_URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
SIGNER = "echo-api.amazon.com"
YEAR = timedelta(days=365)


def new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Authority:
    """Somebody who signs certificates."""

    certificate: x509.Certificate
    key: RSAPrivateKey

    @classmethod
    def root(cls, name: str = "A root of the tests", start: datetime = NOW - YEAR) -> "Authority":
        key = new_key()
        return cls(_certificate(name, key, name, key, start=start, authority=True), key)

    def authority(self, name: str = "An intermediate of the tests") -> "Authority":
        key = new_key()
        issuer = self.certificate
        return Authority(_certificate(name, key, _name(issuer), self.key, start=NOW - YEAR, authority=True), key)

    def signer(
        self,
        key: RSAPrivateKey | EllipticCurvePrivateKey,
        host: str = SIGNER,
        *,
        start: datetime = NOW - timedelta(days=30),
        days: int = 90,
    ) -> x509.Certificate:
        return _certificate(host, key, _name(self.certificate), self.key, start=start, days=days)


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _certificate(
    subject: str,
    key: RSAPrivateKey | EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: RSAPrivateKey,
    *,
    start: datetime,
    days: int = 3650,
    authority: bool = False,
) -> x509.Certificate:
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.astimezone(UTC))
        .not_valid_after((start + timedelta(days=days)).astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, **usage),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False
        ).add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(issuer_key, SHA256())


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


@dataclass
class Alexa:
    """Signs as Amazon does: a root, an intermediate and a signer."""

    root: Authority = field(default_factory=Authority.root)
    key: RSAPrivateKey = field(default_factory=new_key)

    def __post_init__(self) -> None:
        self.intermediate = self.root.authority()
        self.signer = self.intermediate.signer(self.key)

    @property
    def chain(self) -> bytes:
        return pem(self.signer, self.intermediate.certificate)

    def headers(self, body: bytes, *, url: str = CHAIN_URL, algorithm: HashAlgorithm | None = None) -> dict[str, str]:
        signature = self.key.sign(body, PKCS1v15(), algorithm or SHA256())
        return {
            "content-type": "application/json; charset=utf-8",
            "SignatureCertChainUrl": url,
            "Signature-256": base64.b64encode(signature).decode(),
        }


def elliptic_key() -> EllipticCurvePrivateKey:
    return generate_ec(SECP256R1())


def envelope(
    request: dict[str, object],
    *,
    moment: datetime = NOW,
    skill: str = SKILL,
    user: str = "amzn1.ask.account.LISTENER",
    access: str = "",
    device: str = "kitchen",
    **context: object,
) -> bytes:
    """A request of a session, as Amazon writes it; `access` is the token of an account that is linked."""
    application = {"applicationId": skill}
    who = {"userId": user, **({"accessToken": access} if access else {})}
    whole = {
        "version": "1.0",
        "session": {
            "new": True,
            "sessionId": "amzn1.echo-api.session.1",
            "application": application,
            "user": who,
        },
        "context": {
            "System": {
                "application": application,
                "user": who,
                "device": {"deviceId": device, "supportedInterfaces": {"AudioPlayer": {}}},
                "apiEndpoint": "https://api.amazonalexa.com",
            },
            **context,
        },
        "request": {
            "requestId": "amzn1.echo-api.request.1",
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "locale": "en-US",
            **request,
        },
    }
    return json.dumps(whole).encode()


@dataclass
class Shop:
    """Amazon's shop window for chains, without the network."""

    chains: dict[str, bytes]
    leads_to: str = ""
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        self.asked.append(url)
        if url not in self.chains:
            raise SourceUnreachable(f"{url} answers with 403.", "Check the address.")
        return Fetched(url=self.leads_to or url, content_type="", charset="", body=self.chains[url])
