"""One connection of a client: uvicorn's, with ready answers given at once, and an end to how long and how large a head may be."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from podcaster.web.prompt import Fields, Prompt, nothing_ready

HEAD_SECONDS = 10.0
_LONGEST_HEAD = 64 * 1024
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_NOT_PLAIN = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
"""A request with one of these has more to it than its head."""


class BoundedConnection(HttpToolsProtocol):
    """Gives up on a client that sends no whole head in time (RFC 9110 §15.5.9) or one without end (RFC 6585 §5).

    httptools keeps a head until it is complete, and waits for ever. A request whose answer is ready is never shown to uvicorn,
    which would make a scope, a task and an event for it: that is three quarters of what such an answer costs.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        prompt: Prompt = nothing_ready,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._prompt = prompt
        self._target = b""
        self._fields: list[tuple[bytes, bytes]] = []
        self._in_head = False
        self._head_bytes = 0
        self._patience: asyncio.TimerHandle | None = None
        self._answered = False
        """Whether the request at hand has its answer already."""
        self._answered_at = 0.0
        self._idle: asyncio.TimerHandle | None = None
        self._line: socket.socket | None = None
        """The transport's own descriptor, for what the transport cannot do; written to only while nothing waits in there."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """A client has come, and is to say what it wants."""
        super().connection_made(transport)
        given = transport.get_extra_info("socket")
        if given is not None:
            self._line = socket.socket(given.family, given.type, given.proto, fileno=given.fileno())
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._have_head()
        if self._line is not None:
            self._line.detach()  # the transport closes it
            self._line = None
        if self._idle is not None:
            self._idle.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a head, or of a body."""
        super().data_received(data)
        if self._in_head and self._patience is None:
            self._await_head()
        if self._patience is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _LONGEST_HEAD:
                self._give_up(_TOO_LARGE)

    def on_message_begin(self) -> None:
        """The first byte of a request, which may be the next one of a connection that was kept."""
        self._in_head = True
        self._target = b""
        self._fields = []

    def on_url(self, url: bytes) -> None:
        """Some of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field."""
        self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The whole head is here."""
        self._in_head = False
        self._have_head()
        if self._answered_promptly():
            return
        super().on_message_begin()
        super().on_url(self._target)
        for name, value in self._fields:
            super().on_header(name, value)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request's last byte."""
        if self._answered:
            self._answered = False
        else:
            super().on_message_complete()

    def _answered_promptly(self) -> bool:
        """Whether the answer was ready, and is given; never before that to an earlier request, and never to who does not read."""
        fields = dict(self._fields)
        if not self._is_plain(fields):
            return False
        answer = self._prompt(self.parser.get_method(), self._target, fields, self.client[0] if self.client else "")
        if answer is None:
            return False
        head = answer.dated_head(self.server_state.default_headers)
        if isinstance(answer.body, bytes):
            self.transport.writelines([head, answer.body])
        else:
            self._send_now(head, answer.body)
        self._answered = True
        self._answered_at = self.loop.time()
        if self._idle is None:
            self._idle = self.loop.call_later(self.timeout_keep_alive, self._end_if_idle)
        return True

    def _send_now(self, head: bytes, body: memoryview) -> None:
        """To the kernel at once, which copies it; the transport gets what there is no room for."""
        taken = 0
        if self._line and not self.transport.get_write_buffer_size():
            # Where it fails, nobody may be there any more: the transport finds out, and says so in its own way.
            with suppress(OSError):
                taken = self._line.sendmsg([head, body])
        if taken < len(head) + len(body):
            self.transport.writelines([head[taken:], bytes(body[max(0, taken - len(head)) :])])

    def _is_plain(self, fields: Fields) -> bool:
        """Whether a head is all of a request, can be answered now, and the connection goes on behind it."""
        crowded = self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency
        return (
            len(fields) == len(self._fields)
            and _NOT_PLAIN.isdisjoint(fields)
            and not (self._under_way() or crowded or self.flow.write_paused)
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
        )

    def _end_if_idle(self) -> None:
        """One timer for many answers: it looks when the last one was, rather than being set anew by each."""
        self._idle = None
        left_s = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if left_s > 0:
            self._idle = self.loop.call_later(left_s, self._end_if_idle)
        elif not (self._in_head or self.timeout_keep_alive_task or self._under_way()):
            self.transport.close()

    def _under_way(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr] # None at first

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._patience = self.loop.call_later(HEAD_SECONDS, self._give_up, _TOO_SLOW)

    def _have_head(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self, answer: bytes) -> None:
        self._have_head()
        if self.transport.is_closing():
            return
        if self._head_bytes and not self._under_way():
            self.transport.write(answer)
        self.transport.close()
