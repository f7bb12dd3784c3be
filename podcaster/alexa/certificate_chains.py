"""Signing certificate chains: where they may come from, fetched or pinned, and kept."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from posixpath import basename, normpath

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from podcaster.errors import PodcasterError, SettingsWrong, SignatureWrong
from podcaster.ports import Fetcher

Chain = tuple[x509.Certificate, ...]
"""The signing certificate first, then those that vouch for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedChain:
    """What is remembered of a chain that led to a trusted root."""

    signer: RSAPublicKey
    since: datetime
    until: datetime
    """While all of its certificates are valid, the root's included."""


_ADDRESS = re.compile(
    r"(?i:https)://(?i:s3\.amazonaws\.com)(?::443)?(?P<path>/[A-Za-z0-9._/-]{1,400})(?:#[!-~]{0,200})?", re.ASCII
)
_FOLDER = "/echo.api/"
_LONGEST_BYTES = 64 * 1024
_KEPT = 32
_FETCHES_AT_A_TIME = 4
REMEDY = "Only Alexa calls this address; PODCASTER_ALEXA_SKILL_ID, _ROOTS and _CHAINS say whom it trusts."


def chain_address(text: str) -> str:
    """The canonical form of a SignatureCertChainUrl.

    As Amazon has it ("Host a Custom Skill as a Web Service"): https, s3.amazonaws.com, port 443 if any, scheme and host
    in any case, a path that begins with /echo.api/ once its dots are resolved, in this case. Everything that a URL could
    have besides (user, query, escapes) is refused, so that nobody reads it otherwise than it is checked here.

    Raises:
        SignatureWrong: it is another address.
    """
    found = _ADDRESS.fullmatch(text)
    path = normpath(re.sub("/+", "/", found["path"])) if found else ""
    if found is None or not path.startswith(_FOLDER) or found["path"].endswith("/"):
        raise SignatureWrong("The chain's address is not Amazon's.", REMEDY)
    return f"https://s3.amazonaws.com{path}"


class Chains:
    """Chains by address: pinned in a folder, else fetched, and kept. At most 32 are."""

    def __init__(self, fetcher: Fetcher, pinned: Path | None = None) -> None:
        """`pinned` holds PEM files named by the last part of their URL's path.

        Raises:
            SettingsWrong: it is no folder.
        """
        if pinned is not None and not pinned.is_dir():
            raise SettingsWrong(f"{pinned} is no folder.", "Correct PODCASTER_ALEXA_CHAINS.")
        self._fetcher = fetcher
        self._pinned = pinned
        self._kept: OrderedDict[str, TrustedChain] = OrderedDict()
        self._keeping = threading.Lock()
        self._fetching = threading.BoundedSemaphore(_FETCHES_AT_A_TIME)

    def trusted(self, address: str, now: datetime) -> TrustedChain | None:
        """A chain that was found good, and is still; None where it has to be read. Waits for nothing."""
        with self._keeping:
            found = self._kept.get(address)
            if found is None or not found.since <= now <= found.until:
                self._kept.pop(address, None)
                return None
            self._kept.move_to_end(address)
            return found

    def read(self, address: str) -> Chain:
        """The chain at a canonical address, as it is given out: nothing about it is verified.

        Raises:
            SignatureWrong: there is none, or it cannot be had now.
        """
        return _parsed(self._read(address))

    def keep(self, address: str, chain: TrustedChain) -> None:
        """Remember a chain that was found good."""
        with self._keeping:
            self._kept[address] = chain
            self._kept.move_to_end(address)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    @property
    def kept(self) -> int:
        """How many are remembered."""
        return len(self._kept)

    def _read(self, address: str) -> bytes:
        file = self._pinned / basename(address) if self._pinned else None
        if file is not None and file.is_file():
            return file.read_bytes()
        # Whoever guesses at addresses occupies no more than a few threads.
        if not self._fetching.acquire(blocking=False):
            raise SignatureWrong("Too many chains are being fetched.", REMEDY)
        try:
            fetched = self._fetcher.get(address, limit_bytes=_LONGEST_BYTES)
        except PodcasterError as error:
            raise SignatureWrong(f"The chain cannot be had: {error.what}", REMEDY) from error
        finally:
            self._fetching.release()
        if fetched.url != address:
            raise SignatureWrong("The chain's address leads elsewhere.", REMEDY)
        return fetched.body


def _parsed(pem: bytes) -> Chain:
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise SignatureWrong("The chain is not made of certificates.", REMEDY) from error
