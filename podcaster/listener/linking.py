"""How a smart speaker comes to belong to a listener: digits read out to it, or tokens that its makers hold (RFC 6749)."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SCOPE: Final = "listen"
"""All that a token allows."""
SPOKEN_DIGITS: Final = 6
SPOKEN_BYTES: Final = 8
"""Of randomness, for a code that is read out."""
SPOKEN_CODE_LIVES: Final = timedelta(minutes=10)
AUTHORIZATION_CODE_LIVES: Final = timedelta(minutes=5)
"""RFC 6749 §4.1.2 allows ten minutes at most."""
ACCESS_TOKEN_LIVES: Final = timedelta(hours=1)
REFRESH_TOKEN_LIVES: Final = timedelta(days=400)
"""From when it was given out, which is whenever the one before it is used."""
REFRESHED_AGAIN_WITHIN: Final = timedelta(minutes=2)
"""How long a refresh token that was replaced still works: the answer with the new one may have been lost on its way."""
STREAM_LIVES: Final = timedelta(days=1)
"""How long a speaker may play, pause and go on with a briefing at the address that it was given."""
ATTEMPTS_COUNTED_WITHIN: Final = timedelta(minutes=10)
MOST_SPOKEN_ATTEMPTS: Final = 5
"""Of a user, and of a device: a guesser hits one of 900,000 codes once in years."""
MOST_PASTED_ATTEMPTS: Final = 10
"""From one network address."""
MOST_CODES_PASTED: Final = 200
"""From everywhere together: a speaker code has 40 bits, which is little where many addresses guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerClient:
    """The smart speaker's makers as a client of ours (RFC 6749 §2)."""

    id: str
    secret: str
    redirect_uris: frozenset[str]
    """Where an answer may be sent, to the letter (RFC 9700 §2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What an authorization code stands for."""

    code: str
    """Its digest, which names everything that follows from it."""
    listener: str
    redirect_uri: str
    challenge: str
    """Of PKCE, by S256 (RFC 7636 §4.2)."""
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A permission that a listener gave: the tokens of one authorization code."""

    code: str
    listener: str
    granted: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """What is kept of an access token and of the refresh token that came with it."""

    access: str
    """Digest."""
    access_expires: datetime
    refresh: str
    """Digest."""
    refresh_expires: datetime


def spoken_code(randomness: bytes) -> str:
    """Six digits of eight random bytes; the first is not zero, for a number that is heard has none in front."""
    least = 10 ** (SPOKEN_DIGITS - 1)
    return str(least + int.from_bytes(randomness) % (9 * least))


def heard_digits(said: str) -> str:
    """The digits of what was heard, in whatever script they are written."""
    return "".join(str(unicodedata.digit(sign)) for sign in said if unicodedata.digit(sign, None) is not None)


def secret_digest(secret: str) -> str:
    """What is kept of a code or a token: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def listening_key(listener: str) -> str:
    """Under what the place of a listener is kept whose speakers are linked, whichever of them plays."""
    return secret_digest(f"podcaster listener\n{listener}")
