"""The words of ASGI that the raw handlers use (asgi.readthedocs.io, HTTP & WebSocket 2.4)."""

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from podcaster.errors import PodcasterError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

PROBLEM = b"application/problem+json"


def header(scope: Scope, name: bytes) -> bytes:
    """A request header, by its name in lower case; empty where it was not sent."""
    return next((value for key, value in scope["headers"] if key == name), b"")


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"", *, head_only: bool = False) -> None:
    """A whole response; a HEAD's says how long the body would be."""
    listed = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": b"" if head_only else body})


async def refuse(scope: Scope, send: Send, error: PodcasterError, headers: Headers = ()) -> None:
    """A problem document for an error."""
    body = json.dumps(problem(error), ensure_ascii=False).encode()
    listed = [(b"content-type", PROBLEM), (b"cache-control", b"no-store"), *headers]
    await respond(send, error.http_status, listed, body, head_only=scope["method"] == "HEAD")


def problem(error: PodcasterError) -> dict[str, object]:
    """An error as RFC 9457 §3 has it; `code` is for programs, `remedy` for people."""
    return {
        "type": f"urn:podcaster:error:{error.code}",
        "title": error.title,
        "status": error.http_status,
        "detail": error.what,
        "code": error.code,
        "remedy": error.remedy,
    }
