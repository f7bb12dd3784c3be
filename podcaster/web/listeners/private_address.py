"""What is for one listener alone: found by its address, kept by no cache between, and named in no log."""

import hashlib
import re

from podcaster.errors import ListenerUnknown
from podcaster.listener.account import Listener
from podcaster.listener.token import TOKEN_CHARACTERS, token_digest
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
"""Listeners' apps ask again each time; shared caches keep nothing (RFC 9111 §5.2.2.7, RFC 9213)."""
UNCACHED = tuple((name, value) for name, value in PRIVATE if name != b"cache-control")
"""The same for errors, which nobody keeps at all."""
_SECRET = re.compile("(/[ls]/)([^/]+)")


def listener_at(token: str, library: Library) -> Listener:
    """Whose token this is.

    Raises:
        ListenerUnknown: nobody's, or nobody's any more.
    """
    return visit_at(token, library)[0]


def visit_at(token: str, library: Library) -> tuple[Listener, int]:
    """Whose token this is, and the generation of what is published.

    Raises:
        ListenerUnknown: nobody's, or nobody's any more.
    """
    found = library.visit(token_digest(token)) if re.fullmatch(TOKEN, token) else None
    if found is None:
        raise ListenerUnknown("This address belongs to no listener.", "Take the one that was given out last.")
    return found


def redacted(path: str) -> str:
    """An address as a log may have it: eight digits of its token's digest tell listeners apart, and open nothing."""
    return _SECRET.sub(lambda found: f"{found[1]}{hashlib.sha256(found[2].encode()).hexdigest()[:8]}…", path)
