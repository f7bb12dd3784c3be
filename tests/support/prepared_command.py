"""The program behind `command_line`: imports podcaster once, then forks a process for each command that it is sent.

Its argument is the descriptor of a socket. A message is JSON with the command, and carries four descriptors: the
command's standard streams, and a socket that is told the command's process id and, in the end, its exit status.
"""

import atexit
import gc
import json
import os
import signal
import socket
import sys
import threading
from functools import lru_cache
from itertools import product

import alembic.command  # noqa: F401 # imported before the fork, as all that follow
import babel  # noqa: F401
import dbos  # noqa: F401
import langcodes  # noqa: F401
import lxml.html  # noqa: F401
import num2words  # noqa: F401
import rich.console  # noqa: F401
import sqlalchemy  # noqa: F401

import podcaster.adapters.blobs
import podcaster.adapters.database
import podcaster.adapters.dbos
import podcaster.adapters.documents
import podcaster.adapters.espeak.pronouncer
import podcaster.adapters.lame
import podcaster.episode.cover
import podcaster.render.export.episode_folder
import podcaster.render.stages
import podcaster.web.server.app
import podcaster.web.server.start
import podcaster.wiring  # noqa: F401
from podcaster.article.detection import detect
from podcaster.cli import main
from podcaster.episode import cover, cover_sizes
from podcaster.script.spoken.languages import rules_of
from podcaster.units import LanguageTag
from podcaster.values.preparation import prepared

SENTENCE = "On 3 May at 17:30 about 1,200 people paid $5 each."
LONGEST = 1_000_000


def warm_up() -> None:
    """Makes what each process would make for itself.

    The model that tells languages, rules of two of them, and the show's covers.
    """
    detect(SENTENCE)
    cover.draw_cover = lru_cache(maxsize=32)(cover.draw_cover)
    for language, side in product(("en", "es"), (cover_sizes.EMBEDDED, cover_sizes.LARGEST)):
        cover.draw_cover("Reports", LanguageTag(language), topic="", side_pixels=side)
    for language in map(LanguageTag, ("en", "es")):
        rules_of(language)
        prepared(SENTENCE, language)


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


def carry_out() -> None:
    """Runs the command, and ends without taking podcaster apart: that would copy every page that was shared."""
    status: int | str | None = None
    try:
        main()
    except SystemExit as ended:
        status = ended.code
        if isinstance(status, str):
            raise
    threading._shutdown()  # as at every end: first the threads, then what was to be done at exit
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # as in the process of the tests: commands are short
    with socket.socket(fileno=int(sys.argv[1])) as control:
        given = forked(control)
    if given:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = given
        carry_out()
