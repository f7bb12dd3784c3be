"""A WebSub hub of our own: takes pings, answers them as it is told to."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class HubServer:
    """What it answers, and what it was told."""

    url: str = ""
    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    waits_s: float = 0.0
    told: list[str] = field(default_factory=list)
    """Addresses, in the order of the pings."""
    seen: Callable[[str], None] = lambda _: None
    """Called with each address, before it is answered."""


@contextmanager
def hub_server() -> Iterator[HubServer]:
    state = HubServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            assert self.headers["content-type"] == "application/x-www-form-urlencoded"
            assert form["hub.mode"] == ["publish"]
            assert form["hub.url"] == form["hub.topic"]
            state.told += form["hub.url"]
            state.seen(form["hub.url"][0])
            time.sleep(state.waits_s)
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests say what they have to say themselves."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who does not wait for the answer goes away."""

    with Server(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
