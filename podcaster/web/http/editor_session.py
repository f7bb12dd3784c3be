"""Editors' keys in requests: the Authorization header, or the desk's cookie with a header that only our own page can send."""

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
MAY_PUBLISH = "podcaster.may_publish"
"""Key of the ASGI scope: whether the request's key may publish."""
COOKIE = "podcaster-desk"
DESK_HEADER = b"x-podcaster-desk"
"""Proves that our own page sent the request: other sites' pages need CORS, which is not granted, to send it."""
_KEY = re.compile(r"[!-~]{16,200}", re.ASCII)
_BEARER = re.compile(r"Bearer[ ]+([!-~]{16,200})[ ]*", re.IGNORECASE | re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def presented_key(scope: Scope) -> str:
    """The key that a request comes with, empty without one; `Authorization` takes precedence over the cookie.

    Raises:
        AccessRefused: a change with the cookie that our own page did not send.
    """
    found = _BEARER.fullmatch(header(scope, b"authorization"))
    if found or header(scope, b"authorization"):
        return found[1] if found else ""
    secret = session_key(scope)
    if secret and scope["method"] not in _SAFE:
        require_own_page(scope)
    return secret


def may_publish(key: ApiKey) -> bool:
    """Whether a key's scope includes publishing."""
    return SCOPES.index(key.scope) >= SCOPES.index("publish")


def comes_from_desk(scope: Scope) -> bool:
    """Whether a request's key comes in the desk's cookie."""
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
    """Refuse a request that our own page did not send, by its own header and the browser's (Sec-Fetch-Site, Origin).

    Raises:
        AccessRefused: another page sent it, or it is unknown which.
    """
    site, origin, host = (header(scope, name) for name in (b"sec-fetch-site", b"origin", b"host"))
    own = bool(header(scope, DESK_HEADER)) and site in {"", "same-origin"}
    if not own or (origin and origin.partition("://")[2] != host):
        raise AccessRefused(
            "The request was not sent by the desk's own page.",
            "Work at /desk; a program sends `Authorization: Bearer KEY`.",
        )


def active_key(secret: str, look_up: Callable[[str], ApiKey | None]) -> ApiKey | None:
    """The key of a secret, None if it is unknown or revoked; `look_up` finds a key by its digest."""
    if not _KEY.fullmatch(secret):
        return None
    key = look_up(hashlib.sha256(secret.encode()).hexdigest())
    return None if key is None or key.revoked is not None else key


def session_cookie(secret: str, *, secure: bool) -> str:
    """A Set-Cookie value that keeps a key until the browser ends, or deletes it if the key is empty (RFC 6265 §4.1)."""
    guarded = "Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")
    return f'{COOKIE}="{_escaped(secret)}"; {guarded}' if secret else f"{COOKIE}=; {guarded}; Max-Age=0"


def _escaped(secret: str) -> str:
    return secret.replace("\\", "\\\\").replace('"', '\\"')
