"""Verification of requests to the skill: Alexa's pass, and no others. Forgeries over real HTTP, with a root and a chain of our own."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, calculate_max_pss_salt_length
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509.verification import Store
from hypothesis import given
from hypothesis import strategies as st

from podcaster.alexa.certificate_chains import CertificateChains, canonical_chain_url
from podcaster.alexa.verification import TOLERANCE, Verification, trusted_roots
from podcaster.errors import SettingsWrong, SignatureWrong
from support.alexa_signing import CHAIN_URL, SKILL, Alexa, Authority, Shop, elliptic_key, envelope, new_key, pem
from support.examples import NOW
from support.small_service import client, served, small_service

LAUNCH = {"type": "LaunchRequest"}
BODY = envelope(LAUNCH)
S3 = "https://s3.amazonaws.com"


@pytest.fixture(scope="module")
def alexa() -> Alexa:
    return Alexa()


@pytest.fixture(scope="module")
def shop(alexa: Alexa) -> Shop:
    """Every chain that somebody could think of, each at an address of its own in Amazon's folder."""
    other_root = Authority.root("A root that nobody trusts")
    old = alexa.intermediate.signer(alexa.key, start=NOW - timedelta(days=100), days=50)
    own = Authority(alexa.root.certificate, alexa.key)  # says that the root vouched for it, with another key
    chains = {
        "echo-api-cert-12": alexa.chain,
        "expired": pem(old, alexa.intermediate.certificate),
        "future": pem(
            alexa.intermediate.signer(alexa.key, start=NOW + timedelta(days=1)), alexa.intermediate.certificate
        ),
        "other-name": pem(
            alexa.intermediate.signer(alexa.key, "echo-api.amazon.com.evil.example"), alexa.intermediate.certificate
        ),
        "other-amazon": pem(alexa.intermediate.signer(alexa.key, "www.amazon.com"), alexa.intermediate.certificate),
        "self-signed": pem(own.signer(alexa.key)),
        "untrusted": pem(other_root.signer(alexa.key), other_root.certificate),
        "no-intermediate": pem(alexa.signer),
        "leaf-vouches": pem(
            Authority(alexa.signer, alexa.key).signer(alexa.key), alexa.signer, alexa.intermediate.certificate
        ),
        "elliptic": pem(alexa.intermediate.signer(elliptic_key()), alexa.intermediate.certificate),
        "other-key": pem(alexa.intermediate.signer(new_key()), alexa.intermediate.certificate),
        "not-pem": b"<html>An error page</html>",
        "empty": b"",
        "broken-pem": alexa.chain.replace(b"A", b"B", 40),
    }
    return Shop({f"{S3}/echo.api/{name}.pem": chain for name, chain in chains.items()})


@pytest.fixture(scope="module")
def skill(tmp_path_factory: pytest.TempPathFactory, alexa: Alexa, shop: Shop) -> Iterator[str]:
    """The address of a service whose skill says what it was sent."""
    verification = Verification(
        skill_id=SKILL, roots=Store([alexa.root.certificate]), chains=CertificateChains(shop), clock=lambda: NOW
    )

    class Speaker:
        """Lets through, and says nothing."""

        verifies_offline, verify = verification.verifies_offline, verification.verify

        def answer(self, body: bytes) -> bytes:
            return b'{"version": "1.0"}'

        timeout_answer = answer

    with small_service(tmp_path_factory.mktemp("skill"), speaker=Speaker()) as made, served(made.services) as url:
        yield url


def sent(url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    with client(url) as web:
        return web.post("/alexa", content=body, headers=headers)


def test_what_alexa_signed_is_answered(skill: str, alexa: Alexa, shop: Shop) -> None:
    for _ in range(5):
        answer = sent(skill, BODY, alexa.headers(BODY))
        assert (answer.status_code, answer.json()) == (200, {"version": "1.0"})
    assert shop.asked.count(CHAIN_URL) == 1, "the chain is kept"


FOREIGN_ADDRESSES = {
    "http": "http://s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "another host": "https://notamazon.com/echo.api/echo-api-cert-12.pem",
    "a host that begins like it": "https://s3.amazonaws.com.evil.example/echo.api/echo-api-cert-12.pem",
    "a host that ends like it": "https://evil-s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "a bucket": "https://evil.s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "a dot behind the host": "https://s3.amazonaws.com./echo.api/echo-api-cert-12.pem",
    "a letter that looks like it": "https://s3.am\u0430zonaws.com/echo.api/echo-api-cert-12.pem".encode().decode(
        "latin-1"
    ),
    "an escaped host": "https://s3.amazonaws%2Ecom/echo.api/echo-api-cert-12.pem",
    "a user": "https://s3.amazonaws.com@evil.example/echo.api/echo-api-cert-12.pem",
    "a user of the right host": "https://someone:secret@s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "a backslash": "https://s3.amazonaws.com\\@evil.example/echo.api/echo-api-cert-12.pem",
    "another port": "https://s3.amazonaws.com:563/echo.api/echo-api-cert-12.pem",
    "a port that is none": "https://s3.amazonaws.com:/echo.api/echo-api-cert-12.pem",
    "another folder": "https://s3.amazonaws.com/invalid.path/echo-api-cert-12.pem",
    "a folder in other case": "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert-12.pem",
    "dots that lead out": "https://s3.amazonaws.com/echo.api/../evil/echo-api-cert-12.pem",
    "escaped dots that lead out": "https://s3.amazonaws.com/echo.api/%2e%2e/evil/echo-api-cert-12.pem",
    "a folder that begins like it": "https://s3.amazonaws.com/echo.api.evil/echo-api-cert-12.pem",
    "the folder alone": "https://s3.amazonaws.com/echo.api/",
    "a query": "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem?x=1",
    "no scheme": "//s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "a file": "file:///echo.api/echo-api-cert-12.pem",
    "nothing": "",
    "an address behind it": "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem https://evil.example/",
}


@pytest.mark.parametrize("forgery", FOREIGN_ADDRESSES)
def test_a_chain_from_elsewhere_is_not_even_asked_for(skill: str, alexa: Alexa, shop: Shop, forgery: str) -> None:
    asked = len(shop.asked)
    headers = alexa.headers(BODY, url=CHAIN_URL) | {"SignatureCertChainUrl": FOREIGN_ADDRESSES[forgery]}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    with client(skill) as web:
        refused(web.post("/alexa", content=BODY, headers=raw))
    assert len(shop.asked) == asked


@pytest.mark.parametrize(
    "chain",
    ["expired", "future", "other-name", "other-amazon", "self-signed", "untrusted", "no-intermediate", "leaf-vouches",
     "elliptic", "other-key", "not-pem", "empty", "broken-pem", "not-there"],
)  # fmt: skip
def test_a_chain_that_does_not_hold_is_refused(skill: str, alexa: Alexa, chain: str) -> None:
    refused(sent(skill, BODY, alexa.headers(BODY, url=f"{S3}/echo.api/{chain}.pem")))


def changed(body: bytes, place: int) -> bytes:
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]


FORGED_BODIES = {
    "another skill": envelope(LAUNCH, skill="amzn1.ask.skill.another"),
    "replayed": envelope(LAUNCH, moment=NOW - TOLERANCE - timedelta(seconds=1)),
    "of the future": envelope(LAUNCH, moment=NOW + TOLERANCE + timedelta(seconds=1)),
    "of no time": envelope({**LAUNCH, "timestamp": "soon"}),
    "of a time without a zone": envelope({**LAUNCH, "timestamp": "2026-05-04T06:30:00"}),
    "of a number": envelope({**LAUNCH, "timestamp": 1_777_876_200}),
    "two skills": BODY.replace(SKILL.encode(), b"amzn1.ask.skill.another", 1),
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[1, 2]",
    "a null": b"null",
    "invalid UTF-8": BODY.replace(b"kitchen", b"kitch\xffn"),
    "UTF-16": BODY.decode().encode("utf-16"),
    "very deep": b"[" * 100_000,
    "a megabyte": BODY[:-1] + b', "more": "' + b"x" * 1_000_000 + b'"}',
}


@pytest.mark.parametrize("forgery", FORGED_BODIES)
def test_what_is_signed_and_yet_not_a_request_of_now_to_us_is_refused(skill: str, alexa: Alexa, forgery: str) -> None:
    body = FORGED_BODIES[forgery]
    refused(sent(skill, body, alexa.headers(body)))


def test_one_bit_that_differs_is_refused_wherever_it_is(skill: str, alexa: Alexa) -> None:
    headers = alexa.headers(BODY)
    for place in (*range(0, len(BODY), 61), len(BODY) - 1):
        refused(sent(skill, changed(BODY, place), headers))


def test_a_signature_of_another_kind_is_refused(skill: str, alexa: Alexa) -> None:
    good = alexa.headers(BODY)
    weak = alexa.headers(BODY, algorithm=SHA1())  # noqa: S303 # what Amazon signed with once
    padded = alexa.key.sign(BODY, PSS(MGF1(SHA256()), calculate_max_pss_salt_length(alexa.key, SHA256())), SHA256())
    without = {name: value for name, value in good.items() if name != "Signature-256"}
    forgeries: list[dict[str, str]] = [
        without,
        {name: value for name, value in good.items() if name != "SignatureCertChainUrl"},
        {**without, "Signature": weak["Signature-256"]},
        {**without, "Signature": good["Signature-256"]},
        weak,
        {**good, "Signature-256": b64encode(padded).decode()},
        {**good, "Signature-256": ""},
        {**good, "Signature-256": "A" * 344},
        {**good, "Signature-256": "not base64!"},
        {**good, "Signature-256": good["Signature-256"][:-8]},
        alexa_of(alexa).headers(BODY),
    ]
    for headers in forgeries:
        refused(sent(skill, BODY, headers))


def refused(answer: httpx.Response) -> None:
    """400, and the same words whatever was wrong."""
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The request is refused."
    assert answer.json()["code"] == "request-malformed"


def alexa_of(alexa: Alexa) -> Alexa:
    """Signs with another key under the same chain's address."""
    return replace(alexa, key=new_key())


def test_only_posts_are_answered_and_only_where_there_is_a_skill(skill: str, tmp_path: Path) -> None:
    with client(skill) as web:
        assert web.get("/alexa").status_code == 405
        assert web.put("/alexa", content=b"{}").headers["allow"] == "POST"
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        assert web.post("/alexa", content=BODY).status_code == 404


@pytest.mark.parametrize(
    "spelling",
    [
        CHAIN_URL,
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com//echo.api/./echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem#part",
    ],
)
def test_every_spelling_of_the_right_address_is_the_same_address(spelling: str) -> None:
    assert canonical_chain_url(spelling) == CHAIN_URL


@given(st.text(max_size=80) | st.builds(lambda tail: f"{S3}/{tail}", st.text(max_size=80)))
def test_no_address_outside_of_amazons_folder_passes(text: str) -> None:
    try:
        found = canonical_chain_url(text)
    except SignatureWrong:
        return
    assert found.startswith(f"{S3}/echo.api/")
    assert httpx.URL(found).host == "s3.amazonaws.com"
    assert ".." not in found.split("/")


def test_chains_are_kept_up_to_a_bound_and_only_good_ones(alexa: Alexa) -> None:
    shop = Shop({f"{S3}/echo.api/{place}.pem": alexa.chain for place in range(100)})
    chains = CertificateChains(shop)
    verification = Verification(skill_id=SKILL, roots=Store([alexa.root.certificate]), chains=chains, clock=lambda: NOW)
    for place in range(100):
        verification.verify(lower(alexa.headers(BODY, url=f"{S3}/echo.api/{place}.pem")), BODY)
    assert chains.kept == 32
    forged = lower(alexa_of(alexa).headers(BODY, url=f"{S3}/echo.api/0.pem"))
    with pytest.raises(SignatureWrong):
        verification.verify(forged, BODY)
    assert chains.kept == 32


def test_a_chain_that_was_good_yesterday_is_not_trusted_when_it_has_expired(alexa: Alexa) -> None:
    clock = [NOW]
    verification = Verification(
        skill_id=SKILL,
        roots=Store([alexa.root.certificate]),
        chains=CertificateChains(Shop({CHAIN_URL: alexa.chain})),
        clock=lambda: clock[0],
    )
    verification.verify(lower(alexa.headers(BODY)), BODY)
    clock[0] = NOW + timedelta(days=61)
    later = envelope(LAUNCH, moment=clock[0])
    with pytest.raises(SignatureWrong, match="not trusted"):
        verification.verify(lower(alexa.headers(later)), later)


def test_a_redirect_to_elsewhere_is_refused(alexa: Alexa) -> None:
    shop = Shop({CHAIN_URL: alexa.chain}, leads_to="https://evil.example/echo.pem")
    verification = Verification(
        skill_id=SKILL, roots=Store([alexa.root.certificate]), chains=CertificateChains(shop), clock=lambda: NOW
    )
    with pytest.raises(SignatureWrong, match="redirects"):
        verification.verify(lower(alexa.headers(BODY)), BODY)


def test_a_pinned_chain_is_not_fetched(alexa: Alexa, tmp_path: Path) -> None:
    (tmp_path / "echo-api-cert-12.pem").write_bytes(alexa.chain)
    (tmp_path / "roots.pem").write_bytes(pem(alexa.root.certificate))
    shop = Shop({})
    verification = Verification(
        skill_id=SKILL,
        roots=trusted_roots(tmp_path / "roots.pem"),
        chains=CertificateChains(shop, tmp_path),
        clock=lambda: NOW,
    )
    verification.verify(lower(alexa.headers(BODY)), BODY)
    assert shop.asked == []


def test_settings_that_trust_nobody_are_refused(tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_bytes(b"nobody")
    for wrong in (tmp_path / "roots.pem", tmp_path / "nowhere.pem"):
        with pytest.raises(SettingsWrong, match="ROOTS"):
            trusted_roots(wrong)
    with pytest.raises(SettingsWrong, match="CHAINS"):
        CertificateChains(Shop({}), tmp_path / "nowhere")
    assert trusted_roots(None) is not None, "certifi's roots"


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
