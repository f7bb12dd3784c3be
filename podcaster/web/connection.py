"""One connection of a client: uvicorn's, with ready answers given at once, and an end to how long and how large a head may be."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

import structlog
from uvicorn.config import Config
from uvicorn.server import ServerState

from podcaster.errors import PodcasterError
from podcaster.web.heads import Head, KnownHeads
from podcaster.web.hosts import host_refused, is_host, names_its_host
from podcaster.web.orderly import OrderlyConnection
from podcaster.web.prompt import Prompt, ReadyAnswer, Rest, nothing_ready

HEAD_SECONDS = 10.0
STALLED_SECONDS = 60.0
_LONGEST_HEAD = 64 * 1024
_PIECE_BYTES = 32 * 1024
_MORE_FOLLOWS: int = getattr(socket, "MSG_MORE", 0)
"""So that a head leaves in one packet with what is behind it (Linux)."""
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_NOT_PLAIN = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
"""A request with one of these has more to it than its head."""
log = structlog.get_logger()


class BoundedConnection(OrderlyConnection):
    """Gives up on a client that sends no whole head in time (RFC 9110 §15.5.9) or one without end (RFC 6585 §5).

    httptools waits for ever for a head's end. A request whose answer is ready is never shown to uvicorn, which would make a scope, a
    task and an event for it: three quarters of what such an answer costs. A head that came before is not even parsed.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        prompt: Prompt = nothing_ready,
        known: KnownHeads | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._prompt = prompt
        self._known = known or KnownHeads()
        self._target = b""
        self._fields: list[tuple[bytes, bytes]] = []
        self._between = True
        """Whether the parser waits for a request's first byte, so that what comes now is one."""
        self._begun = 0
        """Requests that began with the bytes that came last."""
        self._in_head = False
        self._head_bytes = 0
        self._patience: asyncio.TimerHandle | None = None
        self._answered: Head | None = None
        """The request at hand, where it has its answer already."""
        self._answered_at = 0.0
        self._idle: asyncio.TimerHandle | None = None
        self._line: socket.socket | None = None
        """The transport's own descriptor, for what the transport cannot do; written to only while nothing waits in there."""
        self._rest: Rest | None = None
        """Of an answer that the client does not take as fast as it is there."""
        self._unsent = -1
        """What was still to be sent when it was looked last."""
        self._defaults: list[tuple[bytes, bytes]] = []
        self._said_by_default = b""

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
        self._rest = None
        if self._line is not None:
            self._line.detach()  # the transport closes it
            self._line = None
        if self._idle is not None:
            self._idle.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a head, or of a body."""
        known = self._known.get(data) if self._between else None
        if known is not None and self._answered_promptly(known):
            self._have_head()
            self._unset_keepalive_if_required()
        else:
            super().data_received(data)

    def _take(self, data: bytes) -> None:
        """Have it parsed, and see that a head comes to its end."""
        alone, self._begun = self._between, 0
        super()._take(data)
        if alone and self._between and self._begun == 1 and self._answered is not None:
            self._known.keep(data, self._answered)
        if self._in_head and self._patience is None and not self.pipeline:  # else the rest of it may be here, unread
            self._await_head()
        if self._patience is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _LONGEST_HEAD:
                self._give_up(_TOO_LARGE)

    def send_400_response(self, msg: str) -> None:
        """Never in place of the answer to an earlier request: where one is under way, the connection ends behind it."""
        if self._under_way():
            self.cycle.keep_alive = False
        else:
            self._send_rest()
            super().send_400_response(msg)

    def on_message_begin(self) -> None:
        """The first byte of a request, which may be the next one of a connection that was kept."""
        self._in_head = True
        self._between = False
        self._begun += 1
        self._answered = None
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
        head = self._plain_head()
        if head is not None and self._answered_promptly(head):
            self._answered = head
            return
        self._send_rest()  # before anything that uvicorn sends
        super().on_message_begin()
        super().on_url(self._target)
        for name, value in self._fields:
            super().on_header(name, value)
        app = self.app
        named = names_its_host(self.parser.get_http_version(), self._fields)
        self.app = app if named else host_refused  # in its turn
        super().on_headers_complete()
        self.app = app

    def on_message_complete(self) -> None:
        """The request's last byte."""
        if self._answered is None:
            super().on_message_complete()
        self._between = not self.parser.should_upgrade()

    def pause_writing(self) -> None:
        """The client does not take what is there."""
        super().pause_writing()
        self._watch(STALLED_SECONDS)

    def resume_writing(self) -> None:
        """It has taken it."""
        super().resume_writing()
        self._send_piece()

    def _plain_head(self) -> Head | None:
        """The request at hand, where a head is all of it and the connection goes on behind it."""
        fields = dict(self._fields)
        plain = (
            len(fields) == len(self._fields)
            and is_host(fields.get(b"host"))
            and _NOT_PLAIN.isdisjoint(fields)
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
        )
        return Head(self.parser.get_method(), self._target, fields) if plain else None

    def _answered_promptly(self, head: Head) -> bool:
        """Whether the answer was ready, and is given; never before that to an earlier request, and never to who does not read."""
        crowded = self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency
        if crowded or self._under_way() or self.flow.write_paused or self._rest is not None:
            return False
        answer = self._prompt(*head, self.client[0] if self.client else "")
        if answer is None:
            return False
        self._send_now(answer)
        self._answered_at = self.loop.time()
        if self._idle is None:
            self._watch(self.timeout_keep_alive)
        return True

    def _send_now(self, answer: ReadyAnswer) -> None:
        """To the kernel at once; what there is no room for is sent piece by piece."""
        if self.server_state.default_headers is not self._defaults:  # the date is another
            self._defaults = self.server_state.default_headers
            self._said_by_default = b"".join([b"%b: %b\r\n" % field for field in self._defaults]) + b"\r\n"
        head = answer.head + self._said_by_default
        taken = self._taken_at_once(head, answer)
        if taken < len(head):
            self.transport.write(head[taken:])
        if taken < len(head) + answer.length:
            self._rest = answer.rest(max(0, taken - len(head)))
            # So that each piece that has gone is followed by the next one.
            self.transport.set_write_buffer_limits(high=0)
            self._send_piece()

    def _taken_at_once(self, head: bytes, answer: ReadyAnswer) -> int:
        """How much the kernel takes. Where it fails, nobody may be there any more: the transport finds out, and says so."""
        taken = 0
        if self._line is None or self.transport.get_write_buffer_size():
            return taken
        with suppress(OSError):
            if answer.file is not None:
                taken = self._line.send(head, _MORE_FOLLOWS)
                if taken == len(head):
                    taken += answer.file.send(self._line, answer.start, answer.file_bytes)
            else:
                taken = self._line.sendmsg([head, answer.body]) if answer.body else self._line.send(head)
        return taken

    def _send_piece(self) -> None:
        if self._rest is not None:
            self._send_more(self._rest, _PIECE_BYTES)

    def _send_rest(self) -> None:
        """All that is left of an answer, since another one comes behind it: of audio no more than a piece."""
        if self._rest is not None:
            self._send_more(self._rest, self._rest.left)

    def _send_more(self, rest: Rest, most: int) -> None:
        """A file that is shorter than it was, or cannot be read, ends the connection: nobody takes what came for the whole."""
        try:
            piece = rest.read(most)
        except PodcasterError as error:
            log.warning("a file ended early", error=str(error))
            piece = b""
        if rest.left == 0 or not piece:
            self._rest = None
            self.transport.set_write_buffer_limits()
        self.transport.write(piece)
        if not piece:
            self.transport.close()

    def _watch(self, seconds: float) -> None:
        """One timer for many answers: it looks when the last one was, rather than being set anew by each."""
        if self._idle is None:
            self._idle = self.loop.call_later(seconds, self._end_if_idle)

    def _end_if_idle(self) -> None:
        self._idle = None
        unsent = self.transport.get_write_buffer_size() + (self._rest.left if self._rest else 0)
        left_s = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if unsent and unsent == self._unsent:
            self.transport.abort()  # nothing that is left would ever go
        elif unsent:
            self._watch(STALLED_SECONDS)
        elif self._under_way():
            pass
        elif left_s > 0:
            self._watch(left_s)
        elif not (self._in_head or self.timeout_keep_alive_task):
            self.transport.close()
        self._unsent = unsent

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._patience = self.loop.call_later(HEAD_SECONDS, self._give_up, _TOO_SLOW)

    def _have_head(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self, answer: bytes) -> None:
        self._have_head()
        if self._head_bytes and not (self._under_way() or self.transport.is_closing()):
            self.transport.write(answer)
        self.transport.close()
