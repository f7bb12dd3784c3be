"""OAuth for smart speakers (RFC 6749): the client, what a listener grants, codes and tokens with their lifetimes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SCOPE: Final = "listen"
"""The only OAuth scope."""
AUTHORIZATION_CODE_LIVES: Final = timedelta(minutes=5)
"""RFC 6749 §4.1.2 allows ten minutes at most."""
ACCESS_TOKEN_LIVES: Final = timedelta(hours=1)
REFRESH_TOKEN_LIVES: Final = timedelta(days=400)
"""Counted from each refresh, which issues a new token."""
REFRESHED_AGAIN_WITHIN: Final = timedelta(minutes=2)
"""Grace period of a replaced refresh token: the response with the new one may have been lost."""


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
