"""Runs uvicorn on a listening socket."""

import signal
import socket
import threading
from collections.abc import Sequence

import uvicorn

from podcaster.errors import PodcasterError, SettingsWrong
from podcaster.web.http.asgi import Application

_CONNECTIONS = 2_000
_IDLE_SECONDS = 20
_GRACE_SECONDS = 10


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        SettingsWrong: the address does not belong to this machine, or is in use.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise SettingsWrong(
            f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another --port."
        ) from error


def create_server(app: Application, *, trusted_proxies: Sequence[str] = ()) -> uvicorn.Server:
    """Uvicorn with podcaster's limits.

    Args:
        app: The service.
        trusted_proxies: Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed; of everybody
            else, the address that connects is the client's.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            loop="uvloop",
            http="httptools",
            ws="none",
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=[*trusted_proxies],
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            lifespan="on",
        )
    )


def serve(
    app: Application, listening: socket.socket, stopping: threading.Event, *, trusted_proxies: Sequence[str] = ()
) -> None:
    """Serve until SIGINT or SIGTERM, then finish the requests under way.

    Args:
        app: The service.
        listening: Where it is reached.
        stopping: Set at the signal, so that event streams, which have no end of their own, end.
        trusted_proxies: As for `create_server`.

    Raises:
        PodcasterError: the service did not start.
    """
    server = create_server(app, trusted_proxies=trusted_proxies)

    def stop(_signal: int, _frame: object) -> None:
        stopping.set()
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    # In a thread, uvicorn leaves the signals to us.
    answering = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="server")
    answering.start()
    answering.join()
    if not server.started:
        raise PodcasterError("The service did not start.", "Its log says why.")
