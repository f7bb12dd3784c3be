"""A PostgreSQL of the tests' own: new databases, restarts and freezes."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from podcaster.adapters.database import open_library
from support.requirements import missing

_WITH_STRATEGIES = 150_000


class OwnPostgres:
    """A server in a folder of its own, that keeps its port over a restart."""

    def __init__(self) -> None:
        found = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=shutil.which("initdb"))
        if found is None:
            missing("PostgreSQL is not installed")
        programs = Path(found).parent
        owner = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        as_owner = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
        self._folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
        self._kept = Path(tempfile.mkdtemp(prefix="podcaster-postgres-"))
        if as_owner:
            shutil.chown(self._folder, owner)
            shutil.chown(self._kept, owner)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self._data = self._kept / "data"
        initialize: list[str | Path] = [*as_owner, programs / "initdb", "-D", self._data, "-A", "trust", "-E", "UTF8"]
        subprocess.run(initialize, check=True, capture_output=True)
        self._control: list[str | Path] = [*as_owner, programs / "pg_ctl", "-D", self._data, "-w"]
        self._options = f"-p {port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.url = f"postgresql://{owner}@127.0.0.1:{port}/postgres"
        self._numbers = count()
        self._start()

    def new_database(self, *, template: str = "template1") -> str:
        """The URL of a database that nobody else has, a copy of another's."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as session:
            # Without fsync a copy of the files takes half the processor time of one through the log.
            copied = SQL("STRATEGY file_copy" if session.info.server_version >= _WITH_STRATEGIES else "")
            create = SQL("CREATE DATABASE {} TEMPLATE {} {}")
            session.execute(create.format(Identifier(name), Identifier(template), copied))
        return self._url_of(name)

    def drop(self, url: str) -> None:
        """Deletes a database, of which each takes 9 MB."""
        with psycopg.connect(self.url, autocommit=True) as session:
            session.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(url.rpartition("/")[2])))

    def new_library(self) -> str:
        """The URL of a database with an empty library: a copy of one that is migrated once."""
        return self.new_database(template=self._migrated)

    @cached_property
    def _migrated(self) -> str:
        url = self.new_database()
        open_library(url).close()
        return url.rpartition("/")[2]

    def _url_of(self, database: str) -> str:
        return f"{self.url.rpartition('/')[0]}/{database}"

    def restart(self) -> None:
        """End every session at once, and come back after a second."""
        self._stop("fast")
        time.sleep(1)
        self._start()

    def freeze(self, seconds: float) -> None:
        """Answer nothing for some time, on connections that stay open."""
        processes = self.processes()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def processes(self) -> list[int]:
        """Those of the sessions and helpers, and the first one, which starts them."""
        first = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False).stdout
        return [*map(int, found.split()), first]

    def close(self) -> None:
        """End it, and delete its folder."""
        self._stop("immediate")
        shutil.rmtree(self._folder)
        shutil.rmtree(self._kept)

    def _start(self) -> None:
        command = [*self._control, "-o", self._options, "-l", self._folder / "log", "start"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def _stop(self, how: str) -> None:
        subprocess.run([*self._control, "-m", how, "stop"], check=True, stdout=subprocess.DEVNULL)
