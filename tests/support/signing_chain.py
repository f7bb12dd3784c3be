"""A certificate authority of a test's own, and a certificate that it issued for signing audio."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningChain:
    """PEM files, and the authority's certificate."""

    certificates: Path
    key: Path
    authority: str


def signing_chain(folder: Path) -> SigningChain:
    """Make both, as the C2PA specification wants certificates to be."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_id = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    root = (
        _certificate("Authority", root_key.public_key(), authority=True)
        .add_extension(root_id, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    signing = (
        _certificate("Meridian", key.public_key(), authority=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_id), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    chain = SigningChain(certificates=folder / "chain.pem", key=folder / "key.pem", authority=_pem(root))
    chain.certificates.write_text(_pem(signing) + _pem(root), encoding="ascii")
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    chain.key.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return chain


def _certificate(subject: str, key: ec.EllipticCurvePublicKey, *, authority: bool) -> x509.CertificateBuilder:
    use = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature"}
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name("Authority"))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=2))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{each: each in use for each in _USES}), critical=True)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, common), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
