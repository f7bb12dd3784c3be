"""How an editor's key comes with a request: in `Authorization`, or in the desk's cookie with a sign that our own page sent it."""

import hashlib
import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from podcaster.errors import AccessRefused
from podcaster.ports import ApiKey
from podcaster.web.http.asgi import Scope, header

SCOPES = ("read", "edit", "publish", "admin")
"""Each includes those before it."""
EDITOR = "podcaster.editor"
"""Key of the ASGI scope: the name of the API key that the request came with."""
COOKIE = "podcaster-desk"
DESK_HEADER = b"x-podcaster-desk"
"""A page elsewhere cannot send a header of its own without asking first, and nobody tells it that it may (CORS)."""
_KEY = re.compile(r"[!-~]{16,200}", re.ASCII)
_BEARER = re.compile(r"Bearer[ ]+([!-~]{16,200})[ ]*", re.IGNORECASE | re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def presented_key(scope: Scope) -> str:
    """The key that a request comes with, empty without one; `Authorization` goes before the cookie.

    Raises:
        AccessRefused: it changes something, comes with the cookie, and our own page did not send it.
    """
    found = _BEARER.fullmatch(header(scope, b"authorization"))
    if found or header(scope, b"authorization"):
        return found[1] if found else ""
    secret = session_key(scope)
    if secret and scope["method"] not in _SAFE:
        require_own_page(scope)
    return secret


def comes_from_desk(scope: Scope) -> bool:
    """Whether a request's key comes with the desk's cookie."""
    return not header(scope, b"authorization")


def session_key(scope: Scope) -> str:
    """The key in the desk's cookie; empty without one."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load("; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"))
    except CookieError:
        return ""
    value = cookies[COOKIE].value if COOKIE in cookies else ""
    return value if _KEY.fullmatch(value) else ""


def require_own_page(scope: Scope) -> None:
    """See that our own page sent this: it says so, and nothing that the browser says contradicts it.

    Raises:
        AccessRefused: another page did, or nobody knows which.
    """
    site, origin, host = (header(scope, name) for name in (b"sec-fetch-site", b"origin", b"host"))
    own = bool(header(scope, DESK_HEADER)) and site in {"", "same-origin"}
    if not own or (origin and origin.partition("://")[2] != host):
        raise AccessRefused(
            "The request was not sent by the desk's own page.",
            "Work at /desk; a program sends `Authorization: Bearer KEY`.",
        )


def active_key(secret: str, look_up: Callable[[str], ApiKey | None]) -> ApiKey | None:
    """The key of this secret, unless it is revoked; `look_up` finds one by its digest."""
    if not _KEY.fullmatch(secret):
        return None
    key = look_up(hashlib.sha256(secret.encode()).hexdigest())
    return None if key is None or key.revoked is not None else key


def session_cookie(secret: str, *, secure: bool) -> str:
    """Set-Cookie for a key until the browser ends; for an empty one, what forgets it (RFC 6265 §4.1)."""
    guarded = "Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")
    return f'{COOKIE}="{_escaped(secret)}"; {guarded}' if secret else f"{COOKIE}=; {guarded}; Max-Age=0"


def _escaped(secret: str) -> str:
    return secret.replace("\\", "\\\\").replace('"', '\\"')
