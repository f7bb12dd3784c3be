"""Linking of smart speakers to listeners, by spoken codes or by OAuth (RFC 6749)."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SCOPE: Final = "listen"
"""The only OAuth scope."""
SPOKEN_DIGITS: Final = 6
SPOKEN_BYTES: Final = 8
"""Random bytes for a spoken code."""
SPOKEN_CODE_LIVES: Final = timedelta(minutes=10)
AUTHORIZATION_CODE_LIVES: Final = timedelta(minutes=5)
"""RFC 6749 §4.1.2 allows ten minutes at most."""
ACCESS_TOKEN_LIVES: Final = timedelta(hours=1)
REFRESH_TOKEN_LIVES: Final = timedelta(days=400)
"""Counted from each refresh, which issues a new token."""
REFRESHED_AGAIN_WITHIN: Final = timedelta(minutes=2)
"""Grace period of a replaced refresh token: the response with the new one may have been lost."""
STREAM_LIVES: Final = timedelta(days=1)
"""Lifetime of the URL at which a speaker plays, pauses and resumes a briefing."""
ATTEMPTS_COUNTED_WITHIN: Final = timedelta(minutes=10)
MOST_SPOKEN_ATTEMPTS: Final = 5
"""Limit for a user, and for a device: guessing one of 900,000 codes then takes years."""
MOST_PASTED_ATTEMPTS: Final = 10
"""Limit for one network address."""
MOST_CODES_PASTED: Final = 200
"""Limit over all addresses: a speaker code has 40 bits, too few against guesses from many addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerClient:
    """The smart speaker's service as an OAuth client (RFC 6749 §2)."""

    id: str
    secret: str
    redirect_uris: frozenset[str]
    """Allowed redirect URIs, compared exactly (RFC 9700 §2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """The grant behind an authorization code."""

    code: str
    """Digest of the code; the tokens that follow are filed under it."""
    listener: str
    redirect_uri: str
    challenge: str
    """PKCE challenge, S256 (RFC 7636 §4.2)."""
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A listener's consent: the tokens of one authorization code."""

    code: str
    listener: str
    granted: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """An access token and its refresh token, as stored."""

    access: str
    """Digest."""
    access_expires: datetime
    refresh: str
    """Digest."""
    refresh_expires: datetime


def spoken_code(randomness: bytes) -> str:
    """Six digits from eight random bytes; the first is never 0, because speech recognition drops leading zeros."""
    least = 10 ** (SPOKEN_DIGITS - 1)
    return str(least + int.from_bytes(randomness) % (9 * least))


def spoken_digits(said: str) -> str:
    """The digits in recognised speech, in any script."""
    return "".join(str(unicodedata.digit(sign)) for sign in said if unicodedata.digit(sign, None) is not None)


def secret_digest(secret: str) -> str:
    """The stored form of a code or token: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def playback_position_key(listener: str) -> str:
    """Key of a linked listener's playback position, shared by all their speakers."""
    return secret_digest(f"podcaster listener\n{listener}")
