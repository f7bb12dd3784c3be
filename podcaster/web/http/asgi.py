"""ASGI types and responses for the raw handlers (asgi.readthedocs.io, HTTP & WebSocket 2.4)."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

from podcaster.errors import AskedTooOften, MethodUnfit, PodcasterError, StorageFailed
from podcaster.web.http.error_counts import count_error

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Handler = Callable[[Scope, Receive, Send], Awaitable[int]]
"""Answers one request and returns the status that it sent."""
Headers = Iterable[tuple[bytes, bytes]]

PROBLEM = b"application/problem+json"
_TRY_AGAIN_SECONDS = {StorageFailed.http_status: b"5"}


def header(scope: Scope, name: bytes) -> str:
    """A request header, by its name in lower case; lines of one name are one list (RFC 9110 §5.3); empty without one."""
    return b", ".join([value for key, value in scope["headers"] if key == name]).decode("latin-1")


def header_fields(scope: Scope) -> Mapping[bytes, bytes]:
    """All request headers, by their names in lower case; lines of one name are one list (RFC 9110 §5.3)."""
    fields: dict[bytes, bytes] = dict(scope["headers"])
    if len(fields) < len(scope["headers"]):
        return {name: header(scope, name).encode("latin-1") for name in fields}
    return fields


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"", *, head_only: bool = False) -> int:
    """Send a whole response and return its status.

    The response to HEAD has the length of the body that GET would get. 204 and 304 have no length (RFC 9110 §8.6).
    """
    listed = [*headers] if status in {204, 304} else [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": b"" if head_only else body})
    return status


async def wait_for_disconnect(receive: Receive) -> None:
    """Return when the client has left, or has the whole response."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(scope: Scope, send: Send, error: PodcasterError, headers: Headers = ()) -> int:
    """Send a problem document for an error and return its status."""
    count_error(error.code)
    listed = [(b"content-type", PROBLEM), *error_headers(error), *headers]
    return await respond(send, error.http_status, listed, problem_json(error), head_only=scope["method"] == "HEAD")


def method_not_allowed(method: str, allowed: str) -> MethodUnfit:
    """The error for a `method` that an address does not support; `allowed` lists those that it does."""
    return MethodUnfit(f"{method} is not possible at this address.", f"It answers {allowed}.")


def error_headers(error: PodcasterError) -> Headers:
    """Response headers of an error: never cached, and when to try again."""
    later = _TRY_AGAIN_SECONDS.get(error.http_status) if error.retryable else None
    later = str(error.retry_after_s).encode() if isinstance(error, AskedTooOften) else later
    return [(b"cache-control", b"no-store"), *([(b"retry-after", later)] if later else [])]


def problem_json(error: PodcasterError, status: int | None = None) -> bytes:
    """An error as a problem document (RFC 9457 §3); `code` is for programs, `remedy` for people."""
    document = {
        "type": f"urn:podcaster:error:{error.code}",
        "title": error.title,
        "status": status or error.http_status,
        "detail": error.what,
        "code": error.code,
        "remedy": error.remedy,
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
