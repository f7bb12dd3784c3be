"""A PostgreSQL of a test's own, which the test restarts and freezes."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path


class OwnPostgres:
    """A server in a folder of its own, that keeps its port over a restart."""

    def __init__(self) -> None:
        programs = max(Path("/usr/lib/postgresql").glob("*/bin/initdb")).parent
        owner = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        as_owner = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
        self._folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
        if as_owner:
            shutil.chown(self._folder, owner)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self._data = self._folder / "data"
        initialize = [*as_owner, programs / "initdb", "-D", self._data, "-A", "trust", "-E", "UTF8"]
        subprocess.run(initialize, check=True, capture_output=True)
        self._control = [*as_owner, programs / "pg_ctl", "-D", self._data, "-w"]
        self._options = f"-p {port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.url = f"postgresql://{owner}@127.0.0.1:{port}/postgres"
        self._start()

    def restart(self) -> None:
        """End every session at once, and come back after a second."""
        self._stop("fast")
        time.sleep(1)
        self._start()

    def freeze(self, seconds: float) -> None:
        """Answer nothing for some time, on connections that stay open."""
        first = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False).stdout
        processes = [*map(int, found.split()), first]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def close(self) -> None:
        """End it, and delete its folder."""
        self._stop("immediate")
        shutil.rmtree(self._folder)

    def _start(self) -> None:
        command = [*self._control, "-o", self._options, "-l", self._folder / "log", "start"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def _stop(self, how: str) -> None:
        subprocess.run([*self._control, "-m", how, "stop"], check=True, stdout=subprocess.DEVNULL)
