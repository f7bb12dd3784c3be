"""A small web server of our own for what podcaster fetches: files with ETags and ranges, answers in JSON, faults on request."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type

Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class WebServer:
    """What it answers, and what it was asked."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    """Paths whose next answer ends early, and after how many bytes."""
    posts: dict[str, Callable[[dict[str, object]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)


def json_answer(value: object, status: int = 200) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(value).encode()


@contextmanager
def web_server() -> Iterator[WebServer]:
    state = WebServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the library's name
            state.asked.append(("GET", self.path, dict(self.headers)))
            body = state.files.get(self.path)
            if body is None:
                self.reply(404, {}, b"nothing")
                return
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            start = 0
            if self.headers.get("range") and self.headers.get("if-range") == etag:
                start = int(self.headers["range"].removeprefix("bytes=").rstrip("-"))
            headers = {"etag": etag, "content-type": guess_type(self.path)[0] or "application/octet-stream"}
            if start:
                headers["content-range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.reply(206 if start else 200, headers, body[start:], state.cut_after.pop(self.path, None))

        def do_POST(self) -> None:  # the library's name
            sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
            state.asked.append(("POST", self.path, dict(self.headers)))
            self.reply(*state.posts[self.path](sent))

        def reply(self, status: int, headers: Mapping[str, str], body: bytes, cut: int | None = None) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if cut is None else body[:cut])
            self.close_connection = cut is not None

        def log_message(self, *_: object) -> None:
            """Tests say what they have to say themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
