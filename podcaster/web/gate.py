"""Who comes in, and with how much: before a body is read and before any route is looked for; pure ASGI."""

import asyncio
import hashlib
import re
import uuid
from dataclasses import dataclass

from podcaster.errors import KeyWrong, PodcasterError, RequestMalformed, ScopeMissing, SourceTooLarge
from podcaster.ports import ApiKey
from podcaster.web.asgi import Application, Message, Receive, Scope, Send, header, refuse
from podcaster.web.services import Services

SCOPES = ("read", "edit", "publish", "admin")
"""Each includes those before it."""
_API = "/api/"
_BEARER = re.compile(rb"Bearer\s+(\S{16,200})", re.IGNORECASE)
_CHALLENGE = ((b"www-authenticate", b'Bearer realm="podcaster"'), (b"connection", b"close"))
_BODY_SECONDS = 30.0
_TOUCH_SECONDS = 60
_CONTENT = (
    b"default-src 'none'; img-src 'self' data: https:; media-src 'self'; style-src 'self'; script-src 'self'; "
    b"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"content-security-policy", _CONTENT),
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Wraps the routes: a request without the right key, or with too long a body, never gets to them."""

    inner: Application
    services: Services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        sealed = _sealed(send, uuid.uuid4().hex)
        try:
            if scope["path"].startswith(_API):
                await self._let_in(scope)
            self._weigh(scope)
        except PodcasterError as error:
            await refuse(
                scope, sealed, error, _CHALLENGE if isinstance(error, KeyWrong) else ((b"connection", b"close"),)
            )
            return
        await self.inner(scope, self._metered(receive), sealed)

    async def _let_in(self, scope: Scope) -> None:
        found = _BEARER.fullmatch(header(scope, b"authorization"))
        digest = hashlib.sha256(found[1]).hexdigest() if found else ""
        key = await asyncio.to_thread(self.services.library.key_by_digest, digest) if digest else None
        if key is None or key.revoked is not None:
            raise KeyWrong(
                "The API key is missing, unknown or revoked.",
                "Send `Authorization: Bearer KEY`; `podcaster keys add` makes one.",
            )
        needed = "read" if scope["method"] in {"GET", "HEAD", "OPTIONS"} else "edit"
        if SCOPES.index(key.scope) < SCOPES.index(needed):
            raise ScopeMissing(f"The key {key.name!r} may only {key.scope}.", f"Use a key with the scope {needed}.")
        await self._touch(key)

    async def _touch(self, key: ApiKey) -> None:
        now = self.services.clock()
        if key.last_used is None or (now - key.last_used).total_seconds() > _TOUCH_SECONDS:
            await asyncio.to_thread(self.services.library.touch_key, key.digest, now)

    def _weigh(self, scope: Scope) -> None:
        declared = header(scope, b"content-length")
        if declared and not declared.isdigit():
            raise RequestMalformed("Content-Length is no number.", "Correct it.")
        if declared and int(declared) > self.services.max_upload_bytes:
            raise self._too_large()

    def _metered(self, receive: Receive) -> Receive:
        """A body that comes without a length, or slowly, ends where it may not go on."""
        come = 0
        deadline = asyncio.get_running_loop().time() + _BODY_SECONDS
        whole = False

        async def metered() -> Message:
            nonlocal come, whole
            if whole:
                return await receive()
            left = deadline - asyncio.get_running_loop().time()
            try:
                message = await asyncio.wait_for(receive(), max(left, 0.001))
            except TimeoutError:
                return {"type": "http.disconnect"}
            come += len(message.get("body", b""))
            if come > self.services.max_upload_bytes:
                raise self._too_large()
            whole = not message.get("more_body", False)
            return message

        return metered

    def _too_large(self) -> SourceTooLarge:
        return SourceTooLarge(
            f"The request has more than {self.services.max_upload_bytes:,} bytes.", "Send the text of the report alone."
        )


def _sealed(send: Send, request: str) -> Send:
    """Responses with what every page needs to be safe, and a name to find it by in the log."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_SECURITY, (b"x-request-id", request.encode())]}
        await send(message)

    return sealed
