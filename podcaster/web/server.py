"""The service on a socket, by uvicorn."""

import signal
import socket
import threading
from functools import partial
from types import FrameType

import uvicorn

from podcaster.errors import SettingsWrong
from podcaster.web.asgi import Application
from podcaster.web.connection import BoundedConnection
from podcaster.web.heads import KnownHeads
from podcaster.web.prompt import PromptApplication, nothing_ready

_CONNECTIONS = 2_000
_IDLE_SECONDS = 20
_GRACE_SECONDS = 10


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        SettingsWrong: the address is not this machine's, or somebody listens there already.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise SettingsWrong(
            f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another --port."
        ) from error


class _Server(uvicorn.Server):
    """uvicorn waits for answers that are under way; one that has no end of its own is told when to end."""

    def __init__(self, config: uvicorn.Config, leaving: threading.Event) -> None:
        super().__init__(config)
        self._leaving = leaving

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGINT or SIGTERM has come."""
        self._leaving.set()
        super().handle_exit(sig, frame)


def server_of(app: Application, leaving: threading.Event | None = None) -> uvicorn.Server:
    """The uvicorn that podcaster wants; `leaving` is set when it is told to end."""
    prompt = app.prompt if isinstance(app, PromptApplication) else nothing_ready
    return _Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            http=partial(BoundedConnection, prompt=prompt, known=KnownHeads()),  # type: ignore[arg-type] # it is called, and nothing else
            ws="none",
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            lifespan="on",
        ),
        leaving or threading.Event(),
    )


def serve(app: Application, listening: socket.socket, leaving: threading.Event | None = None) -> None:
    """Answer until SIGINT or SIGTERM; requests under way are finished."""
    # uvicorn raises the signal that ended it once more when it is done; what comes behind it here is to happen, too.
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: None)
    server_of(app, leaving).run(sockets=[listening])
