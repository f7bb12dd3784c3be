"""Which host a request names: RFC 9112 §3.2."""

import re
from collections.abc import Sequence

from podcaster.errors import RequestMalformed
from podcaster.web.asgi import Receive, Scope, Send, refuse

_HOST = re.compile(rb"(?:\[[0-9A-Za-z:.%~_-]+\]|[0-9A-Za-z._~!$&'()*+,;=%-]*)(?::[0-9]*)?")
"""RFC 3986 §3.2.2 and §3.2.3, near enough to tell a host from what was never meant as one; it may be empty."""


def names_its_host(version: str, fields: Sequence[tuple[bytes, bytes]]) -> bool:
    """Whether it is one, as HTTP/1.1 requires, or none, as HTTP/1.0 allows; names of fields are in lower case."""
    hosts = [value for name, value in fields if name == b"host"]
    if not hosts:
        return version == "1.0"
    return len(hosts) == 1 and is_host(hosts[0])


def is_host(value: bytes | None) -> bool:
    """Whether a field Host is there, and may say that (RFC 9110 §7.2)."""
    return value is not None and _HOST.fullmatch(value) is not None


async def host_refused(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answers in place of the application."""
    error = RequestMalformed("The request does not name one host.", "Send one field Host (RFC 9112 §3.2).")
    await refuse(scope, send, error, [(b"connection", b"close")])
