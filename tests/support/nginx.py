"""Debian's nginx on loopback, with a configuration of ours."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from support.paths import REPOSITORY

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nginx:
    """Its URL, and its first process."""

    url: str
    process: int


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def nginx(folder: Path, configuration: str, port: int) -> Iterator[Nginx]:
    """One worker on `port` until the end of the block; everything that it writes goes into `folder`."""
    if PROGRAM is None:
        raise RuntimeError("nginx is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "nginx.conf"
    file.write_text(configuration, encoding="utf-8")
    log = folder / "error.log"
    command = [
        PROGRAM,
        "-p",
        str(folder),
        "-c",
        str(file),
        "-e",
        str(log),
        "-g",
        f"pid {folder}/nginx.pid; daemon off;",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ) as process:
        try:
            _await(port, process, log)
            yield Nginx(url=f"http://127.0.0.1:{port}", process=process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _await(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(400):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not start: {log.read_text(encoding='utf-8')}")


def in_front(
    service: str, data: Path, changes: Mapping[str, str] = MappingProxyType({}), *, second: str | None = None
) -> tuple[str, int]:
    """deploy/nginx.conf as compose.yaml mounts it, for a service and a data folder on this machine; and its port.

    Args:
        service: The service's URL.
        data: Its data folder.
        changes: Further replacements, each for a text of the configuration.
        second: The URL of a second web process, where there is one.
    """
    port = free_port()
    configuration = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    local = {
        "worker_processes auto;": "worker_processes 1;",
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server web1:8000": f"server {service.removeprefix('http://')}",
        **_second_server(second),
        "root /data/": f"root {data}/",
        **changes,
    }
    for theirs, ours in local.items():
        if theirs not in configuration:
            raise RuntimeError(f"{theirs} is not in the configuration any more")
        configuration = configuration.replace(theirs, ours)
    return configuration, port


def _second_server(url: str | None) -> dict[str, str]:
    if url is not None:
        return {"server web2:8000": f"server {url.removeprefix('http://')}"}
    return {"server web2:8000 max_fails=1 fail_timeout=2s;": "", "server web2:8000 backup max_fails=0;": ""}
