"""ASGI middleware: public pages in the content coding that the browser prefers (RFC 9110 §8.4.1).

Private pages stay as they are: compressing a secret beside what a stranger can choose would tell its letters by the
response's length.
"""

import re
from dataclasses import dataclass
from typing import Final

from podcaster.web.http.asgi import Application, Message, Receive, Scope, Send, header
from podcaster.web.http.content_codings import COMPRESSORS
from podcaster.web.http.negotiation import IDENTITY, accepted_coding

_PUBLIC: Final = re.compile(r"/(?:shows/.*|episodes/.*|listeners|privacy|offline|styleguide|sw\.js)?")
_LEAST_BYTES: Final = 1_000
_TEXTS: Final = (b"text/html", b"text/javascript")


@dataclass(frozen=True, slots=True)
class PageCompression:
    """Compresses whole responses of public pages."""

    inner: Application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        public = scope["type"] == "http" and _PUBLIC.fullmatch(scope["path"])
        coding = accepted_coding(header(scope, b"accept-encoding"), tuple(COMPRESSORS)) if public else IDENTITY
        await self.inner(scope, receive, _compressed(send, coding) if public else send)


def _compressed(send: Send, coding: str) -> Send:
    """A `send` that compresses a response whose body comes as one."""
    waiting: list[Message] = []

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            waiting.append(message)
            return
        if not waiting:
            await send(message)
            return
        start, body = waiting.pop(), message.get("body", b"")
        headers = [*start["headers"], (b"vary", b"Accept-Encoding")]
        kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
        whole = not message.get("more_body", False) and len(body) >= _LEAST_BYTES
        if whole and coding != IDENTITY and kind.startswith(_TEXTS):
            body = COMPRESSORS[coding](body)
            headers = [each for each in headers if each[0].lower() != b"content-length"]
            headers += [(b"content-encoding", coding.encode()), (b"content-length", str(len(body)).encode())]
        await send({**start, "headers": headers})
        await send({**message, "body": body})

    return sent
