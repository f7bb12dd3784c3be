"""Private addresses: lookup by token, headers against caching, redaction for logs."""

import hashlib
import re

from podcaster.errors import ListenerUnknown
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import TOKEN_CHARACTERS
from podcaster.ports import Library

PREFIX = "/l/"
STREAM_PREFIX = "/s/"
TOKEN = f"[A-Za-z0-9_-]{{{TOKEN_CHARACTERS}}}"
PRIVATE = (
    (b"cache-control", b"private, no-cache"),
    (b"cdn-cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
"""Headers: apps revalidate each time, and shared caches store nothing (RFC 9111 §5.2.2.7, RFC 9213)."""
UNCACHED = tuple((name, value) for name, value in PRIVATE if name != b"cache-control")
"""The same for errors, without the caching permission."""
_SECRET = re.compile("(/[ls]/)([^/]+)")


def listener_at(token: str, library: Library) -> Listener:
    """The listener with this token.

    Raises:
        ListenerUnknown: The token is wrong, or was replaced.
    """
    return listener_and_generation_at(token, library)[0]


def listener_and_generation_at(token: str, library: Library) -> tuple[Listener, int]:
    """The listener with this token, and the library's generation.

    Raises:
        ListenerUnknown: The token is wrong, or was replaced.
    """
    found = library.visit(secret_digest(token)) if re.fullmatch(TOKEN, token) else None
    if found is None:
        raise ListenerUnknown("This address belongs to no listener.", "Use the newest address you were given.")
    return found


def redacted(path: str) -> str:
    """A path for logs: tokens become eight digits of their digest, which tell listeners apart but open nothing."""
    return _SECRET.sub(lambda found: f"{found[1]}{hashlib.sha256(found[2].encode()).hexdigest()[:8]}…", path)
