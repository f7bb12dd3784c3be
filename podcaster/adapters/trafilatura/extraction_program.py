"""The program of a prepared process: it has imported what reads pages, and forks for every page.

Imports are nearly all that a page costs a process of its own. A fork begins where every other fork began, so no page leaves
anything behind for the next one.

Over a sequenced-packet socket on descriptor 0 it says that it is ready, and is told of its work: with each packet come two
descriptors. The first is a file: a line of JSON, the charset and the address, then the page. The second is a pipe, into which
the fork writes `+` when it begins, then the draft as a line of JSON. A line that does not end, or none, is a page that took more
than its limits allow; a pipe without `+` is a page that no fork has seen. The socket's end is its end, and that of its forks.
"""

import gc
import json
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable

from podcaster.adapters.trafilatura.process import BEGUN, END, READY, PageLimits

_FIRST_PAGE = b"""<html lang="en"><head><title>A title</title></head><body><article><h1>A title</h1><time>4 March 2026, 8:00</time>
<p>Too short to be a report, so that whatever looks for one has its turn.</p></article></body></html>"""
"""Read before any fork: expressions are compiled by it, and lists of words are loaded, which each fork would do for itself."""
Read = Callable[[bytes, str, str | None], bytes]


def prepared() -> Read:
    """Reader of a page: bytes, charset and URL to a draft as JSON."""
    # trafilatura takes this for not installed, and does without: it would only guess languages, and imports numpy, half of the start.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    from podcaster.adapters.trafilatura.extraction import as_json, read  # noqa: PLC0415 # behind that

    del sys.modules["py3langid"]  # for the one page in thousands whose charset is told by its language
    logging.disable(logging.CRITICAL)
    read(_FIRST_PAGE, "", None)
    return lambda page, charset, url: as_json(read(page, charset, url))


def answer(read: Read, file: int, pipe: int, limits: PageLimits) -> None:
    """In the fork: read a page within the limits, answer."""
    signal.alarm(limits.seconds)
    os.write(pipe, BEGUN)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    with os.fdopen(file, "rb") as source, os.fdopen(pipe, "wb") as out:
        source.seek(0)
        charset, url = json.loads(source.readline())
        out.write(read(source.read(), charset, url) + END)


def main() -> None:
    """Serve until the socket ends, or there is no work for a while."""
    limits = PageLimits(*map(int, sys.argv[1:]))
    work = socket.socket(fileno=0)
    work.settimeout(limits.idle_seconds)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    read = prepared()
    gc.freeze()
    work.send(READY)
    while True:
        try:
            packet, descriptors, _, _ = socket.recv_fds(work, 1, 2)
        except TimeoutError:
            return
        if not packet:
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            status = 1
            try:
                work.close()
                answer(read, descriptors[0], descriptors[1], limits)
                status = 0
            finally:
                os._exit(status)
        for each in descriptors:
            os.close(each)


if __name__ == "__main__":
    main()
