"""A PostgreSQL server of our own for as long as a test session lasts; nothing of the machine's is touched."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_PLACES = "/usr/lib/postgresql"
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder of the server's socket."""
    with _running_server() as socket:
        yield socket


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A new, empty database."""
    import psycopg

    name = f"test{next(_NUMBERS)}"
    with psycopg.connect(host=postgres_server, user="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://postgres@/{name}?host={postgres_server}"


def _programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, the newest version of those that are installed."""
    versions = [path for path in Path(_PLACES).glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def _running_server() -> Iterator[str]:
    bin_folder = _programs()
    if bin_folder is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and CI must try it: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg") as name:  # a socket's path has at most 107 bytes
        home = Path(name)
        server = home / "data"
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        settings = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c max_connections=200"
        _run(
            bin_folder / "initdb",
            "-D",
            server,
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        )
        _run(bin_folder / "pg_ctl", "-D", server, "-w", "-l", home / "log", "-o", settings, "start")
        try:
            yield name
        finally:
            _run(bin_folder / "pg_ctl", "-D", server, "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root; then it runs as its own user."""
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        check=False,
        cwd="/",
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, done.stderr
