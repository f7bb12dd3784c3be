"""Signing certificate chains: accepted URLs, fetching, pinned files, and a cache of the trusted ones."""

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from posixpath import basename, normpath

from cachetools import LRUCache
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from podcaster.errors import PodcasterError, SettingsWrong, SignatureWrong
from podcaster.ports import Fetcher

Chain = tuple[x509.Certificate, ...]
"""The signing certificate first, then its issuers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedChain:
    """The signer and validity of a chain that was verified against a trusted root."""

    signer: RSAPublicKey
    since: datetime
    until: datetime
    """The period in which every certificate of the chain is valid, the root's included."""


_ADDRESS = re.compile(
    r"(?i:https)://(?i:s3\.amazonaws\.com)(?::443)?(?P<path>/[A-Za-z0-9._/-]{1,400})(?:#[!-~]{0,200})?", re.ASCII
)
_FOLDER = "/echo.api/"
_LONGEST_BYTES = 64 * 1024
_KEPT = 32
_FETCHES_AT_A_TIME = 4
REMEDY = (
    "Only Alexa may call this URL; check PODCASTER_ALEXA_SKILL_ID, PODCASTER_ALEXA_ROOTS and PODCASTER_ALEXA_CHAINS."
)


def canonical_chain_url(text: str) -> str:
    """The canonical form of a SignatureCertChainUrl.

    Amazon's rules ("Host a Custom Skill as a Web Service"): https, s3.amazonaws.com, port 443 if any, scheme and host
    in any case, and a path that begins with /echo.api/ in this case after its dots are resolved. User, query and escapes
    are refused too, so that no other parser can read the URL differently.

    Raises:
        SignatureWrong: The URL breaks these rules.
    """
    found = _ADDRESS.fullmatch(text)
    path = normpath(re.sub("/+", "/", found["path"])) if found else ""
    if found is None or not path.startswith(_FOLDER) or found["path"].endswith("/"):
        raise SignatureWrong("The certificate chain's URL is not Amazon's.", REMEDY)
    return f"https://s3.amazonaws.com{path}"


class CertificateChains:
    """Certificate chains by URL, from pinned files or fetched, with a cache of 32 trusted ones."""

    def __init__(self, fetcher: Fetcher, pinned: Path | None = None) -> None:
        """`pinned` is a folder of PEM files named by the last part of their URL's path.

        Raises:
            SettingsWrong: `pinned` is not a folder.
        """
        if pinned is not None and not pinned.is_dir():
            raise SettingsWrong(f"{pinned} is not a folder.", "Correct PODCASTER_ALEXA_CHAINS.")
        self._fetcher = fetcher
        self._pinned = pinned
        self._kept: LRUCache[str, TrustedChain] = LRUCache(_KEPT)
        self._keeping = threading.Lock()
        self._fetching = threading.BoundedSemaphore(_FETCHES_AT_A_TIME)

    def trusted(self, address: str, now: datetime) -> TrustedChain | None:
        """The cached chain if it is still valid, else None. Never blocks."""
        with self._keeping:
            found = self._kept.get(address)
            if found is None or not found.since <= now <= found.until:
                self._kept.pop(address, None)
                return None
            return found

    def read(self, address: str) -> Chain:
        """Read the chain at a canonical URL, unverified.

        Raises:
            SignatureWrong: There is no chain at the URL, or it cannot be fetched now.
        """
        return _parsed(self._read(address))

    def keep(self, address: str, chain: TrustedChain) -> None:
        """Cache a verified chain."""
        with self._keeping:
            self._kept[address] = chain

    @property
    def kept(self) -> int:
        """Number of cached chains."""
        return len(self._kept)

    def _read(self, address: str) -> bytes:
        file = self._pinned / basename(address) if self._pinned else None
        if file is not None and file.is_file():
            return file.read_bytes()
        # Limits the threads that requests with guessed URLs can occupy.
        if not self._fetching.acquire(blocking=False):
            raise SignatureWrong("Too many certificate chains are being fetched at once.", REMEDY)
        try:
            fetched = self._fetcher.get(address, limit_bytes=_LONGEST_BYTES)
        except PodcasterError as error:
            raise SignatureWrong(f"The certificate chain cannot be fetched: {error.what}", REMEDY) from error
        finally:
            self._fetching.release()
        if fetched.url != address:
            raise SignatureWrong("The certificate chain's URL redirects.", REMEDY)
        return fetched.body


def _parsed(pem: bytes) -> Chain:
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise SignatureWrong("The certificate chain is not in PEM format.", REMEDY) from error
