"""A connection that reads no more than it can answer: requests behind one another have their answers in their order."""

import asyncio
from collections.abc import Sized

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_SLICE_BYTES = 16 * 1024
"""Parsed at a time, so that of a client that asks on without reading no more than the requests of one slice are kept as such."""


class OrderlyConnection(HttpToolsProtocol):
    """uvicorn's, which reads on after each answer although others are waiting for theirs; here their bytes wait unread.

    What stands behind an offer to speak another protocol, which nobody takes up, is a request, too (RFC 9110 §7.8).
    """

    _unread = b""
    """Kept only while a request waits for its turn."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """A client has come."""
        super().connection_made(transport)
        self.flow = _Flow(transport, self.pipeline)

    def data_received(self, data: bytes) -> None:
        """Some of a head, or of a body; or many of them."""
        self._read(self._unread + data)

    def on_response_complete(self) -> None:
        """An answer has been given: the next request has its turn, and what is behind it is looked at."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._read(self._unread)
            self.flow.resume_reading()

    def _read(self, data: bytes) -> None:
        self._unread = b""
        for start in range(0, len(data), _SLICE_BYTES):
            if self.transport.is_closing():
                return
            if self.pipeline:
                self._unread = data[start:]
                self.flow.pause_reading()
                return
            self._take(data[start : start + _SLICE_BYTES])

    def _take(self, data: bytes) -> None:
        """Have some bytes parsed."""
        self._unset_keepalive_if_required()
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as offer:
                data = data[offer.args[0] :]
                continue
            except httptools.HttpParserError:
                self.send_400_response("Invalid HTTP request received.")
            return

    def _under_way(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr] # None at first


class _Flow(FlowControl):
    """Reads on only where no request waits for its turn."""

    def __init__(self, transport: asyncio.Transport, waiting: Sized) -> None:
        super().__init__(transport)
        self._waiting = waiting

    def resume_reading(self) -> None:
        """Read on, if it is time to."""
        if not self._waiting:
            super().resume_reading()
