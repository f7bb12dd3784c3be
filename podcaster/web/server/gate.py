"""ASGI middleware: authentication, scopes, rate limits and body limits, before any route is looked for."""

import asyncio
import re
import uuid
from dataclasses import dataclass

import structlog

from podcaster.errors import KeyWrong, PodcasterError, ScopeMissing
from podcaster.model.changes import Actor, Channel
from podcaster.ports import ApiKey, acting
from podcaster.web.http.asgi import Application, Headers, Message, Receive, Scope, Send, refuse
from podcaster.web.http.body import read_body
from podcaster.web.http.client_network import client_network
from podcaster.web.http.editor_session import (
    EDITOR,
    MAY_PUBLISH,
    SCOPES,
    active_key,
    comes_from_desk,
    may_publish,
    presented_key,
)
from podcaster.web.server.limits import RateLimits
from podcaster.web.services import Services

_API = "/api/"
_EPISODE = re.compile("/api/articles/[^/]+/episodes/[^/]+(/schedule)?")
_SOURCE = re.compile("/api/sources/[^/]+")
_ARTICLE = re.compile("/api/articles/[^/]+")
_PUBLISH_BY_THEMSELVES = frozenset({"/api/sources", "/api/backfills"})
"""Reports that come in by a source or an archive are published unasked."""
_AUDIT = "/api/audit"
_HOOK = re.compile("/api/hooks/[a-z]+")
"""Signed over the body, so that the routes verify them."""
_LONGEST_PUSHED = 2_000_000
_CHALLENGE = (b"www-authenticate", b'Bearer realm="podcaster"')
_CLOSE = (b"connection", b"close")
_TOUCH_SECONDS = 60
_LONGEST_PUBLIC_BODY = 256 * 1024
"""Longest body of a request without a key."""
_CONTENT = (
    b"default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
    b"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"content-security-policy", _CONTENT),
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Refuses requests without the right key, and bodies that are too long or too slow.

    Routes get whole bodies only, and GET in place of HEAD, the response to which is sent without its body.
    """

    inner: Application
    services: Services
    limits: RateLimits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        request = uuid.uuid4().hex
        extra: list[tuple[bytes, bytes]] = [(b"x-request-id", request.encode())]
        secured = _secured(send, extra, head_only=scope["method"] == "HEAD")
        try:
            keyed = scope["path"].startswith(_API) and not _HOOK.fullmatch(scope["path"])
            key = await self._authorize(scope, extra) if keyed else None
            who = _actor(key, scope)
            longest = self.services.max_upload_bytes if keyed else _LONGEST_PUBLIC_BODY
            if _HOOK.fullmatch(scope["path"]):
                longest = min(self.services.max_upload_bytes, _LONGEST_PUSHED)
            body = await read_body(scope, receive, longest=longest, seconds=self.services.body_seconds)
        except PodcasterError as error:
            challenge = [_CHALLENGE] if isinstance(error, KeyWrong) else []
            await refuse(scope, secured, error, [*challenge, _CLOSE])
            return
        if body is not None:
            method = "GET" if scope["method"] == "HEAD" else scope["method"]
            with structlog.contextvars.bound_contextvars(request=request), acting(who):
                said = {EDITOR: who.name, MAY_PUBLISH: key is not None and may_publish(key)}
                await self.inner({**scope, "method": method, **said}, _replayed(body, receive), secured)

    async def _authorize(self, scope: Scope, extra: list[tuple[bytes, bytes]]) -> ApiKey:
        """The key that a request comes with; adds the response headers of its rate limit to `extra`.

        Raises:
            KeyWrong: the key is missing, unknown or revoked.
            ScopeMissing: the key's scope does not include the request.
            AskedTooOften: the key, or the network of wrong keys, is over its limit.
        """
        limits = self.limits
        key = await asyncio.to_thread(active_key, presented_key(scope), self.services.library.key_by_digest)
        if key is None:
            limits.count_wrong_key(scope)
            raise KeyWrong(
                "The API key is missing, unknown or revoked.",
                "Send `Authorization: Bearer KEY`; `podcaster keys add` makes one.",
            )
        counted = limits.count(key, scope["method"])
        extra.extend(counted.headers)
        if counted.refusal is not None:
            raise counted.refusal
        needed = _needed(scope)
        if SCOPES.index(key.scope) < SCOPES.index(needed):
            raise ScopeMissing(f"The key {key.name!r} may only {key.scope}.", f"Use a key with the scope {needed}.")
        await self._touch(key)
        return key

    async def _touch(self, key: ApiKey) -> None:
        now = self.services.clock()
        if key.last_used is None or (now - key.last_used).total_seconds() > _TOUCH_SECONDS:
            await asyncio.to_thread(self.services.library.touch_key, key.digest, now)


def _needed(scope: Scope) -> str:
    path, method = scope["path"], scope["method"]
    if path == _AUDIT:
        return "admin"
    if method in {"GET", "HEAD", "OPTIONS"}:
        return "read"
    publishing = (
        _EPISODE.fullmatch(path)
        or (method == "DELETE" and _ARTICLE.fullmatch(path))
        or (method == "POST" and path in _PUBLISH_BY_THEMSELVES)
        or (method == "PATCH" and _SOURCE.fullmatch(path))
    )
    return "publish" if publishing else "edit"


def _actor(key: ApiKey | None, scope: Scope) -> Actor:
    """The author of a request's changes; without a key a hook, once its signature is verified."""
    place = client_network(scope)
    if key is None:
        return Actor(name="hook", channel=Channel.HOOK, place=place)
    return Actor(name=key.name, channel=Channel.DESK if comes_from_desk(scope) else Channel.API, place=place)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that has arrived, then what the client does next."""
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _secured(send: Send, extra: Headers, *, head_only: bool) -> Send:
    """A `send` that adds security headers and `extra` to the response."""
    ended = False

    async def secured(message: Message) -> None:
        nonlocal ended
        if message["type"] == "http.response.start":
            named = {name.lower() for name, _ in message["headers"]}
            safe = [(name, value) for name, value in _SECURITY if name not in named]
            message = {**message, "headers": [*message["headers"], *safe, *extra]}
        elif head_only and ended:
            return
        elif head_only:
            ended = True
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return secured
