"""A small web server of our own for what podcaster fetches: files with ETags and ranges, answers in JSON, faults on request."""

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type

Answer = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    """With its query."""
    headers: Message
    """By name, in any case."""
    body: bytes


@dataclass
class WebServer:
    """Its answers, and the requests that came."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    """Paths whose next answer ends early, and after how many bytes."""
    posts: dict[str, Callable[[dict[str, object]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)


def json_answer(value: object, status: int = 200) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(value).encode()


@contextmanager
def answering(answer: Callable[[Asked], Answer]) -> Iterator[str]:
    """The address of a server whose answers are those of a function, until the end of the block.

    A body that is shorter than the Content-Length that goes with it is one that was cut off.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0)))
            status, headers, body = answer(Asked(self.command, self.path, self.headers, sent))
            headers = {"content-length": str(len(body)), **headers}
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = headers["content-length"] != str(len(body))

        do_GET = do_POST = answer  # noqa: N815 # the library's names

        def log_message(self, *_: object) -> None:
            """Tests say what they have to say themselves."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *about: object) -> None:
            """A client that does not wait for the answer goes away."""
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(*about)

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def web_server() -> Iterator[WebServer]:
    state = WebServer()

    def answer(asked: Asked) -> Answer:
        state.asked.append((asked.method, asked.path, dict(asked.headers.items())))
        if asked.method == "POST":
            return state.posts[asked.path](json.loads(asked.body))
        body = state.files.get(asked.path)
        return (404, {}, b"nothing") if body is None else whole_or_rest(asked, body)

    def whole_or_rest(asked: Asked, body: bytes) -> Answer:
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        start = 0
        if asked.headers.get("range") and asked.headers.get("if-range") == etag:
            start = int(asked.headers["range"].removeprefix("bytes=").rstrip("-"))
        headers = {"etag": etag, "content-type": guess_type(asked.path)[0] or "application/octet-stream"}
        if start:
            headers["content-range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        headers["content-length"] = str(len(body) - start)
        return 206 if start else 200, headers, body[start:][: state.cut_after.pop(asked.path, None)]

    with answering(answer) as state.url:
        yield state
