"""Answers that are ready before they are asked for: whole heads and bodies, written without a task or a scope."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from podcaster.web.asgi import Application, Headers, Receive, Scope, Send

Fields = Mapping[bytes, bytes]
"""A request's header fields, by their names in lower case; none of them came twice."""
Prompt = Callable[[bytes, bytes, Fields, str], "ReadyAnswer | None"]
"""Method, target, fields and the address of who asks to an answer; None: this is for the application."""


class ReadyAnswer(NamedTuple):
    """A status line and fields without their end, so that the date can be put behind them; and a body."""

    head: bytes
    body: bytes | memoryview
    """A view is of memory that the next answer may be made in: it is to be sent, or copied, before that."""

    @classmethod
    def of(cls, status: HTTPStatus, headers: Headers, body: bytes = b"", *, length: int | None = None) -> "ReadyAnswer":
        """`length` is what Content-Length says, without a body too, as for HEAD; None: it is left out (RFC 9110 §8.6)."""
        lines = [b"HTTP/1.1 %d %s" % (status.value, status.phrase.encode())]
        lines += [name + b": " + value for name, value in headers]
        if length is not None:
            lines.append(b"content-length: %d" % length)
        return cls(head=b"\r\n".join(lines) + b"\r\n", body=body)

    def dated_head(self, defaults: Sequence[tuple[bytes, bytes]]) -> bytes:
        """The whole head, with the server's own fields."""
        return self.head + b"".join([b"%b: %b\r\n" % field for field in defaults]) + b"\r\n"


def nothing_ready(_method: bytes, _target: bytes, _fields: Fields, _host: str) -> ReadyAnswer | None:
    """For a service without such answers."""
    return None


@dataclass(frozen=True, slots=True)
class PromptApplication:
    """An ASGI application, and what it has ready."""

    answer: Application
    prompt: Prompt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request that nothing was ready for."""
        await self.answer(scope, receive, send)
