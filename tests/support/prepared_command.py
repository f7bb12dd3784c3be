"""The program behind `command_line`: imports podcaster once, then forks a process for each command that it is sent.

Its argument is the descriptor of a socket. A message is JSON with the command, and carries four descriptors: the
command's standard streams, and a socket that is told the command's process id and, in the end, its exit status.
"""

import json
import os
import signal
import socket
import sys

import dbos  # noqa: F401 # imported before the fork, as are those below
import lxml.html  # noqa: F401
import rich.console  # noqa: F401
import sqlalchemy  # noqa: F401

import podcaster.adapters.blobs
import podcaster.adapters.database
import podcaster.web.server.app
import podcaster.web.server.start
import podcaster.wiring  # noqa: F401
from podcaster.cli import main

LONGEST = 1_000_000


def forked(listening: socket.socket) -> list[str] | None:
    """Returns the arguments of a command, in the process that is to carry it out; None in this one, when it is to end."""
    while True:
        message, streams, *_ = socket.recv_fds(listening, LONGEST, 4)
        if not message:
            return None
        if os.fork() == 0:
            listening.close()
            return watched(json.loads(message), streams)
        for each in streams:
            os.close(each)


def watched(command: dict[str, object], streams: list[int]) -> list[str]:
    """Forks the command's process, tells how it ends, and returns in that process alone."""
    *standard, telling = streams
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    process = os.fork()
    if process:
        os.write(telling, f"{process}\n".encode())
        for each in standard:
            os.close(each)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        os.write(telling, f"{status}\n".encode())
        os._exit(0)
    for number, each in enumerate(standard):
        os.dup2(each, number)
    for each in streams:
        os.close(each)
    os.environ.clear()
    os.environ.update(command["environment"])  # type: ignore[arg-type]
    os.chdir(str(command["folder"]))
    return ["podcaster", *command["arguments"]]  # type: ignore[misc]


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as control:
        given = forked(control)
    if given:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = given
        main()
