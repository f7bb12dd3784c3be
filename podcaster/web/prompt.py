"""Answers that are ready before they are asked for: whole heads and bodies, written without a task or a scope."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from podcaster.web.asgi import Application, Headers, Receive, Scope, Send
from podcaster.web.heads import Fields
from podcaster.web.open_files import OpenFile

Prompt = Callable[[bytes, bytes, Fields, str], "ReadyAnswer | None"]
"""Method, target, fields and the address of who asks to an answer; None: this is for the application."""


class ReadyAnswer(NamedTuple):
    """A status line and fields without their end, so that the date can be put behind them; and a body."""

    head: bytes
    body: bytes = b""
    file: OpenFile | None = None
    """What the body is a part of, where it is not `body`."""
    start: int = 0
    """Where in the file it begins, in bytes."""
    file_bytes: int = 0
    """How much of the file it is."""

    @classmethod
    def of(cls, status: HTTPStatus, headers: Headers, body: bytes = b"", *, length: int | None = None) -> "ReadyAnswer":
        """`length` is what Content-Length says, without a body too, as for HEAD; None: it is left out (RFC 9110 §8.6)."""
        lines = [b"HTTP/1.1 %d %s" % (status.value, status.phrase.encode())]
        lines += [name + b": " + value for name, value in headers]
        if length is not None:
            lines.append(b"content-length: %d" % length)
        return cls(head=b"\r\n".join(lines) + b"\r\n", body=body)

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return self.file_bytes if self.file else len(self.body)

    def rest(self, taken: int) -> "Rest":
        """The body without the bytes of it that have gone."""
        return Rest(self.body, self.file, self.start + taken, self.length - taken)


@dataclass(slots=True)
class Rest:
    """What is still to be sent of a body: bytes that live elsewhere, or a file; it holds no copy."""

    body: bytes
    file: OpenFile | None
    place: int
    left: int

    def read(self, most: int) -> bytes:
        """Up to `most` bytes more; none where the file has become shorter than that.

        Raises:
            StorageFailed: the disk does not give them.
        """
        length = min(most, self.left)
        piece = self.file.read(self.place, length) if self.file else self.body[self.place : self.place + length]
        if len(piece) < length:
            return b""
        self.place += length
        self.left -= length
        return piece


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
